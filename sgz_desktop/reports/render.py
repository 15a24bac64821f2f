"""Turns the plain values of a paper into blocks on a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from .cells import LevelBar, Options
from .charts import Chart, GoalChart, Pair, TargetTable, lags
from .flow import Block
from .fonts import HEI, SONG
from .genogram import FamilyDrawing
from .grid import CHOICES, DATA, FORM, LEDGER, Cell, Grid, Rules
from .ink import MM
from .labels import Label, label
from .looks import FRAME, HANDWRITING, INNER, SUB_SECTION, Look
from .paragraph import Paragraph, Style
from .photos import PhotoRow
from .signing import (
    SEAL_HEIGHT,
    SIGN_HEIGHT,
    Box,
    CellLines,
    RemarksBox,
    SigningBoxes,
    SigningLines,
    WritingLines,
)
from .slip import SlipAtFoot
from .values import (
    BarChart,
    Choices,
    ClientSigning,
    FamilyTree,
    Form,
    FormField,
    GoalBars,
    Heading,
    Level,
    Lines,
    Narrative,
    Note,
    OptionLine,
    Photos,
    Remarks,
    ReplySlip,
    Side,
    Signatures,
    Signoff,
    Table,
    Targets,
    TwoColumns,
    Verdict,
)
from .values import Block as Value
from .values import Cell as CellValue
from .verdict import ConditionRow, FramedLine, going_on, opening

BRIEF_SEALS = ("填报单位（盖章）", "街道（乡镇）审核意见")
NUMERALS = "一二三四五六七八九十"


def chinese_number(number: int) -> str:
    """1 to 99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    if not tens:
        return NUMERALS[ones - 1]
    return ("" if tens == 1 else NUMERALS[tens - 1]) + "十" + (NUMERALS[ones - 1] if ones else "")


class Renderer:
    """Blocks of one sheet or section in one type scale; counts the tables and figures of a brief."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._tables = self._figures = self._headings = 0
        self._made: dict[type, Callable[[Any], list[Block]]] = {
            Form: self._form,
            Table: self._table,
            Heading: self._heading,
            Narrative: self._narrative,
            Note: self._note,
            Signoff: self._signoff,
            TwoColumns: self._two_columns,
            Choices: self._choices,
            OptionLine: self._option_line,
            Signatures: self._signatures,
            ClientSigning: self._client_signing,
            Remarks: self._remarks,
            Lines: self._lines,
            ReplySlip: self._reply_slip,
            Verdict: self._verdict,
            GoalBars: self._goal_bars,
            BarChart: self._chart,
            Side: self._side,
            Photos: self._photos,
            Targets: self._targets,
            FamilyTree: self._family_tree,
        }

    def blocks(self, values: Sequence[Value]) -> list[Block]:
        """Blocks for `values`; what people sign stays with the text before it."""
        made: list[Block] = []
        for value in values:
            blocks = self._made[type(value)](value)
            if isinstance(value, Signatures | ClientSigning):
                hold_together(made)
            made.extend(blocks)
        return made

    def new_section(self) -> None:
        """Starts counting （一） again."""
        self._headings = 0

    def section(self, text: str, space: float = 8.0) -> Paragraph:
        """A section heading, kept with what follows."""
        return Paragraph(text, self._look.section, 0.0 if self._look.brief else space, keep=True)

    def _titled(self, title: str, blocks: list[Block]) -> list[Block]:
        if not title:
            if not self._look.brief and blocks:
                blocks[0].space = max(blocks[0].space, 6.0)
            return blocks
        if blocks and not self._look.brief:
            blocks[0].space = 3.0
        return [self.section(title), *blocks]

    def _form(self, value: Form) -> list[Block]:
        rows: list[list[Cell]] = []
        half: list[Cell] = []
        for field in value.fields:
            if field.wide:
                if half:
                    rows.append([half[0], half[1]._replace(span=5)])
                rows.append(self._field(field, 5))
                half = []
            elif half:
                rows.append(half + self._field(field, 2))
                half = []
            else:
                half = self._field(field, 2)
        if half:
            rows.append([half[0], half[1]._replace(span=5)])
        least = max(self._look.row, HANDWRITING) if value.by_hand else self._look.row
        return self._titled(value.title, [Grid((1,) * 6, rows, FORM, cut=120.0, least=least)])

    def _field(self, field: FormField, span: int) -> list[Cell]:
        look, content = self._look, Paragraph(field.text, self._look.cell)
        if field.lines:
            return [Cell(label(field.label, look.label)), Cell(CellLines(field.lines), span)]
        boxes = Options(field.options, look.cell._replace(align="left"), after=field.text)
        return [Cell(label(field.label, look.label)), Cell(boxes if field.options else content, span)]

    def _table(self, value: Table) -> list[Block]:
        look, blocks = self._look, list[Block]()
        if value.caption:
            self._tables += 1
            text = f"表{self._tables}　{value.caption}" if look.brief else value.caption
            blocks.append(Paragraph(text, look.caption, 4.0, keep=True))
        if value.rows:
            heads = [Cell(Label(c.head, look.data_head._replace(align=c.align))) for c in value.columns]
            body = [
                [self._cell(text, c.align) for text, c in zip(row, value.columns, strict=True)]
                for row in value.rows
            ]
            widths = [c.width for c in value.columns]
            rules = LEDGER if value.ledger else DATA
            table = Grid(widths, [heads, *body], rules, heads=1, pad_x=1.5 * MM, pad_y=1.2 * MM)
            table.least = HANDWRITING if value.ledger and look.client else look.table_row
            table.carry = value.carry
            table.space, table.keep = 2.0, bool(value.note)
            blocks.append(table)
        else:
            blocks.append(Paragraph(value.empty, look.body, 2.0))
        if value.note:
            blocks.append(Paragraph(value.note, look.note, 2.0))
        return self._titled(value.title, blocks)

    def _cell(self, value: CellValue, align: str) -> Cell:
        style = self._look.data._replace(align="justify" if align == "left" else align, whole=True)
        if isinstance(value, tuple):
            return Cell(Options(value, style._replace(align=align)))
        if isinstance(value, Level):
            return Cell(LevelBar(value.percent, style))
        inset = value.startswith("其中")
        return Cell(Paragraph(value, style._replace(indent=1) if inset else style))

    def _heading(self, value: Heading) -> list[Block]:
        if not self._look.brief:
            return [self.section(value.text)]
        self._headings += 1
        return [Paragraph(f"（{chinese_number(self._headings)}）{value.text}", SUB_SECTION, keep=True)]

    def _narrative(self, value: Narrative) -> list[Block]:
        style = self._look.body if value.indent else self._look.body._replace(indent=0)
        return self._titled(value.title, [Paragraph(value.text, style, 0.0 if self._look.brief else 4.0)])

    def _note(self, value: Note) -> list[Block]:
        return [Paragraph(value.text, self._look.note._replace(align="right"), 2.0)]

    def _signoff(self, value: Signoff) -> list[Block]:
        text = "\n".join(value.lines)
        return [Paragraph(text, self._look.body._replace(indent=0, align="right"), 12.0)]

    def _two_columns(self, value: TwoColumns) -> list[Block]:
        if not value.left and not value.right:
            return []
        look = self._look
        head = look.data_head._replace(align="centre")
        rows = [
            [Cell(Paragraph(value.left_head, head)), Cell(Paragraph(value.right_head, head))],
            [
                Cell(Paragraph(value.left, look.column_text), middle=False),
                Cell(Paragraph(value.right, look.column_text), middle=False),
            ],
        ]
        rules = Rules(FRAME, FRAME, INNER, INNER, INNER, FRAME)
        return [Grid((3, 2), rows, rules, heads=1, cut=60.0, space=6.0)]

    def _choices(self, value: Choices) -> list[Block]:
        from .values import Option

        style = self._look.choice
        rows = []
        for item in value.items:
            yes = Options((Option(value.yes, item.answer is True),), style)
            no = Options((Option(value.no, item.answer is False),), style)
            rows.append([Cell(Paragraph(item.text, style)), Cell(yes), Cell(no)])
        grid = Grid((10, 3, 3), rows, CHOICES, pad_x=0.6 * MM, pad_y=1.0 * MM)
        return self._titled(value.title, [grid])

    def _option_line(self, value: OptionLine) -> list[Block]:
        options = Options(value.options, self._look.choice, lead=value.lead)
        options.space = 6.0
        return [options]

    def _signatures(self, value: Signatures) -> list[Block]:
        if self._look.brief:
            ours, *others = value.seals or BRIEF_SEALS
            second = [Box(ours), *(Box(one, kind="opinion") for one in others)]
            return [_boxes([(SIGN_HEIGHT, _roles(value.roles)), (SEAL_HEIGHT, second)], self._look)]
        rows = [(SIGN_HEIGHT, _roles(value.roles))]
        if value.witness:
            witness = Box("见证人（按指印时填写）", 2.0, "witness")
            rows.append((SEAL_HEIGHT, [witness, *([Box(value.seal)] if value.seal else [])]))
        elif value.seal:
            rows = [(SEAL_HEIGHT, [*_roles(value.roles), Box(value.seal)])]
        return [_boxes(rows, self._look)]

    def _client_signing(self, value: ClientSigning) -> list[Block]:
        return [SigningLines(value.roles, value.thumb, self._look)]

    def _remarks(self, value: Remarks) -> list[Block]:
        return [RemarksBox(value.label, value.text, value.height_mm * MM, self._look)]

    def _lines(self, value: Lines) -> list[Block]:
        return self._titled(value.title, [WritingLines(value.count)])

    def _reply_slip(self, value: ReplySlip) -> list[Block]:
        return [SlipAtFoot(value, self._look)]

    def _verdict(self, value: Verdict) -> list[Block]:
        look = self._look
        found = opening(value.line, value.closing)
        style = Style(HEI, look.cell.size, 17, 0, "left")
        blocks: list[Block] = [Paragraph(found, style, 2.0, keep=True)] if found else []
        levels = [c.level for c in value.conditions]
        for i, condition in enumerate(value.conditions):
            blocks.append(ConditionRow(condition, look, going_on(levels, i)))
        if value.pack:
            blocks.append(Paragraph(value.pack, look.note, 3.0, keep=True))
        blocks.append(FramedLine(value.closing, Style(SONG, look.cell.size, 15, 0, "centre")))
        return self._titled(value.title, blocks)

    def _goal_bars(self, value: GoalBars) -> list[Block]:
        charts: list[Block] = [
            GoalChart(replace(value, goals=value.goals[i : i + GoalChart.MOST]), self._look)
            for i in range(0, max(len(value.goals), 1), GoalChart.MOST)
        ]
        charts[-1].keep = bool(value.note)
        note = [Paragraph(value.note, self._look.note, 2.0)] if value.note else []
        return self._titled(value.title, [*charts, *note])

    def _family_tree(self, value: FamilyTree) -> list[Block]:
        notes = [Paragraph(words, self._look.note, 4.0) for words in (value.legend, value.aside) if words]
        return [FamilyDrawing(value), *notes]

    def _figure(self, caption: str) -> str:
        self._figures += 1
        return f"图{self._figures}　{caption}" if self._look.brief else caption

    def _chart(self, value: BarChart) -> list[Block]:
        return [Chart(replace(value, caption=self._figure(value.caption)), self._look)]

    def _side(self, value: Side) -> list[Block]:
        left, right = (replace(c, caption=self._figure(c.caption)) for c in (value.left, value.right))
        return [Pair(left, right, self._look)]

    def _photos(self, value: Photos) -> list[Block]:
        shown = value.pictures
        return [PhotoRow(shown[at : at + 2], self._look) for at in range(0, len(shown), 2)]

    def _targets(self, value: Targets) -> list[Block]:
        blocks: list[Block] = [
            TargetTable(replace(value, rows=value.rows[i : i + TargetTable.MOST]), self._look)
            for i in range(0, max(len(value.rows), 1), TargetTable.MOST)
        ]
        blocks.append(Paragraph(self._figure(value.caption), self._look.caption, 3.0))
        for row in value.rows:
            if row.reason and lags(row, value.elapsed):
                blocks.append(Paragraph(row.reason, self._look.body))
        return blocks


def hold_together(blocks: Sequence[Block]) -> None:
    """Ties the last text, and the boxes after it, to what people sign next."""
    for block in reversed(blocks):
        block.keep = True
        small = isinstance(block, Options) or (isinstance(block, Grid) and len(block.rows) <= 2)
        if not small:
            break


def _roles(roles: Sequence[str]) -> list[Box]:
    return [Box(role) for role in roles]


def _boxes(rows: Sequence[tuple[float, Sequence[Box]]], look: Look) -> SigningBoxes:
    return SigningBoxes(rows, look)
