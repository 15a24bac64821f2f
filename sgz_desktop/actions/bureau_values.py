"""What may go into the cells of a bureau's form for one month: figures, names, days, the brief's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.figures import Compared, rules
from sgz_desktop.actions.papers_brief import brief_values
from sgz_desktop.domain import days
from sgz_desktop.domain.local_words import localised
from sgz_desktop.domain.printed_text import tidy
from sgz_desktop.reports.values import Brief, Narrative, Section, Table
from sgz_desktop.store.session import Reading

COLUMNS = {"now": "本月", "before": "上月", "year": "本年累计"}
OWN = "text|"  # what a worker typed, the same each month


@dataclass(frozen=True)
class Source:
    """One thing a cell may hold: its `name`, its `words`, and what it is this month: always `text`, and as
    `number` or `day` where it is one. `figure`: the figure behind it."""

    name: str
    words: str
    text: str
    number: str = ""
    day: str = ""
    figure: Compared | None = None


def sources(session: Reading, desk: Desk, month: days.Month, counted: Sequence[Compared]) -> list[Source]:
    """Everything there is for a month, of which the figures are `counted` already."""
    brief = brief_values(session, desk, month)
    known = [*figure_sources(counted), *_words(session, desk, month, brief)]
    known += [
        Source(f"section|{one.title}", f"简报：{one.title}", text)
        for one in brief.sections
        if (text := section_text(one, brief.empty)) is not None
    ]
    return known


def figure_sources(found: Sequence[Compared]) -> Iterator[Source]:
    """Each figure of this month, of the last and of the year so far."""
    for one in found:
        now = one.now
        title = f"{localised(now.title).removeprefix('其中：').partition('（')[0]}（{localised(now.unit)}）"
        for column, value in (("now", now.value), ("before", one.before), ("year", one.year)):
            if value is not None:
                name = f"figure|{now.code}|{now.part}|{now.unit}|{column}"
                yield Source(name, f"{title}{COLUMNS[column]}", str(value), number=str(value), figure=one)


def _words(session: Reading, desk: Desk, month: days.Month, brief: Brief) -> Iterator[Source]:
    period, today = rules(session).month(month), desk.today()
    year, number = month[:4], str(int(month[5:]))
    yield Source("station", "社工站名称", desk.station)
    yield Source("filler", "填表人（当前用户）", desk.user)
    yield Source("month", "月份", f"{year}年{number}月")
    yield Source("year", "年", year, number=year)
    yield Source("month_number", "月", number, number=number)
    yield Source("period", "统计期", brief.period)
    for name, words, day in (
        ("first", "统计期第一天", period.first),
        ("last", "统计期最后一天", period.last),
        ("today", "填表日期（今天）", today),
    ):
        yield Source(name, words, days.show_day(day), day=day)
    yield Source("issue", "期号", brief.issue_no)
    yield Source("summary", "简报：开头概述", brief.summary)


def section_text(section: Section, empty: str) -> str | None:
    """The running text of a section, its tables row by row; None of one that is figures and charts only."""
    if section.title in ("项目进度", "数据表"):
        return None
    lines = list[str]()
    for block in section.blocks:
        if isinstance(block, Narrative):
            lines.append(block.text)
        elif isinstance(block, Table):
            lines += ["，".join(cell for cell in row if isinstance(cell, str)) + "。" for row in block.rows]
    return "\n".join(lines) or empty


def value_of(name: str, words: str, known: dict[str, Source]) -> Source | None:
    """What a cell that was mapped to `name` holds this month; a figure of which there is none is 0."""
    if name.startswith(OWN):
        text = tidy(name.removeprefix(OWN))
        return Source(name, words, text)
    found = known.get(name)
    if found is None and name.startswith("figure|"):
        return Source(name, words, "0", number="0")
    return found


def usual(name: str, known: dict[str, Source]) -> Source | None:
    """A source by a suggested name, in which the unit of a figure may be left open."""
    if not name.startswith("figure|"):
        return known.get(name)
    _, code, part, unit, column = name.split("|")
    for one in known.values():
        if one.figure is None or unit not in ("", one.figure.now.unit):
            continue
        _, *told, at = one.name.split("|")
        if told[:2] == [code, part] and at == column:
            return one
    return None
