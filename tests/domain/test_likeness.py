"""Points for what two descriptions of people share."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgz_desktop.domain.likeness import NAME, NICK, Likeness, Said, Traits, fold, likeness

READINGS = {
    "陈小红": "chenxiaohong",
    "陈晓红": "chenxiaohong",
    "程小红": "chengxiaohong",
    "陈红小": "chenhongxiao",
    "陈小芳": "chenxiaofang",
    "小红": "xiaohong",
    "陈红": "chenhong",
    "刘志华": "liuzhihua",
    "牛自发": "niuzifa",
    "王梅": "wangmei",
    "王芳": "wangfang",
    "红嫂": "hongsao",
}
NUMBER = "990000194903074025"  # sound by its check digit


def who(name: str, label: str = NAME, **more: str) -> Traits:
    return Traits((Said(label, name, frozenset({READINGS[name]})),), **more)


def like(one: Traits, other: Traits) -> Likeness:
    found = likeness(one, other)
    assert likeness(other, one).points == found.points
    return found


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (who("陈小红", born="1949-03-07"), "姓名相同，出生日期相同"),
        (who("陈晓红", born="1949-03-07"), "姓名同音，出生日期相同"),
        (who("程小红", born="1949-03-07"), "姓名音近，出生日期相同"),
        (who("陈小芳", born="1949-03-07"), "姓名只差一个字，出生日期相同"),
        (who("陈红小", born="1949-03-07"), "姓名字序不同，出生日期相同"),
        (who("陈红", born="1949-03-07"), "姓名少一个字，出生日期相同"),
        (who("小红", born="1949-03-07"), "姓名只少了姓，出生日期相同"),
        (who("陈小红", born="1949"), "姓名相同，出生年份相同"),
        (who("陈小红", born="1949-07-03", village="柳湾村"), "姓名相同，出生日期相近，同村"),
        (who("陈小红", village="柳湾村"), "姓名相同，同村"),
        (who("陈晓红", village="柳湾村"), "姓名同音，同村"),
        (who("陈小红", NICK, village="柳湾村"), "小名相同，同村"),
        (Traits(phone="139 0000 0217"), "电话相同"),
        (Traits(id_number=NUMBER), "身份证号相同，出生日期相同"),
        (Traits(id_number=NUMBER.replace("03", "08")), "身份证号只差一位"),
        (Traits(id_number="990000194903704025"), "身份证号只差一位"),
    ],
)
def test_who_is_shown_and_why(other: Traits, words: str) -> None:
    one = who(
        "陈小红", born="1949-03-07", village="柳湾村", sex="female", phone="13900000217", id_number=NUMBER
    )
    found = like(one, other)
    assert found.likely
    assert found.words == words


@pytest.mark.parametrize(
    "other",
    [
        who("陈小红", born="1968-11-20", village="柳湾村"),  # her namesakes: another age
        who("陈小红", born="1968", village="柳湾村"),
        who("陈小红", village="石桥村", sex="male"),
        who("陈晓红"),  # nothing but the sound
        who("陈小芳", village="柳湾村"),
        who("王梅", born="1949-03-07", village="柳湾村"),  # nothing but the birth
        who("陈小红", id_number="990000194903074121"),  # another sound number
        who("红嫂", NICK, village="柳湾村"),  # nothing but a nickname of the village
        Traits(),
        Traits(phone="110"),
    ],
)
def test_who_is_not(other: Traits) -> None:
    one = who("陈小红", born="1949-03-07", village="柳湾村", sex="female", phone="110", id_number=NUMBER)
    one = replace(one, names=(*one.names, *who("红嫂", NICK).names))
    assert not like(one, other).likely


def test_two_characters_of_which_one_differs_are_two_names() -> None:
    assert not like(who("王梅", born="1949-03-07"), who("王芳", born="1949-03-07")).likely


@pytest.mark.parametrize(
    ("one", "other"),
    [("liuzhihua", "niuzifa"), ("chen", "cheng"), ("hunan", "fulan"), ("hui", "fei"), ("shen", "seng")],
)
def test_sounds_people_take_for_one_another(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("wang", "huang"), ("li", "lu"), ("zhou", "zhu"), ("hu", "wu")])
def test_sounds_they_do_not(one: str, other: str) -> None:
    assert fold(one) != fold(other)


TEXTS = st.text(st.sampled_from("0123456789X-年陈 ab"), max_size=20)


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_anything_can_be_compared_and_both_ways_alike(born: str, number: str, other: str, phone: str) -> None:
    """What a peer sent may be no day and no number at all."""
    one = Traits(born=born, id_number=number, phone=phone)
    two = Traits(born=other, id_number=number, phone=phone)
    assert like(one, two) is not None
    assert like(one, one).points >= 0
