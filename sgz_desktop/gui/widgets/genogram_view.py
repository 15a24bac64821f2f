"""A genogram on screen: it fits the panel as far as words stay readable, then scrolls; zooms; arrow keys go
from person to person and Enter opens one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QToolTip, QWidget

from sgz_desktop.domain.genogram import Genogram, Symbol
from sgz_desktop.gui import theme
from sgz_desktop.gui.theme import C, px
from sgz_desktop.gui.widgets.genogram_paint import GenogramPainter

NARROWEST = 0.76  # a distance keeps at least that part of its width
ZOOMS = (1.0, 1.25, 1.5, 2.0)
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class _Sheet(QWidget):
    """The drawing itself, with the keyboard on one person of it."""

    opened = Signal(str)
    moved = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.drawing: Genogram | None = None
        self.openable: frozenset[str] = frozenset()
        self.zoom, self.wide = 1.0, 1.0
        self.at = ""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("家系图")

    @property
    def scale(self) -> float:
        """Pixels to a unit of the drawing."""
        return theme.scale() * self.zoom

    def by_id(self, id: str) -> Symbol | None:
        """The symbol of somebody, None when they are not drawn."""
        symbols = self.drawing.symbols if self.drawing else ()
        return next((one for one in symbols if one.id == id), None)

    def rect_of(self, symbol: Symbol) -> QRectF:
        """Where somebody stands."""
        return GenogramPainter(QPainter(), self.scale, self.wide).symbol_rect(symbol)

    def fit(self) -> None:
        """As large as the drawing."""
        if self.drawing:
            width = self.drawing.width * self.scale * self.wide
            self.resize(round(width), round(self.drawing.height * self.scale))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.drawing is None:
            return
        painter = QPainter(self)
        painting = GenogramPainter(painter, self.scale, self.wide)
        painting.paint(self.drawing)
        here = self.by_id(self.at)
        if here and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(C.brand), 2))
            painter.drawRoundedRect(painting.symbol_rect(here).adjusted(-2, -3, 2, 1), px(6), px(6))

    def _under(self, point: QPointF) -> Symbol | None:
        symbols = self.drawing.symbols if self.drawing else ()
        return next((one for one in symbols if self.rect_of(one).contains(point)), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self._under(event.position())
        hand = found is not None and found.id in self.openable
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if found := self._under(event.position()):
            self.at = found.id
            self.update()
            self._open()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._under(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), found.label.spoken if found else "", self)
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in ARROWS:
            self._go(*ARROWS[key])
        elif key in ENTER:
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        if self.at in self.openable:
            self.opened.emit(self.at)

    def _go(self, across: int, down: int) -> None:
        """To the nearest person in that direction."""
        here = self.by_id(self.at)
        if here is None or self.drawing is None:
            return

        def ahead(one: Symbol) -> tuple[float, float]:
            x, y = one.x - here.x, one.y - here.y
            return (x * across, abs(y)) if across else (y * down, abs(x))

        found = [one for one in self.drawing.symbols if ahead(one)[0] > 1 and (down or ahead(one)[1] < 1)]
        if found:
            self.at = min(found, key=ahead).id
            self.say()
            self.moved.emit(self.by_id(self.at))
            self.update()

    def say(self) -> None:
        """Tell a screen reader whom the keyboard is on."""
        here = self.by_id(self.at)
        self.setAccessibleName(f"家系图：{here.label.spoken}" if here else "家系图")


class GenogramView(QScrollArea):
    """`show_drawing` fills it; `opened(person id)`. `most` is the greatest height, px at 标准, 0 = all."""

    opened = Signal(str)

    def __init__(self, most: int = 0) -> None:
        super().__init__()
        self._most = most
        self.sheet = _Sheet()
        self.setWidget(self.sheet)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.viewport().setAutoFillBackground(False)
        self.sheet.setAutoFillBackground(False)
        self.setCornerWidget(QWidget())
        self.sheet.opened.connect(self.opened)
        self.sheet.moved.connect(self._follow)

    def show_drawing(self, drawing: Genogram, spoken: str, openable: frozenset[str]) -> None:
        """Another family; `openable` have a page to open."""
        sheet = self.sheet
        same = sheet.drawing is not None and any(one.id == sheet.at for one in drawing.symbols)
        focus = next((one.id for one in drawing.symbols if one.focus), "")
        sheet.drawing, sheet.openable = drawing, openable
        sheet.at = sheet.at if same else focus
        sheet.say()
        sheet.setAccessibleDescription(spoken)
        self._fit()
        self.updateGeometry()
        QTimer.singleShot(0, self, self._look)

    def set_zoom(self, step: int) -> None:
        """Nearer (1) or farther (-1); the words grow too."""
        at = min(max(ZOOMS.index(self.sheet.zoom) + step, 0), len(ZOOMS) - 1)
        self.sheet.zoom = ZOOMS[at]
        self._fit()
        self._look()

    def _fit(self) -> None:
        drawing = self.sheet.drawing
        if drawing is None:
            return
        room = self.viewport().width() / (drawing.width * theme.scale())
        self.sheet.wide = min(max(room, NARROWEST), 1.0) if self.sheet.zoom == 1.0 else 1.0
        self.sheet.fit()

    def _look(self) -> None:
        """Bring the person the keyboard is on into sight, once the panel has its size."""
        if here := self.sheet.by_id(self.sheet.at):
            self._follow(here)

    def _follow(self, symbol: Symbol) -> None:
        rect = self.sheet.rect_of(symbol).toRect()
        middle = rect.center()
        self.ensureVisible(middle.x(), middle.y(), rect.width() // 2 + px(12), rect.height() // 2 + px(12))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self._look()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        elif self.verticalScrollBar().maximum() > 0:
            super().wheelEvent(event)
        else:
            event.ignore()  # the column around it scrolls

    def sizeHint(self) -> QSize:
        tall = round(self.sheet.drawing.height * theme.scale()) if self.sheet.drawing else px(120)
        return QSize(px(240), min(tall + px(14), px(self._most)) if self._most else tall)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(160), self.sizeHint().height() if self._most else px(160))
