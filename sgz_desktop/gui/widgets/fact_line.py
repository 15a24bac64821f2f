"""A line of a list that only tells: icon, bold words, grey ones, a badge and perhaps a button at the end."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.gui.theme import C, Space, px
from sgz_desktop.gui.widgets.badge import Badge
from sgz_desktop.gui.widgets.labels import IconLabel, paragraph


class FactLine(QWidget):
    """Words wrap and are never cut; the grey ones stand under the bold. The keyboard comes to it, ↑↓ go to
    the line before and after, so that a long list can be read without a mouse."""

    def __init__(
        self,
        icon: tuple[str, str],
        words: str,
        second: str = "",
        badge: tuple[str, str] | None = None,
        action: QWidget | None = None,
    ) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(Space.XS), px(6), px(Space.XS), px(6))
        row.setSpacing(px(10))
        row.addWidget(IconLabel(icon[0], icon[1], 18), 0, Qt.AlignmentFlag.AlignTop)
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(paragraph(words, "body_bold"))
        if second:
            text.addWidget(paragraph(second, "second", "plain"))
        row.addLayout(text, 1)
        if badge:
            row.addWidget(Badge(*badge), 0, Qt.AlignmentFlag.AlignVCenter)
        if action:
            row.addWidget(action, 0, Qt.AlignmentFlag.AlignVCenter)
        parts = (words, badge[0] if badge else "", second)
        self.setAccessibleName("，".join(part for part in parts if part))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(C.brand), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), px(6), px(6))
