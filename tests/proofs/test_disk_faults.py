"""A full, failing or read-only disk at every single call of saving, exporting, backing up and restoring.

Whatever the call, the person is told in a sentence of ours, or the work is done. Nothing that was there is
lost, what was to be replaced is the old one or the new one whole, and the same step works once the disk does.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from sgz_desktop import files
from sgz_desktop.actions import records_file
from sgz_desktop.errors import AppError
from sgz_desktop.store.session import Reading
from tests.proofs.conftest import Tally
from tests.proofs.disk_work import BackingUp, Desk, Exporting, PuttingAPaper, Restoring, Saving
from tests.proofs.faulty_disk import FAILING, FAILING_ELSEWHERE, FAULTS, FULL, Case, FaultyDisk, Sweep
from tests.proofs.sizes import LONG

EVERY = [Case(fault, lasting) for fault in FAULTS for lasting in (False, True)]
ONCE = EVERY if LONG else [Case(FULL), Case(FAILING)]
LARGE = EVERY if LONG else [Case(FULL), Case(FAILING_ELSEWHERE)]  # together every sort of call once
BOTH = EVERY if LONG else [*ONCE, Case(FULL, True), Case(FAILING, True)]


@pytest.fixture
def desk(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    case = request.getfixturevalue("case") if "case" in request.fixturenames else Case(FULL)
    with FaultyDisk().at_work(tmp_path, case.fault) as disk:
        made = Desk(tmp_path, disk, monkeypatch)
        yield made
        made.station.close()


def swept(tally: Tally, desk: Desk, work: Sweep, case: Case, every: bool = True) -> None:
    """Let every call of the work fail in turn, open the station afresh at the end, and tell. Without `every`
    a long stretch of like calls, the pages of a copy, is met here and there."""
    tried = work.over(case, every)
    desk.reopen()
    assert tried.told
    name = type(work).__name__.lower()
    counts = {"places": tried.places, "faults": tried.faults, "told": tried.told}
    tally(f"disk faults: {name}, {case}", **counts, wrongly_told_saved=0, lost=0)


@pytest.mark.parametrize("case", BOTH, ids=str)
def test_saving(desk: Desk, tally: Tally, case: Case) -> None:
    swept(tally, desk, Saving(desk), case)


@pytest.mark.parametrize("case", ONCE, ids=str)
def test_saving_while_the_log_is_folded_in(desk: Desk, tally: Tally, case: Case) -> None:
    swept(tally, desk, Saving(desk, folding=True), case, every=LONG)


@pytest.mark.parametrize("case", ONCE, ids=str)
def test_exporting_records(desk: Desk, tally: Tally, case: Case) -> None:
    swept(tally, desk, Exporting(desk), case)


@pytest.mark.parametrize("case", ONCE, ids=str)
def test_putting_a_paper(desk: Desk, tally: Tally, case: Case) -> None:
    swept(tally, desk, PuttingAPaper(desk), case)


@pytest.mark.parametrize("case", LARGE, ids=str)
def test_backing_up(desk: Desk, tally: Tally, case: Case) -> None:
    swept(tally, desk, BackingUp(desk), case, every=LONG)


@pytest.mark.parametrize("case", LARGE, ids=str)
def test_restoring(desk: Desk, tally: Tally, case: Case) -> None:
    swept(tally, desk, Restoring(desk), case, every=LONG)


class SavedWhateverComes(Saving):
    """A window that does not wait for the commit."""

    def act(self) -> None:
        with suppress(AppError):
            super().act()


def test_control_saved_told_without_the_commit_is_noticed(desk: Desk) -> None:
    with pytest.raises(AssertionError, match=r"nobody was told that the disk refused: write store\.db-wal"):
        SavedWhateverComes(desk).over(Case(FULL))


def test_control_a_flush_whose_answer_is_ignored_is_noticed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    work, flush = PuttingAPaper(desk), os.fsync

    def careless(handle: int) -> None:
        with suppress(OSError):
            flush(handle)

    monkeypatch.setattr(os, "fsync", careless)
    with pytest.raises(AssertionError, match="nobody was told that the disk refused: sync"):
        work.over(Case(FULL))


def test_control_a_cut_paper_that_is_not_read_back_is_noticed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    work, write, fill = PuttingAPaper(desk), os.write, files._fill
    digests: list[str] = []

    def careless(handle: int, data: memoryview) -> int:
        with suppress(OSError):
            write(handle, data)
        return len(data)

    def remembered(part: Path, produce: Callable[[files.Put], None]) -> str:
        digests.append(fill(part, produce))
        return digests[-1]

    monkeypatch.setattr(os, "write", careless)
    monkeypatch.setattr(files, "_fill", remembered)
    monkeypatch.setattr(files, "_digest_on_disk", lambda *_: digests[-1])
    with pytest.raises(AssertionError, match="nobody was told that the disk refused: write"):
        work.over(Case(FULL))


def test_control_tidying_up_before_the_new_export_stands_is_noticed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    work, put = Exporting(desk), records_file.put_beside

    def hasty(session: Reading, path: Path) -> list[str]:
        wanted = put(session, path)
        records_file.keep_beside(path, wanted)
        return wanted

    monkeypatch.setattr(records_file, "put_beside", hasty)
    with pytest.raises(AssertionError, match="lost its attachment"):
        work.over(Case(FULL))
