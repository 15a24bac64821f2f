"""What rules of assistance look at, read flat: people, kin, obligors, homes, benefits, self-care."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sgz_desktop.store.queries import HERE
from sgz_desktop.store.session import Reading

SELF_CARE = ("eat", "dress", "bed", "toilet", "walk", "bathe")


class PersonRow(NamedTuple):
    """A person's fields as stored."""

    id: str
    name: str | None
    sex: str | None
    born: str | None
    marital: str | None
    categories: str | None
    disability_kinds: str | None
    disability_grade: str | None
    disability_confirmed_none: int | None
    self_care: str | None
    care_need: str | None
    employment: str | None
    residence: str | None
    monthly_income: int | None
    basic_pension: int | None
    property_within_limit: int | None
    obligors_confirmed_none: int | None
    died_on: str | None
    jailed_on: str | None
    jailed_until: str | None
    missing_since: str | None
    missing_reported: int | None
    declared_missing: int | None
    detained: int | None
    civil_capacity: str | None
    custody_revoked: int | None
    deported: int | None
    seriously_ill: int | None
    closed_on: str | None
    moved_on: str | None


class HouseRow(NamedTuple):
    """A household's fields as stored."""

    id: str
    head: str | None
    village: str | None
    village_group: str | None
    categories: str | None
    monthly_income: int | None
    hard_expenses: int | None
    property_within_limit: int | None
    emergency: int | None
    spending_sudden: int | None
    closed_on: str | None


class MemberRow(NamedTuple):
    """Somebody who lives in a household now."""

    household: str
    person: str
    relation_to_head: str | None
    lives_in: int | None


class KinRow(NamedTuple):
    """A relative told of: on file (`who`) or by name."""

    id: str
    person: str
    relation: str | None
    who: str | None
    who_name: str | None
    who_sex: str | None
    who_born: str | None
    who_died_on: str | None
    bond: str | None


class ObligorRow(NamedTuple):
    """Somebody held to support a person."""

    id: str
    person: str
    relation: str | None
    who: str | None
    who_name: str | None
    situation: str | None
    duty: str | None


class BenefitRow(NamedTuple):
    """A stretch of a category or benefit."""

    person: str | None
    household: str | None
    category: str | None
    programme: str | None
    from_day: str | None
    to_day: str | None


@dataclass(frozen=True)
class Rows:
    """Everything read, of everybody or of some people and whom they are related to."""

    people: tuple[PersonRow, ...]
    houses: tuple[HouseRow, ...]
    members: tuple[MemberRow, ...]
    kin: tuple[KinRow, ...]
    obligors: tuple[ObligorRow, ...]
    benefits: tuple[BenefitRow, ...]
    self_care: tuple[tuple[str, tuple[str | None, ...]], ...]


PEOPLE = f"""SELECT {", ".join(PersonRow._fields)} FROM r_person
WHERE deleted {HERE} AND merged_into IS NULL {{some}} ORDER BY rid"""
HOUSES = f"SELECT {', '.join(HouseRow._fields)} FROM r_household WHERE deleted {HERE} {{some}} ORDER BY rid"
MEMBERS = f"""SELECT household, person, relation_to_head, lives_in FROM r_membership
WHERE deleted {HERE} AND to_day IS NULL AND household IS NOT NULL AND person IS NOT NULL {{some}}
ORDER BY rid"""
KIN = f"""SELECT {", ".join(KinRow._fields)} FROM r_kinship
WHERE deleted {HERE} AND person IS NOT NULL {{some}} ORDER BY id"""
OBLIGORS = f"""SELECT {", ".join(ObligorRow._fields)} FROM r_obligor
WHERE deleted {HERE} AND person IS NOT NULL {{some}} ORDER BY id"""
BENEFITS = f"SELECT {', '.join(BenefitRow._fields)} FROM r_benefit WHERE deleted {HERE} {{some}} ORDER BY rid"
ASSESSED = f"""SELECT c.client, {", ".join(f"a.self_care_{item}" for item in SELF_CARE)}
FROM r_assessment a JOIN r_case c ON c.id = a."case"
WHERE a.deleted {HERE} AND c.deleted {HERE} AND c.client IS NOT NULL {{some}}
ORDER BY coalesce(a.assessed_on, ''), a.rid"""


APPLIED = f"""SELECT programme, id, filed_on FROM r_application
WHERE deleted {HERE} AND programme IS NOT NULL AND coalesce(result, 'pending') = 'pending'
AND (person = ?1 OR household = ?2) ORDER BY rid"""


def applied_for(session: Reading, person: str, household: str) -> dict[str, tuple[str, str | None]]:
    """Programme → (application, day it was filed) of those without a result, the last of each."""
    rows = session.connection.execute(APPLIED, (person, household or "-"))
    return {programme: (id, filed) for programme, id, filed in rows}


def everybody(session: Reading) -> Rows:
    """All people and households on file, in one snapshot."""
    return _rows(session, None, None)


def around(session: Reading, people: Iterable[str]) -> Rows:
    """Some people, their households with all who live there, and whom they are related to."""
    known = set(people)
    for _ in range(2):  # relatives, and who lives with them
        members = [MemberRow(*row) for row in _some(session, MEMBERS, "person", known)]
        homes = {row.household for row in members}
        known |= {MemberRow(*row).person for row in _some(session, MEMBERS, "household", homes)}
        kin = [KinRow(*row) for field in ("person", "who") for row in _some(session, KIN, field, known)]
        obligors = [ObligorRow(*row) for row in _some(session, OBLIGORS, "person", known)]
        known |= {id for row in kin for id in (row.person, row.who) if id}
        known |= {row.who for row in obligors if row.who}
    return _rows(session, known, homes)


def _rows(session: Reading, people: set[str] | None, homes: set[str] | None) -> Rows:
    kin = {row[0]: KinRow(*row) for field in ("person", "who") for row in _some(session, KIN, field, people)}
    benefits = _some(session, BENEFITS, "person", people)
    if people is not None:
        benefits += _some(session, BENEFITS, "household", homes)
    last = {row[0]: tuple(row[1:]) for row in _some(session, ASSESSED, "c.client", people)}
    return Rows(
        people=tuple(PersonRow(*row) for row in _some(session, PEOPLE, "id", people)),
        houses=tuple(HouseRow(*row) for row in _some(session, HOUSES, "id", homes)),
        members=tuple(MemberRow(*row) for row in _some(session, MEMBERS, "household", homes)),
        kin=tuple(kin[id] for id in sorted(kin)),
        obligors=tuple(ObligorRow(*row) for row in _some(session, OBLIGORS, "person", people)),
        benefits=tuple(BenefitRow(*row) for row in benefits),
        self_care=tuple(last.items()),
    )


def _some(session: Reading, query: str, field: str, ids: Iterable[str] | None) -> list[Any]:
    """Rows whose field is one of some ids; all of them for None."""
    if ids is None:
        return list(session.connection.execute(query.format(some="")))
    wanted = sorted(ids)
    found: list[Any] = []
    for at in range(0, len(wanted), 500):
        part = wanted[at : at + 500]
        marks = ",".join("?" * len(part))
        found += session.connection.execute(query.format(some=f"AND {field} IN ({marks})"), part)
    return found


OPEN_APPLICATIONS = f"""SELECT programme, person, household FROM r_application
WHERE deleted {HERE} AND programme IS NOT NULL AND (result IS NULL OR result = 'pending')"""
ORIGINS = f"""SELECT origin FROM r_task
WHERE origin >= 'policy:' AND origin < 'policy;' AND deleted {HERE}"""


def under_way(session: Reading) -> tuple[set[tuple[str, str]], set[str]]:
    """(programme, person or household) of applications without a result, and origins of tasks that a policy
    raised: done, put aside or still to do."""
    applied = {
        (programme, who)
        for programme, person, household in session.connection.execute(OPEN_APPLICATIONS)
        for who in (person, household)
        if who
    }
    return applied, {row[0] for row in session.connection.execute(ORIGINS)}


TOUCHED = {
    "membership": "SELECT person, household FROM r_membership WHERE id IN ({marks})",
    "kinship": "SELECT person, who FROM r_kinship WHERE id IN ({marks})",
    "obligor": "SELECT person, who FROM r_obligor WHERE id IN ({marks})",
    "benefit": "SELECT person, household FROM r_benefit WHERE id IN ({marks})",
    "application": "SELECT person, household FROM r_application WHERE id IN ({marks})",
    "task": "SELECT person, household FROM r_task WHERE id IN ({marks})",
    "assessment": """SELECT c.client, c.household FROM r_assessment a JOIN r_case c ON c.id = a."case"
        WHERE a.id IN ({marks})""",
}
RELATED = f"""SELECT n.person FROM r_membership m JOIN r_membership n ON n.household = m.household
  WHERE m.person IN ({{marks}}) OR m.household IN ({{marks}})
UNION SELECT person FROM r_kinship WHERE who IN ({{marks}}) AND deleted {HERE}
UNION SELECT who FROM r_kinship WHERE person IN ({{marks}}) AND deleted {HERE}
UNION SELECT person FROM r_obligor WHERE who IN ({{marks}}) AND deleted {HERE}"""


def touched(session: Reading, changed: Mapping[str, Iterable[str]]) -> set[str]:
    """People whose verdicts a change may alter: of the records themselves, and all whom those are near."""
    near = {id for kind in ("person", "household") for id in changed.get(kind, ())}
    for kind, query in TOUCHED.items():
        ids = list(changed.get(kind, ()))
        for at in range(0, len(ids), 200):
            part = ids[at : at + 200]
            marks = ",".join("?" * len(part))
            near |= {
                id for row in session.connection.execute(query.format(marks=marks), part) for id in row if id
            }
    people = set(near)
    wanted = sorted(near)
    for at in range(0, len(wanted), 150):
        part = wanted[at : at + 150]
        marks = ",".join("?" * len(part))
        rows = session.connection.execute(RELATED.format(marks=marks), part * 5)
        people |= {row[0] for row in rows if row[0]}
    return people
