"""周安排: what is due this week and the next, by day; ticked off, moved and added to by keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import agenda as actions
from sgz_desktop.actions.agenda import Agenda, late_words
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain import days
from sgz_desktop.domain.agenda import Item
from sgz_desktop.domain.edits import Changes
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.due_dialog import open_item, undo_writing
from sgz_desktop.gui.dialogs.task_dialog import new_task
from sgz_desktop.gui.list_tools import ListTools
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import framed
from sgz_desktop.gui.widgets.data_table import Cell, CellValue, Column, DataTable
from sgz_desktop.gui.widgets.labels import paragraph
from sgz_desktop.gui.widgets.page_head import PageHead
from sgz_desktop.gui.widgets.segmented import Segmented

COLUMNS = (
    Column("日期", 158, "body_bold"),
    Column("做什么", 0),
    Column("服务对象", 118, "body_bold"),
    Column("由谁做", 92, tone="plain"),
    Column("情况", 176, "second", tone="plain"),
)
KEYS = "回车打开，空格完成，Ctrl+→推后一个工作日，Ctrl+←提前，Ctrl+N新待办。"
STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
EMPTY = "没有安排"


class AgendaTable(DataTable):
    """`ticked(id)` on space, `moved(id, step)` on Ctrl+→ and Ctrl+←."""

    ticked = Signal(object)
    moved = Signal(object, int)

    def __init__(self) -> None:
        super().__init__("周安排", COLUMNS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        id, key = self.current_id(), Qt.Key(event.key())
        if id is not None and key == Qt.Key.Key_Space:
            self.keyed = True
            self.ticked.emit(id)
        elif id is not None and key in STEPS and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.keyed = True
            self.moved.emit(id, STEPS[key])
        else:
            super().keyPressEvent(event)


class AgendaPage(QWidget):
    """`closed()`, `said(sentence, undo)`, `go(section, target)`, `plan(week, own)` to see it on paper."""

    closed = Signal()
    said = Signal(str, object)
    go = Signal(str, object)
    plan = Signal(int, bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._items: dict[str, Item] = {}
        self._days: dict[str, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        column.addWidget(self._make_head())
        self.table = AgendaTable()
        self.table.opened.connect(self._open)
        self.table.ticked.connect(self._tick)
        self.table.moved.connect(self._move)
        column.addWidget(framed(self.table), 1)
        foot = QHBoxLayout()
        foot.setSpacing(px(Space.M))
        foot.addWidget(paragraph(KEYS, "second", "muted"), 1)
        tools = ListTools(desk, "周安排", self.table)
        tools.said.connect(self.said)
        foot.addWidget(tools)
        column.addLayout(foot)
        self.load()

    def _make_head(self) -> QWidget:
        head = PageHead("周安排", back=self.closed.emit)
        self.head = head
        self.week = Segmented([(0, "本周"), (1, "下周")], 0)
        self.whose = Segmented([(False, "全站"), (True, "我的")], False)
        for switch, name in ((self.week, "哪一周"), (self.whose, "看谁的")):
            switch.setAccessibleName(name)
            switch.changed.connect(self.load)
            head.add_action(switch)
        head.add_action(button("打印周计划", icon="print", on_click=self._print, key="Ctrl+P"))
        head.add_action(button("新待办", "primary", "plus", lambda: self._new(""), key="Ctrl+N"))
        return head

    def load(self) -> None:
        """Read the week again."""
        desk, week, own = self._desk, self._week, bool(self.whose.value())
        jobs.start(self, lambda _task: actions.agenda(desk, week, own), done=self._show, key="agenda")

    @property
    def _week(self) -> int:
        value = self.week.value()
        return value if isinstance(value, int) else 0

    def _print(self) -> None:
        self.plan.emit(self._week, bool(self.whose.value()))

    def _show(self, found: Agenda) -> None:
        at = self.table.currentIndex().row()
        ids, rows = [], []
        self._items, self._days = {}, {}
        for id, item, day, row in table_rows(found):
            ids.append(id)
            rows.append(row)
            self._days[id] = day
            if item:
                self._items[id] = item
        kept = self.table.current_id() in ids
        self.table.set_rows(ids, rows)
        if not kept and ids:  # the row below what was ticked off
            self.table.set_current(ids[min(max(at, 0), len(ids) - 1)], tell=False)
        self.head.set_facts(facts(found))

    def _open(self, id: str) -> None:
        if item := self._items.get(id):
            open_item(self, self._desk, item, self._done, self.go.emit)
        else:
            self._new(self._days[id])

    def _new(self, day: str) -> None:
        new_task(self, self._desk, {"due_on": day} if day else {}, self._done)

    def _tick(self, id: str) -> None:
        if item := self._items.get(id):
            desk = self._desk
            self._write(lambda: actions.finish_item(desk, item), item, "已完成。10秒内可以撤销。")

    def _move(self, id: str, step: int) -> None:
        if item := self._items.get(id):
            desk, today = self._desk, self._desk.today()
            to = actions.day_moved(item, today, step)
            if to != item.day:
                words = f"已改到{days.short_day(to, today)}。10秒内可以撤销。"
                self._write(lambda: actions.move_item(desk, item, step), item, words)

    def _write(self, work: Callable[[], object], item: Item, sentence: str) -> None:
        jobs.start(
            self,
            lambda _task: work(),
            done=lambda _changes: self._done(sentence, lambda: undo_writing(self, self._desk, item)),
            failed=lambda problem: messages.show_problem(problem, self),
        )

    def _done(self, sentence: str, undo: Any) -> None:
        self.said.emit(sentence, undo)
        self.load()

    def on_changes(self, changes: Changes) -> None:
        """Records changed somewhere."""
        self.load()

    def take_keyboard(self) -> None:
        """The list takes the keyboard."""
        self.table.setFocus(Qt.FocusReason.TabFocusReason)


def facts(found: Agenda) -> str:
    """6月29日至7月5日·8件，另有2件已过期."""
    span = f"{days.show_day(found.first)[5:]}至{days.show_day(found.last)[5:]}"
    late = sum(item.late(found.today) > 0 for item in found.late)
    return f"{span}·{found.count - late}件" + (f"，另有{late}件已过期" if late else "")


Row = tuple[str, Item | None, str, tuple[CellValue, ...]]


def table_rows(found: Agenda) -> list[Row]:
    """(id, item or None, day, cells) of every row: what is late, each day, what has no day."""
    rows: list[Row] = []
    for item in found.late:
        tone = "danger" if item.late(found.today) else "plain"
        rows.append(_row(item, _day(item.day, found.today, tone), found))
    for day, items in found.days.items():
        head = _day(day, found.today, "brand" if day == found.today else "")
        again = replace(head, tone="muted", role="body")
        rows += [_row(item, again if place else head, found) for place, item in enumerate(items)]
        if not items and day >= found.today:
            note = Cell(found.notes.get(day, ""), "muted")
            rows.append((f"day:{day}", None, day, (head, Cell(EMPTY, "muted"), "", "", note)))
    rows += [_row(item, Cell("未定日期", "plain", role="body"), found) for item in found.undated]
    return rows


def _day(day: str, today: str, tone: str) -> Cell:
    near = days.short_day(day, today)
    if day[:4] != today[:4] and day < today:  # long past: its year matters, its weekday does not
        near = days.show_day(day)
    elif "（" not in near:
        near = f"{near}（{days.weekday(day)}）"
    return Cell(near, tone, sort=day)


def _row(item: Item, day: CellValue, found: Agenda) -> Row:
    late = item.late(found.today)
    note = late_words(item, found.today) or (found.notes.get(item.day, "") if item.day else "")
    tone, role = ("danger", "second_bold") if late else ("", "")
    cells = (day, item.what, item.name, item.worker, Cell(note, tone, role=role))
    return item.origin, item, item.day, cells
