"""The brief as a Word document says all that its value says, by the measures of GB/T 9704."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import docx as reader
import pytest
from docx.document import Document
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.table import Table
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from sgz_desktop.actions.brief_word import SEALS, document
from sgz_desktop.exports import docx
from sgz_desktop.exports.docx_table import DAY
from sgz_desktop.exports.docx_text import plain
from sgz_desktop.exports.docx_values import Document as DocxDocument
from sgz_desktop.exports.docx_values import Picture, Pictures, Text
from sgz_desktop.reports import values as v
from tests.foreign.photos import photo
from tests.reports import samples

ROOT = Path(__file__).resolve().parents[2]
AGAIN = """
import hashlib
from sgz_desktop.actions.brief_word import document
from sgz_desktop.exports import docx
from tests.reports import samples
print(hashlib.sha256(docx.written(document(samples.brief()))).hexdigest())
"""


def made(brief: v.Brief) -> bytes:
    return docx.written(document(brief))


def opened(data: bytes) -> Document:
    return reader.Document(io.BytesIO(data))


def said(data: bytes) -> str:
    """All text of a document in its order, a line for each paragraph and each cell."""
    body = opened(data).element.body
    return "\n".join(
        "".join(_run(one) for one in p.iter(qn("w:t"), qn("w:br"))) for p in body.iter(qn("w:p"))
    )


def _run(one: etree._Element) -> str:
    return "\n" if one.tag == qn("w:br") else one.text or ""


def wanted(value: object) -> list[str]:
    """Every text and every figure of a value, but for what only says how it is set."""
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, bool) or value is None or isinstance(value, float):
        return []
    if isinstance(value, int):
        return [str(value)]
    if isinstance(value, tuple):
        return [text for one in value for text in wanted(one)]
    assert is_dataclass(value)
    unsaid = {"align", "width", "empty", "title"} if isinstance(value, v.Column | v.Table) else {"empty"}
    reason = {"reason"} if isinstance(value, v.Target) else set()
    left = unsaid | reason | ({"hollow"} if isinstance(value, v.Bar) and not value.hollow else set())
    return [
        text for one in fields(value) if one.name not in left for text in wanted(getattr(value, one.name))
    ]


def missing(brief: v.Brief, data: bytes) -> list[str]:
    """What a brief says and a document does not; its number stands at the foot, read elsewhere."""
    lines = said(data)
    told = replace(brief, number="")
    return [text for text in wanted(told) if not all(line in lines for line in plain(text).split("\n"))]


def test_it_says_all_that_the_brief_says() -> None:
    brief = samples.brief()
    data = made(brief)
    assert len(wanted(brief)) > 150
    assert missing(brief, data) == []
    short = replace(brief, sections=brief.sections[:-1], summary=brief.summary[:20])
    assert len(missing(brief, made(short))) > 5  # the control


def test_figures_stand_in_the_tables_as_they_are_given() -> None:
    brief = samples.brief()
    tables = [table for table in opened(made(brief)).tables if len(table.columns) == 5]
    figures = samples.figures()
    shown = [[cell.text.strip("　") for cell in row.cells] for row in _with_head("本年累计", tables).rows]
    assert shown == [[one.head for one in figures.columns], *(list(row) for row in figures.rows)]
    for row in _with_head("本年累计", tables).rows[1:]:
        assert [cell.paragraphs[0].paragraph_format.alignment for cell in row.cells][2:] == [2, 2, 2]  # right


def _with_head(word: str, tables: list[Table]) -> Table:
    return next(table for table in tables if table.rows[0].cells[-1].text == word)


def test_heads_stand_again_on_each_page_and_rows_do_not_break() -> None:
    tables = opened(made(samples.brief())).element.body.iter(qn("w:tbl"))
    headed = [table for table in tables if table.find(f".//{qn('w:tblHeader')}") is not None]
    assert len(headed) == 4  # targets, two of figures, next month
    for table in headed:
        first, *others = table.iter(qn("w:tr"))
        assert first.find(f".//{qn('w:tblHeader')}") is not None
        assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in others)


def test_the_page_and_the_type_are_those_of_the_standard() -> None:
    word = opened(made(samples.brief()))
    page = word.sections[0]
    sides = (page.page_width, page.page_height, page.top_margin, page.left_margin, page.bottom_margin)
    assert [round(side.mm) for side in (*sides, page.right_margin)] == [210, 297, 37, 28, 35, 26]
    faces = {"Normal": ("仿宋", 16), "一级标题": ("黑体", 16), "二级标题": ("楷体", 16)}
    for name, (face, size) in faces.items():
        style = word.styles[name]
        assert style.element.rPr.rFonts.get(qn("w:eastAsia")) == face
        assert style.font.size.pt == size
        assert style.paragraph_format.line_spacing_rule == WD_LINE_SPACING.EXACTLY
        assert style.element.pPr.ind.get(qn("w:firstLineChars")) == "200"
    assert all(style.element.rPr.rFonts.get(qn("w:eastAsia")) for style in word.styles if style.type == 1)
    for foot in (page.footer, page.even_page_footer):
        assert foot.paragraphs[0].text.count("—") == 2
        assert "MW-JB-2026-06-1" in foot.paragraphs[0].text


def test_nothing_is_printed_where_a_seal_goes() -> None:
    *_, signed = opened(made(samples.brief())).tables
    *_, seals = signed.rows
    assert list(dict.fromkeys(cell.text for cell in seals.cells)) == [f"{name}\n{DAY}" for name in SEALS]
    assert seals.height.mm > 45


def test_seals_stay_with_the_signatures_and_the_words_before_them() -> None:
    word = opened(made(samples.brief()))
    *_, signed = word.tables
    above, gap = [one for one in word.iter_inner_content() if one._element.getnext() is not None][-4:-2]
    assert all(one.paragraph_format.keep_with_next for one in (above, gap))
    first, last = signed.rows
    kept = [one.paragraph_format.keep_with_next for cell in first.cells for one in cell.paragraphs]
    assert all(kept)
    assert not any(one.paragraph_format.keep_with_next for cell in last.cells for one in cell.paragraphs[1:])


def test_photos_stand_two_to_a_row_with_their_captions() -> None:
    shots = [photo(size=(800, 600)), photo(size=(300, 900)), photo(size=(640, 480))]
    sizes = ((800, 600), (300, 900), (640, 480))
    pairs = zip(shots, sizes, strict=True)
    pieces = tuple(Picture(data, *size, f"图<{at}>") for at, (data, size) in enumerate(pairs, 1))
    word = opened(docx.written(DocxDocument("简报", "JB-1", (Text("前"), Pictures(pieces), Text("后")))))
    (table,) = word.tables
    assert [[cell.text for cell in row.cells] for row in table.rows][1::2] == [
        ["图<1>", "图<2>"],
        ["图<3>", ""],
    ]
    assert [(round(one.width.mm), round(one.height.mm)) for one in word.inline_shapes] == [
        (75, 56),
        (20, 60),
        (75, 56),
    ]
    images = [part.blob for part in word.part.package.image_parts]
    assert sorted(images) == sorted(shots)


@pytest.mark.parametrize("practice", [True, False])
def test_only_practice_says_practice(practice: bool) -> None:
    page = opened(made(samples.brief(practice=practice))).sections[0]
    for head in (page.header, page.even_page_header):
        assert head.paragraphs[0].text.startswith("练习") is practice


def test_it_names_no_author_and_no_time() -> None:
    with zipfile.ZipFile(io.BytesIO(made(samples.brief()))) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        everything = b"".join(archive.read(name) for name in archive.namelist())
        core = archive.read("docProps/core.xml").decode()
    assert not any(word in everything for word in (b"rsid", b"Application", b"creator", b"created"))
    assert core.count("<dc:") == 1


def test_the_same_brief_gives_the_same_bytes_elsewhere() -> None:
    env = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "LC_ALL": "C"}
    asked = [sys.executable, "-c", AGAIN]
    other = subprocess.run(
        asked, cwd=ROOT, env=env, capture_output=True, text=True, check=True
    ).stdout.strip()
    assert hashlib.sha256(made(samples.brief())).hexdigest() == other


HOSTILE = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)
ODD = st.lists(
    st.sampled_from(["\x00", "\x0b", "\u202e", "\ud800", "\uffff", "<w:p/>", "]]>", "&amp;", "=1+1", "\r\n"])
)


@settings(max_examples=40, deadline=None)
@given(HOSTILE, ODD)
def test_any_text_is_text(text: str, odd: list[str]) -> None:
    typed = f"甲{text}{''.join(odd)}乙"
    section = v.Section("重点服务", (v.Narrative(typed), v.Table((v.Column("一"),), ((typed,),))))
    brief = replace(samples.brief(), summary=typed, sections=(section,))
    lines = said(made(brief))
    assert lines.count(plain(typed)) >= 3
    assert "\u202e" not in lines
