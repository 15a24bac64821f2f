"""A PDF seen inside the program: page by page, drawn off the GUI thread, nothing on disk.

PgUp and PgDn turn the page (or scroll to its end first), Home and End go to the first and
last, Ctrl with +, - and the wheel zoom, Ctrl+0 shows the whole page. Ctrl+F looks for words,
F3 and Shift+F3 go to the next place and the one before.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from sgz_desktop.gui import jobs
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.pdf_bar import PdfBar
from sgz_desktop.gui.widgets.pdf_find import PdfFind, look_for
from sgz_desktop.gui.widgets.pdf_pages import PdfPages
from sgz_desktop.gui.widgets.pdf_sheet import MARGIN, PdfSheet
from sgz_desktop.gui.widgets.pdf_text import Box
from sgz_desktop.gui.widgets.pdf_zoom import WHOLE

_TURNS = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
_ZOOM_KEYS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
_NEAR = 60  # pixels around a place found that come into sight with it


class _Drawn(NamedTuple):
    picture: QImage
    marks: list[list[Box]]
    words: str


class PdfPreview(QWidget):
    """`show_pdf(bytes)`; `turned(page number from 1)` after a page came to the front."""

    turned = Signal(int)
    drawn = Signal()

    def __init__(self, title: str = "预览") -> None:
        super().__init__()
        self._pages: PdfPages | None = None
        self._open: list[PdfPages] = []
        self.destroyed.connect(lambda _self=None, held=self._open: _close(held))
        self._number = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.S))
        self.bar, self.find = PdfBar(title), PdfFind()
        self.zoom, self.controls = self.bar.zoom, self.bar.controls
        column.addWidget(self.bar)
        column.addWidget(self.find)
        self.find.hide()
        column.addWidget(self._make_ground(), 1)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(80)
        self._rest.timeout.connect(self._draw)
        self._connect()

    def _connect(self) -> None:
        self.bar.asked.connect(self.go_to)
        self.bar.looked.connect(self.open_search)
        self.zoom.changed.connect(self._zoomed)
        self.find.asked.connect(self._look)
        self.find.chosen.connect(self._go_to_place)
        self.find.closed.connect(self.close_search)
        for keys, by in (("F3", 1), ("Shift+F3", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda by=by: self._next_place(by))

    def _make_ground(self) -> QWidget:
        self._sheet = PdfSheet()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._sheet)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.viewport().setAutoFillBackground(False)
        self._sheet.setAutoFillBackground(False)
        self._area.setAccessibleName("文件预览")
        for part in (self._area, self._area.viewport()):
            part.installEventFilter(self)
        ground = QFrame()
        ground.setProperty("kind", "preview")
        inner = QVBoxLayout(ground)
        inner.setContentsMargins(2, 2, 2, 2)
        inner.addWidget(self._area)
        return ground

    def show_pdf(self, data: bytes, page: int = 1) -> None:
        """Show another PDF, at `page`; a damaged one raises through the job as our bug."""
        self.clear()
        jobs.start(
            self, lambda _task: PdfPages(data), done=lambda pages: self._opened(pages, page), key="open"
        )

    def clear(self) -> None:
        """Show nothing and let the document go; what is looked for stays in its field."""
        _close(self._open)
        self._pages, self._number = None, 0
        self.find.forget()
        self._sheet.show_picture(None)
        self._sheet.show_marks([])
        self._sheet.setAccessibleDescription("")
        self._tell_place()

    @property
    def page(self) -> int:
        """The page in front, from 1; 0 without a document."""
        return self._number + 1 if self._pages else 0

    @property
    def page_count(self) -> int:
        """How many pages the document has."""
        return self._pages.count if self._pages else 0

    def turn(self, step: int) -> bool:
        """Go `step` pages on; False at the end."""
        return self.go_to(self.page + step)

    def go_to(self, page: int) -> bool:
        """Show a page, from 1; False when there is no such page."""
        if not self._pages or not 1 <= page <= self._pages.count:
            return False
        self._number = page - 1
        self._sheet.show_picture(None)
        self._sheet.show_marks([])
        self._area.verticalScrollBar().setValue(0)
        self._tell_place()
        self._draw()
        self.turned.emit(page)
        return True

    def picture(self) -> QImage | None:
        """The drawing on show, None while it is being made."""
        return self._sheet.picture

    def open_search(self) -> None:
        """Ctrl+F: the line to look for words in comes out, or takes the keyboard again."""
        self.find.show()
        self.find.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.find.box.selectAll()

    def close_search(self) -> None:
        """The line goes, the marks with it; the page has the keyboard."""
        self.find.hide()
        self.find.box.clear()
        self.find.box.send()
        self._area.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look(self, words: str) -> None:
        self.find.forget()
        self._sheet.show_marks([])
        pages, here = self._pages, self._number
        if not pages or not words:
            jobs.start(self, lambda _task: None, key="find")  # what was looked for before is not waited for
            return
        self.find.tell("正在找")
        jobs.start(
            self,
            lambda task: look_for(pages, words, task),
            done=lambda found: self.find.take(found, here),
            key="find",
        )

    def _next_place(self, by: int) -> None:
        if self.find.isVisible() and self.find.words:
            self.find.step(by)
        else:
            self.open_search()

    def _go_to_place(self, _number: int) -> None:
        place = self.find.place
        if place and place.page != self._number:
            self.go_to(place.page + 1)
        else:
            self._draw()

    def _opened(self, pages: PdfPages, page: int) -> None:
        _close(self._open)
        self._open.append(pages)
        self._pages = pages
        self.go_to(min(page, pages.count))
        if self.find.isVisible():
            self._look(self.find.words)

    def _tell_place(self) -> None:
        count = self.page_count
        self.bar.show_place(self.page, count)
        told = f"第{self.page}页，共{count}页" if count else ""
        self._area.setAccessibleDescription(told)
        self._sheet.setAccessibleName(told)

    def _zoomed(self) -> None:
        bar = self._area.verticalScrollBar()
        part = bar.value() / bar.maximum() if bar.maximum() else 0.0
        self._draw()
        QTimer.singleShot(0, self, lambda: bar.setValue(round(part * bar.maximum())))

    def _draw(self) -> None:
        if not self._pages or not self._pages.count:
            return
        pages, number = self._pages, self._number
        wide, high = pages.sizes[number]
        edge = 2 * px(MARGIN)
        room = QSize(
            self._area.width() - self._area.verticalScrollBar().sizeHint().width() - edge,
            self._area.height() - edge - 2,
        )
        width = self.zoom.width_of((wide, high), room)
        self._sheet.show_paper(QSize(width, round(width * high / wide)), wide)
        device = round(width * self.devicePixelRatioF())
        places = [one[1:] for one in self.find.found if one.page == number]

        def work(_task: jobs.Task) -> _Drawn:
            marks = pages.boxes(number, places)
            return _Drawn(pages.draw(number, device), marks, pages.words(number))

        jobs.start(self, work, done=self._show, key="draw")

    def _show(self, made: _Drawn) -> None:
        self._sheet.show_picture(made.picture)
        self._sheet.setAccessibleDescription(made.words)
        here = [number for number, one in enumerate(self.find.found) if one.page == self._number]
        if len(here) == len(made.marks):  # else words were changed meanwhile
            self._sheet.show_marks(made.marks, self.find.current - here[0] if here else -1)
        if spot := self._sheet.place_of_current():
            self._area.ensureVisible(spot.center().x(), spot.center().y(), _NEAR, _NEAR)
        self.drawn.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rest.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and isinstance(event, QWheelEvent):
            return self._wheel(event)
        if watched is self._area and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and _zooms(event):
                event.accept()  # Ctrl+0 is a section of the window's elsewhere
                return True
            if event.type() == QEvent.Type.KeyPress:
                return self._key(event)
        return super().eventFilter(watched, event)

    def _wheel(self, event: QWheelEvent) -> bool:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        self.zoom.step(1 if event.angleDelta().y() > 0 else -1)
        return True

    def _key(self, event: QKeyEvent) -> bool:
        bar, key = self._area.verticalScrollBar(), Qt.Key(event.key())
        step = _TURNS.get(key, 0)
        if step and bar.value() == (bar.maximum() if step > 0 else bar.minimum()):
            return self.turn(step)
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            return self.go_to(1 if key == Qt.Key.Key_Home else self.page_count)
        if _zooms(event):
            if key == Qt.Key.Key_0:
                self.zoom.set_value(WHOLE)
            else:
                self.zoom.step(_ZOOM_KEYS[key])
            return True
        return False


def _zooms(event: QKeyEvent) -> bool:
    held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    return bool(held) and (event.key() == Qt.Key.Key_0 or event.key() in _ZOOM_KEYS)


def look_in_sight(within: QWidget) -> bool:
    """Open the search of the paper in sight inside a widget; False when there is none."""
    papers = [one for one in within.findChildren(PdfPreview) if one.isVisible() and one.page_count]
    if papers:
        papers[0].open_search()
    return bool(papers)


def _close(held: list[PdfPages]) -> None:
    while held:
        held.pop().close()
