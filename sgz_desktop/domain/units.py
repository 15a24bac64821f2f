"""What figures are counted in: 人, 人次, 户, 户次, 场, 节 … each a type of its own.

Two amounts add up only where they are of one unit: `People(1) + PersonTimes(1)` neither type-checks nor runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sized
from dataclasses import dataclass
from typing import ClassVar, Self


@dataclass(frozen=True, slots=True)
class Amount:
    """So much of a unit."""

    UNIT: ClassVar[str] = ""
    value: int | float

    @classmethod
    def of(cls, each: Sized) -> Self:
        """As many as there are."""
        return cls(len(each))

    @classmethod
    def total(cls, amounts: Iterable[Self]) -> Self:
        """All together."""
        found = list(amounts)
        wrong = next((one for one in found if type(one) is not cls), None)
        return cls(0) + wrong if wrong is not None else cls(sum(one.value for one in found))

    def __add__(self, other: Self) -> Self:
        if type(other) is not type(self):
            raise TypeError(f"{self.UNIT} + {getattr(other, 'UNIT', '?')}")
        return type(self)(self.value + other.value)


class People(Amount):
    """Different people."""

    UNIT = "人"


class PersonTimes(Amount):
    """People, once each time."""

    UNIT = "人次"


class Homes(Amount):
    """Different households."""

    UNIT = "户"


class HomeTimes(Amount):
    """Households, once each time."""

    UNIT = "户次"


class Sessions(Amount):
    """Sessions of a case or group."""

    UNIT = "节"


class Events(Amount):
    """Activities."""

    UNIT = "场"


class Times(Amount):
    """Occasions of no other unit."""

    UNIT = "次"


class Items(Amount):
    """Cases, groups, jobs."""

    UNIT = "个"


class Organisations(Amount):
    """Organisations."""

    UNIT = "家"


class Teams(Amount):
    """Teams of volunteers."""

    UNIT = "支"


class Reports(Amount):
    """Reports to the authorities."""

    UNIT = "起"


class Hours(Amount):
    """Hours."""

    UNIT = "小时"

    @classmethod
    def of_minutes(cls, minutes: int) -> Hours:
        """To one decimal, half up; whole hours as an integer."""
        tenths = (minutes + 3) // 6
        return cls(tenths // 10 if tenths % 10 == 0 else tenths / 10)


class Workdays(Amount):
    """Working days."""

    UNIT = "工作日"


class Yuan(Amount):
    """Money."""

    UNIT = "元"

    @classmethod
    def of_fen(cls, fen: int) -> Yuan:
        """Whole yuan as an integer."""
        return cls(fen // 100 if fen % 100 == 0 else fen / 100)


class Percent(Amount):
    """A share."""

    UNIT = "%"

    @classmethod
    def of_parts(cls, part: int, whole: int) -> Percent:
        """To one decimal, half up; 0 where there is no whole. Less than the whole never says 100."""
        tenths = (2000 * part + whole) // (2 * whole) if whole else 0
        if part < whole:
            tenths = min(tenths, 999)
        return cls(tenths // 10 if tenths % 10 == 0 else tenths / 10)


class Points(Amount):
    """A mean score."""

    UNIT = "分"


class Whether(Amount):
    """1 is yes, 0 is no."""

    UNIT = "是否"


def mean(total: int, count: int) -> int | float:
    """To one decimal, half up; 0 of nothing."""
    tenths = (20 * total + count) // (2 * count) if count else 0
    return tenths // 10 if tenths % 10 == 0 else tenths / 10


RATES = frozenset({Percent.UNIT, Points.UNIT, Workdays.UNIT})
"""Units of a mean or a share: of nothing there is none."""
