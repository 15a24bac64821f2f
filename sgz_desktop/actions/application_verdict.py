"""What the rules say of one application: whom its programme is asked about, by which pack, on which day."""

from __future__ import annotations

from dataclasses import dataclass

from sgz_desktop.actions.assist_facts import world_of_rows
from sgz_desktop.actions.policies import rules_of
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.policy.choose import Rule
from sgz_desktop.domain.policy.facts import Subject, World
from sgz_desktop.domain.policy.filing import chosen
from sgz_desktop.domain.policy.pack import Level
from sgz_desktop.domain.policy.reasons import Result, explain
from sgz_desktop.domain.policy.wording import TRUST, paragraph
from sgz_desktop.domain.records.membership import Membership
from sgz_desktop.store import assistance, read
from sgz_desktop.store.session import Reading


@dataclass(frozen=True)
class Asked:
    """A programme as it is asked for somebody: the rule, the person or the household that applies (the other
    is ''), and the verdict, None where they are not on file or there is nothing to ask."""

    rule: Rule | None
    person: str
    household: str
    result: Result | None


def asked_for_person(session: Reading, programme: str, person: str, on: str) -> Asked:
    """For somebody on file: by their household where the programme is a household's and they have one."""
    world = world_of_rows(assistance.around(session, [person]), on)
    home = world.homes.get(person, "")
    rule = chosen(rules_of(session, on), programme, bool(home))
    whole = rule is not None and rule.programme.level is Level.HOUSEHOLD and home in world.households
    subject = world.households.get(home) if whole else world.people.get(person)
    return Asked(rule, "" if whole else person, home if whole else "", _verdict(rule, subject, world))


def asked_for(session: Reading, programme: str, person: str, household: str, on: str) -> Asked:
    """For an application on file, as its own fields say who applies."""
    whole = bool(household and not person)
    world = world_of_rows(assistance.around(session, [person] if person else _people(session, household)), on)
    rule = chosen(rules_of(session, on), programme, whole)
    subject: Subject | None = world.people.get(person)
    if rule is not None and rule.programme.level is Level.HOUSEHOLD:
        subject = world.households.get(household or world.homes.get(person, ""))
    return Asked(rule, person, household, _verdict(rule, subject, world))


def _people(session: Reading, household: str) -> list[str]:
    found = read.of_parent(session, Membership, "household", household)
    return [one.person for one in found if one.person and not one.to_day]


def _verdict(rule: Rule | None, subject: Subject | None, world: World) -> Result | None:
    return explain(rule, subject, world) if rule is not None and subject is not None else None


def pack_words(result: Result) -> str:
    """国家规定-2026.1（随程序提供）."""
    return f"{result.pack}（{TRUST[result.trust]}）"


def kept_verdict(result: Result) -> dict[str, Wire]:
    """A verdict as the application keeps it: its words, and by which pack it was made."""
    return {
        "verdict": paragraph(result),
        "policy_pack": pack_words(result),
        "policy_pack_sha256": result.sha256,
    }
