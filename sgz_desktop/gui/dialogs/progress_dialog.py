"""Long work over a page: what is being done, how far, 取消. Nothing half done is left behind by the work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.theme import px
from sgz_desktop.gui.widgets.progress import ProgressPanel


class ProgressDialog(QDialog):
    """Closes when the work ends or was cancelled; Esc cancels."""

    def __init__(
        self, owner: QWidget, title: str, work: Callable[[jobs.Task], Any], done: Callable[[Any], None]
    ) -> None:
        super().__init__(owner.window())
        self.setWindowTitle(title)
        self.setMinimumWidth(px(440))
        self._owner, self._done = owner, done
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(20))
        self.panel = ProgressPanel(title)
        self.panel.cancelled.connect(self.reject)
        column.addWidget(self.panel)
        self._job = jobs.start(self, work, done=self._finished, failed=self._failed, progress=self.panel.step)

    def _finished(self, result: Any) -> None:
        self.accept()
        self._done(result)

    def _failed(self, problem: BaseException) -> None:
        super().reject()
        messages.show_problem(problem, self._owner)

    def reject(self) -> None:
        self._job.cancel()
        super().reject()


def run_with_progress(
    owner: QWidget, title: str, work: Callable[[jobs.Task], Any], done: Callable[[Any], None]
) -> ProgressDialog:
    """Show the dialog and start; `work(task)` reports with task.step(done, total, words)."""
    dialog = ProgressDialog(owner, title, work, done)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
