"""工作台: what today asks, as six cards; the reminder of the brief above them when it is due."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import (
    cases,
    contract_year,
    exchange_dealings,
    forms,
    papers_week,
    signing_week,
    workbench,
)
from sgz_desktop.actions.brief_due import Brief
from sgz_desktop.actions.contract_year import ContractYear
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form
from sgz_desktop.actions.workbench import DueLine
from sgz_desktop.domain import days, workdays
from sgz_desktop.domain.agenda import week_of
from sgz_desktop.domain.edits import Changes
from sgz_desktop.gui import jobs
from sgz_desktop.gui.dialogs.due_dialog import open_item
from sgz_desktop.gui.dialogs.pick_dialog import named_drafts, pick_draft
from sgz_desktop.gui.dialogs.task_dialog import edit_task, new_task
from sgz_desktop.gui.page import Page
from sgz_desktop.gui.pages.agenda import AgendaPage
from sgz_desktop.gui.pages.diary import DiaryPage, day_of
from sgz_desktop.gui.pages.form_stack import StackedPage
from sgz_desktop.gui.pages.workbench_cards import AidCard, PairsCard, PartCard, RoundCard, TodayCard
from sgz_desktop.gui.pages.workbench_keeping import CasesCard, GoalsCard, KeepingCard
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.theme import Space, WidthClass, px
from sgz_desktop.gui.wait_offer import SheetSigning
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card_grid import CardGrid
from sgz_desktop.gui.widgets.find_field import FindField
from sgz_desktop.gui.widgets.page_head import PageHead
from sgz_desktop.gui.widgets.scroll import Scroll

FIRST = "等待第一包：请在原来的电脑上读入加入申请，再做一次U盘交换。"
REMIND_WORKDAYS = 5  # the band stands from so many working days before the brief is due


def workbench_page(desk: Desk) -> Page:
    """The first page of a desk."""
    return WorkbenchPage(desk)


class WorkbenchPage(StackedPage):
    """Reads each part for itself, so that what fails fails alone."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown = False
        self.stand_on(self._base())

    def _base(self) -> QWidget:
        base = QWidget()
        column = QVBoxLayout(base)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        column.addWidget(self._make_head())
        self._brief = Brief("", "", 0)
        self.draft_brief = button("起草简报", on_click=self._draft_brief, small=True)
        self.band = Band("", icon="cal", actions=(self.draft_brief,))
        self.band.hide()
        column.addWidget(self.band)
        to_stick = button("去U盘交换", on_click=lambda: self.go.emit("exchange", None), small=True)
        self.first = Band(FIRST, "warm", icon="usb", actions=(to_stick,))
        self.first.hide()
        column.addWidget(self.first)
        self._make_cards()
        self._grid = CardGrid(
            (self.today, self.round, self.aid, self.pairs, self._fifth(), self.keeping), (37, 27)
        )
        scroll = Scroll()
        scroll.body.addWidget(self._grid)
        column.addWidget(scroll, 1)
        return base

    def _make_head(self) -> PageHead:
        today = self._desk.today()
        head = PageHead("工作台", f"{int(today[5:7])}月{int(today[8:])}日（{days.weekday(today)}）")
        self.week = button("周安排", icon="cal", on_click=self.show_agenda, key="F6")
        self.diary = button("工作日志", icon="edit", on_click=lambda: self.show_diary(""), key="F7")
        head.add_action(self.week)
        head.add_action(self.diary)
        self.find_field = FindField()
        self.find_field.setFixedWidth(px(300))
        head.add_action(self.find_field)
        self.new_visit = button("记走访", "primary", "visit", self._new_visit, key="F5")
        head.add_action(self.new_visit)
        return head

    def _make_cards(self) -> None:
        self.today, self.round, self.aid = TodayCard(), RoundCard(), AidCard()
        self.pairs, self.goals, self.cases = PairsCard(), GoalsCard(), CasesCard()
        self.keeping = KeepingCard()
        for card in (self.today, self.round, self.aid, self.pairs, self.goals, self.cases):
            card.opened.connect(self.go)
        self.today.wanted.connect(lambda: new_task(self, self._desk, {}, self._task_done))
        self.today.picked.connect(self._open_task)
        self.today.week.connect(self.show_agenda)
        self.keeping.backup.connect(lambda: self.go.emit("settings", "backup"))
        self.keeping.drafts.connect(self._open_draft)
        self.keeping.unsigned.connect(lambda: self.go.emit("cases", {"unsigned": True}))
        self.keeping.conflicts.connect(lambda: self.go.emit("exchange", "conflicts"))

    def _fifth(self) -> QWidget:
        """Goals and cases share a place: the goals when some are set."""
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.goals)
        row.addWidget(self.cases)
        self.goals.hide()
        return whole

    def activate(self, target: Any = None) -> None:
        self._shown = True
        self._read()
        if isinstance(target, dict) and "diary" in target:
            (self._open_diary if target["diary"] else self.show_diary)(str(target["diary"]))
        elif isinstance(target, dict) and "task" in target:
            self.stack.take()
            if target["task"]:
                self._open_task_id(target["task"])
            else:
                new_task(self, self._desk, {}, self._task_done)

    def on_changes(self, changes: Changes) -> None:
        super().on_changes(changes)
        if self._shown and self.isVisible():
            self._read()

    def show_agenda(self) -> None:
        """周安排 in place of the cards."""
        page = AgendaPage(self._desk)
        page.plan.connect(self._print_plan)
        self._put(page)

    def _open_diary(self, id: str) -> None:
        """The diary with an id; that of the whole station is its plan."""
        desk = self._desk

        def show(found: Form) -> None:
            day, worker = (str(found.values.get(name) or "") for name in ("date", "worker"))
            if worker == papers_week.STATION:
                self.show_agenda()
            else:
                self.show_diary(day if days.is_whole(day) else "", worker)

        def unwritten(_problem: BaseException) -> None:
            self.show_diary(day_of(desk, id))

        jobs.start(
            self, lambda _task: forms.form(desk, id, "diary"), done=show, failed=unwritten, key="open-diary"
        )

    def show_diary(self, day: str, worker: str = "") -> None:
        """工作日志 of today or of another day, one's own or of another `worker`."""
        page = DiaryPage(self._desk, day, worker)
        page.paper.connect(self._print_diary)
        self._put(page)

    def _put(self, page: AgendaPage | DiaryPage) -> None:
        page.closed.connect(self.stack.take)
        page.said.connect(self.said)
        page.go.connect(self.go)
        self.stack.put(page)
        page.take_keyboard()

    def _print_plan(self, week: int, own: bool) -> None:
        desk = self._desk
        signing = SheetSigning(desk, lambda step: [signing_week.plan_to_sign(desk, week, own, step)])
        view = PaperView(
            "周计划",
            "",
            f"周计划-{week_of(desk.today(), week)[0]}.pdf",
            signing.make,
            lambda: papers_week.unprintable_of(papers_week.week_plan(desk, week, own)),
        )
        signing.offer_on(view)
        self._put_paper(view, self.show_agenda)

    def _print_diary(self, first: str, last: str, worker: str) -> None:
        desk = self._desk
        signing = SheetSigning(
            desk, lambda step: [signing_week.diary_to_sign(desk, first, last, worker, step)]
        )
        view = PaperView(
            "工作日志",
            "",
            f"工作日志-{first}.pdf",
            signing.make,
            lambda: papers_week.unprintable_of(papers_week.diary_paper(desk, first, last, worker)),
        )
        signing.offer_on(view)
        self._put_paper(view, lambda: self.show_diary(""))

    def _put_paper(self, view: PaperView, back: Callable[[], None]) -> None:
        def close() -> None:
            view.let_go()
            back()

        view.closed.connect(close)
        view.said.connect(self.said)
        self.stack.put(view)
        view.take_keyboard()

    def set_compact(self, width: WidthClass) -> None:
        super().set_compact(width)
        self._grid.set_compact(width)
        self.find_field.setFixedWidth(px(220 if width.stacked else 300))

    def _read(self) -> None:
        for card in (self.today, self.round, self.aid, self.pairs, self.keeping):
            self._read_part(card)
        desk = self._desk
        jobs.start(
            self,
            lambda _task: exchange_dealings.waits_for_first(desk),
            done=self.first.setVisible,
            key="first",
        )
        jobs.start(
            self, lambda _task: workbench.workbench_part(desk, "brief"), done=self._show_brief, key="brief"
        )
        jobs.start(
            self,
            lambda _task: _goals_or_cases(desk),
            done=self._show_fifth,
            failed=self._fifth_failed,
            key="fifth",
        )

    def _read_part(self, card: PartCard | KeepingCard) -> None:
        desk, today = self._desk, self._desk.today()
        jobs.start(
            self,
            lambda _task: workbench.workbench_part(desk, card.part),
            done=lambda found: card.show_part(found, today),
            failed=card.show_failed,
            key=card.part,
        )

    def _show_brief(self, brief: Brief) -> None:
        self._brief = brief
        month, left = int(brief.month[5:]), brief.workdays
        due = f"{int(brief.due[5:7])}月{int(brief.due[8:])}日（{days.weekday(brief.due)}）"
        rest = f"还有{left}个工作日" if left > 0 else "就是今天"
        if note := workdays.coverage_note(self._desk.today(), brief.due):
            rest += f"（{note}）"
        self.band.set_text(f"{month}月工作简报请在{due}前报送，{rest}。数据已可汇总。")
        self.draft_brief.setText(f"起草{month}月简报")
        self.draft_brief.setAccessibleName(f"起草{month}月简报")
        self.band.setVisible(left <= REMIND_WORKDAYS)

    def _show_fifth(self, found: Any) -> None:
        goals = isinstance(found, ContractYear)
        self.goals.setVisible(goals)
        self.cases.setVisible(not goals)
        card = self.goals if goals else self.cases
        card.show_part(found, self._desk.today())

    def _fifth_failed(self, problem: BaseException) -> None:
        self.goals.hide()
        self.cases.show()
        self.cases.show_failed(problem)

    def _draft_brief(self) -> None:
        self.go.emit("reports", self._brief.month)

    def _open_task(self, task: DueLine | None) -> None:
        if task is None:
            self.show_agenda()
        elif task.item:
            open_item(self, self._desk, task.item, self._task_done, self.go.emit)

    def _open_task_id(self, id: str) -> None:
        edit_task(self, self._desk, id, self._task_done, self.go.emit)

    def _task_done(self, sentence: str, undo: Any) -> None:
        self.said.emit(sentence, undo)
        self._read_part(self.today)

    def _open_draft(self) -> None:
        desk = self._desk
        jobs.start(
            self,
            lambda _task: named_drafts(desk),
            done=lambda found: pick_draft(self, found, self.go.emit),
            key="drafts",
        )

    def _new_visit(self) -> None:
        self.go.emit("visits", {"new": True})


def _goals_or_cases(desk: Desk) -> Any:
    """How far the targets of the running contract are, else the cases where it has none."""
    year = contract_year.contract_year(desk)
    return year if year and any(one.figure for one in year.goals) else cases.case_lines(desk)
