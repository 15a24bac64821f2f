"""The agenda: everything due by day, and what is done with it: ticked off, put aside, moved, handed over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.application_progress import followed
from sgz_desktop.actions.brief_due import next_brief
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.life import UNNAMED, life_items
from sgz_desktop.actions.pauses import paused
from sgz_desktop.actions.station_dues import station_items
from sgz_desktop.actions.supervision_remarks import task_values
from sgz_desktop.domain import agenda as rules
from sgz_desktop.domain import days, workdays
from sgz_desktop.domain.agenda import Item
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.deadlines import deadlines
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.ids import id_of
from sgz_desktop.domain.records.supervision import Remark
from sgz_desktop.domain.records.task import Task
from sgz_desktop.errors import AppError
from sgz_desktop.store import dues, read
from sgz_desktop.store.dues import DueRow, TaskDue
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.write import Write

BACK_DAYS = 366  # what a record named longer ago, and nobody wrote of since, is history
CONTACTS = frozenset({"visit", "session", "followup", "closure"})  # one does not call on the dead
WORDS = 24
NO_ANSWER = "没有回执，可电话询问"
OWN = ("what", "due_on", "person", "household", "case", "worker", "note", "done_on")  # of a task record


@dataclass(frozen=True)
class Agenda:
    """A stretch of days, each with what falls on it; `late` is what was due before `first` or before today,
    `undated` tasks without a day. `notes`: holidays by day (中秋节, 补班)."""

    today: str
    first: str
    last: str
    late: tuple[Item, ...]
    days: Mapping[str, tuple[Item, ...]]
    undated: tuple[Item, ...]
    notes: Mapping[str, str]

    @property
    def count(self) -> int:
        """How many things there are."""
        return len(self.late) + len(self.undated) + sum(map(len, self.days.values()))


@action
def agenda(desk: Desk, week: int = 0, own: bool = False) -> Agenda:
    """This week's agenda, or that of `week` weeks later; `own`: only what this worker is to do."""
    today = desk.today()
    first, last = rules.week_of(today, week)
    found = desk.read(lambda session: everything(session, today, last))
    if own:
        found = [item for item in found if item.worker in ("", desk.user)]
    before = max(first, today) if week == 0 else first
    late = [item for item in found if item.day and item.day < before]
    return Agenda(
        today=today,
        first=first,
        last=last,
        late=tuple(sorted(late, key=lambda item: item.paused)) if week <= 0 else (),
        days=rules.by_day((item for item in found if item.day >= before), first, last),
        undated=tuple(item for item in found if not item.day) if week <= 0 else (),
        notes={day: note for day in rules.days_of(first, last) if (note := day_note(day))},
    )


def everything(session: Reading, today: str, until: str) -> list[Item]:
    """All that is due by a day and not done, on one snapshot, in the order of its days."""
    tasks = [_task(row) for row in dues.tasks(session, until)]
    since = days.add_days(today, -BACK_DAYS)
    named = [one for row in dues.dues(session, since, until) for one in _named(row, since, until, today)]
    named = _under_way(session, named, today)
    life = [item for item in life_items(session, today) if item.day <= until]
    own = station_items(session, today, since, until)
    raised = rules.without([*named, *life, *own, *_brief(today, until)], dues.origins(session))
    away = paused(session, today)
    return rules.in_order(_waiting(item, away) for item in [*tasks, *raised])


def _waiting(item: Item, away: frozenset[str]) -> Item:
    waits = bool({item.household, item.person, item.case} & away)
    return replace(item, paused=True) if waits and item.kind != "person" else item


def _task(row: TaskDue) -> Item:
    day = days.latest(row.due_on) if days.is_day(row.due_on) else ""
    return Item(
        origin=row.origin or f"task:{row.id}",
        kind="task",
        id=row.id,
        what=row.what or "（未写）",
        day=day,
        name=row.name,
        person=row.person,
        household=row.household,
        case=row.case,
        worker=row.worker,
        task=row.id,
    )


def _named(row: DueRow, since: str, until: str, today: str) -> list[Item]:
    if row.dead and row.kind in CONTACTS:
        return []
    kind, id = row.opens
    return [
        Item(
            origin=rules.origin_of(due),
            kind=kind,
            id=id,
            what=_unanswered(row) if row.call and due.late(today) else _said(due.what, row),
            day=due.day,
            name=row.name or (UNNAMED if row.person or row.household or row.case else ""),
            person=row.person,
            household=row.household,
            case=row.case,
            worker=row.worker,
        )
        for due in deadlines(row.kind, row.id, row.values)
        if since <= due.day <= until
    ]


def _under_way(session: Reading, found: list[Item], today: str) -> list[Item]:
    """Applications waited for, each with how far it has come."""
    if not any(_waited_for(item) for item in found):
        return found
    told = {row.id: one.words for row, one in followed(session, today, open_only=False)}
    return [replace(item, said=told.get(item.id, "")) if _waited_for(item) else item for item in found]


def _waited_for(item: Item) -> bool:
    return item.origin.startswith("application.decision_due_on:")


def _said(what: str, row: DueRow) -> str:
    words = row.words
    if row.kind == "application":
        words = code_list("programme").label(words) if words else ""
    words = " ".join(words.split())
    return f"{what}：{words[:WORDS]}" + ("…" if len(words) > WORDS else "") if words else what


def _unanswered(row: DueRow) -> str:
    """An answer that has not come by its day, with the number to call."""
    return _said(NO_ANSWER, row) + f" {row.call}"


def _brief(today: str, until: str) -> list[Item]:
    brief = next_brief(today)
    if brief.due > until:
        return []
    month = f"{int(brief.month[5:])}月"
    origin = f"brief:{brief.month}"
    return [Item(origin, "brief", brief.month, f"报送{month}工作简报", brief.due)]


def day_note(day: str) -> str:
    """中秋节, 补班 or ''; with 未含2027年调休 where the table of holidays ends."""
    if name := workdays.holiday(day):
        return name
    if workdays.is_workday(day) and days.to_date(day).weekday() >= 5:
        return "补班"
    return workdays.coverage_note(day, day)


def late_words(item: Item, today: str) -> str:
    """What is to be said beside an item: 已过4天, 已暂停, 未含2027年调休, how an application stands."""
    if item.paused:
        return "已暂停"
    if item.said:
        return item.said
    late = item.late(today)
    parts = [f"已过{late}天" if late else "", workdays.coverage_note(item.day, item.day) if item.day else ""]
    return "，".join(part for part in parts if part)


@action
def take_over(desk: Desk, item: Item, values: Mapping[str, Wire]) -> Changes:
    """Write a task down for an item, or alter the one that stands for it: `done_on` ticks it off or, with a
    `note`, puts it aside; `due_on` and `worker` give it another day or worker; {"deleted": True} lets it be
    raised again. Two computers write one and the same task. AppError when one altered meanwhile is gone."""
    if item.kind == Remark.KIND:  # a remark is the thing to be done itself
        return _of_remark(desk, item.id, values)
    id = item.task or id_of(item.origin)

    def work(session: Writing) -> Changes:
        loaded = read.load(session, Task, id)
        if loaded is None and item.task:
            raise AppError("这件待办的资料还没有到本机。", "等对方电脑的数据包到了再看。")
        fresh = loaded is None or loaded.record.deleted
        whole = {
            **dict.fromkeys(OWN),
            **item.values,
            "origin": item.origin,
        }  # nothing of one taken back stays
        told = whole if fresh and not values.get("deleted") else {}
        back = {"deleted": False} if loaded is not None and fresh and told else {}
        written = {**told, **back, **values}
        if loaded:
            before = loaded.record
            written = {name: value for name, value in written.items() if getattr(before, name) != value}
        if written:
            seen = loaded.seen if loaded else {}
            desk.record(session, str(values.get("note") or ""), [Write("task", id, written, seen)])
        return session.changes()

    return desk.write(work)


def _of_remark(desk: Desk, id: str, values: Mapping[str, Wire]) -> Changes:
    def work(session: Writing) -> Changes:
        loaded = read.load(session, Remark, id)
        if loaded is None or loaded.record.deleted:
            raise AppError("这条督导意见已不在本机，没有改动。", "请重新打开待办。")
        told = {name: one for name, one in task_values(values).items() if getattr(loaded.record, name) != one}
        if told:
            desk.record(session, "", [Write(Remark.KIND, id, told, loaded.seen)])
        return session.changes()

    return desk.write(work)


@action
def move_item(desk: Desk, item: Item, step: int) -> Changes:
    """Move an item so many working days later (earlier when negative), never before today."""
    return take_over(desk, item, {"due_on": day_moved(item, desk.today(), step)})


def day_moved(item: Item, today: str, step: int) -> str:
    """The day an item comes to lie on."""
    return rules.moved(item.day, today, step)


@action
def finish_item(desk: Desk, item: Item, undo: bool = False) -> Changes:
    """Tick an item off today; `undo` takes it back."""
    if not undo:
        return take_over(desk, item, {"done_on": desk.today()})
    return take_over(desk, item, {"done_on": None} if item.task else {"deleted": True})
