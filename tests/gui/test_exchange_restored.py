"""A laptop restored from a backup of before it knew anybody: its window says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_exchange_month import Desk

from sgz_desktop.actions import exchange_join, keeping
from sgz_desktop.actions.exchange import exchange_on
from sgz_desktop.actions.exchange_devices import computers, usual_name
from sgz_desktop.gui import exchange_words as words
from sgz_desktop.gui import messages
from sgz_desktop.gui.dialogs.device_dialogs import NOT_TICKED, AskedDialog, RejoinDialog
from sgz_desktop.gui.pages.devices_page import DevicesPage
from tests.actions import laptops as made
from tests.actions.laptops import Laptop


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Laptop]]:
    """Both were restored, the first from a backup of before there was a second."""
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    first = made.founder(tmp_path / "first")
    backups = [tmp_path / "first.bak", tmp_path / "second.bak"]
    keeping.back_up(first.station.desk, first.station, backups[0])
    second = made.joined(first, tmp_path / "second", 1, tmp_path, made.KEEPER)
    keeping.back_up(second.station.desk, second.station, backups[1])
    heirs = []
    for place, laptop in enumerate((first, second)):
        laptop.station.close()
        folder = tmp_path / f"heir-{place}"
        station = keeping.restore(backups[place], folder, laptop.user, made.PASSPHRASE)
        heirs.append(Laptop(station, folder, laptop.user))
    yield from made.closing(heirs)


def test_it_says_what_to_do_and_meets_the_other(
    two: list[Laptop], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    stick, (first, second) = tmp_path / "stick", two
    stick.mkdir()
    own = next(it for it in computers(first.station.desk) if it.this)  # before anything was exported
    assert (own.id, own.name) == (first.id, usual_name(first.station.desk.device.letter))
    one = Desk(first, qtbot)
    assert one.page.stick.note.text() == words.UNKNOWN  # not that it is alone
    one.plug(stick)
    one.exchange()
    one.read_on()
    assert exchange_on(second.station.desk, second.station, stick).met[0].id == first.id
    one.page.look()
    assert "已加入本站" in one.exchange()
    one.read_on()
    exchange_on(second.station.desk, second.station, stick)
    one.exchange()
    one.read_on()
    assert first.says() == second.says()

    one.press(one.page.devices_button)
    devices = one.page.stack.over
    assert isinstance(devices, DevicesPage)
    assert "由1号机的备份恢复" in one.seen(devices)
    invitation, request = tmp_path / "invitation.sgzjoin", tmp_path / "request.sgzrequest"
    exchange_join.invite(second.station.desk, second.station, invitation)
    monkeypatch.setattr(
        messages, "ask_open_path", lambda _owner, kinds: invitation if "所有文件 (*)" in kinds else None
    )
    monkeypatch.setattr(messages, "ask_save_path", lambda *_: request)
    one.press(devices.rejoin_button)
    rejoin = one.dialog(RejoinDialog)
    one.press(rejoin.go)
    assert rejoin.wrong.text() == NOT_TICKED
    assert not request.exists()
    rejoin.same.set_value(True)
    one.press(rejoin.go)
    asked = one.dialog(AskedDialog)
    told = exchange_join.read_request(second.station.desk, second.station, request)
    assert (asked.fingerprint.digits, told.again) == (told.fingerprint, True)
    asked.accept()
