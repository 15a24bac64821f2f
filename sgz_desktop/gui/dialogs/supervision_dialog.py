"""督导件: who it is for and the password it opens with, made up or one's own, told once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import copies, copy_locks
from sgz_desktop.actions.cases import CasePage
from sgz_desktop.actions.desk import Desk
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import LineEdit, PasswordEdit, Tick
from sgz_desktop.gui.widgets.labels import label, paragraph
from sgz_desktop.gui.widgets.segmented import Segmented

TITLE = "督导件"
ABOUT = "姓名改成姓和“某”，证件、电话、住址、单位都隐去。"
ONCE = "只显示这一次。请记下，打电话告诉督导，不和文件一起发。"
PLAIN = "不加密保存（谁拿到都能打开）"
Done = Callable[[str, str], None]
"""(who it is for, password or '' for none)"""


class SupervisionDialog(QDialog):
    """`done(whom, password)` once both can be taken."""

    def __init__(self, owner: QWidget, whom: str, done: Done) -> None:
        super().__init__(owner.window())
        self._done = done
        self.setWindowTitle(TITLE)
        self.setMinimumWidth(px(540))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(18))
        column.setSpacing(px(Space.S))
        column.addWidget(label(TITLE, "section"))
        column.addWidget(paragraph(ABOUT, "body", "plain"))
        self.whom = LineEdit("例如苏明远")
        self.whom.set_value(whom)
        self.whom_field = FieldFrame("给哪位督导", self.whom, required=True, hint="印在每页水印和页脚里")
        self.way = Segmented([("made", "生成一个密码"), ("own", "自己定密码")], "made")
        self.way.changed.connect(self._turn)
        column.addWidget(self.whom_field)
        column.addWidget(FieldFrame("打开时的密码", self.way))
        column.addWidget(self._made())
        column.addWidget(self._own())
        self.plain = Tick(PLAIN)
        self.plain.changed.connect(self._turn)
        column.addWidget(self.plain)
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        foot.addStretch(1)
        foot.addWidget(button("返回", on_click=self.reject))
        self.go = button("生成", "primary", on_click=self.submit, key="Ctrl+S")
        foot.addWidget(self.go)
        column.addLayout(foot)
        self._turn()
        self.whom.setFocus()

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
        column = QVBoxLayout(self.own_place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.S))
        self.first, self.again = PasswordEdit(), PasswordEdit()
        self.first_field = FieldFrame("密码", self.first, hint=f"至少{copy_locks.LEAST}个字")
        self.again_field = FieldFrame("再输一次", self.again)
        column.addWidget(self.first_field)
        column.addWidget(self.again_field)
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
            self._done(whom, password)

    def _password(self) -> str | None:
        """What was typed or made up, '' without one; None where it cannot be taken."""
        if self.plain.value():
            return ""
        if self.way.value() != "own":
            return self.made.value()
        if sentence := copy_locks.refused(self.first.value(), self.again.value()):
            self.first_field.refuse(sentence)
            return None
        return self.first.value()


def ask_supervision(owner: QWidget, whom: str, done: Done) -> SupervisionDialog:
    """Show the dialog over the window of `owner`."""
    dialog = SupervisionDialog(owner, whom, done)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def supervision_view(desk: Desk, page: CasePage, whom: str, password: str, facts: str) -> PaperView:
    """The copy, to be printed, or saved under its password."""
    case = page.form.id
    told = f"{page.form.values.get('number') or ''}-{copies.FIRST_SUPERVISION}"
    view = PaperView(
        TITLE,
        facts,
        f"{told}-{desk.today()}.pdf",
        lambda progress: copies.print_supervision(desk, case, whom, progress=progress),
        lambda: copies.unprintable_copy(desk, case, whom, release=False),
    )
    title = f"{TITLE} {told}"
    if password:
        view.head.set_facts(f"{facts}·保存的PDF要密码才能打开")
        view.pane.finish = lambda data: copy_locks.lock(data, title, password)
    else:
        view.pane.finish = lambda data: copy_locks.cleared(data, title)
    return view
