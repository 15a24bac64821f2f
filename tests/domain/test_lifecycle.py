"""The stages of a case: where it may go, what each stage should have, what needs a reason."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.lifecycle import (
    EARLY_END,
    MAIN_WAY,
    REQUIREMENTS,
    WORKING,
    CaseFacts,
    MoveFact,
    NotAllowed,
    Turn,
    backward_days,
    broken_way,
    check_move,
    in_order,
    is_open,
    missing,
    moves_from,
    next_step,
    refusal,
    stage_of,
    turn,
)
from sgz_desktop.domain.records import kind_of
from sgz_desktop.domain.records.base import questions

STAGES = code_list("case_stage").codes
READY = {
    "case": [{"number": "练-A-2026-0001", "source": "visit"}],
    "intake": [{"decision": "accept", "problem_own_words": "没人照顾女儿", "urgency": "soon"}],
    "consent": [{"ok_service": "agreed", "signed_on": "2026-06-04"}],
    "assessment": [{"conclusion": "需要长期照料", "risk": "mid"}],
    "need": [{"sort": "care"}],
    "plan": [{"overall_goal": "照料有着落", "client_confirmed_on": "2026-06-08"}],
    "goal": [{"description": "入住福利机构"}],
    "session": [{"date": "2026-06-10"}],
    "evaluation": [{"evaluated_on": "2026-06-28", "satisfaction": "5"}],
    "closure": [{"reason": "goal", "summary": "目标达成", "followup_due_on": "2026-09-28"}],
}


def test_the_main_way_goes_one_stage_at_a_time_without_a_reason() -> None:
    for here, there in itertools.pairwise(MAIN_WAY):
        assert turn(here, there) is Turn.NEXT
        assert moves_from(here)[0] == there
    assert turn("intake", "plan") is None
    assert turn("lead", "closed") is None


def test_a_ready_case_passes_every_gate() -> None:
    ready = {**READY, "closure": [{**READY["closure"][0], "closed_on": "2026-06-29"}]}
    for here, there in itertools.pairwise(MAIN_WAY):
        check = check_move(CaseFacts(here, ready), there)
        assert (check.turn, check.missing) == (Turn.NEXT, ())
        assert refusal(check, "") == ""


@pytest.mark.parametrize("stage", [stage for stage in MAIN_WAY if stage != "lead"])
def test_every_gate_warns_of_all_that_is_missing_and_lets_pass_with_a_reason(stage: str) -> None:
    before = MAIN_WAY[MAIN_WAY.index(stage) - 1]
    check = check_move(CaseFacts(before), stage)
    assert len(check.missing) == len(REQUIREMENTS[stage]) > 0
    assert f"还差{len(check.missing)}项" in refusal(check, "  ")
    assert refusal(check, "家属今天来不了，明天补") == ""


@pytest.mark.parametrize("stage", [stage for stage in MAIN_WAY if stage != "lead"])
def test_each_requirement_alone_is_noticed(stage: str) -> None:
    before = MAIN_WAY[MAIN_WAY.index(stage) - 1]
    ready = {**READY, "closure": [{**READY["closure"][0], "closed_on": "2026-06-29"}]}
    for need in REQUIREMENTS[stage]:
        kind = need.kinds[0]
        lacking = {**ready, kind: [{**record, need.field: None} for record in ready[kind]]}
        assert [one.field for one in missing(CaseFacts(before, lacking), stage)] == [need.field]


def test_a_refused_consent_is_no_consent() -> None:
    refused = {**READY, "consent": [{"ok_service": "refused", "signed_on": "2026-06-04"}]}
    assert [one.field for one in missing(CaseFacts("intake", refused), "assessment")] == ["ok_service"]


def test_an_oral_consent_opens_the_gate_as_long_as_service_is_agreed_to() -> None:
    for agreed, lacks in (("agreed", []), ("refused", ["ok_service"]), (None, ["ok_service"])):
        oral = {**READY, "consent": [{"ok_service": agreed, "sign_mode": "oral"}]}
        assert [one.field for one in missing(CaseFacts("intake", oral), "assessment")] == lacks
    thumb = {**READY, "consent": [{"ok_service": "agreed", "sign_mode": "thumb"}]}
    assert [one.field for one in missing(CaseFacts("intake", thumb), "assessment")] == ["signed_on"]


@pytest.mark.parametrize("answer", [None, "refused"])
def test_no_reason_passes_a_referral_without_consent(answer: str | None) -> None:
    sent = {"referral": [{"receiver": "县福利中心", "sent_on": "2026-06-01", "consented": answer}]}
    check = check_move(CaseFacts("intervention", sent), "referred")
    assert [one.blocks for one in check.missing] == [True]
    assert refusal(check, "家属催得急") == refusal(check, "") == "本人还没有同意转介，资料不能转出。"
    agreed = {"referral": [{"receiver": "县福利中心", "consented": "agreed"}]}
    check = check_move(CaseFacts("intervention", agreed), "referred")
    assert refusal(check, "先转过去") == ""


def test_a_visit_that_serves_the_case_is_a_session() -> None:
    visits = {kind: rows for kind, rows in READY.items() if kind != "session"}
    assert missing(CaseFacts("intervention", visits), "evaluation") != ()
    assert (
        missing(CaseFacts("intervention", {**visits, "visit": [{"date": "2026-06-10"}]}), "evaluation") == ()
    )


def test_going_back_needs_a_reason_and_nothing_else() -> None:
    check = check_move(CaseFacts("evaluation"), "plan")
    assert (check.turn, check.missing, check.needs_reason) == (Turn.BACK, (), True)
    assert refusal(check, "") == "这一步需要写明原因。"
    assert refusal(check, "目标要改") == ""


@pytest.mark.parametrize("stage", [stage for stage in WORKING if stage != "evaluation"])
def test_a_case_may_end_early_with_a_reason(stage: str) -> None:
    check = check_move(CaseFacts(stage), "closed")
    assert check.turn is Turn.EARLY_END
    assert {one.kind for one in check.missing} == {"closure"}
    assert len(check.missing) == len(EARLY_END)
    assert check_move(CaseFacts(stage, READY), "closed").needs_reason


def test_to_the_side_and_back() -> None:
    assert turn("intake", "declined") is Turn.ASIDE
    assert turn("plan", "declined") is None
    assert turn("plan", "suspended") is turn("lead", "referred") is Turn.ASIDE
    assert turn("suspended", "plan") is turn("referred", "closed") is Turn.RESUME
    assert turn("closed", "reopened") is turn("follow_up", "reopened") is Turn.RESUME
    assert turn("declined", "intake") is Turn.BACK
    assert turn("closed", "plan") is None
    assert moves_from("reopened") == ()
    assert [one.field for one in check_move(CaseFacts("follow_up"), "reopened").missing] == ["reopen_reason"]
    for stage in ("suspended", "referred", "declined"):
        assert all(check_move(CaseFacts(stage), to).needs_reason for to in moves_from(stage))


def test_what_is_no_move_is_said_in_words() -> None:
    with pytest.raises(NotAllowed, match="个案不能从结案直接到计划"):
        check_move(CaseFacts("closed"), "plan")
    for stage in STAGES:
        assert turn(stage, stage) is None
        assert turn(stage, "of_a_newer_version") is turn("of_a_newer_version", stage) is None


def test_every_stage_is_known_and_every_requirement_is_a_field() -> None:
    assert set(MAIN_WAY) | set(REQUIREMENTS) <= set(STAGES)
    assert {to for stage in STAGES for to in moves_from(stage)} <= set(STAGES)
    for need in (need for needs in REQUIREMENTS.values() for need in needs):
        assert all(need.field in questions(kind_of(kind)) for kind in need.kinds)
        assert need.sentence


MOVES = [
    MoveFact("01", None, "lead", "2026-06-03"),
    MoveFact("02", "lead", "intake", "2026-06-03"),
    MoveFact("03", "intake", "assessment", "2026-06-05"),
    MoveFact("05", "assessment", "plan", "2026-06-09"),
]


def test_the_stage_is_where_the_last_move_led() -> None:
    shuffled = random.Random(7).sample(MOVES, len(MOVES))
    assert stage_of("lead", shuffled) == "plan"
    assert in_order(shuffled) == MOVES
    assert stage_of("closed", []) == "closed"
    assert stage_of(None, []) == "lead"
    assert stage_of("intake", [MoveFact("01", None, None, None)]) == "intake"
    assert is_open("suspended")
    assert not is_open("closed")


def test_moves_made_apart_are_noticed() -> None:
    assert not broken_way(MOVES)
    apart = [*MOVES, MoveFact("04", "intake", "declined", "2026-06-06")]
    assert broken_way(apart)
    assert stage_of("plan", apart) == "plan"


def test_moves_made_apart_stand_by_day_and_then_by_id() -> None:
    late = MoveFact("06", "intake", "declined", "2026-06-06")
    assert stage_of("plan", [*MOVES, late]) == "plan"
    same_day = MoveFact("06", "plan", "intervention", "2026-06-09")
    assert stage_of("plan", [same_day, *MOVES]) == "intervention"


def test_a_move_is_the_last_whatever_its_day() -> None:
    backward = MoveFact("07", "plan", "intervention", "2026-05-30", next_step(MOVES))
    way = [*MOVES, backward]
    assert stage_of("plan", way) == "intervention"
    assert not broken_way(way)
    assert backward_days(reversed(way)) == [backward]
    assert backward_days([*MOVES, replace(backward, moved_on="2026-06")]) == []  # may lie after it
    assert backward_days([*MOVES, replace(backward, moved_on=None)]) == []


DAYS = st.sampled_from([None, "", "乱写", "2026", "2026-06", "2026-06-30", "2031-01-01", "1999-12-31"])
DOINGS = st.lists(
    st.one_of(
        st.tuples(st.just("move"), st.integers(0, 2), st.sampled_from(STAGES), DAYS),
        st.tuples(st.just("send"), st.integers(0, 2), st.integers(0, 2), st.none()),
    ),
    max_size=25,
)


def played(doings: list[tuple[Any, ...]]) -> list[dict[str, MoveFact]]:
    """What three computers know after their work; each move starts where its own computer saw the case."""
    known: list[dict[str, MoveFact]] = [{}, {}, {}]
    for number, (what, one, other, day) in enumerate(doings):
        if what == "send":
            known[other] |= known[one]
            continue
        here = known[one].values()
        id = f"{(number * 7919) % 1000:03}"  # clocks are off: ids of several computers do not rise with time
        move = MoveFact(id, stage_of(None, here), other, day, next_step(here))
        known[one][id] = move
        assert stage_of(None, known[one].values()) == other
    return known


@given(DOINGS, st.randoms(use_true_random=False))
def test_computers_that_exchanged_their_moves_see_one_stage(
    doings: list[tuple[Any, ...]], shuffle: random.Random
) -> None:
    known = played(doings)
    everything = list((known[0] | known[1] | known[2]).values())
    ways = [in_order(shuffle.sample(everything, len(everything))) for _ in range(3)]
    assert ways[0] == ways[1] == ways[2]
    after = MoveFact("000", stage_of(None, everything), "suspended", "1999-01-01", next_step(everything))
    assert stage_of(None, [*everything, after]) == "suspended"
    assert not broken_way(in_order([*everything, after])[-2:])


def test_control_by_day_alone_a_move_can_be_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "next_step", lambda moves: 0)
    with pytest.raises(AssertionError):
        played([("move", 0, "intake", "2026-06-30"), ("move", 0, "assessment", "1999-12-31")])
