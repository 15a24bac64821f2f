"""The station's address book: whom one turns to, for what, and when somebody is there."""

from collections.abc import Iterator
from typing import Annotated

from sgz_desktop.domain.credit_code import credit_code_doubt
from sgz_desktop.domain.fields import Ask, Code, Count, Day, Line, LongText, Name, Phone, Problem, YesNo
from sgz_desktop.domain.records.base import Record
from sgz_desktop.domain.records.circles import IDENTIFIES, INTERNAL, PLAIN, STATION
from sgz_desktop.domain.records.doubts import mark, not_future, text_in


class Organisation(Record, table=True):
    """One organisation. What a record says of it (a referral's receiver) stays as it was written there."""

    KIND = "organisation"
    TITLE = "单位"

    name: Annotated[Line, Ask("单位名称", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    sort: Annotated[
        str | None, Code("entity_kind"), Ask("单位类别", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    handles: Annotated[
        Line, Ask("办理什么", help="例如低保受理、残疾证", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    contact: Annotated[Name, Ask("联系人", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    phone: Annotated[Phone, Ask("电话", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    address: Annotated[Line, Ask("地址", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    hours: Annotated[
        Line, Ask("办公时间", help="例如周一至周五8:30—17:00", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    note: Annotated[LongText, Ask("备注", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    unused: Annotated[
        YesNo, Ask("不再使用", help="单位撤并或不再联系", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None

    credit_code: Annotated[Line, Ask("统一社会信用代码", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    founded_on: Annotated[Day, Ask("成立日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    fostered: Annotated[
        YesNo,
        Ask("本站培育", help="本站帮助成立的社区社会组织", share=STATION, paper=INTERNAL, care=PLAIN),
    ] = None
    mobilised_on: Annotated[
        Day, Ask("首次动员日期", help="第一次参与本站服务的日子", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    members: Annotated[Count, Ask("成员", unit="人", share=STATION, paper=INTERNAL, care=PLAIN)] = None

    SECTIONS = (
        ("单位", ("name", "sort", "handles")),
        ("联系", ("contact", "phone", "address", "hours")),
        ("五社联动", ("credit_code", "founded_on", "fostered", "mobilised_on", "members")),
        ("其他", ("note", "unused")),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "founded_on", "mobilised_on")
        code = text_in(self, "credit_code")
        if code and (doubt := credit_code_doubt(code)):
            yield mark("credit_code", doubt)
