"""Lists a station keeps in tables of its own: opened, laid beside the file, taken in; and what was amiss."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sgz_desktop import files
from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import numbered
from sgz_desktop.actions.records_file import RECORDS_AN_EDIT, Progress, silent
from sgz_desktop.actions.roster_hours import plan_hours
from sgz_desktop.actions.roster_people import PeoplePlan
from sgz_desktop.actions.roster_plan import Plan, Planner
from sgz_desktop.actions.roster_rows import Columns, RosterSheet, Row, State, rows_of
from sgz_desktop.actions.roster_visits import plan_visits
from sgz_desktop.domain.fields import LineKind
from sgz_desktop.domain.roster_cells import Unread, text_of
from sgz_desktop.domain.roster_fields import (
    HOURS,
    PEOPLE,
    PROBLEM,
    find_heading,
    heading,
    offered,
    signature,
    sort_of,
    suggested,
)
from sgz_desktop.errors import AppError
from sgz_desktop.exports import tables, xlsx
from sgz_desktop.foreign import tables as foreign
from sgz_desktop.store import rosters, settings
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.write import Write

Choices = Collection[str]
Waiting = Callable[[], None]
KEPT = "roster_columns:"
NOTHING_IN_IT = ("这个表格是空的，没有读入。", "请换一个文件。")
NOTHING_NAMED = ("还没有一列是姓名或身份证号，没有导入。", "请先给这一列选好对应的项目。")


@dataclass(frozen=True)
class Taken:
    """A list that was taken in: its rows by outcome."""

    new: int
    changed: int
    same: int
    bad: int
    doubts: int


@action
def read_roster(desk: Desk, path: Path, waiting: Waiting = foreign.idle) -> tuple[RosterSheet, ...]:
    """The sheets of a table file, each with what its columns are taken for. AppError when it cannot be read.

    `waiting` is called meanwhile and may raise Cancelled.
    """
    found = foreign.read(path, waiting)
    if not found:
        raise AppError(*NOTHING_IN_IT)
    kept = desk.read(lambda session: settings.starting(session, KEPT))
    return tuple(_sheet(one, kept) for one in found)


def _sheet(sheet: foreign.Sheet, kept: Mapping[str, Any]) -> RosterSheet:
    sort = sort_of(sheet.rows)
    return _with(sheet.name, sheet.hidden, sheet.rows, sort, kept)


def _with(name: str, hidden: bool, rows: list[Any], sort: str, kept: Mapping[str, Any]) -> RosterSheet:
    head = find_heading(rows, sort)
    width = max(map(len, rows[head : head + 200]))
    cells = [*rows[head], *[None] * (width - len(rows[head]))]
    heads = tuple(heading(cell) for cell in cells)
    columns = [
        [row[place] for row in rows[head + 1 : head + 60] if place < len(row)] for place in range(width)
    ]
    before = kept.get(KEPT + sort + ":" + signature(heads))
    if before:
        keys = _kept_keys(heads, before["keys"], sort)
        settled = Columns(sort, keys, dict(before.get("fixed") or {}))
        return RosterSheet(name, hidden, rows, head, heads, settled, True)
    return RosterSheet(name, hidden, rows, head, heads, Columns(sort, tuple(suggested(heads, columns, sort))))


def _kept_keys(heads: tuple[str, ...], kept: Mapping[str, str], sort: str) -> tuple[str, ...]:
    """Kept keys by heading; the second of two like headings is known as 姓名#2."""
    known = offered(sort)
    found = [kept.get(name, "") for name in _named(heads)]
    return tuple(key if key in known else "" for key in found)


def _named(heads: tuple[str, ...]) -> list[str]:
    names: list[str] = []
    for head in heads:
        count = sum(name.rpartition("#")[0] == head or name == head for name in names)
        names.append(f"{head}#{count + 1}" if count else head)
    return names


@action
def roster_as(desk: Desk, sheet: RosterSheet, sort: str) -> RosterSheet:
    """The same sheet taken as a list of people or of visits, with the columns known or guessed for that."""
    kept = desk.read(lambda session: settings.starting(session, KEPT))
    return _with(sheet.name, sheet.hidden, list(sheet.rows), sort, kept)


@action
def preview_roster(
    desk: Desk, sheet: RosterSheet, columns: Columns, use_list: Choices = (), progress: Progress = silent
) -> Plan:
    """What taking the list in would do, row by row. `use_list`: keys of columns whose value wins over what
    stands on file. `progress` may raise Cancelled."""
    return desk.read(lambda session: _plan(session, desk, sheet, columns, use_list, progress))


@action
def import_roster(
    desk: Desk,
    sheet: RosterSheet,
    columns: Columns,
    use_list: Choices = (),
    progress: Progress = silent,
    plan: Plan | None = None,
) -> Taken:
    """Take in every row that can be taken, all of them or none, as one transaction; keep what the columns
    mean. Rows with a problem are left out: see `save_problems`. `progress` may raise Cancelled.

    `plan` is the preview of the same arguments; it is made anew when anything was written since.
    """

    def work(session: Writing) -> Taken:
        made = plan
        if made is None or made.as_of != rosters.moment(session):
            made = _plan(session, desk, sheet, columns, use_list, part(progress, 0))
        write_all(session, desk, made.writes, part(progress, 1))
        keep_columns(session, sheet, columns)
        new, changed, same, bad = (made.count(state) for state in State)
        return Taken(new, changed, same, bad, made.doubts)

    return desk.write(work)


def _plan(
    session: Reading, desk: Desk, sheet: RosterSheet, columns: Columns, use_list: Choices, progress: Progress
) -> Plan:
    check_named(columns)
    planner = Planner(session, columns, use_list, desk.today(), desk.ids, progress)
    rows = rows_of(sheet, columns)
    return replace(_planned(planner, rows), as_of=rosters.moment(session))


def _planned(planner: Planner, rows: list[Row]) -> Plan:
    if planner.columns.sort == PEOPLE:
        return PeoplePlan(planner).plan(rows)
    return plan_hours(planner, rows) if planner.columns.sort == HOURS else plan_visits(planner, rows)


def part(progress: Progress, number: int) -> Progress:
    """Progress of the first (0) or the second (1) half of a piece of work, in hundredths of the whole."""
    return lambda done, total: progress(50 * number + 50 * done // max(total, 1), 100)


def check_named(columns: Columns) -> None:
    """AppError when no column says who is meant."""
    wanted = {"person.name", "person.id_number"} if columns.sort == PEOPLE else {"row.name", "row.id_number"}
    if not wanted & set(columns.keys):
        raise AppError(*NOTHING_NAMED)


def write_all(session: Writing, desk: Desk, writes: Collection[Write], progress: Progress) -> None:
    """All writes, a few hundred records an edit; what alters a record sees it as it stands this moment."""
    batch: list[Write] = []
    for place, write in enumerate(whole := together(writes), start=1):
        heads = rosters.seen(session, write.kind, write.id)
        batch.append(replace(write, seen=heads) if heads else numbered(session, desk, write))
        if len(batch) >= RECORDS_AN_EDIT or place == len(whole):
            desk.record(session, "", batch)
            batch = []
            progress(place, len(whole))


def together(writes: Collection[Write]) -> list[Write]:
    """The writes with all there is to write on one record as one; what was settled later holds."""
    found: dict[tuple[str, str], Write] = {}
    for write in writes:
        before = found.get((write.kind, write.id))
        found[write.kind, write.id] = (
            replace(before, values={**before.values, **write.values}) if before else write
        )
    return list(found.values())


def keep_columns(session: Writing, sheet: RosterSheet, columns: Columns) -> None:
    """Remember what the columns mean, to be proposed for the next table with these headings."""
    keys = dict(zip(_named(sheet.heads), columns.keys, strict=True))
    kept = {"keys": {name: key for name, key in keys.items() if key}, "fixed": dict(columns.fixed)}
    settings.put(session, KEPT + columns.sort + ":" + signature(sheet.heads), kept)


@action
def save_problems(desk: Desk, path: Path, sheet: RosterSheet, plan: Plan) -> int:
    """Write the rows that were not taken as a workbook to correct and take in again: the columns as they
    came, and 问题. Returns how many. AppError when it cannot be written."""
    bad = {line.number: line.told for line in plan.lines if line.state is State.BAD}
    places = [place for place, head in enumerate(sheet.heads) if head != PROBLEM]
    titles = [_shown(sheet.rows[sheet.head], place) or f"第{place + 1}列" for place in places]
    named = zip(places, titles, strict=True)
    columns = [tables.Column(f"c{place}", title, LineKind()) for place, title in named]
    table = tables.Table("roster", "请改正", (*columns, tables.Column("problem", PROBLEM, LineKind())))
    rows = (
        (*(_shown(sheet.rows[number - 1], place) or None for place in places), words)
        for number, words in bad.items()
    )
    files.write_atomic(path, xlsx.written([(table, rows)], [table]))
    return len(bad)


def _shown(row: Any, place: int) -> str:
    """A cell as text for the worker to correct; what was lost stays out."""
    try:
        return text_of(row[place]) if place < len(row) else ""
    except Unread:
        return ""
