"""The later steps of the first-run wizard: recovery card, rehearsal, backup, restoring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel

from sgz_desktop.errors import AppError
from sgz_desktop.gui import messages
from sgz_desktop.gui.theme import C, px
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.buttons import button, link
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import LineEdit, PasswordEdit, TextArea
from sgz_desktop.gui.widgets.labels import Elided, label, paragraph, set_tone
from sgz_desktop.gui.wizard_steps import Step

NO_FILE = "还没有选择备份文件"


@dataclass(frozen=True)
class CardText:
    """A recovery card as the wizard shows it; `handle` is the composition root's own object."""

    groups: tuple[str, ...]
    number: str
    handle: object = None


class CardStep(Step):
    """The recovery card: shown, saved as PDF, printed."""

    title, second = "收好恢复卡", "忘记密码时凭它打开资料。请印出或抄下，锁进柜子，不要拍照。"
    forward = "已收好，去核对"
    save = Signal()
    print_out = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setSpacing(px(6))
        self._number = label("", "second", "plain")
        self.column.addLayout(self._grid)
        row = QHBoxLayout()
        row.addWidget(self._number, 1)
        self.save_button = button("存成PDF", icon="save", on_click=self.save.emit, small=True)
        self.print_button = button("打印", icon="print", on_click=self.print_out.emit, small=True)
        row.addWidget(self.save_button)
        row.addWidget(self.print_button)
        self.column.addLayout(row)
        self.said = paragraph("", "second", "ok")
        self.column.addWidget(self.said)

    def show_card(self, card: CardText) -> None:
        """Show a card's groups, numbered."""
        while item := self._grid.takeAt(0):
            item.widget().deleteLater()
        for number, group in enumerate(card.groups):
            self._grid.addWidget(_group(number + 1, group), number // 3, number % 3)
        self._number.setText(f"卡号 {card.number}")
        self.said.setText("")

    def enter(self) -> None:
        (self.save_button if self.print_button.isHidden() else self.print_button).setFocus()


def _group(number: int, text: str) -> QLabel:
    made = label(f"{number}　{text}", "name")
    made.setStyleSheet(f"background: {C.canvas}; border-radius: {px(6)}px; padding: {px(6)}px {px(12)}px;")
    made.setAccessibleName(f"第{number}组，{text}")
    return made


class RehearseStep(Step):
    """The card typed back, so that a slip of the pen is found today and not in an emergency."""

    title, second = "核对恢复卡", "请照着纸上的恢复卡输一遍。空格、横线和大小写都不要紧。"
    forward = "核对"

    def __init__(self, rehearse: Callable[[CardText, str], None]) -> None:
        super().__init__()
        self._rehearse = rehearse
        self.card: CardText | None = None
        self.typed = TextArea("从第1组起，依次输入", lines=3)
        self._field = FieldFrame("恢复卡上的字", self.typed, required=True)
        self.column.addWidget(self._field)
        self.typed.changed.connect(lambda: self._field.set_error(""))

    def enter(self) -> None:
        self.typed.setFocus()

    def submit(self) -> None:
        assert self.card is not None
        try:
            self._rehearse(self.card, self.typed.value())
        except AppError as problem:
            self._field.set_error(str(problem))
            self.typed.setFocus()
            return
        self._field.set_error("")
        self.typed.set_value("")
        self.done.emit()


class BackupStep(Step):
    """The first backup, best to another disk."""

    title, second = "做第一份备份", "资料只存在这台电脑上。请插入移动硬盘或U盘，备份一份放在别处。"
    forward = "选择位置并备份"
    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.column.addWidget(
            Band("备份也是加密的，用本人密码或恢复卡才能打开。", "plain", icon="lock", actions=())
        )
        self.later = link("稍后再备份", self.done.emit)
        self.column.addWidget(self.later, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    def submit(self) -> None:
        if path := messages.ask_save_path(self, "社工站备份.sgzbackup", "备份文件 (*.sgzbackup)"):
            self.picked.emit(path)


class RestoreStep(Step):
    """Which backup, who, and their 密码."""

    title, second = "从备份恢复", "备份文件不会改动；恢复好的资料存到这台电脑上。"
    forward = "恢复"

    def __init__(self) -> None:
        super().__init__()
        self.path: Path | None = None
        row = QHBoxLayout()
        self.chosen = Elided(NO_FILE, "body", "plain")
        row.addWidget(self.chosen, 1)
        row.addStretch(0)
        self.choose = button("选择文件", icon="up", on_click=self._choose, small=True)
        row.addWidget(self.choose)
        self.column.addLayout(row)
        self.worker, self.password = LineEdit(), PasswordEdit()
        self._worker = FieldFrame("本人姓名", self.worker, required=True)
        self.field = FieldFrame("密码", self.password, required=True, hint="做备份时的密码；也可以输恢复卡。")
        for frame in (self._worker, self.field):
            self.column.addWidget(frame)
            frame.control.returnPressed.connect(self.submit)

    def enter(self) -> None:
        self.choose.setFocus()

    def _choose(self) -> None:
        if path := messages.ask_open_path(self, "备份文件 (*.sgzbackup);;所有文件 (*)"):
            self.set_path(path)

    def set_path(self, path: Path) -> None:
        """Take a backup file."""
        self.path = path
        self.chosen.setText(path.name)
        set_tone(self.chosen, "plain")
        self.worker.setFocus()

    def submit(self) -> None:
        if self.path is None:
            self.chosen.setText("请先选择备份文件。")
            set_tone(self.chosen, "danger")
            self.choose.setFocus()
        elif not self.password.value():
            self.field.set_error("请输入密码，或恢复卡上的字。")
            self.password.setFocus()
        else:
            self.field.set_error("")
            self.done.emit()
