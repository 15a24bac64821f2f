"""A group with its sessions, members and marks as one roll, read within a snapshot."""

from __future__ import annotations

from collections.abc import Sequence

from sgz_desktop.domain.attendance import Roll, Seat, Sitting
from sgz_desktop.domain.records.group import Attendance, Group, GroupMember, GroupSession
from sgz_desktop.store import queries, read
from sgz_desktop.store.session import Reading

NAMES = "SELECT id, name FROM r_person WHERE id IN ({})"
UNNAMED = "（姓名未填）"
AGREED = "agreed"


def roll_of(session: Reading, id: str, today: str = "") -> Roll | None:
    """The roll of a group, None when it is not here."""
    group = read.get(session, Group, id)
    if group is None or group.deleted:
        return None
    sessions = read.of_parent(session, GroupSession, "group", id)
    sittings = sorted((_sitting(one) for one in sessions), key=lambda one: one.date or "9999")
    seats = _seats(session, read.of_parent(session, GroupMember, "group", id))
    return Roll(
        id,
        group.name or "小组（名称未填）",
        group.phase or "",
        group.first_on or "",
        group.last_on or "",
        group.planned_sessions,
        group.scale_name or "",
        group.scale_most,
        tuple(sittings),
        seats,
        _states(session, [one.id for one in sittings]),
        today,
    )


def _sitting(one: GroupSession) -> Sitting:
    return Sitting(str(one.id), one.date or "", one.title or "", one.phase or "", bool(one.cancelled))


def _seats(session: Reading, members: Sequence[GroupMember]) -> tuple[Seat, ...]:
    people = sorted({one.person for one in members if one.person})
    named = (
        dict(queries.table(session, NAMES.format(", ".join("?" * len(people))), *people)) if people else {}
    )
    return tuple(
        Seat(
            str(one.id),
            one.name or named.get(one.person or "") or UNNAMED,
            one.joined_on or "",
            one.left_on or "",
            one.score_before,
            one.score_after,
            one.consent == AGREED,
        )
        for one in members
    )


def _states(session: Reading, sessions: Sequence[str]) -> dict[tuple[str, str], str]:
    if not sessions:
        return {}
    marks = read.of_parent(session, Attendance, "session", *sessions)
    return {(str(one.session), str(one.member)): one.state for one in marks if one.state and one.member}
