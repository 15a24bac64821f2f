"""Some of a list, ticked: sheets of a file, cases, blank forms."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.gui.theme import Height, Space, px
from sgz_desktop.gui.widgets.buttons import Button, button
from sgz_desktop.gui.widgets.labels import label
from sgz_desktop.gui.widgets.record_list import ListRow
from sgz_desktop.gui.widgets.tick_list import TickList

LEAST_SHOWN, MOST_SHOWN = 3, 7
FRAME = 78  # of a screen, what title bar and task bar take
AROUND = 150  # px at 标准 of title, foot and margins
HINT = "空格勾选，Ctrl+A全部勾选"


class TickDialog(QDialog):
    """The button, or Ctrl+Enter, calls `chosen` with the values of the rows ticked, in their order; 保存PDF,
    where there is a `save`, calls that."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        rows: Sequence[tuple[Any, ListRow]],
        chosen: Callable[[list[Any]], None],
        *,
        ticked: Collection[Any] = (),
        does: str = "预览",
        unit: str = "份",
        save: Callable[[list[Any]], None] | None = None,
    ) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(title)
        self._does, self._unit = does, unit
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(Space.M))
        column.addWidget(label(title, "section"))
        self.list = TickList(title)
        self.list.set_rows([value for value, _ in rows], [row for _, row in rows])
        room = self.screen().availableGeometry().height() - FRAME - px(AROUND)
        self.list.grow(max(LEAST_SHOWN, min(MOST_SHOWN, room // px(Height.ROW))))
        self.list.setMinimumWidth(px(520))
        column.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.addWidget(label(HINT, "caption", "muted"), 1)
        foot.addWidget(button("返回", on_click=self.reject))
        self.verbs = [self._verb(button("保存PDF", icon="save", key="Ctrl+S"), save)] if save else []
        self.go = self._verb(button(does, "primary"), chosen)
        self.verbs.append(self.go)
        for one in self.verbs:
            foot.addWidget(one)
        column.addLayout(foot)
        QShortcut("Ctrl+Return", self, self.go.click)
        self.list.ticked.connect(self._count)
        self.list.opened.connect(lambda id: self.list.tick([id], id not in self.list.on))
        self.list.tick(ticked)
        self._count()
        if rows:
            self.list.set_current(rows[0][0], tell=False)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _verb(self, made: Button, does: Callable[[list[Any]], None]) -> Button:
        def take() -> None:
            found = self.list.chosen()
            self.accept()
            does(found)

        made.clicked.connect(take)
        return made

    def _count(self) -> None:
        count = len(self.list.on)
        self.go.setText(f"{self._does}{count}{self._unit}" if count else self._does)
        for one in self.verbs:
            one.setEnabled(bool(count))


def ask_which(
    parent: QWidget,
    title: str,
    rows: Sequence[tuple[Any, ListRow]],
    chosen: Callable[[list[Any]], None],
    **more: Any,
) -> TickDialog:
    """Let the person tick some."""
    dialog = TickDialog(parent, title, rows, chosen, **more)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
