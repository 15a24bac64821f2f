"""遮挡: hides everything at once from whoever stands behind; any key or press takes it away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sgz_desktop.gui.theme import C, px
from sgz_desktop.gui.widgets.hills import paint_hills
from sgz_desktop.gui.widgets.labels import IconLabel, label


class Cover(QWidget):
    """Covers `over` entirely while shown and keeps the keyboard to itself."""

    lifted = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._back: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setSpacing(px(10))
        column.addStretch(2)
        column.addWidget(IconLabel("cover", "text2", 40, 0), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(label("屏幕已遮挡", "section"), 0, Qt.AlignmentFlag.AlignHCenter)
        words = label("按任意键或点一下回到刚才的页面。离开座位请按Ctrl+L锁定。", "body", "plain")
        column.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.setAccessibleName("屏幕已遮挡，按任意键返回")
        over.installEventFilter(self)
        self.hide()

    def put(self) -> None:
        """Hide the screen."""
        window = self.window()
        self._back = window.focusWidget()
        self.resize(self.parentWidget().size())
        self.show()
        self.raise_()
        self.setFocus()

    def lift(self) -> None:
        """Show the screen again and give the keyboard back."""
        self.hide()
        if self._back is not None:
            self._back.setFocus()
            self._back = None
        self.lifted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta):
            self.lift()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.lift()

    def focusNextPrevChild(self, forward: bool) -> bool:
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self.resize(self.parentWidget().size())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(C.canvas))
        paint_hills(painter, self.size())
