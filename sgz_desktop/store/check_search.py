"""Does the search index hold every searched record, and of each exactly what its state row says?"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sgz_desktop.store import settings, terms
from sgz_desktop.store.search_index import IN, STAMP, documents, json_list
from sgz_desktop.store.search_plan import searched
from sgz_desktop.store.session import Reading

BATCH = 1_000
MASK = (1 << 64) - 1
INDEXED = "CREATE VIRTUAL TABLE temp.indexed_term USING fts5vocab('main', 'search_text', 'instance')"
RIDS = "SELECT rid FROM entity WHERE kind = ? ORDER BY rid"
DOCS = f"SELECT docid FROM search_doc WHERE rid IN {IN}"
WAITING = "SELECT rid FROM to_index"
TERMS = f"""SELECT term, doc FROM temp.indexed_term
 WHERE doc NOT IN (SELECT docid FROM search_doc WHERE rid IN ({WAITING}))"""
WAYS = "SELECT segid, pgno >> 1 FROM search_text_idx"
# fts5_index.c: an id is made of segment, mark of a page list, height (5 bits) and page (31 bits)
LEAVES = f"""SELECT id >> 37, id & {(1 << 31) - 1}, length(block), substr(block, 1, 4) FROM search_text_data
 WHERE id >= 1 << 37 AND id < 1 << 53 AND NOT id >> 31 & 63"""
ODD_DOCS = "SELECT count(*) FROM (SELECT docid FROM search_doc EXCEPT SELECT id FROM search_text_docsize)"
ODD_SIZES = "SELECT count(*) FROM (SELECT id FROM search_text_docsize EXCEPT SELECT docid FROM search_doc)"


def check_search(session: Reading, say: Callable[[int], None]) -> Iterator[str]:
    """Records still waiting to be indexed are left out; so are terms, where names are read otherwise than
    when they were indexed, for then all of them wait."""
    run = session.connection.execute
    docs = absent = told = 0
    for doc, text, there in _wanted(session):
        docs, absent = docs + 1, absent + (not there)
        told += sum(hash((term, doc)) for term in text.split(" "))
        if docs % BATCH == 0:
            say(docs)
    if absent:
        yield f"有{absent}条记录查找不到：查找目录里没有它们。"
    more = run(f"SELECT count(*) FROM search_doc WHERE rid NOT IN ({WAITING})").fetchone()[0] - docs + absent
    odd = more + run(ODD_DOCS).fetchone()[0] + run(ODD_SIZES).fetchone()[0] + _ways_lost(session)
    if odd > 0:
        yield f"查找目录里有{odd}处对不上任何记录。"
    if settings.get(session, STAMP) == terms.readings_version():
        indexed = sum(map(hash, _indexed(session))) & MASK
        if indexed != told & MASK:
            yield "查找目录的内容与资料不符。"


def _wanted(session: Reading) -> Iterator[tuple[int, str, bool]]:
    """(row number, terms, is it there) of all that the index must hold."""
    run = session.connection.execute
    waiting = {row[0] for row in run(WAITING)}
    kinds = [row[0] for row in run("SELECT DISTINCT kind FROM entity ORDER BY kind")]
    for kind in filter(searched, kinds):
        rids = [row[0] for row in run(RIDS, (kind,)) if row[0] not in waiting]
        for start in range(0, len(rids), BATCH):
            some = rids[start : start + BATCH]
            there = {row[0] for row in run(DOCS, (json_list(some),))}
            for doc, text in documents(session.cursor, kind, some):
                yield doc, text, doc in there


def _ways_lost(session: Reading) -> int:
    """How many leaves of the index no way leads to, or ways lead to none. FTS5 proves the ways it finds and
    misses none; a search for a word beyond a lost one finds nothing."""
    run = session.connection.execute
    ways = {(segment, page) for segment, page in run(WAYS)}
    leaves = {
        (segment, page)
        for segment, page, size, head in run(LEAVES)
        if size > int.from_bytes(head[2:4])  # its terms are listed behind the text, whose size stands here
    }
    return len(ways ^ leaves)


def _indexed(session: Reading) -> Iterator[tuple[str, int]]:
    """Every term of every row, from the index itself; the table to read it by goes with the snapshot."""
    run = session.connection.execute
    run("PRAGMA query_only = OFF")
    try:
        run(INDEXED)
    finally:
        run("PRAGMA query_only = ON")
    yield from run(TERMS)
