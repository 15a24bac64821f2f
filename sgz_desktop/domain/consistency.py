"""What in the records of a report's days does not agree, before it is signed off.

Pure functions of plain tuples. A doubt is only raised where the records surely disagree: a day known by its
month, a visit without an end or a worker nobody wrote down raise none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from sgz_desktop.domain import days
from sgz_desktop.domain.indicator_facts import span_of

IN_PERSON = frozenset({"home", "office", "accompany", "school", "hospital"})
_OFF = r"(?:请|休|病|事|年|婚|产|丧|调|补)(?:休|假)"
OFF = re.compile(_OFF)
PART_OF_DAY = re.compile(r"半天|上午|下午|小时|早上|晚上|[0-9０-９一二三四五六七八九十]+\s*[点时:：]")
NEGATED = re.compile(r"(?:没有?|未|不|取消|销|准备|打算|明天|下周|代|替|帮|给).{0,5}?" + _OFF)
KEEPS, SHARE = 5, 0.6  # who wrote so many diaries, on such a share of the days they worked, keeps one


@dataclass(frozen=True, slots=True)
class Held:
    """A visit or session of the span. `place` tells households or cases apart; `people` those seen there;
    `family` how many belonged to the household visited, None where that is not known; `goals` of its case's
    plan then, `served` how many of them it says something of."""

    kind: str
    id: str
    day: str | None
    start: str | None = None
    end: str | None = None
    mode: str | None = None
    worker: str | None = None
    case: str | None = None
    place: str | None = None
    people: tuple[str, ...] = ()
    family: int | None = None
    goals: int = 0
    served: int = 0


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case: `left` are tasks, replies awaited and other work still open, as (kind, id)."""

    id: str
    number: str
    opened_on: str | None
    closed_on: str | None
    left: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Life:
    """A person's first and last day as far as they are known."""

    id: str
    born: str | None
    died: str | None


@dataclass(frozen=True, slots=True)
class DiaryLine:
    """What a worker wrote into the diary of a day."""

    id: str
    day: str
    worker: str
    text: str


@dataclass(frozen=True, slots=True)
class Crowd:
    """A meeting of a group or an activity: `heads` counted or marked present, `listed` on the list of members
    or of those who signed in (None: no list). Of a meeting, `first_on` and `last_on` of its group, and how
    many were marked present who had left it (`left`)."""

    kind: str
    id: str
    day: str
    name: str
    heads: int = 0
    listed: int | None = None
    first_on: str | None = None
    last_on: str | None = None
    left: int = 0


@dataclass(frozen=True, slots=True)
class Looked:
    """All that is looked at, and the day it is looked at."""

    today: str
    held: Sequence[Held] = ()
    cases: Mapping[str, CaseLine] = field(default_factory=dict)
    lives: Mapping[str, Life] = field(default_factory=dict)
    diaries: Sequence[DiaryLine] = ()
    crowds: Sequence[Crowd] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two records that do not agree, or one with itself: what in words, and the record (`kind`, `id`) that
    opens. `check` names the check."""

    check: str
    words: str
    kind: str
    id: str
    day: str = ""


def doubts(looked: Looked) -> list[Doubt]:
    """Everything that does not agree, by check and day."""
    return [one for check in CHECKS for one in sorted(check(looked), key=lambda found: (found.day, found.id))]


def overlaps(looked: Looked) -> Iterator[Doubt]:
    """One worker in two places at overlapping hours."""
    by_worker: dict[tuple[str, str], list[Held]] = {}
    for one in looked.held:
        if one.worker and one.day and one.mode in IN_PERSON:
            by_worker.setdefault((one.worker, one.day), []).append(one)
    for (worker, day), found in by_worker.items():
        for one, other in combinations(
            sorted(found, key=lambda held: (_minutes(held) or (0, 0), held.id)), 2
        ):
            if _elsewhere(one, other) and _meet(one, other):
                words = f"{worker}{_on(day)}{_clock(one)}和{_clock(other)}在两处，时间重叠"
                yield Doubt("overlap", words, other.kind, other.id, day)


def _minutes(one: Held) -> tuple[int, int] | None:
    """Start and end as minutes of the day; None where one is not written, or they are the wrong way round."""
    if not (days.is_clock(one.start or "") and days.is_clock(one.end or "")):
        return None
    start, end = (days.minutes_between("00:00", str(clock)) for clock in (one.start, one.end))
    return (start, end) if start < end else None


def _meet(one: Held, other: Held) -> bool:
    first, then = _minutes(one), _minutes(other)
    return first is not None and then is not None and first[0] < then[1] and then[0] < first[1]


def _elsewhere(one: Held, other: Held) -> bool:
    """Surely not the same work: another household and another case."""
    same_case = one.case is not None and one.case == other.case
    return not same_case and None not in (one.place, other.place) and one.place != other.place


def no_goal(looked: Looked) -> Iterator[Doubt]:
    """Work on a case with a plan that says nothing of any of its goals."""
    for one in looked.held:
        if one.case and one.goals and not one.served:
            number = looked.cases[one.case].number if one.case in looked.cases else ""
            words = f"个案{number}：{_on(one.day)}的{_kind(one)}没有写服务哪个目标"
            yield Doubt("no_goal", words, one.kind, one.id, one.day or "")


def left_open(looked: Looked) -> Iterator[Doubt]:
    """A closed case with work still open."""
    for case in looked.cases.values():
        if case.closed_on and case.left:
            words = f"个案{case.number}已结案，还有{len(case.left)}项没有办完"
            yield Doubt("left_open", words, *case.left[0], day=case.closed_on)


def impossible(looked: Looked) -> Iterator[Doubt]:
    """Work on a day to come, before a birth, after a death, before its case was opened or after it closed."""
    for one in looked.held:
        if not one.day or span_of(one.day) is None:
            continue
        case = looked.cases.get(one.case or "")
        lives = [looked.lives[id] for id in one.people if id in looked.lives]
        wrong = (
            ("在今天以后", days.earliest(one.day) > looked.today),
            ("早于所见的人出生", any(_before(one.day, life.born) for life in lives)),
            ("晚于所见的人去世", any(_before(life.died, one.day) for life in lives)),
            (f"早于个案{case.number}开案" if case else "", case and _before(one.day, case.opened_on)),
            (f"晚于个案{case.number}结案" if case else "", case and _before(case.closed_on, one.day)),
        )
        for words, holds in wrong:
            if holds:
                told = f"{days.show_day(one.day)}的{_kind(one)}{words}"
                yield Doubt("impossible", told, one.kind, one.id, one.day)


def _before(first: str | None, then: str | None) -> bool:
    """Is the one surely over before the other begins?"""
    one, other = span_of(first), span_of(then)
    return one is not None and other is not None and one.last < other.first


def too_many(looked: Looked) -> Iterator[Doubt]:
    """More people counted at a home than belonged to it then."""
    for one in looked.held:
        counted = len(one.people)
        if one.family and counted > one.family:
            words = f"{_on(one.day)}的{_kind(one)}计了{counted}人，这户在册{one.family}人"
            yield Doubt("too_many", words, one.kind, one.id, one.day or "")


def crowds(looked: Looked) -> Iterator[Doubt]:
    """More people than are on the list, a meeting outside its group's days, somebody there who had left."""
    for one in looked.crowds:
        wrong = (
            (f"计了{one.heads}人，名单上{one.listed}人", one.listed is not None and one.heads > one.listed),
            ("早于小组开始日期", _before(one.day, one.first_on)),
            ("晚于小组结束日期", _before(one.last_on, one.day)),
            (f"记了出席的有{one.left}人已退出", one.left > 0),
            ("没有记参加的人", not one.heads and days.latest(one.day) < looked.today),
        )
        for words, holds in wrong:
            if holds:
                yield Doubt("crowd", f"{_on(one.day)}的“{one.name}”{words}", one.kind, one.id, one.day)


def against_diary(looked: Looked) -> Iterator[Doubt]:
    """Work on a day the worker's diary tells as leave, or has no line for where the worker keeps one."""
    written: dict[tuple[str, str], list[DiaryLine]] = {}
    for line in looked.diaries:
        written.setdefault((line.worker, line.day), []).append(line)
    worked: dict[str, dict[str, Held]] = {}
    for one in looked.held:
        if one.worker and one.day and days.is_whole(one.day) and one.mode in IN_PERSON:
            worked.setdefault(one.worker, {}).setdefault(one.day, one)
    for worker, by_day in worked.items():
        kept = sum(1 for day in by_day if (worker, day) in written)
        keeps = kept >= KEEPS and kept >= SHARE * len(by_day)
        for day, one in by_day.items():
            lines = written.get((worker, day), [])
            if any(_leave(line.text) for line in lines):
                words = f"{worker}{_on(day)}的日志写着休假，却有{_kind(one)}"
                yield Doubt("against_diary", words, one.kind, one.id, day)
            elif keeps and not lines:
                words = f"{worker}{_on(day)}有{_kind(one)}，没有写日志"
                yield Doubt("against_diary", words, one.kind, one.id, day)


def _leave(text: str) -> bool:
    """Does the line say that the whole day was leave?"""
    return any(
        OFF.search(part) and not PART_OF_DAY.search(part) and not NEGATED.search(part)
        for part in re.split(r"[。；;\n，,]", text)
    )


def _clock(one: Held) -> str:
    """9:00."""
    return (one.start or "").removeprefix("0")


def _on(day: str | None) -> str:
    told = days.show_day(day or "")
    return told.partition("年")[2] or told


def _kind(one: Held) -> str:
    return "走访" if one.kind == "visit" else "会谈"


Check = Callable[[Looked], Iterable[Doubt]]
CHECKS: tuple[Check, ...] = (overlaps, no_goal, left_open, impossible, too_many, crowds, against_diary)
