"""The service contract: its years, targets, money and due papers."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from sgz_desktop.domain import days
from sgz_desktop.domain.fields import (
    Ask,
    Code,
    Codes,
    Count,
    Day,
    Key,
    Line,
    LongText,
    Name,
    Problem,
    Ref,
    Yuan,
)
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.base import Record, Rows
from sgz_desktop.domain.records.circles import BUREAU, IDENTIFIES, INTERNAL, PLAIN, SENSITIVE, STATION
from sgz_desktop.domain.records.doubts import day_in, days_in_order, mark, not_future


class ContractTarget(Record, table=True):
    """What the contract asks of one figure in its year. `indicator` is code.part of a figure."""

    KIND = "contract_target"
    TITLE = "合同指标"

    contract: Annotated[
        str | None, Ref("contract", parent=True), Ask("合同", share=STATION, paper=BUREAU, care=PLAIN)
    ] = None
    indicator: Annotated[Key, Ask("指标", share=STATION, paper=BUREAU, care=PLAIN)] = None
    goal: Annotated[Count, Ask("年度目标", share=STATION, paper=BUREAU, care=PLAIN)] = None
    note: Annotated[Line, Ask("说明", share=STATION, paper=BUREAU, care=PLAIN)] = None


class ContractBudget(Record, table=True):
    """How much of the contract's money one category may take."""

    KIND = "contract_budget"
    TITLE = "经费类别"

    contract: Annotated[
        str | None, Ref("contract", parent=True), Ask("合同", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    category: Annotated[
        str | None, Code("spending_category"), Ask("经费类别", share=STATION, paper=BUREAU, care=PLAIN)
    ] = None
    ceiling: Annotated[Yuan, Ask("预算", unit="元", share=STATION, paper=BUREAU, care=PLAIN)] = None


class Spending(Record, table=True):
    """One payment."""

    KIND = "spending"
    TITLE = "经费支出"

    contract: Annotated[
        str | None, Ref("contract", parent=True), Ask("合同", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    date: Annotated[Day, Ask("支出日期", share=STATION, paper=BUREAU, care=PLAIN)] = None
    category: Annotated[
        str | None, Code("spending_category"), Ask("经费类别", share=STATION, paper=BUREAU, care=PLAIN)
    ] = None
    amount: Annotated[Yuan, Ask("金额", unit="元", share=STATION, paper=BUREAU, care=PLAIN)] = None
    what: Annotated[Line, Ask("用途", share=STATION, paper=BUREAU, care=PLAIN)] = None
    payee: Annotated[Line, Ask("收款方", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    voucher: Annotated[Line, Ask("凭证号", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    activity: Annotated[
        str | None, Ref("activity"), Ask("活动", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    group: Annotated[str | None, Ref("group"), Ask("小组", share=STATION, paper=INTERNAL, care=PLAIN)] = None

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "date")


class ContractHandover(Record, table=True):
    """One thing handed over at the end of a contract."""

    KIND = "contract_handover"
    TITLE = "移交清单"

    contract: Annotated[
        str | None, Ref("contract", parent=True), Ask("合同", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    what: Annotated[Line, Ask("移交事项", share=STATION, paper=BUREAU, care=PLAIN)] = None
    quantity: Annotated[Line, Ask("数量", share=STATION, paper=BUREAU, care=PLAIN)] = None
    place: Annotated[Line, Ask("存放位置", share=STATION, paper=BUREAU, care=PLAIN)] = None
    received_by: Annotated[Name, Ask("接收人", share=STATION, paper=BUREAU, care=IDENTIFIES)] = None
    received_on: Annotated[Day, Ask("移交日期", share=STATION, paper=BUREAU, care=PLAIN)] = None
    note: Annotated[Line, Ask("备注", share=STATION, paper=BUREAU, care=PLAIN)] = None

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "received_on")


class Contract(Record, table=True):
    """One year's contract of a cycle of several years."""

    KIND = "contract"
    TITLE = "合同"

    number: Annotated[Line, Ask("合同编号", share=STATION, paper=BUREAU, care=PLAIN)] = None
    title: Annotated[Line, Ask("项目名称", share=STATION, paper=BUREAU, care=PLAIN)] = None
    mode: Annotated[
        str | None, Code("contract_mode"), Ask("实施方式", share=STATION, paper=BUREAU, care=PLAIN)
    ] = None
    funding: Annotated[
        str | None, Codes("funding_source"), Ask("资金来源", share=STATION, paper=BUREAU, care=PLAIN)
    ] = None
    buyer: Annotated[Line, Ask("购买方", share=STATION, paper=BUREAU, care=PLAIN)] = None
    operator: Annotated[Line, Ask("承接机构", share=STATION, paper=BUREAU, care=PLAIN)] = None
    signed_on: Annotated[Day, Ask("签订日期", share=STATION, paper=BUREAU, care=PLAIN)] = None
    first_on: Annotated[Day, Ask("开始日期", share=STATION, paper=BUREAU, care=PLAIN, group="span")] = None
    last_on: Annotated[Day, Ask("结束日期", share=STATION, paper=BUREAU, care=PLAIN, group="span")] = None
    amount: Annotated[Yuan, Ask("合同金额", unit="元", share=STATION, paper=BUREAU, care=PLAIN)] = None
    cycle_first_on: Annotated[
        Day, Ask("周期开始", share=STATION, paper=BUREAU, care=PLAIN, group="cycle")
    ] = None
    cycle_last_on: Annotated[Day, Ask("周期结束", share=STATION, paper=BUREAU, care=PLAIN, group="cycle")] = (
        None
    )
    year_number: Annotated[Count, Ask("第几年", share=STATION, paper=BUREAU, care=PLAIN)] = None
    full_time_posts: Annotated[Count, Ask("专职岗位", unit="人", share=STATION, paper=BUREAU, care=PLAIN)] = (
        None
    )
    mid_due_on: Annotated[Day, Ask("中期报告期限", share=STATION, paper=BUREAU, care=PLAIN)] = None
    final_due_on: Annotated[Day, Ask("末期报告期限", share=STATION, paper=BUREAU, care=PLAIN)] = None
    mid_result: Annotated[LongText, Ask("中期评估意见", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    grade: Annotated[
        str | None,
        Code("contract_grade"),
        Ask("年度评估", share=STATION, paper=BUREAU, care=PLAIN, group="grading"),
    ] = None
    graded_on: Annotated[Day, Ask("评估日期", share=STATION, paper=BUREAU, care=PLAIN, group="grading")] = (
        None
    )
    closed_on: Annotated[Day, Ask("结项日期", share=STATION, paper=BUREAU, care=PLAIN)] = None
    note: Annotated[LongText, Ask("备注", share=STATION, paper=INTERNAL, care=PLAIN)] = None

    targets: ClassVar[Rows[ContractTarget]] = Rows(ContractTarget, "合同指标", "contract")
    budgets: ClassVar[Rows[ContractBudget]] = Rows(ContractBudget, "经费类别", "contract")
    spendings: ClassVar[Rows[Spending]] = Rows(Spending, "经费支出", "contract")
    handovers: ClassVar[Rows[ContractHandover]] = Rows(ContractHandover, "结项移交清单", "contract")
    attachments: ClassVar[Rows[Attachment]] = Rows(Attachment, "附件", "parent")

    SECTIONS = (
        (
            "合同",
            (
                "number",
                "title",
                "mode",
                "funding",
                "buyer",
                "operator",
                "signed_on",
                "first_on",
                "last_on",
                "amount",
            ),
        ),
        (
            "周期",
            (
                "cycle_first_on",
                "cycle_last_on",
                "year_number",
                "full_time_posts",
            ),
        ),
        (
            "报告与评估",
            (
                "mid_due_on",
                "final_due_on",
                "mid_result",
                "grade",
                "graded_on",
                "closed_on",
                "note",
                "attachments",
            ),
        ),
        ("合同指标", ("targets",)),
        ("经费", ("budgets", "spendings")),
        ("结项移交清单", ("handovers",)),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "signed_on", "graded_on", "closed_on")
        yield from days_in_order(self, "first_on", "last_on")
        yield from days_in_order(self, "cycle_first_on", "cycle_last_on")
        yield from self._in_cycle()

    def _in_cycle(self) -> Iterator[Problem]:
        """A doubt about a year that surely lies outside its cycle: by the cycle's days staff is judged."""
        start, end = day_in(self, "cycle_first_on"), day_in(self, "cycle_last_on")
        first, last = day_in(self, "first_on"), day_in(self, "last_on")
        early = first and start and days.latest(first) < days.earliest(start)
        if early or (last and end and days.earliest(last) > days.latest(end)):
            yield mark("cycle_first_on", "合同期不在周期内，请核对。")
