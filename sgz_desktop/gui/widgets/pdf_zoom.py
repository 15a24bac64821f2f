"""How large a page is shown: to the width, whole, or by a number."""

from __future__ import annotations

from PySide6.QtCore import QSize

from sgz_desktop.gui.theme import px
from sgz_desktop.gui.widgets.inputs import Choice
from sgz_desktop.gui.widgets.pdf_pages import POINTS_PER_INCH

FIT, WHOLE = 0.0, -1.0
SCALES = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
ZOOMS = ((FIT, "适合宽度"), (WHOLE, "整页"), *((scale, f"{scale:.0%}") for scale in SCALES))
_DPI = 96
_WIDEST_FIT, _LEAST = 1.4, 80


class PdfZoom(Choice):
    """Remembers how large the last page came out, so that larger and smaller go on from there."""

    def __init__(self) -> None:
        super().__init__(ZOOMS, value=FIT)
        self.setAccessibleName("缩放")
        self.setToolTip("缩放（Ctrl+加号、Ctrl+减号，Ctrl+0整页）")
        self.setFixedWidth(px(118))
        self._scale = 1.0

    def width_of(self, size: tuple[float, float], room: QSize) -> int:
        """Logical pixels across for a page of `size` points in the `room` there is."""
        wide, high = size
        actual = wide * _DPI / POINTS_PER_INCH
        value = self.value()
        if value == WHOLE:
            width = max(min(room.width(), room.height() * wide / high), _LEAST)
        elif isinstance(value, float) and value > 0:
            width = actual * value
        else:
            width = max(min(room.width(), actual * _WIDEST_FIT), _LEAST)
        self._scale = width / actual
        return round(width)

    def step(self, by: int) -> None:
        """The next larger (1) or smaller (-1) number from what is shown."""
        others = [one for one in SCALES if (one > self._scale * 1.01 if by > 0 else one < self._scale * 0.99)]
        if others:
            self.set_value(min(others) if by > 0 else max(others))
