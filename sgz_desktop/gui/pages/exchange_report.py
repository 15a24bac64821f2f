"""What an exchange did, as lines: what came, what differs now, who may be the same, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from sgz_desktop.actions.exchange import Exchanged
from sgz_desktop.actions.exchange_dealings import Dealings, MaybeSame
from sgz_desktop.gui import exchange_words as words
from sgz_desktop.gui.exchange_words import Line
from sgz_desktop.gui.sticks import Stick
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.fact_line import FactLine
from sgz_desktop.gui.widgets.labels import label

CAN_PULL, WRITTEN = "可以拔出了", "交换完成"
MOST_ALIKE = 20
DOUBLED = "有的项目两台电脑填得不一样"


def summary(done: Exchanged, place: Stick | None) -> tuple[str, str, bool]:
    """Outcome, a line under it, and is all well?"""
    if done.cancelled:
        return "已停下，资料没有损坏", "收好的已留着，没写完的没有留下。可以再做一次。", False
    outcome = WRITTEN if place is not None and place.chosen else CAN_PULL
    got = sum(not one.known for one in done.arrived.values())
    counted = f"收到{got}包，送出{len(done.sent)}包，写出的都已读回核对。"
    if any(one.refused for one in done.met):
        return outcome, f"{counted}有的电脑本机还不认识，没有送给它。", False
    if done.refused:
        return outcome, f"{counted}有{len(done.refused)}个文件没有收，资料没有改动。", False
    return outcome, counted, not any(one.gaps for one in done.arrived.values())


def report_parts(
    done: Exchanged,
    before: Dealings | None,
    after: Dealings | None,
    alike: Sequence[MaybeSame],
    sheet: Callable[[], None],
    compare: Callable[[MaybeSame], None],
) -> list[QWidget]:
    """The lines of a report; `sheet` opens 数据核对单, `compare` shows two files side by side."""
    every = {one.id: one for one in after.computers} if after else {}
    parts: list[QWidget] = [_line(one) for one in words.arrived(done, every)]
    doubled = sum(len(one.doubled) for one in done.arrived.values())
    if doubled:
        act = button("去核对", "tonal", on_click=sheet, small=True)
        told = f"有{doubled}项两台电脑填得不一样"
        parts.append(FactLine(("alert", "warn"), told, "两个值都保留着，请在数据核对单里选定", None, act))
    if any(one.doubled_for_others for one in done.arrived.values()):
        parts.append(_line(Line(("alert", "warn"), DOUBLED, "都保留着，由社工或站长在数据核对单里选定")))
    parts += [_line(one) for one in words.meeting([one for one in done.met if one.refused])]
    parts += [_line(one) for one in _computers(before, after)]
    if after is not None and after.files_missing:
        told = f"还有{after.files_missing}个附件的文件没到"
        parts.append(_line(Line(("info", "info"), told, "已记在回执里，对方下次会带来")))
    if alike:
        parts.append(label("可能是同一人", "body_bold"))
    for pair in alike[:MOST_ALIKE]:
        act = button("对照", small=True, on_click=lambda pair=pair: compare(pair))
        act.setAccessibleName(f"对照{pair.came_words}")
        second = f"本机已有：{pair.here_words}（{pair.why}）"
        parts.append(FactLine(("people", "warn"), f"新到：{pair.came_words}", second, None, act))
    if alike and done.sent:
        parts.append(label("送出的", "body_bold"))
    return parts + [_line(one) for one in words.sent(done)]


def _computers(before: Dealings | None, after: Dealings | None) -> list[Line]:
    """Computers that came into sight, or were stopped, by what came."""
    if before is None or after is None:
        return []
    known = {one.id: one for one in before.computers}
    lines = []
    for one in after.computers:
        was = known.get(one.id)
        if one.stopped is not None and (was is None or was.stopped is None):
            second = "与另一台互相停用，请用恢复卡裁定" if one.frozen else "它之后写的不再并入，也不再送给它"
            lines.append(Line(("shield", "warn"), f"{one.name}已停用", second, ("已停用", "warn")))
        elif one.disputed and (was is None or not was.disputed):
            told = f"{one.name}的钥匙不一致，暂不收送"
            lines.append(Line(("shield", "warn"), told, "请在那台电脑上用恢复卡裁定", ("待裁定", "danger")))
        elif one.inside and not one.this and (was is None or not was.inside):
            lines.append(Line(("shield", "brand"), f"{one.name}已加入本站", "以后也会送给它"))
    return lines


def _line(one: Line) -> FactLine:
    return FactLine(one.icon, one.words, one.second, one.badge)
