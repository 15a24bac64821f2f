"""A new store's tables, made by the steps once a run and after that from what the steps led to.

The steps take 0.15 s of a processor's time, and the tests make more than a thousand stores. What the steps do
is for tests/store/test_migrations.py and tests/proofs/test_old_files.py; the first also holds that both ways
end alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest import mock

from sgz_desktop.store import migrate
from sgz_desktop.store.connection import Connection

Steps = Callable[[Connection], None]
STEPPED: Steps = migrate._run_steps
SHIPPED = migrate.STEPS, migrate.SCHEMA
DEFINED = "SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"


def as_made(connection: Connection) -> list[tuple[str, tuple[object, ...]]]:
    """The statements, with their values, that make a new store's tables and rows what they are here."""
    found = connection.execute(DEFINED).fetchall()
    virtual = tuple(f"{name}_" for name, _, sql in found if sql.startswith("CREATE VIRTUAL"))
    made: list[tuple[str, tuple[object, ...]]] = [
        (sql, ())
        for name, _, sql in found
        if not name.startswith(virtual)  # those come with the virtual one
    ]
    for name in (name for name, sort, sql in found if sort == "table" and "VIRTUAL" not in sql):
        for row in connection.execute(f'SELECT * FROM "{name}"').fetchall():
            made.append((f'INSERT OR REPLACE INTO "{name}" VALUES ({", ".join("?" * len(row))})', tuple(row)))
    return made


@contextmanager
def quickly_made() -> Iterator[None]:
    """As long as it lasts, only the first new store is made by the steps; one that is behind always is."""
    kept: list[tuple[str, tuple[object, ...]]] = []

    def make(connection: Connection) -> None:
        is_new = not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if not is_new or (migrate.STEPS, migrate.SCHEMA) != SHIPPED:
            STEPPED(connection)
            return
        for statement, values in kept:
            connection.execute(statement, values)
        if not kept:
            STEPPED(connection)
            kept.extend(as_made(connection))

    with mock.patch.object(migrate, "_run_steps", make):
        yield
