"""结项移交清单: what is handed over at the end of a contract, to be checked and signed by both sides."""

from __future__ import annotations

from collections.abc import Callable

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.contract_doubts import category_words
from sgz_desktop.actions.contract_year import ContractYear, cycle_words, standing
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_draft import columns
from sgz_desktop.actions.papers_words import WRITING_ROOM
from sgz_desktop.domain import amounts, days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.contract_year import Money
from sgz_desktop.domain.fields import split_codes
from sgz_desktop.domain.percents import percent_words
from sgz_desktop.domain.records.contract import Contract, ContractHandover
from sgz_desktop.domain.signing import number_of
from sgz_desktop.errors import AppError
from sgz_desktop.reports.values import Block, Form, FormField, Handouts, Narrative, Sheet, Signatures, Table
from sgz_desktop.store import read
from sgz_desktop.store.session import Reading

Progress = Callable[[int, int], None]
TITLE = "结项移交清单"
BY_BOTH = "双方当面清点，一式两份。服务对象资料按保密要求移交。"
SPENT = "经费执行情况"
NOTHING_SPENT = "本站没有登记这份合同的支出。"
FREE = 3  # lines to write on by hand
NOT_HERE = "这份合同还没有到本机。"


@action
def contract_handover(desk: Desk, id: str) -> Handouts:
    """The list of what is handed over, with how targets and money ended. AppError for no contract."""
    today = desk.today()

    def work(session: Reading) -> tuple[Contract | None, ContractYear | None, list[ContractHandover]]:
        found = read.of_parent(session, ContractHandover, "contract", id)
        return read.get(session, Contract, id), standing(session, today, id), found

    contract, year, things = desk.read(work)
    if contract is None:
        raise AppError(NOT_HERE, "等对方电脑的数据包到了再看。")
    blocks: list[Block] = [_facts(contract), _things(things)]
    if year and year.goals:
        blocks.append(_goals(year))
    if year:
        blocks.append(_money(year.money))
    blocks += [Narrative(BY_BOTH, indent=False), Signatures(("移交人", "接收人", "监交人"))]
    until = days.show_day(year.period.partition("/")[2]) if year else ""
    under = f"数字截至{until}" if until else ""
    sheet = Sheet(TITLE, number_of("contract_handover", id), "BUREAU", tuple(blocks), subtitle=under)
    return Handouts(desk.station, TITLE, (sheet,), desk.practice)


def _facts(one: Contract) -> Form:
    funding = "、".join(code_list("funding_source").label(code) for code in split_codes(one.funding))
    mode = code_list("contract_mode").label(one.mode) if one.mode else ""
    grade = code_list("contract_grade").label(one.grade) if one.grade else ""
    span = f"{days.show_day(one.first_on or '')}至{days.show_day(one.last_on or '')}"
    return Form(
        (
            FormField("项目名称", one.title or "", wide=True),
            FormField("合同编号", one.number or ""),
            FormField("实施方式", mode),
            FormField("购买方", one.buyer or "", wide=True),
            FormField("承接机构", one.operator or "", wide=True),
            FormField("合同期", span if one.first_on and one.last_on else "", wide=True),
            FormField("周期", cycle_words(one), wide=True),
            FormField("资金来源", funding),
            FormField("年度评估", grade),
        ),
        "合同",
    )


def _things(found: list[ContractHandover]) -> Table:
    heads = columns(
        *(("序号", 1, "centre"), ("移交事项", 4.4), ("数量", 1.8), ("存放位置", 3), ("接收人", 1.8)),
        *(("移交日期", 2), ("备注", 2)),
    )
    rows = [
        (
            str(place),
            one.what or "",
            one.quantity or "",
            one.place or "",
            one.received_by or "",
            days.show_day(one.received_on) if one.received_on else "",
            one.note or "",
        )
        for place, one in enumerate(found, start=1)
    ]
    empty = [("", WRITING_ROOM, "", "", "", "", "")] * FREE
    return Table(tuple(heads), tuple(rows + empty), title="移交事项", ledger=True)


def _goals(year: ContractYear) -> Table:
    heads = columns(
        ("指标", 5), ("单位", 1.6), ("年度目标", 2, "right"), ("完成", 2, "right"), ("比例", 2, "right")
    )
    rows = [
        (
            one.title,
            one.unit,
            f"{one.pace.goal:,}",
            f"{one.pace.done:,}",
            percent_words(one.pace.done, one.pace.goal),
        )
        for one in year.goals
    ]
    return Table(tuple(heads), tuple(rows), title="合同指标完成情况")


def _money(lines: tuple[Money, ...]) -> Table:
    heads = columns(
        *(("经费类别", 5), ("预算（元）", 2.6, "right"), ("支出（元）", 2.6, "right"), ("执行率", 2, "right"))
    )
    whole, *parts = lines
    rows = [_spent(category_words(one.code), one) for one in parts]
    if any(one.spent for one in lines):
        return Table(tuple(heads), (*rows, _spent("合计", whole)), title=SPENT)
    unknown = [(*row[:2], "—", "—") for row in (*rows, _spent("合计", whole))]
    return Table(tuple(heads), tuple(unknown), title=SPENT, note=NOTHING_SPENT)


def _spent(name: str, one: Money) -> tuple[str, ...]:
    ceiling = "—" if one.ceiling is None else yuan(one.ceiling)
    return name, ceiling, yuan(one.spent), percent_words(one.spent, one.ceiling or 0)


def yuan(fen: int) -> str:
    """Money without its unit."""
    return amounts.show_yuan(fen).removesuffix("元")
