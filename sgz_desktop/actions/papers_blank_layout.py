"""A form laid out blank from what its record class declares: boxes, lines and room for each field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sgz_desktop.actions.papers_blank_forms import BlankForm, Part
from sgz_desktop.actions.papers_words import boxes, codes_of, form, paired, takes_a_row
from sgz_desktop.domain.fields import (
    ClockKind,
    CodeKind,
    CodesKind,
    CountKind,
    DayKind,
    IdNumberKind,
    KeyKind,
    LongTextKind,
    Paper,
    YesNoKind,
    YuanKind,
)
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.base import Question, Record, Rows, questions, row_fields, sections
from sgz_desktop.reports.values import (
    Block,
    Cell,
    Choice,
    Choices,
    Column,
    FormField,
    Heading,
    Option,
    Remarks,
    Table,
)

MOST_BOXES = 24  # a longer code list is a line to write the word on
CARD_BOXES, CELL_BOXES, NARROW_BOXES = 12, 4, 3  # the same in a small form, a table, a table of many columns
MANY_COLUMNS = 5
MOST_COLUMNS = 8  # a row that asks more is a small form of its own
ROWS, CARDS = 3, 2
MORE_ROWS = {"membership": 6, "paper_item": 6, "attendance": 12}
USUAL_LINES = 2
YES_NO = (Option("是"), Option("否"))
DAY, MONTH = "　　　　年　　月　　日", "　　　　年　　月"
MONTHLY = ("月", "月份")  # what labels of a day end in that is a month
CLOCK = "　　　时　　　分"
AGREES = "consent_state"  # a client agrees or does not; what else the list holds comes later
REMARK = "supervisor_remark"
WIDTHS: Sequence[tuple[type, float]] = (
    (LongTextKind, 3.2),
    (CodesKind, 2.4),
    (CodeKind, 2.2),
    (DayKind, 2.0),
    (YesNoKind, 1.8),
    (CountKind, 1.2),
    (YuanKind, 1.6),
)


def sheet_blocks(of: BlankForm, part: Part) -> tuple[Block, ...]:
    """What one sheet of a form asks, in the order of the record's sections, and who signs it."""
    kind = BY_KIND[of.kind]
    asked = questions(kind)
    blocks: list[Block] = [*part.before]
    blocks += form(paired([blank_field(asked[name], of) for name in part.heads]))
    for title, names in sections(kind):
        blocks += _section(of, part, title, names)
    if asked.get(REMARK) and of.of(asked[REMARK]) is part:
        blocks.append(Remarks(asked[REMARK].ask.label))
    return (*blocks, *part.after, part.signing)


def _section(of: BlankForm, part: Part, title: str, names: Sequence[str]) -> Iterator[Block]:
    kind = BY_KIND[of.kind]
    asked, rows = questions(kind), row_fields(kind)
    own = [asked[name] for name in names if name in asked and _stands(of, part, asked[name])]
    items = [one for one in own if part.circle is Paper.CLIENT and _agrees(one)]
    fields = [blank_field(one, of) for one in own if one not in items]
    yield from form(paired(fields), title)
    if items:
        told = tuple(Choice(part.words.get(one.name, one.ask.label)) for one in items)
        yield Choices(told, "请逐项选择（可以只同意一部分）")
    for name in names:
        if name in rows and rows[name].kind is not Attachment and _rows_stand(of, part, name, rows[name]):
            yield from blank_rows(rows[name], headed=not (fields and rows[name].label == title))


def _agrees(one: Question) -> bool:
    return isinstance(one.kind, CodeKind) and one.kind.codes == AGREES


def _stands(of: BlankForm, part: Part, one: Question) -> bool:
    machine = isinstance(one.kind, KeyKind) or one.name in of.written or one.name == REMARK
    return not machine and one.name not in part.heads and of.of(one) is part


def _rows_stand(of: BlankForm, part: Part, name: str, rows: Rows[Record]) -> bool:
    """Rows stand on the sheet that names them, else on the first that may hold them."""
    if any(name in one.names for one in of.parts):
        return name in part.names
    asked = [one.ask.paper is not Paper.INTERNAL for one in questions(rows.kind).values()]
    able = [one for one in of.parts if not one.names and (one.circle is not Paper.CLIENT or any(asked))]
    return bool(able) and able[0] is part


def blank_field(one: Question, of: BlankForm | None = None, most: int = MOST_BOXES) -> FormField:
    """A field to be filled in by hand."""
    kind, title = one.kind, one.ask.label
    if isinstance(kind, LongTextKind):
        return FormField(title, wide=True, lines=(of.lines if of else {}).get(one.name, USUAL_LINES))
    if isinstance(kind, YesNoKind):
        return FormField(title, options=YES_NO)
    if isinstance(kind, CodeKind) and (options := blank_boxes(kind, most)):
        return FormField(title, wide=takes_a_row(options), options=options)
    return FormField(title, _room(one), isinstance(kind, IdNumberKind | CodesKind))


def blank_boxes(kind: CodeKind, most: int) -> tuple[Option, ...]:
    """A box for each code of a short list, 其他 with a line behind it; none for a long list."""
    codes = codes_of(kind)
    if kind.codes == AGREES:
        return boxes(codes, None, among=codes.codes[:2])
    if len(codes) > most:
        return ()
    return tuple(Option(one.label, blank=one.label.startswith("其他")) for one in boxes(codes, None))


def _room(one: Question) -> str:
    """What a date, a time or an amount is written between."""
    if isinstance(one.kind, DayKind):
        return MONTH if one.ask.label.endswith(MONTHLY) else DAY
    if isinstance(one.kind, ClockKind):
        return CLOCK
    return f"　　　　　{one.ask.unit or '元'}" if isinstance(one.kind, YuanKind) else _unit(one)


def _unit(one: Question) -> str:
    return f"　　　　　{one.ask.unit}" if one.ask.unit else ""


def blank_rows(rows: Rows[Record], headed: bool = True) -> tuple[Block, ...]:
    """Empty rows of a child record: a table, `headed` unless the section says so, or small forms where it
    asks much."""
    asked = [
        one
        for one in questions(rows.kind).values()
        if one.name != rows.parent and not isinstance(one.kind, KeyKind)
    ]
    if len(asked) > MOST_COLUMNS:
        fields = paired([blank_field(one, None, CARD_BOXES) for one in asked])
        cards = [block for at in range(1, CARDS + 1) for block in form(fields, f"{rows.label}（{at}）")]
        return tuple(cards)
    heads = tuple(Column(_head(one), _width(one)) for one in asked)
    most = NARROW_BOXES if len(asked) > MANY_COLUMNS else CELL_BOXES
    row = tuple(_cell(one, most) for one in asked)
    count = MORE_ROWS.get(rows.kind.KIND, ROWS)
    table = Table(heads, (row,) * count, ledger=True)
    return (Heading(rows.label), table) if headed else (table,)


def _head(one: Question) -> str:
    return one.ask.label + (f"（{one.ask.unit}）" if one.ask.unit else "")


def _width(one: Question) -> float:
    return next((width for kind, width in WIDTHS if isinstance(one.kind, kind)), 2.0)


def _cell(one: Question, most: int) -> Cell:
    if isinstance(one.kind, YesNoKind):
        return YES_NO
    if isinstance(one.kind, CodeKind):
        return blank_boxes(one.kind, most) or ""
    return ""
