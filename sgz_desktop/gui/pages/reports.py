"""报表: reports to the bureau, the records behind their figures, their texts, the preview; the ledgers."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from sgz_desktop.actions import papers_report, report_edits, signing_reports, workbench
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.figures import Compared
from sgz_desktop.actions.report_edits import Outline
from sgz_desktop.domain import days
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.report_form import MONTHLY
from sgz_desktop.domain.supplement import Supplement
from sgz_desktop.gui import jobs
from sgz_desktop.gui.page import Page
from sgz_desktop.gui.pages.bureau_page import BureauPage
from sgz_desktop.gui.pages.ledger_page import LedgerPage
from sgz_desktop.gui.pages.report_drawer import ReportDrawer
from sgz_desktop.gui.pages.report_head import ReportHead, file_name
from sgz_desktop.gui.pages.report_outline import ReportOutline
from sgz_desktop.gui.pages.report_signing import ReportSigning
from sgz_desktop.gui.pages.report_verbs import ReportVerbs
from sgz_desktop.gui.pages.report_word import more_button
from sgz_desktop.gui.paper_pane import PaperPane, sections_of
from sgz_desktop.gui.theme import Space, WidthClass, px

OUTLINE_WIDTH, DRAWER_WIDTH = 344, 356
LEDGERS, BUREAU = "ledgers", "bureau"
REST_MS = 600


def reports_page(desk: Desk) -> Page:
    """The section 报表 of a desk."""
    return ReportsPage(desk)


class ReportsPage(Page):
    """A target is a month YYYY-MM, (sort, span), {"report": id}, {"month": …, "figure": (key, unit)} for the
    records behind one, or `LEDGERS`; without one the brief that is due is shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self.sort, self.month = desk, MONTHLY, ""
        self._width = WidthClass.WIDE
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.read)
        self._wanted: tuple[str, str] | None = None
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
        self.head = ReportHead(self._desk)
        self.more = more_button(
            self, self._desk, lambda: (self.sort, self.month), self.said.emit, self.open_bureau
        )
        self.head.add_more(self.more)
        column.addWidget(self.head)
        row = QHBoxLayout()
        row.setSpacing(px(Space.M))
        self.outline, self.drawer, self.pane = ReportOutline(), ReportDrawer(self._desk), PaperPane()
        self.verbs = ReportVerbs(self._desk, self.outline)
        self.outline.card.add(self.verbs)
        self.signing = ReportSigning(self, self._desk, self.head, self.said.emit)
        self.verbs.add(self.head.seal)
        self.verbs.add(self.signing.button)
        for part, stretch in ((self.outline, 0), (self.drawer, 0), (self.pane, 1)):
            row.addWidget(part, stretch)
        self.drawer.hide()
        column.addLayout(row, 1)
        self.ledger_button, self.turn, self.months = self.head.ledgers, self.head.turn, self.head.spans
        self.print_button, self.save_button = self.head.print_button, self.head.save_button
        self._before, self._after = self.head.before, self.head.after
        return brief

    def _connect(self) -> None:
        self.outline.figure.connect(self.open_figure)
        self.outline.change.connect(self.open_change)
        self.outline.section.connect(self._go_to_page)
        self.drawer.closed.connect(self.close_drawer)
        self.drawer.go.connect(self.go)
        self.drawer.said.connect(self.said)
        self.verbs.done.connect(self._done)
        self.pane.made.connect(self._made)
        self.pane.said.connect(lambda sentence: self.said.emit(sentence, None))
        self.pane.out.connect(self.signing.printed)
        head = self.head
        head.chosen.connect(self.show_report)
        head.ledgers.clicked.connect(self.open_ledgers)
        head.turn.clicked.connect(lambda: self._show_pane(not self.pane.isVisible()))
        head.print_button.clicked.connect(self.pane.print_out)
        head.save_button.clicked.connect(lambda: self.pane.save(file_name(self.sort, self.month)))
        head.done.connect(self._done)
        head.go.connect(self.go)

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
        self.bureau.load(self.month if len(self.month) == len("2026-06") else "")

    def close_bureau(self) -> None:
        """Back to the brief."""
        if self.bureau:
            self._leaves.setCurrentIndex(0)
            self.bureau.let_go()
            self.more.setFocus()

    def close_ledgers(self) -> None:
        """Back to the report."""
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
        elif isinstance(target, tuple):
            self.show_report(*target)
        elif isinstance(target, dict) and "figure" in target:
            self.show_month(str(target["month"]))
            self._wanted = target["figure"]
        elif isinstance(target, dict):
            self._open(str(target["report"]))
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

    def _open(self, id: str) -> None:
        desk = self._desk
        jobs.start(
            self,
            lambda _task: signing_reports.report_place(desk, id),
            done=lambda found: self.show_report(*found),
            key="due",
        )

    def show_month(self, month: str) -> None:
        """Draft the brief of a month: its figures and texts, and its pages at the right."""
        self.show_report(MONTHLY, month)

    def show_report(self, sort: str, span: str) -> None:
        """Draft a report, or show the one that is signed off."""
        self.sort, self.month, self._wanted = sort, span, None
        self.head.show_choice(sort, span)
        self.verbs.about(sort, span)
        self.signing.about(sort, span)
        self.close_drawer()
        self.read()
        self.outline.table.setFocus()

    def read(self) -> None:
        """Count and draft again what is in front."""
        desk, sort, span = self._desk, self.sort, self.month
        if self.ledgers and self._leaves.currentWidget() is self.ledgers:
            self.ledgers.read()
            return
        if self.bureau and self._leaves.currentWidget() is self.bureau:
            self.bureau.read()
            return
        if not span:
            return
        jobs.start(
            self,
            lambda _task: report_edits.report_outline(desk, sort, span),
            done=self._show,
            failed=lambda _problem: None,  # the preview says it
            key="outline",
        )
        self.head.set_ready(False)
        self.pane.make(
            lambda progress: papers_report.print_report(desk, sort, span, progress),
            lambda: papers_report.unprintable_report(desk, sort, span),
        )

    def _show(self, told: Outline) -> None:
        self.outline.show_outline(told)
        self.head.show_state(told)
        self.signing.read()
        wanted, self._wanted = self._wanted, None
        if found := next((one for one in told.figures if (one.key, one.now.unit) == wanted), None):
            self.open_figure(found)

    def _done(self, sentence: str) -> None:
        self.said.emit(sentence, None)
        self._rest.stop()
        self.read()

    def _made(self, ready: bool) -> None:
        self.head.set_ready(ready)
        data = self.pane.data
        if ready and data is not None:
            jobs.start(self, lambda _task: sections_of(data), done=self.outline.show_sections, key="sections")
            desk, sort, span = self._desk, self.sort, self.month
            jobs.start(
                self,
                lambda _task: report_edits.report_notices(desk, sort, span),
                done=self.outline.warn,
                failed=lambda _problem: None,  # the preview says it
                key="notices",
            )

    def open_figure(self, figure: Compared) -> None:
        """The records behind a figure come out of the side."""
        told = self.outline.told
        if told is not None:
            self._open_drawer()
            self.drawer.show_figure(figure, told.span, told.columns)

    def open_change(self, change: Supplement) -> None:
        """The records behind a correction come out of the side."""
        self._open_drawer()
        self.drawer.show_change(change)

    def _open_drawer(self) -> None:
        self.drawer.show()
        self._fit()

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
        self.head.set_narrow(steps)
        self.outline.setVisible(not (steps and open_now))
        self.pane.setVisible(not (stacked and open_now) and not steps)
        for part, width in ((self.outline, OUTLINE_WIDTH), (self.drawer, DRAWER_WIDTH)):
            grows = steps or (part is self.drawer and stacked)
            part.setMinimumWidth(0 if grows else px(width))
            part.setMaximumWidth(16777215 if grows else px(width))
        self.turn.setText("看预览")
