"""周计划 and 工作日志 on paper. They hang on a wall or lie in the archive: of a case kept from the guardian
or of a mandatory report they say that there was work, not for whom."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from sgz_desktop.actions.agenda import Agenda, agenda, late_words
from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import NOBODY, Desk
from sgz_desktop.actions.diary import Day, counts, days_told, diary_at
from sgz_desktop.actions.papers_draft import columns
from sgz_desktop.actions.papers_words import WRITING_ROOM
from sgz_desktop.domain import days
from sgz_desktop.domain.agenda import Item
from sgz_desktop.domain.day_work import Done
from sgz_desktop.domain.signing import number_of
from sgz_desktop.reports.values import (
    Block,
    Form,
    FormField,
    Handouts,
    Sheet,
    Signatures,
    Table,
    Value,
)

Progress = Callable[[int, int], None]
KEPT = "个案工作（保密）"
PLAN, DIARY = "周计划", "工作日志"
STATION = "全站"  # in the place of a worker's name
SECRET = frozenset({"mandatory_report"})
FREE = 3  # lines to write on by hand


@action
def week_plan(desk: Desk, week: int = 0, own: bool = False) -> Handouts:
    """The agenda of a week as a sheet to tick off and to add to by hand."""
    return Handouts(desk.station, PLAN, (plan_sheet(agenda(desk, week, own), own, desk),), desk.practice)


def plan_sheet(found: Agenda, own: bool, desk: Desk) -> Sheet:
    """The same of an agenda that was read. Its number follows from whose plan it is, and of which week."""
    kept = desk.store.kept_back(NOBODY).names
    rows = [_late(item, found, kept) for item in found.late]
    for day, items in found.days.items():
        note = found.notes.get(day, "")
        when = f"{_short(day)}（{days.weekday(day)}）" + (f"\n{note}" if note else "")
        rows += [_planned(item, when, kept) for item in items] or [(when, "", "", "", "")]
    rows += [_planned(item, "未定日期", kept) for item in found.undated]
    rows += [(WRITING_ROOM, "", "", "", "")] * FREE
    heads = columns(("日期", 3), ("做什么", 5.6), ("服务对象", 2), ("由谁做", 1.8), ("完成", 1.4, "centre"))
    blocks: tuple[Block, ...] = (
        Table(tuple(heads), tuple(rows), ledger=True, note="完成后打勾；做不了的写明改到哪天。"),
        Signatures(("社工", "站长")),
    )
    whose = desk.user if own else STATION
    under = f"{_short(found.first)}至{_short(found.last)}　{whose}"
    id = desk.read(lambda session: diary_at(session, found.first, whose))
    return Sheet(PLAN, number_of("week_plan", id), "INTERNAL", blocks, subtitle=under)


def _short(day: str) -> str:
    return days.show_day(day)[5:]


def _late(item: Item, found: Agenda, kept: Collection[str]) -> tuple[str, ...]:
    _, what, name, worker, done = _planned(item, "", kept)
    day = _short(item.day) if item.day[:4] == found.today[:4] else days.show_day(item.day)
    return f"{day}\n{late_words(item, found.today)}", what, name, worker, done


def _secret(kind: str, origin: str) -> bool:
    """Is it a report, or a task one raised (its origin begins mandatory_report.FIELD:)?"""
    return kind in SECRET or origin.partition(".")[0] in SECRET


def _planned(item: Item, when: str, kept: Collection[str]) -> tuple[str, str, str, str, str]:
    hidden = _secret(item.kind, item.origin) or item.case in kept or item.id in kept
    what, name, worker = (KEPT, "", "") if hidden else (item.what, item.name, item.worker)
    return when, what, name, worker, "□"


@action
def diary_paper(desk: Desk, first: str, last: str, worker: str = "") -> Handouts:
    """A worker's diary from one whole day to another, for the archive; days without work are left out."""
    who = worker or desk.user
    found = desk.read(lambda session: days_told(session, first, last, who))
    return Handouts(desk.station, DIARY, (diary_sheet(found, who, desk),), desk.practice)


def diary_sheet(found: tuple[Day, ...], who: str, desk: Desk) -> Sheet:
    """The same of days that were read. Its number follows from the worker, the first day and how many."""
    kept = desk.store.kept_back(NOBODY).names
    told = tuple(replace(day, done=tuple(_covered(one, kept) for one in day.done)) for day in found)
    first, last = found[0].day, found[-1].day
    under = f"{days.show_day(first)}至{days.show_day(last)}　社工 {who}"
    blocks = (_sums(told), _listed(told), Signatures(("社工", "站长")))
    id = desk.read(lambda session: diary_at(session, first, who))
    return Sheet(DIARY, number_of("diary", id, len(found)), "INTERNAL", blocks, subtitle=under)


def _sums(told: tuple[Day, ...]) -> Form:
    found = counts(told)
    worked = sum(bool(day.done or day.errands or day.other) for day in told)
    errands = sum(bool(day.errands) for day in told)
    fields = [FormField("有记录的天数", f"{worked}天"), FormField("民政办交办", f"{errands}天")]
    fields += [FormField(sort, f"{count}次") for sort, count in found.items()]
    return Form(tuple(fields), "合计")


def _listed(told: tuple[Day, ...]) -> Table:
    """All days in one table; the day stands in the first row of each, and in the first of a page."""
    heads = columns(("日期", 2.8), ("时间", 2.25), ("工作", 2.25), ("服务对象", 1.6), ("内容", 5.75))
    rows: list[tuple[str, ...]] = []
    for day in told:
        when = f"{_short(day.day)}（{days.weekday(day.day)}）"
        lines = [_row(one, one.id in day.clashing) for one in day.done]
        lines += [("", label, "", text) for label, text in _typed(day) if text]
        rows += [(when if not place else "", *line) for place, line in enumerate(lines)]
    return Table(
        tuple(heads), tuple(rows), title="每天的工作", ledger=True, empty="这些天没有记录。", carry=True
    )


def _typed(day: Day) -> tuple[tuple[str, str], ...]:
    return ("民政办交办", day.errands), ("其他工作", day.other), ("下一步打算", day.next_plan)


def _covered(one: Done, kept: Collection[str]) -> Done:
    hidden = _secret(one.kind, one.origin) or one.id in kept or one.case in kept
    return replace(one, what=KEPT, name="", text="") if hidden else one


def _row(one: Done, clashing: bool) -> tuple[str, ...]:
    mark = "（时间重叠，请核对）" if clashing else ""
    return one.clock, one.what, one.name, one.text + mark


@action
def print_week_plan(desk: Desk, week: int = 0, own: bool = False, progress: Progress | None = None) -> bytes:
    """周计划 as a PDF. `progress(done, total)` after each page may raise Cancelled."""
    from sgz_desktop.reports.handouts import build

    return build(week_plan(desk, week, own), progress)


@action
def print_diary(
    desk: Desk, first: str, last: str, worker: str = "", progress: Progress | None = None
) -> bytes:
    """工作日志 of some days as a PDF. `progress(done, total)` after each page may raise Cancelled."""
    from sgz_desktop.reports.handouts import build

    return build(diary_paper(desk, first, last, worker), progress)


def unprintable_of(paper: Value) -> list[str]:
    """Characters of a paper that no font here can print, each once: name them before printing."""
    from sgz_desktop.reports.fonts import unprintable

    return unprintable(paper)
