"""Text on the surface: always plain text, always wrapped or ended with …, never cut."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from sgz_desktop.gui import icons, theme


def label(text: str = "", role: str = "body", tone: str = "text", *, wrap: bool = False) -> QLabel:
    """A line of text, or with `wrap` a paragraph that grows downwards. User text is never read as HTML."""
    made = _Wrapped(text) if wrap else QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setProperty("tone", tone)
    return made


def paragraph(text: str = "", role: str = "body", tone: str = "text") -> QLabel:
    """A wrapping label."""
    return label(text, role, tone, wrap=True)


def set_tone(widget: QWidget, tone: str) -> None:
    """Change the colour of a label and have the style sheet take notice."""
    set_property(widget, "tone", tone)


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a dynamic property the style sheet selects by, and repolish only when it changed."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else it is polished when shown
            widget.style().unpolish(widget)
            widget.style().polish(widget)
            widget.update()


class _Wrapped(QLabel):
    """A word-wrapped label that keeps the height its width asks for, also inside nested layouts."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def setText(self, text: str) -> None:
        if text != self.text():
            super().setText(text)
            self._fit()

    def _fit(self) -> None:
        """A label never asks for less than its minimum, so the old one goes before the new one is read."""
        before = self.minimumHeight()
        self.setMinimumHeight(0)
        height = self.heightForWidth(self.width())
        self.setMinimumHeight(height if height > 0 else before)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(80), super().minimumSizeHint().height())


class Elided(QLabel):
    """One line that ends in … when it does not fit; the whole text is the tooltip and accessible name."""

    def __init__(self, text: str = "", role: str = "body", tone: str = "text") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def setText(self, text: str) -> None:
        flat = " ".join(text.split())
        super().setText(flat)
        self.setAccessibleName(flat)
        self.setMaximumWidth(QFontMetrics(theme.font(str(self.property("role")))).horizontalAdvance(flat) + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(24), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        if self.toolTip() != (self.text() if shown != self.text() else ""):
            self.setToolTip(self.text() if shown != self.text() else "")
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(
            QRect(0, 0, self.width(), self.height()),
            int(self.alignment() | Qt.AlignmentFlag.AlignVCenter),
            shown,
        )


class IconLabel(QLabel):
    """A tinted icon beside text; says nothing itself unless given a name."""

    def __init__(self, name: str, tone: str = "text2", size: int = 18, drop: float = 1.0) -> None:
        super().__init__()
        self._size, self._drop = size, drop
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_icon(name, tone)

    def set_icon(self, name: str, tone: str = "text2") -> None:
        """Show another icon."""
        self.setPixmap(icons.pixmap(name, theme.px(self._size), tone, self._drop))


def keycap(text: str) -> QLabel:
    """A key to press, drawn as a key."""
    made = QLabel(text)
    made.setProperty("kind", "keycap")
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setMinimumWidth(theme.px(24))
    return made


def rule() -> QFrame:
    """A 1 px line across."""
    made = QFrame()
    made.setProperty("kind", "rule")
    made.setFixedHeight(1)
    return made
