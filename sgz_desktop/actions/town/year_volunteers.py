"""Volunteers, their teams, what they did and for how long."""

from __future__ import annotations

from typing import Any

from sgz_desktop.actions.town.chance import Chance
from sgz_desktop.actions.town.seasons import BEGUN, LAST, works
from sgz_desktop.actions.town.words import told, villages
from sgz_desktop.actions.town.year_activities import before
from sgz_desktop.actions.town.year_diary import Diary, Typed, pick
from sgz_desktop.actions.town.year_people import Crowd
from sgz_desktop.domain.days import add_days

LEADERS = {"warm": "罗守义", "skill": "凌巧手", "study": "覃知远"}
WORKERS = {"warm": "李小禾", "skill": "秦望舒", "study": "秦望舒"}
ON_PLATFORM_UNTIL = "2026-06-05"  # what came later is not entered on the platform yet
SETTING_UP = 30  # minutes a helper spends beside the activity itself
LEFT, PAUSED = (5, 21), (11, 33, 40)  # of all volunteers, by their order
SCHOOLING = {"大学生": "20", "退休教师": "20", "护士": "30", "幼儿教师": "30"}
Team = list[tuple[str, str, str]]  # id, registered on, left on


def write(diary: Diary, crowd: Crowd) -> None:
    """Teams, people, their services and what was said of them."""
    book, chance = told("year_people"), Chance("青禾镇的志愿者")
    for one in book["team"]:
        typed = {name: value for name, value in one.items() if name != "key"}
        typed |= {"lead": LEADERS[one["key"]], "phone": crowd.telephone()}
        diary.add("volunteer_team", typed, max(one["founded_on"], BEGUN), name=f"@team-{one['key']}")
    teams = {key: _team(diary, crowd, chance, key, told_of) for key, told_of in book["volunteers"].items()}
    for one in (*before(), *told("year_activities")["activity"]):
        if one.get("helpers") and one["date"] <= LAST:
            _helped(diary, chance, one, teams[one["team"]])
    for one in book["rota"]:
        _rota(diary, chance, one, teams[one["team"]])
    for one in book["honour"]:
        for id, *_ in _serving(teams[one["team"]], one["date"])[: one["people"]]:
            typed = {"volunteer": id, **pick(one, "date", "sort", "text", "given_by")}
            diary.add("volunteer_note", typed, one["date"], WORKERS[one["team"]])


def _team(diary: Diary, crowd: Crowd, chance: Chance, key: str, told_of: dict[str, Any]) -> Team:
    places = [place.name for place in villages()]
    found: Team = []
    for n in range(told_of["count"]):
        order = n + {"warm": 0, "skill": 20, "study": 34}[key]
        on = _registered(chance, order)
        left = "2026-03-31" if order in LEFT else ""
        place = chance.pick(places)
        one = crowd.other(place, tuple(told_of["ages"]), on)
        if n == 0:
            one.name = LEADERS[key]
            one.sex = "男"
        job = chance.pick(told_of["jobs"]) if one.age(on) > 22 else "大学生" if one.age(on) > 18 else "中学生"
        typed: Typed = {
            "name": one.name,
            "sex": one.sex,
            "born_on": one.born,
            "id_number": crowd.id_number(one) if chance.share(0.9) else "",
            "phone": crowd.telephone(),
            "village": place,
            "education": SCHOOLING.get(job, "70" if one.age(on) > 45 else "60"),
            "employment": job,
            "registered_on": on,
            "state": "left" if left else "paused" if order in PAUSED else "active",
            "left_on": left,
            "team": f"@team-{key}",
            "skills": chance.pick(told_of["skills"]),
            "free_time": chance.pick(told_of["free"]),
            "platform_number": f"练习{3500 + order:05d}" if on < "2026-06" else "",
            "note": "未满十八岁，监护人签了同意书。" if one.age(on) < 18 else "",
        }
        id = diary.add("volunteer", typed, left or on, "周望川")
        found.append((id, on, left))
    return found


def _registered(chance: Chance, order: int) -> str:
    """Most were there before the year began; some came on the day of volunteers and in the spring."""
    if order % 12 == 7:
        return "2025-12-05"
    if order % 9 == 4:
        return add_days("2026-03-05", chance.number(0, 80))
    return add_days("2024-10-08", chance.number(0, 300))


def _serving(team: Team, day: str) -> Team:
    return [one for one in team if one[1] <= day and (not one[2] or day < one[2])]


def _helped(diary: Diary, chance: Chance, one: dict[str, Any], team: Team) -> None:
    for id, *_ in chance.some(_serving(team, one["date"]), one["helpers"]):
        typed: Typed = {
            "volunteer": id,
            "date": one["date"],
            "served": one["long"] + SETTING_UP,
            "what": one["name"],
            "activity": f"#{one['name']}",
            **pick(one, "place", "village"),
        }
        _served(diary, one["team"], typed, one["by"])


def _rota(diary: Diary, chance: Chance, one: dict[str, Any], team: Team) -> None:
    """The team's own days; one on a holiday is dropped, Saturdays are not."""
    day, turn = one["first"], 0
    while day <= LAST:
        if works(day) or one["team"] == "study":
            place = one["at"][turn % len(one["at"])]
            for id, *_ in chance.some(_serving(team, day), one["people"]):
                typed: Typed = {
                    "volunteer": id,
                    "date": day,
                    "served": one["minutes"] + chance.number(-1, 2) * 15,
                    "what": chance.pick(one["what"]),
                    "village": place,
                }
                _served(diary, one["team"], typed, WORKERS[one["team"]])
        day, turn = add_days(day, one["every"]), turn + 1


def _served(diary: Diary, team: str, typed: Typed, worker: str) -> None:
    day = str(typed["date"])
    more = {"team": f"@team-{team}", "proved_by": worker, "on_platform": day <= ON_PLATFORM_UNTIL}
    more |= {"service_item": "@item-volunteers"} if day >= BEGUN else {}
    diary.add("volunteer_service", {**typed, **more}, day, worker)
