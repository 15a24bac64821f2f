"""C10: the end of a case."""

from collections.abc import Iterator
from typing import Annotated

from sgz_desktop.domain.fields import Ask, Code, Codes, Day, LongText, Name, Problem, Ref
from sgz_desktop.domain.records.base import Record
from sgz_desktop.domain.records.circles import (
    CLIENT,
    COUNTY,
    IDENTIFIES,
    INTERNAL,
    PLAIN,
    SENSITIVE,
    STATION,
)
from sgz_desktop.domain.records.doubts import days_in_order, not_future


class Closure(Record, table=True):
    """The closing report. Sessions and hours are counted from the records, never typed here."""

    KIND = "closure"
    TITLE = "结案报告"

    case: Annotated[
        str | None, Ref("case", parent=True), Ask("个案", share=COUNTY, paper=CLIENT, care=PLAIN)
    ] = None
    closed_on: Annotated[Day, Ask("结案日期", share=COUNTY, paper=CLIENT, care=PLAIN)] = None
    reason: Annotated[
        str | None, Code("closing_reason"), Ask("结案原因", share=COUNTY, paper=CLIENT, care=PLAIN)
    ] = None
    reason_note: Annotated[LongText, Ask("原因说明", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    summary: Annotated[
        LongText, Ask("服务小结", help="给服务对象看", share=STATION, paper=CLIENT, care=SENSITIVE)
    ] = None
    goals_reached: Annotated[LongText, Ask("目标达成概述", share=STATION, paper=CLIENT, care=SENSITIVE)] = (
        None
    )
    remaining_risks: Annotated[
        str | None, Codes("residual_risk"), Ask("遗留风险", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    risk_note: Annotated[LongText, Ask("遗留风险说明", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    followup_plan: Annotated[LongText, Ask("跟进安排", share=STATION, paper=CLIENT, care=SENSITIVE)] = None
    followup_due_on: Annotated[Day, Ask("跟进日期", share=STATION, paper=CLIENT, care=PLAIN)] = None
    client_words: Annotated[LongText, Ask("服务对象意见", share=STATION, paper=CLIENT, care=SENSITIVE)] = None
    client_signed_on: Annotated[
        Day, Ask("服务对象签署日期", share=STATION, paper=CLIENT, care=PLAIN, group="client_signing")
    ] = None
    client_sign_mode: Annotated[
        str | None,
        Code("sign_mode"),
        Ask("服务对象签署方式", share=STATION, paper=CLIENT, care=PLAIN, group="client_signing"),
    ] = None
    worker: Annotated[
        Name, Ask("社工", share=STATION, paper=CLIENT, care=IDENTIFIES, group="worker_signing")
    ] = None
    worker_signed_on: Annotated[
        Day, Ask("社工签署日期", share=STATION, paper=CLIENT, care=PLAIN, group="worker_signing")
    ] = None
    supervisor: Annotated[
        Name, Ask("督导", share=STATION, paper=INTERNAL, care=IDENTIFIES, group="supervisor_signing")
    ] = None
    supervisor_signed_on: Annotated[
        Day, Ask("督导签署日期", share=STATION, paper=INTERNAL, care=PLAIN, group="supervisor_signing")
    ] = None
    supervisor_remark: Annotated[LongText, Ask("督导意见", share=STATION, paper=INTERNAL, care=SENSITIVE)] = (
        None
    )

    SECTIONS = (
        ("结案", ("case", "closed_on", "reason", "reason_note", "summary", "goals_reached")),
        ("之后", ("remaining_risks", "risk_note", "followup_plan", "followup_due_on")),
        (
            "签署",
            (
                "client_words",
                "client_signed_on",
                "client_sign_mode",
                "worker",
                "worker_signed_on",
                "supervisor",
                "supervisor_signed_on",
                "supervisor_remark",
            ),
        ),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(
            self, today, "closed_on", "client_signed_on", "worker_signed_on", "supervisor_signed_on"
        )
        yield from days_in_order(self, "closed_on", "followup_due_on")
