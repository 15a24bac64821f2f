"""Goals and plan, and the family, as two tabs of a case."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from sgz_desktop.actions import case_goals, people
from sgz_desktop.actions.case_goals import GoalLine, PlanView, StepLine
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.people import PersonPage
from sgz_desktop.gui import jobs
from sgz_desktop.gui.pages.genogram_card import GenogramCard
from sgz_desktop.gui.theme import Height, Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.data_table import DAY, Cell, Column, DataTable
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.labels import label, paragraph
from sgz_desktop.gui.widgets.scroll import Scroll

GOALS = (
    Column("分目标", 0, "body_bold"),
    Column("怎样算达成", 0, tone="plain"),
    Column("时限", DAY + 24),  # …已过
    Column("进度", 100),
)
STEPS = (
    Column("步骤", 0),
    Column("谁来做", 0, tone="plain"),
    Column("时限", DAY + 24),  # …已过
    Column("进度", 100),
)
FAMILY = (
    Column("姓名", 120, "body_bold"),
    Column("与户主关系", 120),
    Column("年龄", 80),
    Column("同住", 80),
    Column("备注", 0, tone="plain"),
)


class GoalsTab(Scroll):
    """Goals, then steps, scrolling as one; `opened(plan id)` opens the plan, '' asks for a new one."""

    opened = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._plan = desk, ""
        self.body.setSpacing(px(Space.S))
        head = QHBoxLayout()
        self.overall = paragraph("", "body_bold")
        head.addWidget(self.overall, 1)
        self.edit = button("打开计划书", icon="edit", on_click=self._open, small=True)
        head.addWidget(self.edit)
        self.body.addLayout(head)
        self.goals, self.steps = DataTable("分目标", GOALS), DataTable("步骤", STEPS)
        write = button("写服务计划书", on_click=lambda: self.opened.emit(""), small=True)
        self.empty = EmptyState("还没有服务计划。", "edit", "需求评估有结论后，和服务对象一起定目标。", write)
        for part, stretch in ((self.goals, 0), (self.steps, 0), (self.empty, 1)):
            self.body.addWidget(part, stretch)
        self.body.addStretch(0)
        for table in (self.goals, self.steps):
            table.opened.connect(lambda _id: self._open())

    def _open(self) -> None:
        self.opened.emit(self._plan)

    def read(self, case: str) -> None:
        """Read the plan of a case."""
        desk = self._desk
        jobs.start(self, lambda _task: case_goals.case_goals(desk, case), done=self._show, key="goals")

    def _show(self, plan: PlanView | None) -> None:
        self._plan = plan.id if plan else ""
        for part in (self.overall, self.edit, self.goals, self.steps):
            part.setVisible(plan is not None)
        self.empty.setVisible(plan is None)
        if plan is None:
            return
        unsigned = "" if plan.confirmed else "（服务对象还没有确认）"
        self.overall.setText(f"总目标：{plan.overall or '还没有写'}{unsigned}")
        self.goals.set_rows(list(range(len(plan.goals))), [_goal(goal) for goal in plan.goals])
        self.steps.set_rows(list(range(len(plan.steps))), [_step(step) for step in plan.steps])
        for table, rows in ((self.goals, len(plan.goals)), (self.steps, len(plan.steps))):
            table.setFixedHeight(px(Height.GRID) * (rows + 1) + 2)
            table.setVisible(bool(rows))


def _goal(goal: GoalLine) -> tuple[str | Cell, ...]:
    return goal.description, goal.measure, _due(goal.due, goal.late), goal.state


def _step(step: StepLine) -> tuple[str | Cell, ...]:
    return step.action, step.who, _due(step.due, step.late), step.state


def _due(words: str, late: bool) -> str | Cell:
    day = words.partition("（")[0]
    return Cell(f"{day}已过", "danger", role="second_bold") if late else day


class FamilyTab(Scroll):
    """The household of the client and the genogram; a row or a symbol opens the person."""

    go = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        column = self.body
        column.setSpacing(px(Space.S))
        self.table = DataTable("家庭成员", FAMILY)
        self.table.opened.connect(lambda id: self.go.emit("people", id))
        self.benefits = paragraph("", "body", "plain")
        self.hint = paragraph("", "body", "warn")
        self.empty = EmptyState("还没有登记家庭成员。", "people", "在服务对象页里可以添加。")
        self.where = label("", "second", "plain")
        for part in (self.where, self.benefits, self.hint):
            column.addWidget(part)
        column.addWidget(self.table)
        column.addWidget(self.empty)
        self.genogram = GenogramCard(desk, (("打开服务对象", "person"),), most=0)
        self.genogram.opened.connect(lambda id: self.go.emit("people", id))
        self.genogram.wanted.connect(lambda _verb: self.go.emit("people", self.genogram.person))
        column.addWidget(self.genogram)
        column.addStretch(1)

    def read(self, client: str) -> None:
        """Read the family of a person."""
        desk = self._desk
        self.genogram.read(client)
        if client:
            jobs.start(self, lambda _task: people.person_page(desk, client), done=self._show, key="family")

    def _show(self, page: PersonPage) -> None:
        line = page.line
        self.where.setText("".join((line.village, line.group)) or "住址还没有登记")
        told = [f"{one.programme}（{one.whose}）" + one.amount for one in page.benefits]
        self.benefits.setText("正在享受：" + "、".join(told))
        self.benefits.setVisible(bool(told))
        self.hint.setText(f"上门提示：{page.hint}")
        self.hint.setVisible(bool(page.hint))
        relatives = page.household_people
        self.table.set_rows(
            [one.id for one in relatives],
            [(one.name, one.relation, one.age, _lives(one.lives_in), one.note) for one in relatives],
        )
        self.table.setFixedHeight(px(Height.GRID) * (len(relatives) + 1) + 2)
        self.table.setVisible(bool(relatives))
        self.empty.setVisible(not relatives)


def _lives(lives_in: bool | None) -> str:
    return {True: "同住", False: "不同住"}.get(lives_in, "") if lives_in is not None else ""
