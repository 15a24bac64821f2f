"""Slow work off the GUI thread, its results back on it.

    jobs.start(page, lambda task: actions.find(text), done=page.show_hits, key="find")

`work(task)` runs in a pool thread and must touch no widget. `done`, `failed` and `progress` run on the
GUI thread, and never after the owner is gone, the job was cancelled, or a newer job took its `key`.
Results travel through one long-lived hub: a signal object owned by the work itself may die unheard.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from sgz_desktop.errors import Cancelled

Failed = Callable[[BaseException], None]
Progress = Callable[[int, int, str], None]
_STEP_SECONDS = 0.1


class Task:
    """What the work sees of its job."""

    def __init__(self, job: Job) -> None:
        self._job, self._told = job, 0.0

    @property
    def cancelled(self) -> bool:
        """The person stopped this job, or its owner is gone."""
        return not self._job.wanted

    def step(self, done: int, total: int, text: str = "") -> None:
        """Report progress (at most ten times a second); raises Cancelled once the job was stopped."""
        if self.cancelled:
            raise Cancelled
        now = time.monotonic()
        if done >= total or now - self._told >= _STEP_SECONDS:
            self._told = now
            _hub().post.emit(self._job, "progress", (done, total, text))


class Job:
    """A piece of work under way; keep it only to cancel it."""

    def __init__(
        self,
        owner: QObject,
        done: Callable[[Any], None] | None,
        failed: Failed | None,
        progress: Progress | None,
    ) -> None:
        self.owner, self.done, self.failed, self.progress = owner, done, failed, progress
        self.stopped = threading.Event()
        self.key: tuple[int, str] | None = None

    def cancel(self) -> None:
        """Stop at the next step and call nothing back."""
        self.stopped.set()

    @property
    def wanted(self) -> bool:
        """Someone still waits for the result."""
        return not self.stopped.is_set() and shiboken6.isValid(self.owner)


class _Hub(QObject):
    post = Signal(object, str, object)

    def __init__(self) -> None:
        from concurrent.futures import ThreadPoolExecutor  # not needed to show the first page

        super().__init__()
        self.running: set[Job] = set()
        self.latest: dict[tuple[int, str], Job] = {}
        self.pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="job")
        self.on_failed: Failed = _raise
        self.post.connect(self.receive, Qt.ConnectionType.QueuedConnection)

    def receive(self, job: Job, what: str, value: Any) -> None:
        if what == "progress":
            if job.wanted and job.progress:
                job.progress(*value)
            return
        self.running.discard(job)
        if job.key is not None and self.latest.get(job.key) is job:
            del self.latest[job.key]
        if not job.wanted or isinstance(value, Cancelled):
            return
        if what == "failed":
            (job.failed or self.on_failed)(value)
        elif job.done:
            job.done(value)


_state: list[_Hub] = []


def _hub() -> _Hub:
    if not _state:
        _state.append(_Hub())
    return _state[0]


def _raise(problem: BaseException) -> None:
    raise problem


def start(
    owner: QObject,
    work: Callable[[Task], Any],
    *,
    done: Callable[[Any], None] | None = None,
    failed: Failed | None = None,
    progress: Progress | None = None,
    key: str = "",
) -> Job:
    """Run `work` in a pool thread; call on the GUI thread only. A newer job of the same `key` replaces it."""
    hub, job = _hub(), Job(owner, done, failed, progress)
    if key:
        job.key = (id(owner), key)
        if older := hub.latest.get(job.key):
            older.cancel()
        hub.latest[job.key] = job
    hub.running.add(job)
    hub.pool.submit(_run, hub, job, work)
    return job


def _run(hub: _Hub, job: Job, work: Callable[[Task], Any]) -> None:
    try:
        outcome, value = "done", work(Task(job)) if job.wanted else None
    except BaseException as problem:
        outcome, value = "failed", problem
    if shiboken6.isValid(hub):
        hub.post.emit(job, outcome, value)


def on_failed(show: Failed) -> None:
    """What happens to a failure nobody catches (messages installs its dialog here)."""
    _hub().on_failed = show


def busy() -> bool:
    """Some work is still under way."""
    return bool(_hub().running)


def shutdown() -> None:
    """Cancel everything, wait for the pool, forget the hub. Last thing before the program ends."""
    if _state:
        hub = _state.pop()
        for job in hub.running:
            job.cancel()
        hub.pool.shutdown(wait=True, cancel_futures=True)
