"""Local integers for what has a text name on the wire: devices, workers, cells and records."""

from __future__ import annotations

from collections.abc import Iterable

from sgz_desktop.domain.edits import Edit
from sgz_desktop.store.session import Writing

CLAIM = """INSERT INTO entity(kind, id, station, claim_clock, claim_did, claim_seq) VALUES(?, ?, ?, ?, ?, ?)
ON CONFLICT(kind, id) DO UPDATE SET station = excluded.station, claim_clock = excluded.claim_clock,
 claim_did = excluded.claim_did, claim_seq = excluded.claim_seq
WHERE (excluded.claim_clock, (SELECT device FROM replica WHERE did = excluded.claim_did), excluded.claim_seq)
    > (entity.claim_clock, (SELECT device FROM replica WHERE did = entity.claim_did), entity.claim_seq)"""


def device_id(session: Writing, device: str) -> int:
    """The local number of a device, given one on first sight."""
    return _number(session, session.names.devices, device, "replica", "did", "device")


def author_id(session: Writing, worker: str) -> int:
    """The local number of a worker, given one on first sight."""
    return _number(session, session.names.authors, worker, "author", "wid", "worker")


def _number(session: Writing, cache: dict[str, int], name: str, table: str, key: str, column: str) -> int:
    found = cache.get(name)
    if found is None:
        session.connection.execute(f"INSERT OR IGNORE INTO {table}({column}) VALUES(?)", (name,))
        row = session.connection.execute(f"SELECT {key} FROM {table} WHERE {column} = ?", (name,)).fetchone()
        found = cache[name] = int(row[0])
    return found


def cell_id(session: Writing, kind: str, cell: str) -> int:
    """The local number of a cell name of a kind, given one on first sight."""
    found = session.names.cells.get((kind, cell))
    if found is None:
        session.connection.execute("INSERT OR IGNORE INTO cell_name(kind, cell) VALUES(?, ?)", (kind, cell))
        row = session.connection.execute(
            "SELECT fid FROM cell_name WHERE kind = ? AND cell = ?", (kind, cell)
        ).fetchone()
        found = session.names.cells[kind, cell] = int(row[0])
    return found


def cell_of(session: Writing, fid: int) -> str:
    """The name of the cell with a local number."""
    return _name(session, session.names.cell_names, fid, "SELECT cell FROM cell_name WHERE fid = ?")


def device_of(session: Writing, did: int) -> str:
    """The device with a local number."""
    return _name(session, session.names.device_names, did, "SELECT device FROM replica WHERE did = ?")


def _name(session: Writing, cache: dict[int, str], number: int, query: str) -> str:
    found = cache.get(number)
    if found is None:
        found = cache[number] = str(session.connection.execute(query, (number,)).fetchone()[0])
    return found


def record_ids(session: Writing, edits: Iterable[Edit]) -> dict[tuple[str, str], int]:
    """(kind, id) → rid for every record the edits touch. A record belongs to the station that the
    greatest (clock, device, seq) edit names."""
    claims = {}
    for edit in edits:
        did = device_id(session, edit.device)
        for change in edit.changes:
            claims[change.kind, change.record, edit.seq, did] = (
                change.kind,
                change.record,
                change.station,
                edit.clock,
                did,
                edit.seq,
            )
    session.connection.executemany(CLAIM, claims.values())
    return {(claim[0], claim[1]): find_record(session, claim[0], claim[1]) or 0 for claim in claims.values()}


def find_record(session: Writing, kind: str, record: str) -> int | None:
    """The local number of a record, None when nothing of it is here."""
    row = session.connection.execute(
        "SELECT rid FROM entity WHERE kind = ? AND id = ?", (kind, record)
    ).fetchone()
    return int(row[0]) if row else None
