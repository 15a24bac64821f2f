"""A column that scrolls up and down, keeps the focused field in sight, and never sideways."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from sgz_desktop.gui.theme import px


class Scroll(QScrollArea):
    """`body` is the column to fill."""

    def __init__(self, inner: QWidget | None = None) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().setSingleStep(px(24))
        column = inner or QWidget()
        layout = QVBoxLayout(column) if inner is None else inner.layout()
        assert isinstance(layout, QVBoxLayout)
        self.body: QVBoxLayout = layout
        if inner is None:
            self.body.setContentsMargins(0, 0, 0, 0)
        self.setWidget(column)
        column.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        QApplication.instance().focusObjectChanged.connect(self._follow)
        column.installEventFilter(self)

    def _follow(self, thing: QObject | None) -> None:
        if isinstance(thing, QWidget) and self.widget() and self.widget().isAncestorOf(thing):
            self.ensureWidgetVisible(thing, 0, px(28))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self.widget():
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        inner = self.widget().minimumSizeHint().width() if self.widget() else 0
        return QSize(inner, px(80))


class SideScroll(Scroll):
    """A column that scrolls beside a form; put inside another column it is as tall as what it holds."""

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.ParentChange):
            self._stand()
        return done

    def _stand(self) -> None:
        around = self.parentWidget()
        while around is not None and not isinstance(around, Scroll):
            around = around.parentWidget()
        tall = self.body.totalHeightForWidth(self.width())
        if tall < 0:  # nothing in it asks for more height where it is narrower
            tall = self.body.totalSizeHint().height()
        self.setMinimumHeight(tall if around else 0)
