"""Photos from outside: small, upright, nothing but pixels; whatever pretends to be one takes nothing down."""

from __future__ import annotations

import io
import json
import os
import sys
import time
from collections.abc import Iterator

import pytest
from PIL import Image

from sgz_desktop.foreign import reader as reader_module
from sgz_desktop.foreign.photo import LONGEST
from sgz_desktop.foreign.reader import Reader
from sgz_desktop.foreign.refused import Refused
from tests.foreign.photos import EXE, HEIC, bomb, photo


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader("photo") as opened:
        yield opened


def small(reader: Reader, data: bytes) -> tuple[dict[str, object], Image.Image, bytes]:
    head, _, jpeg = reader.read(data).partition(b"\n")
    return json.loads(head), Image.open(io.BytesIO(jpeg)), jpeg


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_made_small(reader: Reader, form: str) -> None:
    head, image, _ = small(reader, photo(size=(4000, 1000), form=form))
    assert (image.format, image.size, image.mode) == ("JPEG", (LONGEST, 400), "RGB")
    assert (head["width"], head["height"]) == image.size
    assert small(reader, photo(size=(300, 200), form=form))[1].size == (300, 200)  # never made larger


def test_place_and_device_are_gone_and_the_time_is_kept(reader: Reader) -> None:
    data = photo()
    assert len(Image.open(io.BytesIO(data)).getexif()) > 0
    head, image, jpeg = small(reader, data)
    assert head["taken"] == "2026-06-26 09:41"
    assert dict(image.getexif()) == {}
    assert not any(mark in jpeg for mark in (b"Exif", b"GPS", b"kept nowhere", b"ICC_PROFILE", b"http"))


def test_it_stands_upright(reader: Reader) -> None:
    assert small(reader, photo(size=(800, 600), turned=6))[1].size == (600, 800)


def test_what_was_transparent_is_white(reader: Reader) -> None:
    image = small(reader, photo(form="PNG", mode="RGBA"))[1]
    assert image.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        *[("", ""), ("0000:00:00 00:00:00", ""), ("2026:13:40 09:41:20", ""), ("gestern", "")],
        *[("\x00" * 19, ""), ("2026:02:31 09:41:20", ""), ("2026:06:26 25:61:00", "")],
    ],
)
def test_a_camera_that_does_not_know_the_time(reader: Reader, said: str, taken: str) -> None:
    assert small(reader, photo(said))[0]["taken"] == taken


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (EXE, "not_a_photo"),
        (b"", "not_a_photo"),
        (os.urandom(5000), "not_a_photo"),
        (b"%PDF-1.7 ...", "not_a_photo"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_a_photo"),
        (HEIC, "heic"),
        (photo()[:-400], "damaged"),
        (bomb(), "too_big"),
    ],
    ids=["exe", "empty", "noise", "pdf", "svg", "heic", "cut", "bomb"],
)
def test_what_is_no_photo_is_refused_and_the_next_one_is_read(reader: Reader, data: bytes, why: str) -> None:
    with pytest.raises(Refused) as refused:
        reader.read(data)
    assert refused.value.why == why
    assert small(reader, photo())[0]["taken"]


@pytest.mark.parametrize("cut", range(2, 60, 3))
def test_a_photo_cut_anywhere_takes_nothing_down(reader: Reader, cut: int) -> None:
    data = photo(size=(200, 150))
    with pytest.raises(Refused) as refused:
        reader.read(data[: len(data) * cut // 60])
    assert refused.value.why in ("not_a_photo", "damaged")
    assert reader.read(data)


HUNGRY = """
import sys
sys.path.insert(0, {root!r})
from sgz_desktop.foreign import child
child._confine()
{what}
"""
GREEDY = """
import sys, struct
x = bytearray(2_000_000_000)
sys.stdout.buffer.write(struct.pack('>Q', 1) + b'+')
"""


@pytest.mark.parametrize(
    ("what", "why"), [("x = bytearray(2_000_000_000)", "too_big"), ("import time; time.sleep(60)", "slow")]
)
def test_a_child_that_eats_memory_or_time_is_ended(
    monkeypatch: pytest.MonkeyPatch, what: str, why: str
) -> None:
    root = os.path.dirname(os.path.dirname(os.path.dirname(reader_module.__file__)))
    code = HUNGRY.format(root=root, what=what)
    monkeypatch.setattr(reader_module, "command", lambda job: [sys.executable, "-c", code])
    started = time.monotonic()
    with Reader("photo", patience=2) as bad, pytest.raises(Refused) as refused:
        bad.read(photo())
    assert refused.value.why == why
    assert time.monotonic() - started < 20


USED_UP = """
import os, sys
sys.path.insert(0, {root!r})
from sgz_desktop.foreign import child, frames
for _ in range(2):
    frames.put(sys.stdout.buffer, child.DONE + frames.take(sys.stdin.buffer))
os._exit(1)
"""


def test_a_child_that_has_used_up_its_time_on_others_costs_no_photo(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its processor time is for all it reads: the next photo is asked of a new child."""
    root = os.path.dirname(os.path.dirname(os.path.dirname(reader_module.__file__)))
    command = [sys.executable, "-c", USED_UP.format(root=root)]
    monkeypatch.setattr(reader_module, "command", lambda job: command)
    with Reader("photo", patience=20) as reader:
        assert [reader.read(bytes([number])) for number in range(5)] == [bytes([n]) for n in range(5)]


def test_control_without_its_limits_the_child_takes_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader_module, "command", lambda job: [sys.executable, "-c", GREEDY])
    with Reader("photo", patience=20) as bad:
        assert bad.read(photo()) == b""


def test_the_child_is_handed_nothing_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SGZ_PASSPHRASE", "a secret of ours")
    assert set(reader_module._environment()) <= {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE", *reader_module.KEPT}
