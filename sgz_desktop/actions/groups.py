"""A group's roll: read whole, marked cell by cell. One mark is one `attendance` record, whoever makes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.groups_reading import roll_of
from sgz_desktop.domain.attendance import Roll
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.ids import id_of
from sgz_desktop.domain.records.group import Attendance, GroupMember, GroupSession
from sgz_desktop.errors import AppError
from sgz_desktop.store import read
from sgz_desktop.store.session import Writing
from sgz_desktop.store.write import Seen, Write

NOT_HERE = "这个小组没有找到。"


@dataclass(frozen=True, slots=True)
class Mark:
    """One cell of the roll as a person set it; `before` is what they saw there ('' = nothing)."""

    session: str
    member: str
    state: str
    before: str = ""


@action
def group_roll(desk: Desk, id: str) -> Roll:
    """The roll of a group. AppError when the group is not here."""
    today = desk.today()
    roll = desk.read(lambda session: roll_of(session, id, today))
    if roll is None:
        raise AppError(NOT_HERE, "它可能已被删除，请返回列表查看。")
    return roll


@action
def mark_attendance(desk: Desk, id: str, marks: Sequence[Mark]) -> Changes:
    """Write the marks of a group as one edit. Where somebody else marked a cell meanwhile, both are kept.
    AppError for a cell that is not of this group: nothing is written."""

    def work(session: Writing) -> Changes:
        sittings = {str(one.id) for one in read.of_parent(session, GroupSession, "group", id)}
        members = {str(one.id) for one in read.of_parent(session, GroupMember, "group", id)}
        if any(one.session not in sittings or one.member not in members for one in marks):
            raise AppError("名单刚有变动，这几格没有保存。", "请返回再打开出席表。")
        desk.record(session, "", [write for one in marks for write in _writes(session, one)])
        return session.changes()

    return desk.write(work)


def _writes(session: Writing, mark: Mark) -> list[Write]:
    """What brings a cell where the mark wants it; two computers that mark it apart make one record."""
    found = read.select_where(
        session,
        Attendance,
        col(Attendance.session) == mark.session,
        col(Attendance.member) == mark.member,
    )
    id = str(found[-1].id) if found else id_of(f"attendance:{mark.session}:{mark.member}")
    loaded = read.load(session, Attendance, id)
    if loaded is None:
        values = {"session": mark.session, "member": mark.member, "state": mark.state or None}
        return [Write("attendance", id, values)] if mark.state else []
    stands = loaded.record.state or ""
    if stands == mark.state and not loaded.record.deleted:
        return []
    gone = {"deleted": False} if loaded.record.deleted else {}
    seen: Seen = loaded.seen
    if stands != mark.before and not loaded.record.deleted:  # marked by somebody else since
        seen = {cell: heads for cell, heads in loaded.seen.items() if cell != "state"}
    return [Write("attendance", id, {**gone, "state": mark.state or None}, seen)]
