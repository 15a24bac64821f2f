"""质量自查: what an evaluator of the case may ask about, each with where it is put right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sgz_desktop.actions import quality
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.local_words import titled
from sgz_desktop.domain.quality import Mark
from sgz_desktop.gui import jobs
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.data_table import Cell, Column, DataTable
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.labels import paragraph

COLUMNS = (Column("可以看看的地方", 0), Column("在哪里", 150, tone="plain"))
HELP = "评估时常会问到这些。能补的补上，不能补的在记录里写明就好。"
NEW = "（新写）"


class QualityTab(QWidget):
    """`opened(kind, id, field)`: go there; `counted(n)` after each reading."""

    opened = Signal(str, str, str)
    counted = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._marks: Sequence[Mark] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.S))
        self.help = paragraph(HELP, "second", "plain")
        self.table = DataTable("质量自查", COLUMNS)
        self.table.opened.connect(self._open)
        self.empty = EmptyState("没有看到要补的地方。", "check")
        column.addWidget(self.help)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)

    def read(self, case: str) -> None:
        """Read the marks of a case."""
        desk = self._desk
        jobs.start(self, lambda _task: quality.case_quality(desk, case), done=self._show, key="quality")

    def _show(self, marks: Sequence[Mark]) -> None:
        self._marks = marks
        self.table.set_rows(list(range(len(marks))), [(mark.sentence, _where(mark)) for mark in marks])
        for part in (self.help, self.table):
            part.setVisible(bool(marks))
        self.empty.setVisible(not marks)
        self.counted.emit(len(marks))

    def _open(self, number: int) -> None:
        mark = self._marks[number]
        self.opened.emit(mark.kind, mark.id, mark.field)


def _where(mark: Mark) -> str | Cell:
    title = titled(mark.kind)
    return title if mark.id else Cell(f"{title}{NEW}", "muted")
