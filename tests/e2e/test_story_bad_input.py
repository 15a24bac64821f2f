"""What goes wrong on a real day, through the window: a sentence each time, nothing lost, and it goes on."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hand import CTRL, KEY, Hand, bands
from PySide6.QtWidgets import QLineEdit

from sgz_desktop.actions import station as stations
from sgz_desktop.domain import id_number

HEAD = "岑厚根"
SECOND_PLANE, NO_FONT_HAS = "石𠮷", "石\U0003134a"
ODD = '<b>粗</b>&"引"，=1+1，-2'


def unlock(hand: Hand, program: Any) -> None:
    """Type the passphrase and come to the main window."""
    hand.fill({"密码": program.passphrase})
    hand.press("解锁")
    hand.until(lambda: program.root.window is not None, "the main window")
    hand.rest()


def edit_head(hand: Hand) -> None:
    """Open the form of the head of household."""
    hand.press("服务对象")
    hand.row("服务对象名单", HEAD)
    hand.title(HEAD)
    hand.key(KEY.Key_F2)
    hand.control("本人月收入")


def test_a_wrong_passphrase_is_told_and_stays_for_mending(hand: Hand, at_desk: Any) -> None:
    wrong = at_desk.passphrase + "呀"
    hand.fill({"密码": wrong})
    hand.press("解锁")
    hand.until(lambda: "密码" in hand.message("密码"), "the sentence")
    box = hand.control("密码")
    assert isinstance(box, QLineEdit)
    assert box.text() == box.selectedText() == wrong
    unlock(hand, at_desk)


def test_a_second_copy_is_told_and_may_try_again(hand: Hand, at_desk: Any) -> None:
    other = stations.open_station(at_desk.folder, "甲社工", at_desk.passphrase)
    hand.fill({"密码": at_desk.passphrase})
    hand.press("解锁")
    hand.until(lambda: "另一个窗口正在使用这份资料" in hand.message("密码"), "the sentence")
    other.close()
    unlock(hand, at_desk)


def test_a_household_with_wrong_numbers_and_days(hand: Hand, at_desk: Any) -> None:
    unlock(hand, at_desk)
    bad = "359999196203040019"
    bad = bad[:17] + next(digit for digit in "0123456789" if digit != id_number.check_character(bad[:17]))
    hand.press("服务对象")
    hand.press("登记家庭")
    hand.fill({"村（居）": "竹园村"})
    hand.fill({"姓名": SECOND_PLANE, "身份证号": bad, "出生日期": "2027-1-1"}, inside="户主")
    hand.press("保存")
    hand.until(lambda: "今天" in hand.message("出生日期"), "the future day to be refused")
    assert hand.control("身份证号").value() == bad, "what was typed must stay"
    hand.fill({"出生日期": "1962-3-4"}, inside="户主")
    hand.press("保存")
    hand.title(SECOND_PLANE)
    hand.until(lambda: any("待核" in one for one in bands(hand)), "the mark on the person's page")
    hand.key(KEY.Key_F2)
    assert hand.control("身份证号").value() == bad
    assert "待核" in hand.message("身份证号")


def test_an_amount_in_full_width_digits(hand: Hand, at_desk: Any) -> None:
    unlock(hand, at_desk)
    edit_head(hand)
    hand.fill({"本人月收入": "３，５００元", "收入核算月份": "2026-6"})
    hand.press("保存")
    hand.title(HEAD)
    edit_head(hand)
    assert hand.control("本人月收入").value() == "3,500"


def test_a_visit_that_ends_before_it_starts_and_a_very_long_note(hand: Hand, at_desk: Any) -> None:
    unlock(hand, at_desk)
    note = ODD + "\n第二行\n" + "很长的一段话，" * 2800
    note += "完" * (20_000 - len(note))
    hand.press("走访")
    hand.key(KEY.Key_F5)
    hand.fill({"走访谁": "chg"})
    hand.fill({"过程（客观事实）": note, "开始时间": "10:00", "结束时间": "9:00"})
    hand.press("保存")
    hand.until(lambda: "开始" in hand.message("结束时间"), "the order of times to be told")
    assert hand.control("过程（客观事实）").value() == note
    hand.fill({"结束时间": "10:40"})
    hand.press("保存")
    hand.until(lambda: any("已保存" in one for one in bands(hand)), "the visit to be kept")
    hand.row("走访记录", HEAD)
    assert hand.control("过程（客观事实）").value() == note


def refuse(monkeypatch: pytest.MonkeyPatch, folder: Path, fault: int) -> Callable[[], None]:
    """The disk under a folder takes no byte until the callable is called."""
    real_open, real_write = os.open, os.write
    handles: set[int] = set()

    def opening(path: Any, flags: int, *rest: Any, **named: Any) -> int:
        writes = flags & (os.O_WRONLY | os.O_RDWR)
        if writes and Path(os.fsdecode(path)).parent == folder:
            if fault == errno.EROFS:
                raise OSError(fault, "read-only")
            handle = real_open(path, flags, *rest, **named)
            handles.add(handle)
            return handle
        return real_open(path, flags, *rest, **named)

    def writing(handle: int, data: Any) -> int:
        if handle in handles:
            raise OSError(fault, "full")
        return real_write(handle, data)

    with_fault = pytest.MonkeyPatch()
    with_fault.setattr(os, "open", opening)
    with_fault.setattr(os, "write", writing)
    return with_fault.undo


@pytest.mark.parametrize("fault", [errno.EROFS, errno.ENOSPC], ids=["read-only", "full"])
def test_a_folder_that_takes_nothing(
    hand: Hand, at_desk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: int
) -> None:
    """A name no font has is told before printing; then the folder refuses the PDF, and a retry works."""
    unlock(hand, at_desk)
    edit_head(hand)
    hand.fill({"姓名": NO_FONT_HAS, "小名": ODD})
    hand.press("保存")
    hand.title(NO_FONT_HAS)
    hand.press("个案")
    hand.row("个案", "石")
    hand.title(NO_FONT_HAS)
    hand.press("打印档案")
    hand.until(lambda: any("字体没有" in one for one in bands(hand)), "the strange character to be named")
    folder = tmp_path / "target"
    folder.mkdir()
    hand.saving_to(folder)
    heal = refuse(monkeypatch, folder, fault)
    try:
        with hand.answering("知道了") as told:
            hand.press("保存PDF")
    finally:
        heal()
    assert ("空间不够" in told[0]) is (fault == errno.ENOSPC), told
    assert list(folder.iterdir()) == []
    hand.press("保存PDF")
    hand.see("已保存到")
    (saved,) = folder.iterdir()
    done = subprocess.run(["pdftotext", "-raw", str(saved), "-"], capture_output=True, check=True)
    assert "".join(ODD.split()) in "".join(done.stdout.decode().split())


def test_half_a_visit_survives_the_lock(hand: Hand, at_desk: Any) -> None:
    unlock(hand, at_desk)
    hand.press("走访")
    hand.key(KEY.Key_F5)
    hand.fill({"走访谁": "chg"})
    hand.fill({"过程（客观事实）": "写到一半"})
    hand.key(KEY.Key_L, CTRL)
    hand.until(lambda: at_desk.relaunched, "the program to make way for a fresh one")
    assert at_desk.relaunched == [["--store", str(at_desk.folder)]]
    assert at_desk.root.station is None, "the store must be closed"
    at_desk.close()
    at_desk.start()
    hand.see("上次锁定前写到一半的内容已存好")
    unlock(hand, at_desk)
    go_on = [name for name in hand.buttons() if name.startswith("接着写")]
    hand.press(go_on[0])
    hand.rest()
    hand.press("接着写")
    assert hand.control("过程（客观事实）").value() == "写到一半"
    hand.press("保存")
    hand.until(lambda: any("已保存" in one for one in bands(hand)), "the visit to be kept")


def test_cover_hides_and_lifts(hand: Hand, at_desk: Any) -> None:
    unlock(hand, at_desk)
    hand.press("服务对象")
    hand.row("服务对象名单", HEAD)
    hand.title(HEAD)
    hand.key(KEY.Key_F9)
    window = at_desk.root.window
    middle = window.rect().center()
    assert window.cover.isVisible()
    assert window.childAt(middle) is window.cover or window.cover.isAncestorOf(window.childAt(middle))
    assert window.cover.geometry() == window.centralWidget().rect()
    hand.key(KEY.Key_X)
    assert not window.cover.isVisible()
    hand.title(HEAD)


def test_a_routine_visit_takes_fifteen_keys(hand: Hand, at_desk: Any) -> None:
    unlock(hand, at_desk)
    hand.press("走访")
    hand.rest()
    before = hand.keys
    hand.key(KEY.Key_F5)
    hand.has_keyboard("走访谁")
    hand.write("chg")
    hand.key(KEY.Key_Return)
    hand.has_keyboard("见到的人")
    hand.key(KEY.Key_Space)  # seen: the person chosen
    hand.key(KEY.Key_Tab)
    hand.key(KEY.Key_1)  # no change
    hand.key(KEY.Key_S, CTRL)
    hand.until(lambda: any("已保存" in one for one in bands(hand)), "the visit to be kept")
    assert hand.keys - before <= 15
    hand.row("走访记录", HEAD)
    assert hand.control("见到的人").value()
    assert hand.control("变化").value() == "none"
