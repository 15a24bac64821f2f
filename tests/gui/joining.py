"""A new computer's first run, with what it really does: only the price of a guess is low, and the windows in
which a person picks a file answer at once."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from sample_station import at_rest

from sgz_desktop.actions import exchange_join
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.gui import messages
from sgz_desktop.gui.first_run import first_run_calls
from sgz_desktop.gui.wizard import Wizard
from tests.actions.laptops import CHEAP, PASSPHRASE
from tests.conftest import TestClock


class FirstRun:
    """The wizard of a computer whose store is to lie in `folder`, and a person at its keys."""

    def __init__(self, qtbot: Any, patch: pytest.MonkeyPatch, folder: Path, clock: TestClock) -> None:
        self.qtbot, self.patch = qtbot, patch
        patch.setattr(exchange_join, "join", partial(exchange_join.join, params=CHEAP, now=clock))
        self.page = Wizard(first_run_calls(folder))
        qtbot.addWidget(self.page)
        self.page.resize(1366, 696)
        self.page.show()

    def on(self) -> None:
        """To the next step."""
        self.page.forward.click()
        at_rest(self.qtbot)

    def read(self, invitation: Path) -> str:
        """The first step; the digits on the screen."""
        self.patch.setattr(messages, "ask_open_path", lambda *_: invitation)
        self.page.start.ways["join"].click()
        self.qtbot.keyClick(self.page.invitation.choose, Qt.Key.Key_Return)
        at_rest(self.qtbot)
        return self.page.invitation.fingerprint.digits

    def fill(self, worker: str, computer: str) -> None:
        """From the digits, which are the same, to where the request is to be written."""
        page = self.page
        self.qtbot.keyClick(page.invitation.same, Qt.Key.Key_Space)
        self.on()
        page.own.worker.set_value(worker)
        page.own.computer.set_value(computer)
        self.on()
        page.passphrase.first.setText(PASSPHRASE)
        page.passphrase.again.setText(PASSPHRASE)
        self.on()
        assert page.card.isVisible()
        card = page.rehearse.card
        assert card is not None
        self.on()
        page.rehearse.typed.set_value(" ".join(card.groups))
        self.on()
        assert page.request.isVisible()

    def ask(self, request: Path) -> str:
        """Write the request; what the line above the buttons says."""
        self.patch.setattr(messages, "ask_save_path", lambda *_: request)
        self.on()
        return self.page.said.text()

    def opened(self) -> OpenStation:
        """The last step: the store, open."""
        with self.qtbot.waitSignal(self.page.finished) as caught:
            self.page.forward.click()
        (station,) = caught.args
        return station
