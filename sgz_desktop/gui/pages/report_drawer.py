"""The drawer of a figure: how it is counted, and the records behind it, each of which opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import figures, report_figures, service_catalogue
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.figures import Compared, Span
from sgz_desktop.domain import days
from sgz_desktop.domain.indicator_words import rule_of, valued
from sgz_desktop.domain.local_words import localised, titled
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.supplement import Supplement
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.list_tools import ListTools
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.ways import record_target
from sgz_desktop.gui.widgets.buttons import icon_button, way_back
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.data_table import DAY, Cell, Column, DataTable
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.inputs import Choice
from sgz_desktop.gui.widgets.labels import Elided, label, paragraph

COLUMNS = (
    Column("日期", DAY, tone="plain"),
    Column("对象", 0, "body_bold"),
    Column("记录", 96, tone="plain", spare=True),
)
ON_FILE = ("person", "household")  # whose day is the one they were put on file


class ReportDrawer(Card):
    """`go(section, target)` opens a record; `closed` on × and Esc."""

    go = Signal(str, object)
    closed = Signal()
    said = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(margin=14)
        self._desk = desk
        self._lines: Sequence[Any] = ()
        self._figure: Compared | None = None
        self._span: Span | None = None
        head = QHBoxLayout()
        head.setSpacing(px(Space.S))
        self.heading = Elided("", "section")
        head.addWidget(self.heading, 1)
        head.addStretch(0)
        head.addWidget(way_back(icon_button("x", "关闭（Esc）", self.closed.emit, small=True)))
        self.add(head)
        self.column = Choice()
        self.column.setAccessibleName("看哪个统计期的记录")
        self.column.changed.connect(self._read)
        self.add(self.column)
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

    def show_month(self, figure: Compared, month: str) -> None:
        """Show the records of a figure of a month alone."""
        desk, now = self._desk, figure.now
        self._figure = None
        self.column.hide()
        self._head(figure)
        self.rule.setText("口径：" + rule_of(now.code))
        self._ask(lambda: figures.records_behind(desk, now.code, now.part, month, now.unit))

    def _head(self, figure: Compared) -> None:
        now = figure.now
        self.heading.setText(f"{localised(now.title)}：{valued(now.value, localised(now.unit))}")
        self.setAccessibleName(self.heading.text())

    def show_figure(self, figure: Compared, span: Span, heads: Sequence[tuple[str, str]]) -> None:
        """Show the records of a figure; `heads` are the columns of its table, each of which opens."""
        self._figure, self._span = figure, span
        told = [(what, _column(figure, what, head)) for what, head in heads if span.of(what)]
        blocked = self.column.blockSignals(True)
        self.column.set_options([one for one in told if figure.value(one[0]) is not None])
        self.column.set_value("now")
        self.column.blockSignals(blocked)
        self.column.show()
        self._head(figure)
        self._read()

    def _read(self) -> None:
        figure, span = self._figure, self._span
        period = span.of(str(self.column.value())) if span else None
        if figure is None or period is None:
            return
        desk, now, days_of = self._desk, figure.now, f"{period.first}/{period.last}"
        self.rule.setText("口径：" + rule_of(now.code))
        self._ask(lambda: figures.records_behind(desk, now.code, now.part, days_of, now.unit))

    def show_change(self, change: Supplement) -> None:
        """Show the records behind a figure that was corrected after it was reported."""
        desk, ids, code = self._desk, list(change.ids), change.code
        self.column.hide()
        self.heading.setText(f"补报 {localised(change.title)}：{change.change:+,}{localised(change.unit)}")
        self.setAccessibleName(self.heading.text())
        told = f"原报送{change.reported:,}，更正后{change.now:,}；加上{len(change.added)}条，去掉"
        self.rule.setText(f"{told}{len(change.gone)}条。")
        self._ask(lambda: report_figures.records_of_change(desk, ids, code))

    def show_service(self, title: str, id: str) -> None:
        """Show the records that name a service of the catalogue."""
        desk = self._desk
        self._figure = None
        self.column.hide()
        self.heading.setText(title)
        self.setAccessibleName(title)
        self.rule.setText("口径：合同年内选了这一项的记录；户次只计入户，未遇也计；取消的不计。")
        self._ask(lambda: service_catalogue.service_records(desk, id))

    def _ask(self, read: Callable[[], Sequence[Any]]) -> None:
        jobs.start(
            self,
            lambda _task: read(),
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


def _column(figure: Compared, what: str, head: str) -> str:
    value = figure.value(what)
    return f"{head}：{valued(value or 0, localised(figure.now.unit))}"


def _day(day: str, today: str) -> str:
    return days.short_day(day, today).partition("（")[0] if day else ""


def _kind(kind: str) -> str:
    return titled(kind) if kind in BY_KIND else ""
