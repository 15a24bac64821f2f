"""The days a report counts, and those it compares them with."""

from __future__ import annotations

from dataclasses import replace

from sgz_desktop.actions.figures import Rules, Span, month_named, month_span, period_named, year_end
from sgz_desktop.domain import days
from sgz_desktop.domain.indicator_facts import Period
from sgz_desktop.domain.report_form import MIDTERM, MONTHLY, SORTS
from sgz_desktop.errors import AppError

HALF, WHOLE = 6, 12  # months of the contract year that a mid-term and a final report count
NOT_YET = "还没有开始，没有生成。"
TO_SETTINGS = "要改，请到设置的简报一栏。"


def span_named(sort: str, text: str, own: Rules, today: days.Day) -> Span:
    """The span of a sort of report as typed. AppError when it is none, is still to come, or lies before the
    station's first issue or its contract."""
    if sort not in SORTS:
        raise AppError("没有这种报告。", "可选：" + "、".join(SORTS) + "。")
    span = _span(sort, text.strip(), own)
    if span.now.first > today:
        begins = days.show_day(span.month or span.now.first)
        raise AppError(f"{begins}{NOT_YET}", "请选这个月或以前的月份。")
    _not_before(span, own)
    return replace(span, today=today)


def _span(sort: str, text: str, own: Rules) -> Span:
    if "/" in text:
        now = period_named(text, own)
        name, year = f"{now.first}/{now.last}", own.year_until(now.last)
        return Span(sort, name, now, None, _year_ago(now), year, year_ends=year_end(now.last, own))
    if sort == MONTHLY:
        return month_span(month_named(text), own)
    now = contract_part(sort, _year_named(text), own)
    return Span(sort, now.first[:4], now, None, _year_ago(now), now, year_ends=year_end(now.last, own))


def contract_part(sort: str, year: int, own: Rules) -> Period:
    """The first half, or the whole, of the contract that starts in a year; where none on file does, of the
    contract year as the settings or an earlier contract have it, else of the calendar year."""
    held = next((one for one in reversed(own.contracts) if one.first[:4] == str(year)), None)
    if held:
        return Period(held.first, min(_months_on(held.first, HALF), held.last)) if sort == MIDTERM else held
    start = own.any_start(f"{year}-12-31") or f"{year}-01-01"
    first = f"{year}-{start[5:]}"
    if not days.is_day(first):  # 29 February
        first = f"{year}-02-28"
    return Period(first, _months_on(first, HALF if sort == MIDTERM else WHOLE))


def _months_on(first: days.Day, months: int) -> days.Day:
    """The last day of a stretch of whole months that starts on a day."""
    month = days.add_months(first[:7], months)
    day = min(first, f"{first[:8]}{days.latest(month)[8:]}")[8:]
    return days.add_days(f"{month}-{day}", -1)


def _year_named(text: str) -> int:
    try:
        year = days.tidy_day(text)
    except ValueError as wrong:
        raise AppError("年份没有看懂，没有统计。", str(wrong)) from None
    if len(year) != 4:
        raise AppError("年份没有看懂，没有统计。", "请写合同年开始的那一年，例如2026。")
    return int(year)


def _year_ago(now: Period) -> Period:
    return Period(*(_back_a_year(day) for day in (now.first, now.last)))


def _back_a_year(day: days.Day) -> days.Day:
    """The same day a year before; the last of a month stays the last."""
    last = days.latest(days.add_months(day[:7], -12))
    return last if day == days.latest(day[:7]) else min(f"{last[:8]}{day[8:]}", last)


def _not_before(span: Span, own: Rules) -> None:
    """Nothing is reported of days before the first issue. Of years, where no first issue is set, the one
    before the contract of today may be: its final report is due when the new contract runs already."""
    if own.first_issue:
        if span.now.last[:7] < own.first_issue:
            first = days.show_day(own.first_issue)
            raise AppError(f"第1期是{first}，统计期在它以前。", TO_SETTINGS)
    elif not span.month and own.contract_from and span.now.last < _back_a_year(own.contract_from):
        raise AppError(f"合同从{days.show_day(own.contract_from)}起，统计期早了一年多。", TO_SETTINGS)


def current(sort: str, own: Rules, today: days.Day) -> str:
    """The report of a sort whose days ended last, by its name: the contract year that a mid-term or final
    report of now is about."""
    if sort == MONTHLY:
        return days.add_months(today[:7], -1)
    year = int(today[:4])
    while contract_part(sort, year, own).first > today:
        year -= 1
    return str(year)
