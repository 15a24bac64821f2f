"""A file to press: its picture, and under it what it is."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QImage, QImageReader, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from sgz_desktop.gui import icons
from sgz_desktop.gui.theme import C, px
from sgz_desktop.gui.widgets.painted_rows import draw_text

WIDTH, PICTURE, WORDS = 132, 96, 24
FINEST = 2  # device pixels to one of ours


def small_picture(data: bytes) -> QImage:
    """JPEG bytes no larger than a `Thumb` can show, null when they cannot be read. Opening hundreds of photos
    takes seconds: not for the GUI thread."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    reader = QImageReader(buffer)
    room = QSize(px(WIDTH), px(PICTURE)) * FINEST
    reader.setScaledSize(reader.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    return reader.read()


class Thumb(QAbstractButton):
    """`set_picture` once it is read; until then an icon stands there. Checkable where files are chosen."""

    def __init__(self, words: str, note: str = "", *, checkable: bool = False) -> None:
        super().__init__()
        self._note, self._pixmap, self._keyed = note, QPixmap(), False
        self.setText(words)
        self.setCheckable(checkable)
        self.setAccessibleName(f"{words}，{note}" if note else words)
        self.setToolTip(self.accessibleName())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_picture(self, picture: QImage) -> None:
        """Show what `small_picture` made."""
        if not picture.isNull():
            size = QSize(px(WIDTH), px(PICTURE)) * self.devicePixelRatioF()
            self._pixmap = QPixmap.fromImage(
                picture.scaled(
                    size,
                    Qt.AspectRatioMode.KeepAspectRatioByExpanding,
                    Qt.TransformationMode.SmoothTransformation,
                )
            )
            self._pixmap.setDevicePixelRatio(self.devicePixelRatioF())
            self.update()

    @property
    def pictured(self) -> bool:
        """Is its picture there?"""
        return not self._pixmap.isNull()

    def sizeHint(self) -> QSize:
        return QSize(px(WIDTH), px(PICTURE + 2 * WORDS))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._keyed = event.reason() != Qt.FocusReason.MouseFocusReason

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(0, 0, self.width(), px(PICTURE))
        painter.fillRect(place, QColor(C.track))
        if self._pixmap.isNull():
            side = px(28)
            spot = QRectF(place.center().x() - side / 2, place.center().y() - side / 2, side, side)
            icons.paint(painter, "doc", spot, "muted")
        else:
            shown = self._pixmap.deviceIndependentSize()
            painter.setClipRect(place)
            painter.drawPixmap(
                int((place.width() - shown.width()) / 2),
                int((place.height() - shown.height()) / 2),
                self._pixmap,
            )
            painter.setClipping(False)
        line = QRectF(0, place.bottom() + 2, self.width(), px(WORDS))
        draw_text(painter, line, self.text(), "second", "text")
        draw_text(painter, line.translated(0, px(WORDS - 3)), self._note, "caption", "plain")
        self._frame(painter, place)

    def _frame(self, painter: QPainter, place: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.isChecked():
            side = px(24)
            spot = QRectF(place.right() - side - px(6), place.top() + px(6), side, side)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(C.brand))
            painter.drawEllipse(spot)
            icons.paint(painter, "check", spot.adjusted(px(4), px(4), -px(4), -px(4)), "surface")
            painter.setBrush(Qt.BrushStyle.NoBrush)
        ringed = self.isChecked() or (self.hasFocus() and self._keyed)
        painter.setPen(QPen(QColor(C.brand if ringed else C.line), 2 if ringed else 1))
        painter.drawRect(place.adjusted(1, 1, -1, -1))
