"""Several values of one field side by side: ←→ goes through them, Space takes one, a press too. None is taken
beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout

from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.badge import Badge
from sgz_desktop.gui.widgets.focus_ring import Ringed
from sgz_desktop.gui.widgets.labels import paragraph, set_property
from sgz_desktop.gui.widgets.spoken import say_choice

LABEL_WIDTH, NARROWEST, IN_A_ROW, NOTHING = 130, 170, 2, -1


@dataclass(frozen=True)
class Side:
    """One value as it is shown: the value, who wrote it when and where, and a word of warning ('' none)."""

    words: str
    second: str
    badge: str = ""


class SeveralValues(Ringed):
    """`chosen` is the place of the value taken, -1 none; `moved(±1)` asks for the field above or below,
    `entered` is Enter. The whole row takes the keyboard. A `fixed` one is only looked at."""

    changed = Signal()
    moved = Signal(int)
    entered = Signal()

    def __init__(self, name: str, sides: Sequence[Side], note: str = "", *, fixed: bool = False) -> None:
        super().__init__()
        self.chosen, self.at, self._fixed = NOTHING, 0, fixed
        self._words = [side.words for side in sides]
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(6), px(6), px(6), px(6))
        row.setSpacing(px(Space.S))
        row.addLayout(_head(name, note))
        grid = QGridLayout()
        grid.setSpacing(px(Space.S))
        self._tiles = [_Tile(side) for side in sides]
        for place, tile in enumerate(self._tiles):
            grid.addWidget(tile, place // IN_A_ROW, place % IN_A_ROW)
        for column in range(IN_A_ROW):
            grid.setColumnStretch(column, 1)
        row.addLayout(grid, 1)
        if not fixed:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._show()

    def choose(self, place: int) -> None:
        """Take a value, or with -1 none."""
        if not self._fixed and place != self.chosen:
            self.chosen = place
            self._show()
            self.changed.emit()

    def _show(self) -> None:
        for place, tile in enumerate(self._tiles):
            tile.set_chosen(place == self.chosen)
        taken = self._words[self.chosen] if self.chosen != NOTHING else "未选"
        say_choice(self, f"已选：{taken}。可选：{'、'.join(self._words)}。现在：{self._words[self.at]}")
        self.update()

    def _go(self, step: int) -> None:
        self.at = min(max(self.at + step, 0), len(self._tiles) - 1)
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._go(1 if key == Qt.Key.Key_Right else -1)
        elif key == Qt.Key.Key_Space:
            self.choose(NOTHING if self.chosen == self.at else self.at)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        for place, tile in enumerate(self._tiles):
            if tile.geometry().contains(at):
                self.at = place
                self.choose(NOTHING if self.chosen == place else place)
                self._show()

    def ringed(self) -> QRectF:
        return QRectF(self._tiles[self.at].geometry()).adjusted(-3, -3, 3, 3)


def _head(name: str, note: str) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    for words, role, tone in ((name, "body", "plain"), (note, "second", "warn")):
        if words:
            made = paragraph(words, role, tone)
            made.setFixedWidth(px(LABEL_WIDTH))
            column.addWidget(made)
    column.addStretch(1)
    return column


class _Tile(QFrame):
    """One of the values; a word says that it is the one taken."""

    def __init__(self, side: Side) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # all as wide
        self.setMinimumWidth(px(NARROWEST))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(10), px(6), px(10), px(6))
        column.setSpacing(px(2))
        line = QHBoxLayout()
        line.setSpacing(px(Space.S))
        line.addWidget(paragraph(side.words, "body_bold"), 1)
        self._mark = Badge("用这个", "ok", "check")
        kept = self._mark.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self._mark.setSizePolicy(kept)
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
        column.addWidget(paragraph(side.second, "second", "plain"))
        if side.badge:
            column.addWidget(Badge(side.badge, "danger", "alert"))
        column.addStretch(1)

    def set_chosen(self, chosen: bool) -> None:
        set_property(self, "kind", "band-tint" if chosen else "band-plain")
        self._mark.setVisible(chosen)
