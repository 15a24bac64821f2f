"""A declared field in a form: frame, control, and the check that runs when the keyboard leaves it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.records.base import Question
from sgz_desktop.gui.controls import Choices, control_for, typed_value
from sgz_desktop.gui.widgets.field_frame import FieldFrame

DOUBT = "已标为待核。"


class FieldBox(FieldFrame):
    """`typed()` is what stands there; `touched` says whether the person changed it."""

    changed = Signal()

    def __init__(self, question: Question, choices: Choices, value: Wire = None) -> None:
        control = control_for(question, choices, value)
        super().__init__(question.ask.label, control, hint=question.ask.help, note=question.ask.unit)
        self.question = question
        self._shown = typed_value(control)
        control.changed.connect(self._edited)
        control.left.connect(self.check)

    def typed(self) -> object:
        """What stands in the control."""
        return typed_value(self.control)

    def put(self, typed: object) -> None:
        """Show raw input again, as from a draft."""
        self.control.set_value(typed)

    @property
    def touched(self) -> bool:
        """Does it differ from what was shown at first?"""
        return _known(self.typed()) != _known(self._shown)

    def check(self) -> bool:
        """Tidy what was typed and say what is wrong or doubtful; False when it cannot be saved so."""
        typed = self.typed()
        if typed is None or typed == "":
            self.set_error("")
            return True
        try:
            value = self.question.kind.tidy(typed)
        except ValueError as refused:
            self.set_error(str(refused))
            return False
        self.set_error("")
        if (
            isinstance(typed, str)
            and value is not None
            and self.question.kind.name not in ("codes", "ref", "code")
        ):
            self.control.set_value(self.question.kind.edit(value))
        marks = self.question.kind.marks(value) if value is not None else ()
        if marks:
            self.set_warning(marks[0].rstrip("。") + "，" + DOUBT)
        return True

    def _edited(self) -> None:
        if self.state == "error":
            self.set_error("")
        self.changed.emit()


def _known(typed: object) -> object:
    return None if typed == "" else typed
