"""统一社会信用代码: the check digit of the standard's sample, and that one wrong character is told."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sgz_desktop.domain.credit_code import LETTERS, WRONG, WRONG_LENGTH, credit_code_doubt
from sgz_desktop.domain.records.organisation import Organisation

SAMPLE = "91350100M000100Y43"
PLACES = st.integers(0, len(SAMPLE) - 1)


def test_the_sample_is_right_and_what_is_not_is_told() -> None:
    assert credit_code_doubt(SAMPLE) == credit_code_doubt(" 91350100m000100y43 ") == ""
    assert credit_code_doubt(SAMPLE[:-1]) == WRONG_LENGTH
    assert credit_code_doubt(SAMPLE.replace("M", "I")) == WRONG


@given(PLACES, st.sampled_from(LETTERS))
def test_one_wrong_character_is_told(place: int, letter: str) -> None:
    changed = SAMPLE[:place] + letter + SAMPLE[place + 1 :]
    assert (credit_code_doubt(changed) == "") == (changed == SAMPLE)


def test_an_organisation_says_so_and_is_of_no_day_to_come() -> None:
    odd = Organisation(name="某协会", credit_code="91350100M000100Y44", founded_on="2027-01-01")
    assert [(one.field, one.sentence) for one in odd.check("2026-06-30")] == [
        ("founded_on", "成立日期晚于今天，请核对。"),
        ("credit_code", WRONG),
    ]
