"""What every kind of record is: a SQLModel table whose fields are questions.

The modules of records keep their annotations as types, not as text (no `from __future__ import annotations`):
pydantic and SQLAlchemy would each read 1,400 of them anew, a sixth of every start.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import ValidationError
from sqlalchemy.orm import class_mapper, declared_attr
from sqlmodel import Field, SQLModel

from sgz_desktop.domain.fields import Ask, FieldKind, Level, Problem, RefKind, Share, Wire


class Surface(StrEnum):
    """Where a field can be met. A kind names the surfaces it lacks."""

    FORM = "form"
    PAPER = "paper"
    SEARCH = "search"
    NDJSON = "ndjson"


@dataclass(frozen=True, slots=True)
class Question:
    """One field of a kind of record: its name on the wire, what it asks and the kind of its values."""

    name: str
    ask: Ask
    kind: FieldKind

    @property
    def cell(self) -> str:
        """The name of the log cell that carries the field: its group, or itself."""
        return self.ask.group or self.name


class Record(SQLModel):
    model_config = {"defer_build": True}  # few kinds are ever checked by pydantic in one process
    """A record. `rid` is a local integer; `id` is a UUIDv7 and the only name used between stores."""

    KIND: ClassVar[str]
    TITLE: ClassVar[str]
    LACKS: ClassVar[frozenset[Surface]] = frozenset()
    SECTIONS: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = ()
    LETS_OUT: ClassVar[Mapping[str, tuple[str, ...]]] = {}  # a yes/no field → fields it lets onto any paper

    rid: int | None = Field(default=None, primary_key=True)
    id: str | None = Field(default=None, index=True)
    station: str | None = None
    deleted: bool | None = Field(default=False)

    @declared_attr.directive
    def __tablename__(cls) -> str:
        return "r_" + cls.KIND

    def __repr__(self) -> str:
        return f"<{self.KIND} {self.id}>"  # values are somebody's life and stay out of tracebacks

    __str__ = __repr__

    def check(self, today: str) -> Iterator[Problem]:
        """Doubts that need more than one field. `today` is YYYY-MM-DD."""
        yield from ()


R = TypeVar("R", bound=Record)


class Rows(Generic[R]):
    """A field shown as rows: the records of another kind that name this one as their parent."""

    def __init__(self, kind: type[R], label: str, parent: str) -> None:
        self.kind = kind
        self.label = label
        self.parent = parent


BASE_CELLS = ("deleted",)


@cache
def questions(kind: type[Record]) -> Mapping[str, Question]:
    """The fields of a kind in the order they are declared. TypeError for a field that asks nothing."""
    found: dict[str, Question] = {}
    for name, info in kind.model_fields.items():
        if name in Record.model_fields:
            continue
        ask = next((m for m in info.metadata if isinstance(m, Ask)), None)
        surface = next((m for m in info.metadata if isinstance(m, FieldKind)), None)
        if ask is None or surface is None:
            raise TypeError(f"{kind.KIND}.{name} needs a field kind and an Ask")
        found[name] = Question(name, ask, surface)
    return found


@cache
def cells(kind: type[Record]) -> Mapping[str, tuple[Question, ...]]:
    """Log cells of a kind: name → the questions it carries (one, or the members of a group)."""
    found: dict[str, list[Question]] = {}
    for question in questions(kind).values():
        found.setdefault(question.cell, []).append(question)
    for name, members in found.items():
        if len({member.ask.share for member in members}) > 1:
            raise TypeError(f"{kind.KIND}: the fields of group {name} must be shared alike")
    return {name: tuple(members) for name, members in found.items()}


@cache
def row_fields(kind: type[Record]) -> Mapping[str, Rows[Any]]:
    """The `Rows` of a kind by attribute name."""
    return {name: value for name, value in vars(kind).items() if isinstance(value, Rows)}


@cache
def parent_field(kind: type[Record]) -> str | None:
    """The field that names the record this one belongs to; the only one that must be set to save."""
    for name, question in questions(kind).items():
        if isinstance(question.kind, RefKind) and question.kind.parent:
            return name
    return None


@cache
def sections(kind: type[Record]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Headings and field names in the order of form and paper; every field exactly once."""
    if not kind.SECTIONS:
        return (("", tuple(questions(kind))),)
    placed = [name for _, names in kind.SECTIONS for name in names]
    known = set(questions(kind)) | set(row_fields(kind))
    if len(placed) != len(set(placed)) or not set(placed) <= known:
        raise TypeError(f"{kind.KIND}: SECTIONS names a field twice or one that is not there")
    return kind.SECTIONS


class Refused(ValueError):
    """The gate keeps the form open: `problems` says why, one sentence a field."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("；".join(problem.sentence for problem in problems))
        self.problems = problems


def gate(
    kind: type[R], values: Mapping[str, object], today: str, standing: Mapping[str, object] | None = None
) -> R:
    """The one gate for forms and files: typed values → a checked record. Raises `Refused`.

    What is `standing` in the store is taken as it stands, even where a peer sent what this gate would
    refuse: it is marked, and refuses no save that does not touch it.
    """
    before = {name: value for name, value in (standing or {}).items() if name in questions(kind)}
    typed = {name: v for name, v in values.items() if name not in before or v != before[name]}
    unknown = [name for name in typed if name not in questions(kind)]
    if unknown:
        raise Refused([Problem(Level.REFUSE, name, "没有这一项。") for name in unknown])
    try:
        record = _validated(kind, typed)
    except ValidationError as error:
        raise Refused([_problem(detail) for detail in error.errors(include_input=False)]) from None
    known: list[Problem] = []
    if before:
        known = _refusals(_standing(kind, before), today)
        record = _standing(kind, {**before, **{name: getattr(record, name) for name in typed}})
    found = _refusals(record, today)
    refused = [problem for problem in found if problem not in known or problem.field in typed]
    if refused:
        raise Refused(refused)
    return record


def _validated(kind: type[R], typed: Mapping[str, object]) -> R:
    """`kind.model_validate(typed)` in a tenth of its time: SQLAlchemy is not told of each value, for a record
    of the gate is never given to a session."""
    record = _blank(kind)
    unknown_to_pydantic = dict(vars(record))  # it puts a new `__dict__` in place
    kind.__pydantic_validator__.validate_python(typed, self_instance=record)
    vars(record).update(unknown_to_pydantic)
    return record


def _standing(kind: type[R], values: Mapping[str, object]) -> R:
    """A record made without the gate, as from a row of the store."""
    record = _blank(kind)
    vars(record).update({name: info.get_default() for name, info in kind.model_fields.items()} | {**values})
    return record


def _blank(kind: type[R]) -> R:
    """A record without values, as SQLAlchemy makes one for a row where the kind has a table."""
    has_table = hasattr(kind, "__table__")
    record: R = class_mapper(kind).class_manager.new_instance() if has_table else kind.__new__(kind)
    return record


def _refusals(record: Record, today: str) -> list[Problem]:
    return [problem for problem in problems(record, today) if problem.level is Level.REFUSE]


def _problem(detail: Any) -> Problem:
    own = detail["type"] == "refused"
    sentence = detail["msg"] if own else "这一项的内容不能识别，请重新填写。"
    return Problem(Level.REFUSE, str(detail["loc"][0]), sentence)


def problems(record: Record, today: str) -> list[Problem]:
    """Everything doubtful about a record. Computed when asked for, never stored."""
    found = [
        Problem(Level.MARK, name, sentence)
        for name, question in questions(type(record)).items()
        if (value := getattr(record, name)) is not None
        for sentence in _marks(question.kind, value)
    ]
    return found + list(record.check(today))


def _marks(kind: FieldKind, value: Wire) -> list[str]:
    if not kind.accepts(value):
        return ["这一项的内容来自其他版本，请核对。"]
    return list(kind.marks(value))


def shared(kind: type[Record], cell: str) -> bool:
    """May the cell leave this computer for the station's other computers?"""
    members = cells(kind).get(cell)
    return members is None or members[0].ask.share is not Share.NOBODY
