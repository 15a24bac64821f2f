"""The line over a paper: its title, which page, ‹ ›, the search, how large."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import icon_button
from sgz_desktop.gui.widgets.inputs import LineEdit
from sgz_desktop.gui.widgets.labels import Elided, label
from sgz_desktop.gui.widgets.pdf_zoom import PdfZoom


class PdfBar(QWidget):
    """`asked(page from 1)` when another page is wanted, `looked` for the search; `zoom` tells by itself."""

    asked = Signal(int)
    looked = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self._page, self._count = 0, 0
        self.back = icon_button("left", "上一页", lambda: self.asked.emit(self._page - 1), small=True)
        self.field = self._make_field()
        self.of = label("", "second", "plain")
        self.on = icon_button("right", "下一页", lambda: self.asked.emit(self._page + 1), small=True)
        self.look = icon_button("search", "在文件里找（Ctrl+F）", self.looked.emit, small=True)
        self.zoom = PdfZoom()
        self.controls = (self.back, self.field, self.on, self.look, self.zoom)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(Space.S))
        row.addWidget(Elided(title, "section"), 1)
        row.addStretch(0)
        for part in (self.back, self.field, self.of, self.on, self.look, self.zoom):
            row.addWidget(part)
        self.show_place(0, 0)

    def _make_field(self) -> LineEdit:
        field = LineEdit()
        field.setAccessibleName("页码")
        field.setToolTip("写页码，按回车到那一页")
        field.setFixedWidth(px(54))
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setValidator(QIntValidator(1, 99_999, field))
        field.returnPressed.connect(self._typed)
        field.left.connect(lambda: self.show_place(self._page, self._count))
        return field

    def _typed(self) -> None:
        """A page there is not is the last one."""
        self.asked.emit(min(int(self.field.text() or self._page), self._count))
        self.show_place(self._page, self._count)
        self.field.selectAll()

    def show_place(self, page: int, count: int) -> None:
        """Which page of how many; 0 of 0 without a paper."""
        self._page, self._count = page, count
        self.field.setText(str(page) if count else "")
        self.field.setAccessibleDescription(f"共{count}页" if count else "")
        self.of.setText(f"/ {count}页" if count else "")
        self.back.setEnabled(page > 1)
        self.on.setEnabled(page < count)
        for part in (self.field, self.look):
            part.setEnabled(count > 0)
