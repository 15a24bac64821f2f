"""The composition root: builds store, jobs and windows and joins them.

Before unlock only PySide6, errors and vault are imported; everything that knows records is loaded behind the
unlock page, off the GUI thread.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from sgz_desktop import process
from sgz_desktop.errors import AppError
from sgz_desktop.gui import clipboard, jobs, preferences, theme
from sgz_desktop.gui.preferences import Preferences
from sgz_desktop.gui.unlock import UnlockInfo, UnlockPage
from sgz_desktop.gui.widgets.worker_row import Worker
from sgz_desktop.vault import roster, unfinished
from sgz_desktop.vault.places import state_base

if TYPE_CHECKING:
    from sgz_desktop.actions.station import OpenStation
    from sgz_desktop.errors import AppError
    from sgz_desktop.gui.main_window import MainWindow

TURN = 0.001  # seconds; at the usual 5 ms a click waits behind a long job at every call into Qt


def main(store: Path, user: str = "", station: OpenStation | None = None) -> int:
    """Open the window on a store folder, or on a station already open; returns the exit code."""
    use_input_method_portal()
    os.environ[theme.STYLE] = theme.FUSION
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    root = Root(app, store, user)
    try:
        root.start(station)
    except AppError as problem:  # a damaged list of slots: nobody reads stderr behind a window
        from sgz_desktop.gui import messages

        messages.show_problem(problem)
        raise
    code = app.exec()
    root.close()
    jobs.shutdown()
    return code


def use_input_method_portal() -> None:
    """Chinese typing with the stock wheels works through the IBus portal only (fcitx5 speaks it too)."""
    if sys.platform == "linux" and "SGZ_KEEP_IM" not in os.environ:
        os.environ["QT_IM_MODULE"] = "ibus"
        os.environ["IBUS_USE_PORTAL"] = "1"


class _Bridge(QObject):
    """Brings commits from the writer's thread to the GUI thread."""

    changed = Signal(object)


class Root:
    """One window at a time: wizard or unlock page, then the main window."""

    def __init__(
        self,
        app: QApplication,
        store: Path,
        user: str = "",
        *,
        relaunch: Callable[[list[str]], None] = process.replace_by,
    ) -> None:
        self.app, self.folder, self._user, self._relaunch = app, store, user, relaunch
        self._preferences_file = state_base() / "preferences.json"
        self.preferences: Preferences = preferences.load(self._preferences_file)
        self.station: OpenStation | None = None
        self.page: QWidget | None = None
        self.window: MainWindow | None = None
        self._bridge = _Bridge()

    def start(self, station: OpenStation | None = None) -> None:
        """Show an open station, the unlock page of a closed one, or the wizard for an empty folder."""
        theme.apply(self.app, self.preferences.scale)
        if station is not None:
            self.enter(station)
        elif unfinished.holds_station(self.folder):
            self._show_unlock()
        else:
            self._show_wizard()

    def _show_unlock(self) -> None:
        found = roster.read_roster(self.folder)
        info = UnlockInfo(
            station=found.station,
            workers=tuple(Worker(one.user, one.user, _role(one.roles)) for one in found.workers),
            last=self._user or self.preferences.last.get(found.store_id, ""),
            has_draft=found.store_id in self.preferences.drafts,
            practice=found.kind == "practice",
        )
        page = UnlockPage(info, self._unlock, lambda: self._refusal(found.store_id))
        page.unlocked.connect(self.enter)
        page.scale_chosen.connect(self._keep_scale)
        page.forgot.connect(self._use_card)
        page.use_card.connect(self._use_card)
        self._show(page)

    def _unlock(self, user: str, passphrase: str) -> OpenStation:
        from sgz_desktop.actions import practice, station

        now = practice.clock() if roster.read_roster(self.folder).kind == "practice" else None
        return station.open_station(self.folder, user, passphrase, **({"now": now} if now else {}))

    def _refusal(self, store_id: str) -> AppError | None:
        from sgz_desktop.vault.tries import Tries

        return Tries(store_id, self.folder).refusal()

    def _show_wizard(self) -> None:
        from sgz_desktop.gui.first_run import first_run_calls
        from sgz_desktop.gui.wizard import Wizard

        page = Wizard(first_run_calls(self.folder))
        page.finished.connect(self._begin)
        page.scale_chosen.connect(self._keep_scale)
        self._show(page)

    def _begin(self, station: OpenStation | None) -> None:
        """After the wizard. A backup opened with the recovery card is shut: the card is used up first."""
        if station is not None:
            self.enter(station)
            return
        wizard, self.page = self.page, None
        self._show_unlock()
        assert wizard is not None
        wizard.close()
        wizard.deleteLater()
        self._use_card()

    def _use_card(self) -> None:
        from sgz_desktop.gui.dialogs.card_dialog import CardDialog

        found = roster.read_roster(self.folder)
        assert isinstance(self.page, UnlockPage)
        CardDialog(self.page, self.folder, found.station, [one.user for one in found.workers]).exec()
        self.page.look_again()

    def _show(self, page: QWidget) -> None:
        self.page = page
        _FirstPaint(page, self._painted)
        room = page.screen().availableGeometry()
        if room.height() < 820:
            page.showMaximized()
        else:
            page.show()

    def _painted(self) -> None:
        settle_in()
        if isinstance(self.page, UnlockPage):
            QTimer.singleShot(0, self.page, self.page.look_again)

    def enter(self, station: OpenStation) -> None:
        """The station is open: show the main window on it."""
        self.station = station
        store_id = station.slots.store_id
        self.preferences.last[store_id] = station.desk.user
        self.preferences.drafts = [one for one in self.preferences.drafts if one != store_id]
        self._keep_preferences()
        self.window = make_window(station, self._keep_scale)
        if self.page is None:
            _FirstPaint(self.window, settle_in)
        station.desk.store.listen(self._bridge.changed.emit)
        self._bridge.changed.connect(self.window.broadcast)
        self.window.lock_requested.connect(self.lock)
        self.window.show_fitting()
        self.window.go("home")
        if self.page:
            self.page.close()
            self.page.deleteLater()
            self.page = None
        self._say(station)
        self._ready_search(station)
        self._take_waiting(station)

    def _say(self, station: OpenStation) -> None:
        """What opening has to say: passing news at the foot of the window, damage to be read and closed."""
        from sgz_desktop.gui import messages

        assert self.window is not None
        for notice in station.notices:
            if notice in station.damage:
                text, _, hint = notice.partition("。")
                tell = partial(messages.tell, self.window, text + "。", hint, title="请看一下", tone="warn")
                QTimer.singleShot(0, self.window, tell)
            else:
                self.window.toast.say(notice)

    def _ready_search(self, station: OpenStation) -> None:
        from sgz_desktop.actions.find import ready_search

        assert self.window is not None
        jobs.start(self.window, lambda task: ready_search(station.desk, lambda: task.cancelled))

    def _take_waiting(self, station: OpenStation) -> None:
        """What came for a newer program than was here: is this one it?"""
        from sgz_desktop.actions.allowed import allowed
        from sgz_desktop.actions.exchange_kept import Taken, take_kept
        from sgz_desktop.gui.exchange_words import taken_at_start

        window = self.window
        assert window is not None

        def say(told: Taken) -> None:
            if words := taken_at_start(told):
                window.toast.say(words)

        if allowed(station.desk.actor, "take_kept"):
            jobs.start(window, lambda task: take_kept(station.desk, station, task.step), done=say)

    def lock(self) -> None:
        """Save drafts, close the store, and become a fresh process at the unlock page."""
        if self.station is None or self.window is None:
            return
        self.window.flush()
        _settle()
        try:
            self._remember_drafts(self.station)
            self.close()
        finally:  # a fault must not leave the window on a station that is shut
            clipboard.clear()
            self._relaunch(["--store", str(self.folder)])

    def _remember_drafts(self, station: OpenStation) -> None:
        from sgz_desktop.actions.forms import list_drafts

        if not station.closed and list_drafts(station.desk):
            self.preferences.drafts.append(station.slots.store_id)
            self._keep_preferences()

    def close(self) -> None:
        """Close the store. Waits for what is being written."""
        clipboard.clear()
        if self.station is not None:
            _settle()
            self.station.close()
            self.station = None

    def _keep_scale(self, scale: float) -> None:
        self.preferences.scale = scale
        self._keep_preferences()

    def _keep_preferences(self) -> None:
        preferences.save(self._preferences_file, self.preferences)


def _role(roles: tuple[str, ...]) -> str:
    words = {"station_head": "站长", "social_worker": "社工", "supervisor": "督导", "clerk": "录入员"}
    return next((word for role, word in words.items() if role in roles), "管理员")


def make_window(station: OpenStation, keep_scale: Callable[[float], None] | None = None) -> MainWindow:
    """The main window on an open station, its pages made when first visited."""
    from sgz_desktop.actions.county import sealer_of
    from sgz_desktop.gui.find_box import FindBox
    from sgz_desktop.gui.main_window import MainWindow
    from sgz_desktop.gui.pages.registry import page_factories
    from sgz_desktop.gui.widgets.nav_item import SECTIONS

    desk, factories = station.desk, page_factories(station, keep_scale)
    window = MainWindow(
        factories,
        station=desk.station,
        user=desk.user,
        practice=desk.practice,
        urgent=True,
        sections=[section for section in SECTIONS if section.key in factories],
    )
    window.sealer = partial(sealer_of, station)
    box = FindBox(window, desk)
    window.find_requested.connect(box.show_box)
    window.urgent_requested.connect(lambda: window.begin("urgent"))
    box.go.connect(window.go)
    window.turned.connect(box.leave)
    return window


class _FirstPaint(QObject):
    """Calls `then` once, after its page was painted for the first time."""

    def __init__(self, page: QWidget, then: Callable[[], None]) -> None:
        super().__init__(page)
        self._then = then
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._then)
        return False


def settle_in() -> None:
    """Once something is on the screen: what need not delay it. Nothing is unlocked before this."""
    from sgz_desktop.gui import messages

    process.leave_no_dumps()
    sys.setswitchinterval(TURN)
    messages.install()
    clipboard.install(QApplication.instance())
    load_behind_the_page()
    gc.enable()
    gc.freeze()


def load_behind_the_page() -> None:
    """Import everything that knows records while the worker types their passphrase."""

    def load() -> None:
        import sgz_desktop.actions.practice
        import sgz_desktop.actions.station
        import sgz_desktop.gui.main_window
        import sgz_desktop.gui.pages.registry
        import sgz_desktop.reports.pdf  # noqa: F401  # the first paper need not wait for reportlab

    threading.Thread(target=load, name="loader", daemon=True).start()


def _settle() -> None:
    """Let jobs under way (drafts being kept) end; the event loop runs meanwhile."""
    app = QApplication.instance()
    for _ in range(2_000):
        if not jobs.busy() or app is None:
            return
        app.processEvents()
        threading.Event().wait(0.005)


def screenshot(station: OpenStation, path: Path, section: str = "home") -> None:
    """A picture of the main window at 1366 × 768 without a display."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app: Any = QApplication.instance() or QApplication(sys.argv[:1])
    theme.apply(app, theme.scale())
    window = make_window(station)
    window.resize(1366, 768)
    window.show()
    window.go(section)
    _settle()
    app.processEvents()
    from sgz_desktop import files

    files.write_atomic(path, _png(window), private=False)
    window.close()


def _png(window: QWidget) -> bytes:
    from PySide6.QtCore import QBuffer, QIODevice

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    window.grab().save(buffer, "PNG")
    return bytes(buffer.data().data())
