"""Doubts about a contract that show only beside other contracts and beside what was spent."""

from __future__ import annotations

from collections.abc import Iterator

from sgz_desktop.domain import amounts, days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.contract_year import Money, Year, money, overlapping, unset
from sgz_desktop.domain.fields import Problem
from sgz_desktop.domain.records.contract import Contract, Spending
from sgz_desktop.domain.records.doubts import day_in, mark
from sgz_desktop.store import queries
from sgz_desktop.store.session import Reading

YEARS = """SELECT id, coalesce(number, title, '（未填编号）'), first_on, last_on FROM r_contract
WHERE deleted IS NOT 1 AND first_on IS NOT NULL AND last_on IS NOT NULL ORDER BY first_on, rid"""
UNKNOWN = "unknown"  # of payments without a category
SPENT = f"""SELECT coalesce(category, '{UNKNOWN}'), amount FROM r_spending
WHERE contract = ? AND deleted IS NOT 1 AND amount IS NOT NULL"""
CEILINGS = """SELECT category, ceiling FROM r_contract_budget WHERE contract = ? AND deleted IS NOT 1
AND category IS NOT NULL ORDER BY rid"""
GOALS = "SELECT indicator, goal FROM r_contract_target WHERE contract = ? AND deleted IS NOT 1 ORDER BY rid"
AMOUNT = "SELECT amount, first_on, last_on FROM r_contract WHERE id = ? AND deleted IS NOT 1"
NO_SPAN = "没有填开始或结束日期，进度算不出来。"
NO_TARGETS = "还没有填合同指标，进度看不出来。"
NO_GOAL = "有指标没有填年度目标。"
TWICE = "同一个指标填了两次，请核对。"
CEILINGS_OVER = "各类预算合计超出合同金额。"
OUTSIDE = "支出日期不在合同期内，请核对。"


def contract_years(session: Reading) -> list[Year]:
    """Every contract whose days are known."""
    rows = queries.table(session, YEARS)
    return [
        Year(id, str(words), days.earliest(first), days.latest(last))
        for id, words, first, last in rows
        if days.is_day(first) and days.is_day(last)
    ]


def contract_money(session: Reading, id: str) -> tuple[Money, ...]:
    """The whole contract, then its categories, with what was spent."""
    rows = queries.table(session, AMOUNT, id)
    spent = [(category, fen) for category, fen in queries.table(session, SPENT, id) if type(fen) is int]
    return money(rows[0][0] if rows else None, dict(queries.table(session, CEILINGS, id)), spent)


def contract_doubts(session: Reading, record: Contract, id: str) -> Iterator[Problem]:
    """Marks of a contract: days it lacks or shares, targets missing, more spent than there is."""
    if record.first_on is None or record.last_on is None:
        yield mark("first_on" if record.first_on is None else "last_on", NO_SPAN)
    for one, other in overlapping(contract_years(session)):
        if id in (one.id, other.id):
            words = other.words if id == one.id else one.words
            yield mark("first_on", f"与合同{words}的期限重叠，请核对。")
    goals = queries.table(session, GOALS, id)
    without, twice = unset(goals)
    said = ((not goals, NO_TARGETS), (bool(without), NO_GOAL), (bool(twice), TWICE))
    yield from (mark("targets", sentence) for wrong, sentence in said if wrong)
    lines = contract_money(session, id)
    if type(record.amount) is int and sum(one.ceiling or 0 for one in lines[1:]) > record.amount:
        yield mark("budgets", CEILINGS_OVER)
    yield from (mark("spendings", over_words(one)) for one in lines if one.over)


def spending_doubts(session: Reading, record: Spending) -> Iterator[Problem]:
    """Marks of one payment: its contract or its category is overdrawn, or the contract did not run then."""
    if not record.contract:
        return
    for one in contract_money(session, record.contract):
        if one.over and one.code in ("", record.category):
            yield mark("amount", over_words(one))
    rows, day = queries.table(session, AMOUNT, record.contract), day_in(record, "date")
    if rows and day:
        first, last = (one if one and days.is_day(one) else None for one in rows[0][1:])
        early = first is not None and days.latest(day) < days.earliest(first)
        if early or (last is not None and days.earliest(day) > days.latest(last)):
            yield mark("date", OUTSIDE)


def category_words(code: str) -> str:
    """What a line of the contract's money is called, '' for the whole."""
    return "类别未填" if code == UNKNOWN else code_list("spending_category").label(code) if code else ""


def over_words(one: Money) -> str:
    """By how much a contract or a category of it is overdrawn."""
    what, of = (category_words(one.code), "预算") if one.code else ("支出合计", "合同金额")
    return f"{what}超出{of}{amounts.show_yuan(one.over)}。"
