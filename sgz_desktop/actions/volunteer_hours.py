"""Hours of volunteers are counted once: more than 24 hours in a day are refused, what looks like the same
service written down again is marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sgz_desktop.domain import days
from sgz_desktop.domain.fields import Level, Problem, Wire
from sgz_desktop.domain.records.base import Record
from sgz_desktop.domain.records.volunteer import DAY_MINUTES, Volunteer, VolunteerService
from sgz_desktop.store import read
from sgz_desktop.store.session import Reading
from sgz_desktop.store.write import Write

TOO_LONG = "{day}服务时长合计{hours}，超过24小时。"
BEFORE = "志愿者{day}才登记，请核对。"
AFTER = "志愿者{day}已退出，请核对。"
TWICE = "{day}已记过这次服务，请核对是否重复。"
ASKED = ("volunteer", "date", "served", "deleted")
ALTERED = frozenset(ASKED)
Service = Mapping[str, Wire]
OF_DAY = """SELECT id, served, what, activity FROM r_volunteer_service
WHERE volunteer = ? AND date = ? AND id <> ? AND deleted IS NOT 1"""


def too_long_days(session: Reading, writes: Iterable[Write]) -> list[Problem]:
    """Days on which a volunteer would have served more than 24 hours once these are written."""
    written = [one for one in writes if one.kind == VolunteerService.KIND and ALTERED & set(one.values)]
    after = {one.id: _after(session, one) for one in written}
    places = {_at(one) for one in after.values() if _counts(one) and days.is_whole(str(one["date"]))}
    found = []
    for volunteer, day in sorted(places):
        told = [one for one in after.values() if _counts(one) and _at(one) == (volunteer, day)]
        minutes = sum(int(one["served"] or 0) for one in told)
        minutes += sum(int(row[1] or 0) for row in _others(session, volunteer, day) if row[0] not in after)
        if minutes > DAY_MINUTES:
            words = TOO_LONG.format(day=days.show_day(day)[5:], hours=days.show_minutes(minutes))
            found.append(Problem(Level.REFUSE, "served", words))
    return found


def likely_twice(session: Reading, record: Record, id: str) -> list[Problem]:
    """A mark where the same volunteer has on the same day a service that says the same."""
    if not isinstance(record, VolunteerService) or not (record.volunteer and record.date):
        return []
    told = (record.served, record.what, record.activity)
    same = any(alike(told, row[1:]) for row in _others(session, record.volunteer, record.date, id))
    words = TWICE.format(day=days.show_day(record.date)[5:])
    return [Problem(Level.MARK, "date", words)] if same else []


def not_registered(session: Reading, record: Record) -> list[Problem]:
    """A mark where the volunteer was not registered yet on the day of a service, or had left."""
    if not isinstance(record, VolunteerService) or not (record.volunteer and days.is_day(record.date or "")):
        return []
    one, day = read.get(session, Volunteer, record.volunteer), str(record.date)
    begun, over = (one.registered_on or "", one.left_on or "") if one else ("", "")
    if days.is_day(begun) and days.latest(day) < days.earliest(begun):
        return [Problem(Level.MARK, "date", BEFORE.format(day=days.show_day(begun)))]
    if days.is_day(over) and days.earliest(day) > days.latest(over):
        return [Problem(Level.MARK, "date", AFTER.format(day=days.show_day(over)))]
    return []


def alike(one: Sequence[Wire], other: Sequence[Wire]) -> bool:
    """Are two services (minutes, what, activity) of one volunteer and one day one? Of one activity they are;
    else those of one length where not both say what was done, and say it otherwise."""
    minutes, what, activity = one
    other_minutes, other_what, other_activity = other
    if activity and other_activity:
        return activity == other_activity
    return minutes == other_minutes and (not what or not other_what or what == other_what)


def _others(session: Reading, volunteer: str, day: str, id: str = "") -> list[tuple[str, Wire, Wire, Wire]]:
    return list(session.connection.execute(OF_DAY, (volunteer, day, id)))


def _after(session: Reading, write: Write) -> Service:
    before = read.get(session, VolunteerService, write.id)
    stood = {name: getattr(before, name) for name in ASKED} if before else dict.fromkeys(ASKED)
    return {**stood, **{name: write.values[name] for name in ASKED if name in write.values}}


def _counts(one: Service) -> bool:
    return bool(one["volunteer"] and one["date"] and not one["deleted"])


def _at(one: Service) -> tuple[str, str]:
    return str(one["volunteer"]), str(one["date"])
