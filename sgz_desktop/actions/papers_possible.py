"""可能符合政策的家庭, by village, on paper: a worker's list, and nobody else's.

It is read as a family may see it, whoever asks: it lies about in cars and on village tables.
"""

from __future__ import annotations

from collections.abc import Sequence

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_draft import columns
from sgz_desktop.actions.papers_visits import VILLAGELESS, Progress
from sgz_desktop.actions.sweep import Found, standing
from sgz_desktop.domain import days
from sgz_desktop.domain.policy.wording import CLOSING
from sgz_desktop.reports import values
from sgz_desktop.reports.values import Heading, Narrative, Sheet, Table

TITLE = "可能符合政策的家庭"
WARNING = "内部工作清单，不得公示"
WORDS = "按在册资料比对，列出可能符合、还没有享受也没有申请的。上门核实后再协助申请。"
NOBODY = "没有新的可能符合的家庭。"


def _paper(desk: Desk, asked: Sequence[Found]) -> values.Handouts:
    today = desk.today()
    lines = desk.read_for_paper(lambda session: standing(session, asked, today, desk.actor))
    villages = dict.fromkeys(one.village for one in lines)
    blocks: list[values.Block] = []
    for village in villages:
        blocks += _village([one for one in lines if one.village == village])
    homes = len({one.household or one.person for one in lines})
    sheet = Sheet(
        title=TITLE,
        number=f"ZC-{desk.today().replace('-', '')}",
        paper="INTERNAL",
        blocks=(
            Narrative(f"{WARNING}。{WORDS}", indent=False),
            *(blocks or [Narrative(NOBODY)]),
            Narrative(CLOSING, indent=False),
        ),
        subtitle=f"{WARNING}　{len(villages)}个村（居）{homes}户　{days.show_day(desk.today())}打印",
        footer=WARNING,
    )
    return values.Handouts(desk.station, TITLE, (sheet,), desk.practice)


def _village(lines: Sequence[Found]) -> tuple[values.Block, ...]:
    heads = columns(
        ("序", 1.2, "centre"),
        ("姓名或户", 2.6),
        ("组", 2),
        ("可能符合的项目", 4.4),
        ("依据", 4.4),
        ("核实情况", 4),
    )
    rows = tuple(
        (str(place), one.name, one.village_group, one.title, one.basis, "")
        for place, one in enumerate(lines, start=1)
    )
    homes = len({one.household or one.person for one in lines})
    return Heading(f"{lines[0].village or VILLAGELESS}　{homes}户"), Table(tuple(heads), rows, ledger=True)


@action
def possible_paper(desk: Desk, lines: Sequence[Found]) -> values.Handouts:
    """The list of some lines as values."""
    return _paper(desk, lines)


@action
def print_possible(desk: Desk, lines: Sequence[Found], progress: Progress | None = None) -> bytes:
    """The same as a PDF. `progress(done, total)` after each page may raise Cancelled."""
    from sgz_desktop.reports.handouts import build

    return build(_paper(desk, lines), progress)


@action
def unprintable_possible(desk: Desk, lines: Sequence[Found]) -> list[str]:
    """Characters of the list that no font here can print, each once."""
    from sgz_desktop.reports.fonts import unprintable

    return unprintable(_paper(desk, lines))
