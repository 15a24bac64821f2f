"""The unlock page: who is at the desk, and their 密码. Imports only PySide6 and errors, so it is quick."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from sgz_desktop.errors import AppError
from sgz_desktop.gui import jobs
from sgz_desktop.gui.theme import C, Space, px
from sgz_desktop.gui.type_sized import TypeSized
from sgz_desktop.gui.widgets.avatar import Mark
from sgz_desktop.gui.widgets.buttons import button, link
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.hills import paint_hills
from sgz_desktop.gui.widgets.labels import IconLabel, label, paragraph
from sgz_desktop.gui.widgets.line_edit import PasswordEdit
from sgz_desktop.gui.widgets.worker_row import Worker, WorkerRow

DRAFT_NOTICE = "上次锁定前写到一半的内容已存好，解锁后可接着写。"
CAPS_NOTICE = "大写锁定键已打开。"
_LOW = 690
_LOOK_MS = 1000
_PLAIN_NEED, _ROW_NEED = 420, 54


class UnlockInfo(NamedTuple):
    """What the page shows before anything is open."""

    station: str
    workers: tuple[Worker, ...]
    last: str = ""
    has_draft: bool = False
    practice: bool = False


class UnlockPage(TypeSized):
    """`unlock(worker key, 密码)` runs off the GUI thread and returns what `unlocked` says; AppError = wrong
    密码 or a store in use. `refusal()` says why no try may be made now, None when one may; it is quick.
    `forgot` and `use_card` ask the composition root for the next page."""

    unlocked = Signal(object)
    forgot = Signal()
    use_card = Signal()

    def __init__(
        self,
        info: UnlockInfo,
        unlock: Callable[[str, str], Any],
        refusal: Callable[[], AppError | None] = lambda: None,
    ) -> None:
        super().__init__()
        self._info, self._unlock, self._refusal = info, unlock, refusal
        self._clock = QTimer(self, interval=_LOOK_MS)
        self._clock.timeout.connect(self.look_again)
        self.setWindowTitle(f"{info.station}·解锁")
        room = self.screen().availableGeometry()
        self.resize(min(1024, room.width()), room.height())  # as it will be shown, so it is built once
        self._chosen = info.last
        self._low, self._scrolls = self._room()
        self.build()

    def build(self) -> None:
        """Make the page's parts at the type size in force, keeping who was chosen and what was typed."""
        typed = self.password.value() if self.whole else ""
        column = self.begin()
        column.setSpacing(0)
        body = self._make_body(column)
        body.addStretch(1)
        body.addWidget(self._make_head(), 0, Qt.AlignmentFlag.AlignHCenter)
        body.addSpacing(px(10 if self._low else 18))
        body.addWidget(self._make_card(), 0, Qt.AlignmentFlag.AlignHCenter)
        body.addStretch(1)
        column.addWidget(self._make_foot())
        self.stand()
        self.password.setText(typed)
        self.password.setFocus()
        if self._clock.isActive():
            self.look_again()

    def look_again(self) -> None:
        """May a try be made? While not, the field rests and the line under it says how long still. Asked by
        the composition root once the page stands, and by the page after each try."""
        refused = self._refusal()
        if refused is not None:
            self._clock.start()
            self._rest(str(refused))
        elif self._clock.isActive():
            self._clock.stop()
            self._wake()

    def _rest(self, says: str) -> None:
        """The keyboard goes to the worker meanwhile, so that it is never nowhere."""
        if self.password.isEnabled():
            self.password.clear()
            next(row for row in self.rows if row.isChecked()).setFocus()
            self.password.setEnabled(False)
            self.go.setEnabled(False)
        if self.field.message() != says:
            self.field.set_warning(says)
            for row in self.rows:
                row.setAccessibleDescription(says)

    def _wake(self) -> None:
        for row in self.rows:
            row.setAccessibleDescription("")
        self.field.set_error("")
        self.password.setEnabled(True)
        self.go.setEnabled(True)
        self.password.setFocus()

    def _make_body(self, column: QVBoxLayout) -> QVBoxLayout:
        """Where head and card go: they scroll only where they would not fit."""
        if not self._scrolls:
            body = QVBoxLayout()
            column.addLayout(body, 1)
            return body
        from sgz_desktop.gui.widgets.scroll import Scroll

        scroll = Scroll()
        column.addWidget(scroll, 1)
        return scroll.body

    def _make_head(self) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, px(6 if self._low else 16), 0, 0)
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
        card = Card(margin=22 if self._low else 28)
        card.setFixedWidth(px(460))
        card.body.setSpacing(px(Space.S))
        card.add(label("由谁使用", "second", "plain"))
        self.rows = [WorkerRow(worker, low=self._low) for worker in self._info.workers]
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
        row.addWidget(self.make_sizes())
        return foot

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
            from sgz_desktop.gui import messages  # only now: dialogs are not needed to show the page

            messages.show_problem(problem, self)
        self.password.setFocus()
        self.password.selectAll()
        self.look_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._room() != (self._low, self._scrolls) and self.isVisible():
            self._low, self._scrolls = self._room()
            self.build()

    def _room(self) -> tuple[bool, bool]:
        """Is the page low, and too low for its parts to stand without scrolling?"""
        need = px(_PLAIN_NEED + _ROW_NEED * len(self._info.workers))
        return self.height() < px(_LOW), self.height() < need

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(C.canvas))
        paint_hills(painter, self.size())


def caps_lock_on() -> bool:
    """The caps lock key is on, where the system tells (Windows)."""
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.user32.GetKeyState(0x14) & 1)
    return False
