"""Standard annotations put on a PDF, as a reader would, and files written anew or locked."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

AUTHOR = "周督导"
WHEN = "D:20260628101500+08'00'"


def note(
    sort: str, page: int, top: float, text: str = "", *, left: float = 90.0, high: float = 14.0, **more: Any
) -> dict[str, Any]:
    """An annotation `sort` (Text, Highlight, …) on a page (from 1), `top` pt from its foot."""
    return {"sort": sort, "page": page, "top": top, "text": text, "left": left, "high": high, **more}


def annotated(data: bytes, notes: Sequence[dict[str, Any]], password: str = "") -> bytes:
    """The PDF with notes on it; what says `reply` answers the note before it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data), password=password) as document:
        last: Any = None
        for one in notes:
            made = document.make_indirect(_annotation(one, last))
            if not one.get("reply"):
                last = made
            page = document.pages[one["page"] - 1].obj
            if "/Annots" not in page:
                page["/Annots"] = Array()
            page["/Annots"].append(made)
        document.save(out)
    return out.getvalue()


def _annotation(one: dict[str, Any], last: Any) -> Dictionary:
    left, top, high = one["left"], one["top"], one["high"]
    wide = one.get("wide", 120.0)
    made = Dictionary(
        Type=Name.Annot,
        Subtype=Name("/" + one["sort"]),
        Rect=Array([left, top - high, left + wide, top]),
        Contents=String(one["text"]),
        T=String(one.get("author", AUTHOR)),
        M=String(one.get("when", WHEN)),
    )
    if one["sort"] in ("Highlight", "Underline", "StrikeOut", "Squiggly"):
        right = left + wide
        made["/QuadPoints"] = Array([left, top, right, top, left, top - high, right, top - high])
    if one.get("reply"):
        made["/IRT"] = last
    return made


def saved(data: bytes, password: str = "", **options: Any) -> bytes:
    """The PDF written anew by qpdf's library: object streams, linearised, locked."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data), password=password) as document:
        document.save(out, **options)
    return out.getvalue()


def locked(data: bytes, password: str, owner: str = "") -> bytes:
    """With AES-256; without a `password` it opens, and forbids what it can."""
    allow = pikepdf.Permissions(extract=False, modify_annotation=False, print_highres=False)
    lock = pikepdf.Encryption(user=password, owner=owner or "站里", R=6, allow=allow)
    return saved(data, encryption=lock)


def changed(data: bytes, work: Any) -> bytes:
    """The PDF after `work(document)`."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        work(document)
        document.save(out)
    return out.getvalue()
