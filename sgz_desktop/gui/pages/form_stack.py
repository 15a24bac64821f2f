"""A page that now and then gives its place to a form, and takes it back when the form is done."""

from __future__ import annotations

from typing import Any

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from sgz_desktop.gui.page import Page
from sgz_desktop.gui.theme import WidthClass


class FormStack(QStackedWidget):
    """`base` is the page; `put` shows a form over it, `take` removes the form. Forms may have flush(),
    on_changes(), set_compact() and let_go()."""

    def __init__(self, base: QWidget) -> None:
        super().__init__()
        self.base = base
        self.over: QWidget | None = None
        self._width = WidthClass.WIDE
        self._before: QWidget | None = None
        self.addWidget(base)

    def put(self, form: QWidget) -> None:
        """Bring a form to the front; one that stands there keeps its draft and goes."""
        if self.over is None:
            self._before = self.focusWidget()
        else:
            self.flush()
            self._remove()
        self.over = form
        self.addWidget(form)
        self._call("set_compact", self._width)
        self.setCurrentWidget(form)

    def take(self) -> None:
        """Bring the page back, with the keyboard where it was."""
        if self.over is None:
            return
        self._remove()
        self.setCurrentWidget(self.base)
        if self._before is not None and shiboken6.isValid(self._before):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self) -> None:
        assert self.over is not None
        self._call("let_go")
        self.removeWidget(self.over)
        self.over.deleteLater()
        self.over = None

    def flush(self) -> None:
        """Have the form keep its draft."""
        self._call("flush")

    def on_changes(self, changes: Any) -> None:
        """Tell the form that records changed."""
        self._call("on_changes", changes)

    def set_compact(self, width: WidthClass) -> None:
        """Fold the form for a width class."""
        self._width = width
        self._call("set_compact", width)

    def _call(self, name: str, *values: Any) -> None:
        if self.over is not None and hasattr(self.over, name):
            getattr(self.over, name)(*values)


class StackedPage(Page):
    """A section that is such a page: `stand_on` is given what it shows by itself."""

    def stand_on(self, base: QWidget) -> None:
        """Show `base`, and forms over it."""
        self.stack = FormStack(base)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)

    def on_changes(self, changes: Any) -> None:
        self.stack.on_changes(changes)

    def flush(self) -> None:
        self.stack.flush()

    def set_compact(self, width: WidthClass) -> None:
        self.stack.set_compact(width)
