"""The week, the day and what is due, for the gallery. Everything in them is invented."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from sgz_desktop.actions.agenda import Agenda
from sgz_desktop.actions.diary import Day
from sgz_desktop.actions.life import LeftOpen
from sgz_desktop.domain import agenda as rules
from sgz_desktop.domain.agenda import Item
from sgz_desktop.domain.day_work import Done, clashes
from sgz_desktop.gui.dialogs.due_dialog import DueDialog
from sgz_desktop.gui.dialogs.left_open_dialog import LeftOpenDialog
from sgz_desktop.gui.pages.agenda import AgendaTable, table_rows
from sgz_desktop.gui.pages.diary import COLUMNS
from sgz_desktop.gui.pages.diary import table_rows as day_rows
from sgz_desktop.gui.theme import px
from sgz_desktop.gui.widgets.card import framed
from sgz_desktop.gui.widgets.data_table import DataTable

TODAY = "2026-06-30"
DEATH = Item(
    "died:p1",
    "person",
    "p1",
    "去世，今天报民政办：特困人员救助供养、高龄津贴、最低生活保障（全家）",
    "2026-06-27",
    "罗乙根",
    person="p1",
    more="走访已停。请核实丧葬补助等可能可以申请的项目，各地规定不同。",
)
LATE = (
    DEATH,
    Item("o1", "step", "s1", "计划步骤：教翻身和防压疮手法", "2026-06-20", "覃丁月", worker="甲社工"),
    Item("o2", "task", "t2", "送药盒", "2026-06-12", "王庚英", worker="乙社工", task="t2", paused=True),
)
DUE = (
    Item("o3", "task", "t3", "核对高龄津贴名单，民政办要电子版和盖章的纸质版各一份", TODAY, "", task="t3"),
    Item("o4", "visit", "v1", "约定再访", "2026-07-02", "梁戊菊", worker="甲社工"),
    Item("o5", "person", "p5", "满80岁，可能可以领高龄津贴，请核实", "2026-07-03", "韦辛珍"),
)
DONE = (
    Done("visit", "v2", TODAY, "走访（入户）", "梁戊菊", "药盒使用正常。", "09:00", "09:40"),
    Done(
        "visit",
        "v3",
        TODAY,
        "走访（入户）",
        "罗乙根",
        "看了灶台，门口的路已经修好，村里派人来看过。",
        "09:20",
    ),
    Done("contact", "c1", TODAY, "来电", "蒙甲妹", "问临时救助要什么材料", "11:05"),
    Done("task", "t9", TODAY, "办完待办", "覃丁月", "补同意书扫描件"),
)


def agenda_table() -> QWidget:
    """A week with late, paused, raised and free days."""
    first, last = rules.week_of(TODAY)
    days = rules.by_day(DUE, first, last)
    found = Agenda(TODAY, first, last, LATE, days, (), {"2026-07-04": "未含2027年调休"})
    ids, _, _, rows = zip(*table_rows(found), strict=True)
    table = AgendaTable()
    table.set_rows(ids, rows)
    return _on_canvas(table)


def diary_table() -> QWidget:
    """A day with two visits at one hour, among the rows of its week."""
    told = Day(TODAY, DONE, errands="核对高龄津贴名单", clashing=clashes(DONE))
    ids, _, rows = zip(*day_rows(told, dated=True), strict=True)
    table = DataTable("工作日志", COLUMNS)
    table.set_rows(ids, rows)
    return _on_canvas(table)


def _on_canvas(table: QWidget) -> QWidget:
    whole = QWidget()
    whole.setProperty("kind", "canvas")
    column = QVBoxLayout(whole)
    column.setContentsMargins(px(20), px(14), px(20), px(16))
    column.addWidget(framed(table))
    return whole


DESK: Any = SimpleNamespace(today=lambda: TODAY)


def due_dialog() -> QDialog:
    """What a death asks for."""
    dialog = DueDialog(QWidget(), DESK, DEATH, ("甲社工", "乙社工"), lambda *_: None, lambda *_: None)
    dialog.adjustSize()
    return dialog


def left_open_dialog() -> QDialog:
    """Tasks about somebody who has died."""
    tasks = (
        LeftOpen("t1", "陪同去县医院复查，带上医保卡和上次的检查单，早上七点在村口等车", "2026-07-02"),
        LeftOpen("t2", "退还药盒", ""),
    )
    dialog = LeftOpenDialog(QWidget(), DESK, tasks, lambda *_: None)
    dialog.adjustSize()
    return dialog


WORK = {
    "agenda": agenda_table,
    "diary": diary_table,
    "due-dialog": due_dialog,
    "left-open-dialog": left_open_dialog,
}
