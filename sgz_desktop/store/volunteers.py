"""Volunteers on file and what they gave, as plain rows."""

from __future__ import annotations

from typing import NamedTuple

from sgz_desktop.store.queries import HERE
from sgz_desktop.store.session import Reading


class OnFile(NamedTuple):
    """A volunteer as lists tell of them; '' where something is unknown."""

    id: str
    name: str
    id_number: str
    born: str
    village: str
    phone: str
    number: str


class Given(NamedTuple):
    """A service: minutes (0 where unknown), what, activity."""

    volunteer: str
    date: str
    minutes: int
    what: str
    activity: str


ON_FILE = f"""SELECT id, name, id_number, born_on, village, phone, platform_number FROM r_volunteer
WHERE deleted {HERE} ORDER BY rid"""
GIVEN = f"""SELECT volunteer, date, coalesce(served, 0), coalesce(what, ''), coalesce(activity, '')
FROM r_volunteer_service WHERE date BETWEEN ? AND ? AND volunteer IS NOT NULL AND deleted {HERE}"""
HELPERS = f"""SELECT v.id, v.name, v.village, v.team, t.name FROM r_volunteer v
LEFT JOIN r_volunteer_team t ON t.id = v.team AND t.deleted {HERE}
WHERE v.deleted {HERE} AND v.state IS NOT 'left' AND (v.left_on IS NULL OR v.left_on >= ?) ORDER BY v.rid"""
UNRECORDED = f"""SELECT s.id, coalesce(v.name, ''), s.date, coalesce(s.served, 0), coalesce(s.what, '')
FROM r_volunteer_service s LEFT JOIN r_volunteer v ON v.id = s.volunteer
WHERE s.on_platform IS NOT 1 AND s.date IS NOT NULL AND s.deleted {HERE} ORDER BY s.date DESC, s.rid DESC"""
BROUGHT_IN = f"SELECT source_line FROM r_volunteer_service WHERE source_line IS NOT NULL AND deleted {HERE}"


def on_file(session: Reading) -> list[OnFile]:
    """All volunteers, those who left too."""
    return [OnFile(*(text or "" for text in row)) for row in session.connection.execute(ON_FILE)]


class Unrecorded(NamedTuple):
    """A service the platform does not have yet: of whom, on what day, how many minutes, what."""

    id: str
    name: str
    date: str
    minutes: int
    what: str


def unrecorded(session: Reading) -> list[Unrecorded]:
    """The services not said to be on the platform, the newest first."""
    return [Unrecorded(*row) for row in session.connection.execute(UNRECORDED)]


def given(session: Reading, first: str, last: str) -> list[Given]:
    """The services from one day, month or year to another."""
    rows = session.connection.execute(GIVEN, (first[:4], last + "~"))
    return [Given(*row) for row in rows]


def helpers(session: Reading, day: str) -> list[tuple[str, str, str, str, str]]:
    """(id, name, village, id and name of the team) of the volunteers there were on a day."""
    rows = session.connection.execute(HELPERS, (day,))
    return [
        (id, name or "", village or "", team or "", called or "") for id, name, village, team, called in rows
    ]


def brought_in(session: Reading) -> set[str]:
    """Lines of sheets that were taken in."""
    return {row[0] for row in session.connection.execute(BROUGHT_IN)}
