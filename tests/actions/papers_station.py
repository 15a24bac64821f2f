"""Cases for tests of papers: one with every declared field of every kind filled, one told by actions."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from sgz_desktop.actions import cases, forms, people, visits
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import RowInput
from sgz_desktop.domain.fields import RefKind, Wire
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import questions
from sgz_desktop.reports.values import Choice, Choices, GoalTrack, Option
from sgz_desktop.store.write import Write
from tests.domain.generate import filled

KINDS = (
    "person",
    "household",
    "membership",
    "obligor",
    "benefit",
    "visit",
    "presence",
    "goal_progress",
    "case",
    "case_move",
    "intake",
    "consent",
    "assessment",
    "need",
    "scale_score",
    "plan",
    "goal",
    "step",
    "session",
    "application",
    "paper_item",
    "referral",
    "evaluation",
    "goal_result",
    "closure",
    "followup",
    "attachment",
    "referral_call",
)
TARGETS = {"visit|session|followup": "session", "*": "session"}
OTHERS = {("obligor", "who"): "person-2", ("case", "found_in"): "visit-2", ("case", "reopens"): "case-2"}


def full_case(desk: Desk) -> dict[str, dict[str, Wire]]:
    """Write one record of each kind, all of one case and all fields filled; kind → its stored values."""
    values = {kind: case_values(kind, n) for n, kind in enumerate(KINDS, start=1)}
    more: dict[str, tuple[str, dict[str, Wire]]] = {
        "person-2": ("person", {"name": "义务人测试"}),
        "visit-2": ("visit", {"date": "1951-01-01", "household": "household", "facts": "发现个案的走访"}),
        "organisation": ("organisation", {"name": "通讯录里的一家单位"}),
        "case-2": ("case", {"number": "1949-A001", "client": "person"}),
    }
    writes = [Write(kind, kind, given) for kind, given in values.items()]
    writes += [Write(kind, id, given) for id, (kind, given) in more.items()]
    desk.write(lambda session: desk.doing("save_form").record(session, "", writes))
    return values


def case_values(kind: str, n: int) -> dict[str, Wire]:
    """Stored values of one record of `full_case`: all fields filled, references to the others of the case."""
    given = filled(BY_KIND[kind], n, known_codes=True)
    for name, question in questions(BY_KIND[kind]).items():
        if isinstance(question.kind, RefKind):
            target = TARGETS.get(question.kind.kind, question.kind.kind)
            given[name] = OTHERS.get((kind, name), target)
    return given


def spoken(value: object) -> Iterator[str]:
    """What a paper tells: all its text, of check boxes only the ticked ones, answers and figures too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Option):
        yield from [value.label] if value.ticked else []
    elif isinstance(value, Choices):
        yield value.title
        for item in value.items:
            yield from _answered(value, item)
    elif isinstance(value, GoalTrack):
        yield value.goal
        yield from (f"{percent}%" for percent in value.percents if percent is not None)
    elif isinstance(value, tuple):
        for item in value:
            yield from spoken(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from spoken(getattr(value, field.name))


def _answered(choices: Choices, item: Choice) -> Iterator[str]:
    yield item.text
    if item.answer is not None:
        yield choices.yes if item.answer else choices.no


def family(desk: Desk, **typed: object) -> people.Registered:
    """A made-up father and daughter on file, found at home and talked to in one visit."""
    father: dict[str, object] = {
        "name": "陈有田",
        "sex": "1",
        "born": "1962-03-05",
        "id_number": "110105196203051234",
        "phone": "13800138001",
    }
    daughter = {"name": "陈小雨", "sex": "2", "contact_name": "周桂花", "contact_phone": "13900139002"}
    home = {"village": "上溪村", "village_group": "三组", "house_number": "甲字47号"}
    return people.register_household(
        desk,
        home,
        [people.MemberInput("02", {**father, **typed}), people.MemberInput("30", daughter)],
    )


def visit(desk: Desk, of: people.Registered, day: str, case: str = "", **typed: object) -> str:
    """A visit on which both were seen; with `case` it serves the case."""
    form = visits.new_visit(desk, household=of.household, person=of.people[1])
    rows = [RowInput("", {"person": one}) for one in of.people] if typed.get("met", True) else []
    given = {"date": day, "start_time": "9:00", "end_time": "9:45", "case": case or None, **typed}
    return forms.save_form(desk, form, given, {"presences": rows}).id


def paper(desk: Desk, case: str, kind: str, typed: Mapping[str, object], **rows: list[dict[str, Any]]) -> str:
    """One more paper of a case, with its rows."""
    form = cases.new_paper(desk, case, kind)
    inputs = {name: [RowInput("", one) for one in given] for name, given in rows.items()}
    return forms.save_form(desk, form, typed, inputs).id
