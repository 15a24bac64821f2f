"""What a worker has typed and not yet saved, per worker and form, inside the encrypted store."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import orjson

from sgz_desktop.store.session import Reading, Writing

UUID_LENGTH = 36


@dataclass(frozen=True)
class Draft:
    """Unsaved input: form name, record it belongs to ('' for a new one), when (UTC ms), raw values."""

    form: str
    record: str
    at_ms: int
    body: dict[str, Any]


def keep(session: Writing, worker: str, form: str, record: str, body: dict[str, Any]) -> None:
    """Put a draft aside, over an older one of the same form and record."""
    row = (worker, form, record, session.now_ms, orjson.dumps(body))
    session.connection.execute("INSERT OR REPLACE INTO draft VALUES(?, ?, ?, ?, ?)", row)


def drop(session: Writing, worker: str, form: str, record: str) -> None:
    """Forget a draft, as after a save."""
    session.connection.execute(
        "DELETE FROM draft WHERE worker = ? AND form = ? AND record = ?", (worker, form, record)
    )


def drop_all(session: Writing, worker: str) -> None:
    """Forget all a worker has typed and not saved, as when their way in is taken."""
    session.connection.execute("DELETE FROM draft WHERE worker = ?", (worker,))


def drop_about(session: Writing, records: Collection[str]) -> None:
    """Forget drafts of records, and those whose key or body names one of them, as after an erasure."""
    if not records:
        return
    run = session.connection.execute
    for worker, form, key, body in run("SELECT worker, form, record, body FROM draft").fetchall():
        if any(_names(record, key, bytes(body)) for record in records):
            drop(session, worker, form, key)


def _names(record: str, key: str, body: bytes) -> bool:
    """A short id may be part of a word: only whole texts count for it."""
    whole = len(record) >= UUID_LENGTH
    in_key = record in key if whole else record in re.split("[:+]", key)
    return in_key or (record.encode() if whole else orjson.dumps(record)) in body


def of_worker(session: Reading, worker: str) -> list[Draft]:
    """All drafts of a worker, newest first."""
    rows = session.connection.execute(
        "SELECT form, record, at_ms, body FROM draft WHERE worker = ? ORDER BY at_ms DESC", (worker,)
    )
    return [Draft(form, record, at, orjson.loads(body)) for form, record, at, body in rows]
