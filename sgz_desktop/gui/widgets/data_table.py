"""A table of records: columns of plain text, rows fetched by the page as they come into sight."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from sgz_desktop.gui import icons, theme
from sgz_desktop.gui.theme import C, px
from sgz_desktop.gui.widgets.painted_rows import draw_bar, draw_text, text_width
from sgz_desktop.gui.widgets.record_list import RecordList
from sgz_desktop.gui.widgets.windowed_model import Fetch, RowRole, WindowedModel


@dataclass(frozen=True)
class Column:
    """A column: its head, its width in px at 标准 (0 = the rest), and how its cells look. A `spare` one gives
    way, the last first, where those that share the rest would have no room for their words."""

    head: str
    width: int = 0
    role: str = "body"
    tone: str = "text"
    right: bool = False
    spare: bool = False


LEAST = 170  # px at 标准 of a column that shares the rest, as long as a spare one can give way
DAY = 136  # holds a day of another year: 2025年12月30日


@dataclass(frozen=True)
class Cell:
    """A cell that differs from its column: a tone, an icon before the words, and what it is sorted by where
    that is not its words (a day said in words)."""

    text: str
    tone: str = ""
    icon: str = ""
    role: str = ""
    sort: str = ""


CellValue = str | Cell


class TableModel(WindowedModel):
    """Rows are sequences of `str` or `Cell`, one per column."""

    def __init__(self, columns: Sequence[Column], fetch: Fetch | None, parent: Any = None) -> None:
        super().__init__(fetch, _words, parent)
        self.columns = tuple(columns)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:  # type: ignore[override]
        return len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].head
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and index.isValid():
            row = self._row(index.row())
            return "" if row is None else cell_text(row[index.column()])
        return super().data(index, role)


def cell_text(value: CellValue) -> str:
    """The words of a cell."""
    return value.text if isinstance(value, Cell) else value


def sort_key(value: CellValue) -> tuple[bool, list[tuple[int, str]]]:
    """Cells in order: digits as numbers, empty ones last."""
    text = (value.sort or value.text) if isinstance(value, Cell) else value
    parts = re.findall(r"\d+|\D+", text)
    return not text, [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def _words(row: Sequence[CellValue]) -> str:
    return "，".join(cell_text(value) for value in row if cell_text(value))


class CellDelegate(QStyledItemDelegate):
    """Paints a cell, ended with … when it does not fit; unfetched rows are grey bars."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        rect = QRectF(option.rect)
        table = option.widget
        assert isinstance(table, DataTable)
        column, row = table.columns[index.column()], index.data(RowRole)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(C.tint))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), QColor(C.line))
        inner = rect.adjusted(px(10), 0, -px(8), 0)
        if row is None:
            draw_bar(
                painter,
                QRectF(inner.left(), inner.center().y() - px(5), inner.width() * 0.6, px(10)),
                C.track,
            )
        else:
            value = row[index.column()]
            self._words(painter, inner, column, value if isinstance(value, Cell) else Cell(value))
        if table.keyed and table.hasFocus() and index.row() == table.currentIndex().row():
            for top in (rect.top(), rect.bottom() - 2):  # inside the cell, so that none of it stays behind
                painter.fillRect(QRectF(rect.left(), top, rect.width(), 2), QColor(C.brand))
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Where the mouse rests on a cell that ends in …, tell all of it."""
        if event.type() != QEvent.Type.ToolTip or not isinstance(view, DataTable):
            return super().helpEvent(event, view, option, index)
        text, role = str(index.data() or ""), view.columns[index.column()].role
        cut = text_width(text, role) > option.rect.width() - px(18)
        QToolTip.showText(event.globalPos(), text if cut else "", view)
        return True

    def _words(self, painter: QPainter, inner: QRectF, column: Column, cell: Cell) -> None:
        tone = cell.tone or column.tone
        if cell.icon:
            side = px(16)
            icons.paint(
                painter, cell.icon, QRectF(inner.left(), inner.center().y() - side / 2, side, side), tone
            )
            inner = inner.adjusted(side + px(6), 0, 0, 0)
        draw_text(painter, inner, cell.text, cell.role or column.role, tone, right=column.right)


class DataTable(RecordList):
    """As `RecordList`, with heads and columns; `fetch(ids)` returns one sequence of cells per id.

    A table whose rows are all at hand sorts itself: a press on a head, once more for the other way round.
    `given(n)` tells how many rows it was handed, whatever `only` leaves of them.
    """

    sorted_by = Signal(int)
    given = Signal(int)

    def __init__(self, name: str, columns: Sequence[Column], fetch: Fetch | None = None) -> None:
        self.columns = tuple(columns)
        self.sorts = fetch is None
        self._given: tuple[list[Any], list[Any]] = ([], [])
        self._by, self._falling = -1, False
        self._only: list[str] = []
        super().__init__(name, fetch, row_height=theme.Height.GRID)
        self.setItemDelegate(CellDelegate(self))
        across = self.horizontalHeader()
        across.show()
        across.setSectionsClickable(self.sorts)
        across.sectionClicked.connect(self._head_pressed)
        across.setHighlightSections(False)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setMinimumSectionSize(px(40))
        for number, column in enumerate(self.columns):
            rest = QHeaderView.ResizeMode.Stretch if not column.width else QHeaderView.ResizeMode.Fixed
            across.setSectionResizeMode(number, rest)
            if column.width:
                across.resizeSection(number, px(column.width))

    def set_heads(self, *heads: str) -> None:
        """Other heads over the same columns."""
        self.columns = tuple(replace(one, head=head) for one, head in zip(self.columns, heads, strict=True))
        model = self.model()
        assert isinstance(model, TableModel)
        model.columns = self.columns
        model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(heads) - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    def _give_way(self) -> None:
        """Hide as many spare columns, from the right, as the others need room."""
        shared = sum(not one.width for one in self.columns)
        lacks = px(shared * LEAST + sum(one.width for one in self.columns)) - self.viewport().width()
        for number in reversed(range(len(self.columns))):
            column = self.columns[number]
            if not (column.spare and column.width):
                continue
            hidden = shared > 0 and lacks > 0
            if hidden != self.isColumnHidden(number):
                self.setColumnHidden(number, hidden)
            lacks -= px(column.width) if hidden else 0

    def make_model(self, fetch: Fetch | None, words: Callable[[Any], str]) -> WindowedModel:
        return TableModel(self.columns, fetch, self)

    def set_rows(self, ids: Sequence[Any], rows: Sequence[Any]) -> None:
        """Show a list whose rows are at hand, in the order that was chosen."""
        self._given = list(ids), list(rows)
        super().set_rows(*self._in_order())
        self.given.emit(len(ids))

    def only(self, text: str) -> None:
        """Show the rows in which every word of a text stands, whatever the case; "" shows all."""
        self._only = text.casefold().split()
        super().set_rows(*self._in_order())

    def sort_by(self, column: int, *, falling: bool = False) -> None:
        """Sort by a column; -1 is the order the rows were given in."""
        if (column, falling) == (self._by, self._falling):
            return
        self._by, self._falling = column, falling
        across = self.horizontalHeader()
        across.setSortIndicatorShown(column >= 0)
        if column >= 0:
            down = Qt.SortOrder.DescendingOrder if falling else Qt.SortOrder.AscendingOrder
            across.setSortIndicator(column, down)
        super().set_rows(*self._in_order())
        self.sorted_by.emit(column)

    def _head_pressed(self, column: int) -> None:
        self.sort_by(column, falling=column == self._by and not self._falling)

    def _in_order(self) -> tuple[list[Any], list[Any]]:
        ids, rows = self._given
        if self._only:
            kept = [n for n, row in enumerate(rows) if self._holds(row)]
            ids, rows = [ids[n] for n in kept], [rows[n] for n in kept]
        if self._by < 0:
            return ids, rows
        keys = [sort_key(row[self._by]) for row in rows]
        full = sorted((n for n in range(len(rows)) if not keys[n][0]), key=lambda n: keys[n][1])
        order = [*(reversed(full) if self._falling else full), *(n for n in range(len(rows)) if keys[n][0])]
        return [ids[n] for n in order], [rows[n] for n in order]

    def _holds(self, row: Sequence[CellValue]) -> bool:
        said = _words(row).casefold()
        return all(word in said for word in self._only)

    def rows_shown(self) -> list[Any]:
        """The rows at hand, in the order they stand."""
        return self._in_order()[1]
