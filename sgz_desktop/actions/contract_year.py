"""The contract the station works under: where its targets, its money and its due papers stand today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.contract_doubts import contract_doubts, contract_money, contract_years
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.figures import NOT_SUMMED
from sgz_desktop.domain import days
from sgz_desktop.domain import indicators as counting
from sgz_desktop.domain.contract_year import Money, Pace, Year, pace, report_days, running
from sgz_desktop.domain.indicator_facts import Facts, Period
from sgz_desktop.domain.indicators import Indicator
from sgz_desktop.domain.local_words import localised
from sgz_desktop.domain.records.contract import Contract
from sgz_desktop.store import facts as flat
from sgz_desktop.store import queries, read
from sgz_desktop.store.contracts import targets_of
from sgz_desktop.store.session import Reading

REPORTED = """SELECT 1 FROM r_report WHERE sort = ?1 AND first_on >= ?2 AND first_on <= ?3
AND signed_off_on IS NOT NULL AND deleted IS NOT 1"""
OWED_DAYS = 92  # after a contract's last day; a report not on file by then was made without this program
REPORT_WORDS = {"midterm": "中期报告", "final": "末期报告"}


@dataclass(frozen=True)
class Goal:
    """A target of the contract: `figure` counted over its year so far (its ids are not told), and its pace.
    `figure` None: no figure of this program has the name."""

    key: str
    title: str
    unit: str
    figure: Indicator | None
    pace: Pace


@dataclass(frozen=True)
class DueReport:
    """A report the contract asks for; `done` once it was signed off."""

    sort: str
    title: str
    day: days.Day
    done: bool


@dataclass(frozen=True)
class ContractYear:
    """One contract as it stands today. `period` is what figures count, as `records_behind` takes it."""

    year: Year
    title: str
    amount: int | None
    cycle: str
    grade: str | None
    period: str
    goals: tuple[Goal, ...]
    money: tuple[Money, ...]
    reports: tuple[DueReport, ...]
    doubts: tuple[str, ...]


@action
def contract_year(desk: Desk, contract: str = "") -> ContractYear | None:
    """A contract, or the one today is in; None where there is none with known days."""
    today = desk.today()
    return desk.read(lambda session: standing(session, today, contract))


def standing(session: Reading, today: days.Day, contract: str = "") -> ContractYear | None:
    """The same on a snapshot one has already."""
    years = contract_years(session)
    year = next((one for one in years if one.id == contract), None) if contract else running(years, today)
    record = read.get(session, Contract, year.id) if year else None
    if year is None or record is None:
        return None
    until = max(min(today, year.last), year.first)
    return ContractYear(
        year=year,
        title=record.title or record.number or "",
        amount=record.amount,
        cycle=cycle_words(record),
        grade=record.grade,
        period=f"{year.first}/{until}",
        goals=_goals(session, year, until),
        money=contract_money(session, year.id),
        reports=_reports(session, year, record),
        doubts=tuple(one.sentence for one in contract_doubts(session, record, year.id)),
    )


def cycle_words(record: Contract) -> str:
    """第2年，周期2025年9月1日至2028年8月31日."""
    first, last = record.cycle_first_on, record.cycle_last_on
    span = f"周期{days.show_day(first)}至{days.show_day(last)}" if first and last else ""
    place = f"第{record.year_number}年" if record.year_number else ""
    return "，".join(one for one in (place, span) if one)


def _goals(session: Reading, year: Year, until: days.Day) -> tuple[Goal, ...]:
    wanted = targets_of(session, year.id)
    if not wanted:
        return ()
    span = Period(year.first, until)
    counted: dict[str, Indicator] = {}
    for one in counting.indicators(flat.facts(session, span), span):
        counted.setdefault(key_of(one), replace(one, ids=()))
    return tuple(_goal(key, goal, counted, year, until) for key, goal in wanted.items())


def _goal(key: str, goal: int, counted: Mapping[str, Indicator], year: Year, until: days.Day) -> Goal:
    figure = counted.get(key)
    done = figure.value if figure else 0
    title, unit = (figure.title, figure.unit) if figure else (key, "")
    found = pace(goal, done, year.first, year.last, until)
    return Goal(key, localised(title), localised(unit), figure, found)


def reports_due(session: Reading, today: days.Day) -> Iterator[tuple[Year, DueReport]]:
    """The reports asked for by the contract today is in, or next to, and by those that are over but neither
    closed nor graded yet: the last report of a year is often due when the next has begun."""
    years = contract_years(session)
    now = running(years, today)
    for year in years:
        record = read.get(session, Contract, year.id)
        lately = year.last < today <= days.add_days(year.last, OWED_DAYS)
        owes = record is not None and lately and not (record.closed_on or record.grade)
        if record is not None and (year == now or owes):
            yield from ((year, one) for one in _reports(session, year, record))


def _reports(session: Reading, year: Year, record: Contract) -> tuple[DueReport, ...]:
    due = report_days(year, record.mid_due_on, record.final_due_on)
    return tuple(
        DueReport(sort, REPORT_WORDS[sort], day, _reported(session, sort, year)) for sort, day in due.items()
    )


def _reported(session: Reading, sort: str, year: Year) -> bool:
    return bool(queries.table(session, REPORTED, sort, year.first, year.last))


def key_of(one: Indicator) -> str:
    """Code and part, as targets are named."""
    return f"{one.code}.{one.part}" if one.part else one.code


def target_options() -> list[tuple[str, str]]:
    """Figures a target can be set for: key and title with its unit, each once, in the order of the brief."""
    nothing = Period("2000-01-01", "2000-12-31")
    found: dict[str, str] = {}
    for one in counting.indicators(Facts(), nothing):
        if one.part not in NOT_SUMMED and one.code != "C04":
            found.setdefault(key_of(one), localised(f"{one.title}（{one.unit}）"))
    return list(found.items())
