"""Any record in a few words that tell which it is and name nobody: its kind, its number or title, its day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from sgz_desktop.domain import days
from sgz_desktop.domain.fields import Care
from sgz_desktop.domain.local_words import titled
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import questions
from sgz_desktop.store import queries
from sgz_desktop.store.queries import HERE
from sgz_desktop.store.session import Reading

NUMBER = "number"  # stands for a name on papers that leave the station
NAMING = (NUMBER, "title", "name", "topic", "what", "theme")
WHEN = ("date", "signed_on", "posted_on", "adopted_on", "first_on", "opened_on", "received_on", "filed_on")
KINDS = "SELECT id, kind FROM entity WHERE id IN {marks}"
FAR = 40  # characters of a title


@cache
def _query(kind: str) -> str:
    """id, what names a record of a kind, and its day. Nothing that tells who somebody is."""
    asked = questions(BY_KIND[kind])
    plain = [
        name for name in NAMING if name in asked and (name == NUMBER or asked[name].ask.care is Care.PLAIN)
    ]
    dated = [name for name in WHEN if name in asked]
    name = f"coalesce({', '.join(plain)}, '')" if len(plain) > 1 else plain[0] if plain else "''"
    day = f"coalesce({', '.join(dated)}, '')" if len(dated) > 1 else dated[0] if dated else "''"
    return f"SELECT id, {name}, {day} FROM r_{kind} WHERE deleted {HERE} AND id IN {{marks}}"


def words_of_any(session: Reading, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """id → (kind, words) of records of any kind, e.g. 走访记录 2026年6月3日; of those that are here."""
    found: dict[str, tuple[str, str]] = {}
    by_kind: dict[str, list[str]] = {}
    for id, kind in queries.table(session, *_marked(KINDS, list(dict.fromkeys(ids)))):
        by_kind.setdefault(kind, []).append(id)
    for kind, some in by_kind.items():
        if kind in BY_KIND:
            for id, name, day in queries.table(session, *_marked(_query(kind), some)):
                told = (titled(kind), (name or "")[:FAR], days.show_day(day) if day else "")
                found[id] = kind, " ".join(part for part in told if part)
    return found


def _marked(sql: str, values: Sequence[str]) -> tuple[str, ...]:
    return sql.format(marks="(" + ",".join("?" * len(values)) + ")"), *values
