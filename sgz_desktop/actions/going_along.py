"""What goes along with a referral: the values behind each item that may be ticked, whole and in words.

The form shows of them what is ticked, and the letter prints the same and nothing else. Names of others of the
family, days of visits and what the worker thinks are behind no item.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_names import address, day_words
from sgz_desktop.actions.papers_words import shown, with_unit
from sgz_desktop.actions.timeline import session_days
from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import split_codes
from sgz_desktop.domain.local_words import sessions
from sgz_desktop.domain.records.assessment import Assessment
from sgz_desktop.domain.records.base import Record, questions
from sgz_desktop.domain.records.benefit import Benefit
from sgz_desktop.domain.records.case import Case
from sgz_desktop.domain.records.closure import Closure
from sgz_desktop.domain.records.household import Household
from sgz_desktop.domain.records.membership import Membership
from sgz_desktop.domain.records.person import Person
from sgz_desktop.store import read
from sgz_desktop.store.session import Reading

Line = tuple[str, str]
Lines = Mapping[str, tuple[Line, ...]]
"""What stands behind each code of referral_material, as (label, words)."""
NONE, NAME = "none", "name"
NOT_ON_FILE = "没有登记"
OF_PERSON = {
    NAME: ("name", "phone"),
    "id_number": ("id_number",),
    "health": ("health", "illnesses", "illness", "self_care", "care_need"),
    "disability": ("disability_kinds", "disability_grade", "disability_valid_to"),  # its number is the id's
    "income": ("monthly_income", "income_sources"),
}
OF_HOUSEHOLD = {"income": ("monthly_income",)}


@action
def material_values(desk: Desk, person: str, case: str = "") -> Lines:
    """What could go along with a referral of a person, by item; of the case's papers what may be seen."""
    return desk.read(lambda session: goes_along(session, person, case, desk.today()))


def goes_along(session: Reading, person: str, case: str, today: str) -> Lines:
    """The lines behind every item; an item nothing is on file for has none."""
    one = read.get(session, Person, person) if person else None
    home = _home(session, person) if one else None
    found: dict[str, list[Line]] = {code: [] for code in code_list("referral_material").codes}
    if one:
        for code, names in OF_PERSON.items():
            found[code] += _fields(one, names)
    if home:
        found["household"] += _household(session, home, today)
        for code, names in OF_HOUSEHOLD.items():
            found[code] += _fields(home, names)
    found["income"] += _benefits(session, person, home, today)
    if case:
        found["assessment"] += _assessed(session, case)
        found["service"] += _served(session, case)
    return {code: tuple(lines) for code, lines in found.items()}


def ticked(lines: Lines, materials: object) -> tuple[Line, ...]:
    """The lines of the items ticked, in the order of the list; one that is empty says so."""
    codes = code_list("referral_material")
    wanted = [code for code in split_codes(str(materials or "")) if code != NONE]
    return tuple(line for code in wanted for line in lines.get(code) or ((codes.label(code), NOT_ON_FILE),))


def _fields(record: Record, names: Iterable[str]) -> Iterator[Line]:
    for name in names:
        question, value = questions(type(record))[name], getattr(record, name)
        if value is not None:
            yield question.ask.label, with_unit(question.kind, shown(question.kind, value), question.ask.unit)


def _home(session: Reading, person: str) -> Household | None:
    stays = read.of_parent(session, Membership, "person", person)
    here = [one.household for one in stays if one.to_day is None and one.household]
    return read.get(session, Household, here[-1]) if here else None


def _household(session: Reading, home: Household, today: str) -> Iterator[Line]:
    if where := address(home):
        yield "家庭住址", where
    stays = [
        one for one in read.of_parent(session, Membership, "household", str(home.id)) if one.to_day is None
    ]
    if stays:
        yield "家庭人口", f"{len(stays)}人"
        yield "家庭成员", "、".join(_relative(session, one, today) for one in stays)


def _relative(session: Reading, stay: Membership, today: str) -> str:
    """女（35岁）: a relation to the head, not a name."""
    relation = code_list("relation").label(stay.relation_to_head) if stay.relation_to_head else "关系未填"
    person = read.get(session, Person, stay.person) if stay.person else None
    born = person.born if person else None
    age = days.age(born, today) if born and days.is_day(born) else None
    return relation + (f"（{age}岁）" if age is not None else "")


def _benefits(session: Reading, person: str, home: Household | None, today: str) -> Iterator[Line]:
    found = read.of_parent(session, Benefit, "person", person) if person else []
    found += read.of_parent(session, Benefit, "household", str(home.id)) if home else []
    ongoing = [one.programme for one in found if one.programme and (not one.to_day or one.to_day > today)]
    if ongoing:
        labels = code_list("benefit")
        yield "正在享受的待遇", "、".join(dict.fromkeys(labels.label(code) for code in ongoing))


def _assessed(session: Reading, case: str) -> Iterator[Line]:
    found = sorted(read.of_parent(session, Assessment, "case", case), key=lambda one: one.assessed_on or "")
    told = [one for one in found if one.conclusion]
    if told:
        yield "评估结论", str(told[-1].conclusion)


def _served(session: Reading, case: str) -> Iterator[Line]:
    one = read.get(session, Case, case)
    if one is None:
        return
    if one.topic:
        yield "主要问题", one.topic
    held = len(session_days(session, case))
    since = f"{day_words(one.opened_on[:7])}起" if one.opened_on else ""
    yield "服务情况", "，".join(filter(None, (since, f"服务{sessions(held)}")))
    summaries = [paper.summary for paper in read.of_parent(session, Closure, "case", case) if paper.summary]
    if summaries:
        yield "服务小结", summaries[-1]
