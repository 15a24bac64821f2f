"""Settings of this store: plain named values, never records."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import orjson

from sgz_desktop.errors import AppError
from sgz_desktop.store.connection import DAMAGED, Connection
from sgz_desktop.store.session import Identity, Reading, Writing

REVIEWS = "release_review:"  # and a case's id: by kind:id:field of a text, what was decided of it


def get(session: Reading, name: str, default: Any = None) -> Any:
    """The value of a setting (JSON), or `default`."""
    return _get(session.connection, name, default)


def starting(session: Reading, prefix: str) -> dict[str, Any]:
    """All settings whose name starts with `prefix`."""
    rows = session.connection.execute(
        "SELECT name, value FROM setting WHERE substr(name, 1, ?) = ?", (len(prefix), prefix)
    )
    return {name: _read(value) for name, value in rows}


def forget_reviews(session: Writing, records: Collection[str]) -> None:
    """Forget what was decided of the texts of some records: it holds their fingerprints."""
    for name, kept in starting(session, REVIEWS).items():
        left = {place: told for place, told in kept.items() if place.split(":")[1] not in records}
        if len(left) < len(kept):
            put(session, name, left)


def put(session: Writing, name: str, value: Any) -> None:
    """Set a setting to a JSON value."""
    _put(session.connection, name, value)


def _get(connection: Connection, name: str, default: Any = None) -> Any:
    row = connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return default if row is None else _read(row[0])


def _read(value: bytes) -> Any:
    """A kept value; AppError when something else was put in its place."""
    try:
        return orjson.loads(value)
    except orjson.JSONDecodeError as fault:
        raise AppError(*DAMAGED) from fault


def _put(connection: Connection, name: str, value: Any) -> None:
    connection.execute("INSERT OR REPLACE INTO setting VALUES(?, ?)", (name, orjson.dumps(value)))


def agree(connection: Connection, identity: Identity) -> None:
    """Write a new store's identity, or check it. Raises AppError when the file is another store's."""
    wanted = {"store_id": identity.store_id, "kind": identity.kind, "station": identity.station}
    found = _get(connection, "identity")
    if found is None:
        if connection.execute("SELECT 1 FROM access_log LIMIT 1").fetchone():  # no new store at all
            raise AppError(*DAMAGED)
        _put(connection, "identity", wanted)
    elif {**found, "station": ""} != {**wanted, "station": ""}:
        raise AppError("这份资料不属于这个社工站，文件没有改动。", "请选对资料文件夹。")
