"""Whose verdicts would be others under a pack about to be put in: the list 需复核."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.assist import asked
from sgz_desktop.actions.assist_facts import world_of_rows
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.policies import PackPreview, local_of, packs_of, rules_with
from sgz_desktop.domain.policy.choose import Rule, used_params
from sgz_desktop.domain.policy.evaluate import verdict
from sgz_desktop.domain.policy.facts import Subject, World
from sgz_desktop.domain.policy.pack import Level, Verdict
from sgz_desktop.domain.policy.reasons import explain
from sgz_desktop.domain.policy.wording import headline
from sgz_desktop.store import assistance

Step = Callable[[int, int], None]
Key = tuple[str, Level]
NOT_BEFORE, NOT_AFTER = "原来没有这个项目", "不再有这个项目"


@dataclass(frozen=True)
class ChangedVerdict:
    """One person or household (`home` tells households apart), a programme, what is said now and after."""

    id: str
    home: str
    name: str
    programme: str
    before: str
    after: str


@action
def changed_by(
    desk: Desk, preview: PackPreview, step: Step = lambda done, total: None
) -> tuple[ChangedVerdict, ...]:
    """Everybody on file under the rules in force and under those with the pack. `step(done, total)` is told
    how far it is and may raise Cancelled. The store is read once, before."""
    today = desk.today()
    local, packs, rows = desk.read(
        lambda session: (local_of(session), packs_of(session), assistance.everybody(session))
    )
    others = [one for one in packs if one.id != preview.pack.id]
    old = rules_with(local, packs, today)
    new = rules_with(local, [*others, preview.pack], today)
    differing = [key for key in _keys(old) | _keys(new) if not _same(_of(old, key), _of(new, key))]
    old, new = _among(old, differing), _among(new, differing)
    world = world_of_rows(rows, today)
    found: dict[tuple[str, str], ChangedVerdict] = {}
    here = [row.id for row in rows.people if row.closed_on is None]
    for number, person in enumerate(here):
        step(number, len(here))
        for one in _changed(old, new, world, person):
            found.setdefault((one.id, one.programme), one)
    step(len(here), len(here))
    return tuple(found.values())


def _key(rule: Rule) -> Key:
    return rule.programme.id, rule.programme.level


def _keys(found: list[Rule]) -> set[Key]:
    return {_key(rule) for rule in found}


def _of(found: list[Rule], key: Key) -> Rule | None:
    return next((rule for rule in found if _key(rule) == key), None)


def _among(found: list[Rule], keys: list[Key]) -> list[Rule]:
    """The rules of programmes of which any level differs: who is asked depends on which levels there are."""
    ids = {id for id, _ in keys}
    return [rule for rule in found if rule.programme.id in ids]


def _changed(old: list[Rule], new: list[Rule], world: World, person: str) -> Iterator[ChangedVerdict]:
    before, after = _by_key(old, world, person), _by_key(new, world, person)
    home = world.homes.get(person, "") or person
    for key in dict.fromkeys((*before, *after)):
        was, will = before.get(key), after.get(key)
        held = will or was
        verdicts = [verdict(*one, world) if one else Verdict.N for one in (was, will)]
        new_or_gone = not (was and will)
        if held and verdicts[0] is not verdicts[1] and (not new_or_gone or Verdict.Y in verdicts):
            rule, one = held
            said = _said(was, world, NOT_BEFORE), _said(will, world, NOT_AFTER)
            yield ChangedVerdict(one.id, home, one.called or "（姓名未填）", rule.programme.title, *said)


def _by_key(found: list[Rule], world: World, person: str) -> Mapping[Key, tuple[Rule, Subject]]:
    return {_key(rule): (rule, one) for rule, one in asked(found, world, person)}


def _same(one: Rule | None, other: Rule | None) -> bool:
    """Do two rules ask the same, whatever packs they stand in?"""
    return one is not None and other is not None and _asks(one) == _asks(other)


def _asks(rule: Rule) -> tuple[object, ...]:
    used = {name: rule.terms.values.get(name) for name in _named(rule)}
    return rule.begun, rule.programme.root, dict(rule.programme.nodes), used, dict(rule.terms.deductions)


def _named(rule: Rule) -> set[str]:
    until = (one.until for one in rule.terms.deductions.values())
    return {*used_params(rule.programme), *(one.name for one in until if not isinstance(one, str))}


def _said(asked_of: tuple[Rule, Subject] | None, world: World, otherwise: str) -> str:
    return headline(explain(*asked_of, world)) if asked_of else otherwise
