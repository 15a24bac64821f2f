"""用恢复卡打开: the card is tried, a new one put on paper and typed back; only then anything changes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sgz_desktop.actions.station import create_station, open_station
from sgz_desktop.errors import AppError
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.card_dialog import CardDialog
from sgz_desktop.vault import members
from sgz_desktop.vault.card import Card, make_card
from sgz_desktop.vault.stretch import Argon2Params

CHEAP = Argon2Params(32, 1, 1)
STATION, USER, OTHER = "柳溪镇社会工作服务站", "甲社工", "乙社工"
OLD, NEW = "溪水边的大榕树下有只白鹭", "江边的竹林里住着一只灰鹤"


@pytest.fixture
def card() -> Card:
    return make_card()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, card: Card) -> Path:
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    monkeypatch.setattr(members, "recover", partial(members.recover, params=CHEAP))
    place = tmp_path / "store"
    create_station(place, STATION, USER, OLD, params=CHEAP, recovery=card.recipient).close()
    return place


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    said: list[str] = []
    monkeypatch.setattr(messages, "tell", lambda _parent, text, hint="", **_: said.append(text + hint))
    return said


@pytest.fixture
def dialog(folder: Path, qtbot: QtBot) -> Iterator[CardDialog]:
    made = CardDialog(None, folder, STATION, [USER, OTHER])
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    yield made
    rest(qtbot)


def rest(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not jobs.busy(), timeout=20_000)


def fill(dialog: CardDialog, card: str, first: str = NEW, again: str = NEW) -> None:
    dialog.entry.card.set_value(card)
    dialog.entry.first.setText(first)
    dialog.entry.again.setText(again)


def go_on(dialog: CardDialog, qtbot: QtBot) -> None:
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    rest(qtbot)


def test_a_new_passphrase_and_a_new_card(
    dialog: CardDialog,
    folder: Path,
    card: Card,
    told: list[str],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = (folder / "slots.json").read_bytes()
    fill(dialog, card.text.lower())
    go_on(dialog, qtbot)
    assert dialog.step() is dialog.card
    monkeypatch.setattr(messages, "ask_save_path", lambda *_: tmp_path / "card.pdf")
    qtbot.mouseClick(dialog.card.save_button, Qt.MouseButton.LeftButton)
    rest(qtbot)
    assert (tmp_path / "card.pdf").read_bytes().startswith(b"%PDF")
    assert dialog.card.said.text() == "恢复卡已存好。"
    shown = dialog.rehearse.card
    assert shown is not None
    assert shown.groups != card.groups
    go_on(dialog, qtbot)
    assert dialog.step() is dialog.rehearse
    dialog.rehearse.typed.set_value(" ".join(shown.groups[:-1]))
    go_on(dialog, qtbot)
    assert "还没有输完" in dialog.rehearse._field.message()
    assert (folder / "slots.json").read_bytes() == before
    dialog.rehearse.typed.set_value(" ".join(shown.groups))
    go_on(dialog, qtbot)
    assert not dialog.isVisible()
    assert told == ["新密码和新恢复卡都已生效。请用新密码解锁；旧密码和旧恢复卡不能再用。"]
    open_station(folder, USER, NEW).close()
    with pytest.raises(AppError):
        open_station(folder, USER, OLD)


def test_stopping_before_the_end_changes_nothing(
    dialog: CardDialog, folder: Path, card: Card, qtbot: QtBot
) -> None:
    fill(dialog, card.text)
    go_on(dialog, qtbot)
    go_on(dialog, qtbot)
    assert dialog.step() is dialog.rehearse
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    open_station(folder, USER, OLD).close()


@pytest.mark.parametrize(
    ("first", "again", "field", "says"),
    [
        ("short", "short", "first", "密码至少12个字"),
        (STATION + "甲社工2024", "", "first", "密码太常见"),
        (NEW, NEW + "多", "again", "两次输入的密码不一样。"),
    ],
)
def test_the_passphrase_is_looked_at_before_the_card_is_tried(
    dialog: CardDialog, card: Card, qtbot: QtBot, first: str, again: str, field: str, says: str
) -> None:
    fill(dialog, card.text, first, again or first)
    go_on(dialog, qtbot)
    assert dialog.step() is dialog.entry
    assert says in dialog.entry.fields[field].message()
    assert dialog.entry.fields[field].control.hasFocus()


def test_cards_that_do_not_open_are_told_under_their_field_and_counted(
    dialog: CardDialog, card: Card, qtbot: QtBot
) -> None:
    for _ in range(6):  # a slip of the pen is no guess
        fill(dialog, card.text[:20])
        go_on(dialog, qtbot)
        assert "还没有输完" in dialog.entry.fields["card"].message()
    other = make_card().text
    for says in (*["不是这份资料的"] * 5, "请等1分钟再试"):
        fill(dialog, other)
        go_on(dialog, qtbot)
        assert says in dialog.entry.fields["card"].message()
    fill(dialog, card.text)
    go_on(dialog, qtbot)
    assert "请等1分钟再试" in dialog.entry.fields["card"].message()


def test_a_name_the_list_does_not_know_brings_the_person_back_to_the_first_step(
    dialog: CardDialog, card: Card, folder: Path, qtbot: QtBot
) -> None:
    dialog.entry.user.set_value(OTHER)
    fill(dialog, card.text)
    go_on(dialog, qtbot)
    go_on(dialog, qtbot)
    shown = dialog.rehearse.card
    assert shown is not None
    dialog.rehearse.typed.set_value(" ".join(shown.groups))
    go_on(dialog, qtbot)
    assert dialog.step() is dialog.entry
    assert "没有这个人" in dialog.entry.fields["card"].message()
    open_station(folder, USER, OLD).close()


def test_it_does_not_close_while_keys_are_being_changed(dialog: CardDialog, qtbot: QtBot) -> None:
    dialog.go.set_busy("正在设新密码")
    dialog.reject()
    assert dialog.isVisible()
    dialog.go.set_busy("")
