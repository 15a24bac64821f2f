"""督导意见: one remark with what was said and where, and what was done about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import supervision_remarks
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Saved
from sgz_desktop.actions.supervision_remarks import UNVERIFIED, RemarkLine
from sgz_desktop.domain import days
from sgz_desktop.gui import jobs
from sgz_desktop.gui.pages.remarks_table import told_words
from sgz_desktop.gui.refusals import show_refusal
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.undo import CAN_UNDO, offer_undo
from sgz_desktop.gui.ways import record_target
from sgz_desktop.gui.widgets.buttons import Button, button
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import LineEdit, TextArea, Tick
from sgz_desktop.gui.widgets.labels import label, paragraph
from sgz_desktop.gui.widgets.scroll import Scroll

Told = Callable[[str, Any], None]
"""(sentence for the toast, undo or None)"""
Go = Callable[[str, object], None]
EXAMPLE = "例如2026-6-30"
NOT_SAID = "请写怎样落实的，下次给督导看。"
LONG = 200  # characters of a remark that scrolls


class CarryOutDialog(QDialog):
    """`told(sentence, undo)` after the commit; `go` opens the record the remark is about."""

    def __init__(
        self, owner: QWidget, desk: Desk, line: RemarkLine, told: Told, go: Go | None = None
    ) -> None:
        super().__init__(owner.window())
        self._owner, self._desk, self._line, self._told, self._go = owner, desk, line, told, go
        self.setWindowTitle("督导意见")
        self.setMinimumWidth(px(640))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(18))
        column.setSpacing(px(Space.S))
        column.addWidget(label(f"{line.name}·{line.case_number}", "section"))
        column.addWidget(paragraph(where_words(line), "second", "plain"))
        column.addWidget(self._said())
        if line.unverified:
            column.addWidget(paragraph(f"{UNVERIFIED}：署名是从PDF里读出来的。", "second", "warn"))
        self._make_fields()
        row = QHBoxLayout()
        row.setSpacing(px(Space.M))
        column.addWidget(self.fields["done"])
        row.addWidget(self.fields["done_on"], 1)
        row.addWidget(self.fields["due_on"], 1)
        column.addLayout(row)
        column.addWidget(self.verified)
        self.verified.setVisible(line.source != "" and line.unverified)
        column.addStretch(1)
        column.addLayout(self._foot())
        self.done_text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _said(self) -> QWidget:
        words = told_words(self._line)
        said = paragraph(words, "body_bold")
        if len(words) < LONG:
            return said
        scroll = Scroll()
        scroll.body.addWidget(said)
        scroll.setFixedHeight(px(120))
        return scroll

    def _make_fields(self) -> None:
        line = self._line
        self.done_text = TextArea("", lines=3)
        self.done_text.set_value(line.done)
        self.done_on, self.due = LineEdit(EXAMPLE), LineEdit(EXAMPLE)
        self.done_on.set_value(days.show_day(line.done_on or self._desk.today()))
        self.due.set_value(days.show_day(line.due_on) if line.due_on else "")
        self.verified = Tick("已向督导本人核实")
        self.fields = {
            "done": FieldFrame("怎样落实", self.done_text, hint="下一份督导件会印出来"),
            "done_on": FieldFrame("落实日期", self.done_on),
            "due_on": FieldFrame("最晚日期", self.due),
        }

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        if self._go:
            foot.addWidget(button(f"打开{self._line.title}", icon="right", on_click=self._open))
        foot.addStretch(1)
        foot.addWidget(button("返回", on_click=self.reject))
        self.later = button("保存", on_click=lambda: self._submit(self.later, done=False))
        self.go = button("已落实", "primary", "check", lambda: self._submit(self.go, done=True), key="Ctrl+S")
        for one in (self.later, self.go):
            foot.addWidget(one)
            if not allowed(self._desk.actor, "carry_out"):
                one.hide()
        return foot

    def _open(self) -> None:
        self.reject()
        if self._go:
            self._go(*target_of(self._line))

    def _submit(self, pressed: Button, *, done: bool) -> None:
        for field in self.fields.values():
            field.set_error("")
        if done and not self.done_text.value().strip():
            self.fields["done"].refuse(NOT_SAID)
            return
        typed: dict[str, object] = {"due_on": self.due.value().strip() or None}
        if self.verified.value():
            typed["verified"] = True
        if done:
            typed |= {"done": self.done_text.value().strip(), "done_on": self.done_on.value()}
        desk, id = self._desk, self._line.id
        pressed.set_busy("正在保存")

        def failed(problem: BaseException) -> None:
            pressed.set_busy("")
            show_refusal(problem, self.fields, self)

        jobs.start(
            self,
            lambda _task: supervision_remarks.carry_out(desk, id, typed),
            done=self._kept,
            failed=failed,
        )

    def _kept(self, saved: Saved) -> None:
        self.accept()
        offer_undo(self._owner, self._desk, self._told, f"督导意见已保存。{CAN_UNDO}", saved.changes.edit)


def where_words(line: RemarkLine) -> str:
    """批注3·过程记录·2026-A001-D1·周明远·6月28日·写在PDF里."""
    parts = (
        f"批注{line.mark}" if line.mark else "",
        line.title,
        line.number,
        line.supervisor,
        line.said.partition("（")[0],
        line.source,
    )
    return "·".join(part for part in parts if part)


def target_of(line: RemarkLine) -> tuple[str, object]:
    """What opens the record a remark is about."""
    return ("cases", line.case) if line.kind == "case" else record_target(line.kind, line.about)


def open_remark(owner: QWidget, desk: Desk, id: str, told: Told, go: Go | None = None) -> None:
    """Show one remark by its id."""

    def show(line: RemarkLine | None) -> None:
        if line is None:
            told("这条督导意见已不在本机。", None)
            return
        dialog = CarryOutDialog(owner, desk, line, told, go)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    jobs.start(owner, lambda _task: supervision_remarks.find_remark(desk, id), done=show, key="remark")
