"""G1–G6: a group through its five phases (MZ/T 095-2017), its members, sessions and attendance."""

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
from sgz_desktop.domain.records.base import Record, Rows
from sgz_desktop.domain.records.circles import BUREAU, COUNTY, IDENTIFIES, INTERNAL, PLAIN, SENSITIVE, STATION
from sgz_desktop.domain.records.doubts import (
    day_in,
    days_in_order,
    mark,
    no_more,
    not_future,
    one_of,
    times_in_order,
)


class Attendance(Record, table=True):
    """Was one member at one session. Each counts once in 人次; a member on leave or absent counts none."""

    KIND = "attendance"
    TITLE = "出席"

    session: Annotated[
        str | None, Ref("group_session", parent=True), Ask("哪一节", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    member: Annotated[
        str | None, Ref("group_member"), Ask("组员", share=COUNTY, paper=INTERNAL, care=IDENTIFIES)
    ] = None
    state: Annotated[
        str | None, Code("group_attendance"), Ask("出席", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    note: Annotated[Line, Ask("备注", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None


class GroupMember(Record, table=True):
    """Somebody in a group: a person on file, or a name without one. Scores are of the group's scale."""

    KIND = "group_member"
    TITLE = "组员"

    group: Annotated[
        str | None, Ref("group", parent=True), Ask("小组", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    person: Annotated[
        str | None,
        Ref("person"),
        Ask("服务对象", help="有档案的选这里", share=COUNTY, paper=INTERNAL, care=IDENTIFIES),
    ] = None
    name: Annotated[
        Name, Ask("姓名", help="没有档案的填姓名", share=STATION, paper=INTERNAL, care=IDENTIFIES)
    ] = None
    sex: Annotated[str | None, Code("sex"), Ask("性别", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    phone: Annotated[Phone, Ask("电话", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    category: Annotated[
        str | None,
        Code("person_category"),
        Ask("人群", help="没有档案的在这里选", share=STATION, paper=INTERNAL, care=SENSITIVE),
    ] = None
    joined_on: Annotated[Day, Ask("入组日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    left_on: Annotated[Day, Ask("退出日期", share=STATION, paper=INTERNAL, care=PLAIN, group="leaving")] = (
        None
    )
    left_reason: Annotated[
        Line, Ask("退出原因", share=STATION, paper=INTERNAL, care=SENSITIVE, group="leaving")
    ] = None
    consent: Annotated[
        str | None, Code("consent_state"), Ask("同意参加", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    consent_by: Annotated[
        str | None, Code("consent_giver"), Ask("由谁同意", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    consented_on: Annotated[Day, Ask("同意日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    score_before: Annotated[
        Count, Ask("前测分", unit="分", share=STATION, paper=INTERNAL, care=SENSITIVE, group="scores")
    ] = None
    score_after: Annotated[
        Count, Ask("后测分", unit="分", share=STATION, paper=INTERNAL, care=SENSITIVE, group="scores")
    ] = None
    opinion: Annotated[LongText, Ask("组员意见", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    note: Annotated[LongText, Ask("备注", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None

    SECTIONS = (
        (
            "组员",
            (
                "group",
                "person",
                "name",
                "sex",
                "phone",
                "category",
                "joined_on",
                "left_on",
                "left_reason",
            ),
        ),
        (
            "知情同意",
            (
                "consent",
                "consent_by",
                "consented_on",
            ),
        ),
        (
            "前后测",
            (
                "score_before",
                "score_after",
                "opinion",
                "note",
            ),
        ),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from one_of(self, "请选服务对象，或填组员姓名。", "person", "name")
        yield from not_future(self, today, "left_on", "consented_on")
        yield from days_in_order(self, "joined_on", "left_on")


class GroupSession(Record, table=True):
    """One session (节): what was planned and what happened. Its number is counted from the days."""

    KIND = "group_session"
    TITLE = "小组节次"

    group: Annotated[
        str | None, Ref("group", parent=True), Ask("小组", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    date: Annotated[Day, Ask("日期", share=COUNTY, paper=BUREAU, care=PLAIN, group="service_time")] = None
    start_time: Annotated[
        Clock, Ask("开始时间", share=COUNTY, paper=BUREAU, care=PLAIN, group="service_time")
    ] = None
    end_time: Annotated[
        Clock, Ask("结束时间", share=COUNTY, paper=BUREAU, care=PLAIN, group="service_time")
    ] = None
    place: Annotated[Line, Ask("地点", share=STATION, paper=BUREAU, care=PLAIN)] = None
    phase: Annotated[
        str | None, Code("group_phase"), Ask("阶段", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    title: Annotated[Line, Ask("本节主题", share=STATION, paper=BUREAU, care=PLAIN)] = None
    worker: Annotated[Name, Ask("带组社工", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    cancelled: Annotated[YesNo, Ask("没有开展", share=COUNTY, paper=INTERNAL, care=PLAIN)] = None
    aim: Annotated[LongText, Ask("本节目标", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    plan: Annotated[LongText, Ask("流程安排", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    materials: Annotated[Line, Ask("物资准备", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    facts: Annotated[LongText, Ask("过程", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    dynamics: Annotated[
        LongText,
        Ask("小组动力", help="气氛、互动、角色、冲突", share=STATION, paper=INTERNAL, care=SENSITIVE),
    ] = None
    reached: Annotated[
        str | None, Code("goal_result"), Ask("目标达成", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    next_plan: Annotated[LongText, Ask("下节安排", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    supervisor_remark: Annotated[LongText, Ask("督导批注", share=STATION, paper=INTERNAL, care=SENSITIVE)] = (
        None
    )

    attendances: ClassVar[Rows[Attendance]] = Rows(Attendance, "出席表", "session")
    attachments: ClassVar[Rows[Attachment]] = Rows(Attachment, "附件", "parent")

    SECTIONS = (
        (
            "时间",
            (
                "group",
                "date",
                "start_time",
                "end_time",
                "place",
                "phase",
                "title",
                "worker",
                "cancelled",
            ),
        ),
        (
            "本节计划",
            (
                "aim",
                "plan",
                "materials",
            ),
        ),
        (
            "本节记录",
            (
                "facts",
                "dynamics",
                "reached",
                "next_plan",
                "supervisor_remark",
                "attendances",
                "attachments",
            ),
        ),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from times_in_order(self, "start_time", "end_time")
        day = day_in(self, "date")
        if self.cancelled is not True and self.facts is not None and day and days.earliest(day) > today:
            yield mark("facts", "本节日期还没到，过程已经填了。")


class Group(Record, table=True):
    """A group: its plan, its phase as last stated and its closing evaluation."""

    KIND = "group"
    TITLE = "小组"

    number: Annotated[Line, Ask("编号", share=STATION, paper=BUREAU, care=PLAIN)] = None
    name: Annotated[Line, Ask("小组名称", share=COUNTY, paper=BUREAU, care=PLAIN)] = None
    sort: Annotated[
        str | None, Code("group_kind"), Ask("小组性质", share=COUNTY, paper=BUREAU, care=PLAIN)
    ] = None
    phase: Annotated[
        str | None, Code("group_phase"), Ask("阶段", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    focus: Annotated[
        str | None, Codes("service_group"), Ask("服务人群", share=COUNTY, paper=BUREAU, care=PLAIN)
    ] = None
    first_on: Annotated[Day, Ask("开始日期", share=COUNTY, paper=BUREAU, care=PLAIN, group="span")] = None
    last_on: Annotated[Day, Ask("结束日期", share=COUNTY, paper=BUREAU, care=PLAIN, group="span")] = None
    place: Annotated[Line, Ask("地点", share=STATION, paper=BUREAU, care=PLAIN)] = None
    village: Annotated[Line, Ask("村（居）", share=STATION, paper=BUREAU, care=PLAIN)] = None
    service_point: Annotated[
        str | None, Ref("service_point"), Ask("社工室（服务点）", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    service_item: Annotated[
        str | None, Ref("service_item"), Ask("服务目录", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    worker: Annotated[Name, Ask("带组社工", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    cancelled: Annotated[YesNo, Ask("取消", share=COUNTY, paper=INTERNAL, care=PLAIN)] = None
    idea: Annotated[LongText, Ask("理念", share=STATION, paper=BUREAU, care=PLAIN)] = None
    goals: Annotated[LongText, Ask("目标", share=STATION, paper=BUREAU, care=PLAIN)] = None
    recruiting: Annotated[LongText, Ask("对象与招募", share=STATION, paper=BUREAU, care=PLAIN)] = None
    planned_sessions: Annotated[
        Count, Ask("计划节数", unit="节", share=STATION, paper=BUREAU, care=PLAIN)
    ] = None
    planned_members: Annotated[Count, Ask("计划人数", unit="人", share=STATION, paper=BUREAU, care=PLAIN)] = (
        None
    )
    budget: Annotated[Yuan, Ask("预算", unit="元", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    risks: Annotated[LongText, Ask("困难与应对", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    scale_name: Annotated[Line, Ask("前后测用的量表", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    scale_most: Annotated[Count, Ask("量表满分", unit="分", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    supervisor_remark: Annotated[LongText, Ask("督导意见", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    evaluated_on: Annotated[Day, Ask("评估日期", share=STATION, paper=BUREAU, care=PLAIN)] = None
    reached: Annotated[
        str | None, Code("goal_result"), Ask("目标达成", share=STATION, paper=BUREAU, care=PLAIN)
    ] = None
    process: Annotated[LongText, Ask("过程评估", share=STATION, paper=BUREAU, care=PLAIN)] = None
    effect: Annotated[LongText, Ask("成效", share=STATION, paper=BUREAU, care=PLAIN)] = None
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
    reflection: Annotated[LongText, Ask("反思与建议", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    followup: Annotated[LongText, Ask("跟进安排", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None

    members: ClassVar[Rows[GroupMember]] = Rows(GroupMember, "组员", "group")
    attachments: ClassVar[Rows[Attachment]] = Rows(Attachment, "附件", "parent")

    SECTIONS = (
        (
            "小组",
            (
                "name",
                "sort",
                "phase",
                "focus",
                "first_on",
                "last_on",
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
            "计划",
            (
                "idea",
                "goals",
                "recruiting",
                "planned_sessions",
                "planned_members",
                "budget",
                "risks",
                "scale_name",
                "scale_most",
                "supervisor_remark",
                "members",
            ),
        ),
        (
            "总结评估",
            (
                "evaluated_on",
                "reached",
                "process",
                "effect",
                "rated_content",
                "rated_by",
                "cost",
                "reflection",
                "followup",
                "attachments",
            ),
        ),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "evaluated_on")
        yield from days_in_order(self, "first_on", "last_on")
        yield from no_more(self, "rated_content", "rated_by")
