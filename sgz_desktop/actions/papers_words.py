"""One record as a paper sees it: its values in words, masked, and never more than the paper's circle allows.

A layout asks for fields by name and places them; `rest` gives what is filled and has no place yet, so that a
field added to a record tomorrow is printed without anybody thinking of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sgz_desktop.domain.codes import CodeList, code_list
from sgz_desktop.domain.fields import (
    CodeKind,
    CodesKind,
    CountKind,
    DisabilityCardKind,
    FieldKind,
    IdNumberKind,
    KeyKind,
    LongTextKind,
    Paper,
    PhoneKind,
    RefKind,
    Wire,
    YesNoKind,
    YuanKind,
    split_codes,
)
from sgz_desktop.domain.records.base import Question, Record, questions, sections
from sgz_desktop.reports.values import Column, Form, FormField, Option, Table

SHORT = 9  # check boxes for lists of up to so many codes
SIGNING_ROOM = "\n" * 2  # a row of a list that is signed in is 10 mm high
WRITING_ROOM = "\n" * 3  # two lines to write by hand: an empty line is set half as high
SIGNING_ROOM = "\n\n"  # a line to sign on
HALF = 28  # Latin letters that a cell of half a row holds on one line; a Han character takes two
NOT_HERE = "（资料未到）"
UNNAMED = "（姓名未填）"
LEFT_OUT = "（隐去）"  # stands in a coded copy where something is on file that identifies

CIRCLES: Mapping[Paper, frozenset[Paper]] = {
    Paper.INTERNAL: frozenset(Paper),
    Paper.CLIENT: frozenset({Paper.CLIENT, Paper.BUREAU}),
    Paper.BUREAU: frozenset({Paper.BUREAU}),
}
LONG = (LongTextKind, CodesKind)


def masked_number(text: str) -> str:
    """First three and last four characters; a text too short for that is hidden whole."""
    if len(text) < 10:
        return "*" * len(text)
    return text[:3] + "*" * (len(text) - 7) + text[-4:]


def masked_phone(text: str) -> str:
    """The four characters before the last four are hidden: 138****6677."""
    if len(text) < 8:
        return text[:1] + "*" * (len(text) - 1)
    return text[:-8] + "****" + text[-4:]


def codes_of(kind: CodeKind) -> CodeList:
    """The code list of a field kind."""
    return code_list(kind.codes)


@dataclass(frozen=True)
class Names:
    """Records by kind and id in words, for the fields that point to them."""

    known: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def of(self, kinds: str, id: str) -> str:
        """The words of a record of one of `kinds` ("visit|session"); not here yet = says so."""
        found = (self.known.get((kind, id)) for kind in kinds.split("|"))
        return next((words for words in found if words), NOT_HERE)


def words(question: Question, value: Wire, names: Names) -> str:
    """A value as papers print it: with its unit, references as names, numbers of people masked."""
    kind = question.kind
    if value is None or isinstance(kind, KeyKind):
        return ""
    if isinstance(kind, RefKind):
        return names.of(kind.kind, str(value))
    if value == LEFT_OUT:
        return LEFT_OUT
    if isinstance(kind, IdNumberKind | DisabilityCardKind):
        return masked_number(str(value))
    if isinstance(kind, PhoneKind):
        return masked_phone(str(value))
    return with_unit(kind, shown(kind, value), question.ask.unit)


def shown(kind: FieldKind, value: Wire) -> str:
    """A value in the words of its kind, whole."""
    try:
        return kind.show(value)
    except ValueError:  # a merged record may hold any text in a day
        return str(value)


def with_unit(kind: FieldKind, text: str, unit: str) -> str:
    """3500元 and 元/月 → 3500元/月; 60 and % → 60%."""
    if not text or not unit:
        return text
    if isinstance(kind, YuanKind):
        return text + unit.removeprefix("元")
    return text + unit if isinstance(kind, CountKind) else text


def boxes(codes: CodeList, value: Wire, *, among: Iterable[str] = ()) -> tuple[Option, ...]:
    """A check box for each code of a list, ticked where the value holds it; codes it lacks come last."""
    ticked = split_codes(value)
    offered = tuple(among) or codes.codes
    own = [Option(codes.label(code), code in ticked) for code in offered]
    return tuple(own + [Option(codes.label(code), True) for code in ticked if code not in offered])


def let_out(record: Record) -> frozenset[str]:
    """Internal fields that somebody ticked may be told outside the station."""
    opened = type(record).LETS_OUT.items()
    return frozenset(name for tick, names in opened if getattr(record, tick) is True for name in names)


class Asked:
    """A record on a paper of some circle. What the circle does not allow reads as unknown."""

    def __init__(self, record: Record, circle: Paper, names: Names, *placed: str) -> None:
        """`placed` names fields that stand elsewhere on the paper, e.g. the case in the page head."""
        self.record = record
        self._circle = circle
        self._names = names
        self._placed = set(placed)
        self._questions = questions(type(record))

    @property
    def id(self) -> str:
        """The record's id."""
        return str(self.record.id)

    def allowed(self, name: str) -> bool:
        """May the field stand on this paper?"""
        return self._questions[name].ask.paper in CIRCLES[self._circle] or name in let_out(self.record)

    def raw(self, name: str) -> Wire:
        """The stored value, None where unknown or not for this paper; the field counts as placed."""
        self._placed.add(name)
        value: Wire = getattr(self.record, name)
        return value if self.allowed(name) else None

    def says(self, name: str) -> str:
        """The value in words, '' where unknown or not for this paper."""
        return words(self._questions[name], self.raw(name), self._names)

    def label(self, name: str) -> str:
        """What the field asks."""
        return self._questions[name].ask.label

    def boxes(self, name: str, among: Iterable[str] = ()) -> tuple[Option, ...]:
        """The field's code list as check boxes."""
        kind = self._questions[name].kind
        assert isinstance(kind, CodeKind)
        return boxes(codes_of(kind), self.raw(name), among=among)

    def field(self, name: str, *, label: str = "", plain: bool = False, wide: bool = False) -> FormField:
        """A form field: check boxes for a short code list unless `plain`, else words."""
        question = self._questions[name]
        kind, title = question.kind, label or question.ask.label
        if isinstance(kind, CodeKind) and not plain and len(codes_of(kind)) <= SHORT:
            options = self.boxes(name)
            return FormField(title, "", wide or takes_a_row(options), options)
        if isinstance(kind, YesNoKind) and not plain:
            value = self.raw(name)
            return FormField(title, "", wide, (Option("是", value is True), Option("否", value is False)))
        text = self.says(name)
        if not text and isinstance(kind, LongTextKind):
            return FormField(title, WRITING_ROOM, True)
        full = isinstance(kind, LONG) or _wide(text) > HALF or "\n" in text or len(title) > 6
        return FormField(title, text, wide or full)

    def fields(self, *names: str, plain: bool = False) -> tuple[FormField, ...]:
        """Form fields of the names this paper may hold, empty ones too."""
        return tuple(self.field(name, plain=plain) for name in names if self.allowed(name))

    def rest(self) -> tuple[FormField, ...]:
        """Fields with a value and no place yet, in the order of the record's sections."""
        return paired(tuple(self.field(name, plain=True) for name in self._unplaced()))

    def rest_line(self) -> str:
        """The same on one line of a table cell: 备注：……；附注：……."""
        return joined(*(f"{self.label(name)}：{self.says(name)}" for name in self._unplaced()))

    def _unplaced(self) -> list[str]:
        ordered = [name for _, names in sections(type(self.record)) for name in names]
        return [name for name in ordered if name in self._questions and self._open(name)]

    def _open(self, name: str) -> bool:
        asked = self._questions[name]
        if name in self._placed or isinstance(asked.kind, KeyKind) or not self.allowed(name):
            return False
        return getattr(self.record, name) is not None


def takes_a_row(options: Sequence[Option]) -> bool:
    """Are the boxes too many for half a row?"""
    return sum(_wide(option.label) + (16 if option.blank else 4) for option in options) > HALF + 4


def _wide(text: str) -> int:
    return sum(1 if ord(mark) < 0x2E80 else 2 for mark in text)


def told_fields(*rows: tuple[str, str]) -> list[FormField]:
    """Fields of what is known, (label, text) each; a text too long for half a row takes a whole one."""
    return [FormField(label, text, _wide(text) > HALF or "\n" in text) for label, text in rows if text]


def joined(*parts: str) -> str:
    """Parts that say something, with ； between where none ends its own sentence."""
    said = [part for part in parts if part]
    return "".join(part + ("" if part.endswith("。") else "；") for part in said[:-1]) + "".join(said[-1:])


def paired(fields: Sequence[FormField]) -> tuple[FormField, ...]:
    """The fields in their order, but each half-row field is joined by the next one, so that none stands alone
    with a wide one behind it."""
    rows: list[list[FormField]] = []
    waiting: list[FormField] | None = None
    for one in fields:
        if one.wide:
            rows.append([one])
        elif waiting is None:
            waiting = [one]
            rows.append(waiting)
        else:
            waiting.append(one)
            waiting = None
    return tuple(one for row in rows for one in row)


def form(fields: Sequence[FormField], title: str = "", by_hand: bool = False) -> tuple[Form, ...]:
    """A form of the fields, or nothing when there are none."""
    return (Form(tuple(fields), title, by_hand),) if fields else ()


Cells = Callable[[Asked], tuple[str | tuple[Option, ...], ...]]


def table(
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Asked],
    cells: Cells,
    *,
    empty: str = "没有记录。",
    room: int = 0,
) -> Table:
    """A table of child records. What a record holds beyond its columns is added to its last cell.

    Without records it says `empty`, or leaves `room` rows to write by hand.
    """
    told = tuple(_row(one, cells) for one in rows)
    blank = ((WRITING_ROOM, *[""] * (len(columns) - 1)),) * (0 if told else room)
    return Table(tuple(columns), told or blank, title=title, empty=empty)


def _row(one: Asked, cells: Cells) -> tuple[str | tuple[Option, ...], ...]:
    *front, last = cells(one)
    assert isinstance(last, str), "the last column is text: it takes what has no column"
    return (*front, joined(last, one.rest_line()))
