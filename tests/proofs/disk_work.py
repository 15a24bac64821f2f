"""Work a disk may fail at: saving, exporting, putting a paper, backing up, restoring; how each is judged."""

from __future__ import annotations

import json
import shutil
import threading
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from sgz_desktop import files
from sgz_desktop.actions import cases, forms, keeping, papers, people, records_attachments, records_file
from sgz_desktop.actions.station import OpenStation, create_station, has_store, open_station
from sgz_desktop.domain.ids import uuid7
from sgz_desktop.errors import AppError
from sgz_desktop.store import archive, blobs, log
from sgz_desktop.store.connection import DATABASE
from sgz_desktop.store.session import Writing
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import Write
from sgz_desktop.vault.stretch import Argon2Params
from tests.proofs.faulty_disk import FaultyDisk, Run, Sweep

CHEAP = Argon2Params(32, 1, 1)
USER, PASSPHRASE = "李小禾", "river lantern seventeen"
LEFT = "ab" * 32  # an attachment that only the export of before names


class Desk:
    """A small station on a disk that can be made to fail, and what is known of it."""

    def __init__(self, folder: Path, disk: FaultyDisk, patch: pytest.MonkeyPatch) -> None:
        patch.setenv("SGZ_STATE", str(folder / "state"))
        patch.setattr(threading, "excepthook", self._hear)
        self.disk, self.folder, self.out = disk, folder, folder / "out"
        self.out.mkdir(parents=True)
        self.heard: list[BaseException | None] = []
        self.station = create_station(folder / "store", "青禾镇社工站", USER, PASSPHRASE, params=CHEAP)
        head = people.MemberInput("02", {"name": "试验甲"})
        self.person = people.register_household(self.station.desk, {"village": "上溪村"}, [head]).people[0]
        self._attach(b"picture " * 500)
        self.words = (f"第{number}次走访" for number in count(1))
        self.saved, self.wanted = "", next(self.words)
        self.save()
        self.kept()

    def _attach(self, data: bytes) -> None:
        desk = self.station.desk.doing("save_form")

        def work(session: Writing) -> None:
            values = {"sha256": blobs.put(session, data, "image/png"), "mime": "image/png"}
            desk.record(session, "", [Write("attachment", uuid7(), values)])

        desk.write(work)

    def _hear(self, args: Any) -> None:
        self.heard.append(args.exc_value)

    def save(self) -> None:
        """One form, saved as the window does it."""
        desk = self.station.desk
        forms.save_form(desk, forms.form(desk, self.person, "person"), {"note": self.wanted})
        desk.store._writer.rest()

    def kept(self) -> None:
        """The words count as saved; the next save has others."""
        self.saved, self.wanted = self.wanted, next(self.words)

    def complaints(self) -> int:
        """How many problems of the background were told, or wait in silence for the next save: the index."""
        store = self.station.desk.store
        store._writer.rest()
        waiting = int(store._unindexed)
        self.rest()
        told = len(self.heard) + waiting
        assert all(isinstance(problem, AppError) for problem in self.heard), self.heard
        self.heard.clear()
        return told

    def rest(self) -> None:
        """Wait for what was queued; it may fail, and then says so itself."""
        self.station.desk.store.write(lambda _session: None)

    def note(self) -> str:
        return str(forms.form(self.station.desk, self.person, "person").values.get("note") or "")

    def digest(self) -> str:
        return str(self.station.desk.read(log.digest))

    def sound(self) -> None:
        """The station holds what was saved last and nothing else, and passes its own check."""
        self.rest()
        assert self.note() == self.saved, "a save is lost, or one that failed is there"
        problems = keeping.check_store(self.station.desk, self.station).problems
        assert problems == (), problems

    def reopen(self) -> None:
        """Close and open: nothing of it looks wound back."""
        self.station.close()
        self.station = open_station(self.folder / "store", USER, PASSPHRASE)
        assert self.station.notices == []
        self.sound()

    def after_a_crash(self) -> str:
        """The words a restart finds when the power goes now, all that was written having reached the disk."""
        place = self.folder / "crashed"
        place.mkdir()
        try:
            for name in (DATABASE, f"{DATABASE}-wal"):
                shutil.copy(self.folder / "store" / name, place / name)
            key = self.station.desk.store._open_copy.keywords["key"]
            store = Store(place, key, self.station.desk.store.identity)
            query = "SELECT note FROM r_person WHERE id = ?"
            try:
                found = store.read(lambda s: s.connection.execute(query, (self.person,)).fetchone()[0])
            finally:
                store.close()
        finally:
            shutil.rmtree(place)
        return str(found)


def parts_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob(f"{files.PART}*") if path.exists()]


def tidy(run: Run, folder: Path) -> None:
    """No half-written file stays where the disk lets go of it; what had to stay goes before the next."""
    left = parts_in(folder)
    assert not left or run.kept_from("unlink", "rmdir", "open"), left
    for path in left:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


class OfADesk(Sweep):
    """Work at the desk of one station."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.disk)
        self.desk = desk

    def complaints(self) -> int:
        return self.desk.complaints()


class Saving(OfADesk):
    """One form saved. With `folding` the log is folded into the database at each commit."""

    forgiven = ("write head-",)  # the head kept outside catches up at the next start

    def __init__(self, desk: Desk, folding: bool = False) -> None:
        super().__init__(desk)
        if folding:  # which fails without harm: the log is kept
            self.forgiven += tuple(f"{sort} {DATABASE}" for sort in ("write", "sync", "read", "truncate"))
        self._pages = 1 if folding else 1000

    def act(self) -> None:
        often = f"PRAGMA wal_autocheckpoint = {self._pages}"
        self.desk.station.desk.store.write(lambda session: session.connection.execute(often))
        self.desk.save()

    def judge(self, told: AppError | None, run: Run) -> None:
        desk = self.desk
        before, wanted = desk.saved, desk.wanted
        if told is None:
            desk.kept()
        desk.sound()
        if run.at:
            assert desk.after_a_crash() in ({wanted} if told is None else {before, wanted})
        if told is None and run.refused:
            desk.reopen()


class Exporting(OfADesk):
    """All records to a file that is there already, and of whose attachments one is named by it alone."""

    forgiven = ("mkdir ",)  # it is there

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.path = desk.out / "records.ndjson"
        self.beside = records_attachments.folder_of(self.path)
        self._before()

    def _before(self) -> None:
        records_file.export_records(self.desk.station.desk, self.path)
        (self.beside / LEFT).write_bytes(b"of the export before")
        self.old = self.path.read_bytes()
        self.desk.save()  # so that the next export is another
        self.desk.kept()

    def act(self) -> None:
        records_file.export_records(self.desk.station.desk, self.path)

    def judge(self, told: AppError | None, run: Run) -> None:
        tidy(run, self.desk.out)
        self.desk.sound()
        now = self.path.read_bytes()
        if now == self.old:
            assert told, "an export that was not made is told as made"
            assert (self.beside / LEFT).exists(), "the older file lost its attachment"
            return
        assert json.loads(now.splitlines()[0])["digest"] == self.desk.digest()
        assert len(now.splitlines()) == len(self.old.splitlines())
        assert len([path for path in self.beside.iterdir() if path.name != LEFT]) == 1
        if told is None:
            assert not (self.beside / LEFT).exists()
            self._before()


class PuttingAPaper(OfADesk):
    """A finished paper put where an older one lies, as window and command line do it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        case = cases.open_case(desk.station.desk, person=desk.person)
        self.paper = papers.print_case_file(desk.station.desk, case)
        self.path = desk.out / "case.pdf"
        self.path.write_bytes(b"the older paper")

    def act(self) -> None:
        files.write_atomic(self.path, self.paper)

    def judge(self, told: AppError | None, run: Run) -> None:
        tidy(run, self.desk.out)
        now = self.path.read_bytes()
        assert now == self.paper or (told and now == b"the older paper")
        if told is None:
            self.path.write_bytes(b"the older paper")


class BackingUp(OfADesk):
    """A backup in the place of an older one."""

    forgiven = (
        "mkdir blobs",  # it is there
        "write head-",  # the head kept outside catches up at the next start
        *(f"{sort} {DATABASE}" for sort in ("write", "sync")),  # a checkpoint: without it the log is kept
        "sync blobs",  # asked for by SQLite, which passes over the answer; the copy is read anew
        "unlink .sgz-",  # swept at the next start
        "read .sgz-",  # a read SQLite can do without; the copy is proven, and what is sent on by its digest
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.path = desk.out / "backup.sgzbak"
        self._before()

    def _before(self) -> None:
        self.act()
        self.old = self.path.read_bytes()

    def act(self) -> None:
        keeping.back_up(self.desk.station.desk, self.desk.station, self.path)

    def judge(self, told: AppError | None, run: Run) -> None:
        tidy(run, self.desk.folder)
        assert self.desk.note() == self.desk.saved
        now = self.path.read_bytes()
        if now == self.old:
            assert told, "a backup that was not made is told as made"
            return
        with archive.reading(self.path) as made:
            assert made.manifest["digest"] == self.desk.digest()
            assert all(made.pieces(name) for name in made.listed)
        if told is None:
            self.old = now


class Restoring(OfADesk):
    """A backup brought back into a folder that is not there."""

    forgiven = (
        "mkdir ",  # it is there
        "sync again",  # asked for by SQLite, which passes over the answer, or for one of the counts below
        "open again",
        *(f"{sort} tries." for sort in ("open", "create", "write", "sync")),  # one of three counts will do
        f"unlink {DATABASE}-wal",  # an empty log, which may stay
        f"read {DATABASE}",  # the schema is read before all else, and again by the opening itself
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.backup, self.place = desk.folder / "backup.sgzbak", desk.out / "again"
        keeping.back_up(desk.station.desk, desk.station, self.backup)
        self.restored: OpenStation | None = None

    def act(self) -> None:
        self.restored = keeping.restore(self.backup, self.place, USER, PASSPHRASE)

    def complaints(self) -> int:
        if self.restored:
            self.restored.desk.store.write(lambda _session: None)
        return super().complaints()

    def judge(self, told: AppError | None, run: Run) -> None:
        tidy(run, self.desk.out)
        if told:
            assert not self.place.exists() or run.kept_from("unlink", "rmdir", "open")
            if has_store(self.place):  # the disk let nothing go: then what is there is whole, and opens
                self.restored = open_station(self.place, USER, PASSPHRASE)
            else:
                return
        assert self.restored
        assert self.restored.desk.read(log.digest) == self.desk.digest()
        if run.at and not told:  # of what was told to have failed, the access log may miss its last line
            problems = keeping.check_store(self.restored.desk, self.restored).problems
            assert problems == (), problems
        self.restored.close()
        self.restored = None
        assert has_store(self.place)
        shutil.rmtree(self.place)
