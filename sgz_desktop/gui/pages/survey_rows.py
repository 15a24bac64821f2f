"""One question of a sheet being entered: what is asked, a line for the answer, and what it means."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.domain import survey
from sgz_desktop.domain.survey import Answer, Question, typed_answer
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.labels import paragraph, set_property, set_tone
from sgz_desktop.gui.widgets.spoken import say_message
from sgz_desktop.gui.widgets.stepped_line import SteppedLine

SORTS = {
    survey.ONE: "单选",
    survey.MANY: "多选",
    survey.SCALE: "打分",
    survey.NUMBER: "数字",
    survey.TEXT: "文字",
}
NARROW = 130


class AnswerRow(QWidget):
    """`answer()` is what stands there, None for nothing; it says what is wrong and returns ValueError's
    sentence in `problem`."""

    changed = Signal()
    moved = Signal(int)

    def __init__(self, number: int, question: Question) -> None:
        super().__init__()
        self.question, self.problem = question, ""
        title = f"{number}. {question.text}（{SORTS[question.sort]}）"
        self.line = SteppedLine()
        self.line.setAccessibleName(title)
        self.line.changed.connect(self._told)
        self.line.moved.connect(self.moved)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, px(Space.S))
        column.setSpacing(px(4))
        column.addWidget(paragraph(title, "body_bold"))
        row = QHBoxLayout()
        row.setSpacing(px(Space.M))
        wide = question.sort == survey.TEXT
        if not wide:
            self.line.setFixedWidth(px(NARROW))
        row.addWidget(self.line, 1 if wide else 0, Qt.AlignmentFlag.AlignTop)
        beside = QVBoxLayout()
        beside.setSpacing(px(2))
        if not wide:
            beside.addWidget(paragraph(self._options(), "body", "plain"))
            row.addLayout(beside, 1)
        column.addLayout(row)
        self.meant = paragraph("", "body", "ok")
        beside.addWidget(self.meant) if not wide else column.addWidget(self.meant)
        self.meant.hide()

    def _options(self) -> str:
        asked = self.question
        if asked.sort == survey.SCALE:
            return f"1至{asked.most}分"
        if asked.sort == survey.NUMBER:
            return "填数字"
        return "　".join(f"{at} {words}" for at, words in enumerate(asked.options, start=1))

    def answer(self) -> Answer | None:
        """What stands in the line."""
        try:
            found, self.problem = typed_answer(self.question, self.line.value()), ""
        except ValueError as wrong:
            found, self.problem = None, str(wrong)
        return found

    def put(self, answer: Answer | None) -> None:
        """Show an answer on file, or none."""
        if answer is None:
            self.line.set_value("")
        elif self.question.sort in survey.CHOSEN:
            apart = "" if len(self.question.options) <= survey.FEW_OPTIONS else " "
            self.line.set_value(apart.join(str(one) for one in answer.choices))
        else:
            self.line.set_value(answer.words if answer.score is None else str(answer.score))

    def _told(self) -> None:
        answer = self.answer()
        chosen = answer.choices if answer else ()
        words = "、".join(self.question.options[at - 1] for at in chosen)
        self.meant.setText(self.problem or words)
        self.meant.setVisible(bool(self.problem or words))
        set_tone(self.meant, "danger" if self.problem else "ok")
        set_property(self.line, "state", "error" if self.problem else "")
        say_message(self.line, self.problem or words)
        self.changed.emit()
