"""Slips pasted from worksheets: heads or none, merged cells, days as text, and whatever else is copied."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgz_desktop.domain.slip_paste import MOST_LINES, NO_NAME, is_table, read_paste
from sgz_desktop.domain.visit_slips import FAMILY, NOBODY, NOT_SAID_WHO, SELF, Slip, lacks

TODAY = "2026-06-30"
HEAD = "日期\t村（居）\t姓名\t方式\t见到\t变化\t简要情况\t同行人\t目的\n"


def test_a_sheet_with_heads_is_read_by_them_in_any_order() -> None:
    text = "姓名\t走访日期\t备注\t是否见到\t所在村\n韦甲成\t2026/6/29\t药已领\t本人\t上溪村\n"
    (one,) = read_paste(text, TODAY)
    assert one.slip == Slip("2026-06-29", "上溪村", "", "韦甲成", "home", SELF, words="药已领")
    assert (one.line, one.amiss) == (2, ())


def test_a_sheet_without_heads_is_read_by_what_stands_in_it() -> None:
    text = (
        "2026/6/29\t上溪村\t韦甲成\t本人\t无变化\t\n"
        "6月28日（周日）\t石桥头村\t梁乙凤\t不在家\t无\t赶集了\n"
        "46202\t竹林坳村\t覃丙莲\t家属\t有\t住院第3天\n"
    )
    slips = [one.slip for one in read_paste(text, TODAY)]
    assert [slip.day for slip in slips] == ["2026-06-29", "2026-06-28", "2026-06-29"]
    assert [slip.met for slip in slips] == [SELF, NOBODY, FAMILY]
    assert [slip.change for slip in slips] == ["none", "", "some"]
    assert [slip.words for slip in slips] == ["", "赶集了", "住院第3天"]
    assert [slip.name for slip in slips] == ["韦甲成", "梁乙凤", "覃丙莲"]


def test_merged_cells_are_carried_down() -> None:
    text = HEAD + "6.29\t上溪村\t韦甲成\t电话\t本人\t无\t\t乙社工\t探视\n\t\t梁乙凤\t\t本人\t无\t\t\t\n"
    first, second = (one.slip for one in read_paste(text, TODAY))
    for name in ("day", "village", "mode", "companions", "purposes"):
        assert getattr(first, name) == getattr(second, name) != ""


def test_the_first_line_goes_on_from_the_row_above() -> None:
    (one,) = read_paste(
        "姓名\t见到\n韦甲成\t本人\n", TODAY, Slip(day="2026-06-12", village="上溪村", mode="phone")
    )
    assert (one.slip.day, one.slip.village, one.slip.mode) == ("2026-06-12", "上溪村", "phone")


def test_a_cell_of_several_lines_stays_one_cell() -> None:
    text = HEAD + '6.29\t上溪村\t韦甲成\t\t本人\t有\t"住院，\n医生说""要人照看"""\t\t\n'
    (one,) = read_paste(text, TODAY)
    assert one.slip.words == '住院， 医生说"要人照看"'


def test_the_reason_of_one_not_met_is_read() -> None:
    lines = {
        "未遇（外出）": "out",
        "未见，住院": "hospital",
        "不在家": "",
        "拒访": "refused",
        "未遇（看戏）": "other",
    }
    text = HEAD + "".join(f"6.29\t上溪村\t韦甲成\t\t{met}\t\t\t\t\n" for met in lines)
    found = [one.slip for one in read_paste(text, TODAY)]
    assert [slip.met for slip in found] == [NOBODY] * 5
    assert [slip.reason for slip in found] == list(lines.values())


def test_a_change_told_in_words_is_a_change() -> None:
    (one,) = read_paste(HEAD + "6.29\t上溪村\t韦甲成\t\t本人\t屋顶漏雨\t已告知村委\t\t\n", TODAY)
    assert (one.slip.change, one.slip.words) == ("some", "屋顶漏雨，已告知村委")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("6.31\t上溪村\t韦甲成\t\t本人\t无\t\t\t", "2026年6月只有30天，请核对日期。"),
        ("7.5\t上溪村\t韦甲成\t\t本人\t无\t\t\t", "服务日期晚于今天，请核对。"),
        ("6.29\t上溪村\t\t\t本人\t无\t\t\t", NO_NAME),
        ("6.29\t上溪村\t韦甲成\t\t\t无\t\t\t", NOT_SAID_WHO),
        ("6.29\t上溪村\t韦甲成\t\t好像\t无\t\t\t", "看不懂“好像”是见到了谁。"),
        ("6.29\t上溪村\t韦甲成\t骑马\t本人\t无\t\t\t", "方式“骑马”不在代码里，已沿用上一行。"),
    ],
)
def test_what_is_not_understood_is_said(line: str, sentence: str) -> None:
    (one,) = read_paste(HEAD + line, TODAY)
    assert one.amiss == (sentence,)


def test_a_bad_day_is_kept_as_typed_and_not_carried_on() -> None:
    text = HEAD + "6.29\t\t韦甲成\t\t本人\t无\n6.31\t\t梁乙凤\t\t本人\t无\n\t\t覃丙莲\t\t本人\t无\n"
    assert [one.slip.day for one in read_paste(text, TODAY)] == ["2026-06-29", "6.31", "2026-06-29"]


def test_empty_lines_are_no_rows_and_too_many_are_refused() -> None:
    assert read_paste("", TODAY) == []
    assert read_paste("\n\t\t\n  \n", TODAY) == []
    assert read_paste(HEAD, TODAY) == []
    with pytest.raises(ValueError, match="一次最多"):
        read_paste("韦甲成\t本人\n" * (MOST_LINES + 2), TODAY)


def test_what_is_a_table() -> None:
    assert is_table("一\t二")
    assert is_table("一\n二")
    assert not is_table("一段话\n")
    assert not is_table("wgz")


CELLS = st.text(st.characters(codec="utf-8"), max_size=8) | st.sampled_from(
    ["6.29", "韦甲成", "本人", "未遇", "无", '"', "\0", "姓名", "日期", "上溪村", "99999", "１"]
)


@given(st.lists(st.lists(CELLS, max_size=6).map("\t".join), max_size=8).map("\n".join))
def test_whatever_is_pasted_is_rows_or_nothing(text: str) -> None:
    for one in read_paste(text, TODAY):
        assert one.amiss or not lacks(one.slip) or one.slip.name
        assert all(sentence.endswith("。") for sentence in one.amiss)
