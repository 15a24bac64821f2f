"""Controls a person types or chooses in. Each has `value()`, `set_value()` and a `changed` signal."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QSizePolicy

from sgz_desktop.gui import icons, theme
from sgz_desktop.gui.theme import px


class LineEdit(QLineEdit):
    """One line of text; `left` fires when the keyboard leaves it."""

    changed = Signal()
    left = Signal()

    def __init__(self, placeholder: str = "") -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.textChanged.connect(lambda _text: self.changed.emit())

    def value(self) -> str:
        """What stands there, as typed."""
        return self.text()

    def set_value(self, value: str | None) -> None:
        """Show a value; None clears."""
        if (value or "") != self.text():
            self.setText(value or "")
            self.setCursorPosition(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


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
        shown = min(max(int(self.document().size().height()), self._lines), self._most)
        self.setFixedHeight(line * shown + 2 * px(6) + 2 * 4 + 8)

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


class PasswordEdit(LineEdit):
    """Hidden text with an eye that shows it while held."""

    def __init__(self, placeholder: str = "") -> None:
        super().__init__(placeholder)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._eye = QPushButton(self)
        self._eye.setStyleSheet(
            "QPushButton { border: 0; background: transparent; padding: 0; min-height: 0; }"
        )
        self._eye.setIcon(icons.icon("eye", "text2", 18, 0))
        self._eye.setIconSize(QSize(px(18), px(18)))
        self._eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._eye.setCursor(Qt.CursorShape.PointingHandCursor)
        self._eye.setAccessibleName("按住查看密码")
        self._eye.setToolTip("按住查看密码")
        self._eye.pressed.connect(lambda: self.setEchoMode(QLineEdit.EchoMode.Normal))
        self._eye.released.connect(lambda: self.setEchoMode(QLineEdit.EchoMode.Password))
        self.setTextMargins(0, 0, px(26), 0)
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            side = px(32)
            self._eye.setGeometry(self.width() - side - 3, (self.height() - side) // 2, side, side)
        return super().eventFilter(watched, event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Password)
        super().focusOutEvent(event)
