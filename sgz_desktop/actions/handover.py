"""Hand cases from one worker to another: what the next one must know, one transaction, a sheet each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.case_facts import case_facts, risk_of, stage_label
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import FormRefused, Typed, checked, new_form, plain
from sgz_desktop.actions.handover_known import known_of
from sgz_desktop.actions.handover_sheet import Handouts, HandoverDraft, sheet_of, sheets_of
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import Level, Problem, Wire
from sgz_desktop.domain.records.case import Case
from sgz_desktop.domain.records.handover import Handover
from sgz_desktop.domain.records.person import Person
from sgz_desktop.domain.records.task import Task
from sgz_desktop.errors import AppError
from sgz_desktop.reports.values import Sheet
from sgz_desktop.store import queries, read
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.write import Write

Progress = Callable[[int, int], None]
NOTES = ("open_work", "promises", "risks", "consent_limits", "note")
NOT_HERE = "这个个案的资料还没有到本机。"


@dataclass(frozen=True)
class Handed:
    """What was written: the handover records, and their sheets, ready to be printed by `print_sheets`."""

    ids: tuple[str, ...]
    sheets: Handouts


@action
def handover_drafts(desk: Desk, ids: Sequence[str]) -> tuple[HandoverDraft, ...]:
    """Cases by id with what the next worker must know, filled from their records."""
    today = desk.today()
    return tuple(desk.read_for_paper(lambda session, id=id: _draft(session, id, today), id) for id in ids)  # type: ignore[misc]


def _draft(session: Reading, id: str, today: str) -> HandoverDraft:
    case = read.get(session, Case, id)
    if case is None:
        raise AppError(NOT_HERE, "等对方电脑的数据包到了再看。")
    values = plain(case)
    facts, _ = case_facts(session, id, values)
    risk = risk_of(values, facts)
    client = read.get(session, Person, case.client) if case.client else None
    return HandoverDraft(
        case=id,
        number=case.number or "编号未给",
        client=(client.name if client else None) or "（姓名未填）",
        worker=case.worker or "",
        stage=stage_label(facts.stage),
        risk=code_list("risk").label(risk) if risk else "",
        notes=known_of(session, id, today),
    )


@action
def colleagues(desk: Desk) -> tuple[str, ...]:
    """Names of the station's workers that are in use, without one's own."""
    rows = desk.read(
        lambda session: queries.table(
            session,
            "SELECT DISTINCT name FROM r_worker WHERE active IS NOT 0 AND deleted IS NOT 1 ORDER BY name",
        )
    )
    return tuple(str(name) for (name,) in rows if name and name != desk.user)


@action
def hand_over(
    desk: Desk, ids: Sequence[str], to: str, typed: Typed, notes: Mapping[str, Mapping[str, str]]
) -> Handed:
    """Hand cases to the worker named `to`, with all their open to-dos, as one thing or not at all.

    `typed` holds handed_on and reason, `notes` by case what goes with each. FormRefused for a day that
    cannot be; AppError when nothing is chosen or a case is already theirs.
    """
    receiver = to.strip()
    if not ids:
        raise AppError("还没有选个案，没有交接。", "请先勾选要交接的个案。")
    if not receiver:
        raise FormRefused([Problem(Level.REFUSE, "to_worker", "请填写交给谁。")])
    drafts = handover_drafts(desk, ids)
    if mine := [draft.number for draft in drafts if draft.worker == receiver]:
        raise AppError(f"个案{mine[0]}本来就由这位社工负责，没有交接。", "请取消勾选再继续。")
    made = [_record(desk, draft, receiver, typed, notes.get(draft.case, draft.notes)) for draft in drafts]

    def work(session: Writing) -> None:
        moved = [write for draft in drafts for write in _moved(session, draft.case, receiver)]
        desk.record(session, "", [*(write for _, write in made), *moved])

    desk.write(work)
    pairs = zip(drafts, made, strict=True)
    sheets = tuple(sheet_of(draft, record, write.id) for draft, (record, write) in pairs)
    return Handed(tuple(write.id for _, write in made), sheets_of(desk.station, desk.practice, sheets))


def _record(
    desk: Desk, draft: HandoverDraft, to: str, typed: Typed, notes: Mapping[str, str]
) -> tuple[Handover, Write]:
    given: dict[str, object] = {name: notes[name] for name in NOTES if notes.get(name)}
    given |= {"from_worker": draft.worker or desk.user, "to_worker": to}
    given |= {name: typed[name] for name in ("handed_on", "reason") if typed.get(name)}
    given.setdefault("handed_on", desk.today())
    form = new_form(desk, "handover", {"case": draft.case})
    record, writes = checked(desk, form, given, {})
    assert isinstance(record, Handover)
    return record, writes[0]


def _moved(session: Reading, case: str, to: str) -> list[Write]:
    """The case's worker, and that of everything still to be done for it."""
    values: dict[str, Wire] = {"worker": to}
    loaded = read.load(session, Case, case)
    if loaded is None:
        raise AppError(NOT_HERE, "等对方电脑的数据包到了再看。")
    writes = [Write("case", case, values, loaded.seen)]
    for task in read.of_parent(session, Task, "case", case):
        if task.done_on is None and task.worker != to and (one := read.load(session, Task, str(task.id))):
            writes.append(Write("task", str(task.id), values, one.seen))
    return writes


@action
def handover_sheets(desk: Desk, ids: Sequence[str]) -> Handouts:
    """The sheets of handovers written before, by their ids; of one that is not here none is made."""

    today = desk.today()

    def work(session: Reading, id: str) -> Sheet | None:
        one = read.get(session, Handover, id)
        return handover_sheet(session, one, today) if one and one.case else None

    found = (desk.read_for_paper(lambda session, id=id: work(session, id), id) for id in ids)  # type: ignore[misc]
    sheets = tuple(one for one in found if one)
    if not sheets:
        raise AppError("没有找到这份交接表。")
    return sheets_of(desk.station, desk.practice, sheets)


def handover_sheet(session: Reading, record: Handover, today: str) -> Sheet:
    """The sheet of a handover written before. AppError when its case is not here."""
    return sheet_of(_draft(session, str(record.case), today), record, str(record.id))


def print_sheets(sheets: Handouts, progress: Progress | None = None) -> bytes:
    """Handouts as a PDF, each with its own page numbers. `progress` may raise Cancelled."""
    from sgz_desktop.reports.handouts import build

    return build(sheets, progress)


def unprintable_of(sheets: Handouts) -> list[str]:
    """Characters no font here can print, each once."""
    from sgz_desktop.reports.fonts import unprintable

    return unprintable(sheets)
