"""The control for a field: chosen by its kind, filled and read as the kind says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtWidgets import QWidget

from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import CodeKind, FieldKind, RefKind, Wire
from sgz_desktop.domain.records.base import Question
from sgz_desktop.domain.records.visit import CHILD, DISABLED, ELDER, TEKUN
from sgz_desktop.gui.widgets.inputs import Choice, LineEdit, TextArea
from sgz_desktop.gui.widgets.multi_choice import MultiChoice
from sgz_desktop.gui.widgets.organisation_picker import OrganisationPicker
from sgz_desktop.gui.widgets.person_picker import NOT_HERE, Ask, PersonPicker
from sgz_desktop.gui.widgets.segmented import Segmented

WIDE = frozenset({"long_text", "codes"})
UNTYPED = frozenset({"key", "stamp"})
PICKED = {"indicator": "contract_target"}  # keys that are chosen, and the name of their options
MOST_SEGMENTS = 4
MOST_SEGMENT_WORDS = 13
MOST_SEGMENT_WORDS_IN_ROWS = 6
NOTHING = (None, "（未选）")
TELLING = frozenset({("self_care_state", "not_done")})  # answers that ask for something
LOOKED_AT = frozenset((*TEKUN, *ELDER, *CHILD, *DISABLED))
ALARMING = frozenset({"child_injury"})
PLACEHOLDERS = {"day": "例如2026-6-30", "clock": "例如9:30", "yuan": "例如3500"}
OF_A_MONTH, LONG_AGO = "例如2026-6", "例如1953-8-3"
ASKED_LAST = {"sex": "0"}  # a code its list has first and nobody looks for there


@dataclass(frozen=True)
class Choices:
    """Options of ref fields by kind of record, how to look for people and organisations, and the day that
    昨天 is before."""

    options: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    ask: Ask | None = None
    today: str = ""
    organisations: Ask | None = None

    def of(self, kind: str) -> list[tuple[str, str]]:
        """Options for a ref to `kind`, which may be several kinds: visit|session."""
        return [option for one in kind.split("|") for option in self.options.get(one, ())]


def control_for(question: Question, choices: Choices, value: Wire = None, *, in_row: bool = False) -> QWidget:
    """A control with value(), set_value(), changed and left, showing `value`. `in_row` = little room."""
    most = MOST_SEGMENT_WORDS_IN_ROWS if in_row else MOST_SEGMENT_WORDS
    control = _make(question, choices, value, most)
    if value is not None:
        put_value(control, question.kind, value)
    return control


def put_value(control: QWidget, kind: FieldKind, value: Wire) -> None:
    """Show a stored value."""
    stored = isinstance(kind, (CodeKind, RefKind)) or kind.name == "yes_no"
    control.set_value(value if stored or value is None else kind.edit(value))  # type: ignore[attr-defined]


def _make(question: Question, choices: Choices, value: Wire, most_words: int) -> QWidget:
    kind = question.kind
    if isinstance(kind, RefKind):
        return _named(kind, choices, value)
    if question.name in PICKED:
        return _listed(choices.of(PICKED[question.name]), value, str(value))
    if kind.name == "codes":
        return MultiChoice(_options(kind, value))
    if kind.name == "code":
        return _one_of(kind, _options(kind, value), most_words)
    if kind.name == "yes_no":
        return _yes_or_no(question)
    return TextArea(lines=2) if kind.name == "long_text" else LineEdit(_example(question))


def _yes_or_no(question: Question) -> Segmented:
    """What a visitor has to look at is 未看 until somebody did: that is no answer, least of all 否."""
    if question.name in LOOKED_AT:
        tones = {True: "danger"} if question.name in ALARMING else {}
        options = [(True, "是", tones.get(True, "brand")), (False, "否"), (None, "未看", "muted")]
        return Segmented(options, clearable=True)
    return Segmented([(True, "是"), (False, "否")], clearable=True)


def _example(question: Question) -> str:
    """What may be typed; where a month is asked for, a month."""
    month = question.kind.name == "day" and "月" in question.ask.label
    if question.name == "born":
        return LONG_AGO
    return OF_A_MONTH if month else PLACEHOLDERS.get(question.kind.name, "")


def _named(kind: RefKind, choices: Choices, value: Wire) -> QWidget:
    """A field that names a record: people are looked for, others chosen from a list."""
    if kind.kind == "person":
        return PersonPicker(choices.of("person"), choices.ask)
    if kind.kind == "organisation":
        return OrganisationPicker(choices.of("organisation"), choices.organisations)
    return _listed(choices.of(kind.kind), value, NOT_HERE)


def _listed(options: Sequence[tuple[str, str]], value: Wire, unknown: str) -> Choice:
    """One of some options; a value that is none of them is `unknown` in words."""
    missing = [(str(value), unknown)] if value and value not in dict(options) else []
    return Choice([NOTHING, *options, *missing])


def _options(kind: Any, value: Wire) -> list[tuple[str, str]]:
    codes = code_list(kind.codes)
    last = ASKED_LAST.get(kind.codes)
    options = [(item.code, item.label) for item in sorted(codes.items, key=lambda item: item.code == last)]
    known = {code for code, _ in options}
    several = str(value).split(",") if kind.name == "codes" else [str(value)]
    kept = [code for code in several if code not in known] if value else []
    return options + [(code, codes.label(code)) for code in kept]


def _one_of(kind: Any, options: list[tuple[str, str]], most_words: int) -> QWidget:
    if len(options) <= MOST_SEGMENTS and sum(len(words) for _, words in options) <= most_words:
        tones = {code: "warn" for codes, code in TELLING if codes == kind.codes}
        return Segmented([(*one, tones.get(one[0], "brand")) for one in options], clearable=True)
    return Choice([NOTHING, *options])


def typed_value(control: QWidget) -> object:
    """What stands in a control, as the gate takes it; "" and None both mean unknown."""
    return control.value()  # type: ignore[attr-defined]


def control_problem(control: QWidget) -> str:
    """What keeps a control from being read, as a sentence: a name typed and nobody chosen."""
    return control.problem() if isinstance(control, PersonPicker) else ""


def is_asked(question: Question) -> bool:
    """Is the field asked in a form? Keys and stamps are not, but for those chosen from a list."""
    return question.kind.name not in UNTYPED or question.name in PICKED


def is_wide(question: Question) -> bool:
    """Does the field take a whole line?"""
    return question.kind.name in WIDE
