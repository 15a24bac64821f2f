"""Cases: open one from a visit, see where it stands and what it lacks, move it on, close it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlmodel import col

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.case_facts import (
    ASSESSED_RISK,
    Step,
    case_facts,
    next_stage,
    risk_of,
    stage_label,
    steps_of,
)
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, Typed, checked, load_form, new_form, numbered, plain
from sgz_desktop.actions.timeline import Event, case_events, session_days
from sgz_desktop.domain import days, lifecycle
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.lifecycle import Missing
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import parent_field
from sgz_desktop.domain.records.case import Case
from sgz_desktop.domain.records.person import Person
from sgz_desktop.domain.records.visit import Visit
from sgz_desktop.errors import AppError
from sgz_desktop.store import queries, read
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.write import Write

PAPERS = (
    "intake",
    "consent",
    "assessment",
    "plan",
    "session",
    "application",
    "referral",
    "evaluation",
    "closure",
    "followup",
)
OWN_DAY = {
    "intake": "intake_on",
    "assessment": "assessed_on",
    "plan": "made_on",
    "session": "date",
    "evaluation": "evaluated_on",
    "closure": "closed_on",
    "followup": "date",
    "consent": "told_on",
}


@dataclass(frozen=True)
class CaseLine:
    """A case as lists show it. `risk` is a code, `last_on` a day or ''."""

    id: str
    number: str
    client: str
    name: str
    village: str
    stage: str
    stage_label: str
    worker: str
    risk: str
    topic: str
    opened_words: str
    closed_on: str
    closed_words: str
    last_on: str
    last_words: str
    open: bool


@dataclass(frozen=True)
class CasePage:
    """Everything the page of a case shows. `lacks`: every stage it may move to, and what that should have;
    `taken_up_as`: the case it was reopened as, '' when it was not; `moved_on`: the day of its last move."""

    form: Form
    client: str
    client_name: str
    stage: str
    stage_label: str
    risk: str
    steps: tuple[Step, ...]
    next_stage: str
    next_label: str
    missing: tuple[Missing, ...]
    events: tuple[Event, ...]
    papers: Mapping[str, tuple[str, ...]]
    sessions: int
    open: bool
    lacks: Mapping[str, tuple[Missing, ...]] = field(default_factory=dict)
    taken_up_as: str = ""
    moved_on: str = ""


@action
def list_cases(desk: Desk) -> list[queries.CaseRow]:
    """All cases, open ones first. A case whose risk is not set has that of its last assessment."""

    def work(session: Reading) -> list[queries.CaseRow]:
        assessed = dict(queries.table(session, ASSESSED_RISK))
        return [row._replace(risk=row.risk or assessed.get(row.id)) for row in queries.cases(session)]

    return desk.read(work)


@action
def case_lines(desk: Desk) -> list[CaseLine]:
    """All cases in words, open ones first."""
    today = desk.today()
    lines = [_line(row, today) for row in list_cases(desk)]
    return sorted(lines, key=lambda line: not line.open)


def _line(row: queries.CaseRow, today: str) -> CaseLine:
    stage = row.stage or lifecycle.LEAD
    return CaseLine(
        id=row.id,
        number=row.number or "编号未给",
        client=row.client or "",
        name=row.client_name or "（姓名未填）",
        village=row.village or "",
        stage=stage,
        stage_label="纸质档案" if row.on_paper else stage_label(stage),
        worker=row.worker or "",
        risk=row.risk or "",
        topic=row.topic or "",
        opened_words=days.short_day(row.opened_on, today).partition("（")[0] if row.opened_on else "",
        closed_on=row.closed_on or "",
        closed_words=days.short_day(row.closed_on, today).partition("（")[0] if row.closed_on else "",
        last_on=row.last_on or "",
        last_words=days.short_day(row.last_on, today).partition("（")[0] if row.last_on else "",
        open=lifecycle.is_open(stage),
    )


@action
def find_case(desk: Desk, number: str) -> str:
    """The id of the case with a number. AppError when there is none."""
    rows = desk.read(lambda session: read.select_where(session, Case, col(Case.number) == number))
    if not rows or rows[0].id is None:
        raise AppError("没有找到这个个案编号。", "请核对编号，例如2026-A001。")
    return rows[0].id


@action
def open_case(desk: Desk, visit: str = "", person: str = "", typed: Typed | None = None) -> str:
    """Open a case, from a visit or for a person; its number, first move and intake form come with it.

    Returns the case's id. AppError when neither names a person.
    """
    id, writes = _opening(desk, visit, person, typed or {})

    def work(session: Writing) -> None:
        desk.record(session, "", [numbered(session, desk, write) for write in writes])

    desk.write(work)
    return id


def _opening(desk: Desk, visit: str, person: str, typed: Typed) -> tuple[str, list[Write]]:
    """The id of a case to be opened and what is to be written, numbers still to be given."""
    given = dict(typed)
    origin = desk.read(lambda session: _origin(session, visit, person))
    client = str(given.pop("client", "") or origin.get("client") or "")
    if not client:
        raise AppError("还没有选定服务对象，个案没有新建。", "请先选好是为谁开案。")
    opened = str(given.pop("opened_on", "") or origin.get("opened_on") or desk.today())
    source = given.pop("source", None) or ("visit" if visit else None)
    basics = {
        "client": client,
        "household": origin.get("household"),
        "found_in": visit or None,
        "opened_on": opened,
        "source": source,
        "worker": desk.user,
        "stage": lifecycle.INTAKE,
        **given,
    }
    case = new_form(desk, "case")
    move = new_form(desk, "case_move")
    intake = new_form(desk, "intake")
    parts: list[tuple[Form, Typed]] = [
        (case, {name: value for name, value in basics.items() if value is not None}),
        (move, {"case": case.id, "to_stage": lifecycle.INTAKE, "step": 1, "moved_on": opened}),
        (intake, {"case": case.id, "intake_on": opened, "worker": desk.user, **_sourced(source, opened)}),
    ]
    return case.id, [write for form, values in parts for write in checked(desk, form, values, {})[1]]


def _sourced(source: object, day: str) -> dict[str, object]:
    return {"asked_on": day, **({"source": source} if source else {})}


def _origin(session: Reading, visit: str, person: str) -> dict[str, Wire]:
    if visit:
        found = read.get(session, Visit, visit)
        if found is None:
            return {}
        client = found.person or person or _only_member(session, found.household)
        return {"client": client, "household": found.household, "opened_on": found.date}
    return {"client": person, "household": queries.household_of(session, person) or None}


def _only_member(session: Reading, household: str | None) -> str | None:
    rows = queries.table(
        session, "SELECT person FROM r_membership WHERE household = ? AND deleted IS NOT 1", household
    )
    return str(rows[0][0]) if len(rows) == 1 else None


@action
def case_page(desk: Desk, id: str) -> CasePage:
    """All about one case. AppError when it has not arrived on this computer."""
    today = desk.today()

    def work(session: Reading) -> CasePage | None:
        form = load_form(session, Case, id, today)
        if form is None:
            return None
        facts, moves = case_facts(session, id, form.values)
        client = str(form.values.get("client") or "")
        person = read.get(session, Person, client) if client else None
        following = next_stage(facts.stage)
        lacking = lifecycle.missing(facts, following) if following else ()
        return CasePage(
            form=form,
            client=client,
            client_name=(person.name if person else None) or "（姓名未填）",
            stage=facts.stage,
            stage_label=stage_label(facts.stage),
            risk=risk_of(form.values, facts),
            steps=steps_of(facts, moves, today, len(lacking)),
            next_stage=following,
            next_label=stage_label(following) if following else "",
            missing=lacking,
            events=tuple(case_events(session, id, today)),
            papers={kind: _ids(session, kind, id) for kind in PAPERS},
            sessions=len(session_days(session, id)),
            open=lifecycle.is_open(facts.stage),
            taken_up_as=_taken_up_as(session, id),
            lacks={to: lifecycle.check_move(facts, to).missing for to in lifecycle.moves_from(facts.stage)},
            moved_on=next((move.moved_on or "" for move in reversed(lifecycle.in_order(moves))), ""),
        )

    found = desk.read(work)
    if found is None:
        raise AppError("这个个案的资料还没有到本机。", "等对方电脑的数据包到了再看。")
    return found


def _taken_up_as(session: Reading, case: str) -> str:
    return next((str(one.id) for one in read.select_where(session, Case, col(Case.reopens) == case)), "")


def _ids(session: Reading, kind: str, case: str) -> tuple[str, ...]:
    return tuple(str(record.id) for record in read.of_parent(session, BY_KIND[kind], "case", case))


@action
def move_case(desk: Desk, id: str, to: str, reason: str = "", on: str = "") -> Changes:
    """Move a case to another stage. What is missing can be passed with a reason.

    AppError when there is no such move, or a reason is wanted and not given.
    """

    def work(session: Writing) -> Changes:
        desk.record(session, reason, _moving(session, desk, id, to, reason, on or desk.today()))
        return session.changes()

    return desk.write(work)


def _moving(session: Reading, desk: Desk, id: str, to: str, reason: str, day: str) -> list[Write]:
    """What a move writes. AppError when it may not be made."""
    loaded = read.load(session, Case, id)
    if loaded is None:
        raise AppError("这个个案的资料还没有到本机。", "等对方电脑的数据包到了再看。")
    facts, moves = case_facts(session, id, plain(loaded.record))
    try:
        check = lifecycle.check_move(facts, to)
    except lifecycle.NotAllowed as refused:
        raise AppError(str(refused)) from None
    if sentence := lifecycle.refusal(check, reason):
        raise AppError(sentence)
    values: dict[str, Wire] = {"stage": to}
    if to == lifecycle.CLOSED:
        values["closed_on"] = day
    elif loaded.record.closed_on and lifecycle.is_open(
        to
    ):  # a reopened case stays closed: its work goes on in
        values["closed_on"] = None  # a new one, and the month it was closed in keeps its closing
    move: dict[str, Wire] = {"case": id, "from_stage": facts.stage, "to_stage": to, "moved_on": day}
    move["step"] = lifecycle.next_step(moves)
    if reason.strip():
        move["reason"] = reason.strip()
    return [Write("case", id, values, loaded.seen), Write("case_move", desk.ids(), move)]


@action
def reopen_case(desk: Desk, id: str, reason: str) -> str:
    """End a closed case as 重开 and open a new one, which names it, for the same person; the new id."""
    page = case_page(desk, id)
    known = {
        "reopens": id,
        "topic": page.form.values.get("topic"),
        "natures": page.form.values.get("natures"),
        "guardian_hidden": page.form.values.get("guardian_hidden"),
    }
    typed = {name: value for name, value in known.items() if value is not None}
    new, writes = _opening(desk, "", page.client, {"source": "station", **typed})

    def work(session: Writing) -> None:
        moves = _moving(session, desk, id, lifecycle.REOPENED, reason, desk.today())
        desk.record(session, reason, [*moves, *(numbered(session, desk, write) for write in writes)])

    desk.write(work)
    return new


@action
def new_paper(desk: Desk, case: str, kind: str) -> Form:
    """A case's next record of a kind, with what is known beforehand filled in."""

    def known(session: Reading) -> dict[str, Wire]:
        record = read.get(session, Case, case)
        if record is None:
            raise AppError("这个个案的资料还没有到本机。", "等对方电脑的数据包到了再看。")
        values: dict[str, Wire] = {"case": case, "worker": desk.user}
        if kind in ("application", "referral"):
            values |= {"person": record.client}
        if kind == "application":
            values |= {"household": record.household}
        client = read.get(session, Person, record.client) if kind == "closure" and record.client else None
        if client and client.died_on:
            values |= {"reason": "dead"}
        return values

    names = BY_KIND[kind].model_fields
    values = {name: value for name, value in desk.read(known).items() if name in names and value is not None}
    if day := OWN_DAY.get(kind):
        values[day] = desk.today()
    assert parent_field(BY_KIND[kind]) is None or parent_field(BY_KIND[kind]) in values
    return new_form(desk, kind, values)
