"""设置: backup, check, passphrase, accounts, the brief's own words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt
from sample_station import PASSPHRASE, at_rest, dialog_of, press, write

from sgz_desktop.actions import settings
from sgz_desktop.actions.station import OpenStation, open_station
from sgz_desktop.errors import AppError
from sgz_desktop.gui import messages, theme
from sgz_desktop.gui.dialogs.worker_dialogs import AccountDialog, PassphraseDialog
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.settings import SettingsPage, settings_page

NEW = "江边的竹林里住着一只灰鹤"


@pytest.fixture
def page(window: MainWindow, qtbot: Any) -> SettingsPage:
    found = window.go("settings")
    assert isinstance(found, SettingsPage)
    at_rest(qtbot)
    return found


def fill(frame: Any, text: str) -> None:
    frame.control.clear()
    write(frame.control, text)


def test_what_the_brief_says_of_the_station_is_kept(
    page: SettingsPage, station: OpenStation, qtbot: Any
) -> None:
    fill(page.brief.fields["send_to"], "云溪县民政局")
    fill(page.brief.fields["first_issue"], "2026.1")
    fill(page.brief.fields["contract_from"], "2025年9月1日")
    fill(page.brief.fields["from_day"], "２６")
    press(page.brief.save_button, qtbot)
    at_rest(qtbot)
    own = settings.station_settings(station.desk).rules
    assert (own.send_to, own.first_issue, own.contract_from, own.from_day) == (
        "云溪县民政局",
        "2026-01",
        "2025-09-01",
        26,
    )


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("from_day", "31", "请填1到28的整数。"),
        ("contract_from", "2025年9月", "请写到日，例如2025-9-1。"),
        ("first_issue", "十三月", ""),
    ],
)
def test_what_cannot_be_kept_says_so_under_its_field_and_nothing_changes(
    page: SettingsPage, station: OpenStation, qtbot: Any, name: str, text: str, sentence: str
) -> None:
    before = settings.station_settings(station.desk)
    fill(page.brief.fields["send_to"], "别的单位")
    frame = page.brief.fields[name]
    fill(frame, text)
    press(page.brief.save_button, qtbot)
    at_rest(qtbot)
    assert frame.state == "error"
    assert frame.message()
    assert not sentence or frame.message() == sentence
    assert settings.station_settings(station.desk) == before
    assert page.brief.fields["send_to"].control.value() == "别的单位"


def test_a_backup_is_written_and_its_day_shown(
    page: SettingsPage, station: OpenStation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    asked: list[str] = []

    def where(_parent: object, suggested: str, *_: object) -> Path:
        asked.append(suggested)
        return tmp_path / "copy"

    monkeypatch.setattr(messages, "ask_save_path", where)
    assert page.keeping.last.text() == "还没有备份过。"
    press(page.keeping.backup_button, qtbot)
    qtbot.waitUntil(lambda: page.keeping.last.text() == "上次备份：今天", timeout=20_000)
    assert asked == ["备份-2026-06-30.sgzbackup"]
    assert (tmp_path / "copy.sgzbackup").stat().st_size > 10_000


def test_the_first_page_starts_a_backup_here(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(messages, "ask_save_path", lambda _parent, name, *_: asked.append(name))
    home: Any = window.go("home")
    at_rest(qtbot)
    press(home.keeping.rows["backup"].button, qtbot)
    assert window.current == "settings"
    assert asked == ["备份-2026-06-30.sgzbackup"]


def test_a_place_that_takes_nothing_is_told(
    page: SettingsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    told: list[BaseException] = []
    monkeypatch.setattr(messages, "ask_save_path", lambda *_: tmp_path / "missing" / "a.sgzbackup")
    monkeypatch.setattr(messages, "show_problem", lambda problem, _parent=None: told.append(problem))
    press(page.keeping.backup_button, qtbot)
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert isinstance(told[0], AppError)
    assert page.keeping.last.text() == "还没有备份过。"


def test_checking_says_that_all_is_whole(page: SettingsPage, qtbot: Any) -> None:
    press(page.keeping.check_button, qtbot)
    qtbot.waitUntil(page.keeping.found.isVisible, timeout=20_000)
    assert page.keeping.found.text() == "资料完整，记录的先后和内容都对得上。"


def test_problems_found_are_named_with_the_way_back(page: SettingsPage) -> None:
    from sgz_desktop.actions.keeping import ADVICE, Checked

    page.keeping._checked(Checked(("有1条记录的签名不对。",), {}))
    assert page.keeping.found.text() == f"有1条记录的签名不对。\n{ADVICE}"
    assert "备份恢复" in ADVICE
    assert page.keeping.found.property("tone") == "danger"


def test_the_passphrase_is_changed_and_the_old_one_no_longer_opens(
    page: SettingsPage, window: MainWindow, station: OpenStation, tmp_path: Path, qtbot: Any
) -> None:
    press(page.accounts.change, qtbot)
    dialog = dialog_of(window, PassphraseDialog, qtbot)
    fill(dialog.fields["old"], "不是这个密码不是这个密码")
    fill(dialog.fields["new"], NEW)
    fill(dialog.fields["again"], NEW + "多")
    press(dialog.go, qtbot)
    assert dialog.fields["again"].message() == "两次输入的密码不一样。"
    fill(dialog.fields["again"], NEW)
    press(dialog.go, qtbot)
    qtbot.waitUntil(lambda: dialog.fields["old"].state == "error", timeout=20_000)
    fill(dialog.fields["old"], PASSPHRASE)
    press(dialog.go, qtbot)
    qtbot.waitUntil(lambda: gone(dialog), timeout=20_000)
    at_rest(qtbot)
    station.close()
    with pytest.raises(AppError):
        open_station(tmp_path / "store", "甲社工", PASSPHRASE)
    open_station(tmp_path / "store", "甲社工", NEW).close()


def test_a_weak_passphrase_is_refused_under_its_field(
    page: SettingsPage, window: MainWindow, qtbot: Any
) -> None:
    press(page.accounts.change, qtbot)
    dialog = dialog_of(window, PassphraseDialog, qtbot)
    fill(dialog.fields["old"], PASSPHRASE)
    fill(dialog.fields["new"], "12345")
    fill(dialog.fields["again"], "12345")
    press(dialog.go, qtbot)
    qtbot.waitUntil(lambda: dialog.fields["new"].state == "error", timeout=20_000)
    assert dialog.isVisible()
    dialog.reject()


def test_the_old_passphrase_is_tried_five_times_and_no_more(
    page: SettingsPage, window: MainWindow, qtbot: Any
) -> None:
    press(page.accounts.change, qtbot)
    dialog = dialog_of(window, PassphraseDialog, qtbot)
    tries = [("不是这个密码不是这个密码", "密码不对")] * 5 + [(PASSPHRASE, "请等1分钟再试")]
    for old, says in tries:
        for name, text in (("old", old), ("new", NEW), ("again", NEW)):
            fill(dialog.fields[name], text)
        press(dialog.go, qtbot)
        at_rest(qtbot)
        assert says in dialog.fields["old"].message()
    dialog.reject()


def gone(dialog: Any) -> bool:
    return not shiboken6.isValid(dialog) or not dialog.isVisible()


def add_somebody(page: SettingsPage, window: MainWindow, qtbot: Any) -> None:
    press(page.accounts.add_button, qtbot)
    dialog = dialog_of(window, AccountDialog, qtbot)
    press(dialog.go, qtbot)
    assert dialog.fields["user"].message() == "请填姓名。"
    fill(dialog.fields["user"], "乙志愿")
    fill(dialog.fields["new"], NEW)
    fill(dialog.fields["again"], NEW)
    press(dialog.go, qtbot)
    qtbot.waitUntil(lambda: gone(dialog), timeout=20_000)
    at_rest(qtbot)


def test_somebody_is_let_in_and_opens_the_station(
    page: SettingsPage, window: MainWindow, station: OpenStation, tmp_path: Path, qtbot: Any
) -> None:
    add_somebody(page, window, qtbot)
    assert [slot.user for slot in station.slots.workers] == ["甲社工", "乙志愿"]
    station.close()
    opened = open_station(tmp_path / "store", "乙志愿", NEW)
    assert opened.desk.actor.roles == frozenset({"social_worker"})
    opened.close()


def test_somebody_is_removed_and_the_window_locks(
    page: SettingsPage,
    window: MainWindow,
    station: OpenStation,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: Any,
) -> None:
    add_somebody(page, window, qtbot)
    locked: list[bool] = []
    window.lock_requested.connect(lambda: locked.append(True))
    monkeypatch.setattr(messages, "ask", lambda *_, **__: False)
    press(page.accounts.removes["乙志愿"], qtbot)  # type: ignore[arg-type]
    assert len(station.slots.workers) == 2
    monkeypatch.setattr(messages, "ask", lambda *_, **__: True)
    press(page.accounts.removes["乙志愿"], qtbot)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: bool(locked), timeout=20_000)
    with pytest.raises(AppError):
        open_station(tmp_path / "store", "乙志愿", NEW)
    open_station(tmp_path / "store", "甲社工", PASSPHRASE).close()


def test_only_heads_and_administrators_see_accounts(station: OpenStation, qtbot: Any) -> None:
    actor = replace(station.desk.actor, roles=frozenset({"social_worker"}))
    plain = replace(station, desk=replace(station.desk, actor=actor))
    page: Any = settings_page(plain)
    qtbot.addWidget(page)
    page.show()
    assert not page.accounts.add_button.isVisible()
    assert page.accounts.removes == {}
    assert page.accounts.change.isVisible()
    assert not page.brief.save_button.isVisible()


def test_the_type_size_is_remembered_for_the_next_start(station: OpenStation, qtbot: Any) -> None:
    kept: list[float] = []
    page: Any = settings_page(station, kept.append)
    qtbot.addWidget(page)
    page.show()
    choice = page.size_card.choice
    assert choice.value() == theme.scale()
    choice.setFocus()
    qtbot.keyClick(choice, Qt.Key.Key_Right)
    assert kept == [1.15]
    assert page.size_card.apply.isVisible()
    qtbot.keyClick(choice, Qt.Key.Key_Left)
    assert kept == [1.15, 1.0]
    assert not page.size_card.apply.isVisible()


def test_without_a_keeper_the_size_goes_to_the_preferences_file(
    station: OpenStation, tmp_path: Path, qtbot: Any
) -> None:
    from sgz_desktop.gui import preferences

    page: Any = settings_page(station)
    qtbot.addWidget(page)
    page.size_card.choice.set_value(1.3)
    assert preferences.load(tmp_path / "state" / "preferences.json").scale == 1.3


def test_the_page_says_where_everything_is(page: SettingsPage, station: OpenStation) -> None:
    assert page.place.folder.text() == str(station.folder)
