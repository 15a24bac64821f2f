"""People and households on file as a rule of assistance sees them.

NULL stays unknown, with two exceptions the law itself makes: an adult has full civil capacity unless told
otherwise (民法典 art. 18), and who is visited at home is neither missing, in prison nor abroad.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from sgz_desktop.domain import days
from sgz_desktop.domain.categories import NONE, Spell, open_categories
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import split_codes
from sgz_desktop.domain.policy.facts import (
    Card,
    Codes,
    HouseholdFacts,
    PersonFacts,
    Relative,
    Span,
    World,
    age_on,
)
from sgz_desktop.domain.policy.vocabulary import CARD_GRADES, CARD_TYPES
from sgz_desktop.domain.relations import FEMALE, HEADS, MALE, way_of
from sgz_desktop.store.assistance import KinRow, MemberRow, ObligorRow, PersonRow, Rows

ADULT = 18
APART = frozenset({"divorced", "widowed"})
UNMARRIED = frozenset({"10", "30", "40"})
DUTIES = {"spouse": "S", "parent": "P"}
MARRIAGE, PARENTS_UNTIL = 20, 60  # younger people have no spouse; of older ones parents are asked for no more
MENTAL = frozenset({"5", "6"})
CARE = {"able": Span(Fraction(0), Fraction(0)), "partial": Span(Fraction(1), Fraction(3))}
CARE["lost"] = Span(Fraction(4), Fraction(6))
YES = {"full": True, "half": True, "self": False}
MONTHS = 12


@dataclass
class Kin:
    """Whom a person has: each known relative's id by what they are."""

    fathers: list[str] = field(default_factory=list)
    mothers: list[str] = field(default_factory=list)
    spouses: list[str] = field(default_factory=list)
    children: list[str] = field(default_factory=list)


def world_of_rows(rows: Rows, on: days.Day) -> World:
    """Everybody read, as facts on a day."""
    made = _Making(rows, on)
    return World(made.people(), made.households(), made.homes)


class _Making:
    def __init__(self, rows: Rows, on: days.Day) -> None:
        self._rows, self._on = rows, on
        self.homes = {one.person: one.household for one in rows.members}
        self._known = {one.id: one for one in rows.people}
        self._outside: dict[str, PersonFacts] = {}
        self._kin: defaultdict[str, Kin] = defaultdict(Kin)
        self._houses = {one.id: one for one in rows.houses}
        self._spells = self._all_spells()
        self._looked = dict(rows.self_care)
        self._read_kin()
        self._read_homes()
        self._owed: defaultdict[str, list[ObligorRow]] = defaultdict(list)
        for one in rows.obligors:
            self._owed[one.person].append(one)

    def _all_spells(self) -> Mapping[str, list[Spell]]:
        found: defaultdict[str, list[Spell]] = defaultdict(list)
        for one in self._rows.benefits:
            for owner in (one.person, one.household):
                if owner:
                    found[owner].append(Spell(one.category, one.programme, one.from_day, one.to_day))
        return found

    def _read_kin(self) -> None:
        for one in self._rows.kin:
            way = way_of(one.relation or "")
            who = one.who or self._unfiled(one)
            self._relate(one.person, who, way.steps, way.sex or self._sex(who), apart=one.bond in APART)

    def _unfiled(self, one: KinRow) -> str:
        """A relative who is not on file: what the row itself tells of them."""
        id = f"kin:{one.id}"
        self._outside[id] = PersonFacts(
            id,
            one.who_name or "亲属",
            born=_day(one.who_born, self._on),
            sex=one.who_sex,
            dead=True if one.who_died_on else None,
        )
        return id

    def _sex(self, id: str) -> str:
        found = self._known.get(id) or self._outside.get(id)
        return (found.sex or "") if found else ""

    def _relate(self, of: str, who: str, steps: str, sex: str, *, apart: bool = False) -> None:
        """Write one relation down at both ends."""
        if steps == "P":
            self._parent(of, who, sex)
        elif steps == "C":
            self._parent(who, of, self._sex(of))
        elif steps == "S" and not apart:
            self._kin[of].spouses.append(who)
            self._kin[who].spouses.append(of)

    def _parent(self, child: str, parent: str, sex: str) -> None:
        self._kin[parent].children.append(child)
        if sex in (MALE, FEMALE):
            kin = self._kin[child]
            (kin.fathers if sex == MALE else kin.mothers).append(parent)

    def _read_homes(self) -> None:
        heads: dict[str, str] = {
            house.id: house.head for house in self._rows.houses if house.head is not None
        }
        for one in self._rows.members:
            if one.relation_to_head in HEADS:
                heads.setdefault(one.household, one.person)
        for one in self._rows.members:
            head = heads.get(one.household)
            if head and head != one.person and one.relation_to_head:
                way = way_of(one.relation_to_head)
                self._relate(head, one.person, way.steps, way.sex or self._sex(one.person))

    def households(self) -> dict[str, HouseholdFacts]:
        members: defaultdict[str, list[MemberRow]] = defaultdict(list)
        for one in self._rows.members:
            members[one.household].append(one)
        return {
            house.id: HouseholdFacts(
                id=house.id,
                called=self._home_name(house.head),
                members=tuple(
                    one.person
                    for one in members[house.id]
                    if one.lives_in != 0 and not self._is_dead(one.person)
                )
                or None,
                income_year=None if house.monthly_income is None else Fraction(house.monthly_income) * MONTHS,
                rigid_spending_year=_money(house.hard_expenses),
                property_ok=_flag(house.property_within_limit),
                emergency=_flag(house.emergency),
                spending_sudden=_flag(house.spending_sudden),
            )
            for house in self._rows.houses
        }

    def _home_name(self, head: str | None) -> str:
        found = self._known.get(head or "")
        return f"{found.name}家" if found and found.name else "这户"

    def _is_dead(self, id: str) -> bool:
        found = self._known.get(id)
        return bool(found and found.died_on)

    def people(self) -> dict[str, PersonFacts]:
        found = {row.id: self._person(row) for row in self._rows.people}
        return {**self._outside, **found}

    def _person(self, row: PersonRow) -> PersonFacts:
        kin, at_home = self._kin[row.id], self.homes.get(row.id) is not None and row.residence != "away"
        here = False if at_home and not row.moved_on else None
        facts = PersonFacts(
            id=row.id,
            called=row.name or "（姓名未填）",
            born=_day(row.born, self._on),
            sex=row.sex,
            cards=_cards(row),
            income_month=_money(row.monthly_income),
            pension_basic_month=_money(row.basic_pension),
            property_ok=_flag(row.property_within_limit),
            status=self._status(row),
            in_school=None if row.employment is None else row.employment == "student",
            dead=row.died_on is not None,
            missing_months=self._missing(row, here),
            missing_reported=here if row.missing_reported is None else bool(row.missing_reported),
            declared_missing=here if row.declared_missing is None else bool(row.declared_missing),
            imprisoned=self._jailed(row, here),
            detained=here if row.detained is None else bool(row.detained),
            seriously_ill=_flag(row.seriously_ill),
            custody_revoked=here if row.custody_revoked is None else bool(row.custody_revoked),
            deported=here if row.deported is None else bool(row.deported),
            self_care=self._self_care(row),
            long_term_care=YES.get(row.care_need or ""),
            away=None if row.residence is None else row.residence == "away",
            father=_first(kin.fathers),
            mother=_first(kin.mothers),
            spouse=Relative("") if row.marital in UNMARRIED else _first(kin.spouses),
        )
        owed = self._obligors(row, kin)
        return replace(
            facts,
            civil_capacity=row.civil_capacity or self._capacity(facts),
            obligors=owed,
            obligors_confirmed_none=_flag(row.obligors_confirmed_none),
        )

    def _status(self, row: PersonRow) -> Codes | None:
        """What somebody is by their own record and their household's; whole once their own was filled in."""
        home = self._houses.get(self.homes.get(row.id, ""))
        own, theirs = split_codes(row.categories), split_codes(home.categories if home else None)
        running = open_categories(self._spells.get(row.id, ()), "person", self._on)
        if home:
            running |= open_categories(self._spells.get(home.id, ()), "household", self._on)
        known = frozenset((*own, *theirs, *running)) - {NONE}
        return Codes(known, row.categories is not None) if known or row.categories is not None else None

    def _missing(self, row: PersonRow, here: bool | None) -> Fraction | None:
        if row.missing_since and days.is_day(row.missing_since):
            return Fraction(max(0, _months(days.latest(row.missing_since), self._on)))
        return None if here is None else Fraction(0)

    def _jailed(self, row: PersonRow, here: bool | None) -> bool | None:
        if row.jailed_on is None:
            return here
        until = row.jailed_until
        return not (until and days.is_day(until) and days.latest(until) < self._on)

    def _self_care(self, row: PersonRow) -> Span | None:
        looked = self._looked.get(row.id)
        if looked and any(looked):
            undone, open_ = looked.count("not_done"), looked.count(None)
            return Span(Fraction(undone), Fraction(undone + open_))
        return CARE.get(row.self_care or "")

    def _capacity(self, facts: PersonFacts) -> str | None:
        """Presumed of adults, never of those whose mind may not let them (民法典 art. 18, 21)."""
        known = facts.status.known if facts.status else frozenset()
        mental = any(card.type in MENTAL for card in facts.cards or ()) or "mental_disorder" in known
        if facts.born is None or mental:
            return None
        return "full" if age_on(facts.born, self._on).least >= ADULT else None

    def _obligors(self, row: PersonRow, kin: Kin) -> tuple[str, ...] | None:
        """Everybody on the list of 法定义务人, and kin the law names: spouse, parents, adult children."""
        told = [self._told_obligor(one) for one in self._owed[row.id]]
        apart = {one.who for one in self._owed[row.id] if one.who and one.situation == "divorced"}
        near = [*kin.spouses, *kin.fathers, *kin.mothers, *(id for id in kin.children if self._adult(id))]
        if row.marital in UNMARRIED:
            near = [id for id in near if id not in kin.spouses]
        found = [*told, *(id for id in near if id not in apart)]
        found += [self._somebody(f"{name}:{row.id}", called) for name, called in self._untold(row, kin)]
        return tuple(dict.fromkeys(id for id in found if id != row.id)) or None

    def _untold(self, row: PersonRow, kin: Kin) -> Iterator[tuple[str, str]]:
        """Kin the law names and nobody has spoken of: without them a list is not whole."""
        owed = self._owed[row.id]
        if not (owed or kin.spouses or kin.fathers or kin.mothers or kin.children):
            return  # no list was begun
        age = age_on(row.born, self._on) if row.born and days.is_day(row.born) else None
        told = {way_of(one.relation or "").steps for one in owed} | {
            DUTIES.get(one.duty or "") for one in owed
        }
        grown = age is None or age.most is None or age.most >= MARRIAGE
        if row.marital not in UNMARRIED and not kin.spouses and "S" not in told and grown:
            yield "spouse", "配偶"
        young = age is None or age.least < PARENTS_UNTIL
        if not (kin.fathers or kin.mothers) and "P" not in told and young:
            yield "parents", "父母"

    def _told_obligor(self, one: ObligorRow) -> str:
        if one.who and one.situation not in ("dead", "divorced"):
            return one.who
        id = f"obligor:{one.id}"
        gone = one.situation in ("dead", "divorced")  # who is divorced owes nothing any more
        called = one.who_name or (code_list("relation").label(one.relation) if one.relation else "义务人")
        told = PersonFacts(id, called, dead=True if gone else None)
        self._outside[id] = replace(told, told_unable=one.situation == "unable")
        return id

    def _somebody(self, id: str, called: str) -> str:
        self._outside[id] = PersonFacts(id, called)
        return id

    def _adult(self, id: str) -> bool:
        """May they be of age? A child whose birth nobody knows stays on the list."""
        row, unfiled = self._known.get(id), self._outside.get(id)
        born = row.born if row else unfiled.born if unfiled else None
        if not (born and days.is_day(born)):
            return True
        return (age_on(born, self._on).most or 0) >= ADULT


def _first(ids: Iterable[str]) -> Relative | None:
    return next((Relative(id) for id in ids), None)


def _money(fen: int | None) -> Fraction | None:
    return None if fen is None or fen < 0 else Fraction(fen)


def _flag(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def _day(text: str | None, on: days.Day) -> days.Day | None:
    return text if text and days.is_day(text) and days.earliest(text) <= on else None


def _cards(row: PersonRow) -> tuple[Card, ...] | None:
    kinds = [kind for kind in split_codes(row.disability_kinds) if kind in CARD_TYPES]
    grade = row.disability_grade or ""
    level = int(grade) if grade.isdigit() and int(grade) in CARD_GRADES else None
    if kinds or level:
        return tuple(Card(kind, level) for kind in kinds) or (Card(None, level),)
    return () if row.disability_confirmed_none else None


def _months(start: days.Day, on: days.Day) -> int:
    """Full months from one whole day to another."""
    return (int(on[:4]) - int(start[:4])) * 12 + int(on[5:7]) - int(start[5:7]) - (on[8:] < start[8:])
