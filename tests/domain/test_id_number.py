from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgz_desktop.domain import id_number

SAMPLE = "11010519491231002X"  # the example printed in GB 11643-1999
CHECK_MARK = ["身份证号末位校验不符，请对照证件核对。"]


@st.composite
def numbers(draw: st.DrawFn) -> str:
    prefix = draw(st.sampled_from(["110105", "350627", "510104"]))
    born = draw(st.dates(date(1900, 1, 1), date(2026, 6, 30))).strftime("%Y%m%d")
    first17 = f"{prefix}{born}{draw(st.integers(1, 999)):03d}"
    return first17 + id_number.check_character(first17)


def test_the_standards_own_example() -> None:
    assert id_number.check_character(SAMPLE[:17]) == "X"
    assert id_number.is_valid(SAMPLE)
    assert id_number.read(SAMPLE) == id_number.IdFacts("110105", "1949-12-31", "2", False)


@given(numbers())
def test_the_whole_number_is_one_modulo_eleven(number: str) -> None:
    # ISO 7064: the digits, each times 2 to the power of its place from the right, leave 1.
    values = [10 if character == "X" else int(character) for character in number]
    assert sum(value * 2**place for place, value in enumerate(reversed(values))) % 11 == 1


@given(numbers())
def test_made_numbers_are_clean(number: str) -> None:
    facts = id_number.read(number)
    assert facts is not None
    assert id_number.is_valid(number)
    assert id_number.problems(number, facts.sex, facts.born) == []
    assert facts.born is not None
    assert id_number.problems(number, born=facts.born[:4]) == []


@given(numbers(), st.integers(0, 16), st.integers(1, 9))
def test_any_one_wrong_digit_is_marked(number: str, place: int, shift: int) -> None:
    digit = str((int(number[place]) + shift) % 10)
    assert CHECK_MARK[0] in id_number.problems(number[:place] + digit + number[place + 1 :])


@given(numbers(), st.integers(0, 15))
def test_swapped_neighbours_are_marked(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert (id_number.problems(swapped) == []) == (swapped == number)


def test_tidy_keeps_every_letter_and_digit() -> None:
    assert id_number.tidy("１１０１０５ 19491231-002x") == SAMPLE
    assert id_number.tidy("110105 1949 未知 ") == "1101051949未知"


def test_marks() -> None:
    assert id_number.problems("") == []
    assert id_number.problems(SAMPLE[:-1] + "1") == CHECK_MARK
    assert id_number.problems("12345") == ["身份证号应为18位，现为5位或含其他字符，请核对。"]
    assert id_number.problems(SAMPLE, sex="1") == ["身份证号中的性别与填写的不同，请核对。"]
    assert id_number.problems(SAMPLE, sex="0") == []
    assert id_number.problems(SAMPLE, born="1949-12-30") == ["身份证号中的出生日期与填写的不同，请核对。"]


def test_a_day_that_is_none_and_an_unknown_prefix_are_marked() -> None:
    first17 = "99010519490231002"
    made = first17 + id_number.check_character(first17)
    assert id_number.problems(made) == ["身份证号中的出生日期不存在，请核对。"]
    assert not id_number.is_valid(made)
    odd = "77" + SAMPLE[2:17]
    assert id_number.problems(odd + id_number.check_character(odd)) == [
        "身份证号前两位不是省级代码，请核对。"
    ]


def test_legacy_numbers_are_read() -> None:
    legacy = "110105491231002"
    assert id_number.read(legacy) == id_number.IdFacts("110105", "1949-12-31", "2", True)
    assert id_number.to_eighteen(legacy) == SAMPLE
    assert id_number.to_eighteen(SAMPLE) == SAMPLE
    assert id_number.to_eighteen("1") is None
    assert id_number.problems(legacy) == ["这是15位旧号，请核对18位新号。"]
    assert not id_number.is_valid(legacy)


@given(st.text(), st.text(), st.text())
def test_nothing_is_ever_rejected(text: str, sex: str, born: str) -> None:
    for mark in id_number.problems(id_number.tidy(text), sex, born):
        assert mark.endswith("，请核对。") or mark in CHECK_MARK
    id_number.card_problems(id_number.tidy(text), text, (sex,), born)


@pytest.mark.parametrize("tail", ["42", "42B1", "421"])
def test_disability_numbers(tail: str) -> None:
    number = SAMPLE + tail
    facts = id_number.read_card(number)
    assert facts == id_number.CardFacts(SAMPLE, "4", "2", tail[2:])
    assert id_number.card_problems(number, SAMPLE, ("4",), "2") == []
    assert id_number.card_problems(number, "110105491231002", ("4", "6"), None) == []


@pytest.mark.parametrize(
    ("number", "known", "mark"),
    [
        (SAMPLE + "48", {}, "应为20至22位"),
        (SAMPLE + "42ABC", {}, "应为20至22位"),
        (SAMPLE[:-1] + "142", {}, "校验不符"),
        (SAMPLE + "42", {"id_number": "35062719580101001X"}, "与身份证号不一致"),
        (SAMPLE + "42", {"kinds": ("1",)}, "类别"),
        (SAMPLE + "42", {"grade": "1"}, "等级"),
    ],
)
def test_disability_marks(number: str, known: dict[str, object], mark: str) -> None:
    (found,) = id_number.card_problems(number, **known)  # type: ignore[arg-type]
    assert mark in found


def test_masks_show_the_ends_and_no_health() -> None:
    assert id_number.mask(SAMPLE) == "110***********002X"
    assert id_number.mask(SAMPLE + "42B1") == "110***********002X****"
    assert id_number.mask("110105491231002") == "110********1002"
    assert id_number.mask("12345") == "*****"
    assert id_number.mask("") == ""


def test_what_a_sound_number_tells_of_its_owner() -> None:
    number = "35062719620501001" + id_number.check_character("35062719620501001")
    told = {"sex": "1", "born": "1962-05-01", "hukou_address": "福建省漳州市南靖县"}
    assert id_number.told_by(number) == id_number.told_by(f" {number[:6]} {number[6:]}") == told
    assert (
        id_number.told_by(number[:-1] + "Y") == id_number.told_by("") == id_number.told_by(number[:15]) == {}
    )
    unnamed = "35999919620501001"
    assert (
        id_number.told_by(unnamed + id_number.check_character(unnamed))["hukou_address"]
        == "县级区划代码359999"
    )
    foreign = "93562719620501001"
    assert "hukou_address" not in id_number.told_by(foreign + id_number.check_character(foreign))
    nowhere = "00062719620501001"
    assert id_number.told_by(nowhere + id_number.check_character(nowhere)) == {}


@pytest.mark.parametrize(
    ("field", "value", "different"),
    [
        ("born", "1962", False),
        ("born", "1962-06", True),
        ("sex", "2", True),
        ("sex", "", False),
        ("hukou_address", "上溪村三组", False),
    ],
)
def test_where_the_number_and_a_field_differ(field: str, value: str, different: bool) -> None:
    told = {"sex": "1", "born": "1962-05-01", "hukou_address": "福建省漳州市南靖县"}
    assert id_number.differs(field, told[field], value) is different
