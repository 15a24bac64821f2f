"""What a Word document says, as plain values: text by its style, tables, bars, places to sign and to seal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Style = Literal["title", "under", "level1", "level2", "body", "caption", "note", "meta"]
Align = Literal["left", "right", "centre"]


@dataclass(frozen=True, slots=True)
class Text:
    """Text in a style; each of its lines is a paragraph."""

    text: str
    style: Style = "body"


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar in a cell, in shares of the column: `solid` first, `hollow` after it, on a `track` or none."""

    solid: float
    hollow: float = 0.0
    track: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `width` is a share. In one with `bars` a cell may be a `Bar`."""

    head: str
    width: float = 1.0
    align: Align = "left"
    bars: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads, which stand again on each page. `headless` leaves them out, and the rules with them.

    A row without cells keeps bars apart.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str | Bar, ...], ...]
    headless: bool = False


@dataclass(frozen=True, slots=True)
class Signing:
    """Places side by side: `roles` sign, `seals` have room for a seal in which nothing is printed."""

    roles: tuple[str, ...]
    seals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo as a JPEG of `width` by `height` pixels, and the words under it."""

    data: bytes
    width: int
    height: int
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Pictures:
    """Photos two to a row, their captions below."""

    pictures: tuple[Picture, ...]


Piece = Text | Table | Signing | Pictures


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `number` stands at the foot of each page."""

    title: str
    number: str
    pieces: tuple[Piece, ...]
    practice: bool = False
