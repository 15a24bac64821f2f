"""What life events ask for, from the records of the people they happened to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sgz_desktop.actions.policies import rules_of
from sgz_desktop.domain import agenda, days
from sgz_desktop.domain.agenda import Item
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.life_events import BEHIND_DAYS, Ages, Life, Raised, ages_of, raised
from sgz_desktop.domain.policy.ages import age_marks
from sgz_desktop.store import dues, families, life_means, lives, queries
from sgz_desktop.store.life_means import Rise
from sgz_desktop.store.lives import LifeRow
from sgz_desktop.store.session import Reading

UNNAMED = "（姓名未填）"
UNPAID = frozenset({"other", "left_child", "veteran"})  # as categories they bring no payment of themselves
BY_INCOME = frozenset({"tekun", "dibao", "dibao_margin"})
NOTHING = "none"  # 未享受待遇: known to receive nothing


@dataclass(frozen=True)
class LeftOpen:
    """A task about somebody who has died; `day` '' when it has none."""

    id: str
    what: str
    day: str


@dataclass(frozen=True)
class LifeAsks:
    """What one person's life asks for: items as they stand in the agenda, and, once they have died, the tasks
    that were open about them and nobody has decided on."""

    items: tuple[Item, ...] = ()
    left_open: tuple[LeftOpen, ...] = ()


NOTHING_ASKED = LifeAsks()


def life_items(session: Reading, today: str) -> list[Item]:
    """Everything raised on a day by anybody's life, whether a task stands for it or not."""
    asks = _asking(session, today)
    rows = {row.id: row for row in lives.lives(session, today, ages_of(asks.marks))}
    for id in sorted({*asks.rises, *asks.jobs} - set(rows)):
        if row := lives.life_of(session, id):
            rows[id] = row
    return [item for row in rows.values() for item in _items(session, row, today, asks)]


@dataclass(frozen=True)
class _Asking:
    """What is known beside the records of people: ages the packs in force name, and incomes that rose."""

    marks: Ages
    rises: Mapping[str, list[Rise]]
    jobs: Mapping[str, list[tuple[str, str]]]


def _asking(session: Reading, today: str, person: str = "") -> _Asking:
    since = days.add_days(today, -BEHIND_DAYS)
    marks = age_marks(rules_of(session, today))
    jobs = life_means.jobs(session, since[:4], person)
    return _Asking(marks, life_means.rises(session, since, person), jobs)


def life_asks(session: Reading, person: str, today: str) -> LifeAsks:
    """What one person's life asks for and no task stands for yet."""
    row = lives.life_of(session, person)
    if row is None:
        return NOTHING_ASKED
    taken = dues.origins(session)
    asks = _asking(session, today, person)
    items = tuple(agenda.without(_items(session, row, today, asks), taken))
    tasks = queries.open_tasks(session, about=[person]) if row.died_on else []
    left = tuple(LeftOpen(task.id, task.what or "（未写）", task.due_on or "") for task in tasks)
    return LifeAsks(items, left)


def _items(session: Reading, row: LifeRow, today: str, asks: _Asking | None = None) -> list[Item]:
    asks = asks or _asking(session, today, row.id)
    return [_item(row, one) for one in raised(life(session, row, today, asks), today, asks.marks)]


def _item(row: LifeRow, one: Raised) -> Item:
    return Item(
        origin=one.origin,
        kind="person",
        id=row.id,
        what=one.what,
        day=one.due,
        name=row.name or UNNAMED,
        person=row.id,
        case=one.case,
        more=one.more,
    )


def life(session: Reading, row: LifeRow, today: str, asks: _Asking) -> Life:
    """A person's life with the names of what they receive."""
    benefits = _received(session, row, today) if row.died_on else ()
    rises, jobs = asks.rises.get(row.id, ()), tuple(asks.jobs.get(row.id, ()))
    homes = {rise.id for rise in rises if rise.kind == "household"}
    return Life(
        id=row.id,
        born=row.born,
        died_on=row.died_on,
        moved_on=row.moved_on,
        married_on=row.married_on,
        left_school_on=row.left_school_on,
        jailed_on=row.jailed_on,
        jailed_until=row.jailed_until,
        disability_valid_to=row.disability_valid_to,
        benefits=benefits,
        cases=tuple(lives.open_cases(session, row.id)) if row.died_on else (),
        aid=_aid(session, row, today) if rises or jobs else (),
        home_aid=_home_aid(session, homes, today),
        incomes=tuple((rise.kind, rise.id, rise.day) for rise in rises),
        jobs=jobs,
        closed=bool(row.closed),
    )


def _aid(session: Reading, row: LifeRow, today: str) -> tuple[str, ...]:
    """Names of what somebody receives by their income, their own or their household's."""
    found = dict.fromkeys(
        code for code, _ in (*lives.running(session, row, today), *lives.categories(session, row))
    )
    labels = code_list("person_category")
    return tuple(labels.label(code) for code in found if code in BY_INCOME)


def _home_aid(session: Reading, homes: Collection[str], today: str) -> tuple[str, ...]:
    """The same of everybody who lives in households."""
    members = [one.person for one in families.members_of(session, homes) if one.to_day is None]
    rows = [row for person in members if (row := lives.life_of(session, person))]
    return tuple(dict.fromkeys(name for row in rows for name in _aid(session, row, today)))


def _received(session: Reading, row: LifeRow, today: str) -> tuple[str, ...]:
    """What somebody who died received, in words, that of the whole household marked. Soon after a death a
    category that comes with assistance is named too, though no row tells since when."""
    found = list(lives.running(session, row, today))
    if days.days_between(days.latest(row.died_on or ""), today) <= BEHIND_DAYS:
        found += [one for one in lives.categories(session, row) if one[0] not in UNPAID]
    paid, told = code_list("benefit"), dict[str, bool]()
    for code, shared in found:
        if code in paid.codes and code != NOTHING:
            told.setdefault(code, shared)
    return tuple(paid.label(code) + ("（全家）" if shared else "") for code, shared in told.items())
