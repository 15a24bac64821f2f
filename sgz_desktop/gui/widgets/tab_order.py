"""The order of the keyboard where widgets were not made in the order they stand in."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def tab_through(widgets: Iterable[QWidget]) -> None:
    """Tab goes from each to the next."""
    for one, after in itertools.pairwise(widgets):
        QWidget.setTabOrder(one, after)


def stops(within: QWidget) -> list[QWidget]:
    """What takes Tab in a widget, in the order it does."""
    found, here = [], within.nextInFocusChain()
    for _ in within.findChildren(QWidget):
        if not within.isAncestorOf(here):
            break
        if here.focusPolicy() & Qt.FocusPolicy.TabFocus and here.focusProxy() is None:
            found.append(here)
        here = here.nextInFocusChain()
    return found


def put_before(within: QWidget, after: QWidget) -> None:
    """Tab goes through a widget, new in its place, right before another."""
    own, before = stops(within), after.previousInFocusChain()
    while before is not after and not before.focusPolicy() & Qt.FocusPolicy.TabFocus:
        before = before.previousInFocusChain()  # Qt orders only what takes Tab
    if own and before is not after and not within.isAncestorOf(before):
        tab_through((before, *own, after))
