"""A declared field in a form: frame, control, and the check that runs when the keyboard leaves it."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import Signal

from sgz_desktop.domain import days
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.records.base import Question
from sgz_desktop.domain.typed_text import clean
from sgz_desktop.gui.controls import Choices, control_for, control_problem, put_value, typed_value
from sgz_desktop.gui.widgets.field_frame import FieldFrame

DOUBT = "已标为待核。"
AS_CHOSEN = frozenset({"codes", "code", "ref", "yes_no"})


class FieldBox(FieldFrame):
    """`typed()` is what stands there; `touched` says whether it was changed; `left` follows the check."""

    changed = Signal()
    left = Signal()
    told = Signal()

    def __init__(
        self, question: Question, choices: Choices, value: Wire = None, *, in_row: bool = False
    ) -> None:
        control = control_for(question, choices, value, in_row=in_row)
        super().__init__(question.ask.label, control, hint=question.ask.help, note=question.ask.unit)
        self.question = question
        self._today = choices.today
        self._mark = ""
        self._chosen = False
        self._shown = typed_value(control)
        control.changed.connect(self._edited)
        control.left.connect(self.check)
        control.left.connect(self.left)

    def typed(self) -> object:
        """What stands in the control; 昨天 and 6.29 as the day they mean."""
        typed = typed_value(self.control)
        if self.question.kind.name == "day" and self._today and typed:
            with suppress(ValueError):
                return days.tidy_day(clean(typed), self._today)
        return typed

    def put(self, typed: object) -> None:
        """Show raw input again, as from a draft."""
        self.control.set_value(typed)

    def put_value(self, value: Wire) -> None:
        """Show a stored value as if the person had typed it."""
        put_value(self.control, self.question.kind, value)

    def choose(self, value: Wire) -> None:
        """Settle on a value of two: it is written even when it is the one shown."""
        self._chosen = True
        self.put_value(value)
        self.changed.emit()

    @property
    def touched(self) -> bool:
        """Does it differ from what was shown at first?"""
        return self._chosen or _known(self.typed()) != _known(self._shown)

    @property
    def filled(self) -> bool:
        """Does anything stand in it?"""
        return _known(self.typed()) is not None

    def set_mark(self, sentence: str) -> None:
        """A doubt about the stored value; it stands until the value is changed."""
        self._mark = sentence.rstrip("。") + "，" + DOUBT if sentence else ""
        self.set_warning(self._mark)

    def check(self) -> bool:
        """Tidy what was typed and say what is wrong or doubtful; False when it cannot be saved so."""
        if problem := control_problem(self.control):
            return self._refuse(problem)
        typed = _known(self.typed())
        if typed is None or self.question.kind.name in AS_CHOSEN:
            self.set_error("")
            self._keep_mark()
            return True
        try:
            value = self.question.kind.tidy(typed)
        except ValueError as refused:
            return self._refuse(str(refused))
        self.set_error("")
        if isinstance(typed, str) and value is not None and self.question.kind.name != "long_text":
            self.control.set_value(self.question.kind.edit(value))
        marks = self.question.kind.marks(value) if value is not None else ()
        if marks:
            self.set_warning(marks[0].rstrip("。") + "，" + DOUBT)
        else:
            self._keep_mark()
        self.told.emit()
        return True

    def _refuse(self, sentence: str) -> bool:
        self.set_error(sentence)
        self.told.emit()
        return False

    def _keep_mark(self) -> None:
        if self._mark and not self.touched:
            self.set_warning(self._mark)

    def _edited(self) -> None:
        if self.state == "error":
            self.set_error("")
            self.told.emit()
        self.changed.emit()


def _known(typed: object) -> object:
    return None if typed == "" else typed
