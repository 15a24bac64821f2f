"""Organisations, what they gave, and to whom it was handed out."""

from __future__ import annotations

from typing import Any

from sgz_desktop.actions.town.chance import Chance
from sgz_desktop.actions.town.seasons import BEGUN, LAST, workday
from sgz_desktop.actions.town.words import told
from sgz_desktop.actions.town.year_diary import HEAD, Diary, Typed
from sgz_desktop.actions.town.year_people import Crowd
from sgz_desktop.domain.days import add_days, days_between

SIGNED = [("signature", 0.72), ("thumb", 0.26), ("guardian", 0.02)]
KIN = ("女儿代领", "儿子代领", "村组长代领", "邻居代领")


def write(diary: Diary, crowd: Crowd, file: str) -> None:
    """All of a year."""
    book, chance = told(file), Chance("青禾镇的物资")
    for one in book["organisation"]:
        typed = {name: value for name, value in one.items() if name != "key"}
        day = str(one.get("founded_on") or one.get("mobilised_on") or "2025-09-01")
        diary.add("organisation", typed, day, name=f"@{one['key']}")
    for one in book["resource"]:
        typed = {name: value for name, value in one.items() if name != "to"}
        if "provider" in typed:
            typed["provider"] = f"@{typed['provider']}"
        typed |= {"service_item": "@item-resource"} if one["received_on"] >= BEGUN else {}
        id = diary.add("resource", {**typed, "worker": HEAD}, one["received_on"])
        if "to" in one:
            _handed_out(diary, crowd, chance, one["to"], id)


def _handed_out(diary: Diary, crowd: Crowd, chance: Chance, to: dict[str, Any], resource: str) -> None:
    """A line for each who got some: those who came on the first day, then those it was carried to."""
    long = days_between(to["from"], to["until"])
    for home, person in crowd.on_file(to["who"], to["from"], to["count"]):
        later = chance.number(0, long) if not to["each"] or chance.share(0.45) else 0
        day = workday(add_days(to["from"], later), min(to["until"], LAST)) if later else to["from"]
        if not person.here(day):
            continue
        typed: Typed = {
            "resource": resource,
            "date": day,
            "person": person.id,
            "household": home.id,
            "village": home.village.name,
            "quantity": to["each"] or None,
            "worth": to["worth"],
            "signed": "guardian" if person.age(day) < 14 else chance.weighted(SIGNED[:2]),
        }
        if typed["signed"] == "signature" and chance.share(0.06):
            typed["received_by"] = chance.pick(KIN)
        diary.add("handout", typed, day, home.village.worker(day))
