"""The head of the report page: which report, of which days, whether it is signed off, print and save."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sgz_desktop.actions import report_forms, report_signoff
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.brief_due import brief_due
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.report_edits import Outline
from sgz_desktop.domain import days, workdays
from sgz_desktop.domain.report_form import FINAL, MIDTERM, MONTHLY
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.reason_dialog import ask_reason
from sgz_desktop.gui.dialogs.sign_off_dialog import sign_off
from sgz_desktop.gui.dialogs.span_dialog import ask_span
from sgz_desktop.gui.theme import px
from sgz_desktop.gui.widgets.buttons import button, icon_button
from sgz_desktop.gui.widgets.inputs import Choice
from sgz_desktop.gui.widgets.page_head import PageHead

MONTHS_BACK, YEARS_BACK = 24, 5
OTHER, LEDGERS = "other", "台账与归档"
SORTS = ((MONTHLY, "月报"), (MIDTERM, "中期"), (FINAL, "末期"))
NAMES = {MONTHLY: "工作简报", MIDTERM: "中期报告", FINAL: "末期报告"}
REOPEN_HINT = "定稿的那份还留着。重新定稿后是新的编号。"


class ReportHead(PageHead):
    """`chosen(sort, span)` when another report is asked for; `done(sentence)` once it was signed off or
    opened again; `go(section, target)` opens a record that does not agree."""

    chosen = Signal(str, str)
    done = Signal(str)
    go = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__("工作简报")
        self._desk, self._sort, self._span = desk, MONTHLY, ""
        self.ledgers = button(LEDGERS, icon="doc", key="F6")
        self.sorts = Choice(SORTS, value=MONTHLY)
        self.sorts.setAccessibleName("哪种报告")
        self.sorts.setFixedWidth(px(86))
        self.sorts.changed.connect(self._sort_chosen)
        self.before = icon_button("left", "上一期", lambda: self._step(-1))
        self.after = icon_button("right", "下一期", lambda: self._step(1))
        self.spans = Choice(_options(MONTHLY, desk.today()))
        self.spans.setAccessibleName("哪个统计期")
        self.spans.setFixedWidth(px(140))
        self.spans.changed.connect(self._span_chosen)
        self.turn = button("看预览")
        self.seal = button("定稿", icon="check", on_click=self._seal, small=True)  # stands under the outline
        self.print_button = button("打印", icon="print", key="Ctrl+P")
        self.save_button = button("保存PDF", "primary", "save", key="Ctrl+S")
        parts: tuple[QWidget, ...] = (self.ledgers, self.sorts, self.before, self.spans, self.after)
        for one in (*parts, self.turn, self.print_button, self.save_button):
            self.add_action(one)
        self.ledgers.setVisible(allowed(desk.actor, "print_ledger"))  # shown last: no window
        self.seal.setEnabled(False)
        self._signed = False

    def add_more(self, made: QWidget) -> None:
        """One more button, before those of printing and saving."""
        row = self.layout()
        row.insertWidget(row.indexOf(self.print_button), made)

    def set_narrow(self, narrow: bool) -> None:
        """Where room is short the choices say which report it is, and the list of spans stands alone."""
        for part in (self.title, self.facts, self.before, self.after):
            part.setVisible(not narrow)
        self.ledgers.setText("台账" if narrow else LEDGERS)

    def set_ready(self, ready: bool) -> None:
        """May it be printed and saved?"""
        self.print_button.setEnabled(ready)
        self.save_button.setEnabled(ready)

    def show_choice(self, sort: str, span: str) -> None:
        """Say which report is in front."""
        self._sort, self._span = sort, span
        self.sorts.blockSignals(True)
        self.sorts.set_value(sort)
        self.sorts.blockSignals(False)
        blocked = self.spans.blockSignals(True)
        options = _options(sort, self._desk.today())
        if span not in dict(options):
            options.insert(len(options) - 1, (span, _words(sort, span)))
        self.spans.set_options(options)
        self.spans.set_value(span)
        self.spans.blockSignals(blocked)
        self.set_title(*_title(sort, span))
        self.seal.setEnabled(False)
        self.before.setEnabled("/" not in span)
        self.after.setEnabled("/" not in span and self._next(1) <= self._desk.today())

    def show_state(self, told: Outline) -> None:
        """Say whether it is signed off."""
        self._signed = bool(told.signed_on)
        self.seal.setText("重新打开" if self._signed else "定稿")
        over = told.span.now.last <= self._desk.today()
        may = allowed(self._desk.actor, "reopen_report") if self._signed else over
        self.seal.setEnabled(may)
        if self._signed:
            self.set_facts(f"{days.show_day(told.signed_on)}{told.signed_by}定稿")

    def _sort_chosen(self) -> None:
        sort = str(self.sorts.value())
        if sort == self._sort:
            return
        desk = self._desk
        jobs.start(
            self,
            lambda _task: report_forms.current_report(desk, sort),
            done=lambda span: self.chosen.emit(sort, span),
            key="sort",
        )

    def _span_chosen(self) -> None:
        span = self.spans.value()
        if span == OTHER:
            self.spans.blockSignals(True)
            self.spans.set_value(self._span)
            self.spans.blockSignals(False)
            ask_span(self, self._desk.today(), lambda days_of: self.chosen.emit(self._sort, days_of))
        elif isinstance(span, str) and span != self._span:
            self.chosen.emit(self._sort, span)

    def _next(self, by: int) -> str:
        if self._sort == MONTHLY:
            return days.add_months(self._span, by)
        return str(int(self._span) + by)

    def _step(self, by: int) -> None:
        if self._span and "/" not in self._span:
            self.chosen.emit(self._sort, self._next(by))

    def _seal(self) -> None:
        report = (self._sort, self._span)
        if not self._signed:
            sign_off(self, self._desk, report, self._sealed, self.go.emit)
            return
        ask_reason(
            self, "重新打开", REOPEN_HINT, self._desk.today(), self._reopen, does="重新打开", day=False
        )

    def _sealed(self, number: str) -> None:
        self.done.emit(f"已定稿：{number}。")

    def _reopen(self, reason: str, _day: str) -> None:
        desk, sort, span = self._desk, self._sort, self._span
        jobs.start(
            self,
            lambda _task: report_signoff.reopen_report(desk, sort, span, reason),
            done=lambda _: self.done.emit("已重新打开，可以改了。"),
            failed=lambda problem: messages.show_problem(problem, self),
        )


def file_name(sort: str, span: str) -> str:
    """What the PDF is called: never a name of a person."""
    return f"{NAMES[sort]}-{span.replace('/', '至')}.pdf"


def _options(sort: str, today: str) -> list[tuple[str, str]]:
    """Spans to choose from, the newest first, and any two days."""
    if sort == MONTHLY:
        names = [days.add_months(today[:7], -back) for back in range(MONTHS_BACK)]
    else:
        names = [str(int(today[:4]) - back) for back in range(YEARS_BACK)]
    return [*((name, _words(sort, name)) for name in names), (OTHER, "自选日期…")]


def _words(sort: str, span: str) -> str:
    if "/" in span:
        first, last = span.split("/")
        return f"{first[5:].replace('-', '.')}—{last[5:].replace('-', '.')}"
    return days.show_day(span) if sort == MONTHLY else f"{span}合同年"


def _title(sort: str, span: str) -> tuple[str, str]:
    if "/" in span:
        first, last = (days.show_day(day) for day in span.split("/"))
        return NAMES[sort], f"{first}至{last}"
    if sort != MONTHLY:
        return NAMES[sort], f"{span}年开始的合同年"
    return f"{int(span[5:])}月工作简报", f"{_due(span)}前报送"


def _due(month: str) -> str:
    due = brief_due(month)
    note = workdays.coverage_note(due, due)
    return f"{int(due[5:7])}月{int(due[8:])}日（{days.weekday(due)}）" + (f"（{note}）" if note else "")
