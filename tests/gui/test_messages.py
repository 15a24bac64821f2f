"""What dialogs say of a problem; and that a bug never shows a value."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from sgz_desktop.errors import AppError, Cancelled
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.device_dialogs import InviteDialog

SECRET = "梁戊菊13900000000"


class Said(NamedTuple):
    """What a dialog showed: all its words, and whether none of them could be taken for HTML."""

    words: str
    plain: bool


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[Said]:
    """Dialogs are read instead of being waited for."""
    kept: list[Said] = []

    def read(dialog: messages.Dialog) -> int:
        labels = [label for label in dialog.findChildren(QLabel) if label.text()]
        plain = all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)
        kept.append(Said("\n".join(label.text() for label in labels), plain))
        return 0

    monkeypatch.setattr(messages.Dialog, "exec", read)
    return kept


@pytest.fixture
def hooks() -> Iterator[None]:
    """The hooks of the interpreter as they were."""
    before = sys.excepthook, threading.excepthook
    yield
    sys.excepthook, threading.excepthook = before
    messages._installed.clear()


def break_with_a_value() -> BaseException:
    try:
        raise ValueError(SECRET)
    except ValueError as problem:
        return problem


def test_app_error_is_its_sentence_and_hint(seen: list[Said]) -> None:
    messages.show_problem(AppError("磁盘空间不够，没能保存；", "请先不要关闭窗口。"))
    assert "磁盘空间不够，没能保存；" in seen[0].words
    assert "请先不要关闭窗口。" in seen[0].words


def test_bug_names_places_and_no_value(seen: list[Said]) -> None:
    messages.show_problem(break_with_a_value())
    said = seen[0].words
    assert messages.BUG_MESSAGE in said
    assert "ValueError" in said
    assert SECRET not in said


def test_cancelled_says_nothing(seen: list[Said]) -> None:
    messages.show_problem(Cancelled())
    assert seen == []


@pytest.mark.parametrize("text", ["<b>粗</b>", "a & b", "<img src=x>"])
def test_text_of_people_is_never_html(seen: list[Said], text: str) -> None:
    messages.show_problem(AppError(text))
    assert seen[0].plain
    assert text in seen[0].words


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
    seen: list[Said],
    hooks: None,
    qtbot: QtBot,
    capsys: pytest.CaptureFixture[str],
) -> None:
    messages.install()
    break_it()
    qtbot.waitUntil(lambda: bool(seen))
    assert len(seen) == 1
    assert messages.BUG_MESSAGE in seen[0].words
    assert SECRET not in capsys.readouterr().err


def test_a_window_keeps_no_dialogs_that_were_closed(seen: list[Said], qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    messages.tell(window, "已保存。")
    messages.ask(window, "要一并结束吗？", yes="一并结束")
    messages.show_problem(break_with_a_value(), window)
    assert len(seen) == len(window.findChildren(messages.Dialog)) == 3
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert window.findChildren(messages.Dialog) == []


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


def test_a_dialog_is_as_high_as_its_words_at_its_width(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    told = SimpleNamespace(letter="D", fingerprint="7399 8562 5539 2898 4077")
    dialog = InviteDialog(owner, cast(Any, told), "邀请新电脑-2026-06-30.sgzjoin")
    dialog.open()
    assert dialog.height() == dialog.layout().heightForWidth(dialog.width())


def test_a_dialog_that_was_given_a_size_keeps_it(qtbot: QtBot) -> None:
    dialog = messages.Dialog(None, "文书", "请选一份", "都在本机。")
    qtbot.addWidget(dialog)
    dialog.resize(500, 400)
    dialog.open()
    assert (dialog.width(), dialog.height()) == (500, 400)


JOIN, BOTH = "邀请 (*.sgzjoin)", "PDF文件 (*.pdf);;加密的PDF (*.pdf.age)"


@pytest.mark.parametrize(
    ("typed", "kinds", "chosen", "saved"),
    [
        ("新电脑", JOIN, JOIN, "新电脑.sgzjoin"),
        ("新电脑.SGZJOIN", JOIN, JOIN, "新电脑.SGZJOIN"),
        ("6.30", JOIN, "", "6.30.sgzjoin"),
        ("a", BOTH, "加密的PDF (*.pdf.age)", "a.pdf.age"),
        ("a.pdf", BOTH, "加密的PDF (*.pdf.age)", "a.pdf"),
        ("a", f"{JOIN};;所有文件 (*)", "所有文件 (*)", "a"),
        ("a", "所有文件 (*)", "", "a"),
    ],
)
def test_a_name_without_an_ending_gets_that_of_its_kind(
    typed: str, kinds: str, chosen: str, saved: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / typed), chosen))
    assert messages.ask_save_path(None, "x", kinds) == tmp_path / saved


def test_what_already_has_the_ended_name_is_asked_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.sgzjoin").write_bytes(b"of another")
    answers = [False, True]
    monkeypatch.setattr(messages, "ask", lambda *_, **__: answers.pop(0))
    typed = ["a", "a", "a.sgzjoin"]  # of the last the dialog itself asked
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / typed.pop(0)), JOIN))
    asked = [messages.ask_save_path(None, "x", JOIN) for _ in range(3)]
    assert asked == [None, tmp_path / "a.sgzjoin", tmp_path / "a.sgzjoin"]


def test_a_store_is_no_place_to_save_and_another_is_asked_for(
    seen: list[Said], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "slots.json").touch()
    chosen = iter([tmp_path / "s" / "store.db", tmp_path / "a.pdf"])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (str(next(chosen)), ""))
    assert messages.ask_save_path(None, "a.pdf") == tmp_path / "a.pdf"
    assert len(seen) == 1
    assert "存放资料的文件夹" in seen[0].words
