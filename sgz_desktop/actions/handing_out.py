"""Which hand-outs of a resource still lack a signature, and that many were signed for at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.records.resource import Handout
from sgz_desktop.domain.signing import ON_PAPER
from sgz_desktop.store import activities, read
from sgz_desktop.store.session import Writing
from sgz_desktop.store.write import Write

OPEN = (None, "pending")


@dataclass(frozen=True)
class ToSign:
    """A hand-out nobody has signed for as far as is known: to whom, on what day, how many, where."""

    id: str
    name: str
    date: str
    quantity: int
    village: str


@action
def handouts_to_sign(desk: Desk, resource: str) -> tuple[ToSign, ...]:
    """The hand-outs of a resource without a signature, as they were made."""
    return desk.read(lambda session: tuple(ToSign(*one) for one in activities.unsigned(session, resource)))


@action
def sign_handouts(desk: Desk, ids: Sequence[str], reason: str = "") -> Changes:
    """Note as one edit that those who received signed by hand; what is signed for or gone is passed over."""

    def work(session: Writing) -> Changes:
        found = [read.load(session, Handout, id) for id in dict.fromkeys(ids)]
        writes = [
            Write(Handout.KIND, str(one.record.id), {"signed": ON_PAPER}, one.seen)
            for one in found
            if one and not one.record.deleted and one.record.signed in OPEN
        ]
        desk.record(session, reason, writes)
        return session.changes()

    return desk.write(work)
