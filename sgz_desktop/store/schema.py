"""Which tables only record() and apply() may write."""

from __future__ import annotations

GUARDED = frozenset(
    {"replica", "author", "cell_name", "entity", "edit", "change", "base", "head", "conflict", "erased"}
    | {"sqlite_master"}  # no table is made, changed or dropped while people work
)


def guarded(table: str) -> bool:
    """Is the table one that only record() and apply() may write?"""
    return table.startswith("r_") or table in GUARDED
