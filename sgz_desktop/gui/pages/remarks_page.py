"""督导意见 of all cases: to be carried out first; remarks typed, copies read, the monthly sheet."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from sgz_desktop.actions import supervision_remarks
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.supervision_remarks import RemarkLine
from sgz_desktop.gui import jobs
from sgz_desktop.gui.dialogs.carry_out_dialog import open_remark
from sgz_desktop.gui.dialogs.notes_dialog import read_notes
from sgz_desktop.gui.dialogs.remark_dialog import enter_remarks
from sgz_desktop.gui.list_tools import ListTools
from sgz_desktop.gui.pages.remarks_table import WORKER, remarks_table, show_remarks
from sgz_desktop.gui.supervision_views import progress_view
from sgz_desktop.gui.theme import Space, WidthClass, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import ListCard
from sgz_desktop.gui.widgets.chips import Chips
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.inputs import Choice
from sgz_desktop.gui.widgets.labels import keycap, label
from sgz_desktop.gui.widgets.page_head import PageHead

TITLE = "督导意见"
EMPTY = "还没有督导意见。在个案里给督导一份，带回来后录入。"
NONE_SUCH = "没有这样的意见，可以放宽条件。"


class RemarksPage(QWidget):
    """`go` opens the record of a remark; `paper_wanted(view)` the monthly sheet."""

    closed = Signal()
    said = Signal(str, object)
    go = Signal(str, object)
    paper_wanted = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._lines: list[RemarkLine] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        self.head = PageHead(TITLE, back=self.closed.emit)
        self.sheet_button = button("进展一览表", icon="print", on_click=self._sheet, key="Ctrl+P")
        self.read_button = button("读批注", icon="doc", on_click=self._read_notes, key="Ctrl+O")
        self.new = button("录入意见", "primary", "plus", self.enter, key="Ctrl+N")
        for one, verb in (
            (self.sheet_button, "print_progress"),
            (self.read_button, "read_returned"),
            (self.new, "enter_remark"),
        ):
            self.head.add_action(one)
            if not allowed(desk.actor, verb):
                one.hide()
        column.addWidget(self.head)
        column.addWidget(self._make_card(), 1)
        self.read()

    def _make_card(self) -> ListCard:
        self.table = remarks_table(TITLE)
        self.empty = EmptyState(EMPTY, "check")
        self._body = QStackedWidget()
        for part in (self.table, self.empty):
            self._body.addWidget(part)
        card = ListCard(self._body)
        self.chips = Chips([(False, "没落实"), (True, "已落实"), (None, "全部")], False)
        self.chips.changed.connect(lambda _value: self._show())
        self.worker = Choice([("*", "全部社工")], value="*")
        self.worker.setAccessibleName("社工")
        self.worker.setMinimumWidth(px(180))
        self.worker.changed.connect(self._show)
        row = QHBoxLayout()
        row.setSpacing(px(Space.S))
        row.addWidget(self.chips, 1)
        row.addWidget(self.worker)
        self.tools = ListTools(self._desk, TITLE, self.table)
        self.tools.said.connect(self.said)
        row.addWidget(self.tools)
        card.top.addLayout(row)
        self.count = label("", "second", "plain")
        card.foot.addWidget(self.count, 1)
        for cap, says in (("Enter", "落实"), ("Ctrl+N", "录入意见"), ("Ctrl+O", "读批注")):
            card.foot.addWidget(keycap(cap))
            card.foot.addWidget(label(says, "second", "plain"))
        self.table.opened.connect(self._open)
        return card

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
        self.worker.set_options([("*", "全部社工"), *((one, one) for one in workers)])
        if self.worker.value() is None:
            self.worker.set_value("*")
        self._show()
        if self.isVisible():
            self.take_keyboard()

    def _show(self) -> None:
        done, worker = self.chips.value(), self.worker.value()
        shown = [
            line
            for line in self._lines
            if done in (None, bool(line.done_on)) and worker in ("*", None, line.worker)
        ]
        show_remarks(self.table, shown)
        self._body.setCurrentIndex(0 if shown else 1)
        self.empty.set_text(NONE_SUCH if self._lines else EMPTY)
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

    def take_keyboard(self) -> None:
        """The table takes the keyboard, or 录入意见 where there is no row."""
        (self.table if self._body.currentIndex() == 0 else self.new).setFocus()
