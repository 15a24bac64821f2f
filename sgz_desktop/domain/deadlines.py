"""What is due, and how that is said. Days come from the records; today comes from the caller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sgz_desktop.domain import days
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.workdays import workday_on_or_after

# How often a household is called on by its risk, in days. The station's own choice, not a national rule.
VISIT_EVERY_DAYS: Mapping[str | None, int] = {"high": 30, "mid": 91, "low": 182, None: 91}
SOON_DAYS = 3


@dataclass(frozen=True, slots=True)
class Due:
    """A field that names a day by which something is to happen, and the fields that say it has."""

    kind: str
    field: str
    done: tuple[str, ...]
    what: str


DUE = (
    Due("task", "due_on", ("done_on",), "待办"),
    Due("step", "due_on", ("done_on",), "计划步骤"),
    Due("application", "decision_due_on", ("result_on", "result"), "救助申请办理期限"),
    Due("application", "review_on", (), "救助待遇复查"),
    Due("referral", "reply_due_on", ("reply_on", "outcome"), "转介回执"),
    Due("plan", "review_on", (), "检视服务计划"),
    Due("closure", "followup_due_on", (), "结案后跟进"),
    Due("followup", "next_on", (), "下次跟进"),
    Due("visit", "next_on", (), "约定再访"),
    Due("session", "next_on", (), "下次个案服务"),
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """One thing due: the record and field that say so, and the whole day by which."""

    kind: str
    id: str
    field: str
    what: str
    day: days.Day

    def late(self, today: days.Day) -> bool:
        return self.day < today

    def soon(self, today: days.Day) -> bool:
        return 0 <= days.days_between(today, self.day) <= SOON_DAYS


def deadlines(kind: str, id: str, values: Mapping[str, Wire]) -> list[Deadline]:
    """What one record says is due and not yet done. A month or a year is due on its last day.

    A contact agreed upon (visit, session, follow-up) is done by a later contact: that is for the caller.
    """
    return [
        Deadline(kind, id, due.field, due.what, days.latest(day))
        for due in DUE
        if due.kind == kind
        and isinstance(day := values.get(due.field), str)
        and days.is_day(day)
        and not any(values.get(field) is not None for field in due.done)
    ]


def in_words(day: days.Day, today: days.Day) -> str:
    """已过4天, 今天到期, 明天到期, 还有3天; both days whole."""
    left = days.days_between(today, day)
    if left < 0:
        return f"已过{-left}天"
    return {0: "今天到期", 1: "明天到期"}.get(left, f"还有{left}天")


def next_visit(last: days.Day, risk: str | None) -> days.Day:
    """A day for the next visit: so many days after `last` (whole) as the risk asks, then a working day."""
    due = days.add_days(last, VISIT_EVERY_DAYS.get(risk, VISIT_EVERY_DAYS[None]))
    return workday_on_or_after(due)
