"""Rows of the 补录表 are saved one after the other, each as its own edit, while one types on."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import FormRefused
from sgz_desktop.actions.visit_slips import SavedSlip, save_slip
from sgz_desktop.domain.visit_slips import Slip, lacks
from sgz_desktop.errors import AppError
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.pages.visit_grid_model import DOUBTED, DRAFT, SAVING, GridRow

FAILED = "这行没能保存，内容还在，请再按一次回车。"


class SlipSaver(QObject):
    """`told(row)` whenever a row's state changed, `saved(row, slip before or None)` after the commit."""

    told = Signal(object)
    saved = Signal(object, object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._waiting: list[GridRow] = []
        self._row: GridRow | None = None

    @property
    def busy(self) -> bool:
        """Is a row being saved or waiting for it?"""
        return self._row is not None or bool(self._waiting)

    def put(self, rows: Iterable[GridRow]) -> None:
        """Save rows that can be saved; those that cannot say why."""
        for row in rows:
            if not row.altered or row in self._waiting:
                continue
            lacking = lacks(row.slip)
            row.why = (row.why or lacking) if lacking else ""
            row.state = DRAFT if row.why else SAVING
            if not row.why and row is not self._row:
                self._waiting.append(row)
            self.told.emit(row)
        self._next()

    def _next(self) -> None:
        if self._row is not None or not self._waiting:
            return
        row = self._row = self._waiting.pop(0)
        desk, id, slip, on_file = self._desk, row.id, row.slip, row.on_file
        jobs.start(
            self,
            lambda _task: save_slip(desk, id, slip, on_file),
            done=lambda saved: self._done(row, slip, saved),
            failed=lambda problem: self._failed(row, problem),
        )

    def _done(self, row: GridRow, slip: Slip, saved: SavedSlip) -> None:
        self._row = None
        before, typed_on = row.before, row.slip
        row.take(saved)
        if typed_on != slip:  # something was typed meanwhile: it stays, and waits to be saved
            row.slip, row.state = typed_on, DRAFT
        self.saved.emit(row, before)
        self.told.emit(row)
        self._next()

    def _failed(self, row: GridRow, problem: BaseException) -> None:
        self._row = None
        row.state = DRAFT
        if isinstance(problem, FormRefused) and problem.problems:
            row.why = problem.problems[0].sentence
        elif isinstance(problem, AppError):
            row.why = problem.message + problem.hint
        else:
            row.why = FAILED
            messages.show_problem(problem, None)
        self.told.emit(row)
        self._next()


def counted(rows: Iterable[GridRow]) -> tuple[int, int, int]:
    """(saved, met, nobody met) of some rows, as they stand on file."""
    slips = [row.before for row in rows if row.before is not None]
    missed = sum(slip.met == "nobody" for slip in slips)
    return len(slips), len(slips) - missed, missed


def doubted(rows: Iterable[GridRow]) -> list[GridRow]:
    """Rows that are saved and marked."""
    return [row for row in rows if row.state == DOUBTED]
