"""A field: label above, control, and one message line that is a hint, a doubt (待核) or an error."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from sgz_desktop.gui import theme
from sgz_desktop.gui.theme import px
from sgz_desktop.gui.widgets.labels import IconLabel, label, paragraph, set_property, set_tone
from sgz_desktop.gui.widgets.spoken import say_message

_STATES = {
    "hint": ("", "muted"),
    "ok": ("check", "ok"),
    "warn": ("alert", "warn"),
    "error": ("alert", "danger"),
}


class FieldFrame(QWidget):
    """The frame sets the control's accessible name (with 必填) and description (the message)."""

    def __init__(
        self, title: str, control: QWidget, *, required: bool = False, hint: str = "", note: str = ""
    ) -> None:
        super().__init__()
        self.control, self._hint, self.state = control, hint, "hint"
        self._name = title + ("（必填）" if required else "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        self.title = label(self._name, "second", "plain")
        self.title.setBuddy(control)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        if note:
            head.addWidget(label(note, "caption", "muted"))
        column.addLayout(head)
        column.addWidget(control)
        self._line = QHBoxLayout()
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(px(4))
        column.addLayout(self._line)
        column.addStretch(0)
        control.setAccessibleName(self._name)
        self._message: QLabel | None = None
        self._say(hint, "hint")

    def _words(self) -> QLabel:
        """The message, made when there is something to say: of most fields there never is."""
        if self._message is None:
            self._icon = IconLabel("alert", "danger", 15)
            self._icon.setFixedHeight(QFontMetrics(theme.font("second")).height())
            self._message = paragraph("", "second", "muted")
            self._line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
            self._line.addWidget(self._message, 1)
        return self._message

    def refuse(self, sentence: str) -> None:
        """Say why this cannot be kept, and give the keyboard here."""
        self.set_error(sentence)
        self.control.setFocus()

    def set_error(self, text: str) -> None:
        """Say in one line what to correct; "" goes back to the hint."""
        self._say(text or self._hint, "error" if text else "hint")

    def set_warning(self, text: str) -> None:
        """Say what is kept but should be checked (待核); "" goes back to the hint."""
        self._say(text or self._hint, "warn" if text else "hint")

    def set_ok(self, text: str) -> None:
        """Say that something was done or is in order."""
        self._say(text or self._hint, "ok" if text else "hint")

    def set_hint(self, text: str) -> None:
        """Another hint; a doubt or error that stands is not replaced."""
        self._hint = text
        if self.state == "hint":
            self._say(text, "hint")

    def message(self) -> str:
        """The sentence under the control."""
        return self._message.text() if self._message else ""

    def _say(self, text: str, state: str) -> None:
        self.state = state
        if text or self._message:
            self._show(self._words(), text, *_STATES[state])
        say_message(self.control, text)
        set_property(self.control, "state", state if state in ("warn", "error") else "")

    def _show(self, message: QLabel, text: str, icon: str, tone: str) -> None:
        message.setText(text)
        set_tone(message, tone)
        self._icon.setVisible(bool(icon and text))
        if icon:
            self._icon.set_icon(icon, tone)
        message.setVisible(bool(text))
