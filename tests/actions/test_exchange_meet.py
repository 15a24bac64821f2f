"""Laptops restored from backups, all of them or some, come to know each other by what lies on the stick, or
by an invitation; strangers and stopped ones do not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import orjson
import pytest

from sgz_desktop.actions import carried, exchange, exchange_join, exchange_meet, keeping
from sgz_desktop.actions.exchange import Exchanged
from sgz_desktop.actions.exchange_meet import ENDING
from sgz_desktop.actions.exchange_trust import stop_computer
from sgz_desktop.domain import who_counts
from sgz_desktop.errors import AppError
from sgz_desktop.store import enrolment as stored
from sgz_desktop.sync.reasons import Reason, Refused
from sgz_desktop.vault.device_keys import DeviceKey
from tests.actions import laptops as made
from tests.actions.laptops import Laptop
from tests.proofs.lived_in import unflushed


@dataclass
class Backups:
    """Of three laptops before and after they knew each other; `users` by laptop."""

    folder: Path

    def restored(self, place: int, folder: Path, when: str = "after") -> Laptop:
        path, user = self.folder / f"{place}-{when}.sgzbak", made.WORKERS[place]
        return Laptop(keeping.restore(path, folder, user, made.PASSPHRASE), folder, user)


@pytest.fixture(scope="module")
def backups(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backups]:
    root = tmp_path_factory.mktemp("three")
    with pytest.MonkeyPatch.context() as patch, unflushed():
        patch.setenv("SGZ_STATE", str(root / "state"))
        first = made.founder(root / "first")
        back_up(first, root / "0-before.sgzbak")
        others = [made.joined(first, root / str(place), place, root, made.KEEPER) for place in (1, 2)]
        back_up(others[0], root / "1-before.sgzbak")  # it has not heard of the third
        three = [first, *others]
        for giver, taker in ((first, others[0]), (others[0], first), (others[1], first)):
            taker.take(giver.send(taker, root).path)
        for place, laptop in enumerate(three):
            laptop.write(name=f"备份之前{place}")
            back_up(laptop, root / f"{place}-after.sgzbak")
            laptop.station.close()
        yield Backups(root)


def back_up(laptop: Laptop, path: Path) -> None:
    keeping.back_up(laptop.station.desk, laptop.station, path)


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    (tmp_path / "usb").mkdir()
    with unflushed():
        yield tmp_path / "usb"


def exchanged(laptop: Laptop, stick: Path) -> Exchanged:
    done = exchange.exchange_on(laptop.station.desk, laptop.station, stick)
    assert len({one.path for one in done.sent}) == len(done.sent)  # whatever letters they came to
    return done


def came(rounds: int, laptops: list[Laptop], stick: Path) -> int:
    """How many bundles were taken in some rounds of the stick."""
    return sum(len(exchanged(one, stick).arrived) for _ in range(rounds) for one in laptops)


def test_all_restored_at_once_come_to_know_each_other_by_the_stick(
    backups: Backups, tmp_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    three = [backups.restored(place, tmp_path / f"heir-{place}") for place in range(3)]
    people = [one.write(name=f"恢复之后{place}") for place, one in enumerate(three)]
    for _ in made.closing(three):
        with monkeypatch.context() as control:
            control.setattr(exchange, "strangers", lambda *_: [])
            assert came(2, three, stick) == 0
        assert came(2, three, stick) > 3
        assert len({one.says() for one in three}) == 1
        assert [three[0].name_of(one) for one in people] == [f"恢复之后{place}" for place in range(3)]
        assert all(one.known(other).can_be_sent_to for one in three for other in three if one is not other)


def test_backups_from_before_they_knew_each_other_will_do(
    backups: Backups, tmp_path: Path, stick: Path
) -> None:
    two = [backups.restored(place, tmp_path / f"heir-{place}", "before") for place in (0, 1)]
    mine = two[0].write(name="第一台恢复之后")
    for _ in made.closing(two):
        assert came(2, two, stick) >= 2
        assert two[0].says() == two[1].says()
        assert two[1].name_of(mine) == "第一台恢复之后"


def test_one_restored_again_and_again_is_believed_by_all_its_lives(
    backups: Backups, tmp_path: Path, stick: Path
) -> None:
    other, once = (backups.restored(place, tmp_path / f"heir-{place}") for place in (1, 0))
    back_up(once, tmp_path / "again.sgzbak")
    once.station.close()
    station = keeping.restore(tmp_path / "again.sgzbak", tmp_path / "again", once.user, made.PASSPHRASE)
    again = Laptop(station, tmp_path / "again", once.user)
    for _ in made.closing([other, again]):
        exchanged(again, stick)
        (met,) = exchanged(other, stick).met
        assert (met.id, met.fresh) == (again.id, True)
        assert [one.shown.device for one in met.lives] == [again.id, once.id]
        assert came(1, [again, other], stick) >= 2
        assert again.says() == other.says()
        (hello,) = stick.rglob(f"*{again.id[-8:]}{ENDING}")
        shutil.copy(hello, stick / "FILE0001.CHK")
        assert [one.known for one in seen(other, stick) if one.id == again.id] == [True, True]


def seen(laptop: Laptop, stick: Path) -> list[exchange_meet.Stranger]:
    return exchange_meet.strangers(laptop.station.desk, laptop.station, stick)


def test_strangers_and_those_of_a_stopped_one_are_not_believed(
    backups: Backups, tmp_path: Path, stick: Path
) -> None:
    other, heir = (backups.restored(place, tmp_path / f"heir-{place}") for place in (0, 1))
    for _ in made.closing([other, heir]):
        exchange_meet.write_introduction(heir.station.desk, heir.station, stick / "true")
        told = orjson.loads((stick / "true").read_bytes())
        key = DeviceKey(bytes(32))
        mine = [[key.public.hex(), told["lives"][0][2][1]], told["lives"][0][3]]
        for name, spoiled, signer in (
            ("altered", {"lives": [["x", *told["lives"][0][1:]]]}, None),
            ("other-station", {"store": "another"}, heir.station.state.key),
            ("other-keys", {"lives": [["stranger", "Z", *mine]]}, key),
            ("no-endorsement", {"lives": [["stranger", "Z", mine[0], "{}"]]}, key),
            ("false-life", {"lives": [*told["lives"], ["stranger", "Z", *mine]]}, heir.station.state.key),
            ("malformed", {"lives": [[5, None, *mine]]}, key),
            ("nothing", {"lives": []}, key),
        ):
            body = {
                name: value for name, value in (told | spoiled).items() if name not in ("format", "signature")
            }
            altered = orjson.dumps(told | spoiled)
            (stick / name).write_bytes(carried.signed(body, signer.sign) if signer else altered)
        found = {one.path.name: one for one in seen(other, stick)}
        assert {name: one.fresh for name, one in found.items()} == {
            "true": True, "other-keys": False, "no-endorsement": False, "false-life": False,
        }  # fmt: skip
        assert found["other-keys"].refused == exchange_meet.UNKNOWN
        stop_computer(other.station.desk, next(one for one in computers(other) if one.letter == "B"))
        assert [one.refused for one in seen(other, stick) if one.id == heir.id] == [
            exchange_meet.UNKNOWN,
            exchange_meet.STOPPED,
        ]
        done = exchanged(other, stick)
        assert [one.fresh for one in done.met] == [False] * 4
        assert heir.id not in {one.to.id for one in done.sent}
        rejoined(other, heir, tmp_path)  # people may let it in all the same
        assert came(2, [other, heir], stick) >= 2
        assert other.says() == heir.says()
        stop_computer(other.station.desk, other.known(heir))
        assert heir.id not in {one.to.id for one in exchanged(other, stick).sent}
        with pytest.raises(AppError, match="已停用"):
            rejoined(other, heir, tmp_path)


def test_a_stopped_one_does_not_come_back_by_another_backup_of_the_one_it_went_on_from(
    backups: Backups, tmp_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, bad = (backups.restored(place, tmp_path / f"heir-{place}") for place in (0, 1))
    for _ in made.closing([other, bad]):
        assert came(1, [bad, other, bad, other], stick) > 1
        stop_computer(other.station.desk, other.known(bad))
        again = backups.restored(1, tmp_path / "again")
        for _ in made.closing([again]):
            person = again.write(name="又回来了")
            exchanged(again, stick)
            done = exchanged(other, stick)
            assert [one.reason for one in done.refused.values() if isinstance(one, Refused)] == [
                Reason.REVOKED
            ]
            assert again.id not in {one.to.id for one in done.sent}
            assert other.name_of(person) is None
            with monkeypatch.context() as control:  # only those it left itself
                control.setattr(who_counts, "_before_each", lambda _found: {})
                facts = other.station.desk.store.read(stored.facts)
                assert again.id not in who_counts.limits(facts, other.station.desk.store.read(stored.founder))


def computers(laptop: Laptop) -> list[exchange.Computer]:
    from sgz_desktop.actions.exchange_devices import computers

    return computers(laptop.station.desk)


def rejoined(inviting: Laptop, asking: Laptop, folder: Path) -> None:
    """An invitation goes there, a request comes back."""
    one, two = inviting.station, asking.station
    exchange_join.invite(one.desk, one, folder / "invitation")
    told = exchange_join.read_invitation(folder / "invitation")
    asked = exchange_join.rejoin(two.desk, two, told, folder / "request")
    request = exchange_join.read_request(one.desk, one, folder / "request")
    assert request.fingerprint == asked.fingerprint
    exchange_join.let_in(one.desk, one, request)


def test_those_that_no_common_computer_vouches_for_meet_by_an_invitation(
    backups: Backups, tmp_path: Path, stick: Path
) -> None:
    """The second one's store is from before it heard of the third, and the first is gone."""
    second, third = (
        backups.restored(place, tmp_path / f"heir-{place}", when)
        for place, when in ((1, "before"), (2, "after"))
    )
    mine = second.write(name="第二台写的")
    for _ in made.closing([second, third]):
        exchange_join.invite(second.station.desk, second.station, tmp_path / "own")
        own = exchange_join.read_invitation(tmp_path / "own")
        with pytest.raises(AppError, match="本机写的"):
            exchange_join.rejoin(second.station.desk, second.station, own, tmp_path / "request")
        rejoined(second, third, tmp_path)
        assert came(2, [second, third], stick) >= 2
        assert second.says() == third.says()
        assert third.name_of(mine) == "第二台写的"


def test_who_goes_on_from_nobody_has_nothing_to_say(backups: Backups, tmp_path: Path, stick: Path) -> None:
    first = made.founder(tmp_path / "alone")
    for _ in made.closing([first]):
        with pytest.raises(AppError, match="不是由备份恢复"):
            exchange_meet.write_introduction(first.station.desk, first.station, stick / "x")
        exchanged(first, stick)
        assert list(stick.rglob(f"*{ENDING}")) == []
