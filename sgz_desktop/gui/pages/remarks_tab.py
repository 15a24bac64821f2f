"""督导意见 of one case: what was said, what was done about it; a copy made, remarks typed or read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import supervision_remarks
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.supervision_remarks import RemarkLine
from sgz_desktop.gui import jobs
from sgz_desktop.gui.dialogs.carry_out_dialog import open_remark
from sgz_desktop.gui.dialogs.notes_dialog import read_notes
from sgz_desktop.gui.dialogs.remark_dialog import enter_remarks
from sgz_desktop.gui.pages.remarks_table import NAME, WORKER, remarks_table, show_remarks
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.labels import label

EMPTY = "还没有督导意见。"
HOW = "给督导一份，意见带回来后在这里录入或读批注。"


class RemarksTab(QWidget):
    """`copy_wanted` for a copy of the case; `go` opens the record of a remark; `counted(n)` those still to be
    carried out."""

    copy_wanted = Signal()
    said = Signal(str, object)
    go = Signal(str, object)
    counted = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._case = desk, ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.S))
        head = QHBoxLayout()
        self.note = label("", "second", "plain")
        head.addWidget(self.note, 1)
        self.copy = button("给督导一份", icon="print", on_click=self.copy_wanted.emit, small=True)
        self.read_button = button("读批注", icon="doc", on_click=self._read_notes, small=True)
        self.new = button("录入意见", icon="plus", on_click=self._enter, small=True)
        for one, verb in (
            (self.copy, "make_copy"),
            (self.read_button, "read_returned"),
            (self.new, "enter_remark"),
        ):
            head.addWidget(one)
            if not allowed(desk.actor, verb):  # shown before it stands anywhere it were a window
                one.hide()
        column.addLayout(head)
        self.table = remarks_table("督导意见")
        for one in (NAME, WORKER):
            self.table.setColumnHidden(one, True)
        self.table.opened.connect(self._open)
        self.empty = EmptyState(EMPTY, "check", HOW)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)

    def read(self, case: str) -> None:
        """Read the remarks of a case, where the worker may."""
        desk, self._case = self._desk, case
        if allowed(desk.actor, "list_remarks"):
            jobs.start(
                self,
                lambda _task: supervision_remarks.list_remarks(desk, case),
                done=self._show,
                key="remarks",
            )

    def _show(self, lines: Sequence[RemarkLine]) -> None:
        show_remarks(self.table, lines)
        self.table.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        left = sum(not line.done_on for line in lines)
        self.note.setText(f"{left}条还没有落实，共{len(lines)}条。" if lines else "")
        self.counted.emit(left)

    def _told(self, sentence: str, undo: object) -> None:
        self.said.emit(sentence, undo)
        self.read(self._case)

    def _open(self, id: str) -> None:
        open_remark(self, self._desk, id, self._told, self.go.emit)

    def _enter(self) -> None:
        enter_remarks(self, self._desk, self._told)

    def _read_notes(self) -> None:
        read_notes(self, self._desk, self._told)
