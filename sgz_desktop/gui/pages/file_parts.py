"""Case files in part and in number: sheets of one file to be ticked, and the files of several cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from sgz_desktop.actions import papers
from sgz_desktop.actions.cases import CaseLine, CasePage
from sgz_desktop.actions.desk import Desk
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.paper_dialog import show_paper
from sgz_desktop.gui.dialogs.progress_dialog import run_with_progress
from sgz_desktop.gui.dialogs.tick_dialog import ask_which
from sgz_desktop.gui.paper_pane import PaperView, ask_pdf_path, saved_words, strange_words
from sgz_desktop.gui.wait_offer import FileSigning
from sgz_desktop.gui.widgets.buttons import Button, button
from sgz_desktop.gui.widgets.record_list import ListRow

OPENING = (("cover", "封面", "编号、主责和保管期限"), ("contents", "目录", "全卷的文件和页次"))


def file_view(desk: Desk, page: CasePage, facts: str) -> tuple[PaperView, Button]:
    """The whole file of a case, and the button by which some of its sheets are printed alone: their pages
    keep their numbers."""
    id, number = page.form.id, str(page.form.values.get("number") or "")
    signing = FileSigning(desk)

    def make(progress: Callable[[int, int], None], only: Sequence[str] = ()) -> bytes:
        return papers.print_case_file(desk, id, progress, only, signing.anew())

    view = PaperView(
        "个案档案",
        facts,
        f"个案档案-{number}-{desk.today()}.pdf",
        make,
        lambda: papers.unprintable_in(desk, id),
    )
    signing.offer_on(view)
    return view, _offer_parts(view, desk, id, make)


def _offer_parts(view: PaperView, desk: Desk, case: str, make: Callable[..., bytes]) -> Button:
    def shown(found: Sequence[tuple[str, ListRow]]) -> None:
        ask_which(view, "打印哪几份", found, some, ticked=[number for number, _ in found])

    def some(only: Sequence[str]) -> None:
        view.pane.make(lambda progress: make(progress, only))

    def ask() -> None:
        jobs.start(view, lambda _task: _sheets(desk, case), done=shown, key="sheets")

    made = button("选几份", icon="doc", on_click=ask, key="Alt+X")
    view.add_action(made)
    return made


def _sheets(desk: Desk, case: str) -> list[tuple[str, ListRow]]:
    """Cover, contents and sheets of a file; not for the GUI thread."""
    file = papers.case_file(desk, case)
    opening = [(name, ListRow(words, second=says)) for name, words, says in OPENING]
    return opening + [(one.number, ListRow(one.title, one.on, second=one.number)) for one in file.sheets]


def ask_files(
    parent: QWidget, desk: Desk, lines: Sequence[CaseLine], said: Callable[[str, object], None]
) -> None:
    """Let the person tick cases of the list, then make their files as one PDF, to be seen or saved."""
    rows = [(one.id, ListRow(one.name, one.stage_label, second=one.number)) for one in lines]
    if rows:
        ask_which(
            parent,
            "打印哪些个案的档案",
            rows,
            lambda ids: show_files(parent, desk, ids, said),
            unit="卷",
            save=lambda ids: save_files(parent, desk, ids, said),
        )


def show_files(parent: QWidget, desk: Desk, ids: Sequence[str], said: Callable[[str, object], None]) -> None:
    """The files of some cases as one PDF."""
    signing, odd = FileSigning(desk), list[str]()

    def make(progress: Callable[[int, int], None]) -> bytes:
        return papers.print_case_files(desk, ids, progress, odd, signing.anew())

    view = PaperView(
        "个案档案",
        f"{len(ids)}卷",
        f"个案档案-{len(ids)}卷-{desk.today()}.pdf",
        make,
        lambda: odd,
        "卷",
    )
    signing.offer_on(view)
    show_paper(parent, view, said)


def save_files(parent: QWidget, desk: Desk, ids: Sequence[str], said: Callable[[str, object], None]) -> None:
    """The same straight into a file: however many there are, one is held at a time."""
    path = ask_pdf_path(parent, f"个案档案-{len(ids)}卷-{desk.today()}.pdf")
    if path is None:
        return
    signing, odd = FileSigning(desk), list[str]()

    def work(task: jobs.Task) -> None:
        papers.save_case_files(
            desk,
            ids,
            path,
            lambda done, total: task.step(done, total, f"已排好{done}卷"),
            odd,
            signing.anew(),
        )

    def done(_result: object) -> None:
        said(saved_words(path), None)
        if odd:
            messages.tell(parent, strange_words(odd))
        signing.ask(parent, said)

    run_with_progress(parent, "正在保存档案", work, done)
