"""How far an application has come, in words. Nobody is told they are late: one may ask how it stands."""

from __future__ import annotations

from sgz_desktop.domain import days, workdays

ASK_FROM = 7, 10  # of the reference gone by
ASK = "可询问进度"


def gone(accepted: str | None, today: days.Day) -> int:
    """Working days since acceptance, its own day not counted; 0 where that is not known."""
    return max(0, workdays.workdays_between(accepted, today)) if accepted else 0


def reference(accepted: str | None, due: str | None, usual: int) -> int:
    """Working days the reference gives: up to the day written down, else as many as the rules name."""
    if accepted and due and days.is_whole(accepted) and days.is_whole(due):
        return max(0, workdays.workdays_between(accepted, due))
    return usual


def may_ask(done: int, limit: int) -> bool:
    """Is most of the reference gone, so that one may ask how it stands?"""
    return bool(limit) and done * ASK_FROM[1] >= limit * ASK_FROM[0]


def progress_words(filed: str | None, accepted: str | None, limit: int, today: days.Day) -> str:
    """已受理第12个工作日（参考时限15），可询问进度."""
    if accepted:
        done = gone(accepted, today)
        told = f"（参考时限{limit}）" if limit else ""
        ask = f"，{ASK}" if may_ask(done, limit) else ""
        return f"已受理第{done}个工作日{told}{ask}{_beyond(accepted, today, limit)}"
    if filed:
        return f"{days.short_day(filed, today)}递交，等待受理"
    return "正在准备材料"


def _beyond(start: str, today: days.Day, limit: int) -> str:
    """，未含2027年调休 where the working days counted, or still to be counted, run past the table."""
    if not days.is_whole(start):
        return ""
    note = workdays.coverage_note(start, max(today, workdays.add_workdays(start, limit)))
    return f"，{note}" if note else ""
