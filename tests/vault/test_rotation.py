"""Removing a worker: the others need not be there, and a crash at any point leaves a store that opens."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from vault_people import BING, CHEAP, JIA, PASS, YI, Crash, FakeDatabase, crash_points, crashing, new_vault

from sgz_desktop.errors import AppError
from sgz_desktop.vault import members, rotation, slot_file
from sgz_desktop.vault.card import Card, make_card
from sgz_desktop.vault.slot_file import NEXT, SLOTS
from sgz_desktop.vault.slot_seal import Tampered, fingerprint
from sgz_desktop.vault.slots import Slots
from sgz_desktop.vault.unlocking import Unlocked, WrongCard, WrongPassphrase, unlock, unlock_with_card


@dataclass
class Station:
    folder: Path
    slots: Slots
    unlocked: Unlocked
    database: FakeDatabase
    card: Card

    def enter(self, user: str, passphrase: str = "") -> Unlocked:
        """Open as the store does, and keep the fingerprint when told so."""
        return self._settle(
            rotation.resolve(self.folder, user, passphrase or PASS[user], self.database.opens)
        )

    def enter_with_card(self) -> Unlocked:
        return self._settle(rotation.resolve_with_card(self.folder, self.card.text, self.database.opens))

    def _settle(self, resolved: rotation.Resolved) -> Unlocked:
        if resolved.keep_fingerprint:
            self.database.keep(fingerprint(resolved.slots))
        assert not (self.folder / NEXT).exists()
        assert slot_file.read_slots(self.folder) == resolved.slots
        assert self.database.opens(resolved.unlocked.root) == fingerprint(resolved.slots)
        return resolved.unlocked

    def put(self, slots: Slots, unlocked: Unlocked | None = None) -> None:
        """The protocol of a change, as the store follows it; `unlocked` = with a new root key."""
        rotation.begin_rotation(self.folder, slots)
        if unlocked is not None:
            self.database.rekey(unlocked.root)
        self.database.keep(fingerprint(slots))
        rotation.finish_rotation(self.folder)


@pytest.fixture
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Station]:
    """A maker of stations with three workers and a card; each in a folder of its own."""
    card = make_card()
    slots, unlocked = new_vault(card.recipient)
    for user in (YI, BING):
        slots = members.add_worker(slots, unlocked, user, PASS[user], ["worker"], params=CHEAP)

    def make() -> Station:
        folder = tmp_path_factory.mktemp("store")
        slot_file.write_first(folder, slots)
        database = FakeDatabase(folder / "database", unlocked.root, fingerprint(slots))
        return Station(folder, slots, unlocked, database, card)

    return make


def test_removing_yi_while_bing_is_absent(made: Callable[[], Station]) -> None:
    station = made()
    saved = station.slots  # Yi kept a copy of the old file, and knows the old root key
    station.put(*members.rotate(station.slots, station.unlocked, without=YI))

    assert station.enter(BING).user == BING
    assert station.enter(JIA).roles == ("worker", "head")
    assert station.enter_with_card().root == station.enter(BING).root
    assert station.enter(BING).root != station.unlocked.root

    with pytest.raises(WrongPassphrase):
        station.enter(YI)
    old = unlock(saved, YI, PASS[YI])
    assert station.database.opens(old.root) is None
    (station.folder / SLOTS).write_bytes(slot_file.dump(saved))
    for user in (YI, BING):
        with pytest.raises(AppError, match="对不上"):
            station.enter(user)


def test_the_removed_worker_finds_nothing_for_them_in_the_new_file(made: Callable[[], Station]) -> None:
    station = made()
    fresh, opened = members.rotate(station.slots, station.unlocked, without=YI)
    assert fresh.worker(YI) is None
    assert station.slots.workers[1].recipient not in slot_file.dump(fresh).decode()
    assert opened.root != station.unlocked.root
    assert unlock(fresh, BING, PASS[BING]).root == opened.root
    assert unlock_with_card(fresh, station.card.text).root == opened.root


def test_who_may_not_be_removed(made: Callable[[], Station]) -> None:
    station = made()
    with pytest.raises(AppError, match="不能移除自己"):
        members.rotate(station.slots, station.unlocked, without=JIA)
    with pytest.raises(AppError, match="没有这个人"):
        members.rotate(station.slots, station.unlocked, without="没有这个人")
    card = make_card()
    slots, _ = new_vault(card.recipient)
    with pytest.raises(AppError, match="至少要留一个人"):
        members.rotate(slots, unlock_with_card(slots, card.text), without=JIA)


def _remove(station: Station) -> Callable[[], None]:
    slots, unlocked = members.rotate(station.slots, station.unlocked, without=YI)
    return lambda: station.put(slots, unlocked)


def _change(station: Station) -> Callable[[], None]:
    new = "seven quiet stone bridges"
    slots = members.change_passphrase(station.slots, station.unlocked, YI, PASS[YI], new, params=CHEAP)
    return lambda: station.put(slots)


@pytest.mark.parametrize("first", [BING, YI, "card"])
def test_a_removal_cut_short_anywhere(
    made: Callable[[], Station], monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    """Whoever comes first afterwards: those who stay get in; Yi gets in only while the removal has not
    happened, and then without harm.
    """
    outcomes = []
    for after in range(crash_points(monkeypatch, _remove(made())) + 1):
        station = made()
        remove = _remove(station)
        with monkeypatch.context() as inside:
            crashing(inside, after)
            with contextlib.suppress(Crash):
                remove()
        removed = station.database.opens(station.unlocked.root) is None
        outcomes.append(removed)
        if first == "card":
            station.enter_with_card()
        elif first == BING:
            station.enter(BING)
        if removed:
            with pytest.raises(WrongPassphrase):
                station.enter(YI)
            assert station.database.opens(unlock(station.slots, YI, PASS[YI]).root) is None
        else:
            assert station.enter(YI).root == station.unlocked.root
        for user in (BING, JIA):
            assert (station.enter(user).root == station.unlocked.root) is not removed
        assert (station.enter_with_card().root == station.unlocked.root) is not removed
    assert outcomes == sorted(outcomes)  # first it has not happened, from some point on it has
    assert (outcomes[0], outcomes[-1]) == (False, True)


def test_a_changed_passphrase_cut_short_anywhere(
    made: Callable[[], Station], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of the two passphrases opens, the others are not touched, and it stays so."""
    changed = set()
    for after in range(crash_points(monkeypatch, _change(made())) + 1):
        station = made()
        change = _change(station)
        with monkeypatch.context() as inside:
            crashing(inside, after)
            with contextlib.suppress(Crash):
                change()
        station.enter(BING)
        works = []
        for passphrase in (PASS[YI], "seven quiet stone bridges"):
            try:
                station.enter(YI, passphrase)
                works.append(passphrase)
            except WrongPassphrase:
                pass
        assert len(works) == 1
        changed.add(works[0])
    assert len(changed) == 2


def test_a_used_card_cut_short_anywhere(made: Callable[[], Station], monkeypatch: pytest.MonkeyPatch) -> None:
    """At each point one of the two cards opens, never both; with the new one the new passphrase holds and the
    old root key opens nothing. The colleague gets in with theirs throughout."""
    new, card = "seven quiet stone bridges", make_card()

    def use(station: Station) -> Callable[[], None]:
        unlocked = unlock_with_card(station.slots, station.card.text)
        changed = members.recover(station.slots, unlocked, YI, new, card.recipient, params=CHEAP)
        return lambda: station.put(*changed)

    outcomes = []
    for after in range(crash_points(monkeypatch, use(made())) + 1):
        station = made()
        act = use(station)
        with monkeypatch.context() as inside:
            crashing(inside, after)
            with contextlib.suppress(Crash):
                act()
        done = station.database.opens(station.unlocked.root) is None
        outcomes.append(done)
        good, bad = (card, station.card) if done else (station.card, card)
        for text, opens in ((bad.text, False), (good.text, True)):
            station.card = dataclasses.replace(station.card, groups=tuple(text.split("-")))
            if opens:
                station.enter_with_card()
            else:
                with pytest.raises(WrongCard):
                    station.enter_with_card()
        assert station.enter(BING).user == BING
        assert station.enter(YI, new if done else PASS[YI]).user == YI
        with pytest.raises(WrongPassphrase):
            station.enter(YI, PASS[YI] if done else new)
    assert outcomes == sorted(outcomes)
    assert (outcomes[0], outcomes[-1]) == (False, True)


def test_the_used_card_opens_nothing_made_afterwards(made: Callable[[], Station]) -> None:
    """Not even with a saved copy of the old list: what it finds there is the old root key."""
    station = made()
    saved, old_card = station.slots, station.card
    unlocked = unlock_with_card(saved, old_card.text)
    card = make_card()
    slots, renewed = members.recover(saved, unlocked, YI, PASS[BING], card.recipient, params=CHEAP)
    station.put(slots, renewed)
    assert renewed.root not in (unlocked.root, station.unlocked.root)
    with pytest.raises(WrongCard):
        unlock_with_card(slots, old_card.text)
    assert unlock_with_card(slots, card.text).root == renewed.root
    assert station.database.opens(unlock_with_card(saved, old_card.text).root) is None
    (station.folder / SLOTS).write_bytes(slot_file.dump(saved))
    with pytest.raises(AppError, match="对不上"):
        station.enter_with_card()


def test_two_lists_of_different_stores_never_open_one_for_the_other(made: Callable[[], Station]) -> None:
    """Tries at the list that waits would be counted as tries at the other store's."""
    station = made()
    other, _ = new_vault()
    rotation.begin_rotation(station.folder, station.slots)
    (station.folder / SLOTS).write_bytes(slot_file.dump(other))
    with pytest.raises(WrongPassphrase):
        station.enter(YI)


def test_settling_may_itself_be_cut_short(
    made: Callable[[], Station], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Begun and rekeyed, then Bing's unlock is cut at each point: the next unlock still gets in."""

    def begun() -> Station:
        station = made()
        slots, unlocked = members.rotate(station.slots, station.unlocked, without=YI)
        rotation.begin_rotation(station.folder, slots)
        station.database.rekey(unlocked.root)
        return station

    first = begun()
    for after in range(crash_points(monkeypatch, lambda: first.enter(BING)) + 1):
        station = begun()
        with monkeypatch.context() as inside:
            crashing(inside, after)
            with contextlib.suppress(Crash):
                station.enter(BING)
        assert station.enter(BING).root != station.unlocked.root
        with pytest.raises(WrongPassphrase):
            station.enter(YI)


def test_a_wrong_passphrase_settles_nothing(made: Callable[[], Station]) -> None:
    station = made()
    slots, unlocked = members.rotate(station.slots, station.unlocked, without=YI)
    rotation.begin_rotation(station.folder, slots)
    station.database.rekey(unlocked.root)
    for user in (YI, BING, "没有这个人"):
        with pytest.raises(WrongPassphrase):
            station.enter(user, "five tall blue lamp")
    assert (station.folder / NEXT).exists()
    assert station.enter(BING).root == unlocked.root


def test_an_older_list_put_back_is_refused(made: Callable[[], Station]) -> None:
    """Same root key, so the database opens: only the fingerprint inside shows it."""
    station = made()
    old = station.slots
    slots = members.change_passphrase(
        old, station.unlocked, YI, PASS[YI], "seven quiet stone bridges", params=CHEAP
    )
    station.put(slots)
    station.put(members.change_roles(slots, station.unlocked, YI, []))
    (station.folder / SLOTS).write_bytes(slot_file.dump(old))
    for user in (JIA, YI):
        with pytest.raises(Tampered):
            station.enter(user)
    rotation.begin_rotation(station.folder, old)
    with pytest.raises(Tampered):
        station.enter(JIA)


def test_a_waiting_list_that_is_rubbish_does_not_shut_the_store(made: Callable[[], Station]) -> None:
    station = made()
    (station.folder / NEXT).write_bytes(b"rubbish")
    assert station.enter(BING).root == station.unlocked.root
    (station.folder / NEXT).write_bytes(b"rubbish")
    with pytest.raises(WrongPassphrase):
        station.enter(BING, "wrong")
    assert (station.folder / NEXT).read_bytes() == b"rubbish"


def test_slots_of_another_store_beside_this_database(made: Callable[[], Station]) -> None:
    station = made()
    slots, _ = new_vault()
    (station.folder / SLOTS).write_bytes(slot_file.dump(slots))
    with pytest.raises(AppError, match="对不上"):
        station.enter(JIA)


def test_a_store_just_made_has_no_fingerprint_yet(tmp_path: Path) -> None:
    slots, unlocked = new_vault()
    slot_file.write_first(tmp_path, slots)
    database = FakeDatabase(tmp_path / "database", unlocked.root, b"")
    assert rotation.resolve(tmp_path, JIA, PASS[JIA], database.opens).keep_fingerprint
