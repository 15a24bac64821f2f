"""A name that is suggested can be written on every system."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgz_desktop.domain.file_names import NAME_BYTES, safe_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2026-06 简报.pdf", "2026-06 简报.pdf"),
        ('a/b\\c:d*e?f"g<h>i|j', "a_b_c_d_e_f_g_h_i_j"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("com¹.pdf", "_com¹.pdf"),
        ("NUL .x", "_NUL .x"),
        ("CONTRACT.pdf", "CONTRACT.pdf"),
        ("尾点. . .", "尾点"),
        (" .隐藏", "隐藏"),
        ("一\n二\t三\0", "一二三"),
        ("exe\u202efdp.pdf", "exefdp.pdf"),
        ("", "未命名"),
        ("...", "未命名"),
    ],
)
def test_safe_name(text: str, name: str) -> None:
    assert safe_name(text) == name


@settings(deadline=None)
@given(st.text(max_size=300))
def test_safe_name_is_always_a_plain_name(text: str) -> None:
    name = safe_name(text)
    assert 0 < len(name.encode("utf-8")) <= NAME_BYTES
    assert not set(name) & set('<>:"/\\|?*\0')
    assert name not in (".", "..")
    assert name[-1] not in ". "
    assert safe_name(name) == name


def test_a_long_name_keeps_its_ending() -> None:
    name = safe_name("很长的名字" * 40 + ".pdf")
    assert name.endswith(".pdf")
    assert len(name.encode()) <= NAME_BYTES
