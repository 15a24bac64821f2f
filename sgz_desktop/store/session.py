"""What a piece of work on the store holds: a transaction to write in, or a snapshot to read from."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import StaticPool
from sqlalchemy.util import LRUCache
from sqlmodel import Session

from sgz_desktop.domain.edits import Changes, Stamp
from sgz_desktop.domain.store_kind import StoreKind
from sgz_desktop.store.connection import Connection, Cursor, Guard
from sgz_desktop.store.veil import Veil


@dataclass(frozen=True, slots=True)
class Identity:
    """Which store this is and which device writes in it. `kind`: station, practice or county."""

    store_id: str
    kind: StoreKind
    station: str
    device: str
    epoch: int


@dataclass
class Names:
    """Local integers of devices, workers and cells and back, read once and kept in step."""

    devices: dict[str, int] = field(default_factory=dict)
    authors: dict[str, int] = field(default_factory=dict)
    cells: dict[tuple[str, str], int] = field(default_factory=dict)
    cell_names: dict[int, str] = field(default_factory=dict)
    device_names: dict[int, str] = field(default_factory=dict)

    def clear(self) -> None:
        for cache in (self.devices, self.authors, self.cells, self.cell_names, self.device_names):
            cache.clear()


@dataclass
class Reading:
    """A read snapshot on the reader's connection. Behind a veil, records kept back are not in it."""

    connection: Connection
    engine: Engine
    veil: Veil | None = field(default=None, kw_only=True)

    @property
    def cursor(self) -> Cursor:
        return self.connection.cursor()

    def orm(self) -> Session:
        """A SQLModel session on the same connection. Objects are detached when it closes."""
        return Session(self.engine, expire_on_commit=False)

    def whole(self) -> AbstractContextManager[None]:
        """Read past the veil: for figures alone, which must be the same whoever counts."""
        return self.veil.lifted() if self.veil else nullcontext()


@dataclass
class Writing(Reading):
    """One write transaction. `now_ms` is the time of its edits; `touched` becomes the Changes; `head` and
    `lines` are the new ends of this device's edits and of the access log, where it wrote any."""

    identity: Identity
    guard: Guard
    names: Names
    now_ms: int
    touched: dict[str, set[str]] = field(default_factory=dict)
    conflicts: list[tuple[str, str, str]] = field(default_factory=list)
    head: tuple[int, bytes] | None = None
    queued: int = 0  # records left to be indexed
    lines: tuple[int, bytes] | None = None

    @contextmanager
    def applying(self) -> Iterator[None]:
        """Let record and log tables be written. Statements carry a mark of their own meanwhile, so that none
        of them, once prepared and kept by the driver, can be used by the same text from outside."""
        plain = self.connection
        with self.guard.open():
            self.connection = _Marked(plain, self.guard.mark)
            try:
                yield
            finally:
                self.connection = plain

    def changes(self) -> Changes:
        ids = {kind: frozenset(found) for kind, found in self.touched.items()}
        many = sum(map(len, ids.values())) > MANY
        edit = Stamp(self.identity.device, self.head[0]) if self.head else None
        return Changes(ids={} if many else ids, many=many, conflicts=tuple(self.conflicts), edit=edit)


MANY = 2_000


class _Marked:
    """A connection whose statements all begin with the same comment."""

    def __init__(self, connection: Connection, mark: str) -> None:
        self._connection = connection
        self._mark = mark

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, statement: str, values: Any = ()) -> Cursor:
        return self._connection.execute(self._mark + statement, values)

    def executemany(self, statement: str, rows: Any) -> Cursor:
        return self._connection.executemany(self._mark + statement, rows)


class _Borrowed:
    """A connection as SQLAlchemy may have it: what ends a transaction is for its owner alone.

    SQLAlchemy rolls back whenever a session closes, which would undo a write that is still under way.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def commit(self) -> None:
        """Nothing: the owner commits."""

    def rollback(self) -> None:
        """Nothing: the owner rolls back."""

    def close(self) -> None:
        """Nothing: the owner closes."""


def engine_on(connection: Connection) -> Engine:
    """A SQLAlchemy engine that always uses this one connection, never ends its transaction and never
    logs values. All engines of the process share what was learnt of statements: a form is compiled once."""
    common = _common()
    pool = StaticPool(lambda: _Borrowed(connection), dialect=common.dialect)
    return Engine(
        pool,
        common.dialect,
        common.url,
        hide_parameters=True,
        execution_options={"compiled_cache": _compiled},
    )


@functools.cache
def _common() -> Engine:
    """Whose dialect all engines have; it is never connected."""
    return create_engine("sqlite://", module=driver)


_compiled: LRUCache[Any, Any] = LRUCache(1000)
