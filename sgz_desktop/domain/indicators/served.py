"""Who was served on what: the people seen on visits and sessions, in groups and at activities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sgz_desktop.domain.indicator_facts import Contact, Facts, Period, Seen
from sgz_desktop.domain.station_facts import ActivityFact, Attended, GroupSessionFact, SignedIn
from sgz_desktop.domain.units import PersonTimes


@dataclass(frozen=True, slots=True)
class Served:
    """Somebody served on one occasion. `id` is the row that says so, `who` the person's id or, without a
    file, that of the row that names them; `category` of somebody without a file."""

    id: str
    who: str
    category: str | None = None


def contacts(facts: Facts, period: Period) -> Iterator[Contact]:
    """The visits, sessions and follow-ups of the period."""
    return (contact for contact in facts.contacts if not contact.deleted and contact.date in period)


def seen(facts: Facts, found: Iterable[Contact]) -> Iterator[Seen]:
    """Everybody seen on these contacts, once each a contact; nobody where nobody was met."""
    for contact in found:
        if contact.met != 0:
            yield from facts.seen_on.get(contact.id, ())


def held(facts: Facts, period: Period) -> Iterator[GroupSessionFact]:
    """Sessions of groups that took place in the period."""
    for one in facts.group_sessions:
        group = facts.group_by_id.get(one.group or "")
        if group is not None and not group.cancelled and not one.cancelled and one.date in period:
            yield one


def present(facts: Facts, sessions: Iterable[GroupSessionFact]) -> Iterator[Attended]:
    """The members who were at these sessions, once each a session."""
    for one in sessions:
        yield from facts.present_at.get(one.id, ())


def activities(facts: Facts, period: Period) -> Iterator[ActivityFact]:
    """Activities that took place in the period."""
    return (one for one in facts.activities if not one.cancelled and one.date in period)


def signed(facts: Facts, found: Iterable[ActivityFact]) -> Iterator[SignedIn]:
    """Who signed in at these activities, once each an activity."""
    for one in found:
        yield from facts.signed_at.get(one.id, ())


def taking_part(facts: Facts, one: ActivityFact) -> PersonTimes:
    """The people at an activity: those who signed in, or the heads counted where they are more."""
    return PersonTimes(max(len(facts.signed_at.get(one.id, ())), one.head_count or 0))


def served(facts: Facts, period: Period) -> Iterator[Served]:
    """Everybody served in the period who is known by a file or a name, once each an occasion."""
    for one in seen(facts, contacts(facts, period)):
        yield Served(one.id, one.person or "")
    for member in present(facts, held(facts, period)):
        yield Served(member.id, member.person or member.member or "", member.category)
    for guest in signed(facts, activities(facts, period)):
        yield Served(guest.id, guest.person or guest.id)
