"""Frames packed and unpacked in pieces of any size, in memory that does not grow with them."""

from __future__ import annotations

import io
import os
import random
import tracemalloc
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgz_desktop.sync import envelope
from sgz_desktop.sync.frame import Unpacker, compressed
from sgz_desktop.sync.reasons import Reason, Refused
from tests.sync.bundles import IDENTITY, SIGNER, US, header
from tests.sync.sweep import Careless

MB = 1 << 20
SHA = "0" * 64
NOISE = random.Random(8).randbytes(200_000)
contents = st.lists(st.binary(max_size=400) | st.just(bytes(300_000)) | st.just(NOISE), max_size=3)


@settings(max_examples=30, deadline=None)
@given(contents, st.integers(1, 70_000))
def test_content_comes_out_as_it_went_in(pieces: list[bytes], cut: int) -> None:
    packed = b"".join(compressed(pieces))
    out = io.BytesIO()
    unpacker = Unpacker(out.write, MB)
    cut = max(cut, len(packed) // 5000)
    for at in range(0, len(packed), cut):
        unpacker.write(packed[at : at + cut])
    if len(packed) >= 18:  # a shorter frame holds less than any bundle
        unpacker.finish()
        assert out.getvalue() == b"".join(pieces)


def test_the_limit_is_exact() -> None:
    packed = b"".join(compressed([bytes(MB)]))
    Unpacker(lambda _: None, MB).write(packed)
    with pytest.raises(Refused) as caught:
        Unpacker(lambda _: None, MB - 1).write(packed)
    assert caught.value.reason is Reason.TOO_BIG


@pytest.fixture
def traced() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


def most_held(folder: Path, megabytes: int) -> int:
    """Bytes held at most while an attachment of this size is written and read again."""
    piece = os.urandom(MB)
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    frames = envelope.file_frames(SHA, megabytes * MB, "image/jpeg", repeat(piece, megabytes))
    envelope.write(folder / "a", header(content="files"), frames, [US], SIGNER.sign)
    with open(folder / "a", "rb") as file:
        assert envelope.read(file, str(IDENTITY), Careless()).blobs == 1
    return tracemalloc.get_traced_memory()[1] - before


@pytest.mark.usefixtures("traced")
def test_an_attachment_is_not_held(tmp_path: Path) -> None:
    most_held(tmp_path, 1)  # modules are loaded
    few, many = most_held(tmp_path, 4), most_held(tmp_path, 16)
    assert many < few + MB
    assert many < 6 * MB
