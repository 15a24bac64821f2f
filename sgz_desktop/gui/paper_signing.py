"""Printing one paper to be signed: once it was printed or saved, it waits under its number."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sgz_desktop.actions import signing
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.signing import PaperState, ToSign
from sgz_desktop.domain.signing import UNSIGNED, base_of
from sgz_desktop.errors import AppError
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.record_page import RecordPage
from sgz_desktop.gui.signing_words import badge_words, tone_of

WAITS = "{}已记为待签，编号{}。"
NOT_NOTED, AGAIN = "这份已经打印，但没有记为待签。", "处理后请再打印一次。"


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


def paper_of(own: Sequence[PaperState]) -> PaperState | None:
    """Of a record's papers the one that stands for it: one that waits, else the first."""
    return next((one for one in own if one.state == UNSIGNED), own[0] if own else None)


def show_state(page: RecordPage, case: str) -> None:
    """The head of a record's form says how far its papers are."""
    form, desk = page.form, page.desk
    if form is None or form.form.new or not case or not allowed(desk.actor, "paper_states"):
        return

    def show(states: Sequence[PaperState]) -> None:
        own = paper_of([one for one in states if one.id == form.form.id])
        if own and page.form is form:
            page.head.set_badges([(badge_words(own), tone_of(own.words))])

    jobs.start(page, lambda _task: signing.paper_states(desk, case), done=show, key="states")
