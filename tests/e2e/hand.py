"""A worker at the window: finds what is shown by its words, then presses and types. Nothing else.

Fields are reached with Tab and filled by keyboard, Chinese as an input method hands it over; buttons are
pressed with the mouse where the window really shows them. Values are never set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from sgz_desktop.gui import jobs
from sgz_desktop.gui.messages import Dialog
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import Choice
from sgz_desktop.gui.widgets.multi_choice import MultiChoice
from sgz_desktop.gui.widgets.person_picker import PersonPicker
from sgz_desktop.gui.widgets.record_list import RecordList
from sgz_desktop.gui.widgets.segmented import DIGITS, Segmented
from sgz_desktop.gui.widgets.stage_bar import StageBar
from sgz_desktop.gui.widgets.tabs import Tabs

KEY = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
PLAIN = Qt.KeyboardModifier.NoModifier
PATIENCE_MS = 40_000
MOST_TABS = 160
REQUIRED = "（必填）"
Value = str | Sequence[str]


class Hand:
    """`keys` counts what was pressed, `clicks` the mouse, `typed` is what was filled in as (label, text),
    `told` the sentences of dialogs answered."""

    def __init__(self, qtbot: Any, monkeypatch: Any) -> None:
        self._qtbot = qtbot
        self.keys = self.clicks = 0
        self.typed: list[tuple[str, str]] = []
        self.told: list[str] = []
        self._answers: list[str] = []
        self._surprises: list[str] = []
        self._save_to: Path | None = None
        self._watch = QTimer()
        self._watch.setInterval(20)
        self._watch.timeout.connect(self._look_for_message)
        self._watch.start()
        monkeypatch.setattr(QFileDialog, "getSaveFileName", self._native_save)

    # waiting

    def until(self, true: Callable[[], object], what: str = "") -> None:
        """Let the program run until something is so."""

        def check() -> bool:
            assert not self._surprises, self._surprises
            return bool(true())

        try:
            self._qtbot.waitUntil(check, timeout=PATIENCE_MS)
        except Exception as problem:
            raise AssertionError(
                f"waited in vain for {what or true}; in {self.window()}: {self.words()[-60:]}"
            ) from problem

    def rest(self) -> None:
        """Let everything under way come to its end."""
        self.until(lambda: not jobs.busy(), "jobs to end")
        for _ in range(3):
            QApplication.processEvents()
        self.until(lambda: not jobs.busy(), "jobs to end")

    def see(self, text: str) -> None:
        """Wait until a sentence is in sight, in a label, band, toast or button."""
        self.until(lambda: any(text in words for words in self.words()), text)

    def title(self, words: str) -> None:
        """Wait until a page has this title."""
        self.until(
            lambda: any(one.text() == words for one in self.shown(QLabel) if one.property("role") == "title"),
            f"the page “{words}”",
        )

    # looking

    def window(self) -> QWidget:
        """The window or dialog in front."""
        found = QApplication.activeModalWidget() or QApplication.activeWindow()
        if found is None or not found.isVisible():
            kinds = (Qt.WindowType.Window, Qt.WindowType.Widget, Qt.WindowType.Dialog)
            shown = [
                one for one in QApplication.topLevelWidgets() if one.isVisible() and one.windowType() in kinds
            ]
            assert shown, "no window is shown"
            found = shown[-1]  # without a window manager nobody wakes it after a dialog
            found.activateWindow()
            QTest.qWaitForWindowActive(found, PATIENCE_MS)
        return found

    def shown(self, kind: type[Any]) -> list[Any]:
        """The visible widgets of a kind in the window in front, from top to bottom."""
        window = self.window()
        found = [one for one in window.findChildren(kind) if one.isVisible()]
        return sorted(found, key=lambda one: _corner(one, window))

    def words(self) -> list[str]:
        """Every text the window in front shows."""
        texts = [one.toolTip() or one.text() for one in self.shown(QLabel)]
        return [*texts, *(one.text() for one in self.shown(QAbstractButton))]

    def control(self, name: str, number: int = -1, inside: str = "") -> Any:
        """The control of a field by its label; `number` where several have it, `inside` a row's title."""
        self.until(lambda: self._controls(name, inside), f"field “{name}” among {self.fields()}")
        return self._controls(name, inside)[number]

    def _controls(self, name: str, inside: str) -> list[Any]:
        scope = _row_titled(self, inside) if inside else None
        for frame_kind in (FieldFrame, QWidget):
            found = []
            for one in self.shown(frame_kind):
                control = one.control if isinstance(one, FieldFrame) else one
                if control.accessibleName().removesuffix(REQUIRED) == name and (
                    scope is None or scope.isAncestorOf(control)
                ):
                    found.append(control)
            if found:
                return found
        return []

    def buttons(self) -> list[str]:
        """The names of all buttons that can be pressed."""
        return [one.accessibleName() for one in self.shown(QAbstractButton) if one.isEnabled()]

    def fields(self) -> list[str]:
        """The labels of all fields shown."""
        return [one.control.accessibleName() for one in self.shown(FieldFrame)]

    def message(self, name: str, number: int = -1) -> str:
        """The sentence under a field."""
        return str(self.control(name, number).accessibleDescription())

    # the mouse

    def press(self, words: str, number: int = -1) -> None:
        """Click a button by its words, once it is there and can be pressed."""
        found: list[QAbstractButton] = []

        def there() -> bool:
            found[:] = [
                one
                for one in self.shown(QAbstractButton)
                if words in (one.accessibleName(), one.text().strip("\u2009 ")) and one.isEnabled()
            ]
            return bool(found)

        self.until(there, f"button “{words}”")
        self.click(found[number])

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Press the mouse on a widget, where the window shows it and nothing covers it."""
        self.bring(widget)
        point = at or widget.rect().center()
        window = widget.window()
        top = window.childAt(widget.mapTo(window, point))
        assert top is widget or (top and widget.isAncestorOf(top)), f"{widget} is covered by {top}"
        self.clicks += 1
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, PLAIN, point)
        QApplication.processEvents()

    def bring(self, widget: QWidget) -> None:
        """Scroll until a widget is in sight, as the wheel does."""
        area = widget.parentWidget()
        while area is not None:
            if isinstance(area, QScrollArea) and area.widget() and area.widget().isAncestorOf(widget):
                inner = area.widget().layout()
                if inner:
                    inner.activate()
                area.ensureWidgetVisible(widget, 0, 60)
            area = area.parentWidget()

    def stage(self, words: str) -> None:
        """Press a stage of the stage bar."""
        (bar,) = self.shown(StageBar)
        names = [part.split("，")[0] for part in bar.accessibleDescription().split("；")]
        number = next(n for n, name in enumerate(names) if name.startswith(words))
        width = bar.width() / len(names)
        self.click(bar, QPoint(int(width * (number + 0.5)), 19))

    def menu(self, button: str, words: str) -> None:
        """Open a menu and choose a line of it by keyboard."""
        self.press(button)
        self.until(lambda: isinstance(QApplication.activePopupWidget(), QMenu), f"the menu of {button}")
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        lines = [action.text() for action in menu.actions()]
        for _ in range(lines.index(words) + 1):
            QTest.keyClick(menu, KEY.Key_Down)
        QTest.keyClick(menu, KEY.Key_Return)
        QApplication.processEvents()

    def tab(self, words: str) -> None:
        """Turn to a tab by Alt and its number."""
        tabs = next(one for one in self.shown(Tabs) if words in one.accessibleName())
        names = tabs.accessibleName().removeprefix("分页：").split("、")
        number = next(n for n, name in enumerate(names) if name.startswith(words))
        self.key(getattr(KEY, f"Key_{number + 1}"), ALT)
        self.rest()

    def row(self, table: str, words: str) -> None:
        """Open a row of a list by a double press."""

        def views() -> list[RecordList]:
            return [one for one in self.shown(RecordList) if one.accessibleName() == table]

        def place() -> int:
            if not views():
                return -1
            model = views()[0].model()
            for row in range(model.rowCount()):
                texts = (
                    str(model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole))
                    for column in range(model.columnCount())
                )
                if any(words in text for text in texts):
                    return row
            return -1

        self.until(lambda: place() >= 0, f"a row with “{words}” in {table}")
        view = views()[0]
        index = view.model().index(place(), 0)
        view.scrollTo(index)
        self.clicks += 2
        at = view.visualRect(index).center()
        for press in (QTest.mouseClick, QTest.mouseDClick):
            press(view.viewport(), Qt.MouseButton.LeftButton, PLAIN, at)
        QApplication.processEvents()

    def rows(self, table: str) -> list[str]:
        """What the rows of the lists of a name say."""
        said = Qt.ItemDataRole.AccessibleTextRole
        models = [one.model() for one in self.shown(RecordList) if one.accessibleName() == table]
        return [str(model.index(row, 0).data(said)) for model in models for row in range(model.rowCount())]

    # the keyboard

    def focus(self) -> QWidget:
        """Who has the keyboard."""
        found = QApplication.focusWidget()
        assert found is not None, "nobody has the keyboard"
        return found

    def has_keyboard(self, name: str) -> None:
        """Wait until the keyboard is where the program puts it by itself."""
        self.until(
            lambda: (now := QApplication.focusWidget()) and now.accessibleName() == name,
            f"the keyboard in “{name}”",
        )

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        """Press a key wherever the keyboard is."""
        self.keys += 1
        window = self.window()
        QTest.keyClick(QApplication.focusWidget() or window, key, modifier)
        QApplication.processEvents()

    def write(self, text: str) -> None:
        """Type a text: ASCII key by key, everything else as an input method commits it."""
        for part in _parts(text):
            if part == "\n":
                self.key(KEY.Key_Return)
            elif part.isascii() and len(part) <= 200:
                self.keys += len(part)
                QTest.keyClicks(self.focus(), part)
            else:
                self.keys += 1
                event = QInputMethodEvent()
                event.setCommitString(part)
                QApplication.sendEvent(self.focus(), event)

    def reach(self, control: QWidget) -> None:
        """Tab to a control, forwards round the form."""
        for _ in range(MOST_TABS):
            now = QApplication.focusWidget()
            if now is control or (now is not None and control.isAncestorOf(now)):
                return
            QTest.keyClick(now or self.window(), KEY.Key_Tab)
        raise AssertionError(f"Tab never reaches “{control.accessibleName()}”")

    def fill(self, values: Mapping[str, Value], inside: str = "") -> None:
        """Fill fields by their labels, in the order given."""
        for name, value in values.items():
            self.put(self.control(name, inside=inside), value)

    def put(self, control: QWidget, value: Value) -> None:
        """Fill one control by keyboard."""
        self.reach(control)
        label = control.accessibleName().removesuffix(REQUIRED)
        self.typed += [(label, one) for one in ([value] if isinstance(value, str) else value)]
        if isinstance(control, PersonPicker):
            self.write(str(value))
            self.key(KEY.Key_Return)
            self.until(lambda: control.value() is not None, f"{value} to be found")
        elif isinstance(control, (QLineEdit, QPlainTextEdit)):
            self.key(KEY.Key_A, CTRL)
            self.write(str(value))
        elif isinstance(control, Segmented):
            codes = {words: str(code) for code, words, _ in control._options}  # as they are painted
            code = codes[str(value)]
            self.key(getattr(KEY, f"Key_{code if code in DIGITS else list(codes).index(str(value)) + 1}"))
        elif isinstance(control, MultiChoice):
            self._tick(control, [value] if isinstance(value, str) else value)
        elif isinstance(control, Choice):
            self._choose(control, str(value))
        else:
            raise AssertionError(f"cannot fill {control}")

    def _tick(self, control: MultiChoice, wanted: Sequence[str]) -> None:
        labels = [words for _, words in control.options()]
        for _ in labels:
            self.key(KEY.Key_Left)
        here = 0
        for words in sorted(wanted, key=labels.index):
            for _ in range(labels.index(words) - here):
                self.key(KEY.Key_Right)
            here = labels.index(words)
            self.key(KEY.Key_Space)
        ticked = control.accessibleDescription().partition("已选：")[2].partition("。")[0].split("、")
        assert set(wanted) <= set(ticked), ticked

    def _choose(self, control: Choice, wanted: str) -> None:
        labels = [control.itemText(at) for at in range(control.count())]
        at = next((n for n, words in enumerate(labels) if words == wanted), None)
        if at is None:
            at = next(n for n, words in enumerate(labels) if wanted in words)
        self.key(KEY.Key_Home)
        for _ in range(at - control.currentIndex()):
            self.key(KEY.Key_Down)
        assert control.currentText() == labels[at]

    # dialogs

    @contextmanager
    def answering(self, *buttons: str) -> Iterator[list[str]]:
        """The messages that come up meanwhile are answered with these buttons; gives what they said."""
        start = len(self.told)
        self._answers += buttons
        heard: list[str] = []
        yield heard
        self.until(lambda: not self._answers, f"a message to answer with {self._answers}")
        heard += self.told[start:]

    def _look_for_message(self) -> None:
        shown = QApplication.activeModalWidget()
        if not isinstance(shown, Dialog) or not shown.isVisible():
            return
        said = shown.text.text() + shown.hint.text()
        buttons = {one.accessibleName(): one for one in shown.findChildren(QAbstractButton)}
        if self._answers:
            self.told.append(said)
            wanted = self._answers.pop(0)
        elif "结案" in buttons or "一并结束" in buttons:
            return  # a question the story answers itself
        else:
            self._surprises.append("".join(one.text() for one in shown.findChildren(QLabel)))
            wanted = "知道了" if "知道了" in buttons else next(iter(buttons))
        QTest.mouseClick(buttons[wanted], Qt.MouseButton.LeftButton)

    def saving_to(self, path: Path) -> None:
        """What the person will choose in the system's own file dialog."""
        self._save_to = path

    def _native_save(self, _parent: Any, _title: str, suggested: str, _kinds: str = "") -> tuple[str, str]:
        assert self._save_to is not None
        chosen = self._save_to / suggested if self._save_to.is_dir() else self._save_to
        return str(chosen), ""

    def go_home(self) -> None:
        """Take the hand off."""
        self._watch.stop()
        assert not self._surprises, self._surprises


def _corner(widget: QWidget, window: QWidget) -> tuple[int, int]:
    if not shiboken6.isValid(widget) or not window.isAncestorOf(widget):
        return (0, 0)
    at = widget.mapTo(window, QPoint(0, 0))
    return at.y(), at.x()


def _row_titled(hand: Hand, title: str) -> QWidget | None:
    label = next((one for one in hand.shown(QLabel) if one.text() == title), None)
    return label.parentWidget() if label else None


def _parts(text: str) -> Iterator[str]:
    """Runs of ASCII and of everything else; line ends alone."""
    run = ""
    for char in text:
        if run and (char == "\n" or run == "\n" or char.isascii() != run[0].isascii()):
            yield run
            run = ""
        run += char
    if run:
        yield run


def bands(hand: Hand) -> list[str]:
    """The sentences of all bands in sight."""
    return [one.text() for one in hand.shown(Band)]
