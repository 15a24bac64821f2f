"""Two and three laptops of a station that exchange bundles end with the same, and say what came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from sgz_desktop.actions import carried, cases, exchange, exchange_join, keeping, letters, papers
from sgz_desktop.actions.allowed import CLERK, WORKER
from sgz_desktop.actions.exchange_devices import computers
from sgz_desktop.actions.exchange_receive import import_bundle, inspect_bundle
from sgz_desktop.domain.records.worker import Worker
from sgz_desktop.errors import AppError
from sgz_desktop.store import attached, log, read, settings
from sgz_desktop.store import exchange as store_exchange
from sgz_desktop.store.store import Store
from sgz_desktop.sync.reasons import Reason, Refused
from tests.actions import laptops as made
from tests.actions.laptops import Laptop


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def two(tmp_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Laptop]]:
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    first = made.founder(tmp_path / "first")
    first.write(name="测试甲")
    yield from made.closing([first, made.joined(first, tmp_path / "second", 1, stick)])


def test_both_say_the_same_after_an_exchange(two: list[Laptop], stick: Path) -> None:
    first, second = two
    person = first.write(name="测试乙")
    other = second.write(name="测试丙")
    got = second.take(first.send(second, stick).path)
    assert (got.fresh, got.known, got.gaps, got.doubled) == (1, False, {}, [])
    first.take(second.send(first, stick).path)
    assert first.says() == second.says()
    assert (second.name_of(person), first.name_of(other)) == ("测试乙", "测试丙")


def test_who_joins_unknown_to_the_station_is_social_worker_and_no_more(
    two: list[Laptop], stick: Path, tmp_path: Path
) -> None:
    """Works, exchanges and backs up, and opens no case that is kept from the guardian."""
    first, second = two
    assert second.station.desk.actor.roles == {WORKER}
    head, worker = first.station.desk, second.station.desk
    kept = cases.open_case(head, person=first.write(name="测试童"), typed={"guardian_hidden": True})
    assert papers.print_case_file(head, kept)
    second.take(first.send(second, stick).path)
    with pytest.raises(AppError, match="其他岗位"):
        papers.print_case_file(worker, kept)
    seen = cases.open_case(worker, person=second.write(name="测试丁"))
    assert papers.print_case_file(worker, seen)
    keeping.back_up(worker, second.station, tmp_path / "b.sgzbackup")
    exchange.exchange_on(worker, second.station, stick)
    exchange.exchange_on(head, first.station, stick)
    assert first.says() == second.says()
    told = first.station.desk.read(lambda session: read.select_where(session, Worker))
    assert {one.name: one.roles for one in told}[made.WORKERS[1]] == WORKER


def test_a_bundle_again_changes_nothing(two: list[Laptop], stick: Path) -> None:
    first, second = two
    first.write(name="测试乙")
    sent = first.send(second, stick)
    second.take(sent.path)
    before = second.says()
    again = second.take(sent.path)
    assert again.known
    assert second.says() == before


def test_both_values_stay_when_two_wrote_the_same_field(two: list[Laptop], stick: Path) -> None:
    first, second = two
    person = first.write(name="测试乙")
    second.take(first.send(second, stick).path)
    first.write(person, name="甲写的")
    second.write(person, name="乙写的")
    got = second.take(first.send(second, stick).path)
    assert (got.doubled, got.doubled_for_others) == ([("person", person, "name")], False)
    desk = first.station.desk
    clerk = replace(desk, actor=replace(desk.actor, roles=frozenset({CLERK})))
    seen = import_bundle(clerk, first.station, second.send(first, stick).path)
    assert (seen.doubled, seen.doubled_for_others) == ([], True)
    assert first.says() == second.says()
    assert first.says()[2] == 1


def test_a_receipt_confirms_and_a_lost_stick_is_made_good(two: list[Laptop], stick: Path) -> None:
    first, second = two
    first.write(name="测试乙")
    lost = first.send(second, stick)
    assert first.known(second).unconfirmed == 2  # the very first and this one
    again = first.send(second, stick)
    assert again.edits == lost.edits
    second.take(again.path)
    first.take(second.send(first, stick).path)
    assert first.known(second).unconfirmed == 0
    assert first.send(second, stick).edits == 0


def test_a_bundle_for_somebody_else_and_a_strangers(two: list[Laptop], tmp_path: Path, stick: Path) -> None:
    first, second = two
    sent = first.send(second, stick)
    with pytest.raises(Refused) as own:
        first.take(sent.path)
    assert own.value.reason is Reason.NOT_FOR_US
    other = made.founder(tmp_path / "other")
    try:
        with pytest.raises(Refused) as refused:
            other.take(sent.path)
        assert refused.value.reason is Reason.NOT_FOR_US
    finally:
        other.station.close()


def test_a_stopped_computer_is_put_aside_and_sent_nothing(two: list[Laptop], stick: Path) -> None:
    from sgz_desktop.actions.exchange_trust import stop_computer
    from sgz_desktop.errors import AppError

    first, second = two
    second.write(name="之前")
    first.take(second.send(first, stick).path)
    stop_computer(first.station.desk, first.known(second))
    before = first.says()
    late = second.write(name="之后")
    with pytest.raises(Refused) as refused:
        first.take(second.send(first, stick).path)
    assert refused.value.reason is Reason.REVOKED
    assert first.says() == before
    assert first.name_of(late) is None
    with pytest.raises(AppError, match="已停用"):
        first.send(second, stick)


def test_a_restored_backup_is_a_new_computer_that_the_others_believe(
    two: list[Laptop], tmp_path: Path, stick: Path
) -> None:
    from sgz_desktop.actions import keeping

    first, second = two
    keeping.back_up(first.station.desk, first.station, tmp_path / "b.sgzbak")
    after = first.write(name="备份之后")
    second.take(first.send(second, stick).path)
    first.station.close()
    heir = Laptop(
        keeping.restore(tmp_path / "b.sgzbak", tmp_path / "restored", first.user, made.PASSPHRASE),
        tmp_path / "restored",
        first.user,
    )
    try:
        assert (
            second.take(heir.send(second, stick).path).fresh == 1
        )  # it says who it is, though it wrote nothing
        mine = heir.write(name="恢复之后")
        got = second.take(heir.send(second, stick).path)
        assert got.fresh
        assert second.name_of(mine) == "恢复之后"
        heir.take(second.send(heir, stick).path)
        assert heir.name_of(after) == "备份之后"
        assert heir.says() == second.says()
    finally:
        heir.station.close()


def test_one_button_receives_then_sends_and_tidies(
    two: list[Laptop], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "usb"
    folder.mkdir()
    first, second = two
    person = first.write(name="测试乙")
    for place, laptop in enumerate((first, second, first, second)):
        done = exchange.exchange_on(laptop.station.desk, laptop.station, folder)
        assert done.refused == {}
        assert [one.edits for one in done.sent] == [[4], [0], [0], [0]][place]
    assert first.says() == second.says()
    assert second.name_of(person) == "测试乙"
    assert len(list((folder / exchange.FOLDER).iterdir())) == 2  # one under way from each
    crash_between(two, folder, monkeypatch)


def crash_between(two: list[Laptop], place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a crash left on the stick is not taken for the next bundle, whose receipt would confirm what never
    came."""
    first, second = two

    def numbers(laptop: Laptop) -> list[int]:
        return [one.n for one in exchange.exchange_on(laptop.station.desk, laptop.station, place).sent]

    def crashed() -> list[int]:
        first.write(name="测试乙")
        with monkeypatch.context() as crash:
            crash.setattr(store_exchange, "keep_sent", lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                numbers(first)
        left = exchange.on_stick(second.station.desk, second.station, place)
        return [one.n for one in left if one.fresh]

    (left,) = crashed()
    numbers(second)
    assert numbers(first) == [left + 1]
    numbers(second)
    monkeypatch.setattr(store_exchange, "give_number", lambda *_: None)  # the control
    (left,) = crashed()
    numbers(second)
    person = first.write(name="测试丙")
    assert numbers(first) == [left]
    told = exchange.on_stick(second.station.desk, second.station, place)
    assert sorted(one.known for one in told if one.n == left) == [False, True]  # a number is not the bundle
    numbers(second)
    assert second.name_of(person) == "测试丙"


def test_what_lies_on_a_stick_is_told_whatever_it_is_called(two: list[Laptop], tmp_path: Path) -> None:
    first, second = two
    folder = tmp_path / "usb"
    folder.mkdir()
    first.write(name="测试乙")
    sent = first.send(second, folder)
    sent.path.rename(folder / "FOUND000.CHK")
    (folder / "notes.txt").write_text("不是我们的")
    (folder / "broken.sgzb").write_bytes(b"age-encryption.org/v1\n-> X25519 ")
    keeper = replace(
        second.station.desk, actor=replace(second.station.desk.actor, roles=frozenset(made.KEEPER))
    )
    invited = exchange_join.invite(keeper, second.station, folder / "to.sgzjoin")
    exchange_join.rejoin(first.station.desk, first.station, invited, folder / "asks.sgzrequest")
    for path in (folder / "to.sgzjoin", folder / "asks.sgzrequest"):
        for take in (import_bundle, inspect_bundle):
            with pytest.raises(Refused, match=r"加入申请或邀请.*设备页") as told:
                take(second.station.desk, second.station, path)
            assert told.value.reason is Reason.JOINING
    seen = {one.path.name: one for one in exchange.on_stick(second.station.desk, second.station, folder)}
    assert set(seen) == {"FOUND000.CHK", "broken.sgzb", "asks.sgzrequest"}
    assert seen["asks.sgzrequest"].joins
    assert (seen["FOUND000.CHK"].n, seen["FOUND000.CHK"].known, seen["FOUND000.CHK"].gap) == (2, False, False)
    assert seen["broken.sgzb"].reason is not None
    again = exchange.exchange_on(second.station.desk, second.station, folder)
    assert [got.fresh for got in again.arrived.values()] == [1]
    assert set(again.refused) == {folder / "broken.sgzb"}


def test_pages_are_read_in_between_while_a_bundle_is_written(
    two: list[Laptop], stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No one read for a bundle holds the reader for more than a portion of edits."""
    first, second = two
    for number in range(8):
        first.write(name=f"测试{number}")
    portions, edit_at, read = [0], log.edit_at, Store.read

    def counted(session: object, eid: int) -> object:
        portions[-1] += 1
        return edit_at(session, eid)

    def apart(self: Store, *rest: object) -> object:
        portions.append(0)
        return read(self, *rest)

    monkeypatch.setattr(store_exchange, "PORTION", 3)
    monkeypatch.setattr(log, "edit_at", counted)
    monkeypatch.setattr(Store, "read", apart)
    assert first.send(second, stick).edits > 8
    assert max(portions) == 3


def test_attachments_travel_sealed_and_are_asked_for_until_they_are_here(
    two: list[Laptop], tmp_path: Path
) -> None:
    first, second = two
    folder = tmp_path / "usb"
    folder.mkdir()
    person = first.write(name="测试乙")
    paper = b"%PDF-1.4 made up " + bytes(range(256)) * 40
    attachment = first.attach(person, paper)
    exchange.exchange_on(first.station.desk, first.station, folder)
    lost = [path for path in (folder / exchange.FOLDER).iterdir() if "-f" in path.name]
    assert len(lost) == 1
    assert paper[:64] not in lost[0].read_bytes()
    lost[0].unlink()
    second.take(next(path for path in (folder / exchange.FOLDER).iterdir()))
    found = keeping.check_store(second.station.desk, second.station)
    assert (found.problems, found.awaited) == ((), "还有1个附件在别的电脑上，做一次U盘交换就来。")
    for laptop in (second, first):
        exchange.exchange_on(laptop.station.desk, laptop.station, folder)
    got = exchange.exchange_on(second.station.desk, second.station, folder)
    assert sum(one.files for one in got.arrived.values()) == 1
    assert second.bytes_of(attachment) == paper
    assert keeping.check_store(second.station.desk, second.station).awaited == ""
    assert second.station.desk.store.read(attached.wanted) == []


def confirmed(laptop: Laptop) -> dict[int, bool]:
    """Number of a bundle it made → was it confirmed?"""
    return {one.n: one.confirmed for one in laptop.station.desk.store.read(store_exchange.sent)}


def losing_files(first: Laptop, second: Laptop, stick: Path) -> tuple[dict[int, bool], dict[int, bool]]:
    """Twice the files are lost and the edits come; then all comes. What counts as confirmed before and after
    that."""
    person = first.write(name="测试乙")
    digest = first.attach(person, b"%PDF-1.4 made up")
    for lost in (True, True, False):
        first.write(person, phone=f"1390000050{len(confirmed(first))}")
        done = exchange.exchange_on(first.station.desk, first.station, stick)
        edits, files = (one.path for one in done.sent)
        if lost:
            files.unlink()
            second.take(edits)
            first.take(second.send(first, stick).path)
            before = confirmed(first)
    exchange.exchange_on(second.station.desk, second.station, stick)
    first.take(second.send(first, stick).path)
    assert second.bytes_of(digest)
    return before, confirmed(first)


def test_a_lost_bundle_of_files_does_not_count_as_come_until_they_came(
    two: list[Laptop], stick: Path
) -> None:
    before, after = losing_files(*two, stick)
    assert before == {1: True, 2: True, 3: False, 4: True, 5: False}
    assert set(after.values()) == {True}
    assert two[0].known(two[1]).unconfirmed == 0


def test_control_the_highest_number_alone_tells_it_wrongly(
    two: list[Laptop], stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spans = store_exchange.got_spans
    monkeypatch.setattr(store_exchange, "got_spans", lambda *asked: [(1, n) for _, n in spans(*asked)[-1:]])
    assert losing_files(*two, stick)[0] == {1: True, 2: True, 3: True, 4: True, 5: False}


def test_files_that_came_before_their_records_are_taken_in_after_them(two: list[Laptop], stick: Path) -> None:
    first, second = two
    digest = first.attach(first.write(name="测试乙"), b"%PDF-1.4 made up")
    edits, files = (one.path for one in exchange.exchange_on(first.station.desk, first.station, stick).sent)
    assert second.take(files).files_left == 1
    first.take(second.send(first, stick).path)
    assert confirmed(first)[3] is False  # nothing of it is there
    second.take(edits)
    assert second.take(files).files == 1
    assert second.bytes_of(digest)
    assert second.take(files).known
    first.take(second.send(first, stick).path)
    assert confirmed(first)[3] is True


def test_two_computers_with_one_letter_part_at_the_next_opening(two: list[Laptop], stick: Path) -> None:
    """As after one backup was restored on both."""
    first, second = two
    lesser, greater = sorted(two, key=lambda one: one.id)
    same = lesser.station.desk.device.letter
    greater.station.desk.store.write(lambda s: settings.put(s, letters.letter_of(greater.id), same))
    for laptop in two:
        laptop.reopen()
    assert lesser.station.desk.device.letter == same
    assert greater.station.desk.device.letter not in ("", same)
    assert [any("机号" in told for told in one.station.notices) for one in (lesser, greater)] == [False, True]
    second.take(first.send(second, stick).path)
    first.take(second.send(first, stick).path)
    assert first.says() == second.says()
    assert {one.letter for one in computers(first.station.desk)} == {
        laptop.station.desk.device.letter for laptop in two
    }


@pytest.mark.parametrize(
    "spoiled",
    [
        {"kind": "town"},
        {"workers": 5},
        {"workers": [["id", "name"]]},
        {"founder_keys": ["a", 5], "founder": "a/b"},
        {"letter": "\n"},
    ],
)
def test_an_invitation_that_is_signed_and_yet_none_is_told_in_words(
    two: list[Laptop], tmp_path: Path, spoiled: dict[str, object]
) -> None:
    first, path = two[0].station, tmp_path / "invitation.json"
    exchange_join.invite(first.desk, first, path)
    told = orjson.loads(path.read_bytes()) | spoiled
    plain = {name: value for name, value in told.items() if name not in ("signature", "format")}
    path.write_bytes(carried.signed(plain, first.state.key.sign))
    with pytest.raises(AppError, match="这不是邀请"):
        exchange_join.read_invitation(path)
