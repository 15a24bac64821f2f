"""Load and save any record as a form: typed values in, problems or a saved record out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.category_ticks import BENEFITS, CATEGORISED, follow_benefits, overruled
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.doubts import beside
from sgz_desktop.actions.kin_reading import kin_marks
from sgz_desktop.actions.sending import held_back
from sgz_desktop.actions.volunteer_hours import too_long_days
from sgz_desktop.domain.edits import Changes, Stamp
from sgz_desktop.domain.fields import Problem, Wire
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import (
    Record,
    Refused,
    gate,
    parent_field,
    problems,
    questions,
    row_fields,
)
from sgz_desktop.errors import AppError
from sgz_desktop.store import drafts, read
from sgz_desktop.store.merging import PERSON, files_of
from sgz_desktop.store.redact import redact
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.write import Seen, Write

Typed = Mapping[str, object]
CONTESTED = object()  # equals no value
NEW = "new:"  # begins the key of a draft whose record does not exist yet


@dataclass(frozen=True)
class Standing:
    """One of several values a field holds at once: in words, by whom, when (UTC ms)."""

    value: Wire
    words: str
    worker: str
    at_ms: int


@dataclass(frozen=True)
class Row:
    """One row of a form: a child record's id ('' for a new one, filled in beforehand), its values, and those
    in conflict."""

    id: str
    values: dict[str, Wire]
    seen: dict[str, tuple[Stamp, ...]] = field(default_factory=dict)
    conflicts: dict[str, tuple[Standing, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Form:
    """A record as a form shows it. Hand `seen` and `rows` back to `save_form` as they are. `fixed`: the id of
    a new record follows from what it is about, so that it is made once."""

    kind: str
    id: str
    values: dict[str, Wire]
    seen: dict[str, tuple[Stamp, ...]] = field(default_factory=dict)
    rows: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    marks: tuple[Problem, ...] = ()
    conflicts: dict[str, tuple[Standing, ...]] = field(default_factory=dict)
    new: bool = False
    fixed: bool = False


@dataclass(frozen=True)
class RowInput:
    """A row as typed: `id` '' makes a new child record, `gone` deletes it."""

    id: str
    typed: Typed
    gone: bool = False


@dataclass(frozen=True)
class Saved:
    """A committed save. `marks` are doubts shown as 待核; `changes.conflicts` what somebody else changed."""

    kind: str
    id: str
    changes: Changes
    marks: tuple[Problem, ...] = ()


class FormRefused(AppError):
    """The gate refused: `problems` by field; rows as `rows.N.field`. Nothing was saved, nothing is lost."""

    def __init__(self, found: Sequence[Problem]) -> None:
        super().__init__("有几项需要改一下才能保存，已填的内容还在。", found[0].sentence if found else "")
        self.problems = tuple(found)


@action
def form(desk: Desk, id: str, kind: str) -> Form:
    """An existing record as a form. AppError when it has not arrived on this computer."""

    def load(session: Reading) -> Form | None:
        return load_form(session, BY_KIND[kind], id, desk.today())

    found = desk.read(load)
    if found is None:
        raise AppError("这份资料还没有到本机。", "等对方电脑的数据包到了再看。")
    return found


def new_form(desk: Desk, kind: str, values: Mapping[str, Wire] | None = None) -> Form:
    """An empty form, with what is known beforehand filled in."""
    rows: dict[str, tuple[Row, ...]] = dict.fromkeys(row_fields(BY_KIND[kind]), ())
    return Form(kind, desk.ids(), dict(values or {}), rows=rows, new=True)


def load_form(session: Reading, kind: type[Record], id: str, today: str) -> Form | None:
    """A record, its rows, its marks and its conflicts on one snapshot."""
    loaded = read.load(session, kind, id)
    if loaded is None:
        return None
    names = dict(session.connection.execute("SELECT id, name FROM r_worker").fetchall())
    rows = {name: _load_rows(session, item, id, names) for name, item in row_fields(kind).items()}
    conflicts = _conflicts(kind, loaded, names)
    marks = (
        *problems(loaded.record, today),
        *beside(session, loaded.record, id),
        *kin_marks(session, kind.KIND, id, today),
    )
    return Form(kind.KIND, id, plain(loaded.record), loaded.seen, rows, marks, conflicts)


def _load_rows(session: Reading, rows: Any, parent: str, names: Mapping[str, str]) -> tuple[Row, ...]:
    found = []
    for child in read.of_parent(session, rows.kind, rows.parent, parent):
        if loaded := read.load(session, rows.kind, child.id):
            conflicts = _conflicts(rows.kind, loaded, names)
            found.append(Row(child.id, plain(child), loaded.seen, conflicts))
    return tuple(found)


def _conflicts(
    kind: type[Record], loaded: read.Loaded[Any], names: Mapping[str, str]
) -> dict[str, tuple[Standing, ...]]:
    return {
        cell: tuple(_standing(kind, cell, item, names) for item in items)
        for cell, items in loaded.conflicts.items()
    }


def _standing(kind: type[Record], cell: str, item: read.Standing, names: Mapping[str, str]) -> Standing:
    question = questions(kind).get(cell)
    words = question.kind.show(item.value) if question else str(item.value)
    return Standing(item.value, words, names.get(item.worker, ""), item.at_ms)


def plain(record: Record) -> dict[str, Wire]:
    """The set values of a record by field name."""
    values = {name: getattr(record, name) for name in questions(type(record))}
    return {name: value for name, value in values.items() if value is not None}


@action
def save_form(
    desk: Desk,
    form: Form,
    typed: Typed,
    rows: Mapping[str, Sequence[RowInput]] | None = None,
    reason: str = "",
    *,
    draft_stays: bool = False,
) -> Saved:
    """Check what was typed and write what was altered, record and rows as one edit. Raises FormRefused.
    `draft_stays` where the rows were typed beside the form: what was typed in it is not saved yet."""
    record, writes = checked(desk, form, typed, rows or {})

    def refused(session: Reading) -> list[Problem]:
        return held_back(session, record, form.values.get("sent_on")) + too_long_days(session, writes)

    if found := desk.read(refused):
        raise FormRefused(found)

    today = desk.today()

    def work(session: Writing) -> tuple[Changes, list[Problem]]:
        if form.new and not read.exists(session, form.kind, form.id):  # not when it is saved once more
            writes[0] = numbered(session, desk, writes[0])
        desk.record(session, reason, writes)
        if not draft_stays:
            drafts.drop(session, desk.actor.worker, form.kind, draft_key(form))
        # read before the commit: what the disk refuses after it would make a save look failed
        doubts = [*beside(session, record, form.id), *kin_marks(session, form.kind, form.id, today)]
        return session.changes(), doubts

    changes, doubts = desk.write(work)
    marks = (*problems(record, today), *doubts, *overruled(record, typed))
    return Saved(form.kind, form.id, changes, marks)


def checked(
    desk: Desk, form: Form, typed: Typed, rows: Mapping[str, Sequence[RowInput]]
) -> tuple[Record, list[Write]]:
    """The gate: the record as typed, and the writes that bring the store there. Raises FormRefused."""
    kind, today = BY_KIND[form.kind], desk.today()
    found: list[Problem] = []
    record: Record | None = None
    try:
        given = {**form.values, **typed} if form.new else typed
        record = gate(kind, given, today, None if form.new else form.values)
    except Refused as refused:
        found += refused.problems
    writes = []
    for name, inputs in rows.items():
        writes += _row_writes(desk, form, name, inputs, found)
    if found or record is None:
        raise FormRefused(found)
    parent = parent_field(kind)
    if parent and getattr(record, parent) is None:
        raise AppError("还没有选定这份记录属于谁，已填的内容还在。", "请先选好再保存。")
    if form.kind in CATEGORISED:
        standing = {row.id: row.values for row in form.rows.get(BENEFITS, ())}
        given = {**given, **follow_benefits(record, standing, writes, today)}
    before: Mapping[str, object] = {} if form.new else _agreed(kind, form)
    values = altered(before, record, given)
    if form.new and writes and not values:
        values = {"deleted": False}  # nothing but rows was typed: they still need a record to belong to
    own = Write(form.kind, form.id, values, form.seen)
    return record, [own, *writes]


def _agreed(kind: type[Record], form: Form | Row) -> dict[str, object]:
    """The values everybody holds alike: one of two values is written even when it is the one shown, or
    when the field is left empty on purpose."""
    contested = {name for name, question in questions(kind).items() if question.cell in form.conflicts}
    return {**form.values, **dict.fromkeys(contested, CONTESTED)}


def _row_writes(
    desk: Desk, form: Form, name: str, inputs: Sequence[RowInput], found: list[Problem]
) -> list[Write]:
    rows = row_fields(BY_KIND[form.kind])[name]
    standing = {row.id: row for row in form.rows.get(name, ()) if row.id}
    writes = []
    for place, item in enumerate(inputs):
        row = standing.get(item.id)
        if item.gone:
            writes += [Write(rows.kind.KIND, item.id, {"deleted": True}, row.seen)] if row else []
            continue
        typed = {**item.typed, rows.parent: form.id}
        try:
            record = gate(rows.kind, typed, desk.today(), row.values if row else None)
        except Refused as refused:
            found += [Problem(p.level, f"{name}.{place}.{p.field}", p.sentence) for p in refused.problems]
            continue
        values = altered(_agreed(rows.kind, row) if row else {}, record, typed)
        if values:
            writes.append(Write(rows.kind.KIND, item.id or desk.ids(), values, row.seen if row else {}))
    return writes


def altered(before: Mapping[str, object], record: Record, typed: Typed) -> dict[str, Wire]:
    """Only what the person changed: typed fields whose checked value differs from what stood before."""
    after = {name: getattr(record, name) for name in typed}
    return {name: value for name, value in after.items() if value != before.get(name)}


def numbered(session: Writing, desk: Desk, write: Write) -> Write:
    """Give a new record the printed number its kind carries, once and for ever."""
    from sgz_desktop.actions.numbers import give_number

    number = give_number(session, desk, write.kind)
    if number is None or write.values.get("number"):
        return write
    return Write(write.kind, write.id, {"number": number, **write.values}, write.seen)


@action
def delete_record(desk: Desk, id: str, kind: str, reason: str, seen: Seen) -> Changes:
    """Take a record out of every list, with a reason. It stays in the history and can be brought back."""
    if not reason.strip():
        raise AppError("删除后不再列出，修改日志里还留着，请写明原因。")

    def work(session: Writing) -> Changes:
        desk.record(session, reason, [Write(kind, id, {"deleted": True}, seen)])
        return session.changes()

    return desk.write(work)


@action
def erase_values(desk: Desk, id: str, kind: str, names: Sequence[str], reason: str) -> Changes:
    """Erase for good what fields of a record hold and ever held, here and wherever the edits arrive; of a
    person also in the files merged into theirs.

    AppError without a reason. The log still proves every line; only the words are gone.
    """
    if not reason.strip():
        raise AppError("清除后不能恢复，请写明原因。")

    def work(session: Writing) -> Changes:
        files = files_of(session, id) if kind == PERSON else [id]
        redact(session, desk.actor, reason, [(kind, one, name) for one in files for name in names])
        return session.changes()

    return desk.write(work)


@action
def history(desk: Desk, id: str, kind: str) -> list[read.Event]:
    """What happened to a record, newest first."""
    return desk.read(lambda session: read.history(session, kind, id))


def draft_key(form: Form) -> str:
    """What a draft of the form belongs to: its record, or for a new one all that the record will belong to,
    so that new visits to two people of one family are two drafts."""
    if not form.new or form.fixed:
        return form.id
    names = ("case", parent_field(BY_KIND[form.kind]) or "case", "household", "person")
    given = [str(form.values[name]) for name in names if form.values.get(name)]
    return NEW + "+".join(dict.fromkeys(given))


@action
def keep_draft(desk: Desk, form: str, record: str, body: dict[str, Any]) -> None:
    """Put unsaved input aside inside the store."""
    desk.store.write(lambda session: drafts.keep(session, desk.actor.worker, form, record, body))


@action
def drop_draft(desk: Desk, form: str, record: str) -> None:
    """Forget unsaved input."""
    desk.store.write(lambda session: drafts.drop(session, desk.actor.worker, form, record))


@action
def find_draft(desk: Desk, form: str, record: str) -> drafts.Draft | None:
    """What this worker typed last into a form (its kind) about a record (`draft_key`) and did not save."""
    found = desk.read(lambda session: drafts.of_worker(session, desk.actor.worker))
    return next((draft for draft in found if (draft.form, draft.record) == (form, record)), None)


@action
def list_drafts(desk: Desk) -> list[drafts.Draft]:
    """What this worker has typed and not saved, newest first."""
    return desk.read(lambda session: drafts.of_worker(session, desk.actor.worker))
