"""Households and people: register them, list them, and everything a call from a villager asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import col

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.contacts import contact_events
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, FormRefused, Saved, checked, load_form, new_form, numbered
from sgz_desktop.actions.life import NOTHING_ASKED, LifeAsks, life_asks
from sgz_desktop.actions.pauses import household_away, paused, waiting
from sgz_desktop.actions.taking_part import taking_part
from sgz_desktop.actions.timeline import (
    Event,
    applications_apart,
    case_events,
    check_events,
    visit_event,
)
from sgz_desktop.domain import categories, days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import Problem, Wire, split_codes
from sgz_desktop.domain.records.benefit import Benefit
from sgz_desktop.domain.records.household import Household
from sgz_desktop.domain.records.membership import Membership
from sgz_desktop.domain.records.person import Person
from sgz_desktop.errors import AppError
from sgz_desktop.store import people_list, queries, read, settings
from sgz_desktop.store.search_merged import kept_id
from sgz_desktop.store.session import Reading, Writing

Typed = Mapping[str, object]
HEADS = ("01", "02")  # GB/T 4761: 本人, 户主


@dataclass(frozen=True)
class PersonLine:
    """One line of the list of people. `tags` are categories in words; `last` is the day last seen."""

    rid: int
    id: str
    number: str
    name: str
    sex: str
    age: str
    village: str
    group: str
    household: str
    phone: str
    tags: tuple[str, ...]
    last: str
    is_head: bool
    dead: bool
    todo: int = 0


@dataclass(frozen=True)
class Relative:
    """Somebody of the same household, as related to the head."""

    id: str
    name: str
    relation: str
    age: str
    lives_in: bool | None
    note: str


@dataclass(frozen=True)
class BenefitLine:
    """A benefit somebody receives, in words; `since` a day in words."""

    id: str
    programme: str
    since: str
    amount: str
    whose: str


@dataclass(frozen=True)
class PersonPage:
    """Everything the page of a person shows. `away`: the household is away, in words; `paused` are the ids of
    tasks that wait meanwhile. `gone`: deleted, as after 撤销 of a registration."""

    line: PersonLine
    form: Form
    household: Form | None
    household_people: tuple[Relative, ...]
    benefits: tuple[BenefitLine, ...]
    marks: tuple[Problem, ...]
    cases: tuple[queries.CaseRow, ...]
    tasks: tuple[queries.TaskRow, ...]
    events: tuple[Event, ...]
    hint: str = ""
    away: str = ""
    paused: frozenset[str] = frozenset()
    asks: LifeAsks = NOTHING_ASKED
    gone: bool = False


@dataclass(frozen=True)
class MemberInput:
    """A member of a new household: typed person fields, or the id of a person already on file."""

    relation_to_head: str
    typed: Typed = field(default_factory=dict)
    person: str = ""
    membership: Typed = field(default_factory=dict)


@dataclass(frozen=True)
class Registered:
    """A household just registered: its id and its people's, in the order they were given."""

    household: str
    people: tuple[str, ...]
    saved: Saved


@action
def list_people(
    desk: Desk, category: str = "", village: str = "", order: str = people_list.ROUND
) -> list[int]:
    """rids of people on file, in one of `people_list.ORDERS`."""
    return desk.read(
        lambda session: people_list.people_ids(session, category=category, village=village, order=order)
    )


@action
def people_rows(desk: Desk, rids: Sequence[int]) -> dict[int, PersonLine]:
    """Lines for some rids of the list."""
    return desk.read(lambda session: lines_of(session, rids, desk.today()))


@action
def list_villages(desk: Desk) -> list[str]:
    """Villages in use, in the station's own order where one was set."""

    def work(session: Reading) -> list[str]:
        order = settings.get(session, "village_order", [])
        found = queries.villages(session)
        return sorted(found, key=lambda name: (order.index(name) if name in order else len(order), name))

    return desk.read(work)


def lines_of(session: Reading, rids: Sequence[int], today: str) -> dict[int, PersonLine]:
    """Lines of people by rid."""
    rows = queries.people(session, rids)
    last = queries.last_contacts(
        session, {row.household for row in rows.values() if row.household}, [row.id for row in rows.values()]
    )
    todo = _open_tasks(session, rows.values())
    return {rid: _line(row, last, today, todo.get(row.id, 0)) for rid, row in rows.items()}


def _open_tasks(session: Reading, rows: Iterable[queries.PersonRow]) -> Counter[str]:
    """Things to do about each person, or about the household they are the head of."""
    people = {row.id: row.id for row in rows}
    people |= {row.household: row.id for row in rows if row.household and row.is_head}
    tasks = queries.open_tasks(session, about=list(people)) if people else []
    return Counter(people.get(task.person or "") or people.get(task.household or "", "") for task in tasks)


def _line(row: queries.PersonRow, last: Mapping[str, str], today: str, todo: int) -> PersonLine:
    seen = max(last.get(row.household or "", ""), last.get(row.id, ""))
    own = _labels("person_category", row.categories)
    shared = _labels("household_category", row.household_categories)
    return PersonLine(
        rid=row.rid,
        id=row.id,
        number=row.number or "",
        name=row.name or "（姓名未填）",
        sex=code_list("sex").label(row.sex) if row.sex else "",
        age=age_words(row.born, row.died_on or today),
        village=row.village or "",
        group=row.village_group or "",
        household=row.household or "",
        phone=row.phone or "",
        tags=tuple(dict.fromkeys([*own, *shared])),
        last=days.short_day(seen, today) if seen else "",
        is_head=bool(row.is_head),
        dead=row.died_on is not None,
        todo=todo,
    )


def age_words(born: str | None, on: str) -> str:
    """Age in full years as words, 约 where only the year or month of birth is known; '' when nothing is."""
    span = days.age_range(born, on) if born else None
    if span is None:
        return ""
    return f"{span[1]}岁" if span[0] == span[1] else f"约{span[1]}岁"


def _labels(codes: str, value: str | None) -> list[str]:
    return [code_list(codes).label(code) for code in split_codes(value)]


@action
def register_household(
    desk: Desk, typed: Typed, people: Sequence[MemberInput], reason: str = ""
) -> Registered:
    """Put a household and its people on file as one edit. Raises FormRefused; nothing is then saved.

    Problems of the household's fields keep their names; those of the n-th person are `people.n.field`.
    """
    household = new_form(desk, "household", {"filed_on": desk.today()})
    parts = [_member(desk, household.id, member) for member in people]
    head = next((p.id for (p, _), m in zip(parts, people, strict=True) if m.relation_to_head in HEADS), None)
    found: list[Problem] = []
    writes = []
    for form, values, prefix in _forms_of(
        household, {**typed, **({"head": head} if head else {})}, parts, people
    ):
        try:
            _, written = checked(desk, form, values, {})
            writes += written if form.new or prefix else []
        except FormRefused as refused:
            found += [Problem(p.level, prefix + p.field, p.sentence) for p in refused.problems]
    if found:
        raise FormRefused(found)

    def work(session: Writing) -> Saved:
        desk.record(session, reason, [numbered(session, desk, write) for write in writes if write.values])
        return Saved("household", household.id, session.changes())

    saved = desk.write(work)
    return Registered(household.id, tuple(person.id for person, _ in parts), saved)


def _member(desk: Desk, household: str, member: MemberInput) -> tuple[Form, Form]:
    person = new_form(desk, "person", {"filed_on": desk.today()})
    if member.person:
        person = Form("person", member.person, {})
    membership = new_form(desk, "membership", {"household": household, "person": person.id})
    return person, membership


def _forms_of(
    household: Form,
    typed: Typed,
    parts: Sequence[tuple[Form, Form]],
    people: Sequence[MemberInput],
) -> Iterable[tuple[Form, Typed, str]]:
    yield household, {**household.values, **typed}, ""
    for place, ((person, membership), member) in enumerate(zip(parts, people, strict=True)):
        if person.new:
            yield person, {**person.values, **member.typed}, f"people.{place}."
        relation = {"relation_to_head": member.relation_to_head, "lives_in": True, **member.membership}
        yield membership, {**membership.values, **relation}, f"people.{place}."


@action
def person_page(desk: Desk, id: str) -> PersonPage:
    """All about one person; of one merged into another, all about the one kept. AppError when nothing of
    them has arrived on this computer."""
    today = desk.today()

    def work(session: Reading) -> PersonPage | None:
        return page_of(session, kept_id(session, id))

    def page_of(session: Reading, id: str) -> PersonPage | None:
        form = load_form(session, Person, id, today)
        record = read.get(session, Person, id)
        if form is None or record is None or record.rid is None:
            return None
        line = lines_of(session, [record.rid], today)[record.rid]
        household = load_form(session, Household, line.household, today) if line.household else None
        cases = queries.cases(session, client=id, household=line.household)
        about = [id, *(case.id for case in cases), *([line.household] if line.household else [])]
        visits = queries.contacts(session, household=line.household, person=id)
        events = [visit_event(row, today) for row in visits] + contact_events(session, id, today)
        events += [event for case in cases for event in case_events(session, case.id, today, visits=False)]
        events += applications_apart(session, id, line.household or "", today)
        shown = {event.id for event in events}
        checks = check_events(session, id, line.household, today)
        events += [event for event in checks if event.id not in shown]
        events += taking_part(session, id, line.household or "", today)
        tasks = queries.open_tasks(session, about=about)
        return PersonPage(
            gone=bool(record.deleted),
            line=line,
            form=form,
            household=household,
            household_people=_relatives(session, line.household, today),
            benefits=_benefits(session, id, line.household, today),
            marks=form.marks + (household.marks if household else ()),
            cases=tuple(cases),
            tasks=tuple(tasks),
            events=tuple(sorted(events, key=lambda event: event.day, reverse=True)),
            hint=str(household.values.get("visit_hint") or "") if household else "",
            away=household_away(household.values, today) if household else "",
            paused=waiting(tasks, paused(session, today)),
            asks=life_asks(session, id, today),
        )

    found = desk.read(work)
    if found is None:
        raise AppError("这位服务对象的资料还没有到本机。", "等对方电脑的数据包到了再看。")
    return found


def _relatives(session: Reading, household: str, today: str) -> tuple[Relative, ...]:
    if not household:
        return ()
    members = read.of_parent(session, Membership, "household", household)
    people = {
        person.id: person
        for person in read.select_where(
            session, Person, col(Person.id).in_([m.person for m in members if m.person])
        )
    }
    return tuple(
        _relative(member, people.get(member.person or ""), today)
        for member in sorted(members, key=lambda m: (m.relation_to_head not in HEADS, m.rid))
        if member.to_day is None
    )


def _relative(member: Membership, person: Person | None, today: str) -> Relative:
    return Relative(
        id=member.person or "",
        name=(person.name if person else None) or "（姓名未填）",
        relation=code_list("relation").label(member.relation_to_head) if member.relation_to_head else "",
        age="已去世" if person and person.died_on else age_words(person.born if person else None, today),
        lives_in=member.lives_in,
        note=member.note or "",
    )


def _benefits(session: Reading, person: str, household: str, today: str) -> tuple[BenefitLine, ...]:
    found = read.of_parent(session, Benefit, "person", person)
    found += read.of_parent(session, Benefit, "household", household) if household else []
    return tuple(
        BenefitLine(
            id=str(one.id),
            programme=_word("benefit", one.programme) or categories.label(one.category or ""),
            since=days.show_day(one.from_day) if one.from_day else "",
            amount=amount_words(one.amount),
            whose="本人" if one.person == person else "家庭",
        )
        for one in {item.id: item for item in found}.values()
        if categories.is_open(one.to_day, today)
    )


def _word(codes: str, code: Wire) -> str:
    return code_list(codes).label(str(code)) if code else ""


def amount_words(fen: int | None) -> str:
    """An amount in yuan, '' when unknown."""
    from sgz_desktop.domain.amounts import show_yuan

    return "" if fen is None else show_yuan(fen)
