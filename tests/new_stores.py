"""A new store's tables, made by the steps once a run and after that copied, page by page, from what the steps
led to.

The steps take 0.15 s of a processor's time, their statements without them 0.02 s, a copy less than half of
that, and the tests make more than a thousand stores. What the steps do
is for tests/store/test_migrations.py and tests/proofs/test_old_files.py; the first also holds that both ways
end alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from sgz_desktop.store import migrate
from sgz_desktop.store.connection import DATABASE, KEY_BYTES, Connection, connect

Steps = Callable[[Connection], None]
STEPPED: Steps = migrate._run_steps
SHIPPED = migrate.STEPS, migrate.SCHEMA
DEFINED = "SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"


def _as_made(connection: Connection, path: Path) -> Connection:
    """An encrypted file at `path`, open, whose tables and rows are what a new store's are here."""
    found = connection.execute(DEFINED).fetchall()
    virtual = tuple(f"{name}_" for name, _, sql in found if sql.startswith("CREATE VIRTUAL"))
    made = connect(path, bytes(KEY_BYTES))
    made.execute("BEGIN")
    for name, _, sql in found:
        if not name.startswith(virtual):  # those come with the virtual one
            made.execute(sql)
    for name in (name for name, sort, sql in found if sort == "table" and "VIRTUAL" not in sql):
        for row in connection.execute(f'SELECT * FROM "{name}"').fetchall():
            made.execute(f'INSERT OR REPLACE INTO "{name}" VALUES ({", ".join("?" * len(row))})', tuple(row))
    made.execute(f"PRAGMA user_version = {migrate.SCHEMA}")
    made.execute("COMMIT")
    return made


@contextmanager
def quickly_made() -> Iterator[None]:
    """As long as it lasts, only the first new store is made by the steps; one that is behind always is."""
    kept: list[Connection] = []

    def make(connection: Connection) -> None:
        is_new = not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if not is_new or (migrate.STEPS, migrate.SCHEMA) != SHIPPED:
            STEPPED(connection)
        elif kept:
            connection.execute("ROLLBACK")  # a copy is a transaction of its own
            kept[0].backup(connection)
            connection.execute("BEGIN IMMEDIATE")
        else:
            STEPPED(connection)
            kept.append(_as_made(connection, Path(folder) / DATABASE))
            stack.callback(kept[0].close)

    with TemporaryDirectory() as folder, ExitStack() as stack, mock.patch.object(migrate, "_run_steps", make):
        yield
