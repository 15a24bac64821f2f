"""督导件: who it is for, what they are asked, and the password it opens with, told once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import copy_locks, supervision_copy
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.supervision_copy import CopyStart, CopyWish
from sgz_desktop.gui import jobs
from sgz_desktop.gui.dialogs.frame import begun, foot
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import LineEdit, PasswordEdit, TextArea, Tick
from sgz_desktop.gui.widgets.labels import paragraph
from sgz_desktop.gui.widgets.segmented import Segmented

TITLE = "督导件"
ABOUT = "姓名改成姓和“某”，证件、电话、住址、单位都隐去。"
ONCE = "只显示这一次。请记下，打电话告诉督导，不和文件一起发。"
PLAIN = "不加密保存（谁拿到都能打开）"
Done = Callable[[str, str, str], None]
"""(who it is for, password or '' for none, what they are asked to decide)"""


class SupervisionDialog(QDialog):
    """`done(whom, password, question)` once they can be taken."""

    def __init__(self, owner: QWidget, whom: str, done: Done, question: str = "") -> None:
        super().__init__(owner.window())
        self._done = done
        column = begun(self, TITLE, 540)
        column.addWidget(paragraph(ABOUT, "body", "plain"))
        self.whom = LineEdit("例如苏明远")
        self.whom.set_value(whom)
        self.whom_field = FieldFrame("给哪位督导", self.whom, required=True)
        self.question = TextArea("例如：是否同意6月底结案", lines=1, most=3)
        self.question.set_value(question)
        self.question_field = FieldFrame("需要督导决定", self.question, hint="一行一件，印在督导速览最前面")
        self.way = Segmented([("made", "生成一个密码"), ("own", "自己定密码")], "made")
        self.way.changed.connect(self._turn)
        column.addWidget(self.whom_field)
        column.addWidget(self.question_field)
        column.addWidget(FieldFrame("打开时的密码", self.way))
        column.addWidget(self._made())
        column.addWidget(self._own())
        self.plain = Tick(PLAIN)
        self.plain.changed.connect(self._turn)
        column.addWidget(self.plain)
        self.go = button("生成", "primary", on_click=self.submit, key="Ctrl+S")
        column.addLayout(foot(self, self.go))
        self._turn()
        (self.question if whom else self.whom).setFocus()

    def _made(self) -> QWidget:
        self.made_place = QWidget()
        column = QVBoxLayout(self.made_place)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        self.made = LineEdit()
        self.made.setReadOnly(True)
        self.made.set_value(copy_locks.spoken_password())
        self.another = button("换一个", on_click=self._renew, small=True)
        row.addWidget(self.made, 1)
        row.addWidget(self.another, 0, Qt.AlignmentFlag.AlignVCenter)
        self.made.setAccessibleName("生成的密码")
        self.made.setAccessibleDescription(ONCE)
        column.addLayout(row)
        column.addWidget(paragraph(ONCE, "second", "plain"))
        return self.made_place

    def _own(self) -> QWidget:
        self.own_place = QWidget()
        row = QHBoxLayout(self.own_place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(Space.M))
        self.first, self.again = PasswordEdit(), PasswordEdit()
        self.first_field = FieldFrame(
            "密码", self.first, hint=f"至少{copy_locks.LEAST}个汉字，或{copy_locks.LEAST_LATIN}个字母"
        )
        self.again_field = FieldFrame("再输一次", self.again)
        for field in (self.first_field, self.again_field):
            row.addWidget(field, 1)
        return self.own_place

    def _renew(self) -> None:
        self.made.set_value(copy_locks.spoken_password())

    def _turn(self) -> None:
        plain, own = self.plain.value(), self.way.value() == "own"
        self.way.setEnabled(not plain)
        self.made_place.setVisible(not plain and not own)
        self.own_place.setVisible(not plain and own)
        self.adjustSize()

    def submit(self) -> None:
        """Check both, then hand them over."""
        self.whom_field.set_error("")
        self.first_field.set_error("")
        whom = self.whom.value().strip()
        if not whom:
            self.whom_field.refuse("请写明给哪位督导。")
            return
        password = self._password()
        if password is not None:
            self.accept()
            self._done(whom, password, self.question.value().strip())

    def _password(self) -> str | None:
        """What was typed or made up, '' without one; None where it cannot be taken."""
        if self.plain.value():
            return ""
        if self.way.value() != "own":
            return self.made.value()
        if sentence := copy_locks.refused(self.first.value(), self.again.value(), (self.whom.value(),)):
            self.first_field.refuse(sentence)
            return None
        return self.first.value()


def ask_supervision(
    owner: QWidget, desk: Desk, case: str, done: Callable[[CopyStart, CopyWish, str], None]
) -> None:
    """Show the dialog for a case over the window of `owner`; `done(start, wish, password)`."""

    def show(start: CopyStart) -> None:
        def chosen(whom: str, password: str, question: str) -> None:
            done(start, CopyWish(whom, question), password)

        dialog = SupervisionDialog(owner, next(iter(start.recipients), ""), chosen, start.question)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    jobs.start(owner, lambda _task: supervision_copy.copy_start(desk, case), done=show, key="copy")
