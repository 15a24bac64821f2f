"""The side bar: sections, practice band, 紧急报告, the person at the desk, 遮挡 and 锁定.

Narrow, it is a rail with the labels under the icons; nothing in it is an icon alone but the lock and the cover.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from sgz_desktop.gui import icons, theme
from sgz_desktop.gui.theme import C, px
from sgz_desktop.gui.widgets.avatar import Avatar, Mark
from sgz_desktop.gui.widgets.buttons import Button, button, icon_button
from sgz_desktop.gui.widgets.labels import Elided, keycap, label, rule
from sgz_desktop.gui.widgets.painted_rows import draw_text


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
    Section("reports", "报表", "chart", "Ctrl+9"),
    Section("exchange", "U盘交换", "usb", "Ctrl+0", low=True),
    Section("settings", "设置", "gear", "Ctrl+,", low=True),
)


class NavItem(QAbstractButton):
    """One section, painted: icon beside the words, or above them in the rail."""

    moved = Signal(int)

    def __init__(self, section: Section, tone: str = "") -> None:
        super().__init__()
        self.section, self._tone, self.rail = section, tone, False
        self._keyed = False
        self.setText(section.label)
        self.setCheckable(not tone)
        self.setAccessibleName(section.label)
        self.setToolTip(f"{section.label}（{section.keys}）" if section.keys else section.label)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def sizeHint(self) -> QSize:
        return QSize(px(80), px(theme.Height.RAIL if self.rail else theme.Height.NAV))

    def nextCheckState(self) -> None:
        """The window checks the section that came to the front; a press alone does not."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._keyed = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self.moved.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

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
        side = px(18)
        if self.rail:
            icons.paint(
                painter,
                self.section.icon,
                QRectF(rect.center().x() - side / 2, rect.top() + px(2), side, side),
                ink,
            )
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.colour(ink))
            words = rect.adjusted(0, px(18), 0, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())
        else:
            icons.paint(
                painter,
                self.section.icon,
                QRectF(px(12), rect.center().y() - side / 2 + 0.5, side, side),
                ink,
            )
            words = rect.adjusted(px(40), 0, -px(4), 0)
            draw_text(painter, words, self.text(), "body_bold" if on else "body", ink)
        if self.hasFocus() and self._keyed:
            painter.setPen(QPen(QColor(C.brand), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), px(8), px(8))


class SideBar(QFrame):
    """Emits `chosen(section key)`, `lock`, `cover` and `urgent`."""

    chosen = Signal(str)
    lock = Signal()
    cover = Signal()
    urgent = Signal()

    def __init__(
        self,
        station: str,
        user: str,
        sections: Sequence[Section] = SECTIONS,
        *,
        practice: bool = False,
        urgent: bool = False,
    ) -> None:
        super().__init__()
        self._station, self._user, self._practice, self._with_urgent = station, user, practice, urgent
        self.items = [NavItem(section) for section in sections]
        self.rail = False
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(14), px(12), px(12))
        column.setSpacing(0)
        self._head = self._make_head()
        column.addWidget(self._head)
        column.addWidget(self._make_band())
        column.addWidget(self._make_nav(), 1)
        self._foot = QWidget()
        column.addWidget(self._foot)
        self._make_foot()
        self.set_rail(False)

    def _make_head(self) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(px(6), px(2), 0, px(12))
        row.setSpacing(px(10))
        row.addWidget(Mark(32))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label("社工站", "section"))
        words.addWidget(Elided(self._station, "second", "plain"))
        row.addLayout(words, 1)
        row.addStretch(0)
        return head

    def _make_band(self) -> QWidget:
        self.band = label("练习", "second_bold", "warn")
        self.band.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.band.setStyleSheet(f"background: {C.warn_tint}; border-radius: {px(6)}px; padding: {px(3)}px;")
        self.band.setToolTip("练习站：里面的人和事都是编的，可以随意试。")
        self.band.setVisible(self._practice)
        return self.band

    def _make_nav(self) -> QWidget:
        holder = QWidget()
        self._nav = QVBoxLayout(holder)
        self._nav.setContentsMargins(0, px(4), 0, px(4))
        for item in self.items:
            if item.section.low and not self._nav_has_stretch():
                self._nav.addStretch(1)
                self._nav.addWidget(rule())
            self._nav.addWidget(item)
            item.clicked.connect(lambda _=False, key=item.section.key: self.chosen.emit(key))
            item.moved.connect(lambda step, item=item: self._focus(self.items.index(item) + step))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(holder)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder.setAutoFillBackground(False)
        self._area.viewport().setAutoFillBackground(False)
        return self._area

    def _nav_has_stretch(self) -> bool:
        return any(self._nav.itemAt(i).spacerItem() for i in range(self._nav.count()))

    def _make_foot(self) -> None:
        column = QVBoxLayout(self._foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(rule())
        self.urgent_item = NavItem(Section("urgent", "紧急报告", "alert", "F8"), "danger")
        self.urgent_item.clicked.connect(self.urgent.emit)
        self._urgent_key = keycap("F8")
        line = QHBoxLayout()
        line.addWidget(self.urgent_item, 1)
        line.addWidget(self._urgent_key)
        if self._with_urgent:
            column.addLayout(line)
        column.addWidget(self._wide_foot())
        column.addWidget(self._rail_foot())

    def _wide_foot(self) -> QWidget:
        self._wide = QWidget()
        column = QVBoxLayout(self._wide)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        person = QHBoxLayout()
        person.setContentsMargins(px(6), 0, 0, 0)
        person.setSpacing(px(10))
        person.addWidget(Avatar(self._user, 32))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Elided(self._user))
        words.addWidget(Elided("资料已存本机", "caption", "plain"))
        person.addLayout(words, 1)
        person.addStretch(0)
        column.addLayout(person)
        keys = QHBoxLayout()
        keys.setContentsMargins(px(4), 0, px(4), 0)
        keys.setSpacing(px(8))
        for words_, icon, signal, key in (
            ("遮挡", "cover", self.cover, "F9"),
            ("锁定", "lock", self.lock, "Ctrl+L"),
        ):
            made = self._foot_button(
                button(words_, icon=icon, on_click=signal.emit, small=True), f"{words_}（{key}）"
            )
            made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            keys.addWidget(made, 1)
        column.addLayout(keys)
        return self._wide

    def _rail_foot(self) -> QWidget:
        self._narrow = QWidget()
        column = QVBoxLayout(self._narrow)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        name = Elided(self._user, "caption", "plain")
        name.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(name, 0, Qt.AlignmentFlag.AlignHCenter)
        keys = QHBoxLayout()
        keys.setSpacing(px(6))
        for words, icon, signal, key in (
            ("遮挡", "cover", self.cover, "F9"),
            ("锁定", "lock", self.lock, "Ctrl+L"),
        ):
            made = icon_button(icon, words, signal.emit, small=True)
            keys.addWidget(self._foot_button(made, f"{words}（{key}）"))
        column.addLayout(keys)
        return self._narrow

    def _foot_button(self, made: Button, tip: str) -> Button:
        made.setToolTip(tip)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made

    def set_rail(self, rail: bool) -> None:
        """Fold to the rail, or unfold."""
        self.rail = rail
        self.setFixedWidth(px(theme.RAIL_WIDTH if rail else theme.NAV_WIDTH))
        side = px(6) if rail else px(12)
        self.layout().setContentsMargins(side, px(8) if rail else px(14), side, px(8) if rail else px(12))
        self._nav.setSpacing(px(2))
        self._head.setVisible(not rail)
        self._wide.setVisible(not rail)
        self._narrow.setVisible(rail)
        self._urgent_key.setVisible(not rail)
        for item in (*self.items, self.urgent_item):
            item.rail = rail
            item.updateGeometry()
            item.update()

    def set_current(self, key: str) -> None:
        """Mark the section in front; it alone is a Tab stop."""
        for item in self.items:
            on = item.section.key == key
            item.setChecked(on)
            item.setFocusPolicy(Qt.FocusPolicy.TabFocus if on else Qt.FocusPolicy.NoFocus)
            if on:
                self._area.ensureWidgetVisible(item, 0, 0)

    def _focus(self, number: int) -> None:
        if 0 <= number < len(self.items):
            item = self.items[number]
            item.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            item.setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(C.nav))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), QColor(C.line))
