"""Which tables only record() and apply() may write."""

from __future__ import annotations

CHANGE_BITS = 17  # a change's number is eid << 17 | its place: no index is needed to find an edit's

GUARDED = frozenset(
    {
        "replica",
        "author",
        "cell_name",
        "entity",
        "edit",
        "change",
        "base",
        "head",
        "conflict",
        "erased",
        "forked",
    }
    | {"sqlite_master"}  # no table is made, changed or dropped while people work
)


def changes_of(eid: str) -> str:
    """SQL: the range of `cid` that belongs to the edit numbered by the expression `eid`."""
    return f"BETWEEN {eid} << {CHANGE_BITS} AND ({eid} << {CHANGE_BITS}) + {(1 << CHANGE_BITS) - 1}"


def guarded(table: str) -> bool:
    """Is the table one that only record() and apply() may write?"""
    return table.startswith("r_") or table in GUARDED
