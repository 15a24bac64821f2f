"""个案进展一览表: every case of a month on one line, coded, for supervisors who see no names."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.case_facts import case_facts, risk_of, stage_label
from sgz_desktop.actions.case_goals import reached_goals
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.figures import month_named
from sgz_desktop.actions.forms import plain
from sgz_desktop.actions.papers_brief_parts import somebody
from sgz_desktop.actions.supervision_copy import ASKED
from sgz_desktop.actions.supervision_remarks import remark_lines
from sgz_desktop.actions.timeline import session_days
from sgz_desktop.domain import days, lifecycle
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import split_codes
from sgz_desktop.domain.ledger import Cell, Head, Sheet, Sort, day_cell
from sgz_desktop.domain.local_words import in_use
from sgz_desktop.domain.records.case import Case
from sgz_desktop.domain.records.plan import Goal, Plan
from sgz_desktop.errors import AppError
from sgz_desktop.store import queries, read
from sgz_desktop.store.session import Reading

Progress = Callable[[int, int], None]
TITLE = "个案进展一览表"
REACHED = frozenset({"reached", "full"})
LEFT_OUT = "姓名只写姓，对监护人保密的个案不列；按编号排序"
CASES = """SELECT c.id, p.name FROM r_case c LEFT JOIN r_person p ON p.id = c.client
WHERE c.deleted IS NOT TRUE AND c.on_paper IS NOT TRUE AND c.opened_on <= ?2 || '~'
  AND (c.closed_on IS NULL OR c.closed_on >= ?1) ORDER BY c.number, c.id"""


class Month(NamedTuple):
    """The first day of a month and the last of it that has come."""

    first: str
    last: str


@action
def progress_sheet(desk: Desk, month: str) -> Sheet:
    """The cases of a month (YYYY-MM). AppError for a month that has not begun."""
    return _sheet(desk, month)


@action
def print_progress(desk: Desk, month: str, progress: Progress | None = None) -> bytes:
    """The same as a PDF. `progress(done, total)` after each page may raise Cancelled."""
    from sgz_desktop.reports.ledger import build

    return build(_sheet(desk, month), progress)


def _sheet(desk: Desk, month: str) -> Sheet:
    named, today = month_named(month), desk.today()
    span = Month(days.earliest(named), min(days.latest(named), today))
    if span.first > today:
        raise AppError("这个月还没有到，没有生成。", "请选这个月或以前的月份。")
    rows = desk.read_for_paper(lambda session: _rows(session, span))
    line = (
        f"{days.show_day(named)}　截至{days.show_day(span.last)}　共{len(rows)}个个案　{LEFT_OUT}"
        f"　{days.show_day(today)}打印"
    )
    return Sheet(
        title=TITLE,
        station=desk.station,
        number=f"JZ-{span.last.replace('-', '')}",
        line=line,
        heads=_heads(),
        rows=tuple(rows),
        practice=desk.practice,
    )


def _heads() -> tuple[Head, ...]:
    word = in_use().session
    return (
        Head("个案编号", 25, Sort.TEXT, fixed=True),
        Head("服务对象", 18, Sort.TEXT, fixed=True),
        Head("问题类别", 34, Sort.TEXT),
        Head("阶段", 15, Sort.TEXT, fixed=True),
        Head("开案天数", 18, Sort.NUMBER, fixed=True),
        Head(f"本月{word}数", 18, Sort.NUMBER, fixed=True),
        Head(f"累计{word}数", 18, Sort.NUMBER, fixed=True),
        Head("目标", 22, Sort.TEXT, fixed=True),
        Head("风险", 12, Sort.TEXT, fixed=True),
        Head("最近服务", 23, Sort.DAY, fixed=True),
        Head("未落实意见", 21, Sort.NUMBER, fixed=True),
        Head("需要督导决定", 36, Sort.TEXT),
    )


def _rows(session: Reading, span: Month) -> list[tuple[Cell, ...]]:
    open_remarks: dict[str, list[int]] = {}
    for one in remark_lines(session, span.last):
        if not one.done_on:
            open_remarks.setdefault(one.case, []).append(one.late)
    found = []
    for id, name in queries.table(session, CASES, *span):
        case = read.get(session, Case, id)
        if case is not None and case.stage != lifecycle.DECLINED:
            found.append(_row(session, case, name, span, open_remarks.get(id, [])))
    return found


def _row(session: Reading, case: Case, name: str | None, span: Month, late: list[int]) -> tuple[Cell, ...]:
    id = str(case.id)
    facts, _ = case_facts(session, id, plain(case))
    held = [day for day, *_ in session_days(session, id) if day and day <= span.last]
    end = case.closed_on if case.closed_on and case.closed_on <= span.last else span.last
    whole = case.opened_on if case.opened_on and days.is_whole(case.opened_on) else ""
    risk = risk_of(plain(case), facts)
    natures = [code_list("case_nature").label(code) for code in split_codes(case.natures)]
    return (
        case.number or "未编号",
        somebody(name),
        "、".join(natures) or None,
        stage_label(facts.stage),
        days.days_between(whole, end) if whole and days.is_whole(end) else None,
        sum(day >= span.first for day in held),
        len(held),
        _goals(session, id),
        code_list("risk").label(risk) if risk else "未评定",
        day_cell(held[-1]) if held else None,
        len(late),
        _to_decide(facts.stage, late),
    )


def _goals(session: Reading, case: str) -> str:
    """2/4达成 of the plan made last."""
    plans = read.of_parent(session, Plan, "case", case)
    if not plans:
        return "还没有计划"
    plan = max(plans, key=lambda one: (one.made_on or "", one.rid or 0))
    goals = read.of_parent(session, Goal, "plan", str(plan.id))
    reached = reached_goals(session, case)
    done = sum(reached.get(str(one.id), ("", ""))[0] in REACHED for one in goals)
    return f"{done}/{len(goals)}达成" if goals else "还没有目标"


def _to_decide(stage: str, late: list[int]) -> str | None:
    """What the stage asks for, and remarks past their day."""
    over = sum(one > 0 for one in late)
    parts = [ASKED.get(stage, ""), f"{over}条意见过期未落实" if over else ""]
    return "；".join(part for part in parts if part) or None
