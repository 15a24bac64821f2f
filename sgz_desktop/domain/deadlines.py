"""What is due, and how that is said. Days come from the records; today comes from the caller."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from sgz_desktop.domain import days
from sgz_desktop.domain.fields import Wire

# How often a household is called on, in days, by the risk of its case and by what its people and itself are;
# the shortest that applies counts (`visit_rhythm`). Not a national rule: the station sets its own.
VISIT_EVERY: Mapping[str, int] = {
    "risk.high": 30,
    "risk.mid": 91,
    "risk.low": 182,
    "risk.unknown": 91,
    "person.tekun": 30,
    "person.orphan": 30,
    "person.unsupported_child": 30,
    "person.child_in_need": 30,
    "person.left_child": 30,
    "person.living_alone": 30,
    "person.disabled_elder": 30,
    "person.left_elder": 91,
    "person.empty_nest": 91,
    "person.advanced_age": 91,
    "person.severely_disabled": 91,
    "person.disabled": 182,
    "person.mental_disorder": 91,
    "person.dibao": 91,
    "household.tekun": 30,
    "household.dibao": 91,
    "household.dibao_margin": 182,
    "household.monitored": 91,
    "household.family_planning_loss": 91,
    "age.80": 91,
    "other": 182,
}
SOON_DAYS = 3


@dataclass(frozen=True, slots=True)
class Due:
    """A field that names a day by which something is to happen, and the fields that say it has.

    `still`: codes of such a field with which it has not happened yet.
    """

    kind: str
    field: str
    done: tuple[str, ...]
    what: str
    still: Mapping[str, frozenset[str]] = dataclasses.field(default_factory=dict)

    def over(self, values: Mapping[str, Wire]) -> bool:
        """Do the values say that it has happened?"""
        return any(
            (value := values.get(name)) is not None and value not in self.still.get(name, ())
            for name in self.done
        )


DUE = (
    Due("task", "due_on", ("done_on",), "待办"),
    Due("step", "due_on", ("done_on", "state"), "计划步骤", {"state": frozenset({"todo", "doing"})}),
    Due("goal", "due_on", (), "服务目标"),
    Due(
        "application",
        "decision_due_on",
        ("result_on", "result"),
        "救助申请办理期限",
        {"result": frozenset({"pending"})},
    ),
    Due("application", "review_on", (), "救助待遇复查"),
    Due(
        "referral",
        "reply_due_on",
        ("reply_on", "outcome"),
        "转介回执",
        {"outcome": frozenset({"waiting"})},
    ),
    Due("referral_call", "ask_again_on", (), "再次询问回执"),
    Due("plan", "review_on", (), "检视服务计划"),
    Due("closure", "followup_due_on", (), "结案后跟进"),
    Due("followup", "next_on", (), "下次跟进"),
    Due("visit", "next_on", (), "约定再访"),
    Due("session", "next_on", (), "下次个案服务"),
    Due(
        "consent",
        "paper_due_on",
        ("sign_mode", "withdrawn_on"),
        "补签知情同意书",
        {"sign_mode": frozenset({"oral", "pending"})},
    ),
    Due("contact", "answer_due_on", ("answered_on",), "答复来访来电"),
    Due("remark", "due_on", ("done_on",), "督导意见"),
    Due("inspection", "due_on", ("rectified_on",), "检查整改"),
    Due("supervision", "next_on", (), "下次督导"),
    Due("mandatory_report", "found_on", ("supervisor_told_on", "ended_on"), "强制报告：告知督导"),
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

    A contact agreed upon (visit, session, follow-up) is done by a later contact, a goal by its result, a
    call by the answer: that is for the caller.
    """
    return [
        Deadline(kind, id, due.field, due.what, days.latest(day))
        for due in DUE
        if due.kind == kind
        and isinstance(day := values.get(due.field), str)
        and days.is_day(day)
        and not due.over(values)
    ]


def in_words(day: days.Day, today: days.Day) -> str:
    """已过4天, 今天到期, 明天到期, 还有3天; both days whole."""
    left = days.days_between(today, day)
    if left < 0:
        return f"已过{-left}天"
    return {0: "今天到期", 1: "明天到期"}.get(left, f"还有{left}天")
