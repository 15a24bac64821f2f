"""The sections of the window, and the entry of one in the side bar."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from sgz_desktop.gui import icons, theme
from sgz_desktop.gui.theme import C, px
from sgz_desktop.gui.widgets.painted_rows import draw_text
from sgz_desktop.gui.widgets.stepped_button import SteppedButton


@dataclass(frozen=True)
class Section:
    """A section of the window; `low` ones stand at the foot, `keys` is its shortcut."""

    key: str
    label: str
    icon: str
    keys: str = ""
    low: bool = False


SECTIONS: tuple[Section, ...] = (
    Section("home", "工作台", "home", "Ctrl+1"),
    Section("people", "服务对象", "people", "Ctrl+2"),
    Section("visits", "走访", "visit", "Ctrl+3"),
    Section("cases", "个案", "case", "Ctrl+4"),
    Section("aid", "救助与转介", "refer", "Ctrl+5"),
    Section("groups", "小组与活动", "group", "Ctrl+6"),
    Section("resources", "志愿者与资源", "heart", "Ctrl+7"),
    Section("supervision", "督导", "talk", "Ctrl+8"),
    Section("station", "站务", "book", "Ctrl+."),
    Section("reports", "报表", "chart", "Ctrl+9"),
    Section("exchange", "U盘交换", "usb", "Ctrl+0", low=True),
    Section("settings", "设置", "gear", "Ctrl+,", low=True),
)


class NavItem(SteppedButton):
    """One section, painted: icon beside the words, or above them in the rail."""

    def __init__(self, section: Section, tone: str = "") -> None:
        super().__init__()
        self.section, self._tone, self.rail = section, tone, False
        self._keyed = False
        self.setText(section.label)
        self.setCheckable(True)
        self.setAccessibleName(section.label)
        self.setToolTip(f"{section.label}（{section.keys}）" if section.keys else section.label)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        gives = QSizePolicy.Policy.Fixed if tone else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Expanding, gives)
        self.setMouseTracking(True)

    def sizeHint(self) -> QSize:
        return QSize(px(80), px(theme.Height.RAIL if self.rail else theme.Height.NAV))

    def minimumSizeHint(self) -> QSize:
        """A low window takes a little from each entry before the bar has to scroll."""
        return QSize(px(80), px(theme.Height.NAV_LEAST))

    def nextCheckState(self) -> None:
        """The window checks the section that came to the front; a press alone does not."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._keyed = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        on = self.isChecked()
        if on or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(C.tint if on else C.track))
            painter.drawRoundedRect(rect, px(8), px(8))
        ink = self._tone or ("hover" if on else "text2")
        side = px(20)
        if self.rail:
            side = px(20 if rect.height() >= px(theme.Height.RAIL) else 17)
            icons.paint(
                painter,
                self.section.icon,
                QRectF(rect.center().x() - side / 2, rect.top() + px(1), side, side),
                ink,
            )
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.colour(ink))
            words = rect.adjusted(0, side - px(2), 0, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())
        else:
            icons.paint(
                painter,
                self.section.icon,
                QRectF(px(11), rect.center().y() - side / 2 + 0.5, side, side),
                ink,
            )
            words = rect.adjusted(px(40), 0, -px(4), 0)
            draw_text(painter, words, self.text(), "body_bold" if on else "body", ink)
        if self.hasFocus() and self._keyed:
            painter.setPen(QPen(QColor(C.brand), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), px(8), px(8))
