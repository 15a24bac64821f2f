"""受委托入户核查: a visit of inquiry made for the township or the county, by two people who both sign.

It belongs to the one who entrusted it (民发〔2021〕57号: every household, by two, and both sign). It is never
a visit of the station's own: no figure counts it and no household has been called on by it.
"""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from sgz_desktop.domain.fields import Ask, Clock, Day, Line, LongText, Name, Problem, Ref, YesNo
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.base import Record, Rows
from sgz_desktop.domain.records.circles import IDENTIFIES, INTERNAL, PLAIN, SENSITIVE, STATION
from sgz_desktop.domain.records.doubts import days_in_order, mark, not_future, one_of, text_in, times_in_order

ONE_CHECKER = "入户核查要两个人，还差一个，请补上。"
SAME_TWICE = "两个核查人是同一个人，请核对。"


class HouseholdCheck(Record, table=True):
    """What two checkers saw and were told at somebody's home. Facts only; who decides is the county."""

    KIND = "household_check"
    TITLE = "受委托入户核查"

    person: Annotated[
        str | None, Ref("person"), Ask("被核查人", share=STATION, paper=INTERNAL, care=IDENTIFIES)
    ] = None
    household: Annotated[
        str | None, Ref("household"), Ask("被核查家庭", share=STATION, paper=INTERNAL, care=IDENTIFIES)
    ] = None
    application: Annotated[
        str | None, Ref("application"), Ask("救助申请", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    case: Annotated[str | None, Ref("case"), Ask("个案", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    entrusted_by: Annotated[Line, Ask("委托单位", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    entrusted_on: Annotated[Day, Ask("委托日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    date: Annotated[Day, Ask("核查日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    start_time: Annotated[
        Clock, Ask("开始时间", share=STATION, paper=INTERNAL, care=PLAIN, group="check_times")
    ] = None
    end_time: Annotated[
        Clock, Ask("结束时间", share=STATION, paper=INTERNAL, care=PLAIN, group="check_times")
    ] = None
    checker_first: Annotated[Name, Ask("核查人一", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    checker_second: Annotated[Name, Ask("核查人二", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    signed_by_first: Annotated[YesNo, Ask("核查人一已签字", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    signed_by_second: Annotated[YesNo, Ask("核查人二已签字", share=STATION, paper=INTERNAL, care=PLAIN)] = (
        None
    )
    present: Annotated[Line, Ask("在场的人", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    housing: Annotated[
        LongText, Ask("住房情况", help="只写看到的", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    living_there: Annotated[LongText, Ask("同住的人", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    income_told: Annotated[
        LongText, Ask("说到的收入", help="谁说的写清楚", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    property_seen: Annotated[
        LongText, Ask("看到的财产", help="只写看到的", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    neighbours: Annotated[
        LongText, Ask("邻居说的话", help="写原话，不写推断", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    own_words: Annotated[
        LongText, Ask("本人的话", help="写原话", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    person_signed: Annotated[
        YesNo, Ask("本人或代理人已签字", share=STATION, paper=INTERNAL, care=PLAIN, group="person_signature")
    ] = None
    agent: Annotated[
        Name,
        Ask(
            "代理人",
            help="代为签字时填写",
            share=STATION,
            paper=INTERNAL,
            care=IDENTIFIES,
            group="person_signature",
        ),
    ] = None
    note: Annotated[LongText, Ask("备注", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None

    attachments: ClassVar[Rows[Attachment]] = Rows(Attachment, "附件", "parent")

    SECTIONS = (
        ("委托", ("entrusted_by", "entrusted_on", "person", "household", "application", "case")),
        ("核查", ("date", "start_time", "end_time", "checker_first", "checker_second", "present")),
        ("看到和听到的", ("housing", "living_there", "income_told", "property_seen", "neighbours")),
        ("本人", ("own_words",)),
        ("签字", ("signed_by_first", "signed_by_second", "person_signed", "agent", "note", "attachments")),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from one_of(self, "请选择被核查人或被核查家庭。", "person", "household")
        yield from not_future(self, today, "entrusted_on", "date")
        yield from days_in_order(self, "entrusted_on", "date")
        yield from times_in_order(self, "start_time", "end_time")
        first, second = text_in(self, "checker_first").strip(), text_in(self, "checker_second").strip()
        if not (first and second):
            yield mark("checker_first" if second else "checker_second", ONE_CHECKER)
        elif first == second:
            yield mark("checker_second", SAME_TWICE)
