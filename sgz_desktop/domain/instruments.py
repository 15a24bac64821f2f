"""Instruments are data: items with weighted options, and what a total hints at. Scoring is arithmetic only.

A file is TOML (`resources/instruments/`, or a station's own). Nothing in it is ever run, and it is refused
with a sentence when anything in it is not as it should be. A hint is never a diagnosis.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sgz_desktop.resources import resource

MAX_BYTES = 64 * 1024
MAX_ITEMS, MAX_OPTIONS, MAX_BANDS, MAX_WEIGHT, MAX_WORDS = 60, 6, 12, 100, 120
KEY = re.compile(r"[a-z0-9_]{1,32}")
BAD = "这份量表文件不合要求，没有导入："
KNOWN = frozenset({"id", "version", "title", "source", "about", "editable", "options", "items", "bands"})


class InstrumentRefused(ValueError):
    """A file that is no instrument. Holds a Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer and what it adds to the total."""

    id: str
    label: str
    weight: int


@dataclass(frozen=True, slots=True)
class Item:
    """One question. An answer that weighs `alarm` or more asks for help at once; 0 = none does."""

    id: str
    title: str
    options: tuple[Option, ...]
    alarm: int = 0


@dataclass(frozen=True, slots=True)
class Band:
    """From this total on, up to the next band, the hint is `label`."""

    least: int
    label: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """A table to be filled in. `editable`: weights and cut-offs are the station's to set."""

    id: str
    version: str
    title: str
    source: str
    about: str
    editable: bool
    items: tuple[Item, ...]
    bands: tuple[Band, ...]

    @property
    def most(self) -> int:
        """The greatest total there can be."""
        return sum(max(option.weight for option in item.options) for item in self.items)


@dataclass(frozen=True, slots=True)
class Score:
    """A total so far, how many items are still open, the hint ('' until all are answered) and the titles of
    items that ask for help at once."""

    total: int
    open: int
    grade: str
    alarms: tuple[str, ...]


Answers = Mapping[str, str]
"""Item id → option id."""


def score(instrument: Instrument, answers: Answers) -> Score:
    """Add up. Answers to no item or with no such option count as open."""
    chosen = {item.id: _chosen(item, answers.get(item.id)) for item in instrument.items}
    total = sum(option.weight for option in chosen.values() if option)
    unanswered = sum(option is None for option in chosen.values())
    alarms = tuple(
        item.title
        for item in instrument.items
        if item.alarm and (one := chosen[item.id]) and one.weight >= item.alarm
    )
    return Score(total, unanswered, "" if unanswered else grade_of(instrument, total), alarms)


def _chosen(item: Item, id: str | None) -> Option | None:
    return next((option for option in item.options if option.id == id), None)


def grade_of(instrument: Instrument, total: int) -> str:
    """The hint a total falls under."""
    return next((band.label for band in reversed(instrument.bands) if band.least <= total), "")


def answers_text(answers: Answers) -> str:
    """Answers as a record keeps them: "item=option;…" in the order of the item ids."""
    return ";".join(f"{item}={option}" for item, option in sorted(answers.items()) if option)


def read_answers(text: object) -> dict[str, str]:
    """The other way; what cannot be read is left out."""
    parts = (part.partition("=") for part in text.split(";")) if isinstance(text, str) else ()
    return {item: option for item, _, option in parts if item and option}


def read_instrument(data: bytes) -> Instrument:
    """An instrument from the bytes of its file. Raises InstrumentRefused."""
    if len(data) > MAX_BYTES:
        raise InstrumentRefused(f"{BAD}文件大于{MAX_BYTES >> 10}KB。")
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        raise InstrumentRefused(f"{BAD}不是TOML文件。") from None
    try:
        return _instrument(table)
    except (KeyError, TypeError):
        raise InstrumentRefused(f"{BAD}缺少编号、版本、标题、题目或分级。") from None


def _instrument(table: Mapping[str, Any]) -> Instrument:
    if unknown := sorted(set(table) - KNOWN):
        raise InstrumentRefused(f"{BAD}有不认识的内容“{unknown[0][:20]}”。")
    items = _items(table["items"], table.get("options"))
    made = Instrument(
        id=_key(table["id"]),
        version=_words(table["version"]),
        title=_words(table["title"]),
        source=_words(table["source"]),
        about=_words(table.get("about", ""), empty=True),
        editable=table.get("editable") is True,
        items=items,
        bands=_bands(table["bands"]),
    )
    if made.bands[-1].least > made.most:
        raise InstrumentRefused(f"{BAD}分级的分数高于最高分。")
    return made


def _items(rows: Any, shared: Any) -> tuple[Item, ...]:
    found = tuple(
        Item(
            _key(row["id"]),
            _words(row["title"]),
            _options(row.get("options", shared)),
            _whole(row.get("alarm", 0)),
        )
        for row in _some(rows, MAX_ITEMS, "题目")
    )
    _once((item.id for item in found), "题目编号")
    return found


def _options(rows: Any) -> tuple[Option, ...]:
    found = tuple(
        Option(_key(id), _words(label), _whole(weight))
        for id, label, weight in (_three(row) for row in _some(rows, MAX_OPTIONS, "选项"))
    )
    _once((option.id for option in found), "选项编号")
    return found


def _three(row: Any) -> tuple[Any, Any, Any]:
    if not isinstance(row, list) or len(row) != 3:
        raise InstrumentRefused(f"{BAD}选项要写成[编号, 文字, 分数]。")
    return row[0], row[1], row[2]


def _bands(rows: Any) -> tuple[Band, ...]:
    found = tuple(
        Band(_whole(row["from"], MAX_ITEMS * MAX_WEIGHT), _words(row["label"]))
        for row in _some(rows, MAX_BANDS, "分级")
    )
    steps = [band.least for band in found]
    if steps[0] != 0 or steps != sorted(set(steps)):
        raise InstrumentRefused(f"{BAD}分级要从0分起，一级比一级高。")
    return found


def _some(rows: Any, most: int, what: str) -> list[Any]:
    if not isinstance(rows, list) or not 1 <= len(rows) <= most:
        raise InstrumentRefused(f"{BAD}{what}要有1到{most}个。")
    return rows


def _key(value: Any) -> str:
    if not isinstance(value, str) or not KEY.fullmatch(value):
        raise InstrumentRefused(f"{BAD}编号只用小写字母、数字和下划线。")
    return value


def _words(value: Any, *, empty: bool = False) -> str:
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if not isinstance(value, str) or not (text or empty) or len(text) > MAX_WORDS:
        raise InstrumentRefused(f"{BAD}文字要有1到{MAX_WORDS}字。")
    return text


def _whole(value: Any, most: int = MAX_WEIGHT) -> int:
    if type(value) is not int or not 0 <= value <= most:
        raise InstrumentRefused(f"{BAD}分数要是0到{most}的整数。")
    return value


def _once(keys: Iterable[str], what: str) -> None:
    found = list(keys)
    if len(set(found)) != len(found):
        raise InstrumentRefused(f"{BAD}{what}重复。")


@cache
def shipped() -> tuple[Instrument, ...]:
    """The instruments the program brings along, by file name."""
    files = sorted(resource("instruments").glob("*.toml"))
    return tuple(read_instrument(path.read_bytes()) for path in files)
