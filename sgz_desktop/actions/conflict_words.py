"""Values that stand side by side, and the records they are of, as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

import orjson

from sgz_desktop.actions.choices import NOT_HERE, words_of
from sgz_desktop.actions.papers_words import masked_number, shown, with_unit
from sgz_desktop.domain import days
from sgz_desktop.domain.fields import DisabilityCardKind, IdNumberKind, RefKind
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import Question, cells
from sgz_desktop.domain.records.registry import ref_kinds
from sgz_desktop.store.conflicts import About, Crossed, Open
from sgz_desktop.store.inverse import DELETED
from sgz_desktop.store.session import Reading

EMPTY = "（空）"
WHOLE = "这条记录"
OTHERS = "其他版本的内容"
GONE, HERE = "删除", "保留"
ANOTHER = "另一台电脑"
NAMED = 3  # fields of a record named in a row


def asked_of(kind: str, cell: str) -> tuple[Question, ...]:
    """The fields of a cell; () for cells this program does not know."""
    return cells(BY_KIND[kind]).get(cell, ()) if kind in BY_KIND else ()


def differing(kind: str, cell: str, values: Sequence[Any]) -> tuple[Question, ...]:
    """The fields of a cell in which its values differ; all of them where those known are alike."""
    asked = asked_of(kind, cell)
    found = [one for one in asked if any(part_of(one, v) != part_of(one, values[0]) for v in values)]
    return tuple(found) or asked


def label_of(kind: str, cell: str, told: Sequence[Question] = ()) -> str:
    """What a cell is called, or those of its fields that are `told`."""
    if cell == DELETED:
        return WHOLE
    return "、".join(one.ask.label for one in told or asked_of(kind, cell)) or OTHERS


def computer(letter: str) -> str:
    """电脑A."""
    return f"电脑{letter}" if letter else ANOTHER


class Words:
    """Values in words; the records they name are looked up together."""

    def __init__(self, session: Reading, found: Iterable[Open]) -> None:
        self._names: dict[str, str] = {}
        wanted: dict[str, set[str]] = {}
        for one in found:
            for question in asked_of(one.kind, one.cell):
                if isinstance(question.kind, RefKind):
                    values = (part_of(question, value_of(held.text)) for held in one.held)
                    ids = {str(value) for value in values if value}
                    for kind in ref_kinds(question.kind):
                        wanted.setdefault(kind, set()).update(ids)
        for kind, ids in wanted.items():
            self._names |= words_of(session, kind, sorted(ids))

    def of(self, kind: str, cell: str, value: Any, told: Sequence[Question]) -> str:
        """A cell's value; of a group the fields to be `told`, each with its label."""
        if cell == DELETED:
            return GONE if value is True else HERE
        if not told:
            return EMPTY if value is None else str(value)
        parts = [(one, self._part(one, part_of(one, value))) for one in told]
        if len(parts) == 1:
            return parts[0][1] or EMPTY
        return "，".join(f"{one.ask.label} {words}" for one, words in parts if words) or EMPTY

    def _part(self, question: Question, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(question.kind, RefKind):
            return self._names.get(str(value), NOT_HERE)
        if not question.kind.accepts(value):
            return str(value)
        return with_unit(question.kind, shown(question.kind, value), question.ask.unit)


def value_of(text: bytes | None) -> Any:
    """The value of canonical bytes."""
    return None if text is None else orjson.loads(text)


def part_of(question: Question, value: Any) -> Any:
    """What a cell's value says of one of its fields."""
    return value.get(question.name) if isinstance(value, dict) else value


def edited_words(crossed: Crossed) -> str:
    """改过：电话、住址."""
    labels = list(dict.fromkeys(label_of(crossed.kind, cell) for cell in crossed.cells))
    more = f"等{len(labels)}项" if len(labels) > NAMED else ""
    return f"{HERE}（改过{'、'.join(labels[:NAMED])}{more}）"


def about_words(about: About) -> str:
    """陈大山　2026-A001, or the day of what has no number, as far as it is known."""
    day = days.show_day(about.day) if days.is_day(about.day) else ""
    return "　".join(part for part in (about.name, about.number or day) if part)


def by_kind(keys: Iterable[tuple[str, str]]) -> Mapping[str, Sequence[str]]:
    """Ids by kind, each once."""
    found = sorted(set(keys))
    return {kind: [id for _, id in some] for kind, some in groupby(found, key=lambda key: key[0])}


def masked_beside(kind: str, cell: str, words: Sequence[str]) -> list[str]:
    """Values as paper shows them: of numbers that tell who somebody is only what differs, and the ends."""
    members = asked_of(kind, cell)
    if not any(isinstance(one.kind, IdNumberKind | DisabilityCardKind) for one in members):
        return list(words)
    if len({len(one) for one in words}) > 1:
        return [masked_number(one) for one in words]
    same = [len(set(letters)) == 1 for letters in zip(*words, strict=True)]
    covered = [masked_number(one) for one in words]
    return [
        "".join(mask if alike else letter for mask, letter, alike in zip(cover, one, same, strict=True))
        for cover, one in zip(covered, words, strict=True)
    ]
