"""材料目录 of an evaluator's table: each item, what proves it and where it is kept; what is missing says so.

It leaves the station: records stand in it by their kind, number and day, never by a name, and nothing kept
from a guardian is linked in it.
"""

from __future__ import annotations

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_draft import columns
from sgz_desktop.actions.self_check import ItemLine, TablePage, materials, page_of, state_words
from sgz_desktop.domain.self_check import MISSING
from sgz_desktop.domain.signing import number_of
from sgz_desktop.reports.values import Block, Handouts, Narrative, Sheet, Signatures, Table

TITLE = "材料目录"


@action
def material_list(desk: Desk, id: str) -> Handouts:
    """材料目录 of a table as values."""
    page = desk.read_for_paper(lambda session: page_of(session, id))
    sums = page.scores
    score = f"　满分{sums.points}分，自评{sums.scored}分" if sums.points else ""
    unscored = f"（{sums.unscored}项未评）" if sums.points and sums.unscored else ""
    blocks: list[Block] = [
        Narrative(f"共{len(page.items)}项，缺{page.missing}项。{_by_hand(page)}", indent=False),
        _table(page),
        Signatures(("整理人", "站长")),
    ]
    sheet = Sheet(
        page.table.title or TITLE,
        number_of("material_list", id),
        "INTERNAL",
        tuple(blocks),
        subtitle=f"{TITLE}{score}{unscored}",
        footer=TITLE,
    )
    return Handouts(desk.station, TITLE, (sheet,), desk.practice)


def _by_hand(page: TablePage) -> str:
    """缺：3、7、12。"""
    places = [str(at) for at, line in enumerate(page.items, start=1) if line.standing.state == MISSING]
    return f"所缺的序号：{'、'.join(places)}。" if places else ""


def _table(page: TablePage) -> Table:
    scored = page.scores.points > 0
    heads = columns(
        ("序", 0.9, "centre"),
        ("指标", 2.2),
        ("内容", 4.3),
        *((("分值", 1.15, "right"), ("自评", 1.15, "right")) if scored else ()),
        ("自查", 2.0, "centre"),
        ("材料", 4.4),
        ("存放位置", 2.2),
    )
    rows = tuple(_row(at, line, scored) for at, line in enumerate(page.items, start=1))
    return Table(tuple(heads), rows, ledger=True, empty="还没有评估项。")


def _row(at: int, line: ItemLine, scored: bool) -> tuple[str, ...]:
    item = line.item
    points = tuple("" if one is None else str(one) for one in (item.points, item.scored))
    return (
        str(at),
        item.section or "",
        item.text or "",
        *(points if scored else ()),
        state_words(line.standing),
        materials(line),
        item.where_kept or "",
    )
