"""The side bar: sections, practice band, 紧急报告, the person at the desk, 遮挡 and 锁定.

Narrow, it is a rail with the labels under the icons; only the lock and the cover stand there without words.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from sgz_desktop.gui import theme
from sgz_desktop.gui.theme import C, px
from sgz_desktop.gui.widgets.avatar import Avatar, Mark
from sgz_desktop.gui.widgets.buttons import Button, button, icon_button
from sgz_desktop.gui.widgets.labels import Elided, keycap, label, rule
from sgz_desktop.gui.widgets.nav_item import SECTIONS, NavItem, Section

UNDER = {"contacts": "visits"}  # pages without an entry, by the section they belong to


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
        row.setContentsMargins(px(6), px(0), 0, px(8))
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
            item.stepped.connect(lambda step, item=item: self._focus(self.items.index(item) + step))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(holder)
        self._area.verticalScrollBar().setStyleSheet("QScrollBar:vertical { width: 5px; }")
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
        line.addSpacing(px(6))
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
        self._nav.setSpacing(0 if rail else px(2))
        self._head.setVisible(not rail)
        self._wide.setVisible(not rail)
        self._narrow.setVisible(rail)
        self._urgent_key.setVisible(not rail and self._with_urgent)
        for item in (*self.items, self.urgent_item):
            item.rail = rail
            item.updateGeometry()
            item.update()

    def set_current(self, key: str) -> None:
        """Mark the section in front; it alone is a Tab stop."""
        self.urgent_item.setChecked(key == "urgent")
        for item in self.items:
            on = item.section.key == UNDER.get(key, key)
            item.setChecked(on)
            item.setFocusPolicy(Qt.FocusPolicy.TabFocus if on else Qt.FocusPolicy.NoFocus)
            if on:
                self._area.ensureWidgetVisible(item, 0, 0)

    def _focus(self, number: int) -> None:
        if 0 <= number < len(self.items):
            item = self.items[number]
            item.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            item.setFocus(Qt.FocusReason.TabFocusReason)
            self._area.ensureWidgetVisible(item, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(C.nav))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), QColor(C.line))
