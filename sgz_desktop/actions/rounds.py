"""The month's round: which households are due, which were reached, and which are away meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain import days, visit_rhythm
from sgz_desktop.domain.categories import each_once
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.deadlines import VISIT_EVERY
from sgz_desktop.domain.fields import split_codes
from sgz_desktop.domain.round_order import place_key, village_key
from sgz_desktop.domain.visit_rhythm import Due, Member
from sgz_desktop.store import queries, rounds, settings
from sgz_desktop.store.session import Reading

MOST_DAYS = 730  # days
AT_ONCE = 500
NO_CATEGORY = frozenset({"none", "other"})


@dataclass(frozen=True)
class Standing:
    """A household somebody lives in, and how it stands with being called on. `last` is the day somebody there
    was reached ('' not within any interval); `away` = paused until it is back."""

    home: rounds.Home
    last: str
    due: Due
    away: bool
    tags: tuple[str, ...]


@dataclass(frozen=True)
class Unvisited:
    """A household to be called on this month; `tags` are categories in words, `due` the working day it was
    or is due on ('' when nobody was ever there), `late` days past it, `last_on` as stored or ''."""

    id: str
    number: str
    village: str
    village_group: str
    house_number: str
    head_name: str
    tags: tuple[str, ...]
    last_on: str
    due: str
    late: int


@dataclass(frozen=True)
class VillageRound:
    """How far the month's round of a village has come, in households: those to be called on in the month, and
    of them those who were (and are not due again by its end). `away` are not among them."""

    village: str | None
    households: int
    reached: int
    away: int = 0


@dataclass(frozen=True)
class MonthRound:
    """Whom to call on in the order of a round, and how many are away and wait."""

    due: tuple[Unvisited, ...]
    away: int
    on_file: int


def every(session: Reading) -> Mapping[str, int]:
    """The station's own intervals over the usual ones; what is set to nonsense is as usual."""
    own = settings.get(session, "visit_every")
    given = own if isinstance(own, dict) else {}
    return {
        **VISIT_EVERY,
        **{
            str(mark): count
            for mark, count in given.items()
            if isinstance(count, int) and 0 <= count <= MOST_DAYS and (count or mark != visit_rhythm.OTHER)
        },
    }


def standing(session: Reading, today: str) -> list[Standing]:
    """Every household with somebody in it whose file is open, in the order of a round."""
    own, members, risks = every(session), rounds.members(session), rounds.risks(session)
    since = days.add_days(today, -max(own.values()) - 31)  # due again whatever came before
    reached = rounds.reached(session, since[:4], today)
    found = []
    for home in rounds.homes(session):
        people = members.get(home.id, [])
        if visit_rhythm.lived_in(people, today):
            marks = visit_rhythm.marks(home.categories, people, risks.get(home.id, ()), today)
            last = reached.get(home.id, "")
            due = visit_rhythm.due(marks, last, today, own)
            away = visit_rhythm.within(home.away_from, home.away_until, today)
            found.append(Standing(home, last, due, away, tags(home, people, today)))
    key = place(session)
    return sorted(found, key=lambda one: key(one.home))


def place(session: Reading) -> Callable[[rounds.Home], tuple[object, ...]]:
    """Sorting key of households: villages in the station's own order, then group and house number."""
    order = settings.get(session, "village_order", []) or []

    def key(home: rounds.Home) -> tuple[object, ...]:
        return (
            village_key(home.village, order),
            place_key(home.village_group),
            place_key(home.house_number),
            home.id,
        )

    return key


def tags(home: rounds.Home, people: Sequence[Member], today: str) -> tuple[str, ...]:
    """Categories of a household and of whoever lives in it, in words, each once."""
    inside = [one.categories for one in people if visit_rhythm.at_home(one, today)]
    theirs, *own = each_once(home.categories, *inside)
    words = [code_list("household_category").label(code) for code in _told(theirs)]
    for categories in own:
        words += [code_list("person_category").label(code) for code in _told(categories)]
    return tuple(dict.fromkeys(words))


def _told(categories: str | None) -> list[str]:
    return [code for code in split_codes(categories) if code not in NO_CATEGORY]


def village_rounds(session: Reading, today: str) -> tuple[VillageRound, ...]:
    """The round of this month by village; where most are still to be called on comes first."""
    by_village: dict[str | None, list[Standing]] = {}
    for one in standing(session, today):
        by_village.setdefault(one.home.village or None, []).append(one)
    found = [_village_round(village, those, today[:7]) for village, those in by_village.items()]
    return tuple(sorted(found, key=lambda row: (row.reached - row.households, row.village or "")))


def _village_round(village: str | None, those: Sequence[Standing], month: str) -> VillageRound:
    end = days.latest(month)
    due = sum(one.due.by(end) for one in those if not one.away)
    reached = sum(one.last[:7] == month and not one.due.by(end) for one in those if not one.away)
    return VillageRound(village, due + reached, reached, sum(one.away for one in those))


@action
def list_unvisited(desk: Desk, month: str) -> MonthRound:
    """Households to be called on by the end of a month (YYYY-MM) who have not been, nor telephoned."""
    return desk.read(lambda session: month_round(session, desk.today(), month))


def month_round(session: Reading, today: str, month: str) -> MonthRound:
    """The same on a snapshot one has already."""
    end = days.latest(month)
    found = standing(session, today)
    due = [one for one in found if not one.away and one.due.by(end)]
    last = _last(session, [one.home.id for one in due])
    rows = tuple(_unvisited(one, last.get(one.home.id, ""), today) for one in due)
    return MonthRound(rows, sum(one.away for one in found), len(found))


def _last(session: Reading, households: Sequence[str]) -> dict[str, str]:
    """The last visit of each, however long ago."""
    found: dict[str, str] = {}
    for at in range(0, len(households), AT_ONCE):
        found |= queries.last_contacts(session, households[at : at + AT_ONCE], [])
    return found


def _unvisited(one: Standing, last: str, today: str) -> Unvisited:
    home, day = one.home, one.due.day or ""
    return Unvisited(
        id=home.id,
        number=home.number or "",
        village=home.village or "",
        village_group=home.village_group or "",
        house_number=home.house_number or "",
        head_name=home.head_name or "",
        tags=one.tags,
        last_on=last,
        due=day,
        late=max(0, days.days_between(day, today)) if day else 0,
    )
