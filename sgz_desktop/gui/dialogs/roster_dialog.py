"""导入名单 and 名单比对: a file is read, its columns settled, what it would do is shown, then it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from sgz_desktop.actions import roster_compare, rosters
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.roster_compare import Compared, Listing, Settled
from sgz_desktop.actions.roster_plan import Plan
from sgz_desktop.actions.roster_rows import RosterSheet, State
from sgz_desktop.actions.rosters import Taken
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.progress_dialog import run_with_progress
from sgz_desktop.gui.dialogs.roster_columns import ColumnsStep
from sgz_desktop.gui.dialogs.roster_differences import ACCEPT, QUERY, DifferencesStep
from sgz_desktop.gui.dialogs.roster_preview import PreviewStep
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.labels import label

TABLES = "表格 (*.xlsx *.xls *.xlsm *.xlsb *.et *.ods *.csv *.txt);;所有文件 (*)"
WORKBOOKS = "Excel表格 (*.xlsx)"
MOST_HEIGHT = 690  # of the 696 a screen of 768 leaves
FRAME = 78  # px of a screen that title bar and task bar take
TITLES = ("导入名单：对应各列", "导入名单：核对", "名单比对")

Done = Callable[[str, Any], None]
"""(sentence for the toast, undo or None)"""


class RosterDialog(QDialog):
    """`done` gets the sentence when a list was taken in or settled."""

    def __init__(self, owner: QWidget, desk: Desk, sheets: Sequence[RosterSheet], done: Done) -> None:
        super().__init__(owner.window())
        self._desk, self._sheets, self._done = desk, list(sheets), done
        self._sheet, self._listing = sheets[0], Listing("", "")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(14))
        column.setSpacing(px(Space.S))
        self._title = label("", "section")
        column.addWidget(self._title)
        self.columns = ColumnsStep(sheets, desk.today())
        self.columns.sheet_wanted.connect(self._want)
        self.preview = PreviewStep()
        self.preview.chosen.connect(self._replan)
        self.differences = DifferencesStep()
        self.differences.changed.connect(self._count)
        self._steps = QStackedWidget()
        for step in (self.columns, self.preview, self.differences):
            self._steps.addWidget(step)
        column.addWidget(self._steps, 1)
        column.addLayout(self._foot())
        first = next((place for place, one in enumerate(sheets) if not one.hidden), 0)
        self.columns.which.set_value(first)
        self._show_sheet(first, sheets[first])
        self._go(0)
        self._fit()

    def _fit(self) -> None:
        """As large as the work wants and the screen lets, with room for the frame and the task bar."""
        room = self.screen().availableGeometry()
        most = min(MOST_HEIGHT, room.height() - FRAME)
        self.setMaximumHeight(most)
        self.resize(min(px(980), room.width() - 2 * px(Space.M)), min(px(640), most))

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        self.save_bad = button("有问题的行存成表格", icon="save", on_click=self._save_bad)
        foot.addWidget(self.save_bad)
        foot.addStretch(1)
        self.back = button("返回", on_click=self._back)
        self.next = button("下一步", "primary", on_click=self._next, key="Ctrl+S")
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        return foot

    def _go(self, step: int) -> None:
        self._steps.setCurrentIndex(step)
        self._title.setText(TITLES[step])
        self.setWindowTitle("名单比对" if step == 2 else "导入名单")
        self.back.setText("上一步" if step else "返回")
        self.back.setAccessibleName(self.back.text())
        self._count()
        (self.columns.purpose, self.preview.table, self.differences.table)[step].setFocus()

    def _count(self) -> None:
        """Say on the button what it will do."""
        step, plan = self._steps.currentIndex(), self.preview.plan
        words, ready = "下一步", True
        if step == 1 and plan:
            count = plan.count(State.NEW) + plan.count(State.CHANGED)
            words, ready = f"导入{count:,}行" if count else "没有要导入的", count > 0
        elif step == 2:
            count = sum(len(self.differences.answered(answer)) for answer in (ACCEPT, QUERY))
            words, ready = f"写入{count:,}项" if count else "请先选怎么处理", count > 0
        self.next.setText(words)
        self.next.setAccessibleName(words)
        self.next.setEnabled(ready)
        self.save_bad.setVisible(step == 1 and bool(plan and plan.count(State.BAD)))

    def _want(self, place: int, sort: str) -> None:
        sheet = self._sheets[place]
        if sheet.columns.sort == sort:
            self._show_sheet(place, sheet)
            return
        desk = self._desk
        jobs.start(
            self,
            lambda _task: rosters.roster_as(desk, sheet, sort),
            done=lambda found: self._show_sheet(place, found),
            key="sheet",
        )

    def _show_sheet(self, place: int, sheet: RosterSheet) -> None:
        self._sheets[place] = self._sheet = sheet
        self.columns.show_sheet(sheet)

    def _back(self) -> None:
        if self._steps.currentIndex():
            self._go(0)
        else:
            self.reject()

    def _next(self) -> None:
        step = self._steps.currentIndex()
        if step == 1:
            self._import()
        elif step == 2:
            self._settle()
        elif self.columns.compares:
            self._compare()
        else:
            self.preview.use_list.clear()
            run_with_progress(self, "正在核对名单", self._plan(), self._planned)

    def _plan(self) -> Callable[[jobs.Task], Plan]:
        desk, sheet, columns = self._desk, self._sheet, self.columns.columns()
        use_list = frozenset(self.preview.use_list)
        return lambda task: rosters.preview_roster(desk, sheet, columns, use_list, task.step)

    def _planned(self, plan: Plan) -> None:
        self.preview.show_plan(plan)
        self._go(1)

    def _replan(self) -> None:
        """Another column was given to the list: the counts follow."""
        self.next.setEnabled(False)

        def done(plan: Plan) -> None:
            self.preview.show_plan(plan)
            self._count()

        jobs.start(self, self._plan(), done=done, key="plan")

    def _import(self) -> None:
        desk, sheet, columns = self._desk, self._sheet, self.columns.columns()
        use_list, plan = frozenset(self.preview.use_list), self.preview.plan

        def work(task: jobs.Task) -> Taken:
            return rosters.import_roster(desk, sheet, columns, use_list, task.step, plan)

        run_with_progress(self, "正在导入名单", work, self._taken)

    def _taken(self, taken: Taken) -> None:
        self._done(f"已导入：新建{taken.new:,}行，更新{taken.changed:,}行。", None)
        if taken.bad and messages.ask(
            self,
            f"已导入{taken.new + taken.changed:,}行，{taken.bad:,}行有问题没有导入。",
            "可以把这些行存成表格，改正后再导入。存出的文件没有加密，用完请删掉。",
            yes="存成表格",
            no="不用了",
            title="导入名单",
            tone="info",
        ):
            self._save_bad(self.accept)
        else:
            self.accept()

    def _save_bad(self, then: Callable[[], None] | None = None) -> None:
        path = messages.ask_save_path(self, f"名单改正-{self._desk.today()}.xlsx", WORKBOOKS)
        plan = self.preview.plan
        if path is None or plan is None:
            if then:
                then()
            return
        desk, sheet = self._desk, self._sheet
        target = path if path.suffix else path.with_name(path.name + ".xlsx")

        def done(count: int) -> None:
            messages.tell(
                self, f"{count:,}行已存成表格，最后一列写着问题。", "改正后再导入；文件没有加密，用完请删掉。"
            )
            if then:
                then()

        jobs.start(self, lambda _task: rosters.save_problems(desk, target, sheet, plan), done=done, key="bad")

    def _compare(self) -> None:
        listing = self.columns.listing()
        if listing is None:
            return
        self._listing = listing
        desk, sheet, columns = self._desk, self._sheet, self.columns.columns()

        def work(task: jobs.Task) -> Compared:
            return roster_compare.compare_roster(desk, sheet, columns, listing, task.step)

        run_with_progress(self, "正在比对名单", work, self._compared)

    def _compared(self, told: Compared) -> None:
        self.differences.show_told(told)
        self._go(2)
        if not told.steps and not told.bad:
            messages.tell(self, f"名单与本机一致，共{told.same:,}户（人）。", "没有要处理的。")

    def _settle(self) -> None:
        desk, sheet, columns, listing = self._desk, self._sheet, self.columns.columns(), self._listing
        accept, query = self.differences.answered(ACCEPT), self.differences.answered(QUERY)

        def work(task: jobs.Task) -> Settled:
            return roster_compare.settle_roster(desk, sheet, columns, listing, accept, query, task.step)

        run_with_progress(self, "正在写入", work, self._settled)

    def _settled(self, told: Settled) -> None:
        self._done(f"名单比对：接受{told.accepted:,}项，{told.queried:,}项列入待办。", None)
        self.accept()


def may_import(desk: Desk) -> bool:
    """May the worker at the desk take lists in?"""
    return allowed(desk.actor, "import_roster")


def import_list(owner: QWidget, desk: Desk, done: Done) -> None:
    """Ask for a file, read it, and open the dialog on it."""
    path = messages.ask_open_path(owner, TABLES)
    if path is not None:
        open_list(owner, desk, path, done)


def open_list(owner: QWidget, desk: Desk, path: Path, done: Done) -> None:
    """Read a file and open the dialog on it."""

    def work(task: jobs.Task) -> tuple[RosterSheet, ...]:
        return rosters.read_roster(desk, path, lambda: task.step(0, 0))

    def show(sheets: tuple[RosterSheet, ...]) -> None:
        dialog = RosterDialog(owner, desk, sheets, done)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    run_with_progress(owner, "正在读表格", work, show)
