"""Two laptops of a station through a month, by the window alone: a folder is the stick."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from sample_station import at_rest

from sgz_desktop.actions import exchange_join
from sgz_desktop.actions.exchange import FOLDER, exchange_on
from sgz_desktop.app import make_window
from sgz_desktop.errors import Cancelled
from sgz_desktop.gui.dialogs.device_dialogs import (
    NOT_TICKED,
    DecideDialog,
    InviteDialog,
    LetInDialog,
    StopComputerDialog,
)
from sgz_desktop.gui.dialogs.exchange_dialog import ExchangeDialog
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.conflicts_page import ConflictsPage
from sgz_desktop.gui.pages.devices_page import DevicesPage
from sgz_desktop.gui.pages.exchange_page import ExchangePage
from sgz_desktop.gui.sticks import Stick
from sgz_desktop.gui.widgets.fact_line import FactLine
from tests.actions import laptops as made
from tests.actions.laptops import Laptop

KEY = Qt.Key


class Desk:
    """A laptop, its window, and the page U盘交换 in front of whoever sits there."""

    def __init__(self, laptop: Laptop, qtbot: Any) -> None:
        self.laptop, self.qtbot = laptop, qtbot
        self.window: MainWindow = make_window(laptop.station)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.sticks: list[Stick] = []
        page = self.window.page("exchange")
        assert isinstance(page, ExchangePage)
        self.page = page
        page.watch._look = lambda: list(self.sticks)
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        qtbot.keyClick(self.window, KEY.Key_0, Qt.KeyboardModifier.ControlModifier)
        at_rest(qtbot)

    def press(self, widget: Any) -> None:
        """Enter on a control that can be used."""
        assert widget.isVisible()
        assert widget.isEnabled()
        self.qtbot.keyClick(widget, KEY.Key_Return)
        at_rest(self.qtbot)

    def plug(self, *folders: Path) -> None:
        """These sticks are in now."""
        self.sticks = [Stick(one, one.name) for one in folders]
        self.page.watch.look()
        at_rest(self.qtbot)

    def dialog(self, kind: type[QDialog]) -> Any:
        self.qtbot.waitUntil(lambda: any(isinstance(one, kind) and one.isVisible() for one in _dialogs()))
        return next(one for one in _dialogs() if isinstance(one, kind) and one.isVisible())

    def seen(self, part: Any = None) -> str:
        """What the lines in sight say."""
        lines = (part or self.page.stick).findChildren(FactLine)
        return "\n".join(one.accessibleName() for one in lines if one.isVisible())

    def exchange(self) -> str:
        """The one action, by Enter alone; what it told."""
        self.page.look()
        at_rest(self.qtbot)
        self.press(self.page.stick.start)
        self.press(self.dialog(ExchangeDialog).start)
        self.qtbot.waitUntil(lambda: self.page.stick.reports, timeout=20_000)
        at_rest(self.qtbot)
        told = f"{self.page.stick.outcome.text()}\n{self.page.stick.summary.text()}\n{self.seen()}"
        return told

    def read_on(self) -> None:
        self.press(self.page.stick.close_report)


def _dialogs() -> list[QDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog)]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Laptop]:
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    laptop = made.founder(tmp_path / "first")
    yield laptop
    laptop.station.close()


def joined(one: Desk, tmp_path: Path, qtbot: Any) -> Laptop:
    """A second laptop, invited and let in at the first one's window."""
    assert one.page.stick.title.text() == "本站只有这一台电脑"
    one.press(one.page.devices_button)
    devices = one.page.stack.over
    assert isinstance(devices, DevicesPage)
    devices.invite(tmp_path / "invitation.sgzjoin")
    shown = one.dialog(InviteDialog)
    told = exchange_join.read_invitation(tmp_path / "invitation.sgzjoin")
    assert shown.fingerprint.digits == told.fingerprint
    qtbot.keyClick(shown, KEY.Key_Escape)
    clock = made.TestClock()
    station, asked = exchange_join.join(
        tmp_path / "second", told, made.WORKERS[1], made.PASSPHRASE, "2号机", tmp_path / "r.sgzrequest",
        params=made.CHEAP, now=clock,
    )  # fmt: skip
    devices.read(tmp_path / "r.sgzrequest")
    compared = one.dialog(LetInDialog)
    assert compared.fingerprint.digits == asked.fingerprint
    assert f"使用人{made.WORKERS[1]}，岗位是社工。" in compared.hint.text()
    qtbot.keyClick(compared.go, KEY.Key_Return)
    assert compared.wrong.text() == NOT_TICKED
    qtbot.keyClick(compared.same, KEY.Key_Space)
    one.press(compared.go)
    at_rest(qtbot)
    assert [one.inside for one in devices.computers] == [True, True]
    assert devices.head.back is not None
    one.press(devices.head.back)
    return Laptop(station, tmp_path / "second", made.WORKERS[1], clock)


def test_two_laptops_through_a_month(first: Laptop, stick: Path, tmp_path: Path, qtbot: Any) -> None:
    person = first.write(name="覃秋菊", born="1948-03-02", phone="13900000500")
    a = Desk(first, qtbot)
    second = joined(a, tmp_path, qtbot)
    try:
        _month(a, Desk(second, qtbot), person, stick, tmp_path)
        at_rest(qtbot)
    finally:
        second.station.close()


def _month(a: Desk, b: Desk, person: str, stick: Path, tmp_path: Path) -> None:
    first, second = a.laptop, b.laptop
    # the first bundle reaches the new laptop
    assert b.page.stick.title.text() == "等待第一包"
    a.plug(stick)
    assert "可以拔出了" in a.exchange()
    a.read_on()
    b.plug(stick)
    assert "另一台电脑第1包，新的" in b.seen()
    told = b.exchange()
    assert "收到1包，送出1包" in told
    assert "服务对象1" in told
    b.read_on()
    assert second.name_of(person) == "覃秋菊"
    assert "已导出，未确认" in a.seen(a.page.dealings)
    # the same field filled in at both, and one woman registered twice
    first.write(person, phone="13900000528")
    second.write(person, phone="13900000582")
    second.write(name="覃秋菊", born="1948-03-02")
    told = a.exchange()
    assert "可能是同一人" not in told
    a.read_on()
    assert "对方已收" in a.seen(a.page.dealings)
    told = b.exchange()
    assert "有1项两台电脑填得不一样" in told
    b.read_on()
    told = a.exchange()
    assert "新到：覃秋菊" in told
    a.read_on()
    _settle(a)
    told = a.exchange()
    a.read_on()
    b.exchange()
    b.read_on()
    assert first.says() == second.says()
    assert first.says()[2] == 0
    # a stick is lost on the way; a file comes twice, under another name
    lost = tmp_path / "lost"
    lost.mkdir()
    late = first.write(name="测试丁")
    a.plug(lost)
    a.exchange()
    a.read_on()
    shutil.rmtree(lost)
    a.plug(stick)
    a.exchange()
    a.read_on()
    sent = next(one for one in (stick / FOLDER).iterdir() if one.name.startswith("sgz-A-"))
    b.exchange()
    b.read_on()
    assert second.name_of(late) == "测试丁"
    shutil.copy(sent, stick / "FOUND000.CHK")
    b.page.look()
    at_rest(b.qtbot)
    assert "收过了" in b.seen()
    before = second.says()
    b.exchange()
    b.read_on()
    assert second.says() == before
    _stop(a)


def _settle(desk: Desk) -> None:
    """The doubled field, by the sheet and its keys."""
    page = desk.page
    page.activate()
    at_rest(desk.qtbot)
    assert page.sheet.count.text() == "还有1处"
    desk.press(page.sheet.open)
    sheet = page.stack.over
    assert isinstance(sheet, ConflictsPage)
    desk.qtbot.waitUntil(lambda: bool(sheet.boxes))
    box = next(iter(sheet.boxes.values()))
    desk.qtbot.keyClick(box, KEY.Key_Space)
    desk.qtbot.keyClick(box, KEY.Key_Return)
    at_rest(desk.qtbot)
    assert sheet.rows == []
    assert sheet.head.back is not None
    desk.press(sheet.head.back)
    at_rest(desk.qtbot)
    assert page.sheet.count.text() == "都一致"


def _stop(desk: Desk) -> None:
    """An exchange is stopped half-way and tells so; then the other computer is stopped, with a reason."""
    station = desk.laptop.station

    def cancel(_done: int, _total: int, _what: str) -> None:
        raise Cancelled

    folder = desk.page.places()[0].path
    assert exchange_on(station.desk, station, folder, cancel).cancelled
    desk.press(desk.page.devices_button)
    devices = desk.page.stack.over
    assert isinstance(devices, DevicesPage)
    other = next(one for one in devices.computers if not one.this)
    desk.press(devices.verbs["停用", other.id])
    asked = desk.dialog(StopComputerDialog)
    desk.press(asked.go)
    assert asked.field.message() == "请写明原因，会记在修改日志里。"
    desk.qtbot.keyClicks(asked.reason, "lost")
    desk.press(asked.go)
    assert "已停用" in devices.rows[other.id].accessibleName()
    desk.press(devices.verbs["用恢复卡裁定", other.id])
    decides = desk.dialog(DecideDialog)
    desk.qtbot.keyClicks(decides.card, "ABC")
    desk.press(decides.go)
    assert "没有做过恢复卡" in decides.field.message()
    desk.qtbot.keyClick(decides, KEY.Key_Escape)
