"""Who changed what of a record, when and why, in words; and what was deleted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.choices import NOT_HERE, words_of
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain import days
from sgz_desktop.domain.edits import Stamp
from sgz_desktop.domain.fields import KeyKind, RefKind
from sgz_desktop.domain.local_words import titled
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import Question, Record, cells, parent_field, row_fields
from sgz_desktop.domain.records.registry import ref_kinds
from sgz_desktop.store.deletions import deletions
from sgz_desktop.store.histories import Line, Told, lines
from sgz_desktop.store.inverse import DELETED
from sgz_desktop.store.session import Reading

ERASED = "已清除"
WITHHELD = "（内容未到本机）"
NOTHING = "（空）"
DID = {  # what an action is called; the rest are 修改
    "register_household": "登记家庭",
    "add_members": "添加成员",
    "leave_household": "登记搬离",
    "delete_record": "删除",
    "restore_record": "恢复",
    "undo_edit": "撤销",
    "merge_people": "合并",
    "unmerge_people": "拆开",
    "open_case": "开个案",
    "reopen_case": "重新开案",
    "move_case": "阶段变动",
    "finish_tasks": "完成待办",
    "import_records": "导入",
    "import_roster": "导入",
    "settle_roster": "名单比对",
    "hand_over": "交接",
    "move_household": "登记搬家",
    "remark": "督导意见",
    "erase_values": "清除内容",
    "settle": "选定",
    "settle_many": "选定",
}


@dataclass(frozen=True)
class Changed:
    """One field given a value, in words. `of` says which rows of the record it belongs to, '' for its own;
    `contested` that somebody else's value still stands beside it."""

    label: str
    before: str
    after: str
    of: str = ""
    contested: bool = False


@dataclass(frozen=True)
class Step:
    """One edit of a record: who, when (UTC ms), what was done in a word, why, and what it changed."""

    at_ms: int
    worker: str
    did: str
    why: str
    changed: tuple[Changed, ...]


@dataclass(frozen=True)
class DeletedLine:
    """A deleted record in words, who deleted it, when (UTC ms) and why. `merged`: it is a person's file that
    was merged into another's."""

    kind: str
    id: str
    title: str
    about: str
    worker: str
    at_ms: int
    why: str
    merged: bool = False


@action
def record_history(desk: Desk, id: str, kind: str) -> list[Step]:
    """What happened to a record and its rows, newest first, field by field."""

    def work(session: Reading) -> list[Step]:
        found = [(line, "") for line in lines(session, kind, id)]
        for rows in row_fields(BY_KIND[kind]).values() if kind in BY_KIND else ():
            for child in _children(session, rows.kind, rows.parent, id):
                found += [(line, rows.label) for line in lines(session, rows.kind.KIND, child)]
        return _steps(found, _Words(session, [line for line, _ in found]))

    return desk.read(work)


def _children(session: Reading, kind: type[Record], parent: str, id: str) -> list[str]:
    rows = session.connection.execute(
        f'SELECT id FROM r_{kind.KIND} WHERE "{parent}" = ? ORDER BY rid', (id,)
    )
    return [row[0] for row in rows.fetchall()]


def _steps(found: Sequence[tuple[Line, str]], words: _Words) -> list[Step]:
    by_edit: dict[Stamp, list[tuple[Line, str]]] = {}
    for line, of in found:
        by_edit.setdefault(line.edit, []).append((line, of))
    first = next((line.edit for line, of in reversed(found) if not of), None)
    steps = [_step(parts, words, new=edit == first) for edit, parts in by_edit.items()]
    return sorted((step for step in steps if step.changed), key=lambda step: step.at_ms, reverse=True)


def _step(parts: list[tuple[Line, str]], words: _Words, *, new: bool) -> Step:
    first = parts[0][0]
    changed = tuple(one for line, of in parts for one in _changed(line, of, words))
    did = DID.get(first.action) or ("新建" if new else "修改")
    why = str(orjson.loads(first.why)) if first.why else ""
    return Step(first.at_ms, first.worker, did, why, changed)


def _changed(line: Line, of: str, words: _Words) -> Iterator[Changed]:
    before = line.before[0] if line.before else Told(b"null")
    if line.cell == DELETED:
        yield Changed("这条记录", _kept(before), _kept(line.after), of, line.contested)
        return
    record = BY_KIND.get(line.kind)
    asked = cells(record).get(line.cell, ()) if record else ()
    if not asked:
        yield Changed("其他版本的内容", "", words.plain(line.after), of, line.contested)
    parent = parent_field(record) if record and of else None
    for question in asked:
        if question.name == parent or isinstance(question.kind, KeyKind):
            continue
        old, new = words.of(question, before), words.of(question, line.after)
        if old != new or len(asked) == 1:
            yield Changed(question.ask.label, old, new, of, line.contested)


def _kept(told: Told) -> str:
    if told.text is None:
        return ERASED if told.erased else WITHHELD
    return "已删除" if told.text == b"true" else "在册"


class _Words:
    """Values of the log in words; records they name are looked up together."""

    def __init__(self, session: Reading, found: Iterable[Line]) -> None:
        self._names: dict[str, str] = {}
        wanted: dict[str, set[str]] = {}
        for line in found:
            for question in cells(BY_KIND[line.kind]).get(line.cell, ()) if line.kind in BY_KIND else ():
                if isinstance(question.kind, RefKind):
                    ids = {self._value(question, told) for told in (*line.before[:1], line.after)}
                    for kind in ref_kinds(question.kind):
                        wanted.setdefault(kind, set()).update(str(id) for id in ids if id)
        for kind, ids in wanted.items():
            self._names |= words_of(session, kind, sorted(ids))

    def of(self, question: Question, told: Told) -> str:
        """The value of a field in a cell, '' when it was empty."""
        if told.text is None:
            return ERASED if told.erased else WITHHELD
        value = self._value(question, told)
        if value is None:
            return ""
        if isinstance(question.kind, RefKind):
            return self._names.get(str(value), NOT_HERE)
        return question.kind.show(value) if question.kind.accepts(value) else str(value)

    def plain(self, told: Told) -> str:
        """A value nobody here can name."""
        if told.text is None:
            return ERASED if told.erased else WITHHELD
        return str(orjson.loads(told.text))

    @staticmethod
    def _value(question: Question, told: Told) -> Any:
        value = None if told.text is None else orjson.loads(told.text)
        return value.get(question.name) if isinstance(value, dict) else value


@action
def list_deleted(desk: Desk) -> list[DeletedLine]:
    """What was deleted and can be brought back, the latest first, at most 200."""
    today = desk.today()

    def line(one: Any) -> DeletedLine:
        day = days.short_day(one.day, today) if days.is_day(one.day) else ""
        about = "·".join(part for part in (one.name, day) if part)
        title = titled(one.kind)
        return DeletedLine(one.kind, one.id, title, about, one.worker, one.at_ms, one.why, bool(one.into))

    return desk.read(lambda session: [line(one) for one in deletions(session)])
