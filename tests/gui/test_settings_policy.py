"""设置, 政策标准 and 政策包: local standards with their document, packs in and out, whom that concerns."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from sample_station import at_rest, dialog_of, press, write

from sgz_desktop.actions import policies
from sgz_desktop.actions.allowed import ADMIN, WORKER
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.policy.pack import Trust
from sgz_desktop.gui import messages
from sgz_desktop.gui.dialogs import pack_dialog
from sgz_desktop.gui.dialogs.pack_dialog import NOBODY, ONLY_HEADS, STOPPED, PackDialog
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.settings import SettingsPage
from sgz_desktop.gui.pages.settings_packs import PacksCard
from sgz_desktop.gui.pages.settings_policy import StandardsCard
from sgz_desktop.resources import resource

NATIONAL = resource("policy", "national.toml").read_text("utf-8")


@pytest.fixture
def page(window: MainWindow, qtbot: Any) -> SettingsPage:
    found = window.go("settings")
    assert isinstance(found, SettingsPage)
    at_rest(qtbot)
    return found


def fill(frame: Any, text: str) -> None:
    frame.control.clear()
    write(frame.control, text)


def pack(
    tmp_path: Path, version: str = "2026.2", before: str = "usual = 80", after: str = "usual = 64"
) -> Path:
    path = tmp_path / "national.toml"
    assert before in NATIONAL
    path.write_text(NATIONAL.replace('"2026.1"', f'"{version}"', 1).replace(before, after, 1), "utf-8")
    return path


def previewed(page: SettingsPage, path: Path, window: MainWindow, qtbot: Any) -> PackDialog:
    page.packs.take(path)
    dialog = dialog_of(window, PackDialog, qtbot)
    at_rest(qtbot)
    return dialog


# Local standards


def test_what_the_nation_leaves_open_comes_first_and_is_kept_with_its_document(
    page: SettingsPage, station: OpenStation, qtbot: Any
) -> None:
    card = page.standards
    local, params = policies.local_standards(station.desk)
    open_ones = [one.name for one in params if one.value is None]
    assert [name for name in card.fields if name not in card._rest] == open_ones
    assert {"dibao_std", "income_per_capita_prev_year", "rigid_ratio"} <= set(open_ones)
    assert card.fields["old_age_from"].control.placeholderText() == "常见80岁"
    assert card.fields["edge_multiple"].control.placeholderText() == "全国1.5倍"
    assert card.others is not None
    assert not card.others.is_open
    fill(card.region, "350627")
    assert card.region.message() == "福建省漳州市南靖县"
    fill(card.fields["dibao_std"], "８００")
    fill(card.fields["rigid_ratio"], "60%")
    fill(card.source, "南靖县民政局2026年3号")
    press(card.save_button, qtbot)
    at_rest(qtbot)
    kept, _ = policies.local_standards(station.desk)
    assert (kept.region, kept.source) == ("350627", "南靖县民政局2026年3号")
    assert kept.values == {"dibao_std": "８００", "rigid_ratio": "60%"}
    assert local.values == {}


def test_saving_can_be_taken_back(
    page: SettingsPage, station: OpenStation, window: MainWindow, qtbot: Any
) -> None:
    policies.change_local_standards(station.desk, "350627", {"dibao_std": "700"}, "一号文件")
    page.read()
    at_rest(qtbot)
    said: list[tuple[str, Any]] = []
    page.standards.said.connect(lambda words, undo: said.append((words, undo)))
    fill(page.standards.fields["dibao_std"], "800")
    press(page.standards.save_button, qtbot)
    at_rest(qtbot)
    assert (policies.local_standards(station.desk)[0].values or {})["dibao_std"] == "800"
    said[0][1]()
    at_rest(qtbot)
    assert (policies.local_standards(station.desk)[0].values or {})["dibao_std"] == "700"
    assert page.standards.fields["dibao_std"].control.value() == "700"


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("region", "35062", "请填6位行政区划代码，例如350627。"),
        ("dibao_std", "八百", "金额请填数字，例如3500。"),
        ("rigid_ratio", "很多", "请填数字，例如1.5或60%。"),
        ("source", "", "请写明标准出自哪份文件。"),
    ],
)
def test_what_cannot_be_kept_says_so_under_its_field(
    page: SettingsPage, station: OpenStation, qtbot: Any, field: str, text: str, sentence: str
) -> None:
    card = page.standards
    frames = {"region": card.region, "source": card.source, **card.fields}
    for name, good in (("region", "350627"), ("source", "文件"), ("dibao_std", "800"), (field, text)):
        fill(frames[name], good)
    press(card.save_button, qtbot)
    at_rest(qtbot)
    assert (frames[field].state, frames[field].message()) == ("error", sentence)
    assert frames[field].control.hasFocus()
    assert policies.local_standards(station.desk)[0].values == {}


@pytest.mark.parametrize("name", ["rigid_ratio", "edge_multiple"])
def test_a_missing_standard_leads_here(window: MainWindow, qtbot: Any, name: str) -> None:
    page = window.go("settings", {"standard": name})
    assert isinstance(page, SettingsPage)
    at_rest(qtbot)
    assert page.standards.fields[name].control.hasFocus()
    assert page.standards.fields[name].isVisible()


# Packs


def test_packs_in_force_are_told_with_their_trust(
    page: SettingsPage, station: OpenStation, qtbot: Any
) -> None:
    (shipped,) = policies.list_packs(station.desk)
    told = texts(page.packs)
    assert "国家规定-2026.1" in told
    assert f"全国·2010年11月16日起·指纹{shipped.sha256[:8]}" in told
    assert page.packs.removes == {}
    assert [
        one.accessibleName()
        for one in page.packs.findChildren(QWidget)
        if one.accessibleName() == "随程序提供"
    ]


def texts(whole: QWidget) -> list[str]:
    return [one.text() for one in whole.findChildren(QWidget) if hasattr(one, "text") and callable(one.text)]


def test_a_pack_is_taken_after_its_changes_were_shown(
    page: SettingsPage, station: OpenStation, window: MainWindow, tmp_path: Path, qtbot: Any
) -> None:
    dialog = previewed(page, pack(tmp_path), window, qtbot)
    assert "高龄津贴起始年龄：常见的80岁改为64岁" in texts(dialog)
    assert dialog.heading.text() == "以下3户需复核："
    names = {dialog.table.rows.peek(at)[0] for at in range(3)}
    assert "梁丙菊" in {getattr(name, "text", name) for name in names}
    assert policies.list_packs(station.desk)[0].version == "2026.1"
    assert dialog.take_button.isEnabled()
    assert not dialog.although.isVisible()
    press(dialog.take_button, qtbot)
    at_rest(qtbot)
    (now,) = policies.list_packs(station.desk)
    assert (now.version, now.trust) == ("2026.2", Trust.LOCAL)
    assert "国家规定-2026.2" in texts(page.packs)
    assert list(page.packs.removes) == ["national"]


def test_an_older_pack_needs_a_tick(
    page: SettingsPage, station: OpenStation, window: MainWindow, tmp_path: Path, qtbot: Any
) -> None:
    dialog = previewed(page, pack(tmp_path, "2020.1"), window, qtbot)
    assert dialog.although.isVisible()
    assert not dialog.take_button.isEnabled()
    dialog.although.set_value(True)
    press(dialog.take_button, qtbot)
    at_rest(qtbot)
    assert policies.list_packs(station.desk)[0].version == "2020.1"


def test_control_the_same_rules_concern_nobody(
    page: SettingsPage, window: MainWindow, tmp_path: Path, qtbot: Any
) -> None:
    dialog = previewed(page, pack(tmp_path, before="供社工比对参考", after="供比对参考"), window, qtbot)
    assert dialog.heading.text() == NOBODY
    assert not dialog.table.isVisible()
    dialog.reject()


def test_a_refused_file_shows_the_line_and_changes_nothing(
    page: SettingsPage, station: OpenStation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    told: list[str] = []
    monkeypatch.setattr(messages, "show_problem", lambda problem, *_: told.append(problem.message))
    path = pack(tmp_path, before='fact = "age"', after='fact = "no_such"')
    page.packs.take(path)
    at_rest(qtbot)
    line = next(at for at, text in enumerate(path.read_text("utf-8").splitlines(), 1) if "no_such" in text)
    assert len(told) == 1
    assert f"第{line}行" in told[0]
    assert policies.list_packs(station.desk)[0].version == "2026.1"


def test_a_pack_is_removed_and_put_back(
    page: SettingsPage, station: OpenStation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    policies.take_pack(station.desk, policies.preview_pack(station.desk, pack(tmp_path)))
    page.read()
    at_rest(qtbot)
    said: list[tuple[str, Any]] = []
    page.packs.said.connect(lambda words, undo: said.append((words, undo)))
    for answer, version in ((False, "2026.2"), (True, "2026.1")):
        monkeypatch.setattr(messages, "ask", lambda *_, answer=answer, **__: answer)
        press(page.packs.removes["national"], qtbot)  # type: ignore[arg-type]
        at_rest(qtbot)
        assert policies.list_packs(station.desk)[0].version == version
    assert said[0][0] == "国家规定-2026.2已移除。10秒内可以撤销。"
    said[0][1]()
    at_rest(qtbot)
    assert policies.list_packs(station.desk)[0].version == "2026.2"


def test_the_reckoning_can_be_stopped_and_the_pack_still_taken(
    page: SettingsPage,
    station: OpenStation,
    window: MainWindow,
    tmp_path: Path,
    qtbot: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    go_on = Event()
    real = pack_dialog.changed_by

    def slowly(desk: Any, preview: Any, step: Any) -> Any:
        go_on.wait(20)
        return real(desk, preview, step)

    monkeypatch.setattr(pack_dialog, "changed_by", slowly)
    page.packs.take(pack(tmp_path))
    dialog = dialog_of(window, PackDialog, qtbot)
    press(dialog.panel.stop, qtbot)
    go_on.set()
    at_rest(qtbot)
    assert dialog.heading.text() == STOPPED
    assert not dialog.table.isVisible()
    press(dialog.take_button, qtbot)
    at_rest(qtbot)
    assert policies.list_packs(station.desk)[0].version == "2026.2"


def test_who_may_not_keep_them_sees_them(station: OpenStation, qtbot: Any) -> None:
    worker = replace(station.desk, actor=Actor("w-else", frozenset({WORKER})), user="别人")
    for card in (StandardsCard(worker), PacksCard(worker)):
        qtbot.addWidget(card)
        card.read()
        at_rest(qtbot)
        card.show()
        button = card.save_button if isinstance(card, StandardsCard) else card.take_button
        assert not button.isVisible()
        assert card.isVisible()


def test_an_administrator_is_told_no_names(
    station: OpenStation, window: MainWindow, tmp_path: Path, qtbot: Any
) -> None:
    admin = replace(station.desk, actor=Actor("w-else", frozenset({ADMIN})), user="别人")
    dialog = PackDialog(window, admin, policies.preview_pack(admin, pack(tmp_path)))
    qtbot.addWidget(dialog)
    dialog.show()
    at_rest(qtbot)
    assert dialog.heading.text() == ONLY_HEADS
    assert not dialog.table.isVisible()
    assert QApplication.focusWidget() is None or dialog.take_button.isEnabled()
