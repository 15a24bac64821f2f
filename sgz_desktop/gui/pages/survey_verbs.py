"""The verbs of the tab 需求调研: enter sheets, see what they say, print the questionnaire."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from sgz_desktop.actions import papers_survey
from sgz_desktop.gui.dialogs.paper_dialog import show_paper
from sgz_desktop.gui.pages.survey_entry import SurveyEntry
from sgz_desktop.gui.pages.survey_results import SurveyResults
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.widgets.buttons import button

if TYPE_CHECKING:
    from sgz_desktop.gui.pages.station_hub import StationHub

NONE = "请先选一次调研，或新建一次。"


def survey_verbs(hub: StationHub) -> Sequence[QPushButton]:
    """For the survey in front."""

    def of_survey(show: Callable[[str], None]) -> Callable[[], None]:
        def run() -> None:
            if id := hub.current_id():
                show(id)
            else:
                hub.said.emit(NONE, None)

        return run

    return (
        button("打印问卷", icon="print", on_click=of_survey(lambda id: print_questionnaire(hub, id))),
        button("看结果", icon="chart", on_click=of_survey(lambda id: show_results(hub, id)), key="Alt+J"),
        button("录入问卷", "tonal", "edit", of_survey(lambda id: enter_sheets(hub, id)), key="Alt+R"),
    )


def print_questionnaire(hub: StationHub, id: str) -> None:
    """The blank questionnaire over the list."""
    desk = hub.desk
    title = papers_survey.TITLE
    view = PaperView(
        title,
        "",
        f"{title}-{desk.today()}.pdf",
        lambda progress: papers_survey.print_questionnaire(desk, id, progress),
    )
    show_paper(hub, view, hub.said.emit)


def put(hub: StationHub, page: SurveyEntry | SurveyResults, back: Callable[[], None]) -> None:
    """A page in the place of the list."""
    page.closed.connect(back)
    page.said.connect(hub.said)
    hub.stack.put(page)


def enter_sheets(hub: StationHub, id: str) -> None:
    """Sheet after sheet."""
    put(hub, SurveyEntry(hub.desk, id), hub.back)


def show_results(hub: StationHub, id: str) -> None:
    """What the sheets say; a sheet opened from there comes back there."""
    page = SurveyResults(hub.desk, id)
    page.sheet_wanted.connect(
        lambda sheet: put(hub, SurveyEntry(hub.desk, id, sheet), lambda: show_results(hub, id))
    )
    put(hub, page, hub.back)
