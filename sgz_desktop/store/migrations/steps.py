"""What a migration step of record tables may do: add a column and fill it from what newer peers sent."""

from __future__ import annotations

import orjson
from alembic import op
from sqlalchemy import text

SHOWN = text(
    """SELECT h.rid, c.value FROM head h JOIN cell_name f ON f.fid = h.fid JOIN change c ON c.cid = h.cid
 JOIN replica r ON r.did = h.did WHERE f.kind = :kind AND f.cell = :cell AND c.value IS NOT NULL
 ORDER BY h.rid, h.clock, r.device, h.seq"""
)


def add_field(kind: str, column: str, sql_type: str, cell: str = "") -> None:
    """Add a column to a record table and fill it from values of that field kept from newer peers.

    `sql_type` is TEXT or INTEGER; `cell` is the field's group where it has one.
    """
    op.execute(f'ALTER TABLE r_{kind} ADD COLUMN "{column}" {sql_type}')
    connection = op.get_bind()
    wire = int if sql_type == "INTEGER" else str
    for rid, raw in connection.execute(SHOWN, {"kind": kind, "cell": cell or column}).fetchall():
        value = orjson.loads(raw)
        if cell and isinstance(value, dict):
            value = value.get(column)
        if isinstance(value, wire):
            connection.execute(
                text(f'UPDATE r_{kind} SET "{column}" = :value WHERE rid = :rid'),
                {"value": value, "rid": rid},
            )
