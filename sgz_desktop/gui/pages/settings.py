"""设置: keeping the station safe, accounts, the brief, type size, and where everything is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sgz_desktop.actions import settings
from sgz_desktop.actions.settings import StationSettings
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.domain.edits import Changes
from sgz_desktop.gui import jobs
from sgz_desktop.gui.page import Page
from sgz_desktop.gui.pages.settings_accounts import AccountsCard
from sgz_desktop.gui.pages.settings_blank import BlankCard
from sgz_desktop.gui.pages.settings_brief import BriefCard
from sgz_desktop.gui.pages.settings_cards import KeepingCard, PlaceCard, SizeCard
from sgz_desktop.gui.pages.settings_casework import CaseworkCard
from sgz_desktop.gui.pages.settings_county import CountyCard
from sgz_desktop.gui.pages.settings_deleted import DeletedCard
from sgz_desktop.gui.pages.settings_lists import ListsCard
from sgz_desktop.gui.pages.settings_numbers import NumbersCard
from sgz_desktop.gui.pages.settings_packs import PacksCard
from sgz_desktop.gui.pages.settings_policy import StandardsCard
from sgz_desktop.gui.pages.settings_rhythm import RhythmCard
from sgz_desktop.gui.pages.settings_words import WordsCard
from sgz_desktop.gui.theme import Space, WidthClass, px
from sgz_desktop.gui.widgets.page_head import PageHead
from sgz_desktop.gui.widgets.reflow import SideBySide
from sgz_desktop.gui.widgets.scroll import Scroll

SIDE_WIDTH = 420


def settings_page(station: OpenStation, keep_scale: Callable[[float], None] | None = None) -> Page:
    """The section 设置 of an open station; `keep_scale` remembers the type size."""
    return SettingsPage(station, keep_scale)


class SettingsPage(Page):
    """The target "backup" starts a backup at once, {"standard": name} goes to a local standard."""

    def __init__(self, station: OpenStation, keep_scale: Callable[[float], None] | None = None) -> None:
        super().__init__()
        self._desk = station.desk
        self.keeping = KeepingCard(station)
        self.accounts, self.county = AccountsCard(station), CountyCard(station)
        self.brief = BriefCard(station.desk)
        self.numbers, self.lists = NumbersCard(station.desk), ListsCard(station.desk)
        self.casework = CaseworkCard(station.desk)
        self.standards, self.packs = StandardsCard(station.desk), PacksCard(station.desk)
        self.rhythm, self.blank = RhythmCard(station.desk), BlankCard(station.desk)
        self.deleted, self.words = DeletedCard(station.desk), WordsCard(station.desk)
        self.size_card, self.place = SizeCard(keep_scale), PlaceCard(station)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        column.addWidget(PageHead("设置"))
        self._body = SideBySide(
            _column(
                self.keeping, self.lists, self.blank, self.standards, self.packs, self.brief, self.rhythm
            ),
            _column(
                *(self.accounts, self.county, self.size_card, self.numbers, self.casework, self.words),
                *(self.deleted, self.place),
            ),
            SIDE_WIDTH,
            scrolls=False,
        )
        scroll = Scroll()
        scroll.body.addWidget(self._body)
        scroll.body.addStretch(1)
        column.addWidget(scroll, 1)
        cards = (self.keeping, self.lists, self.accounts, self.brief, self.rhythm, self.casework)
        for card in (
            *cards,
            self.county,
            self.standards,
            self.packs,
            self.numbers,
            self.words,
            self.deleted,
            self.size_card,
        ):
            card.said.connect(self.said)
        self.keeping.done.connect(self.read)
        self.packs.changed.connect(self.standards.read)

    def activate(self, target: Any = None) -> None:
        standard = str(target.get("standard") or "") if isinstance(target, dict) else ""
        self.read(standard)
        if target == "backup":
            self.keeping.back_up()

    def read(self, standard: str = "") -> None:
        """Read the settings again; `standard` names a local one to go to."""
        desk = self._desk
        self.casework.read()
        self.county.read()
        self.brief.read_forms()
        self.standards.read(standard)
        self.packs.read()
        jobs.start(self, lambda _task: settings.station_settings(desk), done=self._show, key="settings")

    def _show(self, found: StationSettings) -> None:
        self.keeping.show_settings(found)
        self.brief.show_settings(found)
        self.numbers.show_settings(found)
        self.rhythm.show_settings(found)

    def on_changes(self, changes: Changes) -> None:
        self.accounts.show_workers()

    def set_compact(self, width: WidthClass) -> None:
        self._body.set_compact(width)


def _column(*cards: QWidget) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(Space.M))
    column.setAlignment(Qt.AlignmentFlag.AlignTop)
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)
    return whole
