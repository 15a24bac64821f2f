"""Frozen papers: the bytes that were printed or signed, and the records they were printed from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sgz_desktop.errors import AppError
from sgz_desktop.store import blobs
from sgz_desktop.store.session import Reading, Writing

PDF = "application/pdf"
ERASED = "erased"


@dataclass(frozen=True)
class Paper:
    """A frozen paper. `form` is form and version; `state` is unprinted, unsigned, signed or erased."""

    number: str
    kind: str
    record: str
    form: str
    state: str
    at_ms: int


def freeze(
    session: Writing,
    number: str,
    kind: str,
    record: str,
    form: str,
    state: str,
    data: bytes,
    sources: Iterable[tuple[str, str]] = (),
) -> None:
    """Keep a paper's bytes. `sources` are the (kind, id) of all records printed in it: when one of them is
    redacted the paper goes too."""
    digest = blobs.put(session, data, PDF)
    row = (number, kind, record, form, state, session.now_ms, digest)
    session.connection.execute("INSERT INTO frozen_paper VALUES(?, ?, ?, ?, ?, ?, ?)", row)
    session.connection.executemany(
        "INSERT OR IGNORE INTO paper_source VALUES(?, ?, ?)",
        [(*source, number) for source in {*sources, (kind, record)}],
    )


def set_state(session: Writing, number: str, state: str) -> None:
    """Say that a paper was printed or signed."""
    session.connection.execute(
        "UPDATE frozen_paper SET state = ? WHERE number = ? AND state <> ?", (state, number, ERASED)
    )


def of_record(session: Reading, kind: str, record: str) -> list[Paper]:
    """The frozen papers of a record, newest first."""
    rows = session.connection.execute(
        "SELECT number, kind, record, form, state, at_ms FROM frozen_paper WHERE kind = ? AND record = ? "
        "ORDER BY at_ms DESC, number DESC",
        (kind, record),
    )
    return [Paper(*row) for row in rows]


def data(session: Reading, number: str) -> bytes:
    """The bytes of a frozen paper. AppError when they were erased."""
    row = session.connection.execute("SELECT blob FROM frozen_paper WHERE number = ?", (number,)).fetchone()
    if row is None or not row[0]:
        raise AppError("这份存档的文书已按要求清除。", "需要时请重新生成。")
    return blobs.get(session, row[0])
