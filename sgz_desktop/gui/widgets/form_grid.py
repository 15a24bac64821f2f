"""A blank form as a grid of cells one picks from: merged cells, widths, what will stand in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

from sgz_desktop.domain.bureau_form import Cell, Sheet
from sgz_desktop.gui import theme
from sgz_desktop.gui.theme import C, px
from sgz_desktop.gui.widgets.painted_rows import draw_text

CHARACTER = 9  # px
NARROWEST, WIDEST = 44, 420
REF = Qt.ItemDataRole.UserRole
FILLED, LOST, FORMULA = "filled", "lost", "formula"
STATE = Qt.ItemDataRole.UserRole + 1


class FormGrid(QTableWidget):
    """`picked(ref)` when another cell is current, `chosen(ref)` on Enter or a double click."""

    picked = Signal(str)
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("表样")
        self.setAccessibleDescription("方向键走到要填的格，按回车选填什么")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setItemDelegate(_Painter(self))
        for head in (self.horizontalHeader(), self.verticalHeader()):
            head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            head.setHighlightSections(False)
            head.setMinimumSectionSize(0)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self._texts: dict[str, str] = {}
        self._rows: dict[str, QTableWidgetItem] = {}
        self.currentItemChanged.connect(self._tell)
        self.itemDoubleClicked.connect(lambda item: self.chosen.emit(str(item.data(REF))))

    def show_sheet(self, sheet: Sheet, *, lettered: bool) -> None:
        """Show the cells of a sheet; `lettered` heads its columns A, B, C and counts its rows."""
        blocked = self.blockSignals(True)
        self.clear()
        self.clearSpans()
        self._texts, self._rows = {}, {}
        self.setRowCount(sheet.rows)
        self.setColumnCount(len(sheet.widths))
        self.setHorizontalHeaderLabels([_letters(at) for at in range(len(sheet.widths))])
        self.horizontalHeader().setVisible(lettered)
        self.verticalHeader().setVisible(lettered)
        for at, width in enumerate(sheet.widths):
            self.setColumnWidth(at, px(min(WIDEST, max(NARROWEST, width * CHARACTER))))
            self.setColumnHidden(at, width == 0)
        self.verticalHeader().setDefaultSectionSize(px(theme.Height.SMALL))
        for cell in sheet.cells:
            self._put(cell, sheet)
        self.blockSignals(blocked)

    def _put(self, cell: Cell, sheet: Sheet) -> None:
        item = QTableWidgetItem(cell.text)
        item.setData(REF, cell.ref)
        item.setData(STATE, FORMULA if cell.sort == FORMULA else "")
        self._texts[cell.ref], self._rows[cell.ref] = cell.text, item
        self.setItem(cell.row, cell.column, item)
        rows = min(cell.rows, sheet.rows - cell.row)
        columns = min(cell.columns, len(sheet.widths) - cell.column)
        if rows > 1 or columns > 1:
            self.setSpan(cell.row, cell.column, rows, columns)

    def show_values(self, values: Mapping[str, str], lost: Iterable[str] = ()) -> None:
        """What will stand in which cells; `lost` are mapped and cannot be filled."""
        gone = set(lost)
        for ref, item in self._rows.items():
            formula = item.data(STATE) == FORMULA
            item.setText(values.get(ref, self._texts[ref]))
            state = LOST if ref in gone else FILLED if ref in values else FORMULA if formula else ""
            item.setData(STATE, state)
            told = {FILLED: "将填入", LOST: "要重新选", FORMULA: "由公式计算"}.get(state, "")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{ref} {item.text()} {told}".strip())
            item.setToolTip(item.text())

    def current_ref(self) -> str:
        """The cell the keyboard is in; '' for none."""
        item = self.currentItem()
        return str(item.data(REF)) if item else ""

    def set_current(self, ref: str) -> None:
        """Go to a cell."""
        if ref in self._rows:
            self.setCurrentItem(self._rows[ref])

    def _tell(self, item: QTableWidgetItem | None, _before: QTableWidgetItem | None) -> None:
        if item is not None:
            self.picked.emit(str(item.data(REF)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_ref():
            self.chosen.emit(self.current_ref())
            return
        super().keyPressEvent(event)


class _Painter(QStyledItemDelegate):
    """Paints a cell: its words, ended with … where they do not fit; what is filled in stands on a tint."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        rect = QRectF(option.rect)
        state = index.data(STATE)
        grounds = {FILLED: C.tint, LOST: C.danger_tint, FORMULA: C.track}
        painter.fillRect(rect, QColor(grounds.get(state, C.surface)))
        tone = {FILLED: "brand", LOST: "danger", FORMULA: "muted"}.get(state, "text")
        words = " ".join(str(index.data() or "").split())
        shown = words or ("公式" if state == FORMULA else "")
        inner = rect.adjusted(px(6), 0, -px(6), 0)
        draw_text(painter, inner, shown, "body_bold" if state == FILLED else "body", tone)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(QColor(C.brand), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()


def _letters(at: int) -> str:
    letters, at = "", at + 1
    while at:
        at, digit = divmod(at - 1, 26)
        letters = chr(65 + digit) + letters
    return letters
