"""Consent given by word of mouth before a witness, with a day by which it is put on paper."""

from __future__ import annotations

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.cases import new_paper
from sgz_desktop.actions.casework_rules import limits_of
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, Saved, load_form, save_form
from sgz_desktop.domain import days
from sgz_desktop.domain.lifecycle import AGREED, ORAL
from sgz_desktop.domain.records.consent import Consent
from sgz_desktop.domain.workdays import workday_on_or_after
from sgz_desktop.errors import AppError
from sgz_desktop.store import read
from sgz_desktop.store.session import Reading

NO_WITNESS = "口头同意要有见证人，还没有保存。"


@action
def paper_due(desk: Desk, on: str) -> str:
    """By when a consent given on a day is to be signed: the station's days later, then a working day."""
    limits = desk.read(limits_of)
    return workday_on_or_after(days.add_days(on, limits.oral_days))


@action
def agree_orally(desk: Desk, case: str, witness: str, on: str, due: str) -> Saved:
    """Write down that the client agreed to the service by word of mouth. AppError without a witness.

    A consent paper that waits for its signature is used; `on` and `due` are days.
    """
    if not witness.strip():
        raise AppError(NO_WITNESS, "请填写当时在场的见证人。")
    waiting = desk.read(lambda session: _waiting(session, case, desk.today()))
    form = waiting or new_paper(desk, case, "consent")
    typed = {
        "ok_service": AGREED,
        "sign_mode": ORAL,
        "witness": witness,
        "paper_due_on": due,
        "told_on": on,
        "worker": form.values.get("worker") or desk.user,
    }
    return save_form(desk, form, typed)


def _waiting(session: Reading, case: str, today: str) -> Form | None:
    papers = read.of_parent(session, Consent, "case", case)
    found = [one for one in papers if one.signed_on is None and one.withdrawn_on is None]
    return load_form(session, Consent, str(found[-1].id), today) if found else None
