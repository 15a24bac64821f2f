"""Names typed or pasted in a row are read as they are meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgz_desktop.actions.list_doubts import asked_more, listed_twice, overdrawn, too_early
from sgz_desktop.domain.name_list import NameList, read_names
from sgz_desktop.domain.records.activity import Activity

NAMES = st.lists(st.text("覃韦蓝莫罗甲乙丙丁", min_size=2, max_size=4), min_size=1, unique=True)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("张三、李四 26", NameList(("张三", "李四"), 26)),
        ("1.张三\n2. 李四\n3.张三", NameList(("张三", "李四"), None, ("张三",))),
        ("张　三,李  四", NameList(("张三", "李四"))),
        ("1\t张三\t女\t65\n2\t李四\t13800000000", NameList(("张三", "李四"))),
        ("1 张三\n2 李四\n26", NameList(("张三", "李四"), 26)),
        ("Ali Khan，买买提·艾力", NameList(("Ali Khan", "买买提·艾力"))),
        ("共26人", NameList((), 26)),
        ("13812345678", NameList((), None, (), ("13812345678",))),
    ],
)
def test_a_list_is_read(text: str, read: NameList) -> None:
    assert read_names(text) == read


@given(NAMES, st.sampled_from(("、", "\n", "，", "\t\n", " ")))
def test_whatever_stands_between_all_names_are_found(names: list[str], between: str) -> None:
    assert read_names(between.join(names)).names == tuple(names)


def test_doubts_and_what_is_none() -> None:
    assert [one.field for one in overdrawn(3, 4, "袋")] == ["quantity"]
    assert overdrawn(3, 3) == overdrawn(None, 9) == []
    (twice,) = listed_twice([("", "张三"), ("", "张三")], "head_count", "签到")
    assert twice.sentence == "签到有重复：张三。"
    assert listed_twice([("a", "张三"), ("b", "张三"), ("", "张三")], "members", "组员") == []
    assert asked_more(12, 10, 4)[0].sentence == "评价12人，多于参加的10人，请核对。"
    assert asked_more(12, 10, 12) == asked_more(12, None, 0) == asked_more(None, 3, 0) == []
    assert too_early("2026-06-05", ["2026-06-04", "2026-06-05", "2026-06"])[0].field == "handouts"
    assert too_early("2026-06-05", ["2026-06-05", "2026-06"]) == too_early(None, ["2026-06-04"]) == []
    early = Activity(date="2026-07-01", head_count=20)
    assert [one.field for one in early.check("2026-06-30")] == ["head_count"]
    assert list(early.check("2026-07-01")) == []
