"""What dialogs say of a problem; and that a bug never shows a value."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from sgz_desktop.errors import AppError, Cancelled
from sgz_desktop.gui import jobs, messages

SECRET = "梁戊菊13900000000"


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[messages.Dialog]:
    """Dialogs are kept instead of being waited for."""
    kept: list[messages.Dialog] = []
    monkeypatch.setattr(messages.Dialog, "exec", lambda self: kept.append(self) or 0)
    return kept


@pytest.fixture
def hooks() -> Iterator[None]:
    """The hooks of the interpreter as they were."""
    before = sys.excepthook, threading.excepthook
    yield
    sys.excepthook, threading.excepthook = before
    messages._installed.clear()


def words(dialog: messages.Dialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def break_with_a_value() -> BaseException:
    try:
        raise ValueError(SECRET)
    except ValueError as problem:
        return problem


def test_app_error_is_its_sentence_and_hint(seen: list[messages.Dialog]) -> None:
    messages.show_problem(AppError("磁盘空间不够，没能保存；", "请先不要关闭窗口。"))
    assert "磁盘空间不够，没能保存；" in words(seen[0])
    assert "请先不要关闭窗口。" in words(seen[0])


def test_bug_names_places_and_no_value(seen: list[messages.Dialog]) -> None:
    messages.show_problem(break_with_a_value())
    said = words(seen[0])
    assert messages.BUG_MESSAGE in said
    assert "ValueError" in said
    assert SECRET not in said


def test_cancelled_says_nothing(seen: list[messages.Dialog]) -> None:
    messages.show_problem(Cancelled())
    assert seen == []


@pytest.mark.parametrize("text", ["<b>粗</b>", "a & b", "<img src=x>"])
def test_text_of_people_is_never_html(seen: list[messages.Dialog], text: str) -> None:
    messages.show_problem(AppError(text))
    assert all(
        label.textFormat() == Qt.TextFormat.PlainText
        for label in seen[0].findChildren(QLabel)
        if label.text()
    )
    assert text in words(seen[0])


def in_thread() -> None:
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()


def in_main() -> None:
    problem = break_with_a_value()
    sys.excepthook(type(problem), problem, problem.__traceback__)


def in_job() -> None:
    owner = QApplication.instance()
    assert owner is not None
    jobs.start(owner, lambda _task: 1 / 0)


@pytest.mark.parametrize("break_it", [in_thread, in_main, in_job])
def test_a_problem_anywhere_is_shown_once_and_printed_without_values(
    break_it: Callable[[], None],
    seen: list[messages.Dialog],
    hooks: None,
    qtbot: QtBot,
    capsys: pytest.CaptureFixture[str],
) -> None:
    messages.install()
    break_it()
    qtbot.waitUntil(lambda: bool(seen))
    assert len(seen) == 1
    assert messages.BUG_MESSAGE in words(seen[0])
    assert SECRET not in capsys.readouterr().err


def test_question_takes_enter_as_the_safe_answer(qtbot: QtBot) -> None:
    dialog = messages.Dialog(None, "请选择", "结案前还有2件待办，要一并结束吗？")
    qtbot.addWidget(dialog)
    safe, go = dialog.add("返回", 0), dialog.add("一并结束", 1, "primary")
    safe.setFocus()
    dialog.show()
    qtbot.keyClick(safe, Qt.Key.Key_Return)
    assert dialog.result() == 0
    dialog.show()
    go.setFocus()
    qtbot.keyClick(go, Qt.Key.Key_Return)
    assert dialog.result() == 1
