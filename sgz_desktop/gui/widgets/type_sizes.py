"""字号: the control that asks for it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from sgz_desktop.gui import theme
from sgz_desktop.gui.widgets.segmented import Segmented


class TypeSizes(Segmented):
    """`chosen(scale)`; at first the size in force."""

    chosen = Signal(float)

    def __init__(self) -> None:
        super().__init__([(scale, words) for words, scale in theme.SCALES], theme.scale())
        self.setAccessibleName("字号")
        self.changed.connect(self._tell)

    def _tell(self) -> None:
        scale = self.value()
        if isinstance(scale, float):
            self.chosen.emit(scale)
