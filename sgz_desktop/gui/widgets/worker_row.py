"""A worker to press on the unlock page, instead of a name to type."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from sgz_desktop.gui import icons
from sgz_desktop.gui.theme import C, Space, px
from sgz_desktop.gui.widgets.avatar import Avatar
from sgz_desktop.gui.widgets.labels import label
from sgz_desktop.gui.widgets.stepped_button import SteppedButton


class Worker(NamedTuple):
    """Someone who may unlock: `key` is handed back to `unlock`."""

    key: str
    name: str
    role: str = ""


class WorkerRow(SteppedButton):
    """A worker to press; ↑↓ move among them."""

    def __init__(self, worker: Worker, *, low: bool = False) -> None:
        super().__init__()
        self.worker, self._low = worker, low
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setText(worker.name)
        self.setAccessibleName("，".join(p for p in (worker.name, worker.role) if p))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._avatar = Avatar(worker.name, 32 if low else 40)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(13), 0, px(16), 0)
        row.setSpacing(px(12))
        row.addWidget(self._avatar)
        words = QHBoxLayout() if low else QVBoxLayout()
        words.setSpacing(px(Space.S) if low else 0)
        if not low:
            words.addStretch(1)
        words.addWidget(label(worker.name, "name"))
        if worker.role:
            words.addWidget(label(worker.role, "second", "plain"))
        words.addStretch(1)
        row.addLayout(words, 1)
        self.toggled.connect(lambda on: self._avatar.set_name(worker.name, strong=on))

    def sizeHint(self) -> QSize:
        return QSize(px(300), px(44 if self._low else 60))

    def nextCheckState(self) -> None:
        self.setChecked(True)

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
