"""What dialogs that save something from a day on have in common: the day, the save under way, its refusal."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import FormRefused, Saved
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.field_boxes import FieldBox
from sgz_desktop.gui.messages import Dialog


class DatedDialog(Dialog):
    """`saved(Saved)` after the commit. A kind of it makes `day`, and ends with `finish`."""

    saved = Signal(object)
    day: FieldBox

    def __init__(self, owner: QWidget, desk: Desk, title: str, text: str, hint: str) -> None:
        super().__init__(owner.window(), title, text, hint)
        self._desk = desk

    def finish(self, label: str) -> None:
        """The last button, which saves."""
        self.save = self.add(label, 1, "primary")
        self.save.clicked.disconnect()
        self.save.clicked.connect(lambda _on: self._save())

    def _save(self) -> None:
        raise NotImplementedError

    def keep(self, work: Callable[[], Saved]) -> None:
        """Save in the background; what is refused stands under the day."""
        self.save.set_busy("正在保存")
        jobs.start(self, lambda _task: work(), done=self._done, failed=self._refused)

    def _done(self, saved: Saved) -> None:
        self.saved.emit(saved)
        self.accept()

    def _refused(self, problem: BaseException) -> None:
        self.save.set_busy("")
        if isinstance(problem, FormRefused):
            self.day.set_error(problem.problems[0].sentence)
            self.day.control.setFocus()
        else:
            messages.show_problem(problem, self)
