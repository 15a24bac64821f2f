"""What tests of cases do over and over: open a paper, save it, give a reason, choose a move."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from sample_station import (
    at_rest,
    dialog_of,
    press,
    write,
)

from sgz_desktop.gui.dialogs.reason_dialog import ReasonDialog
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.messages import Dialog
from sgz_desktop.gui.pages.cases import CasesPage
from sgz_desktop.gui.record_page import RecordPage
from sgz_desktop.gui.widgets.buttons import Button

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def paper_in_front(page: CasesPage, qtbot: Any) -> RecordPage:
    """The form that was asked for, read and shown."""
    qtbot.waitUntil(lambda: isinstance(page.leaf, RecordPage) and page.leaf.form is not None)
    assert isinstance(page.leaf, RecordPage)
    return page.leaf


def control(paper: RecordPage, name: str) -> Any:
    assert paper.form is not None
    paper.form.body.build_all()
    return paper.form.body.boxes[name].control


def close_paper(page: CasesPage, qtbot: Any) -> None:
    """Ctrl+S, and wait for the page of the case."""
    qtbot.keyClick(page.leaf, KEY.Key_S, CTRL)
    qtbot.waitUntil(lambda: page.leaf is None, timeout=10_000)
    at_rest(qtbot)


def reason(window: MainWindow, qtbot: Any, text: str) -> None:
    dialog = dialog_of(window, ReasonDialog, qtbot)
    write(dialog.reason, text)
    press(dialog.go, qtbot)
    at_rest(qtbot)


def choose_move(page: CasesPage, words: str) -> None:
    (action,) = [one for one in page.case.head.menu.findChild(QMenu).actions() if one.text() == words]
    action.trigger()


def answer(window: MainWindow, words: str, qtbot: Any) -> None:
    dialog = dialog_of(window, Dialog, qtbot)
    (found,) = [one for one in dialog.findChildren(Button) if one.words() == words]
    press(found, qtbot)
    at_rest(qtbot)


def people_named(desk: Any, name: str) -> str:
    from sgz_desktop.actions.find import find_people

    return find_people(desk, name)[0].id
