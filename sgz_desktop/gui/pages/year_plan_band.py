"""What the survey puts into the year's plan, above a contract, activity or group that is being planned."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6

from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.surveys import YearPlan, year_plans
from sgz_desktop.gui import jobs
from sgz_desktop.gui.record_page import RecordPage
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.buttons import button

PLANNED = frozenset({"contract", "activity", "group"})
MOST_WORDS = 90


def show_year_plan(page: RecordPage, desk: Desk, kind: str, go: Callable[[str, object], object]) -> None:
    """Above the fields, once it is read; 看调研 calls `go`. A contract shows its own survey's."""
    if kind not in PLANNED or not allowed(desk.actor, "year_plans"):
        return

    def read() -> None:
        form = page.form.form if page.form else None
        contract = form.id if form and kind == "contract" and not form.new else ""
        jobs.start(
            page,
            lambda _task: year_plans(desk, contract),
            done=lambda found: _show(page, found[0], go) if found else None,
            key="year_plan",
        )

    page.ready.connect(read)


def _show(page: RecordPage, plan: YearPlan, go: Callable[[str, object], object]) -> None:
    if not shiboken6.isValid(page) or page.form is None or page.form.findChild(Band, "year_plan"):
        return
    words = " ".join(plan.plan.split())
    short = words if len(words) <= MOST_WORDS else words[: MOST_WORDS - 1] + "…"
    open_survey = button("看调研", on_click=lambda: go("station", ("survey", plan.survey)), small=True)
    band = Band(f"年度计划：{short}", icon="book", second=plan.title, actions=(open_survey,))
    band.setObjectName("year_plan")
    page.form.add_band(band)  # it scrolls away: where room is short the fields need it
