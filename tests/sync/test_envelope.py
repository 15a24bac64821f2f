"""Bundles written and read back: what goes in comes out, whole, or there is no file."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgz_desktop.errors import AppError, Cancelled
from sgz_desktop.sync import body, envelope
from sgz_desktop.sync.reasons import Reason, Refused
from tests.proofs.file_calls import WRITES, record
from tests.sync.bundles import IDENTITY, LINES, SIGNER, US, Kept, header, made, read, refusal
from tests.test_files import FAULTS, Disk

SHA = hashlib.sha256(b"photo").hexdigest()
blobs = st.lists(st.binary(min_size=1, max_size=300_000) | st.just(b"\n{\n" * 40_000), max_size=4)
edits = st.lists(st.binary(max_size=200).map(lambda raw: b'{"header":"' + raw.hex().encode() + b'"}'))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stick")


@settings(max_examples=25, deadline=None)
@given(edits, st.integers(1, 5000))
def test_lines_come_out_as_they_went_in(folder: Path, lines: list[bytes], cut: int) -> None:
    whole = b"".join(envelope.edit_frames(lines))
    pieces = (whole[at : at + cut] for at in range(0, len(whole), cut))  # lines may come in any pieces
    told = header()
    written = envelope.write(folder / "a.sgz", told, pieces, [US], SIGNER.sign)
    data, kept = (folder / "a.sgz").read_bytes(), Kept()
    contents = read(data, kept)
    assert kept.headers == [told] == [contents.header]
    assert (kept.lines, kept.proven) == (lines, True)
    assert written == (hashlib.sha256(data).hexdigest(), len(data), len(lines))
    assert (contents.lines, contents.blobs) == (len(lines), 0)


@settings(max_examples=15, deadline=None)
@given(blobs)
def test_attachments_come_out_as_they_went_in(folder: Path, data: list[bytes]) -> None:
    frames = chain.from_iterable(
        envelope.file_frames(SHA, len(one), "image/jpeg", [one[:7], one[7:]]) for one in data
    )
    written = envelope.write(folder / "b.sgz", header(content="files"), frames, [US], SIGNER.sign)
    kept = Kept()
    contents = read((folder / "b.sgz").read_bytes(), kept)
    assert kept.blobs == [(SHA, "image/jpeg", one) for one in data]
    assert written.lines == contents.blobs == len(data)


def test_no_byte_of_the_content_is_on_a_disk_outside_its_age_file(tmp_path: Path) -> None:
    marker = b"marker" * 20_000
    frames = envelope.file_frames(SHA, len(marker), "image/png", [marker])
    with record(tmp_path) as calls:
        envelope.write(tmp_path / "a", header(content="files"), frames, [US], SIGNER.sign)
    written = b"".join(call.data for call in calls if call.what == "write")
    assert written == (tmp_path / "a").read_bytes()
    assert b"marker" not in written
    assert b"device-1" not in written
    with record(tmp_path) as calls:
        assert refusal(written) is None
    assert not [call for call in calls if call.what in WRITES]


def test_every_recipient_reads_it_and_nobody_else(folder: Path) -> None:
    other, third = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    data = made(folder, recipients=(US, str(other.to_public())))
    assert refusal(data) is None
    assert envelope.read(io.BytesIO(data), str(other), Kept()).lines == len(LINES)
    with pytest.raises(Refused) as caught:
        envelope.read(io.BytesIO(data), str(third), Kept())
    assert caught.value.reason is Reason.NOT_FOR_US


def test_what_another_receiver_sealed_on_to_us_is_not_for_us(folder: Path) -> None:
    other = pyrage.x25519.Identity.generate()
    data = made(folder, recipients=(str(other.to_public()),))
    again = pyrage.encrypt(pyrage.decrypt(data, [other]), [IDENTITY.to_public()])
    assert refusal(again) is Reason.NOT_FOR_US


def test_two_hundred_computers_read_it(folder: Path) -> None:
    others = tuple(str(pyrage.x25519.Identity.generate().to_public()) for _ in range(199))
    assert refusal(made(folder, recipients=(*others, US))) is None


def test_a_look_at_the_header_reads_no_more_than_the_start(folder: Path) -> None:
    photo = os.urandom(500_000)
    frames = envelope.file_frames(SHA, len(photo), "image/png", [photo])
    envelope.write(folder / "e", header(content="files", n=7), frames, [US], SIGNER.sign)
    data = (folder / "e").read_bytes()
    assert envelope.peek(io.BytesIO(data), str(IDENTITY)).n == 7
    start = io.BytesIO(data[:200_000])
    assert envelope.peek(start, str(IDENTITY)).n == 7
    assert start.tell() < 140_000
    for cut in (0, 60, 300):
        with pytest.raises(Refused):
            envelope.peek(io.BytesIO(data[:cut]), str(IDENTITY))


def test_a_wrong_signature_is_the_sinks_affair(folder: Path) -> None:
    path = folder / "c.sgz"
    envelope.write(path, header(), envelope.edit_frames(LINES), [US], lambda message: bytes(64))
    assert refusal(path.read_bytes()) is Reason.FORGED


def failing(after: int, fault: BaseException) -> Iterator[bytes]:
    for line in LINES * 100:
        yield line + b"\n"
        after -= 1
        if not after:
            raise fault


@pytest.mark.parametrize("fault", [Cancelled(), AppError("x"), KeyError("ours"), KeyboardInterrupt()])
def test_a_fault_while_writing_comes_out_as_it_is_and_leaves_no_file(
    tmp_path: Path, fault: BaseException
) -> None:
    (tmp_path / "a.sgz").write_bytes(b"before")
    with pytest.raises(type(fault)) as caught:
        envelope.write(tmp_path / "a.sgz", header(), failing(50, fault), [US], SIGNER.sign)
    assert caught.value is fault
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.sgz", b"before")]


@pytest.mark.parametrize("number", FAULTS)
def test_every_call_of_the_disk_may_fail_and_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    target, photo = tmp_path / "a", os.urandom(150_000)

    def export() -> object:
        frames = envelope.file_frames(SHA, len(photo), "image/png", [photo])
        return envelope.write(target, header(content="files"), frames, [US], SIGNER.sign)

    with monkeypatch.context() as inside:
        calls = Disk(inside).calls
        export()
    assert calls.count("write") == 4  # the last one is the one the library would not tell of
    for fail_at in range(1, len(calls) + 1):
        target.write_bytes(b"before")
        with monkeypatch.context() as inside:
            Disk(inside, fail_at, number)
            with pytest.raises(AppError) as told:
                export()
        assert str(told.value) == FAULTS[number]
        moved = "replace" in calls[: fail_at - 1]  # only the folder's flush comes after
        assert not (moved and refusal(target.read_bytes()))
        assert moved or target.read_bytes() == b"before"
        assert os.listdir(tmp_path) == ["a"]


@pytest.mark.parametrize("step", ["write", "check"])
def test_writing_tells_how_far_it_is_and_can_be_stopped(tmp_path: Path, step: str) -> None:
    heard: list[tuple[str, int]] = []

    def progress(at: str, done: int) -> None:
        heard.append((at, done))
        if at == step and stop:
            raise Cancelled

    stop = False
    frames = list(envelope.edit_frames(LINES))
    written = envelope.write(tmp_path / "a", header(), frames, [US], SIGNER.sign, progress=progress)
    assert heard[-1] == ("check", written.size)
    assert [at for at, _ in heard] == ["write"] * (len(LINES) + 2) + ["check"]
    assert sorted(heard[:-1]) == heard[:-1]
    stop = True
    with pytest.raises(Cancelled):
        envelope.write(tmp_path / "b", header(), frames, [US], SIGNER.sign, progress=progress)
    assert os.listdir(tmp_path) == ["a"]


def test_reading_tells_how_far_it_is_and_can_be_stopped(folder: Path) -> None:
    data, heard = made(folder), list[int]()
    read(data, progress=heard.append)
    assert (heard[-1], sorted(heard)) == (len(data), heard)

    def stop(done: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read(data, progress=stop)


@pytest.mark.parametrize("name", ["a:b.sgz", "a.", "CON.sgz", "a?.sgz", "x" * 141])
def test_a_name_a_stick_does_not_take_is_said_before_anything_is_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(AppError, match="文件名"):
        envelope.write(tmp_path / name, header(), [], [US], SIGNER.sign)
    assert not list(tmp_path.iterdir())


def test_a_bundle_a_stick_cannot_hold_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert envelope.MAX_FILE == 2**32 - 1
    monkeypatch.setattr(envelope, "MAX_FILE", 500)
    with pytest.raises(AppError, match="4GB"):
        made(tmp_path)
    assert not list(tmp_path.iterdir())


def test_an_edit_no_bundle_can_hold_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "MAX_LINE", len(LINES[-1]) - 1)
    with pytest.raises(AppError, match="太大"):
        made(tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("content", "frames"),
    [
        ("edits", [b"no line end"]),
        ("edits", [b'{"bytes":1}\n']),
        ("files", [b'{"header":""}\n']),
        ("files", [*envelope.file_frames(SHA, 3, "image/png", [b"ab"])]),
        ("files", [*envelope.file_frames(SHA, 3, "image/png", [b"abcd"])]),
        ("files", [*envelope.file_frames(SHA, 3, "not a type", [b"abc"])]),
    ],
)
def test_a_body_nobody_would_take_is_never_written(tmp_path: Path, content: str, frames: list[bytes]) -> None:
    with pytest.raises(ValueError, match="body"):
        envelope.write(tmp_path / "a", header(content=content), frames, [US], SIGNER.sign)
    assert not list(tmp_path.iterdir())


def test_the_header_names_those_it_is_sealed_to(tmp_path: Path) -> None:
    other = str(pyrage.x25519.Identity.generate().to_public())
    with pytest.raises(ValueError, match="recipients"):
        envelope.write(tmp_path / "a", header(), [], [US, other], SIGNER.sign)


@pytest.mark.parametrize("fault", [Refused(Reason.REVOKED), Cancelled(), KeyError("ours"), OSError(5, "x")])
@pytest.mark.parametrize("method", ["header", "line", "signed"])
def test_what_a_sink_raises_comes_out_as_it_is(folder: Path, method: str, fault: Exception) -> None:
    def refuse(*_: object) -> None:
        raise fault

    kept = Kept()
    setattr(kept, method, refuse)
    with pytest.raises(type(fault)) as caught:
        read(made(folder), kept)
    assert caught.value is fault


class Pulled(io.BytesIO):
    """A stick pulled out after some bytes."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() > 70_000 or not size:
            raise OSError(5, "Input/output error")
        return super().read(min(size or 0, 4096))


def test_a_stick_pulled_out_while_reading_is_said_as_that(folder: Path) -> None:
    frames = envelope.file_frames(SHA, 200_000, "image/png", [os.urandom(200_000)])
    envelope.write(folder / "d", header(content="files"), frames, [US], SIGNER.sign)
    with pytest.raises(AppError, match="原处") as caught:
        envelope.read(Pulled((folder / "d").read_bytes()), str(IDENTITY), Kept())
    assert not isinstance(caught.value, Refused)
