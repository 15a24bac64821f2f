"""The practice station's contract years: their rhythm, their size, and nothing in them that cannot be."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from sgz_desktop.actions.practice_story_teller import NO_COUNTY
from sgz_desktop.actions.town.words import told, villages
from sgz_desktop.domain import days
from sgz_desktop.domain.indicators import INDICATORS
from sgz_desktop.store.migrations.versions import m0007_station

TODAY, FIRST, LAST = "2026-06-30", "2025-09-01", "2026-08-31"
YEAR_BEFORE = ("2024-09-01", "2025-08-31")
TEXTS = {
    "activity": ("aim", "facts", "effect", "problems"),
    "group_session": ("facts", "dynamics"),
    "group": ("idea", "goals", "process", "effect", "reflection", "followup"),
    "supervision": ("topics", "discussion", "advice", "carried_out"),
    "training": ("content", "gained"),
    "inspection": ("found", "required", "measures"),
    "survey_answer": ("words",),
    "publication": ("title", "text"),
}
Records = dict[str, dict[str, dict[str, Any]]]


def of(records: Records, kind: str) -> list[dict[str, Any]]:
    return list(records[kind].values())


def held(records: Records) -> list[dict[str, Any]]:
    return [one for one in of(records, "activity") if one["date"] <= TODAY and not one.get("cancelled")]


def dated(records: Records, kind: str, first: str, last: str) -> list[dict[str, Any]]:
    return [one for one in of(records, kind) if first <= one["date"] <= last]


def came(records: Records, first: str, last: str) -> int:
    """Everybody who was at a session of a group or signed in at an activity."""
    days_of = {id: one["date"] for kind in ("activity", "group_session") for id, one in records[kind].items()}
    there = [one["session"] for one in of(records, "attendance") if one["state"] in ("present", "late")]
    there += [one["activity"] for one in of(records, "sign_in")]
    return sum(first <= days_of[occasion] <= last for occasion in there)


def test_every_kind_of_the_station_is_told_but_what_is_handed_over_at_the_end(records: Records) -> None:
    assert {kind for kind in m0007_station.KINDS if not records[kind]} == {"contract_handover"}


def test_a_whole_contract_year_is_as_much_as_a_station_does(records: Records) -> None:
    visits = dated(records, "visit", *YEAR_BEFORE)
    assert sum(one["mode"] == "home" for one in visits) >= 1500
    assert len([one for one in held(records) if YEAR_BEFORE[0] <= one["date"] <= YEAR_BEFORE[1]]) >= 60
    assert came(records, *YEAR_BEFORE) >= 2000
    assert len(dated(records, "supervision", *YEAR_BEFORE)) == 12


def test_the_year_under_way_is_as_far_as_its_months(records: Records) -> None:
    assert 55 <= len(dated(records, "activity", FIRST, LAST)) <= 65
    assert 1850 <= came(records, FIRST, TODAY) <= 2150
    assert 1200 <= len(dated(records, "visit", FIRST, LAST)) <= 1500  # ten months of fifteen hundred
    assert {one["village"] for one in of(records, "service_point")} == {one.name for one in villages()}


def test_each_year_began_with_a_survey(records: Records) -> None:
    begun = {one["first_on"][:7]: id for id, one in records["survey"].items()}
    assert set(begun) == {"2024-09", "2025-09"}
    for month, sheets, questions in (("2024-09", 30, 3), ("2025-09", 100, 20)):
        for kind, count in (("survey_sheet", sheets), ("survey_question", questions)):
            assert sum(one["survey"] == begun[month] for one in of(records, kind)) == count


def test_as_many_volunteers_and_hours_as_a_station_has(records: Records) -> None:
    assert len(records["volunteer"]) > 40
    assert len(records["volunteer_team"]) == 3
    for span, least, most in ((YEAR_BEFORE, 700, 1200), ((FIRST, TODAY), 1000, 1500)):
        served = dated(records, "volunteer_service", *span)
        assert least <= sum(one["served"] for one in served) / 60 <= most


def test_most_visits_and_calls_name_the_service_they_are(records: Records) -> None:
    named = {id: one["title"] for id, one in records["service_item"].items()}
    for kind, title, least in (("visit", "入户探访", 0.8), ("contact", "来访来电咨询", 0.6)):
        found = dated(records, kind, YEAR_BEFORE[0], TODAY)
        assert sum(named.get(one.get("service_item")) == title for one in found) > least * len(found)


@pytest.mark.parametrize(
    ("word", "month"),
    [
        ("慈善日", "2024-09"),
        ("调研", "2024-09"),
        ("重阳", "2024-10"),
        ("志愿者日", "2024-12"),
        ("暖冬包", "2025-01"),
        ("节后看一眼", "2025-02"),
        ("中期评估", "2025-02"),
        ("社工宣传周", "2025-03"),
        ("六一", "2025-06"),
        ("暑托班开班", "2025-07"),
        ("暑托班结业", "2025-08"),
        ("末期", "2025-08"),
        ("一日善", "2025-09"),
        ("调研", "2025-09"),
        ("重阳", "2025-10"),
        ("志愿者日", "2025-12"),
        ("暖冬包", "2026-01"),
        ("雨雪", "2026-02"),
        ("社工宣传周", "2026-03"),
        ("六一", "2026-06"),
        ("暑托班结业", "2026-07"),
        ("末期", "2026-08"),
    ],
)
def test_the_rhythm_of_the_contract_year(records: Records, word: str, month: str) -> None:
    assert [one for one in of(records, "activity") if word in one["name"] and one["date"][:7] == month]


def test_every_month_has_its_activities_supervision_and_money(records: Records) -> None:
    months = {one["date"][:7] for one in of(records, "visit") if one["date"] >= YEAR_BEFORE[0]}
    assert len(months) == 22
    for kind in ("supervision", "spending"):
        assert {one["date"][:7] for one in of(records, kind)} == months, kind
    served = {one["date"][:7] for one in of(records, "volunteer_service")}
    assert served == months - {"2024-09"}  # the first were registered in October
    by_month = Counter(one["date"][:7] for one in held(records))
    assert set(by_month) == months
    assert min(by_month.values()) >= 3


def test_what_has_not_come_yet_is_only_planned(records: Records) -> None:
    later = [one for one in of(records, "activity") if one["date"] > TODAY]
    assert len(later) == 8
    noted = {"facts", "effect", "head_count", "cost", "rated_by", "told_policy", "photo_consent"}
    assert not [one for one in later if noted & set(one)]
    ahead = {id for id, one in records["group_session"].items() if one["date"] > TODAY}
    assert ahead
    assert not [one for one in of(records, "attendance") if one["session"] in ahead]
    assert not [id for id in ahead if "facts" in records["group_session"][id]]


# Groups.


def test_groups_stand_in_all_five_phases_and_were_evaluated_when_over(records: Records) -> None:
    groups = of(records, "group")
    assert {one["phase"] for one in groups} == {"preparing", "turning", "mature", "ending"}
    phases = {one["phase"] for one in of(records, "group_session")}
    assert phases == {"forming", "turning", "mature", "ending"}
    for one in groups:
        assert ("evaluated_on" in one) == (one["last_on"] <= "2026-06-29"), one["name"]


def test_attendance_is_of_members_who_were_there(records: Records) -> None:
    seen = Counter((one["session"], one["member"]) for one in of(records, "attendance"))
    assert set(seen.values()) == {1}
    for one in of(records, "attendance"):
        session, member = records["group_session"][one["session"]], records["group_member"][one["member"]]
        assert session["group"] == member["group"]
        assert member["joined_on"] <= session["date"] < member.get("left_on", "9999")
        group = records["group"][session["group"]]
        assert group["first_on"] <= session["date"] <= group["last_on"]


def test_members_score_better_after(records: Records) -> None:
    for id, group in records["group"].items():
        pairs = [
            (one["score_before"], one["score_after"])
            for one in of(records, "group_member")
            if one["group"] == id and "score_after" in one
        ]
        assert all(0 < value <= group["scale_most"] for pair in pairs for value in pair)
        assert bool(pairs) == ("evaluated_on" in group)


# People and hours.


def test_people_who_come_are_alive_on_file_and_come_once(records: Records) -> None:
    reached = [
        (one["activity"], one["person"], records["activity"][one["activity"]]["date"])
        for one in _known(records)
    ]
    assert len({pair[:2] for pair in reached}) == len(reached)
    reached += [(one["resource"], one["person"], one["date"]) for one in of(records, "handout")]
    for _, person, day in reached:
        found = records["person"][person]
        assert day < found.get("died_on", "9999")
        assert day < found.get("moved_on", "9999")
    assert len(_known(records)) > 0.5 * len(records["sign_in"])


def _known(records: Records) -> list[dict[str, Any]]:
    return [one for one in of(records, "sign_in") if "person" in one]


def test_heads_are_never_fewer_than_names(records: Records) -> None:
    names = Counter(one["activity"] for one in of(records, "sign_in"))
    for id, one in records["activity"].items():
        assert names[id] <= one.get("head_count", 0), one["name"]


def test_hours_are_served_once_by_somebody_registered(records: Records) -> None:
    spent: dict[tuple[str, str], int] = defaultdict(int)
    times: Counter[tuple[str, str]] = Counter()
    for one in of(records, "volunteer_service"):
        who = records["volunteer"][one["volunteer"]]
        assert who["registered_on"] <= one["date"] < who.get("left_on", "9999")
        spent[one["volunteer"], one["date"]] += one["served"]
        times[one["volunteer"], one.get("activity", one["date"] + one["what"])] += 1
    assert max(spent.values()) <= 10 * 60
    assert set(times.values()) == {1}
    everybody = (*of(records, "volunteer"), *of(records, "person"))
    numbers = [one["id_number"] for one in everybody if "id_number" in one]
    assert len(set(numbers)) == len(numbers)
    assert all(one.startswith(NO_COUNTY) for one in numbers)


def test_no_more_is_handed_out_than_came_in(records: Records) -> None:
    for id, one in records["resource"].items():
        given = [out for out in of(records, "handout") if out["resource"] == id]
        assert sum(out.get("quantity", 0) for out in given) <= one.get("quantity", 0) or "quantity" not in one
        assert sum(out["worth"] for out in given) <= one["worth"], one["what"]
        assert all(out["date"] >= one["received_on"] for out in given)


# The contract.


def test_each_of_the_years_is_within_its_budget(records: Records) -> None:
    first, second = sorted(records["contract"].items(), key=lambda one: one[1]["first_on"])
    assert (second[1]["first_on"], second[1]["last_on"], second[1]["year_number"]) == (FIRST, LAST, 2)
    assert (first[1]["first_on"], first[1]["last_on"]) == YEAR_BEFORE
    assert first[1]["grade"]
    for (id, contract), least in ((first, 0.6), (second, 0.3)):
        own = [one for one in of(records, "contract_budget") if one["contract"] == id]
        ceilings = {one["category"]: one["ceiling"] for one in own}
        spent: Counter[str] = Counter()
        for one in of(records, "spending"):
            if one["contract"] == id:
                assert contract["first_on"] <= one["date"] <= min(TODAY, contract["last_on"])
                spent[one["category"]] += one["amount"]
        assert sum(ceilings.values()) == contract["amount"]
        assert set(spent) == set(ceilings)
        assert all(least * ceilings[name] < spent[name] <= ceilings[name] for name in spent)


def test_targets_are_of_figures_there_are(records: Records) -> None:
    for first_on, count in ((YEAR_BEFORE[0], 7), (FIRST, 8)):
        (year,) = (id for id, one in records["contract"].items() if one["first_on"] == first_on)
        own = [one for one in of(records, "contract_target") if one["contract"] == year]
        targets = {one["indicator"]: one["goal"] for one in own}
        assert {key.partition(".")[0] for key in targets} <= set(INDICATORS)
        assert (targets["V01.households"], len(targets)) == (1500, count)


def test_inspections_were_put_right_but_the_last(records: Records) -> None:
    ordered = sorted(of(records, "inspection"), key=lambda one: one["date"])
    assert ["rectified_on" in one for one in ordered] == [True, True, False]
    assert ordered[-1]["due_on"] > TODAY


# How it reads.


def _texts(records: Records) -> Iterator[str]:
    for kind, names in TEXTS.items():
        yield from (one[name] for one in of(records, kind) for name in names if name in one)


def test_no_text_stands_twice(records: Records) -> None:
    texts = Counter(_texts(records))
    assert len(texts) > 400
    assert [text for text, count in texts.items() if count > 1] == []


def test_workers_are_hardly_ever_in_two_places(records: Records) -> None:
    busy: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for kind in ("visit", "session", "group_session", "activity"):
        for one in of(records, kind):
            if "start_time" in one and not one.get("cancelled"):
                busy[one["worker"], one["date"]].append((one["start_time"], one["end_time"]))
    clashes = [
        key
        for key, times in busy.items()
        for (_, end), (start, _) in itertools.pairwise(sorted(times))
        if start < end
    ]
    planted = days.days_between(told("town")["flaws"]["clash"], min(day for _, day in clashes))
    assert len(clashes) == 1, clashes
    assert 0 <= planted < 14
