"""Sorts of damage: each plants one case of itself in a place, drawn from a seed. `SORTS` names them all."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

from sgz_desktop.store import blobs
from sgz_desktop.store.closing import APART
from sgz_desktop.store.connection import DATABASE, PAGE_BYTES
from sgz_desktop.vault import slot_file
from tests.proofs.lived_in import STAGES, WAL, Place

LAST = f"closed-{STAGES - 1}"
PLACES_PER_PAGE = 8
Plant = Callable[[Place, random.Random], None]


def page_flipped(place: Place, draw: random.Random) -> None:
    """One bit, in each of eight parts of a page: text, IV and HMAC."""
    place.put(LAST)
    pages = (place.store / DATABASE).stat().st_size // PAGE_BYTES
    part = PAGE_BYTES // PLACES_PER_PAGE
    at = draw.randrange(pages) * PAGE_BYTES + draw.randrange(PLACES_PER_PAGE) * part + draw.randrange(part)
    _flip(place.store / DATABASE, at, draw)


def pages_swapped(place: Place, draw: random.Random) -> None:
    place.put(LAST)
    data = bytearray((place.store / DATABASE).read_bytes())
    one, two = (n * PAGE_BYTES for n in draw.sample(range(len(data) // PAGE_BYTES), 2))
    first, second = data[one : one + PAGE_BYTES], data[two : two + PAGE_BYTES]
    data[one : one + PAGE_BYTES], data[two : two + PAGE_BYTES] = second, first
    (place.store / DATABASE).write_bytes(data)


def old_page_put_back(place: Place, draw: random.Random) -> None:
    """A page as it was at an earlier closing: whole, authentic, and out of date."""
    place.put(LAST)
    old, new = place.bytes_of(f"closed-{draw.randrange(STAGES - 1)}"), bytearray(place.bytes_of(LAST))
    starts = range(0, len(old), PAGE_BYTES)
    at = draw.choice([n for n in starts if old[n : n + PAGE_BYTES] != new[n : n + PAGE_BYTES]])
    new[at : at + PAGE_BYTES] = old[at : at + PAGE_BYTES]
    (place.store / DATABASE).write_bytes(new)


def crashed(place: Place) -> Path:
    place.put("crashed")
    (place.store / f"{DATABASE}-shm").unlink(missing_ok=True)
    return place.store / WAL


def wal_cut(place: Place, draw: random.Random) -> None:
    """By one byte, as often as by any number."""
    wal = crashed(place)
    data = wal.read_bytes()
    wal.write_bytes(data[: -draw.choice((1, draw.randrange(1, len(data))))])


def wal_flipped(place: Place, draw: random.Random) -> None:
    wal = crashed(place)
    _flip(wal, draw.randrange(wal.stat().st_size), draw)


def wal_missing(place: Place, draw: random.Random) -> None:
    """Only the `.db` is there, at the path this computer knows."""
    crashed(place).unlink()


def database_copied_alone(place: Place, draw: random.Random) -> None:
    """Only the `.db` is there, at a path no computer knows."""
    crashed(place).unlink()
    shutil.rmtree(place.state)


def database_rolled_back(place: Place, draw: random.Random) -> None:
    stage = draw.randrange(STAGES - 1)
    place.put(draw.choice((LAST, "crashed")))
    for path in place.store.glob(f"{DATABASE}-*"):
        path.unlink()
    (place.store / DATABASE).write_bytes(place.bytes_of(f"closed-{stage}"))


def folder_rolled_back(place: Place, draw: random.Random) -> None:
    place.put(f"closed-{draw.randrange(STAGES - 1)}", state=draw.choice((LAST, "crashed")))


def slots_changed(place: Place, draw: random.Random) -> None:
    """A bit flipped, cut short, emptied or gone."""
    place.put(LAST)
    path = place.store / slot_file.SLOTS
    size = path.stat().st_size
    how = draw.randrange(8)
    if how == 0:
        path.unlink()
    elif how == 1:
        path.write_bytes(path.read_bytes()[: draw.randrange(size)])
    else:
        _flip(path, draw.randrange(size), draw)


LOGS = {
    "edit": ("eid", ("did", "epoch", "seq", "clock", "at_ms", "wid", "action", "why", "hash", "header")),
    "change": ("cid", ("rid", "fid", "salt", "value")),
    "access_log": ("n", ("at_ms", "worker", "action", "kind", "record", "outcome", "hash")),
}


def log_row_edited(place: Place, draw: random.Random) -> None:
    table, key, row = _log_row(place, draw)
    column = draw.choice(LOGS[table][1])
    _run(place, f"UPDATE {table} SET {column} = {_other(column)} WHERE {key} = {row}")


def log_row_deleted(place: Place, draw: random.Random) -> None:
    table, key, row = _log_row(place, draw)
    _run(place, f"DELETE FROM {table} WHERE {key} = {row}")


def log_rows_reordered(place: Place, draw: random.Random) -> None:
    """Two edits of one device, or two lines of the access log, change their numbers."""
    place.put(LAST)
    if draw.random() < 0.5:
        one, two = draw.sample([row[0] for row in _rows(place, "SELECT n FROM access_log")], 2)
        _swap(place, "access_log", "n", one, two)
        return
    edits = _rows(place, "SELECT eid, did FROM edit")
    one, did = draw.choice(edits)
    two = draw.choice([eid for eid, other in edits if other == did and eid != one])
    seqs = dict(_rows(place, f"SELECT eid, seq FROM edit WHERE eid IN ({one}, {two})"))
    _run(
        place,
        f"UPDATE edit SET seq = -1 WHERE eid = {one}",
        f"UPDATE edit SET seq = {seqs[one]} WHERE eid = {two}",
        f"UPDATE edit SET seq = {seqs[two]} WHERE eid = {one}",
    )


def log_tail_cut(place: Place, draw: random.Random) -> None:
    """The last edits of this device, or the last lines of the access log, are gone without a trace in the
    other tables of the log."""
    place.put(LAST)
    if draw.random() < 0.5:
        lines = _rows(place, "SELECT n FROM access_log ORDER BY n DESC")
        _run(place, f"DELETE FROM access_log WHERE n >= {draw.choice(lines)[0]}")
        return
    own = _rows(place, "SELECT eid, seq FROM edit WHERE did = 1 ORDER BY seq DESC")
    _, seq = draw.choice(own)
    gone = f"SELECT eid FROM edit WHERE did = 1 AND seq >= {seq}"
    cids = f"SELECT cid FROM change WHERE eid IN ({gone})"
    top = f"SELECT hash FROM edit WHERE did = 1 AND seq = {seq - 1}"
    _run(
        place,
        f"UPDATE replica SET top_seq = {seq - 1}, top_hash = ({top}) WHERE did = 1",
        f"DELETE FROM base WHERE cid IN ({cids})",
        f"DELETE FROM change WHERE eid IN ({gone})",
        f"DELETE FROM edit WHERE did = 1 AND seq >= {seq}",
    )


def state_row_changed(place: Place, draw: random.Random) -> None:
    """A record's row says something else than the log, or is gone, or nobody wrote it."""
    place.put(LAST)
    table = draw.choice(("r_person", "r_visit", "r_household", "r_case", "r_membership", "r_worker"))
    columns = [row[1] for row in _rows(place, f"PRAGMA table_info({table})")]
    rid = draw.choice(_rows(place, f"SELECT rid FROM {table}"))[0]
    column = draw.choice([name for name in columns if name != "rid"])
    how = draw.randrange(6)
    if how == 0:
        _run(place, f"DELETE FROM {table} WHERE rid = {rid}")
    elif how == 1:
        _run(place, f"INSERT INTO {table}(rid, id) VALUES(99999, 'x')")
    else:
        _run(place, f"""UPDATE {table} SET "{column}" = 7 WHERE rid = {rid}""")


def search_changed(place: Place, draw: random.Random) -> None:
    """A record is no longer found, or found by other words, or what is found is no record."""
    place.put(LAST)
    rid, doc = draw.choice(_rows(place, "SELECT rid, docid FROM search_doc"))
    _run(
        place,
        *draw.choice(
            (
                [f"DELETE FROM search_doc WHERE rid = {rid}"],
                [f"DELETE FROM search_text WHERE rowid = {doc}"],
                [f"DELETE FROM search_text WHERE rowid = {doc}", f"DELETE FROM search_doc WHERE rid = {rid}"],
                [
                    f"DELETE FROM search_text WHERE rowid = {doc}",
                    f"INSERT INTO search_text(rowid, terms) VALUES({doc}, '别的')",
                ],
                ["INSERT INTO search_text(rowid, terms) VALUES(77, '别的')"],
                ["INSERT INTO search_doc VALUES(99999, 77)"],
            )
        ),
    )


def attachment_changed(place: Place, draw: random.Random) -> None:
    """A file flipped, cut, gone, or in another's place."""
    place.put(LAST)
    one, two = draw.sample(sorted((place.store / blobs.FOLDER).iterdir()), 2)
    how = draw.randrange(4)
    if how == 0:
        one.unlink()
    elif how == 1:
        one.write_bytes(one.read_bytes()[: draw.randrange(one.stat().st_size)])
    elif how == 2:
        one.write_bytes(two.read_bytes())
    else:
        _flip(one, draw.randrange(one.stat().st_size), draw)


def table_apart_changed(place: Place, draw: random.Random) -> None:
    """A row of a table that no log covers: numbers given, papers frozen, settings, drafts, attachments."""
    place.put(LAST)
    table = draw.choice([name for name in APART if _rows(place, f"SELECT count(*) FROM {name}")[0][0]])
    columns = [row[1] for row in _rows(place, f"PRAGMA table_info({table})")]
    keys = [row[1] for row in _rows(place, f"PRAGMA table_info({table})") if row[5]]
    row = draw.choice(_rows(place, f"SELECT {', '.join(f'quote({key})' for key in keys)} FROM {table}"))
    where = " AND ".join(f"{key} = {value}" for key, value in zip(keys, row, strict=True))
    column = draw.choice(columns)
    change = f"UPDATE {table} SET {column} = {_other(column)} WHERE {where}"
    _run(place, draw.choice((f"DELETE FROM {table} WHERE {where}", change)))


SORTS: dict[str, Plant] = {
    plant.__name__: plant
    for plant in (
        page_flipped,
        pages_swapped,
        old_page_put_back,
        wal_cut,
        wal_flipped,
        wal_missing,
        database_copied_alone,
        database_rolled_back,
        folder_rolled_back,
        slots_changed,
        log_row_edited,
        log_row_deleted,
        log_rows_reordered,
        log_tail_cut,
        state_row_changed,
        search_changed,
        attachment_changed,
        table_apart_changed,
    )
}


def _flip(path: Path, at: int, draw: random.Random) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1 << draw.randrange(8)
    path.write_bytes(data)


def _log_row(place: Place, draw: random.Random) -> tuple[str, str, int]:
    place.put(LAST)
    table = draw.choice(list(LOGS))
    key = LOGS[table][0]
    return table, key, draw.choice(_rows(place, f"SELECT {key} FROM {table}"))[0]


def _other(column: str) -> str:
    """SQL: another value of the same sort; of a missing one, a value."""
    return (
        f"CASE typeof({column}) WHEN 'integer' THEN {column} + 1000 "
        f"WHEN 'null' THEN CAST('\"x\"' AS BLOB) WHEN 'text' THEN {column} || 'x' "
        f"ELSE CAST({column} || 'x' AS BLOB) END"
    )


def _swap(place: Place, table: str, key: str, one: int, two: int) -> None:
    _run(
        place,
        f"UPDATE {table} SET {key} = -1 WHERE {key} = {one}",
        f"UPDATE {table} SET {key} = {one} WHERE {key} = {two}",
        f"UPDATE {table} SET {key} = {two} WHERE {key} = -1",
    )


def _rows(place: Place, query: str) -> list[tuple[int, ...]]:
    with place.raw() as connection:
        return [tuple(row) for row in connection.execute(query)]


def _run(place: Place, *statements: str) -> None:
    with place.raw() as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        for statement in statements:
            connection.execute(statement)
        connection.execute("COMMIT")
