"""Writes a PDF file: numbered objects, streams, pages, outline. Knows nothing of fonts or papers.

Written for our own papers because it starts in a few milliseconds and lists nothing that is not used.
Same calls, same bytes: no clock, no random id.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

A4 = (595.276, 841.89)


def pdf_text(text: str) -> bytes:
    """A string of the document's own (titles, bookmarks) as UTF-16 hex."""
    return b"<FEFF" + text.encode("utf-16-be", "replace").hex().upper().encode() + b">"


@dataclass
class Bookmark:
    """One line of the outline: where it leads (page index, y in points) and what stands below it."""

    text: str
    page: int
    top: float
    children: list[Bookmark] = field(default_factory=list)


class Pdf:
    """A document being written."""

    def __init__(self) -> None:
        self._objects: list[bytes] = []
        self._pages: list[int] = []
        self._tree = self.reserve()
        self.resources = self.reserve()

    def reserve(self) -> int:
        """An object number to be filled later."""
        self._objects.append(b"")
        return len(self._objects)

    def put(self, number: int, body: bytes) -> int:
        """Fills an object."""
        self._objects[number - 1] = body
        return number

    def add(self, body: bytes) -> int:
        """A new object; returns its number."""
        return self.put(self.reserve(), body)

    def stream(self, data: bytes, extra: bytes = b"") -> int:
        """A new compressed stream; `extra` goes into its dictionary."""
        packed = zlib.compress(data, 1)  # outlines hardly shrink further, and most of the time went there
        head = b"<< /Length %d /Filter /FlateDecode %s>>" % (len(packed), extra)
        return self.add(head + b"\nstream\n" + packed + b"\nendstream")

    def page(self, content: str, size: tuple[float, float] = A4) -> int:
        """A new page with the drawing operators `content`."""
        number = self.stream(content.encode("ascii"))
        body = b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %g %g] /Resources %d 0 R /Contents %d 0 R >>"
        page = self.add(body % (self._tree, *size, self.resources, number))
        self._pages.append(page)
        return page

    def finish(self, title: str, bookmarks: list[Bookmark], fonts: dict[str, int]) -> bytes:
        """The whole file. `title` is a kind of paper and a number, never a name; `fonts` name -> object."""
        names = b" ".join(b"/%s %d 0 R" % (name.encode(), number) for name, number in sorted(fonts.items()))
        self.put(self.resources, b"<< /ProcSet [/PDF /Text] /Font << %s >> >>" % names)
        kids = b" ".join(b"%d 0 R" % number for number in self._pages)
        self.put(self._tree, b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(self._pages), kids))
        outline = self._outline(bookmarks)
        catalog = self.add(
            b"<< /Type /Catalog /Pages %d 0 R /Lang (zh-CN) /ViewerPreferences << /DisplayDocTitle true >>"
            b" %s>>" % (self._tree, outline)
        )
        info = self.add(b"<< /Title %s /Producer (sgz-desktop) >>" % pdf_text(title))
        return self._assembled(catalog, info)

    def _outline(self, bookmarks: list[Bookmark]) -> bytes:
        if not bookmarks:
            return b""
        root = self.reserve()
        first, last = self._bookmarks(bookmarks, root)
        self.put(root, b"<< /Type /Outlines /First %d 0 R /Last %d 0 R >>" % (first, last))
        return b"/Outlines %d 0 R /PageMode /UseOutlines " % root

    def _bookmarks(self, bookmarks: list[Bookmark], parent: int) -> tuple[int, int]:
        numbers = [self.reserve() for _ in bookmarks]
        for i, mark in enumerate(bookmarks):
            parts = [b"/Title %s /Parent %d 0 R" % (pdf_text(mark.text), parent)]
            parts.append(b"/Dest [%d 0 R /XYZ null %.1f null]" % (self._pages[mark.page], mark.top))
            if i:
                parts.append(b"/Prev %d 0 R" % numbers[i - 1])
            if i + 1 < len(numbers):
                parts.append(b"/Next %d 0 R" % numbers[i + 1])
            if mark.children:
                first, last = self._bookmarks(mark.children, numbers[i])
                parts.append(b"/First %d 0 R /Last %d 0 R /Count -%d" % (first, last, len(mark.children)))
            self.put(numbers[i], b"<< " + b" ".join(parts) + b" >>")
        return numbers[0], numbers[-1]

    def _assembled(self, catalog: int, info: int) -> bytes:
        parts = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
        at, offsets = len(parts[0]), []
        for number, body in enumerate(self._objects, 1):
            part = b"%d 0 obj\n%s\nendobj\n" % (number, body)
            offsets.append(at)
            at += len(part)
            parts.append(part)
        whole = b"".join(parts)
        digest = b"%08X%08X" % (zlib.crc32(whole), zlib.adler32(whole))
        parts.append(b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1))
        parts.extend(b"%010d 00000 n \n" % offset for offset in offsets)
        parts.append(
            b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%s> <%s>] >>\nstartxref\n%d\n%%%%EOF\n"
            % (len(offsets) + 1, catalog, info, digest, digest, at)
        )
        return b"".join(parts)
