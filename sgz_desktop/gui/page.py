"""What the main window asks of a page."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sgz_desktop.gui.theme import WidthClass


class Page(QWidget):
    """A section of the window. Subclasses override what they need; everything is called on the GUI thread."""

    go = Signal(str, object)
    """Ask the window for another section: (section key, what to show there)."""
    said = Signal(str, object)
    """Ask for a toast: (sentence, undo callable or None)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "canvas")

    def activate(self, target: Any = None) -> None:
        """The page comes to the front; `target` says which record to show, None keeps what was there."""

    def on_changes(self, changes: Any) -> None:
        """Records changed somewhere: reload what is shown, never overwrite what is being typed."""

    def flush(self) -> None:
        """Save drafts now: the window is closing, locking or losing the keyboard."""

    def set_compact(self, width: WidthClass) -> None:
        """Fold or unfold for a width class."""

    def subject(self) -> dict[str, str]:
        """Whom the page is about just now, for 登记来访来电 and 紧急报告: ids under "person", "household" and
        "case", as far as there are any."""
        return {}

    def find(self) -> bool:
        """Put the keyboard into this page's own search box; False when it has none."""
        return False
