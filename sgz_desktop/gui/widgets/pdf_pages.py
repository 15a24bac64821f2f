"""The pages of a PDF in memory, drawn by pdfium. Nothing is written to disk."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    import pypdfium2

POINTS_PER_INCH = 72
_KEPT = 6
_pdfium = threading.Lock()
"""pdfium is not safe in two threads at once, whatever the document."""


class PdfPages:
    """A PDF open for drawing; every method may be called in a pool thread."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        with _pdfium:
            self._document: pypdfium2.PdfDocument | None = pypdfium2.PdfDocument(data)
            self.count = len(self._document)
            self.sizes = [self._document.get_page_size(number) for number in range(self.count)]
        self._drawn: OrderedDict[tuple[int, int], QImage] = OrderedDict()

    def draw(self, number: int, width: int) -> QImage:
        """Page `number` (from 0) as a picture `width` device pixels wide."""
        with _pdfium:
            if (number, width) in self._drawn:
                self._drawn.move_to_end((number, width))
                return self._drawn[number, width]
            if self._document is None:
                return QImage()
            page = self._document[number]
            bitmap = page.render(scale=width / self.sizes[number][0], prefer_bgrx=True)
            shape = (bitmap.width, bitmap.height, bitmap.stride)
            picture = QImage(bytes(bitmap.buffer), *shape, QImage.Format.Format_RGB32).copy()
            bitmap.close()
            page.close()
            self._drawn[number, width] = picture
            while len(self._drawn) > _KEPT:
                self._drawn.popitem(last=False)
            return picture

    def close(self) -> None:
        """Let the document go; later calls draw nothing."""
        with _pdfium:
            if self._document is not None:
                self._document.close()
                self._document = None
            self._drawn.clear()
