"""Notes on a PDF, read in the capped child: what is odd in them is read as data, or left out."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String

from sgz_desktop.foreign.reader import Reader
from sgz_desktop.foreign.refused import Refused
from tests.foreign.annotating import annotated, changed, locked, note


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader("notes") as opened:
        yield opened


def blank(pages: int = 2) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def read(reader: Reader, data: bytes, password: str = "") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        reader.read(json.dumps({"password": password}).encode() + b"\n" + data)
    )
    return found


def with_note(**entries: Any) -> bytes:
    """A page with one note of the entries given, and nothing else of a note."""

    def work(document: pikepdf.Pdf) -> None:
        made = document.make_indirect(Dictionary({f"/{name}": value for name, value in entries.items()}))
        document.pages[0].obj["/Annots"] = Array([made, 7, Name.X, String("x"), Array([])])

    return changed(blank(), work)


def test_a_note_is_told_with_its_place_author_and_day(reader: Reader) -> None:
    found = read(reader, annotated(blank(), [note("Text", 2, 700, "看这里")]))
    assert [page["height"] for page in found["pages"]] == [842, 842]
    (one,) = found["notes"]
    assert (one["page"], one["sort"], one["text"]) == (1, "note", "看这里")
    assert (one["top"], one["bottom"]) == (700, 686)
    assert (one["author"], one["day"], one["reply"]) == ("周督导", "2026-06-28", False)


@pytest.mark.parametrize(
    "entries",
    [
        {"Subtype": Name.Text},
        {"Subtype": Name.Text, "Rect": Array([])},
        {"Subtype": Name.Text, "Rect": Array([Name.A, String("b"), 1, 2]), "Contents": Name.X, "T": 4},
        {"Subtype": Name.Highlight, "QuadPoints": Array([1, 2, 3]), "M": String("gestern")},
        {"Subtype": Name.Highlight, "QuadPoints": Array([1e9, -1e9] * 4), "Rect": Array([0, 0, 9, 9])},
        {"Subtype": Name.Text, "IRT": 5, "RT": Name.R, "Contents": String("回")},
    ],
)
def test_a_note_with_parts_missing_or_wrong_is_still_one(reader: Reader, entries: dict[str, Any]) -> None:
    assert len(read(reader, with_note(**entries))["notes"]) == 1


@pytest.mark.parametrize("sort", ["Link", "Popup", "FileAttachment", "Sound", "Movie", "Unheard"])
def test_what_is_no_note_is_none(reader: Reader, sort: str) -> None:
    assert not read(reader, with_note(Subtype=Name("/" + sort), Contents=String("x")))["notes"]


def test_words_with_looks_are_read_without_them(reader: Reader) -> None:
    rich = '<body><p style="x">第一&lt;行</p><p>第二</p></body>'
    found = read(reader, with_note(Subtype=Name.FreeText, RC=String(rich), Rect=Array([0, 0, 9, 9])))
    assert found["notes"][0]["text"] == "第一<行\n第二"


def test_a_tick_in_a_reader_is_no_note(reader: Reader) -> None:
    made = with_note(Subtype=Name.Text, StateModel=String("Review"), State=String("Accepted"))
    assert not read(reader, made)["notes"]


@pytest.mark.parametrize(
    ("data", "password", "why"),
    [
        (b"MZ" + b"0" * 500, "", "not_a_pdf"),
        (b"%PDF-1.7\n" + b"0" * 500, "", "damaged"),
        (locked(blank(), "甲"), "", "locked"),
        (locked(blank(), "甲"), "乙", "wrong_password"),
        (blank(2_001), "", "too_big"),
    ],
    ids=["exe", "noise", "locked", "wrong", "long"],
)
def test_what_cannot_be_read_says_why(reader: Reader, data: bytes, password: str, why: str) -> None:
    with pytest.raises(Refused) as told:
        read(reader, data, password)
    assert told.value.why == why
    assert read(reader, blank())["notes"] == []  # the next file is read as ever


def test_a_lock_comes_off_where_nothing_more_can_be_opened(reader: Reader) -> None:
    assert len(read(reader, locked(blank(), "甲"), "甲")["pages"]) == 2


TRIES = """
import json, sys
from sgz_desktop.foreign import child, notes
child._confine()
notes.read(b'{{}}\\n' + sys.stdin.buffer.read()) if {confined} else None
try:
    open(notes.__file__).close()
    print("opened")
except OSError:
    print("shut")
"""


@pytest.mark.parametrize(("confined", "says"), [(True, "shut"), (False, "opened")])
def test_the_reader_opens_nothing_once_it_reads(confined: bool, says: str) -> None:
    """The control is the same try without having read."""
    code = TRIES.format(confined=confined)
    done = subprocess.run([sys.executable, "-c", code], input=blank(), capture_output=True, check=True)
    assert done.stdout.decode().strip() == says


def test_damage_anywhere_is_a_word_or_what_is_left(reader: Reader) -> None:
    whole = annotated(blank(), [note("Text", 1, 700, "看"), note("Highlight", 2, 500, "这")])
    for place in range(0, len(whole), max(1, len(whole) // 40)):
        try:
            assert len(read(reader, whole[:place] + b"\xff\x00>>" + whole[place + 4 :])["notes"]) <= 2
        except Refused:
            continue
