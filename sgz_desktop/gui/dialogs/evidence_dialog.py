"""加佐证: any record found by its words, or one of those the program found, linked to an item."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from sgz_desktop.actions import find
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.find import Found
from sgz_desktop.actions.self_check import NamedRecord
from sgz_desktop.gui import jobs
from sgz_desktop.gui.dialogs.frame import begun, foot
from sgz_desktop.gui.theme import px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import LineEdit
from sgz_desktop.gui.widgets.labels import paragraph
from sgz_desktop.gui.widgets.record_list import ListRow, RecordList
from sgz_desktop.gui.widgets.search_box import SearchBox

TITLE = "加佐证"
ABOUT = "从本机记录里选一条；没有记录的，只写说明也可以。"
LEAST, MOST = 2, 40
NEITHER = "请选一条记录，或写说明。"


class EvidenceDialog(QDialog):
    """`chosen(record id or '', words)` when it is put in. `known` are offered before anything is typed."""

    def __init__(
        self,
        owner: QWidget,
        desk: Desk,
        chosen: Callable[[str, str], None],
        known: Sequence[NamedRecord] = (),
    ) -> None:
        super().__init__(owner.window())
        self._desk, self._chosen = desk, chosen
        self._known = [(one.id, ListRow(one.words)) for one in known]
        self._shown: Sequence[tuple[str, ListRow]] = ()
        column = begun(self, TITLE, 620)
        column.addWidget(paragraph(ABOUT, "body", "plain"))
        self.box = SearchBox("编号，或记录里的字")
        self.box.asked.connect(self._ask)
        column.addWidget(self.box)
        self.list = RecordList("记录")
        self.box.entered.connect(self.list.setFocus)
        self.box.moved.connect(self.list.step)
        self.list.setMinimumHeight(px(250))
        self.list.opened.connect(lambda _id: self.submit())
        column.addWidget(self.list, 1)
        self.words = LineEdit("例如文件柜3号，第2册")
        self.frame = FieldFrame("说明", self.words)
        column.addWidget(self.frame)
        self.go = button("加上", "primary", on_click=self.submit, key="Ctrl+S")
        column.addLayout(foot(self, self.go))
        self._show(self._known)
        self.box.setFocus()

    def _ask(self, text: str) -> None:
        if len(text) < LEAST:
            self._show(self._known)
            return
        desk = self._desk
        jobs.start(self, lambda _task: find.find(desk, text, MOST), done=self._found, key="find")

    def _found(self, hits: Sequence[Found]) -> None:
        self._show([(hit.id, ListRow(hit.title, hit.name, second=hit.excerpt, when=hit.day)) for hit in hits])
        if hits:
            self.list.set_current(hits[0].id)

    def _show(self, rows: Sequence[tuple[str, ListRow]]) -> None:
        self._shown = rows
        self.list.set_rows([id for id, _ in rows], [row for _, row in rows])

    def submit(self) -> None:
        """Hand over what is chosen and written."""
        id: Any = self.list.current_id()
        words = self.words.value().strip()
        if not id and not words:
            self.frame.refuse(NEITHER)
            return
        self.accept()
        self._chosen(str(id or ""), words)


def ask_evidence(
    owner: QWidget, desk: Desk, chosen: Callable[[str, str], None], known: Sequence[NamedRecord] = ()
) -> EvidenceDialog:
    """Ask for a record that proves something."""
    dialog = EvidenceDialog(owner, desk, chosen, known)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
