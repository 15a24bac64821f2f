"""Every figure of the brief on a small month counted by hand, and each counting rule alone."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from sgz_desktop.domain.fact_columns import Columns
from sgz_desktop.domain.indicator_facts import (
    AT_HOME,
    NOT_SEEN,
    ApplicationFact,
    CaseFact,
    Contact,
    Facts,
    FileFact,
    Period,
    ReferralFact,
    Seen,
)
from sgz_desktop.domain.indicator_words import NAMES, RULES
from sgz_desktop.domain.indicators import COUNTING_RULE, INDICATORS, NEEDS, indicators
from sgz_desktop.domain.indicators.needs import Part
from sgz_desktop.domain.units import RATES, Amount, Events, Homes, HomeTimes, People, PersonTimes, Sessions
from tests.domain.station_june import EXPECTED as STATION_EXPECTED
from tests.domain.station_june import JUNE_AT_THE_STATION

JUNE = Period.of("2026-06")
FACTS = Facts(
    contacts=(
        Contact("v1", "visit", "2026-06-03", "home", True, None, "09:00", "09:30"),
        Contact("v2", "visit", "2026-06-10", "home", True, "c1", "10:00", "10:45"),
        Contact("v3", "visit", "2026-06-11", "home", False),
        Contact("v4", "visit", "2026-06-12", "phone", True),
        Contact("v5", "visit", "2026-05-31", "home", True),
        Contact("s1", "session", "2026-06-30", "office", None, "c1", "14:00", "15:00"),
        Contact("f1", "followup", "2026-06-20", "home", None, "c2"),
    ),
    seen=(
        Seen("a1", "v1", "p1", "met"),
        Seen("a2", "v1", "p2", "met"),
        Seen("a3", "v2", "p1", "met"),
        Seen("a4", "v2", "p1", "met"),
        Seen("a5", "v3", "p3", "met"),
        Seen("a6", "v4", "p3", "voice"),
        Seen("a7", "v1", "p4", "proxy"),
        Seen("a8", "v5", "p9", "met"),
        Seen("a9", "s1", "p1", None),
        Seen("b1", "f1", "p5", "met"),
        Seen("b2", "v1", None, "met"),
    ),
    files=(
        FileFact("p1", "person", "2025-03-01"),
        FileFact("p2", "person", "2026-06-03"),
        FileFact("p3", "person", "2026-07-01"),
        FileFact("p4", "person", "2024-01-01", "2026-06-15"),
        FileFact("p5", "person", None),
        FileFact("h1", "household", "2026-06"),
        FileFact("h2", "household", "2019"),
    ),
    edits=(("p1", "2026-06-10"), ("p1", "2026-06-11"), ("p2", "2026-06-10"), ("h2", "2026-05-10")),
    cases=(
        CaseFact("c1", "intervention", "2026-06-05", None, "high"),
        CaseFact("c2", "follow_up", "2026-01-10", "2026-06-18", "high"),
        CaseFact("c3", "suspended", "2026-02-01", None, "low"),
        CaseFact("c4", "closed", "2025-02-01", "2026-05-31", "high"),
        CaseFact("c5", "declined", "2026-06-08", None, "high"),
        CaseFact("c6", "plan", "2026-07-02", None, "high"),
        CaseFact("c7", "closed", "2026-03-01", None, "high"),
    ),
    applications=(
        ApplicationFact("x1", "tekun", "2026-06-08", "p1", "h1"),
        ApplicationFact("x2", "tekun", "2026-06-09", "p1", None),
        ApplicationFact("x3", "dibao", "2026-06-10", "p2", "h1"),
        ApplicationFact("x4", "linshi", "2026-06-11", None, "h2"),
        ApplicationFact("x5", "tekun", "2026-05-08", "p7", None),
        ApplicationFact("x6", None, "2026-06-12", "p8", None),
    ),
    referrals=(
        ReferralFact("r1", "p1", "2026-06-12", "2026-06-28"),
        ReferralFact("r2", "p2", "2026-06-15", None, "2026-06-20"),
        ReferralFact("r3", "p3", "2026-05-15", "2026-06-01"),
        ReferralFact("r4", "p1", None, "2026-06-29"),
        ReferralFact("r5", "p6", "2026-07-01", None, "2026-07-02"),
    ),
)
EXPECTED: dict[tuple[str, str, str], tuple[int | float, set[str]]] = {
    ("P01", "", "人"): (4, {"p1", "p2", "p3", "p5"}),
    ("P02", "", "人次"): (6, {"a1", "a2", "a3", "a6", "a9", "b1"}),
    ("P03", "open_person", "人"): (3, {"p1", "p2", "p5"}),
    ("P03", "new_person", "人"): (1, {"p2"}),
    ("P03", "updated_person", "人"): (1, {"p1"}),
    ("P03", "open_household", "户"): (2, {"h1", "h2"}),
    ("P03", "new_household", "户"): (1, {"h1"}),
    ("P03", "updated_household", "户"): (0, set()),
    ("V01", "people", "人次"): (3, {"a1", "a2", "a3"}),
    ("V01", "households", "户次"): (3, {"v1", "v2", "v3"}),
    ("C01", "total", "个"): (3, {"c1", "c2", "c3"}),
    ("C01", "new", "个"): (1, {"c1"}),
    ("C01", "closed", "个"): (1, {"c2"}),
    ("C01", "open", "个"): (2, {"c1", "c3"}),
    ("C02", "sessions", "节"): (2, {"v2", "s1"}),
    ("C02", "hours", "小时"): (1.8, {"v2", "s1"}),
    ("C04", "", "个"): (1, {"c1"}),
    ("J01", "", "人"): (2, {"x1", "x2", "x6"}),
    ("J01", "", "户"): (2, {"x3", "x4"}),
    ("J01", "tekun", "人"): (1, {"x1", "x2"}),
    ("J01", "dibao", "户"): (1, {"x3"}),
    ("J01", "linshi", "户"): (1, {"x4"}),
    ("J01", "unknown", "人"): (1, {"x6"}),
    ("J03", "sent", "人次"): (2, {"r1", "r2"}),
    ("J03", "placed", "人"): (2, {"r1", "r3", "r4"}),
    ("J03", "jobs", "个"): (1, {"r2"}),
}


ORDER = "P01 P02 P03 P04 V01 V02 V03 D01 C01 C02 C03 C04 G01 A01 J01 J02 J03 R01 R02 W01 S01 H01 F01 Q01 Y01"
WORKED = (CaseFact("c1", "plan", "2026-06-05", deleted=True),)  # not so in `cases`: C02 must look here
ALL = replace(FACTS, worked=WORKED, **JUNE_AT_THE_STATION)


def figures(facts: Facts, period: Period = JUNE) -> dict[tuple[str, str, str], tuple[int | float, set[str]]]:
    found = indicators(facts, period)
    named = {(one.code, one.part, one.unit): (one.value, set(one.ids)) for one in found}
    assert len(named) == len(found)
    assert all(len(one.ids) == len(set(one.ids)) and one.title for one in found)
    return named


def test_june_by_hand() -> None:
    codes = {code for code, _, _ in EXPECTED}
    assert {key: found for key, found in figures(FACTS).items() if key[0] in codes} == EXPECTED
    assert list(INDICATORS) == ORDER.split()
    assert set(RULES) == set(NAMES) == set(NEEDS) == set(INDICATORS)


def test_june_at_the_station_by_hand() -> None:
    codes = {code for code, _, _ in STATION_EXPECTED}
    assert {key: found for key, found in figures(ALL).items() if key[0] in codes} == STATION_EXPECTED


def test_units_do_not_mix() -> None:
    assert People(2) + People(3) == People(5)
    one: Amount = People(1)  # told more exactly, the sum below would not pass the type checker
    for other in (PersonTimes(1), Homes(1), HomeTimes(1), Sessions(1), Events(1)):
        with pytest.raises(TypeError):
            one + other


def test_each_figure_is_counted_from_the_facts_it_says_it_needs() -> None:
    """The control: without one of them some figure of the station's is another."""
    full = figures(ALL)
    for code, needs in NEEDS.items():
        alone = Facts(**{name: getattr(ALL, name) for name in needs})
        counted = {key: found for key, found in figures(alone).items() if key[0] == code}
        assert counted == {key: found for key, found in full.items() if key[0] == code}, code
    for name in {need for needs in NEEDS.values() for need in needs}:
        assert figures(replace(ALL, **{name: ()})) != full, name


def counts(name: str, one: Any, filled: str) -> bool:
    """Does a reader give such a row, where only rows with the field are looked at?"""
    of = one
    if name == "seen":
        of = next(contact for contact in ALL.contacts if contact.id == one.occasion)
        if one.person is None or one.mode in NOT_SEEN or of.met == 0:
            return False
    if name == "sign_ins":
        of = next(show for show in ALL.activities if show.id == one.activity)
    if filled == "at_home":
        return of.kind == "visit" and of.mode in AT_HOME
    return not filled or bool(getattr(of, filled))


def narrowed(name: str, part: Part) -> tuple[Any, ...]:
    """The rows and fields of some facts that a figure says it looks at; the others are None."""
    rows = [one for one in getattr(ALL, name) if counts(name, one, part.filled)]
    return (
        tuple(one._replace(**{f: None for f in one._fields if not part.has(f)}) for one in rows)
        if part.fields
        else tuple(rows)
    )


def test_fields_a_figure_does_not_name_tell_it_nothing() -> None:
    """The control: without a field that is named, some figure is another."""
    full = figures(ALL)
    named: dict[tuple[str, str], bool] = {}
    for code, needs in NEEDS.items():
        expected = {key: found for key, found in full.items() if key[0] == code}

        def counted(own: dict[str, Part], code: str = code) -> Any:
            rows = Facts(**{name: narrowed(name, part) for name, part in own.items()})
            found = indicators(rows, JUNE, (code,))
            return {(one.code, one.part, one.unit): (one.value, set(one.ids)) for one in found}

        assert counted(dict(needs)) == expected, code
        for name, part in needs.items():
            for field in (part.fields or frozenset()) - {"id", "occasion", "session", "activity"}:
                less = {**needs, name: replace(part, fields=(part.fields or frozenset()) - {field})}
                named[name, field] = named.get((name, field), False) or counted(less) != expected
    red = {field for field, told in named.items() if told}
    assert {("contacts", "date"), ("contacts", "kind")} <= red
    assert {("seen", "person"), ("files", "filed_on"), ("files", "closed_on"), ("files", "born")} <= red
    assert {("attended", "state"), ("attended", "category"), ("desk", "way"), ("desk", "subjects")} <= red


def test_facts_kept_as_columns_count_as_their_rows_do() -> None:
    """The control: a column left out is empty in every row."""
    full = {field.name: getattr(ALL, field.name) for field in fields(Facts)}
    kept = {name: in_columns(rows) for name, rows in full.items() if name != "edits"}
    assert {name: tuple(rows) for name, rows in kept.items()} == {name: full[name] for name in kept}
    assert figures(replace(ALL, **kept)) == figures(ALL)
    assert tuple(kept["files"] + kept["files"]) == ALL.files * 2
    assert figures(replace(ALL, contacts=in_columns(ALL.contacts, "date"))) != figures(ALL)


def in_columns(rows: Any, without: str = "") -> Columns[Any]:
    columns = dict(zip(type(rows[0])._fields, zip(*rows, strict=True), strict=True))
    return Columns(type(rows[0]), {name: values for name, values in columns.items() if name != without})


def test_nothing_gives_zero_everywhere() -> None:
    found = figures(Facts())
    assert {value for value, _ in found.values()} == {0}
    assert {code for code, _, _ in found} == set(INDICATORS)
    assert not {unit for _, _, unit in found} & RATES  # of nothing there is no share and no mean


@pytest.mark.parametrize("rows", ["contacts", "files", "applications", "referrals"])
def test_deleted_records_count_nothing(rows: str) -> None:
    gone = tuple(row._replace(deleted=True) for row in getattr(FACTS, rows))
    assert figures(replace(FACTS, **{rows: gone})) == figures(replace(FACTS, **{rows: ()}))


def test_a_deleted_case_and_its_sessions_count_nothing() -> None:
    gone = tuple(case._replace(deleted=True) for case in FACTS.cases)
    found = figures(replace(FACTS, cases=gone))
    assert {value for (code, _, _), (value, _) in found.items() if code[0] == "C"} == {0}
    assert found["V01", "households", "户次"] == EXPECTED["V01", "households", "户次"]


def test_a_deleted_presence_counts_nobody() -> None:
    gone = tuple(seen._replace(deleted=True) for seen in FACTS.seen)
    assert figures(replace(FACTS, seen=gone)) == figures(replace(FACTS, seen=()))


def test_distinct_people_are_counted_over_the_period_not_summed() -> None:
    both = Period("2026-05-01", "2026-06-30")
    may = Period.of("2026-05")
    july_seen = (*FACTS.seen, Seen("z1", "v5", "p1", "met"))
    facts = replace(FACTS, seen=july_seen)
    months = figures(facts, may)["P01", "", "人"][0] + figures(facts)["P01", "", "人"][0]
    assert figures(facts, both)["P01", "", "人"][0] == months - 1
    times = figures(facts, may)["P02", "", "人次"][0] + figures(facts)["P02", "", "人次"][0]
    assert figures(facts, both)["P02", "", "人次"][0] == times


def test_a_visit_that_serves_a_case_is_one_visit_one_session_and_each_person_once() -> None:
    visit = Contact("v", "visit", "2026-06-03", "home", True, "c", "09:00", "09:40")
    case = CaseFact("c", "plan", "2026-06-01")
    found = figures(Facts((visit,), (Seen("a", "v", "p"), Seen("b", "v", "p")), cases=(case,)))
    wanted: dict[tuple[str, str, str], Any] = {
        ("V01", "households", "户次"): 1,
        ("V01", "people", "人次"): 1,
        ("C02", "sessions", "节"): 1,
        ("C02", "hours", "小时"): 0.7,
        ("P02", "", "人次"): 1,
        ("P01", "", "人"): 1,
    }
    assert {key: found[key][0] for key in wanted} == wanted


@pytest.mark.parametrize(
    ("visit", "case", "sessions"),
    [
        ({"met": False}, {}, 0),
        ({"case": None}, {}, 0),
        ({}, {"opened_on": "2026-06-04"}, 0),
        ({}, {"opened_on": "2026-06-03"}, 1),
        ({}, {"closed_on": "2026-06-02"}, 0),
        ({}, {"closed_on": "2026-06-03"}, 1),
        ({}, {"deleted": True}, 0),
        ({}, {"id": "another"}, 1),
        ({"date": "2026-06"}, {"opened_on": "2026-06-20"}, 1),
        ({"date": "2026"}, {}, 0),
        ({"date": None}, {}, 0),
        ({"date": "garbage"}, {}, 0),
    ],
)
def test_when_a_visit_is_a_session(visit: dict[str, Any], case: dict[str, Any], sessions: int) -> None:
    one = Contact("v", "visit", "2026-06-03", "home", True, "c")._replace(**visit)
    served = CaseFact("c", "plan", "2026-05-01")._replace(**case)
    assert figures(Facts((one,), cases=(served,)))["C02", "sessions", "节"][0] == sessions


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("09:00", "10:00", 1),
        ("09:00", "09:02", 0),
        ("09:00", "09:03", 0.1),
        ("09:00", None, 0),
        ("10:00", "09:00", 0),
    ],
)
def test_hours_come_from_both_times_only(start: str, end: str | None, hours: float) -> None:
    one = Contact("s", "session", "2026-06-03", None, None, "c", start, end)
    value = figures(Facts((one,)))["C02", "hours", "小时"][0]
    assert value == hours
    assert isinstance(value, int) == (hours == int(hours))


def test_a_period_need_not_be_a_month() -> None:
    bureau = Period("2026-05-26", "2026-06-25")
    assert "2026-05-26" in bureau
    assert "2026-06-25" in bureau
    assert "2026-06-26" not in bureau
    assert "2026-06" not in bureau
    assert "2026-06" in JUNE
    assert "2026" not in JUNE
    assert None not in JUNE
    assert figures(FACTS, bureau)["V01", "households", "户次"][0] == 4


def test_the_rule_says_what_is_done() -> None:
    for words in ("去重", "未遇计户次不计人次", "一户次、一节", "已删除的记录不计"):
        assert words in COUNTING_RULE
