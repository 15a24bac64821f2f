"""Printing one paper to be signed: once it was printed or saved, it waits under its number."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from sgz_desktop.actions import signing, signing_file
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.signing import PaperState, ToSign
from sgz_desktop.actions.signing_file import ToKeep
from sgz_desktop.domain import days
from sgz_desktop.domain.signing import SIGNED, UNPRINTED, UNSIGNED, base_of
from sgz_desktop.errors import AppError
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.signed_dialog import SignedDialog, Told
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.record_page import RecordPage
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.buttons import button

TONES = {"未打印": "plain", "待签": "warn", "已签": "ok"}
WAITS = "{}已记为待签，编号{}。"
TO_SIGN, WHAT_NEXT = "这里有{}份要签字的文书。", "拿去签的就记为待签，签好扫描后按编号归入。"
NOTED = "{}份已记为待签，在待签清单里。"
NOT_NOTED, AGAIN = "这份已经打印，但没有记为待签。", "处理后请再打印一次。"


def tone_of(words: str) -> str:
    """The tone of a state in words; what has to be printed again stands out."""
    return TONES.get(words, "danger")


def signing_view(desk: Desk, case: str, state: PaperState, facts: str) -> PaperView:
    """A paper alone, ready to be printed. What was kept before is handed out again, as it was."""
    id, sort = state.id, state.sort
    printing: list[ToSign] = []

    def make(progress: Callable[[int, int], None]) -> bytes:
        printing[:] = [signing.paper_to_sign(desk, id, sort, case, progress)]
        return printing[0].data

    view = PaperView(
        f"{state.title}（签字用）",
        facts,
        f"签字-{base_of(state.number)}.pdf",
        make,
        lambda: signing.unprintable_to_sign(desk, id, sort, case),
    )
    view.pane.out.connect(lambda: _note(view, desk, printing[0]))
    return view


def _note(view: PaperView, desk: Desk, paper: ToSign) -> None:
    """It is out: keep what was printed."""
    jobs.start(
        view,
        lambda _task: signing.note_printed(desk, paper),
        done=lambda _: view.said.emit(WAITS.format(paper.title, paper.number), None),
        failed=lambda problem: _not_noted(problem, view),
    )


def _not_noted(problem: BaseException, view: PaperView) -> None:
    """What lies on the table is not known here: say so, and the same paper can be printed again."""
    if isinstance(problem, AppError):
        problem = AppError(NOT_NOTED, f"{problem.message}{AGAIN}")
    messages.show_problem(problem, view)


class FileSigning:
    """Once case files were printed or saved, a band offers to have their papers to be signed wait for it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._printed: list[ToKeep] = []

    def read(self, cases: Sequence[str], only: Sequence[str] = ()) -> None:
        """Which papers of the files, or of `only` some of their sheets, are to be signed; not for the GUI
        thread, and before the files are made."""
        if allowed(self._desk.actor, "note_file_printed"):
            found = (signing_file.unsigned_in_file(self._desk, case, only) for case in cases)
            self._printed = [one for one in found if one.numbers]

    def offer_on(self, view: PaperView) -> None:
        """The band comes up on a view once its paper is out."""
        self._view = view
        self._band = Band("", actions=(button("记为待签", "primary", "check", self._note, key="Alt+J"),))
        self._band.hide()
        view.add_band(self._band)
        view.pane.out.connect(self._offer)
        view.pane.made.connect(lambda _ready: self._band.hide())

    def _offer(self) -> None:
        count = sum(len(one.numbers) for one in self._printed)
        self._band.set_text(TO_SIGN.format(count), WHAT_NEXT)
        self._band.setVisible(count > 0)

    def _note(self) -> None:
        self._band.hide()
        desk, printed = self._desk, tuple(self._printed)
        jobs.start(
            self._view,
            lambda _task: sum(signing_file.note_file_printed(desk, one.case, one) for one in printed),
            done=lambda count: self._view.said.emit(NOTED.format(count), None),
        )


def paper_of(own: Sequence[PaperState]) -> PaperState | None:
    """Of a record's papers the one that stands for it: one that waits, else the first."""
    return next((one for one in own if one.state == UNSIGNED), own[0] if own else None)


def show_signed(
    owner: QWidget, desk: Desk, state: PaperState, told: Told, changed: Callable[[], None]
) -> None:
    """The signed pages of a paper beside what was printed."""
    dialog = SignedDialog(owner, desk, state, told, changed)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def show_state(page: RecordPage, case: str) -> None:
    """The head of a record's form says how far its papers are."""
    form, desk = page.form, page.desk
    if form is None or form.form.new or not case or not allowed(desk.actor, "paper_states"):
        return

    def show(states: Sequence[PaperState]) -> None:
        own = paper_of([one for one in states if one.id == form.form.id])
        if own and page.form is form:
            page.head.set_badges([(_badge(own), tone_of(own.words))])

    jobs.start(page, lambda _task: signing.paper_states(desk, case), done=show, key="states")


def _badge(own: PaperState) -> str:
    """待签　2026-A001-04-1, 已签　2026年6月12日签　2026-A001-04-1, 未打印."""
    if own.state == UNPRINTED:
        return own.words
    day = f"{days.show_day(own.signed_on)}签" if own.state == SIGNED and own.signed_on else ""
    return "　".join(part for part in (own.words, day, own.number) if part)
