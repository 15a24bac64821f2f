"""What may be a passphrase."""

from __future__ import annotations

import importlib.util
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sgz_desktop.errors import AppError
from sgz_desktop.resources import resource
from sgz_desktop.vault.passphrase import FLOOR, check_passphrase, refused
from sgz_desktop.vault.stretch import Argon2Params, stretch, typed

SHORT, COMMON = "密码至少12个字", "密码太常见"


@pytest.mark.parametrize(
    ("passphrase", "refusal"),
    [
        ("", SHORT),
        ("柚子树结了八个果吗真的", SHORT),  # eleven
        ("柚" * 257, "密码太长"),
        ("river lantern\nseventeen", "看不见的字"),
        ("river lantern\u202eseventeen", "看不见的字"),
        ("138001380001380", "全是数字"),
        ("450103 19900101 1234", "全是数字"),
        ("aaaaaaaaaaaaaaa", "重复的字"),
        ("abcabcabcabcabc", "重复的字"),
        ("柚子树柚子树柚子树柚子树", "重复的字"),
        ("lantern7lantern7", "重复的字"),
        ("!@#$%^&*()_+|", "重复的字"),
        ("password1234", COMMON),
        ("P@ssw0rd2024!!", COMMON),
        ("$un$hine2026!", COMMON),
        ("1LoveY0u-zhang@wei", COMMON),
        ("ｐａｓｓｗｏｒｄ１２３４", COMMON),
        ("Woaini1314520", COMMON),
        ("woaizhongguo2024", COMMON),
        ("ZhangWei19900101", COMMON),
        ("qwertyuiop[]asdf", COMMON),
        ("1qaz@WSX3edc", COMMON),
        ("abcdefghijklmnop", COMMON),
        ("zyxwvutsrqponmlk", COMMON),
        ("一二三四五六七八九十一二", COMMON),
        ("床前明月光疑是地上霜举头", COMMON),
        ("为人民服务2024社工站", COMMON),
        ("芝麻开门我爱你中国加油啊", COMMON),
        ("试验镇社工站试验甲2024", COMMON),
    ],
)
def test_refused_with_its_sentence(passphrase: str, refusal: str) -> None:
    assert refusal in refused(passphrase, about=("试验甲", "试验镇社工站"))
    with pytest.raises(AppError, match=refusal):
        check_passphrase(passphrase, about=("试验甲", "试验镇社工站"))


@pytest.mark.parametrize(
    "passphrase",
    [
        "屋后三棵柚子树结了八个果",
        "门前 有 两棵 荔枝树 很甜",
        "river lantern seventeen",
        "x9$K!v@2#Lq%z",
        "lan se de fan chuan 37",
        "后院柚子树2024年结了八个",
    ],
)
def test_taken(passphrase: str) -> None:
    assert refused(passphrase, about=("试验甲", "试验镇社工站")) == ""
    check_passphrase(passphrase)


def test_the_station_name_is_what_makes_it_weak() -> None:
    passphrase = "柳坡镇柳坡镇社工站2024"
    assert refused(passphrase, about=("柳坡镇",))
    assert refused("柳坡镇上的三棵柚子树很甜", about=("柳坡镇",)) == ""


def test_the_list_is_what_the_rules_make() -> None:
    spec = importlib.util.spec_from_file_location("build", resource("passphrases", "build.py"))
    assert spec is not None
    assert spec.loader is not None
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    committed = resource("passphrases", "blocked.txt").read_text(encoding="utf-8")
    assert build.text() == committed
    assert len(committed.split()) >= 2900


def test_every_listed_piece_is_weak_at_any_length() -> None:
    """Two pieces of the list and a date are not a passphrase."""
    pieces = resource("passphrases", "blocked.txt").read_text(encoding="utf-8").split()[::3]
    for left, right in zip(pieces, reversed(pieces), strict=True):
        assert refused(f"{left}{right}20260630"), (left, right)


@given(st.text(max_size=FLOOR - 1))
def test_nothing_short_is_taken(text: str) -> None:
    assert refused(text)


@given(st.text(alphabet=st.characters(min_codepoint=0x80), min_size=FLOOR, max_size=FLOOR + 4))
def test_nothing_that_shrinks_below_the_floor_is_taken(text: str) -> None:
    assert refused(text) or len(unicodedata.normalize("NFKC", text)) >= FLOOR


WEAK = "password1234"


def _shifted(text: str, letters: int, digits: int) -> str:
    """Each a-z and 0-9 as the character of a block of look-alikes."""
    return "".join(chr(ord(c) - 48 + digits) if c.isdigit() else chr(ord(c) - 97 + letters) for c in text)


@pytest.mark.parametrize(
    ("trick", "refusal"),
    [
        (_shifted(WEAK, 0xFF41, 0xFF10), COMMON),
        (_shifted(WEAK, 0x1D41A, 0x1D7CE), COMMON),
        (_shifted(WEAK, 0x24D0, 0xFF10), COMMON),
        (WEAK.upper(), COMMON),
        ("PaSsWoRd①②③④", COMMON),
        ("paſſword1234", COMMON),
        ("password¹²³⁴", COMMON),
        (" ".join(WEAK), COMMON),
        ("　".join(WEAK), COMMON),
        ("\u00a0-_.".join(WEAK), COMMON),
        ("\u0323\u0301".join(WEAK), COMMON),
        ("wǒàizhōngguó2024", COMMON),
        ("\ufe0f".join(WEAK), COMMON),
        ("\u200b".join(WEAK), "看不见的字"),
        ("\u00ad".join(WEAK), "看不见的字"),
        ("\ufeff" + WEAK, "看不见的字"),
        (WEAK + "\u3164\u115f\uffa0\u1160\u3164", "看不见的字"),
        ("⼀⼆三四五六七⼋九⼗一二", COMMON),
        ("e\u0301" * 6 + "x", SHORT),
        ("a" + "\u0316\u0317\u0318\u0319\u031a\u031b\u031c\u031d\u031e\u031f\u0320", "重复的字"),
        ("\ufdfa", SHORT),
        ("㍿㍿㍿㍿", SHORT),
        ("㍿" * 12, "重复的字"),
        ("١٢٣٤٥٦٧٨٩٠١٢٣", "全是数字"),
        ("一" * 12, "重复的字"),
    ],
)
def test_a_disguise_does_not_make_a_weak_passphrase_strong(trick: str, refusal: str) -> None:
    assert refusal in refused(trick)


def test_what_is_checked_is_what_is_stretched() -> None:
    """Two ways to type one passphrase are one passphrase, when it is chosen and when it is tried."""
    full, half = "Ｌａｎｔｅｒｎ　７　river　４　tea", "Lantern 7 river 4 tea"
    assert typed(full) == typed(half) == half
    assert refused(full) == refused(half) == ""
    salt, params = bytes(16), Argon2Params(32, 1, 1)
    assert stretch(full, salt, params) == stretch(half, salt, params)
    assert stretch(half + " ", salt, params) != stretch(half, salt, params)


@given(st.text(alphabet="㐀㑇䶮柚荔枝龙眼榕樟枫桐杉柏槐柳桃李杏梅", min_size=16, max_size=40))
def test_long_unlikely_text_is_taken_unless_it_repeats(text: str) -> None:
    assume(not any(char * 4 in text for char in text))  # such a run counts for nothing
    assert "太常见" not in refused(text)
