"""XML as a tree that knows at which byte everything stands, so that a piece is altered and the rest stays.

Names lose their prefix; what stands under another prefix than the root's keeps it. A document type is
refused: no office file has one, and entities live there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from sgz_desktop.foreign.refused import Refused

MOST_BYTES = 24 << 20
MOST_NODES = 600_000
_TAG = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_CLOSING = re.compile(rb"</[^>]*>")
Edit = tuple[int, int, bytes]  # from, to, what stands there then


@dataclass(slots=True)
class Node:
    """An element: bytes start…inner are its tag, close…end its end tag; empty tags end at inner."""

    tag: str
    attributes: dict[str, str]
    start: int
    inner: int
    close: int = 0
    end: int = 0
    children: list[Node] = field(default_factory=list)
    text: str = ""

    @property
    def is_empty_tag(self) -> bool:
        """Is it written <like this/>?"""
        return self.inner == self.end

    def child(self, tag: str) -> Node | None:
        """The first child of a name."""
        return next((one for one in self.children if one.tag == tag), None)

    def all(self, *tags: str) -> Iterator[Node]:
        """The children of these names."""
        return (one for one in self.children if one.tag in tags)

    def every(self, *tags: str) -> Iterator[Node]:
        """Itself and all below it of these names, in their order."""
        if self.tag in tags:
            yield self
        for one in self.children:
            yield from one.every(*tags)


class _Builder:
    def __init__(self, data: bytes) -> None:
        self._data, self._open, self.root = data, list[Node](), None
        self.root: Node | None = None
        self._prefix, self._count = "", 0
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._refuse
        parser.XmlDeclHandler = self._declared

    def parse(self) -> None:
        self._parser.Parse(self._data, True)

    def _refuse(self, *_: object) -> None:
        raise Refused("damaged")

    def _declared(self, _version: str, encoding: str | None, _alone: int) -> None:
        if (encoding or "utf-8").lower() not in ("utf-8", "us-ascii"):
            raise Refused("damaged")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MOST_NODES or len(self._open) > 200:
            raise Refused("too_big")
        at = self._parser.CurrentByteIndex
        tag = _TAG.match(self._data, at)
        if tag is None:
            raise Refused("damaged")
        if self.root is None:
            self._prefix = name.rpartition(":")[0]
        prefix, _, local = name.rpartition(":")
        node = Node(local if prefix == self._prefix else name, attributes, at, tag.end())
        if tag[0].endswith(b"/>"):
            node.close = node.end = node.inner
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)

    def _end(self, _name: str) -> None:
        node = self._open.pop()
        if not node.end:
            node.close = self._parser.CurrentByteIndex
            closing = _CLOSING.match(self._data, node.close)
            if closing is None:
                raise Refused("damaged")
            node.end = closing.end()

    def _text(self, text: str) -> None:
        self._open[-1].text += text


def tree(data: bytes) -> Node:
    """The root of a part. Raises Refused."""
    if len(data) > MOST_BYTES:
        raise Refused("too_big")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused("damaged")
    builder = _Builder(data)
    try:
        builder.parse()
    except expat.ExpatError:
        raise Refused("damaged") from None
    if builder.root is None:
        raise Refused("damaged")
    return builder.root


def prefix_of(data: bytes, node: Node) -> str:
    """The prefix an element is written with, colon and all; '' for none."""
    name = re.match(rb"<([^\s/>]*)", data[node.start : node.inner])
    before, colon, _ = (name[1] if name else b"").decode().rpartition(":")
    return before + colon


def edited(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The part with its edits made; those at one place in the order given. ValueError where two overlap."""
    out, at = [], 0
    for start, end, piece in sorted(edits, key=lambda edit: edit[:2]):
        if start < at:
            raise ValueError("edits overlap")
        out += [data[at:start], piece]
        at = end
    return b"".join([*out, data[at:]])


def opened_tag(data: bytes, node: Node, inside: bytes) -> bytes:
    """An empty tag with something in it."""
    tag = data[node.start : node.inner]
    name = re.match(rb"<([^\s/>]*)", tag)
    assert name is not None
    return tag[:-2].rstrip() + b">" + inside + b"</" + name[1] + b">"
