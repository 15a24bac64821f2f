"""A category a person or a household is in, with the assistance or allowance that may come with it."""

from collections.abc import Iterator
from typing import Annotated

from sgz_desktop.domain.fields import Ask, Code, Day, Line, Problem, Ref, Yuan
from sgz_desktop.domain.records.base import Record
from sgz_desktop.domain.records.circles import (
    CLIENT,
    COUNTY,
    IDENTIFIES,
    INTERNAL,
    SENSITIVE,
    STATION,
)
from sgz_desktop.domain.records.doubts import days_in_order, not_future, one_of


class Benefit(Record, table=True):
    """One category or benefit over one stretch of time. 低保 belongs to the household, 特困 to the person.

    `category` is one of a person's or of a household's; those that last are its `categories` too.
    """

    KIND = "benefit"
    TITLE = "类别与待遇"

    person: Annotated[
        str | None, Ref("person"), Ask("享受人", share=COUNTY, paper=CLIENT, care=IDENTIFIES)
    ] = None
    household: Annotated[
        str | None, Ref("household"), Ask("享受家庭", share=COUNTY, paper=INTERNAL, care=IDENTIFIES)
    ] = None
    programme: Annotated[
        str | None, Code("benefit"), Ask("项目", share=COUNTY, paper=CLIENT, care=SENSITIVE)
    ] = None
    from_day: Annotated[Day, Ask("开始日期", share=COUNTY, paper=CLIENT, care=SENSITIVE)] = None
    to_day: Annotated[Day, Ask("停止日期", share=COUNTY, paper=CLIENT, care=SENSITIVE)] = None
    amount: Annotated[Yuan, Ask("每月金额", unit="元/月", share=STATION, paper=CLIENT, care=SENSITIVE)] = None
    number: Annotated[Line, Ask("证件或批准号", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    source: Annotated[
        Line, Ask("信息来源", help="例如：低保证、村委提供", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    note: Annotated[Line, Ask("备注", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    category: Annotated[
        str | None,
        Code("person_category", also="household_category"),
        Ask("对象类别", share=COUNTY, paper=INTERNAL, care=SENSITIVE),
    ] = None
    listed_on: Annotated[
        Day,
        Ask("名单月份", help="最近一次在哪个月的名单上", share=STATION, paper=INTERNAL, care=SENSITIVE),
    ] = None

    SECTIONS = (
        (
            "类别与待遇",
            (
                "person",
                "household",
                "category",
                "programme",
                "from_day",
                "to_day",
                "amount",
                "number",
                "source",
                "listed_on",
                "note",
            ),
        ),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from one_of(self, "请选择享受待遇的人或家庭。", "person", "household")
        yield from not_future(self, today, "from_day")
        yield from days_in_order(self, "from_day", "to_day")
