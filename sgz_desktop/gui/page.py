"""What the main window asks of a page."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget

from sgz_desktop.gui.theme import WidthClass
from sgz_desktop.gui.widgets.buttons import leads_back


class Page(QWidget):
    """A section of the window. Subclasses override what they need; everything is called on the GUI thread."""

    go = Signal(str, object)
    """Ask the window for another section: (section key, what to show there)."""
    said = Signal(str, object)
    """Ask for a toast: (sentence, undo callable or None)."""

    section = ""
    """The key of the section it is, given by the window."""

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

    def step_back(self) -> bool:
        """Esc: close the innermost panel, else 返回. Out of a field with text it first comes to that button:
        no form is left by a slip of the hand. False where nothing leads back."""
        ways = [one for one in self.findChildren(QAbstractButton) if leads_back(one) and one.isVisible()]
        if not ways:
            return False
        way = max(ways, key=_depth)
        if _typed_in(QApplication.focusWidget()):
            way.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            way.click()
        return True


def page_of(widget: QWidget) -> Page | None:
    """The section a widget stands in, None in a dialog."""
    at: QWidget | None = widget
    while at is not None and not (isinstance(at, Page) and at.section):
        at = None if at.isWindow() else at.parentWidget()
    return at


def _depth(widget: QWidget) -> int:
    above = widget.parentWidget()
    return 1 + _depth(above) if above else 0


def _typed_in(field: QWidget | None) -> bool:
    match field:
        case QLineEdit():
            return not field.isReadOnly() and bool(field.text())
        case QPlainTextEdit():
            return not field.isReadOnly() and bool(field.toPlainText())
    return False
