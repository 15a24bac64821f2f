"""What a home visit and a case session have in common: when, how, by whom, and the casework done."""

from collections.abc import Iterator
from typing import Annotated

from sgz_desktop.domain.fields import Ask, Clock, Code, Codes, Day, LongText, Name, Problem, Ref
from sgz_desktop.domain.records.base import Record
from sgz_desktop.domain.records.circles import COUNTY, IDENTIFIES, INTERNAL, PLAIN, SENSITIVE, STATION
from sgz_desktop.domain.records.doubts import days_in_order, not_future, times_in_order

CASEWORK = ("methods", "aim", "facts", "judgement", "mood", "progress", "next_plan")


class Occasion(Record):
    """Fields of one service contact. Day and times are one value: they are moved together."""

    date: Annotated[Day, Ask("服务日期", share=COUNTY, paper=INTERNAL, care=PLAIN, group="service_time")] = (
        None
    )
    start_time: Annotated[
        Clock, Ask("开始时间", share=COUNTY, paper=INTERNAL, care=PLAIN, group="service_time")
    ] = None
    end_time: Annotated[
        Clock, Ask("结束时间", share=COUNTY, paper=INTERNAL, care=PLAIN, group="service_time")
    ] = None
    mode: Annotated[
        str | None, Code("visit_mode"), Ask("服务方式", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    worker: Annotated[Name, Ask("社工", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    service_item: Annotated[
        str | None, Ref("service_item"), Ask("服务目录", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    methods: Annotated[
        str | None, Codes("service_method"), Ask("服务手法", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    aim: Annotated[LongText, Ask("本次目标", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    facts: Annotated[
        LongText,
        Ask("过程（客观事实）", help="看到的、听到的、做了的", share=STATION, paper=INTERNAL, care=SENSITIVE),
    ] = None
    judgement: Annotated[LongText, Ask("社工判断", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    mood: Annotated[LongText, Ask("情绪与变化", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    next_plan: Annotated[LongText, Ask("下次计划", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    next_on: Annotated[Day, Ask("下次日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    signature: Annotated[
        str | None, Code("sign_mode"), Ask("受访人签名", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    supervisor_remark: Annotated[LongText, Ask("督导批注", share=STATION, paper=INTERNAL, care=SENSITIVE)] = (
        None
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "date")
        yield from times_in_order(self, "start_time", "end_time")
        yield from days_in_order(self, "date", "next_on")
