"""Figures of a month or a year, each beside the last month's, and the records behind every one of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain import days
from sgz_desktop.domain import indicators as counting
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.indicator_facts import Facts, Period
from sgz_desktop.domain.indicators import Indicator
from sgz_desktop.domain.percents import percent_done
from sgz_desktop.domain.units import RATES
from sgz_desktop.errors import AppError
from sgz_desktop.store import facts as flat
from sgz_desktop.store import settings
from sgz_desktop.store.behind import Behind, behind
from sgz_desktop.store.contracts import contract_spans, targets
from sgz_desktop.store.session import Reading

BAD_PERIOD = "统计期没有看懂，没有统计。"
HINT = "请写成2026-06、2026，或2026-05-26/2026-06-25。"
NOT_SUMMED = frozenset(
    {
        *("open_person", "open_household", "open", "updated_person", "updated_household"),
        *("waiting", "registered", "teams"),
    }
)
AS_IT_STANDS = frozenset({"C04", "H01"})
BEHIND = 1 << 16


@dataclass(frozen=True)
class Rules:
    """How this station counts and reports. `from_day` 26 means the 26th of last month to the 25th.

    `first_issue` is the month of the first brief. `contracts` are the years of the contracts on file, the
    earliest first; `contract_from`, a first day of the contract year, serves where none holds a day.
    """

    from_day: int = 1
    first_issue: str = ""
    contract_from: str = ""
    send_to: str = ""
    copy_to: str = ""
    retention_years: int = 5
    contracts: tuple[Period, ...] = ()

    def month(self, month: days.Month) -> Period:
        """The days a month's brief counts."""
        if self.from_day <= 1:
            return Period.of(month)
        before = f"{days.add_months(month, -1)}-{self.from_day:02d}"
        return Period(before, f"{month}-{self.from_day - 1:02d}")

    def year_so_far(self, month: days.Month) -> Period:
        """From the start of the contract year, or of the calendar year, to the end of the month's days."""
        return self.year_until(self.month(month).last)

    def year_until(self, last: days.Day) -> Period:
        """The same to a day."""
        if year := self.contract_on(last):
            return Period(year.first, last)
        start = self.any_start(last)
        while start and _a_year_on(start) <= last:
            start = _a_year_on(start)
        usable = start and start <= last
        return Period(start if usable else self.month(f"{last[:4]}-01").first, last)

    def contract_on(self, day: days.Day) -> Period | None:
        """The year of the contract whose targets a day has: of two that hold it, the later begun."""
        return next((one for one in reversed(self.contracts) if one.first <= day <= one.last), None)

    def any_start(self, day: days.Day) -> days.Day:
        """A first day of the contract year for days no contract holds: of the settings, else of the contract
        before them; '' where there is none."""
        before = (one.first for one in reversed(self.contracts) if one.first <= day)
        return self.contract_from or next(before, "")


def _a_year_on(day: str) -> str:
    return f"{int(day[:4]) + 1}{'-02-28' if day[4:] == '-02-29' else day[4:]}"


def rules(session: Reading) -> Rules:
    """The station's own rules from its settings; what is not set, or set to nonsense, is as usual."""
    return Rules(
        from_day=_number(settings.get(session, "brief_from_day"), 1, 28, 1),
        first_issue=_month(settings.get(session, "brief_first_issue")),
        contract_from=_day(settings.get(session, "contract_from")),
        send_to=str(settings.get(session, "brief_send_to", "") or ""),
        copy_to=str(settings.get(session, "brief_copy_to", "") or ""),
        retention_years=_number(settings.get(session, "retention_years"), 1, 99, 5),
        contracts=tuple(_contracts(contract_spans(session))),
    )


def _contracts(spans: Iterable[tuple[str, str | None]]) -> Iterator[Period]:
    """Years of contracts with a known first day; one that names no last day runs for a year."""
    for first_on, last_on in spans:
        if days.is_day(first_on):
            first = days.earliest(first_on)
            ends = last_on is not None and days.is_day(last_on)
            last = days.latest(str(last_on)) if ends else days.add_days(_a_year_on(first), -1)
            if first <= last:
                yield Period(first, last)


def _number(value: object, least: int, most: int, usual: int) -> int:
    return value if isinstance(value, int) and least <= value <= most else usual


def _month(value: object) -> str:
    return value if isinstance(value, str) and len(value) == 7 and days.is_day(value) else ""


def _day(value: object) -> str:
    return value if isinstance(value, str) and len(value) == 10 and days.is_day(value) else ""


def month_named(text: str) -> days.Month:
    """A month as typed. AppError when it is none."""
    try:
        return days.tidy_month(text)
    except ValueError as wrong:
        raise AppError(BAD_PERIOD, str(wrong)) from None


def period_named(text: str, own: Rules) -> Period:
    """2026-06 as the station counts its months, 2026, or two days with a stroke between. AppError else."""
    first, _, last = text.strip().partition("/")
    try:
        if last:
            span = Period(days.earliest(days.tidy_day(first)), days.latest(days.tidy_day(last)))
            if span.first > span.last:
                raise ValueError(HINT)
            return span
        day = days.tidy_day(first)
    except ValueError as wrong:
        raise AppError(BAD_PERIOD, str(wrong) or HINT) from None
    if len(day) == 7:
        return own.month(day)
    return Period.of(day)


@action
def indicators(desk: Desk, period: str) -> list[Indicator]:
    """Every figure of a period (YYYY-MM, YYYY, or first/last day), each with its record ids."""

    def work(session: Reading) -> list[Indicator]:
        span = period_named(period, rules(session))
        return counting.indicators(flat.facts(session, span, until=desk.today()), span)

    return [_told(desk, one) for one in desk.read(work)]


def _told(desk: Desk, one: Indicator) -> Indicator:
    """The figure as it is; of the ids behind it, none that is kept back."""
    names = desk.kept_back().names
    return replace(one, ids=tuple(id for id in one.ids if id not in names)) if names else one


@dataclass(frozen=True)
class Span:
    """What a report counts: `now`, and beside it `before` (None: nothing to set beside), the same days a year
    ago, and the contract year so far. `name` is how it was asked for: 2026-06, 2026, or two days with /;
    `today` the day it was asked for, '' long after; `year_ends` the last day of the contract's year, '' where
    no contract is on file."""

    sort: str
    name: str
    now: Period
    before: Period | None
    year_ago: Period
    year: Period
    today: days.Day = field(default="", compare=False)
    year_ends: days.Day = field(default="", compare=False)

    @property
    def until(self) -> days.Day:
        """The last day there can be records of: its own last, or today while it goes on."""
        return min(self.now.last, self.today or self.now.last)

    @property
    def month(self) -> str:
        """The month of a monthly brief, '' when it is of other days."""
        return self.name if self.sort == "monthly" and len(self.name) == 7 else ""

    def of(self, column: str) -> Period | None:
        """The days a column counts; None for what is no count."""
        found = {"now": self.now, "before": self.before, "year_ago": self.year_ago, "year": self.year}
        return found.get(column)


def month_span(month: days.Month, own: Rules) -> Span:
    """What the brief of a month counts."""
    before, year_ago = (own.month(days.add_months(month, -back)) for back in (1, 12))
    now, year = own.month(month), own.year_so_far(month)
    return Span("monthly", month, now, before, year_ago, year, year_ends=year_end(now.last, own))


def year_end(day: days.Day, own: Rules) -> days.Day:
    """The last day of the contract's year that holds a day, '' where no contract does."""
    held = own.contract_on(day)
    return held.last if held else ""


@dataclass(frozen=True)
class Compared:
    """A figure of this month, the last month's, that of the year so far (recomputed, never summed), that of
    the same month a year ago, and the yearly target where one is set.

    `year` is None for what is counted as it stands on a day, e.g. open files, and for files updated: a file
    made in the year is new in it, so the year's figure would be less than a month's. `before` is None where
    nothing is set beside.
    """

    now: Indicator
    before: int | float | None
    year: int | float | None
    year_ago: int | float | None = 0
    target: int | None = None

    @property
    def key(self) -> str:
        """Code and part, as targets are named; of two units of a part (场, 人次) the first has the target."""
        return f"{self.now.code}.{self.now.part}" if self.now.part else self.now.code

    def value(self, column: str) -> int | float | None:
        """The figure in a column; None where it has none there."""
        found = {"before": self.before, "year": self.year, "year_ago": self.year_ago, "target": self.target}
        return self.now.value if column == "now" else found.get(column)

    @property
    def share(self) -> int | None:
        """How much of the target is done, in whole percent; only what is done says 100."""
        if not self.target or self.year is None:
            return None
        return percent_done(self.year, self.target)


@action
def compare(desk: Desk, month: str) -> list[Compared]:
    """The figures of a month beside those of the month before and of the year so far."""
    named = month_named(month)

    def work(session: Reading) -> list[Compared]:
        return compared(session, replace(month_span(named, rules(session)), today=desk.today()))

    return told_to(desk.read(work), desk)


def told_to(found: Iterable[Compared], desk: Desk) -> list[Compared]:
    """The figures without the ids that are kept back."""
    return [replace(one, now=_told(desk, one.now)) for one in found]


def compared(
    session: Reading,
    span: Span,
    *,
    beside_last_year: bool = True,
    codes: Collection[str] = counting.INDICATORS,
) -> list[Compared]:
    """The same of any span and some codes, on a snapshot one has already."""
    now, year = span.now, span.year
    before = span.before or now
    own = Period(min(before.first, year.first, now.first), now.last)
    rows = flat.facts(session, own, codes, span.today)
    ago = flat.facts(session, span.year_ago, codes) if beside_last_year else Facts()
    found = counting.indicators(rows, now, codes)
    then = _by_key(rows, before, codes) if span.before else None
    so_far, year_ago = _by_key(rows, year, codes), _by_key(ago, span.year_ago, codes)
    shown = {_key(one) for one in found}
    late = [one for key, one in so_far.items() if key not in shown]  # a programme of earlier months only
    goals = targets(session, span.until)
    told = [_beside(one, then, so_far, year_ago) for one in _in_order(found, late)]
    return [replace(one, target=goals.pop(one.key, None)) if one.year is not None else one for one in told]


def _in_order(found: list[Indicator], late: list[Indicator]) -> list[Indicator]:
    """By code; a line that only the year has stands where its like do, a rate of nothing not at all."""
    none = [replace(one, value=0, ids=()) for one in late if one.unit not in RATES]
    order = {code: place for place, code in enumerate(counting.INDICATORS)}
    return sorted([*found, *none], key=lambda one: (order[one.code], _place(one)))


LISTS = {"J01": "programme", "P04": "person_category", "A01": "activity_kind", "F01": "spending_category"}


def _place(one: Indicator) -> int:
    """The place of a line for one code of a list; the other figures of an indicator stand before, those of
    no code behind, and groups of people, which are no parts of the whole, last."""
    known = LISTS.get(one.code)
    if known is None or one.part in ("", "total", "share"):
        return -1
    if one.part.startswith("group."):
        return BEHIND + 1
    return BEHIND if one.part == "unknown" else code_list(known).order(one.part)


Counted = Mapping[tuple[str, str, str], Indicator]


def _key(one: Indicator) -> tuple[str, str, str]:
    return one.code, one.part, one.unit


def _by_key(rows: Facts, period: Period, codes: Collection[str]) -> dict[tuple[str, str, str], Indicator]:
    return {_key(one): one for one in counting.indicators(rows, period, codes)}


def _beside(one: Indicator, then: Counted | None, so_far: Counted, year_ago: Counted) -> Compared:
    none = None if one.unit in RATES else 0
    before = None if then is None else _value(then, one, none)
    standing = one.part in NOT_SUMMED or one.code in AS_IT_STANDS
    total = None if standing else _value(so_far, one, none)
    return Compared(one, before, total, _value(year_ago, one, none))


def _value(found: Counted, one: Indicator, none: int | None) -> int | float | None:
    other = found.get(_key(one))
    return none if other is None else other.value


@action
def records_behind(desk: Desk, code: str, part: str, period: str, unit: str = "") -> list[Behind]:
    """The records behind one figure: (kind, id, words, day) each, to be opened one by one.

    For 人次 a line is one person on one occasion and opens the occasion. `unit` tells 人 from 户 where one
    part has both.
    """

    def work(session: Reading) -> list[Behind]:
        span = period_named(period, rules(session))
        count = counting.INDICATORS.get(code)
        if count is None:
            raise AppError("没有这个指标。", "请在数据表里点选。")
        found = count(flat.facts(session, span, (code,), desk.today()), span)
        ids = [id for one in found if one.part == part and unit in ("", one.unit) for id in one.ids]
        return behind(session, code, list(dict.fromkeys(ids)))

    return desk.read(work)
