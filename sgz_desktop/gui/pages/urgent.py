"""紧急报告 (F8): call first, write after. Numbers on top, the report below; reports made are found again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sgz_desktop.actions import forms, urgent
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, Saved
from sgz_desktop.actions.urgent import ReportLine
from sgz_desktop.domain.edits import Changes
from sgz_desktop.gui import jobs
from sgz_desktop.gui.list_tools import ListTools
from sgz_desktop.gui.page import Page
from sgz_desktop.gui.pages.form_stack import StackedPage
from sgz_desktop.gui.pages.urgent_form import UrgentForm
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.undo import CAN_UNDO, offer_undo
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import ListCard
from sgz_desktop.gui.widgets.data_table import Cell, Column, DataTable
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.key_hints import opening_words
from sgz_desktop.gui.widgets.labels import label
from sgz_desktop.gui.widgets.page_head import PageHead

COLUMNS = (
    Column("发现时间", 190),
    Column("谁", 120, "body_bold"),
    Column("情形", 0),
    Column("报告", 200),
    Column("发现人", 90, tone="plain"),
)

KEPT_BACK = "疑似监护人侵害的报告，只有发现人、主责社工和站长看得到。"


def urgent_page(desk: Desk) -> Page:
    """The page of mandatory reports."""
    return UrgentPage(desk)


class UrgentPage(StackedPage):
    """Targets: a report's id; {"new": True, "person": id, "household": id, "case": id}."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.stand_on(self._base())

    def _base(self) -> QWidget:
        base = QWidget()
        column = QVBoxLayout(base)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        self.head = PageHead("紧急报告", "发现侵害或危险，先打电话，表可以后补")
        self.new = button("新报告", "primary", "alert", lambda: self.open_new({}))
        self.new.setToolTip("新报告（F8）")
        self.head.add_action(self.new)
        column.addWidget(self.head)
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, 0, 0)
        self.table = DataTable("紧急报告", COLUMNS)
        self.table.opened.connect(self.open_record)
        self.empty = EmptyState("还没有紧急报告。", "alert", "发现未成年人等受到侵害或有危险，按F8就报。")
        inside.addWidget(self.table, 1)
        inside.addWidget(self.empty, 1)
        card = ListCard(inner)
        card.top.setContentsMargins(0, 0, 0, 0)
        card.foot.addWidget(label(KEPT_BACK, "caption", "muted"))
        self.tools = ListTools(self._desk, "紧急报告", self.table)
        self.tools.said.connect(self.said)
        card.foot.addStretch(1)
        card.foot.addWidget(opening_words())
        card.foot.addWidget(self.tools)
        column.addWidget(card, 1)
        return base

    def activate(self, target: Any = None) -> None:
        self.read()
        if isinstance(target, str) and target:
            self.open_record(target)
        elif isinstance(target, dict) and target.get("new"):
            self.open_new(target)
        elif self.stack.over is None:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self) -> None:
        """Read the list again, where the worker may see it."""
        desk = self._desk
        if allowed(desk.actor, "list_reports"):
            jobs.start(self, lambda _task: urgent.list_reports(desk), done=self._show, key="lines")
        else:
            self._show(())

    def _show(self, lines: Sequence[ReportLine]) -> None:
        self.table.set_rows([line.id for line in lines], [_cells(line) for line in lines])
        if lines and self.table.current_id() is None:
            self.table.set_current(lines[0].id, tell=False)  # so that Enter opens, and one sees what
        self.table.setVisible(bool(lines))
        self.empty.setVisible(not lines)

    def open_new(self, target: dict[str, Any]) -> None:
        """A report begun now, about whom the page in front was about."""
        desk = self._desk
        about = {name: str(target.get(name) or "") for name in ("person", "household", "case")}
        self._put(lambda: urgent.new_report(desk, **about))

    def open_record(self, id: str) -> None:
        """A report on file."""
        desk = self._desk
        self._put(lambda: forms.form(desk, id, "mandatory_report"))

    def _put(self, make: Callable[[], Form]) -> None:
        page = UrgentForm(self._desk, make)
        page.saved.connect(self._saved)
        page.closed.connect(self._back)
        self.stack.put(page)
        desk = self._desk
        jobs.start(page, lambda _task: urgent.report_numbers(desk), done=page.show_numbers, key="numbers")

    def _saved(self, saved: Saved) -> None:
        more = f"有{len(saved.marks)}处待核。" if saved.marks else CAN_UNDO
        offer_undo(self, self._desk, self.said.emit, f"报告已保存。{more}", saved.changes.edit)
        self._back()

    def _back(self) -> None:
        self.stack.take()
        self.read()

    def find(self) -> bool:
        return self.stack.over is None and self.tools.find()

    def on_changes(self, changes: Changes) -> None:
        super().on_changes(changes)
        if self.isVisible() and changes.touches("mandatory_report", "report_call"):
            self.read()


def _cells(line: ReportLine) -> Sequence[str | Cell]:
    told = Cell(line.told, "danger" if line.open else "")
    return Cell(line.day, sort=line.sort), line.who, line.situations, told, line.worker
