"""Laptops that are real stores and hand each other real bundles; opened by their raw keys, so that a schedule
costs a second and not a minute."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

from sgz_desktop.actions import station as opening
from sgz_desktop.actions.exchange_devices import Computer, known
from sgz_desktop.actions.exchange_receive import import_bundle
from sgz_desktop.actions.exchange_send import export_bundle
from sgz_desktop.actions.exchange_trust import heirs, stop_computer
from sgz_desktop.actions.judging import judge
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.domain.edits import Edit, Stamp
from sgz_desktop.store import blobs, closing, enrolment, exchange, forks, log
from sgz_desktop.store.apply import apply
from sgz_desktop.store.check import check
from sgz_desktop.store.connection import DATABASE
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import Write, _cells_of, record_many
from sgz_desktop.sync.reasons import Reason, Refused
from sgz_desktop.vault.head import Verdict
from tests.conftest import TestClock
from tests.proofs.exchange_five import Made, State
from tests.proofs.exchange_parts import Cell, Parcel, Said, Seen, Taken


@dataclass
class Bench:
    """Where the stores of a schedule lie."""

    root: Path
    numbers: count[int] = field(default_factory=count)
    open: list[Store] = field(default_factory=list)

    def folder(self) -> Path:
        return self.root / f"laptop-{next(self.numbers)}"

    def stick(self) -> Path:
        return self.root / f"{next(self.numbers)}.sgzb"

    def close(self) -> None:
        for store in self.open:
            store.close()
        shutil.rmtree(self.root)


class RealLaptop:
    """A store open in a folder of its own."""

    def __init__(self, bench: Bench, made: Made, folder: Path, clock: TestClock) -> None:
        state = replace(made.state)
        me = replace(made.desk.store.identity, device=state.device_id, epoch=state.epoch)
        store = Store(folder, made.key, me, clock)
        bench.open.append(store)
        store.on_commit, store.on_access = state.write_head, state.write_lines
        desk = replace(made.desk, store=store)
        self.bench, self.made, self.folder, self.clock = bench, made, folder, clock
        self.station = OpenStation(desk, folder, made.slots, None, state, None)  # type: ignore[arg-type]

    @property
    def device(self) -> str:
        return self.station.state.device_id

    def _read(self, work: Callable[[Reading], Any]) -> Any:
        return self.station.desk.store.read(work)

    def seen(self, kind: str, id: str) -> Seen:
        found: dict[str, list[Stamp]] = {}
        for cell, device, seq in self._read(lambda s: s.connection.execute(SEEN, (kind, id)).fetchall()):
            found.setdefault(cell, []).append(Stamp(device, seq))
        return {cell: tuple(sorted(stamps)) for cell, stamps in found.items()}

    def limits(self) -> Mapping[str, int]:
        return self._read(enrolment.limits)

    def write(self, kind: str, id: str, values: Mapping[str, Any], seen: Seen) -> Said | None:
        if self.device in self.limits():
            return None
        self.reopen(only_if_twice=True)
        plain = {name: value for name, value in values.items() if name in _cells_of(kind)}
        extra = {name: value for name, value in values.items() if name not in plain}
        desk = self.station.desk.doing("save_form")

        def work(session: Writing) -> Edit | None:
            return record_many(session, desk.actor, "", [Write(kind, id, plain, seen, extra)])

        edit = desk.write(work)
        if edit is None:
            return None
        told = {(one.kind, one.record, one.cell): one.opened.text for one in edit.changes if one.opened}
        return Said(edit.stamp, edit.hash, {
            cell: (text, tuple(seen.get(cell[2], ()))) for cell, text in told.items()
        })  # fmt: skip

    def stop(self, device: str) -> Said | None:
        computer = self._computer(device)
        if computer is None or self.device in self.limits():
            return None
        self.reopen(only_if_twice=True)
        desk = self.station.desk.doing("stop_computer")
        before = self._read(_hashes)
        stop_computer(desk, computer, heirs(desk, computer))
        fresh = [digest for device, digest in self._read(_hashes) - before if device == self.device]
        edits = self._read(lambda session: [edit for edit in log.edits(session) if edit.hash in fresh])
        return Said(edits[-1].stamp, edits[-1].hash, {}) if edits else None

    def reopen(self, only_if_twice: bool = False) -> None:
        """What opening a station again finds out: whether this laptop's numbers were used by a copy of it."""
        store, state = self.station.desk.store, self.station.state
        seq = self._read(log.tops).get(self.device, 0)
        if only_if_twice and self._read(lambda s: log.hash_at(s, self.device, seq + 1)) is None:
            return
        if judge(store, state) is Verdict.AHEAD:
            self._become(state.epoch + 1, before=self.device)

    def _become(self, epoch: int, before: str) -> None:
        state = State.new(epoch)
        opening._continue_as(self.station, state)
        opening.become_new_device(self.station, before=before)

    def _computer(self, device: str) -> Computer | None:
        every = self._read(lambda session: known(session, self.device))
        return next((one for one in every if one.id == device), None)

    def parcel(self, to: str) -> Parcel | None:
        computer = self._computer(to)
        if computer is None or not computer.can_be_sent_to or self.device in self.limits():
            return None
        out = self.bench.stick()
        sent = export_bundle(self.station.desk, self.station, computer, out)
        told = self._read(exchange.sent)
        ranges = next(one.ranges for one in told if (one.device, one.n) == (to, sent.n))
        return Parcel(self.device, to, out, lambda said: _within(ranges, said.stamp))

    def take(self, parcel: Parcel) -> Taken:
        before = self._read(_hashes)
        try:
            import_bundle(self.station.desk, self.station, parcel.body)
        except Refused as refused:
            if refused.reason is Reason.UNKNOWN_SENDER:
                return Taken(stranger=True)
            if refused.reason is not Reason.REVOKED:
                raise
        fresh = self._read(_hashes) - before
        return Taken(len(fresh), sum(device != parcel.sender for device, _ in fresh))

    def backup(self) -> Path:
        """The database copied whole, as a backup holds it."""
        self.station.sign_head()
        folder = self.bench.folder()
        folder.mkdir()
        first = lambda session: closing.note_copy(session, "")  # noqa: E731
        self.station.desk.store.copy(folder / DATABASE, lambda session: None, first)
        return folder

    def restored(self, backup: Path) -> RealLaptop:
        folder = self.bench.folder()
        shutil.copytree(backup, folder)
        before = self.device
        state = State.new(self.station.state.epoch + 1)
        self.station.desk.store.close()
        self.bench.open.remove(self.station.desk.store)
        other = RealLaptop(self.bench, replace(self.made, state=state), folder, self.clock)
        opening.become_new_device(other.station, before=before)
        return other

    def clone(self) -> RealLaptop:
        self.station.desk.store.fold_in()
        folder = self.bench.folder()
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("*.lock"))
        made = replace(self.made, desk=self.station.desk, state=self.station.state)
        return RealLaptop(self.bench, made, folder, TestClock(self.clock.ms))

    def fate(self, said: Said) -> str:
        return str(self._read(lambda session: _fate(session, said)))

    def heads(self) -> Mapping[Cell, set[tuple[Stamp, bytes | None]]]:
        found: dict[Cell, set[tuple[Stamp, bytes | None]]] = {}
        for kind, id, cell, device, seq, text in self._read(lambda s: s.connection.execute(HEADS).fetchall()):
            value = None if text is None else bytes(text)
            found.setdefault((kind, id, cell), set()).add((Stamp(device, seq), value))
        return found

    def vector(self) -> object:
        return sorted(self._read(_hashes))

    def says(self) -> object:
        return self._read(
            lambda s: (log.digest(s), log.history_digest(s), log.counts(s)["open_conflicts"], _aside(s))
        )

    def has_clones(self) -> bool:
        """Are edits put aside since a number was used twice?"""
        last = self.limits()
        return any(seq <= last.get(device, seq) for device, seq, _ in self._read(_aside))

    def problems(self) -> list[str]:
        folder = self.folder / blobs.FOLDER
        return self._read(lambda session: check(session, folder, None)).problems

    def again(self, parcels: Sequence[Parcel], other: RealLaptop) -> None:
        for parcel in parcels[-2:]:
            self.take(parcel)
        edits = other._read(lambda session: [*log.edits(session), *forks.forked(session)])
        self.station.desk.store.write(lambda session: apply(session, edits))


SEEN = """SELECT f.cell, r.device, e.seq FROM head h JOIN entity n ON n.rid = h.rid
 JOIN cell_name f ON f.fid = h.fid JOIN change c ON c.cid = h.cid JOIN edit e ON e.eid = c.eid
 JOIN replica r ON r.did = e.did WHERE n.kind = ? AND n.id = ?"""
HEADS = """SELECT n.kind, n.id, f.cell, r.device, e.seq, c.value FROM head h JOIN entity n ON n.rid = h.rid
 JOIN cell_name f ON f.fid = h.fid JOIN change c ON c.cid = h.cid JOIN edit e ON e.eid = c.eid
 JOIN replica r ON r.did = e.did"""


def _hashes(session: Reading) -> set[tuple[str, bytes]]:
    """(device, hash) of every edit here, those put aside too."""
    run = session.connection.execute
    here = run("SELECT r.device, e.hash FROM edit e JOIN replica r USING(did)").fetchall()
    aside = run("SELECT r.device, f.hash FROM forked f JOIN replica r USING(did)").fetchall()
    return {(device, bytes(digest)) for device, digest in [*here, *aside]}


def _aside(session: Reading) -> list[tuple[str, int, bytes]]:
    return [(edit.device, edit.seq, edit.hash) for edit in forks.forked(session)]


def _within(ranges: Mapping[str, tuple[int, int]], stamp: Stamp) -> bool:
    first, last = ranges.get(stamp.device, (1, 0))
    return first <= stamp.seq <= last


def _fate(session: Reading, said: Said) -> str:
    if log.hash_at(session, *said.stamp) == said.hash:
        return "standing"
    if (*said.stamp, said.hash) not in _aside(session):
        return ""
    last = enrolment.limits(session).get(said.stamp.device)
    return "aside_twin" if last is None or said.stamp.seq <= last else "aside_stopped"


def station(bench: Bench, made: Sequence[Made]) -> list[RealLaptop]:
    """The five of the template, copied and open."""
    bench.root.mkdir()
    found = []
    for one in made:
        folder = bench.folder()
        shutil.copytree(one.folder, folder)
        found.append(RealLaptop(bench, one, folder, TestClock()))
    return found
