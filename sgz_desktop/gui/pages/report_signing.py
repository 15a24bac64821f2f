"""A report that is signed off, on paper: printed it waits, its scan is joined, and is looked at here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from sgz_desktop.actions import signing_reports
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.signing import PaperState
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.join_dialog import join_scans
from sgz_desktop.gui.dialogs.signed_dialog import show_signed
from sgz_desktop.gui.signing_words import tone_of
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.page_head import PageHead

JOIN, LOOK = "归入签字页", "签字页"
WAITS = "已记为待签，编号{}。"


class ReportSigning:
    """Acts on the report in front of `page`; `said(sentence, undo)`. A badge in `head` says how far it is."""

    def __init__(self, page: QWidget, desk: Desk, head: PageHead, said: Callable[[str, Any], object]) -> None:
        self._page, self._desk, self._head, self._said = page, desk, head, said
        self._report = ("", "")
        self._state: PaperState | None = None
        self.button = button(JOIN, on_click=self._act, small=True)
        self.button.hide()

    def about(self, sort: str, span: str) -> None:
        """Another report is in front."""
        self._report = (sort, span)
        self._show(None)
        self.read()

    def read(self) -> None:
        """Ask how far it is."""
        desk, report = self._desk, self._report
        if report[1] and allowed(desk.actor, "report_signing"):
            jobs.start(
                self._page,
                lambda _task: signing_reports.report_signing(desk, *report),
                done=self._show,
                failed=lambda _problem: None,  # the preview says it
                key="signing",
            )

    def printed(self) -> None:
        """It went out: from now on it waits, where it is signed off."""
        desk, report = self._desk, self._report
        if self._state is None or not allowed(desk.actor, "note_report_printed"):
            return
        jobs.start(
            self._page,
            lambda _task: signing_reports.note_report_printed(desk, *report),
            done=self._noted,
            failed=lambda problem: messages.show_problem(problem, self._page),
        )

    def _noted(self, number: str) -> None:
        if number:
            self._said(WAITS.format(number), None)
            self.read()

    def _show(self, state: PaperState | None) -> None:
        self._state = state
        self._head.set_badges([(state.words, tone_of(state.words))] if state else [])
        pages = len(state.pages) if state else 0
        self.button.setText(f"{LOOK} {pages}" if pages else JOIN)
        self.button.setVisible(bool(pages) or (state is not None and allowed(self._desk.actor, "join_scan")))

    def _act(self) -> None:
        state = self._state
        if state is None:
            return
        if state.pages:
            show_signed(self._page, self._desk, state, self._said, self.read)
        else:
            join_scans(self._page, self._desk, self._said, self.read, state.number)
