"""Drafts of a form in the right order: an older text never lands after a newer one, nor after the save."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication

from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import drop_draft, keep_draft
from sgz_desktop.errors import AppError
from sgz_desktop.gui import jobs

T = TypeVar("T")
BEFORE = "before"  # in the body of a draft: the one before it that is still offered


class DraftKeeper:
    """Writes in pool threads that outlive the form: leaving a page never loses what was typed."""

    def __init__(self, desk: Desk, name: tuple[str, str]) -> None:
        """`name` is the kind of record and `actions.forms.draft_key`."""
        self._desk, self._name = desk, name
        self._lock = threading.Lock()
        self._turn = self._written = 0
        self._closed = False

    def keep(
        self, body: dict[str, Any], done: Callable[[], None], failed: Callable[[BaseException], None]
    ) -> None:
        """Put `body` aside unless something newer already is."""
        self._turn += 1
        turn = self._turn
        self._start(lambda: self._keep(turn, body), done, failed)

    def _keep(self, turn: int, body: dict[str, Any]) -> None:
        with self._lock:
            if not self._closed and turn > self._written:
                keep_draft(self._desk, *self._name, body)
                self._written = turn

    def drop(self) -> None:
        """Forget the draft."""
        self._turn += 1
        turn = self._turn
        self._start(lambda: self._drop(turn), lambda: None, None)

    def _drop(self, turn: int) -> None:
        with self._lock:
            if not self._closed and turn > self._written:
                drop_draft(self._desk, *self._name)
                self._written = turn

    def saving(self, save: Callable[[], T], unanswered: Mapping[str, Any] | None = None) -> T:
        """Run the save (in a pool thread); after it no draft of this form is written any more.

        `unanswered` is an older draft that was offered and neither taken nor refused: it stays.
        """
        with self._lock:
            saved = save()
            self._closed = True
            if unanswered:
                with suppress(AppError):  # the record is saved: to say it is not would be worse
                    keep_draft(self._desk, *self._name, dict(unanswered))
            return saved

    def saving_new(self, save: Callable[[], T]) -> T:
        """The same for a save that does not know of the draft and leaves it lying."""

        def both() -> T:
            saved = save()
            drop_draft(self._desk, *self._name)
            return saved

        return self.saving(both)

    @staticmethod
    def _start(
        work: Callable[[], None], done: Callable[[], None], failed: Callable[[BaseException], None] | None
    ) -> None:
        owner = QCoreApplication.instance()
        assert owner is not None
        jobs.start(owner, lambda _task: work(), done=lambda _: done(), failed=failed)
