"""督导记录: the form, a band that names words which may tell who a client is, advice as tasks beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sgz_desktop.actions import supervision_work
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form
from sgz_desktop.actions.supervision_work import AdviceTask, Raised
from sgz_desktop.domain import days, workdays
from sgz_desktop.domain.edits import Changes
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.task_dialog import edit_task
from sgz_desktop.gui.record_page import RecordPage
from sgz_desktop.gui.record_print import SAVE_FIRST
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.undo import CAN_UNDO, offer_undo
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import LineEdit
from sgz_desktop.gui.widgets.labels import paragraph
from sgz_desktop.gui.widgets.text_row import RowWords, TextRow

NAMELESS = ("topics", "discussion", "advice")  # fields that name no client
NAMED = ("supervisor", "attendees")
REST_MS = 700
MOST_WORDS = 4
IN_DAYS = 10  # working days advice is given by itself
HOW = "建议按行拆成待办，已经列过的不会再列。"


class SupervisionPage(RecordPage):
    """`said` tells what was done. Nothing is refused for what the band names."""

    said = Signal(str, object)

    def __init__(self, desk: Desk, make: Callable[[], Form]) -> None:
        self.band = Band("", "warm", second="督导记录不写可识别服务对象的信息，可改成化名；不改也能保存。")
        self.band.hide()
        self.side = AdviceSide(desk)
        super().__init__(desk, None, above=self.band, side=self.side)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.look)
        self.side.wanted.connect(self._raise)
        self.side.said.connect(self.said)
        self.ready.connect(self._begin)
        self.load(make)

    def _begin(self) -> None:
        assert self.form is not None
        self.form.body.build_all()
        self.form.edited.connect(self._rest.start)
        self.side.show_record(self.form.form)
        self.look()

    def look(self) -> None:
        """Look for words that may tell who a client is, beside the typing."""
        if self.form is None:
            return
        text = "\n".join(self._says(name) for name in NAMELESS)
        known = [one for name in NAMED for one in self._says(name).replace("，", "、").split("、")]
        desk = self.desk
        jobs.start(
            self,
            lambda _task: supervision_work.telling_words(desk, text, known),
            done=self._warn,
            failed=lambda _problem: None,  # a reminder that fails keeps nobody from writing
            key="telling",
        )

    def _says(self, name: str) -> str:
        box = self.form.body.all_boxes().get(name) if self.form else None
        return str(box.typed() or "") if box else ""

    def _warn(self, words: Sequence[str]) -> None:
        shown = "、".join(f"“{word}”" for word in words[:MOST_WORDS])
        more = f"等{len(words)}处" if len(words) > MOST_WORDS else ""
        self.band.set_text(f"可能认出服务对象：{shown}{more}", self.band.second())
        self.band.setVisible(bool(words))

    def _raise(self, day: str) -> None:
        if self.form is None:
            return
        if self.form.altered:
            self.draft_note.setText(SAVE_FIRST.replace("打印", "列待办"))
            return
        desk, id = self.desk, self.form.form.id
        jobs.start(
            self,
            lambda _task: supervision_work.raise_advice(desk, id, day, desk.user),
            done=self._raised,
            failed=lambda problem: messages.show_problem(problem, self),
            key="raise",
        )

    def _raised(self, found: Raised) -> None:
        words = f"已列{found.new}件待办。{CAN_UNDO}" if found.new else "建议都已列成待办，没有重复列。"
        offer_undo(self, self.desk, self.said.emit, words, found.changes.edit, self.side.read)
        self.side.read()

    def on_changes(self, changes: Changes) -> None:
        super().on_changes(changes)
        self.side.read()


class AdviceSide(Card):
    """The tasks of one supervision; `wanted(day)` asks for those not listed yet."""

    wanted = Signal(str)
    said = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__("督导建议的待办")
        self._desk, self._id = desk, ""
        self.add(paragraph(HOW, "body", "plain"))
        self.day = LineEdit("例如2026-7-15")
        self.add(FieldFrame("完成日期", self.day))
        self.do = button("建议转成待办", "tonal", "check", self._want, key="Alt+T")
        self.add(self.do)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(px(Space.S))
        self.add(self._rows)
        self.body.addStretch(1)

    def show_record(self, form: Form) -> None:
        """Of which supervision they are; one that is new has none yet."""
        self._id = "" if form.new else form.id
        default = workdays.add_workdays(self._desk.today(), IN_DAYS)
        self.day.set_value(days.show_day(default))
        may = allowed(self._desk.actor, "raise_advice")
        self.do.setEnabled(may and not form.new)
        self.read()

    def read(self) -> None:
        """Read the tasks again."""
        desk, id = self._desk, self._id
        if id:
            jobs.start(
                self, lambda _task: supervision_work.advice_tasks(desk, id), done=self._show, key="tasks"
            )

    def _show(self, tasks: Sequence[AdviceTask]) -> None:
        while item := self._rows.takeAt(0):
            item.widget().deleteLater()
        for one in tasks:
            self._rows.addWidget(self._line(one))

    def _line(self, one: AdviceTask) -> QWidget:
        when = f"{days.show_day(one.done_on)}完成" if one.done_on else f"{days.show_day(one.due_on)}前"
        icon = ("check", "ok") if one.done_on else ("clock", "text2")
        made = TextRow(RowWords(one.what, icon=icon, second=when[5:]))
        made.setAccessibleName(f"待办：{one.what}，{when}")
        made.clicked.connect(lambda: edit_task(self, self._desk, one.id, self._told))
        return made

    def _told(self, sentence: str, undo: Any) -> None:
        self.said.emit(sentence, undo)
        self.read()

    def _want(self) -> None:
        self.wanted.emit(self.day.value() or "")
