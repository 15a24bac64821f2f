"""The steps of a computer that joins a station: the invitation compared, who and what it is, the request."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from sgz_desktop.gui import messages
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.fingerprint import Fingerprint
from sgz_desktop.gui.widgets.inputs import LineEdit, Tick
from sgz_desktop.gui.widgets.labels import Elided, paragraph, set_tone
from sgz_desktop.gui.wizard_calls import Invited
from sgz_desktop.gui.wizard_steps import Step

NO_FILE = "还没有选择邀请文件"
KINDS = "社工站邀请文件 (*.sgzjoin);;所有文件 (*)"
COMPARE = "请与邀请的那台电脑的屏幕逐位核对，数字一样才是真的。"
SAME = "已逐位核对，两边的数字一样"
NOT_SAME = "请先与那边的屏幕逐位核对，再打勾。"
REQUEST = "加入申请.sgzrequest"
OTHERS = "站里没有的人，岗位是社工。"


class InvitationStep(Step):
    """`picked(path)`: an invitation file was chosen; `show_invited` shows what it says."""

    title, second = "加入已有社工站", "请在原来的电脑“U盘交换→设备”里写一份邀请，用U盘拿过来。"
    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.invited: Invited | None = None
        row = QHBoxLayout()
        self.chosen = Elided(NO_FILE, "body", "plain")
        row.addWidget(self.chosen, 1)
        row.addStretch(0)
        self.choose = button("选择文件", icon="up", on_click=self._choose, small=True)
        row.addWidget(self.choose)
        self.column.addLayout(row)
        self.about = paragraph("", "body_bold")
        self.compare = paragraph(COMPARE, "body", "plain")
        self.fingerprint, self.same = Fingerprint(), Tick(SAME)
        self.wrong = paragraph("", "body", "danger")
        self._told = (self.about, self.compare, self.fingerprint, self.same)
        for part in (*self._told, self.wrong):
            self.column.addWidget(part)
            part.hide()
        self.column.addStretch(1)

    def enter(self) -> None:
        (self.same if self.invited else self.choose).setFocus()

    def _choose(self) -> None:
        if path := messages.ask_open_path(self, KINDS):
            self.picked.emit(path)

    def show_invited(self, path: Path, invited: Invited) -> None:
        """An invitation was read."""
        self.invited = invited
        self.chosen.setText(path.name)
        set_tone(self.chosen, "plain")
        self.about.setText(f"{invited.station}，本机将是电脑{invited.letter}")
        self.fingerprint.show_digits(invited.fingerprint)
        self.same.set_value(False)
        for part in self._told:
            part.show()
        self.wrong.hide()
        self.same.setFocus()

    def submit(self) -> None:
        if self.invited is None:
            self.chosen.setText("请先选择邀请文件。")
            set_tone(self.chosen, "danger")
            self.choose.setFocus()
        elif not self.same.isChecked():
            self.wrong.setText(NOT_SAME)
            self.wrong.show()
            self.same.setFocus()
        else:
            self.done.emit()


class JoinNamesStep(Step):
    """Who sits at this computer, and what it is called."""

    title, second = "本人和本机", "在站里已有账号的，姓名请写得一样，记录才会记在同一个人名下。"

    def __init__(self) -> None:
        super().__init__()
        self.worker, self.computer = LineEdit(), LineEdit("例如2号机")
        self._worker = FieldFrame("本人姓名", self.worker, required=True)
        self._computer = FieldFrame(
            "这台电脑叫什么", self.computer, required=True, hint="同事看到的名字，不写人名。"
        )
        for field in (self._worker, self._computer):
            self.column.addWidget(field)
            field.control.returnPressed.connect(self.submit)

    def show_invited(self, invited: Invited) -> None:
        """Offer the names of those who are in the station."""
        names = "、".join(invited.workers[:8])
        self._worker.set_hint(f"站里有：{names}。{OTHERS}" if names else OTHERS)

    def enter(self) -> None:
        self.worker.setFocus()

    def submit(self) -> None:
        asked = ((self._computer, "请给这台电脑起个名字。"), (self._worker, "请填本人姓名。"))
        for field, says in asked:
            empty = not field.control.value().strip()
            field.set_error(says if empty else "")
            if empty:
                field.control.setFocus()
        if all(field.control.value().strip() for field, _ in asked):
            self.done.emit()


class RequestStep(Step):
    """Where the request is written; the store is made with it. `picked(path)`."""

    title, second = "写出加入申请", "请存到U盘，拿回原来的电脑，在“U盘交换→设备”里读入。"
    forward = "选择位置并写出"
    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.column.addWidget(Band("申请是加密的，只有邀请的那台电脑打得开。", "plain", icon="lock"))
        self.column.addStretch(1)

    def submit(self) -> None:
        if path := messages.ask_save_path(self, REQUEST, "加入申请 (*.sgzrequest)"):
            self.picked.emit(path)


class JoinedStep(Step):
    """The request is written: its fingerprint for the other screen."""

    title, second = "等对方核对", "请把申请拿回原来的电脑读入，并把下面的数字念给那边听。"
    forward = "打开社工站"

    def __init__(self) -> None:
        super().__init__()
        self.fingerprint = Fingerprint()
        self.column.addWidget(self.fingerprint)
        self.column.addWidget(
            paragraph("那边加入本机后做一次U盘交换，再把U盘拿来，就有资料了。", "body", "plain")
        )
        self.column.addStretch(1)
