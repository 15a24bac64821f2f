"""节 or 次, and what forms are called: kept with the station, said on pages and papers, data all of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sgz_desktop.actions import cases, forms, papers, people, settings
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.settings import SettingRefused
from sgz_desktop.actions.station import OpenStation, open_station
from sgz_desktop.domain import local_words
from sgz_desktop.domain.local_words import LocalWords, from_setting, localised, nth, sessions, titled
from sgz_desktop.reports.values import texts


@pytest.fixture(autouse=True)
def as_they_were() -> Iterator[None]:
    yield
    local_words.take_up(LocalWords())


def a_case(desk: Desk) -> str:
    made = people.register_household(desk, {}, [people.MemberInput("02", {"name": "试验丙"})])
    case = cases.open_case(desk, person=made.people[0])
    for day in ("2026-06-02", "2026-06-09"):
        forms.save_form(desk, cases.new_paper(desk, case, "session"), {"date": day, "facts": "谈了照护"})
    return case


def test_the_programs_own_words_stand_until_others_are_chosen() -> None:
    assert (nth(3), sessions(2), localised("个案节数"), localised("户次")) == (
        "第3节",
        "2节",
        "个案节数",
        "户次",
    )
    assert titled("session") == "过程记录"
    assert titled("intake", "个案接案登记表") == "个案接案登记表"


def test_the_station_words_are_on_pages_and_papers(desk: Desk) -> None:
    case = a_case(desk)
    settings.change_words(desk, "次", {"session": "个案服务记录", "intake": " 接案表 ", "plan": ""})
    titles = [event.title for event in cases.case_page(desk, case).events]
    assert "会谈，第2次" in titles
    whole = "".join(texts(papers.case_file(desk, case)))
    assert "第2次" in whole
    assert "第2节" not in whole
    sheets = [sheet.title for sheet in papers.case_file(desk, case).sheets]
    assert "个案服务记录" in sheets
    assert titled("intake") == "接案表"
    assert titled("plan") == "服务计划书"


def test_they_are_there_again_when_the_store_is_opened(station: OpenStation) -> None:
    from tests.actions.conftest import PASSPHRASE

    settings.change_words(station.desk, "次", {"plan": "服务方案"})
    folder, user = station.folder, station.desk.user
    station.close()
    local_words.take_up(LocalWords())
    again = open_station(folder, user, PASSPHRASE)
    assert (nth(1), titled("plan")) == ("第1次", "服务方案")
    again.close()


def test_a_title_that_is_too_long_changes_nothing(desk: Desk) -> None:
    with pytest.raises(SettingRefused, match="最多20个字"):
        settings.change_words(desk, "次", {"plan": "很" * 21})
    assert (nth(1), titled("plan")) == ("第1节", "服务计划书")


@pytest.mark.parametrize(
    "kept", [None, 3, "次", [], {"session": "回"}, {"titles": 3}, {"titles": {"person": "人", "plan": ""}}]
)
def test_a_setting_that_is_not_as_it_should_be_is_passed_over(kept: object) -> None:
    assert from_setting(kept) == LocalWords()
