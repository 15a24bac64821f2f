"""A field that names a person: type a name, initials or a phone number, Enter takes the first one found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from sgz_desktop.gui.theme import C, px
from sgz_desktop.gui.widgets.line_edit import LineEdit
from sgz_desktop.gui.widgets.painted_rows import draw_text
from sgz_desktop.gui.widgets.spoken import say_choice

REST_MS = 120
MOST = 8
MORE = "还有更多，请多打一个字"
NOT_HERE = "（资料未到）"
NOT_CHOSEN = "还没有选定，请从名单里选一位。"


class Candidate(NamedTuple):
    """Somebody to choose: a bold name and grey facts that tell people of one name apart."""

    id: str
    name: str
    facts: str = ""


Ask = Callable[[str, Callable[[Sequence[Candidate]], None]], None]
"""(typed text, what to call with those found): the search runs off the GUI thread."""


class _Popup(QWidget):
    """The candidates, under the field, never with the keyboard."""

    chosen = Signal(int)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.rows: list[Candidate] = []
        self.at = 0
        self._more = self.numbered = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def show_rows(self, rows: Sequence[Candidate], under: QWidget, *, more: bool) -> None:
        self.rows, self.at, self._more = list(rows), 0, more
        corner = under.mapTo(self.parentWidget(), QPoint(0, under.height() + 3))
        width = max(under.width(), px(420))
        width = min(width, self.parentWidget().width() - px(16))
        left = min(corner.x(), self.parentWidget().width() - width - px(8))
        self.setGeometry(left, corner.y(), width, self.sizeHint().height())
        if self.geometry().bottom() > self.parentWidget().height():
            self.move(left, corner.y() - under.height() - 6 - self.height())
        self.show()
        self.raise_()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(420), px(36) * len(self.rows) + px(10) + (px(28) if self._more else 0))

    def _rect(self, number: int) -> QRectF:
        return QRectF(px(5), px(5) + number * px(36), self.width() - px(10), px(36))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        number = self._row_at(event)
        if number not in (-1, self.at):
            self.at = number
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if (number := self._row_at(event)) >= 0:
            self.chosen.emit(number)

    def _row_at(self, event: QMouseEvent) -> int:
        number = int((event.position().y() - px(5)) // px(36))
        return number if 0 <= number < len(self.rows) else -1

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(C.control), 1))
        painter.setBrush(QColor(C.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(8), px(8))
        for number, row in enumerate(self.rows):
            rect = self._rect(number)
            if number == self.at:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(C.tint))
                painter.drawRoundedRect(rect, px(6), px(6))
            inner = rect.adjusted(px(10), 0, -px(10), 0)
            if number == self.at:
                draw_text(painter, inner, "Enter", "caption", "muted", right=True)
                inner.setRight(inner.right() - px(50))
            elif self.numbered:
                draw_text(painter, inner, str(number + 1), "caption", "muted", right=True)
                inner.setRight(inner.right() - px(24))
            taken = draw_text(painter, inner, row.name, "body_bold")
            draw_text(painter, inner.adjusted(taken + px(12), 0, 0, 0), row.facts, "second", "plain")
        if self._more:
            below = self._rect(len(self.rows))
            below.setHeight(px(28))
            draw_text(painter, below.adjusted(px(10), 0, -px(10), 0), MORE, "caption", "muted")


class PersonPicker(LineEdit):
    """`value()` is the id chosen, None when the text names nobody chosen from the list.

    `near` (the family) is offered before anything is typed and found without asking. When `numbered`, a
    digit after letters takes the candidate of that number.
    """

    picked = Signal(str)
    nobody = Signal(str)

    def __init__(
        self, near: Sequence[tuple[str, str]] = (), ask: Ask | None = None, *, numbered: bool = False
    ) -> None:
        super().__init__("姓名、拼音首字母或电话")
        self._numbered = numbered
        self._near = [Candidate(*one) for one in near]
        self._ask = ask
        self._words = {one.id: one.name for one in self._near}
        self._id: str | None = None
        self._popup: _Popup | None = None
        self._enter_waits = False
        self._found_for = ""
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(REST_MS)
        self._wait.timeout.connect(self._search)
        self.textEdited.connect(lambda _text: self._typed())

    def set_ask(self, ask: Ask) -> None:
        """Another way to look for people."""
        self._ask = ask

    def value(self) -> str | None:
        """The id of the person chosen."""
        return self._id

    def set_value(self, value: str | None, words: str = "") -> None:
        """Choose by id; an id that is not among the options shows as not yet here."""
        if value == self._id and not words:
            return
        if value and words:
            self._words[value] = words
        self._id = value
        self.setText(self._words.get(value, NOT_HERE) if value else "")
        self.changed.emit()

    def problem(self) -> str:
        """What is wrong when something was typed and nobody chosen; '' when all is well."""
        return NOT_CHOSEN if self._id is None and self.text().strip() else ""

    def _typed(self) -> None:
        self._id = None
        self._enter_waits = False
        self._wait.start()

    def _search(self) -> None:
        self._wait.stop()
        text = self.text().strip()
        near = [one for one in self._near if text in one.name]
        if not text or self._ask is None:
            self._show(text, near)
        else:
            self._ask(text, lambda found: self._show(text, [*near, *_others(found, near)]))

    def _show(self, text: str, rows: Sequence[Candidate]) -> None:
        if text != self.text().strip() or self._id is not None:
            return
        self._found_for = text
        more, rows = len(rows) > MOST, list(rows)[:MOST]
        if not rows:
            self._hide()
            self._enter_waits = False
            if text:
                self.nobody.emit(text)
            return
        offered = [f"{one.name}{one.facts}" for one in rows]
        say_choice(self, "；".join([*offered, MORE] if more else offered))
        if self.hasFocus():
            self._list().show_rows(rows, self, more=more)
            if self._enter_waits:
                self._choose(0)

    def _list(self) -> _Popup:
        if self._popup is None or self._popup.parentWidget() is not self.window():
            self._popup = _Popup(self.window())
            self._popup.numbered = self._numbered
            self._popup.chosen.connect(self._choose)
            self.destroyed.connect(self._popup.deleteLater)
            self.window().installEventFilter(self)
        return self._popup

    def candidates(self) -> list[Candidate]:
        """Those offered now."""
        return list(self._popup.rows) if self._open() and self._popup else []

    def _open(self) -> bool:
        return self._popup is not None and self._popup.isVisible()

    def _hide(self) -> None:
        if self._popup:
            self._popup.hide()

    def _choose(self, number: int) -> None:
        row = self._list().rows[number]
        self._enter_waits = False
        self._hide()
        self.set_value(row.id, row.name)
        self.picked.emit(row.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Down and not self._open():
            self._search()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._popup:
            step = 1 if key == Qt.Key.Key_Down else -1
            self._popup.at = min(max(self._popup.at + step, 0), len(self._popup.rows) - 1)
            self._popup.update()
        elif key == Qt.Key.Key_Escape and self._open():
            self._hide()
        elif (number := self._number(event)) >= 0:
            self._choose(number)
        else:
            super().keyPressEvent(event)

    def _number(self, event: QKeyEvent) -> int:
        """The candidate a digit names: only where what is typed cannot be a number itself."""
        typed = self.text().strip()
        digit = int(event.text()) if event.text() in tuple("123456789") else 0
        fits = self._numbered and typed.isalpha() and self._found_for == typed and self._open()
        return digit - 1 if fits and 0 < digit <= len(self.candidates()) else -1

    def take_first(self) -> None:
        """As Enter: the candidate pointed at, or the first one once they are found."""
        self._enter()

    def _enter(self) -> None:
        if self._id is not None:
            self.picked.emit(self._id)
        elif self._open() and self._found_for == self.text().strip() and self._popup:
            self._choose(self._popup.at)
        elif self.text().strip():
            self._enter_waits = True
            self._search()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self.text() and self._near:
            self._show("", self._near)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._hide()
        return False


def _others(found: Sequence[Candidate], near: Sequence[Candidate]) -> list[Candidate]:
    known = {one.id for one in near}
    return [one for one in found if one.id not in known]
