"""The goals of a case as its page shows them: what was agreed, by when, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import split_codes
from sgz_desktop.domain.records.case import Case
from sgz_desktop.domain.records.evaluation import Evaluation, GoalResult
from sgz_desktop.domain.records.plan import Goal, Plan, Step
from sgz_desktop.domain.records.presence import GoalProgress
from sgz_desktop.store import queries, read
from sgz_desktop.store.session import Reading


@dataclass(frozen=True)
class GoalLine:
    """A goal. `late`: past its day and not reached, while the case is open."""

    description: str
    measure: str
    due: str
    state: str
    late: bool


@dataclass(frozen=True)
class StepLine:
    """A step towards a goal."""

    action: str
    who: str
    due: str
    state: str
    late: bool


@dataclass(frozen=True)
class PlanView:
    """A plan and what came of it; `overall` '' when it is not written."""

    id: str
    made: str
    overall: str
    confirmed: bool
    goals: tuple[GoalLine, ...]
    steps: tuple[StepLine, ...]


OCCASIONS = """SELECT id, date FROM r_visit WHERE "case" = ?1 AND deleted IS NOT 1
UNION ALL SELECT id, date FROM r_session WHERE "case" = ?1 AND deleted IS NOT 1"""


@action
def case_goals(desk: Desk, case: str) -> PlanView | None:
    """The plan made last, None when there is none yet."""
    today = desk.today()

    def work(session: Reading) -> PlanView | None:
        plans = read.of_parent(session, Plan, "case", case)
        if not plans:
            return None
        standing = read.get(session, Case, case)
        closed = standing is not None and standing.closed_on is not None
        plan = max(plans, key=lambda one: (one.made_on or "", one.rid or 0))
        reached = reached_goals(session, case)
        goals = _placed(read.of_parent(session, Goal, "plan", str(plan.id)))
        steps = _placed(read.of_parent(session, Step, "plan", str(plan.id)))
        return PlanView(
            id=str(plan.id),
            made=days.short_day(plan.made_on, today) if plan.made_on else "",
            overall=plan.overall_goal or "",
            confirmed=plan.client_confirmed_on is not None,
            goals=tuple(_goal(goal, reached.get(str(goal.id), ("", "")), today, closed) for goal in goals),
            steps=tuple(_step(step, today, closed) for step in steps),
        )

    return desk.read(work)


def _placed(rows: list[Goal] | list[Step]):  # type: ignore[no-untyped-def]
    return sorted(rows, key=lambda row: (row.place is None, row.place or 0, row.rid or 0))


def reached_goals(session: Reading, case: str) -> dict[str, tuple[str, str]]:
    """goal id → (code, words): the result of the evaluation, else the progress noted last."""
    found: dict[str, tuple[str, str]] = {}
    held = queries.table(session, OCCASIONS, case)
    for id, _day in sorted(held, key=lambda row: row[1] or ""):
        for one in read.of_parent(session, GoalProgress, "occasion", id):
            if one.goal and one.progress:
                found[one.goal] = (one.progress, _words("goal_progress", one.progress, one.percent))
    for evaluation in read.of_parent(session, Evaluation, "case", case):
        for result in read.of_parent(session, GoalResult, "evaluation", str(evaluation.id)):
            if result.goal and result.result:
                found[result.goal] = (result.result, _words("goal_result", result.result, result.percent))
    return found


def _words(codes: str, code: str, percent: int | None) -> str:
    label = code_list(codes).label(code)
    return label if percent is None else f"{label}（{percent}%）"


def _goal(goal: Goal, reached: tuple[str, str], today: str, closed: bool) -> GoalLine:
    over = closed or reached[0] in ("reached", "full", "partial", "dropped")
    return GoalLine(
        description=goal.description or "（目标未填）",
        measure=goal.measure or "",
        due=days.short_day(goal.due_on, today) if goal.due_on else "时限未定",
        state=reached[1] or "还没有进度",
        late=_past(goal.due_on, today) and not over,
    )


def _step(step: Step, today: str, closed: bool) -> StepLine:
    names = [code_list("responsible").label(code) for code in split_codes(step.responsible)]
    over = closed or step.state in ("done", "dropped")
    return StepLine(
        action=step.action or "（步骤未填）",
        who=step.responsible_name or "、".join(names),
        due=days.short_day(step.due_on, today) if step.due_on else "",
        state=code_list("step_state").label(step.state) if step.state else "未开始",
        late=_past(step.due_on, today) and not over,
    )


def _past(due: str | None, today: str) -> bool:
    return due is not None and days.is_day(due) and days.latest(due) < today
