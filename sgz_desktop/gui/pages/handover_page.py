"""交接个案: whose cases, which of them, to whom and why; then one sheet each, signed by both."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from sgz_desktop.actions import cases, forms, handover
from sgz_desktop.actions.cases import CaseLine
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.handover import Handed
from sgz_desktop.actions.handover_sheet import HandoverDraft
from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.edits import Changes
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.field_grid import FieldGrid
from sgz_desktop.gui.form_drafts import DraftKeeper
from sgz_desktop.gui.pages.handover_notes import HandoverNotes
from sgz_desktop.gui.refusals import show_refusal
from sgz_desktop.gui.theme import Space, WidthClass, px
from sgz_desktop.gui.widgets.buttons import button, menu_button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import Choice, LineEdit, Tick
from sgz_desktop.gui.widgets.page_head import PageHead
from sgz_desktop.gui.widgets.reflow import SideBySide
from sgz_desktop.gui.widgets.scroll import Scroll
from sgz_desktop.gui.widgets.tab_order import tab_through

SIDE = 372
SOMEBODY_ELSE = ""
DRAFT = ("handover", "new:batch")
TOLD = "个案和没做完的待办会一起转给接手人。"


class HandoverPage(QWidget):
    """`handed(make)` after the commit, with what gives the sheets; `closed` on 返回."""

    handed = Signal(object)
    closed = Signal()
    said = Signal(str, object)

    def __init__(self, desk: Desk, case: str = "") -> None:
        super().__init__()
        self._desk, self._first = desk, case
        self._keeper = DraftKeeper(desk, DRAFT)
        self._lines: Sequence[CaseLine] = ()
        self._typed_before: Mapping[str, Mapping[str, str]] = {}
        self.ticks: dict[str, Tick] = {}
        self.notes: dict[str, HandoverNotes] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        self.head = PageHead("交接个案", TOLD, back=self.leave)
        self.go = button("交接并打印", "primary", "check", self.submit, key="Ctrl+S")
        self.go.setEnabled(False)
        self.head.add_action(self.go)
        column.addWidget(self.head)
        self._choice = self._make_choice()
        self._body = SideBySide(self._make_notes(), self._choice, SIDE, side_first=True, scrolls=False)
        column.addWidget(self._body, 1)
        jobs.start(self, lambda _task: _open(desk), done=self._show, failed=self._failed, key="open")

    def offer_others(self, card: Callable[[], None], receive: Callable[[], None]) -> None:
        """Between stations: this one's card, and a case that came from another."""
        self.others = menu_button("别的社工站", [("接收转来的个案…", receive), ("写本站名片…", card)])
        row = self.head.layout()
        row.insertWidget(row.indexOf(self.go), self.others)

    def _make_choice(self) -> Card:
        card = Card()
        self.giver = Choice(placeholder="请选移交人")
        self.receiver, self.name = Choice(placeholder="请选接手人"), LineEdit("接手人姓名")
        self.reason = Choice(
            [(one.code, one.label) for one in code_list("handover_reason").items], "请选原因"
        )
        self.day = LineEdit("例如2026-6-30")
        self.day.set_value(days.show_day(self._desk.today()))
        self.fields = {
            "from_worker": FieldFrame("移交人", self.giver),
            "to_worker": FieldFrame("交给谁", self.receiver, required=True),
            "name": FieldFrame("姓名", self.name, required=True),
            "reason": FieldFrame("原因", self.reason),
            "handed_on": FieldFrame("交接日期", self.day),
        }
        card.add(FieldGrid([(field, False) for field in self.fields.values()], 3))
        card.body.addStretch(1)
        self.giver.changed.connect(self._list_cases)
        self.receiver.changed.connect(self._turn)
        return card

    def _make_notes(self) -> Card:
        card = Card("哪些个案", margin=14)
        self.which = card
        self._scroll = Scroll()
        self._list = self._scroll.body
        self._list.setSpacing(px(Space.S))
        self.empty = EmptyState("没有在办的个案可以交接。", "case", "开了个案以后，在这里选交给谁。")
        card.add(self._scroll, 1)
        card.add(self.empty, 1)
        self.empty.hide()
        return card

    def _show(self, opened: tuple[Sequence[CaseLine], tuple[str, ...], Mapping[str, Any]]) -> None:
        lines, others, draft = opened
        self._lines = [line for line in lines if line.open]
        self._typed_before = draft.get("notes", {})
        first = next((line.worker for line in self._lines if line.id == self._first), "")
        givers = list(dict.fromkeys(line.worker for line in self._lines))
        self.receiver.set_options([*((name, name) for name in others), (SOMEBODY_ELSE, "其他人（写姓名）")])
        self.receiver.set_value(draft.get("to") if draft.get("to") in others else (None if others else ""))
        self.name.set_value(str(draft.get("name") or ""))
        self.reason.set_value(draft.get("reason"))
        if draft.get("day"):
            self.day.set_value(str(draft["day"]))
        self.giver.set_options([(name, name or "（没有写主责）") for name in givers])
        mine = self._desk.user if self._desk.user in givers else next(iter(givers), None)
        self.giver.set_value(draft.get("from") or first or mine)
        self._turn()
        self._list_cases()
        self.go.setEnabled(True)
        for id in (*self._typed_before, self._first):
            if id in self.ticks:
                self.ticks[id].set_value(True)
        (self.receiver if others else self.name).setFocus()

    def _failed(self, problem: BaseException) -> None:
        messages.show_problem(problem, self)
        self.closed.emit()

    def _turn(self) -> None:
        self.fields["name"].setVisible(self.receiver.value() == SOMEBODY_ELSE)

    def _list_cases(self) -> None:
        """The open cases of whoever hands over; nothing is ticked."""
        while item := self._list.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        self.ticks, self.notes = {}, {}
        shown = [line for line in self._lines if line.worker == self.giver.value()]
        self.which.set_title("哪些个案", f"在办{len(shown)}个，勾选后写交代的话")
        for line in shown:
            tick = Tick(_words(line))
            tick.toggled.connect(lambda on, id=line.id: self._pick(id, on))
            self.ticks[line.id] = tick
            self._list.addWidget(tick)
        self._list.addStretch(1)
        self._scroll.setVisible(bool(shown))
        self.empty.setVisible(not shown)
        self._say_count()

    def _pick(self, id: str, on: bool) -> None:
        if not on:
            self._drop(id)
            return
        desk = self._desk

        def add(drafts: tuple[HandoverDraft, ...]) -> None:
            if id not in self.notes and id in self.ticks and self.ticks[id].value():
                self.notes[id] = HandoverNotes(drafts[0], self._typed_before.get(id))
                self._list.insertWidget(self._list.indexOf(self.ticks[id]) + 1, self.notes[id])
                tab_through((self.ticks[id], *self.notes[id].areas.values()))
                self._say_count()

        jobs.start(self, lambda _task: handover.handover_drafts(desk, [id]), done=add, key=f"draft-{id}")

    def _drop(self, id: str) -> None:
        if gone := self.notes.pop(id, None):
            gone.hide()
            gone.deleteLater()
        self._say_count()

    def _say_count(self) -> None:
        count = len(self.notes)
        self.go.setText("\u2009" + (f"交接{count}个并打印" if count else "交接并打印"))
        self.go.setAccessibleName(f"交接{count}个并打印" if count else "交接并打印")

    @property
    def to(self) -> str:
        """Who takes over, '' when nobody is chosen."""
        chosen = self.receiver.value()
        return self.name.value().strip() if chosen == SOMEBODY_ELSE else str(chosen or "")

    def submit(self) -> None:
        """Check, hand over, and show the sheets."""
        for field in self.fields.values():
            field.set_error("")
        if not self.to:
            wanted = "name" if self.receiver.value() == SOMEBODY_ELSE else "to_worker"
            self.fields[wanted].refuse("请填写交给谁。")
            return
        desk, to, ids = self._desk, self.to, list(self.notes)
        typed = {"handed_on": self.day.value(), "reason": self.reason.value()}
        notes = {id: one.notes() for id, one in self.notes.items()}
        keeper = self._keeper
        self.go.set_busy("正在交接")

        def work(_task: jobs.Task) -> Handed:
            return keeper.saving_new(lambda: handover.hand_over(desk, ids, to, typed, notes))

        jobs.start(self, work, done=self._done, failed=self._refused)

    def _done(self, made: Handed) -> None:
        self.said.emit(f"已交接{len(made.ids)}个个案，请打印后双方签字。", None)
        self.handed.emit(made)

    def _refused(self, problem: BaseException) -> None:
        self.go.set_busy("")
        show_refusal(problem, self.fields, self)

    def leave(self) -> None:
        """返回: what is typed is kept as a draft."""
        self.flush()
        self.closed.emit()

    def flush(self) -> None:
        """Keep the draft now, where a case is chosen."""
        if self.notes:
            body = {
                "from": self.giver.value(),
                "to": self.receiver.value(),
                "name": self.name.value(),
                "reason": self.reason.value(),
                "day": self.day.value(),
                "notes": {id: one.notes() for id, one in self.notes.items()},
            }
            self._keeper.keep(body, lambda: None, lambda _problem: None)

    def on_changes(self, changes: Changes) -> None:
        """What is being written stays as it is."""

    def set_compact(self, width: WidthClass) -> None:
        """Fold for a width class."""
        self._body.set_compact(width)
        low = QSizePolicy.Policy.Maximum if width.stacked else QSizePolicy.Policy.Preferred
        self._choice.setSizePolicy(QSizePolicy.Policy.Preferred, low)


def _words(line: CaseLine) -> str:
    risk = "·高风险" if line.risk == "high" else ""
    return f"{line.name}·{line.number}·{line.stage_label}{risk}"


def _open(desk: Desk) -> tuple[Sequence[CaseLine], tuple[str, ...], Mapping[str, Any]]:
    draft = forms.find_draft(desk, *DRAFT)
    return cases.case_lines(desk), handover.colleagues(desk), draft.body if draft else {}
