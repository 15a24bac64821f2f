"""Carry out redactions: values and salts leave the log, drafts, files and papers, whichever came first.

The state row and the search index follow from the log, as after any edit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import orjson

from sgz_desktop.domain import merge
from sgz_desktop.domain.edits import Edit, Stamp
from sgz_desktop.store import drafts, forks, settings
from sgz_desktop.store.schema import CHANGES_OF_RECORD, changes_of
from sgz_desktop.store.session import Writing

Erasure = tuple[str, str, str, str, int]  # kind, record, cell, device, seq
ATTACHMENT = "attachment"
FILE_CELLS = ("sha256", "identity")


def erase(session: Writing, edits: Sequence[Edit]) -> bool:
    """Blank every value that a known redaction names, among `edits` and before. True if any was here.

    `edits` are those that just came, first or again: each may name others or be named.
    """
    fresh = [row for row in _named(edits) if _remember(session, row)]
    named = {(row[0], row[1]) for row in fresh if row[1]}
    drafts.drop_about(session, {record for _, record in named})
    settings.forget_reviews(session, {record for _, record in named})
    for kind, record in named:
        _drop_papers(session, kind, record)
    due = set(fresh) | _named_before(session, {edit.stamp for edit in edits})
    return sum(_blank(session, row) for row in due) > 0


def _named(edits: Iterable[Edit]) -> list[Erasure]:
    found = merge.erasures(edits)
    return [(kind, record, cell, stamp.device, stamp.seq) for kind, record, cell, stamp in found]


def _remember(session: Writing, row: Erasure) -> bool:
    query = "INSERT OR IGNORE INTO erased(kind, record, cell, device, seq) VALUES(?, ?, ?, ?, ?)"
    return bool(session.connection.execute(query, row).rowcount)


def _named_before(session: Writing, stamps: Iterable[Stamp]) -> set[Erasure]:
    run = session.connection.execute
    if run("SELECT 1 FROM erased LIMIT 1").fetchone() is None:
        return set()
    query = "SELECT kind, record, cell, device, seq FROM erased WHERE device = ? AND seq = ?"
    return {tuple(row) for stamp in stamps for row in run(query, (stamp.device, stamp.seq))}


BLANK_REASON = """UPDATE edit SET why = NULL, why_salt = NULL WHERE why IS NOT NULL
 AND did = (SELECT did FROM replica WHERE device = ?) AND seq = ?"""
EDIT = "(SELECT e.eid FROM edit e JOIN replica r USING(did) WHERE r.device = :device AND e.seq = :seq)"
BLANK_VALUE = f"""UPDATE change SET value = NULL, salt = NULL
 WHERE value IS NOT NULL AND cid {changes_of(EDIT)}
 AND rid = (SELECT rid FROM entity WHERE kind = :kind AND id = :record)
 AND fid = (SELECT fid FROM cell_name WHERE kind = :kind AND cell = :cell)"""
TOUCH = """INSERT OR IGNORE INTO temp.touched_cell SELECT n.rid, f.fid FROM entity n, cell_name f
 WHERE n.kind = :kind AND n.id = :record AND f.kind = :kind AND f.cell = :cell"""


def _blank(session: Writing, row: Erasure) -> int:
    kind, record, cell, device, seq = row
    run = session.connection.execute
    if (kind, record, cell) == merge.WHY:
        return int(run(BLANK_REASON, (device, seq)).rowcount) + forks.blank(session, row)
    if kind == ATTACHMENT and cell in FILE_CELLS:
        _drop_files(session, record)
    names = {"kind": kind, "record": record, "cell": cell, "device": device, "seq": seq}
    run(TOUCH, names)
    return int(run(BLANK_VALUE, names).rowcount) + forks.blank(session, row)


FILES_OF = f"""SELECT c.value FROM entity n JOIN {CHANGES_OF_RECORD} JOIN cell_name f ON f.fid = c.fid
 WHERE n.kind = 'attachment' AND n.id = ? AND f.cell = 'sha256' AND c.value IS NOT NULL"""
OTHER_OWNER = "SELECT 1 FROM r_attachment WHERE sha256 = ? AND id <> ? AND deleted IS NOT TRUE"


def _drop_files(session: Writing, record: str) -> None:
    """Forget the identities of an attachment's files: without them nobody opens the files again."""
    for (text,) in session.connection.execute(FILES_OF, (record,)).fetchall():
        digest = orjson.loads(text)
        if session.connection.execute(OTHER_OWNER, (digest, record)).fetchone() is None:
            session.connection.execute("DELETE FROM blob WHERE sha256 = ?", (digest,))


PAPERS_OF = """SELECT number FROM paper_source WHERE kind = :kind AND record = :record
 UNION SELECT number FROM frozen_paper WHERE kind = :kind AND record = :record"""


def _drop_papers(session: Writing, kind: str, record: str) -> None:
    """Forget the frozen papers that were printed from a record."""
    run = session.connection.execute
    for (number,) in run(PAPERS_OF, {"kind": kind, "record": record}).fetchall():
        run("DELETE FROM blob WHERE sha256 = (SELECT blob FROM frozen_paper WHERE number = ?)", (number,))
        run("UPDATE frozen_paper SET blob = '', state = 'erased' WHERE number = ?", (number,))
