"""What a worker does at the window in the proof that nothing stays in clear. Runs inside the program."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))

from hand import CTRL, KEY, PLAIN, Hand
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from sgz_desktop.gui.main_window import MainWindow

Person = dict[str, str]
_hands: list[Hand] = []


class _Waiting:
    """What the hand needs of pytest-qt: waiting with the event loop running."""

    def waitUntil(self, true: Callable[[], object], timeout: int) -> None:
        until = time.monotonic() + timeout / 1000
        while not true():
            if time.monotonic() > until:
                raise TimeoutError
            loop = QEventLoop()  # qWait would keep the program's own threads from running
            QTimer.singleShot(10, loop.quit)
            loop.exec()


class _System:
    """The system's own file dialog stays as it is: the story fills it in."""

    def setattr(self, *_: object) -> None:
        """Nothing is put in anybody's place."""


def hand() -> Hand:
    """The one hand of this process."""
    if not _hands:
        _hands.append(Hand(_Waiting(), _System()))
    return _hands[0]


def unlock(passphrase: str) -> None:
    """Type the passphrase."""
    at = hand()
    at.fill({"密码": passphrase})
    at.press("解锁")
    at.until(lambda: any(isinstance(one, MainWindow) for one in QApplication.topLevelWidgets()), "the window")
    at.rest()


def register(people: list[Person]) -> None:
    """A household with its members, typed."""
    at = hand()
    at.press("服务对象")
    at.press("登记家庭")
    at.fill({"门牌号": people[0]["address"], "怎么走": people[1]["address"]})
    for number, one in enumerate(people):
        inside = f"成员{number}" if number else "户主"
        if number:
            at.press("添加家庭成员")
        facts = {"姓名": one["name"], "性别": "女", "身份证号": one["id_number"], "电话": one["phone"]}
        at.fill(facts | ({"与户主关系": "女"} if number else {}), inside=inside)
    at.fill({"上门提示": people[0]["note"]})
    at.press("保存")
    at.see(f"已保存，共{len(people)}人。")
    at.rest()


def find(typed: list[str], name: str) -> None:
    """Search in every way that leads to somebody."""
    at = hand()
    for words in typed:
        at.press("工作台")
        at.key(KEY.Key_K, CTRL)
        at.write(words)
        at.rest()
        at.key(KEY.Key_Return)
        at.title(name)
        at.rest()


def look(phone: str) -> None:
    """Read the page of the person in front, with the number in full, and copy what can be copied."""
    at = hand()
    at.press("显示电话")
    at.see(f"{phone[:3]} {phone[3:7]} {phone[7:]}")
    at.press("编辑")
    at.rest()
    for label in ("姓名", "电话"):
        at.reach(at.control(label))
        at.key(KEY.Key_A, CTRL)
        at.key(KEY.Key_C, CTRL)
    assert QApplication.clipboard().text() == phone
    at.press("工作台")
    at.rest()


def visit(note: str) -> None:
    """A visit to the person in front."""
    _write_visit(note)
    hand().press("保存")
    hand().see("已保存")
    hand().rest()


def _write_visit(note: str) -> None:
    at = hand()
    at.press("记走访")
    at.rest()
    at.fill({"过程（客观事实）": note, "走访目的": "政策宣传"})


def half_a_visit(note: str) -> None:
    """A visit left unsaved: its draft is put aside."""
    _write_visit(note)
    hand().press("工作台")
    hand().rest()


def open_case(note: str) -> None:
    """A case from the visit just saved, with its problem."""
    at = hand()
    at.press("从这次走访开个案")
    at.rest()
    at.press("修改")
    at.rest()
    at.fill({"主要问题": note})
    at.press("保存")
    at.see("个案已保存。")
    at.rest()


def preview_and_print(saved: str, printed: str) -> None:
    """The case file seen page by page, saved to a chosen folder, printed by a printer that is a file."""
    at = hand()
    preview()
    _choose(saved)
    at.press("保存PDF")
    at.see("已保存到")
    _print_to(printed)
    at.press("打印")
    at.see("已送到打印机。")
    at.rest()


def preview() -> None:
    """The case file of the case in front on the screen."""
    from sgz_desktop.gui.widgets.pdf_preview import PdfPreview

    at = hand()
    at.press("打印档案")
    at.until(lambda: [one for one in at.shown(PdfPreview) if one.page_count and one.picture()], "the preview")
    at.key(KEY.Key_End)
    at.rest()


def _choose(path: str) -> None:
    """Type a path into the file dialog that comes up, and accept."""

    def answer() -> None:
        shown = QApplication.activeModalWidget()
        if not isinstance(shown, QFileDialog):
            QTimer.singleShot(50, answer)
            return
        line = shown.findChild(QLineEdit, "fileNameEdit")
        assert isinstance(line, QLineEdit)
        line.setText(path)
        QTest.keyClick(line, KEY.Key_Return, PLAIN)

    QTimer.singleShot(50, answer)


def _print_to(path: str) -> None:
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    from sgz_desktop.gui import printing

    def accept(dialog: QPrintDialog) -> int:
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(path)
        return 1

    QPrintDialog.exec = accept
    printing.printers = lambda: ["a file"]


def save_and_be_killed(note: str) -> None:
    """Save one visit after the other; the proof kills the process meanwhile."""
    import sitecustomize

    from sgz_desktop.actions import forms, visits

    desk = root().station.desk
    sitecustomize.say(done="saving")
    for number in range(10_000):
        forms.save_form(desk, visits.new_visit(desk), {"facts": f"{note}{number}"})


def root() -> Any:
    """What holds the windows: known to nobody but the frame that runs the event loop."""
    frame = sys._getframe()
    while "root" not in frame.f_locals or frame.f_code.co_name != "main":
        assert frame.f_back is not None
        frame = frame.f_back
    return frame.f_locals["root"]


def shown() -> None:
    """Wait for the unlock page, and for what the program does once somebody can see it."""
    import sitecustomize

    hand().see("解锁")
    hand().until(lambda: sitecustomize.dumpable(-1) == 0, "no dumps")


def lock() -> None:
    """Ctrl+L: nobody comes back from it."""
    hand().key(KEY.Key_L, CTRL)


def leave() -> None:
    """Close the window once this step is told as done."""
    hand().go_home()
    window = hand().window()
    QTimer.singleShot(200, window.close)


def plant(leak: str, name: str) -> None:
    """A fault for the proof to find: what a careless change to the program might do."""
    PLANTS[leak](name)


def _paper_in_a_file(name: str) -> None:
    """The preview hands its PDF to the viewer by way of a temporary file."""
    import tempfile

    from sgz_desktop.gui.widgets import pdf_pages

    before = pdf_pages.PdfPages.__init__

    def opened(pages: Any, data: bytes) -> None:
        with tempfile.NamedTemporaryFile(suffix=".tmp", delete=False) as file:
            file.write(data)
        before(pages, data)

    pdf_pages.PdfPages.__init__ = opened
    hand().press("个案")
    hand().rest()
    hand().row("个案", name)
    hand().rest()
    preview()


def _line_in_a_log(name: str) -> None:
    """A log in the encoding Windows likes."""
    with (Path.home() / "sgz.log").open("a", encoding="utf-16") as log:
        log.write(f"opened {name}\n")


def _word_in_preferences(name: str) -> None:
    """The last search kept for the next start, as Qt keeps a state."""
    import base64

    from sgz_desktop.vault.places import state_base

    (state_base() / "window.json").write_bytes(b'{"last": "' + base64.b64encode(f"?{name}".encode()) + b'"}')


def _socket(_name: str) -> None:
    """Asking somebody whether there is a newer release."""
    import socket

    root().asking = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    root().asking.connect(("127.0.0.1", 9))


def _only_hides(_name: str) -> None:
    """A lock that leaves the process as it is, and an unlock page in front."""
    here = root()
    here._relaunch = lambda _arguments: (here.window.hide(), here.start())
    lock()


PLANTS = {
    "paper": _paper_in_a_file,
    "log": _line_in_a_log,
    "preferences": _word_in_preferences,
    "socket": _socket,
    "hiding": _only_hides,
}
