"""Twenty digits that somebody reads over the telephone, typed here before anything is done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from sgz_desktop.errors import AppError
from sgz_desktop.gui import jobs
from sgz_desktop.gui.dialogs.worker_dialogs import SecretDialog
from sgz_desktop.gui.widgets.inputs import LineEdit

DIGITS = 20
HINT = "请打电话问对方，按对方屏幕上念的填"
HEARD, REASON = "heard", "reason"


class DigitsDialog(SecretDialog):
    """`work(digits, reason)` runs off the GUI thread, `done` gets what it gave. With `reason`, that is asked
    for too. What is refused stands under the digits, or under the reason where it is about that."""

    def __init__(
        self,
        owner: QWidget,
        title: str,
        text: str,
        does: str,
        work: Callable[[str, str], object],
        done: Callable[[object], None],
        *,
        reason: str = "",
    ) -> None:
        super().__init__(owner, title, text, does)
        self._work, self._then = work, done
        self.field(HEARD, "对方念的指纹（20位数字）", LineEdit("例如 1234 5678 9012 3456 7890"), HINT)
        if reason:
            self.field(REASON, reason, LineEdit())
        self.fields[HEARD].control.setFocus()

    def submit(self) -> None:
        """Check here, then work."""
        for frame in self.fields.values():
            frame.set_error("")
        digits = "".join(self.typed(HEARD).split())
        if not (digits.isdecimal() and len(digits) == DIGITS):
            self.fields[HEARD].refuse("请填20位数字。")
            return
        reason = self.typed(REASON).strip() if REASON in self.fields else ""
        if REASON in self.fields and not reason:
            self.fields[REASON].refuse("请写明原因。")
            return
        self.go.set_busy("正在核对")
        work = self._work
        jobs.start(self, lambda _task: work(digits, reason), done=self._done, failed=self._refused)

    def _done(self, made: object) -> None:
        self.accept()
        self._then(made)

    def blamed(self, problem: AppError) -> str:
        return REASON if REASON in self.fields and "原因" in problem.message else HEARD


def ask_digits(
    owner: QWidget,
    title: str,
    text: str,
    does: str,
    work: Callable[[str, str], object],
    done: Callable[[object], None],
    *,
    reason: str = "",
) -> DigitsDialog:
    """Ask for the digits and do the work."""
    dialog = DigitsDialog(owner, title, text, does, work, done, reason=reason)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
