"""A PDF seen inside the program: page by page, drawn off the GUI thread, nothing on disk.

PgUp and PgDn turn the page (or scroll to its end first), Home and End go to the first and
last, Ctrl with + and - zoom.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from sgz_desktop.gui import jobs
from sgz_desktop.gui.theme import C, Space, px
from sgz_desktop.gui.widgets.buttons import icon_button
from sgz_desktop.gui.widgets.inputs import Choice
from sgz_desktop.gui.widgets.labels import label
from sgz_desktop.gui.widgets.pdf_pages import POINTS_PER_INCH, PdfPages

FIT = 0.0
ZOOMS = ((FIT, "适合宽度"), (1.0, "100%"), (1.5, "150%"), (2.0, "200%"))
_MARGIN = 16
_DPI = 96
_WIDEST_FIT = 1.4


class _Sheet(QWidget):
    """The page on its grey ground; an old drawing is stretched until the new one is there."""

    def __init__(self) -> None:
        super().__init__()
        self._picture: QImage | None = None
        self._paper = QSize(1, 1)

    def show_paper(self, paper: QSize) -> None:
        """Take the size of a page (logical pixels)."""
        self._paper = paper
        self.setMinimumSize(paper.width() + 2 * px(_MARGIN), paper.height() + 2 * px(_MARGIN))
        self.update()

    def show_picture(self, picture: QImage | None) -> None:
        """Show a drawing; None = blank paper."""
        self._picture = picture
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        left = (self.width() - self._paper.width()) // 2
        rect = QRectF(left, px(_MARGIN), self._paper.width(), self._paper.height())
        painter.fillRect(rect, QColor(C.surface))
        if self._picture is not None:
            painter.drawImage(rect, self._picture)
        painter.setPen(QPen(QColor(C.button), 1))
        painter.drawRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5))


class PdfPreview(QWidget):
    """`show_pdf(bytes)`; `turned(page number from 1)` after a page came to the front."""

    turned = Signal(int)
    drawn = Signal()

    def __init__(self, title: str = "预览") -> None:
        super().__init__()
        self._pages: PdfPages | None = None
        self._open: list[PdfPages] = []
        self.destroyed.connect(lambda _self=None, held=self._open: _close(held))
        self._number, self._zoom = 0, FIT
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.S))
        column.addLayout(self._make_head(title))
        column.addWidget(self._make_ground(), 1)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(80)
        self._rest.timeout.connect(self._draw)
        self._enable()

    def _make_head(self, title: str) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(px(Space.S))
        self._where = label("", "second", "plain")
        self._back = icon_button("left", "上一页", lambda: self.turn(-1), small=True)
        self._on = icon_button("right", "下一页", lambda: self.turn(1), small=True)
        self.zoom = Choice(ZOOMS, value=FIT)
        self.zoom.setAccessibleName("缩放")
        self.zoom.setFixedWidth(px(118))
        self.zoom.changed.connect(self._zoomed)
        head.addWidget(label(title, "section"))
        head.addWidget(self._where, 1)
        self.controls = (self._back, self._on, self.zoom)
        for part in self.controls:
            head.addWidget(part)
        return head

    def _make_ground(self) -> QWidget:
        self._sheet = _Sheet()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._sheet)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.viewport().setAutoFillBackground(False)
        self._sheet.setAutoFillBackground(False)
        self._area.setAccessibleName("文件预览")
        self._area.installEventFilter(self)
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
        """Show nothing and let the document go."""
        _close(self._open)
        self._pages, self._number = None, 0
        self._sheet.show_picture(None)
        self._enable()

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
        self._area.verticalScrollBar().setValue(0)
        self._enable()
        self._draw()
        self.turned.emit(page)
        return True

    def picture(self) -> QImage | None:
        """The drawing on show, None while it is being made."""
        return self._sheet._picture

    def _opened(self, pages: PdfPages, page: int) -> None:
        _close(self._open)
        self._open.append(pages)
        self._pages = pages
        self.go_to(min(page, pages.count))

    def _enable(self) -> None:
        count = self.page_count
        self._where.setText(f"第{self.page}页，共{count}页" if count else "")
        self._area.setAccessibleDescription(self._where.text())
        self._back.setEnabled(self.page > 1)
        self._on.setEnabled(self.page < count)

    def _zoomed(self) -> None:
        value = self.zoom.value()
        self._zoom = value if isinstance(value, float) else FIT
        self._draw()

    def _draw(self) -> None:
        if not self._pages or not self._pages.count:
            return
        pages, number = self._pages, self._number
        wide, high = pages.sizes[number]
        actual = wide * _DPI / POINTS_PER_INCH
        room = self._area.width() - self._area.verticalScrollBar().sizeHint().width() - 2 * px(_MARGIN)
        width = round(max(min(room, actual * _WIDEST_FIT), 80) if self._zoom == FIT else actual * self._zoom)
        self._sheet.show_paper(QSize(width, round(width * high / wide)))
        device = round(width * self.devicePixelRatioF())
        jobs.start(self, lambda _task: pages.draw(number, device), done=self._show, key="draw")

    def _show(self, picture: QImage) -> None:
        self._sheet.show_picture(picture)
        self.drawn.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rest.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        bar = self._area.verticalScrollBar()
        key = event.key()
        if key == Qt.Key.Key_PageDown and bar.value() >= bar.maximum():
            return self.turn(1)
        if key == Qt.Key.Key_PageUp and bar.value() <= bar.minimum():
            return self.turn(-1)
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            return self.go_to(1 if key == Qt.Key.Key_Home else self.page_count)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and key in (
            Qt.Key.Key_Plus,
            Qt.Key.Key_Equal,
            Qt.Key.Key_Minus,
        ):
            step = -1 if key == Qt.Key.Key_Minus else 1
            self.zoom.setCurrentIndex(min(max(self.zoom.currentIndex() + step, 0), self.zoom.count() - 1))
            return True
        return False


def _close(held: list[PdfPages]) -> None:
    while held:
        held.pop().close()
