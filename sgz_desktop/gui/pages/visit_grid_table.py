"""The keys of the 补录表: digits fill coded cells and move on, Enter saves the row, Tab goes on by a cell."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from sgz_desktop.domain import visit_slips
from sgz_desktop.domain.slip_paste import is_table
from sgz_desktop.domain.visit_slips import NO_DAY, NOBODY, NOBODY_CHOSEN, NOT_SAID_WHO
from sgz_desktop.gui.pages.visit_grid_cells import SlipCells
from sgz_desktop.gui.pages.visit_grid_model import CODED, PLACES, TYPED, SlipModel
from sgz_desktop.gui.pages.visit_grid_view import SlipView
from sgz_desktop.gui.widgets.line_edit import LineEdit
from sgz_desktop.gui.widgets.person_picker import PersonPicker

Key = Qt.Key
ENTER = (Key.Key_Return, Key.Key_Enter)
ORDER = ("day", "village", "person", "mode", "met", "change", "words", "companions", "purposes")
LACKING = {NOBODY_CHOSEN: "person", NO_DAY: "day", NOT_SAID_WHO: "met"}


class SlipTable(SlipView):
    """`entered(row)` when Enter asks to save a row, `pasted(text)` a table from the clipboard, `wanted`
    "full", "undo", "delete", "save" or "leave"."""

    entered = Signal(int)
    pasted = Signal(str)
    wanted = Signal(str)

    def __init__(self, model: SlipModel, today: Callable[[], str]) -> None:
        super().__init__(model, today)
        self.setItemDelegate(SlipCells(self))
        self.setCurrentIndex(model.index(0, PLACES["person"]))
        self.picked.connect(self._picked)
        self.coded.connect(self._choose)

    def _picked(self, name: str) -> None:
        """Somebody, or a village, was chosen in a field."""
        self.close_editor()
        if name == "person":
            self.go(self.row(), "met")
        else:
            self._step(1)

    def key_in_editor(self, editor: LineEdit, event: QKeyEvent) -> bool:
        """A key pressed in a field; True when the table has dealt with it."""
        key = event.key()
        if self._command(event, editor):
            return True
        picking = isinstance(editor, PersonPicker) and editor.value() is None and bool(editor.text().strip())
        listing = isinstance(editor, PersonPicker) and bool(editor.candidates())
        if key in (*ENTER, Key.Key_Tab) and picking and (self.field() == "person" or listing):
            assert isinstance(editor, PersonPicker)
            editor.take_first()
            return True
        if key in (Key.Key_Up, Key.Key_Down):
            if listing:
                return False
            self.close_editor()
            self._step_row(1 if key == Key.Key_Down else -1)
            return True
        if key == Key.Key_Escape and not listing:
            self._escape(editor)
            return True
        return self._moves(event)

    def _escape(self, editor: LineEdit) -> None:
        """Once: as it stood. With nothing typed: out of the table."""
        as_it_stood = editor.text() == editor.property("shown")
        self.close_editor(keep=False)
        if as_it_stood:
            self.wanted.emit("leave")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._command(event, None) or self._moves(event):
            return
        key, name = event.key(), self.field()
        if key == Key.Key_Escape:
            self.wanted.emit("leave")
        elif key in (Key.Key_Backspace, Key.Key_Delete) and name in CODED:
            self.put(self.row(), **{name: ""} | ({"reason": ""} if name == "met" else {}))
        elif name in CODED and _is_text(event):
            self._digit(event.text())
        elif name in TYPED and _is_text(event):
            self._begin(event.text())
        else:
            super().keyPressEvent(event)

    def _begin(self, text: str) -> None:
        """A key in a cell whose field was closed opens it again and is not lost."""
        self.edit(self.currentIndex())
        if (editor := self.editor()) is not None:
            editor.insert(text)
            editor.textEdited.emit(editor.text())

    def _moves(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in ENTER:
            self.close_editor()
            self.advance()
        elif key in (Key.Key_Tab, Key.Key_Backtab):
            self.close_editor()
            if not self._step(1 if key == Key.Key_Tab else -1):
                self.focusNextPrevChild(key == Key.Key_Tab)
        else:
            return False
        return True

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab goes from cell to cell; after the last and before the first it leaves the table."""
        if self.hasFocus() and self._may_step(1 if forwards else -1):
            self._step(1 if forwards else -1)
            return True
        return QWidget.focusNextPrevChild(self, forwards)

    def _command(self, event: QKeyEvent, editor: LineEdit | None) -> bool:
        ctrl = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.matches(QKeySequence.StandardKey.Paste):
            text = QGuiApplication.clipboard().text()
            if is_table(text):
                self.pasted.emit(text)
            return is_table(text)
        if event.matches(QKeySequence.StandardKey.Undo):
            if editor is not None and editor.isUndoAvailable():
                return False
            self._ask_for("undo")
        elif event.key() == Key.Key_F2:
            self._ask_for("full")
        elif ctrl and event.key() == Key.Key_Delete:
            self._ask_for("delete")
        elif ctrl and event.key() == Key.Key_S:
            self._ask_for("save")
        elif ctrl and event.key() == Key.Key_D:
            self._copy_above()
        else:
            return False
        return True

    def _ask_for(self, what: str) -> None:
        self.close_editor()
        self.wanted.emit(what)

    def _copy_above(self) -> None:
        """照抄上一行: this cell as the one above."""
        number, name = self.row(), self.field()
        if number == 0 or name in ("", "number", "state", "person"):
            return
        self.close_editor(keep=False)
        above = self.slips.rows[number - 1].slip
        values = {name: getattr(above, name)} | ({"reason": above.reason} if name == "met" else {})
        self.put(number, **values)
        self._step(1)

    def _digit(self, text: str) -> None:
        name = "reason" if self.asks_reason else self.field()
        text = "1" if name == "change" and text == "9" else text
        code = visit_slips.chosen(CODED[name], text)
        if code is not None:
            self._choose(code)

    def _choose(self, code: str) -> None:
        """A coded cell is filled, and the keyboard goes where the next word is expected."""
        number, name = self.row(), "reason" if self.asks_reason else self.field()
        if name == "change" and self.slips.slip(number).met == NOBODY:
            return
        slip = visit_slips.with_digit(self.slips.slip(number), name, code)
        self.put(number, **{name: code, "reason": slip.reason, "change": slip.change})
        if (name, code) == ("met", NOBODY):
            self.asks_reason = True
            self.open_cell()
        elif name == "purposes":
            self.advance()
        else:
            self.go(number, {"mode": "met", "met": "change"}.get(name, "words"))

    def advance(self) -> None:
        """Enter: to what is still missing in the row, else it is saved and the next one begins."""
        number = self.row()
        row = self.slips.rows[number]
        if not row.touched:
            self.open_cell()
            return
        lacking = LACKING.get(visit_slips.lacks(row.slip), "")
        if lacking:
            self.go(number, lacking)
            return
        self.entered.emit(number)
        self.go(min(number + 1, len(self.slips.rows) - 1), "person")

    def _step_row(self, by: int) -> None:
        number = min(max(self.row() + by, 0), len(self.slips.rows) - 1)
        self.go(number, self.field())

    def _may_step(self, by: int) -> bool:
        number, name = self.row(), self.field()
        at = ORDER.index(name) + by if name in ORDER else 0
        return 0 <= at < len(ORDER) or 0 <= number + by < len(self.slips.rows)

    def _step(self, by: int) -> bool:
        """To the next cell one can type in; False at either end of the table."""
        if not self._may_step(by):
            return False
        number, name = self.row(), self.field()
        at = ORDER.index(name) + by if name in ORDER else 0
        if name == "met" and by > 0 and self.slips.slip(number).met == NOBODY:
            at += 1
        if 0 <= at < len(ORDER):
            self.go(number, ORDER[at])
        else:
            self.go(number + by, "person" if by > 0 else ORDER[-1])
        return True


def _is_text(event: QKeyEvent) -> bool:
    modified = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    return not modified and bool(event.text().strip()) and event.text().isprintable()
