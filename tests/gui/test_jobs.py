"""Work off the GUI thread: its results come back once, on the GUI thread, and only to someone who waits."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from sgz_desktop.errors import Cancelled
from sgz_desktop.gui import jobs


def test_result_comes_on_the_gui_thread_and_work_is_not_there(qtbot: QtBot) -> None:
    owner, seen = QObject(), []
    jobs.start(
        owner, lambda _task: threading.get_ident(), done=lambda r: seen.append((r, threading.get_ident()))
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0] != threading.get_ident()
    assert seen[0][1] == threading.get_ident()


def test_two_hundred_of_two_hundred_are_delivered(qtbot: QtBot) -> None:
    owner, seen = QObject(), []
    for number in range(200):
        jobs.start(owner, lambda _task, number=number: number, done=seen.append)
    qtbot.waitUntil(lambda: not jobs.busy())
    assert sorted(seen) == list(range(200))


def test_failure_reaches_its_own_handler(qtbot: QtBot) -> None:
    owner, seen = QObject(), []
    jobs.start(owner, lambda _task: 1 / 0, failed=seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0], ZeroDivisionError)


def test_failure_nobody_catches_reaches_the_common_handler(qtbot: QtBot) -> None:
    owner, seen = QObject(), []
    jobs.on_failed(seen.append)
    jobs.start(owner, lambda _task: 1 / 0)
    qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0], ZeroDivisionError)


def test_cancelled_work_stops_at_its_next_step_and_nothing_is_called(qtbot: QtBot) -> None:
    owner, started, ended, seen = QObject(), threading.Event(), [], []
    go_on = threading.Event()

    def work(task: jobs.Task) -> None:
        started.set()
        go_on.wait(5)
        try:
            task.step(1, 2)
        except Cancelled:
            ended.append("cancelled")
            raise

    job = jobs.start(owner, work, done=seen.append, failed=seen.append)
    assert started.wait(5)
    job.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: not jobs.busy())
    assert ended == ["cancelled"]
    assert seen == []


def test_newer_job_of_a_key_replaces_the_older(qtbot: QtBot) -> None:
    owner, hold, seen = QObject(), threading.Event(), []
    jobs.start(owner, lambda _task: hold.wait(5) and "old", done=seen.append, key="find")
    jobs.start(owner, lambda _task: "new", done=seen.append, key="find")
    jobs.start(owner, lambda _task: "other", done=seen.append, key="page")
    hold.set()
    qtbot.waitUntil(lambda: not jobs.busy())
    assert sorted(seen) == ["new", "other"]


def test_callbacks_of_a_dead_owner_are_dropped(qtbot: QtBot) -> None:
    owner, keeper, hold, seen = QObject(), QObject(), threading.Event(), []

    def work(task: jobs.Task) -> Any:
        hold.wait(5)
        return task.cancelled

    jobs.start(owner, work, done=seen.append, failed=seen.append)
    jobs.start(keeper, work, done=lambda cancelled: seen.append(("keeper", cancelled)))
    owner.deleteLater()
    qtbot.waitUntil(lambda: not jobs.shiboken6.isValid(owner))
    hold.set()
    qtbot.waitUntil(lambda: not jobs.busy())
    assert seen == [("keeper", False)]


def test_progress_is_told_and_its_last_step_never_left_out(qtbot: QtBot) -> None:
    owner, seen = QObject(), []

    def work(task: jobs.Task) -> None:
        for number in range(1, 501):
            task.step(number, 500, "核对")

    jobs.start(owner, work, progress=lambda *told: seen.append(told))
    qtbot.waitUntil(lambda: not jobs.busy())
    assert seen[-1] == (500, 500, "核对")
    assert len(seen) < 100


def test_uncaught_failure_without_handler_is_not_swallowed(qtbot: QtBot) -> None:
    owner = QObject()
    with qtbot.captureExceptions() as caught:
        jobs.start(owner, lambda _task: 1 / 0)
        qtbot.waitUntil(lambda: not jobs.busy())
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


@pytest.mark.parametrize("times", [1, 2])
def test_shutdown_waits_and_may_be_repeated(times: int) -> None:
    owner, ended = QObject(), []
    jobs.start(owner, lambda _task: ended.append(1))
    for _ in range(times):
        jobs.shutdown()
    assert ended in ([1], [])
    assert not jobs.busy()
