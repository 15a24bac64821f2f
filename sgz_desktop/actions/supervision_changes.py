"""改了什么: what a case file says otherwise than the copy this supervisor had before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import orjson

from sgz_desktop.actions.coded_fields import hides
from sgz_desktop.actions.papers_draft import columns
from sgz_desktop.actions.papers_names import day_words, near_day
from sgz_desktop.actions.papers_reading import own_day
from sgz_desktop.actions.papers_words import LEFT_OUT, words
from sgz_desktop.actions.supervision_glance import short
from sgz_desktop.actions.supervision_reading import Material, is_row
from sgz_desktop.domain import days
from sgz_desktop.domain.fields import KeyKind, Wire
from sgz_desktop.domain.local_words import titled
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import Question, Record, cells
from sgz_desktop.reports.values import Block, Heading, Narrative, Sheet, Table
from sgz_desktop.store.histories import Told
from sgz_desktop.store.inverse import DELETED
from sgz_desktop.store.since import Since

TITLE, NUMBER = "改了什么", "changes"
LETTERS = 60  # of a value
MOST = 60  # lines
NOWHERE = "—"
EMPTY = "（空）"
ERASED, WITHHELD = "（已清除）", "（内容未到）"
APART = frozenset({"task", "remark", "supervisor_copy", "goal_progress", "presence"})
PARENTS = ("case", "plan", "assessment", "evaluation", "occasion", "parent", "referral", "application")


@dataclass(frozen=True)
class Changed:
    """One line: on which sheet (its number), of which paper, what, before and now."""

    sheet: str
    paper: str
    what: str
    before: str
    now: str


def changed_lines(of: Material) -> list[Changed]:
    """All changes but those of tasks and remarks, in the order of the sheets."""
    order = {sheet.number: at for at, sheet in enumerate(of.sheets)}
    fresh = {one.id for one in of.changed if one.new}
    found = [line for one in of.changed if one.kind not in APART for line in _lines(of, one, fresh)]
    return sorted(found, key=lambda line: order.get(line.sheet, len(order)))


def _lines(of: Material, one: Since, fresh: set[str]) -> Iterator[Changed]:
    record, sheet = _record(of, one.kind, one.id), of.sheet_of.get((one.kind, one.id), "")
    named = next((paper.title for paper in of.sheets if paper.number == sheet), titled(one.kind))
    gone = any(cell.cell == DELETED and cell.now.text == b"true" for cell in one.altered)
    if one.new:
        if record is not None and not _under(record) & fresh:
            yield Changed(sheet, named, f"新增{titled(one.kind)}", NOWHERE, _told(of, record))
    elif gone:
        yield Changed(sheet, named, f"删除{titled(one.kind)}", "有", NOWHERE)
    else:
        yield from _cells(of, one, sheet, named)


def _cells(of: Material, one: Since, sheet: str, named: str) -> Iterator[Changed]:
    asked = cells(BY_KIND[one.kind]) if one.kind in BY_KIND else {}
    row = f"{titled(one.kind)}：" if is_row(one.kind) else ""
    for cell in one.altered:
        for question in asked.get(cell.cell, ()):
            before, now = (_words(of, question, told) for told in (cell.before, cell.now))
            if before == now or isinstance(question.kind, KeyKind):
                continue
            if hides(question):  # what stood there before is in no list of words to take out
                before, now = (LEFT_OUT if words else "" for words in (before, now))
            yield Changed(sheet, named, row + question.ask.label, before or EMPTY, now or EMPTY)


def _record(of: Material, kind: str, id: str) -> Record | None:
    rows = (*of.file.papers.get(kind, ()), *of.file.visits)
    children = (one for (name, _), found in of.file.children.items() if name == kind for one in found)
    around = (*of.file.members, *of.file.people.values())
    return next((one for one in (*rows, *children, *around) if (one.KIND, one.id) == (kind, id)), None)


def _under(record: Record) -> set[str]:
    """The records that a record stands within."""
    return {str(value) for name in PARENTS if (value := getattr(record, name, None))}


def _told(of: Material, record: Record) -> str:
    """A new record in a few words: its day, or the first thing it says."""
    day = own_day(record)
    texts = ("description", "action", "title", "reason", "facts", "situation", "note")
    said = next((text for name in texts if (text := getattr(record, name, None))), "")
    parts = (near_day(day, of.file.today) if day else "", short(str(said), LETTERS // 2))
    return "　".join(part for part in parts if part) or "见原件"


def _words(of: Material, question: Question, told: Told | None) -> str:
    """A value of the log in words, coded."""
    if told is None:
        return ""
    if told.text is None:
        return ERASED if told.erased else WITHHELD
    value: Wire = orjson.loads(told.text)
    if isinstance(value, dict):
        value = value.get(question.name)
    if value is None or not question.kind.accepts(value):
        return "" if value is None else of.clean(str(value))
    return short(of.clean(words(question, value, of.file.names)), LETTERS)


def late_entries(of: Material) -> list[tuple[str, str, str]]:
    """(day it is of, day it was entered, paper) of what was entered since for days before that."""
    found = []
    for one in of.changed:
        record = _record(of, one.kind, one.id) if one.new and one.kind not in APART else None
        day = own_day(record) if record is not None else ""
        if days.is_day(day) and days.is_whole(day) and one.day and day < one.day:
            found.append((day, one.day, titled(one.kind)))
    return sorted(found)


def changes_sheet(of: Material, pages: Mapping[str, int]) -> Sheet:
    """The sheet; `pages` are the pages of the copy on which its sheets begin."""
    found, last = changed_lines(of), of.last
    shown = found[:MOST]
    heads = columns(("页", 0.9, "centre"), ("文书", 2.4), ("改了什么", 2.8), ("原来", 3.6), ("现在", 3.6))
    rows = tuple(
        (str(pages.get(one.sheet, NOWHERE)), one.paper, one.what, one.before, one.now) for one in shown
    )
    more = f"还有{len(found) - MOST}处没有列出。" if len(found) > MOST else ""
    same = [sheet.title for sheet in of.sheets if sheet.number not in {one.sheet for one in found}]
    told = day_words(last.given_on) if last else ""
    blocks: list[Block] = [
        Narrative(f"共{len(found)}处改动；{len(set(same))}种文书没有改动。", indent=False),
        Table(tuple(heads), rows, title="改动", note=more, empty="没有改动。"),
        _late(of),
        *_tasks(of),
        Narrative("“原来”是上一份里的文字；删除的内容在站内档案里仍可查到。", indent=False),
    ]
    under = f"与上一份（{told}，编号 {last.number}）相比" if last else ""
    return Sheet(TITLE, NUMBER, "INTERNAL", tuple(blocks), subtitle=under)


def _late(of: Material) -> Table:
    today = of.file.today
    heads = columns(("服务日期", 2.4), ("录入日期", 2.4), ("补录的文书", 5))
    rows = tuple(
        (near_day(day, today), near_day(entered, today), what) for day, entered, what in late_entries(of)
    )
    return Table(tuple(heads), rows, title="补录（以前的日子，这段时间才录入）", empty="没有补录。")


def _tasks(of: Material) -> tuple[Block, ...]:
    """Things to do that were written down or done since."""
    touched = {one.id for one in of.changed if one.kind == "task"}
    told = [one for one in of.tasks if one.id in touched]
    if not told:
        return (Heading("任务变化"), Narrative("没有变化。", indent=False))
    heads = columns(("任务", 6), ("到期", 2.4), ("状态", 2.8))
    today = of.file.today
    rows = tuple(
        (
            short(of.clean(one.what or ""), LETTERS),
            near_day(one.due_on, today) or NOWHERE,
            f"已办（{near_day(one.done_on, today)}）" if one.done_on else "未办",
        )
        for one in told
    )
    return (Table(tuple(heads), rows, title="任务变化"),)
