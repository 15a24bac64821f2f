"""Doubts about lists of names that show only beside their rows: given out more than there was or before it
came, signed in, joined or registered twice, a room used twice, more asked than came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sgz_desktop.domain import days
from sgz_desktop.domain.fields import Problem
from sgz_desktop.domain.records.activity import Activity
from sgz_desktop.domain.records.base import Record
from sgz_desktop.domain.records.doubts import mark
from sgz_desktop.domain.records.group import Group
from sgz_desktop.domain.records.premises import RoomUse
from sgz_desktop.domain.records.resource import Resource
from sgz_desktop.domain.records.volunteer import Volunteer
from sgz_desktop.store import activities, volunteers
from sgz_desktop.store.session import Reading
from sgz_desktop.store.volunteers import OnFile

MOST_NAMED = 3
OLD_ENOUGH = 14  # to consent alone to what is kept of oneself


def list_doubts(session: Reading, record: Record, id: str) -> list[Problem]:
    """Marks of an activity, a group, a resource, a use of a room or a volunteer with an id; none of other
    kinds."""
    if isinstance(record, Resource):
        found = overdrawn(record.quantity, activities.given_out(session, id), record.measure or "")
        return found + too_early(record.received_on, activities.given_days(session, id))
    if isinstance(record, Group):
        joined = activities.members_of(session, id)
        found = listed_twice([(one.person, one.name) for one in joined], "members", "组员")
        return found + children_alone(activities.consenting_alone(session, id))
    if isinstance(record, Volunteer):
        return registered_twice(record, [one for one in volunteers.on_file(session) if one.id != id])
    if isinstance(record, RoomUse) and record.room and record.date:
        start, end = record.start_time or "", record.end_time or ""
        return room_taken(activities.in_use(session, record.room, record.date, id, start, end))
    if isinstance(record, Activity):
        signed = activities.signed_in(session, id)
        found = listed_twice([(one.person, one.name) for one in signed], "head_count", "签到")
        return found + asked_more(record.rated_by, record.head_count, len(signed))
    return []


def children_alone(members: Sequence[tuple[str, str, str | None]]) -> list[Problem]:
    """A mark where somebody surely under fourteen consented alone, or nobody wrote who did
    (个人信息保护法第31条). `members`: name, birth and the day."""
    young = []
    for name, born, day in members:
        ages = days.age_range(born, day) if day else None
        if ages and ages[1] < OLD_ENOUGH:
            young.append(name)
    return [mark("members", f"{_some(young)}未满14岁，请补监护人的同意。")] if young else []


def room_taken(uses: Sequence[tuple[str, str]]) -> list[Problem]:
    """A mark where a room is used by others in the same hours."""
    told = "、".join(f"{start}至{end}" for start, end in uses[:MOST_NAMED])
    return [mark("start_time", f"这个场地当天{told}已有使用，请核对。")] if uses else []


def registered_twice(record: Volunteer, others: Sequence[OnFile]) -> list[Problem]:
    """A mark where somebody is registered already by this id number, or by this name and telephone."""
    number, who = record.id_number or "", (record.name, record.phone)
    by_number = any(number and one.id_number == number for one in others)
    by_name = any(all(who) and (one.name, one.phone) == who for one in others)
    same = "身份证号" if by_number else "姓名和电话" if by_name else ""
    return [mark("name", f"已有志愿者登记了同样的{same}，请核对。")] if same else []


def too_early(received: str | None, given: Sequence[str]) -> list[Problem]:
    """A mark where something was surely given out before it came."""
    if not received or not days.is_day(received):
        return []
    early = [one for one in given if days.is_day(one) and days.latest(one) < days.earliest(received)]
    return [mark("handouts", f"有{len(early)}笔发放早于链接日期，请核对。")] if early else []


def asked_more(asked: int | None, heads: int | None, signed: int) -> list[Problem]:
    """A mark where more people said how content they were than came, as far as anybody counted."""
    came = max(heads or 0, signed)
    if type(asked) is not int or not came or asked <= came:
        return []
    return [mark("rated_by", f"评价{asked}人，多于参加的{came}人，请核对。")]


def overdrawn(quantity: int | None, given: int, measure: str = "") -> list[Problem]:
    """A mark where more was given out than there was."""
    if type(quantity) is not int or given <= quantity:
        return []
    return [mark("quantity", f"已发放{given}{measure}，比收到的多{given - quantity}{measure}。")]


def listed_twice(signed: list[tuple[str, str]], field: str, what: str) -> list[Problem]:
    """A mark where a person, or a name without a file, stands twice on one list."""
    times = Counter((person, "" if person else name) for person, name in signed)
    names = dict.fromkeys(
        name for person, name in signed if times[person, "" if person else name] > 1 and name
    )
    if not names:
        return []
    return [mark(field, f"{what}有重复：{_some(list(names))}。")]


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:MOST_NAMED]) + ("等" if len(names) > MOST_NAMED else "")
