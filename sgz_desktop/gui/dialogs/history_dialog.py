"""修改历史: who changed what of a record, when and why, field by field, the newest on top."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.histories import NOTHING, Changed, Step, record_history
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.badge import Badge
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.inputs import Choice
from sgz_desktop.gui.widgets.labels import label, paragraph, rule
from sgz_desktop.gui.widgets.scroll import Scroll
from sgz_desktop.gui.wording import moment_of

AT_ONCE = 30  # steps shown before 看更早的
EVERY = "全部项目"
EMPTY = "还没有修改记录。"
LABEL_WIDTH = 170
TONES = {"删除": "danger", "撤销": "warn", "合并": "info", "拆开": "info", "恢复": "ok"}


class HistoryDialog(QDialog):
    """↑↓ and PgUp PgDn scroll, Esc closes."""

    def __init__(self, owner: QWidget, what: str, today: str) -> None:
        super().__init__(owner.window())
        self._today = today
        self.steps: list[Step] = []
        self._shown = AT_ONCE
        self.setWindowTitle("修改历史")
        window = owner.window()
        self.resize(min(px(940), window.width() - px(40)), min(px(640), window.height() - px(40)))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(14))
        column.setSpacing(px(Space.M))
        head = QHBoxLayout()
        head.setSpacing(px(Space.M))
        head.addWidget(label("修改历史", "section"))
        head.addWidget(paragraph(what, "body", "plain"), 1)
        self.filter = Choice([("", EVERY)], value="")
        self.filter.setAccessibleName("只看哪一项")
        self.filter.setMinimumWidth(px(200))
        self.filter.changed.connect(self._turn)
        head.addWidget(self.filter)
        column.addLayout(head)
        self.scroll = Scroll()
        self.scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.scroll.setAccessibleName("修改历史")
        self.scroll.body.setSpacing(px(Space.M))
        column.addWidget(self.scroll, 1)
        foot = QHBoxLayout()
        self.more = button("看更早的", on_click=self._show_more)
        self.more.hide()
        foot.addWidget(self.more)
        foot.addStretch(1)
        foot.addWidget(button("关闭", "primary", on_click=self.accept))
        column.addLayout(foot)
        self._say("正在读取…")
        self.scroll.setFocus()

    def read(self, desk: Desk, kind: str, id: str) -> None:
        """Read what happened to a record and show it."""
        jobs.start(
            self, lambda _task: record_history(desk, id, kind), done=self.show_steps, failed=self._failed
        )

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show what happened."""
        self.steps = list(steps)
        labels = dict.fromkeys(one.label for step in steps for one in step.changed)
        self.filter.set_options([("", EVERY), *((one, one) for one in labels)])
        self.filter.set_value("")
        self._fill()

    def _turn(self) -> None:
        self._shown = AT_ONCE
        self._fill()

    def _show_more(self) -> None:
        self._shown += AT_ONCE
        self._fill()

    def _fill(self) -> None:
        wanted = str(self.filter.value() or "")
        kept = [(step, [one for one in step.changed if wanted in ("", one.label)]) for step in self.steps]
        kept = [(step, changed) for step, changed in kept if changed]
        self._clear()
        for number, (step, changed) in enumerate(kept[: self._shown]):
            if number:
                self.scroll.body.addWidget(rule())
            self.scroll.body.addWidget(_block(step, changed, self._today))
        if not kept:
            self.scroll.body.addWidget(paragraph(EMPTY, "body", "plain"))
        self.scroll.body.addStretch(1)
        self.more.setVisible(len(kept) > self._shown)

    def _say(self, text: str) -> None:
        self._clear()
        self.scroll.body.addWidget(paragraph(text, "body", "plain"))
        self.scroll.body.addStretch(1)

    def _clear(self) -> None:
        while item := self.scroll.body.takeAt(0):
            if gone := item.widget():
                gone.hide()
                gone.deleteLater()

    def _failed(self, problem: BaseException) -> None:
        messages.show_problem(problem, self)
        self.reject()


def _block(step: Step, changed: Sequence[Changed], today: str) -> QFrame:
    whole = QFrame()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, px(Space.S), 0)
    column.setSpacing(px(Space.XS))
    head = QHBoxLayout()
    head.setSpacing(px(Space.M))
    head.addWidget(label(moment_of(step.at_ms, today), "body_bold"))
    head.addWidget(label(step.worker or "另一台电脑", "body"))
    head.addWidget(Badge(step.did, TONES.get(step.did, "plain")))
    head.addStretch(1)
    column.addLayout(head)
    if step.why:
        column.addWidget(paragraph(f"原因：{step.why}", "body", "plain"))
    last = ""
    for one in changed:
        if one.of and one.of != last:
            column.addWidget(label(one.of, "second_bold", "plain"))
        last = one.of
        column.addLayout(_line(one))
    return whole


def _line(one: Changed) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(px(Space.S))
    name = paragraph(one.label, "body", "plain")
    name.setFixedWidth(px(LABEL_WIDTH))
    line.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(paragraph(change_words(one)), 1)
    if one.contested:
        line.addWidget(Badge("两个值都已保留", "warn"), 0, Qt.AlignmentFlag.AlignTop)
    return line


def change_words(one: Changed) -> str:
    """From what to what: 女 → 男; a first value alone."""
    if not one.before:
        return one.after or NOTHING
    return f"{one.before} → {one.after or NOTHING}"


def show_history(owner: QWidget, desk: Desk, kind: str, id: str, what: str = "") -> HistoryDialog:
    """Show the history of a record over the window of `owner`."""
    dialog = HistoryDialog(owner, what, desk.today())
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    dialog.read(desk, kind, id)
    return dialog
