"""A walk by Tab through what is in sight: where the keyboard comes, and what it misses."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from sgz_desktop.gui.widgets.chips import Chips

CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QTextEdit, QPlainTextEdit, QAbstractItemView)
MOST = 150  # presses of Tab before a round is given up


def usable(page: QWidget) -> list[QWidget]:
    """What a mouse could use: every control in sight but the parts Qt makes controls of."""
    found = [one for kind in CONTROLS for one in page.findChildren(kind)]
    return [
        one
        for one in dict.fromkeys(found)
        if one.isVisible() and one.isEnabled() and not one.objectName().startswith("qt_")
    ]


def walked() -> list[QWidget]:
    """Where the keyboard was, by Tab and along rows of chips by arrow, until it came round."""
    seen: list[QWidget] = []
    for _ in range(MOST):
        here = QApplication.focusWidget()
        if here is None or (seen and here is seen[0] and len(seen) > 1):
            break
        if not seen or here is not seen[-1]:
            seen.append(here)
        if isinstance(here.parentWidget(), Chips):
            seen += along(here)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        QApplication.processEvents()
    return seen


def along(chip: QWidget) -> list[QWidget]:
    """The chips an arrow leads to, back to the first."""
    passed: list[QWidget] = []
    for _ in range(len(chip.parentWidget().children())):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
        here = QApplication.focusWidget()
        if here is None or here is chip or here in passed:
            break
        passed.append(here)
    return passed


def missed(page: QWidget) -> list[str]:
    """Controls in sight that Tab does not come to, by their words."""
    reached = walked()
    lost = [
        one
        for one in usable(page)
        if not any(one is was or one.isAncestorOf(was) or was.isAncestorOf(one) for was in reached)
    ]
    return [f"{type(one).__name__} {one.accessibleName() or getattr(one, 'text', str)()}" for one in lost]
