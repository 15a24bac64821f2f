"""The records that papers point to, in words: people, households, goals, needs, cases, visits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sgz_desktop.actions.choice_names import NAMED, called
from sgz_desktop.actions.papers_words import UNNAMED, Names
from sgz_desktop.domain import days
from sgz_desktop.domain.fields import RefKind
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import Record, questions
from sgz_desktop.domain.records.case import Case
from sgz_desktop.domain.records.household import Household
from sgz_desktop.domain.records.organisation import Organisation
from sgz_desktop.domain.records.person import Person
from sgz_desktop.domain.records.plan import Goal
from sgz_desktop.domain.records.visit import Visit
from sgz_desktop.domain.signing import alone_number
from sgz_desktop.store import queries, read
from sgz_desktop.store.session import Reading

R = TypeVar("R", bound=Record)
FAR = 60  # characters of a goal or a need as other papers name it


def place(child: Any) -> tuple[int, int]:
    """Sorting key of child records: by their written place, else as they were made."""
    written = getattr(child, "place", None)
    return (written if isinstance(written, int) else 10**9, child.rid)


def refs(records: Iterable[Record]) -> dict[str, list[str]]:
    """Ids that the records point to, by the kinds they may be of."""
    found: dict[str, dict[str, None]] = {}
    for record in records:
        for name, question in questions(type(record)).items():
            if isinstance(question.kind, RefKind) and (value := getattr(record, name)):
                for kind in question.kind.kind.split("|"):
                    found.setdefault(kind, {})[value] = None
    return {kind: list(ids) for kind, ids in found.items()}


def names_of(session: Reading, records: Sequence[Record], people: Mapping[str, Person]) -> Names:
    """Everything that some record points to, in words."""
    pointed = refs(records)
    known = {("person", id): one.name or UNNAMED for id, one in people.items()}
    for household in _some(session, Household, pointed.get("household")):
        known["household", str(household.id)] = household_words(household)
    for case in _some(session, Case, pointed.get("case")):
        known["case", str(case.id)] = case.number or "未编号的个案"
    for one in _some(session, Organisation, pointed.get("organisation")):
        known["organisation", str(one.id)] = one.name or "单位（名称未填）"
    for visit in _some(session, Visit, pointed.get("visit")):
        known["visit", str(visit.id)] = f"{day_words(visit.date) or '日期未填'}走访"
    for need in _some(session, BY_KIND["need"], pointed.get("need")):
        known["need", str(need.id)] = _short(need.description)  # type: ignore[attr-defined]
    for kind in NAMED.keys() & pointed.keys():
        sql = called(kind).format(marks="(" + ",".join("?" * len(pointed[kind])) + ")")
        for id, said in queries.table(session, sql, *pointed[kind]):
            known[kind, str(id)] = str(said or "（未填）")
    plans = {goal.plan for goal in _some(session, Goal, pointed.get("goal")) if goal.plan}
    for plan in plans:
        goals = sorted(read.of_parent(session, Goal, "plan", plan), key=place)
        for at, goal in enumerate(goals, start=1):
            known["goal", str(goal.id)] = f"目标{numeral(at)}　{_short(goal.description)}".strip()
    return Names(known)


def _some(session: Reading, kind: type[R], ids: Sequence[str] | None) -> list[R]:
    return read.of_parent(session, kind, "id", *ids) if ids else []


def household_words(household: Household) -> str:
    """A household as other papers name it: its number, else its address."""
    return household.number or address(household) or "家庭（未编号）"


def address(household: Household) -> str:
    """Village, group and house number in a row."""
    return "".join(filter(None, (household.village, household.village_group, household.house_number)))


def _short(text: str | None) -> str:
    line = " ".join((text or "（未填写）").split())
    return line if len(line) <= FAR else line[: FAR - 1] + "…"


def paper_number(letters: str, record: Record) -> str:
    """ZJH-7F00A1B2: what tells papers of one sort apart that stand in no file."""
    return alone_number(letters, str(record.id))


def day_words(day: str | None) -> str:
    """A day in words; text that is no day stays as it is, unknown is ''."""
    return days.show_day(day) if day and days.is_day(day) else day or ""


def near_day(day: str | None, today: str) -> str:
    """The same without the year where it is that of `today`."""
    return day_words(day).removeprefix(f"{today[:4]}年")


def numeral(number: int) -> str:
    """1 to 99 in Chinese numerals."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if not tens:
        return digits[ones]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")
