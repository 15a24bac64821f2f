"""Every hostile file is refused for its own reason, and nothing it gave counts as proven."""

from __future__ import annotations

import time

import pytest

from sgz_desktop.sync.body import Body
from sgz_desktop.sync.frame import Unpacker
from sgz_desktop.sync.reasons import Reason
from tests.sync import hostile_files
from tests.sync.bundles import content, refusal, sealed

EVERY = hostile_files.every()


def test_the_same_content_is_taken_when_nothing_is_wrong_with_it() -> None:
    assert refusal(sealed(content())) is None
    assert refusal(sealed(content(lines=b""))) is None
    assert refusal(sealed(content(), hostile_files.whole())) is None  # a frame that states its size
    last = hostile_files.block(b"", last=True)
    assert refusal(sealed(content(), hostile_files.raw_frame(hostile_files.PLAIN_START, last)))


def test_there_are_enough_of_them() -> None:
    assert len(EVERY) >= 80
    assert len({name for name, _, _ in EVERY}) == len(EVERY)


@pytest.mark.parametrize(("file", "reason"), [case[1:] for case in EVERY], ids=[case[0] for case in EVERY])
def test_it_is_refused_for_its_reason_and_at_once(file: bytes, reason: Reason) -> None:
    start = time.process_time()
    assert refusal(file, limit=hostile_files.LIMIT) is reason
    assert time.process_time() - start < 2


def verdicts(names: set[str]) -> dict[str, Reason | None]:
    return {name: refusal(file, limit=hostile_files.LIMIT) for name, file, _ in EVERY if name in names}


def test_control_without_the_trailers_check_lost_lines_go_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = {"a line left out", "a line twice", "lines in another order"}
    monkeypatch.setattr(Body, "_agrees", lambda self, trailer: None)
    assert verdicts(lost) == dict.fromkeys(lost)


def test_control_without_the_frames_end_a_cut_at_a_block_goes_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Unpacker, "finish", lambda self: None)
    assert verdicts({"frame cut"}) == {"frame cut": None}
