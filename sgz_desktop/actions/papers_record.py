"""One record as a paper of its own: the sheet it is in its case file, under the same number; what stands in
no file is laid out from what its record class declares."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_blank_forms import BY_NAME, OFFICE
from sgz_desktop.actions.papers_case_file import SORTS, numbered, sheet_of
from sgz_desktop.actions.papers_draft import columns, on_day
from sgz_desktop.actions.papers_group import group_papers
from sgz_desktop.actions.papers_names import day_words, names_of, paper_number, place, refs
from sgz_desktop.actions.papers_reading import dossier
from sgz_desktop.actions.papers_words import Asked, Names, form, paired, table
from sgz_desktop.actions.signing import print_numbers
from sgz_desktop.domain import days
from sgz_desktop.domain.fields import DayKind, KeyKind, Paper
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
LETTERS |= {"group_session": "XZ"}
OTHERS = "JL"
THUMB = "或指印"  # who is no worker signs
IN_FILES = frozenset({*SORTS, "case"})
MOST_COLUMNS = 6
LINE = 45.0  # characters that stand side by side in a table
NARROWEST, WIDEST = 5.0, 10.0  # shares of a table's width: characters, and two for its edges
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
    blocks = (*_blocks(record, rows, names), _signing(record.KIND))
    return Sheet(
        titled(record.KIND, _title(record.KIND)),
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


def _blocks(record: Record, rows: dict[str, list[Record]], names: Names) -> Iterator[Block]:
    """What is known, in the order of the record's sections."""
    one = Asked(record, Paper.INTERNAL, names)
    asked, tables = questions(type(record)), row_fields(type(record))
    for title, members in sections(type(record)):
        told = [name for name in members if name in asked and _told(record, name)]
        fields = [one.field(name, plain=True) for name in told]
        kept = [name for name in members if name in tables and rows[name]]
        fields += [FormField("附件", f"{len(rows[n])}件") for n in kept if tables[n].kind is Attachment]
        fields += [_hours(rows[n]) for n in kept if tables[n].kind is VolunteerService]
        yield from form(paired(fields), title)
        for name in kept:
            if tables[name].kind not in (Attachment, VolunteerService):
                yield _table(tables[name], rows[name], names)


def _hours(services: Sequence[Record]) -> FormField:
    """Hundreds of services are on the proof of them, not on the form of registration."""
    minutes = sum(getattr(one, "served", None) or 0 for one in services)
    return FormField("服务记录", f"{len(services)}次，共{days.show_minutes(minutes)}")


def _share(texts: Sequence[str]) -> float:
    """How wide a column of these texts is to be."""
    return min(
        WIDEST, max(NARROWEST, max(sum(0.55 if ch.isascii() else 1.0 for ch in text) for text in texts) + 2.0)
    )


def _with_whole_days(shares: dict[str, float], firm: set[str]) -> dict[str, float]:
    """Where not all columns have what they want, those of days do."""
    beside = sum(share for name, share in shares.items() if name not in firm)
    room = LINE - sum(shares[name] for name in firm)
    if not firm or beside <= room:
        return shares
    return {name: share if name in firm else share * room / beside for name, share in shares.items()}


def _told(record: Record, name: str) -> bool:
    kind = questions(type(record))[name].kind
    return not isinstance(kind, KeyKind) and getattr(record, name) is not None


def _table(rows: Rows[Record], found: Sequence[Record], names: Names) -> Block:
    """Child records, a column for each field some of them hold; what is beyond stands in the last cell."""
    asked = questions(rows.kind)
    held = [name for name in asked if name != rows.parent and any(_told(one, name) for one in found)][
        :MOST_COLUMNS
    ]
    lines = [Asked(one, Paper.INTERNAL, names, rows.parent) for one in found]
    shares = {name: _share([asked[name].ask.label, *(one.says(name) for one in lines)]) for name in held}
    if len(held) == MOST_COLUMNS:
        shares[held[-1]] = WIDEST  # what has no column of its own stands there too
    shares = _with_whole_days(shares, {name for name in held if isinstance(asked[name].kind, DayKind)})
    heads = columns(*((asked[name].ask.label, shares.get(name, 2.0)) for name in held or list(asked)[1:2]))
    return table(rows.label, heads, lines, lambda one: tuple(one.says(name) for name in held) or ("",))
