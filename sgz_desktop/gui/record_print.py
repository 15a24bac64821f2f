"""打印本表: the record in a form as a paper of its own."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from sgz_desktop.actions import papers_record, signing_alone
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.signing import PaperState
from sgz_desktop.actions.signing_sorts import sort_of_record
from sgz_desktop.domain.local_words import titled
from sgz_desktop.domain.signing import UNPRINTED
from sgz_desktop.gui import jobs
from sgz_desktop.gui.dialogs.paper_dialog import PaperDialog, show_paper
from sgz_desktop.gui.forms import RecordForm
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.signing_words import badge_words, tone_of
from sgz_desktop.gui.wait_offer import SheetSigning
from sgz_desktop.gui.widgets.page_head import PageHead

SAVE_FIRST = "先保存，再打印。填的内容还在。"


def prints_alone(desk: Desk, form: RecordForm) -> bool:
    """Is there a paper of the record in a form, and may this worker print it?"""
    known = not form.form.new and form.form.kind in papers_record.PRINTED
    return known and allowed(desk.actor, "print_record")


def show_sheet(parent: QWidget, desk: Desk, kind: str, id: str, facts: str = "") -> PaperDialog:
    """The sheet of a record, seen before it is printed."""
    title = titled(kind)
    signing = SheetSigning(
        desk,
        lambda progress: signing_alone.record_to_sign(desk, id, kind, progress),
        lambda progress: papers_record.print_record(desk, id, kind, progress),
    )
    view = PaperView(
        title,
        facts,
        f"{title}-{desk.today()}.pdf",
        signing.make,
        lambda: papers_record.unprintable_record(desk, id, kind),
    )
    signing.offer_on(view)
    return show_paper(parent, view)


def show_alone_state(head: PageHead, form: RecordForm, desk: Desk) -> None:
    """The head says how far the paper of a record is that stands in no case file, once it was printed."""
    kind, id = form.form.kind, form.form.id
    if form.form.new or not sort_of_record(kind) or not allowed(desk.actor, "alone_state"):
        return

    def show(state: PaperState | None) -> None:
        if state and state.state != UNPRINTED:
            head.set_badges([(badge_words(state), tone_of(state.words))])

    jobs.start(form, lambda _task: signing_alone.alone_state(desk, id, kind), done=show, key="alone")
