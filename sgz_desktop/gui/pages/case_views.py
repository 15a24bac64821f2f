"""The handover sheets of cases as a page of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sgz_desktop.actions import handover
from sgz_desktop.actions.desk import Desk
from sgz_desktop.gui.paper_pane import PaperView


def sheets_view(desk: Desk, make: Callable[[], Any], facts: str) -> PaperView:
    """Handover sheets; `make` reads them, or has them."""
    return PaperView(
        "个案交接表",
        facts,
        f"个案交接表-{desk.today()}.pdf",
        lambda progress: handover.print_sheets(make(), progress),
        lambda: handover.unprintable_of(make()),
    )
