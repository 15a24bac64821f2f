"""The frame of the first-run wizard: mark, card with title and step, progress, buttons, 字号."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from sgz_desktop.gui.theme import C, Space, px
from sgz_desktop.gui.type_sized import TypeSized
from sgz_desktop.gui.widgets.avatar import Mark
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.hills import paint_hills
from sgz_desktop.gui.widgets.labels import label, paragraph, set_tone
from sgz_desktop.gui.widgets.progress import ProgressPanel
from sgz_desktop.gui.widgets.scroll import Scroll
from sgz_desktop.gui.wizard_steps import StartStep, Step

_LOW = 600


class WizardFrame(TypeSized):
    """Shows one step at a time; `path` are the numbered ones, from `last` there is no way back."""

    def __init__(self) -> None:
        super().__init__()
        self.start = StartStep()
        self.path: tuple[Step, ...] = ()
        self.last: Step = self.start
        self.setWindowTitle("社工站·开始使用")
        self.resize(1024, 640)
        self.build()

    def make_steps(self) -> None:
        """Make all steps, add them to `stack` and set `start`, `path` and `last`."""
        raise NotImplementedError

    def cancel(self) -> None:
        """取消 was pressed."""
        raise NotImplementedError

    def build(self) -> None:
        """Make all parts at the type size in force; only done on the first step, so nothing typed is lost."""
        column = self.begin()
        scroll = Scroll()
        scroll.body.addStretch(1)
        scroll.body.addWidget(self._make_head(), 0, Qt.AlignmentFlag.AlignHCenter)
        scroll.body.addSpacing(px(14))
        scroll.body.addWidget(self._make_card(), 0, Qt.AlignmentFlag.AlignHCenter)
        scroll.body.addStretch(1)
        column.addWidget(scroll, 1)
        column.addWidget(self._make_foot())
        self.stand()
        self.show_step(self.start)

    def _make_head(self) -> QWidget:
        self._head = head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, px(12), 0, 0)
        row.setSpacing(px(14))
        row.addWidget(Mark(44))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label("乡镇社工站工作台", "title"))
        words.addWidget(label("资料加密存在这台电脑上，不连网也能用", "second", "plain"))
        row.addLayout(words)
        return head

    def _make_card(self) -> QWidget:
        card = Card(margin=24)
        card.setFixedWidth(px(560))
        head = QHBoxLayout()
        self._title, self._count = label("", "section"), label("", "second", "muted")
        head.addWidget(self._title, 1)
        head.addWidget(self._count)
        self._second = paragraph("", "body", "plain")
        self.stack = QStackedWidget()
        card.add(head)
        card.add(self._second)
        card.add(self.stack)
        self.make_steps()
        self.said = paragraph("", "body", "danger")
        self.progress = ProgressPanel("正在准备")
        self.progress.cancelled.connect(self.cancel)
        card.add(self.said)
        card.add(self.progress)
        card.body.addSpacing(px(Space.XS))
        card.add(self._make_buttons())
        return card

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.back = button("上一步", icon="left", on_click=self.go_back)
        self.forward = button("下一步", "primary", on_click=lambda: self.step().submit())
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.forward)
        return row

    def _make_foot(self) -> QWidget:
        self._foot = QWidget()
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(px(28), px(Space.S), px(28), px(20))
        row.addStretch(1)
        row.addWidget(label("字号", "body", "plain"))
        row.addWidget(self.make_sizes())
        return self._foot

    def step(self) -> Step:
        step = self.stack.currentWidget()
        assert isinstance(step, Step)
        return step

    def show_step(self, step: Step) -> None:
        self.stack.setCurrentWidget(step)
        for number in range(self.stack.count()):  # the card is as tall as the step in front
            other = self.stack.widget(number)
            other.setMaximumHeight(16777215 if other is step else 0)
        self._title.setText(step.title)
        self._second.setText(step.second)
        place = self.path.index(step) + 1 if step in self.path else 0
        self._count.setText(f"第{place}步，共{len(self.path)}步" if place else "")
        self.forward.setVisible(bool(step.forward))
        self.forward.setText(step.forward)
        self.back.setVisible(step not in (self.start, self.last))
        self.sizes.parentWidget().setVisible(step is self.start)
        self.say("")
        self.progress.hide()
        step.enter()
        if step is self.last:  # it asks for nothing: without the keyboard here, Enter would do nothing
            self.forward.setFocus()

    def go_back(self) -> None:
        step = self.step()
        place = self.path.index(step) if step in self.path else 0
        self.show_step(self.path[place - 1] if place else self.start)

    def say(self, text: str, tone: str = "danger") -> None:
        self.said.setText(text)
        set_tone(self.said, tone)
        self.said.setVisible(bool(text))

    def set_busy(self, busy: bool) -> None:
        for part in (self.stack, self.back, self.forward):
            part.setEnabled(not busy)
        self.progress.stop.setEnabled(busy)
        self.progress.setVisible(busy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.back.isVisible() and self.back.isEnabled():
            self.go_back()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._head.setVisible(self.height() >= px(_LOW))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(C.canvas))
        paint_hills(painter, self.size())
