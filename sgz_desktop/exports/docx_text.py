"""Text and elements of WordprocessingML (ECMA-376 part 1, 17)."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from sgz_desktop.domain.printed_text import tidy

MM = 1440 / 25.4  # twips in a millimetre
_UNHELD = re.compile("[\ud800-\udfff\ufffe\uffff]")  # what neither XML 1.0 nor UTF-8 can hold
JUSTIFY = {"left": "left", "right": "right", "centre": "center"}


def twips(mm: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(mm * MM)


def plain(text: str) -> str:
    """Text without what has no ink and what XML cannot hold."""
    return _UNHELD.sub("", tidy(text))


def run(text: str, properties: str = "") -> str:
    """A run of text. Line breaks in it are line breaks of the paragraph."""
    parts = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' if line else "" for line in plain(text).split("\n")
    )
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{parts}</w:r>"


def paragraph(style: str, text: str = "", align: str = "", keep: bool = False) -> str:
    """A paragraph in a style; `keep` holds it on the page of the next."""
    kept = "<w:keepNext/>" if keep else ""
    justified = f'<w:jc w:val="{JUSTIFY[align]}"/>' if align else ""
    words = run(text) if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}{justified}</w:pPr>{words}</w:p>'


def paragraphs(style: str, text: str, keep: bool = False) -> str:
    """A paragraph for each line of a text."""
    return "".join(paragraph(style, line, keep=keep) for line in plain(text).split("\n"))
