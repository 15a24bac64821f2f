"""紧急报告: numbers, and how long it took."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.urgent import ReportNumber, elapsed, elapsed_words, local_numbers, national_numbers

FOUND = ("2026-06-30", "09:50")


def test_the_police_come_first_and_every_sort_is_known() -> None:
    numbers = national_numbers()
    assert (numbers[0].phone, numbers[1].phone) == ("110", "120")
    assert all(one.sort in code_list("entity_kind") for one in numbers)


def test_local_numbers_are_read_a_line_each() -> None:
    typed = "镇派出所 0000-1234567\n\n镇 民政办：００００７６５４\n"
    assert local_numbers(typed) == (
        ReportNumber("镇派出所", "0000-1234567"),
        ReportNumber("镇 民政办", "00007654"),
    )


@pytest.mark.parametrize(
    "line", ["镇派出所", "110", "镇派出所 待查", "镇派出所 12", "镇派出所 123456789012345"]
)
def test_a_line_that_is_no_number_is_told(line: str) -> None:
    with pytest.raises(ValueError, match="每行写一个单位和电话"):
        local_numbers(line)


def test_the_first_call_counts() -> None:
    calls = [("2026-06-30", "10:20"), ("2026-06-30", "09:57"), ("2026-06-30", None)]
    assert elapsed(FOUND, calls) == 7
    assert elapsed_words(7, 3) == "发现后7分钟报告"
    assert elapsed(("2026-06-30", "23:50"), [("2026-07-01", "00:10")]) == 20


@pytest.mark.parametrize(
    ("found", "calls", "words"),
    [
        (FOUND, [], "还没有记下报告去向"),
        (("2026-06", "09:50"), [FOUND], "已报告1次，时间未写全"),
        (FOUND, [("2026-06-30", None)], "已报告1次，时间未写全"),
        (FOUND, [FOUND], "发现后当即报告"),
        (FOUND, [("2026-06-30", "09:00")], "发现后当即报告"),
    ],
)
def test_what_is_not_fully_known_is_said_so(found: object, calls: list, words: str) -> None:  # type: ignore[type-arg]
    assert elapsed_words(elapsed(found, calls), len(calls)) == words  # type: ignore[arg-type]


@given(st.integers(0, 3 * 1440), st.integers(0, 3 * 1440))
def test_a_later_call_never_makes_it_shorter(first: int, more: int) -> None:
    def at(minute: int) -> tuple[str, str]:
        return f"2026-07-{1 + minute // 1440:02d}", f"{minute % 1440 // 60:02d}:{minute % 60:02d}"

    start = at(0)
    assert elapsed(start, [at(first)]) == first
    assert elapsed(start, [at(first), at(more)]) == min(first, more)
