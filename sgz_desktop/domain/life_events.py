"""What happens in a person's life, and what it asks of the station.

Nothing here is written down by a background job: what is raised is reckoned from the person's record each
time it is shown. It stays until a task names its `origin`, be it done, put aside with a reason or given
another day; so two computers that raise it raise one thing, and what was dealt with never comes back.

Which programmes begin or end differs from place to place: every sentence says 可能 and 请核实, none judges.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sgz_desktop.domain import days
from sgz_desktop.domain.policy.ages import AgeMark
from sgz_desktop.domain.workdays import workday_on_or_after

AHEAD_DAYS = 30
CARD_AHEAD_DAYS = 60
BEHIND_DAYS = 60
CLOSING_DAYS = 7
AGES = (16, 18, 60, 80)


@dataclass(frozen=True, slots=True)
class Life:
    """A person as far as it matters here: days as stored, names of the benefits that still run, (id, number)
    of the cases that are open for them.

    `aid`: names of what they receive that depends on income, `home_aid` what anybody of the households in
    `incomes` does; `incomes`: ("person" or "household", its id, the day a greater monthly income was written
    down); `jobs`: (referral, first day of a job it led to).
    `gone`: deleted, or merged into another person; `closed`: the file is closed (销档).
    """

    id: str
    born: str | None = None
    died_on: str | None = None
    moved_on: str | None = None
    married_on: str | None = None
    left_school_on: str | None = None
    jailed_on: str | None = None
    jailed_until: str | None = None
    disability_valid_to: str | None = None
    benefits: tuple[str, ...] = ()
    cases: tuple[tuple[str, str], ...] = ()
    aid: tuple[str, ...] = ()
    home_aid: tuple[str, ...] = ()
    incomes: tuple[tuple[str, str, str], ...] = ()
    jobs: tuple[tuple[str, str], ...] = ()
    gone: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Raised:
    """One thing an event asks for: `day` is the event's, `due` the day by which (both whole), `what` short
    enough for a list, `more` the rest of the instruction."""

    origin: str
    person: str
    sort: str
    day: days.Day
    due: days.Day
    what: str
    more: str
    case: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A day of a person's record that asks for something: so many days `ahead` of it, `within` so many after.

    The day is part of the origin where the same may happen again (a second marriage, a renewed card).
    """

    sort: str
    field: str
    what: str
    more: str
    ahead: int = 0
    within: int = 0


EVENTS = (
    Event(
        "moved",
        "moved_on",
        "搬离，待遇可能要停或转，请核实",
        "问清新住址；请核实哪些待遇要报民政办停发或转到新住地，原来的走访和待办是否还要做。",
        within=7,
    ),
    Event(
        "jailed",
        "jailed_on",
        "服刑，待遇可能要停，请核实",
        "请核实哪些待遇要报民政办；家里有孩子、老人或病人的，先去看有没有人照顾。",
        within=7,
    ),
    Event(
        "released",
        "jailed_until",
        "服刑到期，可能要接回和安置，请核实",
        "请与司法所核实日期；回来后可能可以申请临时救助、就业帮扶，各地规定不同。",
        ahead=AHEAD_DAYS,
    ),
    Event(
        "married",
        "married_on",
        "结婚，家庭人口和收入有变，请核实",
        "低保、特困等待遇可能要重新核对，请报民政办核实；家庭成员和地址也请更新。",
        within=14,
    ),
    Event(
        "left_school",
        "left_school_on",
        "离校，在读才有的待遇可能会停，请核实",
        "请核实教育救助、困境儿童等待遇；还在义务教育年龄的，先联系学校了解情况。",
        within=7,
    ),
    Event(
        "card",
        "disability_valid_to",
        "残疾人证快到期，请提醒换证",
        "证件过期后两项补贴可能会停，请与残联核实怎样换证；行动不便的可问上门办理。",
        ahead=CARD_AHEAD_DAYS,
    ),
)
AGE_WORDS = {
    16: (
        "儿童待遇可能有变，请核实",
        "特困、困境儿童等待遇对年龄的规定各地不同；还在读的，请带在读证明去问民政办。",
    ),
    18: (
        "儿童待遇可能会停，请核实",
        "孤儿、事实无人抚养等待遇可能会停，在读的可能延续；请问民政办要什么证明。",
    ),
    60: ("可能可以领养老金，请核实", "请与社保所核实基础养老金；特困、低保的条件也可能有变，请问民政办。"),
    80: (
        "可能可以领高龄津贴，请核实",
        "高龄津贴的年龄和办法各地不同，请问民政办要不要本人申请、带什么证件。",
    ),
}


INCOME_MORE = (
    "领取{aid}期间收入变化需报告（社会救助暂行办法第十三、十八条）：待遇可能要重新核算，请提醒本人报告乡镇。"
)
INCOME_WHAT = {
    "person": "收入增加，收入变化需报告，请核实",
    "household": "家庭收入增加，收入变化需报告，请核实",
}
JOB_WHAT = "上岗有工资，收入变化需报告，请核实"
REPORT_DAYS = 7
BY_PACK = "按本机的政策标准推算，当地规定可能不同，请问民政办。"
Ages = Mapping[int, tuple[AgeMark, ...]]


def raised(life: Life, today: days.Day, marks: Ages | None = None) -> tuple[Raised, ...]:
    """All that is to be done about a person today (whole), soonest first. The dead are asked only after what
    they received, and who moved away only after that. `marks` are ages the packs in force name."""
    if life.gone:
        return ()
    if _happened(life.died_on, today):
        return tuple(_death(life, today))
    if life.closed:
        return ()
    found = [
        *_ages(life, today, marks or {}),
        *_income(life, today),
        *(one for event in EVENTS for one in _event(life, event, today)),
    ]
    if _happened(life.moved_on, today):
        found = [one for one in found if one.sort == "moved"]
    return tuple(sorted(found, key=lambda one: (one.due, one.origin)))


def still_open(found: Iterable[Raised], origins: Collection[str]) -> tuple[Raised, ...]:
    """Those no task names yet."""
    return tuple(one for one in found if one.origin not in origins)


def _happened(day: str | None, today: days.Day) -> bool:
    return day is not None and days.is_day(day) and days.earliest(day) <= today


def _death(life: Life, today: days.Day) -> Iterator[Raised]:
    """As long as a benefit runs on file it is to be reported, however long ago the death was."""
    day = min(days.latest(life.died_on or ""), today)
    if life.benefits or days.days_between(day, today) <= BEHIND_DAYS:
        names = "、".join(life.benefits)
        what = f"去世，今天报民政办：{names}" if names else "去世，请核实有没有待遇要报停"
        more = "走访已停。请核实丧葬补助等可能可以申请的项目，各地规定不同。"
        yield Raised(f"died:{life.id}", life.id, "died", day, day, what, more)
    due = workday_on_or_after(days.add_days(day, CLOSING_DAYS))
    for case, number in life.cases:
        what = f"个案{number}：服务对象去世，请按“死亡”结案"
        more = "结案原因选“死亡”；家人还可能需要帮助的，请核实后另外开案。"
        yield Raised(f"died_case:{case}", life.id, "died_case", day, due, what, more, case)


def _income(life: Life, today: days.Day) -> Iterator[Raised]:
    """More income beside assistance that depends on it is to be reported."""
    by = {"person": life.aid, "household": life.home_aid}
    told = [
        (f"income:{id}:{day}", "income", day, INCOME_WHAT[kind], by[kind]) for kind, id, day in life.incomes
    ]
    told += [(f"job:{id}:{day}", "job", day, JOB_WHAT, life.aid) for id, day in life.jobs]
    for origin, sort, stored, what, aid in told:
        if aid and _happened(stored, today) and _near(day := min(days.latest(stored), today), today, 0):
            due = workday_on_or_after(days.add_days(day, REPORT_DAYS))
            more = INCOME_MORE.format(aid="、".join(aid))
            yield Raised(origin, life.id, sort, day, due, what, more)


def _ages(life: Life, today: days.Day, marks: Ages) -> Iterator[Raised]:
    if life.born is None or not days.is_day(life.born):
        return
    years = int(today[:4]) - int(life.born[:4])
    for age in ages_of(marks):
        day = birthday(life.born, age) if abs(years - age) <= 1 else ""
        if day and _near(day, today, AHEAD_DAYS):
            short, more = _age_words(age, marks.get(age, ()))
            origin, what = f"age{age}:{life.id}", f"满{age}岁，{short}"
            yield Raised(origin, life.id, f"age{age}", day, workday_on_or_after(day), what, more)


def ages_of(marks: Ages) -> list[int]:
    """The ages that are raised: those everywhere, and those the packs in force name."""
    return sorted({*AGES, *marks})


def _age_words(age: int, marks: tuple[AgeMark, ...]) -> tuple[str, str]:
    """What to say of an age, with the programmes that name it."""
    titles = "、".join(dict.fromkeys(one.title for one in marks))
    if age in AGE_WORDS:
        short, more = AGE_WORDS[age]
        return short, f"{more}本机政策标准里与此有关：{titles}。" if titles else more
    first = marks[0]
    named = first.title + ("等" if len(marks) > 1 else "")
    short = f"可能可以申请{named}，请核实" if first.begins else f"{named}可能会停，请核实"
    return short, f"{BY_PACK}有关项目：{titles}。"


def birthday(born: str | None, age: int) -> days.Day:
    """The whole day on which somebody surely is so old (29 February counts from 1 March); '' unknown."""
    if born is None or not days.is_day(born):
        return ""
    last = days.latest(born)
    year = int(last[:4]) + age
    if year > days.LAST_YEAR:
        return ""
    day = f"{year:04d}{last[4:]}"
    return day if days.is_day(day) else f"{year:04d}-03-01"


def _event(life: Life, event: Event, today: days.Day) -> Iterator[Raised]:
    stored = getattr(life, event.field)
    if not isinstance(stored, str) or not days.is_day(stored):
        return
    day = days.latest(stored)
    if not event.ahead:
        day = min(day, today) if days.earliest(stored) <= today else day
    if _near(day, today, event.ahead):
        due = workday_on_or_after(days.add_days(day, event.within)) if event.within else day
        yield Raised(
            f"{event.sort}:{life.id}:{stored}", life.id, event.sort, day, due, event.what, event.more
        )


def _near(day: days.Day, today: days.Day, ahead: int) -> bool:
    return -ahead <= days.days_between(day, today) <= BEHIND_DAYS


def born_between(today: days.Day, age: int) -> tuple[days.Day, days.Day]:
    """First and last birth day with which an age may be raised today."""
    day = _real(int(today[:4]) - age, today[4:])
    return days.add_days(day, -BEHIND_DAYS - 1), days.add_days(day, AHEAD_DAYS + 1)


def _real(year: int, rest: str) -> days.Day:
    day = f"{year:04d}{rest}"
    return day if days.is_day(day) else f"{year:04d}-02-28"
