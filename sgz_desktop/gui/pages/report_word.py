"""存为Word: the brief of the month in front as a document that can be altered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget

from sgz_desktop import files
from sgz_desktop.actions.brief_word import word_brief
from sgz_desktop.actions.desk import Desk
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.widgets.buttons import button

WORD = "Word文档 (*.docx)"
SAVED = "已保存到{}：{}"
Said = Callable[[str, object], object]


def word_button(page: QWidget, desk: Desk, month: Callable[[], str], said: Said) -> QPushButton:
    """A button that saves the brief of `month()`; `said` takes the sentence for the toast."""
    made = button("存为Word", icon="doc", on_click=lambda: _save(page, made, desk, month(), said))
    made.setToolTip("内容和PDF一样，可以接着改")
    return made


def with_ending(path: Path, ending: str) -> Path:
    """The path, with the ending of what is written to it."""
    return path if path.suffix.lower() == ending else path.with_name(path.name + ending)


def told(path: Path) -> str:
    """Where a file was saved."""
    return SAVED.format(path.parent.name or path.parent, path.name)


def _save(page: QWidget, made: QPushButton, desk: Desk, month: str, said: Said) -> None:
    path = messages.ask_save_path(page, f"工作简报-{month}.docx", WORD) if month else None
    if path is None:
        return
    target = with_ending(path, ".docx")

    def done(_digest: object) -> None:
        made.setEnabled(True)
        said(told(target), None)

    def failed(problem: BaseException) -> None:
        made.setEnabled(True)
        messages.show_problem(problem, page)

    made.setEnabled(False)
    jobs.start(
        page,
        lambda _task: files.write_atomic(target, word_brief(desk, month)),
        done=done,
        failed=failed,
        key="word",
    )
