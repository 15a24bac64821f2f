"""What stands before the window is open: it asks 字号 and is made anew at the size that is chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from sgz_desktop.gui import theme
from sgz_desktop.gui.widgets.type_sizes import TypeSizes


class TypeSized(QWidget):
    """`build` makes all parts at the type size in force, the `sizes` of `make_sizes` among them."""

    scale_chosen = Signal(float)

    def build(self) -> None:
        """Make all parts."""
        raise NotImplementedError

    def make_sizes(self) -> TypeSizes:
        """The control that asks."""
        self.sizes = TypeSizes()
        self.sizes.chosen.connect(self._resize_type)
        return self.sizes

    def _resize_type(self, scale: float) -> None:
        theme.apply(QApplication.instance(), scale)
        self.build()
        self.sizes.setFocus()
        self.scale_chosen.emit(scale)
