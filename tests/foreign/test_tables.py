"""Foreign tables: what is in them comes back; what is no table, locked, huge or a trap is a sentence."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import openpyxl
import pytest

from sgz_desktop.errors import AppError, Cancelled
from sgz_desktop.foreign import table, tables

HEADS = "姓名,身份证号\n梁甲菊,110105194803120021\n"
TABLE = [["姓名", "身份证号"], ["梁甲菊", "110105194803120021"]]


def saved(path: Path, fill: Callable[[openpyxl.Workbook], None]) -> Path:
    book = openpyxl.Workbook()
    fill(book)
    book.save(path)
    return path


def test_cells_sheets_and_merges(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.active
        sheet.title = "名单"
        sheet.append(["标题", None, None])
        sheet.merge_cells("A1:C1")
        sheet.append(["户", "姓名", "日期"])
        sheet.append(["一", "甲", date(2026, 6, 3)])
        sheet.append([None, "乙", time(9, 30)])
        sheet.merge_cells("A3:A4")
        sheet.append([None, "丙", True])
        hidden = book.create_sheet("旧名单")
        hidden["A1"] = 1
        hidden.sheet_state = "hidden"
        book.create_sheet("空")

    shown, hidden = tables.read(saved(tmp_path / "a.xlsx", fill))
    assert (shown.name, shown.hidden, hidden.name, hidden.hidden) == ("名单", False, "旧名单", True)
    assert shown.rows == [
        ["标题"],
        ["户", "姓名", "日期"],
        ["一", "甲", {"day": "2026-06-03"}],
        ["一", "乙", {"time": "09:30"}],
        [None, "丙", True],
    ]


def test_formulas_give_their_kept_values_and_without_one_say_so(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active.append(["姓名", "金额", "误"])
        book.active.append(["甲", "=1+2", None])
        book.active["C2"] = "#DIV/0!"
        book.active["C2"].data_type = "e"

    path = saved(tmp_path / "a.xlsx", fill)
    assert tables.read(path)[0].rows[1] == ["甲", {"unread": True}, {"unread": True}]
    whole = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(whole, "w") as new:
        for one in old.infolist():
            text = old.read(one).replace(b"<f>1+2</f><v></v>", b"<f>1+2</f><v>3</v>")
            new.writestr(one, text.replace(b"<f>1+2</f><v/>", b"<f>1+2</f><v>3</v>"))
    assert tables.read(whole)[0].rows[1][:2] == ["甲", 3]


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_every_code_stations_save_it_in(tmp_path: Path, code: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(HEADS.encode(code))
    assert tables.read(path)[0].rows == TABLE
    path.write_bytes(HEADS.replace(",", "\t").replace("1101", "'1101").encode(code))
    assert tables.read(path)[0].rows == TABLE


def sentence(path: Path) -> str:
    with pytest.raises(AppError) as told:
        tables.read(path)
    return str(told.value)


def ole(name: str) -> bytes:
    return table.OLE + bytes(1000) + name.encode("utf-16-le") + bytes(1000)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xlsx", b"MZ\x90\x00" + bytes(3000), "不是表格"),
        ("a.csv", b"MZ\x90\x00" + bytes(3000), "不是表格"),
        ("a.xlsx", ole("EncryptedPackage"), "加了密码"),
        ("a.xls", ole("nothing"), "已损坏"),
        ("a.xlsx", b"PK\x03\x04" + bytes(50), "已损坏"),
        ("a.xls", b"<html><table>", "其实是网页"),
        ("a.csv", b"\xff\xff\x80abc", "编码认不出来"),
    ],
)
def test_what_is_no_table_is_told(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert words in sentence(path)


def test_a_file_of_200_megabytes_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        file.truncate(200 << 20)
    assert "太大" in sentence(path)
    assert "读不出" in sentence(tmp_path / "missing.xlsx")


def bomb(path: Path) -> Path:
    """A small archive whose one sheet unpacks to 520 MB."""
    base = io.BytesIO()
    book = openpyxl.Workbook()
    book.save(base)
    with (
        zipfile.ZipFile(base) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for one in old.infolist():
            if one.filename != "xl/worksheets/sheet1.xml":
                new.writestr(one.filename, old.read(one))
        with new.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(b'<worksheet><sheetData><row><c t="inlineStr"><is><t>')
            for _ in range(520):
                sheet.write(b"a" * (1 << 20))
            sheet.write(b"</t></is></c></row></sheetData></worksheet>")
    return path


def test_a_zip_bomb_is_told_and_the_program_stays(tmp_path: Path) -> None:
    path = bomb(tmp_path / "a.xlsx")
    assert path.stat().st_size < 5 << 20
    assert "太大" in sentence(path)


def test_one_cell_at_the_end_of_the_world_is_told(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active["A1"], book.active["XFD1048576"] = 1, 1

    assert "太大" in sentence(saved(tmp_path / "a.xlsx", fill))


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEADS, "utf-8")

    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        tables.read(path, stop)


TRIES = """
import mmap, socket
from sgz_desktop.foreign import child, table
{confine}
found = []
for name, work in (
    ("file", lambda: open(table.__file__)),
    ("net", socket.socket),
    ("memory", lambda: mmap.mmap(-1, 2 << 30)),
):
    try:
        made = work()
        found.append(name)
        del made
    except BaseException:
        pass
print(",".join(found))
"""


def test_the_reader_opens_nothing_once_it_is_confined() -> None:
    """The control is the same try without the limits."""

    def able(confine: str) -> set[str]:
        code = TRIES.format(confine=confine)
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
        return set(done.stdout.decode().strip().split(","))

    assert able("child._confine(), table.shut_in()") <= {""}
    assert able("") == {"file", "net", "memory"}


def test_bytes_that_mean_nothing_never_harm_us(tmp_path: Path) -> None:
    """Damage in every part of a workbook is a sentence or a table, never our bug."""
    path = tmp_path / "a.xlsx"
    saved(path, lambda book: book.active.append(["姓名", 1]))
    whole = path.read_bytes()
    for place in range(0, len(whole), max(1, len(whole) // 8)):
        path.write_bytes(whole[:place] + struct.pack("<I", 0xDEADBEEF) + whole[place + 4 :])
        try:
            tables.read(path)
        except AppError:
            continue
