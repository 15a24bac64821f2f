"""Take back what one has just done, and bring back what was deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.edits import Changes, Stamp
from sgz_desktop.domain.local_words import titled
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import cells
from sgz_desktop.errors import AppError
from sgz_desktop.store import read
from sgz_desktop.store.inverse import DELETED, Cell, Inverse, Made, edit_by, inverse
from sgz_desktop.store.session import Writing
from sgz_desktop.store.standing import shown
from sgz_desktop.store.write import Write

NOT_YOURS = "只能撤销自己刚做的这一步，资料没有改动。"
NOTHING_LEFT = "之后又有人改过，没有可以撤销的，资料没有改动。"
NO_REASON = "请写明为什么恢复，会记在修改历史里。"
NOT_DELETED = "这条记录没有被删除，资料没有改动。"
MERGED = "这份档案已并入另一个人，请用“拆开”。"


@dataclass(frozen=True)
class Undone:
    """A step taken back. `stayed` names in words what somebody changed since and what was therefore left."""

    changes: Changes
    stayed: tuple[str, ...] = ()


@action
def undo_edit(desk: Desk, edit: Stamp) -> Undone:
    """Take back an edit of one's own: a new edit gives its cells the values they had before, where nobody
    has changed them since. AppError when it is another's, or nothing of it is left."""

    hidden = desk.kept_back().names

    def work(session: Writing) -> Undone:
        made = edit_by(session, edit)
        if made is None or made.worker != desk.actor.worker or made.action == "introduce":
            raise AppError(NOT_YOURS)
        return take_back(session, desk, made, "", hidden)

    return desk.write(work)


def take_back(session: Writing, desk: Desk, made: Made, reason: str, hidden: frozenset[str]) -> Undone:
    """Write the inverse of an edit. AppError when nothing of it can be taken back. What is `hidden` from
    the worker goes along, and is not spoken of."""
    found: Inverse = inverse(session, made)
    if not found.writes:
        raise AppError(NOTHING_LEFT)
    desk.record(session, reason, found.writes)
    for one in found.beside:
        desk.record(session, reason, [one])
    return Undone(session.changes(), left_words([one for one in found.stayed if one[1] not in hidden]))


def left_words(stayed: Sequence[Cell]) -> tuple[str, ...]:
    """Cells in words, each once: 走访记录的日期."""
    return tuple(dict.fromkeys(_words(kind, cell) for kind, _, cell in stayed))


def _words(kind: str, cell: str) -> str:
    record = BY_KIND.get(kind)
    if record is None:
        return "其他版本的内容"
    labels = [asked.ask.label for asked in cells(record).get(cell, ())]
    return f"{titled(record.KIND)}的{'、'.join(labels)}" if labels else titled(record.KIND)


@action
def restore_record(desk: Desk, id: str, kind: str, reason: str) -> Changes:
    """Bring a deleted record back into the lists, with a reason. AppError without one."""
    if not reason.strip():
        raise AppError(NO_REASON)

    def work(session: Writing) -> Changes:
        record = read.get(session, BY_KIND[kind], id) if kind in BY_KIND else None
        if record is None or not record.deleted:
            raise AppError(NOT_DELETED)
        if getattr(record, "merged_into", None):
            raise AppError(MERGED)
        standing = shown(session, kind, id)
        seen = {DELETED: standing.seen.get(DELETED, ())} if standing else {}
        desk.record(session, reason, [Write(kind, id, {DELETED: False}, seen)])
        return session.changes()

    return desk.write(work)
