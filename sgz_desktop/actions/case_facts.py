"""Where a case stands, as plain facts: its stage, what the next one lacks, its way so far, its risk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sgz_desktop.domain import days, lifecycle
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.lifecycle import CaseFacts, MoveFact
from sgz_desktop.domain.records.case import CaseMove
from sgz_desktop.store import queries, read
from sgz_desktop.store.session import Reading

ROWS_OF = {"need": "assessment", "goal": "plan"}
ASSESSED_RISK = """SELECT "case", risk FROM r_assessment WHERE risk IS NOT NULL AND deleted IS NOT 1
ORDER BY coalesce(assessed_on, ''), rid"""


@dataclass(frozen=True)
class Step:
    """One step of the stage bar: `state` is done, now or ahead; `note` a date or 还差n项."""

    stage: str
    label: str
    state: str
    note: str = ""
    lacking: int = 0


def stage_label(stage: str) -> str:
    """The word for a stage."""
    return code_list("case_stage").label(stage)


def risk_of(values: Mapping[str, Wire], facts: CaseFacts) -> str:
    """The code of the case's own risk, else of the last assessment that has one, else ''."""
    assessed = [one for one in facts.records.get("assessment", ()) if one.get("risk")]
    last = max(assessed, key=lambda one: str(one.get("assessed_on") or ""), default={})
    return str(values.get("risk") or last.get("risk") or "")


def next_stage(stage: str) -> str:
    """The usual next stage, '' where there is none."""
    return next(
        (to for to in lifecycle.moves_from(stage) if lifecycle.turn(stage, to) is lifecycle.Turn.NEXT), ""
    )


def case_facts(session: Reading, case: str, values: Mapping[str, Wire]) -> tuple[CaseFacts, list[MoveFact]]:
    """What the stages ask of a case: only the fields they name are read, whatever the number of records."""
    records: dict[str, list[Mapping[str, Wire]]] = {"case": [values]}
    for kind, names in _asked().items():
        parent = ROWS_OF.get(kind)
        where = f"""{parent} IN (SELECT id FROM r_{parent} WHERE "case" = ? AND deleted IS NOT 1)"""
        columns = ", ".join(f'"{name}"' for name in names)
        rows = queries.table(
            session,
            f"""SELECT {columns} FROM r_{kind} WHERE {where if parent else '"case" = ?'}
            AND deleted IS NOT 1 ORDER BY rid""",
            case,
        )
        records[kind] = [dict(zip(names, row, strict=True)) for row in rows]
    moves = [
        MoveFact(str(move.id), move.from_stage, move.to_stage, move.moved_on, move.step)
        for move in read.of_parent(session, CaseMove, "case", case)
    ]
    stage = lifecycle.stage_of(str(values.get("stage") or "") or None, moves)
    return CaseFacts(stage, records), moves


@cache
def _asked() -> Mapping[str, tuple[str, ...]]:
    """Fields by kind that stages ask for, and those risk is read from."""
    asked: dict[str, set[str]] = {"assessment": {"risk", "assessed_on"}}
    for needs in lifecycle.REQUIREMENTS.values():
        for need in needs:
            for kind in need.kinds:
                asked.setdefault(kind, set()).update({need.field, *(need.instead or ())[:1]})
    asked.pop("case", None)
    return {kind: tuple(sorted(names)) for kind, names in asked.items()}


def steps_of(facts: CaseFacts, moves: Sequence[MoveFact], today: str, lacking: int) -> tuple[Step, ...]:
    way = [stage for stage in lifecycle.MAIN_WAY if stage != lifecycle.LEAD]
    reached = {move.to_stage: move.moved_on for move in lifecycle.in_order(moves)}
    here = facts.stage if facts.stage in way else _before_leaving(moves, way)
    place = way.index(here) if here in way else -1
    steps = []
    for index, stage in enumerate(way):
        day = reached.get(stage)
        note = days.short_day(day, today) if day and index <= place else ""
        state = "done" if index < place else "now" if index == place else "ahead"
        short = lacking if index == place + 1 and stage == next_stage(facts.stage) else 0
        steps.append(
            Step(stage, stage_label(stage), state, note or (f"还差{short}项" if short else ""), short)
        )
    return tuple(steps)


def _before_leaving(moves: Sequence[MoveFact], way: Sequence[str]) -> str:
    stages = [move.to_stage for move in lifecycle.in_order(moves) if move.to_stage in way]
    return stages[-1] or "" if stages else ""
