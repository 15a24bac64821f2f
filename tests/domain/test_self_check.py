"""迎检自查 without a store: known proofs, how an item stands, a sample, an evaluator's sheet."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgz_desktop.domain import self_check
from sgz_desktop.domain.evaluation_sheet import Item, items_of
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import questions
from sgz_desktop.domain.self_check import (
    BY_KEY,
    PROOFS,
    Scores,
    Standing,
    sample,
    scores,
    standing,
    suggested,
)


def test_every_proof_names_fields_there_are() -> None:
    assert len(BY_KEY) == len(PROOFS)
    for proof in PROOFS:
        asked = questions(BY_KIND[proof.kind])
        for name in filter(None, (proof.starts, proof.ends, *proof.filled, *(proof.only or ())[:1])):
            assert name in asked, (proof.key, name)


@pytest.mark.parametrize(
    ("text", "section", "key"),
    [
        ("有2名以上专职社工，签劳动合同", "人员配备", "contract"),
        ("驻站社工持证上岗", "人员配备", "qualified"),
        ("制度上墙公示", "规章制度", "posted"),
        ("建立志愿者队伍并开展志愿服务", "", "volunteers"),
        ("档案装订规范", "人员管理", "staff"),
        ("档案装订规范", "档案", ""),
        ("每个个案签订知情同意书", "服务质量", "consents"),
        ("服务对象满意度不低于90%", "", "satisfaction"),
    ],
)
def test_the_words_of_an_item_suggest_what_to_look_for(text: str, section: str, key: str) -> None:
    assert suggested(text, section) == key


def test_how_an_item_stands() -> None:
    assert standing(None, None, 0, 0) == Standing("missing")
    assert standing(None, "staff", 1, 0) == Standing("partly", "found")
    assert standing(None, "staff", 2, 0) == Standing("met", "found")
    assert standing(None, "staff", 2, 0, by_section=True) == Standing("partly", "section")
    assert standing(None, "staff", 0, 0, by_section=True) == Standing("missing")
    assert standing(None, "staff", 0, 1) == Standing("met", "evidence")
    assert standing("missing", "staff", 5, 1) == Standing("missing", "own")
    assert standing(None, "unknown", 9, 0) == Standing("missing")  # of a newer version
    assert self_check.found_words(BY_KEY["staff"], 1) == "在岗人员1人，还差1人"


def test_scores_leave_out_what_does_not_apply() -> None:
    assert scores([(10, 8, "met"), (5, None, "missing"), (20, None, "not_asked")]) == Scores(15, 8, 1)


numbers = st.sets(st.integers(1, 400).map(lambda n: f"QH-2026-A{n:03d}"), min_size=1, max_size=60)


@settings(max_examples=60, deadline=None)
@given(numbers, st.integers(0, 10**9), st.integers(1, 20), st.randoms())
def test_a_seed_draws_the_same_cases_always(found: set[str], seed: int, size: int, chance: Random) -> None:
    drawn = sample(seed, found, size)
    mixed = list(found)
    chance.shuffle(mixed)
    assert sample(seed, mixed, size) == drawn
    assert len(drawn) == min(size, len(found))
    assert set(drawn) <= found
    gone = drawn[0]
    assert len(set(drawn) - set(sample(seed, found - {gone}, size))) == 1  # the others stay drawn


def test_a_sample_is_written_down_once_for_all() -> None:
    cases = [f"QH-2026-A{n:03d}" for n in range(1, 15)]
    assert sample(20260630, cases, 3) == ("QH-2026-A006", "QH-2026-A008", "QH-2026-A012")
    assert len({sample(seed, cases, 3) for seed in range(40)}) > 20  # every seed draws its own


def test_every_case_is_as_likely() -> None:
    cases = [f"QH-2026-A{n:03d}" for n in range(10)]
    drawn = {one: sum(one in sample(seed, cases, 3) for seed in range(1000)) for one in cases}
    assert all(240 < count < 360 for count in drawn.values())


SHEET = [
    ["青禾镇社工站年度评估表"],
    [],
    ["序号", "一级指标", "二级指标", "评估内容", "分值", "评分办法", "得分"],
    [1.0, "基础建设", "硬件", "有固定场地", 5.0, "无场地不得分"],
    [2.0, None, "队伍", "专职人员不少于2人", "10分", "少1人扣5分"],
    [3.0, "服务", None, "走访建档", "2.5", None],
    [None, "服务", None, None, None, None],
    ["合计", None, None, "合计", 17.5],
]


cells = (
    st.none()
    | st.booleans()
    | st.floats()
    | st.integers()
    | st.text(max_size=8)
    | st.just({"day": "2026-06-03"})
)
rows_of_cells = st.lists(
    st.lists(cells | st.sampled_from(["内容", "分值", "一级指标", "评分办法"]), max_size=6), max_size=8
)


@settings(max_examples=80, deadline=None)
@given(rows_of_cells)
def test_no_sheet_is_too_odd(rows: list[list[object]]) -> None:
    for item in items_of(rows).items:
        assert item.text
        assert item.points is None or item.points >= 0


def test_an_evaluators_sheet_is_read() -> None:
    found = items_of(SHEET)
    assert found.items == (
        Item(4, "基础建设", "硬件：有固定场地", 5, "无场地不得分"),
        Item(5, "基础建设", "队伍：专职人员不少于2人", 10, "少1人扣5分"),
        Item(6, "服务", "走访建档", None, ""),
    )
    assert found.doubts == (6,)
    assert items_of([["姓名", "电话"], ["甲", "1"]]).items == ()
    assert [one.text for one in items_of([["内容"], ["有场地"], ["有人员"]]).items] == ["有场地", "有人员"]
