"""What a migration step of record tables may do: add a column and fill it from what newer peers sent."""

from __future__ import annotations

from typing import Any

import orjson
from alembic import op
from sqlalchemy import text

SHOWN = text(
    """SELECT h.rid, c.value FROM head h JOIN cell_name f ON f.fid = h.fid JOIN change c ON c.cid = h.cid
 JOIN replica r ON r.did = h.did WHERE f.kind = :kind AND f.cell = :cell AND c.value IS NOT NULL
 ORDER BY h.rid, h.clock, r.device, h.seq"""
)
MAX_INTEGER = 2**63


def add_field(kind: str, column: str, wire: type, cell: str = "") -> None:
    """Add a column to a record table and fill it from values of that field kept from newer peers.

    `wire` is the type of its values: str, int or bool; `cell` is the field's group where it has one.
    """
    op.execute(f'ALTER TABLE r_{kind} ADD COLUMN "{column}" {"TEXT" if wire is str else "INTEGER"}')
    connection = op.get_bind()
    heads = connection.execute(SHOWN, {"kind": kind, "cell": cell or column}).fetchall()
    # heads come in rising order, so the greatest is what remains
    shown: dict[int, Any] = {rid: _member(orjson.loads(raw), column if cell else "") for rid, raw in heads}
    update = text(f'UPDATE r_{kind} SET "{column}" = :value WHERE rid = :rid')
    for rid, value in shown.items():
        if _fits(value, wire):
            connection.execute(update, {"value": value, "rid": rid})


def _member(value: Any, name: str) -> Any:
    if not name:
        return value
    return value.get(name) if isinstance(value, dict) else None


def _fits(value: Any, wire: type) -> bool:
    in_range = not isinstance(value, int) or -MAX_INTEGER <= value < MAX_INTEGER
    return type(value) is wire and in_range
