"""What else the report page does: the brief as a document that can be altered, the bureau's own forms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from sgz_desktop import files
from sgz_desktop.actions.brief_word import word_brief
from sgz_desktop.actions.desk import Desk
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.pages.report_head import file_name
from sgz_desktop.gui.widgets.buttons import menu_button

WORD = "Word文档 (*.docx)"
SAVED = "已保存到{}：{}"
KEY = "F7"
Report = tuple[str, str]  # sort and span
Said = Callable[[str, object], object]


def more_button(
    page: QWidget, desk: Desk, report: Callable[[], Report], said: Said, open_bureau: Callable[[], None]
) -> QPushButton:
    """更多: 存为Word of the report in front, of which `said` tells; 局发表样, also by its key."""
    entries = [
        ("存为Word", lambda: save_word(page, desk, report(), said)),
        (f"局发表样（{KEY}）", open_bureau),
    ]
    key = QShortcut(QKeySequence(KEY), page)
    key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    key.activated.connect(open_bureau)
    made = menu_button("更多", entries)
    made.setAccessibleName("更多：存为Word、局发表样")
    return made


def with_word(name: str) -> str:
    """A PDF's name as that of a document."""
    return name.removesuffix(".pdf") + ".docx"


def with_ending(path: Path, ending: str) -> Path:
    """The path, with the ending of what is written to it."""
    return path if path.suffix.lower() == ending else path.with_name(path.name + ending)


def told(path: Path) -> str:
    """Where a file was saved."""
    return SAVED.format(path.parent.name or path.parent, path.name)


def save_word(page: QWidget, desk: Desk, report: Report, said: Said) -> None:
    """Ask where to, and write a report there as a document, whole or not at all."""
    sort, span = report
    path = messages.ask_save_path(page, with_word(file_name(sort, span)), WORD) if span else None
    if path is None:
        return
    target = with_ending(path, ".docx")
    jobs.start(
        page,
        lambda _task: files.write_atomic(target, word_brief(desk, span, sort)),
        done=lambda _digest: said(told(target), None),
        failed=lambda problem: messages.show_problem(problem, page),
        key="word",
    )
