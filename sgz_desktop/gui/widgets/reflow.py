"""Main column beside side panels; under it, and scrolling as one, when the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from sgz_desktop.gui.theme import Space, WidthClass, px
from sgz_desktop.gui.widgets.scroll import Scroll


class SideBySide(QWidget):
    """`side` is `side_width` px wide beside `main`; stacked, both are one column. It scrolls, unless what it
    stands in does (`scrolls` False)."""

    def __init__(
        self,
        main: QWidget,
        side: QWidget,
        side_width: int,
        *,
        side_first: bool = False,
        gap: int = Space.M,
        scrolls: bool = True,
    ) -> None:
        super().__init__()
        self.main, self.side = main, side
        self._side_width, self._side_first, self._gap = side_width, side_first, gap
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(gap))
        self._stacked: bool | None = None
        self._scrolls, self._column = scrolls, QWidget()
        self.set_stacked(False)

    def set_compact(self, width: WidthClass) -> None:
        """Fold for a width class."""
        self.set_stacked(width.stacked)

    def set_stacked(self, stacked: bool) -> None:
        """Stand one under the other, or beside one another."""
        if stacked == self._stacked:
            return
        self._stacked = stacked
        for part in (self.main, self.side):
            part.setParent(self)
        self._row.removeWidget(self._column)
        self._column.deleteLater()
        self._column = QWidget()
        self._stack() if stacked else self._beside()
        self.main.show()
        self.side.show()

    def _beside(self) -> None:
        self.side.setFixedWidth(px(self._side_width))
        self._row.addWidget(self.main, 1)
        self._row.insertWidget(0 if self._side_first else 1, self.side)

    def _stack(self) -> None:
        for part in (self.main, self.side):
            self._row.removeWidget(part)
        self.side.setMinimumWidth(0)
        self.side.setMaximumWidth(16777215)
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, px(Space.S) if self._scrolls else 0, 0)
        column.setSpacing(px(self._gap))
        for part in (self.side, self.main) if self._side_first else (self.main, self.side):
            column.addWidget(part)
        if self._scrolls:
            self._column = Scroll(self._column)
        self._row.addWidget(self._column, 1)


class TwoSteps(QWidget):
    """A list beside a page; in the narrowest windows one at a time (`show_detail`, `show_list`)."""

    turned = Signal(bool)

    def __init__(self, left: QWidget, right: QWidget, left_width: int) -> None:
        super().__init__()
        self.left, self.right, self._left_width = left, right, left_width
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(14))
        self._leaves = QStackedWidget()
        self._leaves.hide()
        self.steps = False
        self._beside()

    def set_compact(self, width: WidthClass) -> None:
        """Fold for a width class."""
        if width.steps == self.steps:
            return
        self.steps = width.steps
        if self.steps:
            self._fold()
        else:
            self._beside()
        self.turned.emit(self.on_detail)

    @property
    def on_detail(self) -> bool:
        """In two steps, and the page is in front: offer 返回."""
        return self.steps and self._leaves.currentWidget() is self.right

    def show_detail(self) -> None:
        """Bring the page to the front (does nothing when both are in sight)."""
        if self.steps:
            self._leaves.setCurrentWidget(self.right)
            self.turned.emit(True)

    def show_list(self) -> None:
        """Bring the list back (does nothing when both are in sight)."""
        if self.steps:
            self._leaves.setCurrentWidget(self.left)
            self.turned.emit(False)

    def _beside(self) -> None:
        self._row.removeWidget(self._leaves)
        self._leaves.hide()
        self.left.setFixedWidth(px(self._left_width))
        for part, stretch in ((self.left, 0), (self.right, 1)):
            self._row.addWidget(part, stretch)
            part.show()

    def _fold(self) -> None:
        self.left.setMinimumWidth(0)
        self.left.setMaximumWidth(16777215)
        for part in (self.left, self.right):
            self._row.removeWidget(part)
            self._leaves.addWidget(part)
        self._row.addWidget(self._leaves, 1)
        self._leaves.show()
