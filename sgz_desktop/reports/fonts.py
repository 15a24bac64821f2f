"""Which face prints a character, how wide it is, and what goes into the file.

Every face falls back, character by character, to the serif, to the rest of the serif and to the last resort,
so that each Han of GB 18030-2022 level 3 prints. A character no face has prints as 〓 and is named by
`missing` before anything is printed.
"""

from __future__ import annotations

import struct
import threading
from functools import cache
from typing import NamedTuple

from sgz_desktop.domain.printed_text import tidy
from sgz_desktop.resources import resource

from . import own_fonts
from .typeface import Typeface
from .values import texts

SONG, MING, HEI, KAI = "sgz-serif", "sgz-serif-bold", "sgz-sans", "sgz-kai"
OWN = "own:"  # and the file name of an installed font
BODY, MORE, RARE = SONG, "sgz-serif-more", "sgz-rare"
FILES = {MORE: "sgz-serif-more.ttf.blocks", RARE: "sgz-rare.ttf.blocks"}
STAND_IN = "〓"


def body_face(font: str) -> str:
    """The face of an installed font by its file name; '' and one that is not here give ours."""
    return f"{OWN}{font}" if font and font in own_fonts.installed() else SONG


class Glyph(NamedTuple):
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
                    face = self._faces[name] = self._opened(name)
        return face

    def _opened(self, name: str) -> Typeface:
        if name.startswith(OWN):
            return own_fonts.opened(own_fonts.installed()[name.removeprefix(OWN)])
        return Typeface.open(resource("fonts", FILES.get(name, name + ".ttf")))

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
        ours = (SONG, MING, HEI, KAI, MORE, RARE)
        self.tag = "F9" if name.startswith(OWN) else "F" + str(1 + ours.index(name))
        self.face = LIBRARY.face(name)
        self.glyphs = [0]
        self.advances = [1000]
        self.characters = ["\ufffd"]

    def code(self, ch: str, found: Glyph, gap: int) -> str:
        """Four hex digits that draw `ch` and move on by its advance plus `gap` thousandths."""
        self.glyphs.append(found.number)
        self.advances.append(found.advance + gap)
        self.characters.append(ch)
        return f"{len(self.glyphs) - 1:04X}"
