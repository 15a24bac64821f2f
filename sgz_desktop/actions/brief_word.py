"""The monthly brief as a Word document, from the value its PDF is made of: whoever must alter it can."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import singledispatchmethod
from typing import Any

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_report import kept_word, made, named
from sgz_desktop.domain.percents import percent_words
from sgz_desktop.domain.report_form import MONTHLY
from sgz_desktop.exports.docx_values import (
    Bar,
    Column,
    Document,
    Picture,
    Pictures,
    Piece,
    Signing,
    Table,
    Text,
)
from sgz_desktop.reports import values

NUMERALS = "一二三四五六七八九十"
SEALS = ("填报单位（盖章）", "街道（乡镇）审核意见")


@action
def word_brief(desk: Desk, month: str, sort: str = MONTHLY) -> bytes:
    """A report (of a month YYYY-MM, a year or two days) as a .docx: as it was signed off, or its draft.
    AppError when its days are none, or it was signed off on another computer."""
    from sgz_desktop.exports import docx

    span = named(sort, month, desk)
    frozen = desk.read(lambda session: kept_word(session, span))
    return frozen or docx.written(document(made(span, desk).value))


def document(brief: values.Brief) -> Document:
    """What the Word document says: all that the PDF says, in its order."""
    return Document(brief.title, brief.number, tuple(_pieces(brief)), brief.practice)


def _pieces(brief: values.Brief) -> Iterator[Piece]:
    yield Text(brief.station, "title")
    yield Text(brief.title, "title")
    yield Text(brief.issue_no, "under")
    yield _meta(brief)
    yield Text(brief.summary)
    pieces = _Pieces()
    for at, section in enumerate(brief.sections, start=1):
        yield Text(f"{_numeral(at)}、{section.title}", "level1")
        pieces.new_section()
        yield from (piece for block in section.blocks for piece in pieces.of(block))
        if not section.blocks:
            yield Text(brief.empty)
    if brief.attachments:
        named = "　".join(f"{at}. {name}" for at, name in enumerate(brief.attachments, start=1))
        yield Text(f"附件：{named}", "meta")
    yield Signing(brief.signers, getattr(brief, "seals", SEALS))


def _meta(brief: values.Brief) -> Table:
    columns = (Column("", 22), Column("", 56), Column("", 18), Column("", 60))
    rows = (
        ("编制单位", brief.station, "统计期", brief.period),
        ("报　　送", brief.send_to, "抄　送", brief.copy_to),
    )
    return Table(columns, rows, headless=True)


def _numeral(number: int) -> str:
    """1 to 99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    lead = "" if not tens else "十" if tens == 1 else f"{NUMERALS[tens - 1]}十"
    return lead + (NUMERALS[ones - 1] if ones else "")


class _Pieces:
    """Blocks as pieces; counts headings, tables and figures as the PDF does."""

    def __init__(self) -> None:
        self._headings = self._tables = self._figures = 0

    def new_section(self) -> None:
        """Starts counting （一） again."""
        self._headings = 0

    @singledispatchmethod
    def of(self, block: Any) -> Iterator[Piece]:
        """The pieces of a block: its photos; of one that Word has no form for, all its words."""
        photos = getattr(block, "pictures", ())
        if photos:
            yield Pictures(tuple(Picture(one.data, one.width, one.height, one.caption) for one in photos))
            return
        for text in values.texts(block):
            yield Text(text)

    @of.register
    def _(self, block: values.Heading) -> Iterator[Piece]:
        self._headings += 1
        yield Text(f"（{_numeral(self._headings)}）{block.text}", "level2")

    @of.register
    def _(self, block: values.Narrative) -> Iterator[Piece]:
        if block.title:
            yield Text(block.title, "level2")
        yield Text(block.text)

    @of.register
    def _(self, block: values.Note) -> Iterator[Piece]:
        yield Text(block.text, "note")

    @of.register
    def _(self, block: values.Table) -> Iterator[Piece]:
        if block.title:
            yield Text(block.title, "level2")
        if block.caption:
            self._tables += 1
            yield Text(f"表{self._tables}　{block.caption}", "caption")
        if block.rows:
            columns = tuple(Column(one.head, one.width, one.align) for one in block.columns)
            yield Table(columns, tuple(tuple(_words(cell) for cell in row) for row in block.rows))
        else:
            yield Text(block.empty)
        if block.note:
            yield Text(block.note, "note")

    @of.register
    def _(self, block: values.Side) -> Iterator[Piece]:
        for chart in (block.left, block.right):
            yield from self.of(chart)

    @of.register
    def _(self, block: values.BarChart) -> Iterator[Piece]:
        yield Text(self._figure(block.caption), "caption")
        key = f"■{block.solid}　□{block.hollow}" + (f"　单位：{block.unit}" if block.unit else "")
        yield Text(key, "caption")
        yield (_paired if block.paired else _stacked)(block)

    @of.register
    def _(self, block: values.Targets) -> Iterator[Piece]:
        yield Text(self._figure(block.caption), "caption")
        yield _targets(block)
        yield Text(f"时间进度 {block.elapsed}%", "note")
        for row in block.rows:
            if row.reason and _lags(row, block.elapsed):
                yield Text(row.reason)

    @of.register
    def _(self, block: values.Signatures) -> Iterator[Piece]:
        yield Signing(block.roles, (block.seal,) if block.seal else ())

    def _figure(self, caption: str) -> str:
        self._figures += 1
        return f"图{self._figures}　{caption}"


def _words(cell: values.Cell) -> str:
    """A cell in words: a box that is ticked, and one that is not."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, values.Level):
        return "—" if cell.percent is None else f"{cell.percent}%"
    return "　".join(f"{'☑' if one.ticked else '□'}{one.label}{'____' * one.blank}" for one in cell)


def _paired(chart: values.BarChart) -> Table:
    """Two bars a label: now, and before."""
    most = max((max(bar.solid, bar.hollow) for bar in chart.bars), default=0) or 1
    rows: list[tuple[str | Bar, ...]] = []
    for bar in chart.bars:
        rows.append((bar.label, Bar(bar.solid / most), str(bar.solid)))
        rows += [("", Bar(0, bar.hollow / most), str(bar.hollow)), ()]
    return _chart(rows)


def _stacked(chart: values.BarChart) -> Table:
    """One bar a label, longest first, hollow set on after solid."""
    most = max((bar.solid + bar.hollow for bar in chart.bars), default=0) or 1
    order = sorted(chart.bars, key=lambda bar: -(bar.solid + bar.hollow))
    rows: list[tuple[str | Bar, ...]] = []
    for bar in order:
        told = f"{bar.solid}+{bar.hollow}" if bar.hollow else str(bar.solid)
        rows += [(bar.label, Bar(bar.solid / most, bar.hollow / most), told), ()]
    return _chart(rows)


def _chart(rows: Sequence[tuple[str | Bar, ...]]) -> Table:
    columns = (Column("", 36, "right"), Column("", 100, bars=True), Column("", 20))
    return Table(columns, tuple(rows), headless=True)


def _targets(block: values.Targets) -> Table:
    heads = (
        Column("指标", 42),
        Column(block.this, 16, "right"),
        Column("　进度", 44, bars=True),
        Column("累计 / 目标", 30, "right"),
        Column("完成", 24, "right"),
    )
    return Table(heads, tuple(_target(row, block.elapsed) for row in block.rows))


def _target(row: values.Target, elapsed: int) -> tuple[str | Bar, ...]:
    share = row.total / row.target if row.target > 0 else 0.0
    late = "落后 " if _lags(row, elapsed) else ""
    name = f"{row.name}（{row.unit}）" if row.unit else row.name
    done = f"{row.total} / {row.target}"
    return (
        name,
        str(row.month),
        Bar(min(share, 1.0), track=True),
        done,
        late + percent_words(row.total, row.target),
    )


def _lags(row: values.Target, elapsed: int) -> bool:
    return row.target > 0 and row.total * 100 < elapsed * row.target
