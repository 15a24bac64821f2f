"""A row that opens what belongs to it, made when it is first opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from sgz_desktop.gui.theme import px
from sgz_desktop.gui.widgets.text_row import RowWords, TextRow

INDENT = 18
SETTLED_MS = 60  # by then heights have come to rest


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
        if on:
            QTimer.singleShot(SETTLED_MS, self, self._into_sight)

    def _into_sight(self) -> None:
        """As much as there is room for of what was opened, and always its head."""
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None and self.head.hasFocus():
            around.ensureWidgetVisible(self, 0, px(8))
            around.ensureWidgetVisible(self.head, 0, px(8))

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
