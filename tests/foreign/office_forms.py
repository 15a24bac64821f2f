"""A bureau's blank forms: a workbook and a document with all that must outlive being filled in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping

import docx
from docx.shared import Pt
from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from tests.foreign.photos import photo

ROWS = (
    ("服务人次", "人次"),
    ("服务总人数", "人"),
    ("入户探访", "户次"),
    ("新增个案", "个"),
    ("结案", "个"),
    ("转介", "人次"),
)
SHEET = "月报"
SHAPE = (
    '<xdr:twoCellAnchor xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:from><xdr:col>5</xdr:col>'
    "<xdr:colOff>0</xdr:colOff><xdr:row>0</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>6"
    "</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
    '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="9" name="章"/><xdr:cNvSpPr/></xdr:nvSpPr>'
    "<xdr:spPr/><xdr:txBody><a:bodyPr/><a:p><a:r><a:t>内部</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    "<xdr:clientData/></xdr:twoCellAnchor>"
)
EXTENDED = (
    b'<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" '
    b'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    b"<x14:conditionalFormattings><x14:conditionalFormatting/></x14:conditionalFormattings></ext></extLst>"
)
PRINTER = b"\x01\x02a printer's own settings"


def workbook(extra: Iterable[tuple[str, str]] = (), left_out: str = "") -> bytes:
    """The bureau's monthly table: merged title, figures in C and D from row 5, totals by formula."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    sheet.merge_cells("A1:D1")
    sheet["A1"], sheet["A1"].font = "社工站服务月报表", Font("方正小标宋简体", 18)
    sheet["A2"], sheet["A3"] = "填报单位：", "填报日期"
    sheet["B3"].number_format = 'yyyy"年"m"月"d"日"'
    sheet.append([])
    for place, head in zip("ABCD", ("项目", "单位", "本月", "累计"), strict=True):
        sheet[f"{place}5"] = head
        sheet[f"{place}5"].fill = PatternFill("solid", "FFDDEBF7")
    row = 6
    for name, unit in (*ROWS[:3], *extra, *ROWS[3:]):
        if name == left_out:
            continue
        sheet[f"A{row}"], sheet[f"B{row}"] = name, unit
        sheet[f"C{row}"].number_format, sheet[f"D{row}"].number_format = "#,##0", "#,##0.0"
        sheet[f"C{row}"].alignment = Alignment("right")
        row += 1
    sheet[f"A{row}"], sheet[f"C{row}"] = "合计", f"=SUM(C6:C{row - 1})"
    sheet[f"A{row + 1}"] = "工作小结"
    sheet.merge_cells(f"B{row + 1}:D{row + 1}")
    sheet.conditional_formatting.add(
        "C6:C20", CellIsRule("lessThan", ["1"], fill=PatternFill("solid", bgColor="FFFFC7CE"))
    )
    choice = DataValidation("list", '"是,否"')
    choice.add("E6")
    sheet.add_data_validation(choice)
    sheet.print_title_rows, sheet.print_area = "1:5", "A1:D20"
    sheet.column_dimensions["A"].width = 22
    sheet.add_image(Image(io.BytesIO(photo(size=(80, 60)))), "F8")
    book.defined_names["本月合计"] = DefinedName("本月合计", attr_text=f"{SHEET}!$C${row}")
    book.create_sheet("填表说明")["A1"] = "本表由社工站填写"
    out = io.BytesIO()
    book.save(out)
    return _by_hand(out.getvalue())


def _by_hand(data: bytes) -> bytes:
    """What Excel writes and openpyxl does not: a shape with words, a printer's settings, later rules."""
    parts = members(data)
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"</worksheet>", EXTENDED + b"</worksheet>")
    drawing, types = parts["xl/drawings/drawing1.xml"], parts["[Content_Types].xml"]
    end = drawing.rindex(b"</")
    parts["xl/drawings/drawing1.xml"] = drawing[:end] + SHAPE.encode() + drawing[end:]
    parts["xl/printerSettings/printerSettings1.bin"] = PRINTER
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings"
    told = b'<Default Extension="bin" ContentType="' + kind + b'"/>'
    parts["[Content_Types].xml"] = types.replace(b"<Override", told + b"<Override", 1)
    return packed(parts)


def document() -> bytes:
    """The bureau's form in Word: a heading, a table with merged cells and set type, a line to fill in."""
    word = docx.Document()
    word.add_paragraph("社工站工作月报").runs[0].bold = True
    word.add_paragraph("填报单位：").runs[0].font.size = Pt(14)
    line = word.add_paragraph("填表人：")
    line.add_run("　　　　　　").underline = True
    word.add_paragraph("填报日期：________")
    table = word.add_table(5, 4)
    table.style = "Table Grid"
    for at, head in enumerate(("项目", "本月", "累计", "备注")):
        table.cell(0, at).text = head
    for row, name in enumerate(("服务人次", "入户探访户次", "个案节数"), start=1):
        table.cell(row, 0).text = name
        run = table.cell(row, 1).paragraphs[0].add_run("　")
        run.font.name, run.font.size, run.bold = "仿宋", Pt(15), True
    table.cell(1, 3).merge(table.cell(3, 3)).text = "按口径填"
    table.cell(4, 0).text = "工作小结"
    table.cell(4, 1).merge(table.cell(4, 3))
    word.sections[0].header.paragraphs[0].text = "民政局制表"
    word.add_picture(io.BytesIO(photo(size=(80, 60))))
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    """The parts of a file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()
