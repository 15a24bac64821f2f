"""Whether the station's people are enough and qualified, read from the staff on file and the contract."""

from __future__ import annotations

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.contract_doubts import contract_years
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain import days
from sgz_desktop.domain.contract_year import running
from sgz_desktop.domain.records.contract import Contract
from sgz_desktop.domain.staffing import Member, Signing, Standing, staffing
from sgz_desktop.store import queries, read
from sgz_desktop.store.session import Reading

STAFF = """SELECT id, coalesce(name, ''), post, full_time, posted_on, left_on, qualification, certified_on,
registered_until, records_checked_on FROM r_staff WHERE deleted IS NOT 1 ORDER BY rid"""


@action
def staff_standing(desk: Desk) -> list[Standing]:
    """Every rule of staffing as it stands today, the missed first; [] where no staff is on file."""
    today = desk.today()
    return desk.read(lambda session: standing(session, today))


def standing(session: Reading, today: days.Day) -> list[Standing]:
    """The same on a snapshot one has already."""
    rows = queries.table(session, STAFF)
    members = [Member(id, name, post, _said(full), *rest) for id, name, post, full, *rest in rows]
    return staffing(members, _signing(session, today), today) if members else []


def _said(value: int | None) -> bool | None:
    return None if value is None else value == 1


def _signing(session: Reading, today: days.Day) -> Signing:
    year = running(contract_years(session), today)
    record = read.get(session, Contract, year.id) if year else None
    if record is None:
        return Signing()
    return Signing(record.signed_on, record.cycle_first_on or record.first_on, record.full_time_posts)
