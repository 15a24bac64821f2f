"""A person merged into another stays findable: what is found of them leads to the one who was kept."""

from __future__ import annotations

from collections.abc import Iterable

from sgz_desktop.store.search_index import IN, json_list
from sgz_desktop.store.search_plan import MERGED_INTO, PEOPLE
from sgz_desktop.store.session import Reading

FOLLOWED = "在合并前的资料里"
LONGEST = 8  # steps; two computers may have merged the same people in a circle
MERGED = f"SELECT rid FROM r_{PEOPLE} WHERE deleted = 1 AND {MERGED_INTO} IS NOT NULL AND rid IN {IN}"
STEP = f"""SELECT s.rid, k.rid, k.id, k.deleted FROM r_{PEOPLE} s
JOIN r_{PEOPLE} k ON k.id = s.{MERGED_INTO} WHERE s.rid IN {IN}"""


def kept(session: Reading, rids: Iterable[int]) -> dict[int, int | None]:
    """Of these people those merged into others: rid → rid of the one kept, None when that one is not here,
    was deleted, or was merged back."""
    merged = [row[0] for row in session.cursor.execute(MERGED, (json_list(rids),))]
    found: dict[int, int | None] = {rid: rid for rid in merged}
    waiting = set(merged)
    for _ in range(LONGEST):
        if not waiting:
            break
        at = {found[rid] or rid for rid in waiting}
        steps = {rid: (to, gone) for rid, to, _, gone in session.cursor.execute(STEP, (json_list(at),))}
        for rid in tuple(waiting):
            to, gone = steps.get(found[rid] or rid, (None, False))
            found[rid] = to
            if not gone:
                waiting.discard(rid)
    return found | dict.fromkeys(waiting)


def kept_id(session: Reading, id: str) -> str:
    """The id of the person kept, or the id itself when its person was merged into nobody who is here."""
    row = session.cursor.execute(f"SELECT rid FROM r_{PEOPLE} WHERE id = ?", (id,)).fetchone()
    rid = kept(session, row).get(row[0]) if row else None
    if rid is None:
        return id
    return str(session.cursor.execute(f"SELECT id FROM r_{PEOPLE} WHERE rid = ?", (rid,)).fetchone()[0])


def followed(session: Reading, vias: dict[int, str]) -> dict[int, str]:
    """rid → via, with the people kept in place of those merged into them, each once."""
    moved = kept(session, vias)
    if not moved:
        return vias
    found: dict[int, str] = {}
    for rid, via in vias.items():
        to = moved.get(rid, rid)
        if to is not None:
            found.setdefault(to, via or (FOLLOWED if rid in moved else ""))
    return found
