"""Numbers given once and never again."""

from __future__ import annotations

from sgz_desktop.store.session import Writing


def next_number(session: Writing, name: str) -> int:
    """1, 2, 3 … of the named series. A number taken by a rolled-back transaction is not given out."""
    row = session.connection.execute(
        "INSERT INTO counter VALUES(?, 1) ON CONFLICT(name) DO UPDATE SET last = last + 1 RETURNING last",
        (name,),
    ).fetchone()
    return int(row[0])
