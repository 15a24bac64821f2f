"""报表: the monthly brief, its figures with the records behind them, its preview; the ledgers beside it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from sgz_desktop.actions import figures, papers, workbench
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.brief_due import brief_due
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.figures import Compared
from sgz_desktop.domain import days, workdays
from sgz_desktop.domain.edits import Changes
from sgz_desktop.gui import jobs
from sgz_desktop.gui.page import Page
from sgz_desktop.gui.pages.bureau_page import BureauPage
from sgz_desktop.gui.pages.ledger_page import LedgerPage
from sgz_desktop.gui.pages.report_drawer import ReportDrawer
from sgz_desktop.gui.pages.report_outline import ReportOutline
from sgz_desktop.gui.pages.report_word import more_button
from sgz_desktop.gui.paper_pane import PaperPane, sections_of
from sgz_desktop.gui.theme import Space, WidthClass, px
from sgz_desktop.gui.widgets.buttons import button, icon_button
from sgz_desktop.gui.widgets.inputs import Choice
from sgz_desktop.gui.widgets.page_head import PageHead

MONTHS_BACK = 24
OUTLINE_WIDTH, DRAWER_WIDTH = 344, 356
LEDGERS, BUREAU = "ledgers", "bureau"
REST_MS = 600


def reports_page(desk: Desk) -> Page:
    """The section 报表 of a desk."""
    return ReportsPage(desk)


class ReportsPage(Page):
    """A target is a month YYYY-MM, or `LEDGERS`; without one the month whose brief is due is shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self.month = desk, ""
        self._width = WidthClass.WIDE
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.read)
        self.ledgers: LedgerPage | None = None
        self.bureau: BureauPage | None = None
        self._leaves = QStackedWidget()
        self._leaves.addWidget(self._brief())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._leaves)
        self._connect()
        self._fit()

    def _brief(self) -> QWidget:
        brief = QWidget()
        column = QVBoxLayout(brief)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        column.addWidget(self._make_head())
        row = QHBoxLayout()
        row.setSpacing(px(Space.M))
        self.outline, self.drawer, self.pane = ReportOutline(), ReportDrawer(self._desk), PaperPane()
        for part, stretch in ((self.outline, 0), (self.drawer, 0), (self.pane, 1)):
            row.addWidget(part, stretch)
        self.drawer.hide()
        column.addLayout(row, 1)
        return brief

    def _make_head(self) -> PageHead:
        self.head = PageHead("工作简报")
        self.ledger_button = button("台账与归档", icon="doc", on_click=self.open_ledgers, key="F6")
        self._before = icon_button("left", "上一个月", lambda: self._step(-1))
        self._after = icon_button("right", "下一个月", lambda: self._step(1))
        self.months = Choice(_months(self._desk.today()))
        self.months.setAccessibleName("哪个月的简报")
        self.months.setFixedWidth(px(140))
        self.months.changed.connect(self._month_chosen)
        self.turn = button("看预览", on_click=self._turn)
        self.print_button = button("打印", icon="print", on_click=self._print, key="Ctrl+P")
        self.save_button = button("保存PDF", "primary", "save", self._save, key="Ctrl+S")
        at_hand = (self.ledger_button, self._before, self.months, self._after, self.turn)
        self.more = more_button(self, self._desk, lambda: self.month, self.said.emit, self.open_bureau)
        for one in (*at_hand, self.more, self.print_button, self.save_button):
            self.head.add_action(one)
        self.ledger_button.setVisible(allowed(self._desk.actor, "print_ledger"))  # shown last: no window
        return self.head

    def _connect(self) -> None:
        self.outline.figure.connect(self.open_figure)
        self.outline.section.connect(self._go_to_page)
        self.drawer.closed.connect(self.close_drawer)
        self.drawer.go.connect(self.go)
        self.drawer.said.connect(self.said)
        self.pane.made.connect(self._made)
        self.pane.said.connect(lambda sentence: self.said.emit(sentence, None))

    def open_ledgers(self) -> None:
        """The ledgers come to the front; they are made when first asked for."""
        if self.ledgers is None:
            self.ledgers = LedgerPage(self._desk)
            self.ledgers.closed.connect(self.close_ledgers)
            self.ledgers.said.connect(self.said)
            self.ledgers.set_compact(self._width)
            self._leaves.addWidget(self.ledgers)
        self._leaves.setCurrentWidget(self.ledgers)
        self.ledgers.load()

    def open_bureau(self) -> None:
        """The bureau's forms come to the front; they are made when first asked for."""
        if self.bureau is None:
            self.bureau = BureauPage(self._desk)
            self.bureau.closed.connect(self.close_bureau)
            self.bureau.said.connect(self.said)
            self.bureau.go.connect(self.go)
            self.bureau.set_compact(self._width)
            self._leaves.addWidget(self.bureau)
        self._leaves.setCurrentWidget(self.bureau)
        self.bureau.load(self.month)

    def close_bureau(self) -> None:
        """Back to the brief."""
        if self.bureau:
            self._leaves.setCurrentIndex(0)
            self.bureau.let_go()
            self.more.setFocus()

    def close_ledgers(self) -> None:
        """Back to the brief."""
        if self.ledgers:
            self._leaves.setCurrentIndex(0)
            self.ledgers.let_go()
            self.ledger_button.setFocus()

    def activate(self, target: Any = None) -> None:
        if target == LEDGERS:
            self.open_ledgers()
            return
        if target == BUREAU:
            self.open_bureau()
            return
        if target is not None:
            self._leaves.setCurrentIndex(0)
        if isinstance(target, str) and days.is_day(target):
            self.show_month(target)
        elif self.month:
            self.read()
        else:
            desk = self._desk
            jobs.start(
                self,
                lambda _task: workbench.workbench_part(desk, "brief"),
                done=lambda brief: self.show_month(brief.month),
                key="due",
            )

    def show_month(self, month: str) -> None:
        """Draft the brief of a month: its figures, and its pages at the right."""
        self.month = month
        blocked = self.months.blockSignals(True)
        if all(self.months.itemData(at) != month for at in range(self.months.count())):
            self.months.addItem(_words(month), month)
        self.months.set_value(month)
        self.months.blockSignals(blocked)
        self.head.set_title(f"{int(month[5:])}月工作简报", f"{month[:4]}年·{_due(month)}前报送")
        self._after.setEnabled(month < self._desk.today()[:7])
        self.close_drawer()
        self.read()
        self.outline.table.setFocus()

    def read(self) -> None:
        """Count and draft again what is in front."""
        desk, month = self._desk, self.month
        if self.ledgers and self._leaves.currentWidget() is self.ledgers:
            self.ledgers.read()
            return
        if self.bureau and self._leaves.currentWidget() is self.bureau:
            self.bureau.read()
            return
        if not month:
            return
        jobs.start(
            self,
            lambda _task: figures.compare(desk, month),
            done=self.outline.show_figures,
            key="figures",
        )
        self._ready(False)
        self.pane.make(lambda progress: papers.print_brief(desk, month, progress))

    def _month_chosen(self) -> None:
        month = self.months.value()
        if isinstance(month, str) and month != self.month:
            self.show_month(month)

    def _step(self, by: int) -> None:
        if self.month:
            self.show_month(days.add_months(self.month, by))

    def _ready(self, ready: bool) -> None:
        self.print_button.setEnabled(ready)
        self.save_button.setEnabled(ready)

    def _made(self, ready: bool) -> None:
        self._ready(ready)
        data = self.pane.data
        if ready and data is not None:
            jobs.start(self, lambda _task: sections_of(data), done=self.outline.show_sections, key="sections")

    def open_figure(self, figure: Compared) -> None:
        """The records behind a figure come out of the side."""
        self.drawer.show()
        self._fit()
        self.drawer.show_figure(figure, self.month)

    def close_drawer(self) -> None:
        """The drawer goes; the keyboard returns to the figure."""
        was_open = self.drawer.isVisible()
        self.drawer.hide()
        self._fit()
        if was_open:
            self.outline.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _go_to_page(self, page: int) -> None:
        if self._width.steps:
            self._show_pane(True)
        self.pane.preview.go_to(page)

    def _save(self) -> None:
        self.pane.save(f"工作简报-{self.month}.pdf")

    def _print(self) -> None:
        self.pane.print_out()

    def _turn(self) -> None:
        self._show_pane(not self.pane.isVisible())

    def _show_pane(self, shown: bool) -> None:
        self.pane.setVisible(shown)
        self.outline.setVisible(not shown)
        self.turn.setText("看数据" if shown else "看预览")

    def on_changes(self, changes: Changes) -> None:
        in_front = self._leaves.currentIndex() > 0
        if self.isVisible() and (self.month or in_front):
            self._rest.start()

    def set_compact(self, width: WidthClass) -> None:
        self._width = width
        self._fit()
        for leaf in (self.ledgers, self.bureau):
            if leaf:
                leaf.set_compact(width)

    def _fit(self) -> None:
        """One, two or three panels beside one another, as there is room."""
        open_now = not self.drawer.isHidden()
        steps, stacked = self._width.steps, self._width.stacked
        self.turn.setVisible(steps)
        self.outline.setVisible(not (steps and open_now))
        self.pane.setVisible(not (stacked and open_now) and not steps)
        for part, width in ((self.outline, OUTLINE_WIDTH), (self.drawer, DRAWER_WIDTH)):
            grows = steps or (part is self.drawer and stacked)
            part.setMinimumWidth(0 if grows else px(width))
            part.setMaximumWidth(16777215 if grows else px(width))
        self.turn.setText("看预览")


def _months(today: str) -> list[tuple[object, str]]:
    months = [days.add_months(today[:7], -back) for back in range(MONTHS_BACK)]
    return [(month, _words(month)) for month in months]


def _due(month: str) -> str:
    due = brief_due(month)
    note = workdays.coverage_note(due, due)
    return f"{int(due[5:7])}月{int(due[8:])}日（{days.weekday(due)}）" + (f"（{note}）" if note else "")


def _words(month: str) -> str:
    return f"{month[:4]}年{int(month[5:])}月"
