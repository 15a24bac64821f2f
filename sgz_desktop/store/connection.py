"""Open the encrypted file and refuse every way in which it could be unsafe."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy.exc import DBAPIError

from sgz_desktop.errors import AppError
from sgz_desktop.faults import disk_faults
from sgz_desktop.store.schema import APPENDED, guarded

DATABASE = "store.db"
PLAIN_HEADER = b"SQLite format 3\x00"
LEAST_SQLITE = (3, 51, 3)  # earlier releases can corrupt a WAL when it is reset
CACHE_KIB = 16_384
READER_CACHE_KIB = 65_536  # search at ten times the data: 1.4 × instead of 2.2 ×
KEY_BYTES = 32
PAGE_BYTES = 4096  # a file that holds no whole page is taken for a new one by the driver
SYNCHRONOUS = "FULL"
FULL = 2

Connection = Any
Cursor = Any


class NotOpened(AppError):
    """The key is not this file's, or the file is none of ours."""

    def __init__(self) -> None:
        super().__init__("资料打不开，文件没有改动。", "请确认选的是本站的资料文件夹，或从备份恢复。")


class Guard:
    """Lets writes to record and log tables through only while record(), apply() or access.note() is at
    work, and never a change to a line of the access log."""

    def __init__(self) -> None:
        self._depth = 0
        self.mark = f"/* {os.urandom(8).hex()} */ "

    @contextmanager
    def open(self) -> Iterator[None]:
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    def __call__(
        self, action: int, table: str | None, _column: str | None, _db: str | None, _by: str | None
    ) -> int:
        changes = action in (driver.SQLITE_INSERT, driver.SQLITE_UPDATE, driver.SQLITE_DELETE)
        shapes = action in (driver.SQLITE_DROP_TABLE, driver.SQLITE_ALTER_TABLE)
        name = _column if action == driver.SQLITE_ALTER_TABLE else table
        if name in APPENDED and (shapes or (changes and action != driver.SQLITE_INSERT)):
            return int(driver.SQLITE_DENY)
        if (changes or shapes) and not self._depth and guarded(name or ""):
            return int(driver.SQLITE_DENY)
        return int(driver.SQLITE_OK)


def connect(path: Path, key: bytes, *, read_only: bool = False, wal: bool = True) -> Connection:
    """A checked connection to the store file. `key` is 32 raw bytes; `wal=False` leaves the journal as it is.

    Raises AppError when the key does not open the file and AssertionError when the build is unsafe.
    """
    assert_safe_build()
    assert_key(key)
    try:
        connection = driver.connect(
            str(path), isolation_level=None, check_same_thread=False, cached_statements=512
        )
    except driver.Error as error:
        raise explained(error) or error from None
    try:
        _prepare(connection, key, read_only, wal)
        assert_encrypted(path)
    except driver.DatabaseError as error:
        connection.close()
        if "not a database" in str(error):
            raise NotOpened from None
        raise explained(error) or error from None
    except BaseException:
        connection.close()
        raise
    return connection


def schema_of(path: Path, key: bytes) -> int:
    """The schema number in the file itself: nothing is written, and a WAL beside it is left alone. 0 when the
    file is none of this key's; whoever opens it says why. AppError when the disk does not give it."""
    assert_key(key)
    try:
        with closing(driver.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True)) as connection:
            _give_key(connection, key)
            return int(connection.execute("PRAGMA user_version").fetchone()[0])  # on the first page
    except driver.Error as error:
        if "disk I/O" in str(error) or "unable to open" in str(error):
            raise unreadable() from error
        return 0


def _unlock(connection: Connection, key: bytes) -> None:
    _give_key(connection, key)
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _give_key(connection: Connection, key: bytes) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")  # a wrong key is told in words, not on stderr
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")


def _prepare(connection: Connection, key: bytes, read_only: bool, wal: bool) -> None:
    _unlock(connection, key)
    if wal and connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
        raise AppError("磁盘读写出错，资料没有打开，也没有改动。", "请检查磁盘空间和文件夹权限后再试。")
    connection.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
    connection.execute(f"PRAGMA cache_size = -{READER_CACHE_KIB if read_only else CACHE_KIB}")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA busy_timeout = 5000")
    assert_durable(connection)
    if read_only:
        connection.execute("PRAGMA query_only = ON")


def assert_key(key: bytes) -> None:
    """A key of another length would be taken as a passphrase, in silence."""
    if len(key) != KEY_BYTES:
        raise AssertionError("the store key must be 32 bytes")


def assert_safe_build(sqlite: tuple[int, ...] | None = None, cipher: str | None = None) -> None:
    """The driver must be SQLCipher on a SQLite without the WAL-reset bug."""
    if (sqlite or driver.sqlite_version_info) < LEAST_SQLITE:
        raise AssertionError("this SQLite can corrupt a store")
    if not (cipher_version() if cipher is None else cipher):
        raise AssertionError("this driver would write plain text")


def cipher_version() -> str:
    """SQLCipher's version, '' on a driver without a cipher."""
    probe = driver.connect(":memory:")
    try:
        row = probe.execute("PRAGMA cipher_version").fetchone()
    finally:
        probe.close()
    return str(row[0]) if row else ""


def assert_durable(connection: Connection) -> None:
    """Acknowledged = on the disk: only FULL survives a power cut in WAL mode."""
    if connection.execute("PRAGMA synchronous").fetchone()[0] != FULL:
        raise AssertionError("the store must run with synchronous=FULL")


def assert_encrypted(path: Path) -> None:
    """Without a key the driver writes a readable file and says nothing."""
    with disk_faults(), path.open("rb") as file:
        if file.read(len(PLAIN_HEADER)) == PLAIN_HEADER:
            raise AssertionError("the store file is not encrypted")


def explained(error: Exception) -> AppError | None:
    """The sentence for a full, failing or read-only disk or a damaged file; None for what nobody at the desk
    can act on."""
    text = str(error.orig if isinstance(error, DBAPIError) else error)
    return next((AppError(*said) for words, said in SENTENCES if any(word in text for word in words)), None)


DAMAGED = ("资料文件有损坏，这一步没有做成。", "请从最近的备份恢复，不要删除现在的文件夹。")


def unreadable() -> AppError:
    """What is said of a disk that does not give back what it holds."""
    return AppError(*_UNREADABLE)


_UNREADABLE = ("磁盘读写出错，这一步没有做成。", "请检查磁盘后再试一次，并尽快备份；已填的内容还在。")
SENTENCES = (
    (
        ("disk is full",),
        ("磁盘空间不够，没能保存；请先不要关闭窗口。", "腾出空间后再保存一次，已填的内容还在。"),
    ),
    (
        ("disk I/O", "vtable constructor failed"),  # a search table whose pages cannot be read
        _UNREADABLE,
    ),
    (
        ("readonly", "unable to open"),
        ("资料文件夹不能写入，没能保存。", "请检查文件夹权限，已填的内容还在。"),
    ),
    (("malformed", "not a database", "is encrypted"), DAMAGED),
)


@contextmanager
def in_words() -> Iterator[None]:
    """Turn what the driver says of the disk into its sentence; anything else is passed on."""
    try:
        yield
    except (driver.Error, DBAPIError) as error:
        if sentence := explained(error):
            raise sentence from error
        raise
