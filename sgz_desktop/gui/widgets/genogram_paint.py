"""Paints a genogram: its lines, then its people. Heights are as laid out; `wide` narrows only the distances
between people, so that words keep their size in a narrow panel."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from sgz_desktop.domain.genogram import LABEL, LINE, SYMBOL, Genogram, Stroke, Symbol
from sgz_desktop.gui import theme
from sgz_desktop.gui.theme import C

PENS = {
    "solid": Qt.PenStyle.SolidLine,
    "dashed": Qt.PenStyle.DashLine,
    "dotted": Qt.PenStyle.DotLine,
}
TIES = {"close": "ok", "distant": "text2", "conflict": "danger", "cut_off": "warn"}
HOME = "同住"


class GenogramPainter:
    """`scale` is pixels to a unit, `wide` the part of its width a distance keeps."""

    def __init__(self, painter: QPainter, scale: float, wide: float) -> None:
        self._painter, self.scale, self._wide = painter, scale, wide

    def paint(self, drawing: Genogram) -> None:
        """All of it."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for stroke in drawing.strokes:
            self._stroke(stroke)
        for outline in drawing.homes:
            self._home(outline)
        for symbol in drawing.symbols:
            self._label(symbol)
        for symbol in drawing.symbols:
            self._symbol(symbol)

    def place(self, x: float, y: float) -> QPointF:
        """Where a place of the drawing lies on the widget."""
        return QPointF(x * self.scale * self._wide, y * self.scale)

    def _font(self, role: str) -> QFont:
        face = theme.font(role)
        face.setPixelSize(round(face.pixelSize() * self.scale / theme.scale()))
        return face

    def _stroke(self, stroke: Stroke) -> None:
        colour = theme.colour(TIES[stroke.kind]) if stroke.kind in TIES else QColor(C.text)
        pen = QPen(colour, max(1.4, 1.5 * self.scale), PENS[stroke.style])
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        self._painter.setPen(pen)
        self._painter.drawPolyline(QPolygonF([self.place(x, y) for x, y in stroke.points]))

    def _home(self, outline: Sequence[tuple[float, float]]) -> None:
        painter = self._painter
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(C.brand), 1.3, Qt.PenStyle.DashLine))
        painter.drawPolygon(QPolygonF([self.place(x, y) for x, y in outline]))
        face = self._font("caption")
        painter.setFont(face)
        width = QFontMetricsF(face).horizontalAdvance(HOME) + 8
        foot = max(y for _x, y in outline)
        corner = self.place(min(x for x, y in outline if y == foot), foot)
        words = QRectF(corner.x() + 5 * self.scale, corner.y() - 8 * self.scale, width, 16 * self.scale)
        painter.fillRect(words, QColor(C.surface))
        painter.setPen(QColor(C.brand))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), HOME)

    def symbol_rect(self, symbol: Symbol) -> QRectF:
        """The symbol with its label on the widget."""
        middle, half = self.place(symbol.x, symbol.y), SYMBOL / 2 * self.scale
        wide = max(LABEL / 2 * self._wide * self.scale, half)
        foot = half + (6 + LINE * len(_lines(symbol))) * self.scale
        return QRectF(middle.x() - wide, middle.y() - half, 2 * wide, half + foot)

    def _symbol(self, symbol: Symbol) -> None:
        middle, half = self.place(symbol.x, symbol.y), SYMBOL / 2 * self.scale
        painter = self._painter
        style = Qt.PenStyle.DashLine if symbol.missing else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(C.text2 if symbol.missing else C.text), max(1.6, 1.7 * self.scale), style))
        painter.setBrush(QColor(C.tint if symbol.focus else C.surface))
        self._outline(symbol, middle, half)
        if symbol.focus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            self._outline(symbol, middle, half - 3.2 * self.scale)
        painter.setFont(self._font("body_bold"))
        rect = QRectF(middle.x() - half, middle.y() - half, 2 * half, 2 * half)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), symbol.label.inside)
        if symbol.dead:
            reach = half * (1.0 if symbol.shape == "square" else 0.7 if symbol.shape == "circle" else 0.5)
            for turn in (1, -1):
                painter.drawLine(
                    middle + QPointF(-reach, -reach * turn), middle + QPointF(reach, reach * turn)
                )

    def _outline(self, symbol: Symbol, middle: QPointF, half: float) -> None:
        rect = QRectF(middle.x() - half, middle.y() - half, 2 * half, 2 * half)
        if symbol.shape == "square":
            self._painter.drawRect(rect)
        elif symbol.shape == "circle":
            self._painter.drawEllipse(rect)
        else:
            corners = ((0, -half), (half, 0), (0, half), (-half, 0))
            self._painter.drawPolygon(QPolygonF([middle + QPointF(x, y) for x, y in corners]))

    def _label(self, symbol: Symbol) -> None:
        middle = self.place(symbol.x, symbol.y)
        room = LABEL * self._wide * self.scale
        top = middle.y() + (SYMBOL / 2 + 4) * self.scale
        for number, (words, role, colour) in enumerate(_lines(symbol)):
            face = self._font(role)
            metrics = QFontMetricsF(face)
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
            width = metrics.horizontalAdvance(shown) + 4
            line = QRectF(middle.x() - width / 2, top + number * LINE * self.scale, width, LINE * self.scale)
            self._painter.fillRect(line, QColor(C.surface))
            self._painter.setFont(face)
            self._painter.setPen(QColor(colour))
            self._painter.drawText(line, int(Qt.AlignmentFlag.AlignCenter), shown)


def _lines(symbol: Symbol) -> list[tuple[str, str, str]]:
    label = symbol.label
    name = "second_bold" if symbol.focus else "second"
    found = (
        (label.name, name, C.text),
        (label.relation, "caption", C.text2),
        (label.years, "caption", C.text2),
    )
    return [line for line in found if line[0]]
