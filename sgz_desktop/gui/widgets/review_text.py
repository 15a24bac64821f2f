"""Free texts to be looked at, with what identifies marked in them by underline and colour."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from sgz_desktop.domain.deidentify_review import Item, Mark, State
from sgz_desktop.domain.deidentify_text import Sort
from sgz_desktop.gui import theme
from sgz_desktop.gui.theme import C

LINES = {
    State.REPLACED: (C.hover, C.tint, QTextCharFormat.UnderlineStyle.SingleUnderline),
    State.OPEN: (C.warn, C.warn_tint, QTextCharFormat.UnderlineStyle.WaveUnderline),
    State.KEPT: (C.text, C.surface, QTextCharFormat.UnderlineStyle.DotLine),
}
OWN = (C.danger, C.danger_tint, QTextCharFormat.UnderlineStyle.DashUnderline)
LEGEND = "实线：换掉　波浪线：待定　点线：保留　短线：自己标出"


class ReviewText(QTextEdit):
    """Some items one below the other. `moved` when the caret stands elsewhere."""

    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.setTabChangesFocus(True)
        self.setAccessibleName("要看的文字")
        self.setFont(theme.font("body"))
        self._places: list[tuple[int, Item]] = []
        self._furthest = 0  # how far down it was scrolled since the items are shown
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.cursorPositionChanged.connect(self.moved)

    def show_items(self, items: Sequence[Item]) -> None:
        """Show other items, with the caret at the first thing found."""
        self.clear()
        self._places, self._furthest = [], 0
        cursor = self.textCursor()
        head, body = QTextCharFormat(), QTextCharFormat()
        head.setFont(theme.font("second_bold"))
        head.setForeground(QColor(C.text2))
        body.setFont(theme.font("body"))
        for number, item in enumerate(items):
            if number:
                cursor.insertBlock()
            cursor.insertText(f"{item.label}\n", head)
            self._places.append((cursor.position(), item))
            cursor.insertText(item.text, body)
        self.paint_marks()
        cursor.setPosition(self._places[0][0] if self._places else 0)
        self.setTextCursor(cursor)
        self.step(1, stay=True)

    def _scrolled(self, value: int) -> None:
        self._furthest = max(self._furthest, value)

    def show_rest(self) -> bool:
        """Scroll on where the end was not seen yet; False where it was."""
        bar = self.verticalScrollBar()
        if self._furthest >= bar.maximum():
            return False
        bar.setValue(self._furthest + bar.pageStep() - self.fontMetrics().height())
        return True

    def paint_marks(self) -> None:
        """Draw the marks anew."""
        self.setExtraSelections([self._drawn(start, mark, item) for start, item, mark in self._marks()])

    def _marks(self) -> list[tuple[int, Item, Mark]]:
        return [(start, item, mark) for start, item in self._places for mark in item.marks()]

    def _drawn(self, start: int, mark: Mark, item: Item) -> QTextEdit.ExtraSelection:
        ink, ground, line = OWN if mark.span.sort is Sort.MARKED else LINES[mark.state]
        shape = QTextCharFormat()
        shape.setForeground(QColor(ink))
        shape.setBackground(QColor(ground))
        shape.setUnderlineStyle(line)
        shape.setUnderlineColor(QColor(ink))
        drawn = QTextEdit.ExtraSelection()
        drawn.format, drawn.cursor = shape, self._cursor(start, item, mark)
        return drawn

    def _cursor(self, start: int, item: Item, mark: Mark) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(start + units(item.text, mark.span.start))
        cursor.setPosition(start + units(item.text, mark.span.end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def step(self, by: int, *, stay: bool = False) -> bool:
        """Go to the next mark, or the one before; False where there is none further. `stay`: the one
        the caret stands before counts."""
        cursors = [self._cursor(start, item, mark) for start, item, mark in self._marks()]
        here = self.textCursor()
        at = here.selectionStart()
        if by > 0:
            found = [
                one
                for one in cursors
                if one.selectionStart() >= at + (0 if stay or not here.hasSelection() else 1)
            ]
        else:
            found = [one for one in reversed(cursors) if one.selectionStart() < at]
        if found:
            self.setTextCursor(found[0])
            self.ensureCursorVisible()
        return bool(found)

    def chosen(self) -> tuple[Item, int, int] | None:
        """The item the caret is in, and the part of its text that is selected."""
        cursor = self.textCursor()
        for start, item in reversed(self._places):
            first, last = cursor.selectionStart() - start, cursor.selectionEnd() - start
            if 0 <= first <= units(item.text, len(item.text)):
                return item, points(item.text, first), points(item.text, last)
        return None

    def mark_here(self) -> Mark | None:
        """The mark the caret stands in."""
        found = self.chosen()
        if found is None:
            return None
        item, start, end = found
        near = (one for one in item.marks() if one.span.start < max(end, start + 1) and start < one.span.end)
        return next(near, None)


def units(text: str, at: int) -> int:
    """A place in a text as the document counts: characters beyond U+FFFF are two."""
    return at + sum(ch > "\uffff" for ch in text[:at])


def points(text: str, at: int) -> int:
    """The other way round; past the end is the end."""
    seen = 0
    for place, ch in enumerate(text):
        if seen >= at:
            return place
        seen += 2 if ch > "\uffff" else 1
    return len(text)
