"""One record as a paper of its own: the sheet it is in its case file, under the same number; what stands in
no file is laid out from what its record class declares."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_blank_forms import BY_NAME, OFFICE
from sgz_desktop.actions.papers_case_file import SORTS, numbered, sheet_of
from sgz_desktop.actions.papers_columns import KEYS, Line, fitting, need, spread_widths
from sgz_desktop.actions.papers_draft import columns, on_day
from sgz_desktop.actions.papers_group import group_papers
from sgz_desktop.actions.papers_names import day_words, names_of, paper_number, place, refs
from sgz_desktop.actions.papers_reading import dossier
from sgz_desktop.actions.papers_words import Asked, Names, form, paired, table
from sgz_desktop.actions.signing import print_numbers
from sgz_desktop.domain import days
from sgz_desktop.domain.fields import KeyKind, Paper, RefKind
from sgz_desktop.domain.local_words import titled
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.base import Record, Rows, questions, row_fields, sections
from sgz_desktop.domain.records.case import Case
from sgz_desktop.domain.records.person import Person
from sgz_desktop.domain.records.volunteer import VolunteerService
from sgz_desktop.errors import AppError
from sgz_desktop.reports.values import (
    Block,
    ClientSigning,
    FormField,
    Handouts,
    Sheet,
    Signatures,
    texts,
)
from sgz_desktop.store import read
from sgz_desktop.store.session import Reading

Progress = Callable[[int, int], None]
NOT_HERE = "这份资料没有找到，没有打印。"
LETTERS = {"visit": "ZF", "contact": "LF", "mandatory_report": "QB", "diary": "RZ", "person": "DA"}
LETTERS |= {"volunteer": "ZYZ", "supervision": "DD", "training": "PX", "inspection": "JC"}
OTHERS = "JL"
THUMB = "或指印"  # who is no worker signs
IN_FILES = frozenset({*SORTS, "case"})
OF_THEIR_OWN = frozenset({"household_check", "diary"})  # printed by papers_leaving and papers_week
PRINTED = frozenset(BY_NAME) - OF_THEIR_OWN | {"case"}


@action
def record_paper(desk: Desk, id: str, kind: str) -> Handouts:
    """The sheets of one record. AppError when it is not here."""
    return _paper(desk, id, kind)


@action
def print_record(desk: Desk, id: str, kind: str, progress: Progress | None = None) -> bytes:
    """The same as a PDF. `progress(done, total)` after each page may raise Cancelled."""
    from sgz_desktop.reports.handouts import build

    return build(_paper(desk, id, kind), progress)


@action
def unprintable_record(desk: Desk, id: str, kind: str) -> list[str]:
    """Characters of it that no font here can print, each once."""
    from sgz_desktop.reports.fonts import unprintable

    return unprintable(_paper(desk, id, kind))


def _paper(desk: Desk, id: str, kind: str) -> Handouts:
    def work(session: Reading) -> tuple[Sheet, ...]:
        found = read.get(session, BY_KIND[kind], id) if kind in BY_KIND else None
        if found is None or found.deleted:
            raise AppError(NOT_HERE, "请先保存，再打印。")
        return (
            _in_file(session, desk, found) or group_papers(session, found) or (alone_sheet(session, found),)
        )

    sheets = desk.read_for_paper(work, id)
    return Handouts(desk.station, sheets[0].title, sheets, desk.practice)


def _in_file(session: Reading, desk: Desk, record: Record) -> tuple[Sheet, ...]:
    """The sheets a record is in the file of its case; none where it stands in no file."""
    case = record.id if record.KIND == "case" else getattr(record, "case", None)
    if not case or record.KIND not in IN_FILES or read.get(session, Case, case) is None:
        return ()
    file = dossier(session, desk, case)
    prints = print_numbers(session, file)
    return tuple(
        sheet_of(draft, prints.get(number, number))
        for draft, number in numbered(file)
        if draft.record == record.id
    )


def alone_sheet(session: Reading, record: Record) -> Sheet:
    """The sheet of a record that stands in no case file."""
    rows = {name: _children(session, rows, record) for name, rows in row_fields(type(record)).items()}
    everything = [record, *(child for found in rows.values() for child in found)]
    ids = refs(everything).get("person", [])
    people = {str(one.id): one for one in read.of_parent(session, Person, "id", *ids)} if ids else {}
    names = names_of(session, everything, people)
    title = titled(record.KIND, _title(record.KIND))
    blocks = (*_blocks(record, rows, names, title), _signing(record.KIND))
    return Sheet(
        title,
        paper_number(LETTERS.get(record.KIND, OTHERS), record),
        "INTERNAL",
        blocks,
        on_day(record),
        subtitle=day_words(on_day(record)),
    )


def _title(kind: str) -> str:
    return BY_NAME[kind].parts[0].title if kind in BY_NAME else ""


def signed_by(kind: str) -> tuple[str, ...]:
    """Who signs a record that is printed alone."""
    return _signing(kind).roles


def _signing(kind: str) -> Signatures | ClientSigning:
    """Where they do; the family signs no paper that holds what it should not read."""
    signing = BY_NAME[kind].parts[0].signing if kind in BY_NAME else OFFICE
    return OFFICE if any(THUMB in text for text in texts(signing)) else signing


def _children(session: Reading, rows: Rows[Record], record: Record) -> list[Record]:
    found = read.of_parent(session, rows.kind, rows.parent, str(record.id))
    return sorted((one for one in found if not one.deleted), key=place)


def _blocks(record: Record, rows: dict[str, list[Record]], names: Names, head: str) -> Iterator[Block]:
    """What is known, in the order of the record's sections; one called like the paper has no heading."""
    one = Asked(record, Paper.INTERNAL, names)
    asked, tables = questions(type(record)), row_fields(type(record))
    for title, members in sections(type(record)):
        told = [name for name in members if name in asked and _told(record, name)]
        fields = [one.field(name, plain=True) for name in told]
        kept = [name for name in members if name in tables and rows[name]]
        fields += [FormField("附件", f"{len(rows[n])}件") for n in kept if tables[n].kind is Attachment]
        fields += [_hours(rows[n]) for n in kept if tables[n].kind is VolunteerService]
        yield from form(paired(fields), title if title != head else "")
        for name in kept:
            if tables[name].kind not in (Attachment, VolunteerService):
                label = tables[name].label
                yield _table(tables[name], rows[name], names, label if label != title or not fields else "")


def _hours(services: Sequence[Record]) -> FormField:
    """Hundreds of services are on the proof of them, not on the form of registration."""
    minutes = sum(getattr(one, "served", None) or 0 for one in services)
    return FormField("服务记录", f"{len(services)}次，共{days.show_minutes(minutes)}")


def _told(record: Record, name: str) -> bool:
    kind = questions(type(record))[name].kind
    named = not isinstance(kind, KeyKind) or (record.KIND, name) in KEYS
    return named and getattr(record, name) is not None


def _table(rows: Rows[Record], found: Sequence[Record], names: Names, title: str) -> Block:
    """Child records, a column for each field some of them hold; what is beyond stands in the last cell."""
    asked = questions(rows.kind)
    lines = [Line(Asked(one, Paper.INTERNAL, names, rows.parent)) for one in found]
    told = [name for name in asked if name != rows.parent and any(_told(one, name) for one in found)]
    again = [
        name for name in told if isinstance(asked[name].kind, RefKind) and _said_again(name, told, lines)
    ]
    told = [name for name in told if name not in again] or list(asked)[1:2]
    needs = {name: need([asked[name].ask.label, *(one.says(name) for one in lines)]) for name in told}
    held = told[: fitting(list(needs.values()))]
    shares = spread_widths([needs[name] for name in held], more=len(held) < len(told))
    heads = columns(*((asked[name].ask.label, share) for name, share in zip(held, shares, strict=True)))

    def cells(one: Asked) -> tuple[str, ...]:
        for name in again:
            one.says(name)  # it is told: by another column
        return tuple(Line(one).says(name) for name in held)

    return table(title, heads, [Asked(one, Paper.INTERNAL, names, rows.parent) for one in found], cells)


def _said_again(name: str, told: Sequence[str], lines: Sequence[Line]) -> bool:
    """Does every record say by another field what it names: 2025-10-22　未成年人保护 beside 未成年人保护?"""
    others = [other for other in told if other != name]
    return all(
        any(words and words in one.says(name) for words in map(one.says, others))
        for one in lines
        if one.says(name)
    )
