"""The order of the keyboard where widgets were not made in the order they stand in."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from PySide6.QtWidgets import QWidget


def tab_through(widgets: Iterable[QWidget]) -> None:
    """Tab goes from each to the next."""
    for one, after in itertools.pairwise(widgets):
        QWidget.setTabOrder(one, after)
