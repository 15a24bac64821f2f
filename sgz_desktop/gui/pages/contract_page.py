"""合同进度: where the contract's year stands, what pace its targets need, its money and its reports."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from sgz_desktop.actions import contract_year
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.contract_doubts import UNKNOWN, category_words
from sgz_desktop.actions.contract_year import ContractYear, DueReport, Goal
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.figures import Compared
from sgz_desktop.domain import amounts, days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.contract_year import Money, elapsed
from sgz_desktop.domain.deadlines import in_words
from sgz_desktop.domain.edits import Changes
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.pages.report_drawer import ReportDrawer
from sgz_desktop.gui.theme import Space, WidthClass, px
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.due_rows import Due, TallDueRows
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.pace_bars import PaceBars, PaceRow
from sgz_desktop.gui.widgets.page_head import PageHead
from sgz_desktop.gui.widgets.scroll import Scroll

TITLE = "合同进度"
NONE = "还没有填好期限的合同：先新建合同，或补上开始和结束日期。"
NO_GOALS = "这份合同还没有指标，打开合同可以添加。"
SIDE = 400


class ContractPage(QWidget):
    """`closed` on 返回; `go(section, target)` opens records. `goal`: the key of a target whose records are
    shown at first."""

    closed = Signal()
    go = Signal(str, object)
    said = Signal(str, object)

    def __init__(self, desk: Desk, contract: str = "", goal: str = "") -> None:
        super().__init__()
        self._desk, self._contract, self._goal = desk, contract, goal
        self.found: ContractYear | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        self.head = PageHead(TITLE, back=self.closed.emit)
        self.open_button = button("打开合同", icon="doc", on_click=self._open, key="Ctrl+O")
        self.pay_button = button("记支出", icon="plus", on_click=self._pay, key="Ctrl+N")
        self.head.add_action(self.pay_button)
        self.pay_button.setVisible(allowed(desk.actor, "save_form", kind="spending"))
        self.head.add_action(self.open_button)
        column.addWidget(self.head)
        self.band = Band("", "warm")
        self.band.hide()
        column.addWidget(self.band)
        row = QHBoxLayout()
        row.setSpacing(px(Space.M))
        row.addWidget(self._targets(), 1)
        self.side = QStackedWidget()
        self.drawer = ReportDrawer(desk)
        self.drawer.closed.connect(self._close_drawer)
        self.drawer.go.connect(self.go)
        self.drawer.said.connect(self.said)
        for part in (self._standing(), self.drawer):
            self.side.addWidget(part)
        self.side.setFixedWidth(px(SIDE))
        row.addWidget(self.side)
        column.addLayout(row, 1)
        self.read()

    def _targets(self) -> QWidget:
        self.targets = Card("合同指标")
        self.goals = PaceBars("合同指标")
        self.goals.opened.connect(self._open_goal)
        self.empty = EmptyState(NONE, "doc")
        scroll = Scroll()
        scroll.body.addWidget(self.goals)
        scroll.body.addWidget(self.empty)
        scroll.body.addStretch(1)
        self.empty.hide()
        self.targets.add(scroll, 1)
        return self.targets

    def _standing(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        self.spent = Card("经费")
        self.money = PaceBars("经费")
        self.money.opened.connect(self._open_money)
        scroll = Scroll()
        scroll.body.addWidget(self.money)
        scroll.body.addStretch(1)
        self.spent.add(scroll, 1)
        column.addWidget(self.spent, 1)
        self.due = Card("报告和评估")
        self.reports = TallDueRows("报告")
        self.reports.opened.connect(self._open_report)
        self.due.add(self.reports)
        column.addWidget(self.due)
        return whole

    def read(self) -> None:
        """Read the contract again."""
        desk, contract = self._desk, self._contract
        jobs.start(
            self,
            lambda _task: contract_year.contract_year(desk, contract),
            done=self.show_year,
            failed=lambda problem: messages.show_problem(problem, self),
            key="contract",
        )

    def show_year(self, found: ContractYear | None) -> None:
        """Show where a contract stands; None: there is none."""
        self.found = found
        today = self._desk.today()
        for one in (self.open_button, self.pay_button):
            one.setEnabled(found is not None)
        self.goals.set_rows([goal_row(one) for one in found.goals] if found else [])
        self.goals.setVisible(bool(found and found.goals))
        self.empty.set_text(NO_GOALS if found else NONE)
        self.empty.setVisible(not (found and found.goals))
        self.side.setVisible(found is not None)
        self.band.setVisible(bool(found and found.doubts))
        if found is None:
            return
        year = found.year
        span = f"{days.show_day(year.first)}至{days.show_day(year.last)}"
        self.head.set_title(TITLE, "·".join(one for one in (year.words, span, found.cycle) if one))
        self.band.set_text("".join(found.doubts))
        self.targets.facts.setText(goals_words(found, today))
        gone = elapsed(year.first, year.last, today)
        self.money.set_rows([money_row(one, gone) for one in found.money])
        self.reports.set_rows([_report_row(one, today) for one in found.reports])
        grade = code_list("contract_grade").label(found.grade) if found.grade else "还没有"
        self.due.facts.setText(f"年度评估：{grade}")
        if self.focusWidget() is self.open_button:
            self.take_keyboard()
        wanted, self._goal = self._goal, ""
        if wanted in (keys := [one.key for one in found.goals]):
            self._open_goal(keys.index(wanted))

    def take_keyboard(self) -> None:
        """The targets take the keyboard, else the first button."""
        (self.goals if self.goals.rows else self.open_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_goal(self, number: int) -> None:
        found = self.found
        figure = found.goals[number].figure if found else None
        if found is None or figure is None:
            return
        self.side.setCurrentWidget(self.drawer)
        self.drawer.show_month(Compared(figure, None, figure.value), found.period)

    def _close_drawer(self) -> None:
        self.side.setCurrentIndex(0)
        self.take_keyboard()

    def _open(self) -> None:
        if self.found:
            self.go.emit("station", ("contract", self.found.year.id))

    def _pay(self) -> None:
        if self.found:
            self.go.emit("station", {"new": "spending", "contract": self.found.year.id})

    def _open_money(self, number: int) -> None:
        """The payments of a category, or all, of this contract."""
        if self.found:
            code, named = self.found.money[number].code, self.found.year.words
            category = "" if code == UNKNOWN else category_words(code)
            self.go.emit("station", {"tab": "spending", "find": f"{category} {named}".strip()})

    def _open_report(self, number: int) -> None:
        if self.found:
            year = self.found.year
            self.go.emit("reports", (self.found.reports[number].sort, year.first[:4]))

    def on_changes(self, _changes: Changes) -> None:
        """Read again what records altered."""
        self.read()

    def set_compact(self, width: WidthClass) -> None:
        """A narrower side where room is short."""
        self.side.setFixedWidth(px(320 if width.stacked else SIDE))


def goals_words(found: ContractYear, today: str) -> str:
    """2项落后，竖线是到今天应完成的; of a year that is over how many targets were not reached."""
    if not found.goals:
        return ""
    behind = sum(one.pace.behind for one in found.goals)
    if today > found.year.last:
        return f"合同年已结束，{behind}项没有完成" if behind else "合同年已结束，都完成了"
    return f"{behind}项落后，竖线是到今天应完成的" if behind else "竖线是到今天应完成的"


def goal_row(one: Goal) -> PaceRow:
    """A target as a row: 512/1,200户次, and what pace it needs."""
    at, unit = one.pace, one.unit
    shown = f"{at.done:,}/{at.goal:,}{unit}"
    if one.figure is None:
        return PaceRow(one.title, shown, 0, None, "没有这个指标，请在合同里改选", "warn")
    if not at.left:
        note = "已完成"
    elif at.months_left <= 0:
        note = f"还差{at.left:,}{unit}"
    elif at.months_left <= 1:
        note = f"到期前还要{at.left:,}{unit}"
    else:
        note = f"每月还要{at.a_month:,}{unit}"
    tone = "warn" if at.behind else "brand"
    late = f"应到{int(at.expected):,}，" if at.behind and at.months_left > 0 else ""
    return PaceRow(one.title, shown, at.done / at.goal, at.expected / at.goal, late + note, tone)


def money_row(one: Money, gone: float) -> PaceRow:
    """A category of spending as a row; over its ceiling it is red."""
    label = category_words(one.code) or "合计"
    spent = amounts.show_yuan(one.spent)
    if one.ceiling is None:
        return PaceRow(label, spent, 0, None, "没有填预算" if one.code else "没有填合同金额")
    if one.over:
        return PaceRow(label, spent, 1, None, f"超出{amounts.show_yuan(one.over)}", "danger")
    share = one.spent / one.ceiling if one.ceiling else 1.0
    left = amounts.show_yuan(one.ceiling - one.spent)
    return PaceRow(label, spent, share, gone, f"{int(share * 100)}%，还有{left}")


def _report_row(one: DueReport, today: str) -> Due:
    when = f"{days.show_day(one.day)}前"
    if one.done:
        return Due(when, "check", one.title, "已报送")
    late = one.day < today
    return Due(when, "doc", one.title, "", in_words(one.day, today), "danger" if late else "plain")
