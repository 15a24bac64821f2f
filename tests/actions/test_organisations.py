"""The address book: kept by everybody at the desk, found by typing, and what a referral takes from it."""

from __future__ import annotations

from sgz_desktop.actions import forms, organisations
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain import address_book
from sgz_desktop.domain.address_book import ENTITY_SORT, RECEIVER_SORT
from sgz_desktop.domain.codes import code_list

HOME = {
    "name": "云岭县社会福利中心",
    "sort": "welfare_home",
    "handles": "失能老人和残疾人入住",
    "contact": "钟守拙",
    "phone": "0999-8880101",
}


def entry(desk: Desk, **typed: object) -> str:
    return forms.save_form(desk, forms.new_form(desk, "organisation"), typed).id


def test_it_is_found_by_name_initials_work_contact_and_number(desk: Desk) -> None:
    home = entry(desk, **HOME)
    entry(desk, name="青禾镇民政办", sort="civil_affairs", phone="0999-8880202")
    for typed in ("福利", "ylx", "yunling", "入住", "守拙", "88801", "福利或养老"):
        assert [one.id for one in organisations.find_organisations(desk, typed)] == [home], typed
    assert organisations.find_organisations(desk, "没有的单位") == []


def test_one_no_longer_used_stays_in_the_list_and_is_not_offered(desk: Desk) -> None:
    home = entry(desk, **HOME)
    office = entry(desk, name="青禾镇民政办", sort="civil_affairs")
    assert [one.id for one in organisations.list_organisations(desk)] == [office, home]
    forms.save_form(desk, forms.form(desk, office, "organisation"), {"unused": True})
    assert [(one.id, one.unused) for one in organisations.list_organisations(desk)] == [
        (home, False),
        (office, True),
    ]
    assert [one.id for one in organisations.find_organisations(desk, "")] == [home]


def test_a_referral_takes_over_what_the_entry_says(desk: Desk) -> None:
    school = entry(desk, name="青禾镇中心小学", sort="education", contact="温故", phone="0999-8880303")
    assert organisations.receiver_of(desk, school) == {
        "receiver": "青禾镇中心小学",
        "receiver_sort": "school",
        "receiver_contact": "温故",
        "receiver_phone": "0999-8880303",
    }
    home = entry(desk, **HOME)
    assert "receiver_sort" not in organisations.receiver_of(desk, home), "福利或养老机构 may be either"
    assert organisations.receiver_of(desk, "nowhere") == {}


def test_a_receiver_becomes_an_entry() -> None:
    told = {"receiver": "晴川康养中心", "receiver_sort": "employer", "receiver_phone": "", "sort": "job"}
    assert address_book.entry(told) == {"name": "晴川康养中心", "sort": "company"}


def test_the_two_code_lists_are_spoken_of_as_they_are() -> None:
    entities, institutions = code_list("entity_kind").codes, code_list("institution_kind").codes
    assert set(RECEIVER_SORT) | set(ENTITY_SORT.values()) <= set(entities)
    assert set(RECEIVER_SORT.values()) | set(ENTITY_SORT) <= set(institutions)
