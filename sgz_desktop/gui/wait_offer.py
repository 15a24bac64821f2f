"""Papers that went out are offered to wait for their signatures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from sgz_desktop.actions import signing, signing_file, signing_sheets
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.signing import ToSign
from sgz_desktop.actions.signing_file import ToKeep
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.signed_pages import SignedPages
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.buttons import button

Progress = Callable[[int, int], None]
TO_SIGN, WHAT_NEXT = "这里有{}份要签字的文书。", "拿去签的就记为待签，签好扫描后按编号归入。"
NOTED = "{}份已记为待签，在待签清单里。"


def offer_to_wait(
    view: PaperView,
    count: Callable[[], int],
    note: Callable[[], int],
    waits: Callable[[], object] = lambda: None,
) -> None:
    """Once the paper of a view was printed or saved, a band asks whether those of it that are to be signed,
    `count`, wait for that; `note` writes it down off the GUI thread and says how many do, then comes
    `waits`."""

    def noted() -> None:
        def told(many: int) -> None:
            view.said.emit(NOTED.format(many), None)
            waits()

        band.hide()
        jobs.start(view, lambda _task: note(), done=told)

    def offer() -> None:
        band.set_text(TO_SIGN.format(count()), WHAT_NEXT)
        band.setVisible(count() > 0)

    band = Band("", actions=(button("记为待签", "primary", "check", noted, key="Alt+J"),))
    band.hide()
    view.add_band(band)
    view.pane.out.connect(offer)
    view.pane.made.connect(lambda _ready: band.hide())


class FileSigning:
    """The papers to be signed of case files that are printed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._printed: list[ToKeep] = []

    def anew(self) -> list[ToKeep] | None:
        """What the next print fills with its papers to be signed; None where this worker has none wait."""
        self._printed = []
        return self._printed if allowed(self._desk.actor, "note_file_printed") else None

    def offer_on(self, view: PaperView) -> None:
        """The band comes up on a view once its paper is out."""
        offer_to_wait(view, self._count, self._note)

    def ask(self, owner: QWidget, said: Callable[[str, object], None]) -> None:
        """The same as a question, for files that went out without a view."""
        count = self._count()
        if count and messages.ask(
            owner, TO_SIGN.format(count), WHAT_NEXT, yes="记为待签", no="不记", tone="info"
        ):
            jobs.start(owner, lambda _task: self._note(), done=lambda many: said(NOTED.format(many), None))

    def _count(self) -> int:
        return sum(len(one.numbers) for one in self._printed)

    def _note(self) -> int:
        wanted = [one for one in self._printed if one.numbers]
        return sum(signing_file.note_file_printed(self._desk, one.case, one) for one in wanted)


class SheetSigning:
    """Papers seen in one view that are no case file: `papers` makes them as they are to be signed, or finds
    none; then the `other` is shown."""

    def __init__(
        self,
        desk: Desk,
        papers: Callable[[Progress], Sequence[ToSign]],
        other: Callable[[Progress], bytes] | None = None,
    ) -> None:
        self._desk, self._papers, self._other = desk, papers, other
        self._printed: list[ToSign] = []

    def make(self, progress: Progress) -> bytes:
        """The bytes that are shown; not for the GUI thread."""
        self._printed = list(self._papers(progress))
        if self._printed or self._other is None:
            return signing_sheets.in_one(self._printed)
        return self._other(progress)

    def offer_on(self, view: PaperView) -> None:
        """The band comes up on a view once its papers are out; the head says how far one alone is."""
        pages = SignedPages(view, self._desk)
        offer_to_wait(view, self._count, self._note, lambda: pages.read(self._printed))
        view.pane.made.connect(lambda ready: pages.read(self._printed if ready else ()))

    def _fresh(self) -> list[ToSign]:
        mine = allowed(self._desk.actor, "note_printed")
        return [one for one in self._printed if mine and not one.again]

    def _count(self) -> int:
        return len(self._fresh())

    def _note(self) -> int:
        fresh = self._fresh()
        for one in fresh:
            signing.note_printed(self._desk, one)
        self._printed = [replace(one, again=True) for one in self._printed]
        return len(fresh)
