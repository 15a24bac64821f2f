"""受委托入户核查: begun from an application or a person, and the list of all."""

from __future__ import annotations

from sgz_desktop.actions.aid import AidLine
from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, new_form
from sgz_desktop.actions.timeline import check_state
from sgz_desktop.domain import days
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.records.application import Application
from sgz_desktop.domain.records.base import problems
from sgz_desktop.domain.records.household_check import HouseholdCheck
from sgz_desktop.errors import AppError
from sgz_desktop.store import queries, read
from sgz_desktop.store.session import Reading

NOT_HERE = "这份申请的资料还没有到本机。"
NAMES = """SELECT k.id, coalesce(p.name, q.name) FROM r_household_check k
LEFT JOIN r_person p ON p.id = k.person LEFT JOIN r_household h ON h.id = k.household
LEFT JOIN r_person q ON q.id = h.head"""


@action
def new_check(desk: Desk, application: str, person: str = "", household: str = "") -> Form:
    """An empty check of an application's home, or of somebody's without one. AppError when the application
    has not arrived on this computer."""

    def known(session: Reading) -> dict[str, Wire]:
        found = read.get(session, Application, application) if application else Application()
        if found is None:
            raise AppError(NOT_HERE, "等对方电脑的数据包到了再看。")
        whom = found.person or person
        home = found.household or household or (queries.household_of(session, whom) if whom else "")
        about = {"application": application, "case": found.case, "entrusted_by": found.accepted_by}
        return {"person": whom, "household": home, **about}

    usual: dict[str, Wire] = {"date": desk.today(), "checker_first": desk.user}
    about = {name: value for name, value in desk.read(known).items() if value}
    return new_form(desk, HouseholdCheck.KIND, usual | about)


@action
def list_checks(desk: Desk) -> list[AidLine]:
    """All checks, those not signed yet or doubtful first, then the latest."""
    today = desk.today()

    def work(session: Reading) -> list[AidLine]:
        names = {id: name or "（姓名未填）" for id, name in queries.table(session, NAMES)}
        found = [one for one in read.select_where(session, HouseholdCheck) if not one.deleted]
        return [_line(one, names[str(one.id)], today) for one in found]

    lines = sorted(desk.read(work), key=lambda line: line.sort, reverse=True)
    return sorted(lines, key=lambda line: not line.open)


def _line(one: HouseholdCheck, name: str, today: str) -> AidLine:
    state, tone = check_state(one)
    doubts = problems(one, today)
    if doubts:
        state, tone = "待核", "warn"
    return AidLine(
        kind=HouseholdCheck.KIND,
        id=str(one.id),
        name=name,
        what=f"受{one.entrusted_by}委托" if one.entrusted_by else "委托单位未填",
        day=days.short_day(one.date, today) if one.date else "",
        state=state,
        tone="plain" if tone == "ok" else tone,
        note=doubts[0].sentence if doubts else _checkers(one),
        case=one.case or "",
        open=tone != "ok",
        sort=one.date or "",
    )


def _checkers(one: HouseholdCheck) -> str:
    return "核查人：" + "、".join(filter(None, (one.checker_first, one.checker_second)))
