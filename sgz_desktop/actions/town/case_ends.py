"""How a case of the town goes on beside sessions, and ends: aid, referrals, evaluation, closure, stages."""

from __future__ import annotations

from sgz_desktop.actions.town.case_sheet import CaseSheet, Typed
from sgz_desktop.actions.town.outlines import Table
from sgz_desktop.actions.town.seasons import BEGUN
from sgz_desktop.domain.days import add_days


def apply(case: CaseSheet, sheet: Table) -> None:
    """An application for assistance that was granted."""
    filed, decided = case.one.day(sheet["filed"]), case.one.day(sheet["result"])
    typed: Typed = {
        "case": case.id,
        "person": case.one.client.id,
        "programme": sheet["programme"],
        "applied_by": "self",
        "worker": case.worker(filed),
        "service_item": case.aid if filed >= BEGUN else None,
        "stage": "submitted",
        "filed_on": filed,
        "accepted_by": "青禾镇民政办",
    }
    made = case.add(filed, "application", typed)
    for title in ("申请书", "居民身份证", "相关票据或证明"):
        case.add(
            filed, "paper_item", {"application": made, "title": title, "state": "ready", "got_on": filed}
        )
    known = {
        "stage": sheet["stage"],
        "result": "confirmed",
        "result_on": decided,
        "amount": sheet["amount"],
    }
    known["accepted_on"] = case.one.day(sheet["accepted"])
    case.book.change(case.worker(decided), decided, "17:30", "application", made, known)


def refer(case: CaseSheet, sheet: Table) -> None:
    """Somebody sent on, and what came of it."""
    sent, replied = case.one.day(sheet["sent"]), case.one.day(sheet["replied"])
    typed: Typed = {
        "case": case.id,
        "person": case.one.client.id,
        "sort": sheet["sort"],
        "reasons": "需要专业服务",
        "reason_note": sheet["why"],
        "receiver": sheet["receiver"],
        "receiver_sort": sheet["receiver_sort"],
        "consented": "agreed",
        "consented_on": sent,
        "materials": "姓名与联系方式",
        "sent_on": sent,
        "worker": case.worker(sent),
        "service_item": case.aid if sent >= BEGUN else None,
    }
    made = case.add(sent, "referral", typed)
    known: Typed = {"reply_on": replied, "outcome": sheet["outcome"]}
    if "placed" in sheet:
        known |= {"placed_on": case.one.day(sheet["placed"]), "placed_at": sheet["receiver"]}
    if "job" in sheet:
        known |= {"job_title": sheet["job"], "job_from": replied, "job_wage": sheet["wage"]}
    day = max(replied, str(known.get("placed_on", "")))
    case.book.change(case.worker(day), day, "17:30", "referral", made, known)


def end(case: CaseSheet) -> None:
    """Evaluation, closure and follow-ups, as far as they came."""
    if sheet := case.told.get("evaluation"):
        _evaluate(case, sheet)
    if sheet := case.told.get("closure"):
        _close(case, sheet)
    for offset, mode, result, situation, *why in case.told.get("followups", ()):
        day = case.one.day(offset)
        typed: Typed = {
            "case": case.id,
            "date": day,
            "mode": mode,
            "result": result,
            "situation": situation,
        }
        reason = why[0] if why else ""
        typed |= {"worker": case.worker(day), "reopen": bool(reason), "reopen_reason": reason}
        made = case.add(day, "followup", typed)
        case.add(day, "presence", {"occasion": made, "person": case.one.client.id, "mode": "met"})


def _evaluate(case: CaseSheet, sheet: Table) -> None:
    day = case.one.day(sheet["on"])
    typed: Typed = {
        **{name: sheet[name] for name in ("before", "after", "overall", "satisfaction", "reflection")},
        "case": case.id,
        "evaluated_on": day,
        "worker": case.worker(day),
        "methods": "目标达成评定，访谈，满意度",
        "satisfaction_by": "本人",
        "client_words": sheet["words"],
    }
    if score := case.told.get("score"):
        typed |= {"score_name": score[0], "score_before": score[1], "score_after": score[2]}
    made = case.add(day, "evaluation", typed)
    for goal, (result, percent, note) in zip(case.goals, case.told["results"], strict=True):
        known: Typed = {
            "evaluation": made,
            "goal": goal,
            "result": result,
            "percent": percent,
            "note": note,
        }
        case.add(day, "goal_result", known)


def _close(case: CaseSheet, sheet: Table) -> None:
    day = case.one.day(sheet["on"])
    gone = sheet["reason"] in ("死亡", "失联")
    typed: Typed = {
        "case": case.id,
        "closed_on": day,
        "reason": sheet["reason"],
        "reason_note": sheet["note"],
        "summary": sheet["summary"],
        "goals_reached": sheet["reached"],
        "remaining_risks": sheet["risks"],
        "risk_note": sheet["risk_note"],
        "followup_plan": sheet["plan"],
        "followup_due_on": add_days(day, int(sheet["due"]) - int(sheet["on"])) if sheet["due"] else None,
        "client_words": sheet["words"],
        "client_signed_on": None if gone else day,
        "client_sign_mode": None if gone else case.told["consent"]["sign"],
        "worker": case.worker(day),
        "worker_signed_on": day,
        "supervisor": case.supervisor,
        "supervisor_signed_on": day if sheet["remark"] else None,
        "supervisor_remark": sheet["remark"],
    }
    case.add(day, "closure", typed)


def move(case: CaseSheet) -> None:
    """Its stages, each an edit of its own."""
    stage = "intake"
    for place, (to, day, reason) in enumerate(case.one.moves(), start=2):
        time = f"17:{43 + place}"
        known: Typed = {"stage": to}
        if to in ("closed", "reopened"):
            known["closed_on"] = day if to == "closed" else None
        case.book.change(case.worker(day), day, time, "case", case.id, known, reason)
        move: Typed = {
            "case": case.id,
            "from_stage": stage,
            "to_stage": to,
            "step": place,
            "moved_on": day,
        }
        case.add(day, "case_move", {**move, "reason": reason}, time=time, reason=reason)
        stage = to
