"""One of two values side by side: ←→ chooses, Space takes the other one, a press too."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.focus_ring import Ringed
from sgz_desktop.gui.widgets.labels import label, paragraph, set_property
from sgz_desktop.gui.widgets.spoken import say_choice

LABEL_WIDTH = 130
EMPTY = "（空）"


class TwoValues(Ringed):
    """`right` says which one is chosen: False the left one. The whole row takes the keyboard."""

    changed = Signal()

    def __init__(self, name: str, left: str, right: str, *, chosen: bool = False) -> None:
        super().__init__()
        self.right = chosen
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)
        self._words = (left or EMPTY, right or EMPTY)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(6), px(4), px(6), px(4))
        row.setSpacing(px(Space.S))
        head = paragraph(name, "body", "plain")
        head.setFixedWidth(px(LABEL_WIDTH))
        row.addWidget(head)
        self._sides = tuple(_Side(words) for words in self._words)
        for side in self._sides:
            row.addWidget(side, 1)
        self._show()

    def choose(self, right: bool) -> None:
        """Take the left or the right value."""
        if right != self.right:
            self.right = right
            self._show()
            self.changed.emit()

    def _show(self) -> None:
        for side, chosen in zip(self._sides, (not self.right, self.right), strict=True):
            side.set_chosen(chosen)
        say_choice(self, f"已选：{self._words[self.right]}。可选：{'、'.join(self._words)}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.choose(key == Qt.Key.Key_Right)
        elif key == Qt.Key.Key_Space:
            self.choose(not self.right)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(key == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        for side, right in zip(self._sides, (False, True), strict=True):
            if side.geometry().contains(at):
                self.choose(right)


class _Side(QFrame):
    """One of the values; a word says that it is the one chosen."""

    def __init__(self, words: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(px(10), px(5), px(10), px(5))
        column.setSpacing(0)
        line = QHBoxLayout()
        line.setSpacing(px(Space.S))
        line.addWidget(paragraph(words), 1)
        self._mark = label("用这个", "caption", "hover")
        kept = self._mark.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self._mark.setSizePolicy(kept)
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_chosen(self, chosen: bool) -> None:
        set_property(self, "kind", "band-tint" if chosen else "band-plain")
        self._mark.setVisible(chosen)
