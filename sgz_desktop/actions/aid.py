"""救助与转介: applications and referrals under way and done, of cases and of people without one."""

from __future__ import annotations

from dataclasses import dataclass

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.application_progress import WAITING, Progress, followed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.store import queries


@dataclass(frozen=True)
class AidLine:
    """An application or a referral in words. `open`: still waiting for an answer. `tone` as of a badge;
    `sort`: the day by which lines are ordered."""

    kind: str
    id: str
    name: str
    what: str
    day: str
    state: str
    tone: str
    note: str
    case: str
    open: bool
    sort: str = ""


@action
def list_applications(desk: Desk) -> list[AidLine]:
    """Applications, those under way first, then the latest filed."""
    today = desk.today()
    rows = desk.read(lambda session: followed(session, today, open_only=False))
    return sorted((_application(row, told, today) for row, told in rows), key=lambda line: not line.open)


def _application(row: queries.ApplicationRow, under_way: Progress, today: str) -> AidLine:
    waiting = row.result in WAITING
    state = code_list("application_result").label(row.result) if row.result and not waiting else ""
    return AidLine(
        kind="application",
        id=row.id,
        name=row.name or "（姓名未填）",
        what=under_way.programme,
        day=days.short_day(row.filed_on, today) if row.filed_on else "",
        state=state or ("办理中" if row.filed_on else "准备材料"),
        tone="plain" if state else "info" if row.filed_on else "warn",
        note=under_way.words if waiting else "",
        case=row.case or "",
        open=waiting,
        sort=row.filed_on or "",
    )


REFERRALS = """SELECT r.id, p.name, r.sort, r.receiver, r.sent_on, r.reply_due_on, r.reply_on, r.outcome,
r.placed_on, r.job_from, r."case" FROM r_referral r LEFT JOIN r_person p ON p.id = r.person
WHERE r.deleted IS NOT 1 ORDER BY r.sent_on DESC, r.rid DESC"""


@action
def list_referrals(desk: Desk) -> list[AidLine]:
    """Referrals, those without an answer first, then the latest sent."""
    today = desk.today()
    rows = desk.read(lambda session: queries.table(session, REFERRALS))
    return sorted((_referral(today, *row) for row in rows), key=lambda line: not line.open)


def _referral(
    today: str,
    id: str,
    name: str | None,
    sort: str | None,
    receiver: str | None,
    sent: str | None,
    due: str | None,
    replied: str | None,
    outcome: str | None,
    placed: str | None,
    job: str | None,
    case: str | None,
) -> AidLine:
    waiting = replied is None and outcome in (None, "waiting")
    label = code_list("referral_kind").label(sort) if sort else "类别未填"
    state = code_list("referral_result").label(outcome) if outcome and not waiting else ""
    late = waiting and sent is not None and due is not None and days.is_whole(due) and due < today
    return AidLine(
        kind="referral",
        id=id,
        name=name or "（姓名未填）",
        what=f"{label}·{receiver}" if receiver else label,
        day=days.short_day(sent, today) if sent else "",
        state=state or ("已回复" if not waiting else "等回执" if sent else "未转出"),
        tone="plain" if not waiting else "danger" if late else "info" if sent else "warn",
        note=_outcome(today, placed, job) or (_reply(due, today, late) if waiting else ""),
        case=case or "",
        open=waiting,
        sort=sent or "",
    )


def _outcome(today: str, placed: str | None, job: str | None) -> str:
    told = [f"{days.short_day(placed, today)}安置"] if placed else []
    told += [f"{days.short_day(job, today)}上岗"] if job else []
    return "，".join(told)


def _reply(due: str | None, today: str, late: bool) -> str:
    if not due:
        return ""
    return f"约定{days.short_day(due, today)}回复" + ("，已过期" if late else "")
