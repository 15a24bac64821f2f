"""A household on file."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from sgz_desktop.domain.fields import Ask, Code, Codes, Day, Line, LongText, Problem, Ref, YesNo, Yuan
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.base import Record, Rows
from sgz_desktop.domain.records.benefit import Benefit
from sgz_desktop.domain.records.circles import (
    CLIENT,
    COUNTY,
    IDENTIFIES,
    INTERNAL,
    PLAIN,
    SENSITIVE,
    STATION,
)
from sgz_desktop.domain.records.doubts import days_in_order, not_future
from sgz_desktop.domain.records.membership import Membership


class Household(Record, table=True):
    """People who live together, where, and on what. `number` is printed, given once and never reused."""

    KIND = "household"
    TITLE = "家庭"

    number: Annotated[Line, Ask("家庭编号", share=COUNTY, paper=CLIENT, care=IDENTIFIES)] = None
    head: Annotated[str | None, Ref("person"), Ask("户主", share=STATION, paper=CLIENT, care=IDENTIFIES)] = (
        None
    )
    village_code: Annotated[
        Line,
        Ask(
            "村居代码",
            help="12位统计用区划代码，不知道可不填",
            share=STATION,
            paper=INTERNAL,
            care=PLAIN,
            group="address",
        ),
    ] = None
    village: Annotated[
        Line, Ask("村（居）", share=STATION, paper=CLIENT, care=IDENTIFIES, group="address")
    ] = None
    village_group: Annotated[
        Line, Ask("村民小组或网格", share=STATION, paper=CLIENT, care=IDENTIFIES, group="address")
    ] = None
    house_number: Annotated[
        Line, Ask("门牌号", share=STATION, paper=CLIENT, care=IDENTIFIES, group="address")
    ] = None
    way_there: Annotated[
        Line,
        Ask("怎么走", help="例如：小学后面第二家", share=STATION, paper=INTERNAL, care=IDENTIFIES),
    ] = None
    categories: Annotated[
        str | None,
        Codes("household_category"),
        Ask("家庭类别", share=COUNTY, paper=INTERNAL, care=SENSITIVE),
    ] = None
    monthly_income: Annotated[
        Yuan,
        Ask(
            "家庭月收入",
            unit="元/月",
            share=STATION,
            paper=INTERNAL,
            care=SENSITIVE,
            group="household_income",
        ),
    ] = None
    income_as_of: Annotated[
        Day,
        Ask("收入核算月份", share=STATION, paper=INTERNAL, care=SENSITIVE, group="household_income"),
    ] = None
    income_sources: Annotated[
        str | None,
        Codes("income_source"),
        Ask("收入来源", share=STATION, paper=INTERNAL, care=SENSITIVE),
    ] = None
    property_within_limit: Annotated[
        YesNo,
        Ask("财产符合当地规定", help="按当地规定核对后再选", share=STATION, paper=INTERNAL, care=SENSITIVE),
    ] = None
    property_facts: Annotated[LongText, Ask("财产情况", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    hard_expenses: Annotated[
        Yuan,
        Ask(
            "近12个月刚性支出",
            unit="元",
            help="医疗、教育、残疾康复等必需支出合计",
            share=STATION,
            paper=INTERNAL,
            care=SENSITIVE,
        ),
    ] = None
    emergency: Annotated[
        YesNo,
        Ask(
            "眼下遇到急难",
            help="火灾、事故、急病等，基本生活一时困难",
            share=STATION,
            paper=INTERNAL,
            care=SENSITIVE,
        ),
    ] = None
    spending_sudden: Annotated[
        YesNo,
        Ask(
            "必需支出突增",
            help="医疗、教育等，超过家庭承受能力",
            share=STATION,
            paper=INTERNAL,
            care=SENSITIVE,
        ),
    ] = None
    housing: Annotated[
        str | None, Code("housing"), Ask("住房情况", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    visit_hint: Annotated[
        LongText,
        Ask(
            "上门提示",
            help="养狗、路况、安全注意；只给社工看",
            share=STATION,
            paper=INTERNAL,
            care=SENSITIVE,
        ),
    ] = None
    filed_on: Annotated[Day, Ask("建档日期", share=COUNTY, paper=INTERNAL, care=PLAIN)] = None
    closed_on: Annotated[Day, Ask("销档日期", share=COUNTY, paper=INTERNAL, care=PLAIN)] = None
    note: Annotated[LongText, Ask("备注", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    away_from: Annotated[
        Day, Ask("全家外出日期", share=STATION, paper=INTERNAL, care=PLAIN, group="away")
    ] = None
    away_until: Annotated[
        Day, Ask("预计回来日期", share=STATION, paper=INTERNAL, care=PLAIN, group="away")
    ] = None
    away_where: Annotated[
        Line,
        Ask(
            "去了哪里",
            help="外出期间走访和待办先停",
            share=STATION,
            paper=INTERNAL,
            care=IDENTIFIES,
            group="away",
        ),
    ] = None

    members: ClassVar[Rows[Membership]] = Rows(Membership, "家庭成员", "household")
    benefits: ClassVar[Rows[Benefit]] = Rows(Benefit, "家庭的类别与待遇", "household")
    attachments: ClassVar[Rows[Attachment]] = Rows(Attachment, "附件", "parent")

    SECTIONS = (
        ("家庭", ("number", "head", "categories", "members")),
        ("住址", ("village_code", "village", "village_group", "house_number", "way_there", "visit_hint")),
        (
            "经济状况",
            (
                "monthly_income",
                "income_as_of",
                "income_sources",
                "property_within_limit",
                "property_facts",
                "hard_expenses",
                "emergency",
                "spending_sudden",
                "housing",
                "benefits",
            ),
        ),
        ("外出", ("away_from", "away_until", "away_where")),
        ("档案", ("filed_on", "closed_on", "note", "attachments")),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "income_as_of", "filed_on", "closed_on")
        yield from days_in_order(self, "filed_on", "closed_on")
        yield from days_in_order(self, "away_from", "away_until")
