"""What is special to volunteers and their hours: many at once, tables taken in, the proof."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from sgz_desktop.actions import volunteers
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form
from sgz_desktop.actions.volunteers import ToRecord
from sgz_desktop.domain import days
from sgz_desktop.domain.edits import Changes
from sgz_desktop.gui import jobs
from sgz_desktop.gui.dialogs.paper_dialog import show_paper
from sgz_desktop.gui.dialogs.roster_dialog import import_list, may_import
from sgz_desktop.gui.dialogs.services_dialog import enter_services
from sgz_desktop.gui.dialogs.tick_dialog import ask_which
from sgz_desktop.gui.pages.aid_form import leaving_view
from sgz_desktop.gui.record_page import RecordPage, called
from sgz_desktop.gui.record_print import SAVE_FIRST
from sgz_desktop.gui.undo import CAN_UNDO, offer_undo
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.record_list import ListRow

if TYPE_CHECKING:
    from sgz_desktop.gui.pages.station_hub import StationHub

ALL_RECORDED = "服务记录都已录到平台，没有要勾选的。"
NONE_YET = "还没有志愿服务记录，请先新建一条。"


class VolunteerPage(RecordPage):
    """A volunteer, with 服务证明 beside the form of registration."""

    def __init__(self, desk: Desk, make: Callable[[], Form]) -> None:
        super().__init__(desk, None)
        self.proof_button = button("服务证明", "quiet", "doc", self.show_proof, key="Alt+P")
        self.proof_button.hide()
        self.head.add_action(self.proof_button)
        self.head.add_action(self.save_button)  # the primary one is the last
        self.ready.connect(self._offer)
        self.load(make)

    def _offer(self) -> None:
        new = self.form is None or self.form.form.new
        self.proof_button.setVisible(not new and allowed(self.desk.actor, "print_leaving"))

    def show_proof(self) -> None:
        """The proof of what the volunteer gave."""
        if self.form is None:
            return
        if self.form.altered:
            self.draft_note.setText(SAVE_FIRST)
            return
        show_paper(self, leaving_view(self.desk, "volunteer", self.form.form.id, called(self)))


def hours_verbs(hub: StationHub) -> Sequence[QPushButton]:
    """One service for many volunteers, and tables of hours kept elsewhere."""

    def done(sentence: str, undo: object) -> None:
        hub.said.emit(sentence, undo)
        hub.read()

    verbs: list[QPushButton] = []
    if may_import(hub.desk):
        verbs.append(
            button("导入时长表", icon="up", on_click=lambda: import_list(hub, hub.desk, done), key="Ctrl+I")
        )
    if allowed(hub.desk.actor, "enter_services"):
        verbs.append(
            button("批量记服务", "tonal", "check", lambda: enter_services(hub, hub.desk, done), key="Ctrl+B")
        )
    return verbs


def service_verbs(hub: StationHub) -> Sequence[QPushButton]:
    """As for volunteers, and which services the platform of the country has by now."""
    if not allowed(hub.desk.actor, "record_on_platform"):
        return hours_verbs(hub)
    made = button("已录平台", "quiet", "check", lambda: ask_recorded(hub), key="Alt+L")
    made.setToolTip("勾选已经录到全国志愿服务信息系统的（Alt+L）")
    return [made, *hours_verbs(hub)]


def ask_recorded(hub: StationHub) -> None:
    """Tick the services that are on the platform by now."""
    desk = hub.desk

    def show(found: Sequence[ToRecord]) -> None:
        if not found:
            hub.said.emit(ALL_RECORDED if hub.card.lines else NONE_YET, None)
            return
        rows = [(one.id, _row(one)) for one in found]
        ask_which(hub, "哪些已经录到平台", rows, take, does="记为已录", unit="条")

    def take(ids: Sequence[str]) -> None:
        jobs.start(
            hub,
            lambda _task: volunteers.record_on_platform(desk, ids),
            done=lambda changes: told(len(ids), changes),
            failed=hub.not_there,
        )

    def told(count: int, changes: Changes) -> None:
        words = f"{count}条已记为录入平台。{CAN_UNDO}"
        offer_undo(hub, desk, hub.said.emit, words, changes.edit, hub.read)
        hub.read()

    jobs.start(hub, lambda _task: volunteers.services_to_record(desk), done=show, key="unrecorded")


def _row(one: ToRecord) -> ListRow:
    return ListRow(
        one.name or "（姓名未填）",
        days.show_day(one.date),
        second="　".join(filter(None, (days.show_minutes(one.minutes), one.what))),
    )
