"""Five wrong passphrases at the window: it waits, waits on after a new start, and lets the right one in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sgz_desktop.actions import keeping, recovery
from sgz_desktop.actions import station as stations
from sgz_desktop.gui import jobs, unlock
from sgz_desktop.gui.dialogs.card_dialog import CardDialog
from sgz_desktop.gui.unlock import UnlockPage
from sgz_desktop.vault.card import make_card
from sgz_desktop.vault.stretch import Argon2Params
from sgz_desktop.vault.unlocking import WrongCard
from tests.vault.fake_machine import Machine

CHEAP = Argon2Params(32, 1, 1)

WAIT = "密码或恢复卡多次不对，请等1分钟再试；资料都在。"


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    monkeypatch.setattr(unlock, "_LOOK_MS", 10)
    return Machine(monkeypatch)


def page_of(program: Any, qtbot: Any) -> UnlockPage:
    page = program.root.page
    assert isinstance(page, UnlockPage)
    qtbot.waitUntil(page.isVisible)
    return page


def try_to_open(page: UnlockPage, passphrase: str, qtbot: Any) -> None:
    page.password.setText(passphrase)
    page.submit()
    qtbot.waitUntil(lambda: not jobs.busy(), timeout=20_000)


def test_five_wrong_ones_and_a_new_start(machine: Machine, at_desk: Any, qtbot: Any) -> None:
    page = page_of(at_desk, qtbot)
    for _ in range(5):
        assert page.password.isEnabled()
        try_to_open(page, "江边的竹林里住着一只灰鹤", qtbot)
    assert page.field.message() == WAIT
    at_desk.close()
    at_desk.start()
    again = page_of(at_desk, qtbot)
    qtbot.waitUntil(lambda: not again.password.isEnabled(), timeout=10_000)
    assert again.field.message() == WAIT
    machine.set_date(86_400)
    machine.run(59)
    qtbot.waitUntil(lambda: "请等1秒" in again.field.message(), timeout=10_000)
    machine.run(1)
    qtbot.waitUntil(again.password.isEnabled, timeout=10_000)
    try_to_open(again, at_desk.passphrase, qtbot)
    qtbot.waitUntil(lambda: at_desk.root.window is not None, timeout=20_000)


def test_the_card_was_tried_too_often_and_the_page_says_so_at_once(
    machine: Machine, at_desk: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The station has no card, so whatever is typed is wrong."""

    def typed_five_times(dialog: CardDialog) -> int:
        for _ in range(5):
            with pytest.raises(WrongCard):
                recovery.check_card(at_desk.folder, make_card().text)
        return 0

    monkeypatch.setattr(CardDialog, "exec", typed_five_times)
    page = page_of(at_desk, qtbot)
    page.use_card.emit()
    assert page.field.message() == WAIT
    assert not page.password.isEnabled()


def test_a_backup_opened_with_the_card_leads_to_the_card_dialog(
    program: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    card = make_card()
    made = stations.create_station(
        tmp_path / "before", "柳溪镇", "甲社工", program.passphrase, params=CHEAP, recovery=card.recipient
    )
    keeping.back_up(made.desk, made, tmp_path / "backup")
    made.close()
    shown: list[tuple[str, list[str]]] = []

    def show(dialog: CardDialog) -> int:
        shown.append((dialog._station, [dialog.entry.worker()]))
        return 0

    monkeypatch.setattr(CardDialog, "exec", show)
    wizard = program.start().page
    wizard.start.ways["restore"].click()
    wizard.restore.set_path(tmp_path / "backup")
    wizard.restore.worker.set_value("甲社工")
    wizard.restore.password.setText(" ".join(card.groups))
    wizard.forward.click()
    qtbot.waitUntil(lambda: bool(shown), timeout=20_000)
    assert shown == [("柳溪镇", ["甲社工"])]
    assert page_of(program, qtbot).password.isEnabled()
