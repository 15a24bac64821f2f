"""What a list or page says when there is nothing: a sentence, and what could be done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.labels import IconLabel, paragraph


class EmptyState(QWidget):
    """An icon in a circle of tint, one sentence, and an action under it."""

    def __init__(
        self, text: str, icon: str = "info", second: str = "", action: QWidget | None = None
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(px(Space.XL), px(Space.XL), px(Space.XL), px(Space.XL))
        column.setSpacing(px(Space.S))
        column.addStretch(1)
        column.addWidget(IconLabel(icon, "muted", 28, 0), 0, Qt.AlignmentFlag.AlignHCenter)
        self._text, self._second = paragraph(text, "body", "plain"), paragraph(second, "second", "muted")
        for words in (self._text, self._second):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(words)
        self._second.setVisible(bool(second))
        if action:
            column.addSpacing(px(Space.XS))
            column.addWidget(action, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self.setAccessibleName(text)

    def set_text(self, text: str, second: str = "") -> None:
        """Say something else."""
        self._text.setText(text)
        self._second.setText(second)
        self._second.setVisible(bool(second))
        self.setAccessibleName(text)
