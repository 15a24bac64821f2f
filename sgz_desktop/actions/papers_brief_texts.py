"""The texts of a report on paper: stories with their photos, typical cases, numbered lines, the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from sgz_desktop.actions.report_texts import TextLine
from sgz_desktop.domain import days
from sgz_desktop.domain.report_form import CASE, ITEM, PLAN, STORY
from sgz_desktop.reports.values import Block, Column, Heading, Narrative, Photos, Picture, Table

Titles = Mapping[str, str]  # what indicators are called, by code and part
UNNAMED = "以上案例经去标识审阅，人名均为化名，时间写到月、地点写到村居。"
PLAN_HEADS = (
    Column("事项", 3.6),
    Column("时间", 3.25),
    Column("地点", 2.0),
    Column("责任人", 1.65),
    Column("对应指标", 2.5),
)


def text_blocks(
    sort: str, lines: Iterable[TextLine], pictures: Mapping[str, Picture], titles: Titles
) -> tuple[Block, ...]:
    """What the texts of a section say on paper."""
    printed = [line for line in lines if line.printed]
    make = MADE.get(sort)
    return tuple(make(printed, pictures, titles)) if make and printed else ()


def reasons(lines: Iterable[TextLine]) -> dict[str, str]:
    """Why targets lag, by figure key."""
    return {line.said("serves"): line.said("text") for line in lines if line.printed and line.said("serves")}


def _stories(lines: Sequence[TextLine], pictures: Mapping[str, Picture], titles: Titles) -> Iterable[Block]:
    for line in lines:
        if line.said("title"):
            yield Heading(line.said("title"))
        yield Narrative("\n".join(part for part in (_meta(line), line.said("text")) if part))
        shown = tuple(pictures[id] for id in line.photos if id in pictures)
        if shown:
            yield Photos(shown)


def _meta(line: TextLine) -> str:
    """6月12日，上溪村，参加人员：12人。"""
    day = line.said("held_on")
    when = days.show_day(day).partition("年")[2] or days.show_day(day) if day else line.said("time_words")
    parts = [when, line.said("where")]
    people = line.said("people")
    parts += [f"参加人员：{people}"] if people else []
    told = "，".join(part for part in parts if part)
    return f"{told}。" if told else ""


def _cases(lines: Sequence[TextLine], pictures: Mapping[str, Picture], titles: Titles) -> Iterable[Block]:
    for line in lines:
        if line.said("title"):
            yield Heading(line.said("title"))
        yield Narrative(line.said("text"))
        shown = tuple(pictures[id] for id in line.photos if id in pictures)
        if shown:
            yield Photos(shown)
    yield Narrative(UNNAMED)


def _items(lines: Sequence[TextLine], pictures: Mapping[str, Picture], titles: Titles) -> Iterable[Block]:
    told = [_item(line) for line in lines]
    numbered = len(told) > 1
    yield Narrative("\n".join(f"{at}. {one}" if numbered else one for at, one in enumerate(told, start=1)))
    shown = tuple(pictures[id] for line in lines for id in line.photos if id in pictures)
    if shown:
        yield Photos(shown)


def _item(line: TextLine) -> str:
    """One line: where a title and a text are given, the title leads; the day and place stand before."""
    title, text = line.said("title"), line.said("text")
    words = f"{title}：{text}" if title and text else title or text
    return _meta(line).rstrip("。") + "，" + words if _meta(line) else words


def _plans(lines: Sequence[TextLine], pictures: Mapping[str, Picture], titles: Titles) -> Iterable[Block]:
    rows = tuple(
        (
            line.said("title") or line.said("text"),
            line.said("time_words") or days.show_day(line.said("held_on")) if _timed(line) else "",
            line.said("where"),
            line.said("in_charge"),
            titles.get(line.said("serves"), ""),
        )
        for line in lines
    )
    yield Table(PLAN_HEADS, rows)


def _timed(line: TextLine) -> bool:
    return bool(line.said("time_words") or line.said("held_on"))


Make = Callable[[Sequence[TextLine], Mapping[str, Picture], Titles], Iterable[Block]]
MADE: Mapping[str, Make] = {STORY: _stories, CASE: _cases, ITEM: _items, PLAN: _plans}
