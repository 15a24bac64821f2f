"""How far applications have come: working days since acceptance beside the reference of the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sgz_desktop.actions.policies import rules_of
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.following import gone, progress_words, reference
from sgz_desktop.domain.policy.filing import KIN, WORKDAY, limit
from sgz_desktop.domain.policy.pack import Level
from sgz_desktop.store import queries
from sgz_desktop.store.session import Reading

WAITING = (None, "pending")  # results that are none yet


@dataclass(frozen=True)
class Progress:
    """An application under way: `done` of `limit` working days gone (limit 0 = no reference known)."""

    id: str
    name: str
    programme: str
    done: int
    limit: int
    words: str
    case: str


def followed(
    session: Reading, today: str, *, open_only: bool
) -> list[tuple[queries.ApplicationRow, Progress]]:
    """Applications with how far they have come, the latest filed first."""
    rows = queries.applications(session, open_only=open_only)
    usual = references(session, today) if any(one.accepted_on for one in rows) else {}
    return [(row, progress(row, today, usual)) for row in rows]


def references(session: Reading, today: str) -> dict[tuple[str, bool], int]:
    """Working days the rules in force give, by code of the programme and whether a household applies."""
    found: dict[tuple[str, bool], int] = {}
    for rule in rules_of(session, today):
        told = limit(rule)
        if told and told.unit == WORKDAY:
            key = rule.programme.code, rule.programme.level is Level.HOUSEHOLD
            found.setdefault(key, told.n)
    return found


def usual_of(usual: Mapping[tuple[str, bool], int], programme: str | None, household: bool) -> int:
    """The reference for one application; 0 where none is known."""
    code = KIN.get(programme or "", programme or "")
    return usual.get((code, household)) or usual.get((code, not household)) or 0


def progress(row: queries.ApplicationRow, today: str, usual: Mapping[tuple[str, bool], int]) -> Progress:
    """An application in words beside today."""
    known = usual_of(usual, row.programme, bool(row.household and not row.person))
    most = reference(row.accepted_on, row.decision_due_on, known)
    return Progress(
        id=row.id,
        name=row.name or "",
        programme=code_list("programme").label(row.programme) if row.programme else "项目未填",
        done=gone(row.accepted_on, today),
        limit=most,
        words=progress_words(row.filed_on, row.accepted_on, most, today),
        case=row.case or "",
    )
