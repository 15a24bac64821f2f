"""What is copied is marked and taken back; what others copied is left alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sgz_desktop import app, process
from sgz_desktop.gui import clipboard, messages
from sgz_desktop.gui.widgets.inputs import TextArea
from sgz_desktop.gui.widgets.line_edit import LineEdit

WORDS = "覃䶮月 139 0000 0217"
QUICK = 0.05


class Owner:
    """Who put there what is there: without a window system Qt cannot tell."""

    def __init__(self) -> None:
        self.is_us = True

    def __call__(self, board: QClipboard, mode: QClipboard.Mode) -> bool:
        return self.is_us and mode is QClipboard.Mode.Clipboard


@pytest.fixture
def board(qapp: QApplication) -> Iterator[QClipboard]:
    """An empty clipboard, emptied again."""
    found = qapp.clipboard()
    found.clear()
    yield found
    found.clear()


@pytest.fixture
def owner() -> Owner:
    """We are, until a test says otherwise."""
    return Owner()


@pytest.fixture
def watch(board: QClipboard, owner: Owner, qapp: QApplication) -> Iterator[clipboard.ClipboardWatch]:
    """A watch that clears after a twentieth of a second."""
    made = clipboard.ClipboardWatch(qapp, QUICK, owner)
    yield made
    board.changed.disconnect(made._changed)
    made.deleteLater()


def copy_line(qtbot: QtBot) -> None:
    line = LineEdit()
    qtbot.addWidget(line)
    line.setText(WORDS)
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)


def copy_text(qtbot: QtBot) -> None:
    text = TextArea()
    qtbot.addWidget(text)
    text.setPlainText(WORDS)
    text.selectAll()
    qtbot.keyClick(text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)


def copy_number(_qtbot: QtBot) -> None:
    clipboard.put(WORDS)


@pytest.mark.parametrize("copy", [copy_line, copy_text, copy_number])
def test_every_copy_is_marked_and_gone_after_a_while(
    copy: Callable[[QtBot], None], watch: clipboard.ClipboardWatch, board: QClipboard, qtbot: QtBot
) -> None:
    copy(qtbot)
    data = board.mimeData()
    assert data.text() == WORDS
    assert {kind: bytes(data.data(kind).data()) for kind in clipboard.MARKS} == clipboard.MARKS
    qtbot.waitUntil(lambda: not board.text())


def test_half_a_minute_and_the_names_windows_and_klipper_know() -> None:
    assert clipboard.SECONDS == 30
    names = "".join(clipboard.MARKS)
    for name in (
        "ExcludeClipboardContentFromMonitorProcessing",
        "CanIncludeInClipboardHistory",
        "CanUploadToCloudClipboard",
        "x-kde-passwordManagerHint",
    ):
        assert name in names
    assert clipboard.MARKS["x-kde-passwordManagerHint"] == b"secret"


def test_what_another_program_copied_is_never_touched(
    watch: clipboard.ClipboardWatch, board: QClipboard, owner: Owner, qtbot: QtBot
) -> None:
    owner.is_us = False
    board.setText("别人的字")
    qtbot.wait(int(QUICK * 3000))
    watch.clear()
    assert board.text() == "别人的字"
    assert not board.mimeData().hasFormat("x-kde-passwordManagerHint")


def test_what_comes_after_our_copy_is_not_cleared_in_its_place(
    watch: clipboard.ClipboardWatch, board: QClipboard, owner: Owner, qtbot: QtBot
) -> None:
    copy_line(qtbot)
    owner.is_us = False
    board.setText("别人的字")
    qtbot.wait(int(QUICK * 3000))
    assert board.text() == "别人的字"


def test_a_second_copy_has_its_whole_time(
    board: QClipboard, owner: Owner, qapp: QApplication, qtbot: QtBot
) -> None:
    watch = clipboard.ClipboardWatch(qapp, 30, owner)
    copy_line(qtbot)
    timer = watch._timers[QClipboard.Mode.Clipboard]
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.start()
    qtbot.waitUntil(lambda: timer.remainingTime() < 29_800)
    left = timer.remainingTime()
    clipboard.put("又一次")
    assert timer.remainingTime() > left
    watch.clear()
    assert not timer.isActive()
    assert not board.text()
    board.changed.disconnect(watch._changed)


def test_pictures_and_other_kinds_stay_what_they_were(
    watch: clipboard.ClipboardWatch, board: QClipboard
) -> None:
    data = QMimeData()
    data.setHtml("<b>粗</b>")
    data.setText(WORDS)
    board.setMimeData(data)
    assert (board.mimeData().html(), board.mimeData().text()) == ("<b>粗</b>", WORDS)
    assert board.mimeData().hasFormat("x-kde-passwordManagerHint")


AT_THE_END = """
import sys
from PySide6.QtWidgets import QApplication
from sgz_desktop.gui import clipboard
app = QApplication([])
clipboard.install(app)
clipboard.put("x")
clipboard.clear()
print(app.clipboard().text() == "")
app.clipboard().setText("y")
clipboard.clear()
print(app.clipboard().text())
"""


def test_the_program_can_end_after_a_copy_and_tells_its_own_without_a_window_system() -> None:
    done = subprocess.run([sys.executable, "-c", AT_THE_END], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "True\ny\n")


def test_locking_and_leaving_take_it_back(
    board: QClipboard, owner: Owner, qapp: QApplication, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    watch = clipboard.ClipboardWatch(qapp, 30, owner)
    monkeypatch.setattr(clipboard, "_watching", [watch])
    seen: list[str] = []
    root = app.Root(qapp, tmp_path, relaunch=lambda _arguments: seen.append(board.text()))
    monkeypatch.setattr(root, "_remember_drafts", lambda _station: None)
    root.station, root.window = Closing(), Closing()  # type: ignore[assignment]
    clipboard.put(WORDS)
    root.lock()
    assert seen == [""]
    clipboard.put(WORDS)
    root.close()
    assert not board.text()
    board.changed.disconnect(watch._changed)


class Closing:
    """A station, or a window, that has nothing left to keep."""

    def close(self) -> None:
        """Nothing to close."""

    def flush(self) -> None:
        """Nothing to keep."""


def test_the_program_watches_from_its_first_page_on(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    for owner, name in ((process, "leave_no_dumps"), (messages, "install"), (app, "load_behind_the_page")):
        monkeypatch.setattr(owner, name, lambda name=name: calls.append(name))
    monkeypatch.setattr(app, "gc", SimpleNamespace(enable=lambda: None, freeze=lambda: None))
    monkeypatch.setattr(clipboard, "install", lambda _parent: calls.append("clipboard"))
    monkeypatch.setattr(sys, "setswitchinterval", lambda seconds: calls.append(f"turns of {seconds} s"))
    app.settle_in()
    assert calls[:4] == ["leave_no_dumps", "turns of 0.001 s", "install", "clipboard"]
