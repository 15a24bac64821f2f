"""Cells of the 补录表: painted words, and the fields that stand in them while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from sgz_desktop.gui import icons
from sgz_desktop.gui.pages.visit_grid_model import COLUMNS, SlipModel
from sgz_desktop.gui.theme import C, px
from sgz_desktop.gui.widgets.line_edit import LineEdit
from sgz_desktop.gui.widgets.painted_rows import draw_text, text_width
from sgz_desktop.gui.widgets.person_picker import PersonPicker

if TYPE_CHECKING:
    from sgz_desktop.gui.pages.visit_grid_table import SlipTable

_Index = QModelIndex | QPersistentModelIndex
PAD = 9


class SlipCells(QStyledItemDelegate):
    """Paints `Cell`s and makes the editors; the table decides what keys mean."""

    def __init__(self, table: SlipTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        rect = QRectF(option.rect)
        if index.row() == self._table.currentIndex().row():
            painter.fillRect(rect, QColor(C.tint))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), QColor(C.line))
        painter.fillRect(QRectF(rect.right() - 1, rect.top(), 1, rect.height()), QColor(C.line))
        cell = cast(SlipModel, index.model()).cell(index.row(), index.column())
        inner = rect.adjusted(px(PAD), 0, -px(PAD - 3), 0)
        if cell.icon:
            side = px(16)
            place = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
            icons.paint(painter, cell.icon, place, cell.tone)
            inner = inner.adjusted(side + px(6), 0, 0, 0)
        draw_text(painter, inner, cell.text, cell.role or "body", cell.tone or "text")
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(C.brand), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        """Where the mouse rests: what stands behind the cell, and all of one that ends in …"""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        model = cast(SlipModel, index.model())
        cell, tip = model.cell(index.row(), index.column()), model.tip(index.row(), index.column())
        cut = text_width(cell.text, cell.role or "body") > option.rect.width() - px(2 * PAD)
        QToolTip.showText(event.globalPos(), tip or (cell.text if cut else ""), view)
        return True

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        name, head = COLUMNS[index.column()].field, COLUMNS[index.column()].head
        made = self._table.editor_for(name, index.row())
        made.setParent(parent)
        made.setAccessibleName(f"第{index.row() + 1}行，{head}")
        made.setStyleSheet(  # a field at home in a cell: the grid is its frame
            f"QLineEdit {{ border: 2px solid {C.brand}; border-radius: 0; padding: 0 {px(PAD) - 3}px;"
            " min-height: 0; max-height: 9999px; }"
        )
        return made

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """Once, when it opens: a row that is saved meanwhile leaves alone what is being typed."""
        assert isinstance(editor, LineEdit)
        if editor.property("filled"):
            return
        editor.setProperty("filled", True)
        model = cast(SlipModel, index.model())
        slip, name = model.slip(index.row()), COLUMNS[index.column()].field
        words = model.words(slip, name)
        if isinstance(editor, PersonPicker):
            chosen = slip.person if name == "person" else slip.village
            if chosen:
                editor.set_value(chosen, words)
            else:
                editor.setText(words)
        else:
            editor.setText(words)
        editor.setProperty("shown", words)
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: object, index: _Index) -> None:
        assert isinstance(editor, LineEdit)
        self._table.take(editor, index.row(), COLUMNS[index.column()].field)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        editor.setGeometry(option.rect.adjusted(0, 0, -1, -1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(watched, LineEdit):
            assert isinstance(event, QKeyEvent)
            if self._table.key_in_editor(watched, event):
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
                return False  # the field's own: a name is chosen, a list closed
        return super().eventFilter(watched, event)
