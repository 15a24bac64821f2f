"""One thread writes, one reads; each owns its connection and runs one piece of work at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from sgz_desktop.store.connection import Connection

T = TypeVar("T")


class Lane:
    """A thread that owns one connection. `run` waits for its turn and for the result."""

    def __init__(self, name: str, connection: Connection) -> None:
        self.connection = connection
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

    def close(self) -> None:
        """Finish what was handed in, then close the connection. Harmless twice."""
        if self._closed:
            return
        self._closed = True
        self._pool.submit(self.connection.close)
        self._pool.shutdown(wait=True)
