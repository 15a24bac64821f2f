"""出席表 on a page: who came to which session, saved while it is typed; what is doubtful is said at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from sgz_desktop.actions import groups
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.groups import Mark
from sgz_desktop.domain.attendance import Roll
from sgz_desktop.domain.edits import Changes
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.pages.attendance_table import HINTS, RollTable
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.key_hints import key_hints
from sgz_desktop.gui.widgets.labels import Elided
from sgz_desktop.gui.widgets.page_head import PageHead

REST_MS = 500  # after the last key, before what was typed is saved
NOBODY = "还没有组员或节次。先在小组里加组员，再新建一节。"
KEPT = "（照样保存，标为待核）"


class AttendancePage(QWidget):
    """`closed` on 返回, once all is saved."""

    closed = Signal()

    def __init__(self, desk: Desk, group: str, session: str = "") -> None:
        super().__init__()
        self.desk, self.group, self._session = desk, group, session
        self._saving: dict[tuple[str, str], Mark] = {}
        self._leaving = False
        self.table = RollTable()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.flush)
        self._build()
        self.table.marked.connect(self._marked)
        self.table.moved.connect(self._tell)
        self.table.left.connect(self.leave)
        self.read()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.S))
        self.head = PageHead("出席表", "", back=self.leave)
        self.fill = button("本节其余都到", "tonal", "check", self._fill)
        self.fill.setToolTip("本节其余都到（Shift+空格）")
        self.head.add_action(self.fill)
        column.addWidget(self.head)
        card = QFrame()
        card.setProperty("kind", "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(1, 1, 1, 1)
        self.empty = EmptyState(NOBODY, "doc")
        self.body = QStackedWidget()
        for part in (self.table, self.empty):
            self.body.addWidget(part)
        inner.addWidget(self.body)
        column.addWidget(card, 1)
        self.band = Band("", "warm")
        self.band.hide()
        column.addWidget(self.band)
        foot = QHBoxLayout()
        self.count, self.note = Elided("", "body", "plain"), Elided("", "second", "plain")
        foot.setSpacing(px(10))
        foot.addWidget(self.count, 2)
        foot.addWidget(self.note, 1)
        foot.addStretch(0)
        column.addLayout(foot)
        column.addWidget(key_hints(HINTS))

    def read(self) -> None:
        """Read the roll again."""
        desk, group = self.desk, self.group
        jobs.start(
            self,
            lambda _task: groups.group_roll(desk, group),
            done=self._show,
            failed=self._failed,
            key="roll",
        )

    def _failed(self, problem: BaseException) -> None:
        messages.show_problem(problem, self)
        self.closed.emit()

    def _show(self, roll: Roll) -> None:
        first = not self.table.rolls.roll.id
        self.head.set_facts(f"{roll.name}　出席率{roll.came.words}")
        self.table.set_roll(roll, self._session)
        here = bool(roll.sittings and roll.seats)
        self.body.setCurrentWidget(self.table if here else self.empty)
        may = allowed(self.desk.actor, "mark_attendance", kind="attendance")
        self.fill.setEnabled(here and may)
        self.table.setEnabled(may or not here)
        if first and here:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def _fill(self) -> None:
        self.table.fill_session()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _marked(self) -> None:
        self.note.setText("")
        self._rest.start()
        self._tell()

    def _tell(self) -> None:
        """The session the keyboard is on in numbers, and what is doubtful of it."""
        index, roll = self.table.currentIndex(), self.table.rolls.roll
        if not index.isValid():
            self.count.setText("")
            self.band.hide()
            return
        sitting, seat = self.table.rolls.at(index)
        came = roll.of_sitting(sitting)
        title = f"（{sitting.title}）" if sitting.title else ""
        self.count.setText(
            f"{roll.called(sitting)}{title}：已记{came.marked}人，到{came.came}人，出席率{came.words}"
        )
        doubts = [told for one in (seat, *roll.seats) if (told := roll.doubt(sitting, one))]
        self.band.setVisible(bool(doubts))
        if doubts:
            self.band.set_text(doubts[0] + KEPT)

    # Saving

    def flush(self) -> None:
        """Save what is typed so far."""
        self._rest.stop()
        model = self.table.rolls
        if self._saving or not model.unsaved:
            return
        desk, group, self._saving = self.desk, self.group, dict(model.unsaved)
        marks: Sequence[Mark] = tuple(self._saving.values())
        self.note.setText("正在保存")
        jobs.start(
            self,
            lambda _task: groups.mark_attendance(desk, group, marks),
            done=self._saved,
            failed=self._not_saved,
        )

    def _saved(self, changes: Changes) -> None:
        model = self.table.rolls
        for cell, mark in self._saving.items():
            now = model.unsaved.get(cell)
            if now == mark:
                del model.unsaved[cell]
            elif now is not None:
                model.unsaved[cell] = Mark(*cell, now.state, mark.state)
        self._saving = {}
        self.note.setText("刚有人也改过，两个都已保留。" if changes.conflicts else "已保存")
        self.head.set_facts(f"{model.roll.name}　出席率{model.roll.came.words}")
        self._go_on()

    def _not_saved(self, problem: BaseException) -> None:
        self._saving, self._leaving = {}, False
        self.note.setText("还没有保存，填的都还在。")
        messages.show_problem(problem, self)

    def _go_on(self) -> None:
        if self.table.rolls.unsaved:
            self.flush()
        elif self._leaving:
            self.closed.emit()

    def leave(self) -> None:
        """返回, after what was typed is saved."""
        self._leaving = True
        self.flush()
        if not self._saving:
            self.closed.emit()

    def on_changes(self, changes: Changes) -> None:
        """Marks, members or sessions may have been changed elsewhere."""
        if changes.touches("attendance", "group_member", "group_session", "group") and not self._saving:
            self.read()
