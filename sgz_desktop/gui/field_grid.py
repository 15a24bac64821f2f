"""Fields in as many equal columns as there is room for; wide ones take a whole line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from sgz_desktop.gui.theme import Space, px

LEAST_COLUMN = 250


class FieldGrid(QWidget):
    """`cells` are (widget, wide), in the order of the keyboard; at most `most` columns."""

    def __init__(
        self, cells: Sequence[tuple[QWidget, bool]], most: int = 2, home: QWidget | None = None
    ) -> None:
        super().__init__(home)
        self._cells, self._most = tuple(cells), most
        self.columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(Space.L))
        self._grid.setVerticalSpacing(px(10))
        self._place(most)

    def _place(self, columns: int) -> None:
        if columns == self.columns:
            return
        self.columns = columns
        line = column = 0
        for widget, wide in self._cells:
            self._grid.removeWidget(widget)
            if wide and column:
                line, column = line + 1, 0
            span = columns if wide else 1
            top = Qt.AlignmentFlag(0) if wide else Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(widget, line, column, 1, span, top)
            line, column = (line + 1, 0) if wide or column == columns - 1 else (line, column + 1)
        for number in range(self._most):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)
            self._grid.setColumnMinimumWidth(number, px(180) if number < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = event.size().width() + px(Space.L)
        self._place(min(max(room // px(LEAST_COLUMN + Space.L), 1), self._most))
        self._fit()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def _fit(self) -> None:
        """Hold the height the fields need at this width: a message under a field pushes down what follows."""
        height = max(self._grid.minimumHeightForWidth(self.width()), 0)
        if self.minimumHeight() != height:
            self.setMinimumHeight(height)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(200), super().minimumSizeHint().height())
