"""W1, W2: volunteers as 民政部令第67号 asks, their teams and the hours they gave."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from sgz_desktop.domain.fields import (
    Ask,
    Code,
    Codes,
    Day,
    Hours,
    IdNumber,
    Key,
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
from sgz_desktop.domain.records.circles import BUREAU, IDENTIFIES, INTERNAL, PLAIN, SENSITIVE, STATION
from sgz_desktop.domain.records.doubts import days_in_order, mark, not_future, refuse

DAY_MINUTES = 24 * 60
LONGEST = {10: 1, 7: 31, 4: 366}  # days a Day of so many characters may stand for


class VolunteerService(Record, table=True):
    """What one volunteer did on one day, or in one month where no more is known. `served` is minutes;
    `source_line` marks a line brought in once."""

    KIND = "volunteer_service"
    TITLE = "志愿服务记录"

    volunteer: Annotated[
        str | None, Ref("volunteer", parent=True), Ask("志愿者", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    date: Annotated[Day, Ask("服务日期", share=STATION, paper=BUREAU, care=PLAIN)] = None
    served: Annotated[Hours, Ask("服务时长", share=STATION, paper=BUREAU, care=PLAIN)] = None
    what: Annotated[Line, Ask("服务内容", share=STATION, paper=BUREAU, care=PLAIN)] = None
    place: Annotated[Line, Ask("地点", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    village: Annotated[Line, Ask("村（居）", share=STATION, paper=BUREAU, care=PLAIN)] = None
    team: Annotated[
        str | None, Ref("volunteer_team"), Ask("服务队", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    activity: Annotated[
        str | None, Ref("activity"), Ask("活动", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    visit: Annotated[str | None, Ref("visit"), Ask("走访", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    service_item: Annotated[
        str | None, Ref("service_item"), Ask("服务目录", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    proved_by: Annotated[Name, Ask("证明人", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    on_platform: Annotated[YesNo, Ask("已录平台", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    source_line: Annotated[Key, Ask("导入行", share=STATION, paper=INTERNAL, care=PLAIN)] = None

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "date")
        most = DAY_MINUTES * LONGEST.get(len(str(self.date or "")), 1)
        if type(self.served) is int and self.served > most:
            yield refuse("served", "服务时长超过一天24小时，请核对。")
        for name, label in (("date", "服务日期"), ("served", "服务时长")):
            if getattr(self, name) is None:
                yield mark(name, f"{label}还没有填，暂时不计入统计。")


class VolunteerNote(Record, table=True):
    """Training, an honour or an assessment of a volunteer (民政部令第67号)."""

    KIND = "volunteer_note"
    TITLE = "培训与评价"

    volunteer: Annotated[
        str | None, Ref("volunteer", parent=True), Ask("志愿者", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    sort: Annotated[
        str | None, Code("volunteer_note"), Ask("种类", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    date: Annotated[Day, Ask("日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    text: Annotated[LongText, Ask("内容", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    given_by: Annotated[Line, Ask("颁发或评价单位", share=STATION, paper=INTERNAL, care=PLAIN)] = None

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "date")


class Volunteer(Record, table=True):
    """A registered volunteer: what 民政部令第67号 asks to be kept, true, whole and up to date."""

    KIND = "volunteer"
    TITLE = "志愿者"

    number: Annotated[Line, Ask("编号", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    name: Annotated[Name, Ask("姓名", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    person: Annotated[
        str | None,
        Ref("person"),
        Ask("服务对象档案", help="本人也是服务对象时选", share=STATION, paper=INTERNAL, care=IDENTIFIES),
    ] = None
    sex: Annotated[str | None, Code("sex"), Ask("性别", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    born_on: Annotated[Day, Ask("出生日期", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    id_number: Annotated[IdNumber, Ask("身份证号", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    phone: Annotated[Phone, Ask("电话", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    village: Annotated[Line, Ask("村（居）", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    education: Annotated[
        str | None, Code("education"), Ask("学历", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    employment: Annotated[Line, Ask("职业", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    registered_on: Annotated[Day, Ask("登记日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    state: Annotated[
        str | None, Code("volunteer_state"), Ask("状态", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    left_on: Annotated[Day, Ask("退出日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    team: Annotated[
        str | None, Ref("volunteer_team"), Ask("服务队", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    skills: Annotated[
        str | None, Codes("volunteer_skill"), Ask("专长", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    free_time: Annotated[Line, Ask("可服务时间", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    platform_number: Annotated[
        Line,
        Ask("志愿者编号", help="全国志愿服务信息系统的编号", share=STATION, paper=INTERNAL, care=IDENTIFIES),
    ] = None
    emergency_contact: Annotated[Name, Ask("紧急联系人", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = (
        None
    )
    emergency_phone: Annotated[Phone, Ask("紧急联系电话", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = (
        None
    )
    note: Annotated[LongText, Ask("备注", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None

    services: ClassVar[Rows[VolunteerService]] = Rows(VolunteerService, "服务记录", "volunteer")
    notes: ClassVar[Rows[VolunteerNote]] = Rows(VolunteerNote, "培训、表彰与评价", "volunteer")
    attachments: ClassVar[Rows[Attachment]] = Rows(Attachment, "附件", "parent")

    SECTIONS = (
        (
            "基本信息",
            (
                "name",
                "person",
                "sex",
                "born_on",
                "id_number",
                "phone",
                "village",
                "education",
                "employment",
                "number",
            ),
        ),
        (
            "志愿服务",
            (
                "registered_on",
                "state",
                "left_on",
                "team",
                "skills",
                "free_time",
                "platform_number",
                "emergency_contact",
                "emergency_phone",
                "note",
                "services",
                "notes",
                "attachments",
            ),
        ),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "born_on", "registered_on", "left_on")
        yield from days_in_order(self, "registered_on", "left_on")


class VolunteerTeam(Record, table=True):
    """A team of volunteers."""

    KIND = "volunteer_team"
    TITLE = "志愿服务队"

    name: Annotated[Line, Ask("服务队名称", share=STATION, paper=BUREAU, care=PLAIN)] = None
    village: Annotated[Line, Ask("村（居）", share=STATION, paper=BUREAU, care=PLAIN)] = None
    founded_on: Annotated[Day, Ask("成立日期", share=STATION, paper=BUREAU, care=PLAIN)] = None
    disbanded_on: Annotated[Day, Ask("解散日期", share=STATION, paper=BUREAU, care=PLAIN)] = None
    lead: Annotated[Name, Ask("队长", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    phone: Annotated[Phone, Ask("电话", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    serves: Annotated[Line, Ask("服务内容", share=STATION, paper=BUREAU, care=PLAIN)] = None
    note: Annotated[LongText, Ask("备注", share=STATION, paper=INTERNAL, care=PLAIN)] = None

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "founded_on", "disbanded_on")
        yield from days_in_order(self, "founded_on", "disbanded_on")
