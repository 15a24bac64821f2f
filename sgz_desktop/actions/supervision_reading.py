"""What a supervisor's copy is made from: the file coded, earlier copies, remarks, what changed since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_case_file import numbered, sheet_of
from sgz_desktop.actions.papers_draft import Draft
from sgz_desktop.actions.papers_reading import Dossier, dossier
from sgz_desktop.actions.signing import kind_of, sources
from sgz_desktop.actions.supervision_coding import Clean, age_words, coded_for_supervision
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import row_fields
from sgz_desktop.domain.records.case import Case
from sgz_desktop.domain.records.supervision import Remark, SupervisorCopy
from sgz_desktop.domain.records.task import Task
from sgz_desktop.domain.signing import SORTS
from sgz_desktop.domain.supervising import next_number
from sgz_desktop.reports.values import Sheet
from sgz_desktop.store import papers, queries, read
from sgz_desktop.store.session import Reading
from sgz_desktop.store.since import Since, first_edit, since

Source = tuple[str, str]
"""(kind, id) of a record"""


@dataclass(frozen=True)
class Material:
    """Everything of one copy on one snapshot. `file` is coded, and `clean` codes another text; `last` is the
    copy this recipient got before, `changed` what was written since; `about` the record each sheet is of."""

    file: Dossier
    clean: Clean
    age: str
    number: str
    place: int
    last: SupervisorCopy | None
    remarks: tuple[Remark, ...]
    tasks: tuple[Task, ...]
    changed: tuple[Since, ...]
    sheets: tuple[Sheet, ...]
    about: Mapping[str, Source]
    sheet_of: Mapping[Source, str]
    sources: tuple[Source, ...]
    upto: int


def material(session: Reading, desk: Desk, case: str, recipient: str) -> Material:
    """Read it. AppError when the case is not here."""
    whole = dossier(session, desk, case)
    id = str(whole.case.id)
    file, clean = coded_for_supervision(session, whole)
    copies = copies_of(session, id)
    given = queries.table(session, 'SELECT number FROM r_supervisor_copy WHERE "case" = ?', id)
    number = next_number(whole.number, desk.device.letter, (row[0] or "" for row in given))
    last = next((one for one in reversed(copies) if one.recipient == recipient), None)
    remarks = tuple(read.of_parent(session, Remark, "case", id))
    tasks = tuple(read.of_parent(session, Task, "case", id))
    own: list[Source] = [("remark", str(one.id)) for one in remarks]
    own += [("task", str(one.id)) for one in tasks]
    drafts = numbered(file)
    printed = (*dict.fromkeys([*sources(whole), *own]),)
    told = tuple(since(session, printed, line_of(session, last))) if last else ()
    return Material(
        file=file,
        clean=clean,
        age=age_words(whole),
        number=number,
        place=len(copies) + 1,
        last=last,
        remarks=remarks,
        tasks=tasks,
        changed=told,
        sheets=tuple(sheet_of(draft, sheet) for draft, sheet in drafts),
        about={sheet: record_of(file, draft) for draft, sheet in drafts},
        sheet_of=dict(_sheets(file, drafts)),
        sources=printed,
        upto=papers.last_edit(session),
    )


def copies_of(session: Reading, case: str) -> list[SupervisorCopy]:
    """The copies of a case in the order they were made."""
    return sorted(read.of_parent(session, SupervisorCopy, "case", case), key=lambda one: str(one.id))


def line_of(session: Reading, copy: SupervisorCopy) -> int:
    """The last edit a copy could tell of: the one it was read after, where it was made here, else the one
    that wrote it down."""
    frozen = papers.of_number(session, copy.number or "")
    if frozen is not None and frozen.record == copy.id:
        return frozen.upto
    return first_edit(session, "supervisor_copy", str(copy.id))


def record_of(file: Dossier, draft: Draft) -> Source:
    """The record a sheet was printed from: what has none is the case."""
    return (kind_of(draft), draft.record) if draft.sort in SORTS else (Case.KIND, str(file.case.id))


def _sheets(file: Dossier, drafts: list[tuple[Draft, str]]) -> Iterator[tuple[Source, str]]:
    """The sheet on which each record stands: its own, its parent's, else the first of the file."""
    own: dict[Source, str] = {}
    for draft, number in drafts:
        own.setdefault(record_of(file, draft), number)
    basics = drafts[0][1] if drafts else ""
    for source in sources(file):
        yield source, own.get(source, basics)
    for (kind, parent), rows in file.children.items():
        above = next((number for (_, id), number in own.items() if id == parent), basics)
        for child in rows:
            yield (kind, str(child.id)), above


def is_row(kind: str) -> bool:
    """Does a kind of record stand only within another?"""
    return any(kind == rows.kind.KIND for one in BY_KIND.values() for rows in row_fields(one).values())
