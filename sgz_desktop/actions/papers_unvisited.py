"""本月未探访名单: whom to call on this month, by village, on paper.

It is read as a family may see it, whoever asks: it lies about in cars and on village tables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sgz_desktop.actions import rounds as round_of
from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_draft import columns
from sgz_desktop.actions.papers_names import near_day
from sgz_desktop.actions.papers_visits import NAMELESS, VILLAGELESS, Progress
from sgz_desktop.actions.rounds import Unvisited
from sgz_desktop.domain import days
from sgz_desktop.domain.short_tags import short_tags
from sgz_desktop.reports import values
from sgz_desktop.reports.values import Heading, Narrative, Sheet, Table
from sgz_desktop.store import preparing
from sgz_desktop.store.session import Reading

TITLE = "本月未探访名单"
WORDS = (
    "列出到本月底满了本户走访间隔、还没联系的户。走访、电话、视频和个案服务都算联系，"
    "未遇不算；已去世、搬离、销档和全家外出的不列。"
)
NOBODY = "这个月该去的都联系到了。"


def _names(desk: Desk, ids: Sequence[str], month: str, phones: bool) -> values.Handouts:
    today, wanted = desk.today(), frozenset(ids)

    def work(session: Reading) -> tuple[list[Unvisited], dict[str, str]]:
        rows = round_of.month_round(session, today, month).due
        due = [row for row in rows if row.id in wanted]
        of = preparing.occupants(session, [row.id for row in due]) if phones else []
        return due, {who.household: who.phone for who in reversed(of) if who.phone}

    due, numbers = desk.read_for_paper(work)
    villages = dict.fromkeys(row.village for row in due)
    blocks: list[values.Block] = []
    for village in villages:
        blocks += _village([row for row in due if row.village == village], numbers if phones else None, today)
    sheet = Sheet(
        title=TITLE,
        number=f"TF-{month.replace('-', '')}",
        paper="INTERNAL",
        blocks=(Narrative(WORDS, indent=False), *(blocks or [Narrative(NOBODY)])),
        subtitle=f"{days.show_day(month)}　{len(villages)}个村（居）{len(due)}户　{days.show_day(today)}打印",
    )
    return values.Handouts(desk.station, TITLE, (sheet,), desk.practice)


def _village(
    rows: Sequence[Unvisited], numbers: Mapping[str, str] | None, today: str
) -> tuple[values.Block, ...]:
    """The households of one village, with `numbers` by household where they are asked for."""
    head, tags, room = (("户主", 1.6), 3.55, 3.3) if numbers is None else (("户主、电话", 2.65), 3.2, 2.6)
    heads = columns(
        ("序", 0.85, "centre"),
        head,
        ("组", 1.42),
        ("类别", tags),
        ("上次联系", 3.35),
        ("应访日期", 2.15),
        ("走访情况", room),
    )
    told = tuple(
        (
            str(place),
            "\n".join(filter(None, (row.head_name or NAMELESS, (numbers or {}).get(row.id, "")))),
            row.village_group,
            "、".join(short_tags(row.tags)),
            near_day(row.last_on, today) or "没有",
            _due(row, today),
            "",
        )
        for place, row in enumerate(rows, start=1)
    )
    title = f"{rows[0].village or VILLAGELESS}　{len(rows)}户"
    return Heading(title), Table(tuple(heads), told, ledger=True)


def _due(row: Unvisited, today: str) -> str:
    """The days past say which year is meant, so that the day keeps to its narrow column."""
    if row.due and row.late:
        return f"{days.show_day(row.due)[5:]}\n已过{row.late}天"
    return near_day(row.due, today) if row.due else "尽快"


@action
def unvisited_paper(desk: Desk, ids: Sequence[str], month: str, phones: bool = False) -> values.Handouts:
    """本月未探访名单 by village of some households still to be called on in a month; telephone numbers only
    where `phones` asks for them."""
    return _names(desk, ids, month, phones)


@action
def print_unvisited(
    desk: Desk, ids: Sequence[str], month: str, phones: bool = False, progress: Progress | None = None
) -> bytes:
    """The same as a PDF. `progress(done, total)` after each page may raise Cancelled."""
    from sgz_desktop.reports.handouts import build

    return build(_names(desk, ids, month, phones), progress)
