"""What a month's round is counted from: households, who lives in them, their open cases, whom one reached.

One query each over the whole station; contacts walk the index of their days.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import orjson

from sgz_desktop.domain import lifecycle
from sgz_desktop.domain.visit_rhythm import Member
from sgz_desktop.store.facts import RISK, STAGE
from sgz_desktop.store.queries import HERE, LIVING
from sgz_desktop.store.session import Reading


class Home(NamedTuple):
    """A household whose file is open; `away_*` as stored."""

    id: str
    number: str | None
    village: str | None
    village_group: str | None
    house_number: str | None
    categories: str | None
    away_from: str | None
    away_until: str | None
    head: str | None
    head_name: str | None


HOME_COLUMNS = """h.id, h.number, h.village, h.village_group, h.house_number, h.categories, h.away_from,
  h.away_until, h.head, p.name"""
HOMES = f"""SELECT {HOME_COLUMNS} FROM r_household h LEFT JOIN r_person p ON p.id = h.head
WHERE h.deleted {HERE} AND h.closed_on IS NULL ORDER BY h.rid"""


def homes(session: Reading) -> list[Home]:
    """Every household on file."""
    return [Home(*row) for row in session.connection.execute(HOMES)]


MEMBERS = f"""SELECT m.household, p.categories, p.born, p.died_on, p.moved_on, p.closed_on, p.jailed_on,
  p.jailed_until, m.to_day FROM r_membership m LEFT JOIN r_person p ON p.id = m.person
WHERE m.deleted {HERE} AND p.deleted {HERE} AND m.household IS NOT NULL"""


def members(session: Reading) -> dict[str, list[Member]]:
    """By household, everybody who was ever put into it."""
    found: dict[str, list[Member]] = {}
    for household, *member in session.connection.execute(MEMBERS):
        found.setdefault(household, []).append(Member(*member))
    return found


RISKS = f"""SELECT coalesce(c.household, m.household), {STAGE}, {RISK} FROM r_case c
LEFT JOIN r_membership m ON m.person = c.client AND {LIVING}
WHERE c.deleted {HERE} AND c.closed_on IS NULL"""


def risks(session: Reading) -> dict[str, set[str | None]]:
    """By household, the risks of its open cases (None = not judged yet)."""
    found: dict[str, set[str | None]] = {}
    for household, stage, risk in session.connection.execute(RISKS):
        if household and lifecycle.is_open(stage or lifecycle.LEAD):
            found.setdefault(household, set()).add(risk)
    return found


REACHED = f"""SELECT household, max(date) FROM (
  SELECT household, date FROM r_visit
    WHERE date BETWEEN ?1 AND ?2 AND household IS NOT NULL AND met IS NOT 0 AND deleted {HERE}
  UNION ALL SELECT m.household, v.date FROM r_visit v JOIN r_membership m ON m.person = v.person AND {LIVING}
    WHERE v.date BETWEEN ?1 AND ?2 AND v.household IS NULL AND v.met IS NOT 0 AND v.deleted {HERE}
  UNION ALL SELECT c.household, n.date FROM r_session n JOIN r_case c ON c.id = n."case"
    WHERE n.date BETWEEN ?1 AND ?2 AND c.household IS NOT NULL AND n.deleted {HERE})
GROUP BY household"""


def reached(session: Reading, since: str, until: str) -> dict[str, str]:
    """By household, the last day somebody there was reached between two days: a visit by foot, telephone or
    video that met somebody, or a session of its case."""
    return dict(session.connection.execute(REACHED, (since, until)).fetchall())


AWAY = f"""SELECT h.id, h.away_from, h.away_until FROM r_household h
WHERE h.away_from IS NOT NULL AND h.deleted {HERE}"""


def away_spans(session: Reading) -> list[tuple[str, str, str | None]]:
    """(household, from, until) of every household that was or will be away."""
    return [(id, start, end) for id, start, end in session.connection.execute(AWAY)]


ONES = "(SELECT value FROM json_each(?1))"
OF_HOMES = f"""SELECT m.person FROM r_membership m
WHERE m.household IN {ONES} AND m.person IS NOT NULL AND {LIVING}
UNION SELECT c.id FROM r_case c WHERE c.deleted {HERE} AND (c.household IN {ONES} OR c.client IN (
  SELECT m.person FROM r_membership m WHERE m.household IN {ONES} AND {LIVING}))"""


def belonging(session: Reading, households: Sequence[str]) -> list[str]:
    """Ids of the people who live in some households now, and of the families' cases."""
    ids = orjson.dumps([*households]).decode()  # there may be more than a statement takes values
    return [row[0] for row in session.connection.execute(OF_HOMES, (ids,))]
