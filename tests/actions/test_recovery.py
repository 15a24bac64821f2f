"""The recovery card opens, leaves a trace, and is used up."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from sgz_desktop.actions import find, forms, keeping, people, recovery, workers
from sgz_desktop.actions.recovery import check_card, reset_with_card
from sgz_desktop.actions.station import OpenStation, open_station
from sgz_desktop.errors import AppError
from sgz_desktop.store import access, log
from sgz_desktop.vault import members
from sgz_desktop.vault.card import Card, make_card
from sgz_desktop.vault.tries import Tries
from sgz_desktop.vault.unlocking import WrongCard, WrongPassphrase
from tests.actions.conftest import CHEAP, PASSPHRASE, Make

USER, COLLEAGUE = "李小禾", "何乙"
SECOND = "five tall blue lamps"
THIRD = "nine slow green boats"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("recover", "add_worker"):
        monkeypatch.setattr(members, name, partial(getattr(members, name), params=CHEAP))


@pytest.fixture
def card() -> Card:
    return make_card()


@pytest.fixture
def closed(make_station: Make, card: Card) -> OpenStation:
    """A station with a colleague and a record, shut."""
    made = make_station(recovery=card.recipient)
    people.register_household(made.desk, {}, [people.MemberInput("02", {"name": "测试甲"})])
    workers.add_worker(made.desk, made, COLLEAGUE, SECOND, ["social_worker"])
    made.close()
    return made


def digest(folder: Path, passphrase: str, user: str = USER) -> str:
    opened = open_station(folder, user, passphrase)
    try:
        return opened.desk.read(log.digest)
    finally:
        opened.close()


def test_a_forgotten_passphrase_is_set_anew_and_everything_is_there(closed: OpenStation, card: Card) -> None:
    before = digest(closed.folder, PASSPHRASE)
    reset_with_card(closed.folder, card.text, USER, THIRD, make_card().recipient)
    with pytest.raises(WrongPassphrase):
        open_station(closed.folder, USER, PASSPHRASE)
    again = open_station(closed.folder, USER, THIRD)
    assert again.desk.read(log.digest) == before
    assert again.notices == []
    found = find.find_people(again.desk, "测试甲")
    assert forms.form(again.desk, found[0].id, "person").values["name"] == "测试甲"
    again.close()
    assert digest(closed.folder, SECOND, COLLEAGUE) == before


def test_the_card_is_used_up_and_the_new_one_takes_its_place(closed: OpenStation, card: Card) -> None:
    new = make_card()
    reset_with_card(closed.folder, card.text, USER, THIRD, new.recipient)
    for act in (
        lambda: check_card(closed.folder, card.text),
        lambda: reset_with_card(closed.folder, card.text, COLLEAGUE, PASSPHRASE, make_card().recipient),
    ):
        with pytest.raises(WrongCard, match="这张恢复卡不是这份资料的"):
            act()
    check_card(closed.folder, new.text)
    reset_with_card(closed.folder, new.text, COLLEAGUE, PASSPHRASE, make_card().recipient)
    assert digest(closed.folder, PASSPHRASE, COLLEAGUE) == digest(closed.folder, THIRD)


def test_a_copy_of_the_old_list_opens_nothing_any_more(
    closed: OpenStation, card: Card, tmp_path: Path
) -> None:
    saved = (closed.folder / "slots.json").read_bytes()
    reset_with_card(closed.folder, card.text, USER, THIRD, make_card().recipient)
    (closed.folder / "slots.json").write_bytes(saved)
    for act in (
        lambda: check_card(closed.folder, card.text),
        lambda: open_station(closed.folder, USER, PASSPHRASE),
        lambda: open_station(closed.folder, COLLEAGUE, SECOND),
    ):
        with pytest.raises(AppError, match="对不上"):
            act()


def test_using_the_card_leaves_a_line_in_the_access_log(closed: OpenStation, card: Card) -> None:
    worker = next(slot.worker_id for slot in closed.slots.workers if slot.user == COLLEAGUE)
    reset_with_card(closed.folder, card.text, COLLEAGUE, THIRD, make_card().recipient)
    again = open_station(closed.folder, USER, PASSPHRASE)
    lines = again.desk.store.write(access.lines)
    assert ("", "reset_with_card", worker, "done") in [
        (line.worker, line.action, line.record, line.outcome) for line in lines
    ]
    assert again.desk.store.write(access.broken_at) is None
    again.close()


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (lambda folder, card: check_card(folder, make_card().text), "这张恢复卡不是这份资料的"),
        (lambda folder, card: check_card(folder, card.text[:-1] + "?"), "从第11组接着输"),
        (
            lambda folder, card: reset_with_card(folder, card.text, USER, "short", card.recipient),
            "至少12个字",
        ),
        (
            lambda folder, card: reset_with_card(folder, card.text, "没有", THIRD, card.recipient),
            "没有这个人",
        ),
    ],
    ids=["another card", "a slip", "weak", "unknown"],
)
def test_what_is_refused_changes_nothing(
    closed: OpenStation, card: Card, act: Callable[[Path, Card], None], says: str
) -> None:
    before = (closed.folder / "slots.json").read_bytes()
    with pytest.raises(AppError, match=says):
        act(closed.folder, card)
    assert (closed.folder / "slots.json").read_bytes() == before
    check_card(closed.folder, card.text)
    open_station(closed.folder, USER, PASSPHRASE).close()


def test_a_fault_while_the_keys_change_leaves_the_store_shut_and_one_card_good(
    closed: OpenStation, card: Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise AppError("磁盘空间不够，没能保存；请先不要关闭窗口。")

    with monkeypatch.context() as patch:
        patch.setattr(recovery, "rekey", fails)
        with pytest.raises(AppError, match="磁盘空间不够"):
            reset_with_card(closed.folder, card.text, USER, THIRD, make_card().recipient)
    check_card(closed.folder, card.text)
    reset_with_card(closed.folder, card.text, USER, THIRD, make_card().recipient)
    assert digest(closed.folder, THIRD)


def test_a_removed_workers_saved_copy_opens_only_what_they_saved(
    make_station: Make, tmp_path: Path, card: Card
) -> None:
    """Their copy of list and store still opens for them: it is theirs. Nothing of it opens today's store."""
    made = make_station(recovery=card.recipient)
    workers.add_worker(made.desk, made, COLLEAGUE, SECOND, ["social_worker"])
    made.close()
    shutil.copytree(made.folder, tmp_path / "saved")
    again = open_station(made.folder, USER, PASSPHRASE)
    people.register_household(again.desk, {}, [people.MemberInput("02", {"name": "测试乙"})])
    workers.remove_worker(again.desk, again, COLLEAGUE)
    old = open_station(tmp_path / "saved", COLLEAGUE, SECOND)
    assert find.find_people(old.desk, "测试乙") == []
    old.close()
    with pytest.raises(WrongPassphrase):
        open_station(made.folder, COLLEAGUE, SECOND)
    mixed = tmp_path / "mixed"
    for slots, store in (("saved", "store"), ("store", "saved")):
        shutil.rmtree(mixed, ignore_errors=True)
        shutil.copytree(tmp_path / store, mixed)
        shutil.copyfile(tmp_path / slots / "slots.json", mixed / "slots.json")
        with pytest.raises(AppError):
            open_station(mixed, COLLEAGUE, SECOND)
    assert Tries(made.slots.store_id, made.folder).refusal() is None


def test_a_backup_and_the_card_bring_everything_back(
    closed: OpenStation, card: Card, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On another computer, with every passphrase forgotten. The card is used up there as well."""
    before = digest(closed.folder, PASSPHRASE)
    again = open_station(closed.folder, USER, PASSPHRASE)
    keeping.back_up(again.desk, again, tmp_path / "backup")
    again.close()
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "another computer"))
    place, new = tmp_path / "restored", make_card()
    for text, says in ((new.text, "不是这份资料的"), (card.text[:30], "还没有输完")):
        with pytest.raises(AppError, match=says):
            keeping.restore_with_card(tmp_path / "backup", place, text)
        assert not place.exists()
    keeping.restore_with_card(tmp_path / "backup", place, card.text)
    reset_with_card(place, card.text, USER, THIRD, new.recipient)
    assert digest(place, THIRD) == before
    with pytest.raises(WrongCard):
        check_card(place, card.text)
    with pytest.raises(WrongPassphrase):
        open_station(place, USER, PASSPHRASE)
