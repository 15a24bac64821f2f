"""What an activity was like and what came of it, in its record's own words as far as they tell of nobody.

Only fields declared for the bureau are read, and of them only whole sentences in which neither a name on file
nor anything that may tell who is meant is found: what is left out is left to the worker to write.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from sgz_desktop.domain.deidentify import Finder
from sgz_desktop.domain.deidentify_text import Sort
from sgz_desktop.domain.fields import Paper
from sgz_desktop.domain.records.activity import Activity
from sgz_desktop.domain.records.base import questions
from sgz_desktop.store import day_work, names_on_file, queries, report_sources
from sgz_desktop.store.session import Reading

LONGEST = 140  # characters of a paragraph
HARMLESS = frozenset({Sort.UNIT, Sort.PLACE})  # as guesses: a report names offices and places
SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")


def activity_words(session: Reading, ids: Iterable[str]) -> Mapping[str, str]:
    """A paragraph by activity; none for one whose record says nothing that may be printed."""
    rows = report_sources.activity_words(session, ids) if _for_the_bureau() else []
    if not rows:
        return {}
    tells = _telling(session, "\n".join(f"{one.facts}\n{one.effect}" for one in rows))
    found = {one.id: _paragraph(one.facts or "", one.effect or "", tells) for one in rows}
    return {id: words for id, words in found.items() if words}


def _for_the_bureau() -> bool:
    """Do the declarations still let these words out?"""
    asked = questions(Activity)
    return all(asked[name].ask.paper is Paper.BUREAU for name in ("facts", "effect"))


def _telling(session: Reading, text: str) -> Callable[[str], bool]:
    """Whether a sentence of `text` may tell who is meant."""
    names = names_on_file.held(session, text)
    finder = Finder({}, villages=queries.villages(session), staff=day_work.workers(session))

    def tells(sentence: str) -> bool:
        spans = finder.find(sentence)
        return any(name in sentence for name in names) or any(
            one.sure or one.sort not in HARMLESS for one in spans
        )

    return tells


def _paragraph(facts: str, effect: str, tells: Callable[[str], bool]) -> str:
    """What happened before what came of it, which is kept when both are too long."""
    last = _within(LONGEST, effect, tells)
    return "".join([*_within(LONGEST - sum(map(len, last)), facts, tells), *last])


def _within(room: int, text: str, tells: Callable[[str], bool]) -> list[str]:
    """The first sentences that tell of nobody and fit, each with its end mark."""
    found: list[str] = []
    for sentence in _sentences(text):
        if tells(sentence):
            continue
        room -= len(sentence)
        if room < 0:
            break
        found.append(sentence)
    return found


def _sentences(text: str) -> Iterator[str]:
    for match in SENTENCE.finditer(text):
        if words := match[0].strip():
            yield words if words[-1] in "。！？" else f"{words}。"
