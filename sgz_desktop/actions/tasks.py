"""Things to do: see those of a case, and finish them."""

from __future__ import annotations

from collections.abc import Sequence

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.workbench import DueLine, due_lines
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.records.task import Task
from sgz_desktop.store import queries, read
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.write import Write


@action
def list_tasks(desk: Desk, about: str = "") -> tuple[DueLine, ...]:
    """Tasks not done, soonest first, paused ones last; `about` is the id of a person, household or case."""
    today = desk.today()

    def work(session: Reading) -> tuple[DueLine, ...]:
        rows = queries.open_tasks(session, about=[about] if about else [])
        return due_lines(session, rows, today)

    return desk.read(work)


@action
def finish_tasks(desk: Desk, ids: Sequence[str], *, undo: bool = False) -> Changes:
    """Write down that tasks are done today; `undo` takes it back."""
    done = None if undo else desk.today()

    def work(session: Writing) -> Changes:
        found = [(id, read.load(session, Task, id)) for id in ids]
        writes = [Write("task", id, {"done_on": done}, loaded.seen) for id, loaded in found if loaded]
        desk.record(session, "", writes)
        return session.changes()

    return desk.write(work)
