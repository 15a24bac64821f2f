"""Volunteers: who there is to have served on a day, and one service written down for many of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import FormRefused
from sgz_desktop.actions.volunteer_hours import alike, too_long_days
from sgz_desktop.domain import days
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.fields import Level, Problem
from sgz_desktop.domain.records.base import Refused, gate
from sgz_desktop.domain.records.volunteer import VolunteerService
from sgz_desktop.domain.round_order import village_key
from sgz_desktop.errors import AppError
from sgz_desktop.store import read, settings, volunteers
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.volunteers import Given
from sgz_desktop.store.write import Write

SERVICE = VolunteerService.KIND
NOBODY = ("还没有勾选志愿者，没有保存。", "请用空格勾选，再保存。")
COUNTED = "{name}这天已记过这次服务，不再重复记。"
NO_HOURS = "请填服务时长。"
NO_DAY = "请填服务日期。"


@dataclass(frozen=True)
class Helper:
    """A volunteer who may have served: `done` says in words what is written down of that day already."""

    id: str
    name: str
    village: str
    team: str
    team_name: str
    done: str = ""
    left: bool = False


@dataclass(frozen=True)
class ToRecord:
    """A service the platform does not have yet: of whom, on what day, how many minutes, what."""

    id: str
    name: str
    date: str
    minutes: int
    what: str


@dataclass(frozen=True)
class Entered:
    """A service written down: for how many volunteers, how many minutes together."""

    people: int
    minutes: int
    changes: Changes


@action
def helpers_on(desk: Desk, day: str) -> tuple[Helper, ...]:
    """Volunteers who had not left before a day (YYYY-MM-DD), by village and name."""

    def work(session: Reading) -> tuple[Helper, ...]:
        order = settings.get(session, "village_order", []) or []
        done: dict[str, list[Given]] = defaultdict(list)
        for one in volunteers.given(session, day, day):
            if one.date == day:
                done[one.volunteer].append(one)
        found = [Helper(*told, done=_in_words(done[told[0]])) for told in volunteers.helpers(session, day)]
        return tuple(sorted(found, key=lambda one: (village_key(one.village, order), one.name, one.id)))

    return desk.read(work)


def _in_words(done: Sequence[Given]) -> str:
    """已记2小时 送餐, '' for nothing."""
    if not done:
        return ""
    what = "、".join(dict.fromkeys(one.what for one in done if one.what))
    return f"已记{days.show_minutes(sum(one.minutes for one in done))}" + (f"　{what}" if what else "")


@action
def enter_services(
    desk: Desk, shared: Mapping[str, object], each: Sequence[tuple[str, object]], reason: str = ""
) -> Entered:
    """Write one service down for many volunteers as one edit, all or none.

    `shared` is what holds for all (date, served, what …), `each` is (id of a volunteer, hours of their own or
    '' where they are those of all). FormRefused names fields of `shared` bare and those of one volunteer as
    `each.N.field`: what is counted already is not counted again, and no day has more than 24 hours.
    """
    if not each:
        raise AppError(*NOBODY)

    def work(session: Writing) -> Entered:
        writes, problems = _checked(session, desk, shared, each)
        problems += _counted(session, writes)
        problems = problems or too_long_days(session, writes)
        if problems:
            raise FormRefused(problems)
        desk.record(session, reason, writes)
        minutes = sum(int(str(write.values["served"])) for write in writes)
        return Entered(len(writes), minutes, session.changes())

    return desk.write(work)


@action
def services_to_record(desk: Desk) -> tuple[ToRecord, ...]:
    """Services that are not on the platform of the country yet, the newest first."""
    return desk.read(lambda session: tuple(ToRecord(*one) for one in volunteers.unrecorded(session)))


@action
def record_on_platform(desk: Desk, ids: Sequence[str], reason: str = "") -> Changes:
    """Note as one edit that services are on the platform by now; what is gone meanwhile is passed over."""

    def work(session: Writing) -> Changes:
        found = [read.load(session, VolunteerService, id) for id in dict.fromkeys(ids)]
        desk.record(
            session,
            reason,
            [
                Write(SERVICE, str(one.record.id), {"on_platform": True}, one.seen)
                for one in found
                if one and not one.record.deleted and not one.record.on_platform
            ],
        )
        return session.changes()

    return desk.write(work)


def _checked(
    session: Reading, desk: Desk, shared: Mapping[str, object], each: Sequence[tuple[str, object]]
) -> tuple[list[Write], list[Problem]]:
    """The writes, or what is wrong: said once of what all share, else of the volunteer it is about."""
    writes: list[Write] = []
    found: dict[tuple[str, str], Problem] = {}
    for place, (volunteer, own) in enumerate(each):
        given = {**shared, "volunteer": volunteer} | ({"served": own} if own not in ("", None) else {})
        try:
            record = gate(VolunteerService, given, desk.today(), None)
        except Refused as refused:
            for one in refused.problems:
                field = f"each.{place}.served" if one.field == "served" and own else one.field
                found.setdefault((field, one.sentence), replace(one, field=field))
            continue
        for name, sentence in (("date", NO_DAY), ("served", NO_HOURS)):
            if getattr(record, name) is None:
                found.setdefault((name, sentence), Problem(Level.REFUSE, name, sentence))
        values = {name: getattr(record, name) for name in given}
        told = {name: value for name, value in values.items() if value is not None}
        writes.append(Write(SERVICE, desk.ids(), told, {}))
    return writes, list(found.values())


def _counted(session: Reading, writes: Sequence[Write]) -> list[Problem]:
    """Those of whom the same service of the same day is on file."""
    names = {one.id: one.name for one in volunteers.on_file(session)}
    found = []
    for place, write in enumerate(writes):
        day, who = str(write.values.get("date") or ""), str(write.values["volunteer"])
        told = tuple(write.values.get(name) for name in ("served", "what", "activity"))
        on_file = [
            one for one in volunteers.given(session, day, day) if (one.volunteer, one.date) == (who, day)
        ]
        if any(alike(told, one[2:]) for one in on_file):
            words = COUNTED.format(name=names.get(who, ""))
            found.append(Problem(Level.REFUSE, f"each.{place}.volunteer", words))
    return found
