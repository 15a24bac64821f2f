"""A note that came back on a PDF: read as plain text, told in words, and known again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sgz_desktop.domain.typed_text import clean

SORTS: Mapping[str, str] = {
    "note": "便签",
    "free_text": "文字",
    "caret": "插入",
    "highlight": "标出",
    "strike": "划去",
    "underline": "划线",
    "squiggly": "波浪线",
    "drawn": "图形",
}
DRAWN = "图形批注，请看原件"
NOTHING_WRITTEN = "没有写字，请看原件"
MOST = 4_000  # characters of one remark
CUT = "……（太长，其余请看原件）"
DIRECTED = re.compile(
    "[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)  # invisible, or turn


@dataclass(frozen=True, slots=True)
class Note:
    """One note as the reader of the file found it; `page` from 0, `top` and `bottom` in pt from the foot."""

    page: int
    sort: str
    top: float
    bottom: float
    text: str
    words: str
    author: str
    day: str
    reply: bool


def plain(text: str) -> str:
    """Text that shows itself as it is: no control characters, nothing invisible, nothing that turns it."""
    return DIRECTED.sub("", clean(text)).strip()


def told(note: Note) -> str:
    """A note as a remark says it: what was written, before it the words that were marked."""
    text, words = plain(note.text), plain(note.words)
    if note.sort == "drawn":
        said = f"{DRAWN}。{text}" if text else f"{DRAWN}。"
    elif words and words != text:
        said = f"{SORTS.get(note.sort, '标出')}“{words}”" + (f"：{text}" if text else "")
    else:
        said = text or f"{SORTS.get(note.sort, '批注')}：{NOTHING_WRITTEN}。"
    if note.reply:
        said = f"回复：{said}"
    return said if len(said) <= MOST else said[:MOST] + CUT
