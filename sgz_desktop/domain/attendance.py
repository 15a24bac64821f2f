"""The roll of a group: its members × its sessions, who was there, what cannot be, and how many came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sgz_desktop.domain import days
from sgz_desktop.domain.percents import percent_words

PRESENT, LATE, LEAVE, ABSENT = "present", "late", "leave", "absent"
CAME = frozenset({PRESENT, LATE})
STATES = (PRESENT, LATE, LEAVE, ABSENT)
SHORT: Mapping[str, str] = {PRESENT: "到", LATE: "迟", LEAVE: "假", ABSENT: "缺"}
PHASES = ("preparing", "forming", "turning", "mature", "ending")

WEEK = 7  # days between sessions, where no rhythm shows yet
BEFORE_GROUP = "本节早于小组开始日期，请核对。"
AFTER_GROUP = "本节晚于小组结束日期，请核对。"
NOT_HELD = "这一节没有开展，不计出席。"
TO_COME = "这一节的日期还没到，请核对。"


@dataclass(frozen=True, slots=True)
class Sitting:
    """One session (节). `date` as stored, '' when it is not fixed."""

    id: str
    date: str = ""
    title: str = ""
    phase: str = ""
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Seat:
    """One member; scores are of the group's scale, None when not measured."""

    id: str
    name: str
    joined_on: str = ""
    left_on: str = ""
    before: int | None = None
    after: int | None = None
    consented: bool = False


@dataclass(frozen=True, slots=True)
class Came:
    """How many of the marks say that somebody was there."""

    came: int = 0
    marked: int = 0

    @property
    def words(self) -> str:
        """88%, or — where nothing is marked."""
        return percent_words(self.came, self.marked)


@dataclass(frozen=True)
class Roll:
    """A group with its sessions by day, its members as they were entered, and states by (session, member).
    `today` is '' where it does not matter."""

    id: str
    name: str
    phase: str = ""
    first_on: str = ""
    last_on: str = ""
    planned: int | None = None
    scale: str = ""
    most: int | None = None
    sittings: tuple[Sitting, ...] = ()
    seats: tuple[Seat, ...] = ()
    states: Mapping[tuple[str, str], str] = field(default_factory=dict)
    today: str = ""

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """第几节, by session: those that were not held are not counted."""
        held = (one.id for one in self.sittings if not one.cancelled)
        return {id: number for number, id in enumerate(held, start=1)}

    def called(self, sitting: Sitting) -> str:
        """第3节, or 未开展."""
        number = self.numbers.get(sitting.id)
        return f"第{number}节" if number else "未开展"

    def held(self, today: str) -> tuple[Sitting, ...]:
        """Sessions that took place by `today` (YYYY-MM-DD)."""
        return tuple(
            one for one in self.sittings if not one.cancelled and _first(one.date) <= today and one.date
        )

    def furthest(self, today: str) -> str:
        """The phase the group has come to: as it states itself, or as a session held by today does."""
        stated = [self.phase, *(one.phase for one in self.held(today))]
        known = [PHASES.index(phase) for phase in stated if phase in PHASES]
        return PHASES[max(known, default=0)]

    def of_seat(self, seat: Seat) -> Came:
        """Over all sessions that were held."""
        return self._came((one.id, seat.id) for one in self.sittings if not one.cancelled)

    def of_sitting(self, sitting: Sitting) -> Came:
        """Over all members."""
        return self._came((sitting.id, one.id) for one in self.seats)

    @property
    def came(self) -> Came:
        """Over the whole roll: each presence once, in 人次."""
        held = {one.id for one in self.sittings if not one.cancelled}
        return self._came(place for place in self.states if place[0] in held)

    def _came(self, places: Iterable[tuple[str, str]]) -> Came:
        marked = [state for place in places if (state := self.states.get(place))]
        return Came(sum(state in CAME for state in marked), len(marked))

    def in_group(self, sitting: Sitting, seat: Seat) -> bool:
        """Could the member be there on that day, as far as is known?"""
        return not membership_doubt(sitting.date, seat)

    def doubt(self, sitting: Sitting, seat: Seat) -> str:
        """What is doubtful about a mark of the roll, '' when nothing is or nothing is marked."""
        if not self.states.get((sitting.id, seat.id)):
            return ""
        if sitting.cancelled:
            return NOT_HELD
        if self.today and days.is_day(sitting.date) and days.earliest(sitting.date) > self.today:
            return TO_COME
        return day_doubt(sitting.date, self.first_on, self.last_on) or membership_doubt(sitting.date, seat)


def next_day(roll: Roll, today: str) -> str:
    """The day a new session is likely to be of: the first that of the group's beginning; while sessions are
    planned ahead, or of a group that is over, one more step of their rhythm; else today."""
    held = [one.date for one in roll.sittings if not one.cancelled and days.is_whole(one.date)]
    if not held:
        return roll.first_on if days.is_whole(roll.first_on) else today
    last, over = max(held), days.is_whole(roll.last_on) and roll.last_on < today
    if last < today and not over:
        return today
    before = max((day for day in held if day < last), default="")
    return days.add_days(last, days.days_between(before, last) if before else WEEK)


def day_doubt(day: str, first_on: str, last_on: str) -> str:
    """A session surely before the group began or after it ended."""
    if not days.is_day(day):
        return ""
    if days.is_day(first_on) and days.latest(day) < days.earliest(first_on):
        return BEFORE_GROUP
    if days.is_day(last_on) and days.earliest(day) > days.latest(last_on):
        return AFTER_GROUP
    return ""


def membership_doubt(day: str, seat: Seat) -> str:
    """A day on which the member surely was not in the group."""
    if not days.is_day(day):
        return ""
    if days.is_day(seat.joined_on) and days.latest(day) < days.earliest(seat.joined_on):
        return f"{seat.name}{_short(seat.joined_on)}才入组，请核对。"
    if days.is_day(seat.left_on) and days.earliest(day) > days.latest(seat.left_on):
        return f"{seat.name}{_short(seat.left_on)}已退出，请核对。"
    return ""


def score_doubt(seat: Seat, most: int | None) -> str:
    """A score above the full marks of the group's scale."""
    high = [score for score in (seat.before, seat.after) if most is not None and (score or 0) > most]
    return f"{seat.name}得分{high[0]}高于满分{most}，请核对。" if high else ""


def _first(day: str) -> str:
    return days.earliest(day) if days.is_day(day) else day


def _short(day: str) -> str:
    """6月3日, where it is whole."""
    shown = days.show_day(day)
    return shown[5:] if days.is_whole(day) else shown
