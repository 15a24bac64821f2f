"""What `screen` reads: people and households as JSON.

An absent field is unknown, null is known to be none. What cannot be is said and counts as unknown, so that
it never makes anybody meet a condition.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sgz_desktop.domain import days
from sgz_desktop.domain.policy.choose import covers
from sgz_desktop.domain.policy.facts import (
    Card,
    Codes,
    HouseholdFacts,
    PersonFacts,
    Relative,
    Span,
    World,
    world_of,
)
from sgz_desktop.domain.policy.pack import NATION, Given, Pack
from sgz_desktop.domain.policy.relatives import related
from sgz_desktop.domain.policy.vocabulary import (
    ALSO_CALLED,
    CAPACITIES,
    CARD_GRADES,
    CARD_TYPES,
    FACTS,
    statuses,
)

MOST, MOST_YUAN = 10_000, 10**12
SEXES = frozenset({"0", "1", "2", "9"})  # GB/T 2261.1
MONEY = frozenset({"income_month", "pension_basic_month", "income_year", "rigid_spending_year"})
FLAGS = tuple(name for name, fact in FACTS.items() if fact.sort == "yes_no" and name != "told_unable")
LABELS = {"obligors": "法定义务人", "members": "家庭成员", "obligors_confirmed_none": "已确认无法定义务人"}
SELF_CARE = ("eat", "dress", "bed", "toilet", "walk", "bath")
RELATIVES = ("father", "mother", "spouse")
PERSON = frozenset(
    {"id", "name", "born", "sex", "disability", "status", "missing_months", "civil_capacity", "self_care"}
    | {"obligors", "income_month", "pension_basic_month"}
    | {"obligors_confirmed_none"}
    | set(FLAGS)
    | set(RELATIVES)
)
HOUSEHOLD = frozenset(
    {"id", "name", "members", "income_year", "rigid_spending_year", "property_ok", "emergency"}
    | {"spending_sudden"}
)
TOP = frozenset({"on", "region", "params", "people", "households"})


class ScreenRefused(ValueError):
    """A file that cannot be screened at all. Holds a Chinese sentence."""


@dataclass
class Asked:
    """One file, read: the day and place, local values, and everybody in it."""

    on: days.Day
    region: str
    given: dict[str, Given]
    world: World
    doubts: tuple[str, ...] = ()


def read_file(table: Any, packs: tuple[Pack, ...]) -> Asked:
    """What a file tells. Raises ScreenRefused when there is no day, nobody, or somebody twice."""
    if not isinstance(table, Mapping):
        raise ScreenRefused("文件里要有一个JSON对象。")
    on = table.get("on")
    if not isinstance(on, str) or not days.is_whole(on):
        raise ScreenRefused("on要写成2026-06-30这样的日期。")
    region = table.get("region", NATION)
    if not isinstance(region, str) or not (region.isascii() and region.isdigit() and len(region) == 6):
        raise ScreenRefused("region要写6位行政区划代码。")
    given, doubts = _params(table.get("params", {}), packs)
    doubts += [
        f"政策包{pack.name}不适用于{region}，没有用。" for pack in packs if not covers(pack.region, region)
    ]
    doubts += [f"不认识的内容“{name}”，没有用。" for name in sorted(set(table) - TOP)]
    people = related(_everybody(table, "people", lambda row: _Person(row, on).facts()))
    households = _everybody(table, "households", lambda row: _Household(row).facts())
    if not people and not households:
        raise ScreenRefused("文件里没有人，也没有家庭。")
    return Asked(on, region, given, world_of(people, households), tuple(doubts))


def _everybody(
    table: Mapping[str, Any], name: str, read: Callable[[Mapping[str, Any]], Any]
) -> dict[str, Any]:
    rows = table.get(name, [])
    if not isinstance(rows, list) or len(rows) > MOST:
        raise ScreenRefused(f"{name}要写成列表，最多{MOST}条。")
    found: dict[str, Any] = {}
    for row in rows:
        if not isinstance(row, Mapping) or not isinstance(row.get("id"), str) or not row["id"]:
            raise ScreenRefused(f"{name}里每一条都要有id。")
        if row["id"] in found:
            raise ScreenRefused(f"{name}里编号“{row['id'][:20]}”出现了两次。")
        found[row["id"]] = read(row)
    return found


def _params(table: Any, packs: tuple[Pack, ...]) -> tuple[dict[str, Given], list[str]]:
    """Local values; what cannot be one is left out and said."""
    if not isinstance(table, Mapping):
        return {}, ["params要写成一个对象，没有用。"]
    known = {name: param for pack in packs for name, param in pack.params.items()}
    given: dict[str, Given] = {}
    doubts: list[str] = []
    for name, value in table.items():
        param = known.get(name)
        number = _number(value)
        if param is None:
            doubts.append(f"不认识的当地标准“{str(name)[:20]}”，没有用。")
        elif param.kind in ("yuan", "number") and number is not None and number > 0:
            given[name] = number * 100 if param.kind == "yuan" else number
        elif param.kind == "day" and isinstance(value, str) and days.is_whole(value):
            given[name] = value
        elif param.kind == "codes" and isinstance(value, list) and all(map(_is_status, value)):
            given[name] = tuple(value)
        elif value is not None:
            doubts.append(f"{param.title}的值不对，按未填比对。")
    return given, doubts


def _is_status(code: Any) -> bool:
    return isinstance(code, str) and code in statuses()


def _number(value: Any) -> Fraction | None:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return None
    if isinstance(value, Decimal) and not value.is_finite():
        return None
    number = Fraction(value)
    return number if abs(number) <= MOST_YUAN else None


def _whole(value: Any) -> bool:
    return isinstance(value, int) or (isinstance(value, Decimal) and value == value.to_integral_value())


class _Row:
    """One row; what cannot be is told in `doubts` and left unknown."""

    def __init__(self, row: Mapping[str, Any], known: frozenset[str]) -> None:
        self._row = row
        self.doubts = [f"不认识的内容“{str(name)[:20]}”，没有用。" for name in sorted(set(row) - known)]

    def doubt(self, name: str, why: str = "写法不对") -> None:
        label = FACTS[name].label if name in FACTS else LABELS.get(name, name)
        self.doubts.append(f"{label}{why}，按未填比对，请核对。")

    def money(self, name: str) -> Fraction | None:
        """Yuan → fen; null is none at all."""
        if name not in self._row:
            return None
        if self._row[name] is None:
            return Fraction(0)
        value = _number(self._row[name])
        if value is None or value < 0:
            self.doubt(name, "是负数" if value is not None else "写法不对")
            return None
        return value * 100

    def flag(self, name: str) -> bool | None:
        if name not in self._row:
            return None
        value = self._row[name]
        if value is None and name != "property_ok":
            return False
        if not isinstance(value, bool):
            self.doubt(name)
            return None
        return value

    def name(self) -> str:
        value = self._row.get("name")
        return value if isinstance(value, str) else str(self._row["id"])

    def ids(self, name: str) -> tuple[str, ...] | None:
        value = self._row.get(name)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            self.doubt(name)
            return None
        if len(set(value)) != len(value):
            self.doubt(name, "有重复")
            return None
        return tuple(value)


class _Person(_Row):
    def __init__(self, row: Mapping[str, Any], on: days.Day) -> None:
        super().__init__(row, PERSON)
        self._on = on

    def facts(self) -> PersonFacts:
        row = self._row
        obligors = self._obligors()
        confirmed = self._confirmed(obligors)
        facts = PersonFacts(
            id=row["id"],
            called=self.name(),
            born=self._born(),
            sex=self._sex(),
            cards=self._cards(),
            income_month=self.money("income_month"),
            pension_basic_month=self.money("pension_basic_month"),
            status=self._status(),
            missing_months=self._months(),
            civil_capacity=self._capacity(),
            self_care=self._self_care(),
            obligors=obligors,
            obligors_confirmed_none=confirmed,
            father=self._relative("father"),
            mother=self._relative("mother"),
            spouse=self._relative("spouse"),
        )
        flags: dict[str, Any] = {name: self.flag(name) for name in FLAGS}
        facts = replace(facts, **flags)
        if facts.income_month is not None and (facts.pension_basic_month or 0) > facts.income_month:
            self.doubts.append("基础养老金多于月收入，请核对。")
        return replace(facts, doubts=tuple(self.doubts))

    def _born(self) -> days.Day | None:
        value = self._row.get("born")
        if value is None:
            return None
        if not isinstance(value, str) or not days.is_day(value):
            self.doubt("age")
            return None
        if days.earliest(value) > self._on:
            self.doubt("age", "晚于比对日期")
            return None
        return value

    def _cards(self) -> tuple[Card, ...] | None:
        if "disability" not in self._row:
            return None
        value = self._row["disability"]
        rows = [] if value is None else value if isinstance(value, list) else [value]
        if not all(isinstance(one, Mapping) for one in rows):
            self.doubt("disability")
            return None
        return tuple(self._card(one) for one in rows)

    def _card(self, row: Mapping[str, Any]) -> Card:
        type, grade = row.get("type"), row.get("grade")
        if type is not None and (not isinstance(type, str) or type not in CARD_TYPES):
            self.doubt("disability", "类别代码不认识")
            type = None
        if grade is not None and (isinstance(grade, bool) or not _whole(grade) or grade not in CARD_GRADES):
            self.doubt("disability", "等级不认识")
            grade = None
        return Card(type, None if grade is None else int(grade))

    def _sex(self) -> str | None:
        value = self._row.get("sex")
        if value is not None and (not isinstance(value, str) or value not in SEXES):
            self.doubts.append("性别代码不认识，请核对。")
            return None
        return value

    def _status(self) -> Codes | None:
        if "status" not in self._row:
            return None
        value = self._row["status"]
        if value is None:
            return Codes(frozenset(), True)
        if not isinstance(value, list):
            self.doubt("status")
            return None
        named = [ALSO_CALLED.get(one, one) if isinstance(one, str) else one for one in value]
        known = frozenset(one for one in named if isinstance(one, str) and one in statuses())
        if len(known) < len(set(map(str, named))):
            self.doubt("status", "有不认识的代码")
        return Codes(known, len(known) == len(set(map(str, named))))

    def _months(self) -> Fraction | None:
        if "missing_months" not in self._row:
            return None
        value = self._row["missing_months"]
        if value is None:
            return Fraction(0)
        number = _number(value)
        if number is None or number < 0:
            self.doubt("missing_months")
            return None
        return number

    def _capacity(self) -> str | None:
        value = self._row.get("civil_capacity")
        if value is not None and (not isinstance(value, str) or value not in CAPACITIES):
            self.doubt("civil_capacity", "代码不认识")
            return None
        return value

    def _self_care(self) -> Span | None:
        value = self._row.get("self_care")
        if value is None:
            return None
        if not isinstance(value, Mapping) or set(value) - set(SELF_CARE):
            self.doubt("self_care")
            return None
        looked = [value.get(item) for item in SELF_CARE]
        if any(one is not None and not isinstance(one, bool) for one in looked):
            self.doubt("self_care")
            return None
        undone, open_ = looked.count(False), looked.count(None)
        return Span(Fraction(undone), Fraction(undone + open_))

    def _confirmed(self, obligors: tuple[str, ...] | None) -> bool | None:
        """Known to have none: said so, or null; a list that cannot be read says nothing."""
        told = self.flag("obligors_confirmed_none")
        if "obligors" not in self._row:
            return told
        if self._row["obligors"] is None:
            if self._row.get("obligors_confirmed_none") is False:
                self.doubts.append("法定义务人填了没有，又选了未确认，按未填比对，请核对。")
                return None
            return True
        return told if obligors is not None else None

    def _obligors(self) -> tuple[str, ...] | None:
        found = self.ids("obligors")
        if found and self._row["id"] in found:
            self.doubt("法定义务人", "里有本人")
            return None
        return found

    def _relative(self, name: str) -> Relative | None:
        if name not in self._row:
            return None
        value = self._row[name]
        if value is None:
            return Relative("")
        if not isinstance(value, str) or not value or value == self._row["id"]:
            self.doubt({"father": "父亲", "mother": "母亲", "spouse": "配偶"}[name], "不能是本人")
            return None
        return Relative(value)


class _Household(_Row):
    def __init__(self, row: Mapping[str, Any]) -> None:
        super().__init__(row, HOUSEHOLD)

    def facts(self) -> HouseholdFacts:
        return HouseholdFacts(
            id=self._row["id"],
            called=self.name(),
            members=self.ids("members"),
            income_year=self.money("income_year"),
            rigid_spending_year=self.money("rigid_spending_year"),
            property_ok=self.flag("property_ok"),
            emergency=self.flag("emergency"),
            spending_sudden=self.flag("spending_sudden"),
            doubts=tuple(self.doubts),
        )
