"""What belongs to a case, and what goes with it: records found by following references, as the veil does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import orjson

from sgz_desktop.domain.lifecycle import TRANSFERRED
from sgz_desktop.store.session import Reading
from sgz_desktop.store.veil import CASE, branches

Parts = dict[str, list[str]]
HERE = "deleted IS NOT 1"
AMONG = "(SELECT value FROM json_each(?))"
BELOW = """SELECT id FROM r_{kind} WHERE "{field}" IN """ + AMONG + f" AND {HERE} ORDER BY id"
FARTHEST = 6  # references from a record up to its case


def of_case(session: Reading, case: str, without: frozenset[str] = frozenset()) -> Parts:
    """Ids by kind of a case and every record that belongs to it, however far below; deleted ones and the
    kinds in `without` left out."""
    found: Parts = {CASE: [case]}
    fresh = {CASE: [case]}
    while fresh:
        fresh = _below(session, fresh, found, without)
    return found


def _below(session: Reading, above: Parts, found: Parts, without: frozenset[str]) -> Parts:
    fresh: Parts = {}
    for kind, field, of in branches():
        ids = [id for one in of for id in above.get(one, ())]
        if not ids or kind in without:
            continue
        for id in _ids(session, BELOW.format(kind=kind, field=field), ids):
            if id not in found.get(kind, ()):
                found.setdefault(kind, []).append(id)
                fresh.setdefault(kind, []).append(id)
    return fresh


MEMBERS = f"SELECT person FROM r_membership WHERE household = ? AND person IS NOT NULL AND {HERE} ORDER BY id"
FAMILY = {
    "membership": f"SELECT id FROM r_membership WHERE household = :home AND {HERE}",
    "benefit": f"SELECT id FROM r_benefit WHERE (person = :client OR household = :home) AND {HERE}",
    "obligor": f"SELECT id FROM r_obligor WHERE person = :client AND {HERE}",
    "kinship": f"""SELECT id FROM r_kinship WHERE {HERE} AND person IN (SELECT value FROM json_each(:people))
 AND (who IS NULL OR who IN (SELECT value FROM json_each(:people)))""",
}
RECEIVERS = f"SELECT DISTINCT organisation FROM r_referral WHERE organisation NOTNULL AND id IN {AMONG}"
FILES = BELOW.format(kind="attachment", field="parent")


def of_family(session: Reading, client: str, household: str, parts: Mapping[str, list[str]]) -> Parts:
    """Ids by kind of the facts about a client and their household that go beside a case's own `parts`."""
    rows = session.connection.execute(MEMBERS, (household,)).fetchall() if household else ()
    people = list(dict.fromkeys(filter(None, [client, *(row[0] for row in rows)])))
    found: Parts = {"person": people, "household": [household] if household else []}
    given = {"client": client, "home": household, "people": orjson.dumps(people).decode()}
    for kind, query in FAMILY.items():
        found[kind] = [row[0] for row in session.connection.execute(query, given)]
    found["organisation"] = _ids(session, RECEIVERS, parts.get("referral", []))
    found["attachment"] = _ids(session, FILES, [client, *found["benefit"]])
    return {kind: ids for kind, ids in found.items() if ids}


def _ids(session: Reading, query: str, ids: Iterable[str]) -> list[str]:
    return [row[0] for row in session.connection.execute(query, (orjson.dumps(list(ids)).decode(),))]


def gone(session: Reading) -> frozenset[str]:
    """The cases of this store that went to another station."""
    query = "SELECT id FROM r_case WHERE stage = ?"
    return frozenset(row[0] for row in session.connection.execute(query, (TRANSFERRED,)))


def cases_of(session: Reading, kind: str, id: str, values: Mapping[str, object]) -> set[str]:
    """The cases a record belongs to, or will once `values` are written."""
    found: set[str] = set()
    waiting = [(kind, id, values)]
    for _ in range(FARTHEST):
        above: list[tuple[str, str, Mapping[str, object]]] = []
        for one, name, given in waiting:
            if one == CASE:
                found.add(name)
            for field, of in _ups().get(one, ()):
                for parent in {given.get(field), _standing(session, one, name, field)} - {None, ""}:
                    above += [(each, str(parent), {}) for each in of if _is(session, each, str(parent))]
        waiting = above
    return found


@cache
def _ups() -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    found: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}
    for kind, field, of in branches():
        found[kind] = (*found.get(kind, ()), (field, of))
    return found


def _standing(session: Reading, kind: str, id: str, field: str) -> str | None:
    row = session.connection.execute(f'SELECT "{field}" FROM r_{kind} WHERE id = ?', (id,)).fetchone()
    return row[0] if row else None


def _is(session: Reading, kind: str, id: str) -> bool:
    query = f"SELECT 1 FROM r_{kind} WHERE id = ?"
    return session.connection.execute(query, (id,)).fetchone() is not None
