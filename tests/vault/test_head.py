"""The head kept outside the store: what was written last is read, whatever a crash tore."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgz_desktop.errors import AppError
from sgz_desktop.vault.head import NONE_YET, Head, HeadFile, Verdict, compare

KEY = b"k" * 32


def _hash(seq: int) -> bytes:
    return bytes([seq % 256]) * 32


@pytest.fixture
def file(tmp_path: Path) -> HeadFile:
    return HeadFile.create(tmp_path / "head", KEY)


def _reopened(path: Path, key: bytes = KEY) -> Head | None:
    again = HeadFile(path, key)
    head = again.read()
    again.close()
    return head


def test_a_new_file_says_nothing_was_written(file: HeadFile) -> None:
    assert file.read() == NONE_YET == _reopened(file.path)


def test_the_last_head_is_read_before_and_after_closing(file: HeadFile) -> None:
    for seq in range(1, 10):
        file.write(seq, _hash(seq))
        assert file.read() == Head(seq, _hash(seq)) == _reopened(file.path)
    file.sync()
    file.close()
    file.close()
    assert _reopened(file.path) == Head(9, _hash(9))


def test_both_heads_are_kept_whichever_was_written_last(file: HeadFile) -> None:
    assert file.read_lines() == NONE_YET
    for number in range(1, 6):
        file.write(number, _hash(number))
        file.write_lines(10 * number, _hash(99))
        again = HeadFile(file.path, KEY)
        assert (again.read(), again.read_lines()) == (
            Head(number, _hash(number)),
            Head(10 * number, _hash(99)),
        )
        again.close()
    with pytest.raises(ValueError, match="32"):
        file.write_lines(1, b"short")


def test_numbers_may_fall_when_a_store_is_another(file: HeadFile) -> None:
    """What was written last counts, not what is greatest."""
    file.write(9, _hash(9))
    file.write(2, _hash(2))
    assert _reopened(file.path) == Head(2, _hash(2))


@pytest.mark.parametrize("seq", [7, 8])
def test_a_write_torn_at_any_byte_leaves_the_old_or_the_new(file: HeadFile, seq: int) -> None:
    for number in range(1, seq):
        file.write(number, _hash(number))
    before = file.path.read_bytes()
    file.write(seq, _hash(seq))
    after = file.path.read_bytes()
    for cut in range(len(after) + 1):
        file.path.write_bytes(after[:cut] + before[cut:])
        assert _reopened(file.path) in (Head(seq - 1, _hash(seq - 1)), Head(seq, _hash(seq)))


def test_a_damaged_record_leaves_the_one_before(file: HeadFile) -> None:
    file.write(1, _hash(1))
    file.write(2, _hash(2))
    data = bytearray(file.path.read_bytes())
    start = 0 if _changed(data, 0) else 512
    data[start + 20] ^= 1
    file.path.write_bytes(data)
    assert _reopened(file.path) in (Head(1, _hash(1)), Head(2, _hash(2)))
    data[532 - start] ^= 1
    file.path.write_bytes(data)
    assert _reopened(file.path) is None


def _changed(data: bytearray, start: int) -> bool:
    return bytes(data[start + 12 : start + 20]) == (2).to_bytes(8, "big")


def test_a_head_cannot_be_made_without_the_key(file: HeadFile) -> None:
    file.write(5, _hash(5))
    forged = HeadFile.create(file.path.with_name("forged"), b"x" * 32)
    forged.write(9, _hash(9))
    file.path.write_bytes(forged.path.read_bytes())
    assert _reopened(file.path) is None
    assert _reopened(file.path, b"x" * 32) == Head(9, _hash(9))


def test_a_fault_of_the_disk_waits_for_sync(file: HeadFile, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commit stands already, so `write` may not say that saving failed."""

    def pwrite(*_: object) -> int:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as inside:
        inside.setattr(os, "pwrite", pwrite)
        file.write(1, _hash(1))
    with pytest.raises(AppError, match="磁盘空间不够"):
        file.sync()
    file.sync()
    file.write(2, _hash(2))
    assert _reopened(file.path) == Head(2, _hash(2))


def test_a_hash_has_32_bytes(file: HeadFile) -> None:
    with pytest.raises(ValueError, match="32"):
        file.write(1, b"short")


@pytest.mark.parametrize(
    ("state", "store", "verdict"),
    [
        (Head(5, _hash(5)), Head(5, _hash(5)), Verdict.SAME),
        (NONE_YET, NONE_YET, Verdict.SAME),
        (Head(5, _hash(5)), Head(6, _hash(6)), Verdict.BEHIND),
        (NONE_YET, Head(6, _hash(6)), Verdict.BEHIND),
        (Head(5, _hash(5)), Head(4, _hash(4)), Verdict.AHEAD),
        (Head(5, _hash(5)), NONE_YET, Verdict.AHEAD),
        (Head(5, _hash(5)), Head(5, _hash(7)), Verdict.AHEAD),
    ],
)
def test_verdicts(state: Head, store: Head, verdict: Verdict) -> None:
    assert compare(state, store) is verdict
    assert compare(state, store, _hash) is verdict


def test_a_store_that_went_on_from_an_older_copy_is_rolled_back() -> None:
    assert compare(Head(5, _hash(5)), Head(9, _hash(9)), lambda seq: _hash(seq + 1)) is Verdict.AHEAD
    assert compare(Head(5, _hash(5)), Head(9, _hash(9)), lambda seq: None) is Verdict.AHEAD


@given(st.integers(0, 2**63), st.integers(0, 2**63))
def test_only_a_store_with_more_is_behind(state: int, store: int) -> None:
    verdict = compare(Head(state, _hash(1)), Head(store, _hash(1)))
    assert (verdict is Verdict.BEHIND) == (state < store)
