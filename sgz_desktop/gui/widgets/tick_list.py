"""A list of records some of which are ticked: Space or a press on the box ticks, Ctrl+A ticks all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem

from sgz_desktop.gui import icons
from sgz_desktop.gui.theme import C, px
from sgz_desktop.gui.widgets.record_list import RecordDelegate, RecordList
from sgz_desktop.gui.widgets.windowed_model import IdRole, WindowedModel

BOX, GUTTER = 20, 40
TICKED = "，已勾选"


class _TickDelegate(RecordDelegate):
    """A row with a box at its left."""

    def inner(self, rect: QRectF) -> QRectF:
        return super().inner(rect).adjusted(px(GUTTER - 4), 0, 0, 0)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        view = option.widget
        assert isinstance(view, TickList)
        on, side = index.data(IdRole) in view.on, px(BOX)
        centre = QPointF(option.rect.left() + px(GUTTER / 2 + 6), QRectF(option.rect).center().y())
        box = QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(C.brand if on else C.control), 1))
        painter.setBrush(QColor(C.brand if on else C.surface))
        painter.drawRoundedRect(box, px(4), px(4))
        if on:
            icons.paint(painter, "check", box.adjusted(px(2), px(2), -px(2), -px(2)), "surface")
        painter.restore()


class TickList(RecordList):
    """`on` are the ids ticked; `ticked` tells when they change. Ids that are shown no more are dropped."""

    ticked = Signal()

    def __init__(self, name: str) -> None:
        self.on: set[Any] = set()
        super().__init__(name)
        self.setItemDelegate(_TickDelegate(self))
        self.setAccessibleDescription("空格勾选，Ctrl+A全部勾选")

    def make_model(self, fetch: Any, words: Any) -> WindowedModel:
        return _TickModel(self)

    def set_rows(self, ids: Sequence[Any], rows: Sequence[Any]) -> None:
        """Show a short list; what is not in it is ticked no more."""
        super().set_rows(ids, rows)
        self._put(self.on & set(ids))

    def chosen(self) -> list[Any]:
        """The ids ticked, in the order shown."""
        return [one for one in self.rows.ids() if one in self.on]

    def tick(self, ids: Collection[Any], on: bool = True) -> None:
        """Tick some, or clear them."""
        self._put(self.on | set(ids) if on else self.on - set(ids))

    def _put(self, on: set[Any]) -> None:
        if on != self.on:
            self.on = on
            self.viewport().update()
            self.ticked.emit()

    def _turn(self, id: Any) -> None:
        self.tick([id], id not in self.on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keyed = True
        if event.key() == Qt.Key.Key_Space and self.current_id() is not None:
            self._turn(self.current_id())
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            ids = self.rows.ids()
            self.tick(ids, on=not set(ids) <= self.on)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.position().x() < px(GUTTER + 6):
            self._turn(index.data(IdRole))


class _TickModel(WindowedModel):
    """Says of each row whether it is ticked."""

    def __init__(self, view: TickList) -> None:
        super().__init__(None, lambda row: row.words(), view)
        self._view = view

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        found = super().data(index, role)
        spoken = role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole)
        if spoken and index.isValid() and index.data(IdRole) in self._view.on:
            return f"{found}{TICKED}"
        return found
