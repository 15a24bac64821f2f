"""What an evaluator would ask about a case, read from its records; and which cases have such marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.case_facts import case_facts
from sgz_desktop.actions.casework_rules import limits_of
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import plain
from sgz_desktop.actions.timeline import session_days
from sgz_desktop.domain import days, lifecycle
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.lifecycle import MoveFact
from sgz_desktop.domain.quality import SPOKEN, Mark, Review, Served, Told, comparable, marks
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import questions
from sgz_desktop.domain.records.case import Case
from sgz_desktop.errors import AppError
from sgz_desktop.store import facts, queries, read
from sgz_desktop.store.session import Reading

OF_CASE = '"case" = ?1'
BELOW = '{0} IN (SELECT id FROM r_{0} WHERE "case" = ?1 AND deleted IS NOT 1)'
OCCASION = """occasion IN (SELECT id FROM r_session WHERE "case" = ?1 AND deleted IS NOT 1
UNION ALL SELECT id FROM r_visit WHERE "case" = ?1 AND deleted IS NOT 1)"""
ASKED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "intake": (OF_CASE, ("intake_on", "supervisor_remark")),
    "consent": (OF_CASE, ("told_on", "ok_service", "signed_on", "sign_mode", "paper_due_on")),
    "assessment": (OF_CASE, ("assessed_on",)),
    "need": (BELOW.format("assessment"), ("assessment",)),
    "scale_score": (BELOW.format("assessment"), ("instrument", "scored_on")),
    "plan": (OF_CASE, ("made_on", "client_confirmed_on", "supervisor_confirmed_on", "supervisor_remark")),
    "goal": (BELOW.format("plan"), ("plan", "place", "measure", "due_on", "need")),
    "session": (OF_CASE, ("date", *SPOKEN)),
    "visit": (OF_CASE, ("date", *SPOKEN)),
    "goal_progress": (OCCASION, ("goal",)),
    "evaluation": (OF_CASE, ("evaluated_on", "before", "after", "score_before", "score_after")),
    "goal_result": (BELOW.format("evaluation"), ("goal",)),
    "rating": (OF_CASE, ("instrument", "rated_on")),
    "closure": (
        OF_CASE,
        (
            *("closed_on", "reason", "followup_due_on", "client_signed_on"),
            *("supervisor_signed_on", "supervisor_remark"),
        ),
    ),
    "followup": (OF_CASE, ("date",)),
}
TEXTS = """SELECT c.id, c.number, {texts} FROM r_{kind} o JOIN r_case c ON c.id = o."case"
WHERE c.worker = ? AND c.id <> ? AND c.deleted IS NOT 1 AND o.deleted IS NOT 1"""


@action
def case_quality(desk: Desk, case: str) -> tuple[Mark, ...]:
    """The marks of one case, in the order of the work. AppError when it has not arrived."""

    def work(session: Reading) -> tuple[Mark, ...] | None:
        found = read.get(session, Case, case)
        if found is None:
            return None
        return _marks(session, found, _told_by(session, found.worker, but=case), desk.today())

    found = desk.read(work)
    if found is None:
        raise AppError("这个个案的资料还没有到本机。", "等对方电脑的数据包到了再看。")
    return found


@action
def quality_counts(desk: Desk) -> dict[str, int]:
    """Case id → how many marks it has; cases without any are left out."""
    today = desk.today()

    def work(session: Reading) -> dict[str, int]:
        told: dict[str | None, list[tuple[str, Told]]] = {}
        counts = {}
        for case in read.select_where(session, Case):
            if case.worker not in told:
                told[case.worker] = _told_by(session, case.worker)
            counts[str(case.id)] = len(_marks(session, case, told[case.worker], today))
        return {id: count for id, count in counts.items() if count}

    return desk.read(work)


def _marks(session: Reading, case: Case, told: Iterable[tuple[str, Told]], today: str) -> tuple[Mark, ...]:
    return marks(_review(session, case, told), limits_of(session), today)


def _review(session: Reading, case: Case, told: Iterable[tuple[str, Told]]) -> Review:
    id, values = str(case.id), plain(case)
    stage_facts, moves = case_facts(session, id, values)
    held = session_days(session, id)
    served = tuple(
        Served("visit" if rid else "session", one, day if days.is_day(day) else "") for day, one, rid in held
    )
    by_kind = {kind: [one.id for one in served if one.kind == kind] for kind in ("session", "visit")}
    return Review(
        case=values,
        stage=stage_facts.stage,
        reached=_reached(stage_facts.stage, moves),
        moves=moves,
        records={kind: _records(session, kind, id) for kind in ASKED},
        served=served,
        entered={
            id: day
            for kind, ids in by_kind.items()
            for id, day in facts.entry_days(session, kind, ids).items()
        },
        elsewhere=tuple(one for of, one in told if of != id),
    )


def _reached(stage: str, moves: Iterable[MoveFact]) -> str:
    """The stage of the main way a case stands at, or left from."""
    if stage in lifecycle.MAIN_WAY:
        return stage
    way = [str(move.to_stage) for move in lifecycle.in_order(moves) if move.to_stage in lifecycle.MAIN_WAY]
    return way[-1] if way else lifecycle.INTAKE


def _records(session: Reading, kind: str, case: str) -> list[dict[str, Wire]]:
    where, names = _query(kind)
    columns = ", ".join(f'"{name}"' for name in ("id", *names))
    rows = queries.table(
        session, f"SELECT {columns} FROM r_{kind} WHERE {where} AND deleted IS NOT 1 ORDER BY rid", case
    )
    return [dict(zip(("id", *names), row, strict=True)) for row in rows]


@cache
def _query(kind: str) -> tuple[str, tuple[str, ...]]:
    """Where, and the fields a kind has of those asked for."""
    where, names = ASKED[kind]
    return where, tuple(name for name in names if name in questions(BY_KIND[kind]))


def _told_by(session: Reading, worker: str | None, but: str = "") -> list[tuple[str, Told]]:
    """Every text long enough to be compared in the cases of a worker but one, with the case it is of."""
    found = []
    for kind in ("session", "visit") if worker else ():
        _, names = _query(kind)
        texts = ", ".join(f'o."{name}"' for name in names if name != "date")
        for case, number, *said in queries.table(session, TEXTS.format(kind=kind, texts=texts), worker, but):
            folded = (comparable(text) for text in said)
            found += [(str(case), Told(number or "", text)) for text in folded if text]
    return found
