"""Buttons: one primary per area, secondary outlined, tonal for the next step, links without a box."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from sgz_desktop.gui import icons, theme
from sgz_desktop.gui.widgets.labels import set_property

_INK = {"primary": "on_brand", "tonal": "hover", "danger": "danger", "link": "brand"}


class Button(QPushButton):
    """A push button that Enter presses too. Enter in a field of a dialog presses its primary button: Qt would
    take the first one, which is 返回, and what was typed would be gone."""

    def __init__(
        self, text: str, kind: str = "secondary", icon: str = "", *, small: bool = False, big: bool = False
    ) -> None:
        super().__init__(text)
        self.setProperty("kind", kind)
        self.setAutoDefault(kind == "primary")
        self.setProperty("small", "true" if small else "false")
        self.setProperty("big", "true" if big else "false")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if icon:
            self.set_icon(icon)

    def set_icon(self, name: str) -> None:
        """Show an icon before the words."""
        kind = str(self.property("kind"))
        self.setIcon(icons.icon(name, _INK.get(kind, "text2"), 18))
        self.setIconSize(QSize(theme.px(18), theme.px(18)))
        if self.text() and not self.text().startswith("\u2009"):
            self.setText("\u2009" + self.text())

    def setText(self, text: str) -> None:
        """Other words under the same key: Qt takes the shortcut away with the old text."""
        key = self.shortcut()
        super().setText(text)
        self.setShortcut(key)

    def setVisible(self, visible: bool) -> None:
        """Shown before it has a place it were a window of its own for a moment: it comes with its place."""
        if not visible or self.parentWidget() is not None:
            super().setVisible(visible)

    def words(self) -> str:
        """The text without its leading hair of space."""
        return self.text().lstrip("\u2009")

    def set_busy(self, text: str) -> None:
        """Say what is being done, keep the size, take no second press; "" ends it."""
        if text:
            self.setFixedWidth(self.width())
            self._idle_text = self.text()
            self.setText(text)
        elif hasattr(self, "_idle_text"):
            self.setText(self._idle_text)
        self.setEnabled(not text)
        set_property(self, "busy", "true" if text else "false")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)


def button(
    text: str,
    kind: str = "secondary",
    icon: str = "",
    on_click: Callable[[], object] | None = None,
    *,
    small: bool = False,
    big: bool = False,
    key: str = "",
) -> Button:
    """A button; `kind` is primary, secondary, tonal, danger, quiet or link.

    `big` is for the one action of a page; `key` is a shortcut, told in the tooltip.
    """
    made = Button(text, kind, icon, small=small, big=big)
    made.setAccessibleName(text)
    if on_click:
        made.clicked.connect(lambda _=False: on_click())
    if key:
        made.setShortcut(key)
        made.setToolTip(f"{text}（{key}）")
    return made


def link(text: str, on_click: Callable[[], object] | None = None) -> Button:
    """Words to press, for 看全部 and the like."""
    return button(text, "link", on_click=on_click)


def icon_button(
    name: str,
    says: str,
    on_click: Callable[[], object] | None = None,
    *,
    kind: str = "secondary",
    small: bool = False,
) -> Button:
    """A button without words: only for ‹ › × …, the eye and the lock. `says` is its name and tooltip."""
    made = Button("", kind, name, small=small)
    made.setProperty("square", "true")
    made.setAccessibleName(says)
    made.setToolTip(says)
    made.setFixedWidth(theme.px(theme.Height.SMALL if small else theme.Height.CONTROL))
    if on_click:
        made.clicked.connect(lambda _=False: on_click())
    return made


def way_back(made: Button) -> Button:
    """The same button, which Esc presses from anywhere on its page: 返回, or × of a panel."""
    made.setProperty("leads_back", True)
    return made


def leads_back(widget: QWidget) -> bool:
    """Is it a button that Esc presses?"""
    return bool(widget.property("leads_back"))


def menu_button(text: str, entries: list[tuple[str, Callable[[], object]]], *, icon: str = "") -> Button:
    """A button that opens a menu of (words, what to do)."""
    made = icon_button("more", "更多") if not text else button(text, icon=icon)
    from PySide6.QtWidgets import QMenu

    menu = QMenu(made)
    for words, act in entries:
        menu.addAction(words).triggered.connect(lambda _=False, act=act: act())
    made.clicked.connect(lambda: menu.popup(made.mapToGlobal(made.rect().bottomLeft())))
    return made
