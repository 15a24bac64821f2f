"""Tells when nobody has touched the keyboard or mouse for a while.

Only the window and the widget that have the keyboard are watched: a filter on the whole application would
make Python look at every event of every widget.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

_ACTIVITY = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """Emits `idle` once after `seconds` without input; any input starts the count again."""

    idle = Signal()

    def __init__(self, seconds: int, parent: QObject) -> None:
        super().__init__(parent)
        self._watched: dict[str, QObject | None] = {"window": None, "object": None}
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(seconds * 1000)
        self.timer.timeout.connect(self.idle)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._watch_window)  # bound methods: the connections end with us
        app.focusObjectChanged.connect(self._watch_object)
        self._watch_window(app.focusWindow())
        self.timer.start()

    def stop(self) -> None:
        """Count no more."""
        self.timer.stop()
        self._watch("window", None)
        self._watch("object", None)

    def _watch_window(self, window: QObject | None) -> None:
        self._watch("window", window)

    def _watch_object(self, thing: QObject | None) -> None:
        self._watch("object", thing)

    def _watch(self, place: str, thing: QObject | None) -> None:
        old = self._watched[place]
        if thing is old:
            return
        others = [one for where, one in self._watched.items() if where != place]
        if old is not None and shiboken6.isValid(old) and old not in others:  # Qt's own dialogs die unheard
            old.removeEventFilter(self)
        if thing is not None:
            thing.installEventFilter(self)
            thing.destroyed.connect(self._forget)
        self._watched[place] = thing

    def _forget(self) -> None:
        gone = self.sender()
        for place, thing in self._watched.items():
            if thing is gone:
                self._watched[place] = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTIVITY:
            self.timer.start()
        return False
