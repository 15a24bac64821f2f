"""Week plans and diaries that are signed: they tell of many records, and are kept with a worker's diary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sgz_desktop.actions.agenda import agenda
from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.diary import diary_at, diary_days
from sgz_desktop.actions.papers_week import STATION, diary_sheet, plan_sheet
from sgz_desktop.actions.signing import ToSign
from sgz_desktop.actions.signing_sheets import Named, sheets_to_sign
from sgz_desktop.domain.records.diary import Diary
from sgz_desktop.reports.values import Handouts, Sheet
from sgz_desktop.store import day_work

Progress = Callable[[int, int], None]


@action
def plan_to_sign(desk: Desk, week: int = 0, own: bool = False, progress: Progress | None = None) -> ToSign:
    """The plan of a week, to be printed and signed."""
    found = agenda(desk, week, own)
    items = [*found.late, *(one for day in found.days.values() for one in day), *found.undated]
    named = [(one.kind, one.id) for one in items] + [("task", one.task) for one in items]
    of = found.first, desk.user if own else STATION
    return _to_sign(desk, of, plan_sheet(found, own, desk), named, progress)


@action
def diary_to_sign(
    desk: Desk, first: str, last: str, worker: str = "", progress: Progress | None = None
) -> ToSign:
    """A worker's diary from one whole day to another, to be printed and signed."""
    who, told = worker or desk.user, diary_days(desk, first, last, worker)
    written = desk.read(lambda session: day_work.diaries(session, first, last, who))
    named = [(one.kind, one.id) for day in told for one in day.done]
    named += [(Diary.KIND, one.id) for one in written]
    return _to_sign(desk, (first, who), diary_sheet(told, who, desk), named, progress)


def _to_sign(
    desk: Desk, of: tuple[str, str], sheet: Sheet, named: Named, progress: Progress | None
) -> ToSign:
    """A sheet of some days: `of` the first of them, and whose it is."""
    day, whose = of
    id = desk.read(lambda session: diary_at(session, day, whose))
    made = Handouts(desk.station, sheet.title, (sheet,), desk.practice)
    (form,) = sheets_to_sign(desk, id, Diary.KIND, lambda: made, progress, named)
    return replace(form, begins=(("date", day), ("worker", whose)))
