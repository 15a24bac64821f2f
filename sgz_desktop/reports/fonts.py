"""Which face prints a character, how wide it is, and what goes into the file.

Every face falls back, character by character, to the serif, to the rest of the serif and to the last resort,
so that each Han of GB 18030-2022 level 3 prints. A character no face has prints as 〓 and is named by
`missing` before anything is printed.
"""

from __future__ import annotations

import re
import struct
import threading
from dataclasses import dataclass
from functools import cache

from sgz_desktop.resources import resource

from .pdf import Pdf
from .typeface import Typeface
from .values import texts

SONG, MING, HEI, KAI = "sgz-serif", "sgz-serif-bold", "sgz-sans", "sgz-kai"
BODY, MORE, RARE = SONG, "sgz-serif-more", "sgz-rare"
FILES = {MORE: "sgz-serif-more.ttf.blocks", RARE: "sgz-rare.ttf.blocks"}
STAND_IN = "〓"

# Control and format characters, line separators and variation selectors never reach the paper.
_DROPPED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_BREAKS = re.compile("\r\n?|[\u2028\u2029\x85]")


def tidy(text: str) -> str:
    """Text as it is set: one kind of line break, tabs as spaces, no control characters."""
    if text.isprintable():
        return text if text.isascii() else _DROPPED.sub("", text)
    return _DROPPED.sub("", _BREAKS.sub("\n", text).replace("\t", "    "))


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character in a face: `face` is the file's short name, `advance` is in thousandths of an em."""

    face: str
    number: int
    advance: int


class _Library:
    """The shipped faces, opened when first needed, and the glyph found for each character."""

    def __init__(self) -> None:
        self._faces: dict[str, Typeface] = {}
        self._found: dict[str, dict[str, Glyph | None]] = {}
        self._opening = threading.Lock()

    def face(self, name: str) -> Typeface:
        """The open face called `name`."""
        face = self._faces.get(name)
        if face is None:
            with self._opening:
                face = self._faces.get(name)
                if face is None:
                    path = resource("fonts", FILES.get(name, name + ".ttf"))
                    face = self._faces[name] = Typeface.open(path)
        return face

    def glyph(self, face: str, ch: str) -> Glyph | None:
        """The glyph that prints `ch` when `face` is asked for; None when no face has it."""
        found = self._found.setdefault(face, {})
        if ch not in found:
            found[ch] = self._search(face, ch)
        return found[ch]

    def _search(self, first: str, ch: str) -> Glyph | None:
        for name in dict.fromkeys((first, BODY, MORE, RARE)):
            face = self.face(name)
            number = face.glyph_of(ord(ch))
            if number:
                return Glyph(name, number, round(face.advance(number) * 1000 / face.em))
        return None


LIBRARY = _Library()


def glyph(face: str, ch: str) -> Glyph:
    """The glyph that prints `ch`, or the stand-in's."""
    found = LIBRARY.glyph(face, ch) or LIBRARY.glyph(face, STAND_IN)
    assert found is not None, "the shipped fonts are incomplete"
    return found


@cache
def dash_box(face: str) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of the dash's ink, in thousandths of an em."""
    found = glyph(face, "—")
    outline = LIBRARY.face(found.face)
    box = struct.unpack(">4h", outline.outline(found.number)[2:10])
    left, low, right, high = (value * 1000 / outline.em for value in box)
    return left, low, right, high


def missing(text: str) -> list[str]:
    """Characters of `text` that no shipped face can print, each once, in order."""
    return [ch for ch in dict.fromkeys(tidy(text)) if ch != "\n" and LIBRARY.glyph(SONG, ch) is None]


def unprintable(value: object) -> list[str]:
    """Characters anywhere in a paper's values that no shipped face can print, each once."""
    return missing("".join(texts(value)))


class Embedded:
    """The characters one document uses of one face, with the code each has in the file.

    A character followed by an extra gap has a code of its own with a wider advance: the pen moves, no space
    is written, and text copied from the paper is exactly the text that went in.
    """

    def __init__(self, name: str) -> None:
        self.tag = "F" + str(1 + (SONG, MING, HEI, KAI, MORE, RARE).index(name))
        self._face = LIBRARY.face(name)
        self._glyphs = [0]
        self._advances = [1000]
        self._characters = ["\ufffd"]

    def code(self, ch: str, found: Glyph, gap: int) -> str:
        """Four hex digits that draw `ch` and move on by its advance plus `gap` thousandths."""
        self._glyphs.append(found.number)
        self._advances.append(found.advance + gap)
        self._characters.append(ch)
        return f"{len(self._glyphs) - 1:04X}"

    def write(self, pdf: Pdf) -> int:
        """Writes the subset into the file; returns the font's object number."""
        face = self._face
        program = face.subset(self._glyphs)
        file = pdf.stream(program, b"/Length1 %d " % len(program))
        name = b"AAAAAA+" + face.name.encode()
        scale = 1000 / face.em
        box = b" ".join(b"%d" % round(v * scale) for v in face.box)
        up, down = round(face.ascent * scale), round(face.descent * scale)
        about = pdf.add(
            b"<< /Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [%s] /ItalicAngle 0 /Ascent %d"
            b" /Descent %d /CapHeight %d /StemV 80 /FontFile2 %d 0 R >>" % (name, box, up, down, up, file)
        )
        widths = b" ".join(b"%d" % advance for advance in self._advances)
        system = b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
        descendant = pdf.add(
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo %s /FontDescriptor %d 0 R"
            b" /DW 1000 /W [0 [%s]] /CIDToGIDMap /Identity >>" % (name, system, about, widths)
        )
        to_unicode = pdf.stream(_to_unicode(self._characters))
        return pdf.add(
            b"<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R]"
            b" /ToUnicode %d 0 R >>" % (name, descendant, to_unicode)
        )


def _to_unicode(characters: list[str]) -> bytes:
    """The map back to text, in UTF-16 as the standard asks (also above U+FFFF)."""
    lines = [f"<{i:04X}> <{ch.encode('utf-16-be').hex().upper()}>" for i, ch in enumerate(characters) if i]
    parts = [
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Adobe-Identity-UCS def\n"
        "/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange"
    ]
    for start in range(0, len(lines), 100):
        part = lines[start : start + 100]
        parts.append(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar")
    parts.append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")
    return "\n".join(parts).encode("ascii")
