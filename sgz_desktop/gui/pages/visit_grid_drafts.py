"""What is typed into the 补录表 and not saved: kept after a second's rest, there again after a crash."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from sgz_desktop.actions import forms
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.visit_slips import SavedSlip, read_slips
from sgz_desktop.domain.visit_slips import lacks, same_visit
from sgz_desktop.gui import jobs
from sgz_desktop.gui.form_drafts import DraftKeeper
from sgz_desktop.gui.forms import REST_MS
from sgz_desktop.gui.pages.visit_grid_model import DRAFT, GridRow, drafted_row

NAME = ("visit_slips", "new:slips")
LEFT_OVER = "上次还没有保存，到这一行按回车即可保存。"
NOT_KEPT = "草稿没能保存，请先不要关闭窗口。"


class SlipDrafts(QObject):
    """`said(words)` when keeping failed, '' when it went well."""

    said = Signal(str)

    def __init__(self, desk: Desk, rows: Callable[[], Iterable[GridRow]], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._rows = desk, rows
        self._keeper = DraftKeeper(desk, NAME)
        self._lies = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.keep)

    def rest(self) -> None:
        """Something was typed: keep it when it rests."""
        self._rest.start()

    def keep(self) -> None:
        """Put aside what is typed and not saved; nothing is left lying once all is saved."""
        self._rest.stop()
        rows = [row.drafted() for row in self._rows() if row.altered]
        if rows:
            self._keeper.keep({"rows": rows}, lambda: self._tell(""), lambda _problem: self._tell(NOT_KEPT))
        elif self._lies:
            self._keeper.drop()
        self._lies = bool(rows)

    def _tell(self, words: str) -> None:
        if shiboken6.isValid(self):
            self.said.emit(words)

    def read(self, done: Callable[[list[GridRow]], None]) -> None:
        """Hand over the rows of a draft left lying, without those that reached the store after all."""
        desk = self._desk
        jobs.start(self, lambda _task: _read(desk), done=lambda found: done(self._left_over(*found)))

    def _left_over(self, rows: Sequence[GridRow], on_file: Mapping[str, SavedSlip]) -> list[GridRow]:
        self._lies = self._lies or bool(rows)
        for row in rows:
            if saved := on_file.get(row.id):
                typed = row.slip
                row.take(saved)
                row.slip, row.state = typed, DRAFT
            row.why = lacks(row.slip) or LEFT_OVER
        return [row for row in rows if row.before is None or not same_visit(row.slip, row.before)]


def _read(desk: Desk) -> tuple[list[GridRow], Mapping[str, SavedSlip]]:
    draft = forms.find_draft(desk, *NAME)
    kept: Sequence[Any] = draft.body.get("rows", ()) if draft else ()
    rows = [drafted_row(one) for one in kept]
    return rows, read_slips(desk, [row.id for row in rows]) if rows else {}
