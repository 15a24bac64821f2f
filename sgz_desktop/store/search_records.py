"""What a list of found records shows: one query per kind of record, none per row."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sgz_desktop.domain.fields import RefKind
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import parent_field, questions
from sgz_desktop.store import terms
from sgz_desktop.store.search_index import IN, by_kind, day_of, json_list, rid_of
from sgz_desktop.store.search_merged import kept
from sgz_desktop.store.search_plan import EPOCH, FIXED, PEOPLE, searched
from sgz_desktop.store.session import Reading

EXCERPT = 40
BEFORE = 12  # characters of an excerpt before what was found
EMPTY = "''"  # in SQL
FARTHEST = 4  # references from a record to its person


class Hit(NamedTuple):
    """A record that holds what was typed. `person` is the id of whom it is about, "" when not known;
    `day` is YYYY-MM-DD, the record's own or that of its entry; `excerpt` is text around the find."""

    kind: str
    id: str
    rid: int
    day: str
    person: str
    name: str
    excerpt: str


def record_hits(session: Reading, docs: Sequence[int], text: str) -> list[Hit]:
    """Rows of any records, in the order of `docs`."""
    days = {rid_of(doc): day_of(doc) for doc in docs}
    runs = [run for run in terms.match_query(text).replace('"', "").replace("*", "").split(" AND ") if run]
    needles = [_joined(run) for run in runs]
    hits: dict[int, Hit] = {}
    for kind, rids in by_kind(session, docs).items():
        plan = searched(kind)
        assert plan is not None
        searches = [asked.search for _, asked in plan.texts]
        moved = kept(session, rids) if kind == PEOPLE else {}
        leads = {moved.get(rid, rid): rid for rid in reversed(rids)}  # whose row tells of each
        rows = session.cursor.execute(_records_query(kind), (json_list(filter(None, leads)),)).fetchall()
        for rid, id, person, name, *values in rows:
            day = date.fromordinal(max(1, days[leads[rid]] + EPOCH)).isoformat()
            hits[leads[rid]] = Hit(kind, id, rid, day, person, name, _excerpt(searches, values, needles))
    return [hits[rid] for rid in days if rid in hits]


def whose(session: Reading, kind: str, rids: Sequence[int]) -> dict[int, str]:
    """rid → the name of the person a record is about, where that is known; deleted records too."""
    if not searched(kind):
        return {}
    rows = session.cursor.execute(_records_query(kind), (json_list(rids),)).fetchall()
    return {rid: str(name) for rid, _, _, name, *_ in rows if name}


def _joined(phrase: str) -> str:
    """The run a phrase of pairs was made of: 老陈 陈家 → 老陈家."""
    first, *rest = phrase.split(" ")
    return first + "".join(pair[1:] for pair in rest)


def _excerpt(searches: Sequence[Callable[[Any], str]], values: Sequence[Any], needles: Sequence[str]) -> str:
    longest = ""
    for search, value in zip(searches, values, strict=True):
        if value is None:
            continue
        text = search(value)
        folded = text.casefold()
        for needle in needles:
            if (at := folded.find(needle)) >= 0:
                return _around(text, at)
        if len(text) > len(longest):
            longest = text
    return _around(longest, 0)


def _around(text: str, at: int) -> str:
    start = max(0, at - BEFORE) if len(text) > EXCERPT else 0
    cut = " ".join(text[start : start + EXCERPT].split())
    return ("…" if start else "") + cut + ("…" if start + EXCERPT < len(text) else "")


@cache
def _records_query(kind: str) -> str:
    """rid, id, the person it is about (id and name), and the text columns of rows of one kind."""
    plan = searched(kind)
    assert plan is not None
    texts = "".join(f', s."{plan.columns[at - FIXED]}"' for at, _ in plan.texts)
    if kind == PEOPLE:
        return f"SELECT s.rid, s.id, s.id, ifnull(s.name, {EMPTY}){texts} FROM r_{kind} s WHERE s.rid IN {IN}"
    joins: list[str] = []
    last: list[str] = []
    for number, path in enumerate(_paths(kind)):
        before = "s"
        for step, (column, target) in enumerate(path):
            alias, key = f"j{number}_{step}", f'{before}."{column}"'
            if last and not step:  # the second way is looked at only where the first leads nowhere
                key = f"CASE WHEN {last[0]}.id IS NULL THEN {key} END"
            joins.append(f"LEFT JOIN r_{target} {alias} ON {alias}.id = {key}")
            before = alias
        last.append(before)
    who = [_first_of([f"{alias}.{column}" for alias in last]) for column in ("id", "name")]
    return (
        f"SELECT s.rid, s.id, {', '.join(who)}{texts} FROM r_{kind} s {' '.join(joins)} WHERE s.rid IN {IN}"
    )


def _first_of(columns: Sequence[str]) -> str:
    return f"coalesce({', '.join([*columns, EMPTY, EMPTY])})"  # it takes two at least


Path = tuple[tuple[str, str], ...]


@cache
def _paths(kind: str) -> tuple[Path, ...]:
    """The two best ways along references to a person: (column, kind it names), the last one a person."""
    found: list[Path] = []
    queue: deque[tuple[str, Path]] = deque([(kind, ())])
    while queue and len(found) < 2:
        at, path = queue.popleft()
        for column, target in _references(at):
            step = (*path, (column, target))
            if target == PEOPLE:
                found.append(step)
            elif len(step) < FARTHEST:
                queue.append((target, step))
    return tuple(found[:2])


def _references(kind: str) -> list[tuple[str, str]]:
    """References of a kind to one kind of record, its parent first: (field, kind)."""
    parent = parent_field(BY_KIND[kind])
    named = ((name, question.kind) for name, question in questions(BY_KIND[kind]).items())
    found = ((name, to.kind) for name, to in named if isinstance(to, RefKind) and to.kind in BY_KIND)
    return sorted(found, key=lambda reference: reference[0] != parent)
