"""What the labels of a bureau's form speak of: figures, names, days, parts of the brief."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sgz_desktop.domain.bureau_form import Cell, Labels, Sheet, before_blanks, word_of

# What a label means: the first pattern found in the words beside a cell. Figures are code|part|unit.
FIGURES = (
    ("高风险", "C04||"),
    ("新(增|开|接)个案|新立案", "C01|new|"),
    ("结案", "C01|closed|"),
    ("个案.*(在跟进|在办|跟进中|期末)|(在跟进|在办).*个案", "C01|open|"),
    ("个案.*(时长|小时|工时)", "C02|hours|"),
    ("个案.*(节|次数|会谈|面谈)|会谈", "C02|sessions|"),
    ("个案", "C01|total|"),
    ("新(增)?建档.*(户|家庭)", "P03|new_household|"),
    ("新(增)?建档", "P03|new_person|"),
    ("(在册|建档).*(户|家庭)", "P03|open_household|"),
    ("在册|建档", "P03|open_person|"),
    ("(入户|走访|探访).*(人次|人数)", "V01|people|"),
    ("入户|走访|探访", "V01|households|"),
    ("(服务|受益).*人次|人次数", "P02||"),
    ("(服务|受益).*人|服务对象", "P01||"),
    ("转介", "J03|sent|"),
    ("安置", "J03|placed|"),
    ("就业|上岗", "J03|jobs|"),
    ("救助.*户|申请.*户", "J01||户"),
    ("救助|申请", "J01||人"),
)
NOT_FIGURES = re.compile("备注|说明|单位|序号|目标|计划|完成率|比例|增减|同比|环比|去年")  # heads of columns
COLUMNS = (("上月", "before"), ("累计|全年|本年|年度", "year"))
WORDS = (
    ("填报单位|报送单位|编制单位|单位名称|机构名称|社工站名称|站点名称", "station"),
    ("填表人|填报人|制表|经办人", "filler"),
    ("(填表|填报|报送|制表)(日期|时间)|^日期$", "today"),
    ("统计期|统计时间|起止|报告期|时间段", "period"),
    ("月份|所属月|报表月", "month"),
    ("期号", "issue"),
    ("小结|概述|概况|总体情况", "summary"),
    ("典型案例", "section|典型案例"),
    ("督导|培训", "section|督导培训"),
    ("宣传", "section|宣传报道"),
    ("问题|困难|协调", "section|问题与需协调事项"),
    ("下月|下一步|计划", "section|下月计划"),
    ("重点服务|服务情况|工作情况|主要工作", "section|重点服务"),
)


def suggested(own: str, left: Sequence[str], above: Sequence[str]) -> str:
    """The source a cell's labels speak of, '' when they speak of none. Nearer words go first."""
    near = [word_of(words) for words in (own, *left, *above)]
    beside = " ".join(near[1:])
    for words in near:
        found = _meant(words, beside)
        if found:
            return found
    return ""


def proposals(sheet: Sheet) -> Iterator[tuple[Cell, str, bool]]:
    """Empty cells whose labels say what goes there, and lines that end in a colon: cell, source, `after`."""
    lines = all(cell.columns == cell.rows == 1 and cell.column == 0 for cell in sheet.cells)
    beside = Labels(sheet)
    for cell in sheet.cells:
        left, above = beside.of(cell)
        if cell.sort == "formula":
            continue
        if not cell.text.strip():
            source = suggested("", left, above)
            other = bool(above and NOT_FIGURES.search(above[0]))
            headed = bool(above) and source.startswith("figure|")
            if source and not other and (headed or beside.are_beside(cell)):
                yield cell, source, False
        elif lines and before_blanks(cell.text).endswith(("：", ":")):
            source = suggested(cell.text, (), ())
            if source:
                yield cell, source, True


def _meant(words: str, beside: str) -> str:
    if not words:
        return ""
    figure = next((name for pattern, name in FIGURES if re.search(pattern, words)), "")
    text = next((name for pattern, name in WORDS if re.search(pattern, words)), "")
    if text and (not figure or re.search("情况|小结|计划|案例|问题|单位", words)):
        return text
    if not figure:
        return ""
    column = next((name for pattern, name in COLUMNS if re.search(pattern, beside)), "now")
    code, part, unit = figure.split("|")
    if code == "V01" and "人次" in beside:
        part = "people"
    return f"figure|{code}|{part}|{unit}|{column}"
