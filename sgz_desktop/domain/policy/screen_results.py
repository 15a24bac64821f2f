"""What `screen` answers: for everybody in a file and every programme the verdict and its reasons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sgz_desktop.domain.policy.choose import Rule, rules
from sgz_desktop.domain.policy.facts import Subject, World
from sgz_desktop.domain.policy.pack import Level, Pack
from sgz_desktop.domain.policy.reasons import Reason, Result, explain
from sgz_desktop.domain.policy.screen_file import read_file
from sgz_desktop.domain.policy.wording import CLOSING, headline


def screen(table: Any, packs: tuple[Pack, ...]) -> dict[str, Any]:
    """`{"results": [...]}` for everybody and every programme. Raises ScreenRefused."""
    asked = read_file(table, packs)
    asking = rules(packs, asked.on, asked.region, asked.given)
    found = [
        result_json(explain(rule, subject, asked.world), rule, asked.doubts)
        for level, subjects in _subjects(asked.world)
        for subject in subjects
        for rule in asking
        if rule.programme.level is level
    ]
    told: dict[str, Any] = {"on": asked.on, "region": asked.region, "closing": CLOSING}
    return {**told, "warnings": list(asked.doubts), "results": found}


def _subjects(world: World) -> Iterator[tuple[Level, list[Subject]]]:
    yield Level.PERSON, list(world.people.values())
    yield Level.HOUSEHOLD, list(world.households.values())


def result_json(result: Result, rule: Rule, doubts: tuple[str, ...] = ()) -> dict[str, Any]:
    """A result as the command line tells it."""
    return {
        "subject": result.subject,
        "programme": result.programme,
        "title": result.title,
        "verdict": result.verdict.value,
        "words": headline(result),
        "missing": [one.words for one in result.missing],
        "warnings": [*doubts, *result.warnings],
        "source": result.source,
        "document": result.document,
        "pack": result.pack,
        "pack_sha256": result.sha256,
        "trust": result.trust.value,
        "effective_from": rule.programme.effective_from,
        "reasons": [_reason_json(one) for one in result.reasons],
    }


def _reason_json(one: Reason) -> dict[str, Any]:
    return {
        "id": one.id,
        "text": one.text,
        "clause": one.clause,
        "source": one.source,
        "subject": one.subject,
        "verdict": one.verdict.value,
        "told": one.told,
        "children": [_reason_json(child) for child in one.children],
    }
