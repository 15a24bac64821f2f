"""Of two values that stand side by side, which one counts until a person settles it.

The merge law ranks them by clock and device, and the first is shown. Where the codes of a field say how
grave something is, the gravest is shown instead, so that nobody's risk falls because two computers met.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import orjson

from sgz_desktop.domain.codes import CodeList, code_list
from sgz_desktop.domain.fields import CodeKind, CodesKind
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import cells


@cache
def graded(kind: str, cell: str) -> tuple[str, CodeList] | None:
    """The field of a cell that says how grave it is, and its codes; None for cells that do not."""
    members = cells(BY_KIND[kind]).get(cell, ()) if kind in BY_KIND else ()
    for one in members:
        if isinstance(one.kind, CodeKind) and not isinstance(one.kind, CodesKind):
            codes = code_list(one.kind.codes)
            if codes.gravest_first:
                return one.name, codes
    return None


def gravity(kind: str, cell: str, value: Any) -> int | None:
    """How grave a cell's value is, 0 the gravest; None where the cell does not say or the value is no code
    of its list."""
    found = graded(kind, cell)
    if found is None:
        return None
    name, codes = found
    code = value.get(name) if isinstance(value, dict) else value
    return codes.order(code) if isinstance(code, str) and code in codes.codes else None


def gravest(kind: str, cell: str, values: Sequence[Any]) -> int | None:
    """The place of the gravest of several values; None where they are not graded, or all as grave."""
    grades = [gravity(kind, cell, value) for value in values]
    known = {grade for grade in grades if grade is not None}
    if not known or len(set(grades)) < 2:
        return None
    return grades.index(min(known))


def shown_of(kind: str, cell: str, texts: Sequence[bytes]) -> bytes | None:
    """The canonical value a cell shows, of those that stand, the greatest first; None when none is here."""
    if len(texts) < 2 or graded(kind, cell) is None:
        return texts[0] if texts else None
    place = gravest(kind, cell, [orjson.loads(text) for text in texts])
    return texts[place or 0]
