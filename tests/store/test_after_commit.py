"""What is committed stays committed, whatever those who hear of it do."""

from __future__ import annotations

import threading

import pytest

from sgz_desktop.domain.actor import Actor
from sgz_desktop.store import read
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import record


def test_a_listener_that_fails_does_not_undo_or_hide_the_save(
    store: Store, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setattr(threading, "excepthook", lambda args: told.append(args.exc_type))

    def deaf(_changes: object) -> None:
        raise RuntimeError("the window is gone")

    store.listen(deaf)
    edit = store.write(lambda session: record(session, actor, "", "task", "t1", {"what": "一"}, {}))
    assert edit is not None
    assert store.read(lambda session: read.exists(session, "task", "t1"))
    assert told == [RuntimeError]


def test_what_was_answered_is_committed(store: Store, actor: Actor) -> None:
    """Whoever is answered may read at once, on another connection; many times, for a commit is soon over."""
    for n in range(40):
        save_task(store, actor, f"t{n}")
        assert has_task(store, f"t{n}")


def save_task(store: Store, actor: Actor, id: str) -> None:
    store.write(lambda session: record(session, actor, "", "task", id, {"what": "一"}, {}))


def has_task(store: Store, id: str) -> bool:
    return store.read(lambda session: read.exists(session, "task", id))


def test_queued_work_that_fails_is_told_and_the_next_is_done(
    store: Store, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setattr(threading, "excepthook", lambda args: told.append(args.exc_type))
    store.write_later(lambda session: 1 / 0)
    store.write_later(lambda session: record(session, actor, "", "task", "t1", {"what": "一"}, {}))
    assert store.write(lambda session: read.exists(session, "task", "t1"))
    assert told == [ZeroDivisionError]
