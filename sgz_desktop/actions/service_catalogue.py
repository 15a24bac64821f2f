"""服务目录: what the station offers, how often it was done in the contract's year, and the poster of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.contract_doubts import contract_years
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_draft import columns
from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.contract_year import running
from sgz_desktop.domain.fields import split_codes
from sgz_desktop.domain.records.office import ServiceItem
from sgz_desktop.reports.values import Poster
from sgz_desktop.store import queries, read
from sgz_desktop.store.behind import Behind, behind
from sgz_desktop.store.session import Reading

Progress = Callable[[int, int], None]
TITLE = "社会工作服务目录"
INVITED = "需要帮助可以到社工站咨询，也可以请村（社区）转告。"
OCCASIONS = frozenset({"次", "户次", "场", "节", "个", "件"})  # what records can be counted in
SUMS = {"小时": 60, "元": 100}  # what volunteers' hours and resources add up to, from minutes and fen
NAMING = """(SELECT id, service_item, date, 'visit' AS kind, met,
    coalesce(mode, 'home') = 'home' AS home, NULL AS amount FROM r_visit WHERE deleted IS NOT 1
  UNION ALL SELECT id, service_item, date, 'session', 1, 0, NULL FROM r_session WHERE deleted IS NOT 1
  UNION ALL SELECT id, service_item, date, 'contact', 1, 0, NULL FROM r_contact WHERE deleted IS NOT 1
  UNION ALL SELECT id, service_item, date, 'activity', 1, 0, NULL FROM r_activity
    WHERE deleted IS NOT 1 AND cancelled IS NOT 1
  UNION ALL SELECT id, service_item, first_on, 'group', 1, 0, NULL FROM r_group
    WHERE deleted IS NOT 1 AND cancelled IS NOT 1
  UNION ALL SELECT id, service_item, filed_on, 'application', 1, 0, NULL FROM r_application
    WHERE deleted IS NOT 1
  UNION ALL SELECT id, service_item, sent_on, 'referral', 1, 0, NULL FROM r_referral WHERE deleted IS NOT 1
  UNION ALL SELECT id, service_item, received_on, 'resource', 1, 0, worth FROM r_resource
    WHERE deleted IS NOT 1
  UNION ALL SELECT id, service_item, date, 'volunteer_service', 1, 0, served FROM r_volunteer_service
    WHERE deleted IS NOT 1)"""
# 户次 are counted as V01 counts them: at home, and whether anybody was met or not
COUNTS = """CASE WHEN i.goal_unit = '户次' AND n.kind = 'visit' THEN n.home
  WHEN i.goal_unit = '小时' THEN n.kind = 'volunteer_service' AND n.amount IS NOT NULL
  WHEN i.goal_unit = '元' THEN n.kind = 'resource' AND n.amount IS NOT NULL ELSE n.met IS NOT 0 END"""
# CROSS: the records of the year are read once, not once for each service
OF_ITEMS = f"""{NAMING} n CROSS JOIN r_service_item i ON i.id = n.service_item
WHERE n.service_item IS NOT NULL AND n.date BETWEEN ?1 AND ?2 || '~' AND {COUNTS}"""
DONE = f"SELECT i.id, count(*), sum(n.amount) FROM {OF_ITEMS} GROUP BY i.id"
BEHIND = f"SELECT n.id FROM {OF_ITEMS} AND i.id = ?3 ORDER BY n.date DESC, n.id"
OFFICE = """SELECT address, hours FROM r_room WHERE sort = 'office' AND deleted IS NOT 1
AND closed_on IS NULL ORDER BY rid LIMIT 1"""


@dataclass(frozen=True)
class ItemDone:
    """A service and how much of it was done this year: the hours or yuan of the records that name it, where
    its goal is told in those, else how many they are. `goal` 0: none set; `comparable`: the goal is told in
    what was counted, not in people."""

    id: str
    number: str
    title: str
    goal: int
    unit: str
    done: int

    @property
    def comparable(self) -> bool:
        """May what was done be set beside the goal?"""
        return self.goal > 0 and self.unit in (*OCCASIONS, *SUMS)


@action
def services_done(desk: Desk) -> list[ItemDone]:
    """Every service on offer with what was done of it since the contract, or else the year, began."""
    today = desk.today()
    return desk.read(lambda session: _done(session, today))


def _done(session: Reading, today: str) -> list[ItemDone]:
    with session.whole():  # figures are the same whoever counts
        found = {id: done for id, *done in queries.table(session, DONE, _first(session, today), today)}
    return [_item_done(one, *found.get(one.id, (0, 0))) for one in _offered(session, today)]


def _first(session: Reading, today: str) -> str:
    """The first day of the contract's year, or else of the year."""
    year = running(contract_years(session), today)
    return year.first if year and year.first <= today else f"{today[:4]}-01-01"


def _item_done(one: ServiceItem, records: int, amount: int | None) -> ItemDone:
    """`amount` in minutes or fen, None of records that have none."""
    unit = one.goal_unit or ""
    done = (amount or 0) // SUMS[unit] if unit in SUMS else records
    return ItemDone(str(one.id), one.number or "", one.title or "", one.goal or 0, unit, done)


@action
def service_records(desk: Desk, id: str) -> list[Behind]:
    """The records behind the number of a service, the newest first; [] for none that is on file."""
    today = desk.today()

    def work(session: Reading) -> list[Behind]:
        rows = queries.table(session, BEHIND, _first(session, today), today, id)
        return behind(session, "service", [row[0] for row in rows])

    return desk.read(work)


def _offered(session: Reading, today: str) -> list[ServiceItem]:
    """Services that stand today, by their numbers: 2 before 10."""
    found = [one for one in read.select_where(session, ServiceItem) if _stands(one, today)]
    return sorted(found, key=lambda one: (*_place(one.number), one.rid or 0))


def _stands(one: ServiceItem, today: str) -> bool:
    begun = not one.first_on or not days.is_day(one.first_on) or days.earliest(one.first_on) <= today
    over = bool(one.last_on) and days.is_day(str(one.last_on)) and days.latest(str(one.last_on)) < today
    return begun and not over


def _place(number: str | None) -> tuple[bool, int, str]:
    text = days.plain(number or "")
    return not text.isdecimal(), int(text) if text.isdecimal() else 0, text


@action
def catalogue_poster(desk: Desk, large: bool = False) -> Poster:
    """服务目录 for the wall: what is marked 上墙公示, or all where nothing is marked."""
    today = desk.today()

    def work(session: Reading) -> tuple[list[ServiceItem], list[tuple[str | None, str | None]]]:
        return _offered(session, today), queries.table(session, OFFICE)

    items, office = desk.read(work)
    shown = [one for one in items if one.displayed] or items
    heads = columns(
        ("序号", 13, "centre"), ("服务项目", 33), ("服务内容", 57), ("服务人群", 33), ("频次", 34)
    )
    return Poster(
        station=desk.station,
        title=TITLE,
        columns=tuple(heads),
        rows=tuple(_row(place, one) for place, one in enumerate(shown, start=1)),
        foot=tuple(_foot(office)),
        large=large,
        practice=desk.practice,
    )


def _row(place: int, one: ServiceItem) -> tuple[str, ...]:
    groups = code_list("service_group")
    whom = "、".join(groups.label(code) for code in split_codes(one.for_whom))
    content = (one.content or "") + (f"（{one.way}）" if one.way else "")
    return one.number or str(place), one.title or "", content, whom, one.rhythm or ""


def _foot(office: Iterable[tuple[str | None, str | None]]) -> list[str]:
    for address, hours in office:
        told = [f"地址：{address}" if address else "", f"开放时间：{hours}" if hours else ""]
        return [INVITED, "　".join(one for one in told if one)] if any(told) else [INVITED]
    return [INVITED]


@action
def print_catalogue(desk: Desk, large: bool = False, progress: Progress | None = None) -> bytes:
    """The poster as a PDF. `progress(done, total)` after each page may raise Cancelled."""
    from sgz_desktop.reports.poster import build

    return build(catalogue_poster(desk, large), progress)
