"""What every field of every kind promises on the surfaces the domain owns, as functions that name what broke.

Each takes a field and a stored value and returns what is wrong with it; [] when the promise is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import orjson

from sgz_desktop.domain.edits import canonical
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.records.base import Question, Record, Refused, gate, problems


def typed_again(question: Question, value: Wire) -> list[str]:
    """What is typed, stored, shown in its field and saved again stays the same."""
    stored = question.kind.tidy(value)
    if stored != value or type(stored) is not type(value):
        return [f"{question.name}: stored {value!r} is tidied to {stored!r}"]
    again = question.kind.tidy(question.kind.edit(stored))
    return [] if again == stored else [f"{question.name}: {stored!r} is typed again as {again!r}"]


def shown(question: Question, value: Wire) -> list[str]:
    """A value has words; an unknown one has none."""
    words, none = question.kind.show(value), question.kind.show(None)
    return [] if words.strip() and none == "" else [f"{question.name}: shows {words!r} and {none!r}"]


def accepted(question: Question, value: Wire) -> list[str]:
    """Its own wire type and unknown are taken in, every other wire type is not."""
    others: list[object] = [other for other in ("x", 1, True, 1.5, [], {}) if type(other) is not type(value)]
    right = question.kind.accepts(value) and question.kind.accepts(None)
    wrong = [other for other in others if question.kind.accepts(other)]
    return [] if right and not wrong else [f"{question.name}: accepts {value!r}: {right}, also {wrong}"]


def travels(question: Question, value: Wire) -> list[str]:
    """The canonical JSON of the value gives the value back."""
    return [] if orjson.loads(canonical(value)) == value else [f"{question.name}: is changed on the wire"]


SURFACES: Mapping[str, Callable[[Question, Wire], list[str]]] = {
    "typed again": typed_again,
    "shown": shown,
    "accepted": accepted,
    "travels": travels,
}


def kept_by_gate(kind: type[Record], values: Mapping[str, Wire], today: str) -> list[str]:
    """All values of a record go through the gate at once, are found again and are of the right shape."""
    try:
        record = gate(kind, values, today)
    except Refused as refused:
        return [str(problem) for problem in refused.problems]
    lost = [name for name, value in values.items() if getattr(record, name) != value]
    return lost + [problem.sentence for problem in problems(record, today) if "其他版本" in problem.sentence]
