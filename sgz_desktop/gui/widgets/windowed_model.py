"""A list of ids whose rows are fetched by the page, off the GUI thread, when they come into sight."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from sgz_desktop.gui import jobs

PAGE_ROWS = 100
_KEPT_PAGES = 24

Fetch = Callable[[Sequence[Any]], Sequence[Any]]
IdRole = Qt.ItemDataRole.UserRole
RowRole = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex


class WindowedModel(QAbstractTableModel):
    """`fetch(ids)` runs in a pool thread and returns one row per id, in order; until then a row is None."""

    loaded = Signal()

    def __init__(
        self, fetch: Fetch | None = None, words: Callable[[Any], str] = str, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._fetch, self._words = fetch, words
        self._ids: Sequence[Any] = ()
        self._pages: OrderedDict[int, Sequence[Any]] = OrderedDict()
        self._asked: set[int] = set()
        self._turn = 0

    def set_ids(self, ids: Sequence[Any]) -> None:
        """Show other ids; rows already fetched are dropped."""
        self.beginResetModel()
        self._ids = ids
        self._forget()
        self.endResetModel()

    def set_rows(self, ids: Sequence[Any], rows: Sequence[Any]) -> None:
        """Show a short list whose rows are at hand."""
        self.beginResetModel()
        self._ids = ids
        self._forget()
        for page in range(0, (len(rows) + PAGE_ROWS - 1) // PAGE_ROWS):
            self._pages[page] = rows[page * PAGE_ROWS : (page + 1) * PAGE_ROWS]
        self.endResetModel()

    def refresh(self) -> None:
        """The same ids, fetched again as they are shown."""
        self._forget()
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, self.columnCount() - 1))

    def _forget(self) -> None:
        self._turn += 1
        self._pages.clear()
        self._asked.clear()

    def ids(self) -> Sequence[Any]:
        """The ids shown."""
        return self._ids

    def id_at(self, row: int) -> Any:
        """The id of a row."""
        return self._ids[row]

    def row_of(self, wanted: Any) -> int:
        """The row of an id, -1 when it is not there."""
        try:
            return self._ids.index(wanted)
        except ValueError:
            return -1

    def columnCount(self, parent: _Index | None = None) -> int:
        """One column; a table of more overrides it."""
        return 1

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == IdRole:
            return self._ids[index.row()]
        if role in (RowRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
            row = self._row(index.row())
            return row if role == RowRole else ("" if row is None else self._words(row))
        return None

    def peek(self, number: int) -> Any:
        """A row if it is at hand; asks for nothing."""
        rows = self._pages.get(number // PAGE_ROWS, ())
        return rows[number % PAGE_ROWS] if number % PAGE_ROWS < len(rows) else None

    def _row(self, number: int) -> Any:
        page = number // PAGE_ROWS
        if page in self._pages:
            if len(self._pages) > _KEPT_PAGES:
                self._pages.move_to_end(page)
            rows = self._pages[page]
            return rows[number % PAGE_ROWS] if number % PAGE_ROWS < len(rows) else None
        if self._fetch and page not in self._asked:
            self._ask(page)
        return None

    def _ask(self, page: int) -> None:
        self._asked.add(page)
        ids = tuple(self._ids[page * PAGE_ROWS : (page + 1) * PAGE_ROWS])
        fetch, turn = self._fetch, self._turn
        assert fetch is not None
        jobs.start(self, lambda _task: fetch(ids), done=lambda rows: self._take(turn, page, rows))

    def _take(self, turn: int, page: int, rows: Sequence[Any]) -> None:
        if turn != self._turn:
            return
        self._asked.discard(page)
        self._pages[page] = rows
        while len(self._pages) > max(_KEPT_PAGES, 1) and self._fetch:
            self._pages.popitem(last=False)
        first, last = page * PAGE_ROWS, min((page + 1) * PAGE_ROWS, len(self._ids)) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))
        self.loaded.emit()
