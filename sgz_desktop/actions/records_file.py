"""All records of a station to a file and back: NDJSON, with the attachments' bytes in a folder beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sgz_desktop import files
from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.records_attachments import (
    check_beside,
    folder_of,
    keep_beside,
    put_beside,
    take_from_beside,
)
from sgz_desktop.actions.records_read import Complaints, Survey, lines, survey, write_of
from sgz_desktop.exports.ndjson import BadLine, Header, written
from sgz_desktop.store import log
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.write import Write

Progress = Callable[[int, int], None]
T = TypeVar("T")
RECORDS_AN_EDIT = 400
TOLD_EVERY = 200


def silent(done: int, total: int) -> None:
    """Progress told to nobody."""


@dataclass(frozen=True)
class Exported:
    """What was written: records and attachments, the digest of the store at that moment, and the folder of
    the attachments where there are any."""

    records: int
    digest: str
    attachments: int = 0
    beside: Path | None = None


@dataclass(frozen=True)
class Imported:
    """What a file brought: new records, records altered by it, records that stood already."""

    new: int
    altered: int
    same: int
    attachments: int = 0

    @property
    def records(self) -> int:
        """Records in the file."""
        return self.new + self.altered + self.same


@action
def export_records(desk: Desk, path: Path, progress: Progress = silent) -> Exported:
    """Write every record peers share to `path`, replacing it in one step. AppError when it cannot be written.

    The file is plain text: it is no longer protected by the station's passphrases.
    """

    files.refuse_in_store(path)

    def work(session: Reading) -> Exported:
        header = Header(desk.store.identity.kind, log.digest(session))
        told = Counted(sum(1 for _ in log.shown_values(session)), progress)
        attachments = put_beside(session, path)
        files.write_atomic(path, told(written(header, log.shown_values(session))))
        keep_beside(path, attachments)
        beside = folder_of(path) if attachments else None
        return Exported(told.total, header.digest, len(attachments), beside)

    return desk.read(work)


class Counted:
    """Passes lines or records on and tells how many went by."""

    def __init__(self, total: int, progress: Progress) -> None:
        self.total, self.progress = total, progress

    def __call__(self, passing: Iterator[T]) -> Iterator[T]:
        for number, one in enumerate(passing):
            if number % TOLD_EVERY == 0:
                self.progress(number, self.total)
            yield one
        self.progress(self.total, self.total)


@action
def import_records(desk: Desk, path: Path, merge: bool = False, progress: Progress = silent) -> Imported:
    """Take a file of records in, whole or not at all, as one transaction.

    Raises ImportRefused with line numbers, or AppError; nothing is written then. An id that stands with
    other values is refused without `merge`; with it the file's values win and others stay. `progress` may
    raise Cancelled.
    """
    told = survey(path, desk.store.identity.kind)
    desk.read(lambda session: _check(session, desk, path, told, merge))
    return desk.write(lambda session: _take_in(session, desk, path, told, merge, progress))


def _check(session: Reading, desk: Desk, path: Path, told: Survey, merge: bool) -> None:
    """The whole file against the store, so that a fault in its last line holds up no writer."""
    bad, today = Complaints(), desk.today()
    for number, line in lines(path, told):
        try:
            write_of(session, line, exact=told.exact, merge=merge, today=today)
            check_beside(path, line)
        except BadLine as wrong:
            bad.add(number, str(wrong))
    bad.settle()


def _take_in(
    session: Writing, desk: Desk, path: Path, told: Survey, merge: bool, progress: Progress
) -> Imported:
    bad, today = Complaints(), desk.today()
    batch: list[Write] = []
    new = altered = same = attachments = 0
    for number, line in lines(path, told):
        try:
            write = write_of(session, line, exact=told.exact, merge=merge, today=today)
            attachments += take_from_beside(session, path, line)
        except BadLine as wrong:  # the store moved on between check and write
            bad.add(number, str(wrong))
            bad.settle()
        if write is None:
            same += 1
            continue
        new, altered = (new, altered + 1) if write.seen else (new + 1, altered)
        batch.append(write)
        if len(batch) >= RECORDS_AN_EDIT:
            _record(session, desk, batch)
            progress(new + altered + same, told.records)
    _record(session, desk, batch)
    progress(told.records, told.records)
    return Imported(new, altered, same, attachments)


def _record(session: Writing, desk: Desk, batch: list[Write]) -> None:
    if batch:
        desk.record(session, "", batch)
        batch.clear()
