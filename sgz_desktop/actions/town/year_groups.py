"""The year's groups: plan, members and consent, sessions with attendance, scores and evaluation."""

from __future__ import annotations

from typing import Any

from sgz_desktop.actions.town.chance import Chance
from sgz_desktop.actions.town.people import Resident
from sgz_desktop.actions.town.seasons import LAST
from sgz_desktop.actions.town.words import told
from sgz_desktop.actions.town.year_diary import Diary, Typed, pick
from sgz_desktop.actions.town.year_people import Crowd
from sgz_desktop.actions.town.year_records import contract_of
from sgz_desktop.domain.days import add_days

PLAN = ("name", "sort", "focus", "village", "place", "idea", "goals", "recruiting", "risks", "budget")
THERE = [("present", 0.86), ("late", 0.05), ("leave", 0.06), ("absent", 0.03)]
WHY = ("去亲戚家", "身体不舒服", "家里有事", "农忙", "下雨路滑", "要看孩子")
OPINIONS = (
    "来这里有人说话。",
    "比一个人在家强。",
    "学到的回去就用了。",
    "时间短了点。",
    "下回还叫我。",
    "起先不想来，现在盼着来。",
    "说出来心里松快。",
    "我讲得少，听得多。",
)
LEFT = "外出投奔亲人"


def write(diary: Diary, crowd: Crowd, file: str) -> None:
    """All of a year: finished, under way, and one that is being prepared."""
    chance = Chance("青禾镇的小组")
    for one in told(file)["group"]:
        _group(diary, crowd, chance, one)


def _group(diary: Diary, crowd: Crowd, chance: Chance, one: dict[str, Any]) -> None:
    worker, days = one["by"], _days(one)
    made = min(add_days(one["first"], -16), "2026-06-22")
    typed: Typed = pick(one, *PLAN) | {
        "phase": "preparing",
        "first_on": days[0],
        "last_on": days[-1],
        "service_item": "@item-group",
        "service_point": f"@{one['village']}",
        "worker": worker,
        "planned_sessions": len(days),
        "planned_members": one["members"],
        "scale_name": one["scale"],
        "scale_most": one["most"],
    }
    group = diary.add("group", typed, made, worker)
    over = days[-1] <= LAST
    members = _members(diary, crowd, chance, one, group, over=over)
    phase = ""
    for day, told_of in zip(days, one["sessions"], strict=True):
        _session(diary, chance, one, group, members, day, told_of)
        if day <= LAST and told_of[0] != phase:
            phase = told_of[0]
            diary.change("group", group, {"phase": phase}, day, worker, "17:55")
    if over:
        _evaluated(diary, one, group, add_days(days[-1], 6))


def _days(one: dict[str, Any]) -> list[str]:
    """When its sessions are: every so many days, what is skipped moved on."""
    found: list[str] = []
    day = one["first"]
    while len(found) < len(one["sessions"]):
        if day not in one.get("skip", ()):
            found.append(day)
        day = add_days(day, one["every"])
    return found


def _members(
    diary: Diary, crowd: Crowd, chance: Chance, one: dict[str, Any], group: str, *, over: bool
) -> list[tuple[str, str]]:
    """Members' ids and the day each left, '' for none."""
    joined = min(add_days(one["first"], -4), "2026-06-26")
    known = crowd.on_file(one["who"], joined, one["members"] - 1, one["villages"], far=True)
    people = [(person, person.id) for _, person in known]
    ages = (8, 13) if one["who"] in ("child", "teen") else (45, 72)
    people += [(crowd.other(one["village"], ages, joined), "") for _ in range(one["members"] - len(people))]
    leaving = add_days(one["first"], 3 * one["every"]) if over and one["members"] > 12 else ""
    found: list[tuple[str, str]] = []
    for n, (person, id) in enumerate(people):
        left = leaving if n == 4 else ""
        member = diary.add(
            "group_member", {"group": group, **_joining(one, person, id, joined)}, joined, one["by"]
        )
        later = _scores(chance, one, over=over and not left)
        later |= {"left_on": left, "left_reason": LEFT} if left else {}
        if later:
            seen = left or (add_days(_days(one)[-1], 2) if over else add_days(one["first"], 1))
            diary.change("group_member", member, later, seen, one["by"])
        found.append((member, left))
    return found


def _joining(one: dict[str, Any], person: Resident, id: str, joined: str) -> Typed:
    young = one["who"] in ("child", "teen")
    typed: Typed = {"joined_on": joined, "consent": "agreed", "consent_by": "both" if young else "self"}
    typed["consented_on"] = joined
    return typed | ({"person": id} if id else {"name": person.name, "sex": person.sex, "category": "none"})


def _scores(chance: Chance, one: dict[str, Any], *, over: bool) -> Typed:
    """What somebody scored before and after, and said of it."""
    typed: Typed = {}
    before, after = one["scores"]
    if one["first"] <= LAST:
        typed["score_before"] = max(1, min(one["most"], before + chance.number(-4, 4)))
    if over:
        typed["score_after"] = max(1, min(one["most"], after + chance.number(-4, 4)))
        typed |= {"opinion": chance.pick(OPINIONS)} if chance.share(0.5) else {}
    return typed


def _session(
    diary: Diary,
    chance: Chance,
    one: dict[str, Any],
    group: str,
    members: list[tuple[str, str]],
    day: str,
    told_of: list[str],
) -> None:
    phase, title, facts, mood, plan = told_of
    worker, held = one["by"], day <= LAST
    typed: Typed = {
        "group": group,
        "date": day,
        "phase": phase,
        "title": title,
        "worker": worker,
        "plan": plan,
    }
    typed |= pick(one, "place")
    times = diary.times([worker], day, one["at"], one["long"])
    typed |= times
    entered = max("17:40", times["end_time"])
    if not held:
        diary.add("group_session", typed, "2026-06-26", worker)
        return
    typed |= {"facts": facts, "dynamics": mood}
    typed["reached"] = chance.weighted([("full", 0.7), ("partial", 0.3)])
    if title == one["sessions"][min(4, len(one["sessions"]) - 1)][1]:
        typed["supervisor_remark"] = one.get("remark", "")
    session = diary.add("group_session", typed, day, worker, time=entered)
    for member, left in members:
        if left and left <= day:
            continue
        state = chance.weighted(THERE)
        note = chance.pick(WHY) if state == "leave" else ""
        sat: Typed = {"session": session, "member": member, "state": state, "note": note}
        diary.add("attendance", sat, day, worker, time=entered)


def _evaluated(diary: Diary, one: dict[str, Any], group: str, day: str) -> None:
    worker, day = one["by"], min(day, LAST)
    content, asked = min(one["rated"]), max(one["rated"])
    typed = {
        **pick(one, "process", "effect", "reflection", "followup", "cost"),
        "evaluated_on": day,
        "reached": one["result"],
        "rated_content": content,
        "rated_by": asked,
        "supervisor_remark": one["remark"],
    }
    diary.change("group", group, typed, day, worker)
    spent = {
        "contract": contract_of(day),
        "date": day,
        "category": "activity",
        "amount": one["cost"],
        "what": f"小组“{one['name']}”材料和点心",
        "payee": "青禾百货",
        "group": group,
    }
    diary.add("spending", spent, day, worker)
