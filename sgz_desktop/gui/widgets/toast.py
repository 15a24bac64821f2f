"""A sentence at the foot of the window that goes away by itself, with 撤销 while it can be undone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.labels import IconLabel, label

UNDO_SECONDS = 10
SAY_SECONDS = 4


class Toast(QFrame):
    """One per window; a new sentence replaces the old."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setProperty("kind", "toast")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(6), px(8), px(6))
        row.setSpacing(px(Space.M))
        row.addWidget(IconLabel("check", "on_brand", 18))
        self._text = label("", "body")
        row.addWidget(self._text)
        # not Ctrl+Z, which takes back what is being typed in a field or the grid
        self.undo_button = button("撤销", on_click=self._press, small=True, key="Alt+Z")
        row.addWidget(self.undo_button)
        self._undo: Callable[[], object] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        over.installEventFilter(self)
        self.hide()

    def say(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """Show a sentence; with `undo` it stays ten seconds and offers 撤销."""
        self._text.setText(text)
        self._undo = undo
        self.undo_button.setVisible(undo is not None)
        self.setMinimumHeight(px(46))
        self.setAccessibleName(text)
        self.show()
        self.adjustSize()
        self._place()
        self.raise_()
        self._timer.start((UNDO_SECONDS if undo else SAY_SECONDS) * 1000)

    def text(self) -> str:
        """The sentence shown last."""
        return self._text.text()

    def _press(self) -> None:
        act, self._undo = self._undo, None
        self.hide()
        if act:
            act()

    def _place(self) -> None:
        room = self.parentWidget().size()
        self.move((room.width() - self.width()) // 2, room.height() - self.height() - px(Space.L))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)
