"""Columns find their fields: by heading, other words, content; and the heading row is found under titles."""

from __future__ import annotations

import pytest

from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import questions
from sgz_desktop.domain.roster_fields import (
    ALIASES,
    HOURS,
    PEOPLE,
    VISITS,
    body,
    find_heading,
    heading,
    offered,
    signature,
    sort_of,
    suggested,
    titled,
)

TITLED = [
    ["青禾镇2026年6月城乡低保名单"],
    ["制表：", None, None, "2026年6月"],
    ["序号", "姓 名", "公民身份号码", "联系电话", "村（居）", "月保障金额（元）"],
    [1.0, "梁甲菊", "110105194803120021", "13900000217", "上溪村", 412],
    [None, None],
    ["合计", None, None, None, None, 412],
]


def test_the_heading_is_found_below_titles() -> None:
    head = find_heading(TITLED, PEOPLE)
    assert head == 2
    assert [number for number, _ in body(TITLED, head)] == [4]


def test_columns_are_offered_their_likely_field() -> None:
    heads = [heading(cell) for cell in TITLED[2]]
    columns = [[row[place] for row in TITLED[3:4]] for place in range(6)]
    assert suggested(heads, columns, PEOPLE) == [
        "",
        "person.name",
        "person.id_number",
        "person.phone",
        "household.village",
        "benefit.amount",
    ]


def test_ids_and_phones_are_known_by_sight_and_no_field_is_given_twice() -> None:
    columns = [["甲"], ["110105194803120021"], ["13900000217"], ["13900000218"]]
    assert suggested(["姓名", "号码一", "号码二", "号码三"], columns, PEOPLE) == [
        "person.name",
        "person.id_number",
        "person.phone",
        "",
    ]


@pytest.mark.parametrize("sort", [PEOPLE, VISITS, HOURS])
def test_every_declared_label_leads_to_its_field(sort: str) -> None:
    """A new field appears by itself; where two are called alike the first has the word."""
    words = {heading(field.label) for field in offered(sort).values()}
    for word in words:
        assert suggested([word], [[]], sort) != [""]
    assert set(ALIASES) <= set(offered(PEOPLE)) | set(offered(VISITS)) | set(offered(HOURS))
    assert set(questions(BY_KIND["benefit"])) - {"person", "household"} == {
        field.name for field in offered(PEOPLE).values() if field.record == "benefit"
    }


def test_our_own_second_row_and_column_of_problems_are_passed_over() -> None:
    rows = [["姓名", "问题"], ["c0", "problem"], ["甲", "没有姓名"]]
    assert [number for number, _ in body(rows, 0)] == [3]
    assert suggested(["姓名", "问题"], [[], []], PEOPLE) == ["person.name", ""]
    assert signature(["姓名", "问题"]) == signature(["姓名"]) != signature(["姓名", "电话"])


def test_a_title_tells_which_list_it_is() -> None:
    assert titled(["Sheet1", "青禾镇2026年6月城乡低保名单"]) == ("dibao", "2026-06")
    assert titled(["低保边缘２０２６．５"]) == ("dibao_margin", "2026-05")
    assert titled(["Sheet1", "2026年13月"]) == ("", "")


def test_a_table_of_visits_is_known() -> None:
    assert sort_of([["走访日期", "走访对象", "村", "走访情况"]]) == VISITS
    assert sort_of(TITLED) == PEOPLE


def test_a_vague_word_gives_way_to_a_plain_one() -> None:
    assert suggested(["姓名", "地址"], [[], []], PEOPLE) == ["person.name", "person.address"]
    assert suggested(["姓名", "地址", "家庭住址"], [[], [], []], PEOPLE) == [
        "person.name",
        "",
        "person.address",
    ]
