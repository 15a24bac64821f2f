"""The handover sheets of cases as a page of their own."""

from __future__ import annotations

from collections.abc import Sequence

from sgz_desktop.actions import handover
from sgz_desktop.actions.desk import Desk
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.wait_offer import HandoverSigning


def sheets_view(desk: Desk, ids: Sequence[str], facts: str) -> PaperView:
    """The sheets of some handovers by their ids."""
    signing = HandoverSigning(desk, ids)
    view = PaperView(
        "个案交接表",
        facts,
        f"个案交接表-{desk.today()}.pdf",
        signing.make,
        lambda: handover.unprintable_of(handover.handover_sheets(desk, ids)),
    )
    signing.offer_on(view)
    return view
