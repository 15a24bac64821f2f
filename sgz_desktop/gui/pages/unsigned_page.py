"""待签清单: every paper that waits for a signature; to be printed, taken along, and joined with its scan."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from sgz_desktop.actions import signing_list
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.signing_list import TITLE, Waiting
from sgz_desktop.domain import days
from sgz_desktop.gui import jobs
from sgz_desktop.gui.dialogs.join_dialog import join_scans
from sgz_desktop.gui.pages.list_page import EVERY_WORKER, ListPage, filter_of, lets_through, offer
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.signing_words import tone_of
from sgz_desktop.gui.theme import WidthClass
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.data_table import Cell, Column, DataTable

COLUMNS = (
    Column("对象或事项", 0, "body_bold"),
    Column("文书", 144),
    Column("文件编号", 132, "second", "plain"),
    Column("谁签", 176, tone="plain"),
    Column("打印日期", 84, tone="plain"),
    Column("已等", 62, right=True),
    Column("情况", 140),
    Column("村（居）", 92, tone="plain"),
    Column("主责", 84, tone="plain"),
)
PRINTED, VILLAGE, WORKER = 4, 7, 8  # columns one can do without: days waited and the fields above tell them
EMPTY = "没有待签的文书。文书打印后会列在这里。"
NONE_SUCH = "没有这样的文书，可以放宽条件。"
EVERY_VILLAGE = "全部村（社区）"
NO_VILLAGE = "没有填村（居）"


class UnsignedPage(ListPage):
    """`opened(kind, id, case)` the record of a paper; `paper_wanted(view)` the list on paper."""

    opened = Signal(str, str, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, TITLE, DataTable(TITLE, COLUMNS), EMPTY)
        self._rows: list[Waiting] = []
        self.print_button = button("打印清单", icon="print", on_click=self._print, key="Ctrl+P")
        self.join_button = button("归入扫描件", "primary", "plus", self._join, key="Ctrl+N")
        self.add_verbs((self.print_button, "print_unsigned"), (self.join_button, "join_scan"))
        self.add_card(self._filters(), (("Enter", "打开"), ("Ctrl+N", "归入扫描件")))
        self.table.opened.connect(self._open)
        self.read()

    def _filters(self) -> QHBoxLayout:
        self.worker = filter_of("社工", EVERY_WORKER)
        self.village = filter_of("村（社区）", EVERY_VILLAGE)
        row = QHBoxLayout()
        for choice in (self.worker, self.village):
            choice.changed.connect(self._show)
            row.addWidget(choice)
        row.addStretch(1)
        return row

    def read(self) -> None:
        """Read the list again."""
        desk = self._desk
        jobs.start(self, lambda _task: signing_list.list_unsigned(desk), done=self._take, key="unsigned")

    def _take(self, rows: list[Waiting]) -> None:
        self._rows = rows
        workers = sorted({row.worker for row in rows if row.worker})
        villages = sorted({row.village for row in rows})
        offer(self.worker, EVERY_WORKER, ((one, one) for one in workers))
        offer(self.village, EVERY_VILLAGE, ((one, one or NO_VILLAGE) for one in villages))
        self._show()
        if self.isVisible():
            self.take_keyboard()

    def _show(self) -> None:
        shown = [
            row
            for row in self._rows
            if lets_through(self.worker, row.worker) and lets_through(self.village, row.village)
        ]
        self.table.set_rows(
            [(row.kind, row.id, row.case, row.number) for row in shown],
            [_cells(row, self._desk.today()) for row in shown],
        )
        if shown and self.table.current_id() is None:
            self.table.set_current(self.table.rows.ids()[0], tell=False)
        self.show_body(filled=bool(shown), empty=NONE_SUCH if self._rows else EMPTY)
        self.print_button.setEnabled(bool(shown))
        printed = sum(bool(row.printed) for row in shown)
        self.count.setText(f"{printed}份待签，{len(shown) - printed}份未打印" if shown else "")

    def _open(self, key: tuple[str, str, str, str]) -> None:
        kind, id, case, _ = key
        self.opened.emit(kind, id, case)

    def _print(self) -> None:
        """What is shown now, on paper."""
        desk, ids = self._desk, [key[1] for key in self.table.rows.ids()]
        view = PaperView(
            TITLE,
            f"{len(ids)}份",
            f"{TITLE}-{desk.today()}.pdf",
            lambda progress: signing_list.print_unsigned(desk, ids, progress),
        )
        self.paper_wanted.emit(view)

    def _join(self) -> None:
        join_scans(self, self._desk, self.said.emit, self.read)

    def set_compact(self, width: WidthClass) -> None:
        """Who and where go first when room is short."""
        for column in (PRINTED, VILLAGE, WORKER):
            self.table.setColumnHidden(column, width.stacked)


def _cells(row: Waiting, today: str) -> tuple[str | Cell, ...]:
    day = days.short_day(row.printed, today).partition("（")[0] if row.printed else ""
    return (
        row.name,
        row.title,
        row.number,
        row.signers,
        Cell(day, sort=row.printed),
        f"{row.waits}天" if row.printed else "",
        Cell(row.words, tone_of(row.words)),
        row.village,
        row.worker,
    )
