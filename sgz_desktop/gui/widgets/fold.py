"""A row that opens what belongs to it, made when it is first opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sgz_desktop.gui.theme import px
from sgz_desktop.gui.widgets.text_row import RowWords, TextRow

INDENT = 18


class Fold(QWidget):
    """`head` is the row; `make` builds what stands below, indented by `indent`."""

    turned = Signal(bool)

    def __init__(self, words: RowWords, make: Callable[[], QWidget], *, indent: int = INDENT) -> None:
        super().__init__()
        self._make, self._inner, self._indent = make, QWidget(), indent
        self.head = TextRow(words, opens=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._inner)
        self._inner.hide()
        self._body: QWidget | None = None
        self.head.toggled.connect(self._turn)

    def _turn(self, on: bool) -> None:
        if on and self._body is None:
            self._body = self._make()
            inside = QVBoxLayout(self._inner)
            inside.setContentsMargins(px(self._indent), 0, 0, px(4))
            inside.addWidget(self._body)
        self._inner.setVisible(on)
        self.turned.emit(on)

    def open(self, on: bool = True) -> None:
        """Open or close it."""
        self.head.setChecked(on)

    @property
    def is_open(self) -> bool:
        """What belongs to it is in sight."""
        return self.head.isChecked()

    @property
    def body(self) -> QWidget | None:
        """What stands below; None until first opened."""
        return self._body


def column_of(*parts: QWidget, gap: int = 0) -> QWidget:
    """Widgets one below the other."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(gap))
    for part in parts:
        column.addWidget(part)
    return whole
