from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
import sqlcipher3
from hypothesis import given
from hypothesis import strategies as st

from sgz_desktop.store import terms

RARE = "䶮㐂𠮷𬭎𰀀﨎〇"  # extensions A, B, E and G, a compatibility ideograph, the round zero
HAN = st.sampled_from("老陈家小王走访低保户" + RARE)
PIECES = st.sampled_from([*"老陈家小户" + RARE, "，", " ", "A1", "b", "9", "\n"])


class Index:
    """A contentless full-text table as the store makes it."""

    def __init__(self, database: Any) -> None:
        self.database = database
        database.execute(
            "CREATE VIRTUAL TABLE words USING fts5(t, content='', contentless_delete=1, tokenize='unicode61')"
        )

    def add(self, *texts: str) -> None:
        self.database.execute("DELETE FROM words")
        for row, text in enumerate(texts):
            self.database.execute("INSERT INTO words(rowid, t) VALUES (?, ?)", (row, terms.index_terms(text)))

    def find(self, typed: str) -> list[int]:
        query = terms.match_query(typed)
        if not query:
            return []
        rows = self.database.execute("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid", (query,))
        return [row[0] for row in rows]


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    with closing(sqlcipher3.connect(":memory:", isolation_level=None)) as database:
        yield Index(database)


def full(name: str) -> set[str]:
    return {reading.full for reading in terms.name_readings(name)}


def initials(name: str) -> set[str]:
    return {reading.initials for reading in terms.name_readings(name)}


def test_pairs_and_a_lone_last_character() -> None:
    assert terms.index_terms("老陈家") == "老陈 陈家 家"
    assert terms.index_terms("老陈，家") == "老陈 陈 家"
    assert terms.index_terms("ＡBC１２３号") == "abc123 号"
    assert terms.index_terms("") == ""


def test_queries_are_quoted() -> None:
    assert terms.match_query("老") == '"老"*'
    assert terms.match_query("老陈") == '"老陈"'
    assert terms.match_query("老陈家") == '"老陈 陈家"'
    assert terms.match_query("老陈 A3") == '"老陈" AND "a3"*'
    assert terms.match_query('" OR *，。') == '"or"*'
    assert terms.match_query("，。") == ""


def test_a_pasted_page_is_cut() -> None:
    assert len(terms.match_query("老陈" * 10_000)) < 4 * terms.MAX_QUERY


@given(st.lists(HAN, min_size=1, max_size=12), st.data())
def test_every_part_of_a_run_is_found(index: Index, run: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(run) - 1))
    end = data.draw(st.integers(start + 1, len(run)))
    index.add("访" + "".join(run) + "，户", "无关的话")
    assert index.find("".join(run[start:end])) == [0]


@given(st.lists(PIECES, max_size=14).map("".join), st.lists(HAN, min_size=1, max_size=4).map("".join))
def test_what_is_found_is_there(index: Index, text: str, wanted: str) -> None:
    index.add(text)
    there = unicodedata.normalize("NFKC", wanted) in unicodedata.normalize("NFKC", text)
    assert (index.find(wanted) == [0]) == there


@given(st.text(max_size=80), st.text(max_size=30))
def test_any_text_can_be_indexed_and_asked_for(index: Index, text: str, typed: str) -> None:
    index.add(text)
    index.find(typed)


def test_latin_and_digits_are_found_as_they_grow(index: Index) -> None:
    index.add("个案 C-A0012 已转介", "个案 C-A0099")
    assert index.find("a00") == [0, 1]
    assert index.find("A0012") == [0]
    assert index.find("转介 a0012") == [0]
    assert index.find("转介 a0099") == []


def test_one_character() -> None:
    assert all(terms.is_one_character(letter) for letter in ("陈", " 陈 ", *RARE))
    assert not any(terms.is_one_character(text) for text in ("陈家", "a", "1", "", "，"))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("单大山", "shandashan"),
        ("仇小石", "qiuxiaoshi"),
        ("曾阿水", "zengashui"),
        ("解小云", "xiexiaoyun"),
        ("查小山", "zhaxiaoshan"),
        ("区小田", "ouxiaotian"),
        ("朴小花", "piaoxiaohua"),
        ("翟小米", "zhaixiaomi"),
        ("盖小苗", "gexiaomiao"),
        ("盖小苗", "gaixiaomiao"),
        ("乐小天", "yuexiaotian"),
        ("覃小木", "qinxiaomu"),
        ("覃小木", "tanxiaomu"),
        ("单于小", "chanyuxiao"),
        ("欧阳小", "ouyangxiao"),
        ("尉迟小", "yuchixiao"),
        ("长孙小", "zhangsunxiao"),
        ("万俟小", "moqixiao"),
        ("吕小绿", "lvxiaolv"),
        ("吕小绿", "luxiaolu"),
        ("余小沈", "yuxiaoshen"),
        ("卜小卜", "buxiaobu"),
        ("王长乐", "wangchangle"),
        ("艾力·买买提", "ailimaimaiti"),
    ],
)
def test_readings(name: str, said: str) -> None:
    assert said in full(name)


def test_the_likeliest_reading_comes_first() -> None:
    assert terms.name_readings("单小山")[0] == terms.Reading("shanxiaoshan", "sxs")
    assert terms.name_readings("欧阳小山")[0] == terms.Reading("ouyangxiaoshan", "oyxs")
    assert "sxs" in initials("单小山")
    assert {"qcl", "qzl"} <= initials("覃长乐")


def test_the_surname_table_is_needed() -> None:
    from pypinyin import lazy_pinyin

    assert lazy_pinyin("单小山")[0] == "dan"
    assert not any(said.startswith("shan") for said in full("小单")), "only a surname is read as one"


@given(st.text(max_size=12))
def test_any_name_has_few_readings_of_plain_letters(name: str) -> None:
    readings = terms.name_readings(name)
    assert len(readings) <= terms.MAX_READINGS
    assert len(set(readings)) == len(readings)
    for reading in readings:
        assert re.fullmatch(r"[a-z0-9]+", reading.full)


def test_names_without_letters_have_none() -> None:
    assert terms.name_readings("·") == ()
    assert terms.name_readings("") == ()


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("LVHONG", "lvhong"),
        ("lü hong", "lvhong"),
        ("lu\u0308hong", "lvhong"),
        ("lyuhong", "lvhong"),
        ("lu'hong", "luhong"),
        ("ｃｘｈ", "cxh"),
        ("陈xh", ""),
        ("123", ""),
        ("", ""),
    ],
)
def test_pinyin_queries(typed: str, asked: str) -> None:
    assert terms.pinyin_query(typed) == asked


@pytest.mark.parametrize("typed", ["lvhong", "lyuhong", "lühong", "luhong", "LÜ HONG"])
def test_every_way_to_write_u_umlaut_finds_the_name(typed: str) -> None:
    assert terms.pinyin_query(typed) in full("吕红")
    assert terms.pinyin_query(typed) not in full("李红")


def test_digits() -> None:
    assert terms.digits_of("138-0000 ００00") == "13800000000"
    assert terms.reversed_digits("11010519491231002X") == "x20013219491501011"
    assert terms.reversed_digits("11010519491231002X").startswith(terms.reversed_digits("002x"))
    assert terms.digit_query(" 002X ") == "002x"
    assert terms.digit_query("１３８-0") == "1380"
    assert [terms.digit_query(text) for text in ("x", "陈1", "", "2xx")] == [""] * 4


def test_pinyin_is_loaded_only_when_a_name_is_read() -> None:
    program = (
        "import sys\nfrom sgz_desktop.store import terms\nterms.index_terms('陈')\nterms.pinyin_query('c')\n"
        "assert 'pypinyin' not in sys.modules\nterms.name_readings('陈')\nassert 'pypinyin' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_stamp_names_table_and_library() -> None:
    assert re.fullmatch(r"\d+-\d+\.\d+.*", terms.readings_version())


def test_phrases_are_not_loaded_for_readings_of_single_characters() -> None:
    """They take 43 MB, and a laptop has few."""
    code = """from sgz_desktop.store import terms
list(terms.name_readings("陈小红"))
from pypinyin import constants
print(len(constants.PHRASES_DICT), len(constants.PINYIN_DICT) > 40_000)"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["0", "True"]
