"""A fingerprint in big digits: five groups of four, to be read aloud from one screen to the other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.labels import label


class Fingerprint(QFrame):
    """A screen reader says it group by group."""

    def __init__(self, digits: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "band-tint")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(px(Space.M), px(10), px(Space.M), px(10))
        self._row.setSpacing(px(Space.L))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.digits = ""
        self.show_digits(digits)

    def show_digits(self, digits: str) -> None:
        """Show another one; "" leaves it empty."""
        self.digits = digits
        while item := self._row.takeAt(0):
            if made := item.widget():
                made.deleteLater()
        self._row.addStretch(1)
        for group in digits.split():
            self._row.addWidget(label(group, "title"))
        self._row.addStretch(1)
        said = "，".join(" ".join(group) for group in digits.split())
        self.setAccessibleName(f"指纹：{said}" if said else "指纹")
