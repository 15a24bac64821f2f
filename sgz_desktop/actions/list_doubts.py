"""Doubts about lists of names that show only beside their rows: given out more than there was or before it
came, signed in or joined twice, more asked than came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sgz_desktop.domain import days
from sgz_desktop.domain.fields import Problem
from sgz_desktop.domain.records.activity import Activity
from sgz_desktop.domain.records.base import Record
from sgz_desktop.domain.records.doubts import mark
from sgz_desktop.domain.records.group import Group
from sgz_desktop.domain.records.resource import Resource
from sgz_desktop.store import activities
from sgz_desktop.store.session import Reading

MOST_NAMED = 3


def list_doubts(session: Reading, record: Record, id: str) -> list[Problem]:
    """Marks of an activity, a group or a resource with an id; none of other kinds."""
    if isinstance(record, Resource):
        found = overdrawn(record.quantity, activities.given_out(session, id), record.measure or "")
        return found + too_early(record.received_on, activities.given_days(session, id))
    if isinstance(record, Group):
        joined = activities.members_of(session, id)
        return listed_twice([(one.person, one.name) for one in joined], "members", "组员")
    if isinstance(record, Activity):
        signed = activities.signed_in(session, id)
        found = listed_twice([(one.person, one.name) for one in signed], "head_count", "签到")
        return found + asked_more(record.rated_by, record.head_count, len(signed))
    return []


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
    told = "、".join(list(names)[:MOST_NAMED]) + ("等" if len(names) > MOST_NAMED else "")
    return [mark(field, f"{what}有重复：{told}。")]
