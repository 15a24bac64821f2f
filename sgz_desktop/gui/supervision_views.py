"""A supervisor's copy and the monthly sheet as papers of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from sgz_desktop.actions import copy_locks, supervision_copy, supervision_progress
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.supervision_copy import Copy, CopyStart, CopyWish
from sgz_desktop.domain import days
from sgz_desktop.domain.supervising import TITLE
from sgz_desktop.errors import AppError
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.tick_dialog import ask_which
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.theme import px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.inputs import Choice
from sgz_desktop.gui.widgets.record_list import ListRow

NOTED = "已记下督导件{}，给{}。"
NOT_NOTED, AGAIN = "这份已经给出，但没有记下编号。", "处理后请再保存一次。"
MONTHS = 12


def copy_view(desk: Desk, start: CopyStart, wish: CopyWish, password: str, facts: str) -> PaperView:
    """The copy of a case, saved under its password; once it is printed or saved it is written down."""
    made: list[Copy] = []
    only: list[str] = []

    def wanted() -> CopyWish:
        return replace(wish, only=tuple(only))

    def make(progress: Callable[[int, int], None]) -> bytes:
        made[:] = [supervision_copy.make_copy(desk, start.case, wanted(), progress)]
        return made[0].data

    def check() -> list[str]:
        return supervision_copy.unprintable_copy(desk, start.case, wanted())

    def finish(data: bytes) -> bytes:
        title = f"{TITLE} {made[0].number}"
        return copy_locks.lock(data, title, password) if password else copy_locks.cleared(data, title)

    def some(chosen: Sequence[str]) -> None:
        only[:] = [] if len(chosen) == len(start.sheets) else chosen
        view.pane.make(make, check)

    def ask() -> None:
        rows = [(number, ListRow(title, on, second=number)) for number, title, on in start.sheets]
        ticked = only or [number for number, _ in rows]
        ask_which(view, "给督导看哪几份", rows, some, ticked=ticked)

    view = PaperView(TITLE, facts, f"督导件-{start.number}.pdf", make, check)
    if password:
        view.head.set_facts(f"{facts}·保存的PDF要密码才能打开")
    view.pane.finish = finish
    view.add_action(button("选几份", icon="doc", on_click=ask, key="Alt+X"))
    view.pane.out.connect(lambda: _note(view, desk, made[0]))
    return view


def _note(view: PaperView, desk: Desk, copy: Copy) -> None:
    def failed(problem: BaseException) -> None:
        if isinstance(problem, AppError):
            problem = AppError(NOT_NOTED, f"{problem.message}{AGAIN}")
        messages.show_problem(problem, view)

    jobs.start(
        view,
        lambda _task: supervision_copy.note_copy(desk, copy),
        done=lambda _: view.said.emit(NOTED.format(copy.number, copy.recipient), None),
        failed=failed,
    )


def progress_view(desk: Desk) -> PaperView:
    """The cases of a month for supervisors; another month may be chosen beside it."""
    month = desk.today()[:7]
    months = [days.add_months(month, -back) for back in range(MONTHS)]
    choice = Choice([(one, days.show_day(one)) for one in months], value=month)
    choice.setAccessibleName("哪个月")
    choice.setMinimumWidth(px(150))

    def make(progress: Callable[[int, int], None]) -> bytes:
        return supervision_progress.print_progress(desk, str(chosen[0]), progress)

    chosen = [month]
    view = PaperView(supervision_progress.TITLE, "", f"个案进展一览表-{desk.today()}.pdf", make)
    view.add_action(choice)

    def turn() -> None:
        chosen[0] = str(choice.value() or month)
        view.pane.make(make)

    choice.changed.connect(turn)
    return view
