"""What identifies is found in a text however it is written; nothing else is altered."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sgz_desktop.domain.deidentify import Finder, replaced
from sgz_desktop.domain.deidentify_places import village_of
from sgz_desktop.domain.surnames import surname_of

NAMES = {
    "陈大山": "陈某A",
    "陈小雨": "陈某B",
    "欧阳春燕": "欧阳某",
    "周桂花": "周某",
    "陈招娣": "陈某A",
    "石头仔": "陈某B",
    "𠮷田𬍛": "𠮷某",
    "阿依古丽·买买提": "某人A",
    "扎西次仁": "某人B",
    "吴和平": "吴某",
}
MARKS = {"红星砖厂": "某单位", "甲字47号": "某处", "户A0001": "某处", "村口小卖部后面第二家": "某处"}
FINDER = Finder(
    NAMES,
    marks=MARKS,
    villages=["上溪村", "大山村", "青禾社区"],
    staff=["李小禾", "王小雨"],
    stations=["青禾镇社工站"],
    births=["1962-03-05", "2015-10-09"],
)
MONTHS = Finder(NAMES, births=["1962-03-05"], months=True)
HAN = (
    "的一是了在有这个上们来到时说要就出会可也你对能而子那得着下自之年过后作里用道行所然事成经去法学如又同现没"
)
MARKUP = (
    "<b>&",
    "&amp;",
    "**",
    "\n",
    "（",
    "）",
    "，",
    "。",
    "“",
    "”",
    "：",
    "；",
    " ",
    "　",
    "\u200b",
    "[1]",
    "# ",
)
plain = st.lists(
    st.one_of(st.text(st.sampled_from(HAN), min_size=1, max_size=12), st.sampled_from(MARKUP)), max_size=8
).map("".join)
GAPS = st.sampled_from(["", "", "", " ", "　", "\u200b", "*", "\ufeff", "\u00a0"])
DASHES = st.sampled_from(["", "", " ", "-", "　", "－", "\u200b", "."])
digit = st.sampled_from("0123456789")


@st.composite
def spaced(draw: st.DrawFn, text: str, gaps: st.SearchStrategy[str]) -> str:
    """The text with something between its characters."""
    return "".join(ch + (draw(gaps) if at + 1 < len(text) else "") for at, ch in enumerate(text))


def wide(text: str) -> str:
    return "".join(chr(ord(ch) + 0xFEE0) if "!" <= ch <= "~" else ch for ch in text)


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """An identity number, telephone, account or plate in one of the ways people write them."""
    day = draw(st.dates()).strftime("%m%d")
    born = f"{draw(st.integers(1900, 2025))}{day}".replace("0229", "0228")
    some = "".join(draw(st.lists(digit, min_size=12, max_size=12)))
    number = draw(
        st.sampled_from(
            [
                some[:6] + born + some[6:9] + "X",
                some[:6] + born + some[6:10],
                some[:6] + born[2:] + some[6:9],
                some[:6] + born + some[6:9] + "x44B1",
                "13" + some[:9],
                "8613" + some[:9],
                "+86 13" + some[:9],
                "0596-26" + some[:5],
                "010 6" + some[:7],
                "62284800" + some[:11],
            ]
        )
    )
    number = draw(spaced(number, DASHES)) if draw(st.booleans()) and "B" not in number else number
    return wide(number) if draw(st.booleans()) else number


FIXED = [
    "闽E12345",
    "粤B·D12345",
    "京A 88888",
    "一三八零零一三八零零一",
    "someone_77@example.com",
    "微信号：chen_ds66",
    "QQ 1234567",
]
PARTS_OF_NAMES = ["大山", "小雨", "春燕", "老陈", "小周", "陈婆婆", "周大娘", "欧阳先生", "老欧阳"]
sure = st.one_of(
    numbers(),
    st.sampled_from(FIXED),
    st.sampled_from([*NAMES, "大山", "小雨", "招娣"]).flatmap(lambda name: spaced(name, GAPS)),
    st.sampled_from(PARTS_OF_NAMES),
    st.sampled_from([*MARKS, "上溪村三组12号", "1962年3月5日", "1962.03.05", "19620305"]),
)


def covered(finder: Finder, text: str, start: int, end: int) -> str:
    """What of [start, end) is in no sure span."""
    inside = [one for one in finder.find(text) if one.sure]
    left = [at for at in range(start, end) if not any(one.start <= at < one.end for one in inside)]
    return "".join(text[at] for at in left)


@given(plain, sure, plain)
@example("", "6228480 00020000000 0", "")
@example("", "622848 000 0002000000", "")
@settings(max_examples=200, deadline=None)
def test_what_is_planted_is_found(before: str, planted: str, after: str) -> None:
    text = f"{before}，{planted}，{after}"
    start = len(before) + 1
    left = covered(FINDER, text, start, start + len(planted))
    kept = re.sub(r"上溪村|微信号：|QQ|号|\s|[年月日（）()+.．\-－\u200b\ufeff]", "", left)
    assert kept == "", f"left of it: {left!r}"


def test_the_test_above_sees_what_is_not_found() -> None:
    blind = Finder({}, villages=["上溪村"])
    assert covered(blind, "陈大山", 0, 3) == "陈大山"


@given(plain, st.lists(st.tuples(sure, plain), max_size=4))
@settings(max_examples=100, deadline=None)
def test_nothing_outside_the_spans_is_altered(before: str, rest: list[tuple[str, str]]) -> None:
    text = before + "".join(f"{one}，{after}" for one, after in rest)
    spans = FINDER.find(text)
    assert all(one.end <= two.start for one, two in pairwise(spans))
    outside, at = [], 0
    for one in spans:
        outside.append(text[at : one.start])
        at = one.end
    outside.append(text[at:])
    assert "".join(
        outside[:1] + [span.instead + kept for span, kept in zip(spans, outside[1:], strict=True)]
    ) == replaced(text, spans)
    assert replaced(text, ()) == text


@given(plain, st.lists(st.tuples(sure, plain), max_size=4))
@settings(max_examples=100, deadline=None)
def test_to_clean_twice_alters_nothing_more(before: str, rest: list[tuple[str, str]]) -> None:
    text = before + "".join(f"{one}，{after}" for one, after in rest)
    for finder in (FINDER, MONTHS):
        once = finder.cleaned(text)
        assert finder.cleaned(once) == once


@given(plain, st.sampled_from(["王建国", "刘二", "柏青"]), plain)
@settings(max_examples=60, deadline=None)
def test_names_of_others_are_guessed_at_by_the_words_around_them(before: str, name: str, after: str) -> None:
    for text, at in (
        (f"{before}。邻居{name}，{after}", len(before) + 3),
        (f"{before}。{name}医生{after}", len(before) + 1),
    ):
        if name == "柏青":
            continue  # no common surname: nobody can tell it from a word
        assert any(one.start <= at < one.end and not one.sure for one in FINDER.find(text)), text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("老陈说，陈 大 山的电话是１３８ ００１３ ８００１。", "陈某说，陈某A的电话是（号码略）。"),
        ("邻居王二说小雨在青禾镇中心小学读三年级", "邻居王某说陈某B在某小学读三年级"),
        ("李小禾社工陪去县医院，王小雨社工留下", "李小禾社工陪去县医院，王小雨社工留下"),
        ("住在大山村，常去上溪村三组甲字47号", "住在大山村，常去上溪村某处"),
        ("月收入1200000元，2025-2026年，2026-06-03 2026-06-10", None),
        ("文书2026-A001-05-12，六月初三，9:00-9:40，3500元", None),
        ("属于社工站服务范围，任何时候，经常，紧张，小任务，老师关心", None),
        ("他去红星砖厂打工，住东街12号3单元", "他去某单位打工，住某处"),
        ("车牌闽E·12345，农行6228 4800 1234 5678 901", "车牌（号码略），农行（号码略）"),
        ("1962年3月5日生，6月3日来访", "（出生日期略）生，6月3日来访"),
        ("出生于一九六二年，二〇一八年十月十日出生", "出生于（出生日期略），（出生日期略）出生"),
        ("陈某A和王某医生在某小学", None),
        ("老陈头、陈二婶、陈妈妈来了，陈家大儿子不在", "陈某、陈某、陈某来了，陈某家大儿子不在"),
        ("燕子、雨妹、小山子和招娣", "欧阳某、陈某B、小陈某A和陈某A"),
        ("阿依古丽说，买买提.阿依古丽没来，扎西走了", "某人A说，某人A.某人A没来，某人B走了"),
        ("大儿子陈建军、妻子吴秀英、村支书黄德贵", "大儿子陈某、妻子吴某、村支书黄某"),
        ("女儿陈红打工，儿子常来，丈夫高血压，妻子马上来", "女儿陈某打工，儿子常来，丈夫高血压，妻子马上来"),
        ("村主任老林，网格员小孙，我问老郑说", "村主任老某，网格员小某，我问老某说"),
        ("绰号“山里人”，小名叫豆豆。", "绰号“某某”，小名叫某某。"),
        ("和平说不去，社会和平，叫和平", "吴某说不去，社会和平，叫吴某"),
        (
            "卡尾号6688，身份证后四位123X，尾号为 0031",
            "卡尾号（号码略），身份证后四位（号码略），尾号为 （号码略）",
        ),
        (
            "低保证号DB350627001，住院号A45678，短号668123",
            "低保证号（号码略），住院号（号码略），短号（号码略）",
        ),
        ("身份证350627********0017，手机138****8001", "身份证（号码略），手机（号码略）"),
        ("0596-7654321转203，350627197801010017 44", "（号码略），（号码略）"),
        ("62.3.5生，六二年三月初五生", "（出生日期略）生，（出生日期略）生"),
        ("1962年3月生，1978年生了大儿子", "（出生日期略）生，1978年生了大儿子"),
        ("二〇一五年十月九日办低保", "（出生日期略）办低保"),
        ("8#2-301，8栋2单元301，住8-2-301", "某处，某处，住某处"),
        ("上溪村上湾组，上溪村第三村民小组", "上溪村某处，上溪村某处"),
        ("在镇二小读书，云岭一中，县二医院，上溪村小学三（2）班", "在某校读书，某校，某医院，某小学某班"),
        ("手机一三八 零零一三 八零零一，138零零13八零零1", "手机（号码略），（号码略）"),
        ("阿珍，阿娟姐说，剃头匠老郑，赵胖子", "阿某，阿某姐说，剃头匠老某，某胖子"),
        ("闽E3321学，抖音@山里人家，房号1203", "（号码略），抖音（账号略），房号（号码略）"),
        ("每周三组织活动，分成三组讨论，二室一厅，3号上午，12号前", None),
        ("与村干部商定由社工接案，申请人陈述情况，社工简要说明，医生许诺复查", None),
        ("女儿高中毕业，儿子江西打工，妻子温州人，老师任课，陈家坝村，陈家湾村", None),
        ("联系了县残联钱科长、救助股赵股长", "联系了县残联某科长、救助股某股长"),
        ("任村支书，高工资，老高兴了", None),
    ],
)
def test_a_sentence(text: str, told: str | None) -> None:
    assert FINDER.cleaned(text) == (text if told is None else told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2026年6月3日（周三）入户", "2026年6月（周三）入户"),
        ("2026-06-03至2026/6/5", "2026年6月至2026年6月"),
        ("6月3日、5日和六月初三", "6月和六月"),
        ("6月有3次", "6月有3次"),
        ("5月12-15日，5月12、13日，五月十二去的", "5月，5月，五月去的"),
        ("每月15日到账，12日来过，5/12复查", "每月某日到账，某日来过，5月复查"),
        ("五月初，四月底，血糖5/12，第3/5页，5/12次", None),
        ("今年64岁，孙子十二岁，60岁以上", "今年60多岁，孙子7—13岁，60岁以上"),
    ],
)
def test_days_are_told_by_their_month_where_asked(text: str, told: str | None) -> None:
    assert MONTHS.cleaned(text) == (text if told is None else told)


def test_a_name_made_known_in_one_text_goes_from_the_others() -> None:
    texts = ["邻居王建国送来鸡蛋。", "王建国说，小名叫豆豆。", "豆豆放学了。"]
    names = {"陈大山": "陈某"}
    assert Finder(names).cleaned(texts[1]).startswith("王建国"), "control: alone it is not known"
    finder = Finder(names, heard=Finder(names).heard(texts))
    assert [finder.cleaned(text) for text in texts] == [
        "邻居王某送来鸡蛋。",
        "王某说，小名叫某某。",
        "某某放学了。",
    ]


def test_somebody_else_with_a_given_name_on_file_is_not_taken_for_them() -> None:
    assert FINDER.cleaned("签名：周大山，陈大山和大山，于大山脚下") == "签名：周某，陈某A和陈某A，于陈某A脚下"


def test_surnames_and_villages() -> None:
    assert [surname_of(name) for name in ("陈大山", "欧阳春", "欧阳", "Anna", "陈", "阿依古丽买买提")] == [
        "陈",
        "欧阳",
        "欧",
        "",
        "",
        "",
    ]
    assert [
        village_of(text) for text in ("上溪村三组12号", "青禾社区", "老街", "3组", "十里长亭外古道边芳草")
    ] == ["上溪村", "青禾社区", "老街", "", ""]
