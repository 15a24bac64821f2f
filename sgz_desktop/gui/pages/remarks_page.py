"""督导意见 of all cases: to be carried out first; remarks typed, copies read, the monthly sheet."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from sgz_desktop.actions import supervision_remarks
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.supervision_remarks import RemarkLine
from sgz_desktop.gui import jobs
from sgz_desktop.gui.dialogs.carry_out_dialog import open_remark
from sgz_desktop.gui.dialogs.notes_dialog import read_notes
from sgz_desktop.gui.dialogs.remark_dialog import enter_remarks
from sgz_desktop.gui.pages.list_page import EVERY_WORKER, ListPage, filter_of, lets_through, offer
from sgz_desktop.gui.pages.remarks_table import WORKER, remarks_table, show_remarks
from sgz_desktop.gui.supervision_views import progress_view
from sgz_desktop.gui.theme import WidthClass
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.chips import Chips

TITLE = "督导意见"
EMPTY = "还没有督导意见。在个案里给督导一份，带回来后录入。"
NONE_SUCH = "没有这样的意见，可以放宽条件。"


class RemarksPage(ListPage):
    """`go` opens the record of a remark; `paper_wanted(view)` the monthly sheet."""

    go = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, TITLE, remarks_table(TITLE), EMPTY)
        self._lines: list[RemarkLine] = []
        self.sheet_button = button("进展一览表", icon="print", on_click=self._sheet, key="Ctrl+P")
        self.read_button = button("读批注", icon="doc", on_click=self._read_notes, key="Ctrl+O")
        self.new = button("录入意见", "primary", "plus", self.enter, key="Ctrl+N")
        self.add_verbs(
            (self.sheet_button, "print_progress"),
            (self.read_button, "read_returned"),
            (self.new, "enter_remark"),
        )
        self.add_card(self._filters(), (("Enter", "落实"), ("Ctrl+N", "录入意见"), ("Ctrl+O", "读批注")))
        self.table.opened.connect(self._open)
        self.read()

    def _filters(self) -> QHBoxLayout:
        self.chips = Chips([(False, "没落实"), (True, "已落实"), (None, "全部")], False)
        self.chips.changed.connect(lambda _value: self._show())
        self.worker = filter_of("社工", EVERY_WORKER)
        self.worker.changed.connect(self._show)
        row = QHBoxLayout()
        row.addWidget(self.chips, 1)
        row.addWidget(self.worker)
        return row

    def read(self) -> None:
        """Read the list again."""
        desk = self._desk
        if allowed(desk.actor, "list_remarks"):
            jobs.start(
                self, lambda _task: supervision_remarks.list_remarks(desk), done=self._take, key="remarks"
            )

    def _take(self, lines: list[RemarkLine]) -> None:
        self._lines = lines
        workers = sorted({line.worker for line in lines if line.worker})
        offer(self.worker, EVERY_WORKER, ((one, one) for one in workers))
        self._show()
        if self.isVisible():
            self.take_keyboard()

    def _show(self) -> None:
        done = self.chips.value()
        shown = [
            line
            for line in self._lines
            if done in (None, bool(line.done_on)) and lets_through(self.worker, line.worker)
        ]
        show_remarks(self.table, shown)
        self.show_body(filled=bool(shown), empty=NONE_SUCH if self._lines else EMPTY)
        late = sum(line.late > 0 for line in shown)
        self.count.setText(f"{len(shown)}条" + (f"，{late}条已过期" if late else "") if shown else "")

    def _told(self, sentence: str, undo: object) -> None:
        self.said.emit(sentence, undo)
        self.read()

    def _open(self, id: str) -> None:
        open_remark(self, self._desk, id, self._told, self.go.emit)

    def enter(self, number: str = "") -> None:
        """Type remarks in; `number` is that of a copy or paper where it is known."""
        enter_remarks(self, self._desk, self._told, number)

    def _read_notes(self) -> None:
        read_notes(self, self._desk, self._told)

    def _sheet(self) -> None:
        self.paper_wanted.emit(progress_view(self._desk))

    def set_compact(self, width: WidthClass) -> None:
        """Whose case it is goes first when room is short."""
        self.table.setColumnHidden(WORKER, width.stacked)
