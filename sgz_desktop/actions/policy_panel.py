"""The panel 可能符合的政策: each programme with its reasons, where what is missing is filled in, and what is
already applied for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sgz_desktop.actions.allowed import action, allowed
from sgz_desktop.actions.assist import asked, ranked, seen_by
from sgz_desktop.actions.assist_facts import world_of_rows
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.policies import rules_of
from sgz_desktop.domain.policy.facts import World
from sgz_desktop.domain.policy.places import Owners, Place, place_of
from sgz_desktop.domain.policy.reasons import Result, explain
from sgz_desktop.domain.records.assessment import SELF_CARE
from sgz_desktop.store import assistance
from sgz_desktop.store.assistance import Rows
from sgz_desktop.store.session import Reading


@dataclass(frozen=True)
class Gap:
    """One fact that is missing, in words, and where it is filled in."""

    words: str
    place: Place


@dataclass(frozen=True)
class Offer:
    """One programme for the person or their household. `under_way`: 办理中 or 准备材料, '' not applied for;
    `application` is that application."""

    result: Result
    gaps: tuple[Gap, ...]
    under_way: str = ""
    application: str = ""


@dataclass(frozen=True)
class PolicyPanel:
    """What may be met first, then what lacks least; `names` of everybody a reason may speak of. `applies`:
    this worker may begin an application."""

    person: str
    household: str
    offers: tuple[Offer, ...]
    names: Mapping[str, str]
    applies: bool


@action
def policy_panel(
    desk: Desk, person: str, self_care: Mapping[str, object] | None = None
) -> PolicyPanel | None:
    """Every programme for a person; `self_care` are answers of the six items as they stand in a form and are
    not saved yet. None when the person is not here."""
    today, applies = desk.today(), allowed(desk.actor, "new_paper")

    def work(session: Reading) -> PolicyPanel | None:
        rows = seen_by(desk.actor, assistance.around(session, [person]))
        if self_care is not None:
            rows = _answered(rows, person, self_care)
        return _panel(session, rows, person, today, applies)

    return desk.read(work)


def _answered(rows: Rows, person: str, typed: Mapping[str, object]) -> Rows:
    answers = tuple(str(typed[name]) if typed.get(name) else None for name in SELF_CARE)
    others = tuple(one for one in rows.self_care if one[0] != person)
    return replace(rows, self_care=(*others, (person, answers)))


def _panel(session: Reading, rows: Rows, person: str, today: str, applies: bool) -> PolicyPanel | None:
    world = world_of_rows(rows, today)
    if person not in world.people:
        return None
    found = asked(rules_of(session, today), world, person)
    results = ranked(explain(rule, one, world) for rule, one in found)
    home, owners = world.homes.get(person, ""), _owners(rows, world)
    begun = assistance.applied_for(session, person, home)
    offers = tuple(_offer(one, owners, begun) for one in results)
    called = {id: one.called for id, one in world.people.items()}
    called |= {id: one.called for id, one in world.households.items()}
    return PolicyPanel(person, home, offers, called, applies)


def _offer(one: Result, owners: Owners, begun: Mapping[str, tuple[str, str | None]]) -> Offer:
    gaps = tuple(Gap(lack.words, place_of(lack, one.subject, owners)) for lack in one.missing)
    if one.code not in begun:
        return Offer(one, gaps)
    application, filed = begun[one.code]
    return Offer(one, gaps, "办理中" if filed else "准备材料", application)


def _owners(rows: Rows, world: World) -> Owners:
    told_by = {f"kin:{one.id}": one.person for one in rows.kin if not one.who}
    told_by |= {f"obligor:{one.id}": one.person for one in rows.obligors}
    told_by |= {f"{who}:{one.id}": one.id for one in rows.people for who in ("spouse", "parents")}
    return Owners(told_by, world.homes, frozenset(world.households))
