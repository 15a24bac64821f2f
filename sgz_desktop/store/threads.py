"""One thread writes, one reads; each owns its connection and runs one piece of work at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TypeVar

import sqlcipher3.dbapi2 as driver
from sqlalchemy.exc import DBAPIError

from sgz_desktop.errors import AppError
from sgz_desktop.store.connection import Connection, NotOpened, in_words, unreadable
from sgz_desktop.store.session import engine_on

T = TypeVar("T")


class Lane:
    """A thread that owns one connection. `run` waits for its turn and for the result."""

    def __init__(self, name: str, connection: Connection, open_anew: Callable[[], Connection]) -> None:
        """`open_anew` gives a connection like the first, for when that one is of no use any more."""
        self.connection = connection
        self.engine = engine_on(connection)
        self._open_anew = open_anew
        self._spoiled = False
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._thread = self._pool.submit(threading.get_ident).result()
        self._closed = False
        self._at_rest = threading.Event()
        self._at_rest.set()

    def submit(self, work: Callable[[], T]) -> Future[T]:
        return self._pool.submit(work)

    def run(self, work: Callable[[], T], after: Callable[[], object] | None = None) -> T:
        """The result of `work`; when it came to one, `after` goes on in the thread before anything else.

        It must not raise.
        """
        if threading.get_ident() == self._thread:
            raise RuntimeError("work inside work would wait for itself")
        answer: Future[T] = Future()

        def both() -> None:
            try:
                result = work()
            except BaseException as problem:
                answer.set_exception(problem)
                return
            self._at_rest.clear()
            answer.set_result(result)
            if after:
                after()
            self._at_rest.set()

        self.submit(both)
        return answer.result()

    def rest(self) -> None:
        """Wait until what came after the last finished work is over."""
        self._at_rest.wait()

    @contextmanager
    def at_work(self) -> Iterator[Connection]:
        """The connection for one piece of work, on the lane's own thread; what the disk refuses becomes its
        sentence.

        The cipher keeps the error of a single failed read for good and would call every later page damaged,
        so after a fault of the disk the next piece of work gets a connection of its own.
        """
        if self._spoiled:
            self._replace()
        try:
            with in_words():
                yield self.connection
        except AppError as told:
            self._spoiled = self._spoiled or isinstance(told.__cause__, driver.Error | DBAPIError)
            raise

    def roll_back(self) -> None:
        """End the transaction under way, if any. A connection that cannot even do that is spoiled.

        The driver's own call also resets queries that were left half read; after a plain ROLLBACK one of
        those, kept alive by the traceback of what went wrong, would hold later reads to its old snapshot.
        """
        try:
            self.connection.rollback()
        except driver.Error:
            self._spoiled = True

    def close(self, last: Callable[[], object] | None = None) -> None:
        """Finish what was handed in, do `last`, then close the connection. Harmless twice."""
        if self._closed:
            return
        self._closed = True
        if last:
            self._pool.submit(last)
        self._pool.submit(self._let_go)
        self._pool.shutdown(wait=True)

    def _let_go(self) -> None:
        self.connection.close()

    def _replace(self) -> None:
        try:
            fresh = self._open_anew()
        except NotOpened:  # the key was right a moment ago: it is the disk
            raise unreadable() from None
        with suppress(driver.Error):
            self.connection.close()
        self.connection, self.engine = fresh, engine_on(fresh)
        self._spoiled = False
