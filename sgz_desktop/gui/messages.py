"""The only place that shows dialogs: a problem, a question, a file to choose.

An `AppError` is its sentence and its hint. Anything else is our bug: the dialog says so, that saved records
are unharmed, and names the places in the code; never a value, since a value may be somebody's life.
"""

from __future__ import annotations

import re
import sys
import threading
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from sgz_desktop import files
from sgz_desktop.errors import AppError, Cancelled
from sgz_desktop.gui import clipboard, jobs, theme
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import Button, button
from sgz_desktop.gui.widgets.labels import IconLabel, paragraph

BUG_MESSAGE = "程序出了一点问题，刚才这一步没有做完。"
BUG_HINT = "已保存的资料没有变动，可以接着用。请把下面的编号告诉维护人员。"


class Dialog(QDialog):
    """A sentence, a hint under it, and buttons with the safe one at the left."""

    def __init__(
        self, parent: QWidget | None, title: str, text: str, hint: str = "", *, tone: str = "info"
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(px(440))
        self.setMaximumWidth(px(560))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(24), px(22), px(24), px(18))
        outer.setSpacing(px(Space.L))
        row = QHBoxLayout()
        row.setSpacing(px(14))
        row.addWidget(
            IconLabel("alert" if tone in ("warn", "danger") else "info", tone, 26, 0),
            0,
            Qt.AlignmentFlag.AlignTop,
        )
        self.column = QVBoxLayout()
        self.column.setSpacing(px(6))
        self.text, self.hint = paragraph(text, "name"), paragraph(hint, "body", "plain")
        self.column.addWidget(self.text)
        self.column.addWidget(self.hint)
        self.hint.setVisible(bool(hint))
        self.column.addStretch(0)
        row.addLayout(self.column, 1)
        outer.addLayout(row)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(px(10))
        self._buttons.addStretch(1)
        outer.addLayout(self._buttons)
        self.setAccessibleDescription(text + hint)

    def setVisible(self, visible: bool) -> None:
        """As high as the words need at this width: Qt reckons with a narrower one and leaves a hole."""
        fits = visible and not self.testAttribute(Qt.WidgetAttribute.WA_Resized)
        super().setVisible(visible)
        if fits and self.layout().hasHeightForWidth():
            self.layout().activate()  # words take their lines at this width, and ask for less
            self.resize(self.width(), self.layout().heightForWidth(self.width()))

    def add(self, words: str, result: int, kind: str = "secondary") -> Button:
        """A button that closes the dialog with `result`."""
        made = button(words, kind, on_click=lambda: self.done(result))
        made.setAutoDefault(False)
        self._buttons.addWidget(made)
        return made


def show_problem(problem: BaseException, parent: QWidget | None = None) -> None:
    """Say what went wrong; Cancelled says nothing."""
    if isinstance(problem, Cancelled):
        return
    if isinstance(problem, AppError):
        tell(parent, problem.message, problem.hint, title="请看一下", tone="warn")
        return
    _show_bug(problem, parent)


def tell(
    parent: QWidget | None, text: str, hint: str = "", *, title: str = "提示", tone: str = "info"
) -> None:
    """One sentence to be read and closed."""
    dialog = Dialog(_over(parent), title, text, hint, tone=tone)
    dialog.add("知道了", 1, "primary").setFocus()
    _answer(dialog)


def ask(
    parent: QWidget | None,
    text: str,
    hint: str = "",
    *,
    yes: str,
    no: str = "返回",
    title: str = "请选择",
    tone: str = "warn",
) -> bool:
    """A question; True when the person pressed `yes` (a verb). Enter and Esc mean `no`."""
    dialog = Dialog(_over(parent), title, text, hint, tone=tone)
    dialog.add(no, 0).setFocus()
    dialog.add(yes, 1, "primary")
    return bool(_answer(dialog))


def _answer(dialog: Dialog) -> int:
    """What was pressed. The window keeps no dialogs that were closed."""
    answer = dialog.exec()
    dialog.deleteLater()
    return answer


def ask_save_path(parent: QWidget | None, suggested: str, kinds: str = "PDF文件 (*.pdf)") -> Path | None:
    """Where to save a file; None when the person changed their mind."""
    return ask_save_kind(parent, suggested, kinds)[0]


def ask_save_kind(parent: QWidget | None, suggested: str, kinds: str) -> tuple[Path | None, str]:
    """The same, with the one of the kinds that was chosen. A name without an ending of theirs gets one; in
    the folder of a store nothing is saved, so another is asked for."""
    path, kind = _asked(parent, suggested, kinds)
    if path is None:
        return None, kind
    ended = path.with_name(path.name + missing_ending(path.name, kinds, kind))
    if ended != path and ended.exists():  # the dialog asked about another name
        told = f"已经有“{ended.name}”了。"
        if not ask(parent, told, "替换后，原来那份就没有了。", yes="替换"):
            return None, kind
    return ended, kind


def _asked(parent: QWidget | None, suggested: str, kinds: str) -> tuple[Path | None, str]:
    from PySide6.QtWidgets import QFileDialog

    while True:
        name, kind = QFileDialog.getSaveFileName(_over(parent), "保存到", suggested, kinds)
        if not name:
            return None, kind
        try:
            files.refuse_in_store(Path(name))
        except AppError as refused:
            show_problem(refused, parent)
            continue
        return Path(name), kind


def missing_ending(name: str, kinds: str, kind: str) -> str:
    """The ending of the chosen kind, the first where none is, unless the name has one of a kind offered."""
    every = _endings(kinds)
    if not every or name.casefold().endswith(tuple(every)):
        return ""
    return next(iter(_endings(kind) if kind else every), "")


def _endings(kinds: str) -> list[str]:
    """Of “表格 (*.xlsx *.csv);;所有文件 (*)”: .xlsx and .csv."""
    return re.findall(r"\*(\.[\w.]+)", kinds)


def ask_open_path(parent: QWidget | None, kinds: str = "所有文件 (*)") -> Path | None:
    """Which file to open; None when the person changed their mind."""
    from PySide6.QtWidgets import QFileDialog

    name, _ = QFileDialog.getOpenFileName(_over(parent), "选择文件", "", kinds)
    return Path(name) if name else None


def ask_open_paths(parent: QWidget | None, kinds: str) -> list[Path]:
    """Which files to open, several at once; none when the person changed their mind."""
    from PySide6.QtWidgets import QFileDialog

    names, _ = QFileDialog.getOpenFileNames(_over(parent), "选择文件，可以选几份", "", kinds)
    return [Path(name) for name in names]


def ask_folder(parent: QWidget | None) -> Path | None:
    """Which folder; None when the person changed their mind."""
    from PySide6.QtWidgets import QFileDialog

    name = QFileDialog.getExistingDirectory(_over(parent), "选择文件夹")
    return Path(name) if name else None


def _over(parent: QWidget | None) -> QWidget | None:
    app = QApplication.instance()
    if app is not None:
        theme.translate(app)
    return parent.window() if parent else QApplication.activeWindow()


def bug_number(problem: BaseException) -> str:
    """The kind of an unexpected problem and the places it passed in our code, without any value."""
    import traceback

    frames = traceback.extract_tb(problem.__traceback__)
    ours = [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames if "sgz_desktop" in f.filename]
    return "\n".join([type(problem).__name__, *ours[-6:]])


def _show_bug(problem: BaseException, parent: QWidget | None) -> None:
    number = bug_number(problem)
    dialog = Dialog(_over(parent), "程序问题", BUG_MESSAGE, BUG_HINT, tone="warn")
    details: QLabel = paragraph(number, "caption", "muted")
    details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    dialog.column.addWidget(details)
    copy = button("复制编号", on_click=lambda: clipboard.put(number))
    copy.setAutoDefault(False)
    dialog._buttons.addWidget(copy)
    dialog.add("知道了", 1, "primary").setFocus()
    _answer(dialog)


class _Hooks(QObject):
    """Brings a problem from any thread to the GUI thread."""

    problem = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.showing = False
        self.problem.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def _show(self, problem: BaseException) -> None:
        if self.showing:
            return
        self.showing = True
        try:
            show_problem(problem)
        finally:
            self.showing = False

    def main(self, kind: type[BaseException], problem: BaseException, where: TracebackType | None) -> None:
        if issubclass(kind, (KeyboardInterrupt, SystemExit)):
            sys.__excepthook__(kind, problem, where)
            return
        print(bug_number(problem), file=sys.stderr)
        self.problem.emit(problem)

    def thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.main(args.exc_type, args.exc_value, args.exc_traceback)


_installed: list[_Hooks] = []


def install() -> None:
    """Show every problem nobody caught, from any thread; call once after QApplication exists."""
    hooks = _Hooks()
    _installed[:] = [hooks]
    sys.excepthook = hooks.main
    threading.excepthook = hooks.thread
    jobs.on_failed(show_problem)
