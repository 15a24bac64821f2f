"""The stages of a case (MZ/T 094-2017), the moves between them, and what each stage should have first.

Gates warn: what is missing is listed in words and can be passed with a reason; only what sends somebody's
data out without their consent cannot. Moves back, to the side and early endings always need a reason. Nothing
here reads a store: a case is given as plain values.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeVar

from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import Wire, split_codes

LEAD, INTAKE, ASSESSMENT, PLAN = "lead", "intake", "assessment", "plan"
INTERVENTION, EVALUATION, CLOSED, FOLLOW_UP = "intervention", "evaluation", "closed", "follow_up"
DECLINED, REFERRED, SUSPENDED, REOPENED = "declined", "referred", "suspended", "reopened"
TRANSFERRED = "transferred"  # to another station: `case_transfer` alone moves there, and nothing moves on

MAIN_WAY = (LEAD, INTAKE, ASSESSMENT, PLAN, INTERVENTION, EVALUATION, CLOSED, FOLLOW_UP)
WORKING = (INTAKE, ASSESSMENT, PLAN, INTERVENTION, EVALUATION)
OVER = frozenset({CLOSED, FOLLOW_UP, DECLINED, REOPENED, TRANSFERRED})
ORAL, AGREED = "oral", "agreed"


class Turn(StrEnum):
    """What sort of move it is. Only the next stage of the main way needs no reason."""

    NEXT = "next"
    BACK = "back"
    ASIDE = "aside"
    EARLY_END = "early_end"
    RESUME = "resume"


@dataclass(frozen=True, slots=True)
class Missing:
    """Something a stage should have and has not: in words, and where it is filled in. What `blocks` is
    passed with no reason."""

    sentence: str
    kind: str
    field: str
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class Requirement:
    """`field` of some record of `kind` holds a value, or, where given, `want` (also among several codes).

    `instead` is another field and the code in it that serves as well.
    """

    kinds: tuple[str, ...]
    field: str
    sentence: str
    want: str = ""
    instead: tuple[str, str] | None = None
    blocks: bool = False


@dataclass(frozen=True)
class CaseFacts:
    """A case as plain values: its stage and, by kind, the values of its records that are not deleted.

    Goals, steps, needs and results stand under their own kinds; a visit that serves the case under "visit".
    """

    stage: str
    records: Mapping[str, Sequence[Mapping[str, Wire]]] = field(default_factory=dict)


class Move(Protocol):
    """What the way of a case is read from: a `case_move`, or its facts."""

    @property
    def id(self) -> str | None: ...
    @property
    def from_stage(self) -> str | None: ...
    @property
    def to_stage(self) -> str | None: ...
    @property
    def moved_on(self) -> str | None: ...
    @property
    def step(self) -> int | None: ...


M = TypeVar("M", bound=Move)


@dataclass(frozen=True, slots=True)
class MoveFact:
    """One `case_move`: its id, its stages, its day and its place on the way."""

    id: str
    from_stage: str | None
    to_stage: str | None
    moved_on: str | None
    step: int | None = None


@dataclass(frozen=True, slots=True)
class MoveCheck:
    """What stands in the way of a move: `missing` can be passed with a reason."""

    turn: Turn
    missing: tuple[Missing, ...]

    @property
    def needs_reason(self) -> bool:
        return self.turn is not Turn.NEXT or bool(self.missing)


class NotAllowed(ValueError):
    """There is no such move. Holds a Chinese sentence."""


def _one(kind: str, field: str, sentence: str, want: str = "") -> Requirement:
    return Requirement((kind,), field, sentence, want)


REQUIREMENTS: Mapping[str, tuple[Requirement, ...]] = {
    INTAKE: (
        _one("case", "number", "个案还没有编号"),
        _one("case", "source", "个案来源还没有填"),
    ),
    ASSESSMENT: (
        _one("intake", "decision", "接案表还没有写明接案", "accept"),
        _one("intake", "problem_own_words", "本人表述的问题还没有填"),
        _one("intake", "urgency", "紧急程度还没有填"),
        _one("consent", "ok_service", "本人还没有同意接受服务", "agreed"),
        Requirement(("consent",), "signed_on", "知情同意书还没有签署", instead=("sign_mode", ORAL)),
    ),
    PLAN: (
        _one("assessment", "conclusion", "需求评估还没有结论"),
        _one("assessment", "risk", "风险等级还没有评定"),
        _one("need", "sort", "需求清单还是空的"),
    ),
    INTERVENTION: (
        _one("plan", "overall_goal", "服务计划还没有总目标"),
        _one("goal", "description", "服务计划还没有分目标"),
        _one("plan", "client_confirmed_on", "服务计划还没有经服务对象确认"),
    ),
    EVALUATION: (Requirement(("session", "visit"), "date", "还没有过程记录"),),
    CLOSED: (
        _one("evaluation", "evaluated_on", "还没有做目标达成评估"),
        _one("evaluation", "satisfaction", "满意度还没有填"),
        _one("closure", "reason", "结案原因还没有填"),
        _one("closure", "summary", "服务小结还没有写"),
        _one("closure", "followup_due_on", "跟进日期还没有定"),
    ),
    FOLLOW_UP: (_one("closure", "closed_on", "结案报告还没有写明日期"),),
    DECLINED: (_one("intake", "decline_reason", "不接案原因还没有填"),),
    REFERRED: (
        _one("referral", "receiver", "转介表还没有写明接收单位"),
        Requirement(("referral",), "consented", "本人还没有同意转介", AGREED, blocks=True),
        _one("referral", "sent_on", "转介还没有转出"),
    ),
    REOPENED: (_one("followup", "reopen_reason", "跟进记录还没有写明重开理由"),),
}

EARLY_END = tuple(need for need in REQUIREMENTS[CLOSED] if need.kinds == ("closure",))


def moves_from(stage: str) -> tuple[str, ...]:
    """The stages a case may move to, the usual next one first."""
    return tuple(to for to in _usual_order(stage) if turn(stage, to) is not None)


def _usual_order(stage: str) -> tuple[str, ...]:
    later = MAIN_WAY[MAIN_WAY.index(stage) + 1 :] if stage in MAIN_WAY else ()
    earlier = tuple(reversed(MAIN_WAY[: MAIN_WAY.index(stage)])) if stage in MAIN_WAY else MAIN_WAY
    return (*later, *earlier, SUSPENDED, REFERRED, DECLINED, REOPENED)


def turn(stage: str, to: str) -> Turn | None:
    """The sort of move between two stages, None when there is none."""
    if to == REOPENED:
        return Turn.RESUME if stage in (CLOSED, FOLLOW_UP) else None
    if stage in (SUSPENDED, REFERRED):
        return Turn.RESUME if to in (*WORKING, CLOSED) else None
    if stage == DECLINED:
        return Turn.BACK if to in (LEAD, INTAKE) else None
    if to == DECLINED:
        return Turn.ASIDE if stage in (LEAD, INTAKE) else None
    if to in (SUSPENDED, REFERRED):
        return Turn.ASIDE if stage in (LEAD, *WORKING) else None
    return _along_main_way(stage, to)


def _along_main_way(stage: str, to: str) -> Turn | None:
    if stage not in MAIN_WAY or to not in MAIN_WAY or stage == to:
        return None
    here, there = MAIN_WAY.index(stage), MAIN_WAY.index(to)
    if there == here + 1:
        return Turn.NEXT
    if to == CLOSED and stage in WORKING:
        return Turn.EARLY_END
    return Turn.BACK if there < here and stage in WORKING else None


def missing(facts: CaseFacts, to: str) -> tuple[Missing, ...]:
    """What the stage `to` should have and the case has not, in the order of the papers."""
    early = to == CLOSED and turn(facts.stage, to) is Turn.EARLY_END
    needs = EARLY_END if early else REQUIREMENTS.get(to, ())
    return tuple(
        Missing(need.sentence, need.kinds[0], need.field, need.blocks)
        for need in needs
        if not _met(facts, need)
    )


def _met(facts: CaseFacts, need: Requirement) -> bool:
    records = [record for kind in need.kinds for record in facts.records.get(kind, ())]
    if need.instead and any(record.get(need.instead[0]) == need.instead[1] for record in records):
        return True
    values = [record.get(need.field) for record in records]
    if need.want:
        return any(need.want in split_codes(value) for value in values)
    return any(value is not None for value in values)


def check_move(facts: CaseFacts, to: str) -> MoveCheck:
    """What a move from the case's stage to `to` needs. Raises NotAllowed."""
    found = turn(facts.stage, to)
    if found is None:
        stages = code_list("case_stage")
        raise NotAllowed(f"个案不能从{stages.label(facts.stage)}直接到{stages.label(to)}，资料没有改动。")
    lacks = () if found in (Turn.BACK, Turn.RESUME) and to != REOPENED else missing(facts, to)
    return MoveCheck(found, lacks)


def refusal(check: MoveCheck, reason: str) -> str:
    """Why the move cannot be made yet, as a sentence; '' when it can."""
    if blocked := block(check.missing):
        return blocked
    if not check.needs_reason or reason.strip():
        return ""
    if check.turn is Turn.NEXT:
        return f"还差{len(check.missing)}项，补上或写明原因后继续。"
    return "这一步需要写明原因。"


def block(lacking: Iterable[Missing]) -> str:
    """What no reason passes, as a sentence; '' when a reason will do."""
    named = "、".join(one.sentence for one in lacking if one.blocks)
    return f"{named}，资料不能转出。" if named else ""


def in_order(moves: Iterable[M]) -> list[M]:
    """Moves as they followed from one another, whatever their days: by step; those made apart on two
    computers have the same, and stand by day, then by id."""
    return sorted(moves, key=lambda move: (move.step or 0, move.moved_on or "", str(move.id)))


def next_step(moves: Iterable[Move]) -> int:
    """The step of a move that is made now."""
    return 1 + max((move.step or 0 for move in moves), default=0)


def backward_days(moves: Iterable[M]) -> list[M]:
    """Moves that by their day surely lie before the one they follow."""
    way = [move for move in in_order(moves) if move.moved_on and days.is_day(move.moved_on)]
    return [
        later
        for earlier, later in itertools.pairwise(way)
        if days.latest(str(later.moved_on)) < days.earliest(str(earlier.moved_on))
    ]


def stage_of(written: str | None, moves: Iterable[Move]) -> str:
    """The stage of a case: where its last move led; without moves what is written on it, else a lead."""
    reached = [move.to_stage for move in in_order(moves) if move.to_stage]
    return reached[-1] if reached else written or LEAD


def broken_way(moves: Iterable[Move]) -> bool:
    """Do the moves not follow from one another? So it is when two computers moved a case apart."""
    way = in_order(moves)
    return any(later.from_stage != earlier.to_stage for earlier, later in itertools.pairwise(way))


def is_open(stage: str) -> bool:
    """Is the case still being worked on, or to be taken up again?"""
    return stage not in OVER
