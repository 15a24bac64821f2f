"""What a start after a kill or a power cut finds: is what was acknowledged there, and nothing half?"""

from __future__ import annotations

import hashlib
import shutil
import time
from collections import deque
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from sgz_desktop.actions import find, keeping, records_attachments
from sgz_desktop.actions.station import NEW_DEVICE, OpenStation, open_station
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.exports.ndjson import Digest, read_header, read_line
from sgz_desktop.store import archive, blobs, log, migrate
from sgz_desktop.store.backup import verify_manifest
from sgz_desktop.store.connection import DATABASE, connect
from sgz_desktop.vault import slot_file
from sgz_desktop.vault.keys import Label, derive
from sgz_desktop.vault.state import NEXT as NEXT_DEVICE
from sgz_desktop.vault.unlocking import WrongPassphrase, unlock
from tests.next_release import released
from tests.proofs import places as at
from tests.proofs.at_work import save_person
from tests.proofs.file_calls import unflushed

PEERS_EDITS = 6


@dataclass
class Verdict:
    """`lost`: acknowledged and not there. `half`: what is neither whole nor absent, or unsound. `seconds` of
    the next start; `complete`: the operation is there."""

    lost: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    seconds: float = 0.0
    complete: bool = False


class Half(Exception):
    """Neither whole nor absent."""


def judge(places: at.Places, operation: str, saved: list[str], acknowledged: bool) -> Verdict:
    """Start again as a worker would, look at everything, and go on working."""
    verdict = Verdict()
    try:
        later = released(places.steps) if operation == "migration" else nullcontext()
        with later, unflushed(places.run):
            _judge(places, operation, saved, verdict)
    except Exception as problem:  # whatever stops the next start is a verdict too
        verdict.half.append(f"{operation}: {problem!r}")
    if acknowledged and not verdict.complete:
        verdict.lost.append(operation)
    return verdict


def _judge(places: at.Places, operation: str, saved: list[str], verdict: Verdict) -> None:
    already = operation == "migration" and migrated(places)
    begun = time.perf_counter()
    station = open_station(places.station, at.HEAD, at.PASSPHRASE)
    verdict.seconds = time.perf_counter() - begun
    try:
        people = _people(station)
        verdict.lost += [id for id in (*saved, *(f"old-{n}" for n in range(5))) if id not in people]
        verdict.half += [*station.notices, *keeping.check_store(station.desk, station).problems]
        verdict.complete = already if operation == "migration" else WHETHER[operation](places, station)
        save_person(station, "afterwards")
        figures = keeping.check_store(station.desk, station).figures
        verdict.half += ["a file nobody names"] * figures["orphans"]
        verdict.half += ["a person nobody finds"] * _unfound(station)
    finally:
        station.close()
    if operation == "rekey":
        _the_leaver(places, gone=verdict.complete)


def _people(station: OpenStation) -> set[str]:
    query = "SELECT id FROM r_person"
    return {row[0] for row in station.desk.read(lambda s: s.connection.execute(query).fetchall())}


def _unfound(station: OpenStation) -> int:
    """How many people the search does not know, once it is readied as after unlocking."""
    find.ready_search(station.desk, lambda: False)
    query = "SELECT count(*) FROM r_person WHERE rid NOT IN (SELECT rid FROM search_doc)"
    return int(station.desk.read(lambda s: s.connection.execute(query).fetchone()[0]))


def saved_whole(places: at.Places, station: OpenStation) -> bool:
    people = _people(station)
    digest = hashlib.sha256(at.PICTURE).hexdigest()
    query = "SELECT count(*) FROM blob WHERE sha256 = ?"
    pictures = station.desk.read(lambda s: s.connection.execute(query, (digest,)).fetchone()[0])
    return _all_or_none([*(id in people for id in at.NEW_PEOPLE), pictures == 1])


def merged(places: at.Places, station: OpenStation) -> bool:
    people = _people(station)
    top = station.desk.read(log.tops).get(at.PEER, 0)
    return _all_or_none([top == PEERS_EDITS, *(f"peer-{n}" in people for n in range(PEERS_EDITS))])


def _all_or_none(there: list[bool]) -> bool:
    if len(set(there)) != 1:
        raise Half(str(there))
    return there[0]


def backed_up(places: at.Places, station: OpenStation) -> bool:
    if _as_before(places, places.backup):
        return False
    if proven_backup(places.backup, station) != station.desk.read(log.digest):
        raise Half("the backup is of another state")
    return True


def proven_backup(path: Path, station: OpenStation) -> str:
    """The digest of the station in a backup, all of it read and proven; AppError when it is not whole."""
    with archive.reading(path) as made:
        for name in made.listed:
            deque(made.pieces(name), maxlen=0)
        verify_manifest(made.manifest, derive(station.root, Label.BACKUP).reveal())
        return str(made.manifest["digest"])


def _as_before(places: at.Places, path: Path) -> bool:
    return path.read_bytes() == (places.template / path.relative_to(places.run)).read_bytes()


def restored(places: at.Places, station: OpenStation) -> bool:
    """Absent is proven by restoring once more, into the same folder."""
    there = places.restored.exists()
    if there:
        again = open_station(places.restored, at.HEAD, at.PASSPHRASE)
    else:
        again = keeping.restore(places.backup, places.restored, at.HEAD, at.PASSPHRASE)
    try:
        with archive.reading(places.backup) as made:
            digest = made.manifest["digest"]
        if again.desk.read(log.digest) != digest or keeping.check_store(again.desk, again).problems:
            raise Half("what was restored is not what was backed up")
        if not {*again.notices} <= {NEW_DEVICE, keeping.RESTORED}:
            raise Half(str(again.notices))
    finally:
        again.close()
    return there


def migrated(places: at.Places) -> bool:
    """Looked up in a copy, so that the next start finds what the kill left."""
    slots = slot_file.read_slots(places.station)
    root = unlock(slots, at.HEAD, at.PASSPHRASE).root
    probe = shutil.copytree(places.station, places.run / "probe", ignore=shutil.ignore_patterns("*-shm"))
    connection = connect(probe / DATABASE, derive(root, Label.DATABASE).reveal())
    try:
        run = connection.execute
        version = run("PRAGMA user_version").fetchone()[0] == migrate.SCHEMA
        column = "blood" in {row[1] for row in run("PRAGMA table_info(r_person)")}
        table = bool(run("PRAGMA table_info(r_drone)").fetchall())
        filled = table and run("SELECT battery FROM r_drone").fetchall() == [(80,)]
    finally:
        connection.close()
    return _all_or_none([version, column, table, filled])


def rekeyed(places: at.Places, station: OpenStation) -> bool:
    left = [*places.station.glob(slot_file.NEXT), *places.state.rglob(NEXT_DEVICE)]
    if left:
        raise Half(f"{left} was left")
    return station.slots.worker(at.LEAVER) is None


def _the_leaver(places: at.Places, gone: bool) -> None:
    try:
        open_station(places.station, at.LEAVER, at.LEAVERS).close()
    except WrongPassphrase:
        if not gone:
            raise Half("somebody who may open the store cannot") from None
    else:
        if gone:
            raise Half("somebody removed can open the store")


def exported(places: at.Places, station: OpenStation) -> bool:
    """The old file or the new, and either with the attachments beside it that were here when it was made."""
    lines = places.records.read_bytes().splitlines()
    digest, old = Digest(), _as_before(places, places.records)
    for record in map(read_line, lines[1:]):
        digest.add(record.kind, record.id, record.values)
        named = str(record.values["sha256"]) if record.kind == Attachment.KIND else ""
        if named and (old or station.desk.read(lambda s, named=named: blobs.identity_of(s, named))):
            _beside(places, named)
    if digest.hex() != read_header(lines[0]).digest:
        raise Half("the file is not what its header says")
    return not old


def _beside(places: at.Places, digest: str) -> None:
    path = records_attachments.folder_of(places.records) / digest
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        raise Half("an attachment beside the file is missing or not whole")


WHETHER: dict[str, Callable[[at.Places, OpenStation], bool]] = {
    "save": saved_whole,
    "merge": merged,
    "backup": backed_up,
    "restore": restored,
    "rekey": rekeyed,
    "export": exported,
}
