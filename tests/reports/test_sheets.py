"""How a sheet is shared out over its pages: no last page with next to nothing on it, days carried over."""

from __future__ import annotations

import pytest

from sgz_desktop.reports import flow, sheets
from sgz_desktop.reports.grid import LEDGER, Cell, Grid
from sgz_desktop.reports.looks import FILE_PAGE, WALL
from sgz_desktop.reports.paragraph import Paragraph, Style
from sgz_desktop.reports.values import Form, FormField, Narrative, Remarks, Sheet, Signatures

STYLE = Style(size=10, leading=15)


def sheet(rows: int, remark: bool = False, large: bool = False) -> Sheet:
    """A form of so many rows, a short section, and who signs."""
    fields = tuple(FormField(f"第{n}行", "村里", True) for n in range(rows))
    blocks = (
        Form(fields, "情况"),
        Form(fields[:3], "决定"),
        Narrative("同意。", "意见"),
        *((Remarks("督导批注"),) if remark else ()),
        Signatures(("社工", "督导")),
    )
    return Sheet("登记表", "1", "INTERNAL", blocks, large=large)


def thin(pages: list[flow.Page]) -> bool:
    """Does the last of several pages hold next to nothing?"""
    used = pages[-1][-1].top + pages[-1][-1].block.height(FILE_PAGE.width)
    return len(pages) > 1 and used < sheets.THIN * FILE_PAGE.height


@pytest.mark.parametrize("remark", [False, True])
def test_no_last_page_holds_next_to_nothing(remark: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = range(8, 30)
    laid = {n: sheets.laid_out(sheet(n, remark), FILE_PAGE) for n in rows}
    assert not any(map(thin, laid.values()))
    with monkeypatch.context() as patch:
        patch.setattr(sheets, "evened", lambda made, _blocks, _page: made.pages)
        plain = {n: sheets.laid_out(sheet(n, remark), FILE_PAGE) for n in rows}
    assert remark or any(map(thin, plain.values()))
    assert all(len(laid[n]) <= len(plain[n]) for n in rows)
    assert any(len(laid[n]) < len(plain[n]) for n in rows)  # a little white less and all is on one page


def test_all_of_it_is_on_paper_once_whatever_goes_over() -> None:
    for n in range(8, 30):
        pages = sheets.laid_out(sheet(n), FILE_PAGE)
        assert (
            sum(isinstance(placed.block, Grid) and len(placed.block.rows) for p in pages for placed in p)
            == n + 3
        )
        for page in pages:
            foot = 0.0
            for placed in page:
                assert placed.top >= foot - 0.01
                foot = placed.top + placed.block.height(FILE_PAGE.width)
            assert foot <= FILE_PAGE.height + 0.02


def test_a_page_begins_with_the_day_it_goes_on_with() -> None:
    def table(carry: bool) -> Grid:
        told = ("日期", "周一", "", "", "", "周二", "")
        rows = [[Cell(Paragraph(day, STYLE)), Cell(Paragraph("走访", STYLE))] for day in told]
        return Grid((1, 1), rows, LEDGER, heads=1, pad_y=0, carry=carry)

    def first(grid: Grid, height: float) -> str:
        _, rest = grid.split(200, height)
        assert rest is not None
        assert isinstance(rest.rows[1][0].content, Paragraph)
        return "".join(run.text for run in rest.rows[1][0].content._runs)

    assert [first(table(True), 15 * n) for n in (3, 4, 5)] == ["周一", "周一", "周二"]
    assert [first(table(False), 15 * n) for n in (3, 4, 5)] == ["", "", "周二"]


def test_what_hangs_on_a_wall_is_large() -> None:
    plain, large = (sheets.laid_out(sheet(3, large=large), FILE_PAGE)[0] for large in (False, True))
    assert plain[0].block.height(FILE_PAGE.width) < large[0].block.height(FILE_PAGE.width)
    assert min(WALL.cell.size, WALL.label.size, WALL.body.size) >= 14
