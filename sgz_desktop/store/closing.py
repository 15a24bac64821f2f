"""A store closed in order says so: the last line of its access log, with a digest of what no log covers.

The next opening proves these tables by that line before it writes anything. After a crash there is no such
line, and a copy without its WAL shows by that.
"""

from __future__ import annotations

import hashlib

from sgz_desktop.store import access
from sgz_desktop.store.session import Reading, Writing

ACTION = "close"
COPY = "copy"
APART = (
    "setting",
    "counter",
    "blob",
    "frozen_paper",
    "paper_source",
    "signed_head",
    "draft",
    "erased",
    "forked",
    "peer",
    "outbox",
    "inbox",
)
MASK = (1 << 128) - 1


def note(session: Writing, worker: str) -> None:
    """Append the closing line; it must be the last thing written."""
    access.note(session, access.Access(session.now_ms, worker, ACTION, "store", _standing(session), "done"))


def note_copy(session: Writing, worker: str) -> None:
    """Append the line a backup ends with: what is restored from it is whole, though nobody closed it."""
    access.note(session, access.Access(session.now_ms, worker, COPY, "store", "", "done"))


def in_order(session: Reading) -> bool:
    """Was the store closed by the program, or copied for a backup, when this file was last written? True for
    one never used."""
    last = access.lines(session, 1)
    return not last or last[0].action in (ACTION, COPY)


def altered(session: Reading) -> bool:
    """Are these tables other than at the last closing? False where there was none, or by another schema."""
    last = access.lines(session, 1)
    if not last or last[0].action != ACTION:
        return False
    now = _standing(session)
    return last[0].record != now and _version(last[0].record) == _version(now)


def _standing(session: Reading) -> str:
    """`schema:digest`, the same in whatever order the rows come."""
    run = session.connection.execute
    total = sum(_mark(table, row) for table in APART for row in run(f"SELECT * FROM {table}"))
    return f"{run('PRAGMA user_version').fetchone()[0]}:{total & MASK:032x}"


def _version(standing: str) -> str:
    return standing.partition(":")[0]


def _mark(table: str, row: tuple[object, ...]) -> int:
    return int.from_bytes(hashlib.blake2b(repr((table, row)).encode(), digest_size=16).digest())
