"""The search itself: a word is found however a careless program may have written it."""

from __future__ import annotations

import base64
import gzip
import io
import json
import shutil
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from sgz_desktop.domain.actor import Actor
from sgz_desktop.store import connection, migrate
from sgz_desktop.store.session import Identity
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import Write, record_many
from tests.conftest import KEY, STORE_ID
from tests.new_stores import STEPPED
from tests.proofs.canaries import hatch, ndjson
from tests.proofs.traces import PLAIN, Search, needles, search

FLOCK = hatch(11)
WANTED = needles(FLOCK.marks)
ONE = FLOCK.people[17]
WORDS = {"name": ONE.name, "id": ONE.id_number, "phone": ONE.phone, "address": ONE.address, "note": ONE.note}


def zipped(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("part.xml", data)
    return out.getvalue()


PACKED: dict[str, Callable[[bytes], bytes]] = {
    "plain": lambda data: data,
    "zlib": zlib.compress,
    "zlib in between": lambda data: b"\x78\x9cnot a stream" + zlib.compress(data, 1) + b"tail",
    "cut short": lambda data: zlib.compress(data + bytes(range(256)) * 8)[:-5],
    "gzip": gzip.compress,
    "zip": zipped,
}


@pytest.mark.parametrize("packed", list(PACKED))
@pytest.mark.parametrize("encoding", PLAIN)
def test_every_field_in_every_encoding(encoding: str, packed: str) -> None:
    for mark, words in WORDS.items():
        way = (
            "utf-8" if words.isascii() and encoding == "gb18030" else encoding
        )  # digits are the same in both
        found = search(PACKED[packed](f"…{words}…".encode(encoding)), WANTED)
        assert (mark, way if packed == "plain" else f"zlib: {way}") in found


@pytest.mark.parametrize("before", range(6))
@pytest.mark.parametrize("encoding", PLAIN)
def test_inside_base64_and_hex_wherever_it_begins(encoding: str, before: int) -> None:
    for mark, words in WORDS.items():
        raw = bytes(before) + words.encode(encoding) + b"more"
        for written in (base64.b64encode(raw), raw.hex().encode(), raw.hex().upper().encode()):
            assert mark in {what for what, _ in search(b"{" + written + b"}", WANTED)}
    assert ("name", "json") in search(json.dumps(WORDS).encode(), WANTED)


def test_residents_are_all_different_and_no_province_has_their_numbers() -> None:
    for field in ("name", "id_number", "phone", "address", "note"):
        assert len({getattr(one, field) for one in FLOCK.people}) == 200
    assert all(one.id_number.startswith("99") and len(one.id_number) == 18 for one in FLOCK.people)
    for one in FLOCK.people:
        for mark, words in zip(FLOCK.marks.values(), vars(one).values(), strict=True):
            assert words.startswith(mark)
    assert hatch(12).marks != FLOCK.marks


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    draw = zlib.crc32
    noise = b"".join(draw(number.to_bytes(4, "big")).to_bytes(4, "big") for number in range(200_000))
    (tmp_path / "noise").write_bytes(noise)
    (tmp_path / "text").write_text(base64.b64encode(noise).decode(), "ascii")
    look = Search(WANTED)
    assert look.folders(tmp_path) == set()
    assert look.files == 2
    assert look.folders(tmp_path) == set()
    assert look.files == 2  # unchanged files are not read again
    (tmp_path / f"{ONE.name}.txt").write_text("a name of a file is found too")
    assert {trace.mark for trace in look.folders(tmp_path)} == {"name"}


def test_control_a_store_without_its_cipher_is_found(
    store_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What `PRAGMA key` on plain SQLite, or the check of the header left out, would leave on the disk."""

    def found(folder: Path) -> set[str]:
        folder.mkdir(exist_ok=True)
        store = Store(folder, KEY, Identity(STORE_ID, "station", "测试站", "device-1", 1))
        writes = [Write("person", ONE.name, {"name": ONE.name, "id_number": ONE.id_number, "note": ONE.note})]
        store.write(lambda session: record_many(session, Actor("worker-1", frozenset(), "save"), "", writes))
        try:
            return {trace.mark for trace in Search(WANTED).folders(folder)}
        finally:
            store.close()

    shutil.copytree(store_template, tmp_path / "sealed")
    assert found(tmp_path / "sealed") == set()

    def without_key(self: object, statement: str) -> str:
        return "SELECT 1" if statement.startswith("PRAGMA key") else statement

    class Plain(connection.driver.Connection):
        def execute(self, statement: str, *more: object) -> object:
            return super().execute(without_key(self, statement), *more)

    opened = connection.driver.connect
    monkeypatch.setattr(
        connection.driver, "connect", lambda *given, **named: opened(*given, **named, factory=Plain)
    )
    with pytest.raises(AssertionError, match="not encrypted"):
        found(tmp_path / "refused")
    monkeypatch.setattr(connection, "assert_encrypted", lambda _path: None)
    monkeypatch.setattr(migrate, "_run_steps", STEPPED)  # a copy of an encrypted store's pages would not do
    assert found(tmp_path / "plain") >= {"name", "id", "note"}


def test_the_file_to_import_holds_them_all() -> None:
    found = search(ndjson(FLOCK.people).encode(), WANTED)
    assert {what for what, _ in found} == set(WORDS)
