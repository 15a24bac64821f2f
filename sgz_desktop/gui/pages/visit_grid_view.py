"""The 补录表 as a view: widths, and the field or the options that open where the keyboard is.

Cells one types in open by themselves when the keyboard comes to them, so that an input method finds a field.
"""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from sgz_desktop.domain import visit_slips
from sgz_desktop.domain.visit_slips import NOBODY
from sgz_desktop.gui import theme
from sgz_desktop.gui.pages.visit_grid_model import (
    CODED,
    COLUMNS,
    OTHER_YEAR_WIDTH,
    PLACES,
    TYPED,
    SlipModel,
)
from sgz_desktop.gui.theme import WidthClass, px
from sgz_desktop.gui.widgets.digit_menu import DigitMenu
from sgz_desktop.gui.widgets.line_edit import LineEdit
from sgz_desktop.gui.widgets.person_picker import Ask, PersonPicker
from sgz_desktop.gui.widgets.spoken import say_choice

ROWS_BEFORE_SCROLLING = 4
_Index = QModelIndex | QPersistentModelIndex


class SlipView(QTableView):
    """`left(row)` when the keyboard goes to another row, `typed(row)` after each change, `unread(row,
    why)` when what was typed is not understood. What keys mean is the subclass's to say."""

    left = Signal(int)
    typed = Signal(int)
    moved = Signal()
    unread = Signal(int, str)
    picked = Signal(str)
    """The field somebody was chosen in."""
    coded = Signal(str)
    """A code was chosen with the mouse."""

    def __init__(self, model: SlipModel, today: Callable[[], str]) -> None:
        super().__init__()
        self.slips, self._today = model, today
        self.villages: list[str] = []
        self.ask_people: Callable[[int], Ask] | None = None
        self.village_of: Callable[[str], str] = lambda _person: ""
        self.asks_reason = False
        self._editor: LineEdit | None = None
        self._menu: DigitMenu | None = None
        self._dress()
        self.setModel(model)
        self.size_columns()
        self.horizontalScrollBar().valueChanged.connect(lambda _value: self._hide_menu())
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._hide_menu())

    def _dress(self) -> None:
        self.setAccessibleName("走访补录表")
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        down, across = self.verticalHeader(), self.horizontalHeader()
        down.hide()
        down.setMinimumSectionSize(1)
        down.setDefaultSectionSize(px(theme.Height.GRID))
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setSectionsClickable(False)
        across.setHighlightSections(False)
        across.setMinimumSectionSize(px(36))
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumHeight(px(38 + theme.Height.GRID * ROWS_BEFORE_SCROLLING))

    # Widths

    def size_columns(self) -> None:
        """Each as wide as its words need, the words of the visit get the rest."""
        across, rest = self.horizontalHeader(), self.viewport().width()
        for place, column in enumerate(COLUMNS):
            wide = column.field == "day" and self.slips.other_years()
            across.resizeSection(place, px(OTHER_YEAR_WIDTH if wide else column.width))
            if column.field != "words" and not self.isColumnHidden(place):
                rest -= across.sectionSize(place)
        words = PLACES["words"]
        across.resizeSection(words, max(rest, px(COLUMNS[words].width)))

    def set_compact(self, width: WidthClass) -> None:
        """Where room is short the number goes, and the state stands before what is seldom typed."""
        self.setColumnHidden(PLACES["number"], width.stacked)
        across = self.horizontalHeader()
        wanted = PLACES["companions"] if width.stacked else PLACES["state"]
        across.moveSection(across.visualIndex(PLACES["state"]), wanted)
        self.size_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.size_columns()
        self._hide_menu()

    # Where the keyboard is

    def field(self) -> str:
        """The field of the cell the keyboard is on."""
        index = self.currentIndex()
        return COLUMNS[index.column()].field if index.isValid() else ""

    def row(self) -> int:
        """The row the keyboard is on."""
        return max(self.currentIndex().row(), 0)

    def go(self, number: int, field: str) -> None:
        """Put the keyboard on a cell."""
        index = self.slips.index(number, PLACES[field])
        self.asks_reason = False
        if index == self.currentIndex():
            self.scrollTo(index)
            self.open_cell()
        else:
            self.setCurrentIndex(index)

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        self.asks_reason = False
        if previous.isValid() and previous.row() != current.row():
            self.left.emit(previous.row())
            self.viewport().update()
        self.moved.emit()
        QTimer.singleShot(0, self, self.open_cell)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        QTimer.singleShot(0, self, self.open_cell)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._hide_menu()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._hide_menu()

    def open_cell(self) -> None:
        """The field of a cell one types in, the options of a coded one; only where the keyboard is."""
        self._hide_menu()
        index, name = self.currentIndex(), self.field()
        if not (self.hasFocus() and index.isValid()):
            return
        if name in TYPED and self.editor() is None:
            self.edit(index)
        elif name in CODED:
            self._show_menu("reason" if self.asks_reason else name)

    def _show_menu(self, name: str) -> None:
        if name == "change" and self.slips.slip(self.row()).met == NOBODY:
            return
        if self._menu is None or self._menu.parentWidget() is not self.window():
            self._menu = DigitMenu(self.window())
            self._menu.chosen.connect(self.coded)
            self.destroyed.connect(self._menu.deleteLater)
        self.scrollTo(self.currentIndex())
        cell = self.visualRect(self.currentIndex())
        corner = self.viewport().mapTo(self.window(), QPoint(0, 0))
        self._menu.show_under(CODED[name], QRect(cell.topLeft() + corner, cell.size()))
        say_choice(self, "；".join(f"{digit}{label}" for digit, _, label in CODED[name]))

    def _hide_menu(self) -> None:
        if self._menu is not None and shiboken6.isValid(self._menu):
            self._menu.hide()

    def options(self) -> list[str]:
        """The options shown now, in words."""
        shown = self._menu is not None and self._menu.isVisible()
        return [label for _, _, label in self._menu.options] if shown and self._menu else []

    # Fields in cells

    def editor(self) -> LineEdit | None:
        """The field that is open."""
        if self._editor is not None and not shiboken6.isValid(self._editor):
            self._editor = None
        return self._editor

    def editor_for(self, name: str, row: int) -> LineEdit:
        """A fresh field for a cell."""
        if name == "person":
            picker = PersonPicker((), self.ask_people(row) if self.ask_people else None, numbered=True)
            picker.picked.connect(lambda _id: self.picked.emit(name))
            picker.nobody.connect(
                lambda text: self.unread.emit(row, f"没有找到“{text}”，可换拼音首字母再找。")
            )
            picker.setPlaceholderText("姓名或拼音")  # what a cell has room for
            self._editor = picker
        elif name == "village":
            self._editor = PersonPicker([(one, one) for one in self.villages])
            self._editor.setPlaceholderText("村或社区")
            self._editor.picked.connect(lambda _id: self.picked.emit(name))
        else:
            self._editor = LineEdit()
        return self._editor

    def close_editor(self, keep: bool = True) -> None:
        """Take what is typed, or leave it, and give the keyboard back to the table."""
        editor = self.editor()
        self._editor = None
        if editor is not None:
            if keep:
                self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def commit(self) -> None:
        """Take what is typed so far; the field stays open."""
        if (editor := self.editor()) is not None:
            self.commitData(editor)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        if editor is self._editor:
            self._editor = None
        super().closeEditor(editor, hint)

    def take(self, editor: LineEdit, number: int, name: str) -> None:
        """What was typed into a cell, when it is not what stood there."""
        text = " ".join(editor.text().split())
        if isinstance(editor, PersonPicker) and name == "person":
            self._take_person(number, editor.value(), text)
        elif text != editor.property("shown"):
            editor.setProperty("shown", text)
            if name == "day":
                self._take_day(number, text)
            else:
                self.put(number, **{name: text})

    def _take_person(self, number: int, person: str | None, text: str) -> None:
        slip = self.slips.slip(number)
        if (person or "", text) == (slip.person, slip.name):
            return
        values = {"person": person or "", "name": text}
        village = self.village_of(person) if person else ""
        if village and village != slip.village:
            values["village"] = village
        self.put(number, **values)

    def _take_day(self, number: int, text: str) -> None:
        above = self.slips.rows[number - 1].slip.day if number else ""
        try:
            day = visit_slips.slip_day(text, above, self._today())
        except ValueError as wrong:
            self.put(number, day=text)
            self.unread.emit(number, str(wrong))
        else:
            self.put(number, day=day)
        self.size_columns()

    def put(self, number: int, **values: str) -> None:
        """Set fields of a row as typed."""
        self.slips.put(number, **values)
        self.typed.emit(number)
