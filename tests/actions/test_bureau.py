"""局发表样: put in, mapped, filled in with the month's figures; what is gone is named, nothing written."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from sgz_desktop.actions import bureau, figures
from sgz_desktop.actions.bureau import Filled
from sgz_desktop.actions.bureau_values import OWN, Source
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.bureau_form import Cell, Form, Sheet
from sgz_desktop.domain.bureau_labels import proposals
from sgz_desktop.errors import AppError
from sgz_desktop.store import blobs
from sgz_desktop.store.check import check
from tests.actions.papers_station import family, visit
from tests.foreign.office_forms import SHEET, document, workbook

JUNE = "2026-06"
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")
BLANK = workbook()


@pytest.fixture
def busy(desk: Desk) -> Desk:
    home = family(desk)
    visit(desk, home, "2026-05-20")
    for day in ("2026-06-02", "2026-06-10", "2026-06-21"):
        visit(desk, home, day)
    return desk


def put(desk: Desk, folder: Path, data: bytes = BLANK, name: str = "月报表.xlsx") -> Form:
    path = folder / name
    path.write_bytes(data)
    return bureau.keep_bureau_form(desk, bureau.offer_bureau_form(desk, path))


def ready(desk: Desk, folder: Path) -> Form:
    """A form of which every cell is mapped that its labels name."""
    form = put(desk, folder)
    opened, known = bureau.open_bureau_form(desk, form.id), bureau.bureau_sources(desk, JUNE)
    return bureau.map_bureau_form(desk, form.id, bureau.proposed(opened.sheets, known))


def test_the_file_holds_the_figures_of_the_month(busy: Desk, tmp_path: Path) -> None:
    form = ready(busy, tmp_path)
    assert len(form.cells) == 15
    out = tmp_path / "out.xlsx"
    assert bureau.save_bureau_form(busy, form.id, JUNE, out) == 15
    sheet = openpyxl.load_workbook(out)[SHEET]
    counted = {(one.now.code, one.now.part): one for one in figures.compare(busy, JUNE)}
    for row, key in ((6, ("P02", "")), (7, ("P01", "")), (8, ("V01", "households")), (11, ("J03", "sent"))):
        assert sheet[f"C{row}"].value == counted[key].now.value
        assert sheet[f"D{row}"].value == counted[key].year
    assert counted["V01", "households"].now.value == 3
    assert sheet["B2"].value == busy.station
    assert str(sheet["B3"].value)[:10] == busy.today()
    assert sheet["B13"].value.startswith("6月，本站服务")


def test_what_is_shown_before_saving_is_what_is_saved(busy: Desk, tmp_path: Path) -> None:
    form = ready(busy, tmp_path)
    shown = {one.cell.ref: one.value for one in bureau.bureau_values(busy, form.id, JUNE)}
    bureau.save_bureau_form(busy, form.id, JUNE, tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")[SHEET]
    numbers = {ref: value for ref, value in shown.items() if value.number}
    assert {ref: str(sheet[ref].value) for ref in numbers} == {ref: v.number for ref, v in numbers.items()}
    figure = shown["C8"].figure
    assert figure is not None
    assert len(figure.now.ids) == 3


def test_ones_own_words_and_what_stands_there_already(busy: Desk, tmp_path: Path) -> None:
    form = put(busy, tmp_path)
    (sheet, _) = bureau.open_bureau_form(busy, form.id).sheets
    own = Source(f'{OWN}=HYPERLINK("x")', "固定文字", "")
    station = next(one for one in bureau.bureau_sources(busy, JUNE) if one.name == "station")
    cells = [bureau.mapped(sheet, "E6", own, False), bureau.mapped(sheet, "A2", station, True)]
    bureau.map_bureau_form(busy, form.id, cells)
    bureau.save_bureau_form(busy, form.id, JUNE, tmp_path / "out.xlsx")
    done = openpyxl.load_workbook(tmp_path / "out.xlsx")[SHEET]
    assert (done["E6"].value, done["E6"].data_type) == ('=HYPERLINK("x")', "s")
    assert done["A2"].value == f"填报单位：{busy.station}"
    with pytest.raises(AppError, match="公式"):
        bureau.mapped(sheet, "C12", own, False)


def test_a_newer_version_takes_the_mapping_along(busy: Desk, tmp_path: Path) -> None:
    form = ready(busy, tmp_path)
    next_one = workbook(extra=[("志愿服务", "人次")])
    newer = put(busy, tmp_path, next_one)
    assert (newer.id, newer.version) == (form.id, 2)
    assert bureau.bureau_forms(busy) == (newer,)
    assert {one.ref for one in newer.cells} >= {"C6", "D7", "C8", "C10", "D12", "B14"}
    bureau.save_bureau_form(busy, form.id, JUNE, tmp_path / "out.xlsx")
    assert openpyxl.load_workbook(tmp_path / "out.xlsx")[SHEET]["C9"].value is None
    with pytest.raises(AppError):  # the old file went
        busy.read(lambda session: blobs.get(session, form.sha256))
    assert put(busy, tmp_path, next_one) == newer


def test_a_cell_that_is_gone_is_named_and_nothing_is_written(busy: Desk, tmp_path: Path) -> None:
    form = ready(busy, tmp_path)
    offer_path = tmp_path / "月报表.xlsx"
    offer_path.write_bytes(workbook(left_out="转介"))
    offer = bureau.offer_bureau_form(busy, offer_path)
    assert [one.left[-1] for one in offer.lost] == ["转介", "转介"]
    bureau.keep_bureau_form(busy, offer)
    target = tmp_path / "out.xlsx"
    with pytest.raises(AppError, match="转介 · 本月"):
        bureau.save_bureau_form(busy, form.id, JUNE, target)
    assert not target.exists()
    opened = bureau.open_bureau_form(busy, form.id)
    left = [one for one in opened.form.cells if one not in opened.lost]
    bureau.map_bureau_form(busy, form.id, left)
    assert bureau.save_bureau_form(busy, form.id, JUNE, target) == 13


def test_a_document_is_filled_too(busy: Desk, tmp_path: Path) -> None:
    import docx

    form = put(busy, tmp_path, document(), "工作月报.docx")
    opened = bureau.open_bureau_form(busy, form.id)
    cells = bureau.proposed(opened.sheets, bureau.bureau_sources(busy, JUNE))
    bureau.map_bureau_form(busy, form.id, cells)
    bureau.save_bureau_form(busy, form.id, JUNE, tmp_path / "out.docx")
    word = docx.Document(str(tmp_path / "out.docx"))
    assert word.tables[0].cell(2, 1).text == "3"
    assert word.paragraphs[1].text == f"填报单位：{busy.station}"


def test_a_figure_of_which_there_is_none_is_nought(busy: Desk, tmp_path: Path) -> None:
    form = put(busy, tmp_path)
    (sheet, _) = bureau.open_bureau_form(busy, form.id).sheets
    tekun = Source("figure|J01|tekun|人|now", "特困（人）本月", "")
    bureau.map_bureau_form(busy, form.id, [bureau.mapped(sheet, "C6", tekun, False)])
    (only,) = bureau.bureau_values(busy, form.id, JUNE)
    assert isinstance(only, Filled)
    assert only.value.number == "0"


def test_a_form_taken_out_is_gone_with_its_file(busy: Desk, tmp_path: Path) -> None:
    form, other = put(busy, tmp_path), put(busy, tmp_path, document(), "另一份.docx")
    bureau.drop_bureau_form(busy, form.id)
    assert bureau.bureau_forms(busy) == (other,)
    with pytest.raises(AppError, match="不在"):
        bureau.open_bureau_form(busy, form.id)
    with pytest.raises(AppError):
        busy.read(lambda session: blobs.get(session, form.sha256))
    assert busy.read(lambda session: blobs.get(session, other.sha256))


def test_a_bad_file_leaves_everything_as_it_was(busy: Desk, tmp_path: Path) -> None:
    form = put(busy, tmp_path)
    bad = tmp_path / "月报表.xlsx"
    bad.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(AppError, match="损坏"):
        bureau.offer_bureau_form(busy, bad)
    assert bureau.bureau_forms(busy) == (form,)


def test_a_form_is_no_fault_of_the_store(busy: Desk, tmp_path: Path) -> None:
    put(busy, tmp_path)
    report = busy.read(lambda session: check(session, blobs.folder_of(session), None))
    assert report.problems == []
    assert report.figures["blobs"] == 1


def test_a_large_sheet_is_gone_through_once() -> None:
    cells = tuple(
        Cell(f"r{row}.{at}", row, at, 1, 1, f"服务人次{row}" if at < 3 else "", "")
        for row in range(400)
        for at in range(60)
    )
    sheet = Sheet("大表", False, 400, (9.0,) * 60, cells)
    assert sum(1 for _ in proposals(sheet)) > 390  # hours, were all cells looked through for each


def test_a_month_that_is_none(busy: Desk, tmp_path: Path) -> None:
    form = put(busy, tmp_path)
    with pytest.raises(AppError, match="统计期"):
        bureau.save_bureau_form(busy, form.id, "2026-13", tmp_path / "out.xlsx")
    with pytest.raises(AppError, match="还没有对应"):
        bureau.save_bureau_form(busy, form.id, JUNE, tmp_path / "out.xlsx")
