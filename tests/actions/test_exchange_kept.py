"""A bundle from a newer program waits in the inbox, and is taken in after the upgrade without its stick."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sgz_desktop.actions import exchange
from sgz_desktop.actions.exchange_inbox import INBOX
from sgz_desktop.actions.exchange_kept import Taken, take_kept
from sgz_desktop.actions.exchange_trust import stop_computer
from sgz_desktop.errors import AppError, Cancelled
from sgz_desktop.sync import header
from sgz_desktop.sync.reasons import Reason, Refused
from tests.actions import laptops as made
from tests.actions.laptops import Laptop
from tests.proofs.faulty_disk import FAILING, Case, FaultyDisk


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Laptop]]:
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    (tmp_path / "stick").mkdir()
    first = made.founder(tmp_path / "first")
    yield from made.closing(
        [first, made.joined(first, tmp_path / "second", 1, tmp_path / "stick", made.KEEPER)]
    )


@contextmanager
def upgraded() -> Iterator[None]:
    """The program is a later one, which knows one format more."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(header, "FORMAT", header.FORMAT + 1)
        yield


def kept(laptop: Laptop) -> int:
    return len(list((laptop.folder / INBOX).iterdir()))


def exchanged(laptop: Laptop, folder: Path) -> exchange.Exchanged:
    return exchange.exchange_on(laptop.station.desk, laptop.station, folder)


def tried(laptop: Laptop) -> Taken:
    return take_kept(laptop.station.desk, laptop.station)


def newer_comes(first: Laptop, second: Laptop, stick: Path) -> tuple[str, str]:
    """The first one is upgraded and sends edits and a file; the stick is lost after it was at the second one.
    A person and an attachment."""
    person = first.write(name="测试乙")
    paper = first.attach(person, b"%PDF-1.4 made up")
    with upgraded():
        sent = [one.path for one in exchanged(first, stick).sent]
    for path in reversed(sent):
        with pytest.raises(Refused) as told:
            second.take(path)
        assert told.value.reason is Reason.NEWER
        assert "已留着" in str(told.value)
        path.unlink()
    assert kept(second) == len(sent) == 2
    return person, paper


def test_what_waited_is_taken_in_without_the_stick(two: list[Laptop], tmp_path: Path) -> None:
    first, second = two
    person, paper = newer_comes(first, second, tmp_path / "stick")
    before = second.says()
    again = tried(second)
    assert (again.arrived, again.refused, kept(second), second.says()) == ({}, {}, 2, before)
    with upgraded():
        told = tried(second)
        assert [(one.n, one.known) for one in told.arrived.values()] == [(2, False), (3, False)]
        assert (told.refused, kept(second)) == ({}, 0)
        assert tried(second) == Taken()
    assert (second.name_of(person), second.bytes_of(paper)) == ("测试乙", b"%PDF-1.4 made up")


def test_the_next_exchange_takes_it_in_first_and_says_so(
    two: list[Laptop], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = two
    person, _ = newer_comes(first, second, tmp_path / "stick")
    (tmp_path / "other").mkdir()
    with upgraded():
        with monkeypatch.context() as control:  # nothing else does
            control.setattr(exchange, "try_waiting", lambda *asked: None)
            assert exchanged(second, tmp_path / "other").arrived == {}
        assert (second.name_of(person), kept(second)) == (None, 2)
        done = exchanged(second, tmp_path / "other")
    assert [one.n for one in done.arrived.values()] == [2, 3]
    assert second.name_of(person) == "测试乙"


def test_what_the_disk_refuses_or_somebody_stops_goes_on_waiting(two: list[Laptop], tmp_path: Path) -> None:
    first, second = two
    newer_comes(first, second, tmp_path / "stick")

    def stop(done: int, total: int, what: str) -> None:
        raise Cancelled

    with upgraded():
        with pytest.raises(Cancelled):
            take_kept(second.station.desk, second.station, stop)
        with FaultyDisk().at_work(second.folder / INBOX) as disk, disk.fails(Case(FAILING, lasting=True), 3):
            told = tried(second)
        assert set(map(type, told.refused.values())) == {AppError}
        assert kept(second) == 2
        assert len(tried(second).arrived) == 2


def test_what_is_refused_for_good_is_told_and_goes(two: list[Laptop], tmp_path: Path) -> None:
    first, second = two
    newer_comes(first, second, tmp_path / "stick")
    stop_computer(second.station.desk, second.known(first))
    with upgraded():
        told = tried(second)
    assert {one.reason for one in told.refused.values() if isinstance(one, Refused)} >= {Reason.REVOKED}
    assert kept(second) == 0
