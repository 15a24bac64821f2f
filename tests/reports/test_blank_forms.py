"""Every form there is, blank: all its questions, room for a pen, nothing cut and nothing of anybody."""

from __future__ import annotations

import pytest

from sgz_desktop.actions.papers_blank import EDITION, blank_list, blank_values, print_blank
from sgz_desktop.actions.papers_blank_forms import BY_NAME, FORMS, IN_THE_OFFICE, BlankForm, unplaced
from sgz_desktop.actions.papers_blank_layout import CARD_BOXES, MOST_BOXES, MOST_COLUMNS, blank_boxes
from sgz_desktop.actions.papers_client import CHOICES
from sgz_desktop.domain.fields import CodeKind, KeyKind, LongTextKind, Paper
from sgz_desktop.domain.records import BY_KIND, RECORDS
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.base import Question, Surface, questions, row_fields
from sgz_desktop.reports.cells import Options
from sgz_desktop.reports.handouts import build
from sgz_desktop.reports.looks import BLANK_PAGE, HANDWRITING
from sgz_desktop.reports.pages import PRACTICE
from sgz_desktop.reports.render import Grid
from sgz_desktop.reports.sheets import laid_out
from sgz_desktop.reports.signing import CellLines
from sgz_desktop.reports.values import Handouts, Sheet, texts
from tests.reports.reading import MM, pages, solid

KINDS = [form.kind for form in FORMS]


def wanted(form: BlankForm) -> list[Question]:
    """Every question the form must ask: its own, and those of its rows."""
    kind = BY_KIND[form.kind]
    own = [one for one in questions(kind).values() if one.name not in form.written]
    for rows in row_fields(kind).values():
        if rows.kind is not Attachment:
            own += [one for one in questions(rows.kind).values() if one.name != rows.parent]
    return [one for one in own if not isinstance(one.kind, KeyKind)]


def words_of(question: Question, form: BlankForm) -> str:
    """What the paper says for a question: the client reads their own words."""
    return CHOICES.get(question.name, question.ask.label) if form.kind == "consent" else question.ask.label


def missing(form: BlankForm, told: str) -> list[str]:
    """Labels that the text of a paper lacks."""
    return [one.name for one in wanted(form) if solid(words_of(one, form)) not in told]


@pytest.mark.parametrize("kind", KINDS)
def test_every_question_is_asked_and_copies_out(kind: str) -> None:
    told = solid("".join(pages(print_blank(kind))))
    assert missing(BY_NAME[kind], told) == []
    assert solid(EDITION) in told


def test_control_a_question_left_out_is_seen() -> None:
    form = BY_NAME["visit"]
    told = solid("".join(pages(print_blank("visit")))).replace("居住环境", "")
    assert missing(form, told) == ["environment"]


def test_every_kind_is_a_form_a_row_of_one_or_stays_in_the_office() -> None:
    rows = {rows.kind.KIND for kind in RECORDS for rows in row_fields(kind).values()}
    asked = {kind.KIND for kind in RECORDS if Surface.FORM not in kind.LACKS}
    assert asked == set(KINDS) | rows | IN_THE_OFFICE
    assert not set(KINDS) & IN_THE_OFFICE


def test_a_kind_nobody_placed_has_a_form_all_the_same() -> None:
    (form,) = unplaced(RECORDS, set(KINDS) - {"diary"})
    assert (form.kind, form.parts[0].title) == ("diary", "工作日志")
    assert unplaced(RECORDS, KINDS) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_form_leaves_to_the_program_is_a_question_of_it(kind: str) -> None:
    form = BY_NAME[kind]
    known = set(questions(BY_KIND[kind])) | set(row_fields(BY_KIND[kind]))
    named = {name for part in form.parts for name in (*part.names, *part.heads)}
    assert form.written | named | set(form.lines) <= known


def grids(sheet: Sheet) -> list[Grid]:
    placed = [one.block for page in laid_out(sheet, BLANK_PAGE, blank=True) for one in page]
    return [one for one in placed if isinstance(one, Grid)]


def crowded(grid: Grid, width: float) -> list[str]:
    """Rows too low for a pen, or for what stands in them."""
    found = []
    for i, row in enumerate(grid.rows):
        height, edges, column = grid._row_height(i, width), grid._edges(width), 0
        if height < HANDWRITING - 0.01 and i >= grid.heads and grid.least:
            found.append(f"row {i} is {height / MM:.1f} mm high")
        for cell in row:
            room = edges[column + cell.span] - edges[column] - 2 * grid.pad_x
            if cell.content.height(room) + 2 * grid.pad_y > height + 0.01:
                found.append(f"row {i} cuts its content")
            if isinstance(cell.content, Options):
                found += [f"row {i} sticks out" for x in out_of(cell.content, room) if x]
            column += cell.span
    return found


def out_of(options: Options, room: float) -> list[bool]:
    """Does a box with its words reach over the cell?"""
    return [
        x + min(options._item_width(i), place) > room + 0.6
        for i, (x, _row, place) in enumerate(options._places(room)[: len(options._options)])
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_rows_hold_a_pen_and_nothing_is_cut(kind: str) -> None:
    for sheet in blank_values([kind]).sheets:
        found = [wrong for grid in grids(sheet) for wrong in crowded(grid, BLANK_PAGE.width)]
        assert found == []
        for page in laid_out(sheet, BLANK_PAGE, blank=True):
            last = page[-1]
            assert last.top + last.block.height(BLANK_PAGE.width) <= BLANK_PAGE.height + 0.5


def test_control_a_row_for_print_is_too_low_for_a_pen() -> None:
    sheet = blank_values(["contact"]).sheets[0]
    low = [one.block for page in laid_out(sheet, BLANK_PAGE) for one in page if isinstance(one.block, Grid)]
    assert any("mm high" in wrong for grid in low for wrong in crowded(grid, BLANK_PAGE.width))


def test_writing_lines_are_nine_to_ten_millimetres_apart() -> None:
    assert 9 * MM <= CellLines.STEP <= 10 * MM
    room = CellLines(3).height(100) + 2 * CellLines.PAD
    assert room == pytest.approx(3 * CellLines.STEP)
    long = [one for form in FORMS for one in wanted(form) if isinstance(one.kind, LongTextKind)]
    assert len(long) > 40


@pytest.mark.parametrize("kind", KINDS)
def test_a_short_list_is_boxes_and_none_is_ticked(kind: str) -> None:
    told = solid("".join(texts(blank_values([kind]))))
    for one in questions(BY_KIND[kind]).values():
        if isinstance(one.kind, CodeKind) and one.name not in BY_NAME[kind].written:
            for option in blank_boxes(one.kind, MOST_BOXES):
                assert not option.ticked
                assert solid(option.label) in told


@pytest.mark.parametrize("form", [form for form in FORMS if len(form.parts) > 1], ids=lambda form: form.kind)
def test_what_the_family_signs_holds_nothing_it_should_not_read(form: BlankForm) -> None:
    for part in form.parts:
        if part.circle is Paper.CLIENT:
            told = [one for one in questions(BY_KIND[form.kind]).values() if form.of(one) is part]
            assert told
            assert all(one.ask.paper is not Paper.INTERNAL for one in told)
    if form.kind == "household":
        assert "上门提示" not in "".join(texts(blank_values(["household"]).sheets[0].blocks))
    if form.kind == "visit":
        signed = solid("".join(texts(blank_values(["visit"]).sheets[0].blocks)))
        assert not any(words in signed for words in ("身上有不明伤痕", "上门安全情况", "社工判断", "督导"))


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_practice_station_is_marked_and_the_same_form_is_the_same_bytes(kind: str) -> None:
    real = print_blank(kind, "青禾镇社工站")
    assert real == print_blank(kind, "青禾镇社工站")
    assert not any(PRACTICE[:2] in page for page in pages(real))
    assert all("青禾镇社工站" in page for page in pages(real))


def test_the_practice_frame_stands_on_each_page_of_the_practice_station() -> None:
    made: Handouts = blank_values(["visit", "diary"], "练习站", practice=True)
    assert all(solid(PRACTICE) in solid(page) for page in pages(build(made)))


def test_each_form_is_found_by_kind_and_by_title() -> None:
    for kind, title in blank_list():
        assert blank_values([kind]) == blank_values([title])
    assert 1 < CARD_BOXES < MOST_BOXES
    assert MOST_COLUMNS < 10
