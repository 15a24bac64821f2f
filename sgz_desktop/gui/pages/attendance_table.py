"""The 出席表 as it is typed: arrows move, one key a mark, Enter goes on to the next member."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from sgz_desktop.actions.groups import Mark
from sgz_desktop.domain.attendance import ABSENT, LATE, LEAVE, PRESENT, Roll
from sgz_desktop.gui import theme
from sgz_desktop.gui.pages.attendance_model import CENTRE, RollModel
from sgz_desktop.gui.theme import C, px

_Index = QModelIndex | QPersistentModelIndex
MARKS = {
    Qt.Key.Key_Space: PRESENT,
    Qt.Key.Key_1: PRESENT,
    Qt.Key.Key_D: PRESENT,
    Qt.Key.Key_2: LATE,
    Qt.Key.Key_C: LATE,
    Qt.Key.Key_3: LEAVE,
    Qt.Key.Key_J: LEAVE,
    Qt.Key.Key_4: ABSENT,
    Qt.Key.Key_Q: ABSENT,
    Qt.Key.Key_0: "",
    Qt.Key.Key_Delete: "",
    Qt.Key.Key_Backspace: "",
}
HINTS = (
    ("方向键", "换格"),
    ("空格", "到"),
    ("2", "迟到"),
    ("3", "请假"),
    ("4", "缺席"),
    ("0", "清空"),
    ("Enter", "下一位"),
    ("Shift+空格", "本节其余都到"),
    ("Ctrl+Z", "撤销"),
)
COLUMN, NAMES = 74, 148  # px at 标准
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class RollCell(QStyledItemDelegate):
    """A mark; the cell the keyboard is on is framed."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        table = self.parent()
        assert isinstance(table, RollTable)
        look, rect = table.rolls.look(index), option.rect
        if look.doubtful:
            painter.fillRect(rect, QColor(C.warn_tint))
        if look.text:
            painter.setFont(table.face)
            painter.setPen(QColor(getattr(C, look.tone)))
            painter.drawText(rect, int(CENTRE), look.text)
        if table.currentIndex() == index:
            painter.setPen(QPen(QColor(C.brand), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))


class RollTable(QTableView):
    """`marked` after each change, `moved` when the keyboard is on another cell, `left` on Esc."""

    marked = Signal()
    moved = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rolls = RollModel(self)
        self.face = theme.font("body_bold")
        self._done: list[list[Mark]] = []
        self._dress()
        self.setModel(self.rolls)
        self.setItemDelegate(RollCell(self))
        # headerDataChanged would paint the whole table anew
        self.rolls.dataChanged.connect(lambda *_: self.verticalHeader().viewport().update())

    def _dress(self) -> None:
        self.setAccessibleName("出席表")
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        down, across = self.verticalHeader(), self.horizontalHeader()
        for head in (down, across):
            head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            head.setSectionsClickable(False)
            head.setHighlightSections(False)
        down.setDefaultSectionSize(px(theme.Height.GRID))
        down.setFixedWidth(px(NAMES))
        across.setDefaultSectionSize(px(COLUMN))
        across.setFixedHeight(px(52))

    def set_roll(self, roll: Roll, session: str = "") -> None:
        """Show a roll with the keyboard where it was, at first on a `session` or the one to be marked."""
        held = self.currentIndex()
        place = (held.row(), held.column()) if held.isValid() else None
        self.rolls.set_roll(roll)
        if not (roll.sittings and roll.seats):
            return
        if place is None or place[0] >= len(roll.seats) or place[1] >= len(roll.sittings):
            place = 0, self._first_open(roll, session)
        self.setCurrentIndex(self.rolls.index(*place))
        self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.EnsureVisible)

    def _first_open(self, roll: Roll, session: str) -> int:
        """The session asked for, else the first held one that nobody was marked in, else the last."""
        places = {one.id: place for place, one in enumerate(roll.sittings)}
        if session in places:
            return places[session]
        bare = (one for one in roll.sittings if not one.cancelled and not roll.of_sitting(one).marked)
        return places[next(bare, roll.sittings[-1]).id]

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, with_ = Qt.Key(event.key()), event.modifiers() & (CONTROL | SHIFT)
        if (key, with_) == (Qt.Key.Key_Z, CONTROL):
            self.undo()
        elif (key, with_) == (Qt.Key.Key_Space, SHIFT):
            self.fill_session()
        elif not with_ and key in MARKS:
            self.put(self.currentIndex(), MARKS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on(-1 if with_ & SHIFT else 1)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are marks here, not names looked for."""

    def put(self, index: _Index, state: str) -> None:
        """Set the mark of a cell."""
        if index.isValid():
            self._note([self.rolls.put(index, state)])

    def fill_session(self) -> None:
        """本节其余都到: who has no mark yet in the session the keyboard is on, and was in the group."""
        index = self.currentIndex()
        if index.isValid():
            self._note([self.rolls.put(cell, PRESENT) for cell in self.rolls.empty_of(index.column())])

    def undo(self) -> None:
        """Take the last change back."""
        if self._done:
            for mark in self._done.pop():
                for cell in self.rolls.cells_of(mark):
                    self.rolls.put(cell, mark.before)
                    self.setCurrentIndex(cell)
            self.marked.emit()

    def _note(self, marks: Sequence[Mark | None]) -> None:
        done = [mark for mark in marks if mark is not None]
        if done:
            self._done.append(done)
            self.marked.emit()

    def _go_on(self, step: int) -> None:
        """The next member; below the last one the next session begins."""
        index, rows = self.currentIndex(), self.rolls.rowCount()
        if not index.isValid() or not rows:
            return
        place = index.column() * rows + index.row() + step
        if 0 <= place < rows * self.rolls.columnCount():
            self.setCurrentIndex(self.rolls.index(place % rows, place // rows))
