"""台账与归档: a ledger as it will be printed, saved as PDF, Excel or CSV; papers of the archive."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from sgz_desktop.actions import archive, ledgers, people
from sgz_desktop.actions.desk import Desk
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.list_tools import EXPORTED
from sgz_desktop.gui.list_tools import KINDS as EXCEL
from sgz_desktop.gui.pages.ledger_choice import INDEX, LABEL, PDF, LedgerChoice
from sgz_desktop.gui.paper_pane import Check, Make, PaperPane
from sgz_desktop.gui.theme import Space, WidthClass, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.page_head import PageHead

TITLE = "台账与归档"
NOTHING = "这里还没有可列的记录。", "换一段时间或一个村，或先把记录补上。"
NO_CASE = "这一年没有结案的个案。", "换一个年份；个案结案以后才归档。"
KINDS = {"xlsx": EXCEL, "csv": "CSV文件 (*.csv)", "csv-gb": "CSV文件 (*.csv)"}
CHOICE_WIDTH = 300


class LedgerPage(QWidget):
    """`closed` goes back; `said(sentence, None)` for the toast."""

    closed = Signal()
    said = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        self.head = PageHead(TITLE, back=self.closed.emit)
        self.print_button = button("打印", icon="print", on_click=self._print, key="Ctrl+P")
        self.save_button = button("保存", "primary", "save", self.save, key="Ctrl+S")
        for one in (self.print_button, self.save_button):
            self.head.add_action(one)
        column.addWidget(self.head)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(px(Space.M))
        self.choice = LedgerChoice(ledgers.ledgers_for(desk.actor), desk.today())
        self.choice.changed.connect(self.read)
        self.pane, self.empty = PaperPane(), EmptyState(*NOTHING[:1], "doc", NOTHING[1])
        self.pane.made.connect(self._ready)
        self.pane.said.connect(lambda sentence: self.said.emit(sentence, None))
        self._shown = QStackedWidget()
        for part in (self.pane, self.empty):
            self._shown.addWidget(part)
        self._row.addWidget(self.choice)
        self._row.addWidget(self._shown, 1)
        column.addLayout(self._row, 1)
        self.set_compact(WidthClass.WIDE)
        self._ready(False)

    def load(self) -> None:
        """Read villages and what is chosen; the keyboard goes to the choice."""
        desk = self._desk
        jobs.start(
            self, lambda _task: people.list_villages(desk), done=self.choice.show_villages, key="villages"
        )
        self.read()
        QTimer.singleShot(0, self, self.choice.ledger.setFocus)

    def read(self) -> None:
        """Make what is chosen again."""
        desk, name, year = self._desk, self.choice.name(), str(self.choice.year.value() or "")
        self._ready(False)
        self.head.set_facts("")
        if self.choice.line() is None:
            jobs.start(
                self, lambda _task: archive.closed_cases(desk, year), done=self._take_cases, key="count"
            )
            return
        wanted = self.choice.wanted()

        def take(count: int) -> None:
            if wanted == self.choice.wanted() and name == self.choice.name():
                self.head.set_facts(f"共{count:,}条")
                strange = partial(ledgers.unprintable_ledger, desk, wanted)
                self._show(lambda step: ledgers.print_ledger(desk, wanted, step), count > 0, NOTHING, strange)

        jobs.start(self, lambda _task: ledgers.count_ledger(desk, wanted), done=take, key="count")

    def _take_cases(self, numbers: tuple[str, ...]) -> None:
        desk, year = self._desk, str(self.choice.year.value() or "")
        self.choice.show_cases(numbers)
        case = str(self.choice.case.value() or "")
        if self.choice.name() == INDEX:
            self._show(lambda step: archive.print_archive(desk, case, step), bool(numbers), NO_CASE)
        elif self.choice.name() == LABEL:
            self._show(lambda step: archive.print_box_label(desk, year, step), bool(numbers), NO_CASE)

    def _show(self, make: Make, anything: bool, words: tuple[str, str], check: Check | None = None) -> None:
        """The paper, or why there is none."""
        self._shown.setCurrentWidget(self.pane if anything else self.empty)
        if anything:
            self.pane.make(make, check)
        else:
            self.pane.let_go()
            self.empty.set_text(*words)

    def _ready(self, ready: bool) -> None:
        self.print_button.setEnabled(ready)
        self.save_button.setEnabled(ready)

    def _print(self) -> None:
        self.pane.print_out()

    def save(self) -> None:
        """Ask where to, and write what is chosen in the form that is chosen."""
        form, line = str(self.choice.form.value() or PDF), self.choice.line()
        title, told = self.choice.ledger_title(), self.choice.told() or self._desk.today()
        if line is None or form == PDF:
            self.pane.save(f"{title}-{told}.pdf")
            return
        ending = ".xlsx" if form == "xlsx" else ".csv"
        path = messages.ask_save_path(self, f"{title}-{told}{ending}", KINDS[form])
        if path is None:
            return
        if path.suffix.lower() != ending:
            path = path.with_name(path.name + ending)
        self._write(path, form)

    def _write(self, path: Path, form: str) -> None:
        desk, wanted = self._desk, self.choice.wanted()
        self.save_button.set_busy("正在导出")
        jobs.start(
            self,
            lambda _task: ledgers.export_ledger(desk, wanted, path, form),
            done=self._written,
            failed=self._failed,
        )

    def _written(self, rows: int) -> None:
        self.save_button.set_busy("")
        self.said.emit(EXPORTED.format(rows), None)

    def _failed(self, problem: BaseException) -> None:
        self.save_button.set_busy("")
        messages.show_problem(problem, self)

    def set_compact(self, width: WidthClass) -> None:
        """The choices stand beside the paper, or above it in a narrow window."""
        above = QBoxLayout.Direction.TopToBottom if width.steps else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(above)
        self.choice.setMaximumWidth(16777215 if width.steps else px(CHOICE_WIDTH))

    def let_go(self) -> None:
        """The page goes away: stop what is being made and close the document."""
        self.pane.let_go()
