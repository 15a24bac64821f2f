"""The family around a person, read from kinship records and households: people and kin, nothing of cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sgz_desktop.domain.fields import Level, Problem
from sgz_desktop.domain.kin import Family, Individual, KinFact, family
from sgz_desktop.domain.kin_doubts import Doubt, doubts, head_doubts
from sgz_desktop.domain.relations import HEADS, way_of
from sgz_desktop.store import families
from sgz_desktop.store.families import KinRow, KnownPerson, MemberRow
from sgz_desktop.store.session import Reading

ROUNDS, MOST = 8, 60  # how far from the person, and how many people, are read
NOT_HERE = "（资料未到）"
OUT_OF_HOUSE = "99"


def read_family(session: Reading, person: str, today: str, most: int = MOST) -> Family:
    """The family of a person as far as records lead, the nearest `most` people of it."""
    rows: dict[str, KinRow] = {}
    members: dict[str, MemberRow] = {}
    heads: dict[str, str | None] = {}
    known, fresh = {person}, [person]
    for _round in range(ROUNDS):
        if not fresh or len(known) > most:
            break
        rows |= {row.id: row for row in families.kin_of(session, fresh)}
        new = [house for house in families.houses_of(session, fresh) if house not in heads]
        heads |= families.heads_of(session, new)
        members |= {row.id: row for row in families.members_of(session, new) if row.household in heads}
        named = {id for row in rows.values() for id in (row.person, row.who) if id}
        fresh = sorted((named | {row.person for row in members.values()}) - known)
        known |= set(fresh)
    people = families.people_of(session, sorted(known))
    gone = {id for id, one in people.items() if one.deleted and id != person}
    facts = [*_kin_facts(rows.values()), *_house_facts(session, heads, list(members.values()))]
    return family(
        person,
        [_individual(id, people.get(id)) for id in sorted(known - gone)] + _unfiled(rows.values()),
        [fact for fact in facts if not gone & {fact.of, fact.who}],
        _homes(members.values(), today),
    )


def _individual(id: str, one: KnownPerson | None) -> Individual:
    if one is None:
        return Individual(id, NOT_HERE, on_file=False)
    died = one.died_on
    return Individual(id, one.name or "", one.sex or "", one.born or "", died or "", died is not None)


def _unfiled_id(row: KinRow, rows: Iterable[KinRow]) -> str:
    """Parents, partners and children of one name, told of by several, are one."""
    same = [one for one in rows if one is row or _same(one, row)]
    return "kin:" + min(one.id for one in same)


def _same(one: KinRow, other: KinRow) -> bool:
    near = all(len(way_of(row.relation or "").steps) == 1 for row in (one, other))
    apart = one.person == other.person or one.who or not one.who_name or one.who_name != other.who_name
    return bool(near and not apart and (one.who_born or other.who_born) == (other.who_born or one.who_born))


def _unfiled(rows: Iterable[KinRow]) -> list[Individual]:
    found: dict[str, Individual] = {}
    kept = list(rows)
    for row in sorted(kept, key=lambda one: one.id):
        if row.who is None:
            id = _unfiled_id(row, kept)
            before = found.get(id, Individual(id))
            found[id] = Individual(
                id,
                before.name or row.who_name or "",
                before.sex or row.who_sex or "",
                before.born or row.who_born or "",
                before.died or row.who_died_on or "",
                before.dead or row.who_died_on is not None,
                on_file=False,
            )
    return list(found.values())


def _kin_facts(rows: Iterable[KinRow]) -> list[KinFact]:
    kept = list(rows)
    return [
        KinFact(
            row.person,
            row.relation or "",
            row.who or _unfiled_id(row, kept),
            False,
            row.bond or "",
            row.from_day or "",
            row.closeness or "",
            bool(row.guardian),
            bool(row.carer),
        )
        for row in kept
    ]


def _house_facts(
    session: Reading, heads: Mapping[str, str | None], members: Sequence[MemberRow]
) -> list[KinFact]:
    """Relations to the head, also of those who left; to the client where a house has one client."""
    found = []
    clients = (
        families.clients_of(session, sorted(heads)) if any(m.relation_to_client for m in members) else {}
    )
    for house, named in sorted(heads.items()):
        mine = [one for one in members if one.household == house]
        flagged = [one.person for one in mine if one.relation_to_head in HEADS and one.to_day is None]
        head = named or (flagged[0] if flagged else "")
        client = clients.get(house, set())
        for one in mine:
            said = [(head, one.relation_to_head)]
            if len(client) == 1:
                said.append((next(iter(client)), one.relation_to_client))
            for of, code in said:
                if of and code and code not in HEADS and code != OUT_OF_HOUSE:
                    found.append(KinFact(of, code, one.person, True))
    return found


def _homes(members: Iterable[MemberRow], today: str) -> list[set[str]]:
    homes: dict[str, set[str]] = {}
    for one in members:
        if _now(one, today) and one.lives_in != 0:
            homes.setdefault(one.household, set()).add(one.person)
    return list(homes.values())


def _now(one: MemberRow, today: str) -> bool:
    return one.to_day is None or one.to_day > today


def kin_marks(session: Reading, kind: str, id: str, today: str) -> tuple[Problem, ...]:
    """What is doubtful about the relatives of a person or the head of a household (待核)."""
    if kind == "person":
        found: Iterable[Doubt] = (one for one in doubts(read_family(session, id, today)) if id in one.people)
    elif kind == "household":
        found = _heads(session, id, today)
    else:
        return ()
    field = "kin" if kind == "person" else "members"
    return tuple(Problem(Level.MARK, field, one.sentence) for one in dict.fromkeys(found))


def _heads(session: Reading, id: str, today: str) -> tuple[Doubt, ...]:
    now = [one for one in families.members_of(session, [id]) if _now(one, today)]
    head = families.heads_of(session, [id]).get(id)
    return head_doubts(head, [(one.person, one.relation_to_head or "") for one in now])
