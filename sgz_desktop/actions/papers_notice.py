"""公示单: what is put up for all to see about an application, and nothing more than that needs.

A name, the village, the programme, the days and where to raise doubts. Never of a child, and never where the
rules of the programme have no public notice.
"""

from __future__ import annotations

from collections.abc import Callable

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_application_reading import Applying, applying, case_of
from sgz_desktop.domain import days
from sgz_desktop.domain.policy.filing import NOT_REQUIRED, WORKDAY, count_of, notice_refused, notice_to
from sgz_desktop.errors import AppError
from sgz_desktop.reports.values import Block, Form, FormField, Handouts, Narrative, Sheet, Signatures

Progress = Callable[[int, int], None]
TITLE = "公示"
KEPT = "这份申请属于保密个案，没有生成公示单。"
FOOTER = "期满请取下"
BLANK_DAY = "　　　年　　月　　日"
WHY = {True: "可以在申请里填好出生日期再试。", False: "申请的资料没有改动。"}


def _notice(desk: Desk, id: str) -> Handouts:
    one = _read(desk, id)
    if one.rule is None:
        raise AppError(NOT_REQUIRED, WHY[False])
    born = one.applicant.born if one.applicant else None
    known = born if born and days.is_day(born) else None
    if refused := notice_refused(one.rule.programme, known, one.today):
        raise AppError(refused, WHY[known is None and not one.rule.programme.for_children])
    sheet = Sheet(
        TITLE, f"GS-{one.today.replace('-', '')}", "CLIENT", _blocks(one), footer=FOOTER, large=True
    )
    return Handouts(desk.station, TITLE, (sheet,), desk.practice)


def _read(desk: Desk, id: str) -> Applying:
    """An application as everybody may see it: never one of a case that is kept back."""
    desk.read(lambda session: case_of(session, id))
    try:
        return desk.read_for_paper(lambda session: applying(session, desk.today(), id))
    except AppError:
        raise AppError(KEPT, WHY[False]) from None


def _blocks(one: Applying) -> tuple[Block, ...]:
    assert one.rule is not None
    record = one.asked(one.record)
    office = record.says("accepted_by") or one.rule.programme.accept
    programme = record.says("programme")
    who = "申请家庭（户主）" if one.whole else "申请人"
    return (
        Narrative(
            f"下面的{'家庭' if one.whole else '居民'}申请{programme}，现在公示。对情况有不同意见的，"
            "请在公示期内用口头或书面方式反映；反映人的情况会保密。"
        ),
        Form(
            (
                FormField(who, one.told("name")),
                FormField("村（居）", one.place("village")),
                FormField("申请项目", programme, True),
                FormField("公示时间", _period(one), True),
                FormField("向谁反映", office, True),
                FormField("反映电话", "\n", True),
            )
        ),
        Signatures((), seal=f"{office}（盖章）"),
    )


def _period(one: Applying) -> str:
    """2026年9月30日至2026年10月7日（7天，张贴当天不计）; days to be written by hand where none are known."""
    assert one.rule is not None
    publicity = one.rule.programme.publicity
    n = count_of(one.rule, publicity.n)
    start = one.record.notice_from or ""
    end = one.record.notice_to or notice_to(one.rule, start)
    unit = "个工作日" if publicity.unit == WORKDAY else "天"
    told = f"（{n}{unit}，张贴当天不计）" if n else ""
    shown = [days.show_day(day) if day and days.is_day(day) else BLANK_DAY for day in (start, end)]
    return "至".join(shown) + told


@action
def public_notice(desk: Desk, id: str) -> Handouts:
    """公示单 of an application. AppError for children, and where nothing is to be put up."""
    return _notice(desk, id)


@action
def print_notice(desk: Desk, id: str, progress: Progress | None = None) -> bytes:
    """The same as a PDF. `progress(done, total)` after each page may raise Cancelled."""
    from sgz_desktop.reports.handouts import build

    return build(_notice(desk, id), progress)
