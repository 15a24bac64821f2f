"""A page of paper on its grey ground, with what was looked for marked on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from sgz_desktop.gui.theme import C, px
from sgz_desktop.gui.widgets.pdf_text import Box

MARGIN = 16
_FOUND, _CURRENT = QColor("#FFE58A"), QColor("#FFB347")


class PdfSheet(QWidget):
    """An old drawing is stretched until the new one is there."""

    def __init__(self) -> None:
        super().__init__()
        self._picture: QImage | None = None
        self._paper, self._points = QSize(1, 1), 1.0
        self._marks: list[list[Box]] = []
        self._current = -1

    def show_paper(self, paper: QSize, points: float) -> None:
        """Take the size of a page: logical pixels, and its width in points."""
        self._paper, self._points = paper, points
        self.setMinimumSize(paper.width() + 2 * px(MARGIN), paper.height() + 2 * px(MARGIN))
        self.update()

    def show_picture(self, picture: QImage | None) -> None:
        """Show a drawing; None = blank paper."""
        self._picture = picture
        self.update()

    def show_marks(self, marks: Sequence[list[Box]], current: int = -1) -> None:
        """Mark what was found: a list of boxes each, and which of them is the one in turn."""
        self._marks, self._current = list(marks), current
        self.update()

    @property
    def picture(self) -> QImage | None:
        """The drawing on show, None while it is being made."""
        return self._picture

    @property
    def marks(self) -> list[list[Box]]:
        """What is marked on the page in front."""
        return self._marks

    def place_of_current(self) -> QRect | None:
        """Where the mark in turn stands, in pixels of this widget; None without one."""
        if not 0 <= self._current < len(self._marks) or not self._marks[self._current]:
            return None
        return self._on_screen(self._marks[self._current][0]).toAlignedRect()

    def _on_screen(self, box: Box) -> QRectF:
        scale, paper = self._paper.width() / self._points, self._rect()
        wide, high = (box.right - box.left) * scale, (box.bottom - box.top) * scale
        return QRectF(paper.left() + box.left * scale, paper.top() + box.top * scale, wide, high)

    def _rect(self) -> QRectF:
        left = (self.width() - self._paper.width()) // 2
        return QRectF(left, px(MARGIN), self._paper.width(), self._paper.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        rect = self._rect()
        painter.fillRect(rect, QColor(C.surface))
        if self._picture is not None:
            painter.drawImage(rect, self._picture)
        self._paint_marks(painter)
        painter.setPen(QPen(QColor(C.button), 1))
        painter.drawRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5))

    def _paint_marks(self, painter: QPainter) -> None:
        """Like a marker pen; the one in turn has a frame too, so that it is told without colour."""
        for number, boxes in enumerate(self._marks):
            current = number == self._current
            for place in (self._on_screen(box).adjusted(-1, -1, 1, 1) for box in boxes):
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
                painter.fillRect(place, _CURRENT if current else _FOUND)
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
                if current:
                    painter.setPen(QPen(QColor(C.warn), 2))
                    painter.drawRect(place)
