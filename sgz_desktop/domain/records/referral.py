"""C7: handing somebody on to another organisation, a home or a job, and what came of it."""

from collections.abc import Iterator
from types import MappingProxyType
from typing import Annotated, ClassVar

from sgz_desktop.domain.fields import (
    Ask,
    Clock,
    Code,
    Codes,
    Day,
    Line,
    LongText,
    Name,
    Phone,
    Problem,
    Ref,
    YesNo,
    Yuan,
)
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.base import Record, Rows
from sgz_desktop.domain.records.circles import COUNTY, IDENTIFIES, INTERNAL, PLAIN, SENSITIVE, STATION
from sgz_desktop.domain.records.doubts import days_in_order, mark, not_future


class ReferralCall(Record, table=True):
    """One call after an answer that has not come: who was asked, and what they said."""

    KIND = "referral_call"
    TITLE = "询问回执电话"

    referral: Annotated[
        str | None,
        Ref("referral", parent=True),
        Ask("转介表", share=STATION, paper=INTERNAL, care=PLAIN),
    ] = None
    called_on: Annotated[
        Day, Ask("打电话日期", share=STATION, paper=INTERNAL, care=PLAIN, group="called_at")
    ] = None
    called_time: Annotated[
        Clock, Ask("打电话时间", share=STATION, paper=INTERNAL, care=PLAIN, group="called_at")
    ] = None
    caller: Annotated[Name, Ask("打电话的人", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    spoke_to: Annotated[Name, Ask("接电话的人", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    said: Annotated[LongText, Ask("对方怎么说", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    ask_again_on: Annotated[Day, Ask("下次询问日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "called_on")
        yield from days_in_order(self, "called_on", "ask_again_on")


class Referral(Record, table=True):
    """One referral of one person. Only the data ticked in `materials` may go along."""

    KIND = "referral"
    TITLE = "转介表"

    person: Annotated[
        str | None,
        Ref("person", parent=True),
        Ask("被转介人", share=COUNTY, paper=INTERNAL, care=IDENTIFIES),
    ] = None
    case: Annotated[str | None, Ref("case"), Ask("个案", share=COUNTY, paper=INTERNAL, care=PLAIN)] = None
    sort: Annotated[
        str | None, Code("referral_kind"), Ask("转介类别", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    reasons: Annotated[
        str | None, Codes("referral_reason"), Ask("转介原因", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    reason_note: Annotated[LongText, Ask("原因说明", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    organisation: Annotated[
        str | None,
        Ref("organisation"),
        Ask("通讯录里的单位", help="打名称里的字就能找到", share=STATION, paper=INTERNAL, care=PLAIN),
    ] = None
    receiver: Annotated[Line, Ask("接收单位", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    receiver_sort: Annotated[
        str | None,
        Code("institution_kind"),
        Ask("接收单位类别", share=COUNTY, paper=INTERNAL, care=PLAIN),
    ] = None
    receiver_contact: Annotated[
        Name, Ask("接收单位联系人", share=STATION, paper=INTERNAL, care=IDENTIFIES)
    ] = None
    receiver_phone: Annotated[Phone, Ask("接收单位电话", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = (
        None
    )
    consented: Annotated[
        str | None,
        Code("consent_state"),
        Ask("本人同意转介", share=STATION, paper=INTERNAL, care=PLAIN, group="referral_consent"),
    ] = None
    consented_on: Annotated[
        Day, Ask("同意日期", share=STATION, paper=INTERNAL, care=PLAIN, group="referral_consent")
    ] = None
    materials: Annotated[
        str | None,
        Codes("referral_material"),
        Ask("提供的资料", help="只给办事必需的", share=STATION, paper=INTERNAL, care=PLAIN),
    ] = None
    sent_on: Annotated[Day, Ask("转出日期", share=COUNTY, paper=INTERNAL, care=PLAIN)] = None
    reply_due_on: Annotated[Day, Ask("约定回复日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    reply_on: Annotated[Day, Ask("回执日期", share=COUNTY, paper=INTERNAL, care=PLAIN, group="reply")] = None
    outcome: Annotated[
        str | None,
        Code("referral_result"),
        Ask("转介结果", share=COUNTY, paper=INTERNAL, care=PLAIN, group="reply"),
    ] = None
    outcome_note: Annotated[LongText, Ask("结果说明", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    times_open: Annotated[
        YesNo,
        Ask(
            "时间可对外写明",
            help="选“是”后，外面的纸上才写回执、安置和上岗日期",
            share=STATION,
            paper=INTERNAL,
            care=PLAIN,
        ),
    ] = None
    placed_on: Annotated[Day, Ask("安置日期", share=COUNTY, paper=INTERNAL, care=SENSITIVE)] = None
    placed_at: Annotated[Line, Ask("安置地点", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    job_title: Annotated[Line, Ask("岗位", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    job_from: Annotated[Day, Ask("上岗日期", share=COUNTY, paper=INTERNAL, care=PLAIN)] = None
    job_wage: Annotated[Yuan, Ask("月工资", unit="元/月", share=STATION, paper=INTERNAL, care=SENSITIVE)] = (
        None
    )
    income_change_told: Annotated[
        YesNo,
        Ask("已提醒收入变化需报告", help="领取救助期间上岗时", share=STATION, paper=INTERNAL, care=PLAIN),
    ] = None
    worker: Annotated[Name, Ask("经办社工", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None

    service_item: Annotated[
        str | None, Ref("service_item"), Ask("服务目录", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None

    calls: ClassVar[Rows[ReferralCall]] = Rows(ReferralCall, "询问回执的电话", "referral")
    attachments: ClassVar[Rows[Attachment]] = Rows(Attachment, "附件", "parent")

    SECTIONS = (
        ("转介", ("person", "case", "sort", "reasons", "reason_note", "worker", "service_item")),
        ("接收单位", ("organisation", "receiver", "receiver_sort", "receiver_contact", "receiver_phone")),
        ("同意与资料", ("consented", "consented_on", "materials", "sent_on", "reply_due_on")),
        ("回执", ("reply_on", "outcome", "outcome_note", "times_open", "calls")),
        ("安置", ("placed_on", "placed_at")),
        ("就业", ("job_title", "job_from", "job_wage", "income_change_told", "attachments")),
    )

    LETS_OUT = MappingProxyType({"times_open": ("reply_on", "placed_on", "job_from")})

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "consented_on", "sent_on", "reply_on")
        yield from days_in_order(self, "sent_on", "reply_due_on")
        yield from days_in_order(self, "sent_on", "reply_on")
        if self.sent_on is not None and self.consented != "agreed":
            yield mark("consented", "已转出，还没有本人同意的记录，请核对。")
