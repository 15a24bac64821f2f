"""Checks that several kinds of record share: days that cannot be yet, ends before starts.

A merged record may hold any text in a day or a time; what is no day of the calendar is passed over here and
marked by its own field.
"""

from collections.abc import Iterator

from sgz_desktop.domain import days
from sgz_desktop.domain.fields import Level, Problem
from sgz_desktop.domain.records.base import Record, questions

END_BEFORE_START = "结束时间早于开始时间，请核对。"


def not_future(record: Record, today: str, *fields: str) -> Iterator[Problem]:
    """Refuse a day that surely lies after `today` (YYYY-MM-DD): what was done was done by now."""
    for field in fields:
        day = day_in(record, field)
        if day and days.earliest(day) > today:
            label = questions(type(record))[field].ask.label
            yield Problem(Level.REFUSE, field, f"{label}晚于今天，请核对。")


def days_in_order(record: Record, first: str, then: str) -> Iterator[Problem]:
    """Refuse a second day that surely lies before the first."""
    start, end = day_in(record, first), day_in(record, then)
    if start and end and days.latest(end) < days.earliest(start):
        asked = questions(type(record))
        yield Problem(Level.REFUSE, then, f"{asked[then].ask.label}早于{asked[first].ask.label}，请核对。")


def likely_in_order(record: Record, first: str, then: str) -> Iterator[Problem]:
    """Mark a second day that surely lies before the first, where that may be true all the same."""
    yield from (mark(one.field, one.sentence) for one in days_in_order(record, first, then))


def times_in_order(record: Record, start: str, end: str) -> Iterator[Problem]:
    """Refuse an end before the start on one day."""
    first, last = getattr(record, start), getattr(record, end)
    if _is_clock(first) and _is_clock(last) and last < first:
        yield Problem(Level.REFUSE, end, END_BEFORE_START)


def one_of(record: Record, sentence: str, *fields: str) -> Iterator[Problem]:
    """Refuse a record that belongs to nobody: at least one of the references must be given."""
    if all(getattr(record, field) is None for field in fields):
        yield Problem(Level.REFUSE, fields[0], sentence)


def no_more(record: Record, part: str, whole: str) -> Iterator[Problem]:
    """Refuse a part that is more than the whole, as more content people than were asked."""
    some, most = getattr(record, part), getattr(record, whole)
    if type(some) is int and type(most) is int and some > most:
        asked = questions(type(record))
        yield refuse(part, f"{asked[part].ask.label}多于{asked[whole].ask.label}，请核对。")


def refuse(field: str, sentence: str) -> Problem:
    """What cannot be: the form stays open."""
    return Problem(Level.REFUSE, field, sentence)


def mark(field: str, sentence: str) -> Problem:
    """A doubt that is saved and shown as 待核."""
    return Problem(Level.MARK, field, sentence)


def day_in(record: Record, field: str) -> str | None:
    """The day a field holds, None when it is unknown or no day of the calendar."""
    value = getattr(record, field)
    return value if isinstance(value, str) and days.is_day(value) else None


def text_in(record: Record, field: str) -> str:
    """The text a field holds, '' when it is unknown or no text (a value of a newer version)."""
    value = getattr(record, field)
    return value if isinstance(value, str) else ""


def _is_clock(value: object) -> bool:
    return isinstance(value, str) and days.is_clock(value)
