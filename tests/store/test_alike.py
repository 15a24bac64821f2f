"""People on file who may be the one being typed in: who is shown, who is not, and how many."""

from __future__ import annotations

import os
import random
import statistics
from collections.abc import Callable

import pytest

from sgz_desktop.domain.actor import Actor
from sgz_desktop.store import search, search_keys
from sgz_desktop.store.search_alike import people_alike
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import Write, record_many
from tests.store.alike_people import Figures, fill, measure, town
from tests.store.searching import person, save

LONG = os.environ.get("SGZ_PROOFS") == "long"
SEED = int(os.environ.get("SGZ_PROOFS_SEED", "20260630"))


def shown(store: Store, village: str = "", but: str = "", **typed: str) -> list[tuple[str, str]]:
    hits = store.read(lambda session: people_alike(session, typed, village, but=but))
    return [(hit.id, hit.via) for hit in hits]


def test_the_likeliest_comes_first_and_says_why(store: Store, actor: Actor) -> None:
    save(
        store,
        actor,
        person("a", "陈小红", born="1949-03-07", phone="19912345678"),
        person("b", "陈晓红", born="1949"),
        person("c", "陈小红", born="1980-01-05"),
        person("d", "张小红", former_name="陈小红", born="1949-03-07"),
    )
    assert shown(store, name="陈小红", born="1949-03-07") == [
        ("a", "姓名相同，出生日期相同"),
        ("d", "曾用名相同，出生日期相同"),
        ("b", "姓名同音，出生年份相同"),
    ]
    assert shown(store, name="陈小红", born="1949-03-07", but="a")[0][0] == "d"
    assert shown(store, phone="199 1234 5678") == [("a", "电话相同")]
    assert shown(store, name="陈") == shown(store, born="1949-03-07") == shown(store) == []


def test_three_namesakes_are_not_shown_for_a_stranger(store: Store, actor: Actor) -> None:
    for id, village, born in (
        ("a", "柳湾村", "1949-03-07"),
        ("b", "石桥村", "1962"),
        ("c", "青坪村", "1990-05-01"),
    ):
        save(
            store,
            actor,
            person(id, "陈小红", born=born),
            ("household", f"h{id}", {"village": village}),
            ("membership", f"m{id}", {"household": f"h{id}", "person": id}),
        )
    assert shown(store, "柳湾村", name="陈小红", born="1975-09-09") == []
    assert shown(store, "石桥村", name="陈小红", born="1990") == [("c", "姓名相同，出生年份相同")]
    assert shown(store, "石桥村", name="陈晓红") == [("b", "姓名同音，同村")]


@pytest.mark.parametrize("at", range(18))
def test_any_digit_of_an_id_typed_wrong(store: Store, actor: Actor, at: int) -> None:
    number = "99000019490307402X"
    save(store, actor, person("a", "陈小红", id_number=number))
    typed = number[:at] + ("1" if number[at] != "1" else "2") + number[at + 1 :]
    assert shown(store, id_number=typed, name="陈小红")[0] == ("a", "身份证号只差一位，姓名相同")


def test_an_old_number_of_fifteen_digits_is_the_same(store: Store, actor: Actor) -> None:
    save(store, actor, person("old", "陈小红", id_number="990000490307402"), person("b", "赵甲"))
    assert shown(store, id_number="99000019490307402X")[0][0] == "old"


def test_never_more_than_five(store: Store, actor: Actor) -> None:
    save(store, actor, *(person(f"p{n}", "陈小红", phone="19912345678") for n in range(9)))
    assert len(shown(store, name="陈小红")) == 5


def test_nobody_is_found_by_how_a_name_sounds_or_a_birth(store: Store, actor: Actor) -> None:
    """The keys that serve likeness are none that anybody can type."""
    save(store, actor, person("a", "陈小红", born="1949-03-07"))
    for text in ("celxiaohol", "$celxiaohol", "19490307", "$19490307", "1949"):
        assert store.read(lambda session, text=text: search.people(session, text)) == []


def figures(store: Store, people: int, tries: int) -> Figures:
    dice = random.Random(SEED)
    everybody = list(town(dice, people))
    fill(store, everybody)
    return measure(store, everybody, dice, tries)


def test_nearly_all_variants_are_shown_and_strangers_see_nobody(
    store: Store, record_property: Callable[[str, object], None]
) -> None:
    """≥ 95 % of the variants; the median of the strangers is shown nobody."""
    found = figures(store, *((20_000, 1_000) if LONG else (800, 160)))
    record_property("tally", {"proof": "likely the same", **found.told()})
    print(found.told())
    assert found.share >= 0.95
    assert statistics.median(found.strangers) == 0
    assert statistics.mean(found.strangers) < 0.2


def test_control_without_sounds_and_births_in_the_index_variants_are_missed(
    make_store: Callable[..., Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_keys, "ALIKE", "=")
    search_keys.sound_keys.cache_clear()
    monkeypatch.setattr("sgz_desktop.store.search_alike.sound_keys", lambda _name: ())
    assert figures(make_store(), 200, 64).share < 0.8
    search_keys.sound_keys.cache_clear()


def test_those_merged_lead_to_the_one_kept(store: Store, actor: Actor) -> None:
    save(store, actor, person("a", "陈小红", born="1949-03-07"), person("b", "陈大红", born="1949"))
    gone = [Write("person", "a", {"deleted": True, "merged_into": "b"})]
    store.write(lambda session: record_many(session, actor, "", gone))
    assert shown(store, name="陈小红", born="1949-03-07") == [("b", "姓名相同，出生日期相同")]
