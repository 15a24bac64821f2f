"""The page of one case: its stages, what the next one lacks, its story, papers, goals and family."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from sgz_desktop.actions import cases, signing
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.cases import CasePage
from sgz_desktop.actions.desk import Desk
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.join_dialog import join_scans
from sgz_desktop.gui.dialogs.reply_dialog import ask_reply
from sgz_desktop.gui.dialogs.signed_dialog import show_signed
from sgz_desktop.gui.pages.archive_panel import ArchivePanel
from sgz_desktop.gui.pages.case_head import CaseHead
from sgz_desktop.gui.pages.case_moves import CaseMoves
from sgz_desktop.gui.pages.case_papers import PapersTab
from sgz_desktop.gui.pages.case_side import CaseSide
from sgz_desktop.gui.pages.case_tabs import FamilyTab, GoalsTab
from sgz_desktop.gui.pages.quality_tab import QualityTab
from sgz_desktop.gui.pages.ratings_panel import RatingsPanel
from sgz_desktop.gui.pages.remarks_tab import RemarksTab
from sgz_desktop.gui.pages.story_tab import StoryTab
from sgz_desktop.gui.policy_card import PolicyCard
from sgz_desktop.gui.theme import Space, WidthClass, px
from sgz_desktop.gui.widgets.buttons import Button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.labels import set_property
from sgz_desktop.gui.widgets.stage_bar import Stage, StageBar
from sgz_desktop.gui.widgets.tabs import Tabs

STATES = {"done": "done", "now": "now", "ahead": "todo"}
SIDE_WIDTH = 384
TABS = ("时间线", "文书", "目标与计划", "家庭", "量表", "质量自查", "情况与待办", "督导")
PAPERS_AT, GOALS_AT, FAMILY_AT, RATINGS_AT, QUALITY_AT, FACTS_AT, REMARKS_AT = range(1, 8)
SIDE_TAB = "政策"


class CaseView(QWidget):
    """`open(id)` shows a case; `record_wanted`, `paper_wanted`, `fix_wanted`, `visit_wanted`,
    `sign_wanted`, `file_wanted` and `copy_wanted` ask the section for a form, a paper to sign, the case file
    or a copy of it ("supervision", "release")."""

    closed = Signal()
    said = Signal(str, object)
    go = Signal(str, object)
    record_wanted = Signal(str, str)
    paper_wanted = Signal(str, str)
    fix_wanted = Signal(str, str, str)
    sign_wanted = Signal(object)
    visit_wanted = Signal()
    file_wanted = Signal()
    copy_wanted = Signal(str)
    transfer_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.case = ""
        self.page: CasePage | None = None
        self._then: Callable[[], None] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        self.head = CaseHead(desk, self.closed.emit, self._do)
        column.addWidget(self.head)
        self.stages = StageBar()
        self.moves = CaseMoves(self, desk)
        card = Card(margin=14)
        card.add(self.stages)
        card.add(self.moves.place)
        self._stage_card = card
        self.archive = ArchivePanel(desk)
        column.addWidget(card)
        self.policies = PolicyCard(desk, scrolls=True, opened=True)
        self._row = QHBoxLayout()
        self._row.setSpacing(px(Space.M))
        self._tabs_card = self._make_tabs()
        self._row.addWidget(self._tabs_card, 1)
        self._row.addWidget(self.archive, 1)
        column.addLayout(self._row, 1)
        self.stacked: bool | None = None
        self._place_side(False)
        self._connect()

    def _do(self, pressed: Button, ask: Callable[[], None]) -> None:
        """A verb pressed while a case is read waits: it is meant for that case, if the case allows it."""
        if self.page is None:
            self._then = pressed.click
        else:
            ask()

    def _make_tabs(self) -> Card:
        card = Card()
        self._wide, self._narrow = Tabs(TABS), Tabs([*TABS, SIDE_TAB])
        self.story = StoryTab()
        self.timeline = self.story.timeline
        may = self._desk.actor
        self.papers = PapersTab(replies=allowed(may, "enter_reply"), signs=allowed(may, "join_scan"))
        self.goals, self.family = GoalsTab(self._desk), FamilyTab(self._desk)
        self.ratings, self.quality = RatingsPanel(self._desk), QualityTab(self._desk)
        self.facts_side = CaseSide(self._desk)
        self._leaves = QStackedWidget()
        leaves = (self.story, self.papers, self.goals, self.family, self.ratings, self.quality)
        self.remarks = RemarksTab(self._desk)
        for leaf in (*leaves, self.facts_side, self.remarks):
            self._leaves.addWidget(leaf)
        for tabs in (self._wide, self._narrow):
            card.add(tabs)
        card.add(self._leaves, 1)
        return card

    @property
    def tabs(self) -> Tabs:
        """The tabs in force: narrow windows have one more, for the policies that else stand at the side."""
        return self._narrow if self.stacked else self._wide

    def _place_side(self, stacked: bool) -> None:
        """The side panel beside the tabs, or as the last of them."""
        if stacked == self.stacked:
            return
        at = min(self.tabs.current(), len(TABS) - 1)
        self.stacked = stacked
        set_property(self.policies, "kind", "" if stacked else "card")  # no card within a card
        self._wide.setVisible(not stacked)
        self._narrow.setVisible(stacked)
        if stacked:
            self._row.removeWidget(self.policies)
            self.policies.setMinimumWidth(0)
            self.policies.setMaximumWidth(16777215)
            self._leaves.addWidget(self.policies)
        else:
            self._leaves.removeWidget(self.policies)
            self.policies.setFixedWidth(px(SIDE_WIDTH))
            self._row.addWidget(self.policies)
            self.policies.setVisible(self.policies.may_read)
        self.tabs.set_current(at)
        self._leaves.setCurrentIndex(at)

    def _connect(self) -> None:
        for asked, told in (
            (self.head.paper_wanted, self.paper_wanted),
            (self.head.file_wanted, self.file_wanted),
            (self.head.visit_wanted, self.visit_wanted),
            (self.head.copy_wanted, self.copy_wanted),
            (self.head.transfer_wanted, self.transfer_wanted),
            (self.head.again_wanted, self.again_wanted),
        ):
            asked.connect(told)
        for tabs in (self._wide, self._narrow):
            tabs.changed.connect(self._turn)
        self.timeline.opened.connect(lambda key: self.record_wanted.emit(*key))
        self.papers.opened.connect(self.record_wanted)
        self.papers.wanted.connect(lambda kind: self.paper_wanted.emit(kind, ""))
        self.papers.reply_wanted.connect(lambda id: ask_reply(self, self._desk, id, self.said.emit))
        self.papers.sign_wanted.connect(self.sign_wanted)
        self.papers.join_wanted.connect(
            lambda one: join_scans(self, self._desk, self.said.emit, self.read_states, one.number)
        )
        self.papers.pages_wanted.connect(
            lambda one: show_signed(self, self._desk, one, self.said.emit, self.read_states)
        )
        self.goals.opened.connect(self._open_plan)
        self.family.go.connect(self.go)
        self.ratings.opened.connect(self.record_wanted)
        self.ratings.wanted.connect(lambda: self.paper_wanted.emit("rating", ""))
        self.quality.opened.connect(self.fix_wanted)
        self.quality.counted.connect(partial(self._count, QUALITY_AT))
        self.stages.picked.connect(self.moves.picked)
        self.facts_side.go.connect(self.go)
        self.facts_side.said.connect(self.said)
        self.facts_side.counted.connect(partial(self._count, FACTS_AT))
        self.remarks.copy_wanted.connect(lambda: self.copy_wanted.emit("supervision"))
        self.remarks.said.connect(self.said)
        self.remarks.go.connect(self.go)
        self.remarks.counted.connect(partial(self._count, REMARKS_AT))
        self.facts_side.edit_wanted.connect(lambda: self.paper_wanted.emit("case", ""))

    def open(self, case: str, then: Callable[[], None] | None = None) -> None:
        """Show another case."""
        if case != self.case:
            self.case, self.page = case, None
            self.head.show_opening()
            self.tabs.set_current(0)
            self.story.show_events(())
        self._then = then
        self.read()

    def forget(self) -> None:
        """The case is no longer in front: nothing that waited for it is done."""
        self._then = None

    def read(self, after: str = "") -> None:
        """Read the case again; `after` is the kind of record just saved."""
        desk, case = self._desk, self.case
        if not case:
            return

        def show(page: CasePage) -> None:
            self._show(page)
            then, self._then = self._then, None
            if then:
                then()
            elif after:
                self.moves.offer_closing(after)

        jobs.start(
            self, lambda _task: cases.case_page(desk, case), done=show, failed=self._failed, key="case"
        )

    def _failed(self, problem: BaseException) -> None:
        self.forget()
        messages.show_problem(problem, self)
        self.closed.emit()

    def _show(self, page: CasePage) -> None:
        fresh = self.page is None
        self.page = page
        self.head.show_page(page, self.moves.entries())
        self.stages.set_stages([_stage(step) for step in page.steps])
        self.moves.show_page(page)
        self.story.show_events(page.events)
        self.papers.show_page(page)
        for tabs in (self._wide, self._narrow):
            tabs.set_words(PAPERS_AT, f"文书 {self.papers.count}")
        on_paper = bool(page.form.values.get("on_paper"))
        self._stage_card.setVisible(not on_paper)
        self._tabs_card.setVisible(not on_paper or bool(page.events))
        self.archive.show_page(page)
        self.quality.read(self.case)
        self.facts_side.show_page(page)
        self.remarks.read(self.case)
        self.policies.read(page.client, case=page.form.id)
        self._turn(self.tabs.current())
        if fresh and self.isVisible():
            self.timeline.setFocus()

    def _count(self, tab: int, number: int) -> None:
        for tabs in (self._wide, self._narrow):
            tabs.set_words(tab, f"{TABS[tab]} {number}" if number else TABS[tab])

    @property
    def facts(self) -> str:
        """Whose case it is, for the head of a form."""
        if not self.page:
            return ""
        return f"{self.page.client_name}·个案{self.page.form.values.get('number') or '编号未给'}"

    @property
    def sessions(self) -> int:
        """How many sessions were held."""
        return self.page.sessions if self.page else 0

    def standing(self, kind: str) -> str:
        """The last record of a kind, '' when there is none."""
        ids = self.page.papers.get(kind, ()) if self.page else ()
        return ids[-1] if ids else ""

    def _turn(self, number: int) -> None:
        kept = self._leaves.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._leaves.setCurrentIndex(number)
        if kept:
            leaves = (self.timeline, self.papers.table, self.goals.goals, self.family.table)
            tables = (
                *leaves,
                self.ratings.charts,
                self.quality.table,
                self.facts_side.tasks,
                self.remarks.table,
                self.tabs,
            )
            wanted = tables[number]
            (wanted if wanted.isVisibleTo(self) else self.tabs).setFocus()  # an empty tab has no table
        if self.page and number == PAPERS_AT:
            self.read_states()
        elif self.page and number == GOALS_AT:
            self.goals.read(self.case)
        elif self.page and number == FAMILY_AT:
            self.family.read(self.page.client)
        elif self.page and number == RATINGS_AT:
            self.ratings.read(self.page.client)

    def read_states(self) -> None:
        """Which papers are printed, wait and are signed, where the worker may see it."""
        desk, case = self._desk, self.case
        if allowed(desk.actor, "paper_states"):
            jobs.start(
                self,
                lambda _task: signing.paper_states(desk, case),
                done=self.papers.show_states,
                key="states",
            )

    def _open_plan(self, plan: str) -> None:
        if plan:
            self.record_wanted.emit("plan", plan)
        else:
            self.paper_wanted.emit("plan", "")

    def set_compact(self, width: WidthClass) -> None:
        """Fold for a width class."""
        self._place_side(width.stacked)
        self.head.set_compact(width)


def _stage(step: cases.Step) -> Stage:
    return Stage(step.label, STATES[step.state], step.note.partition("（")[0], step.lacking > 0)
