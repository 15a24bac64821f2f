"""Who gets in, and who does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from vault_people import BING, CHEAP, JIA, PASS, STATION, YI, new_vault

from sgz_desktop.errors import AppError
from sgz_desktop.vault import members, slot_boxes, slot_file, unlocking
from sgz_desktop.vault.card import make_card
from sgz_desktop.vault.keys import Key
from sgz_desktop.vault.sealing import BadBox
from sgz_desktop.vault.slot_seal import Tampered, sealed
from sgz_desktop.vault.stretch import DEFAULT, Argon2Params, stretch
from sgz_desktop.vault.unlocking import Unlocked, WrongPassphrase, create_vault, unlock, unlock_with_card


def _two() -> tuple[slot_file.Slots, Unlocked]:
    slots, unlocked = new_vault()
    return members.add_worker(slots, unlocked, YI, PASS[YI], ["worker"], params=CHEAP), unlocked


def test_a_worker_unlocks_with_their_passphrase() -> None:
    slots, made = new_vault()
    found = unlock(slots, JIA, PASS[JIA])
    assert found == made
    assert (found.user, found.roles) == (JIA, ("worker", "head"))
    assert found.worker_id == slots.workers[0].worker_id
    assert slots.kind == "station"


def test_every_store_has_its_own_key() -> None:
    assert new_vault()[1].root != new_vault()[1].root


def test_ids_may_be_given() -> None:
    ids = "00000000-0000-7000-8000-000000000001", "00000000-0000-7000-8000-000000000002"
    slots, unlocked = create_vault(
        STATION, "practice", JIA, PASS[JIA], [], params=CHEAP, store_id=ids[0], worker_id=ids[1]
    )
    assert (slots.store_id, unlocked.worker_id) == ids


def test_full_and_half_width_letters_are_the_same_passphrase() -> None:
    slots, made = create_vault(STATION, "station", JIA, "Lantern ７ river 4 tea", [], params=CHEAP)
    assert unlock(slots, JIA, "Ｌａｎｔｅｒｎ 7 river ４ tea").root == made.root
    with pytest.raises(WrongPassphrase):
        unlock(slots, JIA, "lantern 7 river 4 tea")


@pytest.mark.parametrize("passphrase", ["", "x", PASS[YI], PASS[JIA] + " ", PASS[JIA][:-1], "\ud800"])
def test_a_wrong_passphrase(passphrase: str) -> None:
    slots, _ = new_vault()
    with pytest.raises(WrongPassphrase) as refusal:
        unlock(slots, JIA, passphrase)
    assert str(refusal.value) == "密码不对，请再试一次。"


def test_an_unknown_user_gets_the_same_answer_for_the_same_work(monkeypatch: pytest.MonkeyPatch) -> None:
    slots, _ = new_vault()
    prices: list[Argon2Params] = []
    real = unlocking.stretch

    def counted(passphrase: str, salt: bytes, params: Argon2Params) -> Key:
        prices.append(params)
        return real(passphrase, salt, params)

    monkeypatch.setattr(unlocking, "stretch", counted)
    sentences = []
    for user in (JIA, "没有这个人"):
        with pytest.raises(WrongPassphrase) as refusal:
            unlock(slots, user, "five tall blue lamps")
        sentences.append(str(refusal.value))
    assert prices == [CHEAP, CHEAP]
    assert sentences[0] == sentences[1]


@pytest.mark.slow_key
def test_the_default_price_is_paid() -> None:
    slots, made = create_vault(STATION, "station", JIA, PASS[JIA], [])
    assert slots.workers[0].params == DEFAULT == Argon2Params(65536, 3, 4)
    assert unlock(slots, JIA, PASS[JIA]).root == made.root


@pytest.mark.parametrize(
    "params",
    [
        Argon2Params(1 << 30, 3, 4),
        Argon2Params(65536, 1_000_000, 4),
        Argon2Params(65536, 3, 255),
        Argon2Params(8, 1, 4),
        Argon2Params(0, 0, 0),
        Argon2Params(-1, -1, -1),
    ],
)
def test_a_hostile_price_is_refused_before_it_is_paid(params: Argon2Params) -> None:
    slots, _ = new_vault()
    hostile = replace(slots, workers=(replace(slots.workers[0], params=params),))
    for user in (JIA, "没有这个人"):
        with pytest.raises(AppError, match="设置不对"):
            unlock(hostile, user, PASS[JIA])


def test_weak_passphrases_and_names_are_refused() -> None:
    with pytest.raises(AppError, match="密码至少12个字"):
        create_vault(STATION, "station", JIA, "short", [], params=CHEAP)
    slots, unlocked = new_vault()
    for user in (JIA, "", "　"):
        with pytest.raises(AppError, match="换一个写法"):
            members.add_worker(slots, unlocked, user, PASS[YI], [], params=CHEAP)
    with pytest.raises(AppError, match="太常见"):
        members.add_worker(slots, unlocked, YI, f"{STATION}{YI}2026", [], params=CHEAP)


def test_the_card_opens_what_it_was_made_for() -> None:
    card, other = make_card(), make_card()
    slots, made = new_vault(card.recipient)
    found = unlock_with_card(slots, card.text.lower())
    assert found.root == made.root
    assert (found.user, found.worker_id, found.roles) == ("", "", ())
    with pytest.raises(AppError, match="恢复卡不是这份资料的"):
        unlock_with_card(slots, other.text)
    with pytest.raises(AppError, match="恢复卡不是这份资料的"):
        unlock_with_card(new_vault()[0], card.text)


def test_a_forgotten_passphrase_is_reset_with_the_card() -> None:
    card = make_card()
    slots, made = new_vault(card.recipient)
    slots = members.reset_passphrase(slots, unlock_with_card(slots, card.text), JIA, PASS[BING], params=CHEAP)
    assert unlock(slots, JIA, PASS[BING]) == made
    with pytest.raises(WrongPassphrase):
        unlock(slots, JIA, PASS[JIA])
    with pytest.raises(AppError, match="没有这个人"):
        members.reset_passphrase(slots, made, YI, PASS[BING], params=CHEAP)


def test_changing_a_passphrase() -> None:
    slots, unlocked = _two()
    changed = members.change_passphrase(slots, unlocked, YI, PASS[YI], PASS[BING], params=CHEAP)
    assert unlock(changed, YI, PASS[BING]).root == unlocked.root
    assert unlock(changed, JIA, PASS[JIA]).root == unlocked.root
    with pytest.raises(WrongPassphrase):
        unlock(changed, YI, PASS[YI])
    with pytest.raises(WrongPassphrase):
        members.change_passphrase(slots, unlocked, YI, PASS[JIA], PASS[BING], params=CHEAP)
    with pytest.raises(AppError, match="至少12个字"):
        members.change_passphrase(slots, unlocked, YI, PASS[YI], "short", params=CHEAP)


def test_roles_change_without_the_worker() -> None:
    slots, unlocked = _two()
    changed = members.change_roles(slots, unlocked, YI, ["head"])
    assert unlock(changed, YI, PASS[YI]).roles == ("head",)


def test_an_old_price_is_seen() -> None:
    slots, unlocked = new_vault()
    assert members.is_outdated(slots, JIA)
    dearer = Argon2Params(64, 2, 1)
    slots = members.change_passphrase(slots, unlocked, JIA, PASS[JIA], PASS[JIA], params=dearer)
    assert not members.is_outdated(slots, JIA, policy=dearer)


def test_a_new_card_replaces_the_old_and_the_county_stands_beside() -> None:
    old, new, county = make_card(), make_card(), make_card()
    slots, unlocked = new_vault(old.recipient)
    slots = members.set_holder(slots, unlocked, "recovery", new.recipient)
    slots = members.set_holder(slots, unlocked, "county", county.recipient)
    assert unlock_with_card(slots, new.text).root == unlocked.root
    for card in (old, county):
        with pytest.raises(AppError, match="恢复卡不是这份资料的"):
            unlock_with_card(slots, card.text)
    assert {slot.kind for slot in slots.keys} == {"recovery", "county"}


def _set(slots: slot_file.Slots, change: Callable[[dict[str, Any]], object]) -> slot_file.Slots:
    plain = json.loads(slot_file.dump(slots))
    change(plain)
    plain["sum"] = slot_file._sum(slot_file._from_plain(plain))  # anybody can put that right
    return slot_file.load(json.dumps(plain).encode())


@pytest.mark.parametrize(
    "change",
    [
        lambda f: f["slots"][1].update(roles=["worker", "head"]),
        lambda f: f["slots"][1].update(worker_id=f["slots"][0]["worker_id"]),
        lambda f: f["slots"][1].update(user="改过名"),
        lambda f: f["slots"][1].update(recipient=f["slots"][0]["recipient"]),
        lambda f: f["slots"][1].update(sealed_root=f["slots"][0]["sealed_root"]),
        lambda f: f["slots"][0].update(roles=["worker", "head", "admin"]),
        lambda f: f["slots"][0].update(sealed_root=f["slots"][1]["sealed_root"]),
        lambda f: f["slots"][0].update(recipient=f["slots"][1]["recipient"]),
        lambda f: f["slots"].pop(1),
        lambda f: f["slots"].append(f["slots"][1] | {"user": "试验丁"}),
        lambda f: f.update(store_kind="practice"),
        lambda f: f.update(station="别的社工站"),
        lambda f: f.update(previous="00"),
        lambda f: f.update(seal=""),
        lambda f: f.update(seal="00" * 32),
        lambda f: f.update(seal="锁"),
    ],
)
def test_a_list_changed_without_the_key_is_refused(change: Callable[[dict[str, Any]], object]) -> None:
    slots, unlocked = _two()
    assert unlock(_set(slots, lambda f: None), JIA, PASS[JIA]) == unlocked
    with pytest.raises(Tampered):
        unlock(_set(slots, change), JIA, PASS[JIA])


@pytest.mark.parametrize(
    "change",
    [
        lambda f: f["slots"][0].update(salt=f["slots"][1]["salt"]),
        lambda f: f["slots"][0].update(nonce=f["slots"][1]["nonce"]),
        lambda f: f["slots"][0].update(wrapped=f["slots"][1]["wrapped"]),
        lambda f: f["slots"][0].update(id=f["slots"][1]["id"]),
        lambda f: f["slots"][0]["argon2id"].update(memory_kib=64),
        lambda f: f["slots"][0]["argon2id"].update(passes=2),
        lambda f: f["slots"][0]["argon2id"].update(memory_kib=16, lanes=2),
        lambda f: f.update(store_id="00000000-0000-4000-8000-000000000000"),
    ],
)
def test_what_is_bound_to_the_wrapped_identity(change: Callable[[dict[str, Any]], object]) -> None:
    slots, _ = _two()
    with pytest.raises(AppError):
        unlock(_set(slots, change), JIA, PASS[JIA])


def test_one_workers_whole_slot_does_not_open_another_store() -> None:
    """The same worker, the same passphrase, a slot copied over: it is bound to its store."""
    here, unlocked = new_vault()
    there, _ = new_vault()
    mixed = sealed(replace(here, workers=there.workers), unlocked.root, here)
    with pytest.raises(WrongPassphrase):
        unlock(mixed, JIA, PASS[JIA])


def test_a_box_is_bound_to_store_slot_and_price_whatever_its_key() -> None:
    """Seen one by one: the list's seal and the passphrase's salt would stop these as well."""
    slots, unlocked = _two()
    slot, other = slots.workers
    key = stretch(PASS[JIA], slot.salt, slot.params)
    identity = slot_boxes.open_identity(slots, slot, key)
    assert slot_boxes.open_root(slots.store_id, slot.id, identity, slot.sealed_root) == unlocked.root
    for elsewhere in (
        (replace(slots, store_id=other.id), slot),
        (slots, replace(slot, id=other.id)),
        (slots, replace(slot, params=Argon2Params(32, 2, 1))),
    ):
        with pytest.raises(BadBox):
            slot_boxes.open_identity(*elsewhere, key)
    for store_id, slot_id in ((other.id, slot.id), (slots.store_id, other.id)):
        with pytest.raises(BadBox):
            slot_boxes.open_root(store_id, slot_id, identity, slot.sealed_root)


def test_a_colleague_cannot_put_their_public_key_in_anothers_slot() -> None:
    """They hold the root key and can seal the list anew; the next new root key would be sealed to them."""
    slots, unlocked = _two()
    jia, yi = slots.workers
    forged = replace(slots, workers=(replace(jia, recipient=yi.recipient), yi))
    with pytest.raises(Tampered):
        unlock(sealed(forged, unlocked.root, slots), JIA, PASS[JIA])


def test_members_are_not_changed_on_a_tampered_list() -> None:
    slots, unlocked = _two()
    bad = replace(slots, station="别的社工站")
    for act in (
        lambda: members.add_worker(bad, unlocked, BING, PASS[BING], [], params=CHEAP),
        lambda: members.change_passphrase(bad, unlocked, YI, PASS[YI], PASS[BING], params=CHEAP),
        lambda: members.reset_passphrase(bad, unlocked, YI, PASS[BING], params=CHEAP),
        lambda: members.change_roles(bad, unlocked, YI, []),
        lambda: members.set_holder(bad, unlocked, "recovery", slots.workers[0].recipient),
        lambda: members.rotate(bad, unlocked),
    ):
        with pytest.raises(Tampered):
            act()
