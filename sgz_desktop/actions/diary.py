"""D2 工作日志: a worker's days as the records tell them, with the lines only a diary holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, load_form
from sgz_desktop.domain import agenda as rules
from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.day_work import Done, clashes, in_order
from sgz_desktop.domain.ids import id_of
from sgz_desktop.domain.local_words import titled
from sgz_desktop.domain.records.diary import Diary
from sgz_desktop.store import day_work, read
from sgz_desktop.store.day_work import DiaryRow, WorkRow
from sgz_desktop.store.session import Reading

TITLES = {
    "session": "会谈",
    "group_session": "小组",
    "supervision": "督导",
    "training": "培训",
    "case_move": "个案进展",
    "task": "办完待办",
    "application": "协助申请",
    "contact": "来访来电",
}
CODES = {
    "visit": "visit_mode",
    "session": "visit_mode",
    "followup": "visit_mode",
    "contact": "contact_way",
    "application": "programme",
    "referral": "referral_kind",
    "case_move": "case_stage",
    "activity": "activity_kind",
    "supervision": "supervision_mode",
}
TOLD = ("errands", "other", "next_plan")


@dataclass(frozen=True)
class Day:
    """One day of a worker: what records say was done, what the diary adds, and what clashes (ids)."""

    day: str
    done: tuple[Done, ...]
    errands: str = ""
    other: str = ""
    next_plan: str = ""
    clashing: frozenset[str] = frozenset()


@dataclass(frozen=True)
class DayPage:
    """A day with the form of its diary, and whose diaries there are."""

    told: Day
    form: Form
    worker: str
    workers: tuple[str, ...]


@action
def diary_day(desk: Desk, day: str, worker: str = "") -> DayPage:
    """A whole day of a worker ('' = the one at the desk) with its diary, new or written before."""
    who = worker or desk.user

    def work(session: Reading) -> DayPage:
        (told,) = days_told(session, day, day, who)
        rows = day_work.diaries(session, day, day, who)
        form = load_form(session, Diary, rows[0].id, desk.today()) if rows else None
        fresh = Form("diary", _free_id(session, day, who), {"date": day, "worker": who}, new=True, fixed=True)
        names = dict.fromkeys([desk.user, *day_work.workers(session), who])
        return DayPage(told, form or fresh, who, tuple(names))

    return desk.read(work)


@action
def diary_days(desk: Desk, first: str, last: str, worker: str = "") -> tuple[Day, ...]:
    """Each day from one whole day to another as a worker's diary tells it."""
    return desk.read(lambda session: days_told(session, first, last, worker or desk.user))


def diary_id(day: str, worker: str) -> str:
    """The id of a worker's diary of a day: two computers write one."""
    return id_of(f"diary:{worker}:{day}")


def diary_at(session: Reading, day: str, worker: str) -> str:
    """The id of a worker's diary of a day, written before or to be written."""
    rows = day_work.diaries(session, day, day, worker)
    return rows[0].id if rows else _free_id(session, day, worker)


def _free_id(session: Reading, day: str, worker: str) -> str:
    """That id, or the next when the diary that had it was deleted: what is written into one is not seen."""
    names = (f"{worker}:{number}" if number else worker for number in count())
    return next(id for name in names if not read.exists(session, "diary", id := diary_id(day, name)))


def days_told(session: Reading, first: str, last: str, worker: str) -> tuple[Day, ...]:
    """Each day of a stretch, also those on which nothing is told."""
    found = [_done(row) for row in day_work.work_of(session, first, last, worker)]
    written = day_work.diaries(session, first, last, worker)
    marked = clashes(found)
    return tuple(_day(day, found, written, marked) for day in rules.days_of(first, last))


def _day(day: str, found: list[Done], written: list[DiaryRow], marked: frozenset[str]) -> Day:
    done = tuple(in_order(one for one in found if one.day == day))
    rows = [row for row in written if row.day == day]
    told = {name: "\n".join(text for row in rows if (text := getattr(row, name))) for name in TOLD}
    return Day(day, done, **told, clashing=frozenset(one.id for one in done) & marked)


def _done(row: WorkRow) -> Done:
    what, text = _words(row)
    return Done(
        kind=row.kind,
        id=row.id,
        day=row.day,
        what=what,
        name=row.name or "",
        text=text,
        start=row.start or "",
        end=row.end or "",
        case=row.case or "",
        origin=row.origin or "",
    )


def _words(row: WorkRow) -> tuple[str, str]:
    title = TITLES.get(row.kind) or titled(row.kind)
    sort = code_list(CODES[row.kind]).label(row.sort) if row.sort and row.kind in CODES else ""
    text = " ".join((row.words or "").split())
    if row.kind in ("visit", "session", "followup", "contact"):
        if row.sort in ("came", "called"):  # 来访 and 来电 need no more words
            return sort, text
        missed = "未遇" if row.kind == "visit" and row.met == 0 else ""
        return f"{title}（{sort}）" if sort else title, "；".join(part for part in (missed, text) if part)
    if row.kind == "case_move" and sort:
        sort = f"进入{sort}"
    return title, "：".join(part for part in (sort, text) if part)


def counts(told: tuple[Day, ...]) -> Mapping[str, int]:
    """How often each sort of work was done, a visit nobody was met at counted as one too."""
    found: dict[str, int] = {}
    for day in told:
        for one in day.done:
            sort = one.what.partition("（")[0]
            found[sort] = found.get(sort, 0) + 1
    return found


def month_of(day: str) -> tuple[str, str]:
    """First and last day of a day's month."""
    return f"{day[:7]}-01", days.latest(day[:7])
