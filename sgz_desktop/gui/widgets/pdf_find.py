"""Looking for words in a paper: the line over its pages, and the places found."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sgz_desktop.gui import jobs
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import icon_button, way_back
from sgz_desktop.gui.widgets.labels import label
from sgz_desktop.gui.widgets.pdf_pages import PdfPages
from sgz_desktop.gui.widgets.search_box import SearchBox

NOTHING = "没有找到"


class Found(NamedTuple):
    """A place in a paper: page from 0, first and last character on it."""

    page: int
    first: int
    last: int


def look_for(pages: PdfPages, wanted: str, task: jobs.Task) -> list[Found]:
    """All places of some words, in their order; not for the GUI thread. Cancelled with its job."""
    found: list[Found] = []
    for page in range(pages.count):
        task.step(page, pages.count)
        found += (Found(page, *place) for place in pages.find(page, wanted))
    return found


class PdfFind(QWidget):
    """`asked(words)` while one types, `chosen(number)` when another place takes its turn, `closed`."""

    asked = Signal(str)
    chosen = Signal(int)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Found] = []
        self.current = -1
        self._asked = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(Space.S))
        self.box = SearchBox("在文件里找")
        self.box.setMinimumWidth(px(120))
        self.box.installEventFilter(self)
        self.box.asked.connect(self._ask)
        self.box.moved.connect(self.step)
        self.count = label("", "second", "plain")
        self.before = icon_button("upward", "上一处（Shift+F3）", lambda: self.step(-1), small=True)
        self.after = icon_button("downward", "下一处（F3）", lambda: self.step(1), small=True)
        self.leave = way_back(icon_button("x", "不找了（Esc）", self.closed.emit, small=True))
        row.addWidget(self.box, 1)
        for part in (self.count, self.before, self.after, self.leave):
            row.addWidget(part)
        self.tell("")

    @property
    def words(self) -> str:
        """What is looked for."""
        return self.box.text().strip()

    @property
    def place(self) -> Found | None:
        """The place in turn."""
        return self.found[self.current] if 0 <= self.current < len(self.found) else None

    def _ask(self, words: str) -> None:
        self._asked = words
        self.asked.emit(words)

    def take(self, found: list[Found], page: int) -> None:
        """Take what was found; the first place at or after `page` has its turn."""
        self.found = found
        at = bisect_left(found, (page,)) if found else -1
        self.current = at if at < len(found) else 0
        self._say()
        if found:
            self.chosen.emit(self.current)

    def step(self, by: int) -> None:
        """The next place or the one before; after the last comes the first."""
        if self.found:
            self.current = (self.current + by) % len(self.found)
            self._say()
            self.chosen.emit(self.current)

    def forget(self) -> None:
        """Nothing found."""
        self.found, self.current = [], -1
        self.tell("")

    def tell(self, words: str) -> None:
        """Beside the field, and to a screen reader."""
        self.count.setText(words)
        self.box.setAccessibleDescription(words)
        for part in (self.before, self.after):
            part.setEnabled(bool(self.found))

    def _say(self) -> None:
        count = len(self.found)
        self.tell(f"第{self.current + 1:,}处，共{count:,}处" if count else NOTHING)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Shift+Enter step, Escape leaves the search and not the dialog it stands in."""
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            assert isinstance(event, QKeyEvent)
            return self._key(event, pressed=event.type() == QEvent.Type.KeyPress)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent, *, pressed: bool) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            if pressed:
                self.closed.emit()
            return True
        if pressed and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            if self.words == self._asked:
                self.step(-1 if back else 1)
            else:
                self.box.send()
            return True
        return False
