"""The list of people: who is in it, and in which order."""

from __future__ import annotations

from typing import Any

from sgz_desktop.store import terms
from sgz_desktop.store.queries import HERE, LAST, LIVING
from sgz_desktop.store.round_places import walked
from sgz_desktop.store.session import Reading

ROUND, NAME, OLDEST, YOUNGEST, SEEN, UNSEEN = "round", "name", "oldest", "youngest", "seen", "unseen"
LAST_OF = f"max(coalesce({LAST}, ''), coalesce(seen_on.day, ''))"
SEEN_ON = f"""WITH seen_on AS MATERIALIZED (SELECT s.person, max(coalesce(v.date, n.date)) day
    FROM r_presence s LEFT JOIN r_visit v ON v.id = s.occasion AND v.deleted {HERE}
    LEFT JOIN r_session n ON n.id = s.occasion AND n.deleted {HERE}
    WHERE s.person IS NOT NULL AND s.deleted {HERE} GROUP BY s.person)"""
WITH_SEEN = "LEFT JOIN seen_on ON seen_on.person = p.id"
IN_HOUSE = "h.rid, h.head IS NOT p.id, m.rid, p.rid"
ORDERS = {  # what stands before the query, what is told of each person, what is joined, how it is sorted
    ROUND: ("", "h.rid", "", IN_HOUSE),
    NAME: ("", "p.name", "", IN_HOUSE),
    OLDEST: ("", "1", "", f"p.born IS NULL, p.born, {IN_HOUSE}"),
    YOUNGEST: ("", "1", "", f"p.born IS NULL, p.born DESC, {IN_HOUSE}"),
    SEEN: (SEEN_ON, LAST_OF, WITH_SEEN, f"1 DESC, {IN_HOUSE}"),
    UNSEEN: (SEEN_ON, LAST_OF, WITH_SEEN, f"1, {IN_HOUSE}"),
}


def people_ids(session: Reading, *, category: str = "", village: str = "", order: str = ROUND) -> list[int]:
    """rids of people on file in one of `ORDERS`: a day's round, by name as a Chinese index has it, by age,
    by the day last seen (never comes before long ago). An unknown order is the round."""
    before, told, joined, sorted_by = ORDERS.get(order, ORDERS[ROUND])
    where, values = [f"p.deleted {HERE}"], []
    if category:
        where.append("(',' || p.categories || ',' LIKE ? OR ',' || h.categories || ',' LIKE ?)")
        values += [f"%,{category},%"] * 2
    if village:
        where.append("h.village = ?")
        values.append(village)
    query = f"""{before} SELECT {told}, p.rid FROM r_person p
        LEFT JOIN r_membership m ON m.person = p.id AND {LIVING}
        LEFT JOIN r_household h ON h.id = m.household AND h.deleted {HERE} {joined}
        WHERE {" AND ".join(where)} ORDER BY {sorted_by}"""
    found = session.connection.execute(query, values)
    if order == NAME:
        return _by_name(found.fetchall())
    if told == "h.rid":
        return walked(session, found)
    return list(dict.fromkeys(rid for _, rid in found))


def _by_name(found: list[tuple[Any, int]]) -> list[int]:
    names = {name for name, _ in found}
    order = sorted(names, key=lambda name: (not name, terms.spoken(name or ""), name or ""))
    at = {name: place for place, name in enumerate(order)}
    return list(dict.fromkeys(rid for _, rid in sorted(found, key=lambda row: at[row[0]])))
