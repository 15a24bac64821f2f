"""Everything in a free text that may tell who somebody is, and the text without it.

Fixed forms (numbers of papers, telephones, accounts, plates) and what is on file are sure and are taken out
by themselves; names of others, schools, employers are guesses that a person decides on. Lists and patterns
first and a reader after them: Neamatullah et al., BMC Med Inform Decis Mak 8:32 (2008).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from sgz_desktop.domain.deidentify_names import EVERYDAY, Names
from sgz_desktop.domain.deidentify_numbers import numbers
from sgz_desktop.domain.deidentify_places import places, tells
from sgz_desktop.domain.deidentify_text import GAP, Sort, Span, folded

ROUNDS = 6  # a text taken apart can show a new name; the second round finds it


class Finder:
    """Finds identifying words. `names`: everybody's names as written → what stands instead; `staff` and
    `villages` stay; `marks`: other words on file that tell a place, a unit, a number → what stands instead;
    `words`: those a person marked; `heard`: names guessed at elsewhere → what stands instead; `births`: days
    of birth (YYYY-MM-DD); `months`: days are told by month."""

    def __init__(
        self,
        names: Mapping[str, str],
        *,
        marks: Mapping[str, str] | None = None,
        words: Mapping[str, str] | None = None,
        heard: Mapping[str, str] | None = None,
        villages: Iterable[str] = (),
        staff: Iterable[str] = (),
        stations: Iterable[str] = (),
        births: Iterable[str] = (),
        months: bool = False,
    ) -> None:
        self._villages = tuple(sorted({one for one in villages if one}))
        self._stations = tuple(sorted({one for one in stations if one}))
        self._names = Names(
            {folded(name): instead for name, instead in names.items()},
            (*staff, *self._villages, *self._stations),
        )
        told = {folded(mark): instead for mark, instead in (marks or {}).items()}
        self._marks = {one: instead for one, instead in told.items() if tells(one, self._villages)}
        self._marks |= {folded(word): instead for word, instead in (words or {}).items()}
        longest = sorted(self._marks, key=lambda one: (-len(one), one))
        each = (GAP.join(map(re.escape, one)) for one in longest)
        self._marked = re.compile("|".join(f"({one})" for one in each)) if longest else None
        self._instead = [self._marks[one] for one in longest]
        self._heard = dict(heard or {})
        self._births = frozenset(births)
        self._months = months

    def find(self, text: str) -> tuple[Span, ...]:
        """The spans of a text in their order; none overlap."""
        plain = folded(text)
        found = [
            *self._names.find(plain),
            *self._known(plain),
            *self._guessed_elsewhere(plain),
            *numbers(plain, self._births, self._months),
            *places(plain, self._villages, self._stations),
        ]
        return _apart(found)

    def _known(self, text: str) -> Iterable[Span]:
        for match in self._marked.finditer(text) if self._marked else ():
            yield Span(*match.span(), Sort.KNOWN, self._instead[(match.lastindex or 1) - 1])

    def _guessed_elsewhere(self, text: str) -> Iterable[Span]:
        for name, instead in self._heard.items():
            for match in re.finditer(re.escape(name), text):
                yield Span(*match.span(), Sort.NAME, instead, False)

    def heard(self, texts: Iterable[str]) -> Mapping[str, str]:
        """Whole names that texts make known by the words around them, which other texts may just say."""
        return {
            word: one.instead
            for text in texts
            for one in self.find(text)
            if (word := folded(text)[one.start : one.end])
            and not one.sure
            and (len(word) > 2 if one.sort is Sort.NAME else len(word) > 1)
            and one.sort in (Sort.NAME, Sort.CALLED)
            and not EVERYDAY.fullmatch(word)
        }

    def cleaned(self, text: str, *, guesses: bool = True) -> str:
        """The text without what is sure, and without guesses unless they stay."""
        for _round in range(ROUNDS):
            spans = [one for one in self.find(text) if one.sure or guesses]
            after = replaced(text, spans)
            if after == text:
                break
            text = after
        return text


def replaced(text: str, spans: Iterable[Span]) -> str:
    """The text with each span's words in its place; spans do not overlap."""
    parts, at = [], 0
    for span in sorted(spans):
        parts += [text[at : span.start], span.instead]
        at = span.end
    return "".join([*parts, text[at:]])


def _apart(found: Sequence[Span]) -> tuple[Span, ...]:
    """Sure spans that overlap are one; guesses keep what no sure span holds."""
    sure = joined([one for one in found if one.sure])
    guesses = joined([one for one in found if not one.sure])
    left = [
        one for one in guesses if not any(one.start < other.end and other.start < one.end for other in sure)
    ]
    return tuple(sorted((*sure, *left)))


def joined(spans: list[Span]) -> list[Span]:
    """Overlapping spans as one, told by the longest of them; neighbours told alike too."""
    done: list[Span] = []
    longest = 0
    for one in sorted(spans, key=lambda one: (one.start, -one.end)):
        near = done and one.start == done[-1].end and one.instead == done[-1].instead
        if near or (done and one.start < done[-1].end):
            end = max(done[-1].end, one.end)
            tell = one if one.end - one.start > longest else done[-1]
            longest = max(longest, one.end - one.start)
            done[-1] = tell._replace(start=done[-1].start, end=end)
        else:
            done.append(one)
            longest = one.end - one.start
    return done
