"""Who was served on what: the people seen on visits and sessions, in groups and at activities."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import chain, compress
from operator import and_
from typing import Any

from sgz_desktop.domain.fact_columns import column, columns
from sgz_desktop.domain.indicator_facts import Contact, Facts, Period
from sgz_desktop.domain.station_facts import ActivityFact, Attended, GroupSessionFact
from sgz_desktop.domain.units import PersonTimes

Served = tuple[str, str | None]
"""Somebody served: the id of the person or, without a file, of the row that names them; its category."""


Once = Iterator[tuple[str, str]]
"""Somebody once an occasion: the person or, without a file, the row that names them; the id of the row."""


def contacts(facts: Facts, period: Period) -> list[Contact]:
    """The visits, sessions and follow-ups of the period."""
    inside = period.among(column(facts.contacts, "date"))
    return [one for one in facts.contacts if one.date in inside and not one.deleted]


def occasions(facts: Facts, period: Period, **among: Container[Any]) -> list[tuple[str, bool | None]]:
    """Id and `met` of the contacts of the period, of those whose fields are among some values."""
    dates = column(facts.contacts, "date")
    chosen = map(period.among(dates).__contains__, dates)
    for name, values in among.items():
        chosen = map(and_, chosen, map(values.__contains__, column(facts.contacts, name)))
    found = compress(columns(facts.contacts, "id", "met", "deleted"), chosen)
    return [(id, met) for id, met, deleted in found if not deleted]


def seen(facts: Facts, found: Iterable[tuple[str, bool | None]]) -> Once:
    """Everybody seen on these occasions, once each; nobody where nobody was met."""
    there = facts.seen_on
    return chain.from_iterable(there[id].items() for id, met in found if met != 0 and id in there)


def held(facts: Facts, period: Period) -> list[GroupSessionFact]:
    """Sessions of groups that took place in the period."""
    going_on = {group.id for group in facts.groups if not group.cancelled}
    return [
        one
        for one in facts.group_sessions
        if one.group in going_on and not one.cancelled and one.date in period
    ]


def present(facts: Facts, sessions: Iterable[GroupSessionFact]) -> Iterator[Attended]:
    """The members who were at these sessions, once each a session."""
    there = facts.present_at
    return chain.from_iterable(there[one.id].values() for one in sessions if one.id in there)


def activities(facts: Facts, period: Period) -> list[ActivityFact]:
    """Activities that took place in the period."""
    return [one for one in facts.activities if not one.cancelled and one.date in period]


def signed(facts: Facts, found: Iterable[ActivityFact]) -> Once:
    """Who signed in at these activities, once each an activity."""
    there = facts.signed_at
    return chain.from_iterable(there[one.id].items() for one in found if one.id in there)


def taking_part(facts: Facts, one: ActivityFact) -> PersonTimes:
    """The people at an activity: those who signed in, or the heads counted where they are more."""
    return PersonTimes(max(len(facts.signed_at.get(one.id, ())), one.head_count or 0))


def served(facts: Facts, period: Period) -> Iterator[Served]:
    """Everybody served in the period who is known by a file or a name, at least once."""
    yield from ((who, None) for who, _ in seen(facts, occasions(facts, period)))
    there = present(facts, held(facts, period))
    yield from ((one.person or one.member or "", one.category) for one in there)
    guests = signed(facts, activities(facts, period))
    yield from ((who, None) for who, _ in guests)
