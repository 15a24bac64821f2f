"""Families change: somebody joins a household or leaves it; and what is told of people only on asking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import FormRefused, Saved, checked, form, new_form, numbered
from sgz_desktop.actions.people import MemberInput, Registered
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.fields import Problem, split_codes
from sgz_desktop.domain.records.membership import Membership
from sgz_desktop.domain.records.person import Person
from sgz_desktop.errors import AppError
from sgz_desktop.store import queries, read
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.write import Write

NOT_A_MEMBER = "这位成员现在不在这一户，没有改动。"


@action
def add_members(desk: Desk, household: str, people: Sequence[MemberInput]) -> Registered:
    """People join a household on file as one edit. FormRefused has `people.n.field`.

    A member with `person` set is on file already and only joins.
    """
    found: list[Problem] = []
    writes: list[Write] = []
    ids = []
    for place, member in enumerate(people):
        person = new_form(desk, "person", {"filed_on": desk.today()})
        id = member.person or person.id
        relation = {"relation_to_head": member.relation_to_head or None, "lives_in": True}
        parts = [] if member.person else [(person, member.typed)]
        link = new_form(desk, "membership", {"household": household, "person": id})
        parts.append((link, {**relation, **member.membership}))
        ids.append(id)
        for one, typed in parts:
            try:
                writes += checked(desk, one, typed, {})[1]
            except FormRefused as refused:
                found += [Problem(p.level, f"people.{place}.{p.field}", p.sentence) for p in refused.problems]
    if found:
        raise FormRefused(found)

    def work(session: Writing) -> Saved:
        desk.record(session, "", [numbered(session, desk, write) for write in writes])
        return Saved("household", household, session.changes())

    return Registered(household, tuple(ids), desk.write(work))


@action
def leave_household(desk: Desk, person: str, household: str, day: str, note: str = "") -> Saved:
    """Somebody leaves a household on a day (as typed). The membership stays in the history.

    AppError when they are no member now; FormRefused for a day that cannot be.
    """

    def current(session: Reading) -> str:
        for member in read.of_parent(session, Membership, "household", household):
            if member.person == person and member.to_day is None and member.id:
                return member.id
        raise AppError(NOT_A_MEMBER)

    link = form(desk, desk.read(current), "membership")
    typed: dict[str, object] = {"to_day": day or desk.today(), **({"note": note} if note.strip() else {})}
    record, writes = checked(desk, link, typed, {})

    def work(session: Writing) -> Changes:
        desk.record(session, "", writes)
        return session.changes()

    return Saved("membership", str(record.id or link.id), desk.write(work))


@action
def reveal_phone(desk: Desk, person: str) -> str:
    """The telephone number of a person, '' when it is not known. Leaves a line in the access log."""
    found = desk.read(lambda session: read.get(session, Person, person))
    return (found.phone if found else None) or ""


CATEGORIES = """SELECT p.categories, h.categories, count(DISTINCT p.rid) FROM r_person p
LEFT JOIN r_membership m ON m.person = p.id AND m.deleted IS NOT 1 AND m.to_day IS NULL
LEFT JOIN r_household h ON h.id = m.household AND h.deleted IS NOT 1
WHERE p.deleted IS NOT 1 GROUP BY 1, 2"""


@action
def count_categories(desk: Desk) -> dict[str, int]:
    """Category code → people on file it fits, themselves or by their household; '' = all people."""

    def work(session: Reading) -> dict[str, int]:
        counts: Counter[str] = Counter()
        for own, shared, number in queries.table(session, CATEGORIES):
            for code in {"", *split_codes(own), *split_codes(shared)}:
                counts[code] += number
        return dict(counts)

    return desk.read(work)
