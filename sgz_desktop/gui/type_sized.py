"""What stands before the window is open: it asks 字号 and is made anew at the size that is chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from sgz_desktop.gui import theme
from sgz_desktop.gui.widgets.type_sizes import TypeSizes


class TypeSized(QWidget):
    """`build` makes all parts at the type size in force, the `sizes` of `make_sizes` among them: into the
    column of `begin`, which `stand` puts in place of what stood there."""

    scale_chosen = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self.whole: QWidget | None = None

    def build(self) -> None:
        """Make all parts."""
        raise NotImplementedError

    def begin(self) -> QVBoxLayout:
        """The column of a new whole; the old one goes."""
        if self.whole:
            self._outer.removeWidget(self.whole)
            self.whole.deleteLater()
        self.whole = QWidget()
        column = QVBoxLayout(self.whole)
        column.setContentsMargins(0, 0, 0, 0)
        return column

    def stand(self) -> None:
        """Show the new whole."""
        self._outer.addWidget(self.whole)

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
