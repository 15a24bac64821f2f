"""What is special to groups, activities and resources: names in a row, and their papers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from sgz_desktop.actions import handing_out, papers_activity, papers_handouts
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form
from sgz_desktop.actions.handing_out import ToSign
from sgz_desktop.actions.papers_activity import PARTS, TITLES
from sgz_desktop.domain import days
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.local_words import titled
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.paper_dialog import PaperDialog, show_paper
from sgz_desktop.gui.dialogs.tick_dialog import ask_which
from sgz_desktop.gui.names_jobs import open_handout, open_members, open_sign_in
from sgz_desktop.gui.record_page import RecordPage
from sgz_desktop.gui.record_print import SAVE_FIRST
from sgz_desktop.gui.sheets_view import sheets_view
from sgz_desktop.gui.undo import CAN_UNDO, offer_undo
from sgz_desktop.gui.widgets.buttons import button, menu_button
from sgz_desktop.gui.widgets.record_list import ListRow

if TYPE_CHECKING:
    from sgz_desktop.gui.pages.station_hub import StationHub

WORDS = {
    "plan": "活动方案",
    "blank": "签到表（空白）",
    "signed": "签到表（已签到）",
    "record": "活动记录与总结",
}


ALL_SIGNED = "领取的人都已签收，没有要勾选的。"


class ActivityPage(RecordPage):
    """An activity, its papers in a menu beside the form. `said` as of a page."""

    said = Signal(str, object)

    def __init__(self, desk: Desk, make: Callable[[], Form]) -> None:
        super().__init__(desk, None)
        self.papers = menu_button("文书", [(WORDS[one], self._shows(one)) for one in PARTS], icon="doc")
        self.papers.hide()
        self.names = button("快速签到", "tonal", "check", self.enter_names, key="Ctrl+B")
        self.names.hide()
        self.head.add_action(self.names)
        self.head.add_action(self.papers)
        self.head.add_action(self.save_button)  # the primary one is the last
        self.ready.connect(self._offer)
        self.load(make)

    def _offer(self) -> None:
        new = self.form is None or self.form.form.new
        self.papers.setVisible(not new and allowed(self.desk.actor, "activity_paper"))
        self.names.setVisible(not new and allowed(self.desk.actor, "enter_sign_ins"))
        self.sheet_button.hide()

    def enter_names(self) -> None:
        """Who came, as names in a row or heads counted."""
        if self.form is not None:
            open_sign_in(self, self.desk, self.form.form.id, _read_again(self))

    def _shows(self, part: str) -> Callable[[], object]:
        return lambda: self.show_part(part)

    def show_part(self, part: str) -> None:
        """One of the papers; what is typed and not saved would be missing on it."""
        if self.form is None:
            return
        if self.form.altered:
            self.draft_note.setText(SAVE_FIRST)
            return
        show_activity(self, self.desk, self.form.form.id, (part,))


class ResourcePage(RecordPage):
    """A resource, 物资发放表 beside the form. `said` as of a page."""

    said = Signal(str, object)

    def __init__(self, desk: Desk, make: Callable[[], Form]) -> None:
        super().__init__(desk, None)
        entries = (("发放表", "handout_paper", self.show_list), ("记签收", "sign_handouts", self.ask_signed))
        own = [(words, act) for words, asked, act in entries if allowed(desk.actor, asked)]
        self.list_button = menu_button("签收", own, icon="doc")
        self._lists = bool(own)
        self.list_button.hide()
        self.names = button("快速发放", "tonal", "check", self.enter_names, key="Ctrl+B")
        self.names.hide()
        self.head.add_action(self.names)
        self.head.add_action(self.list_button)
        self.head.add_action(self.save_button)  # the primary one is the last
        self.ready.connect(self._offer)
        self.load(make)

    def _offer(self) -> None:
        new = self.form is None or self.form.form.new
        self.list_button.setVisible(not new and self._lists)
        self.names.setVisible(not new and allowed(self.desk.actor, "enter_handouts"))

    def enter_names(self) -> None:
        """Who received of it, as names in a row."""
        if self.form is not None:
            open_handout(self, self.desk, self.form.form.id, _read_again(self))

    def ask_signed(self) -> None:
        """Tick who signed on the hand-out list."""
        if self.form is None:
            return
        desk, id = self.desk, self.form.form.id
        jobs.start(
            self, lambda _task: handing_out.handouts_to_sign(desk, id), done=self._tick_signed, key="unsigned"
        )

    def _tick_signed(self, found: Sequence[ToSign]) -> None:
        if not found:
            self.said.emit(ALL_SIGNED, None)
            return
        rows = [(one.id, _to_sign(one)) for one in found]
        ids = [one.id for one in found]
        ask_which(self, "哪些人已签收", rows, self._sign, ticked=ids, does="记为本人签名，", unit="人")

    def _sign(self, ids: Sequence[str]) -> None:
        desk = self.desk

        def done(changes: Changes) -> None:
            words = f"已记{len(ids)}人签收。{CAN_UNDO}"
            offer_undo(self, desk, self.said.emit, words, changes.edit, self.read_again)
            self.read_again()

        jobs.start(
            self,
            lambda _task: handing_out.sign_handouts(desk, ids),
            done=done,
            failed=lambda problem: messages.show_problem(problem, self),
        )

    def show_list(self) -> None:
        """The hand-out list."""
        if self.form is None:
            return
        if self.form.altered:
            self.draft_note.setText(SAVE_FIRST)
            return
        show_handouts(self, self.desk, self.form.form.id)


def _to_sign(one: ToSign) -> ListRow:
    day = days.show_day(one.date) if one.date else "日期未填"
    facts = "　".join(filter(None, (one.village, f"{one.quantity}" if one.quantity else "")))
    return ListRow(one.name or "（姓名未填）", facts, second=day)


def _read_again(page: ActivityPage | ResourcePage) -> Callable[[str, object], None]:
    def done(sentence: str, undo: object) -> None:
        page.said.emit(sentence, undo)
        page.read_again()

    return done


def show_activity(
    parent: QWidget, desk: Desk, id: str, parts: Sequence[str], said: Any = None
) -> PaperDialog:
    """Papers of an activity, seen before they are printed; `said(sentence, None)` hears what they tell."""
    make = partial(papers_activity.activity_paper, desk, id, parts)
    return show_paper(parent, sheets_view(desk, TITLES[parts[0]], ("activity", id), make), said)


def show_handouts(parent: QWidget, desk: Desk, id: str, said: Any = None) -> PaperDialog:
    """The hand-out list of a resource in the same way."""
    make = partial(papers_handouts.handout_paper, desk, id)
    return show_paper(parent, sheets_view(desk, papers_handouts.TITLE, ("resource", id), make), said)


def activity_verbs(hub: StationHub) -> Sequence[QPushButton]:
    """Names at the activity in front, and its empty sheet to take along."""
    return _verbs(
        hub,
        ("签到表", "activity_paper", lambda id: show_activity(hub, hub.desk, id, ("blank",), hub.said.emit)),
        ("快速签到", "enter_sign_ins", lambda id: open_sign_in(hub, hub.desk, id, _done(hub))),
    )


def group_verbs(hub: StationHub) -> Sequence[QPushButton]:
    """Names of members of the group in front."""
    if not allowed(hub.desk.actor, "enter_members"):
        return ()
    join = _on_row(hub, lambda id: open_members(hub, hub.desk, id, _done(hub)))
    return (button("快速加组员", "tonal", "plus", join, key="Ctrl+B"),)


def resource_verbs(hub: StationHub) -> Sequence[QPushButton]:
    """Names of those who receive of the resource in front, and its list on paper."""
    return _verbs(
        hub,
        ("发放表", "handout_paper", lambda id: show_handouts(hub, hub.desk, id, hub.said.emit)),
        ("快速发放", "enter_handouts", lambda id: open_handout(hub, hub.desk, id, _done(hub))),
    )


Verb = tuple[str, str, Callable[[str], object]]


def _verbs(hub: StationHub, printing: Verb, entering: Verb) -> list[QPushButton]:
    """Buttons for what this worker may do with the row in front."""
    made: list[QPushButton] = []
    for (words, action, do), kind, icon, key in (
        (printing, "quiet", "print", "Alt+P"),
        (entering, "tonal", "check", "Ctrl+B"),
    ):
        if allowed(hub.desk.actor, action):
            made.append(button(words, kind, icon, _on_row(hub, do), key=key))
    return made


def _on_row(hub: StationHub, do: Callable[[str], object]) -> Callable[[], object]:
    """Does it with the row in front, or says that there is none."""

    def run() -> None:
        if id := hub.current_id():
            do(id)
        else:
            hub.said.emit(f"请先选一行，没有就新建{titled(hub.kind)}。", None)

    return run


def _done(hub: StationHub) -> Callable[[str, object], None]:
    def done(sentence: str, undo: object) -> None:
        hub.said.emit(sentence, undo)
        hub.read()

    return done
