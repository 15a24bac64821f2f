"""The papers of cases as pages of their own: the file of one, and handover sheets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sgz_desktop.actions import handover, papers
from sgz_desktop.actions.cases import CasePage
from sgz_desktop.actions.desk import Desk
from sgz_desktop.gui.paper_pane import PaperView


def file_view(desk: Desk, page: CasePage, facts: str) -> PaperView:
    """The whole file of a case."""
    id, number = page.form.id, str(page.form.values.get("number") or "")
    return PaperView(
        "个案档案",
        facts,
        f"个案档案-{number}-{desk.today()}.pdf",
        lambda progress: papers.print_case_file(desk, id, progress),
        lambda: papers.unprintable_in(desk, id),
    )


def sheets_view(desk: Desk, make: Callable[[], Any], facts: str) -> PaperView:
    """Handover sheets; `make` reads them, or has them."""
    return PaperView(
        "个案交接表",
        facts,
        f"个案交接表-{desk.today()}.pdf",
        lambda progress: handover.print_sheets(make(), progress),
        lambda: handover.unprintable_of(make()),
    )
