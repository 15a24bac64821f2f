"""Progress of long work: what is being done, how far, and 取消."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.labels import Elided, label


class ProgressPanel(QWidget):
    """Connect `step` as a job's progress callback; `cancelled` fires once."""

    cancelled = Signal()

    def __init__(self, text: str, *, cancellable: bool = True) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.S))
        head = QHBoxLayout()
        self._text, self._count = Elided(text), label("", "second", "plain")
        head.addWidget(self._text, 1)
        head.addStretch(0)
        head.addWidget(self._count)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        row = QHBoxLayout()
        row.setSpacing(px(Space.M))
        row.addWidget(self._bar, 1)
        self.stop = button("取消", on_click=self._cancel, small=True)
        if not cancellable:  # shown before it stands anywhere it were a window
            self.stop.hide()
        row.addWidget(self.stop)
        column.addLayout(head)
        column.addLayout(row)
        self.setAccessibleName(text)

    def step(self, done: int, total: int, text: str = "") -> None:
        """Show how far the work is; `total` 0 = unknown."""
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)
        self._count.setText(f"{done:,}/{total:,}" if total else "")
        if text:
            self._text.setText(text)
        self.setAccessibleDescription(f"{self._text.text()}，{self._count.text()}")

    def _cancel(self) -> None:
        self.stop.setEnabled(False)
        self._text.setText("正在停下……")
        self.cancelled.emit()
