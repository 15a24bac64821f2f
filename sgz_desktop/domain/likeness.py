"""How likely two descriptions of people are of one person, in points and in words.

Points are given for what agrees and taken off for what cannot be of one person, in the manner of record
linkage (Fellegi and Sunter 1969) with weights set by hand and measured in tests/actions/test_alike.py.
Names are compared as written, as said, and as said where n and l, zh and z, hu and f, ng and n are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sgz_desktop.domain import days, id_number
from sgz_desktop.domain.fields import Wire

SHOWN = 36  # points from which somebody is shown as likely the same
SAME_NAME = 36
SAME_VILLAGE = 12
OTHER_VILLAGE = -8
SAME_PHONE = 36
OTHER_SEX = -30
FEWEST_DIGITS = 7  # of a telephone number that says anything

NAME, FORMER, NICK = "姓名", "曾用名", "小名"
Clue = tuple[int, str]
NOTHING: Clue = (0, "")


@dataclass(frozen=True, slots=True)
class Said:
    """A name: letters only, as written, and its likely readings in full pinyin without blanks."""

    label: str
    written: str
    readings: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Traits:
    """What tells people apart, '' where unknown: codes, days and numbers as stored."""

    names: tuple[Said, ...] = ()
    sex: str = ""
    born: str = ""
    id_number: str = ""
    phone: str = ""
    village: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Points, and what agrees in words: 姓名同音，同村."""

    points: int
    reasons: tuple[str, ...]

    @property
    def likely(self) -> bool:
        """Enough to be shown to whoever is typing."""
        return self.points >= SHOWN

    @property
    def words(self) -> str:
        """The reasons as one line."""
        return "，".join(self.reasons)


def likeness(one: Traits, other: Traits) -> Likeness:
    """Compare two descriptions."""
    clues = (
        _ids(one.id_number, other.id_number),
        _names(one.names, other.names),
        *_others(_told(one), _told(other)),
    )
    if not any(words for _, words in clues[:3]):  # a birth and a village are shared by many
        return Likeness(0, ())
    return Likeness(sum(points for points, _ in clues), tuple(words for _, words in clues if words))


def at_most(one: Traits, other: Traits) -> int:
    """The points there could be at best, whatever their names and villages: quicker to tell than
    `likeness`, which reads names and proves numbers."""
    ids = 100 if one.id_number and other.id_number and _near(one.id_number, other.id_number) else 0
    unknown = 0 if one.village and other.village else SAME_VILLAGE
    return ids + SAME_NAME + unknown + sum(points for points, _ in _others(one, other))


def _near(one: str, other: str) -> bool:
    return one == other or len(one) != len(other) or _slip(one, other)


def _others(one: Traits, other: Traits) -> tuple[Clue, ...]:
    return (
        _phones(one.phone, other.phone),
        _births(one.born, other.born),
        _either(one.village, other.village, (SAME_VILLAGE, "同村"), OTHER_VILLAGE),
        _either(one.sex, other.sex, NOTHING, OTHER_SEX),
    )


def _told(one: Traits) -> Traits:
    """A sound id number also tells the day of birth and the sex."""
    facts = id_number.read(one.id_number) if id_number.is_valid(one.id_number) else None
    if facts is None:
        return one
    return replace(one, born=one.born or facts.born or "", sex=one.sex or facts.sex)


def _either(one: str, other: str, same: Clue, differs: int) -> Clue:
    if not one or not other:
        return NOTHING
    return same if one == other else (differs, "")


def _ids(one: str, other: str) -> Clue:
    first, second = id_number.to_eighteen(one) or one, id_number.to_eighteen(other) or other
    if not first or not second:
        return NOTHING
    if first == second:
        return 100, "身份证号相同"
    if id_number.is_valid(first) and id_number.is_valid(second):
        return -60, ""
    return (60, "身份证号只差一位") if _slip(first, second) else NOTHING


def _slip(one: str, other: str) -> bool:
    """One character typed wrong, or two neighbours exchanged."""
    if len(one) != len(other):
        return False
    odd = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    return len(odd) == 1 or (len(odd) == 2 and odd[1] == odd[0] + 1 and _exchanged(one, other, odd))


def _exchanged(one: str, other: str, at: list[int]) -> bool:
    return [one[place] for place in at] == [other[place] for place in reversed(at)]


def _names(some: tuple[Said, ...], others: tuple[Said, ...]) -> Clue:
    return max((_name(one, other) for one in some for other in others), default=NOTHING)


def _name(one: Said, other: Said) -> Clue:
    points, how = _likeness_of_names(one, other)
    label = next((said.label for said in (other, one) if said.label != NAME), NAME)
    return (points, label + how) if points else NOTHING


def _likeness_of_names(one: Said, other: Said) -> Clue:
    a, b = one.written, other.written
    if min(len(a), len(b)) < 2:
        return NOTHING
    if a == b:
        return _same(one.label, other.label), "相同"
    if folded(one.readings) & folded(other.readings):
        return (27, "同音") if one.readings & other.readings else (25, "音近")
    return _same_length(a, b) if len(a) == len(b) else _other_length(a, b)


def _same(*labels: str) -> int:
    """Many of a village share a nickname, so two of those say less than a name that is one."""
    if labels == (NICK, NICK):
        return 18
    return SAME_NAME if labels == (NAME, NAME) else 30


def _other_length(a: str, b: str) -> Clue:
    short, long = sorted((a, b), key=len)
    if long.endswith(short) and len(long) == len(short) + 1:
        return 20, "只少了姓"
    left_out = short[0] == long[0] and short in {long[:at] + long[at + 1 :] for at in range(1, len(long))}
    return (12, "少一个字") if left_out else NOTHING


def _same_length(a: str, b: str) -> Clue:
    odd = [at for at in range(len(a)) if a[at] != b[at]]
    if len(a) < 3 or len(odd) > 2:
        return NOTHING
    if len(odd) == 1:
        return 16, "只差一个字"
    return (16, "字序不同") if _exchanged(a, b, odd) else NOTHING


_CONFUSED = (*(("hu", "f"), ("fi", "fei"), ("n", "l"), ("lg", "l")),)


def fold(said: str) -> str:
    """Full pinyin with the sounds made one that many people do not tell apart: `niuzhenghua` and
    `liuzenfa`. Only good to compare with another folded one."""
    said = re.sub("hun(?![aeiou])", "fen", re.sub("([zcs])h", r"\1", said))
    for sound, alike in _CONFUSED:
        said = said.replace(sound, alike)
    return re.sub("f(?![aeiou])", "fu", said)


def folded(readings: Iterable[str]) -> frozenset[str]:
    """Every reading, folded."""
    return frozenset(map(fold, readings))


def _births(one: str, other: str) -> Clue:
    if not (days.is_day(one) and days.is_day(other)):
        return NOTHING
    short, long = sorted((one, other), key=len)
    if long.startswith(short):
        return _agreeing(short)
    if short[:4] == long[:4]:
        near = days.is_whole(short) and (_slip(short, long) or _month_for_day(short, long))
        return (14, "出生日期相近") if near else (0, "出生年份相同")
    if days.is_whole(short) and short[4:] == long[4:] and _slip(short[:4], long[:4]):
        return 14, "出生日期相近"
    return (-14 if abs(int(short[:4]) - int(long[:4])) == 1 else -40), ""  # 农历年 differ by one


def _agreeing(known: str) -> Clue:
    if not days.is_whole(known):
        return (12, "出生年份相同") if len(known) == 4 else (16, "出生年月相同")
    return (16 if known.endswith("-01-01") else 30), "出生日期相同"  # 1 January stands for a day not known


def _month_for_day(one: str, other: str) -> bool:
    return (one[5:7], one[8:]) == (other[8:], other[5:7])


def _phones(one: str, other: str) -> Clue:
    first, second = (re.sub(r"[^0-9]", "", number) for number in (one, other))
    return (SAME_PHONE, "电话相同") if first == second and len(first) >= FEWEST_DIGITS else NOTHING


def not_the_same(one: tuple[Wire, Wire, Wire], other: tuple[Wire, Wire, Wire]) -> str:
    """What speaks against two files being one person's, as a sentence; '' when nothing does.

    Each is (id number, sex code, born): two valid numbers that differ, another sex, another whole birth day.
    """
    numbers, sexes, days_born = zip(one, other, strict=True)
    told = []
    if numbers[0] != numbers[1] and all(isinstance(n, str) and id_number.is_valid(n) for n in numbers):
        told.append("身份证号都有效但不同")
    if set(sexes) == {"1", "2"}:
        told.append("性别不同")
    whole = [day for day in days_born if isinstance(day, str) and days.is_day(day) and days.is_whole(day)]
    if len(set(whole)) == 2:
        told.append("出生日期不同")
    return f"{'，'.join(told)}，可能不是同一人，请核对后再合并。" if told else ""
