"""A table of volunteers' hours kept elsewhere beside ours: whose they are, whether they are counted already.

A line is known by volunteer, day, length, what and where, so that the same table taken in again adds nothing,
on another computer neither.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable

from sgz_desktop.actions.roster_plan import NO_NAME, Line, Plan, Planner, line_of
from sgz_desktop.actions.roster_rows import Row, State
from sgz_desktop.actions.volunteer_hours import alike
from sgz_desktop.domain import days
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.ids import id_of
from sgz_desktop.domain.records.volunteer import DAY_MINUTES
from sgz_desktop.domain.roster_match import Identity, number_of, other_person, place_of
from sgz_desktop.store import read, volunteers
from sgz_desktop.store.volunteers import Given, OnFile
from sgz_desktop.store.write import Write

SERVICE = "volunteer_service"
NOT_REGISTERED = "志愿者里没有这个人，请补身份证号或电话，或先登记。"
SEVERAL = "志愿者里有{count}人同名，请补上身份证号或电话。"
NO_DAY = "没有服务日期，请补上。"
NO_HOURS = "没有服务时长，请补上。"
TOO_LONG = "{day}合计{hours}，超过24小时。"
NEW_VOLUNTEER = "新登记志愿者"
KNOWN_AS = ("name", "id_number", "phone", "village")


def plan_hours(planner: Planner, rows: list[Row]) -> Plan:
    """The whole table."""
    found = [str(row.values.get(SERVICE, {}).get("date") or "") for row in rows]
    dated = [day for day in found if day]
    given = volunteers.given(planner.session, min(dated), max(dated)) if dated else []
    plan = _Hours(planner, given)
    lines = tuple(plan.line(row) for row in planner.told(rows))
    return Plan(lines, (), tuple(plan.writes))


class _Hours:
    """Lines so far: who is registered, which lines are in, what each volunteer gave on each day."""

    def __init__(self, planner: Planner, given: Iterable[Given]) -> None:
        self._planner = planner
        self._volunteers = volunteers.on_file(planner.session)
        self._lines = volunteers.brought_in(planner.session)
        self._days: dict[tuple[str, str], list[Given]] = defaultdict(list)
        for one in given:
            self._days[one.volunteer, one.date].append(one)
        self.writes: list[Write] = []

    def line(self, row: Row) -> Line:
        """One row settled."""
        service = row.values.setdefault(SERVICE, {})
        if "minutes" in row.values.get("row", {}):
            service.setdefault("served", row.values["row"]["minutes"])
        row.problems += self._lacking(row)
        if row.problems:
            return line_of(row, State.BAD)
        volunteer, made = self._whose(row)
        if row.problems:
            return line_of(row, State.BAD)
        one = Given(
            volunteer, str(service["date"]), int(service["served"] or 0), row.said(SERVICE, "what"), ""
        )
        key = _key(one, row.said(SERVICE, "place"))
        if key in self._lines or self._counted(one):
            return line_of(row, State.SAME)
        self._fit(row, one)
        id = self._id(key)
        values: dict[str, Wire] = {**service, "volunteer": volunteer, "source_line": key}
        made += self._planner.checked(row, SERVICE, id, values)
        if row.problems:
            return line_of(row, State.BAD)
        self.writes += made
        self._lines.add(key)
        self._days[one.volunteer, one.date].append(one)
        new = [NEW_VOLUNTEER] if len(made) > 1 else []
        if new:
            self._volunteers.append(_registered(volunteer, row))
        return line_of(row, State.NEW, new)

    def _lacking(self, row: Row) -> list[str]:
        who, service = row.identity, row.values[SERVICE]
        asked = (
            (who.name or who.id_number or row.said("row", "number"), NO_NAME),
            (service.get("date"), NO_DAY),
            (service.get("served") is not None, NO_HOURS),
        )
        return [words for told, words in asked if not told]

    def _whose(self, row: Row) -> tuple[str, list[Write]]:
        """The volunteer's id, and the write that registers who is told well enough and not on file."""
        found = _fitting(self._volunteers, row)
        if len(found) > 1:
            row.problems.append(SEVERAL.format(count=len(found)))
        if found:
            return found[0].id, []
        told = {name: row.values["row"][name] for name in KNOWN_AS if row.said("row", name)}
        if not told.get("name") or not (told.get("id_number") or told.get("phone")):
            row.problems.append(NOT_REGISTERED)
            return "", []
        number = str(told.get("id_number") or "")
        id = self._free(id_of(f"volunteer:{number_of(number)}")) if number else self._planner.ids()
        values = {**told, "state": "active", "platform_number": row.said("row", "number") or None}
        known = {name: value for name, value in values.items() if value is not None}
        return id, self._planner.checked(row, "volunteer", id, known)

    def _counted(self, one: Given) -> bool:
        told = (one.minutes, one.what, one.activity)
        return any(alike(told, other[2:]) for other in self._days[one.volunteer, one.date])

    def _fit(self, row: Row, one: Given) -> None:
        """A day has 24 hours, whatever was written of it where."""
        minutes = one.minutes + sum(other.minutes for other in self._days[one.volunteer, one.date])
        if days.is_whole(one.date) and minutes > DAY_MINUTES:
            words = TOO_LONG.format(day=days.show_day(one.date)[5:], hours=days.show_minutes(minutes))
            row.problems.append(words)

    def _id(self, key: str) -> str:
        return self._free(id_of(f"{SERVICE}:{key}"))

    def _free(self, id: str) -> str:
        """The id, or another where a record that was deleted has it."""
        kinds = ("volunteer", SERVICE)
        taken = any(read.exists(self._planner.session, kind, id) for kind in kinds)
        return self._planner.ids() if taken else id


def _fitting(known: Iterable[OnFile], row: Row) -> list[OnFile]:
    """Those a row may mean: by identity number, by the platform's number, else by name, village and phone."""
    who, number = row.identity, row.said("row", "number")
    everyone = list(known)
    if who.id_number and (
        found := [one for one in everyone if number_of(one.id_number) == number_of(who.id_number)]
    ):
        return found
    if number and (found := [one for one in everyone if one.number == number]):
        return found
    named = [one for one in everyone if one.name == who.name and not other_person(_identity(one), who)]
    phone, village = row.said("row", "phone"), place_of(who.village)
    for told, of in ((phone, lambda one: one.phone), (village, lambda one: place_of(one.village))):
        if told and len(named) > 1:
            named = [one for one in named if of(one) == told] or named
    return named


def _identity(one: OnFile) -> Identity:
    return Identity(one.name, one.id_number, one.born, one.village)


def _registered(id: str, row: Row) -> OnFile:
    who = row.identity
    return OnFile(
        id,
        who.name,
        who.id_number,
        "",
        who.village,
        row.said("row", "phone"),
        row.said("row", "number"),
    )


def _key(one: Given, place: str) -> str:
    told = "\n".join((one.volunteer, one.date, str(one.minutes), one.what, place))
    return hashlib.sha256(told.encode()).hexdigest()[:32]
