"""A walk over the pages of the window by keys: what Enter opens, where Esc leads, and what it keeps."""

from __future__ import annotations

from typing import Any

from desks import settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from sample_station import write

from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.widgets.buttons import leads_back
from sgz_desktop.gui.widgets.page_head import PageHead
from sgz_desktop.gui.widgets.record_list import RecordList

Place = tuple[str, Any]
Stand = tuple[tuple[str, tuple[str, ...], int, str], str]
TYPED = "试着写一句"
HEADS = 6  # rows of a list tried, as heads of sections have nothing to open


def stand(window: MainWindow) -> Stand:
    """Where one is: the section, the heads in sight, how many buttons lead back, a dialog; and what has the
    keyboard."""
    heads = tuple(head.title.text() for head in window.findChildren(PageHead) if head.isVisible())
    ways = sum(leads_back(one) and one.isVisible() for one in window.findChildren(QPushButton))
    dialog, focus = QApplication.activeModalWidget(), QApplication.focusWidget()
    place = window.current, heads, ways, type(dialog).__name__
    return place, focus.accessibleName() if focus else ""


def press(key: Qt.Key, window: MainWindow) -> None:
    """A key where the keyboard is."""
    QTest.keyClick(QApplication.focusWidget() or window, key)
    settle()


def lists_of(window: MainWindow) -> list[RecordList]:
    """The lists of the page in front that have rows."""
    page = window.page(window.current)
    return [one for one in page.findChildren(RecordList) if one.isVisible() and one.rows.rowCount()]


def back(window: MainWindow, place: Place, before: Stand) -> None:
    """Esc, as often as it takes; out of another section by the side bar."""
    for _ in range(3):
        if window.current != place[0]:
            window.go(*place)
            settle()
        elif stand(window)[0] != before[0]:
            press(Qt.Key.Key_Escape, window)


def opens(window: MainWindow, shown: RecordList, before: Stand) -> bool:
    """Does Enter lead somewhere: on the row that is current when one comes, or on one below it?"""
    press(Qt.Key.Key_Return, window)
    row = 0
    while stand(window) == before and row < min(HEADS, shown.rows.rowCount() - 1):
        row += 1
        shown.set_current(shown.rows.id_at(row))
        press(Qt.Key.Key_Return, window)
    return stand(window) != before


def wrong_keys(window: MainWindow, place: Place, shown: RecordList) -> str:
    """What is wrong with Enter, a double click and Esc on a list, '' when nothing is. The list opens nothing
    any more afterwards."""
    shown.setFocus()
    if shown.current_id() is not None and not shown.selectionModel().hasSelection():
        return "the row that Enter opens is not shown as chosen"
    before = stand(window)
    if not opens(window, shown, before):
        return "Enter opens nothing"
    back(window, place, before)
    if stand(window)[0] != before[0]:
        return f"Esc leads to {stand(window)}, not to {before}"
    shown.opened.disconnect()
    opened: list[Any] = []
    shown.opened.connect(opened.append)
    shown.scrollTo(shown.currentIndex())
    at = shown.visualRect(shown.currentIndex()).center()
    QTest.keyClick(shown, Qt.Key.Key_Return)
    for click in (QTest.mouseClick, QTest.mouseDClick):
        click(shown.viewport(), Qt.MouseButton.LeftButton, pos=at)
    same = len(opened) == 2 and opened[0] == opened[1] == shown.current_id()
    return "" if same else f"Enter and a double click open {opened}"


def lost_by_esc(window: MainWindow, place: Place) -> str:
    """What is wrong with Esc in a form, '' when nothing is: once out of the field, once more out of the form,
    and what was typed is there or offered when one comes again."""
    window.go(*place)
    settle()
    before = stand(window)
    field = empty_field(window.page(place[0]))
    field.setFocus()
    write(field, TYPED)
    press(Qt.Key.Key_Escape, window)
    if stand(window)[0] != before[0] or field.hasFocus():
        return "Esc in a field with text leaves the form, or stays in the field"
    press(Qt.Key.Key_Escape, window)
    if stand(window)[0] == before[0]:
        return "Esc does not lead back"
    window.go(*place)
    settle()
    page = window.page(place[0])
    offers = any(one.isVisible() and "接着" in one.text() for one in page.findChildren(QPushButton))
    return "" if offers or TYPED in told(page) else "what was typed is gone"


def empty_field(page: QWidget) -> QPlainTextEdit | QLineEdit:
    """The first field in which one could begin to write, one for long text before others."""
    for kind in (QPlainTextEdit, QLineEdit):
        for one in page.findChildren(kind):
            if one.isVisible() and one.isEnabled() and not one.isReadOnly() and not _text(one):
                return one
    raise AssertionError("no empty field")


def told(page: QWidget) -> set[str]:
    """The texts of the fields in sight."""
    return {_text(one) for kind in (QPlainTextEdit, QLineEdit) for one in page.findChildren(kind)}


def _text(field: QPlainTextEdit | QLineEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()
