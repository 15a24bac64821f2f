"""What a file of a case for another station holds: its cover, its records as they go, their files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sgz_desktop import files
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.domain import case_transfer
from sgz_desktop.domain.edits import canonical
from sgz_desktop.domain.record_class import is_minor
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.case import Case
from sgz_desktop.domain.records.consent import Consent
from sgz_desktop.domain.records.mandatory_report import MandatoryReport
from sgz_desktop.domain.records.person import Person
from sgz_desktop.store import attached, case_parts, read
from sgz_desktop.store.session import Reading
from sgz_desktop.store.standing import shown
from sgz_desktop.sync import envelope


@dataclass(frozen=True)
class Sent:
    """What sending a case changed here, by which the same file is written again: to whom it went (store and
    fingerprint of the card), on which day; its stage then; the records written (`made`, ids by kind), the
    to-dos that were taken away; was it closed by that?"""

    store: str
    fingerprint: str
    day: str
    stage: str | None
    closed: bool
    made: dict[str, str]
    tasks: list[str]

    def undo(self, parts: case_parts.Parts) -> None:
        """Of what belongs to the case: what did on that day."""
        for kind, id in self.made.items():
            parts[kind] = [one for one in parts.get(kind, ()) if one != id]
        parts["task"] = [*parts.get("task", ()), *self.tasks]

    def before(self, case: str) -> dict[str, dict[str, Any]]:
        """Fields by record as they were."""
        was: dict[str, Any] = {"stage": self.stage} | ({"closed_on": None} if self.closed else {})
        return {case: was} | {id: {"deleted": None} for id in self.tasks}


@dataclass(frozen=True)
class Whole:
    """A case and what goes with it; `before` are fields of records, by id, that go as they were (None: not
    set) and not as they stand."""

    case: Case
    client: str
    parts: case_parts.Parts
    files: tuple[attached.File, ...]
    missing: int
    stays: tuple[str, ...]
    reported: bool
    consents: tuple[dict[str, Any], ...]
    before: Mapping[str, Mapping[str, Any]]


def whole_of(session: Reading, case: Case, day: str, sent: Sent | None = None) -> Whole:
    """What goes of a case on `day`; of one that was `sent`, what went then."""
    id = str(case.id)
    client = read.get(session, Person, case.client) if case.client else None
    reported = bool(read.of_parent(session, MandatoryReport, "case", id))
    minor = bool(client and client.born and is_minor(client.born, day))
    stays = case_transfer.STAYS if minor else case_transfer.STAYS | case_transfer.SAFETY
    parts = case_parts.of_case(session, id, stays)
    if case.found_in:
        parts.setdefault("visit", [])
        parts["visit"] = list(dict.fromkeys([*parts["visit"], case.found_in]))
    family = case_parts.of_family(session, case.client or "", case.household or "", parts)
    for kind, ids in family.items():
        parts[kind] = list(dict.fromkeys([*parts.get(kind, ()), *ids]))
    if sent:
        sent.undo(parts)
    found, missing = _files(session, parts.get(Attachment.KIND, []))
    return Whole(
        case,
        (client.name if client else None) or "（姓名未填）",
        parts,
        found,
        missing,
        (*case_transfer.STAYS_WORDS, *((case_transfer.SAFETY_STAYS,) if reported and not minor else ())),
        reported,
        tuple(one.model_dump() for one in read.of_parent(session, Consent, "case", id)),
        sent.before(id) if sent else {},
    )


def _files(session: Reading, ids: list[str]) -> tuple[tuple[attached.File, ...], int]:
    """The sealed files of attachments that are here, and how many are not."""
    named = [one.sha256 for id in ids if (one := read.get(session, Attachment, id)) and one.sha256]
    asked = list(dict.fromkeys(named))
    found = attached.going(session, {}, asked)
    return tuple(found), len(asked) - len(found)


def lines_of(session: Reading, desk: Desk, station: OpenStation, whole: Whole) -> Iterator[bytes]:
    """The cover, then every record, as a file of records has them."""
    cover = {
        "case": str(whole.case.id),
        "number": whole.case.number or "",
        "station": desk.station,
        "worker": whole.case.worker or desk.user,
        "sign": station.state.key.public.hex(),
    }
    yield canonical({"cover": cover}) + b"\n"
    for kind in sorted(whole.parts):
        for id in sorted(whole.parts[kind]):
            found = shown(session, kind, id)
            stood = {**(found.values if found else {}), **whole.before.get(id, {})}
            stood = {name: value for name, value in stood.items() if value is not None}
            values = case_transfer.told(kind, stood, id == whole.case.client)
            if values:
                yield canonical({"record": kind, "id": id, "values": values}) + b"\n"


def frames_of(lines: list[bytes], some: tuple[attached.File, ...]) -> Iterator[bytes]:
    """The lines, then the sealed files."""
    yield from lines
    for file in some:
        sealed = files.read_whole(file.path, file.size)
        yield from envelope.file_frames(file.sha256, len(sealed), file.mime, [sealed])
