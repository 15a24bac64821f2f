"""Instruments: every cut-off on both sides, files that are none, and what a half-filled form says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgz_desktop.domain.instruments import (
    MAX_BYTES,
    Instrument,
    InstrumentRefused,
    answers_text,
    grade_of,
    read_answers,
    read_instrument,
    score,
    shipped,
)

BY_ID = {one.id: one for one in shipped()}
LEAST = """
id = "t"
version = "1"
title = "试用表"
source = "自拟"
options = [["no", "否", 0], ["yes", "是", 2]]
bands = [{ from = 0, label = "低" }, { from = 2, label = "高" }]
[[items]]
id = "a"
title = "第一题"
"""


def highest(instrument: Instrument) -> dict[str, str]:
    return {one.id: max(one.options, key=lambda o: o.weight).id for one in instrument.items}


def test_the_shipped_ones_are_there_and_name_their_source() -> None:
    assert set(BY_ID) == {"child_risk", "phq9"}
    assert BY_ID["child_risk"].editable
    assert all(one.source and one.version for one in shipped())
    assert (BY_ID["phq9"].most, len(BY_ID["phq9"].items)) == (27, 9)


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        *((0, "没有明显表现"), (4, "没有明显表现"), (5, "轻度"), (9, "轻度"), (10, "中度"), (14, "中度")),
        *((15, "中重度"), (19, "中重度"), (20, "重度"), (27, "重度")),
    ],
)
def test_phq9_at_every_cut_off(total: int, grade: str) -> None:
    phq9 = BY_ID["phq9"]
    given_ = [3] * (total // 3) + ([total % 3] if total % 3 else [])
    marks = given_ + [0] * (9 - len(given_))
    found = score(phq9, {f"q{n}": str(mark) for n, mark in enumerate(marks, start=1)})
    assert (found.total, found.open, found.grade) == (total, 0, grade)


@pytest.mark.parametrize("instrument", shipped(), ids=lambda one: one.id)
def test_every_cut_off_divides(instrument: Instrument) -> None:
    for band, before in zip(instrument.bands[1:], instrument.bands, strict=False):
        assert grade_of(instrument, band.least) == band.label
        assert grade_of(instrument, band.least - 1) == before.label
    assert grade_of(instrument, instrument.most) == instrument.bands[-1].label


@pytest.mark.parametrize("instrument", shipped(), ids=lambda one: one.id)
def test_no_hint_before_every_item_is_answered(instrument: Instrument) -> None:
    whole = highest(instrument)
    for item in instrument.items:
        part = score(instrument, {**whole, item.id: ""})
        assert (part.open, part.grade) == (1, "")
    assert score(instrument, {}).open == len(instrument.items)
    assert score(instrument, {**whole, "unheard": "of", instrument.items[0].id: "of"}).open == 1
    assert score(instrument, whole).grade == instrument.bands[-1].label


def test_what_asks_for_help_at_once() -> None:
    ninth = BY_ID["phq9"].items[8]
    assert score(BY_ID["phq9"], {"q9": "0"}).alarms == score(BY_ID["phq9"], {"q8": "3"}).alarms == ()
    assert score(BY_ID["phq9"], {"q9": "1"}).alarms == (ninth.title,)
    assert score(BY_ID["child_risk"], {"mind": "low"}).alarms == ()
    assert score(BY_ID["child_risk"], {"mind": "harm", "treatment": "harmed"}).alarms == (
        "情绪",
        "受到的对待",
    )


@given(st.dictionaries(st.sampled_from([f"q{n}" for n in range(1, 10)]), st.sampled_from("0123")))
def test_answers_are_kept_as_text_and_read_again(answers: dict[str, str]) -> None:
    assert read_answers(answers_text(answers)) == answers
    assert 0 <= score(BY_ID["phq9"], answers).total <= 27


@pytest.mark.parametrize("text", [None, 5, "", ";;;", "=", "a=", "=b", "没有等号"])
def test_answers_of_a_peer_that_are_none_are_none(text: object) -> None:
    assert read_answers(text) == {}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('id = "t"', 'id = "../t"', "编号只用"),
        ('id = "t"', "id = 5", "编号只用"),
        ('title = "试用表"', 'title = ""', "文字要有"),
        ('title = "试用表"', f'title = "{"长" * 121}"', "文字要有"),
        ('source = "自拟"', "", "缺少"),
        ("options = [", "optionen = [", "不认识"),
        ('options = [["no", "否", 0], ["yes", "是", 2]]', "", "选项要有"),
        ('["yes", "是", 2]', '["no", "是", 2]', "选项编号重复"),
        ('["yes", "是", 2]', '["yes", "是"]', "选项要写成"),
        ('["yes", "是", 2]', '["yes", "是", -1]', "分数要是"),
        ('["yes", "是", 2]', '["yes", "是", 1.5]', "分数要是"),
        ('["yes", "是", 2]', '["yes", "是", true]', "分数要是"),
        ('["yes", "是", 2]', '["yes", "是", 101]', "分数要是"),
        ("from = 0", "from = 1", "从0分起"),
        ("from = 2", "from = 0", "从0分起"),
        ("from = 2", "from = 3", "高于最高分"),
        ('{ from = 2, label = "高" }', '"高"', "缺少"),
        ('[[items]]\nid = "a"\ntitle = "第一题"', "items = []", "题目要有"),
        ('title = "第一题"', 'title = "第一题"\n[[items]]\nid = "a"\ntitle = "又一题"', "题目编号重复"),
        ('title = "第一题"', 'title = "第一题"\nalarm = "yes"', "分数要是"),
        ('id = "t"', 'id = "t', "不是TOML"),
    ],
)
def test_a_file_that_is_no_instrument_is_refused_with_a_sentence(old: str, new: str, says: str) -> None:
    assert read_instrument(LEAST.encode()).title == "试用表"
    assert old in LEAST
    with pytest.raises(InstrumentRefused, match=says):
        read_instrument(LEAST.replace(old, new).encode())


@pytest.mark.parametrize(
    "data",
    [b"\xff\xfe\x00", b"PK\x03\x04", b"a = " + b"[" * 40_000, b"#" * (MAX_BYTES + 1), b"", b"a = 1"],
)
def test_no_bytes_break_the_reader(data: bytes) -> None:
    with pytest.raises(InstrumentRefused):
        read_instrument(data)


@given(st.binary(max_size=200))
def test_any_bytes_are_an_instrument_or_refused(data: bytes) -> None:
    with pytest.raises(InstrumentRefused):
        read_instrument(data)


def test_too_many_items_are_refused() -> None:
    many = "".join(f'[[items]]\nid = "a{n}"\ntitle = "题"\n' for n in range(61))
    with pytest.raises(InstrumentRefused, match="题目要有"):
        read_instrument((LEAST[: LEAST.index("[[items]]")] + many).encode())
