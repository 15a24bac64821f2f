"""Remarks of supervisors: typed by the number of a paper and a mark, listed, and carried out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import FormRefused, Saved, checked, load_form, new_form
from sgz_desktop.actions.papers_case_file import numbered
from sgz_desktop.actions.papers_reading import dossier
from sgz_desktop.actions.supervision_reading import record_of
from sgz_desktop.domain import days, signing, workdays
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.fields import Level, Problem, Wire
from sgz_desktop.domain.local_words import titled
from sgz_desktop.domain.records.case import Case
from sgz_desktop.domain.records.person import Person
from sgz_desktop.domain.records.supervision import Remark, SupervisorCopy
from sgz_desktop.domain.supervising import DUE_WORKDAYS, Mark, case_of_copy, marks_of, tidy_copy, tidy_mark
from sgz_desktop.errors import AppError
from sgz_desktop.store import queries, read
from sgz_desktop.store.session import Reading, Writing

NOT_A_NUMBER = "这不是督导件或文书的编号，没有录入。"
NO_MARK = "这份督导件没有这个批注号，请核对圆圈里的数。"
NO_TEXT = "请写意见，或选一个决定。"
GONE = "这条意见已不在本机，没有改动。"
UNVERIFIED = "作者未核实"
DOING = ("done", "done_on", "due_on", "worker", "verified")  # what is written of a remark later


@dataclass(frozen=True)
class RemarkPlace:
    """What a number names: a copy with its marks, or one paper of a case. `about` is the paper's record;
    `due_on` the day by which a remark is to be carried out unless another is given."""

    number: str
    case: str
    case_number: str
    name: str
    recipient: str
    title: str
    kind: str
    about: str
    due_on: str
    marks: Mapping[int, Mark]
    copy: bool

    @property
    def id(self) -> str:
        """The case."""
        return self.case


@dataclass(frozen=True)
class RemarkTyped:
    """One remark as typed: the mark as written, what was said, the code of a decision, the day."""

    mark: str = ""
    text: str = ""
    decision: str = ""
    due_on: str = ""
    supervisor: str = ""


@dataclass(frozen=True)
class RemarkLine:
    """A remark in words. `kind` and `about` the record it is about, `late` days past its day."""

    id: str
    case: str
    case_number: str
    name: str
    kind: str
    about: str
    title: str
    number: str
    mark: int
    text: str
    decision: str
    supervisor: str
    said: str
    source: str
    unverified: bool
    worker: str
    due_on: str
    due: str
    late: int
    done_on: str
    done: str

    @property
    def state(self) -> str:
        """已落实, 已过4天, 还没有落实."""
        if self.done_on:
            return "已落实"
        return f"已过{self.late}天" if self.late else "还没有落实"


@action
def remark_place(desk: Desk, text: str) -> RemarkPlace:
    """What the number of a copy or of a paper names. AppError when it names nothing here."""
    number = tidy_copy(text)
    case = case_of_copy(number) or signing.case_of(number)
    if not case:
        raise AppError(NOT_A_NUMBER, "请照页脚的文件编号输入，例如2026-A001-D1。")
    return desk.read(lambda session: _place(session, desk, number, case))


def _place(session: Reading, desk: Desk, number: str, case_number: str) -> RemarkPlace:
    found = read.of_parent(session, Case, "number", case_number)
    if not found:
        raise AppError(f"本站没有个案{case_number}，没有录入。", "请核对编号；别站的请交给那个站。")
    case = found[0]
    client = read.get(session, Person, case.client) if case.client else None
    due = workdays.add_workdays(desk.today(), DUE_WORKDAYS)
    name = (client.name if client else None) or "（姓名未填）"
    told: dict[str, Any] = {"number": number, "case": str(case.id), "case_number": case_number, "name": name}
    if case_of_copy(number):
        held = read.of_parent(session, SupervisorCopy, "number", number)
        if not held:
            raise AppError(f"没有给出过督导件{number}，没有录入。", "请核对页脚的文件编号。")
        marks = {mark.number: mark for mark in marks_of(held[-1].marks)}
        about = (Case.KIND, str(case.id))
        who = held[-1].recipient or ""
        return RemarkPlace(
            **told, recipient=who, title="督导件", due_on=due, marks=marks, copy=True, **_of(about)
        )
    file, base = dossier(session, desk, case_number), signing.base_of(number)
    for draft, own in numbered(file):
        if own == base:
            title, source = titled(draft.sort, draft.title), record_of(file, draft)
            who = case.supervisor or ""
            return RemarkPlace(
                **told, recipient=who, title=title, due_on=due, marks={}, copy=False, **_of(source)
            )
    raise AppError(f"没有编号{number}的文书，没有录入。", "请核对页脚的文件编号。")


def _of(source: tuple[str, str]) -> dict[str, str]:
    return {"kind": source[0], "about": source[1]}


@action
def enter_remark(desk: Desk, form: RemarkPlace, typed: RemarkTyped) -> Saved:
    """Write down one remark at the record its mark leads to. FormRefused by field when something is missing
    or is not right: mark, text, due_on."""
    mark = _mark(form, typed.mark)
    if not typed.text.strip() and not typed.decision:
        raise _refused("text", NO_TEXT)
    words = typed.text.strip() or code_list("supervision_decision").label(typed.decision)
    values: dict[str, object] = {
        "case": form.case,
        "about": mark.id if mark else form.about,
        "copy_number": form.number if form.copy else None,
        "sheet_number": mark.sheet if mark else None if form.copy else form.number,
        "mark": mark.number if mark else None,
        "text": words,
        "decision": typed.decision or None,
        "supervisor": typed.supervisor.strip() or form.recipient or None,
        "said_on": desk.today(),
        "source": "paper",
        "worker": _worker(desk, form.case),
        "due_on": _day("due_on", typed.due_on, desk.today()) or form.due_on,
    }
    fresh = new_form(desk, Remark.KIND)
    _, writes = checked(desk, fresh, {name: value for name, value in values.items() if value is not None}, {})

    def work(session: Writing) -> Changes:
        desk.record(session, "", writes)
        return session.changes()

    return Saved(Remark.KIND, fresh.id, desk.write(work))


def _mark(form: RemarkPlace, text: str) -> Mark | None:
    if not text.strip() or not form.copy:
        return None
    number = tidy_mark(text)
    if number is None or number not in form.marks:
        raise _refused("mark", NO_MARK)
    return form.marks[number]


def _refused(field: str, sentence: str) -> FormRefused:
    return FormRefused([Problem(Level.REFUSE, field, sentence)])


def _day(field: str, text: str, today: str) -> str:
    try:
        return days.latest(days.tidy_day(text, today)) if text.strip() else ""
    except ValueError as wrong:
        raise _refused(field, str(wrong)) from None


def _worker(desk: Desk, case: str) -> str:
    """Who carries it out: the case's worker."""
    found = desk.read(lambda session: read.get(session, Case, case))
    return (found.worker if found else None) or desk.user


REMARKS = """SELECT k.id, k."case", c.number, p.name, n.kind, k.about,
  coalesce(k.copy_number, k.sheet_number), k.mark, k.text, k.decision, k.supervisor, k.said_on,
  k.source, k.signed_as, k.verified,
  coalesce(c.worker, k.worker), k.due_on, k.done_on, k.done
FROM r_remark k JOIN r_case c ON c.id = k."case" AND c.deleted IS NOT TRUE
LEFT JOIN r_person p ON p.id = c.client LEFT JOIN entity n ON n.id = k.about
WHERE k.deleted IS NOT TRUE AND (?1 = '' OR k."case" = ?1) AND (?2 = '' OR k.id = ?2)
ORDER BY k.done_on IS NOT NULL, coalesce(k.due_on, '9999'), k.said_on DESC, k.mark, k.id"""


@action
def list_remarks(desk: Desk, case: str = "") -> list[RemarkLine]:
    """Remarks of one case or of all, those to be carried out first by their day."""
    today = desk.today()
    return desk.read(lambda session: remark_lines(session, today, case))


@action
def find_remark(desk: Desk, id: str) -> RemarkLine | None:
    """One remark; None when it is not here."""
    today = desk.today()
    return next(iter(desk.read(lambda session: remark_lines(session, today, id=id))), None)


def remark_lines(session: Reading, today: str, case: str = "", id: str = "") -> list[RemarkLine]:
    """Remarks of one case, or one by its id, or all of them, on a snapshot."""
    return [_line(row, today) for row in queries.table(session, REMARKS, case, id)]


def _line(row: Sequence[Any], today: str) -> RemarkLine:
    id, case, case_number, name, kind, about, number, mark, text, decision, supervisor = row[:11]
    said_on, source, signed_as, verified, worker, due_on, done_on, done = row[11:]
    due = due_on if due_on and days.is_day(due_on) else ""
    late = max(0, days.days_between(days.latest(due), today)) if due and not done_on else 0
    who = supervisor or signed_as or ""
    return RemarkLine(
        id=id,
        case=case,
        case_number=case_number or "编号未给",
        name=name or "（姓名未填）",
        kind=kind or Case.KIND,
        about=about or case,
        title=titled(kind or Case.KIND),
        number=number or "",
        mark=mark or 0,
        text=text or "（没有写）",
        decision=code_list("supervision_decision").label(decision) if decision else "",
        supervisor=f"{who}（批注署名{signed_as}）" if signed_as and signed_as != who else who,
        said=days.short_day(said_on, today) if said_on and days.is_day(said_on) else "",
        source=code_list("remark_source").label(source) if source else "",
        unverified=source == "annotation" and not verified,
        worker=worker or "",
        due_on=due,
        due=days.short_day(due, today) if due else "",
        late=late,
        done_on=done_on or "",
        done=done or "",
    )


@action
def carry_out(desk: Desk, id: str, typed: Mapping[str, object]) -> Saved:
    """Write down what was done about a remark: `done`, `done_on`, another `due_on` or `worker`, `verified`.
    Nothing else of it is altered. FormRefused by field, AppError when the remark is gone."""

    def load(session: Reading) -> Any:
        return load_form(session, Remark, id, desk.today())

    form = desk.read(load)
    if form is None:
        raise AppError(GONE, "请重新打开督导意见。")
    _, writes = checked(desk, form, {name: typed[name] for name in DOING if name in typed}, {})

    def work(session: Writing) -> Changes:
        desk.record(session, "", writes)
        return session.changes()

    return Saved(Remark.KIND, id, desk.write(work))


def task_values(values: Mapping[str, Wire]) -> dict[str, Wire]:
    """What is written of a remark where a to-do list ticks it off, moves it, or takes that back."""
    if values.get("deleted"):
        return {"done_on": None}
    told = {"done_on": "done_on", "due_on": "due_on", "worker": "worker", "note": "done"}
    return {told[name]: value for name, value in values.items() if name in told}
