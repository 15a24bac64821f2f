"""S1, S2: supervision agreed upon and held (MZ/T 166-2021), training, and what superiors inspected."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from sgz_desktop.domain.fields import Ask, Clock, Code, Count, Day, Hours, Line, LongText, Name, Problem, Ref
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.base import Record, Rows
from sgz_desktop.domain.records.circles import BUREAU, IDENTIFIES, INTERNAL, PLAIN, SENSITIVE, STATION
from sgz_desktop.domain.records.doubts import days_in_order, likely_in_order, not_future, times_in_order
from sgz_desktop.domain.records.staff import Learning


class SupervisionAgreement(Record, table=True):
    """Who supervises whom, how often and towards what."""

    KIND = "supervision_agreement"
    TITLE = "督导协议"

    supervisor: Annotated[Name, Ask("督导者", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    side: Annotated[
        str | None, Code("supervisor_side"), Ask("内外", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    organisation: Annotated[Line, Ask("督导单位", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    supervisees: Annotated[Line, Ask("被督导社工", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    first_on: Annotated[Day, Ask("开始日期", share=STATION, paper=INTERNAL, care=PLAIN, group="span")] = None
    last_on: Annotated[Day, Ask("结束日期", share=STATION, paper=INTERNAL, care=PLAIN, group="span")] = None
    rhythm: Annotated[Line, Ask("频次", help="例如每月一次", share=STATION, paper=INTERNAL, care=PLAIN)] = (
        None
    )
    aims: Annotated[LongText, Ask("督导目标", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    duties: Annotated[LongText, Ask("双方责任", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    signed_on: Annotated[Day, Ask("签订日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None

    attachments: ClassVar[Rows[Attachment]] = Rows(Attachment, "附件", "parent")

    SECTIONS = (
        (
            "督导协议",
            (
                "supervisor",
                "side",
                "organisation",
                "supervisees",
                "first_on",
                "last_on",
                "rhythm",
                "aims",
                "duties",
                "signed_on",
                "attachments",
            ),
        ),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "signed_on")
        yield from days_in_order(self, "first_on", "last_on")


class Supervision(Record, table=True):
    """One supervision. Its topics name no client: what tells who somebody is stays out."""

    KIND = "supervision"
    TITLE = "督导记录"

    date: Annotated[Day, Ask("日期", share=STATION, paper=BUREAU, care=PLAIN, group="service_time")] = None
    start_time: Annotated[
        Clock, Ask("开始时间", share=STATION, paper=BUREAU, care=PLAIN, group="service_time")
    ] = None
    end_time: Annotated[
        Clock, Ask("结束时间", share=STATION, paper=BUREAU, care=PLAIN, group="service_time")
    ] = None
    mode: Annotated[
        str | None, Code("supervision_mode"), Ask("督导形式", share=STATION, paper=BUREAU, care=PLAIN)
    ] = None
    side: Annotated[
        str | None, Code("supervisor_side"), Ask("内外", share=STATION, paper=BUREAU, care=PLAIN)
    ] = None
    supervisor: Annotated[Name, Ask("督导者", share=STATION, paper=BUREAU, care=IDENTIFIES)] = None
    place: Annotated[Line, Ask("地点", share=STATION, paper=BUREAU, care=PLAIN)] = None
    attendees: Annotated[Line, Ask("参加人员", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    head_count: Annotated[Count, Ask("参加人数", unit="人", share=STATION, paper=BUREAU, care=PLAIN)] = None
    agreement: Annotated[
        str | None, Ref("supervision_agreement"), Ask("督导协议", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    topics: Annotated[
        LongText, Ask("督导议题", help="不写可识别服务对象的信息", share=STATION, paper=BUREAU, care=PLAIN)
    ] = None
    discussion: Annotated[
        LongText, Ask("讨论过程", help="不写可识别服务对象的信息", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    advice: Annotated[
        LongText, Ask("督导建议", help="不写可识别服务对象的信息", share=STATION, paper=BUREAU, care=PLAIN)
    ] = None
    carried_out: Annotated[LongText, Ask("落实情况", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    carried_out_on: Annotated[Day, Ask("落实日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    next_on: Annotated[Day, Ask("下次督导", share=STATION, paper=INTERNAL, care=PLAIN)] = None

    attachments: ClassVar[Rows[Attachment]] = Rows(Attachment, "附件", "parent")

    SECTIONS = (
        (
            "督导",
            (
                "date",
                "start_time",
                "end_time",
                "mode",
                "side",
                "supervisor",
                "place",
                "attendees",
                "head_count",
                "agreement",
            ),
        ),
        (
            "内容",
            (
                "topics",
                "discussion",
                "advice",
                "carried_out",
                "carried_out_on",
                "next_on",
                "attachments",
            ),
        ),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "date", "carried_out_on")
        yield from days_in_order(self, "date", "carried_out_on")
        yield from likely_in_order(self, "date", "next_on")
        yield from times_in_order(self, "start_time", "end_time")


class Training(Record, table=True):
    """A training the station's workers went to or gave among themselves."""

    KIND = "training"
    TITLE = "培训记录"

    title: Annotated[Line, Ask("培训主题", share=STATION, paper=BUREAU, care=PLAIN)] = None
    date: Annotated[Day, Ask("日期", share=STATION, paper=BUREAU, care=PLAIN, group="service_time")] = None
    start_time: Annotated[
        Clock, Ask("开始时间", share=STATION, paper=BUREAU, care=PLAIN, group="service_time")
    ] = None
    end_time: Annotated[
        Clock, Ask("结束时间", share=STATION, paper=BUREAU, care=PLAIN, group="service_time")
    ] = None
    duration: Annotated[
        Hours, Ask("总时长", help="几天的培训填这里", share=STATION, paper=BUREAU, care=PLAIN)
    ] = None
    organiser: Annotated[Line, Ask("主办单位", share=STATION, paper=BUREAU, care=PLAIN)] = None
    trainer: Annotated[Name, Ask("讲师", share=STATION, paper=BUREAU, care=IDENTIFIES)] = None
    place: Annotated[Line, Ask("地点", share=STATION, paper=BUREAU, care=PLAIN)] = None
    mode: Annotated[
        str | None, Code("training_mode"), Ask("形式", share=STATION, paper=BUREAU, care=PLAIN)
    ] = None
    head_count: Annotated[Count, Ask("参加人数", unit="人", share=STATION, paper=BUREAU, care=PLAIN)] = None
    content: Annotated[LongText, Ask("内容", share=STATION, paper=BUREAU, care=PLAIN)] = None
    gained: Annotated[LongText, Ask("收获", share=STATION, paper=INTERNAL, care=PLAIN)] = None

    learnings: ClassVar[Rows[Learning]] = Rows(Learning, "参加的社工", "training")
    attachments: ClassVar[Rows[Attachment]] = Rows(Attachment, "附件", "parent")

    SECTIONS = (
        (
            "培训记录",
            (
                "title",
                "date",
                "start_time",
                "end_time",
                "duration",
                "organiser",
                "trainer",
                "place",
                "mode",
                "head_count",
                "content",
                "gained",
                "learnings",
                "attachments",
            ),
        ),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "date")
        yield from times_in_order(self, "start_time", "end_time")


class Inspection(Record, table=True):
    """What a superior looked at, asked for, and what was put right."""

    KIND = "inspection"
    TITLE = "检查与整改"

    date: Annotated[Day, Ask("检查日期", share=STATION, paper=BUREAU, care=PLAIN)] = None
    by_whom: Annotated[Line, Ask("检查单位", share=STATION, paper=BUREAU, care=PLAIN)] = None
    inspectors: Annotated[Line, Ask("检查人", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    sort: Annotated[
        str | None, Code("inspection_kind"), Ask("检查类别", share=STATION, paper=BUREAU, care=PLAIN)
    ] = None
    found: Annotated[LongText, Ask("发现的问题", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    required: Annotated[LongText, Ask("整改要求", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    due_on: Annotated[Day, Ask("整改期限", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    measures: Annotated[LongText, Ask("整改措施", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    rectified_on: Annotated[Day, Ask("整改完成日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    rectified_by: Annotated[Name, Ask("整改责任人", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    result: Annotated[LongText, Ask("整改结果", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None

    attachments: ClassVar[Rows[Attachment]] = Rows(Attachment, "附件", "parent")

    SECTIONS = (
        (
            "检查与整改",
            (
                "date",
                "by_whom",
                "inspectors",
                "sort",
                "found",
                "required",
                "due_on",
                "measures",
                "rectified_on",
                "rectified_by",
                "result",
                "attachments",
            ),
        ),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "date", "rectified_on")
        yield from days_in_order(self, "date", "rectified_on")
        yield from likely_in_order(self, "date", "due_on")
