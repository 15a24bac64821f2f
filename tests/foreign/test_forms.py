"""A bureau's form comes back filled in and otherwise byte for byte as it was; what is no form is named."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from sgz_desktop.actions.bureau import Filled
from sgz_desktop.actions.bureau import told as told_child
from sgz_desktop.actions.bureau_values import Source
from sgz_desktop.domain.bureau_form import Mapped
from sgz_desktop.domain.printed_text import tidy
from sgz_desktop.errors import AppError
from sgz_desktop.exports.escapes import unescaped
from sgz_desktop.foreign import forms
from sgz_desktop.foreign.document_form import Text
from sgz_desktop.foreign.forms import Value
from sgz_desktop.foreign.office_package import opened
from sgz_desktop.foreign.refused import Refused
from sgz_desktop.foreign.sheet_form import Book
from sgz_desktop.foreign.xml_places import tree
from tests.foreign import office_forms
from tests.foreign.office_forms import SHEET, members, packed
from tests.foreign.photos import EXE

WORKBOOK, DOCUMENT = office_forms.workbook(), office_forms.document()
PART = "xl/worksheets/sheet1.xml"
FILLED = (
    Value(SHEET, "C6", "=1+1"),
    Value(SHEET, "C7", "1234", number="1234"),
    Value(SHEET, "D7", "10.5", number="10.5"),
    Value(SHEET, "B3", "2026年6月30日", day="2026-06-30"),
    Value(SHEET, "A2", "甲站", after=True),
    Value(SHEET, "B13", "第一行\n第二行"),
    Value(SHEET, "E40", "在表外"),
)


def without(part: bytes, refs: Collection[str]) -> bytes:
    """A sheet less the cells of these names and the rows that hold nothing else."""
    cut = []
    for row in tree(part).every("row"):
        mine = [cell for cell in row.all("c") if cell.attributes["r"] in refs]
        gone = [row] if mine and len(mine) == len(row.children) else mine
        cut += [(one.start, one.end) for one in gone]
    for start, end in reversed(cut):
        part = part[:start] + part[end:]
    return part


def altered(before: bytes, after: bytes, refs: Collection[str]) -> list[str]:
    """The parts that differ in anything but these cells, and the order to calculate."""
    old, new = members(before), members(after)
    found = list(old.keys() ^ new.keys())
    for name in old.keys() & new.keys():
        one, other = old[name], new[name]
        if name == PART:
            one, other = without(one, refs), without(other, refs)
        if name == "xl/workbook.xml":
            one, other = (re.sub(rb' fullCalcOnLoad="1"', b"", part) for part in (one, other))
        if one != other:
            found.append(name)
    return sorted(found)


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_nothing_but_the_cells_differs() -> None:
    done = forms.filled(WORKBOOK, FILLED)
    refs = [one.ref for one in FILLED]
    assert altered(WORKBOOK, done, refs) == []
    assert members(done)["xl/printerSettings/printerSettings1.bin"] == office_forms.PRINTER
    book = openpyxl.load_workbook(io.BytesIO(WORKBOOK))  # the control: what a library makes of it
    book[SHEET]["C7"] = 1234
    out = io.BytesIO()
    book.save(out)
    lost = altered(WORKBOOK, out.getvalue(), refs)
    assert {"xl/printerSettings/printerSettings1.bin", "xl/drawings/drawing1.xml", PART} <= set(lost)


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_a_library_reads_what_was_filled_in() -> None:
    book = openpyxl.load_workbook(io.BytesIO(forms.filled(WORKBOOK, FILLED)))
    sheet, old = book[SHEET], openpyxl.load_workbook(io.BytesIO(WORKBOOK))[SHEET]
    shown = {one.ref: (sheet[one.ref].value, sheet[one.ref].data_type) for one in FILLED}
    assert shown["C6"] == ("=1+1", "s")
    assert (shown["C7"], shown["D7"]) == ((1234, "n"), (10.5, "n"))
    assert str(shown["B3"][0]) == "2026-06-30 00:00:00"
    assert shown["A2"][0] == "填报单位：甲站"
    assert shown["B13"][0] == "第一行\n第二行"
    assert sheet["C12"].value == "=SUM(C6:C11)"
    for ref in ("C6", "C7", "D7", "B3"):
        assert (sheet[ref].number_format, sheet[ref].alignment.horizontal) == (
            old[ref].number_format,
            old[ref].alignment.horizontal,
        )
    assert sheet.merged_cells.ranges == old.merged_cells.ranges
    assert sheet.print_title_rows == "$1:$5"
    assert len(sheet.data_validations.dataValidation) == len(sheet.conditional_formatting) == 1
    assert book.sheetnames == [SHEET, "填表说明"]
    assert "本月合计" in book.defined_names
    assert b'fullCalcOnLoad="1"' in members(forms.filled(WORKBOOK, FILLED))["xl/workbook.xml"]


def test_the_same_values_give_the_same_bytes() -> None:
    assert forms.filled(WORKBOOK, FILLED) == forms.filled(WORKBOOK, FILLED)


def told(text: str, sort: str, sheet: str, ref: str) -> Value:
    """A text as the action tells it."""
    cell = Mapped(sheet, ref, (), (), "text|", "")
    return told_child(sort, Filled(cell, Source("text|", "", text)))


LEADS = st.sampled_from(
    ["=", "+", "-", "@", "=cmd|' /C calc'!A0", "_x0041_", "\n", " ", "<c/>", "]]>", "\x00", ""]
)
ANY = st.text(st.characters(codec=None, exclude_categories=()), max_size=30)


@settings(max_examples=40, deadline=None)
@given(LEADS, ANY)
def test_any_text_is_text_in_a_cell(lead: str, text: str) -> None:
    value = told(lead + text, "xlsx", SHEET, "C6")
    package = opened(WORKBOOK)
    part = Book(package).filled([forms.told(value)])[PART]
    cell = next(one for one in tree(part).every("c") if one.attributes["r"] == "C6")
    held = "".join(one.text for one in cell.every("t"))
    assert cell.attributes["t"] == "inlineStr"
    assert cell.child("f") is None
    assert unescaped(held) == _clean(lead + text)
    assert without(part, ["C6"]) == without(package.part(PART), ["C6"])


@settings(max_examples=40, deadline=None)
@given(LEADS, ANY)
def test_any_text_is_text_in_a_document(lead: str, text: str) -> None:
    value = told(lead + text, "docx", "表格1", "2.2")
    package = opened(DOCUMENT)
    part = Text(package).filled([forms.told(value)])["word/document.xml"]
    whole = io.BytesIO(package.with_parts({"word/document.xml": part}))
    cell = docx.Document(whole).tables[0].cell(1, 1)
    assert cell.text == _clean(lead + text)
    run = cell.paragraphs[0].runs[0]
    assert (run.font.name, run.font.size, run.bold) == ("仿宋", Pt(15), True)


def _clean(text: str) -> str:
    return re.sub("[\ud800-\udfff\ufffe\uffff]", "", tidy(text))


def test_in_a_document_all_else_stays() -> None:
    values = (
        Value("表格1", "2.2", "1268"),
        Value("表格1", "3.3", "5"),
        Value("表格1", "5.2", "一行\n二行"),
        Value("正文", "p2", "甲站", after=True),
        Value("正文", "p3", "甲社工", after=True),
        Value("正文", "p4", "6月30日", after=True),
    )
    done = forms.filled(DOCUMENT, values)
    old, new = members(DOCUMENT), members(done)
    assert [name for name in old if old[name] != new[name]] == ["word/document.xml"]
    word = docx.Document(io.BytesIO(done))
    assert word.paragraphs[1].text == "填报单位：甲站"
    assert word.paragraphs[1].runs[-1].font.size == Pt(14)
    assert [one.text for one in word.paragraphs[2:4]] == ["填表人：甲社工", "填报日期：6月30日"]
    assert [one.underline for one in word.paragraphs[2].runs] == [None, True]
    assert word.tables[0].cell(4, 1).text == "一行\n二行"
    assert word.tables[0].cell(1, 3).text == "按口径填"
    for start, end in ((0, 60), (-400, None)):
        assert old["word/document.xml"][start:end] == new["word/document.xml"][start:end]


def test_merged_cells_are_one() -> None:
    sort, (sheet, notes) = forms.shown(WORKBOOK)
    assert (sort, notes.name, sheet.widths[0]) == ("xlsx", "填表说明", 22.0)
    title = sheet.at("A1")
    assert title is not None
    assert (title.rows, title.columns, title.text) == (1, 4, "社工站服务月报表")
    assert sheet.at("B1") is None
    total, day = sheet.at("C12"), sheet.at("B3")
    assert total is not None
    assert day is not None
    assert (total.sort, day.sort) == ("formula", "date")
    sort, (table, lines) = forms.shown(DOCUMENT)
    note = table.at("2.4")
    assert note is not None
    assert (sort, note.rows, note.text) == ("docx", 3, "按口径填")
    assert [cell.ref for cell in lines.cells] == ["p1", "p2", "p3", "p4"]


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (Value("没有的表", "A1", "甲"), "找不到"),
        (Value(SHEET, "B1", "甲"), "找不到"),
        (Value(SHEET, "C12", "甲"), "公式"),
        (Value(SHEET, "C6", "长" * 32_768), "太长"),
    ],
)
def test_a_place_that_takes_nothing_is_named(value: Value, why: str) -> None:
    with pytest.raises(AppError, match=why):
        forms.filled(WORKBOOK, [value])


@pytest.mark.parametrize(
    "value",
    [
        Value("表格1", "9.1", ""),
        Value("表格2", "1.1", ""),
        Value("正文", "p99", ""),
        Value("表格1", "3.4", ""),
    ],
)
def test_a_place_a_document_does_not_have(value: Value) -> None:
    with pytest.raises(AppError, match="找不到"):
        forms.filled(DOCUMENT, [value])


def with_part(name: str, data: bytes, of: bytes = WORKBOOK) -> bytes:
    return packed({**members(of), name: data})


def macros(of: bytes) -> bytes:
    parts = members(of)
    types = (
        parts["[Content_Types].xml"].replace(b"spreadsheetml.sheet.main", b"x").replace(b"x+xml", b"x+xml")
    )
    parts["[Content_Types].xml"] = types.replace(
        b"application/vnd.openxmlformats-officedocument.x+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    return packed(parts)


def outside(of: bytes) -> bytes:
    link = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
        b'Id="rId1" Type="http://x/attachedTemplate" Target="http://a.invalid/t" TargetMode="External"/>'
        b"</Relationships>"
    )
    return with_part("word/_rels/settings.xml.rels", link, of)


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in members(WORKBOOK).items():
            archive.writestr(name, data)
        with archive.open("xl/media/huge.bin", "w") as member:
            for _ in range(160):
                member.write(bytes(1 << 20))
    return out.getvalue()


def long_sheet() -> bytes:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 5_000))
    part = members(WORKBOOK)[PART]
    start, end = part.index(b"<sheetData>"), part.index(b"</sheetData>")
    return with_part(PART, part[:start] + b"<sheetData>" + rows.encode() + part[end:])


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BAD = {
    "empty": (b"", "不是表样"),
    "program": (EXE, "不是表样"),
    "text": ("项目,本月\n".encode(), "不是表样"),
    "other zip": (packed({"a.txt": b"1"}), "不是表样"),
    "old": (OLE + bytes(2_000), "老格式"),
    "locked": (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "macros": (macros(WORKBOOK), "带宏"),
    "macro part": (with_part("word/vbaProject.bin", b"1", DOCUMENT), "带宏"),
    "linked workbook": (with_part("xl/externalLinks/externalLink1.xml", b"<x/>"), "引用"),
    "linked template": (outside(DOCUMENT), "引用"),
    "bomb": (bomb(), "太大"),
    "long": (long_sheet(), "太大"),
    "cut": (WORKBOOK[: len(WORKBOOK) // 2], "损坏"),
    "entities": (with_part(PART, LAUGHS), "损坏"),
    "no XML": (with_part(PART, b"<worksheet><sheetData>"), "损坏"),
    "other code": (with_part(PART, '<?xml version="1.0" encoding="utf-16"?><a/>'.encode("utf-16")), "损坏"),
    "no sheet": (packed({n: d for n, d in members(WORKBOOK).items() if n != "xl/workbook.xml"}), "不是表样"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_form_is_named(name: str) -> None:
    data, why = BAD[name]
    with pytest.raises(AppError, match=why):
        forms.shown(data)


def test_two_gigabytes_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    with open(path, "wb") as file:
        file.truncate(2 << 30)
    with pytest.raises(AppError, match="太大"):
        forms.taken(path)
    with pytest.raises(AppError, match="读不出"):
        forms.taken(tmp_path / "没有.xlsx")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_part_is_refused_or_read(data: st.DataObject) -> None:
    part = members(WORKBOOK)[PART]
    at = data.draw(st.integers(0, len(part) - 1))
    bad = part[:at] + data.draw(st.binary(max_size=6)) + part[at + data.draw(st.integers(0, 20)) :]
    package = opened(with_part(PART, bad))
    try:
        Book(package).shown()
    except (Refused, ValueError, KeyError, TypeError, OverflowError):
        return  # the child answers "damaged" to any of them


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD = f'\ufeff<?xml version="1.0" encoding="UTF-8"?>\r\n<x:worksheet xmlns:x="{MAIN}">'
VARIANTS = {
    "prefixed": '<x:sheetData><x:row r="1"><x:c r="A1"/></x:row><x:row r="3" spans="1:2"/></x:sheetData>',
    "unnumbered": "<x:sheetData><x:row><x:c/><x:c><x:v>1</x:v></x:c></x:row><x:row/></x:sheetData>",
    "without rows": "<x:sheetData/>",
    "quoted": "<x:sheetData><x:row r='2' ht=\"5\"><x:c s='0' r='B2' t=\"str\"><x:v>a&gt;b</x:v></x:c></x:row>"
    "</x:sheetData>",
    "with CDATA": '<x:sheetData><x:row r="1"><x:c r="A1" t="str"><x:v><![CDATA[</x:c>]]></x:v></x:c></x:row>'
    "</x:sheetData>",
}


@pytest.mark.parametrize("name", VARIANTS)
def test_sheets_as_other_programs_write_them(name: str) -> None:
    blank = with_part(PART, (HEAD + VARIANTS[name] + "</x:worksheet>").encode())
    values = [
        Value(SHEET, ref, str(at), number=str(at))
        for at, ref in enumerate(("A1", "B2", "A3", "C3", "D1", "B9"))
    ]
    done = Book(opened(blank)).filled([forms.told(one) for one in values])[PART]
    book = openpyxl.load_workbook(io.BytesIO(with_part(PART, done)))
    assert [book[SHEET][one.ref].value for one in values] == [0, 1, 2, 3, 4, 5]
    assert done.startswith(HEAD.encode())
    rows = [int(row.attributes.get("r", at)) for at, row in enumerate(tree(done).every("row"), start=1)]
    assert rows == sorted(set(rows))
