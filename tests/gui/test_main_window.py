"""The frame: pages made when needed, keys, 遮挡, locking, and folding."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from sgz_desktop.gui import theme
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.page import Page
from sgz_desktop.gui.theme import WidthClass, px
from sgz_desktop.gui.widgets.nav_item import SECTIONS
from sgz_desktop.gui.widgets.side_bar import SideBar


class Sheet(Page):
    """Keeps what the window told it."""

    made: ClassVar[list[Sheet]] = []

    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[str, Any]] = []
        self.box = QLineEdit(self)
        self.searches = False
        Sheet.made.append(self)

    def activate(self, target: Any = None) -> None:
        self.told.append(("activate", target))

    def on_changes(self, changes: Any) -> None:
        self.told.append(("changes", changes))

    def flush(self) -> None:
        self.told.append(("flush", None))

    def set_compact(self, width: WidthClass) -> None:
        self.told.append(("compact", width))

    def find(self) -> bool:
        return self.searches


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    Sheet.made.clear()
    made = MainWindow(
        {s.key: Sheet for s in SECTIONS if s.key != "aid"},
        station="柳溪镇",
        user="甲社工",
        urgent=True,
        practice=True,
    )
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.go("home")
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def sheet(window: MainWindow, key: str) -> Sheet:
    page = window.page(key)
    assert isinstance(page, Sheet)
    return page


def test_all_twelve_sections_stand_in_the_side_bar(window: MainWindow) -> None:
    words = "工作台 服务对象 走访 个案 救助与转介 小组与活动 志愿者与资源 督导 站务 报表 U盘交换 设置"
    assert " ".join(item.text() for item in window.side.items) == words
    assert all(item.accessibleName() for item in window.side.items)


def unseen(window: MainWindow) -> list[str]:
    """Sections of the side bar that are cut, or scrolled away."""
    view = window.side._area.viewport()
    return [
        item.text()
        for item in window.side.items
        if not view.rect().contains(QRect(item.mapTo(view, QPoint(0, 0)), item.size()))
    ]


@pytest.mark.parametrize("height", [740, 696])
def test_every_section_is_in_sight_in_a_low_window(window: MainWindow, height: int) -> None:
    window.resize(1366, height)
    QApplication.processEvents()
    assert window.side.band.isVisible()
    assert unseen(window) == []
    window.resize(1366, 560)  # control: here the bar has to scroll
    QApplication.processEvents()
    assert unseen(window)


def test_in_large_type_the_bar_scrolls_with_the_keyboard(qapp: QApplication) -> None:
    theme.apply(qapp, 1.3)
    large = SideBar("柳溪镇", "甲社工", practice=True, urgent=True)
    large.set_rail(True)
    large.resize(px(theme.RAIL_WIDTH), 660)
    large.show()
    large.set_current("home")
    for number, item in enumerate(large.items):
        if number:
            QTest.keyClick(large.items[number - 1], Qt.Key.Key_Down)
        place = QRect(item.mapTo(large._area.viewport(), QPoint(0, 0)), item.size())
        assert large._area.viewport().rect().contains(place), item.text()
    assert large._area.verticalScrollBar().value() > 0
    large.close()


def test_pages_are_made_on_the_first_visit_only(window: MainWindow) -> None:
    assert len(Sheet.made) == 1
    window.go("people", "id-7")
    window.go("home")
    window.go("people")
    assert len(Sheet.made) == 2
    assert [t for t in sheet(window, "people").told if t[0] == "activate"] == [
        ("activate", "id-7"),
        ("activate", None),
    ]


@pytest.mark.parametrize("section", [s for s in SECTIONS if s.keys], ids=lambda s: s.keys)
def test_keys_lead_to_sections(window: MainWindow, section: Any, qtbot: QtBot) -> None:
    key = Qt.Key.Key_Comma if section.keys[-1] == "," else Qt.Key(ord(section.keys[-1]))
    qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert window.current == section.key
    assert [i.section.key for i in window.side.items if i.isChecked()] == [section.key]


def test_pressing_a_section_goes_there(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.side.items[2], Qt.MouseButton.LeftButton)
    assert window.current == "visits"


def test_pages_without_an_entry_are_marked_where_they_belong(window: MainWindow) -> None:
    window.side.set_current("contacts")
    assert [i.section.key for i in window.side.items if i.isChecked()] == ["visits"]
    window.side.set_current("urgent")
    assert window.side.urgent_item.isChecked()
    assert not any(i.isChecked() for i in window.side.items)


def test_side_bar_is_one_tab_stop_and_arrows_move_in_it(window: MainWindow, qtbot: QtBot) -> None:
    stops = [i for i in window.side.items if i.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [i.section.key for i in stops] == ["home"]
    stops[0].setFocus()
    qtbot.keyClick(stops[0], Qt.Key.Key_Down)
    assert window.side.items[1].hasFocus()
    assert window.current == "home"
    qtbot.keyClick(window.side.items[1], Qt.Key.Key_Return)
    assert window.current == "people"


def test_a_section_without_a_page_says_so(window: MainWindow) -> None:
    page = window.go("aid")
    assert page is not None
    assert not isinstance(page, Sheet)


def test_leaving_a_page_saves_its_drafts(window: MainWindow) -> None:
    window.go("people")
    assert ("flush", None) in sheet(window, "home").told


def test_changes_reach_every_page_made(window: MainWindow) -> None:
    window.go("people")
    window.broadcast({"person": ["id-7"]})
    assert all(page.told[-1] == ("changes", {"person": ["id-7"]}) for page in Sheet.made)
    assert len(Sheet.made) == 2


def test_lock_saves_drafts_first(window: MainWindow, qtbot: QtBot) -> None:
    before: list[bool] = []
    window.lock_requested.connect(lambda: before.append(("flush", None) in sheet(window, "home").told))
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert before == [True]


def test_closing_saves_drafts(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.closing):
        window.close()
    assert sheet(window, "home").told[-1] == ("flush", None)
    assert not window.idle.timer.isActive()


def test_find_goes_to_the_page_or_to_the_window(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.find_requested):
        qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    sheet(window, "home").searches = True
    with qtbot.assertNotEmitted(window.find_requested):
        qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)


def test_urgent_report_is_reached_by_key_and_press(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.urgent_requested):
        qtbot.keyClick(window, Qt.Key.Key_F8)
    with qtbot.waitSignal(window.urgent_requested):
        window.side.urgent_item.click()


def test_urgent_report_is_not_there_unless_enabled(qtbot: QtBot) -> None:
    made = MainWindow({"home": Sheet}, station="柳溪镇", user="甲社工")
    qtbot.addWidget(made)
    made.show()
    assert not made.side.urgent_item.isVisible()
    assert not made.side.band.isVisible()


def test_practice_is_said_in_side_bar_and_title(window: MainWindow) -> None:
    assert window.side.band.isVisible()
    assert window.side.band.text() == "练习"
    assert "练习" in window.windowTitle()


def test_cover_hides_the_page_and_gives_the_keyboard_back(window: MainWindow, qtbot: QtBot) -> None:
    box = sheet(window, "home").box
    box.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert window.cover.isVisible()
    assert window.cover.size() == window.centralWidget().size()
    assert not box.hasFocus()
    shown = window.grab().toImage()
    assert shown.pixelColor(100, 100) == QApplication.palette().window().color()
    qtbot.keyClicks(window.cover, "a")
    assert not window.cover.isVisible()
    assert box.hasFocus()
    assert box.text() == ""


def test_covered_keys_do_nothing_but_uncover_or_lock(window: MainWindow, qtbot: QtBot) -> None:
    window.cover.put()
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.current == "home"
    assert not window.cover.isVisible()
    window.cover.put()
    with qtbot.waitSignal(window.lock_requested):
        qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def test_side_bar_buttons_cover_and_lock(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.lock_requested):
        window.side.lock.emit()
    window.side.cover.emit()
    assert window.cover.isVisible()


@pytest.mark.parametrize(
    ("width", "folded"),
    [(1366, WidthClass.WIDE), (1200, WidthClass.RAIL), (1100, WidthClass.STACKED), (900, WidthClass.STEPS)],
)
def test_window_folds_by_width(window: MainWindow, width: int, folded: WidthClass) -> None:
    window.resize(1200, 768)
    QApplication.processEvents()
    window.resize(1250 if folded is WidthClass.RAIL else 1200, 768)
    window.resize(width, 768)
    QApplication.processEvents()
    assert window.side.rail is folded.rail
    assert [told for told in sheet(window, "home").told if told[0] == "compact"][-1] == ("compact", folded)
    window.go("people")
    assert ("compact", folded) in sheet(window, "people").told


def test_rail_keeps_its_words(window: MainWindow) -> None:
    window.resize(1100, 768)
    QApplication.processEvents()
    assert window.side.width() == theme.px(96)
    assert all(item.isVisible() for item in window.side.items)
    for item in window.side.items:
        room = item.width()
        assert item.fontMetrics().horizontalAdvance(item.text()) * 13 / 15 <= room


def test_idle_locks_after_five_minutes(window: MainWindow, qtbot: QtBot) -> None:
    assert window.idle.timer.interval() == 300_000
    with qtbot.waitSignal(window.lock_requested):
        window.idle.timer.timeout.emit()


@pytest.mark.parametrize("what", ["key", "mouse", "input method"])
def test_any_input_starts_the_count_again(window: MainWindow, what: str, qtbot: QtBot) -> None:
    box = sheet(window, "home").box
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    window.idle.timer.stop()
    if what == "key":
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
    elif what == "mouse":
        QTest.mouseMove(window.windowHandle(), window.rect().center())
    else:
        QApplication.sendEvent(box, QInputMethodEvent("lao", []))
    assert window.idle.timer.isActive()


def test_a_paint_does_not_start_the_count_again(window: MainWindow) -> None:
    window.idle.timer.stop()
    QApplication.sendEvent(window.windowHandle(), QEvent(QEvent.Type.UpdateRequest))
    assert not window.idle.timer.isActive()


def test_page_may_send_the_window_elsewhere_and_speak(window: MainWindow, qtbot: QtBot) -> None:
    home, undone = sheet(window, "home"), []
    home.go.emit("cases", "id-9")
    assert window.current == "cases"
    home.said.emit("已保存。10秒内可以撤销。", lambda: undone.append(1))
    assert window.toast.isVisible()
    window.toast.undo_button.click()
    assert undone == [1]
    assert not window.toast.isVisible()


def test_low_screens_get_the_window_maximised(qtbot: QtBot) -> None:
    made = MainWindow({"home": Sheet}, station="柳溪镇", user="甲社工")
    qtbot.addWidget(made)
    made.show_fitting()
    assert made.isMaximized()


def test_on_a_low_screen_the_first_page_is_laid_out_once(qtbot: QtBot) -> None:
    folded: list[WidthClass] = []

    class Told(Page):
        def set_compact(self, width: WidthClass) -> None:
            folded.append(width)

    made = MainWindow({"home": Told}, station="柳溪镇", user="甲社工")
    qtbot.addWidget(made)
    made.show_fitting()
    made.go("home")
    qtbot.waitExposed(made)
    assert set(folded) == {WidthClass.WIDE}
