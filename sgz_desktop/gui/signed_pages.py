"""In the head of a paper that is seen: how far it is signed, and the scans that came back."""

from __future__ import annotations

from collections.abc import Sequence

from sgz_desktop.actions import signing_join
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.signing import PaperState, ToSign
from sgz_desktop.domain.signing import UNPRINTED
from sgz_desktop.gui import jobs
from sgz_desktop.gui.dialogs.signed_dialog import show_signed
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.signing_words import badge_words, tone_of
from sgz_desktop.gui.widgets.buttons import button


class SignedPages:
    """In the head of a view with one paper: how far it is, and 签字页 once its scan came back."""

    def __init__(self, view: PaperView, desk: Desk) -> None:
        self._view, self._desk = view, desk
        self._state: PaperState | None = None
        self.button = button("签字页", icon="doc", on_click=self._open, key="Alt+Q")
        self.button.setToolTip("看签好字的扫描件（Alt+Q）")
        view.add_action(self.button)
        self.button.hide()

    def read(self, papers: Sequence[ToSign]) -> None:
        """Ask how far the paper is."""
        desk, number = self._desk, papers[0].number if len(papers) == 1 else ""
        if number and allowed(desk.actor, "numbered_state"):
            jobs.start(
                self._view,
                lambda _task: signing_join.numbered_state(desk, number),
                done=self._show,
                key="signed",
            )

    def _show(self, state: PaperState | None) -> None:
        self._state = state
        told = state is not None and state.state != UNPRINTED
        self._view.head.set_badges([(badge_words(state), tone_of(state.words))] if state and told else [])
        self.button.setVisible(bool(state and state.pages))

    def _open(self) -> None:
        view, state = self._view, self._state
        if state is not None and state.pages:
            show_signed(view, self._desk, state, view.said.emit, lambda: None)
