"""Who belongs to a household, from when to when."""

from collections.abc import Iterator
from typing import Annotated

from sgz_desktop.domain.fields import Ask, Code, Day, Line, Problem, Ref, YesNo
from sgz_desktop.domain.records.base import Record
from sgz_desktop.domain.records.circles import CLIENT, COUNTY, IDENTIFIES, INTERNAL, PLAIN, STATION
from sgz_desktop.domain.records.doubts import days_in_order, not_future


class Membership(Record, table=True):
    """One person in one household. Relations are kept to the head of household and to the client."""

    KIND = "membership"
    TITLE = "家庭成员"

    household: Annotated[
        str | None,
        Ref("household", parent=True),
        Ask("家庭", share=COUNTY, paper=INTERNAL, care=IDENTIFIES),
    ] = None
    person: Annotated[str | None, Ref("person"), Ask("成员", share=COUNTY, paper=CLIENT, care=IDENTIFIES)] = (
        None
    )
    relation_to_head: Annotated[
        str | None, Code("relation"), Ask("与户主关系", share=STATION, paper=CLIENT, care=PLAIN)
    ] = None
    relation_to_client: Annotated[
        str | None, Code("relation"), Ask("与服务对象关系", share=STATION, paper=CLIENT, care=PLAIN)
    ] = None
    lives_in: Annotated[YesNo, Ask("共同生活", share=STATION, paper=CLIENT, care=PLAIN)] = None
    from_day: Annotated[Day, Ask("加入日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    to_day: Annotated[Day, Ask("离开日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    note: Annotated[
        Line, Ask("备注", help="例如：在外务工，春节回来", share=STATION, paper=INTERNAL, care=IDENTIFIES)
    ] = None

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "from_day", "to_day")
        yield from days_in_order(self, "from_day", "to_day")
