"""物资发放表: who received what of one resource, with room to sign; blank rows where nobody is on it yet."""

from __future__ import annotations

from collections.abc import Callable

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.name_rows import stock_left
from sgz_desktop.actions.papers_draft import columns
from sgz_desktop.actions.papers_names import day_words, near_day
from sgz_desktop.actions.papers_words import SIGNING_ROOM, Asked, Names, form, paired, told_fields
from sgz_desktop.domain.fields import Paper
from sgz_desktop.domain.records.organisation import Organisation
from sgz_desktop.domain.records.resource import Handout, Resource
from sgz_desktop.domain.signing import number_of
from sgz_desktop.errors import AppError
from sgz_desktop.reports.values import Block, Handouts, Sheet, Signatures, Table
from sgz_desktop.store import activities, read
from sgz_desktop.store.session import Reading

Progress = Callable[[int, int], None]
TITLE = "物资发放表"
NOT_HERE = ("这笔资源没有找到，没有打印。", "请先保存，再打印。")
BLANK_ROWS, SPARE = 15, 3
TOLD = "请本人签名或按指印；代领的写代领人姓名和关系。"


@action
def handout_paper(desk: Desk, id: str) -> Handouts:
    """The hand-out list of a resource. AppError when it is not here."""

    def work(session: Reading) -> Sheet:
        one = read.get(session, Resource, id)
        if one is None or one.deleted:
            raise AppError(*NOT_HERE)
        return Sheet(
            TITLE,
            number_of("handout_list", id),
            "INTERNAL",
            _blocks(session, desk, one),
            on=one.received_on or "",
            subtitle="　".join(filter(None, (one.what or "", day_words(one.received_on)))),
        )

    sheet = desk.read_for_paper(work, id)
    return Handouts(desk.station, TITLE, (sheet,), desk.practice)


def _blocks(session: Reading, desk: Desk, one: Resource) -> tuple[Block, ...]:
    asked, measure = Asked(one, Paper.INTERNAL, Names()), one.measure or ""
    donor = read.get(session, Organisation, one.provider) if one.provider else None
    left = stock_left(session, one)
    given = activities.given_out(session, str(one.id))
    top = told_fields(
        ("物资", one.what or ""),
        ("提供者", (donor.name if donor else "") or one.provider_name or ""),
        ("数量", f"{one.quantity}{measure}" if one.quantity is not None else ""),
        ("折合金额", asked.says("worth")),
        ("估价依据", asked.says("basis")),
        ("经办人", one.worker or ""),
        ("已发放", f"{given}{measure}" if given else ""),
        ("结余", _left(left, measure)),
        ("用途", asked.says("purpose")),
        ("捐赠人指定", asked.says("earmarked")),
    )
    heads = columns(
        ("序", 1.0, "centre"),
        ("领取人", 1.95),
        ("村（居）", 2.2),
        ("数量", 1.2, "right"),
        ("日期", 3.15),
        ("签收（或指印）", 3.4),
        ("备注", 2.2),
    )
    return (
        *form(paired(top)),
        Table(tuple(heads), _rows(session, desk, one), ledger=True, note=TOLD),
        Signatures(("发放人", "经办社工", "站长")),
    )


def _left(left: int | None, measure: str) -> str:
    if left is None:
        return ""
    return f"{left}{measure}" if left >= 0 else f"多发{-left}{measure}，请核对"


def _rows(session: Reading, desk: Desk, one: Resource) -> tuple[tuple[str, ...], ...]:
    """Those on the list, and some rows more to write on by hand."""
    notes = {str(row.id): row for row in read.of_parent(session, Handout, "resource", str(one.id))}
    listed = activities.handed_out(session, str(one.id))
    rows: list[tuple[str, ...]] = [
        (
            str(place),
            row.name,
            row.village,
            str(row.quantity or ""),
            near_day(notes[row.id].date, desk.today()),
            SIGNING_ROOM,
            _remark(notes[row.id]),
        )
        for place, row in enumerate(listed, start=1)
    ]
    more = SPARE if rows else BLANK_ROWS
    first = len(rows) + 1
    rows += [(str(place), "", "", "", "", SIGNING_ROOM, "") for place in range(first, first + more)]
    return tuple(rows)


def _remark(row: Handout) -> str:
    proxy = f"{row.received_by}代领" if row.received_by else ""
    return "；".join(filter(None, (proxy, row.note or "")))
