"""What is special to a kind in a `station_hub` section: the page of its records, verbs of its tab."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QPushButton

from sgz_desktop.actions import forms
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form
from sgz_desktop.gui import jobs
from sgz_desktop.gui.dialogs.paper_dialog import show_paper
from sgz_desktop.gui.pages.activity_parts import (
    ActivityPage,
    ResourcePage,
    activity_verbs,
    group_verbs,
    resource_verbs,
)
from sgz_desktop.gui.pages.check_verbs import check_verbs
from sgz_desktop.gui.pages.group_page import GroupPage
from sgz_desktop.gui.pages.list_page import ListPage
from sgz_desktop.gui.pages.station_contract import catalogue_verbs, contract_of_today, contract_verbs
from sgz_desktop.gui.pages.supervision_page import SupervisionPage
from sgz_desktop.gui.pages.survey_verbs import survey_verbs
from sgz_desktop.gui.pages.volunteer_parts import VolunteerPage, hours_verbs, service_verbs
from sgz_desktop.gui.record_page import RecordPage

if TYPE_CHECKING:
    from sgz_desktop.gui.pages.station_hub import StationHub

NO_GROUP = "这一节没有写明是哪个小组的。"
MakePage = Callable[[Desk, Callable[[], Form]], RecordPage | GroupPage]
MakeVerbs = Callable[["StationHub"], Sequence[QPushButton]]


def plain_page(desk: Desk, make: Callable[[], Form]) -> RecordPage:
    """The form alone."""
    return RecordPage(desk, make)


def no_verbs(_hub: StationHub) -> Sequence[QPushButton]:
    """Nothing beside 新建."""
    return ()


def nothing_known(_hub: StationHub) -> dict[str, Any]:
    """A new record starts empty."""
    return {}


@dataclass(frozen=True)
class Part:
    """`page` makes the page of a record, `verbs` the buttons its tab has beside 新建, `known` what a new
    record starts with."""

    page: MakePage = plain_page
    verbs: MakeVerbs = no_verbs
    known: Callable[[StationHub], dict[str, Any]] = nothing_known


PARTS: Mapping[str, Part] = {
    "evaluation_table": Part(verbs=check_verbs, known=contract_of_today),
    "supervision": Part(SupervisionPage),
    "survey": Part(verbs=survey_verbs, known=contract_of_today),
    "activity": Part(ActivityPage, activity_verbs),
    "resource": Part(ResourcePage, resource_verbs),
    "group": Part(GroupPage, group_verbs),
    "volunteer": Part(VolunteerPage, hours_verbs),
    "volunteer_service": Part(verbs=service_verbs),
    "contract": Part(verbs=contract_verbs),
    "spending": Part(known=contract_of_today),
    "service_item": Part(verbs=catalogue_verbs),
}


def remarks_panel(hub: StationHub) -> ListPage:
    """督导意见 of all cases, as it stands in 个案 too."""
    from sgz_desktop.gui.pages.remarks_page import RemarksPage

    panel = RemarksPage(hub.desk)
    panel.stand_in_tab()
    panel.said.connect(hub.said)
    panel.go.connect(hub.go)
    panel.paper_wanted.connect(lambda view: show_paper(hub, view, hub.said.emit))
    return panel


MakePanel = Callable[["StationHub"], ListPage]
PANELS: Mapping[str, Sequence[tuple[str, MakePanel]]] = {"supervision": (("个案督导意见", remarks_panel),)}


def open_at_session(hub: StationHub, id: str) -> None:
    """The group of a session, opened at the session; 返回 leads to the group."""
    desk = hub.desk

    def show(session: Form) -> None:
        group = str(session.values.get("group") or "")
        if not group:
            hub.said.emit(NO_GROUP, None)
            return
        hub.open_record("group", group)
        page = hub.stack.over
        if isinstance(page, GroupPage):
            page.open_when_read(id)

    jobs.start(
        hub,
        lambda _task: forms.form(desk, id, "group_session"),
        done=show,
        failed=hub.not_there,
        key="session",
    )


def part_of(kind: str) -> Part:
    """What is special to a kind; nothing for most."""
    return PARTS.get(kind, Part())
