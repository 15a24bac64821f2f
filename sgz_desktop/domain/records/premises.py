"""Rooms and their use, points in the villages, and what stands there."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from sgz_desktop.domain.fields import (
    Ask,
    Clock,
    Code,
    Count,
    Day,
    Line,
    LongText,
    Name,
    Phone,
    Problem,
    Ref,
    Yuan,
)
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.base import Record, Rows
from sgz_desktop.domain.records.circles import BUREAU, IDENTIFIES, INTERNAL, PLAIN, STATION
from sgz_desktop.domain.records.doubts import days_in_order, not_future, times_in_order


class RoomUse(Record, table=True):
    """One use of a room."""

    KIND = "room_use"
    TITLE = "场地使用"

    room: Annotated[
        str | None, Ref("room", parent=True), Ask("场地", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    date: Annotated[Day, Ask("日期", share=STATION, paper=INTERNAL, care=PLAIN, group="use_time")] = None
    start_time: Annotated[
        Clock, Ask("开始时间", share=STATION, paper=INTERNAL, care=PLAIN, group="use_time")
    ] = None
    end_time: Annotated[
        Clock, Ask("结束时间", share=STATION, paper=INTERNAL, care=PLAIN, group="use_time")
    ] = None
    purpose: Annotated[Line, Ask("用途", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    people: Annotated[Count, Ask("人数", unit="人", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    user: Annotated[Line, Ask("使用人或单位", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    activity: Annotated[
        str | None, Ref("activity"), Ask("活动", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    state_after: Annotated[Line, Ask("使用后情况", share=STATION, paper=INTERNAL, care=PLAIN)] = None

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "date")
        yield from times_in_order(self, "start_time", "end_time")


class Room(Record, table=True):
    """A room of the station."""

    KIND = "room"
    TITLE = "场地"

    name: Annotated[Line, Ask("场地名称", share=STATION, paper=BUREAU, care=PLAIN)] = None
    sort: Annotated[
        str | None, Code("room_kind"), Ask("场地类别", share=STATION, paper=BUREAU, care=PLAIN)
    ] = None
    address: Annotated[Line, Ask("地址", share=STATION, paper=BUREAU, care=PLAIN)] = None
    area: Annotated[Count, Ask("面积", unit="㎡", share=STATION, paper=BUREAU, care=PLAIN)] = None
    opened_on: Annotated[Day, Ask("启用日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    closed_on: Annotated[Day, Ask("停用日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    hours: Annotated[Line, Ask("开放时间", share=STATION, paper=BUREAU, care=PLAIN)] = None
    keeper: Annotated[Name, Ask("管理人", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    note: Annotated[LongText, Ask("备注", share=STATION, paper=INTERNAL, care=PLAIN)] = None

    uses: ClassVar[Rows[RoomUse]] = Rows(RoomUse, "使用登记", "room")
    attachments: ClassVar[Rows[Attachment]] = Rows(Attachment, "附件", "parent")

    SECTIONS = (
        (
            "场地",
            (
                "name",
                "sort",
                "address",
                "area",
                "opened_on",
                "closed_on",
                "hours",
                "keeper",
                "note",
                "uses",
                "attachments",
            ),
        ),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from days_in_order(self, "opened_on", "closed_on")


class ServicePoint(Record, table=True):
    """A village's point and its liaison. Visits belong to the point of the household's village."""

    KIND = "service_point"
    TITLE = "社工室（服务点）"

    name: Annotated[Line, Ask("名称", share=STATION, paper=BUREAU, care=PLAIN)] = None
    village: Annotated[Line, Ask("村（居）", share=STATION, paper=BUREAU, care=PLAIN)] = None
    address: Annotated[Line, Ask("地址", share=STATION, paper=BUREAU, care=PLAIN)] = None
    liaison: Annotated[Name, Ask("联络员", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    phone: Annotated[Phone, Ask("电话", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    opened_on: Annotated[Day, Ask("设立日期", share=STATION, paper=BUREAU, care=PLAIN)] = None
    closed_on: Annotated[Day, Ask("撤销日期", share=STATION, paper=BUREAU, care=PLAIN)] = None
    hours: Annotated[Line, Ask("开放时间", share=STATION, paper=BUREAU, care=PLAIN)] = None
    worker: Annotated[Name, Ask("包片社工", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    note: Annotated[LongText, Ask("备注", share=STATION, paper=INTERNAL, care=PLAIN)] = None

    def check(self, today: str) -> Iterator[Problem]:
        yield from days_in_order(self, "opened_on", "closed_on")


class Equipment(Record, table=True):
    """A piece of equipment or other property of the station."""

    KIND = "equipment"
    TITLE = "设备物资"

    name: Annotated[Line, Ask("名称", share=STATION, paper=BUREAU, care=PLAIN)] = None
    number: Annotated[Line, Ask("资产编号", share=STATION, paper=BUREAU, care=PLAIN)] = None
    model: Annotated[Line, Ask("型号", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    quantity: Annotated[Count, Ask("数量", share=STATION, paper=BUREAU, care=PLAIN)] = None
    worth: Annotated[Yuan, Ask("金额", unit="元", share=STATION, paper=BUREAU, care=PLAIN)] = None
    bought_on: Annotated[Day, Ask("购置日期", share=STATION, paper=BUREAU, care=PLAIN)] = None
    funded_by: Annotated[Line, Ask("资金来源", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    room: Annotated[str | None, Ref("room"), Ask("存放场地", share=STATION, paper=INTERNAL, care=PLAIN)] = (
        None
    )
    keeper: Annotated[Name, Ask("保管人", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    state: Annotated[
        str | None, Code("equipment_state"), Ask("状态", share=STATION, paper=BUREAU, care=PLAIN)
    ] = None
    scrapped_on: Annotated[Day, Ask("报废日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    note: Annotated[Line, Ask("备注", share=STATION, paper=INTERNAL, care=PLAIN)] = None

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "bought_on", "scrapped_on")
        yield from days_in_order(self, "bought_on", "scrapped_on")
