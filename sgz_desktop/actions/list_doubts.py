"""Doubts about lists of names that show only beside their rows: given out more than there was, signed in
twice."""

from __future__ import annotations

from collections import Counter

from sgz_desktop.domain.fields import Problem
from sgz_desktop.domain.records.activity import Activity
from sgz_desktop.domain.records.base import Record
from sgz_desktop.domain.records.doubts import mark
from sgz_desktop.domain.records.resource import Resource
from sgz_desktop.store import activities
from sgz_desktop.store.session import Reading

MOST_NAMED = 3


def list_doubts(session: Reading, record: Record, id: str) -> list[Problem]:
    """Marks of an activity or a resource with an id; none of other kinds."""
    if isinstance(record, Resource):
        return overdrawn(record.quantity, activities.given_out(session, id), record.measure or "")
    if isinstance(record, Activity):
        return signed_twice([(one.person, one.name) for one in activities.signed_in(session, id)])
    return []


def overdrawn(quantity: int | None, given: int, measure: str = "") -> list[Problem]:
    """A mark where more was given out than there was."""
    if type(quantity) is not int or given <= quantity:
        return []
    return [mark("quantity", f"已发放{given}{measure}，比收到的多{given - quantity}{measure}。")]


def signed_twice(signed: list[tuple[str, str]]) -> list[Problem]:
    """A mark where a person, or a name without a file, stands twice on one sheet."""
    times = Counter((person, "" if person else name) for person, name in signed)
    names = dict.fromkeys(
        name for person, name in signed if times[person, "" if person else name] > 1 and name
    )
    if not names:
        return []
    told = "、".join(list(names)[:MOST_NAMED]) + ("等" if len(names) > MOST_NAMED else "")
    return [mark("head_count", f"签到有重复：{told}。")]
