"""Residents and their papers go from one laptop to another by a stick, and no word of them is ever written.

Every byte that either laptop writes, wherever, is looked at as it is written: what was there for a moment and
removed again is seen too.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sgz_desktop import files
from sgz_desktop.actions import exchange
from sgz_desktop.store import blobs
from tests.actions import laptops as made
from tests.actions.laptops import Laptop
from tests.proofs.canaries import Canary, Flock, hatch
from tests.proofs.conftest import Tally
from tests.proofs.file_calls import record
from tests.proofs.sizes import SEED, size
from tests.proofs.traces import Search, needles, within

PEOPLE = size(20, 200)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """All that this process writes lies below here."""
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    for name in ("usb", "temp"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    return tmp_path


@pytest.fixture
def two(place: Path) -> Iterator[list[Laptop]]:
    """Two laptops whose stores are opened while all is watched."""
    first = made.founder(place / "first")
    laptops = [first, made.joined(first, place / "second", 1, place / "usb")]
    for laptop in laptops:
        laptop.station.close()
    yield laptops
    for laptop in laptops:
        laptop.station.close()


def paper(one: Canary) -> bytes:
    """Larger than one chunk of age."""
    return "".join((one.name, one.id_number, one.phone, one.address, one.note)).encode() * 800


def played(two: list[Laptop], place: Path, flock: Flock) -> tuple[int, set[tuple[str, str]], set[Path]]:
    """Register, attach and exchange until both say the same: bytes written, marks in them, files touched."""
    wanted = needles(flock.marks)
    with record(place) as calls:
        for laptop in two:
            laptop.reopen()
        first = two[0]
        for one in flock.people:
            person = first.write(name=one.name, id_number=one.id_number, phone=one.phone, note=one.note)
            first.attach(person, paper(one))
        for laptop in (first, two[1], first):
            exchange.exchange_on(laptop.station.desk, laptop.station, place / "usb")
        assert two[0].says() == two[1].says()
        assert two[1].bytes_of(digest_of(flock.people[-1])) == paper(flock.people[-1])
    written = [call for call in calls if call.what == "write" and call.data]
    found = set().union(*(within(bytes(call.data), wanted) for call in written))
    return sum(len(call.data) for call in written), found, {Path(call.path) for call in written}


def digest_of(one: Canary) -> str:
    return hashlib.sha256(paper(one)).hexdigest()


def test_no_word_is_written_on_the_way(two: list[Laptop], place: Path, tally: Tally) -> None:
    flock = hatch(SEED, PEOPLE)
    size, found, touched = played(two, place, flock)
    assert found == set()
    assert Search(needles(flock.marks)).folders(place) == set()
    assert list((place / "temp").iterdir()) == []
    homes = {path.relative_to(place).parts[0] for path in touched}
    assert homes == {"first", "second", "state", "usb"}
    tally("nothing in clear on the way", seed=SEED, people=PEOPLE, bytes=size, files=len(touched), hits=0)


def test_control_an_attachment_unpacked_beside_its_file_is_noticed(
    two: list[Laptop], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opens = blobs._opens

    def careless(sealed: bytes, identity: str, sha256: str) -> int | None:
        files.write_atomic(place / "temp" / "passing", blobs._unsealed(sealed, identity))
        files.discard(place / "temp" / "passing")
        return opens(sealed, identity, sha256)

    monkeypatch.setattr(blobs, "_opens", careless)
    _, found, _ = played(two, place, hatch(SEED, 2))
    assert ("name", "utf-8") in found
