"""录入问卷: one sheet after another by keyboard alone. Digits choose, Enter goes on, the last Enter saves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QVBoxLayout, QWidget

from sgz_desktop.actions import forms, surveys
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import NEW, Form, FormRefused, RowInput, Saved, find_draft
from sgz_desktop.actions.people import list_villages
from sgz_desktop.actions.surveys import Entry, answer_values
from sgz_desktop.domain.records.base import questions
from sgz_desktop.domain.records.survey import SurveySheet
from sgz_desktop.domain.survey import Answer, places
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.controls import Choices
from sgz_desktop.gui.field_boxes import FieldBox
from sgz_desktop.gui.field_grid import FieldGrid
from sgz_desktop.gui.form_drafts import DraftKeeper
from sgz_desktop.gui.pages.survey_rows import AnswerRow
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.undo import offer_undo
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.inputs import Choice
from sgz_desktop.gui.widgets.key_hints import key_hints
from sgz_desktop.gui.widgets.labels import label
from sgz_desktop.gui.widgets.line_edit import LineEdit
from sgz_desktop.gui.widgets.page_head import PageHead
from sgz_desktop.gui.widgets.scroll import Scroll

TITLE = "录入问卷"
ASKED = ("village", "whom", "sex", "age")  # of every sheet
STAYS = ("number", "mode", "date", "worker")  # as on the sheet before, or one more
HINTS = (
    ("数字", "选第几项"),
    ("Enter", "下一题，最后一题保存"),
    ("↑", "上一题"),
    ("Ctrl+S", "保存，录下一份"),
)
REST_MS = 1_000
EMPTY = "这份还没有填，没有保存。"
Read = tuple[Entry, Form, Any]


class SurveyEntry(QWidget):
    """`closed` goes back, `said` for the toast. With `sheet` one that is on file is put right."""

    closed = Signal()
    said = Signal(str, object)

    def __init__(self, desk: Desk, survey: str, sheet: str = "") -> None:
        super().__init__()
        self._desk, self._survey, self._sheet = desk, survey, sheet
        self._form: Form | None = None
        self._entry: Entry | None = None
        self._saving = self._touched = False
        self.boxes: dict[str, FieldBox] = {}
        self.rows: list[AnswerRow] = []
        self._drafts = self._keeper()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.flush)
        self._build()
        self.read()

    def _keeper(self) -> DraftKeeper:
        return DraftKeeper(self._desk, (SurveySheet.KIND, self._sheet or NEW + self._survey))

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.S))
        self.head = PageHead(TITLE, back=self.leave)
        self.note = label("", "second", "plain")
        self.save_button = button(
            "保存" if self._sheet else "保存，录下一份", "primary", "check", self.save, key="Ctrl+S"
        )
        self.save_button.setEnabled(False)
        for one in (self.note, self.save_button):
            self.head.add_action(one)
        column.addWidget(self.head)
        self._heads = Card()
        asked = questions(SurveySheet)
        choices = Choices(today=self._desk.today())
        for name in (*ASKED, *STAYS):
            box = self.boxes[name] = FieldBox(asked[name], choices)
            if isinstance(box.control, Choice):
                _number(box.control)
            box.changed.connect(self._edited)
            box.control.installEventFilter(self)
        self._heads.add(FieldGrid([(self.boxes[name], False) for name in ASKED], 4))
        column.addWidget(self._heads)
        self._scroll = Scroll()
        self._answers = Card()
        self._scroll.body.setSpacing(px(Space.S))
        self._scroll.body.addWidget(self._answers)
        stays = Card("这一批问卷", "沿用上一份，需要时再改")
        stays.add(FieldGrid([(self.boxes[name], False) for name in STAYS], 4))
        self._scroll.body.addWidget(stays)
        self._scroll.body.addStretch(1)
        column.addWidget(self._scroll, 1)
        column.addWidget(key_hints(HINTS, ""))

    def read(self) -> None:
        """Read the questions, and the sheet on file or what the next one shares with the last."""
        desk, survey, sheet = self._desk, self._survey, self._sheet

        def work(_task: jobs.Task) -> Read:
            entry = surveys.survey_entry(desk, survey)
            form = (
                forms.form(desk, sheet, SurveySheet.KIND)
                if sheet
                else forms.new_form(desk, SurveySheet.KIND, {"survey": survey, "number": entry.next_number})
            )
            return entry, form, find_draft(desk, SurveySheet.KIND, sheet or NEW + survey)

        jobs.start(self, work, done=lambda found: self._show(*found), failed=self._failed, key="entry")
        jobs.start(self, lambda _task: list_villages(desk), done=self._offer_villages, key="villages")

    def _failed(self, problem: BaseException) -> None:
        messages.show_problem(problem, self)
        self.closed.emit()

    def _offer_villages(self, villages: list[str]) -> None:
        control = self.boxes["village"].control
        assert isinstance(control, LineEdit)
        completer = QCompleter(villages, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        control.setCompleter(completer)

    def _show(self, entry: Entry, form: Form, draft: Any) -> None:
        if not self.rows:
            self._ask(entry)
        self._entry, self._form = entry, form
        values: dict[str, Any] = {**entry.shared, **form.values} if form.new else dict(form.values)
        values.setdefault("worker", self._desk.user)
        values.setdefault("date", self._desk.today())
        for name, box in self.boxes.items():
            box.set_error("")
            box.put_value(values.get(name))
        on_file = {str(row.values.get("question")): row for row in form.rows.get("answers", ())}
        for one in self.rows:
            row = on_file.get(one.question.id)
            one.put(_answer(row.values) if row else None)
        if draft is not None:
            self._restore(draft.body)
        planned = f"，计划{entry.planned}份" if entry.planned else ""
        number = values.get("number")
        self.head.set_facts(f"{entry.title}　第{number}份　已录{entry.entered}份{planned}")
        self._touched = draft is not None
        self._rest.stop()
        self.note.setText("接着写上次没录完的这份" if draft is not None else "")
        self.save_button.setEnabled(True)
        self._take("village")

    def _ask(self, entry: Entry) -> None:
        for number, question in enumerate(entry.questions, start=1):
            row = AnswerRow(number, question)
            row.changed.connect(self._edited)
            row.moved.connect(lambda step, at=number - 1: self._go(at + step))
            self.rows.append(row)
            self._answers.add(row)

    def _take(self, name: str) -> None:
        control = self.boxes[name].control
        control.setFocus(Qt.FocusReason.TabFocusReason)

    def _go(self, at: int) -> None:
        """The question of a number; before the first the last head, after the last the save."""
        if at < 0:
            self._take(ASKED[-1])
        elif at < len(self.rows):
            self.rows[at].line.setFocus(Qt.FocusReason.TabFocusReason)
            self.rows[at].line.selectAll()
        else:
            self.save()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if not (pressed and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)):
            return super().eventFilter(watched, event)
        name = next((name for name, box in self.boxes.items() if box.control is watched), "")
        at = ASKED.index(name) + 1 if name in ASKED else 0
        if at == len(ASKED):
            self._go(0)
        else:
            self._take(ASKED[at])
        return True

    def _edited(self) -> None:
        self._touched = True
        self.note.setText("")
        self._rest.start()

    def save(self) -> None:
        """Check and save the sheet; then the next one. What cannot be read keeps the keyboard."""
        form, rows = self._form, self._inputs()
        if self._saving or form is None or rows is None:
            return
        if form.new and not any(row.typed for row in rows):
            self.note.setText(EMPTY)
            return
        typed = {name: box.typed() for name, box in self.boxes.items()}
        self._rest.stop()
        self._saving = True
        desk, drafts = self._desk, self._drafts
        jobs.start(
            self,
            lambda _task: drafts.saving(lambda: forms.save_form(desk, form, typed, {"answers": rows})),
            done=self._saved,
            failed=self._refused,
        )

    def _inputs(self) -> list[RowInput] | None:
        """The answers as rows; None when one cannot be read."""
        known = {
            str(row.values.get("question")): row.id for row in (self._form or _NONE).rows.get("answers", ())
        }
        found = []
        for row in self.rows:
            answer, id = row.answer(), known.get(row.question.id, "")
            if row.problem:
                row.line.setFocus(Qt.FocusReason.TabFocusReason)
                return None
            if answer is not None:
                empty = {"choices": None, "score": None, "words": None} if id else {}
                found.append(RowInput(id, {**empty, **answer_values(row.question, answer)}))
            elif id:
                found.append(RowInput(id, {}, gone=True))
        return found

    def _saved(self, saved: Saved) -> None:
        self._saving = False
        number = self.boxes["number"].typed()
        offer_undo(
            self, self._desk, self.said.emit, f"第{number}份已保存。10秒内可以撤销。", saved.changes.edit
        )
        if self._sheet:
            self.closed.emit()
            return
        self._drafts = self._keeper()
        self.read()

    def _refused(self, problem: BaseException) -> None:
        self._saving = False
        if isinstance(problem, FormRefused):
            for one in problem.problems:
                if one.field in self.boxes:
                    self.boxes[one.field].refuse(one.sentence)
                    return
        messages.show_problem(problem, self)

    def flush(self) -> None:
        """Keep what is typed as a draft."""
        self._rest.stop()
        if self._touched and not self._saving and self._form is not None:
            self._touched = False
            body = {
                "values": {"survey": self._survey},
                "typed": {name: box.typed() for name, box in self.boxes.items()},
                "answers": {row.question.id: row.line.value() for row in self.rows},
            }
            self._drafts.keep(body, self._kept, self._not_kept)

    def _restore(self, body: Mapping[str, Any]) -> None:
        for name, value in body.get("typed", {}).items():
            if name in self.boxes:
                self.boxes[name].put(value)
        for row in self.rows:
            row.line.set_value(str(body.get("answers", {}).get(row.question.id, "")))

    def _kept(self) -> None:
        if shiboken6.isValid(self):
            self.note.setText("草稿已保存")

    def _not_kept(self, _problem: BaseException) -> None:
        if shiboken6.isValid(self):
            self.note.setText("草稿没能保存，请先不要关闭窗口。")

    def leave(self) -> None:
        """返回: what is typed is kept as a draft."""
        self.flush()
        self.closed.emit()


def _number(choice: Choice) -> None:
    """Options are found by typing the number before them, as on the questionnaire."""
    shown = [(choice.itemData(at), choice.itemText(at)) for at in range(choice.count())]
    choice.set_options(
        [(value, f"{at} {words}" if value else words) for at, (value, words) in enumerate(shown)]
    )


_NONE = Form(SurveySheet.KIND, "", {})


def _answer(values: Mapping[str, Any]) -> Answer:
    return Answer(places(str(values.get("choices") or "")), values.get("score"), values.get("words") or "")
