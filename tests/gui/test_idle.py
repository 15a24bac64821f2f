"""The idle watch outlives what it watches, also what Qt itself makes and throws away."""

from __future__ import annotations

import shiboken6
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from sgz_desktop.gui.idle import IdleWatch


def test_a_dialog_of_qt_may_go_while_it_has_the_keyboard(qtbot: QtBot) -> None:
    parent = QLineEdit()
    qtbot.addWidget(parent)
    watch = IdleWatch(300, parent)
    dialog = QFileDialog(parent)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    inside = dialog.findChild(QLineEdit, "fileNameEdit")
    watch._watch_object(inside)
    inside.blockSignals(True)  # as in Qt's own dialogs, whose parts are gone before anybody hears of it
    shiboken6.delete(dialog)
    watch._watch_object(parent)
    assert watch._watched["object"] is parent
    watch.stop()
