"""A computer joins whole or not at all: no store without its request, and no request without its store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sgz_desktop.actions import exchange_join
from sgz_desktop.actions import station as making
from sgz_desktop.actions.allowed import ADMIN, CLERK, HEAD, SUPERVISOR, WORKER
from sgz_desktop.actions.exchange_join import Invitation, Member, member_named, roles_of
from sgz_desktop.actions.station import LOCK, has_store
from sgz_desktop.errors import AppError, Cancelled
from sgz_desktop.store.write import Write
from tests.actions import laptops
from tests.proofs.faulty_disk import FULL, READ_ONLY, Case, FaultyDisk


@pytest.fixture(scope="module")
def invitation(tmp_path_factory: pytest.TempPathFactory) -> Invitation:
    folder = tmp_path_factory.mktemp("first")
    first = laptops.founder(folder / "store").station
    told = exchange_join.invite(first.desk, first, folder / "invitation")
    first.close()
    return told


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another computer: where the stick, its store and its state are."""
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    (tmp_path / "stick").mkdir()
    return tmp_path


def with_members(told: Invitation, *roles: tuple[str, ...]) -> Invitation:
    """The station knows 周望川 so many times."""
    members = tuple(Member(f"w-{place}", "周望川", held) for place, held in enumerate(roles))
    return replace(told, workers=(*told.workers, *members))


@pytest.mark.parametrize(
    ("known", "comes"),
    [
        ([], (WORKER,)),
        ([(CLERK,)], (CLERK,)),
        ([(HEAD, SUPERVISOR)], (HEAD, SUPERVISOR)),
        ([()], (WORKER,)),  # who left the station
        ([("",)], (WORKER,)),
        ([("owner",)], (WORKER,)),  # of a newer program
        ([(), (CLERK,)], (CLERK,)),  # left, and came again
    ],
    ids=str,
)
def test_in_which_roles_somebody_joins(
    known: list[tuple[str, ...]], comes: tuple[str, ...], invitation: Invitation
) -> None:
    told = with_members(invitation, *known)
    assert roles_of(member_named(told, "周望川")) == comes
    assert roles_of(member_named(told, "李小禾")) == (WORKER, HEAD, ADMIN)  # who founded it


def test_the_roles_are_those_of_the_store_and_of_the_request(place: Path, invitation: Invitation) -> None:
    told = with_members(invitation, (CLERK,))
    station, asked = exchange_join.join(
        place / "store", told, "周望川", laptops.PASSPHRASE, "", place / "request", params=laptops.CHEAP
    )
    station.close()
    assert (station.desk.actor.worker, station.desk.actor.roles) == ("w-0", {CLERK})
    assert asked.roles == (CLERK,)


def test_nobody_who_joins_is_given_a_founders_roles(place: Path, invitation: Invitation) -> None:
    terms = exchange_join.invitation_terms(invitation)
    station = making.create_station(
        place / "store", "青禾镇社工站", "周望川", laptops.PASSPHRASE, params=laptops.CHEAP, joins=terms
    )
    station.close()
    assert station.desk.actor.roles == frozenset()


def test_an_invitation_names_accounts_and_gives_who_left_no_role(place: Path) -> None:
    first = laptops.founder(place / "store").station
    gone = {"name": "顾行远", "roles": HEAD, "active": False}
    desk = first.desk.doing("remove_worker")
    desk.write(lambda session: desk.record(session, "", [Write("worker", "w-gone", gone)]))
    slot = replace(first.slots.workers[0], worker_id="w-new", user="苏念北", roles=(CLERK,))
    first.slots = replace(first.slots, workers=(*first.slots.workers, slot))
    told = exchange_join.invite(first.desk, first, place / "invitation")
    first.close()
    held = {one.name: one.roles for one in told.workers}
    assert held == {"李小禾": tuple(sorted((WORKER, HEAD, ADMIN))), "顾行远": (), "苏念北": (CLERK,)}


def joins(place: Path, invitation: Invitation, **options: object) -> None:
    station, _ = exchange_join.join(
        place / "store", invitation, "周望川", laptops.PASSPHRASE, "2号机", place / "stick" / "request",
        params=laptops.CHEAP, recovery=invitation.by_keys.box, **options,
    )  # fmt: skip
    station.close()


def refused(place: Path, invitation: Invitation) -> str:
    """What the person is told; "" when it went well."""
    try:
        joins(place, invitation)
    except AppError as fault:
        return str(fault)
    return ""


def left(place: Path) -> list[str]:
    """Files there are; but for locks, and counts of tries, which outlive the store."""
    found = [path for path in place.rglob("*") if path.is_file()]
    return [path.name for path in found if path.name != LOCK and not path.name.startswith("tries.")]


def test_where_no_request_can_be_written_nothing_stays_and_another_try_goes_well(
    place: Path, invitation: Invitation
) -> None:
    told, at = "", 0
    with FaultyDisk().at_work(place / "stick") as disk:
        while told or not at:
            at += 1
            with disk.fails(Case(FULL), at) as run:
                told = refused(place, invitation)
            if told:
                assert told.endswith("换一个U盘或文件夹，再写一次就好。")
                assert left(place) == []
                assert not has_store(place / "store")
    assert (at, run.refused) == (6, [])  # once at each of five calls, then on a sound stick
    assert has_store(place / "store")
    assert "request" in left(place)


def test_a_stick_that_takes_nothing_keeps_what_lay_there(place: Path, invitation: Invitation) -> None:
    (place / "stick" / "request").write_bytes(b"of another computer")
    with FaultyDisk().at_work(place / "stick", READ_ONLY) as disk, disk.fails(Case(READ_ONLY, True), 1):
        assert "请换一个位置" in refused(place, invitation)
    assert left(place) == ["request"]


def test_a_request_goes_with_the_store_that_could_not_be_finished(
    place: Path, invitation: Invitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(folder: Path) -> None:
        assert (place / "stick" / "request").exists()
        raise AppError("磁盘满了，没有写入。", "请腾出空间再试。")

    monkeypatch.setattr(making, "_finish_making", refuses)
    assert "磁盘满了" in refused(place, invitation)
    assert left(place) == []


def test_somebody_stops_it(place: Path, invitation: Invitation) -> None:
    def stop(words: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        joins(place, invitation, say=stop)
    assert left(place) == []


def test_control_what_is_not_cleared_away_is_noticed(
    place: Path, invitation: Invitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "_clear_unfinished", lambda folder: None)
    (place / "stick").rmdir()
    assert refused(place, invitation)
    assert left(place) != []
