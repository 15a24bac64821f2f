"""One line of text, and one that hides it. Apart from the other inputs: the unlock page needs only these."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QPushButton

from sgz_desktop.gui import icons
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
