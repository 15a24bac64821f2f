"""A copied store folder is a new device and loses nothing; a copied computer is reported on first contact."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sgz_desktop.actions import forms, keeping, people
from sgz_desktop.actions.station import NEW_DEVICE, OpenStation
from sgz_desktop.domain.edits import Edit
from sgz_desktop.store import log
from sgz_desktop.store.apply import apply
from sgz_desktop.vault import state
from tests.proofs.conftest import Tally
from tests.proofs.lived_in import STAGES, Place, build, unflushed
from tests.proofs.sizes import SEED, size


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return build(tmp_path_factory.mktemp("lived in"))


@pytest.fixture
def place(images: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    monkeypatch.setenv("SGZ_STATE", str(images.state))
    with unflushed():
        yield images


def test_a_cloned_folder_is_a_new_device_and_loses_nothing(
    place: Place, tmp_path: Path, tally: Tally, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copied to another path or another computer, worked on at both ends, and brought together again."""
    draw, clones, elsewhere = random.Random(SEED), size(5, 100), 0
    for number in range(clones):
        place.put(f"closed-{draw.randrange(STAGES)}")
        copy = tmp_path / f"clone-{number}"
        shutil.copytree(place.store, copy)
        first = place.open()
        before, device = _summary(first), first.desk.device
        if draw.random() < 0.5:  # another computer: a state folder of its own
            monkeypatch.setenv("SGZ_STATE", str(tmp_path / f"state-{number}"))
            elsewhere += 1
        clone = place.open(copy)
        assert clone.notices == [NEW_DEVICE]
        assert _summary(clone) == before
        assert clone.desk.device.id != device.id
        assert clone.desk.device.letter > device.letter
        for station in draw.sample([first, clone], 2):
            _work(station, draw)
        _meet(first, clone)
        assert _summary(first) == _summary(clone) != before
        for station in (first, clone):
            assert keeping.check_store(station.desk, station).problems == ()
            station.close()
        again = place.open(copy)
        assert again.notices == []
        assert again.desk.device.id == clone.desk.device.id
        again.close()
        monkeypatch.setenv("SGZ_STATE", str(place.state))
    tally("clone", seed=SEED, clones=clones, on_another_computer=elsewhere, edits_lost=0, same_device=0)


def test_control_a_state_not_bound_to_its_place_makes_two_of_one_device(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state, "place_of", lambda path: "anywhere")
    state_of_all = place.state
    place.put("closed-0")
    shutil.rmtree(state_of_all)
    first = place.open()
    first.close()
    shutil.copytree(place.store, tmp_path / "copy")
    clone = place.open(tmp_path / "copy")
    assert clone.desk.device.id == first.desk.device.id
    clone.close()


def test_a_cloned_computer_is_reported_on_first_contact(place: Place) -> None:
    """Store and state folder copied together: two computers that are one device, until they meet."""
    place.put("closed-2")
    one = place.open()
    _work(one, random.Random(1))
    theirs = _edits(one)
    one.close()
    place.put("closed-2")  # the other computer
    other = place.open()
    assert other.notices == []
    _work(other, random.Random(2))
    other.desk.store.write(lambda session: apply(session, theirs))
    found = keeping.check_store(other.desk, other)
    assert any("像是整机复制" in problem for problem in found.problems), found
    assert "备份恢复" in found.advice
    other.close()


def _work(station: OpenStation, draw: random.Random) -> None:
    name = draw.choice(("新来甲", "新来乙"))
    made = people.register_household(station.desk, {}, [people.MemberInput("02", {"name": name})])
    form = forms.form(station.desk, made.people[0], "person")
    forms.save_form(station.desk, form, {"note": str(draw.random())})


def _edits(station: OpenStation) -> list[Edit]:
    return station.desk.read(lambda session: list(log.edits(session)))


def _meet(one: OpenStation, other: OpenStation) -> None:
    """Everything each has goes to the other, as bundles would carry it."""
    mine, theirs = _edits(one), _edits(other)
    one.desk.store.write(lambda session: apply(session, theirs))
    other.desk.store.write(lambda session: apply(session, mine))
    all_of_them = {edit.hash for edit in [*mine, *theirs]}
    assert {edit.hash for edit in _edits(one)} == {edit.hash for edit in _edits(other)} == all_of_them


def _summary(station: OpenStation) -> tuple[str, str, int]:
    return station.desk.read(
        lambda session: (log.digest(session), log.history_digest(session), log.counts(session)["edits"])
    )
