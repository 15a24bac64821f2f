"""What the figures of groups, activities, volunteers, resources, staff and money are made of: plain rows.

A reader of the store fills them and leaves deleted records out. Ids are record ids, days are Day text, money
is fen, hours given are minutes. What is so or not may be 1 or 0, as the store has it.
"""

from __future__ import annotations

from typing import NamedTuple


class GroupFact(NamedTuple):
    """A group, and how many of its members were content when it was evaluated."""

    id: str
    cancelled: bool = False
    evaluated_on: str | None = None
    rated_content: int | None = None
    rated_by: int | None = None


class GroupSessionFact(NamedTuple):
    """One session of a group."""

    id: str
    group: str | None
    date: str | None
    cancelled: bool = False


class Attended(NamedTuple):
    """One member at one session; `person` where the member has a file, `category` where not."""

    id: str
    session: str
    member: str | None
    person: str | None = None
    category: str | None = None
    state: str | None = None


class ActivityFact(NamedTuple):
    """One activity."""

    id: str
    date: str | None
    sort: str | None = None
    cancelled: bool = False
    head_count: int | None = None
    told_policy: bool = False
    rated_content: int | None = None
    rated_by: int | None = None


class SignedIn(NamedTuple):
    """One person who signed in at an activity."""

    id: str
    activity: str
    person: str | None = None


class DeskFact(NamedTuple):
    """One call or visit to the desk; `policies` and `subjects` are codes with commas between."""

    id: str
    date: str | None
    way: str | None = None
    policies: str | None = None
    subjects: str | None = None


class GoalFact(NamedTuple):
    """How far a goal of a case was reached, as evaluated on a day."""

    id: str
    case: str
    goal: str | None
    result: str | None
    evaluated_on: str | None = None


class RatingFact(NamedTuple):
    """How content the client of a case is: '5' very … '1'."""

    id: str
    date: str | None
    satisfaction: str | None


class ResourceFact(NamedTuple):
    """A resource brought in; `provider_sort` of the organisation it came from."""

    id: str
    date: str | None
    sort: str | None = None
    worth: int | None = None
    provider: str | None = None
    provider_sort: str | None = None


class OrganisationFact(NamedTuple):
    """An organisation the station moved to help, or helped to found."""

    id: str
    mobilised_on: str | None = None
    founded_on: str | None = None
    fostered: bool = False


class Spell(NamedTuple):
    """Something that stands from a day to the day before another: a volunteer, a team."""

    id: str
    first_on: str | None
    over_on: str | None = None


class ServedFact(NamedTuple):
    """What one volunteer did on one day."""

    id: str
    volunteer: str | None
    date: str | None
    minutes: int | None = None


class TaughtFact(NamedTuple):
    """A supervision or a training. `minutes` as given, else the times tell; `people` who took part."""

    id: str
    date: str | None
    start_time: str | None = None
    end_time: str | None = None
    minutes: int | None = None
    people: int = 0


class StaffFact(NamedTuple):
    """Somebody who works at the station."""

    id: str
    posted_on: str | None
    left_on: str | None = None
    post: str | None = None
    qualification: str | None = None
    full_time: bool = False


class ContractFact(NamedTuple):
    """One year's contract."""

    id: str
    first_on: str | None
    last_on: str | None
    amount: int | None = None


class SpendingFact(NamedTuple):
    """One payment."""

    id: str
    date: str | None
    category: str | None = None
    amount: int | None = None


class ReportFact(NamedTuple):
    """A mandatory report: that there was one, and when."""

    id: str
    date: str | None
