"""A list of records: bold name, facts, badges, and at the right what is due and when it was last seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from sgz_desktop.gui import theme
from sgz_desktop.gui.theme import C, px
from sgz_desktop.gui.widgets.badge import badge_width, paint_badge
from sgz_desktop.gui.widgets.painted_rows import draw_bar, draw_text, text_width
from sgz_desktop.gui.widgets.windowed_model import Fetch, IdRole, RowRole, WindowedModel


@dataclass(frozen=True)
class ListRow:
    """What one row says. `badges` are (words, tone); `due` stands at the upper right in `due_tone`."""

    title: str
    facts: str = ""
    badges: tuple[tuple[str, str], ...] = ()
    second: str = ""
    due: str = ""
    when: str = ""
    due_tone: str = "warn"

    def words(self) -> str:
        """The row as a screen reader says it."""
        parts = (
            self.title,
            self.facts,
            "、".join(b[0] for b in self.badges),
            self.second,
            self.due,
            self.when,
        )
        return "，".join(p for p in parts if p)


class RecordDelegate(QStyledItemDelegate):
    """Paints a `ListRow`; a row not fetched yet is two grey bars."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect).adjusted(px(6), px(2), -px(6), -px(2))
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        self._ground(painter, rect, option, chosen)
        inner = self.inner(rect)
        row = index.data(RowRole)
        if row is None:
            draw_bar(painter, QRectF(inner.left(), inner.top() + px(4), px(120), px(11)), C.track)
            draw_bar(painter, QRectF(inner.left(), inner.top() + px(30), px(190), px(11)), C.track)
        else:
            self._upper(painter, inner, row)
            self._lower(painter, inner, row, chosen)
        painter.restore()

    def inner(self, rect: QRectF) -> QRectF:
        """Where the words of a row stand in it."""
        return rect.adjusted(px(14), px(8), -px(12), -px(7))

    def _ground(self, painter: QPainter, rect: QRectF, option: QStyleOptionViewItem, chosen: bool) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(C.tint if chosen else C.canvas))
            painter.drawRoundedRect(rect, px(8), px(8))
        if chosen:
            draw_bar(
                painter, QRectF(rect.left(), rect.top() + px(12), px(3), rect.height() - px(24)), C.brand
            )
        view = option.widget
        if option.state & QStyle.StateFlag.State_HasFocus and isinstance(view, RecordList) and view.keyed:
            painter.setPen(QPen(QColor(C.brand), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), px(8), px(8))

    def _upper(self, painter: QPainter, inner: QRectF, row: ListRow) -> None:
        line = QRectF(inner.left(), inner.top(), inner.width(), px(24))
        due = text_width(row.due, "second_bold") + px(10) if row.due else 0
        if row.due:
            draw_text(painter, line, row.due, "second_bold", row.due_tone, right=True)
        taken = draw_text(painter, line.adjusted(0, 0, -due, 0), row.title, "name")
        draw_text(painter, line.adjusted(taken + px(8), 0, -due, 0), row.facts, "second", "plain")

    def _lower(self, painter: QPainter, inner: QRectF, row: ListRow, chosen: bool) -> None:
        line = QRectF(inner.left(), inner.bottom() - px(24), inner.width(), px(24))
        when = text_width(row.when, "second") + px(10) if row.when else 0
        draw_text(painter, line, row.when, "second", "plain", right=True)
        left, edge = line.left(), line.right() - when
        for words, tone in row.badges:
            width = badge_width(words)
            if left + width > edge:
                draw_text(
                    painter,
                    QRectF(left, line.top(), max(edge - left, 0), line.height()),
                    "…",
                    "caption",
                    "muted",
                )
                return
            ground = "surface" if chosen and tone == "plain" else ""
            paint_badge(painter, QPointF(left, line.top()), words, tone, ground=ground)
            left += width + px(8)
        draw_text(
            painter,
            QRectF(left, line.top(), max(edge - left, 0), line.height()),
            row.second,
            "second",
            "plain",
        )


class RecordList(QTableView):
    """`picked(id)` when the current row changes, `opened(id)` on Enter or double press.

    A table of one column: a QListView asks the model for every row when it lays out, a table does not.
    """

    picked = Signal(object)
    opened = Signal(object)

    def __init__(
        self,
        name: str,
        fetch: Fetch | None = None,
        delegate: QStyledItemDelegate | None = None,
        words: Callable[[Any], str] = lambda row: row.words(),
        row_height: int = theme.Height.ROW,
    ) -> None:
        super().__init__()
        self.keyed = False
        self._most: int | None = None
        self.rows = self.make_model(fetch, words)
        self._dress(px(row_height))
        self.setModel(self.rows)
        self.setItemDelegate(delegate or RecordDelegate(self))
        self.setAccessibleName(name)
        self.selectionModel().currentChanged.connect(self._tell)
        self.rows.modelReset.connect(self.fit)
        self.rows.loaded.connect(self.fit)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(IdRole)))

    def make_model(self, fetch: Fetch | None, words: Callable[[Any], str]) -> WindowedModel:
        """The model behind the list; subclasses may bring their own."""
        return WindowedModel(fetch, words, self)

    def _dress(self, row_height: int) -> None:
        self.setProperty("kind", "list")
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(px(24))
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.hide()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        down.hide()
        down.setMinimumSectionSize(1)
        down.setDefaultSectionSize(row_height)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def set_ids(self, ids: Sequence[Any], keep: bool = True) -> None:
        """Show other ids; the current one stays current (and is not told again) when it is among them."""
        was = self.current_id()
        self.rows.set_ids(ids)
        if keep and was is not None:
            self.set_current(was, tell=False)

    def set_rows(self, ids: Sequence[Any], rows: Sequence[Any]) -> None:
        """Show a short list whose rows are at hand."""
        was = self.current_id()
        self.rows.set_rows(ids, rows)
        if was is not None:
            self.set_current(was, tell=False)

    def grow(self, most: int | None) -> None:
        """Be as tall as the first `most` rows, in a column that scrolls as one; None = scroll inside."""
        self._most = most
        self.setMinimumHeight(0)
        self.fit()

    def fit(self) -> None:
        """Take the height of the rows shown, where `grow` asked for it."""
        if self._most is not None:
            shown = range(min(self._most, self.rows.rowCount()))
            self.setMinimumHeight(sum(self.rowHeight(i) for i in shown) + 4)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return hint if self._most is None else QSize(hint.width(), self.minimumHeight())

    def current_id(self) -> Any:
        """The id of the current row, None without one."""
        index = self.currentIndex()
        return index.data(IdRole) if index.isValid() else None

    def set_current(self, wanted: Any, *, tell: bool = True) -> bool:
        """Make an id the current row and bring it into sight; False when it is not there."""
        row = self.rows.row_of(wanted)
        if row < 0:
            return False
        blocked = self.selectionModel().blockSignals(not tell)
        index = self.rows.index(row, 0)
        whole_row = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, whole_row)
        self.selectionModel().blockSignals(blocked)
        self.scrollTo(index)
        self.viewport().update()
        return True

    def step(self, by: int) -> None:
        """Move the current row (arrow keys pressed in a search box come here)."""
        if self.rows.rowCount():
            row = min(max(self.currentIndex().row() + by, 0), self.rows.rowCount() - 1)
            self.keyed = True
            self.set_current(self.rows.id_at(row))

    def _tell(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.picked.emit(now.data(IdRole))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.keyed = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if self.keyed and not self.currentIndex().isValid() and self.rows.rowCount():
            self.set_current(self.rows.id_at(0))
        if self.currentIndex().isValid() and not self.selectionModel().hasSelection():
            self.set_current(self.current_id(), tell=False)  # Qt made it current without showing it

    def keyboardSearch(self, search: str) -> None:
        """Letters find nothing here: looking through every row would fetch them all."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keyed = True
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.rows.rowCount() - 1}
        if event.key() in ends and self.rows.rowCount():
            self.set_current(self.rows.id_at(ends[Qt.Key(event.key())]))
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_id() is not None:
            self.opened.emit(self.current_id())
            return
        super().keyPressEvent(event)
