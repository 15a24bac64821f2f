"""Bring a store's tables up to this program: verified copy first, then every step in one transaction."""

from __future__ import annotations

from pathlib import Path

from sgz_desktop import files
from sgz_desktop.errors import AppError
from sgz_desktop.store.connection import Connection, Guard, connect
from sgz_desktop.store.session import engine_on

SCHEMA = 8  # the newest step in migrations/versions
STEPS = Path(__file__).with_name("migrations")
COPY = "before-{version}.db"
COPIES = "before-*.db"


def migrate(connection: Connection, path: Path, key: bytes, guard: Guard) -> bool:
    """Upgrade if behind; True when something was done.

    Raises AppError for a store written by a newer program, which is left untouched.
    """
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    refuse_newer(version)
    if version == SCHEMA:
        return False
    if version:
        verified_copy(connection, path.with_name(COPY.format(version=version)), key)
    with guard.open():
        connection.execute("BEGIN IMMEDIATE")
        try:
            _run_steps(connection)
            connection.execute(f"PRAGMA user_version = {SCHEMA}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    return True


def refuse_newer(version: int) -> None:
    """AppError for the schema number of a newer program."""
    if version > SCHEMA:
        raise AppError("这份资料由更新的程序保存，没有改动。", "请先升级本机的程序再打开。")


def _run_steps(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(STEPS).replace("%", "%%"))
    engine = engine_on(connection)
    with engine.connect() as bound:
        config.attributes["connection"] = bound
        command.upgrade(config, "head")


def verified_copy(connection: Connection, target: Path, key: bytes) -> None:
    """A complete copy under the same key, opened and checked before it counts."""
    with files.replacing(target, inside=True) as part:
        connection.execute("VACUUM INTO ?", (str(part),))
        copy = connect(part, key, read_only=True, wal=False)
        try:
            damage = copy.execute("PRAGMA cipher_integrity_check").fetchall()
            verdict = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        finally:
            copy.close()
        if damage or verdict != "ok":
            raise AppError("升级前的备份没有通过检查，资料没有改动。", "请先做一次备份再试。")
