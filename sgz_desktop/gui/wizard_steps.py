"""The steps of the first-run wizard; each asks for one thing and says what is amiss under its field."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.big_choice import BigChoice
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import LineEdit, PasswordEdit


class Step(QWidget):
    """One page of the wizard: `submit` checks, then emits `done`; `forward` is its button, "" = none."""

    title = ""
    second = ""
    forward = "下一步"
    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(px(Space.S))

    def enter(self) -> None:
        """The step comes to the front."""

    def submit(self) -> None:
        """Check what was given and go on."""
        self.done.emit()


class StartStep(Step):
    """新建社工站, 加入已有社工站, 练习站 or 从备份恢复."""

    title, second, forward = "开始使用", "第一次在这台电脑上使用，请选一种开始方式。", ""
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        ways = [
            ("new", "heart", "新建社工站", "本站第一台电脑，从空白开始登记"),
            ("join", "usb", "加入已有社工站", "站里已有电脑在用，这是再加的一台"),
            ("practice", "book", "打开练习站", "人和事都是编的，可以随意试"),
            ("restore", "disk", "从备份恢复", "换了电脑，或原来的资料打不开了"),
        ]
        self.ways: dict[str, BigChoice] = {}
        for key, icon, title, says in ways:
            way = BigChoice(icon, title, says)
            way.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            self.ways[key] = way
            self.column.addWidget(way)

    def enter(self) -> None:
        self.ways["new"].setFocus()


class NamesStep(Step):
    """Names of the station and of the person at the desk."""

    title, second = "本站和本人", "这两项会印在文书上，请写全。"

    def __init__(self) -> None:
        super().__init__()
        self.station, self.worker = LineEdit(), LineEdit()
        self._station = FieldFrame(
            "社工站名称", self.station, required=True, hint="写全称，例如柳溪镇社会工作服务站。"
        )
        self._worker = FieldFrame("本人姓名", self.worker, required=True, hint="同事可以在设置里添加。")
        for field in (self._station, self._worker):
            self.column.addWidget(field)
            field.control.returnPressed.connect(self.submit)

    def enter(self) -> None:
        (self.worker if self.station.value().strip() else self.station).setFocus()

    def submit(self) -> None:
        for field, says in ((self._worker, "请填本人姓名。"), (self._station, "请填社工站名称。")):
            empty = not field.control.value().strip()
            field.set_error(says if empty else "")
            if empty:
                field.control.setFocus()
        if self.station.value().strip() and self.worker.value().strip():
            self.done.emit()


class PassphraseStep(Step):
    """密码 twice, with the checker's sentence while typing."""

    title, second = "设一个密码", "至少12个字，可以是一句自己记得住的话。密码不会存在任何地方。"

    def __init__(self, check: Callable[[str], str]) -> None:
        super().__init__()
        self._check = check
        self.first, self.again = PasswordEdit(), PasswordEdit()
        self._first = FieldFrame("密码", self.first, required=True, note="按住眼睛图标可查看")
        self._again = FieldFrame("再输一次", self.again, required=True)
        for field in (self._first, self._again):
            self.column.addWidget(field)
            field.control.returnPressed.connect(self.submit)
        self.column.addWidget(Band("忘记密码时，只有下一步的恢复卡能打开资料。", "plain"))
        self.first.changed.connect(self._typed)
        self.again.changed.connect(self._typed)

    def enter(self) -> None:
        self.first.setFocus()

    def _typed(self) -> None:
        says = self._check(self.first.value()) if self.first.value() else ""
        if self.first.value() and not says:
            self._first.set_ok("可以用。")
        else:
            self._first.set_error("")
            self._first.set_hint(says)
        if self.first.value().startswith(self.again.value()):
            same = bool(self.again.value()) and self.first.value() == self.again.value()
            self._again.set_ok("两次一样。" if same else "")
        else:
            self._again.set_error("两次输入的不一样，请核对。")

    def submit(self) -> None:
        if says := self._check(self.first.value()):
            self._first.set_error(says)
            self.first.setFocus()
        elif self.first.value() != self.again.value():
            self._again.set_error("两次输入的不一样，请核对。")
            self.again.setFocus()
        else:
            self.done.emit()
