"""One text of a report: what its section prints of it, with photos; a typical case is reviewed here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from sgz_desktop.actions import report_edits
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import FormRefused
from sgz_desktop.actions.report_edits import TextForm
from sgz_desktop.domain.records.base import questions
from sgz_desktop.domain.records.report import ReportText
from sgz_desktop.domain.report_form import CASE, ITEM, PLAN, REASON, STORY
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.controls import Choices
from sgz_desktop.gui.dialogs import text_review_dialog
from sgz_desktop.gui.dialogs.frame import begun
from sgz_desktop.gui.dialogs.text_review_dialog import Where
from sgz_desktop.gui.field_boxes import FieldBox
from sgz_desktop.gui.field_grid import FieldGrid
from sgz_desktop.gui.theme import px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import Choice
from sgz_desktop.gui.widgets.labels import paragraph
from sgz_desktop.gui.widgets.scroll import Scroll

PHOTOS = ("photo_first", "photo_second")
FIELDS: Mapping[str, tuple[str, ...]] = {
    STORY: ("title", "held_on", "where", "people", "text", *PHOTOS),
    CASE: ("title", "text", *PHOTOS),
    ITEM: ("title", "held_on", "where", "text"),
    PLAN: ("title", "time_words", "where", "in_charge", "serves"),
    REASON: ("text",),
}
TITLES = {(PLAN, "title"): "事项", (REASON, "text"): "落后的原因"}
WIDE = frozenset({"title", "text"})
NO_SERVES = (None, "（未选）")
REVIEW = "去标识审阅后才印：不写姓名、住址、单位，时间写到月。"
Saved = Callable[[], None]


class ReportTextDialog(QDialog):
    """`saved` is called after the commit."""

    def __init__(
        self, owner: QWidget, desk: Desk, told: TextForm, where: tuple[str, str, str], saved: Saved
    ) -> None:
        super().__init__(owner.window())
        self._desk, self._told, self._where, self._saved = desk, told, where, saved
        self._owner = owner
        title = told.section
        column = begun(self, title, 640)
        if told.sort == CASE:
            column.addWidget(paragraph(REVIEW, "body", "plain"))
        self.serves = Choice([NO_SERVES, *told.serves], value=told.form.values.get("serves"))
        self.fields: dict[str, FieldFrame] = {name: self._field(name) for name in FIELDS[told.sort]}
        scroll = Scroll()
        scroll.body.addWidget(FieldGrid([(frame, name in WIDE) for name, frame in self.fields.items()]))
        scroll.body.addStretch(1)
        scroll.setMinimumHeight(px(330 if "text" in self.fields else 230))
        column.addWidget(scroll, 1)
        column.addLayout(self._foot())
        first = self.fields.get("title") or next(iter(self.fields.values()))
        first.control.setFocus()

    def _field(self, name: str) -> FieldFrame:
        told = self._told
        if name == "serves":
            return FieldFrame("对应指标", self.serves)
        asked = questions(ReportText)[name]
        choices = Choices({"attachment": told.photos}, today=self._desk.today())
        box = FieldBox(asked, choices, told.form.values.get(name))
        if words := TITLES.get((told.sort, name)):
            box.title.setText(words)
            box.control.setAccessibleName(words)
        return box

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        foot.addStretch(1)
        foot.addWidget(button("返回", on_click=self.reject))
        case = self._told.sort == CASE
        self.save = button("保存", "secondary" if case else "primary", on_click=self.submit, key="Ctrl+S")
        foot.addWidget(self.save)
        self.review = button("保存并审阅", "primary", "check", lambda: self.submit(review=True))
        foot.addWidget(self.review)
        self.review.setVisible(case)
        return foot

    def typed(self) -> dict[str, object]:
        """What stands in the fields."""
        return {
            name: box.typed() if isinstance(box, FieldBox) else self.serves.value()
            for name, box in self.fields.items()
        }

    def submit(self, review: bool = False) -> None:
        """Check and keep; with `review` the words are read for what tells who is meant."""
        for frame in self.fields.values():
            frame.set_error("")
        desk, form, typed = self._desk, self._told.form, self.typed()
        sort, span, section = self._where

        self.save.set_busy("正在保存")
        jobs.start(
            self,
            lambda _task: report_edits.save_text(desk, form, typed, sort, span),
            done=lambda done: self._done((sort, span, section, done.id) if review else None),
            failed=self._refused,
        )

    def _done(self, review: Where | None) -> None:
        self.accept()
        self._saved()
        if review:
            text_review_dialog.review(self._owner, self._desk, review, self._saved)

    def _refused(self, problem: BaseException) -> None:
        self.save.set_busy("")
        if not isinstance(problem, FormRefused):
            messages.show_problem(problem, self)
            return
        for found in problem.problems:
            frame = self.fields.get(found.field) or next(iter(self.fields.values()))
            frame.refuse(found.sentence)


def edit_text(owner: QWidget, desk: Desk, where: tuple[str, str, str], id: str, saved: Saved) -> None:
    """Open a text of a report's section, or (id '') a new one. `where`: sort, span, section."""

    def show(told: Any) -> None:
        dialog = ReportTextDialog(owner, desk, told, where, saved)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    jobs.start(
        owner,
        lambda _task: report_edits.text_form(desk, *where, id),
        done=show,
        failed=lambda problem: messages.show_problem(problem, owner),
        key="report-text",
    )
