"""The control for a field: chosen by its kind, filled and read as the kind says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtWidgets import QWidget

from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import CodeKind, FieldKind, RefKind, Wire
from sgz_desktop.domain.records.base import Question
from sgz_desktop.gui.widgets.inputs import Choice, LineEdit, TextArea
from sgz_desktop.gui.widgets.multi_choice import MultiChoice
from sgz_desktop.gui.widgets.person_picker import Ask, PersonPicker
from sgz_desktop.gui.widgets.segmented import Segmented

WIDE = frozenset({"long_text", "codes"})
UNTYPED = frozenset({"key", "stamp"})
MOST_SEGMENTS = 5
MOST_SEGMENT_WORDS = 16
PLACEHOLDERS = {"day": "例如2026-6-30", "clock": "例如9:30", "yuan": "例如3500"}


@dataclass(frozen=True)
class Choices:
    """Options of ref fields by kind of record, and how to look for people."""

    options: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    ask: Ask | None = None

    def of(self, kind: str) -> list[tuple[str, str]]:
        return list(self.options.get(kind, ()))


def control_for(question: Question, choices: Choices, value: Wire = None) -> QWidget:
    """A control with value(), set_value(), changed and left, showing `value`."""
    control = _make(question.kind, choices, value)
    if isinstance(question.kind, (CodeKind, RefKind)) or question.kind.name == "yes_no":
        control.set_value(value)  # type: ignore[attr-defined]
    else:
        control.set_value(question.kind.edit(value))  # type: ignore[attr-defined]
    return control


def _make(kind: FieldKind, choices: Choices, value: Wire) -> QWidget:
    if kind.name == "long_text":
        return TextArea(lines=2)
    if kind.name == "yes_no":
        return Segmented([(True, "是"), (False, "否")], clearable=True)
    if kind.name == "codes":
        return MultiChoice(_options(kind, value))
    if kind.name == "code":
        return _one_of(_options(kind, value))
    if isinstance(kind, RefKind):
        if kind.kind == "person":
            return PersonPicker(choices.of("person"), choices.ask)
        return Choice([(None, "（未选）"), *choices.of(kind.kind)])
    return LineEdit(PLACEHOLDERS.get(kind.name, ""))


def _options(kind: Any, value: Wire) -> list[tuple[str, str]]:
    codes = code_list(kind.codes)
    options = [(item.code, item.label) for item in codes.items]
    known = {code for code, _ in options}
    kept = [code for code in str(value).split(",") if code not in known] if value else []
    return options + [(code, codes.label(code)) for code in kept]


def _one_of(options: list[tuple[str, str]]) -> QWidget:
    if len(options) <= MOST_SEGMENTS and sum(len(words) for _, words in options) <= MOST_SEGMENT_WORDS:
        return Segmented(options, clearable=True)
    return Choice([(None, "（未选）"), *options])


def typed_value(control: QWidget) -> object:
    """What stands in a control, as `checked` takes it; "" and None both mean unknown."""
    return control.value()  # type: ignore[attr-defined]


def is_wide(question: Question) -> bool:
    """Does the field take a whole row?"""
    return question.kind.name in WIDE
