"""What the figures of a brief are made of: plain rows of contacts, files, cases, applications, referrals.

A reader of the store fills them; `indicators` counts them. Ids are record ids, days are Day text. The rows
of the station's other work are in `station_facts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import NamedTuple

from sgz_desktop.domain import days
from sgz_desktop.domain.fact_columns import columns
from sgz_desktop.domain.station_facts import (
    ActivityFact,
    Attended,
    ContractFact,
    DeskFact,
    GoalFact,
    GroupFact,
    GroupSessionFact,
    OrganisationFact,
    RatingFact,
    ReportFact,
    ResourceFact,
    ServedFact,
    SignedIn,
    Spell,
    SpendingFact,
    StaffFact,
    TaughtFact,
)

NOT_SEEN = frozenset({"not_met", "proxy"})
PRESENT = frozenset({"present", "late"})
AT_HOME = frozenset({None, "home"})


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last whole day, both counted."""

    first: days.Day
    last: days.Day

    @classmethod
    def of(cls, day: days.Day) -> Period:
        """All that a Day may mean: the whole day, its month or its year."""
        return cls(days.earliest(day), days.latest(day))

    def __contains__(self, day: str | None) -> bool:
        """Does the day surely lie in the period? A bare year lies in no month."""
        return _lies_in(self.first, self.last, day)

    def among(self, days: Iterable[str | None]) -> frozenset[str | None]:
        """Those of the days that surely lie in the period: many rows, few days."""
        return frozenset(filter(partial(_lies_in, self.first, self.last), set(days)))

    def begun(self, day: str | None) -> bool:
        """Was the day reached by the end of the period? Unknown days are none."""
        span = span_of(day)
        return span is not None and span.first <= self.last

    def begun_among(self, days: Iterable[str | None]) -> frozenset[str | None]:
        """Those of the days that were reached by the end of the period: many rows, few days."""
        return frozenset(day for day in set(days) if self.begun(day))


@lru_cache(maxsize=1 << 15)
def span_of(day: str | None) -> Period | None:
    """All that a stored day may mean; None when it is no day. Few days, many records."""
    return Period.of(day) if day is not None and days.is_day(day) else None


@lru_cache(maxsize=1 << 14)
def _lies_in(first: days.Day, last: days.Day, day: str | None) -> bool:
    span = span_of(day)
    return span is not None and first <= span.first and span.last <= last


class Contact(NamedTuple):
    """A visit, session or follow-up. `kind` is its record kind; times are HH:MM; `met` None is unknown;
    `policies` told, codes with commas between."""

    id: str
    kind: str
    date: str | None
    mode: str | None = None
    met: bool | None = None
    case: str | None = None
    start_time: str | None = None
    end_time: str | None = None
    deleted: bool = False
    household: str | None = None
    policies: str | None = None


class Seen(NamedTuple):
    """A presence: one person on one occasion."""

    id: str
    occasion: str
    person: str | None
    mode: str | None = None
    deleted: bool = False


class FileFact(NamedTuple):
    """A person's or household's file. Where no day of filing is written, give the day of its first edit.

    `categories` are codes with commas between; `gone_on` is the first day of having died or moved away.
    """

    id: str
    kind: str
    filed_on: str | None
    closed_on: str | None = None
    deleted: bool = False
    categories: str | None = None
    born: str | None = None
    gone_on: str | None = None


class CaseFact(NamedTuple):
    """A case as it now stands."""

    id: str
    stage: str | None
    opened_on: str | None
    closed_on: str | None = None
    risk: str | None = None
    deleted: bool = False


class ApplicationFact(NamedTuple):
    """An application the station helped with."""

    id: str
    programme: str | None
    filed_on: str | None
    person: str | None = None
    household: str | None = None
    deleted: bool = False
    accepted_on: str | None = None
    result: str | None = None
    result_on: str | None = None


class ReferralFact(NamedTuple):
    """A referral, a placement or a job found."""

    id: str
    person: str | None
    sent_on: str | None
    placed_on: str | None = None
    job_from: str | None = None
    deleted: bool = False


@dataclass(frozen=True)
class Facts:
    """What the figures are made of. Contacts and presences outside the period may be left out.

    `edits` are (record id, local day) of changes to files, one a day at least. `decisions` are applications
    filed by the end of the period and decided in it, later or not yet; `worked` the cases of the contacts.
    """

    contacts: Sequence[Contact] = ()
    seen: Sequence[Seen] = ()
    files: Sequence[FileFact] = ()
    edits: Sequence[tuple[str, str]] = ()
    cases: Sequence[CaseFact] = ()
    applications: Sequence[ApplicationFact] = ()
    referrals: Sequence[ReferralFact] = ()
    decisions: Sequence[ApplicationFact] = ()
    goals: Sequence[GoalFact] = ()
    ratings: Sequence[RatingFact] = ()
    groups: Sequence[GroupFact] = ()
    group_sessions: Sequence[GroupSessionFact] = ()
    attended: Sequence[Attended] = ()
    activities: Sequence[ActivityFact] = ()
    sign_ins: Sequence[SignedIn] = ()
    desk: Sequence[DeskFact] = ()
    resources: Sequence[ResourceFact] = ()
    organisations: Sequence[OrganisationFact] = ()
    volunteers: Sequence[Spell] = ()
    teams: Sequence[Spell] = ()
    served: Sequence[ServedFact] = ()
    supervisions: Sequence[TaughtFact] = ()
    trainings: Sequence[TaughtFact] = ()
    staff: Sequence[StaffFact] = ()
    contracts: Sequence[ContractFact] = ()
    spendings: Sequence[SpendingFact] = ()
    reports: Sequence[ReportFact] = ()
    worked: Sequence[CaseFact] = ()

    @cached_property
    def case_by_id(self) -> Mapping[str, CaseFact]:
        return {case.id: case for case in (*self.cases, *self.worked)}

    @cached_property
    def seen_on(self) -> Mapping[str, Mapping[str, str]]:
        """Occasion → the people seen there, each once: person → id of the presence."""
        found: dict[str, dict[str, str]] = {}
        fields = ("id", "occasion", "person", "mode", "deleted")
        for id, occasion, person, mode, deleted in columns(self.seen, *fields):
            if person is not None and not deleted and mode not in NOT_SEEN:
                there = found.get(occasion)
                if there is None:
                    found[occasion] = {person: id}
                else:
                    there.setdefault(person, id)
        return found

    @cached_property
    def file_by_person(self) -> Mapping[str, FileFact]:
        return {file.id: file for file in self.files if file.kind == "person" and not file.deleted}

    @cached_property
    def present_at(self) -> Mapping[str, Mapping[str, Attended]]:
        """Session of a group → the members who were there, on time or late, each once: person or, without a
        file, member → attendance."""
        found: dict[str, dict[str, Attended]] = {}
        for one in self.attended:
            if one.member is not None and one.state in PRESENT:
                found.setdefault(one.session, {}).setdefault(one.person or one.member, one)
        return found

    @cached_property
    def signed_at(self) -> Mapping[str, Mapping[str, str]]:
        """Activity → who signed in there, somebody on file once: person or, without a file, sign-in → id of
        the sign-in."""
        found: dict[str, dict[str, str]] = {}
        for id, activity, person in columns(self.sign_ins, "id", "activity", "person"):
            there = found.get(activity)
            if there is None:
                found[activity] = {person or id: id}
            else:
                there.setdefault(person or id, id)
        return found
