"""C8: harm to a child or to somebody who cannot protect themselves, reported at once.

未成年人保护法 art. 11, 反家庭暴力法 art. 14, 高检发〔2020〕9号. Nothing is required: no field may delay it.
"""

from collections.abc import Iterator
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
)
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.base import Record, Rows
from sgz_desktop.domain.records.circles import IDENTIFIES, INTERNAL, PLAIN, SENSITIVE, STATION
from sgz_desktop.domain.records.doubts import not_future


class ReportCall(Record, table=True):
    """One call: to whom, when, and what they said."""

    KIND = "report_call"
    TITLE = "报告去向"

    report: Annotated[
        str | None,
        Ref("mandatory_report", parent=True),
        Ask("强制报告", share=STATION, paper=INTERNAL, care=PLAIN),
    ] = None
    unit: Annotated[Line, Ask("报给哪里", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    unit_sort: Annotated[
        str | None, Code("entity_kind"), Ask("单位类别", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    who: Annotated[Name, Ask("接报人", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    phone: Annotated[Phone, Ask("电话", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    called_on: Annotated[
        Day, Ask("报告日期", share=STATION, paper=INTERNAL, care=PLAIN, group="called_at")
    ] = None
    called_time: Annotated[
        Clock, Ask("报告时间", share=STATION, paper=INTERNAL, care=PLAIN, group="called_at")
    ] = None
    receipt: Annotated[Line, Ask("回执或案件编号", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    answer: Annotated[LongText, Ask("对方答复", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "called_on")


class MandatoryReport(Record, table=True):
    """What was found and to whom it was reported. Never on a paper for the family.

    With `guardian_suspect` the report and its case are kept back (`RecordClass.HIDDEN`).
    """

    KIND = "mandatory_report"
    TITLE = "强制报告单"

    person: Annotated[
        str | None, Ref("person"), Ask("受害人", share=STATION, paper=INTERNAL, care=IDENTIFIES)
    ] = None
    household: Annotated[
        str | None, Ref("household"), Ask("家庭", share=STATION, paper=INTERNAL, care=IDENTIFIES)
    ] = None
    case: Annotated[str | None, Ref("case"), Ask("有关的个案", share=STATION, paper=INTERNAL, care=PLAIN)] = (
        None
    )
    found_on: Annotated[Day, Ask("发现日期", share=STATION, paper=INTERNAL, care=PLAIN, group="found_at")] = (
        None
    )
    found_time: Annotated[
        Clock, Ask("发现时间", share=STATION, paper=INTERNAL, care=PLAIN, group="found_at")
    ] = None
    worker: Annotated[Name, Ask("发现人", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    place: Annotated[Line, Ask("发现地点", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    situations: Annotated[
        str | None, Codes("crisis_situation"), Ask("情形", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    facts: Annotated[
        LongText,
        Ask("看到听到的事实", help="只写事实，原话加引号", share=STATION, paper=INTERNAL, care=SENSITIVE),
    ] = None
    immediate_danger: Annotated[YesNo, Ask("现在有危险", share=STATION, paper=INTERNAL, care=SENSITIVE)] = (
        None
    )
    guardian_suspect: Annotated[
        YesNo,
        Ask(
            "疑似监护人侵害",
            help="选“是”后，这份报告和个案只有主责社工和站长看得到",
            share=STATION,
            paper=INTERNAL,
            care=SENSITIVE,
        ),
    ] = None
    protection: Annotated[LongText, Ask("保护措施", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    supervisor: Annotated[
        Name, Ask("已告知的督导", share=STATION, paper=INTERNAL, care=IDENTIFIES, group="supervisor_told")
    ] = None
    supervisor_told_on: Annotated[
        Day, Ask("告知督导日期", share=STATION, paper=INTERNAL, care=PLAIN, group="supervisor_told")
    ] = None
    supervisor_told_time: Annotated[
        Clock, Ask("告知督导时间", share=STATION, paper=INTERNAL, care=PLAIN, group="supervisor_told")
    ] = None
    result: Annotated[LongText, Ask("后续处理", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    ended_on: Annotated[Day, Ask("办结日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None

    calls: ClassVar[Rows[ReportCall]] = Rows(ReportCall, "报告去向", "report")
    attachments: ClassVar[Rows[Attachment]] = Rows(Attachment, "附件", "parent")

    SECTIONS = (
        ("报告", ("calls", "immediate_danger", "guardian_suspect")),
        ("发现", ("person", "household", "found_on", "found_time", "worker", "place", "situations", "facts")),
        (
            "之后",
            (
                "protection",
                "supervisor",
                "supervisor_told_on",
                "supervisor_told_time",
                "result",
                "ended_on",
                "case",
                "attachments",
            ),
        ),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "found_on", "supervisor_told_on", "ended_on")
