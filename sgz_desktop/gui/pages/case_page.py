"""The page of one case: its stages, what the next one lacks, its story, papers, goals and family."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from sgz_desktop.actions import cases, signing
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.cases import CasePage
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.lifecycle import TRANSFERRED
from sgz_desktop.domain.local_words import in_use
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.join_dialog import join_scans
from sgz_desktop.gui.dialogs.reply_dialog import ask_reply
from sgz_desktop.gui.dialogs.signed_dialog import show_signed
from sgz_desktop.gui.pages.archive_panel import ArchivePanel
from sgz_desktop.gui.pages.case_moves import RESTING, CaseMoves
from sgz_desktop.gui.pages.case_papers import PapersTab
from sgz_desktop.gui.pages.case_side import CaseSide
from sgz_desktop.gui.pages.case_tabs import FamilyTab, GoalsTab
from sgz_desktop.gui.pages.quality_tab import QualityTab
from sgz_desktop.gui.pages.ratings_panel import RatingsPanel
from sgz_desktop.gui.pages.remarks_tab import RemarksTab
from sgz_desktop.gui.pages.story_tab import StoryTab
from sgz_desktop.gui.policy_card import PolicyCard
from sgz_desktop.gui.sheet_link import SheetLink
from sgz_desktop.gui.theme import Space, WidthClass, px
from sgz_desktop.gui.widgets.buttons import Button, button, menu_button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.labels import set_property
from sgz_desktop.gui.widgets.page_head import PageHead
from sgz_desktop.gui.widgets.stage_bar import Stage, StageBar
from sgz_desktop.gui.widgets.tab_order import tab_through
from sgz_desktop.gui.widgets.tabs import Tabs

STATES = {"done": "done", "now": "now", "ahead": "todo"}
RISKS = {"high": ("高风险", "danger"), "mid": ("中风险", "warn"), "low": ("低风险", "plain")}
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
        column.addWidget(self._make_head())
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

    def _make_head(self) -> PageHead:
        self.head = PageHead("个案", back=self.closed.emit)
        self._menu_place = QWidget()
        place = QHBoxLayout(self._menu_place)
        place.setContentsMargins(0, 0, 0, 0)
        self.edit_button = button("修改", "quiet", "edit", lambda: self.paper_wanted.emit("case", ""))
        self.sheet_link = SheetLink(self._desk)
        self.head.add_action(self.sheet_link)
        self.head.add_action(self.edit_button)
        self.head.add_action(self._menu_place)
        self.print_button = button("打印档案", icon="print", key="Ctrl+P")
        self.visit_button = button("记走访", icon="visit", key="F5")
        self.session_button = button(f"记一{in_use().session}", "primary", "edit", key="Ctrl+N")
        for one, ask in (
            (self.print_button, self.file_wanted.emit),
            (self.visit_button, self.visit_wanted.emit),
            (self.session_button, lambda: self.paper_wanted.emit("session", "")),
        ):
            one.clicked.connect(lambda _on=False, one=one, ask=ask: self._do(one, ask))
            self.head.add_action(one)
        return self.head

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
        self.quality.counted.connect(self._count_marks)
        self.stages.picked.connect(self.moves.picked)
        self.facts_side.go.connect(self.go)
        self.facts_side.said.connect(self.said)
        self.facts_side.counted.connect(self._count_tasks)
        self.remarks.copy_wanted.connect(lambda: self.copy_wanted.emit("supervision"))
        self.remarks.said.connect(self.said)
        self.remarks.go.connect(self.go)
        self.remarks.counted.connect(self._count_remarks)
        self.facts_side.edit_wanted.connect(lambda: self.paper_wanted.emit("case", ""))

    def open(self, case: str, then: Callable[[], None] | None = None) -> None:
        """Show another case."""
        if case != self.case:
            self.case, self.page = case, None
            self.head.set_title("正在打开")
            for verb in (self.visit_button, self.session_button):
                verb.setEnabled(True)
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
        self._show_head(page)
        self.stages.set_stages([_stage(step) for step in page.steps])
        self.moves.show_page(page)
        self.story.show_events(page.events)
        self.papers.show_page(page)
        for tabs in (self._wide, self._narrow):
            tabs.set_words(PAPERS_AT, f"文书 {self.papers.count}")
        on_paper = bool(page.form.values.get("on_paper"))
        for part in (self._stage_card, self.visit_button, self.session_button):
            part.setVisible(not on_paper)
        self._tabs_card.setVisible(not on_paper or bool(page.events))
        self.archive.show_page(page)
        self.quality.read(self.case)
        self.facts_side.show_page(page)
        self.remarks.read(self.case)
        self.policies.read(page.client, case=page.form.id)
        self._turn(self.tabs.current())
        if fresh and self.isVisible():
            self.timeline.setFocus()

    def _count_marks(self, number: int) -> None:
        for tabs in (self._wide, self._narrow):
            tabs.set_words(QUALITY_AT, f"质量自查 {number}" if number else "质量自查")

    def _count_tasks(self, number: int) -> None:
        for tabs in (self._wide, self._narrow):
            tabs.set_words(FACTS_AT, f"{TABS[FACTS_AT]} {number}" if number else TABS[FACTS_AT])

    def _count_remarks(self, number: int) -> None:
        for tabs in (self._wide, self._narrow):
            tabs.set_words(REMARKS_AT, f"{TABS[REMARKS_AT]} {number}" if number else TABS[REMARKS_AT])

    def _show_head(self, page: CasePage) -> None:
        values = page.form.values
        badges = [RISKS[page.risk]] if page.risk in RISKS else []
        in_hand = page.open and page.stage not in RESTING
        at = "纸质档案" if values.get("on_paper") else page.stage_label
        badges.append(("在办", "info") if in_hand else (at, "plain"))
        if values.get("guardian_hidden"):
            badges.append(("对监护人保密", "warn"))
        self.sheet_link.offer(page.form)
        if page.form.conflicts and self.sheet_link.isHidden():
            badges.append((f"{len(page.form.conflicts)}处两个值", "warn"))
        if page.form.marks:
            badges.append((f"{len(page.form.marks)}处待核", "warn"))
        self.head.set_title(page.client_name, self._facts_words(values))
        self.head.set_badges(badges)
        self.session_button.setEnabled(page.open)
        self.visit_button.setEnabled(page.open)
        self.edit_button.setVisible(page.stage != TRANSFERRED)
        self._make_menu()

    def _facts_words(self, values: Any) -> str:
        worker, on_paper = values.get("worker"), values.get("on_paper")
        number = str(values.get("number") or "编号未给")
        if self.stacked:  # the stage bar below tells the days
            return "·".join(part for part in (number, f"主责{worker}" if worker else "") if part)
        opened = next((step.note for step in self.page.steps if step.note), "") if self.page else ""
        parts = (
            f"个案{number}",
            f"主责{worker}" if worker else "",
            f"{opened.partition('（')[0]}接案" if opened and "还差" not in opened and not on_paper else "",
        )
        return "·".join(part for part in parts if part)

    def _make_menu(self) -> None:
        place = self._menu_place.layout()
        while item := place.takeAt(0):
            item.widget().deleteLater()
        self.menu = menu_button("", [*self._copies(), *self.moves.entries(), *self._transfer()])
        self.menu.setToolTip("给外面的副本，中止、转介、退回等")
        place.addWidget(self.menu)
        if self.head.back:
            tab_through((self.head.back, self.menu))

    def _copies(self) -> list[tuple[str, Callable[[], None]]]:
        """Copies of the file for others, where the worker may make them."""
        if not allowed(self._desk.actor, "make_copy"):
            return []
        return [
            ("督导件…", lambda: self.copy_wanted.emit("supervision")),
            ("去标识件…", lambda: self.copy_wanted.emit("release")),
        ]

    def _transfer(self) -> list[tuple[str, Callable[[], None]]]:
        """The way to another station, where the worker may; of a case that has gone there, its file anew."""
        if self.page is None or not allowed(self._desk.actor, "send_case"):
            return []
        if self.page.stage == TRANSFERRED:
            return [("再写一次转出文件…", self.again_wanted.emit)]
        return [("转到别的社工站…", self.transfer_wanted.emit)]

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
        if self.page:
            self.head.set_title(self.page.client_name, self._facts_words(self.page.form.values))
        self.print_button.setVisible(not width.steps)


def _stage(step: cases.Step) -> Stage:
    return Stage(step.label, STATES[step.state], step.note.partition("（")[0], step.lacking > 0)
