"""Households away from home: their visits and to-dos wait, and go on when they are back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain import days, visit_rhythm
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.records.household import Household
from sgz_desktop.errors import AppError
from sgz_desktop.store import queries, read, rounds
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.write import Write

NOT_AWAY = "这一户现在没有登记外出，没有改动。"


def paused(session: Reading, today: str) -> frozenset[str]:
    """Ids of households away today, of the people who live in them, and of the families' cases."""
    away = [id for id, start, end in rounds.away_spans(session) if visit_rhythm.within(start, end, today)]
    return frozenset([*away, *rounds.belonging(session, away)]) if away else frozenset()


def waits(task: queries.TaskRow, away: frozenset[str]) -> bool:
    """Is a task about somebody who is away?"""
    return bool(away & {task.person, task.household, task.case})


def waiting(tasks: Sequence[queries.TaskRow], away: frozenset[str]) -> frozenset[str]:
    """Ids of the tasks that wait."""
    return frozenset(task.id for task in tasks if waits(task, away))


def household_away(values: Mapping[str, Wire], today: str) -> str:
    """全家外出（去了哪里），预计6月30日回来…, of a household's values; '' while it is at home."""
    start, until = str(values.get("away_from") or ""), str(values.get("away_until") or "")
    if not visit_rhythm.within(start, until, today):
        return ""
    where = f"（{values['away_where']}）" if values.get("away_where") else ""
    known = days.is_day(until)
    back = f"预计{days.short_day(until, today)}回来" if known else "还没有说哪天回来"
    return f"全家外出{where}，{back}，走访和待办先停。"


@action
def came_back(desk: Desk, household: str) -> Changes:
    """A household is back today: what waited goes on. AppError when it was not away."""
    today = desk.today()

    def work(session: Writing) -> Changes:
        loaded = read.load(session, Household, household)
        if loaded is None or not visit_rhythm.within(
            loaded.record.away_from, loaded.record.away_until, today
        ):
            raise AppError(NOT_AWAY)
        desk.record(session, "", [Write("household", household, {"away_until": today}, loaded.seen)])
        return session.changes()

    return desk.write(work)
