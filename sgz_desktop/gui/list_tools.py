"""What every list offers below itself: 找, 排序 and 导出."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.lists import export_list
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.data_table import DataTable, cell_text
from sgz_desktop.gui.widgets.inputs import Choice
from sgz_desktop.gui.widgets.labels import label
from sgz_desktop.gui.widgets.search_box import SearchBox

KINDS = "Excel工作簿 (*.xlsx)"
EXPORTED = "已导出{:,}行。这个文件没有加密，用完请收好。"
FEW = 20  # rows one looks through without help
NONE_SUCH = "没有这样的，请换个词。"
AS_IT_COMES = "按原来的次序"
Read = Callable[[], Sequence[Sequence[str]]]


class ListTools(QWidget):
    """For a `DataTable`, or for any list of which `read` gives the rows as text (off the GUI thread).

    A table of more than `FEW` rows has a field that leaves only the rows in which what is typed stands,
    unless its page has one of its own (`finds` is False).
    """

    said = Signal(str, object)

    def __init__(
        self,
        desk: Desk,
        title: str,
        table: DataTable | None = None,
        *,
        heads: Sequence[str] = (),
        read: Read | None = None,
        finds: bool = True,
    ) -> None:
        super().__init__()
        self._desk, self._title, self._table, self._read = desk, title, table, read
        self._heads = tuple(heads) or tuple(column.head for column in (table.columns if table else ()))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(Space.S))
        self.box = SearchBox("在表里找")
        if table is not None and table.sorts:
            if finds:
                for part in self._finding(table):
                    row.addWidget(part)
            row.addWidget(self._sorting(table))
        self.export_button = button("导出", icon="up", small=True, on_click=self.export)
        self.export_button.setAccessibleName(f"导出{title}")
        self.export_button.setToolTip("把这张表存成Excel文件")
        row.addWidget(self.export_button)
        if not allowed(desk.actor, "export_list"):  # shown before it stands anywhere it were a window
            self.export_button.hide()

    def _finding(self, table: DataTable) -> tuple[QWidget, QWidget]:
        """The field, there once a table is long, and what it says of what is left."""
        found = label("", "second", "plain")
        self.box.setFixedWidth(px(150))
        self.box.setToolTip("只看有这些字的行（Ctrl+F）")
        self.box.hide()
        found.hide()

        def show() -> None:
            rows = table.rows.rowCount()
            found.setText(f"找到{rows:,}条" if rows else NONE_SUCH)
            found.setVisible(bool(self.box.text()))

        def find(text: str) -> None:
            table.only(text)
            show()

        def fit(rows: int) -> None:
            self.box.setVisible(rows > FEW or bool(self.box.text()))
            show()

        self.box.asked.connect(find)
        self.box.moved.connect(table.step)
        self.box.entered.connect(lambda: table.setFocus(Qt.FocusReason.TabFocusReason))
        table.given.connect(fit)
        return found, self.box

    def find(self) -> bool:
        """Put the keyboard into the field, where there is one (`Page.find`)."""
        if not self.box.isVisible():
            return False
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()
        return True

    def _sorting(self, table: DataTable) -> Choice:
        options: list[tuple[Any, str]] = [("", AS_IT_COMES)]
        options += [(str(n), f"按{column.head}") for n, column in enumerate(table.columns) if column.head]
        self.order = Choice(options)
        self.order.setMinimumContentsLength(2 * len(AS_IT_COMES))  # Han letters are as wide as two
        self.order.setAccessibleName("排序")
        self.order.set_value("")
        self.order.changed.connect(lambda: table.sort_by(_column(self.order.value())))
        table.sorted_by.connect(self._tell_order)
        return self.order

    def _tell_order(self, column: int) -> None:
        blocked = self.order.blockSignals(True)  # else falling would be turned round again
        self.order.set_value("" if column < 0 else str(column))
        self.order.blockSignals(blocked)

    def export(self) -> None:
        """Ask where to, and write the list as it stands."""
        path = messages.ask_save_path(self, f"{self._title}-{self._desk.today()}.xlsx", KINDS)
        if path is None:
            return
        desk, title, heads, read = self._desk, self._title, self._heads, self._read
        shown = [] if read or self._table is None else _shown(self._table)
        self.export_button.set_busy("正在导出")
        jobs.start(
            self,
            lambda _task: export_list(desk, title, heads, read() if read else shown, path),
            done=self._exported,
            failed=self._failed,
        )

    def _exported(self, rows: int) -> None:
        self.export_button.set_busy("")
        self.said.emit(EXPORTED.format(rows), None)

    def _failed(self, problem: BaseException) -> None:
        self.export_button.set_busy("")
        messages.show_problem(problem, self)


def _column(value: object) -> int:
    return int(str(value)) if value else -1


def _shown(table: DataTable) -> list[list[str]]:
    return [[cell_text(cell) for cell in row] for row in table.rows_shown()]
