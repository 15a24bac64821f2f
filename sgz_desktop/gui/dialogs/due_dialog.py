"""Something due that no task stands for yet: done, put aside with a reason, given another day or worker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import agenda
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.handover import colleagues
from sgz_desktop.domain import days
from sgz_desktop.domain.agenda import Item
from sgz_desktop.domain.deadlines import in_words
from sgz_desktop.domain.fields import Wire
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.call_dialog import log_call
from sgz_desktop.gui.dialogs.carry_out_dialog import open_remark
from sgz_desktop.gui.dialogs.reply_dialog import ask_reply
from sgz_desktop.gui.dialogs.task_dialog import Done, Go, edit_task
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.ways import record_target
from sgz_desktop.gui.widgets.buttons import Button, button
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import Choice, LineEdit, TextArea
from sgz_desktop.gui.widgets.labels import label, paragraph

NOBODY = (None, "（未定）")
PAPERS = frozenset({"consent", "plan", "closure", "followup"})
OPENED = frozenset({"visit", "person", "application", "referral", "staff", "inspection"})
OPENED |= {"group_session", "activity"}


class DueDialog(QDialog):
    """`done(sentence, undo)` after the commit; `go` opens what the item comes from."""

    def __init__(
        self,
        owner: QWidget,
        desk: Desk,
        item: Item,
        workers: Sequence[str],
        done: Done,
        go: Go | None = None,
    ) -> None:
        super().__init__(owner.window())
        self._desk, self._owner, self._item, self._told, self._go = desk, owner, item, done, go
        self.setWindowTitle("待办")
        self.setMinimumWidth(px(620))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(Space.M))
        for words in self._words():
            column.addWidget(words)
        self.day = LineEdit("例如2026-6-30")
        self.day.set_value(days.show_day(item.day))
        self.day_field = FieldFrame("最晚日期", self.day)
        self.worker = Choice([NOBODY, *((name, name) for name in workers)], value=item.worker or None)
        self.note = TextArea("", lines=2)
        self.note_field = FieldFrame("备注", self.note, hint="不用办时写明原因")
        row = QHBoxLayout()
        row.setSpacing(px(Space.M))
        row.addWidget(self.day_field, 1)
        row.addWidget(FieldFrame("由谁做", self.worker), 1)
        column.addLayout(row)
        column.addWidget(self.note_field)
        column.addStretch(1)
        column.addLayout(self._foot())
        (self.reply if self._waits else self.finish).setFocus()

    def _words(self) -> list[QWidget]:
        item = self._item
        found: list[QWidget] = [label(item.name, "section")] if item.name else []
        found.append(paragraph(item.what, "body_bold"))
        if item.more:
            found.append(paragraph(item.more, "body", "plain"))
        today = self._desk.today()
        when = f"{days.short_day(item.day, today)}，{item.said or in_words(item.day, today)}"
        found.append(paragraph(when, "second", "danger" if item.late(today) else "plain"))
        return found

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        target = target_of(self._item)
        if target and self._go:
            foot.addWidget(button("打开资料", icon="right", on_click=lambda: self._open(*target)))
        for one in self._answers():
            foot.addWidget(one)
        foot.addStretch(1)
        foot.addWidget(button("返回", on_click=self.reject))
        self.aside = button("不用办", on_click=self._put_aside)
        self.finish = button("已办好", "tonal", "check", self._finish)
        self.save = button("保存", "primary", on_click=self._save, key="Ctrl+S")
        for one in (self.aside, self.finish, self.save):
            foot.addWidget(one)
        return foot

    @property
    def _waits(self) -> bool:
        """Is it the answer to a referral, and may it be written down here?"""
        return self._item.kind == "referral" and allowed(self._desk.actor, "enter_reply")

    def _answers(self) -> list[Button]:
        """What ends the waiting for an answer to a referral, or goes on with it."""
        if not self._waits:
            return []
        self.reply = button("记回执", "tonal", "check", lambda: self._instead(ask_reply), key="Alt+1")
        self.call = button("记电话", icon="phone", on_click=lambda: self._instead(log_call), key="Alt+2")
        return [self.reply, self.call]

    def _instead(self, ask: Callable[[QWidget, Desk, str, Done], None]) -> None:
        self.reject()
        ask(self._owner, self._desk, self._item.id, self._told)

    def _open(self, section: str, target: object) -> None:
        self.reject()
        if self._go:
            self._go(section, target)

    def _finish(self) -> None:
        self._write(self.finish, {"done_on": self._desk.today(), **self._noted()}, "已完成。10秒内可以撤销。")

    def _put_aside(self) -> None:
        if not self.note.value().strip():
            self.note_field.set_error("请写明为什么不用办，会记在待办里。")
            self.note.setFocus()
            return
        values = {"done_on": self._desk.today(), **self._noted()}
        self._write(self.aside, values, "已记下不用办。10秒内可以撤销。")

    def _save(self) -> None:
        try:
            day = days.latest(days.tidy_day(self.day.value(), self._desk.today()))
        except ValueError as wrong:
            self.day_field.set_error(str(wrong))
            self.day.setFocus()
            return
        worker = self.worker.value()
        values = {"due_on": day, "worker": str(worker) if worker else None, **self._noted()}
        if (day, worker) == (self._item.day, self._item.worker or None) and not self._noted():
            self.accept()
            return
        self._write(self.save, values, "待办已保存。10秒内可以撤销。")

    def _noted(self) -> dict[str, Wire]:
        note = self.note.value().strip()
        return {"note": note} if note else {}

    def _write(self, pressed: Button, values: dict[str, Wire], sentence: str) -> None:
        desk, item = self._desk, self._item
        pressed.set_busy("正在保存")

        def failed(problem: BaseException) -> None:
            pressed.set_busy("")
            messages.show_problem(problem, self)

        def done(_changes: object) -> None:
            self.accept()
            self._told(sentence, lambda: undo_writing(self._owner, desk, item))

        jobs.start(self, lambda _task: agenda.take_over(desk, item, values), done=done, failed=failed)


def undo_writing(owner: QWidget, desk: Desk, item: Item) -> None:
    """Bring an item back to how it stood before a task was written for it."""
    if item.task:
        values: dict[str, Wire] = {
            "due_on": item.day or None,
            "done_on": None,
            "worker": item.worker or None,
        }
    else:
        values = {"deleted": True}
    jobs.start(owner, lambda _task: agenda.take_over(desk, item, values))


def target_of(item: Item) -> tuple[str, object] | None:
    """What opens the record an item comes from."""
    if item.kind == "brief":
        return "reports", item.id
    if item.kind == "contract":  # a report of its year: 合同进度 lists them and opens them
        return "station", {"contract": item.id}
    if item.kind in OPENED or item.kind in PAPERS:
        return record_target(item.kind, item.id)
    if item.case:
        return "cases", item.case
    return ("people", item.person) if item.person else None


def open_item(owner: QWidget, desk: Desk, item: Item, done: Done, go: Go | None = None) -> None:
    """A task in its own dialog; anything else with what can be done about it."""
    if item.kind == "remark":
        open_remark(owner, desk, item.id, done, go)
        return
    if item.task:
        edit_task(owner, desk, item.task, done, go)
        return

    def show(workers: Any) -> None:
        dialog = DueDialog(owner, desk, item, workers, done, go)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    jobs.start(owner, lambda _task: (desk.user, *colleagues(desk)), done=show, key="due-dialog")
