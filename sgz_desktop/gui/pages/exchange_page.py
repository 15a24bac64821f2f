"""U盘交换: computers of a station brought together by a stick or a shared folder, in one go."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sgz_desktop.actions import conflicts, exchange, exchange_dealings, exchange_meet
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.conflicts import Doubled
from sgz_desktop.actions.exchange import Exchanged
from sgz_desktop.actions.exchange_dealings import Dealings, MaybeSame
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.domain.edits import Changes
from sgz_desktop.errors import AppError, Cancelled
from sgz_desktop.gui import exchange_words as words
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.exchange_dialog import ExchangeDialog
from sgz_desktop.gui.dialogs.merge_dialog import compare
from sgz_desktop.gui.page import Page
from sgz_desktop.gui.pages.conflicts_page import ConflictsPage
from sgz_desktop.gui.pages.devices_page import DevicesPage
from sgz_desktop.gui.pages.exchange_cards import DealingsCard, Plan, SheetCard, StickCard
from sgz_desktop.gui.pages.exchange_report import report_parts, summary
from sgz_desktop.gui.pages.form_stack import StackedPage
from sgz_desktop.gui.sticks import Stick, StickWatch, free_bytes
from sgz_desktop.gui.theme import Space, WidthClass, px
from sgz_desktop.gui.ways import Sheet
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.page_head import PageHead
from sgz_desktop.gui.widgets.reflow import SideBySide

SIDE_WIDTH = 392
LEAST_STICK, LEAST_DEALINGS = 400, 260  # px of height where the page scrolls as one
SHEET, DEVICES = "conflicts", "devices"
SHEET_ALONE = Sheet()


class ExchangePage(StackedPage):
    """The target SHEET, or a `Sheet`, opens 数据核对单, DEVICES the list of computers."""

    def __init__(self, station: OpenStation) -> None:
        super().__init__()
        self._station, self._desk = station, station.desk
        self._found: Dealings | None = None
        self._sticks: list[Stick] = []
        self._place: Stick | None = None
        self._plan: Plan | None = None
        self._stop = threading.Event()
        self.busy, self._keyboard, self._stacked = False, False, False
        self.stand_on(self._base())
        self.watch = StickWatch(self)
        self.watch.changed.connect(self._take_sticks)

    def _base(self) -> QWidget:
        base = QWidget()
        column = QVBoxLayout(base)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        self.head = PageHead("U盘交换")
        self.devices_button = button("设备", icon="shield", on_click=self.show_devices)
        self.head.add_action(self.devices_button)
        column.addWidget(self.head)
        self.stick, self.dealings, self.sheet = StickCard(), DealingsCard(), SheetCard()
        main = QWidget()
        left = QVBoxLayout(main)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(px(Space.M))
        left.addWidget(self.stick, 3)
        left.addWidget(self.dealings, 2)
        self._body = SideBySide(main, self.sheet, SIDE_WIDTH)
        column.addWidget(self._body, 1)
        self.sheet.setVisible(allowed(self._desk.actor, "open_conflicts"))
        self.stick.started.connect(self.begin)
        self.stick.cancelled.connect(self._stop_now)
        self.stick.finished.connect(self._report_read)
        self.stick.folder.connect(self._choose)
        self.stick.placed.connect(self._take_place)
        self.sheet.opened.connect(self.show_sheet)
        return base

    # What is here
    def activate(self, target: Any = None) -> None:
        self._read()
        self.watch.begin()
        if target == SHEET:
            self._open_sheet(SHEET_ALONE)
        elif isinstance(target, Sheet):
            self._open_sheet(target)
        elif target == DEVICES:
            self.show_devices()
        else:
            self._keyboard = True
            self._take_keyboard()

    def _take_keyboard(self) -> None:
        """The one action takes the keyboard, once it is known what can be done."""
        if self._keyboard and self._found is not None and self.stack.over is None:
            if not self.stick.take_keyboard():
                self.devices_button.setFocus(Qt.FocusReason.OtherFocusReason)
            self._keyboard = self.stick.waits

    def hideEvent(self, event: Any) -> None:
        self.watch.rest()
        super().hideEvent(event)

    def on_changes(self, changes: Changes) -> None:
        super().on_changes(changes)
        if self.isVisible() and not self.busy:
            self._read()

    def set_compact(self, width: WidthClass) -> None:
        super().set_compact(width)
        self._body.set_compact(width)
        self._stacked = width.stacked
        self.dealings.setMinimumHeight(px(LEAST_DEALINGS) if width.stacked else 0)
        self._fit()

    def _fit(self) -> None:
        """Where the page scrolls as one, what is said of a stick is seen whole."""
        tall = self._stacked and (self.stick.reports or self._place is not None)
        self.stick.setMinimumHeight(px(LEAST_STICK) if tall else 0)

    def _read(self) -> None:
        desk = self._desk
        jobs.start(self, lambda _task: exchange_dealings.dealings(desk), done=self._show, key="dealings")
        if self.sheet.isVisibleTo(self.stack.base):
            jobs.start(
                self, lambda _task: conflicts.open_conflicts(desk), done=self._show_doubled, key="doubled"
            )

    def _show(self, found: Dealings) -> None:
        first, self._found = self._found is None, found
        this = found.this
        facts = f"本机是{this.name}" if this else ""
        self.head.set_facts("，".join(filter(None, (facts, words.last_time(found)))))
        self.dealings.show_dealings(found)
        if first or self._place is None:
            self._settle_place()
        else:
            self.look()

    def _show_doubled(self, rows: Sequence[Doubled]) -> None:
        self.sheet.show_doubled(rows)

    # Where to exchange
    def _take_sticks(self, sticks: list[Stick]) -> None:
        self._sticks = sticks
        if not self.busy and not self.stick.reports:
            self._settle_place()

    def places(self) -> list[Stick]:
        """The sticks that are in, then the folder that was chosen."""
        folder = self._found.place if self._found else ""
        chosen = [Stick(Path(folder), Path(folder).name or folder, True)] if folder else []
        return [*self._sticks, *chosen]

    def _settle_place(self) -> None:
        places = self.places()
        if self._place not in places:
            self._place = places[0] if places else None
        self.look()

    def _take_place(self, number: int) -> None:
        places = self.places()
        if number < len(places) and places[number] != self._place:
            self._place = places[number]
            self.look()

    def _choose(self) -> None:
        folder = messages.ask_folder(self)
        if folder is not None:
            self.use_folder(folder)

    def use_folder(self, folder: Path) -> None:
        """Exchange by a folder from now on."""
        desk = self._desk

        def work(_task: jobs.Task) -> Dealings:
            exchange_dealings.keep_exchange_place(desk, str(folder))
            return exchange_dealings.dealings(desk)

        def done(found: Dealings) -> None:
            self._place = Stick(folder, folder.name or str(folder), True)
            self._keyboard = True
            self._show(found)

        jobs.start(self, work, done=done)

    def look(self) -> None:
        """See what lies at the place and what would go there."""
        if self.busy or self.stick.reports:
            return
        self._fit()
        place, found = self._place, self._found
        if place is None or (found is not None and found.alone):
            self._plan = None
            self.stick.show_none(found)
            self._take_keyboard()
            return
        if self._plan is None or self._plan.place != place:
            self.stick.show_looking(place)
        desk, station = self._desk, self._station
        jobs.start(self, lambda _task: plan_at(desk, station, place), done=self._show_plan, key="plan")

    def _show_plan(self, plan: Plan) -> None:
        if self.busy or self.stick.reports:
            return
        self._keyboard = self._keyboard or self.stick.choose.hasFocus()
        self._plan = plan
        self.stick.show_plan(plan, self.places(), self._found)
        self._take_keyboard()

    # The exchange
    def begin(self) -> None:
        """Ask once, with what comes and what goes."""
        if self._plan is not None and not self.busy:
            dialog = ExchangeDialog(self, self._plan, self.go_on)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def go_on(self) -> None:
        """Receive, then send."""
        assert self._plan is not None
        desk, station, folder = self._desk, self._station, self._plan.place.path
        self.busy = True
        self._stop.clear()
        self.stick.show_working()
        self.devices_button.setEnabled(False)

        def work(task: jobs.Task) -> tuple[Exchanged, Dealings, list[MaybeSame]]:
            def say(done: int, total: int, what: str) -> None:
                if self._stop.is_set():
                    raise Cancelled
                task.step(done, total, what)

            done = exchange.exchange_on(desk, station, folder, say)
            newcomers = [id for got in done.arrived.values() for id in got.newcomers]
            alike: list[MaybeSame] = []
            if newcomers and allowed(desk.actor, "alike_arrived"):
                alike = exchange_dealings.alike_arrived(desk, newcomers)
            return done, exchange_dealings.dealings(desk), alike

        jobs.start(self, work, done=self._exchanged, failed=self._failed, progress=self.stick.progress.step)

    def _stop_now(self) -> None:
        self._stop.set()

    def _ended(self) -> None:
        self.busy = False
        self._plan = None
        self.devices_button.setEnabled(True)

    def _exchanged(self, told: tuple[Exchanged, Dealings, list[MaybeSame]]) -> None:
        done, after, alike = told
        before = self._found
        self._ended()
        outcome, second, good = summary(done, self._place)
        parts = report_parts(done, before, after, alike, self._open_sheet, self._compare)
        self.stick.show_report(outcome, second, parts, good=good)
        self._read()

    def _failed(self, problem: BaseException) -> None:
        self._ended()
        if isinstance(problem, AppError):
            parts = report_parts(Exchanged(), None, self._found, [], self._open_sheet, self._compare)
            self.stick.show_report(problem.message, problem.hint, parts, good=False)
        else:
            messages.show_problem(problem, self)
        self._read()

    def _report_read(self) -> None:
        self.stick.show_none(self._found)
        self._keyboard = True
        self._settle_place()

    def _open_sheet(self, target: Sheet) -> None:
        if self.sheet.isVisibleTo(self.stack.base):
            self.show_sheet(target)

    def _compare(self, pair: MaybeSame) -> None:
        compare(
            self, self._desk, pair.here, pair.came, lambda _changes: self.said.emit("两份档案已合并。", None)
        )

    # Over the page
    def show_sheet(self, target: Sheet = SHEET_ALONE) -> None:
        """数据核对单 in place of the page."""
        page = ConflictsPage(self._desk, target.first)
        page.go.connect(self.go)
        if target.back:
            page.closed.connect(lambda: self.go.emit(target.back, None))
        self._put(page)
        page.load()

    def show_devices(self) -> None:
        """The computers of the station in place of the page."""
        page = DevicesPage(self._station)
        self._put(page)
        page.load()

    def _put(self, page: ConflictsPage | DevicesPage) -> None:
        page.closed.connect(self._back)
        page.said.connect(self.said)
        self.stack.put(page)
        page.take_keyboard()

    def _back(self) -> None:
        self.stack.take()
        self._read()


def plan_at(desk: Any, station: OpenStation, place: Stick) -> Plan:
    """What an exchange at a place would do; not for the GUI thread."""
    try:
        found = exchange.on_stick(desk, station, place.path)
        met = exchange_meet.strangers(desk, station, place.path)
        going = exchange.going_out(desk, station)
        return Plan(place, free_bytes(place.path), tuple(found), tuple(going), tuple(met))
    except AppError as fault:
        return Plan(place, fault=str(fault))


def exchange_page(station: OpenStation) -> Page:
    """The section U盘交换 of an open station."""
    return ExchangePage(station)
