"""The unlock page: who is at the desk, and their 密码. Imports only PySide6 and errors, so it stands quickly."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from sgz_desktop.errors import AppError
from sgz_desktop.gui import icons, jobs, messages, theme
from sgz_desktop.gui.theme import SCALES, C, Space, px
from sgz_desktop.gui.widgets.avatar import Avatar, Mark
from sgz_desktop.gui.widgets.buttons import button, link
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.hills import paint_hills
from sgz_desktop.gui.widgets.inputs import PasswordEdit
from sgz_desktop.gui.widgets.labels import IconLabel, label, paragraph
from sgz_desktop.gui.widgets.scroll import Scroll
from sgz_desktop.gui.widgets.segmented import Segmented

DRAFT_NOTICE = "上次锁定前写到一半的内容已存好，解锁后可接着写。"
CAPS_NOTICE = "大写锁定键已打开。"


@dataclass(frozen=True)
class Worker:
    """Someone who may unlock: `key` is handed back to `unlock`."""

    key: str
    name: str
    role: str = ""


@dataclass(frozen=True)
class UnlockInfo:
    """What the page shows before anything is open."""

    station: str
    workers: tuple[Worker, ...]
    last: str = ""
    has_draft: bool = False
    practice: bool = False


class WorkerRow(QAbstractButton):
    """A worker to press; ↑↓ move among them."""

    stepped = Signal(int)

    def __init__(self, worker: Worker) -> None:
        super().__init__()
        self.worker = worker
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setText(worker.name)
        self.setAccessibleName("，".join(p for p in (worker.name, worker.role) if p))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._avatar = Avatar(worker.name, 40)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(13), 0, px(16), 0)
        row.setSpacing(px(12))
        row.addWidget(self._avatar)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(label(worker.name, "name"))
        if worker.role:
            words.addWidget(label(worker.role, "second", "plain"))
        words.addStretch(1)
        row.addLayout(words, 1)
        self.toggled.connect(lambda on: self._avatar.set_name(worker.name, strong=on))

    def sizeHint(self) -> QSize:
        return QSize(px(300), px(60))

    def nextCheckState(self) -> None:
        self.setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self.stepped.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, half = self.isChecked(), 1 if self.isChecked() or self.hasFocus() else 0.5
        painter.setPen(QPen(QColor(C.brand if on or self.hasFocus() else C.line), half * 2))
        painter.setBrush(QColor(C.tint if on else C.canvas if self.underMouse() else C.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), px(8), px(8))
        if on:
            side = px(18)
            icons.paint(
                painter,
                "check",
                QRectF(self.width() - px(34), (self.height() - side) / 2, side, side),
                "hover",
            )


class UnlockPage(QWidget):
    """`unlock(worker key, 密码)` runs off the GUI thread and returns what `unlocked` carries; AppError = wrong 密码 or
    a store in use. `forgot` and `use_card` ask the composition root for the next page."""

    unlocked = Signal(object)
    forgot = Signal()
    use_card = Signal()
    scale_chosen = Signal(float)

    def __init__(self, info: UnlockInfo, unlock: Callable[[str, str], Any]) -> None:
        super().__init__()
        self._info, self._unlock = info, unlock
        self.setWindowTitle(f"{info.station}·解锁")
        self.resize(1024, 640)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._whole: QWidget | None = None
        self._chosen = info.last
        self.build()

    def build(self) -> None:
        """Make the page's parts at the type size in force, keeping who was chosen and what was typed."""
        typed = self.password.value() if self._whole else ""
        if self._whole:
            self._outer.removeWidget(self._whole)
            self._whole.deleteLater()
        self._whole = QWidget()
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        scroll = Scroll()
        scroll.body.addStretch(1)
        scroll.body.addWidget(self._make_head(), 0, Qt.AlignmentFlag.AlignHCenter)
        scroll.body.addSpacing(px(18))
        scroll.body.addWidget(self._make_card(), 0, Qt.AlignmentFlag.AlignHCenter)
        scroll.body.addStretch(1)
        column.addWidget(scroll, 1)
        column.addWidget(self._make_foot())
        self._outer.addWidget(self._whole)
        self.password.setText(typed)
        self.password.setFocus()

    def _make_head(self) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, px(16), 0, 0)
        row.setSpacing(px(14))
        row.addWidget(Mark(44))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(self._info.station, "title"))
        words.addWidget(
            label("练习站：人和事都是编的" if self._info.practice else "个案与走访工作台", "second", "plain")
        )
        row.addLayout(words)
        return head

    def _make_card(self) -> QWidget:
        card = Card(margin=28)
        card.setFixedWidth(px(460))
        card.body.setSpacing(px(Space.S))
        card.add(label("由谁使用", "second", "plain"))
        self.rows = [WorkerRow(worker) for worker in self._info.workers]
        for row in self.rows:
            card.add(row)
            row.clicked.connect(lambda _=False, row=row: self._choose(row, go_on=True))
            row.stepped.connect(lambda step, row=row: self._step(row, step))
        self._choose(next((r for r in self.rows if r.worker.key == self._chosen), self.rows[0]))
        card.body.addSpacing(px(Space.S))
        self.password = PasswordEdit()
        self.field = FieldFrame("密码", self.password, note="按住眼睛图标可查看")
        self.password.returnPressed.connect(self.submit)
        self.password.textEdited.connect(lambda _text: self._typed())
        card.add(self.field)
        card.add(self._make_notice())
        self.go = button("解锁", "primary", on_click=self.submit, big=True)
        self.go.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        card.add(self.go)
        links = QHBoxLayout()
        links.addWidget(link("忘记密码", self.forgot.emit))
        links.addStretch(1)
        links.addWidget(link("用恢复卡打开", self.use_card.emit))
        card.add(links)
        return card

    def _make_notice(self) -> QWidget:
        self.notice = QWidget()
        row = QHBoxLayout(self.notice)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(Space.S))
        row.addWidget(IconLabel("check", "ok", 16))
        row.addWidget(paragraph(DRAFT_NOTICE, "second", "plain"), 1)
        self.notice.setVisible(self._info.has_draft)
        return self.notice

    def _make_foot(self) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(px(28), px(Space.S), px(28), px(20))
        row.setSpacing(px(Space.S))
        row.addWidget(IconLabel("disk", "text2", 18))
        row.addWidget(paragraph("资料加密保存在这台电脑上，不连网也能正常使用。", "body", "plain"), 1)
        row.addWidget(label("字号", "body", "plain"))
        self.sizes = Segmented([(scale, words) for words, scale in SCALES], theme.scale())
        self.sizes.setAccessibleName("字号")
        self.sizes.changed.connect(self._resize_type)
        row.addWidget(self.sizes)
        return foot

    def _resize_type(self) -> None:
        scale = self.sizes.value()
        if isinstance(scale, float):
            theme.apply(QApplication.instance(), scale)
            self.build()
            self.sizes.setFocus()
            self.scale_chosen.emit(scale)

    def _choose(self, chosen: WorkerRow, *, go_on: bool = False) -> None:
        self._chosen = chosen.worker.key
        for row in self.rows:
            row.setChecked(row is chosen)
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if row is chosen else Qt.FocusPolicy.ClickFocus)
        if go_on:
            self.password.setFocus()

    def _step(self, row: WorkerRow, step: int) -> None:
        number = min(max(self.rows.index(row) + step, 0), len(self.rows) - 1)
        self._choose(self.rows[number])
        self.rows[number].setFocus(Qt.FocusReason.TabFocusReason)

    def _typed(self) -> None:
        if self.field.state == "error":
            self.field.set_error("")
        self.field.set_hint(CAPS_NOTICE if caps_lock_on() else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_CapsLock:
            self._typed()
        super().keyPressEvent(event)

    def submit(self) -> None:
        """Try the 密码 off the GUI thread; a second press meanwhile does nothing."""
        if not self.go.isEnabled():
            return
        if not self.password.value():
            self.field.set_error("请输入密码。")
            self.password.setFocus()
            return
        worker, text = self._chosen, self.password.value()
        self.field.set_error("")
        self._busy(True)
        jobs.start(self, lambda _task: self._unlock(worker, text), done=self._opened, failed=self._refused)

    def _busy(self, busy: bool) -> None:
        self.go.set_busy("正在解锁" if busy else "")
        self.password.setReadOnly(busy)
        self.sizes.setEnabled(not busy)
        for row in self.rows:
            row.setEnabled(not busy)

    def _opened(self, result: Any) -> None:
        self._busy(False)
        self.password.clear()
        self.unlocked.emit(result)

    def _refused(self, problem: BaseException) -> None:
        self._busy(False)
        if isinstance(problem, AppError):
            caps = CAPS_NOTICE if caps_lock_on() else ""
            self.field.set_error(str(problem) + caps)
        else:
            messages.show_problem(problem, self)
        self.password.setFocus()
        self.password.selectAll()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(C.canvas))
        paint_hills(painter, self.size())


def caps_lock_on() -> bool:
    """The caps lock key is on, where the system tells (Windows)."""
    if sys.platform == "win32":
        return bool(ctypes.windll.user32.GetKeyState(0x14) & 1)
    return False
