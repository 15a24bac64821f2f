"""A person's family as the pages show it: the genogram, who is what to them, and where they lived."""

from __future__ import annotations

from dataclasses import dataclass

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, FormRefused, Saved, Typed, checked, form, new_form
from sgz_desktop.actions.kin_reading import read_family
from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.fields import Problem
from sgz_desktop.domain.genogram import Genogram, described, genogram
from sgz_desktop.domain.genogram_labels import age_words
from sgz_desktop.domain.kin import UNNAMED, Family
from sgz_desktop.domain.kin_doubts import doubts
from sgz_desktop.domain.kin_relations import Relation, relatives
from sgz_desktop.domain.records.household import Household
from sgz_desktop.domain.records.membership import Membership
from sgz_desktop.domain.records.person import Person
from sgz_desktop.errors import AppError
from sgz_desktop.store import families, queries, read
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.write import Write

ALREADY = "这位服务对象现在已在这一户，没有改动。"
NO_HOUSE = "选的这位还没有登记在哪一户。"


@dataclass(frozen=True)
class KinLine:
    """A relative in words: what they are to the person, and what else is to be known. `id` '' = not on
    file; `source` says where it is written down."""

    id: str
    name: str
    relation: str
    facts: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Stay:
    """A household somebody belonged to: whose it is, as what, from when to when; `now` = still."""

    household: str
    words: str
    relation: str
    when: str
    now: bool
    lives_in: bool | None


@dataclass(frozen=True)
class FamilyView:
    """Everything a page shows of a family. `spoken` is the drawing in words; `doubts` are sentences (待核)
    about anybody in it, with names; `aside` names those who are not drawn, `former` who has left the
    household the person is in."""

    person: str
    drawing: Genogram
    spoken: str
    kin: tuple[KinLine, ...]
    stays: tuple[Stay, ...]
    doubts: tuple[str, ...]
    aside: str
    former: str = ""


@action
def family_view(desk: Desk, person: str) -> FamilyView:
    """The family of a person. It shows people and how they are related, nothing of cases."""
    today = desk.today()

    def work(session: Reading) -> FamilyView:
        found = read_family(session, person, today)
        drawing = genogram(found, today)
        return FamilyView(
            person,
            drawing,
            described(found, today),
            kin_lines(found, today),
            _stays(session, person, today),
            tuple(_doubt(found, one.sentence, one.people) for one in doubts(found)),
            aside(found, drawing),
            _former(session, person, today),
        )

    return desk.read(work)


def kin_lines(of: Family, today: str) -> tuple[KinLine, ...]:
    """Everybody related to the focus of a family, nearest first."""
    return tuple(_line(of, one, today) for one in relatives(of, of.focus))


def _line(of: Family, relation: Relation, today: str) -> KinLine:
    one = of.people[relation.id]
    age = age_words(one, today)
    bond = code_list("kinship_bond").label(relation.bond) if relation.bond else ""
    near = code_list("closeness").label(relation.closeness) if relation.closeness else ""
    facts = (
        "已去世" if one.dead else f"{age}岁" if age else "",
        bond if relation.bond not in ("married", "divorced") else "",
        "监护人" if relation.guardian else "",
        "主要照料人" if relation.carer else "",
        near if relation.closeness != "ordinary" else "",
        "" if one.on_file else "未建档",
        "推定" if relation.assumed else "",
    )
    name = one.name or UNNAMED
    return KinLine(
        one.id if one.on_file else "",
        name,
        relation.words,
        tuple(fact for fact in facts if fact),
        relation.source,
    )


def _doubt(of: Family, sentence: str, people: frozenset[str]) -> str:
    names = "、".join(of.people[id].name or UNNAMED for id in sorted(people))
    return f"{names}：{sentence}"


def aside(of: Family, drawing: Genogram) -> str:
    """Who is not in the drawing, and what contradicts itself, as a sentence; '' when all is drawn."""
    told = {fact.who: fact.code for fact in of.loose if fact.of == of.focus}
    named = []
    for id in drawing.apart:
        relation = code_list("relation").label(told[id]) if id in told else ""
        named.append(f"{of.people[id].name or UNNAMED}{f'（{relation}）' if relation else ''}")
    parts = (
        [f"没有画出：{'、'.join(named[:6])}{f'等{len(named)}人' if len(named) > 6 else ''}。"]
        if named
        else []
    )
    if drawing.left_out:
        parts.append(f"有{drawing.left_out}处关系互相矛盾，没有画出，请核对。")
    return "".join(parts)


def _stays(session: Reading, person: str, today: str) -> tuple[Stay, ...]:
    members = read.of_parent(session, Membership, "person", person)
    ids = sorted({one.household for one in members if one.household})
    houses = {str(one.id): one for one in read.of_parent(session, Household, "id", *ids)} if ids else {}
    heads = sorted({one.head for one in houses.values() if one.head})
    names = (
        {str(one.id): one.name or "" for one in read.of_parent(session, Person, "id", *heads)}
        if heads
        else {}
    )
    found = []
    for one in members:
        house = houses.get(one.household or "")
        if house is None:
            continue
        own = house.head == person
        whose = "本人为户主" if own else f"{names.get(house.head or '') or '户主未填'}一户"
        where = (house.village or "") + (house.village_group or "")
        relation = code_list("relation").label(one.relation_to_head) if one.relation_to_head else ""
        now = one.to_day is None or one.to_day > today
        found.append(
            Stay(
                str(house.id),
                "·".join(part for part in (where, whose) if part),
                "" if own else relation,
                _period(one.from_day, one.to_day),
                now,
                one.lives_in,
            )
        )
    return tuple(sorted(found, key=lambda stay: not stay.now))


def _former(session: Reading, person: str, today: str) -> str:
    """Who has left the household a person is in now, each with the day."""
    house = queries.household_of(session, person)
    left = [
        one
        for one in (families.members_of(session, [house]) if house else [])
        if one.to_day is not None and one.to_day <= today and one.person != person
    ]
    known = families.people_of(session, [one.person for one in left])
    words = [
        f"{(known[one.person].name if one.person in known else '') or UNNAMED}"
        f"（{days.show_day(one.to_day or '')}离开）"
        for one in left
    ]
    return f"这一户以前的成员：{'、'.join(words)}。" if words else ""


def _period(start: str | None, end: str | None) -> str:
    since = days.show_day(start) if start else ""
    until = days.show_day(end) if end else ""
    if since and until:
        return f"{since}至{until}"
    return f"{since}起" if since else f"到{until}" if until else ""


@action
def move_household(
    desk: Desk, person: str, to: str, day: str, relation: str = "", leave: str = "", note: str = ""
) -> Saved:
    """Somebody joins the household of `to` (a person in it) on a day as typed, and leaves the household
    `leave`, if one is named, as one edit. What was stays in the history; without `leave` they are in both.

    AppError when `to` is in no household, or they are in it already; FormRefused for a day that cannot be.
    """

    def look(session: Reading) -> tuple[str, str]:
        house = queries.household_of(session, to)
        if not house:
            raise AppError(NO_HOUSE, "请先在家庭里登记，再来选。")
        mine = [m for m in read.of_parent(session, Membership, "person", person) if m.to_day is None]
        if any(one.household == house for one in mine):
            raise AppError(ALREADY, "请核对选的是不是另一户。")
        left = next((str(one.id) for one in mine if leave and one.household == leave), "")
        return house, left

    house, left = desk.read(look)
    on = day.strip() or desk.today()
    joins = new_form(desk, "membership", {"household": house, "person": person})
    typed = {"relation_to_head": relation or None, "lives_in": True, "from_day": on, "note": note or None}
    problems: list[Problem] = []
    writes: list[Write] = []
    parts: list[tuple[Form, Typed]] = [(joins, typed)]
    if left:
        parts.append((form(desk, left, "membership"), {"to_day": on}))
    for one, values in parts:
        try:
            writes += checked(desk, one, values, {})[1]
        except FormRefused as refused:
            problems += refused.problems
    if problems:
        raise FormRefused(problems)

    def work(session: Writing) -> Changes:
        desk.record(session, "", writes)
        return session.changes()

    return Saved("membership", joins.id, desk.write(work))
