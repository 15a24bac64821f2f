"""Keeps what goes into the cells of a bureau's form: one write after another, the newest of each form."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from sgz_desktop.actions.bureau import map_bureau_form
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.bureau_form import Mapped
from sgz_desktop.gui import jobs


class MappingKeeper(QObject):
    """`failed(problem)` when something was not kept."""

    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._waiting: dict[str, tuple[Mapped, ...]] = {}
        self._then: list[Callable[[], object]] = []
        self._busy = False

    @property
    def busy(self) -> bool:
        """Is something not kept yet?"""
        return self._busy or bool(self._waiting)

    def keep(self, id: str, cells: tuple[Mapped, ...]) -> None:
        """Keep the cells of a form."""
        self._waiting[id] = cells
        self._next()

    def when_kept(self, then: Callable[[], object]) -> None:
        """Call once everything is kept: at once where it is."""
        self._then.append(then)
        self._next()

    def _next(self) -> None:
        if self._busy:
            return
        if not self._waiting:
            then, self._then = self._then, []
            for one in then:
                one()
            return
        desk, id = self._desk, next(iter(self._waiting))
        cells = self._waiting.pop(id)
        self._busy = True
        jobs.start(
            self, lambda _task: map_bureau_form(desk, id, cells), done=self._done, failed=self._not_kept
        )

    def _done(self, _form: object) -> None:
        self._busy = False
        self._next()

    def _not_kept(self, problem: BaseException) -> None:
        self._busy = False
        self._then.clear()
        self.failed.emit(problem)
        self._next()
