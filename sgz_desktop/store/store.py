"""The encrypted store: one writer thread, one reader thread, and the only door to both."""

from __future__ import annotations

import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

import sqlcipher3.dbapi2 as driver

from sgz_desktop import files
from sgz_desktop.domain.edits import Changes
from sgz_desktop.errors import AppError
from sgz_desktop.store import search, settings
from sgz_desktop.store.connection import DATABASE, Connection, Guard, assert_key, connect, in_words
from sgz_desktop.store.migrate import COPIES, migrate
from sgz_desktop.store.session import Identity, Names, Reading, Writing, engine_on
from sgz_desktop.store.threads import Lane
from sgz_desktop.store.veil import NOTHING, KeptBack, Veil, kept_back

T = TypeVar("T")
Clock = Callable[[], int]
TOUCHED = "CREATE TEMP TABLE touched_cell(rid INTEGER, fid INTEGER, PRIMARY KEY(rid, fid)) WITHOUT ROWID"


def utc_ms() -> int:
    """Now, in UTC milliseconds."""
    return time.time_ns() // 1_000_000


class Store:
    """An open store. Work runs inside `read` or `write`; objects it returns must not hold the session."""

    def __init__(self, folder: Path, key: bytes, identity: Identity, now: Clock = utc_ms) -> None:
        """Open, checking and migrating as needed. `identity.device` is this computer's; the rest must
        agree with the store, or is written into a new one."""
        self.folder = folder
        self.identity = identity
        self.now = now
        self.on_commit: Callable[[int, bytes], None] = lambda seq, digest: None
        self.on_access: Callable[[int, bytes], None] = lambda number, digest: None
        self._listeners: list[Callable[[Changes], None]] = []
        self._closing = False
        self._unindexed = False
        self._owed: deque[Callable[[Writing], object]] = deque()
        self._guard = Guard()
        self._names = Names()
        self._commits = 0
        self._kept_back: dict[str, tuple[int, KeptBack]] = {}
        path = folder / DATABASE
        writer = connect(path, key)
        try:
            with in_words():
                if migrate(writer, path, key, self._guard):
                    writer = _fresh(writer, path, key)
                settings.agree(writer, identity)
            self._prepared(writer)
            reader = self._veiled(connect(path, key, read_only=True))
        except BaseException:
            writer.close()
            raise
        self._open_copy = partial(connect, key=key, read_only=True, wal=False)
        self._writer = Lane("store-writer", writer, lambda: self._prepared(connect(path, key)))
        self._reader = Lane("store-reader", reader, lambda: self._veiled(connect(path, key, read_only=True)))

    def listen(self, heard: Callable[[Changes], None]) -> None:
        """Call `heard` after each commit that changed records, on the writer's thread."""
        self._listeners.append(heard)

    def write(self, work: Callable[[Writing], T]) -> T:
        """Run `work` in one transaction on the writer's thread; returns after the commit is on disk.

        What it queued for the search index is worked off right after, before anything else is written.
        """
        return self._writer.run(lambda: self._in_transaction(work), self._index)

    def write_later(self, work: Callable[[Writing], object]) -> None:
        """Queue `work`; it is done before the store closes. A failure goes to threading.excepthook; what the
        disk refused is tried again with the next that is queued, and at the close."""
        self._owed.append(work)
        self._writer.submit(self._settle)

    def read(self, work: Callable[[Reading], T], kept: KeptBack = NOTHING) -> T:
        """Run `work` on the reader's thread against one snapshot, in which what was saved is also found
        and what is `kept` back is not."""
        self._writer.rest()
        return self._reader.run(lambda: self._in_snapshot(work, kept))

    def kept_back(self, worker: str) -> KeptBack:
        """What is kept back from the worker with a name. Remembered until the next commit."""
        commits, known = self._kept_back.get(worker, (-1, NOTHING))
        if commits != self._commits:
            commits = self._commits
            known = self.read(lambda session: kept_back(session.connection, worker))
            self._kept_back[worker] = commits, known
        return known

    def checkpoint_later(self) -> None:
        """Bring what is in the WAL into the file itself; where that fails, a later checkpoint does it."""

        def run() -> None:
            with suppress(AppError):
                self._fold_in()

        self._writer.submit(run)

    def interrupt(self) -> None:
        """Stop the query the reader is at, if any. Never touches the writer."""
        with suppress(driver.ProgrammingError):  # closed this moment: it is at no query
            self._reader.connection.interrupt()

    def rekey(self, key: bytes) -> None:
        """Re-encrypt the whole file under a new 32-byte key. The store must be reopened afterwards."""
        assert_key(key)
        self._reader.close()

        def run() -> None:
            with self._writer.at_work() as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                connection.execute(f"PRAGMA rekey = \"x'{key.hex()}'\"")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

        self._writer.run(run)
        self._writer.close(self._settle)
        for old in self.folder.glob(COPIES):
            files.discard(old)

    def fold_in(self) -> None:
        """Carry the log over into the database file, as far as readers let it. AppError: the disk refused."""
        self._writer.run(self._fold_in)

    def _fold_in(self) -> None:
        with self._writer.at_work() as connection:
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

    def copy(self, target: Path, note: Callable[[Reading], T], first: Callable[[Writing], object]) -> T:
        """Put a complete copy under the same key at `target`, which is absent or empty; return what `note`
        reads from the very same state. `first` is written before, and nobody writes meanwhile."""

        def run() -> T:
            self._in_transaction(first)
            with self._writer.at_work() as connection:
                noted = note(Reading(connection, self._writer.engine))
                with self._guard.open():
                    connection.execute("VACUUM INTO ?", (str(target),))
                return noted

        return self._writer.run(run)

    def read_copy(self, path: Path, work: Callable[[Reading], T]) -> T:
        """Run `work` on a copy of this store, opened by itself under the same key, in this thread."""
        connection = self._open_copy(path)
        try:
            with in_words():
                return work(Reading(connection, engine_on(connection)))
        finally:
            connection.close()

    def close(self) -> None:
        """Finish queued work and close both connections."""
        self._closing = True
        self._reader.close()
        self._writer.close(self._settle)

    def adopt(self, device: str, epoch: int) -> None:
        """Go on as another device: after a restore or on a copied folder."""
        self.identity = replace(self.identity, device=device, epoch=epoch)

    def _prepared(self, writer: Connection) -> Connection:
        """A connection that may write: with the table its work needs, and the guard before the others."""
        with in_words():
            writer.execute(TOUCHED)
        writer.set_authorizer(self._guard)
        return writer

    def _veiled(self, reader: Connection) -> Connection:
        """A connection that may read, and what stands before its tables."""
        self._veil = Veil(reader)
        return reader

    def _settle(self) -> None:
        """Do what is owed; what the disk refuses stays owed. Told once, however much it is."""
        refused = False
        for _ in range(len(self._owed)):
            work = self._owed.popleft()
            try:
                self._in_transaction(work)
            except AppError:
                self._owed.append(work)
                if not refused:
                    _tell()
                refused = True
            except Exception:
                _tell()
        self._index()

    def _in_transaction(self, work: Callable[[Writing], T], now_ms: int | None = None) -> T:
        now_ms = self.now() if now_ms is None else now_ms
        with self._writer.at_work() as connection:
            engine = self._writer.engine
            session = Writing(connection, engine, self.identity, self._guard, self._names, now_ms)
            try:
                connection.execute("BEGIN IMMEDIATE")
                result = work(session)
                connection.execute("COMMIT")
            except BaseException:
                self._names.clear()
                self._writer.roll_back()
                raise
        self._unindexed |= session.queued > 0
        self._commits += 1
        self._announce(session)
        return result

    def _index(self) -> None:
        """Index what was queued; of a large file the rest follows piece by piece, between other work. What
        closing or a crash cuts off is done after the next start, what the disk refuses after the next save:
        the records themselves are saved, so nobody is alarmed."""
        if not self._unindexed:
            return
        self._unindexed = False
        try:
            if self._in_transaction(search.work_off, now_ms=0) == search.AT_ONCE and not self._closing:
                self._unindexed = True
                self._writer.submit(self._index)
        except AppError:
            self._unindexed = True
        except Exception:
            _tell()

    def _announce(self, session: Writing) -> None:
        """What is committed stays committed: a listener that fails must not make the save look failed."""
        try:
            if session.head:
                self.on_commit(*session.head)
            if session.lines:
                self.on_access(*session.lines)
            if changes := session.changes():
                for heard in self._listeners:
                    heard(changes)
        except Exception:
            _tell()

    def _in_snapshot(self, work: Callable[[Reading], T], kept: KeptBack) -> T:
        with self._reader.at_work() as connection:
            try:
                self._veil.keep_back(kept)
                connection.execute("BEGIN")
                return work(Reading(connection, self._reader.engine, veil=self._veil))
            finally:
                self._reader.roll_back()


def _fresh(used: Connection, path: Path, key: bytes) -> Connection:
    """A new connection in place of the one that migrated: its cache of prepared statements is full of steps
    that never come again, and the driver lets no newcomer stay in a full one."""
    fresh = connect(path, key)
    used.close()
    return fresh


def _tell() -> None:
    kind, problem, where = sys.exc_info()
    if kind is not None:
        threading.excepthook(threading.ExceptHookArgs((kind, problem, where, threading.current_thread())))
