"""打印本表: the record in a form as a paper of its own."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from sgz_desktop.actions import papers_record
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.local_words import titled
from sgz_desktop.gui.dialogs.paper_dialog import PaperDialog, show_paper
from sgz_desktop.gui.forms import RecordForm
from sgz_desktop.gui.paper_pane import PaperView

SAVE_FIRST = "先保存，再打印。填的内容还在。"


def prints_alone(desk: Desk, form: RecordForm) -> bool:
    """Is there a paper of the record in a form, and may this worker print it?"""
    known = not form.form.new and form.form.kind in papers_record.PRINTED
    return known and allowed(desk.actor, "print_record")


def show_sheet(parent: QWidget, desk: Desk, kind: str, id: str, facts: str = "") -> PaperDialog:
    """The sheet of a record, seen before it is printed."""
    title = titled(kind)
    view = PaperView(
        title,
        facts,
        f"{title}-{desk.today()}.pdf",
        lambda progress: papers_record.print_record(desk, id, kind, progress),
        lambda: papers_record.unprintable_record(desk, id, kind),
    )
    return show_paper(parent, view)
