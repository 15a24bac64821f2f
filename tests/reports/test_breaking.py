"""Line breaking over random text: nothing forbidden at either end, nothing lost, nothing torn."""

from __future__ import annotations

import random
import re

import pytest

from sgz_desktop.reports import fonts
from sgz_desktop.reports.breaking import HALF, NO_END, NO_START, Run, runs

HAN = "我们一起把身份证户口簿养老金存折放进文件袋社工站服务对象走访记录救助申请"
FORBIDDEN_START = "，。、；：？！）》〉」』】〕”’…—·％℃"
FORBIDDEN_END = "（《〈「『【〔“‘·"


def random_text(seed: int, length: int = 400) -> str:
    """Sentences with marks, quotes, brackets, numbers and Latin words where a writer puts them."""
    source, parts = random.Random(seed), list[str]()
    while sum(map(len, parts)) < length:
        words = "".join(source.choice(HAN) for _ in range(source.randint(1, 9)))
        form = source.choice(
            (
                "{}，",
                "{}。",
                "“{}。”",
                "（{}）",
                "《{}》",
                "{}——",
                "{}……",
                "{}、",
                "{}：“",
                "{}？！",
                "{}·{}",
                "{} ",
            )
        )
        parts.append(form.format(words, words[:2]))
        parts.append(source.choice(("", "", f"{source.randint(1, 3000)}元", "Case Manager", "3.5%", "第3节")))
    return "".join(parts)


def lines_of(text: str, ems: float, indent: int = 0) -> list[str]:
    run = Run(text, fonts.SONG)
    return [text[line.start : line.end] for line in run.lines(round(ems * 1000), indent)]


@pytest.mark.parametrize("seed", range(12))
def test_no_forbidden_mark_at_either_end(seed: int) -> None:
    text = random_text(seed)
    seen = 0
    for ems in (8, 11, 14.5, 20, 28, 41):
        lines = lines_of(text, ems, 2000)
        seen += len(lines)
        assert [line for line in lines[1:] if line[0] in FORBIDDEN_START] == []
        assert [line for line in lines[:-1] if line[-1] in FORBIDDEN_END] == []
    assert seen > 120


def test_the_check_notices_a_plain_cut() -> None:
    text = random_text(1)
    cut = [text[i : i + 20] for i in range(0, len(text), 20)]
    assert any(line[0] in FORBIDDEN_START or line[-1] in FORBIDDEN_END for line in cut)


@pytest.mark.parametrize("seed", range(6))
def test_no_character_is_lost_and_no_line_is_too_long(seed: int) -> None:
    text = random_text(seed)
    run = Run(text, fonts.SONG)
    for room in (9_000, 21_000, 33_000):
        lines = run.lines(room, 2000)
        assert re.sub(" ", "", "".join(text[n.start : n.end] for n in lines)) == text.replace(" ", "")
        for i, line in enumerate(lines):
            allowed = room - (0 if i else 2000) + line.shift
            assert line.width <= allowed + HALF
            if line.width > allowed:
                assert text[line.end - 1] in NO_START


@pytest.mark.parametrize("ems", [8, 9, 10, 11, 12, 13, 17, 22])
def test_words_and_numbers_stay_whole(ems: int) -> None:
    text = (
        "电话000-0000 0000，身份证320***********0048，补助1,280.50元，共12人次，第18期，Manager说6月30日到。"
    )
    joined = "\n".join(lines_of(text, max(ems, 11)))
    for whole in ("000-0000 0000", "1,280.50元", "12人", "第18期", "Manager", "6月30日"):
        assert whole in joined


@pytest.mark.parametrize("extra", range(1, 40))
def test_no_single_character_stands_on_the_last_line(extra: int) -> None:
    text = (HAN * 3)[: 40 + extra] + "。"
    lines = lines_of(text, 20)
    assert len(lines[-1].strip(NO_START)) > 1


def test_a_word_longer_than_the_line_is_cut() -> None:
    assert "".join(lines_of("x" * 500, 10)) == "x" * 500


def test_marks_side_by_side_close_up_and_han_stands_off_digits() -> None:
    assert Run("）。", fonts.SONG).width == 1500
    assert Run("）我", fonts.SONG).width == 2000
    digit = Run("3", fonts.SONG).width
    assert Run("第3节", fonts.SONG).width == 2000 + digit + 300


def test_an_opening_bracket_at_line_start_moves_half_out() -> None:
    text = HAN[:10] + "（" + HAN[:9]
    lines = Run(text, fonts.SONG).lines(10_000)
    assert [line.shift for line in lines] == [0, HALF]
    assert Run("（甲）" + HAN, fonts.SONG).lines(10_000)[0].shift == 0


def test_line_breaks_stay_and_control_characters_go() -> None:
    found = runs("甲\r\n乙\x00\u202e丙\n\n丁\t戊\ufeff", fonts.SONG)
    assert [run.text for run in found] == ["甲", "乙丙", "", "丁    戊"]


def test_no_start_and_no_end_agree_with_the_standard() -> None:
    assert set(FORBIDDEN_START) <= set(NO_START)
    assert set(FORBIDDEN_END) <= set(NO_END)


DATES = "2026年4月15日至2026年11月30日，续签（2027年1月1日）"
DATE = re.compile(r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日")


def torn_dates(room: int, whole: bool) -> int:
    run = Run(DATES, fonts.SONG)
    ends = [line.end for line in run.lines(room, 0, whole)]
    assert ends[-1] == len(DATES)
    return sum(any(m.start() < end < m.end() for end in ends) for m in DATE.finditer(DATES))


def test_a_full_date_is_not_torn_where_a_line_holds_it() -> None:
    widest = max(Run(m[0] + "，", fonts.SONG).width for m in DATE.finditer(DATES)) + 1000
    rooms = range(widest, 3 * widest, 250)
    assert sum(torn_dates(room, True) for room in rooms) == 0
    assert sum(torn_dates(room, False) for room in rooms) > 10


LIST = "特困供养、特困人员、高龄老人、独居老人（会谈陪同办理），照料困难、儿童照管"


@pytest.mark.parametrize("ems", range(8, 20))
def test_no_item_of_a_list_is_torn_in_a_cell(ems: int) -> None:
    def torn(whole: bool) -> list[str]:
        lines = [LIST[one.start : one.end] for one in Run(LIST, fonts.SONG).lines(ems * 1000, 0, whole)]
        assert "".join(lines) == LIST
        return [one for one in lines[:-1] if one[-1] not in "、，）" and not one.endswith("独居老人")]

    assert torn(True) == []
    assert ems > 8 or torn(False)


def test_a_column_narrower_than_a_date_still_takes_it() -> None:
    run = Run(DATES, fonts.SONG)
    for room in range(3000, 6000, 250):
        assert max(line.width - line.shift for line in run.lines(room, 0, True)) <= room + HALF
