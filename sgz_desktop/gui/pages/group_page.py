"""A group: its form with the phases above and its sessions beside; the 出席表 and a session in its place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sgz_desktop.actions import forms, groups
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, Saved
from sgz_desktop.domain.attendance import PHASES, Roll, next_day
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.local_words import titled
from sgz_desktop.gui import jobs
from sgz_desktop.gui.dialogs.scores_dialog import enter_scores
from sgz_desktop.gui.forms import RecordForm
from sgz_desktop.gui.names_jobs import open_members
from sgz_desktop.gui.pages.attendance_page import AttendancePage
from sgz_desktop.gui.pages.form_stack import FormStack
from sgz_desktop.gui.pages.group_side import GroupSide
from sgz_desktop.gui.record_page import RecordPage, saved_sentence
from sgz_desktop.gui.theme import WidthClass
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.stage_bar import Stage, StageBar

SESSION_HIDES = frozenset({"group", "attendances"})  # the page knows the group; marks are the 出席表's


class GroupPage(QWidget):
    """`saved` and `closed` as of a RecordPage; `said` as of a page."""

    saved = Signal(object)
    closed = Signal()
    said = Signal(str, object)

    def __init__(self, desk: Desk, make: Callable[[], Form]) -> None:
        super().__init__()
        self.desk = desk
        self.roll = Roll("", "")
        self._awaited = ""  # a session to open once the group is read
        self.grid_button = button("出席表", "tonal", "check", self.open_grid, key="Alt+C")
        self.new_button = button("新建一节", "quiet", "plus", self.new_session, small=True)
        self.new_button.setVisible(allowed(desk.actor, "save_form", kind="group_session"))
        self.join_button = button("快速加组员", "quiet", "plus", self.add_members, key="Ctrl+B")
        self.join_button.setVisible(allowed(desk.actor, "enter_members"))
        self.score_button = button("记得分", "quiet", "edit", self.enter_scores, key="Alt+G", small=True)
        self.score_button.setVisible(allowed(desk.actor, "save_form", kind="group"))
        self.side = GroupSide(self.grid_button, self.new_button, self.join_button, self.score_button)
        self.side.session_wanted.connect(self.open_session)
        self.side.member_wanted.connect(self._go_to_members)
        self.phases = StageBar()
        self.phases.setAccessibleName("小组阶段")
        self.phases.picked.connect(self._pick)
        self.page = RecordPage(desk, make, side=self.side, above=self.phases)
        self.page.ready.connect(self._ready)
        self.page.saved.connect(self.saved)
        self.page.closed.connect(self.closed)
        self.stack = FormStack(self.page)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)
        self._show(self.roll)

    @property
    def form(self) -> RecordForm | None:
        """The form of the group."""
        return self.page.form

    def save(self) -> None:
        """As 保存."""
        self.page.save()

    def leave(self) -> None:
        """As 返回."""
        self.page.leave()

    def _ready(self) -> None:
        made = self.form is not None and not self.form.form.new
        for one in (self.grid_button, self.new_button, self.join_button):
            one.setEnabled(made)
            one.setToolTip("" if made else "先保存小组，再加组员、记节次和出席。")
        if made:
            self.read()

    def read(self) -> None:
        """Read the sessions and marks again."""
        if self.form is None or self.form.form.new:
            return
        desk, id = self.desk, self.form.form.id
        jobs.start(self, lambda _task: groups.group_roll(desk, id), done=self._show, key="roll")

    def _show(self, roll: Roll) -> None:
        self.roll = roll
        today = self.desk.today()
        self.side.show_roll(roll, today)
        now = PHASES.index(roll.furthest(today))
        words = code_list("group_phase")
        notes = {PHASES.index(one.phase): roll.called(one) for one in roll.held(today) if one.phase in PHASES}
        self.phases.set_stages(
            [
                Stage(
                    words.label(code),
                    "done" if at < now else "now" if at == now else "todo",
                    f"到{notes[at]}" if at in notes else "",
                )
                for at, code in enumerate(PHASES)
            ]
        )
        self.phases.setAccessibleName("小组阶段")
        if roll.id and self._awaited:
            session, self._awaited = self._awaited, ""
            self.open_session(session)

    def _pick(self, number: int) -> None:
        """A phase was picked: it is put into the form and saved with it."""
        if self.form is not None:
            self.form.body.boxes["phase"].put(PHASES[number])

    def _go_to_members(self) -> None:
        if self.form is not None:
            self.form.focus_field("members")

    def add_members(self) -> None:
        """Names in a row, however many they are."""
        if self.roll.id:
            open_members(self, self.desk, self.roll.id, self._joined)

    def enter_scores(self) -> None:
        """Scores before and after of all members."""
        if self.roll.id:
            enter_scores(self, self.desk, self.roll.id, self._joined)

    def _joined(self, sentence: str, undo: object) -> None:
        self.said.emit(sentence, undo)
        self.page.read_again()
        self.read()

    # In its place

    def open_grid(self, session: str = "") -> None:
        """The 出席表, on a session or on the one to be marked."""
        if self.roll.id:
            page = AttendancePage(self.desk, self.roll.id, session if isinstance(session, str) else "")
            page.closed.connect(self.back)
            self.stack.put(page)

    def new_session(self) -> None:
        """The next session, with what the group says of it."""
        if self.form is None or not self.roll.id:
            return
        desk, group = self.desk, self.form.form
        today = desk.today()
        phase = self.roll.furthest(today)
        known = {
            "group": group.id,
            "date": next_day(self.roll, today),
            "worker": group.values.get("worker") or desk.user,
            "place": group.values.get("place"),
            "phase": phase if phase != "preparing" else "forming",
        }
        values = {name: value for name, value in known.items() if value}
        self._put(lambda: forms.new_form(desk, "group_session", values))

    def open_when_read(self, id: str) -> None:
        """A session on file, once the group itself is read."""
        self._awaited = id

    def open_session(self, id: str) -> None:
        """A session on file."""
        desk = self.desk
        page = self._put(lambda: forms.form(desk, id, "group_session"))
        came = button("本节出席", "tonal", "check", lambda: self.open_grid(id), key="Alt+C")
        page.head.add_action(came)
        page.head.add_action(page.save_button)  # the primary one is the last

    def _put(self, make: Callable[[], Form]) -> RecordPage:
        title = titled("group_session")
        page = RecordPage(self.desk, make, title=title, facts=self.roll.name, hidden=SESSION_HIDES)
        page.saved.connect(self._session_saved)
        page.closed.connect(self.back)
        self.stack.put(page)
        return page

    def _session_saved(self, saved: Saved) -> None:
        """Next comes who was there, if it can have been held by now."""
        self.said.emit(saved_sentence(saved), None)
        new = saved.id not in {one.id for one in self.roll.sittings}
        if new and self.roll.seats and not self._to_come():
            self.open_grid(saved.id)
        else:
            self.back()

    def _to_come(self) -> bool:
        session = self.stack.over
        form = session.form if isinstance(session, RecordPage) else None
        day = str(form.body.boxes["date"].typed() or "") if form else ""
        return day[:10] > self.desk.today()

    def back(self) -> None:
        """The group again."""
        self.stack.take()
        self.read()

    def on_changes(self, changes: Changes) -> None:
        """Records changed."""
        self.page.on_changes(changes)
        self.stack.on_changes(changes)
        if changes.touches("group", "group_member", "group_session", "attendance"):
            self.read()

    def flush(self) -> None:
        """Keep what is typed."""
        self.page.flush()
        self.stack.flush()

    def set_compact(self, width: WidthClass) -> None:
        """Fold for a width class."""
        self.page.set_compact(width)
        self.stack.set_compact(width)
