"""A field that names a person: the family as a list, everybody else by typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter

from sgz_desktop.gui.widgets.inputs import LineEdit

Options = Sequence[tuple[str, str]]
Ask = Callable[[str, Callable[[Options], None]], None]
"""(typed text, what to call with the options found): the search runs off the GUI thread."""


class PersonPicker(LineEdit):
    """`value()` is the id chosen, None when the text names nobody chosen from the list."""

    picked = Signal(str)

    def __init__(self, options: Options, ask: Ask | None = None) -> None:
        super().__init__("姓名、拼音首字母或电话")
        self._near, self._ask = list(options), ask
        self._words = dict(options)
        self._id: str | None = None
        self._shown = QStandardItemModel(self)
        self._completer = QCompleter(self._shown, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.activated[QModelIndex].connect(self._choose)
        self._completer.setWidget(self)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(120)
        self._wait.timeout.connect(self._search)
        self.textEdited.connect(lambda _text: self._typed())

    def value(self) -> str | None:
        """The id of the person chosen."""
        return self._id

    def set_value(self, value: str | None) -> None:
        """Choose by id; an id that is not among the options shows as not yet here."""
        self._id = value
        self.setText(self._words.get(value, "（资料未到）") if value else "")

    def mousePressEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        super().mousePressEvent(event)
        if not self.text():
            self._offer(self._near)

    def _typed(self) -> None:
        self._id = None
        self.changed.emit()
        self._wait.start()

    def _search(self) -> None:
        text = self.text().strip()
        near = [(id, words) for id, words in self._near if text in words]
        if not text or self._ask is None:
            self._offer(self._near if not text else near)
        else:
            self._ask(text, lambda found: self._offer([*near, *(f for f in found if f not in near)]))

    def _offer(self, options: Options) -> None:
        self._shown.clear()
        for id, words in options[:20]:
            item = QStandardItem(words)
            item.setData(id, Qt.ItemDataRole.UserRole)
            self._shown.appendRow(item)
            self._words[id] = words
        if options and self.hasFocus():
            self._completer.complete()

    def _choose(self, index: QModelIndex) -> None:
        self.set_value(index.data(Qt.ItemDataRole.UserRole))
        self.changed.emit()
        self.picked.emit(self._id or "")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._id is None and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.setText("")
