"""数据核对单: fields with several values side by side on paper, to be ticked by hand and signed.

It is read as a family may see it, whoever asks: it lies about while people ask around.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.conflict_words import computer, masked_beside
from sgz_desktop.actions.conflicts import Doubled, Pair, Value, doubled
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_draft import columns
from sgz_desktop.actions.papers_names import near_day
from sgz_desktop.actions.papers_visits import Progress
from sgz_desktop.actions.signing import local_day
from sgz_desktop.domain import days
from sgz_desktop.reports import values
from sgz_desktop.reports.values import Narrative, Option, Sheet, Signatures, Table

TITLE = "数据核对单"
INSIDE = "内部"
WORDS = (
    "下列各项在几台电脑上填得不一样，几个值都已保留。请核对原始记录或询问本人，在“选定”里打勾，"
    "再到电脑上逐项选定。风险等级没有选定以前，暂按较高的显示。"
)
NOTHING = "没有需要核对的。"
HIGHER = "较高，暂按此显示"
ROLES = ("核对人", "站长")
IN_A_ROW = 2
LONG = 120  # characters of a value on the sheet
PLACES = "一二三四五六七八九"


def _paper(desk: Desk, ids: Sequence[str]) -> values.Handouts:
    today, wanted = desk.today(), frozenset(ids)
    rows = desk.read_for_paper(lambda session: doubled(session, desk.device.id))
    told = [row for row in rows if row.id in wanted or not ids]
    count = sum(len(row.pairs) for row in told)
    blocks: tuple[values.Block, ...] = (Narrative(NOTHING),)
    if told:
        blocks = (Narrative(WORDS, indent=False), _table(told, today), Signatures(ROLES))
    sheet = Sheet(
        title=TITLE,
        number=f"HD-{today.replace('-', '')}",
        paper="INTERNAL",
        blocks=blocks,
        subtitle=f"{INSIDE}　{len(told)}份资料{count}项　{days.show_day(today)}打印",
        footer=f"{INSIDE}，选定后归档",
    )
    return values.Handouts(desk.station, TITLE, (sheet,), desk.practice)


def _table(rows: Sequence[Doubled], today: str) -> Table:
    heads = columns(
        ("序", 0.9, "centre"), ("资料", 3.6), ("项目", 2.2), ("值一", 5), ("值二", 5), ("选定", 1.3)
    )
    pairs = [(row, pair) for row in rows for pair in row.pairs]
    lines = [line for place, one in enumerate(pairs, start=1) for line in _lines(place, *one, today)]
    return Table(tuple(heads), tuple(lines), ledger=True)


def _lines(place: int, row: Doubled, pair: Pair, today: str) -> Iterator[tuple[values.Cell, ...]]:
    """One field: two of its values to a line."""
    said = masked_beside(pair.kind, pair.cell, [one.words for one in pair.values])
    told = [_value(one, words, today) for one, words in zip(pair.values, said, strict=True)]
    named = pair.label + (f"\n（{pair.note}）" if pair.note else "")
    for at in range(0, len(told), IN_A_ROW):
        some = told[at : at + IN_A_ROW]
        boxes = tuple(Option(PLACES[at + nth] if at + nth < len(PLACES) else "") for nth in range(len(some)))
        about = row.about.replace("　", "\n")
        head = (str(place), f"{row.title} {about}".strip(), named) if not at else ("", "", "同上")
        yield (*head, *some, *[""] * (IN_A_ROW - len(some)), boxes)


def _value(one: Value, words: str, today: str) -> str:
    short = words if len(words) <= LONG else words[:LONG] + "…"
    higher = f"（{HIGHER}）" if one.higher else ""
    day = near_day(local_day(one.at_ms), today)
    who = " ".join(part for part in (one.by, computer(one.device), day) if part)
    return f"{short}{higher}\n{who}"


@action
def conflict_sheet(desk: Desk, ids: Sequence[str] = ()) -> values.Handouts:
    """数据核对单 of some records, of all where none is named."""
    return _paper(desk, ids)


@action
def print_conflicts(desk: Desk, ids: Sequence[str] = (), progress: Progress | None = None) -> bytes:
    """The same as a PDF. `progress(done, total)` after each page may raise Cancelled."""
    from sgz_desktop.reports.handouts import build

    return build(_paper(desk, ids), progress)


@action
def unprintable_conflicts(desk: Desk, ids: Sequence[str] = ()) -> list[str]:
    """Characters of the sheet that no font here can print, each once."""
    from sgz_desktop.reports.fonts import unprintable

    return unprintable(_paper(desk, ids))
