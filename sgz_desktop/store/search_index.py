"""Keep the search index in step with the record tables.

One contentless FTS5 table holds the terms of every searched record. Its row number is made of the record's
day and its local number so that ascending order is newest first: FTS5 reads ascending rows several times
faster than descending ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import orjson

from sgz_desktop.store import settings, terms
from sgz_desktop.store.connection import Cursor
from sgz_desktop.store.search_plan import searched
from sgz_desktop.store.session import Reading, Writing

Touched = dict[str, dict[int, str]]  # kind → {rid: id}

RID_BITS = 26
MOST_RECORDS = (1 << RID_BITS) - 1
FAR_DAY = 1 << 17  # in the year 2328
STAMP = "search_readings"
AT_ONCE = 500  # records indexed in one transaction
BULK = 1_000  # records queued at once after which the index is merged
MERGE = 0  # stands in `to_index` for the merge; no record has this number
MERGE_PAGES = 500  # about a fifth of a second
MERGED = 2  # fewer changed rows than this: nothing was merged (SQLite's manual, FTS5 6.8)

IN = "(SELECT value FROM json_each(?))"
OLD = f"SELECT rid, docid FROM search_doc WHERE rid IN {IN}"
KINDS = f"SELECT kind, rid FROM entity WHERE rid IN {IN}"


def docid(day: int, rid: int) -> int:
    """Row number of a record: `day` in days since 1970; a newer day, then a newer record, is smaller."""
    if rid > MOST_RECORDS:
        raise ValueError("more records than the search index can number")
    return (FAR_DAY - min(day, FAR_DAY)) << RID_BITS | (MOST_RECORDS - rid)


def rid_of(doc: int) -> int:
    """The record of a row number."""
    return MOST_RECORDS - (doc & MOST_RECORDS)


def day_of(doc: int) -> int:
    """The day of a row number, in days since 1970."""
    return FAR_DAY - (doc >> RID_BITS)


def touch(cursor: Cursor, touched: Touched) -> None:
    """Index these records anew from their state rows; deleted ones and kinds without search leave, but not
    a person merged into another."""
    fresh = sorted(doc for kind, records in touched.items() for doc in documents(cursor, kind, list(records)))
    rids = [rid for records in touched.values() for rid in records]
    old = sorted(cursor.execute(OLD, (json_list(rids),)).fetchall(), key=lambda row: row[1])
    if old:
        cursor.executemany("DELETE FROM search_text WHERE rowid = ?", [(doc,) for _, doc in old])
        cursor.executemany("DELETE FROM search_doc WHERE rid = ?", [(rid,) for rid, _ in old])
    # In ascending order: FTS5 writes out what it has gathered whenever a row number goes back.
    cursor.executemany("INSERT INTO search_text(rowid, terms) VALUES(?, ?)", fresh)
    cursor.executemany("INSERT INTO search_doc VALUES(?, ?)", [(rid_of(doc), doc) for doc, _ in fresh])


def documents(cursor: Cursor, kind: str, rids: list[int]) -> Iterator[tuple[int, str]]:
    """What the index must hold of these records of one kind: (row number, terms with blanks between)."""
    plan = searched(kind)
    if plan is None:
        return
    for row in cursor.execute(plan.query, (json_list(rids),)).fetchall():
        if plan.found(row) and (found := plan.terms(row)):
            yield docid(plan.days_since_1970(row), row[0]), found


def by_kind(session: Reading, docs: Sequence[int]) -> dict[str, list[int]]:
    """Local numbers of the searched records of these row numbers, by kind."""
    found: dict[str, list[int]] = {}
    for kind, rid in session.cursor.execute(KINDS, (json_list(map(rid_of, docs)),)):
        found.setdefault(kind, []).append(rid)
    return {kind: rids for kind, rids in found.items() if searched(kind)}


def json_list(numbers: Iterable[int]) -> str:
    """Numbers as the one parameter of `IN`."""
    return orjson.dumps(list(numbers)).decode()


def queue(cursor: Cursor, touched: Touched) -> int:
    """Leave these records for `work_off`; how many there are."""
    rows = [(rid, kind) for kind, records in touched.items() if searched(kind) for rid in records]
    cursor.executemany("INSERT OR REPLACE INTO to_index(rid, kind) VALUES(?, ?)", rows)
    if len(rows) >= BULK:
        cursor.execute("INSERT OR IGNORE INTO to_index(rid, kind) VALUES(?, '')", (MERGE,))
    return len(rows)


def work_off(session: Writing, limit: int = AT_ONCE) -> int:
    """Index the next queued records, the newest first; the number done, 0 when nothing is left to do.

    After a bulk the pieces it left are merged in the same way, a step a call, so that a search reads one
    piece instead of many. Call it in small transactions of its own; it goes on where it stopped, also after
    a crash.
    """
    cursor = session.cursor
    query = "SELECT kind, rid FROM to_index WHERE rid != ? ORDER BY rid DESC LIMIT ?"
    rows = cursor.execute(query, (MERGE, limit)).fetchall()
    if not rows:
        return _merge_step(session)
    kinds = groupby(sorted(rows), key=lambda row: row[0])
    touch(cursor, {kind: {rid: "" for _, rid in records} for kind, records in kinds})
    cursor.executemany("DELETE FROM to_index WHERE rid = ?", [(rid,) for _, rid in rows])
    return len(rows)


def _merge_step(session: Writing) -> int:
    """1 when a step was made, 0 when none is wanted or the last one found nothing to merge."""
    run = session.cursor.execute
    if run("SELECT 1 FROM to_index WHERE rid = ?", (MERGE,)).fetchone() is None:
        return 0
    before = session.connection.total_changes
    run("INSERT INTO search_text(search_text, rank) VALUES('merge', ?)", (-MERGE_PAGES,))
    if session.connection.total_changes - before >= MERGED:
        return 1
    run("DELETE FROM to_index WHERE rid = ?", (MERGE,))
    return 0


def waiting(session: Reading) -> int:
    """How many records are still to be indexed."""
    return int(session.cursor.execute("SELECT count(*) FROM to_index WHERE rid != ?", (MERGE,)).fetchone()[0])


def compact(session: Writing) -> None:
    """Rewrite the index without what was removed. After a redaction: until then, removed terms, though
    never found, are still in the encrypted file."""
    session.cursor.execute("INSERT INTO search_text(search_text) VALUES('optimize')")


def refresh(session: Writing) -> bool:
    """Queue every record with a name when names are read otherwise than when they were indexed; True if
    so. Call it some time after opening, then `work_off`."""
    stamp = terms.readings_version()
    if settings.get(session, STAMP) == stamp:
        return False
    settings.put(session, STAMP, stamp)
    for kind in _kinds(session):
        if (plan := searched(kind)) and plan.names:
            session.cursor.execute(
                f"INSERT OR IGNORE INTO to_index(rid, kind) SELECT rid, ? FROM r_{kind}", (kind,)
            )
    return True


def _kinds(session: Reading) -> list[str]:
    return [row[0] for row in session.cursor.execute("SELECT DISTINCT kind FROM entity").fetchall()]
