"""What U盘交换 says of sticks and of what came; which volumes are sticks."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from sgz_desktop.actions.exchange import Exchanged, OnStick
from sgz_desktop.actions.exchange_dealings import Dealing, Dealings
from sgz_desktop.actions.exchange_devices import Computer
from sgz_desktop.actions.exchange_take_in import Arrived
from sgz_desktop.errors import AppError
from sgz_desktop.gui import exchange_words as words
from sgz_desktop.gui.pages.devices_page import badge_of
from sgz_desktop.gui.pages.exchange_report import summary
from sgz_desktop.gui.sticks import Stick, is_stick, stick_name
from sgz_desktop.sync.reasons import Reason, Refused

B = Computer("b", "B", "2号机", False, True, None, False, frozenset(), 0, 0, 0)


@pytest.mark.parametrize(
    ("root", "kind", "is_one"),
    [
        (PureWindowsPath("E:/"), 2, True),
        (PureWindowsPath("C:/"), 2, False),  # the system's own disk, whatever it is
        (PureWindowsPath("D:/"), 3, False),
        (PurePosixPath("/media/li/KINGSTON"), 0, True),
        (PurePosixPath("/run/media/li/KINGSTON"), 0, True),
        (PurePosixPath("/"), 0, False),
        (PurePosixPath("/home"), 0, False),
        (PurePosixPath("/media"), 0, False),
    ],
)
def test_which_volume_is_a_stick(root: PurePosixPath | PureWindowsPath, kind: int, is_one: bool) -> None:
    assert is_stick(root, PureWindowsPath("C:"), lambda _root: kind) is is_one


def test_a_stick_is_called_as_people_call_it() -> None:
    assert stick_name(PureWindowsPath("E:/"), "KINGSTON") == "E盘"
    assert stick_name(PurePosixPath("/media/li/KINGSTON"), "") == "KINGSTON"


def test_what_lies_there_is_told_file_by_file() -> None:
    path = Path("x.sgzb")
    found = [
        OnStick(path, 900, B, 6, "edits", 1, known=True),
        OnStick(path, 900, B, 8, "edits", 1, gap=True),
        OnStick(path, 900, B, 9, "files", 1),
        OnStick(path, 900, reason=Reason.DAMAGED, words=str(Refused(Reason.DAMAGED))),
        OnStick(path, 900, reason=Reason.JOINING, words=str(Refused(Reason.JOINING))),
        OnStick(path, 900, reason=Reason.NOT_FOR_US, words="别人的"),
    ]
    told = [(one.words, one.badge and one.badge[0]) for one in words.coming(found)]
    assert told == [
        ("2号机第6包", "收过了"),
        ("2号机第8包", "前面还缺"),
        ("2号机第9包（附件）", "新的"),
        ("x.sgzb", "不能收"),
        ("加入申请", "不在这里收"),
    ]
    assert words.lies_there(found) == "里面有2号机的2个新数据包。"
    assert words.lies_there(found[4:]) == "里面没有要收的数据包，可以送出。"


def test_what_came_names_gaps_and_the_way_out() -> None:
    got = Arrived("b", 8, 41, 1, fresh=41, touched={"visit": 12, "task": 3, "unheard of": 1})
    got.gaps, got.missing, got.stopped, got.twins = {"b": (3, 7)}, [7], 2, 1
    done = Exchanged({Path("a"): got}, {Path("b.sgzb"): Refused(Reason.DAMAGED)})
    lines = words.arrived(done, {"b": B})
    assert [one.words for one in lines] == [
        "2号机第8包",
        "缺2号机第7包",
        "2笔修改没有并入",
        "2号机可能被复制过",
        "b.sgzb",
    ]
    assert lines[0].second == "15条记录：走访12、待办3"
    assert lines[1].second == "请2号机再导出一次，已收到的不受影响"


def test_can_be_pulled_only_when_all_was_written_and_read_back() -> None:
    stick = Stick(Path("/media/x"), "x")
    assert summary(Exchanged(), stick)[0] == "可以拔出了"
    assert summary(Exchanged(cancelled=True), stick)[0] == "已停下，资料没有损坏"
    assert not summary(Exchanged(refused={Path("a"): AppError("没有收。")}), stick)[2]


def test_dealings_in_words() -> None:
    rows = [
        Dealing(B, True, 11, "edits", 1, 1),
        Dealing(B, True, 10, "edits", 1, 1, confirmed=True),
        Dealing(B, False, 8, "edits", 1, 1, 41, False, (7,)),
        Dealing(B, False, 6, "edits", 1, 1, 41),
    ]
    badges = [line.badge[0] for one in rows if (line := words.dealing(one)).badge]
    assert badges == ["已导出，未确认", "对方已收", "缺第7包", "已收到"]
    assert words.last_time(Dealings((), (), 0, False, "")) == "还没有交换过"


def test_how_a_computer_stands() -> None:
    from dataclasses import replace

    stands = [B, replace(B, this=True), replace(B, stopped=5), replace(B, stopped=5, frozen=True)]
    stands.append(replace(B, inside=False))
    assert [badge_of(one)[0] for one in stands] == ["在用", "本机", "已停用", "互相停用，待裁定", "未加入"]
