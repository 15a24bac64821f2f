"""Old cases that are on paper: taken up with number, days and result, and asked for nothing more."""

from __future__ import annotations

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import FormRefused, Typed, checked, new_form, numbered
from sgz_desktop.domain import lifecycle
from sgz_desktop.domain.fields import Level, Problem
from sgz_desktop.errors import AppError
from sgz_desktop.store import queries
from sgz_desktop.store.session import Writing

FIELDS = ("paper_number", "opened_on", "closed_on", "topic", "worker", "paper_result")


@action
def enter_paper_case(desk: Desk, person: str, typed: Typed) -> str:
    """Enter a closed case by the names of `FIELDS`; its id. FormRefused; AppError when nobody is named.

    It is counted in the months it ran, and is never late or incomplete. Scans are attached to it as to any
    record.
    """
    if not person:
        raise AppError("还没有选定服务对象，旧档案没有录入。", "请先选好是谁的个案。")
    given = {name: typed[name] for name in FIELDS if name in typed}
    if not str(given.get("closed_on") or "").strip():
        raise FormRefused([Problem(Level.REFUSE, "closed_on", "请填结案日期，只记得年份也可以。")])
    home = desk.read(lambda session: queries.household_of(session, person))
    form = new_form(desk, "case", {"client": person, "household": home or None, "on_paper": True})
    given |= {"stage": lifecycle.CLOSED}
    record, writes = checked(desk, form, given, {})
    move: dict[str, object] = {"case": form.id, "to_stage": lifecycle.CLOSED, "step": 1}
    move["moved_on"] = getattr(record, "closed_on", None)
    moved = checked(desk, new_form(desk, "case_move"), move, {})[1]

    def work(session: Writing) -> None:
        desk.record(session, "", [numbered(session, desk, write) for write in [*writes, *moved]])

    desk.write(work)
    return form.id
