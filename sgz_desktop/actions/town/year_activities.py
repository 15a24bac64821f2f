"""The activities of two years, who signed in at them and what they cost."""

from __future__ import annotations

from functools import cache
from typing import Any

from sgz_desktop.actions.town.chance import Chance
from sgz_desktop.actions.town.seasons import LAST
from sgz_desktop.actions.town.words import told
from sgz_desktop.actions.town.year_diary import Diary, Typed, pick
from sgz_desktop.actions.town.year_people import Crowd, who_comes
from sgz_desktop.actions.town.year_records import contract_of, rows
from sgz_desktop.domain.days import add_days

PLAN = ("name", "sort", "focus", "date", "village", "place", "partners", "aim", "plan", "risks", "budget")
NOTED = ("facts", "effect", "problems", "cost", "tags")
ON_FILE = 0.72  # of those who sign in; the others are neighbours, children of the village, passers-by
AGES = {"child": (7, 13), "elder": (61, 79), "adult": (24, 70), "disabled": (30, 66), "hardship": (45, 72)}
PAYEES = ("青禾百货", "青禾文具", "镇口食杂店", "青禾打印店")


BEFORE = (
    *("date", "at", "long", "sort", "tags", "focus", "village", "place", "by", "name"),
    *("names", "heads", "helpers", "team", "cost", "rated", "facts", "effect"),
)


@cache
def before() -> tuple[dict[str, Any], ...]:
    """Those of the year before, which were entered on their day only."""
    return tuple(rows(told("year_before")["activities"], *BEFORE))


def write(diary: Diary, crowd: Crowd) -> None:
    """All of the year; those after the story's last day are plans."""
    chance = Chance("青禾镇的活动")
    for one in told("year_activities")["activity"]:
        _activity(diary, crowd, chance, one)


def write_before(diary: Diary, crowd: Crowd) -> None:
    """All of the year before."""
    chance = Chance("上一年的活动")
    for one in before():
        typed = {**pick(one, *PLAN), "worker": one["by"], "service_item": _item(one)}
        typed["service_point"] = f"@{one['village']}"
        typed |= diary.times([one["by"]], one["date"], one["at"], one["long"]) | _held(chance, one)
        id = diary.add("activity", typed, one["date"], one["by"], name=f"#{one['name']}")
        _sign_in(diary, crowd, chance, one, id)
        _spent(diary, chance, one)


def _activity(diary: Diary, crowd: Crowd, chance: Chance, one: dict[str, Any]) -> None:
    worker, day = one["by"], one["date"]
    planned = {**pick(one, *PLAN), "worker": worker, "planned_people": one["planned"]}
    planned |= {"service_item": _item(one), "service_point": f"@{one['village']}"}
    times = diary.times([worker], day, one["at"], one["long"])
    planned |= times | pick(one, "tags")
    made = min(add_days(day, -9), "2026-06-26")
    id = diary.add("activity", planned, made, worker, name=f"#{one['name']}")
    if one.get("cancelled"):
        diary.change("activity", id, {"cancelled": True, **pick(one, "problems")}, day, worker)
    elif day <= LAST:
        diary.change("activity", id, _held(chance, one), day, worker, max("17:50", times["end_time"]))
        _sign_in(diary, crowd, chance, one, id)
        _spent(diary, chance, one)


def _item(one: dict[str, Any]) -> str:
    """The service an activity is."""
    if one["sort"] == "志愿服务":
        return "@item-volunteers"
    return {"child": "@item-children", "disabled": "@item-disabled"}.get(
        who_comes(one["focus"]), "@item-activity"
    )


def _held(chance: Chance, one: dict[str, Any]) -> Typed:
    """What was noted when it was over."""
    typed: Typed = pick(one, *NOTED)
    typed |= {"head_count": one.get("heads") or one["names"], "volunteers": one.get("helpers", 0)}
    told_policy = one.get("policy") or "政策宣讲" in one.get("tags", "")
    typed |= {"told_policy": True} if told_policy else {}
    typed["photo_consent"] = (
        "not_asked" if one.get("heads") else chance.weighted([("agreed", 0.9), ("refused", 0.1)])
    )
    if one.get("rated"):
        typed |= {"rated_content": one["rated"][0], "rated_by": one["rated"][1]}
    return typed


def _sign_in(diary: Diary, crowd: Crowd, chance: Chance, one: dict[str, Any], id: str) -> None:
    """The list of names, as many as were told; most of them are on file."""
    count, day, who = one.get("names", 0), one["date"], who_comes(one["focus"])
    if who == "adult" and "志愿者" in one["focus"]:
        return _helpers(diary, crowd, one, id)
    known = crowd.on_file(who, day, chance.near(count * ON_FILE), [one["village"]])
    for _, person in known:
        diary.add("sign_in", {"activity": id, "person": person.id, "role": "resident"}, day, one["by"])
    for _ in range(count - len(known)):
        other = crowd.other(one["village"], AGES[who], day)
        phone = crowd.telephone() if chance.share(0.3) else ""
        typed = {"activity": id, "name": other.name, "phone": phone, "role": "resident"}
        diary.add("sign_in", typed, day, one["by"])
    return None


def _helpers(diary: Diary, crowd: Crowd, one: dict[str, Any], id: str) -> None:
    for _ in range(one.get("names", 0)):
        other = crowd.other(one["village"], (19, 62), one["date"])
        typed = {"activity": id, "name": other.name, "role": "volunteer"}
        diary.add("sign_in", typed, one["date"], one["by"])


def _spent(diary: Diary, chance: Chance, one: dict[str, Any]) -> None:
    if one.get("cost", "0") == "0":
        return
    typed: Typed = {
        "contract": contract_of(one["date"]),
        "date": one["date"],
        "category": "activity",
        "amount": one["cost"],
        "what": one["name"],
        "payee": chance.pick(PAYEES),
        "activity": f"#{one['name']}",
    }
    diary.add("spending", typed, one["date"], one["by"])
