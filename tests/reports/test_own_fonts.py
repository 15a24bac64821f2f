"""A brief in an installed 仿宋: found by name, embedded, 28 characters to the line; else in ours."""

from __future__ import annotations

import shutil
import struct
from array import array
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from sgz_desktop.reports import brief, fonts, own_fonts, typeface
from sgz_desktop.resources import resource
from tests.reports import samples


@pytest.fixture
def font(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A face of ours installed as if it were a 仿宋."""
    shutil.copy(resource("fonts", "sgz-kai.ttf"), tmp_path / "simfang.ttf")
    (tmp_path / "仿宋_broken.ttf").write_bytes(b"no font")
    shutil.copy(resource("fonts", "sgz-sans.ttf"), tmp_path / "simhei.ttf")
    monkeypatch.setattr(own_fonts, "folders", lambda: [tmp_path])
    own_fonts.installed.cache_clear()
    yield "simfang.ttf"
    own_fonts.installed.cache_clear()
    for known in (fonts.LIBRARY._faces, fonts.LIBRARY._found):
        for name in [one for one in known if one.startswith(fonts.OWN)]:
            del known[name]


def test_only_a_usable_fangsong_is_offered(font: str) -> None:
    assert list(own_fonts.installed()) == [font]


def test_the_body_is_set_in_it_and_copies_out_exactly(font: str) -> None:
    plain, own = samples.brief(), replace(samples.brief(), font=font)
    data = brief.build(own)
    assert data == brief.build(own)
    assert b"AAAAAA+sgz-own" in data
    assert text_of(data) == text_of(brief.build(plain))
    assert 28 * brief.OWN_SIZE <= 156 * 72 / 25.4 < 28.2 * brief.OWN_SIZE


def test_a_font_that_is_not_here_gives_ours() -> None:
    assert brief.build(replace(samples.brief(), font="simfang.ttf")) == brief.build(samples.brief())


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "".join("".join(page.get_textpage().get_text_range() for page in document).split())


def test_a_font_that_may_not_be_embedded_is_not_offered(font: str, tmp_path: Path) -> None:
    data = bytearray((tmp_path / font).read_bytes())
    face = typeface.Typeface.open(tmp_path / font)
    struct.pack_into(">H", data, face._tables["OS/2"][0] + 8, own_fonts.RESTRICTED)
    (tmp_path / font).write_bytes(bytes(data))
    own_fonts.installed.cache_clear()
    assert own_fonts.installed() == {}


def test_an_older_character_map_is_read() -> None:
    """Format 4: a run by delta, one through the glyph table with a hole, and the end mark."""
    ends, starts = (0x42, 0x4E02, 0xFFFF), (0x41, 0x4E00, 0xFFFF)
    deltas, offsets, glyphs = (0x10000 - 0x40, 5, 1), (0, 4, 0), (7, 0, 9)
    body = struct.pack(">7H", 4, 0, 0, 6, 0, 0, 0) + struct.pack(">3H", *ends) + b"\0\0"
    body += struct.pack(">3H", *starts) + struct.pack(">3H", *deltas) + struct.pack(">3H", *offsets)
    body += struct.pack(">3H", *glyphs)
    found = typeface._short_runs(body)
    assert found == (
        array("I", [0x41, 0x4E00, 0x4E02]),
        array("I", [0x42, 0x4E00, 0x4E02]),
        array("I", [1, 12, 14]),
    )
