"""What the station shows and says: its catalogue of services, its rules, its articles."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from sgz_desktop.domain.fields import Ask, Code, Codes, Count, Day, Line, LongText, Name, Problem, Ref, YesNo
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.base import Record, Rows
from sgz_desktop.domain.records.circles import BUREAU, IDENTIFIES, INTERNAL, PLAIN, STATION
from sgz_desktop.domain.records.doubts import days_in_order, not_future


class ServiceItem(Record, table=True):
    """One service the station offers, shown to the public and picked by service records."""

    KIND = "service_item"
    TITLE = "服务目录"

    number: Annotated[Line, Ask("序号", share=STATION, paper=BUREAU, care=PLAIN)] = None
    title: Annotated[Line, Ask("服务项目", share=STATION, paper=BUREAU, care=PLAIN)] = None
    for_whom: Annotated[
        str | None, Codes("service_group"), Ask("服务人群", share=STATION, paper=BUREAU, care=PLAIN)
    ] = None
    content: Annotated[LongText, Ask("服务内容", share=STATION, paper=BUREAU, care=PLAIN)] = None
    way: Annotated[Line, Ask("服务方式", share=STATION, paper=BUREAU, care=PLAIN)] = None
    rhythm: Annotated[Line, Ask("频次", share=STATION, paper=BUREAU, care=PLAIN)] = None
    goal: Annotated[Count, Ask("年度目标", share=STATION, paper=BUREAU, care=PLAIN, group="yearly_goal")] = (
        None
    )
    goal_unit: Annotated[
        Line,
        Ask(
            "目标单位",
            help="人次、户次、场、节",
            share=STATION,
            paper=BUREAU,
            care=PLAIN,
            group="yearly_goal",
        ),
    ] = None
    contract: Annotated[
        str | None, Ref("contract"), Ask("合同", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    first_on: Annotated[Day, Ask("开始日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    last_on: Annotated[Day, Ask("停止日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    displayed: Annotated[YesNo, Ask("上墙公示", share=STATION, paper=BUREAU, care=PLAIN)] = None

    def check(self, today: str) -> Iterator[Problem]:
        yield from days_in_order(self, "first_on", "last_on")


class PolicyText(Record, table=True):
    """One version of a rule or procedure of the station."""

    KIND = "policy_text"
    TITLE = "制度文本"

    title: Annotated[Line, Ask("制度名称", share=STATION, paper=BUREAU, care=PLAIN)] = None
    sort: Annotated[
        str | None, Code("policy_text_kind"), Ask("类别", share=STATION, paper=BUREAU, care=PLAIN)
    ] = None
    version: Annotated[Line, Ask("版本", share=STATION, paper=BUREAU, care=PLAIN)] = None
    adopted_on: Annotated[Day, Ask("通过日期", share=STATION, paper=BUREAU, care=PLAIN)] = None
    posted_on: Annotated[Day, Ask("上墙日期", share=STATION, paper=BUREAU, care=PLAIN)] = None
    repealed_on: Annotated[Day, Ask("废止日期", share=STATION, paper=BUREAU, care=PLAIN)] = None
    text: Annotated[LongText, Ask("正文", share=STATION, paper=BUREAU, care=PLAIN)] = None

    attachments: ClassVar[Rows[Attachment]] = Rows(Attachment, "附件", "parent")

    SECTIONS = (
        (
            "制度文本",
            (
                "title",
                "sort",
                "version",
                "adopted_on",
                "posted_on",
                "repealed_on",
                "text",
                "attachments",
            ),
        ),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "adopted_on", "posted_on", "repealed_on")
        yield from days_in_order(self, "adopted_on", "repealed_on")


class Publication(Record, table=True):
    """An article sent in, a report in the press, or experience summed up."""

    KIND = "publication"
    TITLE = "信息宣传"

    title: Annotated[Line, Ask("标题", share=STATION, paper=BUREAU, care=PLAIN)] = None
    sort: Annotated[
        str | None, Code("publication_kind"), Ask("种类", share=STATION, paper=BUREAU, care=PLAIN)
    ] = None
    date: Annotated[Day, Ask("日期", share=STATION, paper=BUREAU, care=PLAIN)] = None
    medium: Annotated[Line, Ask("刊发媒体", share=STATION, paper=BUREAU, care=PLAIN)] = None
    level: Annotated[
        str | None, Code("publication_level"), Ask("级别", share=STATION, paper=BUREAU, care=PLAIN)
    ] = None
    author: Annotated[Name, Ask("作者", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    link: Annotated[Line, Ask("网址", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    reads: Annotated[Count, Ask("阅读量", share=STATION, paper=BUREAU, care=PLAIN)] = None
    text: Annotated[LongText, Ask("内容", share=STATION, paper=BUREAU, care=PLAIN)] = None
    activity: Annotated[
        str | None, Ref("activity"), Ask("活动", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None

    attachments: ClassVar[Rows[Attachment]] = Rows(Attachment, "附件", "parent")

    SECTIONS = (
        (
            "信息宣传",
            (
                "title",
                "sort",
                "date",
                "medium",
                "level",
                "author",
                "link",
                "reads",
                "text",
                "activity",
                "attachments",
            ),
        ),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "date")
