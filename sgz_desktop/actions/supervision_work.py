"""What follows from a supervision: its advice as tasks; and which words of it tell who a client is."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.coded_dossier import around
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain import days
from sgz_desktop.domain.deidentify import Finder
from sgz_desktop.domain.deidentify_text import Sort, Span, folded
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.ids import id_of
from sgz_desktop.domain.records.supervision_work import Supervision
from sgz_desktop.domain.records.task import Task
from sgz_desktop.errors import AppError
from sgz_desktop.store import queries, read
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.write import Write

NO_ADVICE = ("这次督导还没有写建议，没有列待办。", "先在“督导建议”里写上。")
NOT_HERE = "这份督导记录还没有到本机，没有列待办。"
BAD_DAY = "完成日期不对，请改成某一天。"
TELLING = frozenset(
    {
        Sort.NAME,
        Sort.CALLED,
        Sort.ID,
        Sort.PHONE,
        Sort.DIGITS,
        Sort.ACCOUNT,
        Sort.PLATE,
        Sort.BIRTH,
        Sort.KNOWN,
    }
)
NUMBERED = re.compile(r"^\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)、.．]|[-•·*])\s*")
ORIGINS = "SELECT id, done_on, due_on, what FROM r_task WHERE origin LIKE ? AND deleted IS NOT 1 ORDER BY rid"


@dataclass(frozen=True)
class AdviceTask:
    """A task that came of a supervision; days are '' where there is none."""

    id: str
    what: str
    due_on: str
    done_on: str


@dataclass(frozen=True)
class Raised:
    """Tasks made of advice: how many are new, how many were there already."""

    new: int
    known: int
    changes: Changes


def advice_lines(text: str) -> list[str]:
    """Advice as its points: each line is one, without its number."""
    lines = (NUMBERED.sub("", line).strip() for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if line))


@action
def raise_advice(desk: Desk, id: str, due_on: str, worker: str = "") -> Raised:
    """Make a task of each point of the advice of a supervision, due on a day; none is made twice."""
    day = _day(due_on)

    def work(session: Writing) -> Raised:
        record = read.get(session, Supervision, id)
        if record is None or record.deleted:
            raise AppError(NOT_HERE)
        points = advice_lines(record.advice or "")
        if not points:
            raise AppError(*NO_ADVICE)
        known = {what for _, _, _, what in queries.table(session, ORIGINS, f"supervision:{id}%")}
        new = [_task(id, what, day, worker) for what in points if what not in known]
        new = [write for write in new if not read.exists(session, Task.KIND, write.id)]
        if new:
            desk.record(session, "", new)
        return Raised(len(new), len(points) - len(new), session.changes())

    return desk.write(work)


def _day(typed: str) -> str:
    try:
        day = str(days.tidy_day(typed) or "")
    except ValueError:
        day = ""
    if not days.is_whole(day):
        raise AppError(BAD_DAY)
    return day


def _task(id: str, what: str, day: str, worker: str) -> Write:
    """Two computers that raise the same point make one task."""
    values = {"what": what, "due_on": day, "origin": f"supervision:{id}"} | (
        {"worker": worker} if worker else {}
    )
    return Write(Task.KIND, id_of(f"supervision:{id}:{what}"), dict(values), {})


@action
def advice_tasks(desk: Desk, id: str) -> tuple[AdviceTask, ...]:
    """The tasks that came of a supervision."""
    rows = desk.read(lambda session: queries.table(session, ORIGINS, f"supervision:{id}%"))
    return tuple(AdviceTask(id, what or "", due or "", done or "") for id, done, due, what in rows)


@action
def telling_words(desk: Desk, text: str, known: Collection[str] = ()) -> tuple[str, ...]:
    """Words of a text that may tell who a client is, each once, in their order; `known` are names of
    supervisors and others that are no client's. Nothing is refused for it."""
    if not text.strip():
        return ()
    finder = desk.read(lambda session: _finder(session, desk, text, known))
    found = (_word(text, one) for one in finder.find(text) if one.sort in TELLING)
    return tuple(dict.fromkeys(word for word in found if word))


def _word(text: str, one: Span) -> str:
    """The word; a surname alone with the form of address after it."""
    end = one.end if one.end - one.start > 1 else one.end + 2
    return "".join(text[one.start : end].split())


def _finder(session: Reading, desk: Desk, text: str, known: Collection[str]) -> Finder:
    """Made of the names on file that the text may hold: a station has thousands that it does not."""
    near, bare = around(session), folded(text)
    staff = {*near.staff, *(name for name in known if name)}
    names = {name: "某人" for name in near.people if name not in staff and _held(name, bare)}
    return Finder(names, villages=near.villages, staff=tuple(staff), stations=(desk.station,))


def _held(name: str, text: str) -> bool:
    """Does the text hold the name, or the given name of it?"""
    return name in text or (len(name) > 2 and name[1:] in text)
