"""The stages of a case from 接案 to 跟进, painted with their dates and with what the next one lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from sgz_desktop.gui import icons, theme
from sgz_desktop.gui.theme import C, px

_SAYS = {"done": "已完成", "now": "进行中", "todo": "未到"}


@dataclass(frozen=True)
class Stage:
    """`state` is done, now or todo; `note` is a day, a count or 还差n项 (then `lacks`)."""

    label: str
    state: str
    note: str = ""
    lacks: bool = False


class StageBar(QWidget):
    """Emits `picked(number)`; ←→ move, Enter picks."""

    picked = Signal(int)

    def __init__(self, stages: Sequence[Stage] = ()) -> None:
        super().__init__()
        self._stages: tuple[Stage, ...] = ()
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("个案阶段")
        self.set_stages(stages)

    def set_stages(self, stages: Sequence[Stage]) -> None:
        """Show other stages."""
        self._stages = tuple(stages)
        self._at = next((i for i, s in enumerate(stages) if s.state == "now"), 0)
        told = (f"{s.label}{_SAYS[s.state]}{'，' + s.note if s.note else ''}" for s in self._stages)
        self.setAccessibleDescription("；".join(told))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(560), self._tall())

    def minimumSizeHint(self) -> QSize:
        return QSize(px(420), self._tall())

    def _tall(self) -> int:
        """Without notes there is one line less."""
        return px(80 if any(one.note for one in self._stages) else 62)

    def _centre(self, number: int) -> QPointF:
        step = self.width() / max(len(self._stages), 1)
        return QPointF(step * (number + 0.5), px(19))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number in range(len(self._stages) - 1):
            reached = self._stages[number].state == "done"
            painter.setPen(QPen(QColor(C.brand if reached else C.button), 2))
            here, there = self._centre(number), self._centre(number + 1)
            painter.drawLine(here + QPointF(px(18), 0), there - QPointF(px(18), 0))
        for number, stage in enumerate(self._stages):
            self._paint_stage(painter, number, stage)

    def _paint_stage(self, painter: QPainter, number: int, stage: Stage) -> None:
        centre, radius = self._centre(number), px(14)
        now, done = stage.state == "now", stage.state == "done"
        painter.setPen(QPen(QColor(C.brand if done or now else C.control), 2 if done else 1.6))
        painter.setBrush(QColor(C.brand if now else C.tint if done else C.surface))
        painter.drawEllipse(centre, radius, radius)
        circle = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        if done:
            side = px(16)
            icons.paint(
                painter, "check", QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side), "hover"
            )
        else:
            painter.setFont(theme.font("second_bold"))
            painter.setPen(QColor(C.on_brand if now else C.text2))
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(number + 1))
        self._paint_words(painter, number, stage)
        if number == self._at and self.hasFocus():
            painter.setPen(QPen(QColor(C.brand), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, radius + px(3), radius + px(3))

    def _paint_words(self, painter: QPainter, number: int, stage: Stage) -> None:
        step = self.width() / len(self._stages)
        line = QRectF(step * number, px(37), step, px(22))
        now = stage.state == "now"
        painter.setFont(theme.font("body_bold" if now else "body"))
        painter.setPen(QColor(C.text if stage.state != "todo" else C.text2))
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, stage.label)
        painter.setFont(theme.font("caption"))
        painter.setPen(QColor(C.warn if stage.lacks else C.text2 if now else C.muted))
        painter.drawText(line.translated(0, px(21)), Qt.AlignmentFlag.AlignCenter, stage.note)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self._at = min(max(self._at + step, 0), len(self._stages) - 1)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(self._at)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._stages:
            number = int(event.position().x() // (self.width() / len(self._stages)))
            self._at = min(max(number, 0), len(self._stages) - 1)
            self.picked.emit(self._at)
