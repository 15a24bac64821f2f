"""The pages of a PDF in memory, drawn and read by pdfium. Nothing is written to disk."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QImage

from sgz_desktop.gui.widgets.pdf_text import Box, Letters, boxes_of, folded, read_letters

if TYPE_CHECKING:
    import pypdfium2

POINTS_PER_INCH = 72
_KEPT = 6
_KEPT_BYTES = 48_000_000  # large drawings are soon let go
_pdfium = threading.Lock()
"""pdfium is not safe in two threads at once, whatever the document."""


class PdfPages:
    """A PDF open for drawing; every method may be called in a pool thread. Pages count from 0."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        with _pdfium:
            self._document: pypdfium2.PdfDocument | None = pypdfium2.PdfDocument(data)
            self.count = len(self._document)
            self.sizes = [self._document.get_page_size(number) for number in range(self.count)]
        self._drawn: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self._letters: dict[int, Letters] = {}

    def draw(self, number: int, width: int, *, keep: bool = True) -> QImage:
        """A page as a picture `width` device pixels wide; kept for the next time unless told."""
        with _pdfium:
            if (number, width) in self._drawn:
                self._drawn.move_to_end((number, width))
                return self._drawn[number, width]
            if self._document is None:
                return QImage()
            picture = self._render(self._document[number], width / self.sizes[number][0])
            if keep:
                self._drawn[number, width] = picture
            while len(self._drawn) > _KEPT or (len(self._drawn) > 1 and self._bytes() > _KEPT_BYTES):
                self._drawn.popitem(last=False)
            return picture

    def _render(self, page: Any, scale: float) -> QImage:
        bitmap = page.render(scale=scale, prefer_bgrx=True)
        shape = (bitmap.width, bitmap.height, bitmap.stride)
        picture = QImage(bytes(bitmap.buffer), *shape, QImage.Format.Format_RGB32).copy()
        bitmap.close()
        page.close()
        return picture

    def _bytes(self) -> int:
        return sum(picture.sizeInBytes() for picture in self._drawn.values())

    def find(self, number: int, wanted: str) -> list[tuple[int, int]]:
        """Where words stand on a page: numbers of their first and last characters."""
        with _pdfium:
            if number not in self._letters:
                with self._text(number) as text:
                    self._letters[number] = read_letters(text) if text else Letters(())
            return self._letters[number].find(folded(wanted))

    def boxes(self, number: int, places: list[tuple[int, int]]) -> list[list[Box]]:
        """For each of the `places` on a page, a box a line."""
        if not places:
            return []
        with _pdfium, self._text(number) as text:
            height = self.sizes[number][1]
            return [boxes_of(text, height, *place) for place in places] if text else []

    def words(self, number: int) -> str:
        """The whole text of a page, line by line."""
        with _pdfium, self._text(number) as text:
            return str(text.get_text_range()) if text else ""

    @contextmanager
    def _text(self, number: int) -> Iterator[Any]:
        """A page's text, None once the document is gone; the caller holds the lock."""
        if self._document is None:
            yield None
            return
        page = self._document[number]
        text = page.get_textpage()
        try:
            yield text
        finally:
            text.close()
            page.close()

    def close(self) -> None:
        """Let the document go; later calls draw nothing."""
        with _pdfium:
            if self._document is not None:
                self._document.close()
                self._document = None
            self._drawn.clear()
            self._letters.clear()
