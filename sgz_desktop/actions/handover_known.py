"""What is known of a case that its next worker must know: open work, promises, risks, limits of consent."""

from __future__ import annotations

from sgz_desktop.actions.papers_names import day_words
from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import split_codes
from sgz_desktop.domain.records.base import questions
from sgz_desktop.domain.records.consent import Consent
from sgz_desktop.domain.records.plan import Plan, Step
from sgz_desktop.store import queries, read
from sgz_desktop.store.session import Reading

RISKS = """SELECT i.safety_risks, i.safety_note FROM r_intake i WHERE i."case" = ? AND i.deleted IS NOT 1"""
LAST_PLAN = """SELECT next_plan, next_on FROM (
SELECT date, next_plan, next_on, rid FROM r_session WHERE "case" = ?1 AND deleted IS NOT 1
UNION ALL SELECT date, next_plan, next_on, rid FROM r_visit WHERE "case" = ?1 AND deleted IS NOT 1)
WHERE next_plan IS NOT NULL OR next_on IS NOT NULL ORDER BY date DESC, rid DESC LIMIT 1"""
FEW = 4
ANSWERED = ("agreed", "refused")


def known_of(session: Reading, case: str, today: str) -> dict[str, str]:
    """The notes of a handover as far as records tell them, by field; '' where nothing is on file."""
    plans = read.of_parent(session, Plan, "case", case)
    plan = max(plans, key=lambda one: (one.made_on or "", str(one.id)), default=None)
    return {
        "open_work": "\n".join([*_tasks(session, case), *_steps(session, plan)]),
        "promises": _promised(session, case),
        "risks": "\n".join([*_risks(session, case), *([plan.risk_plan] if plan and plan.risk_plan else [])]),
        "consent_limits": _limits(session, case),
    }


def _by(day: str | None) -> str:
    return f"（{days.show_day(day)}前）" if day and days.is_day(day) else ""


def _tasks(session: Reading, case: str) -> list[str]:
    return [f"{one.what or '（未写）'}{_by(one.due_on)}" for one in queries.open_tasks(session, about=[case])]


def _steps(session: Reading, plan: Plan | None) -> list[str]:
    steps = read.of_parent(session, Step, "plan", str(plan.id)) if plan else []
    return [f"计划步骤：{one.action}{_by(one.due_on)}" for one in steps if one.action and _undone(one)]


def _undone(step: Step) -> bool:
    return step.done_on is None and step.state not in ("done", "dropped")


def _promised(session: Reading, case: str) -> str:
    rows = queries.table(session, LAST_PLAN, case)
    words, day = rows[0] if rows else (None, None)
    return "".join((words or "", f"约定{days.show_day(day)}再见。" if day and days.is_day(day) else ""))


def _risks(session: Reading, case: str) -> list[str]:
    found = []
    for codes, note in queries.table(session, RISKS, case):
        named = "、".join(code_list("safety_risk").label(code) for code in split_codes(codes))
        found += [part for part in (named, note) if part]
    return found


def _some(names: list[str]) -> str:
    return "、".join(names[:FEW]) + (f"等{len(names)}项" if len(names) > FEW else "")


def _limits(session: Reading, case: str) -> str:
    """What was refused, and what nobody answered, item by item, of the consent given last."""
    found = read.of_parent(session, Consent, "case", case)
    if not found:
        return "还没有知情同意书。"
    last = max(found, key=lambda one: (one.signed_on or one.told_on or "", str(one.id)))
    items = {name: q.ask.label for name, q in questions(Consent).items() if name.startswith("ok_")}
    refused = [words for name, words in items.items() if getattr(last, name) == "refused"]
    unanswered = [words for name, words in items.items() if getattr(last, name) not in ANSWERED]
    told = [
        f"不同意：{'、'.join(refused)}。" if refused else "",
        f"没有问到：{_some(unanswered)}。" if unanswered else "",
        f"{day_words(last.withdrawn_on)}撤回同意。" if last.withdrawn_on else "",
        "" if last.signed_on else "同意书还没有签署。",
    ]
    return "\n".join(part for part in told if part) or "各项都同意。"
