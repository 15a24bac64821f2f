"""Any text can stand in a cell and is read back exactly; what looks like a formula is told apart."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sgz_desktop.exports.escapes import escaped, guarded, is_active, unescaped, unguarded

any_text = st.text(st.characters(codec=None)) | st.text("_x0041\x00\r\n\t=+-@'＝﹣−\u200b\ufeffA甲5Fe\ud800")


@given(any_text)
@example("_x0041\x01x0042_")
@example("_x005F_x0041_")
@example("_x_x0041__x0000_")
def test_every_text_is_held_by_xml_and_leads_back(text: str) -> None:
    held = escaped(text)
    assert unescaped(held) == text
    element = ElementTree.Element("t")
    element.text = held
    assert ElementTree.fromstring(ElementTree.tostring(element, "utf-8")).text == (held or None)


@given(any_text)
def test_every_text_is_guarded_and_leads_back(text: str) -> None:
    held = guarded(text)
    assert unguarded(held) == text
    assert not is_active(held)
    assert len(held) <= len(text) + 1


@given(st.lists(any_text, min_size=1, max_size=4))
def test_a_line_of_csv_gives_back_what_was_put_in(texts: list[str]) -> None:
    line = ",".join('"' + guarded(escaped(text)).replace('"', '""') + '"' for text in texts)
    (row,) = csv.reader(io.StringIO(line, newline=""), strict=True)
    assert [unescaped(unguarded(cell)) for cell in row] == texts


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("甲", "甲"),
        ("a\tb\nc", "a\tb\nc"),
        ("\0", "_x0000_"),
        ("甲\r\n乙", "甲_x000D_\n乙"),
        ("\ud83d", "_xD83D_"),
        ("\ufffe", "_xFFFE_"),
        ("_x0041_", "_x005F_x0041_"),
        ("_x004", "_x004"),
        ("_X0041_", "_X0041_"),
        ("_x0041\0", "_x005F_x0041_x0000_"),
    ],
)
def test_escapes_are_those_of_the_standard(text: str, held: str) -> None:
    assert escaped(text) == held


@pytest.mark.parametrize(
    "text",
    [
        "=1",
        "+1",
        "-1",
        "@a",
        "\t=1",
        "\n=1",
        "＝1",
        "＋1",
        "－1",
        "＠a",
        "﹦1",
        "−1",
        " =1",
        "\u200b=1",
        "\ufeff=1",
        "'a",
        "110105196203051234",
        "0571",
        "1-2",
        "3E5",
        "1,2",
        "50%",
    ],
)
def test_what_is_guarded(text: str) -> None:
    assert guarded(text) == "'" + text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "甲=1",
        "a@b",
        "（1）",
        "13800001234",
        "0",
        "12",
        "2026-06-30",
        "2026",
        "09:30",
        "11010519620305123X",
        "3号楼",
    ],
)
def test_what_is_left_as_it_is(text: str) -> None:
    assert guarded(text) == text
