"""D1: a villager at the desk or on the telephone."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from sgz_desktop.domain.fields import Ask, Clock, Code, Codes, Day, Line, LongText, Name, Phone, Problem, Ref
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.base import Record, Rows
from sgz_desktop.domain.records.circles import COUNTY, IDENTIFIES, INTERNAL, PLAIN, SENSITIVE, STATION
from sgz_desktop.domain.records.doubts import days_in_order, not_future


class Contact(Record, table=True):
    """One call or visit to the desk. Whoever comes need not be on file, nor ask for themselves."""

    KIND = "contact"
    TITLE = "来访来电登记"

    date: Annotated[Day, Ask("日期", share=COUNTY, paper=INTERNAL, care=PLAIN, group="contact_time")] = None
    time: Annotated[Clock, Ask("时间", share=COUNTY, paper=INTERNAL, care=PLAIN, group="contact_time")] = None
    way: Annotated[
        str | None, Code("contact_way"), Ask("来访或来电", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    worker: Annotated[Name, Ask("接待社工", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    person: Annotated[
        str | None,
        Ref("person"),
        Ask("服务对象", help="还没建档可不选", share=COUNTY, paper=INTERNAL, care=IDENTIFIES),
    ] = None
    caller_name: Annotated[
        Name,
        Ask(
            "来人姓名", help="本人来的可不填", share=STATION, paper=INTERNAL, care=IDENTIFIES, group="caller"
        ),
    ] = None
    caller_role: Annotated[
        str | None,
        Code("contact_role"),
        Ask("来人身份", share=STATION, paper=INTERNAL, care=PLAIN, group="caller"),
    ] = None
    caller_phone: Annotated[
        Phone, Ask("来电号码", share=STATION, paper=INTERNAL, care=IDENTIFIES, group="caller")
    ] = None
    subjects: Annotated[
        str | None, Codes("desk_subject"), Ask("事由", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    matter: Annotated[LongText, Ask("事由说明", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    policy_told: Annotated[
        str | None, Codes("programme"), Ask("咨询或告知的政策", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    answer: Annotated[LongText, Ask("答复", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    outcomes: Annotated[
        str | None, Codes("desk_outcome"), Ask("办理情况", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    handed_to: Annotated[
        Line, Ask("转给哪里", share=STATION, paper=INTERNAL, care=PLAIN, group="handing_on")
    ] = None
    answer_due_on: Annotated[
        Day, Ask("最晚回复日期", share=STATION, paper=INTERNAL, care=PLAIN, group="handing_on")
    ] = None
    answered_on: Annotated[Day, Ask("回复日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    case: Annotated[
        str | None,
        Ref("case"),
        Ask("有关的个案", share=STATION, paper=INTERNAL, care=PLAIN),
    ] = None

    service_item: Annotated[
        str | None, Ref("service_item"), Ask("服务目录", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None

    attachments: ClassVar[Rows[Attachment]] = Rows(Attachment, "附件", "parent")

    SECTIONS = (
        (
            "来访来电",
            ("person", "date", "time", "way", "worker", "caller_name", "caller_role", "caller_phone"),
        ),
        ("事由与答复", ("subjects", "matter", "policy_told", "answer")),
        (
            "办理",
            ("outcomes", "handed_to", "answer_due_on", "answered_on", "case", "service_item", "attachments"),
        ),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "date", "answered_on")
        yield from days_in_order(self, "date", "answered_on")
