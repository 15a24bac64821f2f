"""Base of the small painted plots: rows of equal height, each of which opens its records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip

from sgz_desktop.gui import theme
from sgz_desktop.gui.theme import C, px
from sgz_desktop.gui.widgets.focus_ring import FocusRing
from sgz_desktop.gui.widgets.hovered_rows import HoveredRows

Row = TypeVar("Row")
RING_MOVES = frozenset({QEvent.Type.FocusOut, QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide})


class PaintedRows(HoveredRows, Generic[Row]):
    """Tab enters, ↑↓ move, Enter or a press emits `opened(row number)`; rows spread up to `loose` px. Where
    the mouse rests the whole row is told, since a row may end in …"""

    opened = Signal(int)

    def __init__(self, name: str, row_height: int, loose: int = 0) -> None:
        super().__init__()
        self.rows: Sequence[Row] = ()
        self._at, self._name = -1, name
        self._least, self._most = row_height, max(row_height, loose)
        self._ring: FocusRing | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(name)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.rows = tuple(rows)
        self._at = min(self._at, len(self.rows) - 1)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if self.rows else Qt.FocusPolicy.NoFocus)
        self.setAccessibleDescription("；".join(self.words(row) for row in self.rows))
        self.updateGeometry()
        self.update()
        self._show_ring()

    def words(self, row: Row) -> str:
        """A row in words, for the accessible description."""
        raise NotImplementedError

    def paint_row(self, painter: QPainter, row: Row, rect: QRectF) -> None:
        """Paint one row."""
        raise NotImplementedError

    def row_rect(self, number: int) -> QRectF:
        """Where a row stands."""
        height = self.step()
        return QRectF(0, number * height, self.width(), height)

    def step(self) -> float:
        return min(max(self.height() / max(len(self.rows), 1), px(self._least)), px(self._most))

    def take(self, number: int) -> None:
        self.opened.emit(number)

    def sizeHint(self) -> QSize:
        return QSize(px(240), px(self._least) * len(self.rows))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(160), px(self._least) * len(self.rows))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, row in enumerate(self.rows):
            rect = self.row_rect(number)
            if number == self.hovered:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(C.canvas))
                painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), px(6), px(6))
            self.paint_row(painter, row, rect)

    def _show_ring(self) -> None:
        """Round the row the keyboard is on, while it is here."""
        if self.hasFocus() and self._at >= 0 and self.parentWidget():
            self._ring = self._ring or FocusRing(self)
            self._ring.surround(self.row_rect(self._at).toRect())
        elif self._ring:
            self._ring.hide()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in RING_MOVES:
            self._show_ring()
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = self.row_at(event.pos().y())
            QToolTip.showText(event.globalPos(), self.words(self.rows[number]) if number >= 0 else "", self)
        return done

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._at = max(self._at, 0)
        self._show_ring()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self._at = min(max(max(self._at, 0) + step, 0), len(self.rows) - 1)
            self._show_ring()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._at >= 0:
            self.opened.emit(self._at)
        else:
            super().keyPressEvent(event)


def draw_text(
    painter: QPainter, rect: QRectF, text: str, role: str = "body", tone: str = "text", *, right: bool = False
) -> float:
    """One line, ended with … if need be, vertically centred; returns the width it took."""
    face = theme.font(role)
    metrics = QFontMetricsF(face)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(rect.width(), 0))
    painter.setFont(face)
    painter.setPen(theme.colour(tone) if tone != "plain" else QColor(C.text2))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(rect, int(side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)
    return metrics.horizontalAdvance(shown)


def text_width(text: str, role: str = "body") -> float:
    """Logical pixels a line takes."""
    return QFontMetricsF(theme.font(role)).horizontalAdvance(text)


def draw_bar(painter: QPainter, rect: QRectF, colour: str) -> None:
    """A bar with slightly round ends."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    radius = min(px(2.4), rect.height() / 2)
    painter.drawRoundedRect(rect, radius, radius)
