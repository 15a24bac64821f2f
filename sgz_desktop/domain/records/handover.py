"""A case handed from one worker to another."""

from collections.abc import Iterator
from typing import Annotated

from sgz_desktop.domain.fields import Ask, Code, Day, LongText, Name, Problem, Ref
from sgz_desktop.domain.records.base import Record
from sgz_desktop.domain.records.circles import COUNTY, IDENTIFIES, INTERNAL, PLAIN, SENSITIVE, STATION
from sgz_desktop.domain.records.doubts import not_future


class Handover(Record, table=True):
    """Who gave the case to whom, and what the new worker must know. Both sign the printed sheet."""

    KIND = "handover"
    TITLE = "个案交接表"

    case: Annotated[
        str | None, Ref("case", parent=True), Ask("个案", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    handed_on: Annotated[Day, Ask("交接日期", share=COUNTY, paper=INTERNAL, care=PLAIN)] = None
    from_worker: Annotated[Name, Ask("移交人", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    to_worker: Annotated[Name, Ask("接手人", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    reason: Annotated[
        str | None, Code("handover_reason"), Ask("交接原因", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    open_work: Annotated[LongText, Ask("未完成的事", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    promises: Annotated[
        LongText, Ask("答应过服务对象的事", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    risks: Annotated[LongText, Ask("风险与注意", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    consent_limits: Annotated[LongText, Ask("同意的范围", share=STATION, paper=INTERNAL, care=SENSITIVE)] = (
        None
    )
    note: Annotated[LongText, Ask("备注", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "handed_on")
