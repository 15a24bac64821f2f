"""The free texts of a paper, looked at by somebody before it leaves: what goes, what stays, what else goes.

It takes a `Review` and decides in it; `changed` after every decision. By keyboard alone: F3 next place,
Ctrl+H it goes, Ctrl+R it stays, Ctrl+M what is selected goes too, Ctrl+Enter looked at.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.domain.deidentify_review import Item, Mark, Review
from sgz_desktop.domain.deidentify_text import Sort
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import Button, button
from sgz_desktop.gui.widgets.data_table import Cell, Column, DataTable
from sgz_desktop.gui.widgets.inputs import TextArea
from sgz_desktop.gui.widgets.labels import Elided, label, paragraph
from sgz_desktop.gui.widgets.review_text import LEGEND, ReviewText
from sgz_desktop.gui.widgets.tab_order import tab_through

COLUMNS = (Column("记录", 0), Column("情况", 92))
KEYS = "F3下一处　Ctrl+H换掉　Ctrl+R保留　Ctrl+M选中的也换掉　Ctrl+Enter看过"
NOTHING = "这里没有找到能认出人的字。请通读一遍。"
MORE = "下面还有，看到底再按Ctrl+Enter。"
NEVER = "证件号码一律换掉，不能保留。"
SELECT = "先选中要换掉的字，再按Ctrl+M。"


class ReviewPanel(QWidget):
    """The records at the left, their texts with marks, and below what the copy says of them."""

    changed = Signal()
    said = Signal(str)

    def __init__(self, review: Review) -> None:
        super().__init__()
        self.review = review
        self._pages = review.pages()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(Space.M))
        self.table = DataTable("要看的记录", COLUMNS)
        self.table.sorts = False
        self.table.setFixedWidth(px(300))
        self.table.picked.connect(lambda _page: self._show())
        self.table.opened.connect(lambda _page: self.text.setFocus(Qt.FocusReason.OtherFocusReason))
        row.addWidget(self.table)
        column = QVBoxLayout()
        column.setSpacing(px(Space.S))
        row.addLayout(column, 1)
        self.text = ReviewText()
        self.text.moved.connect(self._tell)
        self.told = TextArea(lines=2, most=4)
        self.told.setReadOnly(True)
        self.told.setAccessibleName("副本里的样子")
        self.here = Elided("", "body", "text")
        column.addWidget(self.text, 1)
        column.addWidget(self.here)
        column.addWidget(paragraph(f"{LEGEND}　{KEYS}", "caption", "muted"))
        column.addLayout(self._verbs())
        column.addWidget(label("副本里的样子", "second", "plain"))
        column.addWidget(self.told)
        order = (self.table, self.text, self.next, self.goes, self.stays, self.mark, self.seen, self.told)
        tab_through(order)
        self._list()
        self._open_first()

    def _verbs(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(Space.S))
        self.next = self._verb("下一处", "F3", lambda: self._step(1))
        self.goes = self._verb("换掉", "Ctrl+H", lambda: self._answer(True))
        self.stays = self._verb("保留", "Ctrl+R", lambda: self._answer(False))
        self.mark = self._verb("选中的也换掉", "Ctrl+M", self._mark)
        self.seen = self._verb("看过，下一份", "Ctrl+Return", self._accept, "tonal", "check")
        for one in (self.next, self.goes, self.stays, self.mark):
            row.addWidget(one)
        row.addStretch(1)
        row.addWidget(self.seen)
        return row

    def _verb(
        self, words: str, key: str, act: Callable[[], None], kind: str = "secondary", icon: str = ""
    ) -> Button:
        """A button whose key acts at once: a button's own key waits until it was drawn as pressed."""
        made = button(words, kind, icon, act, small=True)
        made.setToolTip(f"{words}（{key.replace('Return', 'Enter')}）")
        keyed = QShortcut(QKeySequence(key), self)
        keyed.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keyed.activated.connect(act)
        return made

    def _list(self) -> None:
        names = list(self._pages)
        self.table.set_rows(names, [(name, _state(self._pages[name])) for name in names])

    def _open_first(self) -> None:
        """The first record nobody has looked at, else the first."""
        waiting = (name for name, items in self._pages.items() if not all(item.seen for item in items))
        page = next(waiting, next(iter(self._pages), None))
        if page is not None:
            self.table.set_current(page, tell=False)
            self._show()

    @property
    def _items(self) -> list[Item]:
        return self._pages.get(self.table.current_id() or "", [])

    def _show(self) -> None:
        self.text.show_items(self._items)
        self._tell()
        self._retell()

    def _tell(self) -> None:
        """What the caret stands at."""
        found, mark = self.text.chosen(), self.text.mark_here()
        marks = [one for item in self._items for one in item.marks()]
        self.goes.setEnabled(mark is not None)
        self.stays.setEnabled(mark is not None)
        self.mark.setEnabled(self.text.textCursor().hasSelection())
        if mark and found:
            self.here.setText(_words(found[0], mark))
        else:
            self.here.setText(f"这一份找到{len(marks)}处。" if marks else NOTHING)

    def _retell(self) -> None:
        self.told.set_value("\n".join(f"{item.label}：{item.told()}" for item in self._items))

    def _step(self, by: int) -> None:
        if not self.text.step(by):
            self.said.emit("后面没有了，看完请按Ctrl+Enter。")
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answer(self, goes: bool) -> None:
        found = self.text.chosen()
        if found:
            if not found[0].answer(found[1], found[2], goes=goes):
                self.said.emit(NEVER)
            self._decided()

    def _mark(self) -> None:
        found = self.text.chosen()
        count = self.review.mark_everywhere(*found) if found and found[2] > found[1] else 0
        self.said.emit(f"换掉了{count}处。" if count else SELECT)
        self._decided()

    def _accept(self) -> None:
        """All of this record was looked at: what is open goes; on to the next one. Where its end was not
        on the screen yet, that comes first."""
        if self.text.show_rest():
            self.said.emit(MORE)
            return
        for item in self._items:
            item.accept()
        self._decided()
        self._open_first()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _decided(self) -> None:
        self.text.paint_marks()
        self._tell()
        self._retell()
        self._list()
        self.changed.emit()

    def take_keyboard(self) -> None:
        """The text takes the keyboard."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)


def _state(items: list[Item]) -> Cell:
    found, waits = sum(len(item.marks()) for item in items), sum(item.open for item in items)
    if all(item.seen for item in items):
        return Cell("看过", "ok", "check")
    return Cell(f"{waits}处待定", "warn") if waits else Cell(f"{found}处" if found else "没看", "plain")


def _words(item: Item, mark: Mark) -> str:
    span = mark.span
    text = " ".join(item.text[span.start : span.end].split())
    sort = span.sort if span.sort is Sort.MARKED or span.sure else f"可能是{span.sort}"
    return f"{sort}：{text} → {span.instead}（{mark.state}）"
