"""Where things stand: nothing outside its page, nothing on top of another, nothing parted that belongs."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import cast

import pytest

from sgz_desktop.reports import flow, fonts, values
from sgz_desktop.reports.breaking import Run
from sgz_desktop.reports.brief import _foot, _head
from sgz_desktop.reports.cells import Options
from sgz_desktop.reports.charts import lags, percent
from sgz_desktop.reports.grid import DATA, Cell, Grid
from sgz_desktop.reports.ink import Ink
from sgz_desktop.reports.labels import label
from sgz_desktop.reports.looks import BRIEF, BRIEF_PAGE, FILE_PAGE, INTERNAL, LOOKS, Sheet
from sgz_desktop.reports.pages import shortened
from sgz_desktop.reports.paragraph import Paragraph, Style
from sgz_desktop.reports.render import Renderer, chinese_number
from sgz_desktop.reports.signing import SigningBoxes, SigningLines
from sgz_desktop.reports.values import Option, Target
from tests.reports import samples

STYLE = Style(size=10, leading=15)


def laid(sheet: Sheet, blocks: list[flow.Block]) -> list[flow.Page]:
    made = flow.Flow(sheet)
    made.add(blocks)
    return made.pages


def check(pages: list[flow.Page], sheet: Sheet) -> None:
    for page in pages:
        foot = 0.0
        for placed in page:
            assert placed.top >= foot - 0.01
            foot = placed.top + placed.block.height(sheet.width)
        assert foot <= sheet.height + 0.05


def signing_is_never_alone(pages: list[flow.Page]) -> bool:
    kinds = (SigningBoxes, SigningLines, Options)
    return all(any(not isinstance(p.block, kinds) for p in page) for page in pages if page)


@pytest.mark.parametrize("sheet", samples.case_file().sheets, ids=lambda s: s.number)
def test_sheets_stay_in_the_text_block(sheet: values.Sheet) -> None:
    pages = laid(FILE_PAGE, Renderer(LOOKS[sheet.paper]).blocks(sheet.blocks))
    check(pages, FILE_PAGE)
    assert signing_is_never_alone(pages)


def test_the_brief_stays_in_the_text_block() -> None:
    value, renderer = samples.brief(), Renderer(BRIEF)
    blocks = [block for section in value.sections for block in renderer.blocks(section.blocks)]
    check(laid(BRIEF_PAGE, [*_head(value), *blocks, *_foot(value, renderer)]), BRIEF_PAGE)


@pytest.mark.parametrize("seed", range(25))
def test_random_sheets_stay_in_the_text_block_and_keep_what_belongs(seed: int) -> None:
    source = random.Random(seed)
    made: list[values.Block] = []
    for _ in range(source.randint(2, 9)):
        text = "社工站走访记录。" * source.choice((0, 1, 3, 20, 60, 200))
        rows = tuple((str(i), text[: source.randint(0, 90)]) for i in range(source.randint(0, 30)))
        made.append(
            source.choice(
                (
                    values.Narrative(text, title="情况"),
                    values.Table(samples.columns("序号:1 情况:5"), rows, title="明细", note=text[:40]),
                    values.TwoColumns(text, text[:200]),
                    values.Form((samples.field("情况", text, True), samples.field("日期"))),
                    values.Remarks("督导批注", text[:100]),
                )
            )
        )
    made.append(values.Signatures(("主责社工", "督导"), witness=source.random() < 0.5))
    pages = laid(FILE_PAGE, Renderer(INTERNAL).blocks(made))
    check(pages, FILE_PAGE)
    assert signing_is_never_alone(pages)
    for page in pages[:-1]:
        last = page[-1].block
        assert not (isinstance(last, Paragraph) and last.style == INTERNAL.section)


def test_a_heading_moves_with_what_follows() -> None:
    filler = Paragraph("\n".join(["行"] * 44), STYLE)
    heading = Paragraph("标题", INTERNAL.section, keep=True)
    table = Grid((1,), [[Cell(Paragraph("甲\n乙", STYLE))]], DATA)
    pages = laid(FILE_PAGE, [filler, heading, table])
    assert [len(page) for page in pages] == [1, 2]
    heading.keep = False
    assert [len(page) for page in laid(FILE_PAGE, [filler, heading, table])] == [2, 1]


@pytest.mark.parametrize("room", [16, 31, 46, 100, 299, 314])
def test_a_split_paragraph_loses_nothing_and_leaves_no_line_alone(room: float) -> None:
    whole = Paragraph("\n".join(str(i) for i in range(20)), STYLE)
    first, rest = whole.split(300, room)
    if first and rest:
        assert first.height(300) + rest.height(300) == whole.height(300)
        assert min(first.height(300), rest.height(300)) >= 30
        assert first.height(300) <= room


def test_a_split_grid_repeats_its_head_and_loses_no_row() -> None:
    rows = [[Cell(Paragraph(str(i), STYLE))] for i in range(21)]
    grid = Grid((1,), rows, DATA, heads=1, pad_y=0)
    first, rest = grid.split(100, 15 * 10)
    assert first is not None
    assert rest is not None
    assert (len(first.rows), len(rest.rows)) == (10, 12)
    assert first.rows[0] is rest.rows[0] is rows[0]
    assert [*first.rows, *rest.rows[1:]] == rows


def test_a_tall_row_is_cut_inside_and_both_parts_are_whole() -> None:
    tall = Paragraph("\n".join(["字"] * 40), STYLE)
    grid = Grid((1, 1), [[Cell(tall), Cell(Paragraph("短", STYLE))]], DATA, pad_y=0)
    first, rest = grid.split(100, 200)
    assert first is not None
    assert rest is not None
    assert first.height(100) <= 200
    assert first.height(100) + rest.height(100) == grid.height(100)


def test_option_boxes_stand_on_one_line_or_on_tabs() -> None:
    style = LOOKS["INTERNAL"].cell
    few = Options((Option("入户"), Option("电话")), style)
    assert few.height(300) == style.leading
    many = Options(tuple(Option("心理疏导") for _ in range(9)), style)
    assert many.height(380) == 2 * style.leading
    assert len({x for x, _row, _room in many._places(380)}) == 5
    longer = Options(tuple(Option("社会功能的修复") for _ in range(9)), style)
    assert longer.height(380) == 3 * style.leading
    assert len({x for x, _row, _room in longer._places(380)}) == 3  # 3 and 3 and 3, not 4 and 4 and 1
    mixed = Options(tuple(Option(text) for text in ("行为矫治", "社会支持体系建设") * 4), style)
    assert mixed.height(380) == 2 * style.leading
    assert [row for _x, row, _room in mixed._places(380)] == [0, 0, 0, 0, 1, 1, 1, 1]


@pytest.mark.parametrize("seed", range(20))
def test_items_on_columns_overlap_nowhere(seed: int) -> None:
    source = random.Random(seed)
    style, width = LOOKS["INTERNAL"].cell, source.choice((120.0, 210.0, 371.0))
    made = tuple(Option("矫" * source.randint(1, 9), blank=not i) for i in range(source.randint(3, 25)))
    options = Options(made, style)
    places = options._places(width)
    for at, (x, row, room) in enumerate(places):
        needed = options._item_width(at) - options._spare(at)
        assert needed <= room + 0.5 or len({x for x, _row, _room in places}) == 1
        assert x + room <= width + 0.5
        if at + 1 < len(places) and places[at + 1][1] == row:
            assert places[at + 1][0] >= x + needed


def test_labels_of_two_or_three_characters_are_spread_to_four() -> None:
    style = Style(fonts.HEI, 10, 15)
    four = label("出生日期", style).natural_width()
    assert abs(label("姓名", style).natural_width() - four) < 0.1
    assert abs(label("申请人", style).natural_width() - four) < 0.1


def test_lagging_is_measured_against_the_time_gone_by() -> None:
    assert lags(Target("结案", "个", 1, 3, 10), 50)
    assert not lags(Target("小组", "个", 0, 2, 4), 50)
    assert not lags(Target("小组", "个", 0, 0, 0), 50)
    assert [percent(Target("", "", 0, n, 1000)) for n in (0, 528, 999, 1000, 1500)] == [
        "0%",
        "53%",
        "99%",
        "100%",
        "150%",
    ]
    assert percent(Target("", "", 0, 3, 0)) == "—"


def test_chinese_numbers_and_shortened_names() -> None:
    assert [chinese_number(n) for n in (1, 10, 11, 20, 21, 99)] == [
        "一",
        "十",
        "十一",
        "二十",
        "二十一",
        "九十九",
    ]
    assert shortened("梅坞村", 9, 100) == "梅坞村"
    assert shortened("梅坞村民委员会", 9, 40).endswith("…")


def test_many_goals_and_targets_go_over_pages() -> None:
    goals = tuple(values.GoalTrack(f"目标{i}", (10, None, 90)) for i in range(30))
    chart = values.GoalBars(tuple((f"第{i}节", "6/1") for i in range(3)), goals)
    targets = values.Targets(tuple(Target(f"指标{i}", "个", 1, 2, 9) for i in range(50)), 50)
    pages = laid(FILE_PAGE, Renderer(INTERNAL).blocks((chart, targets)))
    check(pages, FILE_PAGE)
    assert len(pages) > 3


class Written:
    """Ink that keeps on which line, from where to where, words would stand."""

    def __init__(self) -> None:
        self.lines: dict[float, list[tuple[float, float]]] = {}

    def width(self, text: str, size: float, face: str = fonts.SONG) -> float:
        return Run(text, face).width * size / 1000

    def write(
        self, text: str, x: float, y: float, size: float, face: str = fonts.SONG, anchor: str = "left"
    ) -> float:
        width = self.width(text, size, face)
        x -= {"left": 0.0, "centre": width / 2, "right": width}[anchor]
        self.lines.setdefault(round(y, 1), []).append((x, x + width))
        return width

    def rule(self, *_at: object) -> None:
        """Rules and fills are no words."""

    fill = rule


@pytest.mark.parametrize("elapsed", [0, 8, 50, 100])
def test_no_words_of_the_targets_stand_on_one_another(elapsed: int) -> None:
    """Early in a year the time gone by is told near the month, and of a small target much is done."""
    rows = (Target("服务人次", "人次", 98, 98, 4), Target("新增建档", "户", 2, 2, 300))
    table, *_ = Renderer(BRIEF).blocks((values.Targets(rows, elapsed),))
    ink = Written()
    table.draw(cast(Ink, ink), 0, 0, BRIEF_PAGE.width)
    for stands in ink.lines.values():
        for (_, last), (first, _) in pairwise(sorted(stands)):
            assert first - last > 2


def test_a_heading_never_stays_behind_when_its_form_goes_with_the_signatures() -> None:
    form = values.Form(
        (samples.field("岗位", "竹编工"), samples.field("月工资"), samples.field("备注", "", True))
    )
    for filler in range(20, 46):
        text = values.Narrative("\n".join(["行"] * filler), indent=False)
        job = values.Form(form.fields, title="就业")
        signed = values.Signatures(("社工", "督导"), seal="（盖章）")
        pages = laid(FILE_PAGE, Renderer(INTERNAL).blocks((text, job, signed)))
        check(pages, FILE_PAGE)
        headings = [
            p.block for page in pages for p in page if getattr(p.block, "style", None) == INTERNAL.section
        ]
        assert len(headings) == 1
        assert all(page[-1].block is not headings[0] for page in pages)


@pytest.mark.parametrize("count", range(2, 13))
@pytest.mark.parametrize("heads", [0, 1])
def test_no_row_stands_alone_on_either_side_of_a_page(count: int, heads: int) -> None:
    rows = [[Cell(Paragraph(str(i), STYLE))] for i in range(count + heads)]
    for room in range(15 * heads, 15 * (count + heads), 5):
        first, rest = Grid((1,), rows, DATA, heads=heads, pad_y=0).split(100, room)
        assert rest is not None
        sides = [part for part in (first, rest) if part]
        assert all(len(part.rows) - heads >= 2 for part in sides)
        assert sum(len(part.rows) - heads for part in sides) == count


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("服务对象签署方式", ["服务对象", "签署方式"]),
        ("服务对象意见", ["服务对象", "意见"]),
        ("疑似监护人侵害", ["疑似监护人", "侵害"]),
        ("求助或发现日期", ["求助或发现", "日期"]),
        ("近12个月刚性支出", ["近12个月刚性", "支出"]),
        ("呈现问题（本人表述）", ["呈现问题", "（本人表述）"]),
        ("出生日期", ["出生日期"]),
    ],
)
def test_the_words_of_a_label_are_not_torn(text: str, lines: list[str]) -> None:
    style, room = INTERNAL.label, 5.5 if len(text) < 8 else 6.8
    found = [
        one.run.text[one.line.start : one.line.end] for one in label(text, style)._lines(style.size * room)
    ]
    assert found == lines
