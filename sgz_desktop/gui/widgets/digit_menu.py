"""Options under a cell, each chosen by its digit; the keyboard stays where it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from sgz_desktop.domain.visit_slips import Option
from sgz_desktop.gui.theme import C, px
from sgz_desktop.gui.widgets.painted_rows import draw_text, text_width

LINE = 34
MOST_IN_ONE = 5  # options in one column; more stand in two, so that little is covered


class DigitMenu(QWidget):
    """`chosen(code)` when an option is pressed with the mouse; digits are the owner's to read."""

    chosen = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.options: Sequence[Option] = ()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._under = -1
        self.hide()

    def show_under(self, options: Sequence[Option], cell: QRect) -> None:
        """Show options below a cell, given in the window's coordinates, or above where there is no room."""
        self.options, self._under = tuple(options), -1
        size, room = self.sizeHint(), self.parentWidget()
        left = max(min(cell.left(), room.width() - size.width() - px(8)), 0)
        top = cell.bottom() + 3
        if top + size.height() > room.height():
            top = cell.top() - 3 - size.height()
        self.setGeometry(left, max(top, 0), size.width(), size.height())
        self.show()
        self.raise_()
        self.update()

    def _lines(self) -> int:
        """Options in a column."""
        whole = len(self.options)
        return whole if whole <= MOST_IN_ONE else (whole + 1) // 2

    def _wide(self) -> int:
        """A column's width."""
        return round(max((text_width(label) for _, _, label in self.options), default=0)) + px(56)

    def sizeHint(self) -> QSize:
        columns = 1 if len(self.options) <= MOST_IN_ONE else 2
        return QSize(self._wide() * columns + px(10), px(LINE) * self._lines() + px(10))

    def _rect(self, number: int) -> QRectF:
        column, line = divmod(number, max(self._lines(), 1))
        return QRectF(px(5) + column * self._wide(), px(5) + line * px(LINE), self._wide(), px(LINE))

    def _row_at(self, event: QMouseEvent) -> int:
        spots = (
            number for number in range(len(self.options)) if self._rect(number).contains(event.position())
        )
        return next(spots, -1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._under = self._row_at(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if (number := self._row_at(event)) >= 0:
            self.chosen.emit(self.options[number][1])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(C.control), 1))
        painter.setBrush(QColor(C.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(8), px(8))
        for number, (digit, _, label) in enumerate(self.options):
            rect = self._rect(number)
            if number == self._under:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(C.tint))
                painter.drawRoundedRect(rect, px(6), px(6))
            cap = QRectF(rect.left() + px(8), rect.center().y() - px(12), px(24), px(24))
            painter.setPen(QPen(QColor(C.button), 1))
            painter.setBrush(QColor(C.nav))
            painter.drawRoundedRect(cap, px(5), px(5))
            inner = cap.adjusted((cap.width() - text_width(digit, "caption")) / 2, 0, px(4), 0)
            draw_text(painter, inner, digit, "caption")
            draw_text(painter, rect.adjusted(px(42), 0, -px(6), 0), label)
