"""Sheets of a record that is in no case file: seen, printed, and offered to wait for their signatures."""

from __future__ import annotations

from sgz_desktop.actions import signing_sheets
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_week import unprintable_of
from sgz_desktop.actions.signing_sheets import Make
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.wait_offer import SheetSigning


def sheets_view(desk: Desk, title: str, of: tuple[str, str], make: Make, facts: str = "") -> PaperView:
    """The sheets that `make` reads of the record with a kind and an id."""
    kind, id = of
    signing = SheetSigning(
        desk, lambda progress: signing_sheets.sheets_to_sign(desk, id, kind, make, progress)
    )
    view = PaperView(
        title, facts, f"{title}-{desk.today()}.pdf", signing.make, lambda: unprintable_of(make())
    )
    signing.offer_on(view)
    return view
