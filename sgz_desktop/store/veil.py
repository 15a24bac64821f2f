"""What a reading leaves out: cases and reports kept from the guardian, and all that belongs to them.

On the reader's connection temporary views stand before the tables of casework, so that no list, page,
search or paper can forget them. They are drawn when a store first has something to keep back, not before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import orjson

from sgz_desktop.domain.fields import RefKind
from sgz_desktop.domain.records import RECORDS
from sgz_desktop.domain.records.base import Record, parent_field, questions
from sgz_desktop.domain.records.registry import ref_kinds
from sgz_desktop.store.connection import Connection

CASE, VISIT, REPORT, TASK = "case", "visit", "mandatory_report", "task"
ABOUT = "about"  # what a text of a report, or a remark, was written of


@dataclass(frozen=True, slots=True)
class KeptBack:
    """Records that are as if they were not here: their ids and printed numbers, and a JSON list of rids."""

    names: frozenset[str] = frozenset()
    rids: str = "[]"


NOTHING = KeptBack()

# a mark two computers disagree on keeps the case back until somebody settles it
CONTESTED = """rid IN (SELECT x.rid FROM conflict x JOIN cell_name f ON f.fid = x.fid
  WHERE f.kind = '{kind}' AND f.cell = '{cell}')"""
SUSPECT = f"""(guardian_suspect = 1 OR {CONTESTED.format(kind=REPORT, cell="guardian_suspect")})"""
CASES = f"""SELECT rid, id, number, found_in FROM main.r_case WHERE worker IS NOT ? AND (guardian_hidden = 1
OR {CONTESTED.format(kind=CASE, cell="guardian_hidden")}
OR id IN (SELECT "case" FROM main.r_{REPORT} WHERE {SUSPECT}))"""
REPORTS = f"""SELECT rid, id FROM main.r_{REPORT} AS r WHERE {SUSPECT} AND worker IS NOT ?1
AND NOT EXISTS (SELECT 1 FROM main.r_case c WHERE c.id = r."case" AND c.worker IS ?1)"""
BELOW = """SELECT rid, id FROM main.r_{kind} WHERE "{field}" IN (SELECT value FROM json_each(?))"""
FOUND_IN = "SELECT rid, id FROM main.r_visit WHERE id IN (SELECT value FROM json_each(?))"
# a task written for what a record asks names it in its origin alone: mandatory_report.found_on:ID:2026-06-15
RAISED = f"""SELECT rid, id FROM (
  SELECT rid, id, substr(origin, instr(origin, ':') + 1) || ':' AS rest FROM main.r_{TASK}
  WHERE origin IS NOT NULL)
WHERE substr(rest, 1, instr(rest, ':') - 1) IN (SELECT value FROM json_each(?))"""


def kept_back(connection: Connection, worker: str) -> KeptBack:
    """What is kept back from the worker with a name: marked cases and reports that are not theirs, the
    visits that led to such cases, and every record below."""
    cases = connection.execute(CASES, (worker,)).fetchall()
    reports = connection.execute(REPORTS, (worker,)).fetchall()
    if not cases and not reports:
        return NOTHING
    rids = {rid for rid, *_ in (*cases, *reports)}
    names = {name for _, id, number, _ in cases for name in (id, number) if name}
    found_in = connection.execute(FOUND_IN, (_json([row[3] for row in cases if row[3]]),)).fetchall()
    fresh = {CASE: [row[1] for row in cases], VISIT: [id for _, id in found_in]}
    fresh[REPORT] = [id for _, id in reports]
    rids |= {rid for rid, _ in found_in}
    names |= {id for _, id in (*found_in, *reports)}
    while fresh := _below(connection, fresh, rids, names):
        pass
    return KeptBack(frozenset(names), _json(rids))


def _below(
    connection: Connection, above: Mapping[str, list[str]], rids: set[int], names: set[str]
) -> dict[str, list[str]]:
    """Records that belong to those `above`, by kind; new ones are added to `rids` and `names`."""
    found: dict[str, list[str]] = {}
    queries = [(kind, BELOW.format(kind=kind, field=field), of) for kind, field, of in branches()]
    for kind, query, of in (*queries, (TASK, RAISED, tuple(above))):
        ids = [id for one in of for id in above.get(one, ())]
        rows = connection.execute(query, (_json(ids),)) if ids else ()
        for rid, id in rows:
            if rid not in rids:
                rids.add(rid)
                names.add(id)
                found.setdefault(kind, []).append(id)
    return found


def _json(values: Iterable[int] | Iterable[str]) -> str:
    return orjson.dumps(list(values)).decode()


@cache
def branches() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """(kind, field, kinds it may name): the references by which records belong to a case."""
    inside = {CASE}
    while True:
        found = tuple(edge for kind in RECORDS if kind.KIND != CASE for edge in _edges(kind, inside))
        grown = inside | {kind for kind, _, _ in found}
        if grown == inside:
            return found
        inside = grown


def _edges(kind: type[Record], inside: set[str]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for name, question in questions(kind).items():
        if isinstance(question.kind, RefKind):
            named = set(ref_kinds(question.kind) or inside)
            own = name in (parent_field(kind), ABOUT)
            belongs = named & inside if own else named & {CASE}
            if belongs:
                yield kind.KIND, name, tuple(sorted(belongs))


VIEW = """CREATE TEMP VIEW {table} AS SELECT * FROM main.{table}
WHERE rid NOT IN (SELECT value FROM json_each(rids_kept_back()))"""


class Veil:
    """The views before one reading connection, and what they keep back at the moment."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._drawn = False
        self._rids = NOTHING.rids

    def keep_back(self, kept: KeptBack) -> None:
        """From now on. Between two snapshots, never within one."""
        if kept.names and not self._drawn:
            self._draw()
        self._rids = kept.rids

    @contextmanager
    def lifted(self) -> Iterator[None]:
        """For a while everything is here."""
        before, self._rids = self._rids, NOTHING.rids
        try:
            yield
        finally:
            self._rids = before

    def _draw(self) -> None:
        run = self._connection.execute
        self._connection.create_function("rids_kept_back", 0, lambda: self._rids)
        run("PRAGMA query_only = OFF")  # it forbids temporary views too
        try:
            for table in ("entity", f"r_{CASE}", *(f"r_{kind}" for kind in veiled_kinds())):
                run(VIEW.format(table=table))
        finally:
            run("PRAGMA query_only = ON")
        self._drawn = True


@cache
def veiled_kinds() -> tuple[str, ...]:
    """Kinds of which some records may belong to a case."""
    return tuple(dict.fromkeys(kind for kind, _, _ in branches()))
