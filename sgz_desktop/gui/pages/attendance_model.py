"""Cells of the 出席表: members down, sessions across, one mark each; what is set and not saved yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from sgz_desktop.actions.groups import Mark
from sgz_desktop.domain import days
from sgz_desktop.domain.attendance import ABSENT, LATE, LEAVE, PRESENT, SHORT, Roll, Seat, Sitting

_Index = QModelIndex | QPersistentModelIndex
CENTRE = Qt.AlignmentFlag.AlignCenter
SAYS = {PRESENT: "出席", LATE: "迟到", LEAVE: "请假", ABSENT: "缺席", "": "未记"}
TONES = {PRESENT: "ok", LATE: "warn", LEAVE: "text2", ABSENT: "danger"}


class Look(NamedTuple):
    """The words of a cell, their tone, and whether it is doubtful."""

    text: str
    tone: str
    doubtful: bool


class RollModel(QAbstractTableModel):
    """`roll` is what is shown; `unsaved` holds the marks the store does not have yet, by cell."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.roll = Roll("", "")
        self._states: dict[tuple[str, str], str] = {}
        self.unsaved: dict[tuple[str, str], Mark] = {}
        self._looks: dict[tuple[int, int], Look] = {}
        self._heads: list[str] = []
        self._names: list[str] = []

    def set_roll(self, roll: Roll) -> None:
        """Show a roll as it was read, with what is not saved yet on top."""
        self.beginResetModel()
        self._states = {**roll.states, **{cell: mark.state for cell, mark in self.unsaved.items()}}
        self.roll = replace(roll, states=self._states)
        self._looks.clear()
        self._heads = [head_of(self.roll, one) for one in roll.sittings]
        self._names = [self._named(seat) for seat in roll.seats]
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.roll.seats)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.roll.sittings)

    def at(self, index: _Index) -> tuple[Sitting, Seat]:
        """The session and the member of a cell."""
        return self.roll.sittings[index.column()], self.roll.seats[index.row()]

    def state(self, index: _Index) -> str:
        """The mark of a cell, '' when there is none."""
        sitting, seat = self.at(index)
        return self._states.get((sitting.id, seat.id), "")

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        across = orientation == Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return CENTRE if across else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._heads[section] if across else self._names[section]

    def _named(self, seat: Seat) -> str:
        return f"{seat.name}　{self.roll.of_seat(seat).words}"

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.look(index).text
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            sitting, seat = self.at(index)
            told = f"{seat.name}，{self.roll.called(sitting)}：{SAYS.get(self.state(index), '')}"
            return "。".join(filter(None, (told, self.roll.doubt(sitting, seat))))
        return None

    def look(self, index: _Index) -> Look:
        """How a cell is painted; worked out once a change, for all are painted often."""
        place = index.row(), index.column()
        if place not in self._looks:
            sitting, seat = self.at(index)
            state = self.state(index)
            words = SHORT.get(state, "" if state or self._open(sitting, seat) else "—")
            self._looks[place] = Look(
                words, TONES.get(state, "muted"), bool(state) and bool(self.roll.doubt(sitting, seat))
            )
        return self._looks[place]

    def _open(self, sitting: Sitting, seat: Seat) -> bool:
        return not sitting.cancelled and self.roll.in_group(sitting, seat)

    def put(self, index: _Index, state: str) -> Mark | None:
        """Set a mark; returns it, None when it stood so already."""
        sitting, seat = self.at(index)
        cell = (sitting.id, seat.id)
        stood = self._states.get(cell, "")
        if stood == state:
            return None
        first = self.unsaved[cell].before if cell in self.unsaved else stood
        self.unsaved[cell] = Mark(*cell, state, first)
        self._states[cell] = state
        self._looks.pop((index.row(), index.column()), None)
        self._names[index.row()] = self._named(seat)
        plain = self.index(index.row(), index.column())
        self.dataChanged.emit(plain, plain)
        return Mark(*cell, state, stood)

    def cells_of(self, mark: Mark) -> Iterator[QModelIndex]:
        """Where a mark stands, nowhere when its session or member is gone."""
        for column, sitting in enumerate(self.roll.sittings):
            if sitting.id == mark.session:
                yield from (
                    self.index(row, column)
                    for row, seat in enumerate(self.roll.seats)
                    if seat.id == mark.member
                )

    def empty_of(self, column: int) -> list[QModelIndex]:
        """Cells of a session without a mark whose members were in the group that day."""
        sitting = self.roll.sittings[column]
        return [
            self.index(row, column)
            for row, seat in enumerate(self.roll.seats)
            if not self._states.get((sitting.id, seat.id)) and self._open(sitting, seat)
        ]


def head_of(roll: Roll, sitting: Sitting) -> str:
    """第3节 over 6月3日."""
    return f"{roll.called(sitting)}\n{short_day(sitting.date)}"


def short_day(day: str) -> str:
    """6月3日 of a whole day; as much as is known of another."""
    if not days.is_day(day):
        return day or "未定"
    shown = days.show_day(day)
    return shown[5:] if days.is_whole(day) else shown
