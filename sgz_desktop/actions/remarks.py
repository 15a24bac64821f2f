"""The supervisor's word on a record of casework: all that a supervisor writes."""

from __future__ import annotations

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, Saved, checked, draft_key
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import questions
from sgz_desktop.errors import AppError
from sgz_desktop.store import drafts
from sgz_desktop.store.session import Writing

REMARK = "supervisor_remark"


@action
def remark(desk: Desk, form: Form, text: str) -> Saved:
    """Write the remark on a record on file, and nothing else of it; '' takes it away.

    AppError where the kind has no remark; FormRefused for a text too long.
    """
    if form.new or REMARK not in questions(BY_KIND[form.kind]):
        raise AppError("这份记录没有督导意见栏，没有改动。", "请写在评估、计划或过程记录上。")
    _, writes = checked(desk, form, {REMARK: text}, {})

    def work(session: Writing) -> Changes:
        desk.record(session, "", writes)
        drafts.drop(session, desk.actor.worker, form.kind, draft_key(form))
        return session.changes()

    return Saved(form.kind, form.id, desk.write(work))
