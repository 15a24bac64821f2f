"""The town around the practice station's stories: as large and as uneven as a station's three years are."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from sgz_desktop.actions import find
from sgz_desktop.actions.practice_story_people import houses
from sgz_desktop.actions.practice_story_teller import NO_COUNTY, StoryClock, StoryIds, Teller
from sgz_desktop.actions.practice_story_village import Filed
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.actions.town import notes, telling
from sgz_desktop.actions.town.chance import Chance
from sgz_desktop.actions.town.notes import PIECE
from sgz_desktop.actions.town.seasons import works
from sgz_desktop.actions.town.words import told, villages
from sgz_desktop.domain import days, lifecycle
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import CodeKind, CodesKind, RefKind, split_codes
from sgz_desktop.domain.lifecycle import Turn
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import problems, questions
from sgz_desktop.store import queries
from sgz_desktop.vault.stretch import Argon2Params

TODAY = "2026-06-30"
PASSPHRASE = "tavo-mesi-luda-4821"
CHEAP = Argon2Params(32, 1, 1)
NOTES = ("facts", "changes", "needs_told", "handling")
COPIED = "公示贴在祠堂，兄去看了三回。"  # the one text that stands twice, a flaw made on purpose
SPRING_WEEKS = (("2024-02-10", "2024-02-17"), ("2025-01-28", "2025-02-04"), ("2026-02-15", "2026-02-23"))
Records = dict[str, dict[str, dict[str, Any]]]


def living(records: Records) -> list[dict[str, Any]]:
    return [one for one in records["person"].values() if not {"died_on", "moved_on"} & set(one)]


def tags(one: dict[str, Any]) -> set[str]:
    return set(split_codes(one.get("categories")))


def visits(records: Records) -> list[dict[str, Any]]:
    return list(records["visit"].values())


# Who lives there.


def test_as_many_people_and_households_as_a_station_has(records: Records) -> None:
    homes = [one for one in records["household"].values() if "closed_on" not in one]
    assert 1110 <= len(living(records)) <= 1190
    assert 750 <= len(homes) <= 810
    assert {one["village"] for one in homes} == {place.name for place in villages()}
    assert sum(place.town for place in villages()) == 2
    assert len(villages()) == 11


def test_three_workers_and_one_who_left(town: OpenStation) -> None:
    rows = town.desk.read(lambda session: queries.table(session, "SELECT name FROM r_worker"))
    assert {name for (name,) in rows} == {*told("town")["workers"], told("town")["gone"]}
    assert [slot.user for slot in town.slots.workers] == told("town")["workers"]


@pytest.mark.parametrize(
    ("category", "least", "most"),
    [
        ("dibao", 415, 445),
        ("tekun", 90, 102),
        ("severely_disabled", 170, 190),
        ("left_child", 80, 92),
        ("disabled", 30, 60),
        ("child_in_need", 15, 30),
        ("dibao_margin", 40, 65),
    ],
)
def test_categories(records: Records, category: str, least: int, most: int) -> None:
    assert least <= sum(category in tags(one) for one in living(records)) <= most


def test_categories_overlap(records: Records) -> None:
    def both(*codes: str) -> int:
        return sum({*codes} <= tags(one) for one in living(records))

    assert 180 <= both("living_alone", "advanced_age") <= 200
    assert both("dibao", "severely_disabled") > 40
    assert both("tekun", "living_alone") > 50
    assert both("dibao", "left_child") > 5


def test_ages_bulge_where_they_do(records: Records) -> None:
    ages = [age for one in living(records) if (age := days.age(one.get("born", ""), TODAY)) is not None]
    old, young = sum(65 <= age <= 88 for age in ages), sum(6 <= age <= 15 for age in ages)
    assert old > 0.45 * len(ages)
    assert young > 3 * sum(16 <= age <= 25 for age in ages)
    assert young > 3 * sum(age <= 5 for age in ages)


def test_a_few_surnames_fill_each_village(records: Records) -> None:
    home = {
        one["household"]: records["person"][one["person"]]["name"] for one in records["membership"].values()
    }
    by_village: dict[str, Counter[str]] = defaultdict(Counter)
    for id, name in home.items():
        by_village[records["household"][id]["village"]][name[0]] += 1
    for place in villages():
        common = sum(count for _, count in by_village[place.name].most_common(4))
        assert place.town or common > 0.5 * by_village[place.name].total()


def test_parents_are_older_than_their_children(records: Records) -> None:
    born = {id: one["born"] for id, one in records["person"].items() if "born" in one}
    gaps = []
    for one in records["kinship"].values():
        other = one.get("who_born") or born.get(one.get("who", ""))
        if other and one["person"] in born and one["relation"] in ("20", "30", "51", "52"):
            gap = int(other[:4]) - int(born[one["person"]][:4])
            gaps.append(gap if one["relation"] in ("20", "30") else -gap)
    assert len(gaps) > 300
    assert 17 <= min(gaps) <= max(gaps) <= 48


def test_families_have_relatives_benefits_and_fates(records: Records) -> None:
    away = [one for one in records["kinship"].values() if "guardian" in one and "who_name" in one]
    assert len(away) > 100
    assert {one["duty"] for one in records["obligor"].values()} >= {"child", "spouse"}
    tekun = [
        one for one in records["benefit"].values() if one.get("programme") == "tekun" and "category" in one
    ]
    assert all({"amount", "from_day", "number"} <= set(one) for one in tekun)
    assert 40 <= sum("to_day" in one for one in records["benefit"].values()) <= 120
    assert 30 <= sum("died_on" in one for one in records["person"].values()) <= 60
    assert 10 <= sum("away_from" in one for one in records["household"].values()) <= 20
    valid = [one["disability_valid_to"] for one in records["person"].values() if "disability_valid_to" in one]
    assert min(valid) < TODAY < max(valid)


# What three workers did in three years.


def test_about_fifteen_hundred_visits_a_year(records: Records) -> None:
    for first in ("2023-07", "2024-07", "2025-07"):
        year = [one for one in visits(records) if first <= one["date"][:7] < f"{int(first[:4]) + 1}-07"]
        assert 1350 <= len(year) <= 1800
    assert {one["worker"] for one in visits(records)} == {*told("town")["workers"], told("town")["gone"]}


def test_the_rhythm_of_the_year(records: Records) -> None:
    dates = Counter(one["date"] for one in visits(records))
    at_work = [one["date"] for kind in ("visit", "session", "contact") for one in records[kind].values()]
    for first, last in SPRING_WEEKS:
        assert not [day for day in at_work if first <= day <= last]
    open_days = [day for day in _span("2023-07-03", "2026-06-29") if works(day)]
    mean = sum(dates.values()) / len(open_days)
    for feast in (*told("town")["chunjie"], *told("town")["chongyang"]):
        before = [day for n in range(1, 15) if works(day := days.add_days(feast, -n))]
        assert sum(dates[day] for day in before) > 1.3 * mean * len(before), feast
    assert sum(dates[day] for day in dates if not works(day)) == 0


def _span(first: str, last: str) -> Iterator[str]:
    while first <= last:
        yield first
        first = days.add_days(first, 1)


def test_one_call_in_twelve_meets_nobody(records: Records) -> None:
    missed = [one for one in visits(records) if one.get("met") is False]
    assert 0.07 <= len(missed) / len(visits(records)) <= 0.09
    assert all("not_met_reason" in one for one in missed)
    met = {one["occasion"] for one in records["presence"].values()}
    assert not met & {id for id, one in records["visit"].items() if one.get("met") is False}


def test_nobody_is_called_on_after_death_or_before_filing(records: Records) -> None:
    for one in records["presence"].values():
        seen = records["visit"].get(one["occasion"]) or records["session"].get(one["occasion"])
        person = records["person"].get(one["person"], {})
        if seen and person:
            assert seen["date"] < person.get("died_on", "9999")
            assert seen["date"] < person.get("moved_on", "9999")
    for one in visits(records):
        home = records["household"][one["household"]]
        assert home["filed_on"] <= one["date"] <= home.get("closed_on", "9999")
        assert not home.get("away_from", "9999") <= one["date"] <= home.get("away_until", "9999")


def test_nobody_is_in_two_places_but_once(records: Records) -> None:
    busy: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for kind in ("visit", "session"):
        for one in records[kind].values():
            if "start_time" in one:
                busy[one["worker"], one["date"]].append((one["start_time"], one["end_time"]))
    clashes = [
        key
        for key, times in busy.items()
        for (_, end), (start, _) in itertools.pairwise(sorted(times))
        if start < end
    ]
    ((_, day),) = clashes
    assert 0 <= days.days_between(told("town")["flaws"]["clash"], day) < 14
    for times in busy.values():
        assert all("08:00" <= start <= end <= "21:30" for start, end in times)


def test_notes_are_no_templates(records: Records) -> None:
    texts = [one[name] for one in visits(records) for name in NOTES if name in one]
    assert len(texts) > 2000
    assert [text for text, count in Counter(texts).items() if count > 1] == [COPIED]
    pieces: Counter[str] = Counter()
    for text in texts:
        pieces.update({text[at : at + PIECE] for at in range(len(text) - PIECE + 1)})
    assert pieces.most_common(1)[0][1] <= 0.01 * len(texts)
    assert not [text for text in texts if re.search(r"[<>{}|]", text)]
    bare = sum(not set(NOTES) & set(one) for one in visits(records))
    assert 0.35 <= bare / len(visits(records)) <= 0.65


def test_calls_diaries_ratings_and_things_to_do(records: Records) -> None:
    assert 220 <= len(records["contact"]) <= 340
    for kind, name in (("contact", "matter"), ("diary", "errands"), ("task", "what")):
        texts = [one[name] for one in records[kind].values() if name in one]
        assert len(texts) == len(set(texts)), kind
    assert len(records["diary"]) > 150
    assert {one["instrument"] for one in records["rating"].values()} == {"child_risk", "self_care6"}
    assert len(records["rating"]) > 200
    waiting = [one for one in records["task"].values() if "done_on" not in one]
    assert [one for one in waiting if one["due_on"] < TODAY]
    assert [one for one in waiting if one["due_on"] > TODAY]
    assert len(records["task"]) - len(waiting) > 60
    assert 30 <= len(records["application"]) <= 80


# Thirty cases.


def test_thirty_cases_at_every_stage(records: Records) -> None:
    stages = Counter(one["stage"] for one in records["case"].values())
    assert len(records["case"]) == 30
    assert 6 <= sum(count for stage, count in stages.items() if lifecycle.is_open(stage)) <= 8
    assert set(stages) >= {"intake", "assessment", "plan", "intervention", "evaluation", "closed"}
    assert set(stages) >= {"declined", "suspended", "reopened"}
    reasons = Counter(one["reason"] for one in records["closure"].values())
    assert reasons["lost"] == reasons["dead"] == reasons["referred"] == 1
    (again,) = [one for one in records["case"].values() if "reopens" in one]
    assert records["case"][again["reopens"]]["stage"] == "reopened"
    (paper,) = [one for one in records["case"].values() if one.get("on_paper")]
    assert {"paper_number", "paper_result", "closed_on"} <= set(paper)


def test_the_cases_moved_as_cases_may(records: Records) -> None:
    for id, case in records["case"].items():
        moves = [{**one, "id": key} for key, one in records["case_move"].items() if one["case"] == id]
        facts = [
            lifecycle.MoveFact(one["id"], one.get("from_stage"), one["to_stage"], one["moved_on"])
            for one in moves
        ]
        assert not lifecycle.broken_way(facts), case["topic"]
        assert lifecycle.stage_of(case["stage"], facts) == case["stage"]
        for one in moves:
            turn = lifecycle.turn(one["from_stage"], one["to_stage"]) if "from_stage" in one else Turn.NEXT
            assert turn is not None, (case["topic"], one["to_stage"])
            assert turn is Turn.NEXT or one.get("reason"), (case["topic"], one["to_stage"])


def test_the_case_kept_from_the_guardian_was_reported_at_once(records: Records) -> None:
    ((id, _),) = [item for item in records["case"].items() if item[1].get("guardian_hidden")]
    ((report, found),) = records["mandatory_report"].items()
    assert found["case"] == id
    assert found["guardian_suspect"] is True
    calls = [one for one in records["report_call"].values() if one["report"] == report]
    assert all(found["found_time"] < one["called_time"] for one in calls)
    assert not [one for one in records["visit"].values() if one.get("case") == id]


def test_two_cases_changed_hands(records: Records) -> None:
    assert len(records["handover"]) == 2
    for one in records["handover"].values():
        assert one["from_worker"] == told("town")["gone"]
        assert records["case"][one["case"]]["worker"] == one["to_worker"]


# What is wrong with it, on purpose, and nothing else.


def test_flaws_of_cases(records: Records) -> None:
    signed = {one["case"]: one["signed_on"] for one in records["consent"].values() if "signed_on" in one}
    served = [one for kind in ("visit", "session") for one in records[kind].values() if "case" in one]
    assert [one for one in served if one["date"] < signed.get(one["case"], "")]
    assert [one for one in records["goal"].values() if "due_on" not in one]
    followed = {one["case"] for one in records["followup"].values()}
    assert [
        one for one in records["closure"].values() if one["case"] not in followed and "followup_due_on" in one
    ]
    assert [one for one in records["plan"].values() if "supervisor_confirmed_on" not in one]
    assert len([one for one in served if "supervisor_remark" in one]) > 8


def test_flaws_of_people(town: OpenStation, records: Records) -> None:
    names = Counter(one["name"] for one in records["person"].values())
    thrice = told("town")["flaws"]["thrice"]
    assert [name for name, count in names.items() if count > 2] == [thrice]
    assert [one["name"] for one in living(records)].count(thrice) == 3
    assert [hit.name for hit in find.find_people(town.desk, "石𤩽")] == ["石𤩽"]
    refused = [one for one in records["person"].values() if one.get("photo_consent") == "refused"]
    assert 5 <= len(refused) <= 20


def test_only_some_slips_were_entered_weeks_later(town: OpenStation) -> None:
    first = """SELECT v.date, min(e.at_ms) FROM r_visit v JOIN change c ON c.rid = v.rid
        JOIN edit e ON e.eid = c.eid GROUP BY v.rid"""
    rows = town.desk.read(lambda session: queries.table(session, first))
    entered = [(day, datetime.fromtimestamp(ms / 1000).strftime("%Y-%m-%d")) for day, ms in rows]
    waits = [days.days_between(day, on) for day, on in entered]
    assert min(waits) == 0
    assert 15 <= sum(wait > 12 for wait in waits) <= 30
    assert sum(wait <= 5 for wait in waits) > 0.98 * len(waits)


def test_every_code_is_known_and_only_the_planted_slips_are_doubtful(records: Records) -> None:
    doubtful, unknown = [], []
    for kind, found in records.items():
        asked = {name: question.kind for name, question in questions(BY_KIND[kind]).items()}
        for values in found.values():
            for name, value in values.items():
                if isinstance(asked[name], CodeKind | CodesKind):
                    codes = split_codes(value) if isinstance(asked[name], CodesKind) else [value]
                    known = code_list(cast(Any, asked[name]).codes)
                    unknown += [(name, code) for code in codes if code not in known]
            if kind not in ("presence", "membership", "benefit", "kinship"):
                made: Any = BY_KIND[kind](**values)
                doubtful += [(kind, one.field) for one in problems(made, TODAY)]
    assert unknown == []
    slips = 1 + told("town")["flaws"]["broken_ids"]
    assert doubtful == [("person", "id_number")] * slips


def test_every_reference_leads_somewhere(records: Records) -> None:
    known = {id for found in records.values() for id in found}
    for kind, found in records.items():
        refs = [name for name, one in questions(BY_KIND[kind]).items() if isinstance(one.kind, RefKind)]
        for values in found.values():
            assert {values[name] for name in refs if name in values} <= known, kind


def test_nothing_in_it_can_be_a_real_person(records: Records) -> None:
    numbers = [one["id_number"] for one in records["person"].values() if "id_number" in one]
    assert len(numbers) > 900
    assert len(set(numbers)) == len(numbers)
    assert all(number.startswith(NO_COUNTY) for number in numbers)
    text = json.dumps(records, ensure_ascii=False)
    telephones = set(re.findall(r"(?<!\d)1\d{10}(?!\d)", text))
    assert len(telephones) > 500
    assert telephones == set(re.findall(r"1380000\d{4}", text))
    for real in ("老陈", "小陈", "南靖", "船场", "九如城", "漳州", "福建"):
        assert real not in text


# How notes are made.


def test_a_writer_of_notes_falls_silent_rather_than_repeat(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = {"short": {"plain": "[冬] {门|窗}开着\n<孩>在写字"}, "words": {}}
    monkeypatch.setattr(notes, "told", lambda name: lines)
    winter = notes.About(frozenset({"冬"}), {"孩": ()})
    writer = notes.Notes(Chance("甲"))
    said = [writer.one("short", winter).rstrip("。") for _ in range(9)]
    assert {*said} == {"门开着", "窗开着", ""}
    assert len([text for text in said if text]) <= 4  # with and without a full stop
    assert notes.Notes(Chance("甲")).one("short", notes.About(frozenset(), {"孩": ()})) == ""
    assert "小满" in notes.Notes(Chance("甲")).one("short", notes.About(frozenset(), {"孩": ("小满",)}))


def test_no_long_piece_stands_in_many_notes(monkeypatch: pytest.MonkeyPatch) -> None:
    many = "|".join(f"第{n}次" for n in range(99))
    lines = {"short": {"plain": f"{{{many}}}说锅里的饭够吃到晚上不用惦记"}, "words": {}}
    monkeypatch.setattr(notes, "told", lambda name: lines)
    writer = notes.Notes(Chance("乙"))
    said = [text for _ in range(99) if (text := writer.one("short", notes.About(frozenset(), {})))]
    assert len(said) == notes.MOST
    monkeypatch.setattr(notes, "MOST", 10**6)
    control = notes.Notes(Chance("乙"))
    assert len([1 for _ in range(99) if control.one("short", notes.About(frozenset(), {}))]) > 2 * notes.PIECE


def test_chance_falls_alike() -> None:
    def row(seed: str) -> list[object]:
        chance = Chance(seed)
        made: list[object] = [chance.number(1, 6) for _ in range(5)]
        return [
            *made,
            chance.pick("甲乙丙"),
            chance.shuffled("甲乙丙丁"),
            chance.weighted([("甲", 1), ("乙", 3)]),
        ]

    assert row("一") == row("一")
    assert row("一") != row("二")
    assert {Chance("一").number(2, 3) for _ in range(3)} <= {2, 3}


# The same in every run.


def digest_of_plan() -> str:
    """All that would be entered, as a number; what `python -c` prints below."""
    clock = StoryClock("2023-07-03")
    desk = SimpleNamespace(user="甲", ids=StoryIds(clock))
    filed = [
        Filed(house, f"h{n}", tuple(f"p{n}-{m}" for m in range(9))[: len(house.members)])
        for n, house in enumerate(houses())
    ]
    book = telling.plan(Teller(cast(Any, [desk]), clock), filed)
    told = [
        (key, [(one.kind, one.id, one.typed, one.new) for one in filled])
        for key, filled in book.entries.items()
    ]
    return hashlib.sha256(repr(sorted(told, key=lambda one: one[0])).encode()).hexdigest()


def test_the_same_is_planned_whatever_the_hash_seed_time_zone_and_locale() -> None:
    code = "from tests.actions.test_practice_town import digest_of_plan; print(digest_of_plan())"
    odd = {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONUTF8": "1"}
    root = Path(__file__).parents[2]
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        env={**os.environ, **odd},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == digest_of_plan()


def test_its_clock_stands_before_today(town: OpenStation) -> None:
    last = town.desk.read(lambda session: queries.table(session, "SELECT max(at_ms) FROM edit"))[0][0]
    assert datetime.fromtimestamp(last / 1000, UTC).strftime("%Y-%m-%d") <= TODAY
    assert town.desk.today() == TODAY
