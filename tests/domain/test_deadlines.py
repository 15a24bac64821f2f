"""What is due, when it no longer is, and in which words."""

from __future__ import annotations

import pytest

from sgz_desktop.domain.deadlines import DUE, deadlines, in_words
from sgz_desktop.domain.records import kind_of
from sgz_desktop.domain.records.base import questions


def test_every_due_field_is_a_field() -> None:
    for due in DUE:
        asked = questions(kind_of(due.kind))
        assert {due.field, *due.done} <= set(asked)
        assert asked[due.field].kind.name == "day"


def test_due_until_done() -> None:
    (open_task,) = deadlines("task", "t1", {"due_on": "2026-06-26", "done_on": None})
    assert (open_task.day, open_task.late("2026-06-30"), open_task.soon("2026-06-30")) == (
        "2026-06-26",
        True,
        False,
    )
    assert open_task.soon("2026-06-23")
    assert not open_task.late("2026-06-26")
    assert deadlines("task", "t1", {"due_on": "2026-06-26", "done_on": "2026-06-20"}) == []
    assert deadlines("task", "t1", {"due_on": None}) == deadlines("task", "t1", {"due_on": "坏"}) == []
    assert deadlines("person", "p1", {"born": "1950"}) == []


def test_a_month_is_due_on_its_last_day_and_one_record_may_hold_two() -> None:
    found = deadlines("application", "a1", {"decision_due_on": "2026-07", "review_on": "2027-06-01"})
    assert [(one.field, one.day) for one in found] == [
        ("decision_due_on", "2026-07-31"),
        ("review_on", "2027-06-01"),
    ]
    decided = deadlines("application", "a1", {"decision_due_on": "2026-07", "result": "confirmed"})
    assert decided == []


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-06-26", "已过4天"),
        ("2026-06-30", "今天到期"),
        ("2026-07-01", "明天到期"),
        ("2026-07-03", "还有3天"),
    ],
)
def test_in_words(day: str, words: str) -> None:
    assert in_words(day, "2026-06-30") == words
