"""Two files of one person become one, and can be taken apart again.

Everything that names the one is made to name the other in one edit, also what the worker may not see of a
case kept from the guardian: the case goes with its person, stays hidden as before, and neither the counts
shown beforehand nor the answer tell of it. To refuse the merge would tell that there is such a case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.people import PersonLine, lines_of
from sgz_desktop.actions.undoing import Undone, take_back
from sgz_desktop.domain.edits import Changes, Stamp
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.likeness import not_the_same
from sgz_desktop.domain.local_words import titled
from sgz_desktop.domain.records.base import Question, cells
from sgz_desktop.domain.records.person import Person
from sgz_desktop.errors import AppError
from sgz_desktop.store import read
from sgz_desktop.store.inverse import DELETED, edit_behind, value_in
from sgz_desktop.store.merging import MERGED_INTO, PERSON, merge_writes, moves
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.write import Seen

KEPT = frozenset({"number", MERGED_INTO, "filed_on"})  # each file keeps its own
NO_REASON = "请写明为什么是同一个人，会记在修改历史里。"
SAME = "这是同一份档案，没有改动。"
GONE = "其中一份档案已经合并或删除，没有改动。"
NOT_MERGED = "这份档案没有并入别人，没有改动。"
LATER = "之后又合并过一次，请先拆开那一次。"


@dataclass(frozen=True)
class Difference:
    """A cell in which two files differ, in words; `asked` when both say something. Else the one that says
    something is taken over."""

    cell: str
    label: str
    keep: str
    other: str

    @property
    def asked(self) -> bool:
        """Has somebody to choose?"""
        return bool(self.keep and self.other)


@dataclass(frozen=True)
class MergePreview:
    """What a merge will do. `moves` are (what, how many) that go over; `seen` goes back to `merge_people`;
    `doubt` is what speaks against it, '' when nothing does."""

    keep: PersonLine
    other: PersonLine
    differing: tuple[Difference, ...]
    moves: tuple[tuple[str, int], ...]
    seen: dict[str, tuple[Stamp, ...]]
    doubt: str = ""


@dataclass(frozen=True)
class MergedFile:
    """A file that was merged into somebody's: whose it was, by whom, when (UTC ms) and why."""

    id: str
    name: str
    number: str
    worker: str
    at_ms: int
    why: str


@action
def merge_preview(desk: Desk, person: str, other: str) -> MergePreview:
    """Compare two files before they become one, `person` being the one kept. AppError when they cannot."""

    def work(session: Reading) -> MergePreview:
        kept, gone = _both(session, person, other)
        lines = lines_of(session, [kept.record.rid or 0, gone.record.rid or 0], desk.today())
        counts = Counter(titled(one.kind) for one in moves(session, person, other))
        return MergePreview(
            keep=lines[kept.record.rid or 0],
            other=lines[gone.record.rid or 0],
            differing=tuple(_differing(kept.record, gone.record)),
            moves=tuple(counts.most_common()),
            seen=kept.seen,
            doubt=not_the_same(_told(kept.record), _told(gone.record)),
        )

    return desk.read(work)


def _told(person: Person) -> tuple[Wire, Wire, Wire]:
    return person.id_number, person.sex, person.born


def _both(session: Reading, person: str, other: str) -> tuple[read.Loaded[Person], read.Loaded[Person]]:
    if person == other:
        raise AppError(SAME)
    kept, gone = read.load(session, Person, person), read.load(session, Person, other)
    if kept is None or gone is None or kept.record.deleted or gone.record.deleted:
        raise AppError(GONE)
    return kept, gone


def _differing(kept: Person, gone: Person) -> list[Difference]:
    found = []
    for cell, asked in cells(Person).items():
        if cell in KEPT or all(getattr(gone, one.name) is None for one in asked):
            continue
        if any(getattr(kept, one.name) != getattr(gone, one.name) for one in asked):
            label = "、".join(one.ask.label for one in asked)
            found.append(Difference(cell, label, _words(kept, asked), _words(gone, asked)))
    return found


def _words(person: Person, asked: Sequence[Question]) -> str:
    said = (one.kind.show(getattr(person, one.name)) for one in asked)
    return "、".join(filter(None, said))


@action
def merge_people(
    desk: Desk, person: str, other: str, reason: str, taken: Sequence[str], seen: Seen
) -> Changes:
    """Make two files one: all that names `other` names `person` from now on, in one edit.

    `taken` are the cells whose value is taken from `other`, `seen` the heads of the preview: what somebody
    changed meanwhile stays beside. AppError without a reason, or when either is merged or deleted already.
    """
    if not reason.strip():
        raise AppError(NO_REASON)

    def work(session: Writing) -> Changes:
        _both(session, person, other)
        taken_over = [cell for cell in taken if cell not in KEPT]
        desk.record(session, reason, merge_writes(session, person, other, taken_over, seen))
        return session.changes()

    return desk.write(work)


@action
def unmerge_people(desk: Desk, person: str, reason: str) -> Undone:
    """Take a merged file out again: what the merge moved goes back, where nobody has changed it since.

    `person` is the one that was merged into another. AppError without a reason.
    """
    if not reason.strip():
        raise AppError("请写明为什么拆开，会记在修改历史里。")

    hidden = desk.kept_back().names

    def work(session: Writing) -> Undone:
        record = read.get(session, Person, person)
        if record is None or not record.deleted or not record.merged_into:
            raise AppError(NOT_MERGED)
        made = edit_behind(session, PERSON, person, DELETED)
        if made is None or made.action != merge_people.__name__:
            raise AppError(NOT_MERGED)
        if value_in(session, made, PERSON, person, MERGED_INTO) != record.merged_into:
            raise AppError(LATER)
        return take_back(session, desk, made, reason, hidden)

    return desk.write(work)


MERGED = """SELECT p.id, p.name, p.number FROM r_person p WHERE p.merged_into = ? AND p.deleted = 1
ORDER BY p.rid"""


@action
def merged_files(desk: Desk, person: str) -> list[MergedFile]:
    """The files that were merged into a person's."""

    def work(session: Reading) -> list[MergedFile]:
        rows = session.connection.execute(MERGED, (person,)).fetchall()
        return [_file(session, *row) for row in rows]

    return desk.read(work)


def _file(session: Reading, id: str, name: str | None, number: str | None) -> MergedFile:
    events = (one for one in read.history(session, PERSON, id) if one.cell == DELETED)
    last = next(events, None)
    worker = dict(session.connection.execute("SELECT id, name FROM r_worker").fetchall())
    return MergedFile(
        id,
        name or "（姓名未填）",
        number or "",
        worker.get(last.worker, "") if last else "",
        last.at_ms if last else 0,
        last.why if last else "",
    )
