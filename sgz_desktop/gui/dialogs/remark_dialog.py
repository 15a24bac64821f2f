"""录入督导意见: by the number at the foot of a paper and the mark beside the place; Enter goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import supervision_remarks
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Saved
from sgz_desktop.actions.supervision_remarks import RemarkPlace, RemarkTyped
from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.local_words import titled
from sgz_desktop.domain.supervising import tidy_mark
from sgz_desktop.errors import AppError
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.refusals import show_refusal
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.undo import CAN_UNDO, offer_undo
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.enter_key import EnterKey
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import LineEdit, TextArea
from sgz_desktop.gui.widgets.labels import paragraph
from sgz_desktop.gui.widgets.segmented import Segmented
from sgz_desktop.gui.widgets.tab_order import tab_through

Told = Callable[[str, Any], None]
"""(sentence for the toast, undo or None)"""
FIRST = "先照页脚输入编号，按回车。"
HELP = "批注号是左边圆圈里的数；没有写就空着。"
NEXT = "已记下{}条。可以接着录下一条。"


class RemarkDialog(QDialog):
    """`told(sentence, undo)` after each remark; `number` is looked up at once where it is known."""

    def __init__(self, owner: QWidget, desk: Desk, told: Told, number: str = "") -> None:
        super().__init__(owner.window())
        self._owner, self._desk, self._told = owner, desk, told
        self.place: RemarkPlace | None = None
        self.count = 0
        self.setWindowTitle("录入督导意见")
        self.setMinimumWidth(px(660))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(18))
        column.setSpacing(px(Space.S))
        self._make_fields()
        self.note = paragraph(FIRST, "body", "plain")
        column.addWidget(self.fields["number"])
        column.addWidget(self.note)
        row = QHBoxLayout()
        row.setSpacing(px(Space.M))
        row.addWidget(self.fields["mark"], 1)
        row.addWidget(self.fields["due_on"], 1)
        row.addWidget(self.fields["supervisor"], 1)
        column.addLayout(row)
        column.addWidget(self.fields["text"])
        column.addWidget(self.fields["decision"])
        column.addStretch(1)
        column.addLayout(self._foot())
        self._tab_order()
        self.number.setFocus()
        if number:
            self.number.set_value(number)
            self.look_up()

    def _make_fields(self) -> None:
        self.number, self.mark = LineEdit("例如2026-A001-D1"), LineEdit("例如3")
        self.text, self.due = TextArea("", lines=2, most=6), LineEdit("例如7-9")
        self.supervisor = LineEdit("督导的姓名")
        codes = code_list("supervision_decision").items
        self.decision = Segmented(
            [(one.code, f"{n} {one.label}") for n, one in enumerate(codes, start=1)], clearable=True
        )
        self.fields = {
            "number": FieldFrame("页脚的文件编号", self.number),
            "mark": FieldFrame("批注号", self.mark, hint=HELP),
            "text": FieldFrame("意见", self.text, hint="回车记下这一条，Shift+回车换行"),
            "decision": FieldFrame("决定（没有就不选）", self.decision, hint="按数字键选"),
            "due_on": FieldFrame("最晚日期", self.due),
            "supervisor": FieldFrame("督导", self.supervisor),
        }
        EnterKey(self.number).entered.connect(self.look_up)
        self.number.changed.connect(self._other_number)
        EnterKey(self.mark).entered.connect(self._to_text)
        self.mark.left.connect(self._show_mark)
        for control in (self.text, self.decision, self.due, self.supervisor):
            EnterKey(control, breaks=control is self.text).entered.connect(self.keep)

    def _tab_order(self) -> None:
        tab_through((self.number, self.mark, self.text, self.decision, self.due, self.supervisor, self.go))

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        foot.addStretch(1)
        foot.addWidget(button("关闭", on_click=self.reject))
        self.go = button("记下这一条", "primary", "check", self.keep, key="Ctrl+S")
        self.go.setAutoDefault(False)
        foot.addWidget(self.go)
        return foot

    def _say(self, words: str, tone: str = "plain") -> None:
        self.note.setText(words)
        self.note.setProperty("tone", tone)
        self.note.style().polish(self.note)

    def _other_number(self) -> None:
        self.place = None
        self._say(FIRST)

    def look_up(self) -> None:
        """Enter in the number: what it names."""
        desk, number = self._desk, self.number.value()
        self.fields["number"].set_error("")
        jobs.start(
            self,
            lambda _task: supervision_remarks.remark_place(desk, number),
            done=self._know,
            failed=self._unknown,
            key="place",
        )

    def _know(self, place: RemarkPlace) -> None:
        self.place = place
        what = f"给{place.recipient}的督导件" if place.copy and place.recipient else place.title
        self._say(f"{place.case_number}·{place.name}，{what}。", "ok")
        self.due.set_value(days.show_day(place.due_on))
        self.supervisor.set_value(place.recipient)
        self.mark.setEnabled(place.copy)
        (self.mark if place.copy else self.text).setFocus()

    def _unknown(self, problem: BaseException) -> None:
        if isinstance(problem, AppError):
            self.fields["number"].refuse(f"{problem.message}{problem.hint or ''}")
        else:
            messages.show_problem(problem, self)

    def _show_mark(self) -> None:
        """Where the mark leads, said under it."""
        number = tidy_mark(self.mark.value())
        found = self.place.marks.get(number) if self.place and number is not None else None
        if found:
            self.fields["mark"].set_ok(f"{titled(found.kind)}　{found.sheet}")
        elif self.mark.value().strip() and self.place:
            self.fields["mark"].set_error(supervision_remarks.NO_MARK)
        else:
            self.fields["mark"].set_error("")

    def _to_text(self) -> None:
        self.text.setFocus()

    def keep(self) -> None:
        """Keep this remark, and be ready for the next."""
        place, desk = self.place, self._desk
        if place is None:
            self.look_up()
            return
        for field in self.fields.values():
            field.set_error("")
        typed = RemarkTyped(
            mark=self.mark.value(),
            text=self.text.value(),
            decision=str(self.decision.value() or ""),
            due_on=self.due.value(),
            supervisor=self.supervisor.value(),
        )
        self.go.set_busy("正在保存")
        jobs.start(
            self,
            lambda _task: supervision_remarks.enter_remark(desk, place, typed),
            done=self._kept,
            failed=self._refused,
        )

    def _kept(self, saved: Saved) -> None:
        self.go.set_busy("")
        self.count += 1
        self._say(NEXT.format(self.count), "ok")
        for control in (self.mark, self.text):
            control.set_value("")
        self.decision.set_value(None)
        self.fields["mark"].set_error("")
        (self.mark if self.mark.isEnabled() else self.text).setFocus()
        offer_undo(self._owner, self._desk, self._told, f"督导意见已记下。{CAN_UNDO}", saved.changes.edit)

    def _refused(self, problem: BaseException) -> None:
        self.go.set_busy("")
        show_refusal(problem, self.fields, self)


def enter_remarks(owner: QWidget, desk: Desk, told: Told, number: str = "") -> None:
    """Type remarks in, one after another."""
    dialog = RemarkDialog(owner, desk, told, number)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
