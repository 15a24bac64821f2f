"""Search: find records by any text in them, and people as one types. Newest first, never by rank.

An edit queues what it touched in its own transaction (`queue`); `work_off` indexes it in the next one, right
after the commit or, when that was cut short, at the next start. An erasure leaves at once (`touch`).
One Han character is looked for in names only; more are found anywhere in a text, in one run without
punctuation between. Letters are full pinyin or initials, digits the beginning or the end of a number.
"""

from __future__ import annotations

from sgz_desktop.store import terms
from sgz_desktop.store.search_index import (
    AT_ONCE,
    compact,
    queue,
    refresh,
    rid_of,
    touch,
    waiting,
    work_off,
)
from sgz_desktop.store.search_keys import CLOSE, OTHER, PERSON, all_of, is_number, whole_keys, words
from sgz_desktop.store.search_merged import followed
from sgz_desktop.store.search_people import PersonHit, people_behind, person_hits
from sgz_desktop.store.search_records import Hit, record_hits
from sgz_desktop.store.session import Reading

__all__ = [
    "AT_ONCE",
    "Hit",
    "PersonHit",
    "compact",
    "find",
    "people",
    "queue",
    "refresh",
    "touch",
    "waiting",
    "warm",
    "work_off",
]

LEAST_PREFIX = 3  # letters from which a Latin word is found by its beginning
FOUND = "SELECT rowid FROM search_text WHERE search_text MATCH ? ORDER BY rowid LIMIT ?"


def find(session: Reading, text: str, *, limit: int = 50) -> list[Hit]:
    """Records, people among them, that hold what was typed; the newest first by their own day."""
    query = _anywhere(text)
    return record_hits(session, _stream(session, query, limit), text) if query else []


def people(session: Reading, text: str, *, limit: int = 50) -> list[PersonHit]:
    """People by part of a name, pinyin, initials, id or telephone number, printed number; also by their
    obligors' names and their cases' numbers. Whole names and numbers first, then the newest file. What was
    another's file is found as the file it was merged into."""
    found = words(text)
    if not found:
        return []
    whole = _stream(session, all_of([whole_keys(text)], PERSON), limit)
    part = _stream(session, all_of(found, PERSON), limit)
    vias = dict.fromkeys(map(rid_of, [*whole, *part]), "")
    if len(vias) < limit:
        behind = people_behind(session, _stream(session, all_of(found, CLOSE), limit))
        vias = (
            behind | vias if not vias else vias | {rid: via for rid, via in behind.items() if rid not in vias}
        )
    return person_hits(session, followed(session, dict(list(vias.items())[:limit])), text)


def warm(session: Reading) -> None:
    """Make the first search as quick as the next: call it once after opening, on the reader's thread."""
    for text in ("w", "王", "12"):
        people(session, text)
    find(session, "老人")


def _stream(session: Reading, query: str, limit: int) -> list[int]:
    return [row[0] for row in session.cursor.execute(FOUND, (query, limit))]


def _anywhere(text: str) -> str:
    """FTS5 query over everything; "" when nothing of the text can be searched."""
    found = words(text)
    if not found:
        return ""
    if terms.is_one_character(text):
        return all_of(found, PERSON + CLOSE)
    in_text = " AND ".join(map(_word_in_text, terms.match_query(text).split(" AND ")))
    if terms.digit_query(text) or terms.pinyin_query(text) or is_number(text):
        return f"({all_of(found, PERSON + CLOSE + OTHER)}) OR ({in_text})"
    return in_text


def _word_in_text(phrase: str) -> str:
    """A phrase of `terms.match_query`, its prefixes kept to what the index answers at once: a lone
    character is looked for in names, a number as a whole, a short Latin word too."""
    if not phrase.endswith("*"):
        return phrase
    word = phrase[1:-2]
    if terms.is_one_character(word):
        return all_of([[word]], PERSON + CLOSE)
    return phrase if len(word) >= LEAST_PREFIX and word.isalpha() else f'"{word}"'
