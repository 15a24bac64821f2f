"""A label says what goes beside it; what was mapped is found again by its labels, or is said to be lost."""

from __future__ import annotations

import pytest

from sgz_desktop.domain.bureau_form import Cell, Mapped, Sheet, carried, labels
from sgz_desktop.domain.bureau_labels import proposals, suggested

ROWS = (("服务人次", "人次"), ("入户探访", "户次"), ("结案", "个"))


def grid(*rows: tuple[str, ...]) -> Sheet:
    """A sheet of these texts; = is a formula."""
    cells = [
        Cell(
            f"{chr(65 + at)}{row}",
            row - 1,
            at,
            1,
            1,
            text.removeprefix("="),
            "formula" if text[:1] == "=" else "",
        )
        for row, line in enumerate(rows, start=1)
        for at, text in enumerate(line)
    ]
    return Sheet("月报", False, len(rows), (9.0,) * max(map(len, rows)), tuple(cells))


def table(*more: tuple[str, str]) -> Sheet:
    head = ("项目", "单位", "本月", "上月", "累计")
    return grid(head, *((name, unit, "", "", "") for name, unit in (*more, *ROWS)))


def mapping(sheet: Sheet, ref: str) -> Mapped:
    cell = sheet.at(ref)
    assert cell is not None
    return Mapped(sheet.name, ref, *labels(sheet, cell), "figure|P02|||now", "服务人次")


@pytest.mark.parametrize(
    ("words", "column", "source"),
    [
        ("服务人次", "本月", "figure|P02|||now"),
        ("服务总人数", "本年累计", "figure|P01|||year"),
        ("入户探访（户次）", "上月", "figure|V01|households||before"),
        ("入户探访人次", "本月", "figure|V01|people||now"),
        ("新增个案（个）", "本月", "figure|C01|new||now"),
        ("个案会谈节数", "本月", "figure|C02|sessions||now"),
        ("高风险个案", "", "figure|C04|||now"),
        ("协助申请救助（户）", "本月", "figure|J01||户|now"),
        ("转介人次", "本月", "figure|J03|sent||now"),
        ("填报单位：", "", "station"),
        ("填 表 人", "", "filler"),
        ("填报日期", "", "today"),
        ("存在的问题和困难", "", "section|问题与需协调事项"),
        ("下月工作计划", "", "section|下月计划"),
        ("备注", "", ""),
        ("社工站服务月报表", "", ""),
    ],
)
def test_a_label_means(words: str, column: str, source: str) -> None:
    assert suggested("", (words,), (column,) if column else ()) == source


def test_only_empty_cells_are_proposed() -> None:
    sheet = grid(("项目", "本月"), ("服务人次", ""), ("结案", "=SUM(B2)"), ("转介", "12"), ("备注", ""))
    assert [(cell.ref, source) for cell, source, _ in proposals(sheet)] == [("B2", "figure|P02|||now")]


def test_a_line_of_text_is_written_on() -> None:
    lines = grid(("填报单位：____",), ("本表由社工站填写",))
    assert [(cell.ref, source, after) for cell, source, after in proposals(lines)] == [
        ("A1", "station", True)
    ]


def test_what_was_mapped_moves_with_its_label() -> None:
    old, new = table(), table(("服务总人数", "人"))
    kept, lost = carried([mapping(old, "C2"), mapping(old, "E4")], [new])
    assert [one.ref for one in kept] == ["C3", "E5"]
    assert lost == ()


def test_what_is_gone_is_lost_and_named() -> None:
    old = table()
    gone = grid(("项目", "单位", "本月", "上月", "累计"), ("入户探访", "户次", "", "", ""))
    kept, lost = carried([mapping(old, "C2"), mapping(old, "C3")], [gone])
    assert [one.ref for one in kept] == ["C2"]
    assert kept[0].left == ("户次", "入户探访")
    assert [one.label for one in lost] == ["服务人次 · 本月"]


def test_a_cell_that_has_become_a_formula_is_lost() -> None:
    old = table()
    new = grid(("项目", "单位", "本月", "上月", "累计"), ("服务人次", "人次", "=C3", "", ""))
    assert len(carried([mapping(old, "C2")], [new])[1]) == 1
