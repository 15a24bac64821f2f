"""A case whose file is on paper: what is known of it, and its scans below. Nothing is asked for."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QGridLayout

from sgz_desktop.actions.cases import CasePage
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain import days
from sgz_desktop.gui.files_card import FilesCard
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.labels import label, paragraph
from sgz_desktop.gui.widgets.scroll import Scroll


class ArchivePanel(Scroll):
    """`files` holds the scans of the case that is shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.files: FilesCard | None = None
        self.body.setSpacing(px(Space.M))
        card = Card("纸质档案")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(Space.M))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnStretch(1, 1)
        card.add(self._grid)
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.hide()

    def show_page(self, page: CasePage) -> None:
        """Show a case that is on paper; for any other the panel is away."""
        on_paper = bool(page.form.values.get("on_paper"))
        self.setVisible(on_paper)
        self._show_files(page.form.id if on_paper else "")
        while item := self._grid.takeAt(0):
            if old := item.widget():
                old.deleteLater()
        for number, (words, value) in enumerate(_known(page)):
            self._grid.addWidget(label(words, "second", "muted"), number, 0)
            self._grid.addWidget(paragraph(value), number, 1)

    def _show_files(self, case: str) -> None:
        if self.files and self.files.property("case") == case:
            return
        if self.files:
            self.files.deleteLater()
            self.files = None
        if case:
            self.files = FilesCard(self._desk, case)
            self.files.setProperty("case", case)
            self.body.insertWidget(1, self.files)


def _known(page: CasePage) -> list[tuple[str, str]]:
    values: dict[str, Any] = dict(page.form.values)
    found = (
        ("档案编号", str(values.get("paper_number") or "")),
        ("起止", _span(values.get("opened_on"), values.get("closed_on"))),
        ("主要问题", str(values.get("topic") or "")),
        ("结果", str(values.get("paper_result") or "")),
    )
    return [(words, value) for words, value in found if value]


def _span(start: Any, end: Any) -> str:
    shown = [days.show_day(day) if isinstance(day, str) and days.is_day(day) else "" for day in (start, end)]
    return "至".join(part for part in shown if part)
