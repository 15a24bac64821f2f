"""The first schema, as frozen text: log, heads, settings, search and the record tables.

Record tables carry no foreign key, unique, not-null or check rule: a reference may point to a record that
has not arrived yet.
"""

from alembic import op

revision = "0001"
down_revision = None

LOG_TABLES = """
CREATE TABLE setting(name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE replica(did INTEGER PRIMARY KEY, device TEXT NOT NULL UNIQUE, top_seq INTEGER NOT NULL DEFAULT 0,
  top_hash BLOB);
CREATE TABLE author(wid INTEGER PRIMARY KEY, worker TEXT NOT NULL UNIQUE);
CREATE TABLE cell_name(fid INTEGER PRIMARY KEY, kind TEXT NOT NULL, cell TEXT NOT NULL, UNIQUE(kind, cell));
CREATE TABLE entity(rid INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, station TEXT NOT NULL,
  claim_clock INTEGER NOT NULL, claim_did INTEGER NOT NULL, UNIQUE(kind, id));
CREATE TABLE edit(eid INTEGER PRIMARY KEY, did INTEGER NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL,
  clock INTEGER NOT NULL, at_ms INTEGER NOT NULL, wid INTEGER NOT NULL, action TEXT NOT NULL, why BLOB,
  why_salt BLOB, hash BLOB NOT NULL, header BLOB NOT NULL, UNIQUE(did, seq));
CREATE INDEX edit_at ON edit(at_ms);
CREATE TABLE change(cid INTEGER PRIMARY KEY, eid INTEGER NOT NULL, rid INTEGER NOT NULL, fid INTEGER NOT NULL,
  salt BLOB, value BLOB);
CREATE INDEX change_record ON change(rid, fid);
CREATE INDEX change_edit ON change(eid);
CREATE TABLE base(rid INTEGER, fid INTEGER, did INTEGER, seq INTEGER, cid INTEGER,
  PRIMARY KEY(rid, fid, did, seq, cid)) WITHOUT ROWID;
CREATE TABLE head(rid INTEGER, fid INTEGER, did INTEGER, seq INTEGER, clock INTEGER NOT NULL, cid INTEGER NOT NULL,
  PRIMARY KEY(rid, fid, did, seq)) WITHOUT ROWID;
CREATE TABLE conflict(rid INTEGER, fid INTEGER, PRIMARY KEY(rid, fid)) WITHOUT ROWID;
CREATE TABLE erased(kind TEXT, record TEXT, cell TEXT, device TEXT, seq INTEGER,
  PRIMARY KEY(kind, record, cell, device, seq)) WITHOUT ROWID;
CREATE TABLE signed_head(did INTEGER, seq INTEGER, hash BLOB NOT NULL, signature BLOB NOT NULL,
  PRIMARY KEY(did, seq)) WITHOUT ROWID;
CREATE TABLE access_log(n INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, worker TEXT NOT NULL, action TEXT NOT NULL,
  kind TEXT NOT NULL, record TEXT NOT NULL, outcome TEXT NOT NULL, hash BLOB NOT NULL);
CREATE TABLE draft(worker TEXT, form TEXT, record TEXT, at_ms INTEGER NOT NULL, body BLOB NOT NULL,
  PRIMARY KEY(worker, form, record)) WITHOUT ROWID;
CREATE TABLE blob(sha256 TEXT PRIMARY KEY, file TEXT NOT NULL, size INTEGER NOT NULL, mime TEXT NOT NULL, identity TEXT NOT NULL,
  at_ms INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE frozen_paper(number TEXT PRIMARY KEY, kind TEXT NOT NULL, record TEXT NOT NULL, form TEXT NOT NULL,
  state TEXT NOT NULL, at_ms INTEGER NOT NULL, blob TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE counter(name TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE to_index(rid INTEGER PRIMARY KEY, kind TEXT NOT NULL);
"""

SEARCH_TABLES = """
"""

RECORD_TABLES = """
"""


def upgrade() -> None:
    """Create every table of the first release."""
    for text in (LOG_TABLES, SEARCH_TABLES, RECORD_TABLES):
        for statement in filter(str.strip, text.split(";")):
            op.execute(statement)
