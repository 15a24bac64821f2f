"""What somebody on file may qualify for, and why: the panel 可能符合的政策."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sgz_desktop.actions.allowed import action, allowed
from sgz_desktop.actions.assist_facts import world_of_rows
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.policies import rules_of
from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.policy.choose import Rule
from sgz_desktop.domain.policy.facts import Subject, World
from sgz_desktop.domain.policy.pack import Level, Verdict
from sgz_desktop.domain.policy.reasons import Result, explain
from sgz_desktop.store import assistance
from sgz_desktop.store.assistance import Rows
from sgz_desktop.store.session import Reading

ORDER = {Verdict.Y: 0, Verdict.U: 1, Verdict.N: 2}


@action
def policies_for(desk: Desk, person: str, on: str = "") -> tuple[Result, ...]:
    """Every programme for a person and their household: what may be met first, then what is still open."""
    return desk.read(lambda session: results_of(session, person, on or desk.today(), desk.actor))


def results_of(session: Reading, person: str, on: str, actor: Actor | None = None) -> tuple[Result, ...]:
    """The same, inside a reading; as far as `actor` may know."""
    rows = assistance.around(session, [person])
    world = world_of_rows(seen_by(actor, rows) if actor else rows, on)
    if person not in world.people:
        return ()
    found = [explain(rule, one, world) for rule, one in asked(rules_of(session, on), world, person)]
    return ranked(found)


def ranked(results: Iterable[Result]) -> tuple[Result, ...]:
    """What may be met first, then what is open, each in the order of the pack: the weightiest first."""
    return tuple(sorted(results, key=lambda one: ORDER[one.verdict]))


def seen_by(actor: Actor, rows: Rows) -> Rows:
    """Without what stands in papers of a case, for who opens none."""
    return rows if allowed(actor, "form", kind="assessment") else replace(rows, self_care=())


def asked(rules: Iterable[Rule], world: World, person: str) -> list[tuple[Rule, Subject]]:
    """Whom each rule is asked about: the person, or their household. What both levels have is asked of the
    household where there is one."""
    home = world.households.get(world.homes.get(person, ""))
    kept = list(rules)
    twice = _both_levels(kept) if home else frozenset()
    found: list[tuple[Rule, Subject]] = []
    for rule in kept:
        if rule.programme.level is Level.HOUSEHOLD:
            found += [(rule, home)] if home else []
        elif rule.programme.id not in twice:
            found.append((rule, world.people[person]))
    return found


def _both_levels(rules: Sequence[Rule]) -> frozenset[str]:
    levels = {(rule.programme.id, rule.programme.level) for rule in rules}
    return frozenset(id for id, level in levels if level is Level.HOUSEHOLD and (id, Level.PERSON) in levels)
