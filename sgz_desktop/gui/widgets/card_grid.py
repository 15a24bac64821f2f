"""Cards in equal columns: three, two in narrow windows, one in the narrowest."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from sgz_desktop.gui.theme import Space, WidthClass, px


class CardGrid(QWidget):
    """Put it in a `Scroll`; `heights` are the relative heights of the rows while there are three columns."""

    def __init__(self, cards: Sequence[QWidget], heights: Sequence[int] = ()) -> None:
        super().__init__()
        self._cards, self._heights = tuple(cards), tuple(heights)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(px(Space.M))
        self.columns = 0
        for card in self._cards:
            card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._place(3)

    def set_compact(self, width: WidthClass) -> None:
        """Fold for a width class."""
        self._place({WidthClass.STEPS: 1, WidthClass.STACKED: 2}.get(width, 3))

    def _place(self, columns: int) -> None:
        if columns == self.columns:
            return
        self.columns = columns
        for number, card in enumerate(self._cards):
            self._grid.removeWidget(card)
            self._grid.addWidget(card, number // columns, number % columns)
        for line in range(3):
            self._grid.setColumnStretch(line, 1 if line < columns else 0)
            self._grid.setColumnMinimumWidth(line, px(220) if line < columns else 0)
        for line in range(len(self._cards)):
            known = columns == 3 and line < len(self._heights)
            self._grid.setRowStretch(line, self._heights[line] if known else 0)
