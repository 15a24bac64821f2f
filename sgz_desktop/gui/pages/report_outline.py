"""What a report holds: its sections with their pages, under them every figure and every text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sgz_desktop.actions.figures import Compared
from sgz_desktop.actions.report_edits import Outline, SectionTold
from sgz_desktop.actions.report_texts import TextLine
from sgz_desktop.domain import days
from sgz_desktop.domain.indicator_words import valued
from sgz_desktop.domain.local_words import localised
from sgz_desktop.domain.report_form import REASON
from sgz_desktop.domain.supplement import Supplement
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.data_table import Cell, Column, DataTable
from sgz_desktop.gui.widgets.labels import paragraph

COLUMNS = (Column("报告内容", 0), Column("本月", 92, "body_bold", right=True), Column("上月", 66, right=True))
BESIDE_MONTH, BESIDE_YEAR = "上月", "上年"  # what the figures stand beside
STEP_IN = "　"
NUMERALS = "一二三四五六七八九十"
HINT = "点数字或按回车，看背后的记录；点文字编辑。"
Key = tuple[Any, ...]  # ("section", id), ("figure", at), ("change", span, at) or ("text", section, id)


class ReportOutline(QWidget):
    """`section(page)` when a section is opened, `figure(Compared)`, `change(Supplement)`, `text(section, id)`
    when one of them is; `moved()` when another row is the current one."""

    section = Signal(int)
    figure = Signal(object)
    change = Signal(object)
    text = Signal(str, str)
    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.told: Outline | None = None
        self._figures: Sequence[Compared] = ()
        self._pages: dict[str, int] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.table = DataTable("报告内容", COLUMNS)
        self.table.opened.connect(self._open)
        self.table.picked.connect(lambda _id: self.moved.emit())
        self.card = card = Card(margin=0)
        card.add(self.table, 1)
        self.note = paragraph(HINT, "caption", "muted")
        self.note.setContentsMargins(14, 4, 14, 8)
        card.add(self.note)
        column.addWidget(card)

    def show_outline(self, told: Outline) -> None:
        """Show another report, or this one again."""
        self.told, self._figures = told, told.figures
        beside = BESIDE_MONTH if told.span.before else BESIDE_YEAR
        self.table.set_heads(COLUMNS[0].head, dict(told.columns).get("now", COLUMNS[1].head), beside)
        signed = f"已定稿 {told.number}，{days.show_day(told.signed_on)}{told.signed_by}。"
        self.note.setText(signed if told.signed_on else HINT)
        self._show()

    def warn(self, notices: Sequence[str]) -> None:
        """Say what the paper leaves out."""
        if notices and self.told is not None and not self.told.signed_on:
            self.note.setText("".join(notices))

    def show_sections(self, sections: Sequence[tuple[str, int]]) -> None:
        """Show the pages, from 1, of the sections of the paper just made."""
        self._pages = {title.partition("、")[2]: page for title, page in sections}
        self._show()

    def current(self) -> Key:
        """The current row, () when there is none."""
        found = self.table.current_id()
        return found if isinstance(found, tuple) else ()

    def line(self) -> TextLine | None:
        """The text in the current row."""
        kind, *rest = self.current() or ("",)
        if kind != "text" or self.told is None:
            return None
        section, id = rest
        lines = (line for one in self.told.sections if one.section.id == section for line in one.lines)
        return next((line for line in lines if line.id == id), None)

    def section_at(self) -> SectionTold | None:
        """The section the current row belongs to."""
        kind, *rest = self.current() or ("",)
        if self.told is None or kind not in ("section", "text"):
            return None
        return next((one for one in self.told.sections if one.section.id == rest[0]), None)

    def _show(self) -> None:
        if self.told is None:
            return
        ids: list[Key] = []
        rows: list[tuple[str | Cell, ...]] = []
        for at, one in enumerate(self.told.sections):
            page = self._pages.get(one.section.title, 0)
            ids.append(("section", one.section.id))
            words = Cell(f"第{page}页" if page else "", "plain", role="second")
            rows.append((Cell(f"{_numeral(at)}、{one.section.title}", role="body_bold"), words, ""))
            for key, row in self._below(one):
                ids.append(key)
                rows.append(row)
        kept = self.table.current_id()
        self.table.set_rows(ids, rows)
        if kept not in ids and rows:
            self.table.set_current(ids[0], tell=False)
        self.moved.emit()

    def _below(self, one: SectionTold) -> Iterator[tuple[Key, tuple[str | Cell, ...]]]:
        if "tables" in one.section.parts:
            for at, figure in enumerate(self._figures):
                yield ("figure", at), _figure(figure)
        if "supplement" in one.section.parts and self.told is not None:
            for number, span in enumerate(self.told.corrected):
                for at, change in enumerate(span.figures):
                    yield ("change", number, at), _change(span.words, change)
        for line in one.lines:
            waits = one.section.texts == REASON and not (self.told and self.told.signed_on)
            if line.kept or line.printed or waits:  # others are for 从记录提出
                yield ("text", one.section.id, line.id), _text(line)

    def _open(self, key: Key) -> None:
        kind, *rest = key
        if kind == "figure":
            self.figure.emit(self._figures[rest[0]])
        elif kind == "text":
            self.text.emit(*rest)
        elif kind == "change" and self.told is not None:
            self.change.emit(self.told.corrected[rest[0]].figures[rest[1]])
        elif (
            kind == "section"
            and (told := self.section_at())
            and (page := self._pages.get(told.section.title))
        ):
            self.section.emit(page)

    def choose(self, figure: Compared) -> None:
        """Make a figure the current row."""
        if figure in self._figures:
            self.table.set_current(("figure", list(self._figures).index(figure)), tell=False)


def _numeral(at: int) -> str:
    return NUMERALS[at] if at < len(NUMERALS) else f"十{NUMERALS[at - len(NUMERALS)]}"


def _figure(one: Compared) -> tuple[str | Cell, ...]:
    now = one.now
    tone = "brand" if now.ids else "muted"
    then = one.year_ago if one.before is None else one.before
    last = "" if then is None else valued(then, now.unit).removesuffix(now.unit)
    before = Cell(last, "muted", role="second")
    return (
        STEP_IN + localised(now.title).partition("（")[0],
        Cell(valued(now.value, localised(now.unit)), tone),
        before,
    )


def _change(words: str, one: Supplement) -> tuple[str | Cell, ...]:
    name = f"{STEP_IN}补报 {words.partition('年')[2] or words} {localised(one.title).partition('（')[0]}"
    return (
        name,
        Cell(f"{one.change:+,}{localised(one.unit)}", "warn"),
        Cell(f"{one.now:,}", "muted", role="second"),
    )


def _text(line: TextLine) -> tuple[str | Cell, ...]:
    state, tone = state_of(line)
    shown = Cell(STEP_IN + line.words, "text" if line.printed else "muted")
    return shown, Cell(state, tone, role="second"), ""


def state_of(line: TextLine) -> tuple[str, str]:
    """A text's state in a word, and its tone."""
    if line.apart:
        return "保密不印", "muted"
    if line.left_out:
        return "不印", "muted"
    if line.changed:
        return "来源有改动", "warn"
    if line.unread:
        return "待审阅", "warn"
    if line.kept:
        return ("已写", "ok") if line.printed else ("待填", "warn")
    return ("提出", "plain") if line.printed else ("待填", "warn")
