"""Frozen papers: the bytes that were printed to be signed, and the records they were printed from.

Whether a paper is signed is told by the scans that name its number, which are records: they travel, this
table does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sgz_desktop.errors import AppError
from sgz_desktop.store import blobs
from sgz_desktop.store.schema import CHANGES_OF_RECORD
from sgz_desktop.store.session import Reading, Writing

PDF = "application/pdf"
UNSIGNED, REPLACED, ERASED, FINAL = "unsigned", "replaced", "erased", "final"
GIVEN = "given"  # handed out to be read, not to be signed
COLUMNS = "number, kind, record, form, state, at_ms, upto, blob"


@dataclass(frozen=True)
class Paper:
    """A frozen paper. `form` is form and version; `state` is unsigned, replaced (printed anew since), signed,
    given, final (a report signed off) or erased; it was printed after all edits up to the one numbered
    `upto`. `sha256` '' once erased."""

    number: str
    kind: str
    record: str
    form: str
    state: str
    at_ms: int
    upto: int = 0
    sha256: str = ""


def freeze(
    session: Writing,
    number: str,
    kind: str,
    record: str,
    form: str,
    state: str,
    data: bytes,
    sources: Iterable[tuple[str, str]] = (),
    upto: int | None = None,
    mime: str = PDF,
) -> None:
    """Keep a paper's bytes. `sources` are the (kind, id) of all records printed in it: when one of them is
    redacted the paper goes too. `upto`: the last edit it was read after, by default the last there is."""
    digest = blobs.put(session, data, mime)
    upto = last_edit(session) if upto is None else upto
    row = (number, kind, record, form, state, session.now_ms, upto, digest)
    session.connection.execute(f"INSERT INTO frozen_paper({COLUMNS}) VALUES(?, ?, ?, ?, ?, ?, ?, ?)", row)
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
        f"SELECT {COLUMNS} FROM frozen_paper WHERE kind = ? AND record = ? ORDER BY at_ms DESC, number DESC",
        (kind, record),
    )
    return [Paper(*row) for row in rows]


def of_kind(session: Reading, kind: str) -> list[Paper]:
    """The frozen papers of all records of a kind, newest first."""
    query = f"SELECT {COLUMNS} FROM frozen_paper WHERE kind = ? ORDER BY at_ms DESC, number DESC"
    return [Paper(*row) for row in session.connection.execute(query, (kind,))]


def of_number(session: Reading, number: str) -> Paper | None:
    """The frozen paper with a number."""
    query = f"SELECT {COLUMNS} FROM frozen_paper WHERE number = ?"
    row = session.connection.execute(query, (number,)).fetchone()
    return Paper(*row) if row else None


WAITING = f"""SELECT {COLUMNS} FROM frozen_paper f WHERE state = ? AND NOT EXISTS (
  SELECT 1 FROM r_attachment a WHERE a.paper_number = f.number AND a.deleted IS NOT TRUE)
ORDER BY at_ms, number"""


def waiting(session: Reading) -> list[Paper]:
    """Papers printed and not replaced since, of which no scan has come back; the oldest first."""
    return [Paper(*row) for row in session.connection.execute(WAITING, (UNSIGNED,))]


def last_edit(session: Reading) -> int:
    """The number of the last edit there is here."""
    return int(session.connection.execute("SELECT coalesce(max(eid), 0) FROM edit").fetchone()[0])


CHANGED = f"""SELECT 1 FROM entity n JOIN cell_name f ON f.kind = n.kind
 JOIN {CHANGES_OF_RECORD} AND c.fid = f.fid
 WHERE n.kind = ? AND n.id = ? AND c.eid > ? AND f.cell NOT IN ({{marks}}) LIMIT 1"""


def changed_since(
    session: Reading, records: Iterable[tuple[str, str]], upto: int, beside: Sequence[str] = ()
) -> bool:
    """Was one of some records, (kind, id), changed after the edit numbered `upto`, in a cell other than those
    `beside`?"""
    query = CHANGED.format(marks=",".join("?" * len(beside)))
    run = session.connection.execute
    return any(run(query, (kind, id, upto, *beside)).fetchone() for kind, id in records)


def data(session: Reading, number: str) -> bytes:
    """The bytes of a frozen paper. AppError when they were erased."""
    row = session.connection.execute("SELECT blob FROM frozen_paper WHERE number = ?", (number,)).fetchone()
    if row is None or not row[0]:
        raise AppError("这份存档的文书已按要求清除。", "需要时请重新生成。")
    return blobs.get(session, row[0])
