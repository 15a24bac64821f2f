"""The unlock page: who, 密码, and what happens when it is wrong."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from sgz_desktop.errors import AppError
from sgz_desktop.gui import jobs, messages, theme, unlock
from sgz_desktop.gui.unlock import DRAFT_NOTICE, UnlockInfo, UnlockPage
from sgz_desktop.gui.widgets.worker_row import Worker
from sgz_desktop.vault.tries import TooManyTries

PEOPLE = (Worker("w1", "甲晓燕", "社工"), Worker("w2", "乙志远", "社工"), Worker("w3", "丙敏", "站长"))
WRONG = "密码不对，请再试一次。"


class Door:
    """An `unlock` that takes one 密码, waits when told to, and keeps who knocked from which thread."""

    def __init__(self) -> None:
        self.knocks: list[tuple[str, str]] = []
        self.threads: set[int] = set()
        self.open = threading.Event()
        self.open.set()

    def __call__(self, worker: str, text: str) -> str:
        self.knocks.append((worker, text))
        self.threads.add(threading.get_ident())
        self.open.wait(5)
        if text != "溪水边的大榕树下有只白鹭":
            raise AppError(WRONG)
        return f"opened by {worker}"


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
def page(qtbot: QtBot, door: Door) -> UnlockPage:
    made = UnlockPage(UnlockInfo("柳溪镇社会工作服务站", PEOPLE, "w2", has_draft=True), door)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.password.setFocus()
    return made


def test_the_last_worker_is_chosen_and_typing_goes_to_the_password(page: UnlockPage) -> None:
    assert [row.isChecked() for row in page.rows] == [False, True, False]
    assert page.password.hasFocus()
    assert page.password.echoMode() == QLineEdit.EchoMode.Password


def test_right_password_opens_off_the_gui_thread(page: UnlockPage, door: Door, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.password, "x")
    page.password.setText("溪水边的大榕树下有只白鹭")
    with qtbot.waitSignal(page.unlocked) as caught:
        qtbot.keyClick(page.password, Qt.Key.Key_Return)
    assert caught.args == ["opened by w2"]
    assert threading.get_ident() not in door.threads
    assert page.password.value() == ""


def test_while_opening_the_button_says_so_keeps_its_size_and_takes_no_second_press(
    page: UnlockPage, door: Door, qtbot: QtBot
) -> None:
    door.open.clear()
    page.password.setText("溪水边的大榕树下有只白鹭")
    before = page.go.size()
    page.submit()
    page.submit()
    qtbot.keyClick(page.password, Qt.Key.Key_Return)
    assert page.go.text() == "正在解锁"
    assert page.go.size() == before
    with qtbot.waitSignal(page.unlocked):
        door.open.set()
    assert len(door.knocks) == 1
    assert page.go.text() == "解锁"


def test_wrong_password_is_a_line_under_the_field_and_the_text_stays_selected(
    page: UnlockPage, qtbot: QtBot
) -> None:
    page.password.setText("不是这一句话")
    page.submit()
    qtbot.waitUntil(lambda: not jobs.busy())
    assert page.field.message() == WRONG
    assert page.password.accessibleDescription() == WRONG
    assert page.password.selectedText() != ""
    assert page.password.value() == "不是这一句话"
    assert page.password.hasFocus()
    qtbot.keyClicks(page.password, "a")
    assert page.field.message() == ""


def test_caps_lock_is_named_only_when_it_is_on(
    page: UnlockPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unlock, "caps_lock_on", lambda: True)
    page.password.setText("ABC")
    page.submit()
    qtbot.waitUntil(lambda: not jobs.busy())
    assert page.field.message() == WRONG + "大写锁定键已打开。"


def test_empty_password_is_not_tried(page: UnlockPage, door: Door) -> None:
    page.submit()
    assert door.knocks == []
    assert page.field.message() == "请输入密码。"


def test_arrows_choose_the_worker_and_tab_reaches_password_and_button(
    page: UnlockPage, door: Door, qtbot: QtBot
) -> None:
    page.rows[1].setFocus()
    qtbot.keyClick(page.rows[1], Qt.Key.Key_Down)
    assert page.rows[2].isChecked()
    assert page.rows[2].hasFocus()
    qtbot.keyClick(page.rows[2], Qt.Key.Key_Tab)
    assert page.password.hasFocus()
    qtbot.keyClick(page.password, Qt.Key.Key_Tab)
    assert page.go.hasFocus()
    page.password.setText("溪水边的大榕树下有只白鹭")
    with qtbot.waitSignal(page.unlocked):
        qtbot.keyClick(page.go, Qt.Key.Key_Return)
    assert door.knocks[0][0] == "w3"


def test_pressing_a_worker_goes_on_to_the_password(page: UnlockPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.rows[0], Qt.MouseButton.LeftButton)
    assert page.rows[0].isChecked()
    assert page.password.hasFocus()


def test_the_eye_shows_the_password_only_while_held(page: UnlockPage, qtbot: QtBot) -> None:
    eye = page.password._eye
    qtbot.mousePress(eye, Qt.MouseButton.LeftButton)
    assert page.password.echoMode() == QLineEdit.EchoMode.Normal
    qtbot.mouseRelease(eye, Qt.MouseButton.LeftButton)
    assert page.password.echoMode() == QLineEdit.EchoMode.Password
    assert eye.accessibleName()


def test_choosing_a_type_size_keeps_who_and_what_was_typed(page: UnlockPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.rows[2], Qt.MouseButton.LeftButton)
    page.password.setText("写到一半")
    with qtbot.waitSignal(page.scale_chosen) as caught:
        page.sizes.set_value(1.3)
    assert caught.args == [1.3]
    assert theme.scale() == 1.3
    assert page.password.value() == "写到一半"
    assert page.rows[2].isChecked()


@pytest.mark.parametrize("has_draft", [True, False])
def test_draft_notice_stands_only_when_there_is_a_draft(qtbot: QtBot, door: Door, has_draft: bool) -> None:
    made = UnlockPage(UnlockInfo("柳溪镇", PEOPLE[:1], has_draft=has_draft), door)
    qtbot.addWidget(made)
    made.show()
    assert made.notice.isVisible() is has_draft
    assert len(DRAFT_NOTICE) <= 30


def test_our_bug_is_not_blamed_on_the_password(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[BaseException] = []
    monkeypatch.setattr(messages, "show_problem", lambda problem, _parent: shown.append(problem))
    made = UnlockPage(UnlockInfo("柳溪镇", PEOPLE[:1]), lambda _who, _text: 1 / 0)
    qtbot.addWidget(made)
    made.password.setText("什么都行")
    made.submit()
    qtbot.waitUntil(lambda: bool(shown))
    assert isinstance(shown[0], ZeroDivisionError)
    assert made.field.message() == ""
    assert made.go.isEnabled()


def test_all_of_the_card_is_in_sight_on_a_low_screen(qtbot: QtBot, door: Door, every_scale: float) -> None:
    made = UnlockPage(UnlockInfo("柳溪镇社会工作服务站", PEOPLE, has_draft=True), door)
    qtbot.addWidget(made)
    made.resize(1366, 696)
    made.show()
    qtbot.wait(0)
    bottom = made.go.mapTo(made, made.go.rect().bottomLeft()).y()
    assert bottom < 696 - theme.px(60)


class Waiting:
    """Says how long to wait; the test moves the time."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds

    def __call__(self) -> TooManyTries | None:
        return TooManyTries(self.seconds) if self.seconds else None


def waiting_page(qtbot: QtBot, door: Door, waiting: Waiting) -> UnlockPage:
    made = UnlockPage(UnlockInfo("柳溪镇社会工作服务站", PEOPLE, "w2"), door, waiting)
    qtbot.addWidget(made)
    made.resize(1366, 696)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.look_again()
    return made


def test_a_page_met_while_waiting_says_how_long_and_takes_nothing(qtbot: QtBot, door: Door) -> None:
    page = waiting_page(qtbot, door, Waiting(3600))
    assert page.field.message() == "密码或恢复卡多次不对，请等60分钟再试；资料都在。"
    assert not page.password.isEnabled()
    assert not page.go.isEnabled()
    assert page.rows[1].hasFocus()
    assert page.rows[1].accessibleDescription() == page.field.message()
    qtbot.keyClicks(page.rows[1], "abc")
    page.submit()
    assert door.knocks == []


def test_the_wait_begins_with_the_try_that_was_one_too_many(qtbot: QtBot, door: Door) -> None:
    waiting = Waiting(0)
    page = waiting_page(qtbot, door, waiting)
    page.password.setText("不是这一句话")
    waiting.seconds = 60
    page.submit()
    qtbot.waitUntil(lambda: not jobs.busy())
    assert "请等1分钟再试" in page.field.message()
    assert page.password.value() == ""
    assert page.rows[1].hasFocus()


def test_the_wait_counts_down_and_ends_with_the_keyboard_in_the_field(
    qtbot: QtBot, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unlock, "_LOOK_MS", 10)
    waiting = Waiting(62)
    page = waiting_page(qtbot, door, waiting)
    for seconds, says in ((61, "请等2分钟"), (60, "请等1分钟"), (59, "请等59秒"), (1, "请等1秒")):
        waiting.seconds = seconds
        qtbot.waitUntil(lambda says=says: says in page.field.message())
        assert page.password.accessibleDescription() == page.field.message()
    qtbot.keyClick(page.rows[1], Qt.Key.Key_Down)
    assert page.rows[2].hasFocus()
    waiting.seconds = 0
    qtbot.waitUntil(page.password.hasFocus)
    assert page.field.message() == page.rows[0].accessibleDescription() == ""
    page.password.setText("溪水边的大榕树下有只白鹭")
    with qtbot.waitSignal(page.unlocked) as caught:
        qtbot.keyClick(page.password, Qt.Key.Key_Return)
    assert caught.args == ["opened by w3"]


def test_another_type_size_does_not_end_the_wait(qtbot: QtBot, door: Door) -> None:
    page = waiting_page(qtbot, door, Waiting(300))
    page.sizes.set_value(1.3)
    assert "请等5分钟" in page.field.message()
    assert not page.password.isEnabled()
    assert not page.go.isEnabled()


def test_the_wait_stands_in_whole_lines_above_the_buttons(
    qtbot: QtBot, door: Door, every_scale: float
) -> None:
    page = waiting_page(qtbot, door, Waiting(3600))
    qtbot.wait(0)
    line = page.field._message
    assert line.height() >= line.heightForWidth(line.width())
    bottom = page.go.mapTo(page, page.go.rect().bottomLeft()).y()
    assert bottom < 696 - theme.px(60)


CHECK = """
import sys
import sgz_desktop.gui.unlock
ours = {m for m in sys.modules if m.startswith("sgz_desktop.")}
heavy = {m.split(".")[0] for m in sys.modules} & {
    "sqlmodel", "sqlalchemy", "pydantic", "reportlab", "pypdfium2", "pikepdf", "sqlcipher3", "orjson", "PIL"
}
print(sorted(heavy), sorted(m for m in ours if m.split(".")[1] not in ("gui", "errors", "resources")))
"""


def test_only_pyside_and_errors_are_imported_for_the_page() -> None:
    done = subprocess.run([sys.executable, "-c", CHECK], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["[]", "[]"]


def test_the_import_check_sees_what_it_looks_for() -> None:
    seen = subprocess.run(
        [sys.executable, "-c", "import pydantic, sgz_desktop.domain\n" + CHECK],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "pydantic" in seen.stdout
    assert "sgz_desktop.domain" in seen.stdout
