"""Tasks about somebody who has died: each is finished or kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import tasks as actions
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.life import LeftOpen
from sgz_desktop.domain import days
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.frame import foot
from sgz_desktop.gui.dialogs.task_dialog import Done
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.labels import label, paragraph
from sgz_desktop.gui.widgets.scroll import Scroll
from sgz_desktop.gui.widgets.segmented import Segmented

MOST_SHOWN = 6


class LeftOpenDialog(QDialog):
    """`done(sentence, undo)` after the commit. Nothing is finished that was not said to be."""

    def __init__(self, owner: QWidget, desk: Desk, tasks: Sequence[LeftOpen], done: Done) -> None:
        super().__init__(owner.window())
        self._desk, self._owner, self._told = desk, owner, done
        self.setWindowTitle("原有待办")
        self.setMinimumWidth(px(620))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(Space.M))
        column.addWidget(label("原有待办", "section"))
        column.addWidget(paragraph("人已去世，下面每件选完成还是保留。", "body", "plain"))
        scroll = Scroll()
        self.choices: dict[str, Segmented] = {}
        for task in tasks:
            scroll.body.addLayout(self._line(task))
        scroll.body.addStretch(1)
        scroll.setMinimumHeight(px(44) * min(len(tasks), MOST_SHOWN))
        column.addWidget(scroll, 1)
        self.save = button("保存", "primary", on_click=self._save, key="Ctrl+S")
        column.addLayout(foot(self, self.save))

    def _line(self, task: LeftOpen) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(Space.M))
        day = days.short_day(task.day, self._desk.today()) if task.day else "未定日期"
        words = f"{task.what}（{day.partition('（')[0]}）"
        row.addWidget(paragraph(words), 1)
        choice = Segmented([(True, "完成"), (False, "保留")], False)
        choice.setAccessibleName(words)
        self.choices[task.id] = choice
        row.addWidget(choice)
        return row

    def _save(self) -> None:
        ids = [id for id, choice in self.choices.items() if choice.value()]
        if not ids:
            self.accept()
            return
        desk, owner = self._desk, self._owner
        self.save.set_busy("正在保存")

        def failed(problem: BaseException) -> None:
            self.save.set_busy("")
            messages.show_problem(problem, self)

        def done(_changes: object) -> None:
            self.accept()
            self._told(
                f"已完成{len(ids)}件。10秒内可以撤销。",
                lambda: jobs.start(owner, lambda _task: actions.finish_tasks(desk, ids, undo=True)),
            )

        jobs.start(self, lambda _task: actions.finish_tasks(desk, ids), done=done, failed=failed)


def decide_left_open(owner: QWidget, desk: Desk, tasks: Sequence[LeftOpen], done: Done) -> None:
    """Show the dialog over the window of `owner`."""
    dialog = LeftOpenDialog(owner, desk, tasks, done)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
