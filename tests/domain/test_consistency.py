"""Each check finds what does not agree, and is silent where it may well be right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sgz_desktop.domain.consistency import CaseLine, DiaryLine, Held, Life, Looked, doubts

TODAY = "2026-06-30"
VISIT = Held(
    "visit", "v1", "2026-06-09", "09:00", "09:40", "home", "李小禾", place="h1", people=("p1",), family=2
)
OTHER = replace(VISIT, id="v2", start="09:30", end="10:10", place="h2", people=("p2",))
SESSION = Held(
    "session", "s1", "2026-06-10", "14:00", "15:00", "office", "李小禾", "k1", "h1", ("p1",), goals=2
)
CASE = CaseLine("k1", "2026-A001", "2026-05-01", None)


def found(*held: Held, today: str = TODAY, **more: object) -> list[str]:
    looked = Looked(today, held, **more)  # type: ignore[arg-type]
    return [one.check for one in doubts(looked)]


def test_records_that_agree_raise_no_doubt() -> None:
    """The control of all checks: a plain month."""
    clean = replace(OTHER, start="09:40", end="10:10")
    served = replace(SESSION, served=1)
    lives = {"p1": Life("p1", "1950-03", None), "p2": Life("p2", "1951", "2026-06-20")}
    diaries = tuple(DiaryLine(f"d{at}", f"2026-06-{at:02d}", "李小禾", "整理档案") for at in range(1, 11))
    looked = Looked(TODAY, (VISIT, clean, served), {"k1": CASE}, lives, diaries)
    assert doubts(looked) == []


def test_one_worker_in_two_places_at_once() -> None:
    told = doubts(Looked(TODAY, (VISIT, OTHER)))
    assert [(one.check, one.kind, one.id) for one in told] == [("overlap", "visit", "v2")]
    assert told[0].words == "李小禾6月9日9:00和9:30在两处，时间重叠"


@pytest.mark.parametrize(
    "change",
    [
        {"start": "09:40", "end": "10:20"},
        {"end": None},
        {"start": None},
        {"worker": "赵可安"},
        {"worker": None},
        {"day": "2026-06-10"},
        {"day": "2026-06"},
        {"place": "h1"},
        {"place": None},
        {"mode": "phone"},
        {"mode": None},
    ],
)
def test_what_may_well_be_right_is_no_overlap(change: dict[str, str | None]) -> None:
    other = replace(OTHER, **change)  # type: ignore[arg-type]
    first = replace(VISIT, day="2026-06") if change.get("day") == "2026-06" else VISIT
    assert "overlap" not in found(first, other) or change.get("day") == "2026-06"


def test_a_visit_and_the_session_of_its_case_are_one_work() -> None:
    visit = replace(VISIT, case="k1", place="h9")
    session = replace(SESSION, day=VISIT.day, start="09:00", end="09:40", served=1)
    assert found(visit, session, cases={"k1": CASE}) == []


def test_a_session_that_serves_no_goal() -> None:
    assert found(SESSION, cases={"k1": CASE}) == ["no_goal"]
    assert found(replace(SESSION, served=1), cases={"k1": CASE}) == []
    assert found(replace(SESSION, goals=0), cases={"k1": CASE}) == []  # before there is a plan


def test_a_closed_case_with_open_work() -> None:
    left = replace(CASE, closed_on="2026-06-20", left=(("task", "t1"), ("referral", "r1")))
    (one,) = doubts(Looked(TODAY, cases={"k1": left}))
    assert (one.check, one.kind, one.id) == ("left_open", "task", "t1")
    assert one.words == "个案2026-A001已结案，还有2项没有办完"
    assert doubts(Looked(TODAY, cases={"k1": replace(left, closed_on=None)})) == []
    assert doubts(Looked(TODAY, cases={"k1": replace(left, left=())})) == []


@pytest.mark.parametrize(
    ("day", "life", "case", "words"),
    [
        ("2026-07-01", None, None, "在今天以后"),
        ("2026-06-09", Life("p1", "2026-06-10", None), None, "出生"),
        ("2026-06-09", Life("p1", None, "2026-06-08"), None, "去世"),
        ("2026-06-09", None, CaseLine("k1", "1", "2026-06-10", None), "开案"),
        ("2026-06-09", None, CaseLine("k1", "1", "2026-05", "2026-06-01"), "结案"),
    ],
)
def test_impossible_days(day: str, life: Life | None, case: CaseLine | None, words: str) -> None:
    held = replace(VISIT, day=day, case="k1" if case else None)
    looked = Looked(TODAY, (held,), {"k1": case} if case else {}, {"p1": life} if life else {})
    assert [words in one.words for one in doubts(looked)] == [True]


@pytest.mark.parametrize(
    ("day", "life", "case"),
    [
        ("2026-06-30", None, None),
        ("2026-06-09", Life("p1", "2026", None), None),
        ("2026-06-09", Life("p1", None, "2026-06"), None),
        ("2026-06-09", Life("p1", None, "2026-06-09"), None),
        ("2026-06-09", None, CaseLine("k1", "1", "2026-06-09", "2026-06-09")),
        ("2026-06", None, CaseLine("k1", "1", "2026-06-10", None)),
    ],
)
def test_days_that_may_be_right(day: str, life: Life | None, case: CaseLine | None) -> None:
    held = replace(VISIT, day=day, case="k1" if case else None)
    looked = Looked(TODAY, (held,), {"k1": case} if case else {}, {"p1": life} if life else {})
    assert doubts(looked) == []


def test_more_people_than_the_household_has() -> None:
    assert found(replace(VISIT, people=("p1", "p2", "p3"))) == ["too_many"]
    assert found(replace(VISIT, people=("p1", "p2"))) == []
    assert found(replace(VISIT, people=("p1", "p2", "p3"), family=None)) == []
    assert found(replace(VISIT, people=("p1", "p2", "p3"), family=0)) == []  # nobody on file yet


@pytest.mark.parametrize(
    ("text", "clash"),
    [
        ("请假", True),
        ("今天病假。", True),
        ("全天调休", True),
        ("上午请假半天", False),
        ("下午请假，上午走访", False),
        ("16:00后事假", False),
        ("帮王大爷请假办低保", False),
        ("没有休假", False),
        ("准备请假的材料", False),
        ("代陈奶奶请假", False),
        ("整理档案", False),
        ("学生放假，入户多", False),
    ],
)
def test_a_diary_that_tells_of_leave(text: str, clash: bool) -> None:
    line = DiaryLine("d", str(VISIT.day), "李小禾", text)
    assert found(VISIT, diaries=(line,)) == (["against_diary"] if clash else [])


def test_a_day_without_a_line_where_a_diary_is_kept() -> None:
    held = [replace(VISIT, id=f"v{at}", day=f"2026-06-{at:02d}") for at in range(1, 9)]
    lines = tuple(DiaryLine(f"d{at}", f"2026-06-{at:02d}", "李小禾", "走访") for at in range(1, 8))
    assert found(*held, diaries=lines) == ["against_diary"]
    assert found(*held, diaries=lines[:4]) == []  # no diary is kept
    assert found(*held) == []
    others = tuple(replace(line, worker="赵可安") for line in lines)
    assert found(*held, diaries=others) == []
