"""What the dialog of names is for: signing in at an activity, handing out a resource, joining a group."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from sgz_desktop.actions import name_rows
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.name_rows import Opened, Written
from sgz_desktop.domain import days
from sgz_desktop.gui import jobs
from sgz_desktop.gui.dialogs.names_dialog import HEADS, Done, Field, Job, NamesDialog


class SignInJob:
    """快速签到."""

    title = "快速签到"
    asks = "姓名、拼音首字母，或人数"
    listed = "已签到"

    def fields(self, opened: Opened, today: str) -> tuple[Field, ...]:
        heads = "" if opened.heads is None else str(opened.heads)
        return (Field(HEADS, "参加人数", heads, 84),)

    def state(self, opened: Opened, new: int, typed: dict[str, str]) -> tuple[str, bool]:
        signed = len(opened.rows) + new
        heads = int(typed[HEADS]) if typed[HEADS].isdigit() else 0
        counted = max(signed - opened.hosts, heads)
        parts = [f"签到{signed}人"] if signed else []
        parts += [f"工作人员等{opened.hosts}人不计"] if opened.hosts else []
        parts += [f"点到{heads}人"] if heads else []
        parts += [f"按{counted}人次统计"] if signed or heads else ["还没有人签到。只点人数也可以。"]
        words = "，".join(parts)
        return (f"{words}。{opened.doubt}", True) if opened.doubt else (words, False)

    def again(self) -> bool:
        return False

    def write(self, desk: Desk, id: str, each: Sequence[tuple[str, str]], typed: dict[str, str]) -> Written:
        return name_rows.enter_sign_ins(desk, id, each, typed[HEADS])

    def said(self, written: Written, typed: dict[str, str], measure: str) -> str:
        return f"签到已保存，共{written.on_list}人。" if written.on_list else "参加人数已保存。"


class HandoutJob:
    """快速发放."""

    title = "快速发放"
    asks = "领取人姓名或拼音首字母"
    listed = "已领"

    def fields(self, opened: Opened, today: str) -> tuple[Field, ...]:
        return (
            Field("quantity", f"每人{opened.measure and f'（{opened.measure}）'}", "1", 64),
            Field("date", "日期", days.show_day(today), 150, day=True),
        )

    def state(self, opened: Opened, new: int, typed: dict[str, str]) -> tuple[str, bool]:
        each = int(typed["quantity"]) if typed["quantity"].isdigit() else 0
        out, unit = new * each, opened.measure
        if opened.left is None:
            return f"这次发{out}{unit}。收到多少没有填，结余算不出。", False
        if out > opened.left:
            return f"这次发{out}{unit}，比结余多{out - opened.left}{unit}。可以保存，标为待核。", True
        return f"结余{opened.left}{unit}，这次发{out}{unit}，发后剩{opened.left - out}{unit}", False

    def again(self) -> bool:
        return True

    def write(self, desk: Desk, id: str, each: Sequence[tuple[str, str]], typed: dict[str, str]) -> Written:
        return name_rows.enter_handouts(desk, id, typed, each)

    def said(self, written: Written, typed: dict[str, str], measure: str) -> str:
        if written.left is not None and written.left < 0:
            return f"已记{written.added}人，多发{-written.left}{measure}，标为待核。"
        left = "" if written.left is None else f"，结余{written.left}{measure}"
        return f"已记{written.added}人领取{left}。"


class MemberJob:
    """快速加组员."""

    title = "快速加组员"
    asks = "组员姓名或拼音首字母"
    listed = "已在组里"

    def fields(self, opened: Opened, today: str) -> tuple[Field, ...]:
        began = opened.date if days.is_whole(opened.date) else today
        return (
            Field("joined_on", "入组日期", days.show_day(began), 150, day=True),
            Field("consented_on", "同意书日期", "", 150, day=True),
        )

    def state(self, opened: Opened, new: int, typed: dict[str, str]) -> tuple[str, bool]:
        count = len(opened.rows) + new
        planned = f"，计划{opened.heads}人" if opened.heads else ""
        words = f"组员{count}人{planned}。" if count else "还没有组员。"
        return words + ("" if typed["consented_on"] else "签了同意书的，请填同意书日期。"), False

    def again(self) -> bool:
        return False

    def write(self, desk: Desk, id: str, each: Sequence[tuple[str, str]], typed: dict[str, str]) -> Written:
        return name_rows.enter_members(desk, id, typed, each)

    def said(self, written: Written, typed: dict[str, str], measure: str) -> str:
        return f"已加{written.added}人，组员共{written.on_list}人。"


def open_sign_in(owner: QWidget, desk: Desk, activity: str, done: Done) -> None:
    """Sign in at an activity."""
    _open(owner, desk, lambda: name_rows.sign_in_list(desk, activity), SignInJob(), done)


def open_handout(owner: QWidget, desk: Desk, resource: str, done: Done) -> None:
    """Hand out a resource."""
    _open(owner, desk, lambda: name_rows.handout_list(desk, resource), HandoutJob(), done)


def open_members(owner: QWidget, desk: Desk, group: str, done: Done) -> None:
    """Add members to a group."""
    _open(owner, desk, lambda: name_rows.member_list(desk, group), MemberJob(), done)


def _open(owner: QWidget, desk: Desk, load: Callable[[], Opened], job: Job, done: Done) -> None:
    def show(opened: Opened) -> None:
        dialog = NamesDialog(owner, desk, opened, job, done)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    jobs.start(owner, lambda _task: load(), done=show, key="names-dialog")
