"""What the brief holds: its sections with their pages, and under the data every figure beside the last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sgz_desktop.actions.figures import Compared
from sgz_desktop.domain.local_words import localised
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.data_table import Cell, Column, DataTable
from sgz_desktop.gui.widgets.labels import label

COLUMNS = (Column("简报内容", 0), Column("本月", 92, "body_bold", right=True), Column("上月", 66, right=True))
DATA = "数据表"
STEP_IN = "　"


class ReportOutline(QWidget):
    """`section(page)` when a section is opened, `figure(Compared)` when a figure is."""

    section = Signal(int)
    figure = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._figures: Sequence[Compared] = ()
        self._sections: Sequence[tuple[str, int]] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.table = DataTable("简报内容", COLUMNS)
        self.table.opened.connect(self._open)
        card = Card(margin=0)
        card.add(self.table, 1)
        self.note = label("点数字或按回车，看背后的记录。", "caption", "muted")
        self.note.setContentsMargins(14, 4, 14, 8)
        card.add(self.note)
        column.addWidget(card)

    def show_figures(self, figures: Sequence[Compared]) -> None:
        """Show other figures."""
        self._figures = figures
        self._show()

    def show_sections(self, sections: Sequence[tuple[str, int]]) -> None:
        """Show the sections of the paper just made, with their pages from 1."""
        self._sections = sections
        self._show()

    def _show(self) -> None:
        ids: list[tuple[str, Any]] = []
        rows: list[tuple[str | Cell, ...]] = []
        sections = self._sections or ((DATA, 0),)
        for title, page in sections:
            ids.append(("section", page))
            rows.append(
                (
                    Cell(title, role="body_bold"),
                    Cell(f"第{page}页" if page else "", "plain", role="second"),
                    "",
                )
            )
            if title.endswith(DATA):
                ids += [("figure", number) for number in range(len(self._figures))]
                rows += [_figure(one) for one in self._figures]
        self.table.set_rows(ids, rows)
        if self.table.current_id() is None and rows:
            self.table.set_current(ids[0], tell=False)

    def _open(self, key: tuple[str, int]) -> None:
        kind, number = key
        if kind == "figure":
            self.figure.emit(self._figures[number])
        elif number:
            self.section.emit(number)

    def choose(self, figure: Compared) -> None:
        """Make a figure the current row."""
        if figure in self._figures:
            self.table.set_current(("figure", list(self._figures).index(figure)), tell=False)


def _figure(one: Compared) -> tuple[str | Cell, ...]:
    now = one.now
    tone = "brand" if now.ids else "muted"
    before = Cell(f"{one.before:,}", "muted", role="second")
    return (
        STEP_IN + localised(now.title).partition("（")[0],
        Cell(f"{now.value:,}{localised(now.unit)}", tone),
        before,
    )
