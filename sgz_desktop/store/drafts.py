"""What a worker has typed and not yet saved, per worker and form, inside the encrypted store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson

from sgz_desktop.store.session import Reading, Writing


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


def of_worker(session: Reading, worker: str) -> list[Draft]:
    """All drafts of a worker, newest first."""
    rows = session.connection.execute(
        "SELECT form, record, at_ms, body FROM draft WHERE worker = ? ORDER BY at_ms DESC", (worker,)
    )
    return [Draft(form, record, at, orjson.loads(body)) for form, record, at, body in rows]
