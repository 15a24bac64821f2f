"""The frame: side bar, pages made when first visited, keys, 遮挡, idle lock, toast, broadcast of changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from sgz_desktop.gui import theme
from sgz_desktop.gui.idle import IdleWatch
from sgz_desktop.gui.page import Page
from sgz_desktop.gui.theme import WidthClass, px
from sgz_desktop.gui.widgets.cover import Cover
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.nav_item import SECTIONS, Section
from sgz_desktop.gui.widgets.page_head import PageHead
from sgz_desktop.gui.widgets.pdf_preview import look_in_sight
from sgz_desktop.gui.widgets.side_bar import SideBar
from sgz_desktop.gui.widgets.toast import Toast

IDLE_SECONDS = 300
LOW_SCREEN = 820
PageFactory = Callable[[], Page]


class MainWindow(QMainWindow):
    """`factories` maps a section key to what makes its page; without one it says there is no page yet."""

    lock_requested = Signal()
    closing = Signal()
    find_requested = Signal()
    urgent_requested = Signal()
    turned = Signal()
    """Another page is in front."""

    def __init__(
        self,
        factories: Mapping[str, PageFactory],
        *,
        station: str,
        user: str,
        practice: bool = False,
        urgent: bool = False,
        sections: Sequence[Section] = SECTIONS,
        idle_seconds: int = IDLE_SECONDS,
    ) -> None:
        super().__init__()
        self._factories, self._sections = dict(factories), tuple(sections)
        self._pages: dict[str, Page] = {}
        self._current = ""
        self.sealer: Callable[[], Callable[[bytes], bytes] | None] | None = None  # papers for the county
        self._width = WidthClass.WIDE
        self.setWindowTitle(f"{station}·社工站" + ("（练习）" if practice else ""))
        self.side = SideBar(station, user, sections, practice=practice, urgent=urgent)
        self._stack = QStackedWidget()
        self._build()
        self._bind_keys(urgent)
        theme.translate(QApplication.instance())
        self.idle = IdleWatch(idle_seconds, self)
        self.idle.idle.connect(self.lock)

    def _build(self) -> None:
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        column = QVBoxLayout()
        column.setContentsMargins(px(20), px(14), px(20), px(16))
        column.addWidget(self._stack)
        row.addLayout(column, 1)
        self.setCentralWidget(whole)
        self.toast = Toast(whole)
        self.cover = Cover(whole)
        self.side.chosen.connect(self.go)
        self.side.lock.connect(self.lock)
        self.side.cover.connect(self.cover.put)
        self.side.urgent.connect(self.urgent_requested)
        self.setMinimumSize(px(640), px(420))

    def _bind_keys(self, urgent: bool) -> None:
        keys: list[tuple[str, Callable[[], object]]] = [
            ("Ctrl+K", self.find),
            ("Ctrl+F", self.look),
            ("Ctrl+L", self.lock),
            ("F9", self.cover.put),
        ]
        keys += [(s.keys, lambda key=s.key: self.go(key)) for s in self._sections if s.keys]
        if "contacts" in self._factories:
            keys.append(("F4", lambda: self.begin("contacts")))
        if urgent:
            keys.append(("F8", self.urgent_requested.emit))
        for sequence, act in keys:
            QShortcut(QKeySequence(sequence), self).activated.connect(lambda act=act: self._uncovered(act))

    def _uncovered(self, act: Callable[[], object]) -> None:
        """While the screen is covered a key only uncovers it; locking works at any time."""
        if self.cover.isVisible() and act != self.lock:
            self.cover.lift()
        else:
            act()

    def show_fitting(self) -> None:
        """Show the window; low screens get it maximised."""
        room = self.screen().availableGeometry()
        if room.height() < LOW_SCREEN:
            self.resize(room.size())  # as it will be, so that pages are laid out once
            self.showMaximized()
        else:
            self.resize(min(1366, room.width()), min(860, room.height()))
            self.show()

    def go(self, key: str, target: Any = None) -> Page | None:
        """Bring a section to the front, making its page on the first visit; returns the page."""
        page = self.page(key)
        if self._current and self._current != key:
            self._pages[self._current].flush()
        self._current = key
        self.side.set_current(key)
        self._stack.setCurrentWidget(page)
        page.activate(target)
        self.turned.emit()
        return page

    def begin(self, key: str) -> Page | None:
        """A new record of a page, about whom the page in front is about."""
        about = self._pages[self._current].subject() if self._current else {}
        return self.go(key, {"new": True, **about})

    def page(self, key: str) -> Page:
        """The page of a section, made if need be."""
        if key not in self._pages:
            factory = self._factories.get(key)
            page = factory() if factory else _missing(next(s for s in self._sections if s.key == key))
            page.go.connect(self.go)
            page.said.connect(self.toast.say)
            page.set_compact(self._width)
            page.section = key
            self._pages[key] = page
            self._stack.addWidget(page)
        return self._pages[key]

    @property
    def current(self) -> str:
        """The key of the section in front."""
        return self._current

    def find(self) -> None:
        """Ctrl+K: the page's own search box, else the window asks for the search of people."""
        if not (self._current and self._pages[self._current].find()):
            self.find_requested.emit()

    def look(self) -> None:
        """Ctrl+F: words in the paper in sight, else as Ctrl+K."""
        if not (self._current and look_in_sight(self._pages[self._current])):
            self.find()

    def broadcast(self, changes: Any) -> None:
        """Tell every page made so far that records changed."""
        for page in self._pages.values():
            page.on_changes(changes)

    def flush(self) -> None:
        """Have every page save its drafts."""
        for page in self._pages.values():
            page.flush()

    def lock(self) -> None:
        """Save drafts, then ask the composition root to lock."""
        self.flush()
        self.lock_requested.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = theme.width_class(self.width())
        if width is not self._width:
            self._width = width
            self.side.set_rail(width.rail)
            for page in self._pages.values():
                page.set_compact(width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nothing on the page wanted leads back there."""
        escape = event.key() == Qt.Key.Key_Escape and self._current
        if not (escape and self._pages[self._current].step_back()):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.flush()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.flush()
        self.idle.stop()
        self.closing.emit()
        super().closeEvent(event)


def _missing(section: Section) -> Page:
    page = Page()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(PageHead(section.label))
    column.addWidget(
        EmptyState(
            f"这一版还没有“{section.label}”页。", section.icon, "相关内容可以先记在走访或个案里，资料会保留。"
        ),
        1,
    )
    column.setAlignment(Qt.AlignmentFlag.AlignTop)
    return page
