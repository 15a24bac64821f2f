"""A disk that fails at its k-th call, for every k until the work gets through.

A full disk takes nothing new but lets go of what is there; a failing one errs at everything, also reading;
a read-only one changes nothing; a short write takes half of its bytes before there is no room.
"""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sgz_desktop.errors import AppError
from tests.proofs.file_calls import CALLS, WRITES, Call, Short, watched

SEEN_OF_MANY = 3, 16  # of a long stretch of like calls the first three and every sixteenth, when not all


@dataclass(frozen=True)
class Fault:
    """What goes wrong: the error, the sorts of call it befalls, whether half a write gets through first."""

    name: str
    number: int
    calls: frozenset[str]
    short: bool = False


FULL = Fault("full", errno.ENOSPC, WRITES - {"unlink", "rmdir"})
FAILING = Fault("failing", errno.EIO, WRITES | {"open", "read"})
READ_ONLY = Fault("read-only", errno.EROFS, WRITES - {"sync"})
FAILING_ELSEWHERE = Fault("failing where a full one does not", errno.EIO, FAILING.calls - FULL.calls)
SHORT = Fault("short write", errno.ENOSPC, frozenset({"write"}), short=True)
FAULTS = (FULL, FAILING, READ_ONLY, SHORT)


@dataclass(frozen=True)
class Case:
    """A fault, met once or for as long as the work goes on."""

    fault: Fault
    lasting: bool = False

    def __str__(self) -> str:
        return f"{self.fault.name}{', lasting' if self.lasting else ''}"


@dataclass
class Run:
    """One stretch of work on a failing disk: the calls the fault can befall, and those it befell."""

    case: Case
    at: int = 0
    calls: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def meet(self, call: Call) -> None:
        """Refuse the call when its turn has come."""
        fault = self.case.fault
        if call.what not in fault.calls:
            return
        self.calls.append(f"{call.what} {Path(call.path).name}")
        if len(self.calls) == self.at or (self.case.lasting and len(self.calls) > self.at > 0):
            self.refused.append(self.calls[-1])
            raise (Short if fault.short else OSError)(fault.number, os.strerror(fault.number))

    def kept_from(self, *sorts: str) -> bool:
        """Was a call of these sorts refused?"""
        return any(call.split()[0] in sorts for call in self.refused)


class FaultyDisk:
    """Sound until it `fails`. Files of the store must be opened while it is `at_work`."""

    def __init__(self) -> None:
        self._run: Run | None = None
        self._turn = threading.Lock()

    @contextmanager
    def at_work(self, folder: Path, fault: Fault = FULL) -> Iterator[FaultyDisk]:
        """Stand between the program and what lies below `folder`, with faults of this sort to come."""
        with watched(folder, self._hear, fault.calls & CALLS):
            yield self

    @contextmanager
    def fails(self, case: Case, at: int) -> Iterator[Run]:
        """The `at`-th call of the block that the fault can befall fails, or all from it on; 0 = none does."""
        self._run = run = Run(case, at)
        try:
            yield run
        finally:
            self._run = None

    def _hear(self, call: Call) -> None:
        with self._turn:
            if self._run:
                self._run.meet(call)


@dataclass
class Tried:
    """What sweeps met: places where a call was made to fail, calls refused, and times the person was told."""

    places: int = 0
    faults: int = 0
    told: int = 0

    def __add__(self, other: Tried) -> Tried:
        return Tried(self.places + other.places, self.faults + other.faults, self.told + other.told)


class Sweep:
    """A piece of work, done once for each of its calls with that call failing.

    `act` does it; `judge` looks at the world after it, `told` being what the person was told, None when the
    work says it is done. After a refusal the same work is done again on the disk now sound, and judged again.
    """

    forgiven: tuple[str, ...] = ()  # beginnings of calls that may fail unheard, because nothing hangs on them

    def __init__(self, disk: FaultyDisk) -> None:
        self.disk = disk

    def act(self) -> None:
        raise NotImplementedError

    def judge(self, told: AppError | None, run: Run) -> None:
        raise NotImplementedError

    def complaints(self) -> int:
        """How many problems of work in the background were told since the last look."""
        return 0

    def over(self, case: Case, every: bool = True) -> Tried:
        """Fail call after call until there is none left to fail. Without `every`, long stretches of like
        calls are met here and there."""
        tried, at = Tried(), 0
        plan = None if every else self._plan(case)
        while True:
            at = at + 1 if plan is None else next((place for place in plan if place > at), at + 1)
            run = self._once(case, at)
            if not run.refused:
                return tried
            tried += Tried(1, len(run.refused), int(run.told is not None))

    def _once(self, case: Case, at: int) -> _Outcome:
        self.complaints()
        with self.disk.fails(case, at) as run:
            told = self._refusal()
        unheard = [call for call in run.refused if not call.startswith(self.forgiven)]
        assert told or self.complaints() or not unheard, (
            f"nobody was told that the disk refused: {unheard[0]}"
        )
        assert not told or run.refused, f"refused on a sound disk: {told}"
        self.judge(told, run)
        if told:
            self.act()
            self.complaints()
            self.judge(None, Run(case))
        return _Outcome(run.refused, told)

    def _refusal(self) -> AppError | None:
        """Anything but AppError passes: it would be shown as a fault of the program."""
        try:
            self.act()
        except AppError as told:
            return told
        return None

    def _plan(self, case: Case) -> list[int]:
        with self.disk.fails(case, 0) as run:
            self.act()
        self.judge(None, Run(case))
        first, each = SEEN_OF_MANY
        places, stretch, before = [], 0, ""
        for place, call in enumerate(run.calls, start=1):
            stretch = stretch + 1 if call == before else 1
            before = call
            if stretch <= first or stretch % each == 0:
                places.append(place)
        return places


@dataclass
class _Outcome:
    refused: list[str]
    told: AppError | None
