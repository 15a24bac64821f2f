"""Who looked at what: the access log in words, for the head of the station."""

from __future__ import annotations

from dataclasses import dataclass

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.store import access, queries
from sgz_desktop.store.session import Reading


@dataclass(frozen=True)
class AccessLine:
    """One line: when (UTC ms), who ('' when their name has not come), which action, on which record."""

    at_ms: int
    worker: str
    action: str
    record: str
    outcome: str


@action
def access_lines(desk: Desk, limit: int = 1000) -> list[AccessLine]:
    """The newest lines, newest first."""

    def work(session: Reading) -> list[AccessLine]:
        names = dict(queries.table(session, "SELECT id, name FROM r_worker"))
        return [
            AccessLine(one.at_ms, names.get(one.worker) or "", one.action, one.record, one.outcome)
            for one in access.lines(session, limit)
        ]

    return desk.read(work)
