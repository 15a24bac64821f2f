"""记回执: what came back of a referral, one key for the outcome; the day is today."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import replies
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Saved
from sgz_desktop.actions.replies import Awaited
from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.gui import jobs
from sgz_desktop.gui.dialogs.frame import foot
from sgz_desktop.gui.refusals import show_refusal
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.undo import CAN_UNDO, offer_undo
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import LineEdit, TextArea
from sgz_desktop.gui.widgets.labels import label, paragraph
from sgz_desktop.gui.widgets.segmented import Segmented

Done = Callable[[str, Any], None]
"""(sentence for the toast, undo or None)"""
EXAMPLE = "例如2026-6-30"
NOT_CHOSEN = "请选一个结果，按数字键就可以。"
SINCE = {"placed": "placed_on", "employed": "job_from"}  # a place or a job has a day of its own


class ReplyDialog(QDialog):
    """`done(sentence, undo)` after the commit."""

    def __init__(self, owner: QWidget, desk: Desk, asked: Awaited, done: Done) -> None:
        super().__init__(owner.window())
        self._desk, self._owner, self._id, self._told = desk, owner, asked.id, done
        self.setWindowTitle("记回执")
        self.setMinimumWidth(px(620))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(18))
        column.setSpacing(px(Space.S))
        column.addWidget(label(f"{asked.name}，转介到{asked.receiver}", "section"))
        column.addWidget(paragraph(_standing(asked), "body", "danger" if asked.late else "plain"))
        if asked.whom:
            column.addWidget(paragraph(f"可电话询问：{asked.whom}", "body", "plain"))
        codes = [one for one in code_list("referral_result").items if one.code != "waiting"]
        self.outcome = Segmented([(one.code, f"{n} {one.label}") for n, one in enumerate(codes, start=1)])
        self.on, self.placed, self.job = LineEdit(EXAMPLE), LineEdit(EXAMPLE), LineEdit(EXAMPLE)
        self.note = TextArea("", lines=2)
        self.on.set_value(days.show_day(desk.today()))
        self.fields = {
            "outcome": FieldFrame("转介结果", self.outcome, hint="按数字键选"),
            "reply_on": FieldFrame("回执日期", self.on),
            "placed_on": FieldFrame("安置日期", self.placed, hint="不知道就空着"),
            "job_from": FieldFrame("上岗日期", self.job, hint="不知道就空着"),
            "outcome_note": FieldFrame("说明", self.note),
        }
        for field in self.fields.values():
            column.addWidget(field)
        self._chosen()
        self.outcome.changed.connect(self._chosen)
        column.addLayout(self._foot())
        self.outcome.setFocus()

    def _foot(self) -> QHBoxLayout:
        self.go = button("保存", "primary", "check", self.submit, key="Ctrl+S")
        self.go.setDefault(True)
        return foot(self, self.go)

    def _chosen(self) -> None:
        self.fields["outcome"].set_error("")
        for outcome, name in SINCE.items():
            self.fields[name].setVisible(self.outcome.value() == outcome)

    def submit(self) -> None:
        """Check and keep."""
        for field in self.fields.values():
            field.set_error("")
        if self.outcome.value() is None:
            self.fields["outcome"].refuse(NOT_CHOSEN)
            return
        since = SINCE.get(str(self.outcome.value()))
        found = {name: self._day(name) for name in ("reply_on", *filter(None, [since]))}
        if None in found.values():
            return
        typed: dict[str, object] = {
            "outcome": self.outcome.value(),
            "outcome_note": self.note.value().strip(),
        }
        typed = {name: value for name, value in {**typed, **found}.items() if value}
        desk, id = self._desk, self._id
        self.go.set_busy("正在保存")
        jobs.start(
            self,
            lambda _task: replies.enter_reply(desk, id, typed),
            done=self._kept,
            failed=self._refused,
        )

    def _day(self, name: str) -> str | None:
        """The day typed, '' for none; None when it cannot be read, which is said."""
        control = self.fields[name].control
        assert isinstance(control, LineEdit)
        try:
            return days.tidy_day(control.value(), self._desk.today()) if control.value().strip() else ""
        except ValueError as wrong:
            self.fields[name].refuse(str(wrong))
            return None

    def _kept(self, saved: Saved) -> None:
        self.accept()
        offer_undo(self._owner, self._desk, self._told, f"回执已保存。{CAN_UNDO}", saved.changes.edit)

    def _refused(self, problem: BaseException) -> None:
        self.go.set_busy("")
        show_refusal(problem, self.fields, self)


def _standing(asked: Awaited) -> str:
    parts = (
        f"{asked.sent}转出" if asked.sent else "还没有写转出日期",
        f"约定{asked.due}回复" if asked.due else "",
    )
    return "，".join(part for part in parts if part) + "。"


def ask_reply(owner: QWidget, desk: Desk, referral: str, done: Done) -> None:
    """Show the dialog for a referral over the window of `owner`."""

    def show(asked: Awaited) -> None:
        dialog = ReplyDialog(owner, desk, asked, done)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    jobs.start(owner, lambda _task: replies.awaited(desk, referral), done=show, key="reply")
