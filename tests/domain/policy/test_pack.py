"""Packs as files: what is refused and at which line, what a region changes, which version holds on a day."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest

from sgz_desktop.domain.policy.choose import Rule, rules
from sgz_desktop.domain.policy.compare import differences
from sgz_desktop.domain.policy.evaluate import verdict
from sgz_desktop.domain.policy.facts import PersonFacts, World
from sgz_desktop.domain.policy.pack import Pack, ParamRef, Trust, Verdict
from sgz_desktop.domain.policy.reading import MAX_BYTES, read_pack
from sgz_desktop.domain.policy.refusal import PackRefused
from sgz_desktop.domain.policy.shipped import shipped_packs
from sgz_desktop.resources import resource

NATIONAL = resource("policy/national.toml").read_text(encoding="utf-8")
HEAD = """format = 1
id = "county"
version = "2026.1"
title = "青禾县标准"
region = "990101"
effective_from = "2026-01-01"
"""
VALUE = """
[[value]]
name = "dibao_std"
value = 785
source = "青民〔2026〕1号"
"""
PROGRAMME = """
[[programme]]
id = "dog"
code = "other"
title = "看家狗补助"
level = "person"
source = "青民〔2026〕2号"
document = "看家狗补助办法"
effective_from = "2026-01-01"
root = "top"

[[programme.node]]
id = "top"
text = "独居的老人"
all = ["old", "alone"]

[[programme.node]]
id = "old"
text = "80周岁以上"
fact = "age"
ge = 80

[[programme.node]]
id = "alone"
text = "独居"
fact = "status"
has = ["living_alone"]
"""
LOCAL = HEAD + VALUE + PROGRAMME


def made(text: str, trust: Trust = Trust.LOCAL) -> Pack:
    return read_pack(text.encode(), trust)


def rule(packs: tuple[Pack, ...], programme: str, on: str = "2026-06-30", region: str = "990101") -> Rule:
    return next(one for one in rules(packs, on, region) if one.programme.id == programme)


def test_the_shipped_packs_hold_all_programmes_and_both_versions_of_tekun() -> None:
    (pack,) = shipped_packs()
    ids = [one.id for one in pack.programmes]
    assert set(ids) >= {
        *("tekun", "dibao", "dibao_edge", "rigid_spending", "temporary", "orphan", "de_facto_orphan"),
        *("left_behind_child", "disabled_living", "disabled_care", "old_age", "medical"),
    }
    assert [(one.source, one.effective_from) for one in pack.programmes if one.id == "tekun"] == [
        ("民发〔2021〕43号", "2021-04-26"),
        ("民发〔2016〕178号", "2016-10-10"),
    ]
    assert all(one.papers and one.decide and one.accept for one in pack.programmes)
    assert {one.publicity.required for one in pack.programmes if one.for_children} == {False}


def test_what_the_law_leaves_to_the_locality_is_not_shipped() -> None:
    (pack,) = shipped_packs()
    local = {"dibao_std", "income_per_capita_prev_year", "rigid_ratio", "medical_share", "temporary_share"}
    assert {name for name, one in pack.params.items() if one.value is None and one.usual is None} == local
    assert pack.values == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('source = "青民〔2026〕1号"', "", 8, "缺少依据的文件"),
        ('document = "看家狗补助办法"', "", 13, "缺少依据的文件名"),
        ('region = "990101"', 'region = "青禾"', 5, "地区要写6位代码"),
        ('version = "2026.1"', 'version = "新"', 3, "版本要像2026.1"),
        ('effective_from = "2026-01-01"\nroot', 'effective_from = "2026-02-30"\nroot', 20, "日期"),
        ("format = 1", "format = 2", 1, "format要写1"),
        ('root = "top"', 'root = "nobody"', 21, "没有条件“nobody”"),
        ("ge = 80", "at_least = 80", 32, "不认识的写法“at_least”"),
        ("ge = 80", "ge = 80\nlt = 90", 28, "只能一种"),
        ("ge = 80", 'ge = "eighty"', 32, "ge的值不对"),
        ("ge = 80", "ge = -1", 32, "ge的值不对"),
        ('fact = "age"', 'fact = "shoe_size"', 31, "fact不认识"),
        ('fact = "age"\nge = 80', 'fact = "dead"\nge = 80', 32, "“dead”不能用ge来比"),
        ('fact = "age"\nge = 80', 'fact = "per_head_month"\nge = 80', 31, "不是这一级的资料"),
        ('has = ["living_alone"]', 'has = ["alone"]', 38, "没有代码“alone”"),
        ('all = ["old", "alone"]', 'all = ["old", "gone"]', 26, "没有条件“gone”"),
        ('all = ["old", "alone"]', 'all = ["old", "top"]', 23, "绕回了自己"),
        ('all = ["old", "alone"]', "all = []", 26, "条件编号的列表"),
        ('id = "alone"', 'id = "old"', 35, "写了两次"),
        ('text = "独居"', 'text = "独居"\nscript = "run()"', 37, "不认识的内容“script”"),
        ('title = "青禾县标准"', 'title = "青禾县标准"\nsigned = true', 5, "不认识的内容“signed”"),
        ("value = 785", "value = -785", 10, "value的值不对"),
        ("value = 785", "value = true", 10, "value的值不对"),
        ('level = "person"', 'level = "dog"', 17, "level不认识"),
    ],
)
def test_a_fault_is_refused_with_its_line(old: str, new: str, line: int, words: str) -> None:
    assert old in LOCAL
    with pytest.raises(PackRefused) as refused:
        made(LOCAL.replace(old, new, 1))
    assert words in str(refused.value)
    assert f"第{line}行" in str(refused.value)


def test_faults_of_the_file_itself() -> None:
    for data, words in (
        (b"\xff\xfe", "不是UTF-8"),
        (b"a = [", "写法不对"),
        (b"x" * (MAX_BYTES + 1), "文件大于256KB"),
        (b"", "format要写1"),
        (("a = " + "[" * 5000 + "]" * 5000).encode(), "没有导入"),
    ):
        with pytest.raises(PackRefused, match=words):
            read_pack(data)


def node(id: str, below: str) -> str:
    return f'\n[[programme.node]]\nid = "{id}"\ntext = "条件"\nall = [{below}]\n'


def test_rules_too_deep_too_many_or_too_long_to_follow_are_refused() -> None:
    start = LOCAL.replace('all = ["old", "alone"]', 'all = ["n0"]')
    deep = start + "".join(node(f"n{i}", f'"n{i + 1}"') for i in range(12)) + node("n12", '"old"')
    with pytest.raises(PackRefused, match="超过12层"):
        made(deep)
    many = LOCAL + "".join(node(f"m{i}", '"old"') for i in range(80))
    with pytest.raises(PackRefused, match="1到80个条件"):
        made(many)
    wide = (
        start + "".join(node(f"n{i}", ", ".join([f'"n{i + 1}"'] * 9)) for i in range(9)) + node("n9", '"old"')
    )
    with pytest.raises(PackRefused, match="条件太多"):
        made(wide)


def test_any_line_taken_out_or_cut_is_read_or_refused_and_never_a_fault() -> None:
    lines = LOCAL.splitlines()
    dice = random.Random(7)
    read, said = 0, []
    for at in range(len(lines)):
        for kept in (
            lines[:at] + lines[at + 1 :],
            [*lines[:at], lines[at][: dice.randint(0, 12)], *lines[at + 1 :]],
        ):
            try:
                made("\n".join(kept))
                read += 1
            except PackRefused as refused:
                said.append(str(refused))
    assert all(words.startswith("这份政策包不合要求") for words in said)
    assert min(read, len(said)) > 5


def test_a_local_value_holds_in_its_region_and_its_days_only() -> None:
    county = made(LOCAL)
    packs = (*shipped_packs(), county)
    found = rule(packs, "tekun")
    assert (found.terms.values["dibao_std"], found.trust) == (78_500, Trust.LOCAL)
    assert "dibao_std" not in rule(packs, "tekun", region="350627").terms.values
    assert "dibao_std" not in rule(packs, "tekun", on="2025-12-31").terms.values
    assert rule(packs, "tekun", region="350627").trust is Trust.SHIPPED


def test_the_nearest_region_and_the_latest_day_win() -> None:
    province = made(LOCAL.replace("990101", "990000").replace('"county"', '"province"').replace("785", "600"))
    later = VALUE.replace("785", "820") + 'effective_from = "2026-07-01"\n'
    county = made(LOCAL.replace(VALUE, VALUE + later))
    for packs in ((province, county), (county, province)):
        every = (*shipped_packs(), *packs)
        assert rule(every, "tekun").terms.values["dibao_std"] == 78_500
        assert rule(every, "tekun", on="2026-07-01").terms.values["dibao_std"] == 82_000
        assert rule(every, "tekun", region="990102").terms.values["dibao_std"] == 60_000


def test_a_national_limit_is_raised_by_a_region() -> None:
    raised = HEAD + '\n[[value]]\nname = "edge_multiple"\nvalue = 2\nsource = "青民〔2026〕3号"\n'
    packs = (*shipped_packs(), made(raised))
    assert rule(packs, "dibao_edge").terms.values["edge_multiple"] == 2
    assert rule(shipped_packs(), "dibao_edge").terms.values["edge_multiple"] == Fraction(3, 2)


def test_a_programme_of_the_place_is_asked_beside_the_national_ones() -> None:
    one = PersonFacts("a", born="1940-01-01")
    found = rule((*shipped_packs(), made(LOCAL)), "dog")
    assert verdict(found, one, World({"a": one})) is Verdict.U
    assert not [one for one in rules(shipped_packs(), "2026-06-30", "990101") if one.programme.id == "dog"]


def test_an_expired_pack_works_and_warns() -> None:
    ended = made(LOCAL.replace('"2026-01-01"\nroot', '"2026-01-01"\neffective_to = "2026-03-31"\nroot'))
    found = rule((ended,), "dog")
    one = PersonFacts("a", born="1950-01-01")
    assert verdict(found, one, World({"a": one})) is Verdict.N
    assert any("已于2026年3月31日停用" in words for words in found.warnings)
    assert not rule((ended,), "dog", on="2026-03-31").warnings


def test_the_usual_age_is_used_with_a_warning_until_the_place_says() -> None:
    found = rule(shipped_packs(), "old_age")
    assert any("各地不同" in words for words in found.warnings)
    told = HEAD + '\n[[value]]\nname = "old_age_from"\nvalue = 70\nsource = "青民〔2026〕4号"\n'
    assert not rule((*shipped_packs(), made(told)), "old_age").warnings


def test_the_fingerprint_is_of_the_bytes() -> None:
    assert made(LOCAL).sha256 != made(LOCAL + "\n").sha256
    assert made(LOCAL).sha256 == made(LOCAL).sha256


def test_differences_are_told_in_words() -> None:
    before = made(LOCAL)
    after = made(LOCAL.replace("785", "820").replace("ge = 80", "ge = 75"))
    assert differences(before, after) == (
        "本地标准dibao_std：785改为820",
        "看家狗补助（青民〔2026〕2号）：条件、“80周岁以上”",
    )
    assert differences(before, before) == ()
    (national,) = shipped_packs()
    other = read_pack(NATIONAL.replace("value = 1.5", "value = 2").encode())
    assert differences(national, other) == ("低保边缘倍数：1.5倍改为2倍",)


def test_every_parameter_a_condition_names_is_declared() -> None:
    """A name that is typed wrong would stay unknown for ever and say nothing."""
    (pack,) = shipped_packs()
    named = {
        node.value.name
        for programme in pack.programmes
        for node in programme.nodes.values()
        if isinstance(node.value, ParamRef)
    }
    assert named <= set(pack.params)
    assert replace(pack, title="x").name == "x-2026.1"
