"""What relates people to one another: kinship rows, members, households and the people named in them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from sgz_desktop.store.session import Reading

HERE = "deleted IS NOT 1"


class KinRow(NamedTuple):
    """A kinship record; values as stored."""

    id: str
    person: str
    relation: str | None
    who: str | None
    who_name: str | None
    who_sex: str | None
    who_born: str | None
    who_died_on: str | None
    bond: str | None
    from_day: str | None
    closeness: str | None
    guardian: int | None
    carer: int | None


class MemberRow(NamedTuple):
    """A membership, also one that has ended."""

    id: str
    household: str
    person: str
    relation_to_head: str | None
    relation_to_client: str | None
    lives_in: int | None
    to_day: str | None


class KnownPerson(NamedTuple):
    """A person, deleted or not."""

    id: str
    name: str | None
    sex: str | None
    born: str | None
    died_on: str | None
    deleted: int | None


KIN = f"""SELECT {", ".join(KinRow._fields)} FROM r_kinship
WHERE {HERE} AND person IS NOT NULL AND {{field}} IN {{marks}} ORDER BY id"""
MEMBERS = f"""SELECT {", ".join(MemberRow._fields)} FROM r_membership
WHERE {HERE} AND person IS NOT NULL AND household IS NOT NULL AND {{field}} IN {{marks}} ORDER BY rid"""
PEOPLE = f"SELECT {', '.join(KnownPerson._fields)} FROM r_person WHERE id IN {{marks}} ORDER BY id"
HEADS = f"SELECT id, head FROM r_household WHERE {HERE} AND id IN {{marks}} ORDER BY id"
CLIENTS = f"""SELECT household, client FROM r_case
WHERE {HERE} AND guardian_hidden IS NOT 1 AND client IS NOT NULL AND household IN {{marks}}"""


def _rows(session: Reading, query: str, ids: Iterable[str], **parts: str) -> list[Any]:
    found = list(ids)
    if not found:
        return []
    marks = "(" + ",".join("?" * len(found)) + ")"
    return list(session.connection.execute(query.format(marks=marks, **parts), found))


def kin_of(session: Reading, people: Iterable[str]) -> list[KinRow]:
    """Kinship of people, written down at them or at the relative."""
    ids = list(people)
    found = [KinRow(*row) for field in ("person", "who") for row in _rows(session, KIN, ids, field=field)]
    return list({row.id: row for row in found}.values())


def houses_of(session: Reading, people: Iterable[str]) -> list[str]:
    """Households people belong or belonged to."""
    return sorted({MemberRow(*row).household for row in _rows(session, MEMBERS, people, field="person")})


def members_of(session: Reading, households: Iterable[str]) -> list[MemberRow]:
    """Everybody who is or was in households."""
    return [MemberRow(*row) for row in _rows(session, MEMBERS, households, field="household")]


def heads_of(session: Reading, households: Iterable[str]) -> dict[str, str | None]:
    """The head of each household that is here."""
    return dict(_rows(session, HEADS, households))


def clients_of(session: Reading, households: Iterable[str]) -> dict[str, set[str]]:
    """The clients of the cases of households, none of a case kept from its guardian."""
    found: dict[str, set[str]] = {}
    for household, client in _rows(session, CLIENTS, households):
        found.setdefault(household, set()).add(client)
    return found


def people_of(session: Reading, ids: Iterable[str]) -> dict[str, KnownPerson]:
    """People by id, deleted ones too."""
    return {row[0]: KnownPerson(*row) for row in _rows(session, PEOPLE, ids)}
