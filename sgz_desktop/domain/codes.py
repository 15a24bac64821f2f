"""National and station code lists, read once from resources/codes/*.toml.

A code is a string and means the same for ever; labels may change. A code that a list does not hold, from an
older import or a newer peer, is kept as it is and shown as itself.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from sgz_desktop.resources import resource


@dataclass(frozen=True)
class CodeItem:
    """One code, its label, and other words people type for it."""

    code: str
    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class CodeList:
    """An ordered code list.

    `items` are offered for choice. `kept` are codes that still have a label but are offered no more.
    `standard` is the number of the standard the list follows ("" for a station's own list), `date` the day
    it was last checked, `own` the codes added to the standard by this program.
    """

    name: str
    title: str
    standard: str
    source: str
    date: str
    items: tuple[CodeItem, ...]
    kept: tuple[CodeItem, ...] = ()
    own: frozenset[str] = frozenset()
    gravest_first: bool = False

    def __iter__(self) -> Iterator[CodeItem]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __contains__(self, code: object) -> bool:
        return code in self._labels

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes offered for choice, in order."""
        return tuple(item.code for item in self.items)

    def label(self, code: str) -> str:
        """Label of a code; an unknown code is shown as itself."""
        return self._labels.get(code, code)

    def find(self, text: str) -> str | None:
        """Code for a label, an alias or a code as typed; None when the list has no such thing."""
        typed = _folded(text)
        return self._found.get(typed) if typed else None

    def order(self, code: str) -> int:
        """Place of a code in the list, for sorting; unknown codes come last."""
        return self._places.get(code, len(self.items))

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {item.code: item.label for item in (*self.items, *self.kept)}

    @cached_property
    def _places(self) -> dict[str, int]:
        return {item.code: place for place, item in enumerate(self.items)}

    @cached_property
    def _found(self) -> dict[str, str]:
        """Codes first, then labels, then aliases: what is more exact wins."""
        everything = (*self.items, *self.kept)
        found = {_folded(item.code): item.code for item in everything}
        for item in everything:
            found.setdefault(_folded(item.label), item.code)
        for item in everything:
            for alias in item.aliases:
                found.setdefault(_folded(alias), item.code)
        return found


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def code_list(name: str) -> CodeList:
    """The code list of that name; KeyError when there is none (a slip in our own code)."""
    return _all_lists()[name]


def code_list_names() -> tuple[str, ...]:
    """Names of all code lists, in alphabetical order."""
    return tuple(sorted(_all_lists()))


@cache
def _all_lists() -> dict[str, CodeList]:
    lists: dict[str, CodeList] = {}
    for path in sorted(resource("codes").glob("*.toml")):
        for made in read_code_file(path):
            if made.name in lists:
                raise ValueError(f"{path.name}: {made.name} is defined twice")
            lists[made.name] = made
    return lists


def read_code_file(path: Path) -> list[CodeList]:
    """Code lists of one TOML file; ValueError names the list that repeats a code or lacks its source."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return [_made(name, table) for name, table in tables.items()]


def _made(name: str, table: dict[str, Any]) -> CodeList:
    own = _rows(table.get("own", []))
    items = _rows(table["items"]) + own
    kept = _rows(table.get("kept", []))
    codes = [item.code for item in items + kept]
    if len(set(codes)) != len(codes) or not table["source"] or not table["date"]:
        raise ValueError(f"code list {name}: a code is given twice, or its source or date is missing")
    return CodeList(
        name=name,
        title=table["title"],
        standard=table.get("standard", ""),
        source=table["source"],
        date=table["date"],
        items=items,
        kept=kept,
        own=frozenset(item.code for item in own),
        gravest_first=table.get("gravest_first", False),
    )


def _rows(rows: list[list[str]]) -> tuple[CodeItem, ...]:
    return tuple(CodeItem(code, label, tuple(aliases)) for code, label, *aliases in rows)
