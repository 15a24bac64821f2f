"""Records that stand in a file as they are: staff, supervision, rooms, texts, contracts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sgz_desktop.actions.town.year_diary import HEAD, WORKERS, Diary, minutes

OWN = {"key", "on", "by"}
FIRST_DAY = "2025-09-01"  # what has no day of its own was entered then
DAYS = ("date", "signed_on", "adopted_on", "posted_on", "bought_on", "rectified_on", "carried_out_on")


def write(diary: Diary, told: Mapping[str, Any], *kinds: str, since: str = FIRST_DAY) -> None:
    """The records of some kinds, in the order of the kinds, none entered before `since`."""
    for kind in kinds:
        for one in told[kind]:
            typed = {name: value for name, value in one.items() if name not in OWN}
            day = str(one.get("on") or max([since, *(one[name] for name in DAYS if name in one)]))
            name = f"@{one['key']}" if "key" in one else ""
            diary.add(kind, timed(diary, kind, typed), day, str(one.get("by", HEAD)), name=name)


def timed(diary: Diary, kind: str, typed: dict[str, Any]) -> dict[str, Any]:
    """A supervision or training at an hour when all who come are free, as near as can be to the one told."""
    if kind not in ("supervision", "training"):
        return typed
    named = str(typed.get("attendees", ""))
    workers = [one for one in WORKERS if one in named or one == typed.get("supervisor")] or WORKERS
    start = minutes(typed["start_time"])
    return typed | diary.times(
        workers, typed["date"], typed["start_time"], minutes(typed["end_time"]) - start
    )


def contract_of(day: str) -> str:
    """The name of the contract a day lies in."""
    return "@second" if day >= FIRST_DAY else "@first"


def rows(table: Mapping[str, Any], *fields: str) -> Iterator[dict[str, Any]]:
    """Lines of a list as fields, what is empty left out."""
    for line in table["items"]:
        yield {name: value for name, value in zip(fields, line, strict=True) if value != ""}
