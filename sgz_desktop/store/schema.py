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
        "edited",
        "base",
        "head",
        "conflict",
        "erased",
        "forked",
        "device_limit",
        "access_log",
    }
    | {"sqlite_master"}  # no table is made, changed or dropped while people work
)

APPENDED = frozenset({"access_log"})  # lines are added and never altered or taken away, by nobody


def changes_of(eid: str) -> str:
    """SQL: the range of `cid` that belongs to the edit numbered by the expression `eid`."""
    return f"BETWEEN {eid} << {CHANGE_BITS} AND ({eid} << {CHANGE_BITS}) + {(1 << CHANGE_BITS) - 1}"


def edit_of(cid: str) -> str:
    """SQL: the number of the edit that the change numbered by the expression `cid` belongs to."""
    return f"{cid} >> {CHANGE_BITS}"


# SQL: the changes that stand, with their edits e and devices r, for an h of the table head.
STANDING = """head h JOIN change c ON c.cid = h.cid JOIN edit e ON e.eid = c.eid
 JOIN replica r ON r.did = e.did"""

# SQL: the greatest of several heads of one cell comes first.
GREATEST = "e.clock DESC, r.device DESC, e.seq DESC"

# SQL: the changes of the record n. One line of `edited` tells the first and the last change an edit made of a
# record, so that a save writes one line here and not one for each field.
CHANGES_OF_RECORD = """edited d ON d.rid = n.rid
 JOIN change c ON c.cid BETWEEN d.first AND d.last AND c.rid = d.rid"""


def guarded(table: str) -> bool:
    """Is the table one that only record() and apply() may write?"""
    return table.startswith("r_") or table in GUARDED
