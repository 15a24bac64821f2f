"""A1–A4: a community activity, campaign or training, from its plan to its summary."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from sgz_desktop.domain import days
from sgz_desktop.domain.fields import (
    Ask,
    Clock,
    Code,
    Codes,
    Count,
    Day,
    Line,
    LongText,
    Name,
    Phone,
    Problem,
    Ref,
    YesNo,
    Yuan,
)
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.base import Record, Rows, questions
from sgz_desktop.domain.records.circles import BUREAU, COUNTY, IDENTIFIES, INTERNAL, PLAIN, STATION
from sgz_desktop.domain.records.doubts import day_in, mark, no_more, one_of, times_in_order

HOSTS = ("worker", "partner")  # who signs in as one of these holds the activity
HELPER, FOR_HELPERS = "volunteer", ("training", "volunteer")  # helpers take part where it is held for them
HELD = ("head_count", "facts", "rated_by", "cost")  # known once an activity was held


def takes_part(role: str | None, sort: str | None) -> bool:
    """Is who signed in as `role` at an activity of a sort served by it, and no host or helper of it?"""
    return role not in HOSTS and (role != HELPER or sort in FOR_HELPERS)


class SignIn(Record, table=True):
    """One person who signed in at an activity. Where only heads were counted there is none."""

    KIND = "sign_in"
    TITLE = "签到"

    activity: Annotated[
        str | None, Ref("activity", parent=True), Ask("活动", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    person: Annotated[
        str | None, Ref("person"), Ask("服务对象", share=COUNTY, paper=INTERNAL, care=IDENTIFIES)
    ] = None
    name: Annotated[Name, Ask("姓名", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    phone: Annotated[Phone, Ask("电话", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    role: Annotated[
        str | None, Code("sign_in_role"), Ask("身份", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    note: Annotated[Line, Ask("备注", share=STATION, paper=INTERNAL, care=PLAIN)] = None

    def check(self, today: str) -> Iterator[Problem]:
        yield from one_of(self, "请选服务对象，或填姓名。", "person", "name")


class Activity(Record, table=True):
    """One activity (场). Its people are the greater of who signed in and how many heads were counted."""

    KIND = "activity"
    TITLE = "活动"

    number: Annotated[Line, Ask("编号", share=STATION, paper=BUREAU, care=PLAIN)] = None
    name: Annotated[Line, Ask("活动名称", share=COUNTY, paper=BUREAU, care=PLAIN)] = None
    sort: Annotated[
        str | None, Code("activity_kind"), Ask("活动类型", share=COUNTY, paper=BUREAU, care=PLAIN)
    ] = None
    tags: Annotated[
        str | None, Codes("activity_tag"), Ask("标记", share=COUNTY, paper=BUREAU, care=PLAIN)
    ] = None
    focus: Annotated[
        str | None, Codes("service_group"), Ask("服务人群", share=COUNTY, paper=BUREAU, care=PLAIN)
    ] = None
    date: Annotated[Day, Ask("日期", share=COUNTY, paper=BUREAU, care=PLAIN, group="service_time")] = None
    start_time: Annotated[
        Clock, Ask("开始时间", share=COUNTY, paper=BUREAU, care=PLAIN, group="service_time")
    ] = None
    end_time: Annotated[
        Clock, Ask("结束时间", share=COUNTY, paper=BUREAU, care=PLAIN, group="service_time")
    ] = None
    place: Annotated[Line, Ask("地点", share=STATION, paper=BUREAU, care=PLAIN)] = None
    village: Annotated[Line, Ask("村（居）", share=STATION, paper=BUREAU, care=PLAIN)] = None
    service_point: Annotated[
        str | None, Ref("service_point"), Ask("社工室（服务点）", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    service_item: Annotated[
        str | None, Ref("service_item"), Ask("服务目录", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    worker: Annotated[Name, Ask("负责社工", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    cancelled: Annotated[YesNo, Ask("取消", share=COUNTY, paper=INTERNAL, care=PLAIN)] = None
    aim: Annotated[LongText, Ask("活动目标", share=STATION, paper=BUREAU, care=PLAIN)] = None
    plan: Annotated[LongText, Ask("流程安排", share=STATION, paper=BUREAU, care=PLAIN)] = None
    partners: Annotated[Line, Ask("协办单位", share=STATION, paper=BUREAU, care=PLAIN)] = None
    planned_people: Annotated[Count, Ask("计划人数", unit="人", share=STATION, paper=BUREAU, care=PLAIN)] = (
        None
    )
    budget: Annotated[Yuan, Ask("预算", unit="元", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    risks: Annotated[LongText, Ask("风险与预案", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    head_count: Annotated[
        Count, Ask("参加人数", unit="人", help="只点人数的填这里", share=COUNTY, paper=BUREAU, care=PLAIN)
    ] = None
    volunteers: Annotated[Count, Ask("志愿者人数", unit="人", share=STATION, paper=BUREAU, care=PLAIN)] = None
    told_policy: Annotated[YesNo, Ask("讲了政策", share=COUNTY, paper=BUREAU, care=PLAIN)] = None
    facts: Annotated[LongText, Ask("活动记录", share=STATION, paper=BUREAU, care=PLAIN)] = None
    photo_consent: Annotated[
        str | None, Code("consent_state"), Ask("照片授权", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    effect: Annotated[LongText, Ask("成效", share=STATION, paper=BUREAU, care=PLAIN)] = None
    problems: Annotated[LongText, Ask("问题与改进", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    rated_content: Annotated[
        Count,
        Ask(
            "满意人数",
            unit="人",
            help="满意和比较满意的人数",
            share=STATION,
            paper=BUREAU,
            care=PLAIN,
            group="rating",
        ),
    ] = None
    rated_by: Annotated[
        Count, Ask("评价人数", unit="人", share=STATION, paper=BUREAU, care=PLAIN, group="rating")
    ] = None
    cost: Annotated[Yuan, Ask("实际支出", unit="元", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    supervisor_remark: Annotated[LongText, Ask("督导意见", share=STATION, paper=INTERNAL, care=PLAIN)] = None

    sign_ins: ClassVar[Rows[SignIn]] = Rows(SignIn, "签到", "activity")
    attachments: ClassVar[Rows[Attachment]] = Rows(Attachment, "附件", "parent")

    SECTIONS = (
        (
            "活动",
            (
                "name",
                "sort",
                "tags",
                "focus",
                "date",
                "start_time",
                "end_time",
                "place",
                "village",
                "service_point",
                "service_item",
                "worker",
                "cancelled",
                "number",
            ),
        ),
        (
            "方案",
            (
                "aim",
                "plan",
                "partners",
                "planned_people",
                "budget",
                "risks",
            ),
        ),
        (
            "签到",
            (
                "head_count",
                "volunteers",
                "told_policy",
                "sign_ins",
            ),
        ),
        (
            "记录与总结",
            (
                "facts",
                "photo_consent",
                "effect",
                "problems",
                "rated_content",
                "rated_by",
                "cost",
                "supervisor_remark",
                "attachments",
            ),
        ),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from times_in_order(self, "start_time", "end_time")
        yield from no_more(self, "rated_content", "rated_by")
        if self.date is None and self.cancelled is not True:
            yield mark("date", "日期还没有填，暂时不计入统计。")
        if self.cancelled is not True and day_in(self, "date") and days.earliest(str(self.date)) > today:
            for name in HELD:
                if getattr(self, name) is not None:
                    label = questions(Activity)[name].ask.label
                    yield mark(name, f"活动日期还没到，{label}已经填了。")
        if self.cancelled is True and self.head_count:
            yield mark("head_count", "活动取消了，参加人数还填着。")
