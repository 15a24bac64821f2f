"""The notes somebody wrote on a PDF in any reader, and the words of its pages. Nothing in it is run.

The answer is JSON: {"title", "pages": [{"text", "height"}], "notes": [note, …], "scripts", "files"}, the last
two telling how many there are. A note is {"page" (from 0), "sort", "top", "bottom" (pt from the page's foot),
"text", "words": those it marks, "author", "day": YYYY-MM-DD or "", "reply": it answers another}.
"""

from __future__ import annotations

import codecs
import html
import io
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf

from sgz_desktop.foreign.pdf_words import Box, Words
from sgz_desktop.foreign.refused import Refused
from sgz_desktop.foreign.shut_in import shut_in

MOST_PAGES, MOST_NOTES = 2_000, 20_000
MOST_TEXT, MOST_WORDS, MOST_QUADS = 20_000, 2_000, 200  # characters; pieces of one marking
MARKED = {
    "/Highlight": "highlight",
    "/Underline": "underline",
    "/StrikeOut": "strike",
    "/Squiggly": "squiggly",
}
WRITTEN = {"/Text": "note", "/FreeText": "free_text", "/Caret": "caret"}
DRAWN = frozenset(
    {"/Ink", "/Stamp", "/Square", "/Circle", "/Line", "/Polygon", "/PolyLine", "/Redact"}
)  # what has to be seen
WITH_FILES = frozenset({"/FileAttachment", "/Sound", "/Movie", "/Screen", "/RichMedia", "/3D"})
RUNS = ("/JS", "/JavaScript", "/OpenAction", "/AA")
CODES = ("utf-16-le", "utf-16-be", "utf-8-sig", "pdfdoc")
DAY = re.compile(r"(?:D:)?((?:19|20)\d\d)(\d\d)(\d\d)")
TAG = re.compile(r"<[^<>]{0,2000}>")


def read(data: bytes) -> bytes:
    """The first line is JSON {"password"}, the rest is the PDF. Raises Refused."""
    head, _, pdf = data.partition(b"\n")
    password = str(json.loads(head).get("password") or "")
    _load()
    shut_in()
    if b"%PDF-" not in pdf[:1024]:
        raise Refused("not_a_pdf")
    with _opened(pdf, password) as document:
        if not 0 < len(document.pages) <= MOST_PAGES:
            raise Refused("too_big")
        plain = io.BytesIO()
        document.save(
            plain, fix_metadata_version=False
        )  # no longer locked, and put in order: the reader of words may be stricter
        words = Words(plain.getvalue())
        try:
            return json.dumps(_told(document, words), ensure_ascii=False).encode("utf-8", "replace")
        finally:
            words.close()


def _load() -> None:
    """What is not loaded by now cannot be loaded any more: text codes, and what takes a lock off."""
    for name in CODES:
        codecs.lookup(name)
    tried = io.BytesIO()
    with pikepdf.new() as empty:
        empty.save(tried, encryption=pikepdf.Encryption(user="u", owner="o", R=6))
    with pikepdf.open(tried, password="u"):
        pass


def _opened(pdf: bytes, password: str) -> pikepdf.Pdf:
    try:
        return pikepdf.open(io.BytesIO(pdf), password=password)
    except pikepdf.PasswordError as locked:
        raise Refused("wrong_password" if password else "locked") from locked


def _told(document: pikepdf.Pdf, words: Words) -> dict[str, Any]:
    pages: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    files = scripts = 0
    for number, page in enumerate(document.pages):
        box = _box(page.mediabox) or (0.0, 0.0, 595.0, 842.0)
        pages.append({"text": words.of(number), "height": box[3] - box[1]})
        for one in _annotations(page):
            kind = str(one.get("/Subtype", ""))
            files += kind in WITH_FILES
            scripts += any(name in one for name in ("/A", "/AA")) and _runs(one)
            note = _note(one, kind, number, words, box[1])
            notes += [note] if note else []
            if len(notes) > MOST_NOTES:
                raise Refused("too_many")
    root = document.Root
    scripts += _has(root, RUNS) or _has(root.get("/Names"), RUNS)
    files += _has(root.get("/Names"), ("/EmbeddedFiles",))
    info = document.trailer.get("/Info")
    title = _text(info, "/Title") if isinstance(info, pikepdf.Dictionary) else ""
    return {"title": title, "pages": pages, "notes": notes, "scripts": int(scripts), "files": int(files)}


def _annotations(page: pikepdf.Page) -> Iterator[pikepdf.Dictionary]:
    found = page.obj.get("/Annots")
    if isinstance(found, pikepdf.Array):
        for at in range(min(len(found), MOST_NOTES + 1)):
            if isinstance(found[at], pikepdf.Dictionary):
                yield found[at]


def _note(one: pikepdf.Dictionary, kind: str, page: int, words: Words, foot: float) -> dict[str, Any] | None:
    sort = MARKED.get(kind) or WRITTEN.get(kind) or ("drawn" if kind in DRAWN else "")
    if not sort or "/StateModel" in one:  # a tick of a review list is no note
        return None
    reply = "/IRT" in one and str(one.get("/RT", "/R")) == "/R"
    box = _box(one.get("/Rect")) or (0.0, 0.0, 0.0, 0.0)
    if reply and isinstance(above := one["/IRT"], pikepdf.Dictionary):
        box = _box(above.get("/Rect")) or box
    quads = _quads(one) if sort in MARKED.values() else []
    marked = "".join(words.within(page, quad) for quad in quads)
    if quads:
        box = (box[0], min(quad[1] for quad in quads), box[2], max(quad[3] for quad in quads))
    return {
        "page": page,
        "sort": sort,
        "top": box[3] - foot,
        "bottom": box[1] - foot,
        "text": _contents(one),
        "words": " ".join(marked.split())[:MOST_WORDS],
        "author": _text(one, "/T")[:200],
        "day": _day(_text(one, "/M") or _text(one, "/CreationDate")),
        "reply": reply,
    }


def _contents(one: pikepdf.Dictionary) -> str:
    """What was written, without the letters' looks."""
    plain = _text(one, "/Contents")
    if plain.strip():
        return plain
    rich = _text(one, "/RC")
    return html.unescape(TAG.sub("", re.sub(r"</p>|<br\s*/?>", "\n", rich))).strip()


def _text(of: pikepdf.Dictionary, name: str) -> str:
    """A text, '' where there is none or it cannot be read."""
    found = of.get(name)
    if isinstance(found, pikepdf.Stream):
        return found.read_bytes()[: 4 * MOST_TEXT].decode("utf-8", "replace")[:MOST_TEXT]
    return str(found)[:MOST_TEXT] if isinstance(found, pikepdf.String) else ""


def _day(text: str) -> str:
    found = DAY.match(text)
    return "-".join(found.groups()) if found else ""


def _numbers(value: Any) -> list[float] | None:
    if not isinstance(value, pikepdf.Array):
        return None
    try:
        return [float(one) for one in list(value)[: 8 * MOST_QUADS]]
    except (TypeError, ValueError, ArithmeticError):
        return None


def _box(value: Any) -> Box | None:
    found = _numbers(value)
    if not found or len(found) != 4:
        return None
    return _around(found[0::2], found[1::2])


def _around(xs: Sequence[float], ys: Sequence[float]) -> Box:
    return min(xs), min(ys), max(xs), max(ys)


def _quads(one: pikepdf.Dictionary) -> list[Box]:
    """The boxes of the lines a marking covers; readers give the corners in any order."""
    found = _numbers(one.get("/QuadPoints")) or []
    boxes = [
        _around(found[at : at + 8 : 2], found[at + 1 : at + 8 : 2]) for at in range(0, len(found) - 7, 8)
    ]
    own = _box(one.get("/Rect"))
    return boxes or ([own] if own else [])


def _has(of: Any, names: Sequence[str]) -> bool:
    return isinstance(of, pikepdf.Dictionary) and any(name in of for name in names)


def _runs(one: pikepdf.Dictionary) -> bool:
    did = one.get("/A")
    kind = str(did.get("/S", "")) if isinstance(did, pikepdf.Dictionary) else ""
    return "/AA" in one or kind in ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData")
