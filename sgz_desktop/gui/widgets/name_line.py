"""A field for names one after another: Enter takes one, Ctrl+V a whole list, a bare number counts heads."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

from sgz_desktop.domain.name_list import read_names
from sgz_desktop.gui.widgets.person_picker import Ask, PersonPicker


class NameLine(PersonPicker):
    """`given(NameList)` tells of names and numbers as typed, `picked(id)` of a person chosen from the list.

    Letters look for people on file by initials; so does anything once an arrow key points into the list.
    """

    given = Signal(object)

    def __init__(self, ask: Ask) -> None:
        super().__init__(ask=ask)
        self._choosing = False
        self.textEdited.connect(lambda _text: self._set_choosing(False))

    def _set_choosing(self, on: bool) -> None:
        self._choosing = on

    def choose_one(self) -> None:
        """Several people have the name that stands there: the next Enter takes the one pointed at."""
        self._choosing = True
        self._search()

    def start_again(self) -> None:
        """Empty, for the next name."""
        self._choosing = False
        self.set_value(None)
        self.clear()

    def paste(self) -> None:
        """What was copied: a list is taken at once, a single word stands in the field."""
        text = QGuiApplication.clipboard().text()
        found = read_names(text)
        if len(found.names) + len(found.unread) > 1 or (found.names and found.heads is not None):
            self.given.emit(found)
        else:
            super().paste()
            self.textEdited.emit(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
            return
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._choosing = True
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._as_typed():
            self._hide()
            self.given.emit(read_names(self.text()))
            return
        super().keyPressEvent(event)

    def _as_typed(self) -> bool:
        """Does Enter take what is typed, not somebody from the list?"""
        text = self.text().strip()
        letters = text.isascii() and text.isalpha()
        return bool(text) and not self._choosing and not letters
