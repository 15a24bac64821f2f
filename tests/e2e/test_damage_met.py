"""Damage as a person meets it: at the start, after unlocking, and under 设置 → 检查资料."""

from __future__ import annotations

from typing import Any

import pytest
from hand import Hand
from PySide6.QtWidgets import QApplication

from sgz_desktop import app, errors
from sgz_desktop.actions import people
from sgz_desktop.actions import station as stations
from sgz_desktop.gui import messages


def test_an_old_file_put_back_is_told_when_unlocking_and_by_every_check(hand: Hand, at_desk: Any) -> None:
    database = at_desk.folder / "store.db"
    older = database.read_bytes()
    station = stations.open_station(at_desk.folder, "甲社工", at_desk.passphrase)
    people.register_household(station.desk, {}, [people.MemberInput("02", {"name": "岑新"})])
    station.close()
    database.write_bytes(older)
    with hand.answering("知道了") as told:
        hand.fill({"密码": at_desk.passphrase})
        hand.press("解锁")
        hand.until(lambda: at_desk.root.window is not None, "the main window")
    assert all(words in told[0] for words in ("比本机上次见到的旧", "没有改动内容", "备份恢复"))
    hand.rest()
    hand.press("设置")
    hand.press("检查资料")
    hand.until(lambda: any("少了1笔修改" in words for words in hand.words()), "the problem")
    assert any("从最近一份好的备份恢复" in words for words in hand.words())


def test_a_damaged_page_is_told_on_the_unlock_page(hand: Hand, at_desk: Any) -> None:
    database = at_desk.folder / "store.db"
    data = bytearray(database.read_bytes())
    data[100] ^= 1
    database.write_bytes(data)
    hand.fill({"密码": at_desk.passphrase})
    hand.press("解锁")
    hand.until(lambda: "备份恢复" in hand.message("密码"), "the sentence")
    assert at_desk.root.window is None


@pytest.mark.parametrize("lost", [True, False], ids=["missing", "damaged"])
def test_a_slot_list_missing_or_damaged_is_told_at_the_start_and_is_no_empty_folder(
    hand: Hand, at_desk: Any, lost: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before there is a page to tell it on; never the wizard, which would look as if all were gone."""
    slots = at_desk.folder / "slots.json"
    if lost:
        slots.unlink()
    else:
        slots.write_bytes(slots.read_bytes()[:-40])
    told: list[BaseException] = []
    monkeypatch.setattr(messages, "show_problem", told.append)
    monkeypatch.setattr(QApplication, "instance", lambda: at_desk.app)
    with pytest.raises(errors.AppError, match="备份恢复"):
        app.main(at_desk.folder)
    assert "密码文件" in str(told[0])
