"""单位: the station's address book as a list to look up, sort and keep."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.organisations import OrganisationLine
from sgz_desktop.gui.list_tools import ListTools
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import ListCard
from sgz_desktop.gui.widgets.data_table import Cell, Column, DataTable
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.key_hints import opening_words
from sgz_desktop.gui.widgets.labels import label

COLUMNS = (
    Column("单位", 210, "body_bold"),
    Column("类别", 130),
    Column("办理什么", 0),
    Column("联系人", 90),
    Column("电话", 140),
    Column("办公时间", 0, tone="plain"),
)
UNUSED = "不再使用"
EMPTY = "通讯录还是空的。"
EMPTY_HINT = "把常联系的单位记下来，转介时打几个字就能选。"


class AddressBook(ListCard):
    """`opened(id)` on Enter; `wanted()` for a new entry; `said(sentence, undo)`."""

    opened = Signal(object)
    wanted = Signal()
    said = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, 0, 0)
        self.table = DataTable("单位通讯录", COLUMNS)
        new = button("新建单位", icon="plus", on_click=self._want)
        self.empty = EmptyState(EMPTY, "phone", EMPTY_HINT, action=new)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.empty, 1)
        super().__init__(inner)
        self.table.opened.connect(self.opened)
        self.top.setContentsMargins(0, 0, 0, 0)
        self.count = label("", "second", "plain")
        self.foot.addWidget(self.count, 1)
        self.tools = ListTools(desk, "单位通讯录", self.table)
        self.tools.said.connect(self.said)
        self.foot.addWidget(opening_words())
        self.foot.addWidget(self.tools)

    def _want(self) -> None:
        self.wanted.emit()

    def show_lines(self, lines: Sequence[OrganisationLine]) -> None:
        """Show the entries; those no longer used are grey and last."""
        self.table.set_rows([line.id for line in lines], [_cells(line) for line in lines])
        self.table.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self.count.setText(f"{len(lines)}个单位" if lines else "")
        if lines and self.table.current_id() is None:
            self.table.set_current(lines[0].id, tell=False)

    def take_keyboard(self) -> None:
        """The list takes the keyboard, so that Enter opens."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _cells(line: OrganisationLine) -> Sequence[str | Cell]:
    tone = "muted" if line.unused else ""
    sort = UNUSED if line.unused else line.sort
    said = (line.name, sort, line.handles, line.contact, line.phone, line.hours)
    return [Cell(words, tone) for words in said]
