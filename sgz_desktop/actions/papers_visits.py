"""走访准备单: a sheet for each household to be visited, and worker-safety notes on pages of their own.

It is read as a family may see it, whoever asks: what is carried into a home can be seen there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sgz_desktop.actions import rounds as round_of
from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_draft import columns
from sgz_desktop.actions.papers_names import day_words, near_day
from sgz_desktop.actions.papers_visit_record import blank_record
from sgz_desktop.actions.people import age_words, amount_words
from sgz_desktop.actions.timeline import first_line
from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import split_codes
from sgz_desktop.domain.visit_pages import category_pages
from sgz_desktop.errors import AppError
from sgz_desktop.reports import values
from sgz_desktop.reports.values import Narrative, Sheet, Table
from sgz_desktop.store import preparing
from sgz_desktop.store.preparing import Contact, Occupant, Receipt, Todo
from sgz_desktop.store.rounds import Home
from sgz_desktop.store.session import Reading

Progress = Callable[[int, int], None]
TITLE = "走访准备单"
LAST = 3  # contacts
SHORT = 60  # characters of what a contact was about
NAMELESS, VILLAGELESS = "（户主未填）", "村（居）未填"
TO_WORKERS = "只给社工看，不带入户"
FAMILY_FOOT = "内部资料　用后交回归档或碎纸"
NO_HOUSEHOLD = "没有选定要走访的户，没有生成。"


@dataclass
class Preparation:
    """A household about to be visited, as read; `hint` is what to mind at its door."""

    home: Home
    hint: str
    occupants: list[Occupant] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    todos: list[Todo] = field(default_factory=list)


def _prepared(session: Reading, ids: Sequence[str]) -> list[Preparation]:
    """The households in the order of a round."""
    found = {home.id: Preparation(home, hint or "") for home, hint in preparing.chosen(session, ids)}
    for occupant in preparing.occupants(session, ids):
        if occupant.household in found:
            found[occupant.household].occupants.append(occupant)
    for contact in preparing.contacts(session, ids):
        if contact.household in found:
            found[contact.household].contacts.append(contact)
    for receipt in preparing.receipts(session, ids):
        if receipt.household in found:
            found[receipt.household].receipts.append(receipt)
    for todo in preparing.todos(session, ids):
        if todo.household in found:
            found[todo.household].todos.append(todo)
    if not found:
        raise AppError(NO_HOUSEHOLD, "请在名单里勾选后再打印。")
    key = round_of.place(session)
    return sorted(found.values(), key=lambda one: key(one.home))


def _preparation(desk: Desk, ids: Sequence[str]) -> values.Handouts:
    today = desk.today()
    found = desk.read_for_paper(lambda session: _prepared(session, ids))
    sheets = [_family_sheet(place, one, today) for place, one in enumerate(found, start=1)]
    return values.Handouts(desk.station, TITLE, (*sheets, *_safety_sheet(found, today)), desk.practice)


def _number(today: str, which: str) -> str:
    """A sheet's number on the day it was printed: ZB-20260630-1."""
    return f"ZB-{today.replace('-', '')}-{which}"


def _family_sheet(place: int, one: Preparation, today: str) -> Sheet:
    """Who lives there and what to ask; nothing of safety, risk or judgement."""
    home = one.home
    where = (home.village or VILLAGELESS) + (home.village_group or "")
    tags = "、".join(code_list("household_category").label(code) for code in split_codes(home.categories))
    blocks = (
        Table(
            tuple(columns(("姓名", 2.2), ("与户主关系", 2), ("性别", 1), ("年龄", 1.2), ("类别与备注", 5))),
            tuple(_occupant(who, today) for who in one.occupants),
            title="家里的人",
            empty="没有登记家庭成员。",
        ),
        Table(
            tuple(columns(("项目", 3), ("谁享受", 2.2), ("每月金额", 2, "right"), ("从何时起", 2.4))),
            tuple(_receipt(got) for got in one.receipts),
            title="享受的待遇",
            empty="没有登记待遇。",
        ),
        Table(
            tuple(columns(("日期", 2.6), ("方式", 1.8), ("社工", 1.8), ("情况", 6))),
            tuple(_contact(met) for met in one.contacts[:LAST]),
            title="最近三次联系",
            empty="还没有联系过。",
        ),
        Table(
            tuple(columns(("最晚日期", 2.6), ("谁", 2), ("做什么", 6))),
            tuple(_todo(do, today) for do in one.todos),
            title="要办的事",
            empty="没有待办。",
        ),
        *blank_record(_pages(one, today)),
    )
    return Sheet(
        title=TITLE,
        number=_number(today, str(place)),
        paper="INTERNAL",
        blocks=blocks,
        subtitle="　".join(part for part in (home.head_name or NAMELESS, where, tags, home.number) if part),
        footer=FAMILY_FOOT,
    )


def _pages(one: Preparation, today: str) -> frozenset[str]:
    people = ((who.born, who.categories, one.home.categories) for who in one.occupants)
    return category_pages([*people, (None, None, one.home.categories)], today)


def _occupant(who: Occupant, today: str) -> tuple[str, ...]:
    words = [code_list("person_category").label(code) for code in split_codes(who.categories)]
    away = ["不同住"] if who.living == 0 else []
    return (
        who.name or "（姓名未填）",
        code_list("relation").label(who.relation) if who.relation else "",
        code_list("sex").label(who.sex) if who.sex else "",
        age_words(who.born, today),
        "、".join([*words, *away, *([who.note] if who.note else [])]),
    )


def _receipt(got: Receipt) -> tuple[str, ...]:
    return (
        code_list("benefit").label(got.programme) if got.programme else "项目未填",
        got.whose or "全家",
        amount_words(got.amount),
        day_words(got.since),
    )


def _contact(met: Contact) -> tuple[str, ...]:
    """What a child's injury was written about stays off a sheet its family may read."""
    mode = code_list("visit_mode").label(met.mode) if met.mode else "走访"
    told = "" if met.injury else _shortened(first_line(met.told))
    if met.met == 0:
        reason = code_list("not_met_reason").label(met.not_met_reason) if met.not_met_reason else ""
        told = "未遇" + (f"：{reason}" if reason else "")
    return day_words(met.date) or "日期未填", mode, met.worker or "", told


def _shortened(text: str) -> str:
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"


def _todo(do: Todo, today: str) -> tuple[str, ...]:
    late = days.days_between(do.due_on, today) if do.due_on else 0
    when = near_day(do.due_on, today) or "未定日期"
    return when + (f"（已过{late}天）" if late > 0 else ""), do.whom or "全家", do.what or "（未写）"


def _safety_sheet(found: Sequence[Preparation], today: str) -> tuple[Sheet, ...]:
    """What workers must mind, on pages of its own behind all families'; none where nothing is known."""
    rows = [
        (str(place), one.home.head_name or NAMELESS, _where(one.home), one.hint, _noticed(one))
        for place, one in enumerate(found, start=1)
        if one.hint or _noticed(one)
    ]
    if not rows:
        return ()
    heads = columns(
        ("户", 0.8, "centre"), ("户主", 1.8), ("住址", 2.6), ("上门提示", 4), ("走访时的安全情况", 4.4)
    )
    return (
        Sheet(
            title="上门安全提示",
            number=_number(today, "安全"),
            paper="INTERNAL",
            blocks=(
                Narrative("出门前看，看完留在站里；建议两人以上同行。", indent=False),
                Table(tuple(heads), tuple(rows), ledger=True),
            ),
            subtitle=f"{TO_WORKERS}　{days.show_day(today)}",
            footer=TO_WORKERS,
        ),
    )


def _where(home: Home) -> str:
    return "".join(one or "" for one in (home.village, home.village_group, home.house_number))


def _noticed(one: Preparation) -> str:
    """Safety notes of the last visits that have one, newest first."""
    told = [(met.date, met.safety) for met in one.contacts if met.safety]
    return "\n".join(f"{day_words(day)}：{note}" for day, note in told[:LAST])


@action
def visit_preparation(desk: Desk, ids: Sequence[str]) -> values.Handouts:
    """走访准备单 of some households, a sheet each in the order of a round. AppError when none is on file."""
    return _preparation(desk, ids)


@action
def print_preparation(desk: Desk, ids: Sequence[str], progress: Progress | None = None) -> bytes:
    """The same as a PDF. `progress(done, total)` after each page may raise Cancelled."""
    from sgz_desktop.reports.handouts import build

    return build(_preparation(desk, ids), progress)


@action
def unprintable_visits(desk: Desk, ids: Sequence[str]) -> list[str]:
    """Characters of a round's papers that no font here can print, each once."""
    from sgz_desktop.reports.fonts import unprintable

    return unprintable(_preparation(desk, ids))
