"""Week plans and diaries that are signed: they tell of many records, and are kept with a worker's diary."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from sgz_desktop.actions.agenda import agenda
from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.diary import diary_at, diary_days
from sgz_desktop.actions.papers_draft import Draft
from sgz_desktop.actions.papers_week import STATION, diary_sheet, plan_sheet
from sgz_desktop.actions.signing import ToSign, next_number, print_of
from sgz_desktop.actions.signing_alone import sources_of
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import Record
from sgz_desktop.domain.records.diary import Diary
from sgz_desktop.domain.signing import base_of
from sgz_desktop.reports.values import Handouts, Sheet
from sgz_desktop.store import day_work, papers, read
from sgz_desktop.store.papers import Paper
from sgz_desktop.store.session import Reading

Progress = Callable[[int, int], None]
Named = Iterable[tuple[str, str]]
"""Kinds and ids of records"""


@dataclass(frozen=True)
class _Week:
    """A sheet of some days, whose it is, and the records it tells of."""

    sort: str
    first: str
    whose: str
    sheet: Sheet
    named: Named


@action
def plan_to_sign(desk: Desk, week: int = 0, own: bool = False, progress: Progress | None = None) -> ToSign:
    """The plan of a week, to be printed and signed: as it was printed before while it still says the same,
    else anew under its next number."""
    found = agenda(desk, week, own)
    items = [*found.late, *(one for day in found.days.values() for one in day), *found.undated]
    named = [(one.kind, one.id) for one in items] + [("task", one.task) for one in items]
    whose = desk.user if own else STATION
    return _to_sign(
        desk, _Week("week_plan", found.first, whose, plan_sheet(found, own, desk), named), progress
    )


@action
def diary_to_sign(
    desk: Desk, first: str, last: str, worker: str = "", progress: Progress | None = None
) -> ToSign:
    """A worker's diary from one whole day to another, in the same way."""
    who, told = worker or desk.user, diary_days(desk, first, last, worker)
    written = desk.read(lambda session: day_work.diaries(session, first, last, who))
    named = [(one.kind, one.id) for day in told for one in day.done]
    named += [(Diary.KIND, one.id) for one in written]
    return _to_sign(desk, _Week("diary", first, who, diary_sheet(told, who, desk), named), progress)


@dataclass(frozen=True)
class _Prints:
    """What is known of a sheet's prints: the last one with its bytes, and the number of the next."""

    id: str
    last: Paper | None
    kept: bytes
    fresh: str
    upto: int
    sources: tuple[tuple[str, str], ...]


def _to_sign(desk: Desk, one: _Week, progress: Progress | None) -> ToSign:
    known = desk.read(lambda session: _prints(session, one))
    begins: tuple[tuple[str, Wire], ...] = (("date", one.first), ("worker", one.whose))
    form = ToSign(
        known.fresh, Diary.KIND, known.id, one.sheet.title, b"", known.upto, known.sources, begins=begins
    )
    if known.last and _built(desk, one.sheet, known.last.number) == known.kept:
        return replace(form, number=known.last.number, data=known.kept, again=True)
    return replace(form, data=_built(desk, one.sheet, known.fresh, progress))


def _prints(session: Reading, one: _Week) -> _Prints:
    id, base = diary_at(session, one.first, one.whose), base_of(one.sheet.number)
    _, last = print_of(session, Draft(one.sort, id, one.sheet.title, "INTERNAL", ()), base)
    return _Prints(
        id,
        last,
        papers.data(session, last.number) if last else b"",
        next_number(session, Diary.KIND, id, base),
        papers.last_edit(session),
        tuple(sources_of(session, _records(session, one.named))),
    )


def _records(session: Reading, named: Named) -> list[Record]:
    """The records that are here, a query for each kind."""
    ids: dict[str, dict[str, None]] = {}
    for kind, id in named:
        if kind in BY_KIND and id:
            ids.setdefault(kind, {})[id] = None
    return [one for kind, some in ids.items() for one in read.of_parent(session, BY_KIND[kind], "id", *some)]


def _built(desk: Desk, sheet: Sheet, number: str, progress: Progress | None = None) -> bytes:
    from sgz_desktop.reports.handouts import build

    return build(
        Handouts(desk.station, sheet.title, (replace(sheet, number=number),), desk.practice), progress
    )
