"""A sheet before it has its number, and small pieces that several sheets share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sgz_desktop.actions.papers_names import day_words
from sgz_desktop.actions.papers_reading import Dossier, own_day
from sgz_desktop.actions.papers_words import Asked, form
from sgz_desktop.domain import days
from sgz_desktop.domain.records.base import Record
from sgz_desktop.reports.values import (
    Block,
    Column,
    Form,
    FormField,
    Heading,
    Narrative,
    Note,
    Paper,
    Remarks,
)

SIGNED, UNSIGNED, UNSIGNABLE = "已签", "待签", "—"
WRITING_LINES = "\n" * 5  # three lines to write by hand
BOX_HOLDS = 400  # characters


@dataclass(frozen=True)
class Draft:
    """One sheet of a case file. `sort` gives its number in the file, `record` its place among its like;
    `kind` is the record's where it is not that of the sort: a session may be a visit."""

    sort: str
    record: str
    title: str
    paper: Paper
    blocks: tuple[Block, ...]
    on: str = ""
    signed: str = UNSIGNABLE
    subtitle: str = ""
    footer: str = ""
    kind: str = ""


def on_day(record: Record) -> str:
    """The day of a paper for the contents: 2026-06-30, or as much as is known."""
    return own_day(record)


def signing(day: object) -> str:
    """已签 once the day of signing is written."""
    return SIGNED if day else UNSIGNED


def subtitle(*parts: tuple[str, str]) -> str:
    """评估日期 2026年6月3日　社工 李小禾; parts without a value are left out."""
    return "　".join(f"{name} {text}" for name, text in parts if text)


def narrative(title: str, text: str) -> tuple[Block, ...]:
    """A titled text, or room to write it by hand where nothing is on file."""
    if text:
        return (Narrative(text, title),)
    return (Heading(title), Form((FormField("内容", WRITING_LINES, True),)))


def remarks(label: str, text: str, least: float = 30.0) -> tuple[Block, ...]:
    """A box for the supervisor, with what is on file in it; a text too long for a box stands above it.

    The box is at least `least` mm high and grows with what is left of the page.
    """
    if len(text) <= BOX_HOLDS and text.count("\n") < BOX_HOLDS // 20:
        return (Remarks(label, text, least),)
    return (Narrative(text, label), Remarks(label, "", least))


def said(title: str, text: str) -> tuple[Block, ...]:
    """A titled text where there is one, else nothing."""
    return (Narrative(text, title),) if text else ()


def remainder(asked: Asked, title: str = "其他") -> tuple[Block, ...]:
    """Whatever of the record has found no place above."""
    return form(asked.rest(), title)


def span(start: str, end: str) -> str:
    """9:00—9:40（40分钟）, or as much as is known."""
    if not (days.is_clock(start) and days.is_clock(end)):
        return f"{start}—{end}" if start and end else start or end
    minutes = days.minutes_between(start, end)
    return f"{start}—{end}" + (f"（{days.show_minutes(minutes)}）" if minutes > 0 else "")


def dated(day: str) -> str:
    """2026年6月3日（周三）; partial days without a weekday."""
    whole = day and days.is_day(day) and days.is_whole(day)
    return day_words(day) + (f"（{days.weekday(day)}）" if whole else "")


def entry_note(file: Dossier, record: Record, attachments: int) -> tuple[Block, ...]:
    """Who wrote the record down and when, how long after the day, and what is attached."""
    written = file.entered.get(str(record.id))
    parts = []
    if written:
        parts.append(f"录入 {day_words(written.day)}{written.clock}{_late(own_day(record), written.day)}")
        parts += [f"录入人 {written.worker}"] if written.worker else []
    if attachments:
        parts.append(f"附件{attachments}件，见附件目录")
    return (Note("　".join(parts)),) if parts else ()


def _late(day: str, entered: str) -> str:
    if not (days.is_day(day) and days.is_whole(day)):
        return ""
    after = days.days_between(day, entered)
    return f"（补录，服务后第{after}天）" if after > 0 else ""


def columns(*heads: tuple[str, float] | tuple[str, float, str]) -> Sequence[Column]:
    """Table columns from (head, width) or (head, width, align)."""
    return tuple(Column(*head) for head in heads)
