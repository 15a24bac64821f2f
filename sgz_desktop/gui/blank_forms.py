"""空白表: which forms there are, ticked and printed to be filled in by hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from sgz_desktop.actions import papers_blank
from sgz_desktop.actions.desk import Desk
from sgz_desktop.gui.dialogs.paper_dialog import PaperDialog, show_paper
from sgz_desktop.gui.dialogs.tick_dialog import TickDialog, ask_which
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.widgets.record_list import ListRow


def ask_blanks(parent: QWidget, desk: Desk) -> TickDialog:
    """Let the person tick forms, then show them."""
    rows = [
        (kind, ListRow(title, second=papers_blank.about_form(kind)))
        for kind, title in papers_blank.blank_list()
    ]
    return ask_which(parent, "打印空白表", rows, lambda kinds: show_blanks(parent, desk, kinds))


def show_blanks(parent: QWidget, desk: Desk, kinds: Sequence[str]) -> PaperDialog:
    """Some blank forms as one paper."""
    view = PaperView(
        papers_blank.TITLE,
        f"{len(kinds)}种",
        f"{papers_blank.TITLE}-{desk.today()}.pdf",
        lambda progress: papers_blank.print_blanks(desk, kinds, progress),
    )
    return show_paper(parent, view)
