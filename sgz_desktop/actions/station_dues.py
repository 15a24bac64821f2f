"""What the station owes by a day: its contract's reports, what its staff need, the sessions of groups and
the activities that are to come. What inspectors asked the records name themselves (`domain.deadlines`)."""

from __future__ import annotations

from collections.abc import Iterator

from sgz_desktop.actions import contract_year, staff_standing
from sgz_desktop.domain import days
from sgz_desktop.domain.agenda import Item
from sgz_desktop.domain.staffing import State
from sgz_desktop.store import queries
from sgz_desktop.store.queries import HERE
from sgz_desktop.store.session import Reading

PLANNED = f"""SELECT k.id, k.date, coalesce(k.name, ''), coalesce(k.worker, '') FROM r_activity k
WHERE k.date BETWEEN ? AND ? AND length(k.date) = 10 AND k.cancelled IS NOT 1 AND k.deleted {HERE}
  AND k.head_count IS NULL AND NOT EXISTS
  (SELECT 1 FROM r_sign_in i WHERE i.activity = k.id AND i.deleted {HERE}) ORDER BY k.date, k.rid"""
WAITING = (State.RISK, State.MISSED)
KINDS = frozenset({"contract", "staff", "inspection", "group_session", "activity"})
MEETING = f"""SELECT s.id, s.date, coalesce(g.name, ''), coalesce(s.title, ''),
  coalesce(s.worker, g.worker, '')
FROM r_group_session s JOIN r_group g ON g.id = s."group" AND g.deleted {HERE} AND g.cancelled IS NOT 1
WHERE s.date BETWEEN ? AND ? AND s.cancelled IS NOT 1 AND s.deleted {HERE} AND NOT EXISTS
  (SELECT 1 FROM r_attendance a WHERE a.session = s.id AND a.deleted {HERE}) ORDER BY s.date, s.rid"""


def station_items(session: Reading, today: days.Day, since: days.Day, until: days.Day) -> list[Item]:
    """Everything of the station due between two days, and what is due without a day."""
    found = [*_reports(session, today), *_staff(session, today)]
    found += _meetings(session, today, until)
    found += _activities(session, today, until)
    return [one for one in found if not one.day or since <= one.day <= until]


def _reports(session: Reading, today: days.Day) -> Iterator[Item]:
    for year, one in contract_year.reports_due(session, today):
        if not one.done:
            origin = f"contract.{one.sort}:{year.id}:{one.day}"
            of_year = f"（合同{year.words}）" if year.last < today else ""
            yield Item(origin, "contract", year.id, f"报送{one.title}{of_year}", one.day)


def _staff(session: Reading, today: days.Day) -> Iterator[Item]:
    for one in staff_standing.standing(session, today):
        late_for_good = one.code == "posting" and one.state is State.MISSED
        if one.state in WAITING and one.ids and not late_for_good:
            origin = f"staff.{one.code}:{one.ids[0]}:{one.when}"
            yield Item(origin, "staff", one.ids[0], one.words, one.when)


def _meetings(session: Reading, today: days.Day, until: days.Day) -> Iterator[Item]:
    """Sessions from today on whose attendance is not marked yet."""
    for id, day, group, title, worker in queries.table(session, MEETING, today, until):
        what = f"小组“{group}”：{title}" if title else f"小组“{group}”开展一节"
        yield Item(f"group_session.date:{id}:{day}", "group_session", id, what, day, worker=worker)


def _activities(session: Reading, today: days.Day, until: days.Day) -> Iterator[Item]:
    """Activities from today on at which nobody was counted yet."""
    for id, day, name, worker in queries.table(session, PLANNED, today, until):
        what = f"活动：{name}" if name else "开展一场活动"
        yield Item(f"activity.date:{id}:{day}", "activity", id, what, day, worker=worker)
