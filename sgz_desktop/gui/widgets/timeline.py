"""The story of a person or a case, newest first: icon, what, when and who, and the first words of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from sgz_desktop.gui import icons, theme
from sgz_desktop.gui.theme import C, px
from sgz_desktop.gui.widgets.badge import badge_width, paint_badge
from sgz_desktop.gui.widgets.painted_rows import draw_bar, draw_text, text_width
from sgz_desktop.gui.widgets.record_list import RecordList
from sgz_desktop.gui.widgets.windowed_model import Fetch, RowRole

_LEFT = 40
_LINE = 22


@dataclass(frozen=True)
class Entry:
    """One entry; `strong` fills its circle (the newest, or one that still needs something)."""

    icon: str
    title: str
    when: str = ""
    who: str = ""
    text: str = ""
    badge: tuple[str, str] | None = None
    strong: bool = False

    def words(self) -> str:
        """The entry as a screen reader says it."""
        parts = (self.title, self.badge[0] if self.badge else "", self.when, self.who, self.text)
        return "，".join(p for p in parts if p)


def wrap_lines(text: str, width: float, most: int, role: str = "body") -> list[str]:
    """At most `most` lines of `text` by Chinese line-break rules, the last ended with … when more is left."""
    face = theme.font(role)
    flat = " ".join(text.split())
    layout = QTextLayout(flat, face)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[str] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        start, rest = line.textStart(), flat[line.textStart() :]
        if len(lines) == most - 1:
            lines.append(QFontMetricsF(face).elidedText(rest, Qt.TextElideMode.ElideRight, width))
            break
        lines.append(flat[start : start + line.textLength()])
    layout.endLayout()
    return lines


class TimelineDelegate(QStyledItemDelegate):
    """Paints an `Entry`; rows are as tall as their words up to `lines` lines."""

    def __init__(self, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = lines

    def height(self, row: Entry | None, width: int) -> int:
        """How tall an entry stands in a list `width` wide."""
        count = 1 if row is None else max(len(wrap_lines(row.text, width - px(_LEFT) - px(2), self.lines)), 1)
        return px(34) + (count if self.lines > 1 else 1) * px(_LINE)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(C.canvas))
            painter.drawRoundedRect(rect, px(8), px(8))
        row = index.data(RowRole)
        if row is None:
            draw_bar(painter, QRectF(rect.left() + px(_LEFT), rect.top() + px(9), px(140), px(11)), C.track)
        else:
            self._circle(painter, rect, row)
            self._words(painter, rect, row)
        view = option.widget
        if option.state & QStyle.StateFlag.State_HasFocus and isinstance(view, RecordList) and view.keyed:
            painter.setPen(QPen(QColor(C.brand), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), px(8), px(8))
        painter.restore()

    def _circle(self, painter: QPainter, rect: QRectF, row: Entry) -> None:
        centre, radius = QPointF(rect.left() + px(15), rect.top() + px(18)), px(14)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(C.brand if row.strong else C.tint))
        painter.drawEllipse(centre, radius, radius)
        side = px(16)
        box = QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)
        icons.paint(painter, row.icon, box, "on_brand" if row.strong else "brand")

    def _words(self, painter: QPainter, rect: QRectF, row: Entry) -> None:
        line = QRectF(rect.left() + px(_LEFT), rect.top() + px(6), rect.width() - px(_LEFT) - px(2), px(24))
        badge = badge_width(row.badge[0]) + px(8) if row.badge else 0
        end = "·".join(p for p in (row.when, row.who) if p)
        if text_width(row.title, "body_bold") + badge + text_width(end, "second") + px(10) > line.width():
            end = row.when  # what it was matters more than who wrote it
        taken_right = text_width(end, "second") + px(10)
        draw_text(painter, line, end, "second", "plain", right=True)
        taken = draw_text(painter, line.adjusted(0, 0, -taken_right - badge, 0), row.title, "body_bold")
        if row.badge:
            paint_badge(painter, QPointF(line.left() + taken + px(8), line.top()), row.badge[0], row.badge[1])
        for number, words in enumerate(wrap_lines(row.text, line.width(), self.lines)):
            below = QRectF(line.left(), line.bottom() + number * px(_LINE), line.width(), px(_LINE))
            draw_text(painter, below, words, "body", "plain")


class Timeline(RecordList):
    """`lines` = 1: rows equally tall, any number of them; 2 or more: as tall as their text, some hundred."""

    def __init__(
        self,
        name: str,
        fetch: Fetch | None = None,
        *,
        lines: int = 1,
        words: Callable[[Any], str] = lambda row: row.words(),
    ) -> None:
        self._lines = lines
        super().__init__(name, fetch, TimelineDelegate(lines), words, row_height=34 + _LINE)

    def fit(self) -> None:
        """Give each row the height of its words."""
        if self._lines > 1:
            delegate, width = self.itemDelegate(), self.viewport().width()
            assert isinstance(delegate, TimelineDelegate)
            for number in range(self.rows.rowCount()):
                self.setRowHeight(number, delegate.height(self.rows.peek(number), width))
        super().fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
