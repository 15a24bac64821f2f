"""设备: the computers of a station, who is in, and what a keeper decides about them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sgz_desktop.actions import exchange_devices
from sgz_desktop.actions.exchange_dealings import day_of
from sgz_desktop.actions.exchange_devices import Computer
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.domain import days
from sgz_desktop.domain.edits import Changes
from sgz_desktop.gui import jobs
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.fact_line import FactLine
from sgz_desktop.gui.widgets.page_head import PageHead
from sgz_desktop.gui.widgets.scroll import Scroll


class DevicesPage(QWidget):
    """`closed` goes back; `said(words, undo)`."""

    closed = Signal()
    said = Signal(str, object)

    def __init__(self, station: OpenStation) -> None:
        super().__init__()
        self._station, self._desk = station, station.desk
        self.computers: list[Computer] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        self.head = PageHead("设备", "本站的电脑", back=self.closed.emit)
        column.addWidget(self.head)
        self._scroll = Scroll()
        column.addWidget(self._scroll, 1)

    def load(self) -> None:
        """Read the computers."""
        desk = self._desk
        jobs.start(self, lambda _task: exchange_devices.computers(desk), done=self._show, key="computers")

    def on_changes(self, _changes: Changes) -> None:
        """A computer may have been let in or stopped."""
        self.load()

    def take_keyboard(self) -> None:
        """The way back takes the keyboard."""
        assert self.head.back is not None
        self.head.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, found: list[Computer]) -> None:
        self.computers = found
        while item := self._scroll.body.takeAt(0):
            if made := item.widget():
                made.hide()
                made.deleteLater()
        card = Card()
        for one in found:
            second = f"数据截至{days.show_day(day_of(one.edited_ms))}" if one.edited_ms else "还没有它的数据"
            card.add(FactLine(("disk", "brand"), one.name, second))
        self._scroll.body.addWidget(card)
        self._scroll.body.addStretch(1)
