"""What an evaluator would ask about: each rule where it speaks and is silent; filling helps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgz_desktop.domain.lifecycle import MAIN_WAY, MoveFact
from sgz_desktop.domain.quality import RULES, Limits, Mark, Review, Served, Told, comparable, marks
from sgz_desktop.domain.records import kind_of
from sgz_desktop.domain.records.base import questions, row_fields
from sgz_desktop.domain.typed_text import MAX_TEXT

TODAY = "2026-06-30"
LONG = "见到本人和父亲，一起看了每日翻身的记录，商量了轮椅进出门槛要怎样改，本人愿意下周再试一次坐起来。"
WHOLE: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "intake": [{"id": "i", "intake_on": "2026-03-01", "supervisor_remark": "可以接案。"}],
    "consent": [{"id": "c", "told_on": "2026-03-01", "ok_service": "agreed", "signed_on": "2026-03-01"}],
    "assessment": [{"id": "a", "assessed_on": "2026-03-05"}],
    "need": [{"id": "n", "assessment": "a"}],
    "plan": [
        {
            "id": "p",
            "made_on": "2026-03-08",
            "client_confirmed_on": "2026-03-08",
            "supervisor_remark": "可行。",
        }
    ],
    "goal": [
        {
            "id": "g",
            "plan": "p",
            "place": 1,
            "description": "无新压疮",
            "measure": "每周查看",
            "due_on": "2026-05-31",
            "need": "n",
        }
    ],
    "session": [
        {"id": "s1", "date": "2026-03-10", "facts": LONG},
        {"id": "s2", "date": "2026-03-20", "facts": "第二次见面，" + LONG[::-1]},
        {"id": "s3", "date": "2026-04-01", "facts": "短的一句。"},
    ],
    "goal_progress": [{"id": "gp", "occasion": "s1", "goal": "g", "percent": 40}],
    "evaluation": [{"id": "e", "evaluated_on": "2026-05-01", "before": "卧床", "after": "可坐起"}],
    "goal_result": [{"id": "gr", "evaluation": "e", "goal": "g", "result": "full"}],
    "closure": [
        {
            "id": "k",
            "closed_on": "2026-05-02",
            "reason": "goal",
            "followup_due_on": "2026-06-02",
            "client_signed_on": "2026-05-02",
            "supervisor_remark": "同意结案。",
        }
    ],
    "followup": [{"id": "f", "date": "2026-06-02"}],
}
SERVED = tuple(Served("session", str(one["id"]), str(one["date"])) for one in WHOLE["session"])
CASE = {"id": "case", "opened_on": "2026-03-01", "closed_on": "2026-05-02"}
GOOD = Review(CASE, "closed", "closed", WHOLE, SERVED, {one.id: one.day for one in SERVED})


def found(review: Review, limits: Limits | None = None) -> list[tuple[str, str, str, str]]:
    return [(one.rule, one.kind, one.id, one.field) for one in marks(review, limits or Limits(), TODAY)]


def without(kind: str, *names: str) -> Review:
    """The good case with some fields of a kind taken out; with none named, without the records."""
    bare = [{n: v for n, v in one.items() if n not in names} for one in WHOLE[kind]] if names else []
    served = GOOD.served if kind != "session" or names else ()
    return replace(GOOD, records={**WHOLE, kind: bare}, served=served)


def with_(kind: str, **values: Any) -> Review:
    return replace(GOOD, records={**WHOLE, kind: [{**WHOLE[kind][0], **values}, *WHOLE[kind][1:]]})


def test_a_case_kept_well_has_no_mark() -> None:
    assert found(GOOD) == []


@pytest.mark.parametrize(
    ("review", "mark"),
    [
        (without("consent"), ("consent", "consent", "", "ok_service")),
        (with_("consent", signed_on="2026-03-11", told_on=None), ("consent", "consent", "c", "told_on")),
        (with_("goal", measure=None), ("goal", "plan", "p", "goals")),
        (with_("goal", due_on=None), ("goal", "plan", "p", "goals")),
        (with_("goal", need=None), ("need", "plan", "p", "goals")),
        (without("goal_progress"), ("progress", "session", "s3", "progress")),
        (without("goal_result"), ("result", "evaluation", "e", "results")),
        (with_("evaluation", after=None), ("compare", "evaluation", "e", "before")),
        (without("intake", "supervisor_remark"), ("supervisor", "intake", "i", "supervisor_remark")),
        (without("plan", "supervisor_remark"), ("supervisor", "plan", "p", "supervisor_remark")),
        (without("closure", "supervisor_remark"), ("supervisor", "closure", "k", "supervisor_remark")),
        (replace(GOOD, served=SERVED[:2]), ("sessions", "session", "", "")),
        (
            replace(GOOD, entered={**GOOD.entered, "s2": "2026-03-28"}),
            ("entry", "session", "s2", "date"),
        ),
        (without("followup"), ("followup", "followup", "", "")),
        (without("plan", "client_confirmed_on"), ("signature", "plan", "p", "client_confirmed_on")),
        (without("closure", "client_signed_on"), ("signature", "closure", "k", "client_signed_on")),
        (without("consent", "signed_on"), ("signature", "consent", "c", "signed_on")),
        (with_("followup", date="2026-05-01"), ("days", "followup", "f", "date")),
        (with_("closure", closed_on="2026-05-03"), ("days", "closure", "k", "closed_on")),
        (with_("assessment", assessed_on="2026-02-27"), ("days", "assessment", "a", "assessed_on")),
        (with_("plan", made_on="2026-05-09"), ("days", "plan", "p", "made_on")),
    ],
)
def test_each_rule_alone_speaks_and_names_the_record(review: Review, mark: tuple[str, str, str, str]) -> None:
    assert mark in found(review)
    assert {one[0] for one in found(review)} <= {mark[0], "signature", "consent"}


def test_days_that_contradict_the_case_are_told() -> None:
    early, late = replace(SERVED[0], day="2026-02-28"), replace(SERVED[2], day="2026-05-03")
    odd = replace(GOOD, served=(early, SERVED[1], late))
    told = [one.sentence for one in marks(odd, Limits(), TODAY) if one.rule == "days"]
    assert told == ["第1节的日期早于开案日期，请核对。", "第3节的日期晚于结案日期，请核对。"]
    vague = replace(GOOD, served=(replace(SERVED[0], day="2026-03"), SERVED[1], replace(SERVED[2], day="")))
    assert found(vague) == []


def test_a_move_dated_before_the_one_it_follows_is_told() -> None:
    way = (
        MoveFact("m1", None, "intake", "2026-03-01", 1),
        MoveFact("m2", "intake", "assessment", "2026-02-01", 2),
    )
    odd = replace(GOOD, moves=way)
    assert found(odd) == [("days", "case_move", "m2", "moved_on")]
    assert marks(odd, Limits(), TODAY)[0].sentence == "进入“预估”的日期早于上一步，请核对。"


def test_a_case_moved_on_two_computers_is_told_until_somebody_moves_it_on() -> None:
    way = [
        MoveFact("m1", None, "intake", "2026-03-01", 1),
        MoveFact("m2", "intake", "assessment", "2026-03-02", 2),
        MoveFact("m3", "intake", "suspended", "2026-03-03", 2),
    ]
    assert found(replace(GOOD, stage="suspended", moves=way)) == [("moves", "case_move", "m3", "")]
    way.append(MoveFact("m4", "suspended", "assessment", "2026-03-04", 3))
    assert found(replace(GOOD, moves=way)) == []


def test_the_same_text_twice_is_found_within_and_beside_the_case() -> None:
    other = {"id": "s3", "date": "2026-04-01", "judgement": LONG.replace("，", ",　")}
    twice = replace(GOOD, records={**WHOLE, "session": [*WHOLE["session"][:2], other]})
    (mark,) = marks(twice, Limits(), TODAY)
    assert (mark.id, mark.field) == ("s3", "judgement")
    assert mark.sentence == "第3节与第1节有一段文字相同，请看是否漏改。"
    beside = replace(GOOD, elsewhere=(Told("2026-A009", comparable(LONG)),))
    (mark,) = marks(beside, Limits(), TODAY)
    assert "个案2026-A009" in mark.sentence


@pytest.mark.parametrize(("length", "kept"), [(29, False), (30, True)])
def test_short_sentences_are_alike_by_chance(length: int, kept: bool) -> None:
    assert bool(comparable("好" * length)) is kept
    assert comparable("，" * 100) == comparable(None) == comparable(5) == ""
    assert comparable("Ａ" * 30) == "a" * 30


@pytest.mark.parametrize(("days_after", "told"), [("2026-03-17", False), ("2026-03-18", True)])
def test_an_entry_is_late_from_the_day_after_the_limit(days_after: str, told: bool) -> None:
    review = replace(GOOD, entered={"s1": days_after})
    assert (found(review) != []) is told
    assert found(review, Limits(entry_days=8)) == []


@pytest.mark.parametrize(("today", "told"), [("2026-06-02", False), ("2026-06-03", True)])
def test_a_follow_up_is_missed_once_its_day_is_over(today: str, told: bool) -> None:
    assert bool(marks(without("followup"), Limits(), today)) is told
    unset = with_("closure", followup_due_on=None)
    unset = replace(unset, records={**unset.records, "followup": []})
    assert marks(unset, Limits(followup_days=59), today) == ()  # 2026-06-30
    assert [one.rule for one in marks(unset, Limits(followup_days=20), today)] == ["followup"]


def test_an_oral_consent_says_until_when_it_is_signed() -> None:
    oral = with_("consent", signed_on=None, sign_mode="oral", paper_due_on="2026-07-07")
    (mark,) = marks(oral, Limits(), TODAY)
    assert mark == Mark("signature", "口头同意已记，请在2026年7月7日前补签。", "consent", "c", "signed_on")


def test_two_ratings_on_two_days_are_a_comparison() -> None:
    bare = with_("evaluation", before=None, after=None)
    for kind, day in (("rating", "rated_on"), ("scale_score", "scored_on")):
        rows = [{"id": n, "instrument": "phq9", day: n} for n in ("2026-03-05", "2026-05-01")]
        assert found(replace(bare, records={**bare.records, kind: rows})) == []
        assert found(replace(bare, records={**bare.records, kind: rows[:1]})) != []
    assert found(with_("evaluation", before=None, after=None, score_before=0, score_after=0)) == []


def test_nothing_is_asked_before_its_stage_nor_of_the_dead_or_paper_cases() -> None:
    for stage in MAIN_WAY[:2]:
        assert found(Review(CASE, stage, stage)) == []
    assert found(Review({**CASE, "on_paper": True}, "closed", "closed")) == []
    assert found(Review(CASE, "declined", "intake")) == []
    died = with_("closure", reason="dead", client_signed_on=None)
    died = replace(died, records={**died.records, "followup": [], "evaluation": []}, served=SERVED[:1])
    assert {one[0] for one in found(died)} <= {"result", "progress"}


def test_an_empty_closed_case_has_a_mark_of_every_rule_about_missing_things() -> None:
    rules = {one.rule for one in marks(Review(CASE, "closed", "closed"), Limits(followup_days=1), TODAY)}
    assert rules == {"compare", "supervisor", "sessions", "signature", "followup"}


def test_every_mark_names_a_kind_and_a_field_there_is() -> None:
    worst = Review(CASE, "closed", "closed", {**WHOLE, "goal_progress": [], "goal_result": []}, SERVED)
    reviews = [worst, Review(CASE, "closed", "closed"), without("consent"), with_("goal", need=None)]
    for one in (mark for review in reviews for mark in marks(review, Limits(), TODAY)):
        kind = kind_of(one.kind)
        assert one.field in ("", *questions(kind), *row_fields(kind))
        assert len(one.sentence) <= 60


FILLED = [
    (kind, at, name, value)
    for kind, rows in WHOLE.items()
    for at, row in enumerate(rows)
    for name, value in row.items()
    if name not in ("id", "plan", "assessment", "evaluation", "occasion")
]


@given(st.sets(st.integers(0, len(FILLED) - 1)), st.integers(0, len(FILLED) - 1), st.sampled_from(MAIN_WAY))
def test_writing_down_what_lacks_never_adds_a_mark_of_a_rule(
    taken: set[int], given_: int, stage: str
) -> None:
    """But for days, goals named by number and what is written late: these speak of what is there."""
    speaks_of_what_is_there = {"days", "same", "entry"}

    def made(out: set[int]) -> Review:
        gone = {FILLED[n][:3] for n in out}
        records = {
            kind: [{n: v for n, v in row.items() if (kind, at, n) not in gone} for at, row in enumerate(rows)]
            for kind, rows in WHOLE.items()
        }
        return replace(GOOD, stage=stage, reached=stage, records=records)

    def counted(review: Review) -> dict[str, int]:
        rules = [one.rule for one in marks(review, Limits(), TODAY)]
        return {rule: rules.count(rule) for rule in rules if rule not in speaks_of_what_is_there}

    before, after = counted(made(taken | {given_})), counted(made(taken - {given_}))
    assert all(number <= before.get(rule, 0) for rule, number in after.items())


@given(st.lists(st.sampled_from(["", "2026", "2026-02-30", "乱写", "2026-05-02"]), min_size=9, max_size=9))
def test_no_day_of_a_peer_breaks_a_rule(odd: list[str]) -> None:
    records = {
        kind: [{**row, **{n: odd[len(n) % 9] for n in row if n.endswith(("_on", "date"))}} for row in rows]
        for kind, rows in WHOLE.items()
    }
    review = replace(GOOD, case={**CASE, "opened_on": odd[0], "closed_on": odd[1]}, records=records)
    for rule in RULES:
        list(rule(review, Limits(), TODAY))


def test_a_text_as_long_as_may_be_is_compared() -> None:
    assert len(comparable("长" * MAX_TEXT)) == MAX_TEXT
