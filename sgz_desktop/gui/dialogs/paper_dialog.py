"""A paper seen over the page it was asked for on, which stays as it is."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.theme import px
from sgz_desktop.gui.widgets.pdf_preview import look_in_sight


class PaperDialog(QDialog):
    """Holds a `PaperView`; 返回 or Escape closes it and stops what is still being made."""

    def __init__(self, parent: QWidget, view: PaperView) -> None:
        super().__init__(parent.window())
        self.view = view
        self.setWindowTitle("打印预览")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(12), px(16), px(12))
        column.addWidget(view)
        size = parent.window().size()
        self.resize(max(size.width() - px(160), px(720)), max(size.height() - px(60), px(480)))
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(lambda: look_in_sight(self))
        view.closed.connect(self.reject)
        self.finished.connect(lambda _result: view.let_go())


def show_paper(parent: QWidget, view: PaperView, said: Any = None) -> PaperDialog:
    """Show a paper; `said(sentence, None)` hears what it tells."""
    dialog = PaperDialog(parent, view)
    if said is not None:
        view.said.connect(said)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    view.take_keyboard()
    return dialog
