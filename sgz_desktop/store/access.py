"""The access log: who looked at, printed, exported or was denied what, each line chained to the last.

Lines are only ever added: the database refuses to alter or delete one, so none is younger than the 183 days
the law asks for when it goes (网络安全法 art. 21). How far the log had come is kept outside the store too
(`Store.on_access`), so that a tail cut off, or a chain worked out anew, is found.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sgz_desktop.domain.edits import NO_HASH, canonical
from sgz_desktop.store.session import Reading, Writing


@dataclass(frozen=True)
class Access:
    """One line: no names, only ids. `outcome` is done or denied."""

    at_ms: int
    worker: str
    action: str
    kind: str
    record: str
    outcome: str


def note(session: Writing, access: Access) -> None:
    """Append a line."""
    number, prev = head(session)
    fields = (access.at_ms, access.worker, access.action, access.kind, access.record, access.outcome)
    digest = _link(prev, number + 1, fields)
    with session.applying():
        session.connection.execute(
            "INSERT INTO access_log VALUES(?, ?, ?, ?, ?, ?, ?, ?)", (number + 1, *fields, digest)
        )
    session.lines = number + 1, digest


def head(session: Reading) -> tuple[int, bytes]:
    """The number and hash of the last line; (0, zeros) before the first."""
    row = session.connection.execute("SELECT n, hash FROM access_log ORDER BY n DESC LIMIT 1").fetchone()
    return (int(row[0]), bytes(row[1])) if row else (0, NO_HASH)


def hash_at(session: Reading, number: int) -> bytes | None:
    """The hash of a line, None when it is not here."""
    row = session.connection.execute("SELECT hash FROM access_log WHERE n = ?", (number,)).fetchone()
    return bytes(row[0]) if row else None


def lines(session: Reading, limit: int = 1000) -> list[Access]:
    """The newest lines, newest first."""
    rows = session.connection.execute(
        "SELECT at_ms, worker, action, kind, record, outcome FROM access_log ORDER BY n DESC LIMIT ?",
        (limit,),
    )
    return [Access(*row) for row in rows]


def count(session: Reading) -> int:
    """How many lines there are."""
    return int(session.connection.execute("SELECT count(*) FROM access_log").fetchone()[0])


def broken_at(session: Reading) -> int | None:
    """The number of the first line that does not follow from the one before; None when all do."""
    prev, expected = NO_HASH, 1
    query = "SELECT n, at_ms, worker, action, kind, record, outcome, hash FROM access_log ORDER BY n"
    for number, *fields, digest in session.connection.execute(query):
        if number != expected or bytes(digest) != _link(prev, number, tuple(fields)):
            return expected
        prev, expected = bytes(digest), expected + 1
    return None


def _link(prev: bytes, number: int, fields: tuple[object, ...]) -> bytes:
    return hashlib.sha256(prev + canonical([number, *map(str, fields)])).digest()
