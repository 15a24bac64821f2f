"""Days, months and times of day as text.

A Day is `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; a Month is `YYYY-MM`; a Clock is local `HH:MM`. What is not
known is not written: 1958 means "some day in 1958". Nothing here reads the computer's clock.

A synced record may hold any text for a day. What shows or compares stored days therefore never raises: such
a text is shown as it is and counts as unknown. Only `tidy_*`, `to_date`, `weekday` and `add_days` raise.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date, timedelta

Day = str
Month = str
Clock = str

FIRST_YEAR, LAST_YEAR = 1850, 2199
BAD_DAY = "日期请写成2026年6月3日、2026.6.3或只写2026年6月。"
NO_YEAR = "日期请写四位数的年份，例如2026年6月3日。"
BAD_MONTH = "月份请写成2026年6月或2026-06。"
BAD_CLOCK = "时间请写成9:30或下午2点。"

_CANON = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_SEPARATED = re.compile(r"(\d{4})(?:[-./年](?:(\d{1,2})(?:[-./月](?:(\d{1,2})日?)?)?)?)?")
_SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_NO_YEAR = re.compile(r"(\d{1,2})[-./月](\d{1,2})日?")
_SHORT_YEAR = re.compile(r"\d{1,3}[-./年]\d{1,2}[-./月]\d{1,2}日?")
_WORDS = {"前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2}
_NEAR = {-2: "前天", -1: "昨天", 0: "今天", 1: "明天", 2: "后天"}
_MARKS = str.maketrans("。、—–", "..--")
_WEEKDAYS = "一二三四五六日"
_CLOCK_COLON = re.compile(r"(\d{1,2})[:.](\d{2})")
_CLOCK_WORDS = re.compile(r"(\d{1,2})[时点](?:(\d{1,2})分?|(半|一刻|三刻|整))?")
_CLOCK_SOLID = re.compile(r"(\d{1,2})(\d{2})")
_CLOCK_PARTS = {"半": 30, "一刻": 15, "三刻": 45, "整": 0}
_MORNING, _AFTERNOON = ("上午", "早上", "凌晨", "早"), ("下午", "晚上", "傍晚", "晚")


def plain(text: str) -> str:
    """Half-width form of typed digits and marks, without spaces: `２０２６． ６` → `2026.6`."""
    folded = unicodedata.normalize("NFKC", text)
    return re.sub(r"\s+", "", folded).translate(_MARKS)


def tidy_day(text: str, today: Day | None = None) -> Day:
    """What people type for a day → Day. `today` (whole) also allows 昨天 and days without a year.

    Raises ValueError holding a Chinese sentence when it is no day of the calendar.
    """
    typed = plain(text).replace("号", "日")
    if today is not None and (near := _day_near(typed, today)):
        return near
    found = _CANON.fullmatch(typed) or _SOLID.fullmatch(typed) or _SEPARATED.fullmatch(typed)
    if found is None:
        raise ValueError(NO_YEAR if _NO_YEAR.fullmatch(typed) or _SHORT_YEAR.fullmatch(typed) else BAD_DAY)
    year, month, day = (int(part) if part else None for part in found.groups())
    return _checked(year, month, day)


def _day_near(typed: str, today: Day) -> Day | None:
    if typed in _WORDS:
        return add_days(today, _WORDS[typed])
    found = _NO_YEAR.fullmatch(typed)
    return _checked(int(today[:4]), int(found[1]), int(found[2])) if found else None


def _checked(year: int | None, month: int | None, day: int | None) -> Day:
    year = year or 0
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"年份应在{FIRST_YEAR}到{LAST_YEAR}之间，请核对。")
    if month is None:
        return f"{year:04d}"
    if not 1 <= month <= 12:
        raise ValueError("月份应在1到12之间，请核对。")
    if day is None:
        return f"{year:04d}-{month:02d}"
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise ValueError(f"{year}年{month}月只有{last}天，请核对日期。")
    return f"{year:04d}-{month:02d}-{day:02d}"


def is_day(text: str) -> bool:
    """Whether text is a Day as it is stored (a real day, canonical digits)."""
    found = _CANON.fullmatch(text) if text.isascii() else None
    if found is None:
        return False
    try:
        _checked(*(int(part) if part else None for part in found.groups()))
    except ValueError:
        return False
    return True


def is_whole(day: Day) -> bool:
    """Whether text is a Day whose year, month and day are all known."""
    return len(day) == 10 and is_day(day)


def show_day(day: Day) -> str:
    """2026年6月3日, 2026年6月 or 2026年; what is no day of the calendar as it is."""
    if not is_day(day):
        return day
    parts = [str(int(part)) for part in day.split("-")]
    return "".join(part + unit for part, unit in zip(parts, "年月日", strict=False))


def short_day(day: Day, today: Day) -> str:
    """A day beside `today` (whole): 昨天, 6月30日（周二）, 2025年6月30日（周一）; others as show_day."""
    if not (is_whole(day) and is_whole(today)):
        return show_day(day)
    near = _NEAR.get(days_between(today, day))
    if near:
        return near
    shown = show_day(day)
    return f"{shown[5:] if day[:4] == today[:4] else shown}（{weekday(day)}）"


def weekday(day: Day) -> str:
    """周一 … 周日 of a whole day."""
    return "周" + _WEEKDAYS[to_date(day).weekday()]


def to_date(day: Day) -> date:
    """datetime.date of a whole day; ValueError for a partial one."""
    return date.fromisoformat(day)


def earliest(day: Day) -> Day:
    """First whole day a Day may mean: 2026-06 → 2026-06-01; what is no day as it is."""
    if not is_day(day):
        return day
    return day + "-01-01"[len(day) - 4 :]


def latest(day: Day) -> Day:
    """Last whole day a Day may mean: 2026-02 → 2026-02-28; what is no day as it is."""
    if len(day) == 10 or not is_day(day):
        return day
    year, month = int(day[:4]), int(day[5:] or 12)
    return f"{year:04d}-{month:02d}-{calendar.monthrange(year, month)[1]:02d}"


def add_days(day: Day, count: int) -> Day:
    """The whole day `count` calendar days later (the first day is not counted)."""
    return (to_date(day) + timedelta(days=count)).isoformat()


def days_between(start: Day, end: Day) -> int:
    """Calendar days from one day to another; negative when end is before start; 0 unless both are whole."""
    if not (is_whole(start) and is_whole(end)):
        return 0
    return (to_date(end) - to_date(start)).days


def age_range(born: Day, on: Day) -> tuple[int, int] | None:
    """Fewest and most full years a person born on `born` may have on `on`.

    None when surely not yet born, or when either is no day.
    """
    if not (is_day(born) and is_day(on)):
        return None
    most = _full_years(earliest(born), latest(on))
    return None if most < 0 else (max(0, _full_years(latest(born), earliest(on))), most)


def age(born: Day, on: Day) -> int | None:
    """Full years on the day `on` (a year is full on the birthday; 29 February counts from 1 March).

    None when partial dates leave it open, when `on` is before birth, or when either is no day.
    """
    years = age_range(born, on)
    return years[0] if years and years[0] == years[1] else None


def _full_years(born: Day, on: Day) -> int:
    return int(on[:4]) - int(born[:4]) - (on[5:] < born[5:])


def tidy_month(text: str) -> Month:
    """2026年6月, 2026.6, 202606 → 2026-06; ValueError with a Chinese sentence."""
    try:
        month = tidy_day(text)
    except ValueError as wrong:
        raise ValueError(BAD_MONTH) from wrong
    if len(month) != 7:
        raise ValueError(BAD_MONTH)
    return month


def month_of(day: Day) -> Month | None:
    """YYYY-MM of a day; None when only the year is known."""
    return day[:7] if len(day) >= 7 else None


def in_month(day: Day, month: Month) -> bool:
    """Whether a day surely lies in a month (a bare year lies in none)."""
    return month_of(day) == month


def add_months(month: Month, count: int) -> Month:
    """The month `count` months later (negative: earlier)."""
    year, index = divmod(int(month[:4]) * 12 + int(month[5:7]) - 1 + count, 12)
    return f"{year:04d}-{index + 1:02d}"


def months_between(start: Month, end: Month) -> int:
    """Months from one month to another; negative when end is before start."""
    return (int(end[:4]) - int(start[:4])) * 12 + int(end[5:7]) - int(start[5:7])


def tidy_clock(text: str) -> Clock:
    """9:30, 0930, ９：３０, 9时30分, 9点半, 下午2点 → HH:MM; ValueError with a Chinese sentence."""
    typed = plain(text)
    later = typed.startswith(_AFTERNOON)
    for word in _MORNING + _AFTERNOON:
        typed = typed.removeprefix(word)
    hour, minute = _clock_parts(typed)
    if later and hour < 12:
        hour += 12
    if hour > 23 or minute > 59:
        raise ValueError("时间应在0:00到23:59之间，请核对。")
    return f"{hour:02d}:{minute:02d}"


def _clock_parts(typed: str) -> tuple[int, int]:
    if found := _CLOCK_WORDS.fullmatch(typed):
        return int(found[1]), _CLOCK_PARTS[found[3]] if found[3] else int(found[2] or 0)
    if found := _CLOCK_COLON.fullmatch(typed) or _CLOCK_SOLID.fullmatch(typed):
        return int(found[1]), int(found[2])
    raise ValueError(BAD_CLOCK)


def is_clock(text: str) -> bool:
    """Whether text is a Clock as it is stored."""
    return re.fullmatch(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", text) is not None


def minutes_between(start: Clock, end: Clock) -> int:
    """Minutes from start to end on one day; negative when end is before start."""
    return _minute_of_day(end) - _minute_of_day(start)


def _minute_of_day(clock: Clock) -> int:
    return int(clock[:2]) * 60 + int(clock[3:5])


def show_minutes(minutes: int) -> str:
    """90 → 1小时30分钟; 30 → 30分钟; 120 → 2小时."""
    hours, rest = divmod(minutes, 60)
    return (f"{hours}小时" if hours else "") + (f"{rest}分钟" if rest or not hours else "")
