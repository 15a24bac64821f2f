"""How often somebody tried in vain to open a store, and how long the next try has to wait.

This slows a person at the keyboard. It does nothing against someone who copied the files: there only the
length of the passphrase and the price of a guess (`stretch`) help.

- Three records say the same: two in the state folder (by store id, so a copied folder and a backup of the
  same store share them) and one beside the slot list. The strictest counts, so doing away with one, or
  putting an older one back, changes nothing. They stand from a station's making on; where they are missing
  they were taken away, and that is the longest wait.
- A try is counted before it is made; a process that is killed meanwhile has had its try.
- Time is that of a clock nobody can set (since the computer was started), never the date. A record of another
  start counts from when it is first seen again: time switched off is not waited.
- The seal finds records changed by hand. Before unlocking there is no secret to make it stronger with.

Imports next to nothing: the unlock page reads it.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sgz_desktop.errors import AppError
from sgz_desktop.vault.places import state_base

if TYPE_CHECKING:
    from sgz_desktop.files import OneOpener

FREE = 5
WAITS = (60, 5 * 60, 15 * 60, 60 * 60)  # seconds; the last one stays
FILE, TWIN = "tries.json", "tries.twin.json"
LOCK = "tries.lock"
_SIZE = 512  # a record keeps its size, so it can be written over on a full disk
_FORMAT = 1


class WrongSecret(AppError):
    """A passphrase or card that is not the right one: the only refusal that counts as a try."""


class TooManyTries(AppError):
    """Wait before the next try. Said to everybody alike, whatever they typed."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        words = f"{math.ceil(seconds / 60)}分钟" if seconds >= 60 else f"{seconds}秒"
        super().__init__(f"密码或恢复卡多次不对，请等{words}再试；", "资料都在。")


class _Record(NamedTuple):
    """`at` is in milliseconds since the start named `boot`: the last try in vain."""

    wrong: int
    boot: str
    at: int


class _Standing(NamedTuple):
    """Tries in vain in a row, milliseconds still to wait, and whether the waiting only begins now."""

    wrong: int
    left: int
    anew: bool = False


def wait_after(wrong: int) -> int:
    """Seconds to wait after so many tries in vain in a row."""
    return WAITS[min(wrong - FREE, len(WAITS) - 1)] if wrong >= FREE else 0


def uptime() -> float:
    """Seconds since the computer was started, asleep or not where the system tells; no one can set it."""
    boottime = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boottime is None else time.clock_gettime(boottime)


def boot_id() -> str:
    """Which start of the computer this is; "" where the system has no name for it (there an uptime smaller
    than the record's tells a new start, and a larger one is still less than the time that really passed)."""
    try:
        with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:
            return file.read(64).strip()
    except (OSError, ValueError):
        return ""


class Tries:
    """The count of one store. Without `folder` it is a backup of the store that is being opened."""

    def __init__(self, store_id: str, folder: Path | None = None) -> None:
        self._folder = folder
        self._state = state_base() / store_id
        self._ours = [self._state / FILE, self._state / TWIN]
        self._places = self._ours + ([folder / FILE] if folder else [])

    def refusal(self) -> TooManyTries | None:
        """What a try would be told now, None when it may be made."""
        standing = self._standing()
        if standing.anew:
            with suppress(AppError), self._alone():
                standing = self._standing()
                self._keep(standing.wrong)
        return TooManyTries(math.ceil(standing.left / 1000)) if standing.left > 0 else None

    @contextmanager
    def one(self) -> Iterator[None]:
        """One try. TooManyTries before it is made; leaving with WrongSecret counts it, leaving well forgets
        all, and any other AppError leaves the count as it was: nothing was guessed."""
        if self._new_here():
            self.begin()
        if refused := self.refusal():
            raise refused
        with self._alone():
            before = self._standing()
            if before.left > 0:
                raise TooManyTries(math.ceil(before.left / 1000))
            self._keep(before.wrong + 1)
        try:
            yield
        except WrongSecret:
            raise
        except AppError:
            self._take_back(before.wrong)
            raise
        with suppress(AppError), self._alone():
            self._keep(0)

    def begin(self) -> None:
        """Put the records where a new station's are to be; those that stand are not touched."""
        from sgz_desktop import files

        files.private_folder(self._state)
        records = {place: self._read(place) for place in self._places}
        if missing := [place for place, record in records.items() if record is None]:
            wrong = max((record.wrong for record in records.values() if record), default=0)
            self._keep(wrong, places=missing)

    def _take_back(self, wrong: int) -> None:
        """Unless somebody else tried meanwhile. The wait before the try was over, so it stays over."""
        with suppress(AppError), self._alone():
            if self._standing().wrong == wrong + 1:
                self._keep(wrong, ago=wait_after(wrong))

    def _standing(self) -> _Standing:
        """What the strictest record says."""
        if not any(map(self._read, self._ours)) and not self._new_here():
            wrong = FREE + len(WAITS) - 1
            return _Standing(wrong, wait_after(wrong) * 1000, anew=True)
        now, boot = _now(), boot_id()
        records = [record for record in map(self._read, self._places) if record]
        here = [record for record in records if record.boot == boot and record.at <= now]
        wrong = max((record.wrong for record in records), default=0)
        if wait_after(wrong) and wrong > max((record.wrong for record in here), default=0):
            return _Standing(wrong, wait_after(wrong) * 1000, anew=True)
        left = max((wait_after(record.wrong) * 1000 - (now - record.at) for record in here), default=0)
        return _Standing(wrong, max(left, 0))

    def _new_here(self) -> bool:
        """Was the store never tried on this computer? Its folder comes with a record, a backup without."""
        carried = self._folder is None or self._read(self._folder / FILE) is not None
        return carried and not self._state.exists()

    @staticmethod
    def _read(place: Path) -> _Record | None:
        """A record, None when it is missing or damaged."""
        try:
            with open(place, "rb") as file:
                found = json.loads(file.read(_SIZE))
            record = _Record(int(found["wrong"]), str(found["boot"]), int(found["at"]))
            return record if found["seal"] == _seal(record) and record.wrong >= 0 else None
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def _keep(self, wrong: int, ago: int = 0, places: Sequence[Path] = ()) -> None:
        """Write the records, the last try having been `ago` seconds ago. AppError when none could be."""
        from sgz_desktop import files

        places = places or self._places
        record = _Record(wrong, boot_id(), _now() - ago * 1000)
        data = json.dumps({"format": _FORMAT, **record._asdict(), "seal": _seal(record)}).encode()
        faults = []
        for place in places:
            try:
                files.overwrite(place, data.ljust(_SIZE))
            except AppError as fault:
                faults.append(fault)
        if len(faults) == len(places):
            raise faults[0]

    def _alone(self) -> OneOpener:
        """Nobody else counts meanwhile. AppError when somebody does."""
        from sgz_desktop import files

        files.private_folder(self._state)
        return files.OneOpener(self._state / LOCK)


def _now() -> int:
    return round(uptime() * 1000)


def _seal(record: _Record) -> str:
    import hashlib

    text = f"sgz-tries/{_FORMAT}|{record.wrong}|{record.boot}|{record.at}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
