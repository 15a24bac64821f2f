"""A merge on one computer and work on another, exchanged in any order: both end alike, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sgz_desktop.actions import find, forms, people, visits
from sgz_desktop.actions.allowed import HEAD, WORKER
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.merging import merge_people, merge_preview, unmerge_people
from sgz_desktop.actions.people import MemberInput
from sgz_desktop.store import log
from sgz_desktop.store.apply import apply
from sgz_desktop.store.store import Store
from tests.proofs.roles_station import desk_of

Pair = tuple[Desk, Desk, str, str]


def send(source: Store, target: Store) -> None:
    edits = source.read(lambda session: list(log.edits(session)))
    target.write(lambda session: apply(session, edits))


def exchange(one: Desk, two: Desk) -> None:
    send(one.store, two.store)
    send(two.store, one.store)
    assert one.store.read(log.digest) == two.store.read(log.digest)


@pytest.fixture
def pair(make_store: Callable[..., Store]) -> Pair:
    """Two computers that know the same two files of one woman."""
    first = desk_of(make_store("device-1"), "李小禾", "w-1", WORKER, HEAD)
    second = desk_of(make_store("device-2"), "王守望", "w-2", WORKER, HEAD)
    members = ({"name": "陈小红", "phone": "13900000217"}, {"name": "陈晓红", "phone": "13900000218"})
    homes = [people.register_household(first, {}, [MemberInput("02", typed)]) for typed in members]
    send(first.store, second.store)
    return first, second, homes[0].people[0], homes[1].people[0]


def merge(desk: Desk, keep: str, other: str, *taken: str) -> None:
    merge_people(desk, keep, other, "同一个人", taken, merge_preview(desk, keep, other).seen)


def test_what_was_written_meanwhile_on_the_file_kept_stands_beside(pair: Pair) -> None:
    one, two, keep, other = pair
    merge(one, keep, other, "phone")
    forms.save_form(two, forms.form(two, keep, "person"), {"phone": "13900000999", "nickname": "红嫂"})
    exchange(one, two)
    for desk in (one, two):
        form = forms.form(desk, keep, "person")
        assert form.values["nickname"] == "红嫂"
        assert {value.value for value in form.conflicts["phone"]} == {"13900000999", "13900000218"}
        assert [hit.id for hit in find.find_people(desk, "陈晓红")] == [keep]


def test_what_was_written_meanwhile_on_the_other_file_is_kept_and_comes_back(pair: Pair) -> None:
    one, two, keep, other = pair
    merge(one, keep, other)
    forms.save_form(two, forms.form(two, other, "person"), {"phone": "13900000999"})
    visit = forms.save_form(two, visits.new_visit(two, person=other), {"facts": "在家"}).id
    exchange(one, two)
    for desk in (one, two):
        assert forms.form(desk, other, "person").values["phone"] == "13900000999"
        assert forms.form(desk, visit, "visit").values["person"] == other
        assert people.person_page(desk, other).line.id == keep
        assert [hit.id for hit in find.find_people(desk, "13900000999")] == [keep]
    assert unmerge_people(one, other, "两个人").stayed == ()
    exchange(one, two)
    for desk in (one, two):
        page = people.person_page(desk, other)
        assert page.line.id == other
        assert [event.id for event in page.events if event.kind == "visit"] == [visit]


def test_merged_both_ways_at_once_both_can_be_taken_out_again(pair: Pair) -> None:
    """Each computer kept another file: neither is listed, none of it is lost, and 拆开 brings them back."""
    one, two, keep, other = pair
    merge(one, keep, other)
    merge(two, other, keep)
    exchange(one, two)
    assert people.list_people(one) == []
    assert find.find_people(one, "陈小红") == []  # it leads round in a circle, and ends
    assert people.person_page(one, keep).line.id == keep
    unmerge_people(one, other, "先拆开一份")
    exchange(one, two)
    for desk in (one, two):
        assert [hit.id for hit in find.find_people(desk, "陈小红")] == [other]
