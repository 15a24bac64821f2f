"""What today asks: due work, the month's round, applications under way, this month beside the last."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sgz_desktop.actions.agenda import everything, late_words
from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.application_progress import Progress, followed
from sgz_desktop.actions.brief_due import Brief, next_brief
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.figures import compared, month_span, rules
from sgz_desktop.actions.pauses import paused, waits
from sgz_desktop.actions.rounds import VillageRound, village_rounds
from sgz_desktop.actions.signing_list import waiting_papers
from sgz_desktop.domain import days
from sgz_desktop.domain.agenda import Item
from sgz_desktop.domain.local_words import localised
from sgz_desktop.store import drafts, queries, settings
from sgz_desktop.store.session import Reading

DAYS_AHEAD = 7


@dataclass(frozen=True)
class DueLine:
    """Something due: `late` days past its date (0 = not late), `when` and `note` in words; `paused` while
    whom it is about is away. `id` is that of the task, '' where none stands for the `item` yet."""

    id: str
    what: str
    name: str
    when: str
    late: int
    person: str
    case: str
    household: str
    paused: bool = False
    note: str = ""
    item: Item | None = None


@dataclass(frozen=True)
class Pair:
    """A figure of this month beside the last one's. `key`: its code and part."""

    label: str
    unit: str
    now: int
    before: int
    key: str = ""


@dataclass(frozen=True)
class Keeping:
    """What is to be looked after. `backup_day` '' and `backup_age` None when no backup was ever made."""

    backup_day: str
    backup_age: int | None
    unsigned: int
    drafts: int
    conflicts: int


@dataclass(frozen=True)
class Workbench:
    """The first page. Months are YYYY-MM; `backup_day` '' when no backup was ever made."""

    today: str
    month: str
    tasks: tuple[DueLine, ...]
    rounds: tuple[VillageRound, ...]
    applications: tuple[Progress, ...]
    pairs: tuple[Pair, ...]
    backup_day: str
    backup_age: int | None
    unsigned: int
    drafts: int
    brief_month: str
    brief_due: str
    brief_workdays: int
    conflicts: int


@action
def workbench(desk: Desk) -> Workbench:
    """Everything the first page shows, on one snapshot."""
    today = desk.today()
    parts = PARTS.items()
    found = desk.read(lambda session: {name: read(session, desk, today) for name, read in parts})
    keeping: Keeping = found.pop("keeping")
    brief: Brief = found.pop("brief")
    return Workbench(
        today=today,
        month=today[:7],
        backup_day=keeping.backup_day,
        backup_age=keeping.backup_age,
        unsigned=keeping.unsigned,
        drafts=keeping.drafts,
        conflicts=keeping.conflicts,
        brief_month=brief.month,
        brief_due=brief.due,
        brief_workdays=brief.workdays,
        **found,
    )


@action
def workbench_part(desk: Desk, part: str) -> Any:
    """One of `PARTS` alone, so that a card which cannot be read keeps no other from showing."""
    today = desk.today()
    return desk.read(lambda session: PARTS[part](session, desk, today))


def _tasks(session: Reading, desk: Desk, today: str) -> tuple[DueLine, ...]:
    """All that is due soon, what waits for somebody to come back last; of the brief the band above tells."""
    found = everything(session, today, days.add_days(today, DAYS_AHEAD))
    lines = [item_line(item, today) for item in found if item.kind != "brief"]
    return tuple(sorted(lines, key=lambda line: line.paused))


def item_line(item: Item, today: str) -> DueLine:
    """An item of the agenda in words beside today."""
    return DueLine(
        id=item.task,
        what=item.what,
        name=item.name,
        when=days.short_day(item.day, today) if item.day else "未定日期",
        late=item.late(today),
        person=item.person,
        case=item.case,
        household=item.household,
        paused=item.paused,
        note=late_words(item, today),
        item=item,
    )


def _keeping(session: Reading, desk: Desk, today: str) -> Keeping:
    backup = str(settings.get(session, "last_backup", ""))
    return Keeping(
        backup_day=backup,
        backup_age=days.days_between(backup, today) if backup else None,
        unsigned=len(waiting_papers(session, today)),
        drafts=len(drafts.of_worker(session, desk.actor.worker)),
        conflicts=queries.table(session, "SELECT count(*) FROM conflict")[0][0],
    )


def due_lines(session: Reading, rows: Sequence[queries.TaskRow], today: str) -> tuple[DueLine, ...]:
    """Tasks in words, those that wait for somebody to come back after all others."""
    away = paused(session, today)
    lines = [due_line(row, today, waits(row, away)) for row in rows]
    return tuple(sorted(lines, key=lambda line: line.paused))


def due_line(row: queries.TaskRow, today: str, paused: bool = False) -> DueLine:
    """A task in words beside today; one that is paused is never late."""
    dated = row.due_on and days.is_whole(row.due_on) and not paused
    late = max(0, days.days_between(row.due_on, today)) if dated and row.due_on else 0
    return DueLine(
        id=row.id,
        what=row.what or "",
        name=row.name or "",
        when=days.short_day(row.due_on, today) if row.due_on else "未定日期",
        late=late,
        person=row.person or "",
        case=row.case or "",
        household=row.household or "",
        paused=paused,
    )


def _pairs(session: Reading, month: str) -> tuple[Pair, ...]:
    """The same figures as the brief's, of this month and the last."""
    span = month_span(month, rules(session))
    codes = dict.fromkeys(key.partition(".")[0] for key, _, _ in MONTHLY)
    figures = compared(session, span, beside_last_year=False, codes=codes)
    found = {(one.key, one.now.unit): one for one in figures}
    return tuple(
        Pair(localised(label), one.now.unit, int(one.now.value), int(one.before or 0), key)
        for key, unit, label in MONTHLY
        if (one := found.get((key, unit)))
    )


MONTHLY = (  # one of each sort of work
    ("V01.households", "户次", "入户探访"),
    ("D01", "人次", "来访来电"),
    ("C02.sessions", "节", "个案节数"),
    ("G01.sessions", "节", "小组节数"),
    ("A01", "场", "社区活动"),
)


PARTS: Mapping[str, Callable[[Reading, Desk, str], Any]] = {
    "tasks": _tasks,
    "rounds": lambda session, desk, today: village_rounds(session, today),
    "applications": lambda session, desk, today: tuple(
        told for _, told in followed(session, today, open_only=True)
    ),
    "pairs": lambda session, desk, today: _pairs(session, today[:7]),
    "keeping": _keeping,
    "brief": lambda session, desk, today: next_brief(today),
}
