"""Computers stopped, stopping each other, and decided about with the recovery card, between real laptops."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sgz_desktop.actions.exchange_devices import known, usual_name
from sgz_desktop.actions.exchange_trust import decide_computer, heirs, stop_computer
from sgz_desktop.actions.recovery import reset_with_card
from sgz_desktop.domain import enrolment as rules
from sgz_desktop.domain import who_counts
from sgz_desktop.domain.ed25519 import verify
from sgz_desktop.domain.edits import Edit
from sgz_desktop.errors import AppError
from sgz_desktop.store import enrolment, log
from sgz_desktop.store import exchange as store_exchange
from sgz_desktop.store.apply import apply
from sgz_desktop.store.write import Write
from sgz_desktop.sync.reasons import Reason, Refused
from sgz_desktop.vault.card import make_card
from tests.actions import laptops as made
from tests.actions.laptops import Laptop

CARD = make_card()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def three(tmp_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Laptop]]:
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    first = made.founder(tmp_path / "first", recovery=CARD.recipient)
    first.write(name="测试甲")
    second, third = (made.joined(first, tmp_path / str(place), place, stick, made.KEEPER) for place in (1, 2))
    second.take(first.send(second, stick).path)
    third.take(first.send(third, stick).path)
    yield from made.closing([first, second, third])


def passed(giver: Laptop, taker: Laptop, stick: Path) -> Reason | None:
    """Give a bundle; why it was not taken, if it was not."""
    try:
        taker.take(giver.send(taker, stick).path)
    except Refused as refused:
        return refused.reason
    return None


def test_two_that_stop_each_other_are_frozen_everywhere_until_the_card_decides(
    three: list[Laptop], stick: Path
) -> None:
    first, second, third = three
    stop_computer(first.station.desk, first.known(second))
    stop_computer(second.station.desk, second.known(first))
    late = second.write(name="停用之后")
    assert passed(first, third, stick) is None
    assert passed(second, third, stick) is Reason.REVOKED
    told = {one.id: one for one in (third.known(first), third.known(second))}
    assert all(one.frozen and one.stopped is not None for one in told.values())
    assert third.name_of(late) is None
    before = third.says()
    with pytest.raises(AppError, match="不是本站第一台电脑的恢复卡"):
        decide_computer(third.station.desk, third.station, told[second.id], make_card().text, counts=True)
    assert third.says() == before
    decide_computer(third.station.desk, third.station, told[second.id], CARD.text, counts=True)
    assert third.known(second).stopped is None
    assert third.known(first).stopped is not None
    assert third.name_of(late) == "停用之后"
    assert passed(third, second, stick) is None
    assert passed(second, third, stick) is None
    assert second.says() == third.says()


def test_what_is_put_aside_is_sent_once_and_again_only_where_it_lacks(
    three: list[Laptop], stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = three
    late = second.write(name="停用之后")
    assert passed(second, third, stick) is None
    stop_computer(first.station.desk, first.known(second))
    for giver, taker in ((first, third), (third, first), (first, third)):
        assert passed(giver, taker, stick) is None
    assert third.name_of(late) is None
    assert [giver.send(taker, stick).edits for giver, taker in ((first, third), (third, first))] == [0, 0]
    assert first.says() == third.says()
    with monkeypatch.context() as control:
        control.setattr(store_exchange, "rest", lambda _session: {})
        assert third.send(first, stick).edits > 0
    second.write(name="又写了")
    assert passed(second, third, stick) is Reason.REVOKED
    assert third.send(first, stick).edits > 0  # that one is new to it


def test_the_frozen_computer_itself_may_decide_with_the_card(three: list[Laptop], stick: Path) -> None:
    first, second, third = three
    stop_computer(second.station.desk, second.known(first))
    told = second.station.desk.store.read(lambda s: list(log.edits(s)))
    first.station.desk.store.write(lambda s: apply(s, told))  # nobody sends it this: it is stopped
    with pytest.raises(AppError, match="已被停用"):
        first.write(name="写不进")
    decide_computer(first.station.desk, first.station, first.known(first), CARD.text, counts=True)
    person = first.write(name="又能写了")
    assert passed(first, second, stick) is None
    assert passed(second, third, stick) is None
    assert passed(third, first, stick) is None
    assert second.name_of(person) == "又能写了"
    assert first.says() == second.says() == third.says()
    another_card(three, stick)


def test_an_heir_of_a_stopped_computer_stays_only_where_it_is_kept(
    three: list[Laptop], tmp_path: Path, stick: Path
) -> None:
    from sgz_desktop.actions import keeping

    first, second, third = three
    keeping.back_up(second.station.desk, second.station, tmp_path / "b.sgzbak")
    heir = Laptop(
        keeping.restore(tmp_path / "b.sgzbak", tmp_path / "heir", second.user, made.PASSPHRASE),
        tmp_path / "heir",
        second.user,
    )
    three.append(heir)
    person = heir.write(name="继任写的")
    assert passed(heir, first, stick) is None
    assert passed(heir, third, stick) is None
    assert [one.id for one in heirs(first.station.desk, first.known(second))] == [heir.id]
    stop_computer(first.station.desk, first.known(second))
    assert first.name_of(person) is None
    put_aside = first.known(heir)
    assert (put_aside.stopped, put_aside.name) == (0, usual_name(heir.station.desk.device.letter))
    before = first.says()
    with pytest.raises(AppError, match=f"不能让{put_aside.name}恢复使用.*凭邀请重新加入"):
        decide_computer(first.station.desk, first.station, put_aside, CARD.text, counts=True)
    assert (first.says(), first.known(heir).name) == (before, put_aside.name)
    desk = first.station.desk.doing("decide_computer")

    def decided(session) -> None:
        desk.record(session, "", [Write("device", heir.id, {"decision": "{}"})])
        raise LookupError(*(one.name for one in known(session, first.id) if one.id == heir.id))

    with pytest.raises(LookupError, match=put_aside.name):  # its record holds the decision alone
        desk.write(decided)
    stop_computer(third.station.desk, third.known(second), [third.known(heir)])
    assert passed(third, first, stick) is None
    assert first.known(heir).stopped is None
    assert first.name_of(person) == "继任写的"


def test_another_key_said_of_a_computer_keeps_it_apart_until_the_card_decides_there(
    three: list[Laptop], tmp_path: Path, stick: Path
) -> None:
    first, second, third = three
    guest = made.joined(second, tmp_path / "guest", 3, stick, made.KEEPER)
    three.append(guest)
    guest.take(second.send(guest, stick).path)
    assert passed(second, first, stick) is None
    assert passed(guest, first, stick) is None
    own = guest.known(guest).keys
    other = third.station.state
    values = {"sign_key": other.key.public.hex(), "box_key": other.recipient}
    desk = second.station.desk.doing("let_in")
    desk.write(lambda s: desk.record(s, "", [Write("device", guest.id, values)]))
    person = guest.write(name="还没送到")
    assert passed(guest, second, stick) is Reason.DISPUTED
    assert passed(second, first, stick) is None
    assert first.known(guest).disputed
    with pytest.raises(AppError, match="有两种钥匙"):
        first.send(guest, stick)
    assert passed(guest, first, stick) is Reason.DISPUTED
    assert passed(first, third, stick) is None  # without what cannot be proven
    decide_computer(guest.station.desk, guest.station, guest.known(guest), CARD.text, counts=True)
    assert passed(guest, first, stick) is None
    assert (first.known(guest).disputed, first.known(guest).keys) == (False, own)
    assert passed(first, third, stick) is None
    assert (first.name_of(person), third.name_of(person)) == ("还没送到", "还没送到")
    assert first.says() == third.says()


def another_card(three: list[Laptop], stick: Path) -> None:
    """What the card decided goes on counting when another is made: here on the first computer itself."""
    first, _, third = three
    own, new = first.known(first).keys, make_card()
    first.station.close()
    reset_with_card(first.folder, CARD.text, first.user, made.PASSPHRASE, new.recipient)
    first.reopen()
    assert passed(first, third, stick) is None
    for one in (first, third):
        facts = one.station.desk.store.read(enrolment.facts)
        assert (one.known(first).stopped, facts.settled[first.id].keys) == (None, *own)
    edits = third.station.desk.store.read(lambda s: list(log.edits(s)))
    unsigned = [edit for edit in edits if not signed_anew(edit)]  # the control
    assert first.id in who_counts.limits(rules.facts(unsigned, verify, first.id), first.id)
    with pytest.raises(AppError, match="不是本站第一台电脑的恢复卡"):
        decide_computer(third.station.desk, third.station, third.known(first), CARD.text, counts=False)
    decide_computer(third.station.desk, third.station, third.known(first), new.text, counts=False)
    assert third.known(first).stopped is not None


def signed_anew(edit: Edit) -> bool:
    return edit.action == "introduce" and any(one.cell == "decision" for one in edit.changes)
