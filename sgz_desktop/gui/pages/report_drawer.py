"""The drawer of a figure: how it is counted, and the records behind it, each of which opens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import figures
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.figures import Compared
from sgz_desktop.domain import days
from sgz_desktop.domain.local_words import localised, titled
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.list_tools import ListTools
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.ways import record_target
from sgz_desktop.gui.widgets.buttons import icon_button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.data_table import DAY, Cell, Column, DataTable
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.labels import Elided, label, paragraph

COLUMNS = (
    Column("日期", DAY, tone="plain"),
    Column("对象", 0, "body_bold"),
    Column("记录", 96, tone="plain"),
)
ON_FILE = ("person", "household")  # whose day is the one they were put on file
RULES = {
    "P01": "统计期内见到的人，同一人只计一次。",
    "P02": "每次服务中见到的每一人计一次。",
    "P03": "按档案的建档、更新和销档日期统计。",
    "V01": "入户走访，按户计次；未遇计户次，不计人次；电话、视频不计户次。",
    "C01": "按开案和结案日期统计，不接案的不计。",
    "C02": "会谈记录，和同时服务个案的走访，各计一节。",
    "C04": "期末在办、风险等级为高的个案。",
    "J01": "统计期内递交的申请，按人或按户计。",
    "J03": "统计期内转出、安置或上岗的转介。",
}


class ReportDrawer(Card):
    """`go(section, target)` opens a record; `closed` on × and Esc."""

    go = Signal(str, object)
    closed = Signal()
    said = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(margin=14)
        self._desk = desk
        self._lines: Sequence[Any] = ()
        head = QHBoxLayout()
        head.setSpacing(px(Space.S))
        self.heading = Elided("", "section")
        head.addWidget(self.heading, 1)
        head.addStretch(0)
        head.addWidget(icon_button("x", "关闭（Esc）", self.closed.emit, small=True))
        self.add(head)
        self.rule = paragraph("", "second", "plain")
        self.add(self.rule)
        whole = QWidget()
        inside = QVBoxLayout(whole)
        inside.setContentsMargins(0, 0, 0, 0)
        self.table = DataTable("数字背后的记录", COLUMNS)
        self.table.opened.connect(self._open)
        self.empty = EmptyState("这个数字背后没有记录。", "doc")
        inside.addWidget(self.table, 1)
        inside.addWidget(self.empty, 1)
        self.add(whole, 1)
        self.count = label("", "second", "plain")
        self.add(self.count)
        self.tools = ListTools(desk, "数字背后的记录", self.table, finds=False)
        self.tools.said.connect(self.said)
        self.add(self.tools)
        leave = QShortcut(QKeySequence("Esc"), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.closed)

    def show_figure(self, figure: Compared, period: str) -> None:
        """Show the records of a figure of a month."""
        desk, now = self._desk, figure.now
        self.heading.setText(f"{localised(now.title)}：{now.value:,}{localised(now.unit)}")
        self.setAccessibleName(self.heading.text())
        self.rule.setText("口径：" + RULES.get(now.code, "按统计期内的记录统计。"))
        jobs.start(
            self,
            lambda _task: figures.records_behind(desk, now.code, now.part, period, now.unit),
            done=self._show,
            failed=lambda problem: messages.show_problem(problem, self),
            key="behind",
        )

    def _show(self, found: Sequence[Any]) -> None:
        today = self._desk.today()
        self._lines = sorted(found, key=lambda line: line.day)
        if found and all(line.kind in ON_FILE for line in found):
            self.rule.setText(self.rule.text() + "日期是建档日期。")
        rows = [
            (Cell(_day(line.day, today), sort=line.day), line.words, _kind(line.kind)) for line in self._lines
        ]
        self.table.set_rows(list(range(len(rows))), rows)
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.tools.setVisible(bool(rows))
        self.count.setText(f"共{len(rows):,}条，回车打开。" if rows else "")
        if rows:
            self.table.set_current(0, tell=False)
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _open(self, number: int) -> None:
        line = self._lines[number]
        self.go.emit(*record_target(line.kind, line.id))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)


def _day(day: str, today: str) -> str:
    return days.short_day(day, today).partition("（")[0] if day else ""


def _kind(kind: str) -> str:
    return titled(kind) if kind in BY_KIND else ""
