"""What a migration step of record tables may do: add a column and fill it from what newer peers sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from alembic import op
from sqlalchemy import text

from sgz_desktop.store.schema import STANDING

SHOWN = text(
    f"""SELECT h.rid, c.value FROM {STANDING} JOIN cell_name f ON f.fid = h.fid
 WHERE f.kind = :kind AND f.cell = :cell AND c.value IS NOT NULL ORDER BY h.rid, e.clock, r.device, e.seq"""
)
MAX_INTEGER = 2**63


def add_kind(kind: str, columns: Mapping[str, type], cells: Mapping[str, str] | None = None) -> None:
    """Make the table of a new kind of record and fill it from records of it kept from newer peers.

    `columns` gives the wire type of each field, `cells` the group of those that have one.
    """
    op.execute(f"CREATE TABLE r_{kind}(rid INTEGER PRIMARY KEY, id TEXT, station TEXT, deleted INTEGER)")
    op.execute(f"CREATE INDEX r_{kind}_id ON r_{kind}(id)")
    op.get_bind().execute(
        text(
            f"INSERT INTO r_{kind}(rid, id, station) SELECT rid, id, station FROM entity WHERE kind = :kind"
        ),
        {"kind": kind},
    )
    _fill(kind, "deleted", bool, "")
    for column, wire in columns.items():
        add_field(kind, column, wire, (cells or {}).get(column, ""))


def add_field(kind: str, column: str, wire: type, cell: str = "") -> None:
    """Add a column to a record table and fill it from values of that field kept from newer peers.

    `wire` is the type of its values: str, int or bool; `cell` is the field's group where it has one.
    """
    op.execute(f'ALTER TABLE r_{kind} ADD COLUMN "{column}" {"TEXT" if wire is str else "INTEGER"}')
    _fill(kind, column, wire, cell)


def _fill(kind: str, column: str, wire: type, cell: str) -> None:
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
