"""家系图 as a sheet of the case file: the drawing, how to read it, and the relatives as a table."""

from __future__ import annotations

from collections.abc import Iterator

from sgz_desktop.actions.family import aside, kin_lines
from sgz_desktop.actions.papers_draft import Draft, columns
from sgz_desktop.actions.papers_reading import Dossier
from sgz_desktop.domain.genogram import SYMBOL, Genogram, narrow_genogram
from sgz_desktop.domain.genogram_places import SLOT
from sgz_desktop.reports.values import Block, Bond, FamilyTree, Relative, Table

ACROSS = 11  # people side by side whose names can still be read on the page
CORNERS = {"square": 4, "circle": 0, "diamond": 1}
DASHES = {"solid": 0, "dashed": 1, "dotted": 2}
LEGEND = (
    "图例：方为男，圆为女，菱形为性别不详；双框为服务对象；叉为已去世；虚线框为共同生活；虚线符号为未登记的人。"
    "横线为夫妻或共同父母，虚横线同居，单斜线分居，双斜线离异；点线为推定。"
    "双线亲密，点直线疏远，锯齿有冲突，中断的线为断绝来往。"
)


def genogram_sheet(file: Dossier) -> Iterator[Draft]:
    """The sheet, when anybody of the client's family is known."""
    if file.kin is None or len(file.kin.people) < 2:
        return
    drawing = narrow_genogram(file.kin, file.today, ACROSS)
    blocks: list[Block] = [_tree(drawing, aside(file.kin, drawing))]
    lines = kin_lines(file.kin, file.today)
    rows = tuple((one.relation, one.name, "，".join(one.facts)) for one in lines)
    heads = columns(("关系", 2), ("姓名", 2), ("情况", 5))
    if rows:
        blocks.append(Table(tuple(heads), rows, title="亲属"))
    yield Draft("genogram", str(file.case.id), "家系图", "INTERNAL", tuple(blocks))


def _tree(drawing: Genogram, words: str) -> FamilyTree:
    people = tuple(
        Relative(
            one.x,
            one.y,
            CORNERS[one.shape],
            one.label.inside,
            tuple(words for words in (one.label.name, one.label.relation, one.label.years) if words),
            one.focus,
            one.dead,
            one.missing,
        )
        for one in drawing.symbols
    )
    bonds = tuple(Bond(stroke.points, DASHES[stroke.style]) for stroke in drawing.strokes)
    return FamilyTree(
        drawing.width,
        drawing.height,
        SYMBOL,
        SLOT,
        people,
        bonds,
        drawing.homes,
        legend=LEGEND,
        aside=words,
    )
