"""Who signed in at activities, received what of a resource, or is in a group, as plain rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sgz_desktop.store.queries import HERE, TAKES_PART
from sgz_desktop.store.session import Reading


class Listed(NamedTuple):
    """One line of a sign-in sheet, a hand-out list or a list of members: whose file, what name, how many
    ('' and 0 unknown)."""

    id: str
    person: str
    name: str
    quantity: int
    village: str


class Namesake(NamedTuple):
    """A person on file of some name, and the village they live in."""

    name: str
    person: str
    village: str


HOME_VILLAGE = f"""(SELECT o.village FROM r_membership m JOIN r_household o ON o.id = m.household
  WHERE m.person = p.id AND m.to_day IS NULL AND m.deleted {HERE} ORDER BY m.rid DESC LIMIT 1)"""
SIGNED = f"""SELECT s.id, coalesce(s.person, ''), coalesce(p.name, s.name, ''), 0,
  coalesce({HOME_VILLAGE}, '') FROM r_sign_in s LEFT JOIN r_person p ON p.id = s.person AND p.deleted {HERE}
WHERE s.activity = ? AND s.deleted {HERE} ORDER BY s.rid"""
HANDED = f"""SELECT s.id, coalesce(s.person, ''), coalesce(p.name, s.name, f.name, ''),
  coalesce(s.quantity, 0), coalesce(s.village, {HOME_VILLAGE}, h.village, '') FROM r_handout s
LEFT JOIN r_person p ON p.id = s.person AND p.deleted {HERE}
LEFT JOIN r_household h ON h.id = s.household AND h.deleted {HERE}
LEFT JOIN r_person f ON f.id = h.head AND f.deleted {HERE}
WHERE s.resource = ? AND s.deleted {HERE} ORDER BY s.rid"""
MEMBERS = f"""SELECT s.id, coalesce(s.person, ''), coalesce(p.name, s.name, ''), 0,
  coalesce({HOME_VILLAGE}, '') FROM r_group_member s
LEFT JOIN r_person p ON p.id = s.person AND p.deleted {HERE}
WHERE s."group" = ? AND s.deleted {HERE} ORDER BY s.rid"""
ALONE = f"""SELECT coalesce(p.name, s.name, '组员'), p.born, coalesce(s.consented_on, s.joined_on, g.first_on)
FROM r_group_member s JOIN r_person p ON p.id = s.person AND p.deleted {HERE}
LEFT JOIN r_group g ON g.id = s."group"
WHERE s."group" = ? AND (s.consent_by = 'self' OR s.consent_by IS NULL AND s.consent = 'agreed')
  AND p.born IS NOT NULL AND s.deleted {HERE} ORDER BY s.rid"""
IN_USE = f"""SELECT coalesce(start_time, ''), coalesce(end_time, '') FROM r_room_use
WHERE room = ?1 AND date = ?2 AND id <> ?3 AND start_time < ?5 AND end_time > ?4 AND deleted {HERE}
ORDER BY start_time"""
HOSTING = f"""SELECT count(*) FROM r_sign_in s JOIN r_activity a ON a.id = s.activity
WHERE a.id = ? AND s.deleted {HERE} AND {TAKES_PART} IS NOT 1"""
CAME_OF_ALL = f"""SELECT id, came FROM (SELECT a.id, max(coalesce(a.head_count, 0),
  (SELECT count(*) FROM r_sign_in s WHERE s.activity = a.id AND s.deleted {HERE} AND {TAKES_PART})) AS came
  FROM r_activity a WHERE a.deleted {HERE}) WHERE came > 0"""
GIVEN_OUT = f"SELECT coalesce(sum(quantity), 0) FROM r_handout WHERE resource = ? AND deleted {HERE}"
UNSIGNED = f"""SELECT s.id, coalesce(p.name, s.name, f.name, ''), coalesce(s.date, ''),
  coalesce(s.quantity, 0), coalesce(s.village, {HOME_VILLAGE}, h.village, '') FROM r_handout s
LEFT JOIN r_person p ON p.id = s.person AND p.deleted {HERE}
LEFT JOIN r_household h ON h.id = s.household AND h.deleted {HERE}
LEFT JOIN r_person f ON f.id = h.head AND f.deleted {HERE}
WHERE s.resource = ? AND (s.signed IS NULL OR s.signed = 'pending') AND s.deleted {HERE} ORDER BY s.rid"""
GIVEN_DAYS = f"SELECT date FROM r_handout WHERE resource = ? AND date IS NOT NULL AND deleted {HERE}"

GIVEN_OF_ALL = f"""SELECT resource, sum(quantity) FROM r_handout WHERE resource IS NOT NULL
  AND quantity IS NOT NULL AND deleted {HERE} GROUP BY resource"""


def signed_in(session: Reading, activity: str) -> list[Listed]:
    """The sign-ins of an activity as they were made."""
    return [Listed(*row) for row in session.connection.execute(SIGNED, (activity,))]


def hosting(session: Reading, activity: str) -> int:
    """How many of those who signed in held the activity or helped at it, and are not counted as served."""
    return int(session.connection.execute(HOSTING, (activity,)).fetchone()[0])


def handed_out(session: Reading, resource: str) -> list[Listed]:
    """The hand-outs of a resource as they were made."""
    return [Listed(*row) for row in session.connection.execute(HANDED, (resource,))]


def members_of(session: Reading, group: str) -> list[Listed]:
    """The members of a group as they were entered, those who left too."""
    return [Listed(*row) for row in session.connection.execute(MEMBERS, (group,))]


def consenting_alone(session: Reading, group: str) -> list[tuple[str, str, str | None]]:
    """Members on file who consented for themselves: name, birth, and the day of it or of joining."""
    return list(session.connection.execute(ALONE, (group,)))


def in_use(session: Reading, room: str, day: str, but: str, start: str, end: str) -> list[tuple[str, str]]:
    """Other uses of a room that fall into some hours of a day: from when to when."""
    return list(session.connection.execute(IN_USE, (room, day, but, start, end)))


class Unsigned(NamedTuple):
    """A hand-out nobody has signed for as far as is known: to whom, on what day, how many, where."""

    id: str
    name: str
    date: str
    quantity: int
    village: str


def unsigned(session: Reading, resource: str) -> list[Unsigned]:
    """The hand-outs of a resource without a signature, as they were made."""
    return [Unsigned(*row) for row in session.connection.execute(UNSIGNED, (resource,))]


def given_out(session: Reading, resource: str) -> int:
    """How many of a resource were handed out."""
    return int(session.connection.execute(GIVEN_OUT, (resource,)).fetchone()[0])


def given_days(session: Reading, resource: str) -> list[str]:
    """The days on which something of a resource was handed out."""
    return [row[0] for row in session.connection.execute(GIVEN_DAYS, (resource,))]


def came_of_all(session: Reading) -> dict[str, int]:
    """How many came to each activity, by names or by heads; where none are told it is left out."""
    return {str(id): int(count) for id, count in session.connection.execute(CAME_OF_ALL)}


def given_of_all(session: Reading) -> dict[str, int]:
    """How many were handed out of each resource."""
    return {str(id): int(count) for id, count in session.connection.execute(GIVEN_OF_ALL)}


def namesakes(session: Reading, names: Sequence[str]) -> list[Namesake]:
    """People on file who have one of some names, those who died left out."""
    if not names:
        return []
    marks = ",".join("?" * len(names))
    sql = f"""SELECT p.name, p.id, coalesce({HOME_VILLAGE}, '') FROM r_person p WHERE p.name IN ({marks})
      AND p.deleted {HERE} AND p.merged_into IS NULL AND p.died_on IS NULL ORDER BY p.rid"""
    return [Namesake(*row) for row in session.connection.execute(sql, tuple(names))]
