"""What a save refused, said at the fields it is about."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from sgz_desktop.actions.forms import FormRefused
from sgz_desktop.gui import messages
from sgz_desktop.gui.widgets.field_frame import FieldFrame


def show_refusal(problem: BaseException, fields: Mapping[str, FieldFrame], parent: QWidget) -> None:
    """Each field refused gets its sentence and the keyboard; what is about none of them is a message."""
    found = problem.problems if isinstance(problem, FormRefused) else ()
    known = [one for one in found if one.field in fields]
    for one in known:
        fields[one.field].refuse(one.sentence)
    if not known:
        messages.show_problem(problem, parent)
