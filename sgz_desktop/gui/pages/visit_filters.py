"""Which visits the list shows, and in what order: from one day to another, of one worker, of one way."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sgz_desktop.actions import visits
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.gui import jobs
from sgz_desktop.gui.theme import px
from sgz_desktop.gui.widgets.buttons import link
from sgz_desktop.gui.widgets.flow import Flow
from sgz_desktop.gui.widgets.inputs import Choice, LineEdit
from sgz_desktop.gui.widgets.labels import label

ORDERS = (("newest", "新的在前"), ("oldest", "旧的在前"), ("village", "按村居"), ("worker", "按社工"))
NOT_A_DAY = "日期没有看懂，例如2026-6-1。"


@dataclass(frozen=True)
class Wanted:
    """What is asked for. `days` are the first and the last one, None = the month chosen above."""

    days: tuple[str, str] | None
    worker: str
    mode: str
    order: str

    @property
    def narrow(self) -> bool:
        """Is it anything but a whole month?"""
        return bool(self.days or self.worker or self.mode)


class VisitFilters(QWidget):
    """`changed` when something else is asked for; a day nobody can read is told and not asked for."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.worker = Choice([("", "全部社工")], value="")
        self.worker.setAccessibleName("社工")
        modes = [(item.code, item.label) for item in code_list("visit_mode")]
        self.mode = Choice([("", "全部方式"), *modes], value="")
        self.mode.setAccessibleName("服务方式")
        self.order = Choice(list(ORDERS), value="newest")
        self.order.setAccessibleName("排序")
        self.first, self.last = LineEdit("从哪天"), LineEdit("到哪天")
        self.problem = label("", "second", "danger")
        self.clear = link("看整月", self._clear)
        row = Flow(self)
        for field, says in ((self.first, "从哪天起"), (self.last, "到哪天止")):
            field.setAccessibleName(says)
            field.setFixedWidth(px(124))
            field.left.connect(self._read_days)
            field.returnPressed.connect(self._read_days)
        for part in (self.first, self.last, self.worker, self.mode, self.order, self.clear, self.problem):
            row.addWidget(part)
        self.problem.hide()
        self.clear.hide()
        self._days: tuple[str, str] | None = None
        for choice in (self.worker, self.mode, self.order):
            choice.setMinimumWidth(px(128))
            choice.changed.connect(self._tell)

    def load(self) -> None:
        """Read the workers again."""
        desk = self._desk
        jobs.start(self, lambda _task: visits.visit_workers(desk), done=self._offer, key="workers")

    def _offer(self, names: list[str]) -> None:
        blocked = self.worker.blockSignals(True)
        self.worker.set_options([("", "全部社工"), *((name, name) for name in names)])
        if self.worker.value() is None:
            self.worker.set_value("")
        self.worker.blockSignals(blocked)

    def wanted(self) -> Wanted:
        """What is asked for now."""
        worker, mode, order = (choice.value() or "" for choice in (self.worker, self.mode, self.order))
        return Wanted(self._days, str(worker), str(mode), str(order))

    def clear_days(self) -> None:
        """The month above counts again."""
        self._days = None
        for field in (self.first, self.last):
            field.set_value("")
        self._told("")

    def _clear(self) -> None:
        self.clear_days()
        for choice in (self.worker, self.mode):
            choice.set_value("")
        self.changed.emit()

    def _tell(self) -> None:
        self._told("")
        self.changed.emit()

    def _read_days(self) -> None:
        before, today = self._days, self._desk.today()
        try:
            first, last = (
                days.tidy_day(str(field.value()), today) if str(field.value()).strip() else ""
                for field in (self.first, self.last)
            )
        except ValueError:
            self._told(NOT_A_DAY)
            return
        since = days.earliest(first) if first else "0001-01-01"
        until = days.latest(last) if last else today
        self._days = (since, until) if first or last else None
        self._told("" if since <= until else "起始日期晚于结束日期，请核对。")
        if self._days != before:
            self.changed.emit()

    def _told(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.clear.setVisible(self.wanted().narrow)
