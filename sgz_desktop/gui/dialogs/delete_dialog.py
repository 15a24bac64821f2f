"""Take a record out of every list, with a reason; it stays in the history."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, delete_record
from sgz_desktop.domain.edits import Changes
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.messages import Dialog
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.line_edit import LineEdit

NO_REASON = "请写明原因，例如：重复记录。"


class DeleteDialog(Dialog):
    """`deleted(Changes)` after the commit."""

    deleted = Signal(object)

    def __init__(self, owner: QWidget, desk: Desk, form: Form, what: str) -> None:
        super().__init__(
            owner.window(),
            f"删除{what}",
            f"删除这条{what}？",
            "删除后不再列出，修改日志里还留着，请写明原因。",
            tone="warn",
        )
        self._desk, self._form = desk, form
        self.reason = LineEdit("例如：重复记录")
        self._frame = FieldFrame("原因", self.reason, required=True)
        self.column.addWidget(self._frame)
        self.add("返回", 0)
        self.do = self.add("删除", 1, "danger")
        self.do.clicked.disconnect()
        self.do.clicked.connect(lambda _on: self._delete())
        self.reason.setFocus()

    def _delete(self) -> None:
        reason = self.reason.text().strip()
        if not reason:
            self._frame.set_error(NO_REASON)
            self.reason.setFocus()
            return
        desk, form = self._desk, self._form
        self.do.set_busy("正在删除")
        jobs.start(
            self,
            lambda _task: delete_record(desk, form.id, form.kind, reason, form.seen),
            done=self._done,
            failed=self._failed,
        )

    def _done(self, changes: Changes) -> None:
        self.deleted.emit(changes)
        self.accept()

    def _failed(self, problem: BaseException) -> None:
        self.do.set_busy("")
        messages.show_problem(problem, self)
