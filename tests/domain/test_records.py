"""What each kind refuses and what it marks, and that no value of a peer can break the checks."""

from __future__ import annotations

from typing import Any

import pytest

from sgz_desktop.domain.fields import Level
from sgz_desktop.domain.records import RECORDS, kind_of
from sgz_desktop.domain.records.base import Refused, gate, problems, questions, shared
from tests.domain.generate import TODAY

PERSON = "01970000-0000-7000-8000-000000000001"


def refusals(kind: str, **values: Any) -> dict[str, str]:
    """Field → sentence of what the gate refuses."""
    try:
        gate(kind_of(kind), values, TODAY)
    except Refused as refused:
        return {problem.field: problem.sentence for problem in refused.problems}
    return {}


def marks(kind: str, **values: Any) -> list[str]:
    """Fields that are saved and marked."""
    record = gate(kind_of(kind), values, TODAY)
    return [problem.field for problem in problems(record, TODAY) if problem.level is Level.MARK]


def test_a_birth_in_the_future_is_refused() -> None:
    assert refusals("person", born="2026-07-01") == {"born": "出生日期晚于今天，请核对。"}
    assert refusals("person", born="2027") == {"born": "出生日期晚于今天，请核对。"}
    assert refusals("person", born=TODAY) == refusals("person", born="2026") == {}


def test_an_end_before_the_start_is_refused() -> None:
    when = {"household": PERSON, "date": "2026-06-03", "start_time": "10:00"}
    assert refusals("visit", **when, end_time="9:59") == {"end_time": "结束时间早于开始时间，请核对。"}
    assert refusals("visit", **when, end_time="10:00") == {}
    assert refusals("session", case=PERSON, start_time="下午2点", end_time="9:30") != {}


@pytest.mark.parametrize(
    ("kind", "first", "then"),
    [
        ("membership", "from_day", "to_day"),
        ("benefit", "from_day", "to_day"),
        ("person", "born", "died_on"),
        ("household", "filed_on", "closed_on"),
        ("case", "opened_on", "closed_on"),
        ("intake", "asked_on", "intake_on"),
        ("consent", "signed_on", "withdrawn_on"),
        ("application", "notice_from", "notice_to"),
        ("referral", "sent_on", "reply_on"),
        ("closure", "closed_on", "followup_due_on"),
        ("followup", "date", "next_on"),
    ],
)
def test_days_out_of_order_are_refused(kind: str, first: str, then: str) -> None:
    whose = {"person": PERSON} if "person" in questions(kind_of(kind)) else {}
    assert list(refusals(kind, **whose, **{first: "2026-05-02", then: "2026-05-01"})) == [then]
    assert refusals(kind, **whose, **{first: "2026-05-02", then: "2026-05"}) == {}
    assert refusals(kind, **whose, **{first: "2026-05-02", then: "2026-05-02"}) == {}


DONE_BY_NOW = [
    ("visit", "date"),
    ("session", "date"),
    ("followup", "date"),
    ("case_move", "moved_on"),
    ("case", "opened_on"),
    ("intake", "intake_on"),
    ("consent", "signed_on"),
    ("assessment", "assessed_on"),
    ("scale_score", "scored_on"),
    ("plan", "made_on"),
    ("step", "done_on"),
    ("application", "filed_on"),
    ("paper_item", "got_on"),
    ("referral", "sent_on"),
    ("evaluation", "evaluated_on"),
    ("closure", "closed_on"),
    ("task", "done_on"),
    ("attachment", "taken_on"),
    ("membership", "from_day"),
]


@pytest.mark.parametrize(("kind", "field"), DONE_BY_NOW)
def test_what_was_done_was_done_by_now(kind: str, field: str) -> None:
    whose = {"person": PERSON} if "person" in questions(kind_of(kind)) else {}
    assert "晚于今天" in refusals(kind, **whose, **{field: "2026-07-01"})[field]
    assert refusals(kind, **whose, **{field: TODAY}) == {}


@pytest.mark.parametrize(
    ("kind", "field"),
    [("task", "due_on"), ("plan", "review_on"), ("closure", "followup_due_on"), ("visit", "next_on")],
)
def test_plans_may_lie_ahead(kind: str, field: str) -> None:
    whose = {"person": PERSON} if "person" in questions(kind_of(kind)) else {}
    assert refusals(kind, **whose, **{field: "2027-01-04"}) == {}


@pytest.mark.parametrize("kind", ["visit", "application", "benefit"])
def test_a_record_of_nobody_is_refused(kind: str) -> None:
    assert [sentence.startswith("请选择") for sentence in refusals(kind).values()] == [True]
    assert refusals(kind, person=PERSON) == refusals(kind, household=PERSON) == {}


def test_numbers_on_papers_are_compared_with_the_answers() -> None:
    number = "11010519491231002X"
    assert marks("person", id_number=number, sex="2", born="1949-12-31") == []
    assert marks("person", id_number=number, born="1949") == []
    assert marks("person", id_number=number, sex="1") == ["id_number"]
    assert marks("person", id_number=number, born="1950-12-31") == ["id_number"]
    assert marks("person", id_number="110105194912310021", sex="2") == ["id_number"]
    assert marks("person", id_number=number, id_status="none") == ["id_status"]


def test_the_disability_card_is_compared_with_the_answers() -> None:
    card = "11010519491231002X42"
    assert marks("person", disability_card=card, disability_kinds="4", disability_grade="2") == []
    assert marks("person", disability_card=card, disability_grade="1") == ["disability_card"]
    assert marks("person", disability_card=card, disability_kinds="5,6") == ["disability_card"]
    assert marks("person", disability_card=card, id_number="110105194912310038") != []
    assert marks("person", disability_card=card, disability_confirmed_none=True) == [
        "disability_confirmed_none"
    ]


def test_doubts_of_a_visit_are_marked() -> None:
    assert marks("visit", person=PERSON, met=True, not_met_reason="out") == ["not_met_reason"]
    assert marks("visit", person=PERSON, met=False) == ["not_met_reason"]
    assert marks("visit", person=PERSON, met=False, not_met_reason="外出") == []
    assert marks("visit", person=PERSON, change="无", changes="换了药") == ["changes"]


def test_doubts_of_papers_are_marked() -> None:
    assert marks("referral", person=PERSON, sent_on="2026-06-01") == ["consented"]
    assert marks("referral", person=PERSON, sent_on="2026-06-01", consented="同意") == []
    assert marks("consent", sign_mode="thumb") == ["witness"]
    assert marks("consent", sign_mode="thumb", witness="钱见证") == []
    assert marks("intake", decision="accept", decline_reason="lost") == ["decline_reason"]
    assert marks("obligor", person=PERSON, who=PERSON) == ["who"]


def test_typing_is_tidied_and_nothing_is_invented() -> None:
    person = gate(kind_of("person"), {"monthly_income": "３，５００元", "sex": "男"}, TODAY)
    assert (person.monthly_income, person.sex, person.born, person.phone) == (350000, "1", None, None)
    note = "长" * 20_000
    assert gate(kind_of("person"), {"note": note}, TODAY).note == note
    assert list(refusals("person", note=note + "长")) == ["note"]
    assert list(refusals("goal_result", percent="101")) == ["percent"]
    assert list(refusals("person", nonsense="x")) == ["nonsense"]


STRANGE = ["", "abc", "2026-13-99", "99:99", "x,y", 0, -5, 10**15, True]


@pytest.mark.parametrize("strange", STRANGE, ids=repr)
def test_checks_survive_whatever_a_peer_sent(strange: str | int | bool) -> None:
    for kind in RECORDS:
        record = kind()
        for name in questions(kind):
            setattr(record, name, strange)
        assert all(problem.sentence for problem in problems(record, TODAY))


def test_keys_of_attachments_stay_in_the_station_and_nothing_stays_at_home() -> None:
    assert questions(kind_of("attachment"))["identity"].ask.share.value == "station"
    assert all(shared(kind, name) for kind in RECORDS for name in questions(kind))
