"""A band: one sentence across the page with what can be done about it at the right end."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.labels import IconLabel, paragraph

_ICONS = {
    "tint": ("info", "brand"),
    "warm": ("alert", "warn"),
    "danger": ("alert", "danger"),
    "plain": ("info", "info"),
}


class Band(QFrame):
    """`kind`: tint = reminder, warm = something is missing, danger = past its date, plain = a note."""

    def __init__(
        self,
        text: str,
        kind: str = "tint",
        *,
        icon: str = "",
        actions: tuple[QWidget, ...] = (),
        second: str = "",
    ) -> None:
        super().__init__()
        self.setProperty("kind", f"band-{kind}")
        drawn, tone = _ICONS[kind]
        row = QHBoxLayout(self)
        row.setContentsMargins(px(14), px(6), px(10), px(6))
        row.setSpacing(px(Space.S))
        self._icon = IconLabel(icon or drawn, tone, 18)
        row.addWidget(self._icon)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._text = paragraph(text)
        self._second = paragraph(second, "body", "plain")
        words.addWidget(self._text)
        words.addWidget(self._second)
        row.addLayout(words, 1)
        self._second.setVisible(bool(second))  # once it is in here: by itself it would be a window
        for action in actions:
            row.addWidget(action, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumHeight(px(44))
        self.setAccessibleName(text)

    def set_text(self, text: str, second: str = "") -> None:
        """Say something else."""
        self._text.setText(text)
        self._second.setText(second)
        self._second.setVisible(bool(second))
        self.setAccessibleName(text)

    def second(self) -> str:
        """The line below it."""
        return self._second.text()

    def text(self) -> str:
        """The sentence shown."""
        return self._text.text()
