"""Controls a person types or chooses in. Each has `value()`, `set_value()` and a `changed` signal."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QPlainTextEdit, QSizePolicy

from sgz_desktop.gui import theme
from sgz_desktop.gui.theme import px
from sgz_desktop.gui.widgets.line_edit import LineEdit, PasswordEdit

__all__ = ["Choice", "LineEdit", "PasswordEdit", "TextArea", "Tick"]


class TextArea(QPlainTextEdit):
    """Several lines; grows with its text from `lines` up to `most` lines, Tab goes to the next field."""

    changed = Signal()
    left = Signal()

    def __init__(self, placeholder: str = "", lines: int = 3, most: int = 12) -> None:
        super().__init__()
        self._lines, self._most = lines, most
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self.changed.emit)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._fit()

    def value(self) -> str:
        """What stands there, as typed."""
        return self.toPlainText()

    def set_value(self, value: str | None) -> None:
        """Show a value; None clears."""
        if (value or "") != self.toPlainText():
            self.setPlainText(value or "")

    def _fit(self) -> None:
        line = QFontMetrics(theme.font("body")).lineSpacing()
        lines = self._lines_here()
        over = lines > self._most  # a bar that comes and goes would make the lines break anew
        bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if over else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(bar)
        shown = min(max(lines, self._lines), self._most)
        self.setFixedHeight(line * shown + 2 * px(6) + 2 * 4 + 8)

    def _lines_here(self) -> int:
        """Lines at the width in force: a document counts those of a width it had before it was asked."""
        document = self.document()
        layout, block, lines = document.documentLayout(), document.begin(), 0
        while block.isValid():
            layout.blockBoundingRect(block)
            lines += block.layout().lineCount()
            block = block.next()
        return lines

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            QTimer.singleShot(0, self, self._fit)  # not while the parts of the area are being placed

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class Choice(QComboBox):
    """One of some options given as (value, words); the wheel only turns it once it has the keyboard."""

    changed = Signal()
    left = Signal()

    def __init__(
        self, options: Sequence[tuple[object, str]] = (), placeholder: str = "", value: object = None
    ) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setMaxVisibleItems(12)
        self.setPlaceholderText(placeholder)
        self.set_options(options)
        self.set_value(value)
        self.currentIndexChanged.connect(lambda _index: self.changed.emit())

    def set_options(self, options: Sequence[tuple[object, str]]) -> None:
        """Replace the options, keeping the value when it is still there."""
        kept = self.value()
        blocked = self.blockSignals(True)
        self.clear()
        for value, words in options:
            self.addItem(words, value)
        self.set_value(kept)
        self.blockSignals(blocked)

    def value(self) -> object:
        """The value chosen, None when nothing is."""
        return self.currentData()

    def set_value(self, value: object) -> None:
        """Choose by value; an unknown value or None chooses nothing."""
        found = next((i for i in range(self.count()) if self.itemData(i) == value), -1)
        self.setCurrentIndex(found)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class Tick(QCheckBox):
    """A yes-or-nothing box."""

    changed = Signal()
    left = Signal()

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.toggled.connect(lambda _on: self.changed.emit())

    def value(self) -> bool:
        """Ticked."""
        return self.isChecked()

    def set_value(self, value: bool | None) -> None:
        """Tick or clear."""
        self.setChecked(bool(value))
