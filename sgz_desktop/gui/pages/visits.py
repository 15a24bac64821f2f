"""走访: the month's visits newest first, whom nobody has reached yet, and 记走访."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from sgz_desktop.actions import cases, papers_unvisited, papers_visits
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Saved
from sgz_desktop.domain.edits import Changes
from sgz_desktop.gui import jobs
from sgz_desktop.gui.page import Page
from sgz_desktop.gui.pages.form_stack import StackedPage
from sgz_desktop.gui.pages.photo_import import PhotoImport
from sgz_desktop.gui.pages.unvisited_list import UnvisitedList
from sgz_desktop.gui.pages.visit_form import VisitForm
from sgz_desktop.gui.pages.visit_grid import VisitGrid
from sgz_desktop.gui.pages.visit_lists import VisitList
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.record_page import saved_sentence
from sgz_desktop.gui.theme import Space, WidthClass, px
from sgz_desktop.gui.undo import CAN_UNDO, SAVED, offer_undo
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.page_head import PageHead
from sgz_desktop.gui.widgets.tabs import Tabs

SHOWN = ("visit", "household", "person", "membership", "presence", "session", "case")
SLIPS = 2  # the tab of the 补录表


def visits_page(desk: Desk) -> Page:
    """The page of visits."""
    return VisitsPage(desk)


class VisitsPage(StackedPage):
    """Targets: {"visit": id}, {"new": True, "household" | "person" | "case" | "mode": …},
    {"unvisited": village}, {"prepare": household ids}, {"slips": True}."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._loaded = False
        self._last = ""
        self.list = VisitList(desk)
        self.unvisited = UnvisitedList(desk)
        self.grid = VisitGrid(desk)
        self.stand_on(self._base())
        self.list.opened.connect(lambda id: self.open_form({"visit": id}))
        self.list.counted.connect(self._counted)
        self.unvisited.opened.connect(lambda id: self.open_form({"new": True, "household": id}))
        self.unvisited.prepare.connect(self.show_preparation)
        self.unvisited.names.connect(self.show_names)
        self.unvisited.said.connect(lambda sentence: self.said.emit(sentence, None))
        for tools in (self.list.tools, self.unvisited.tools):
            tools.said.connect(self.said)
        self.grid.full_wanted.connect(lambda id: self.open_form({"visit": id}))
        self.grid.finished.connect(lambda: self.tabs.set_current(0))
        self.grid.said.connect(self.said)
        self.unvisited.counted.connect(lambda count: self.tabs.set_words(1, f"本月未探访 {count}"))

    def _base(self) -> QWidget:
        base = QWidget()
        column = QVBoxLayout(base)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        self.head = PageHead("走访")
        self.new = button("记走访", "primary", "visit", lambda: self.open_form({"new": True}), key="F5")
        calls = button("来访来电", icon="phone", on_click=lambda: self.go.emit("contacts", None))
        self.head.add_action(calls)
        self.head.add_action(button("导入照片", icon="up", on_click=self.import_photos))
        self.slips = button("补录表", icon="edit", on_click=self._open_slips, key="F6")
        self.head.add_action(self.slips)
        self.head.add_action(self.new)
        column.addWidget(self.head)
        self.open_case = button("从这次走访开个案", icon="case", small=True, on_click=self._open_case)
        self.again = button(
            "再记一户", icon="visit", small=True, on_click=lambda: self.open_form({"new": True})
        )
        self.band = Band("", icon="check", actions=(self.open_case, self.again))
        self.band.hide()
        column.addWidget(self.band)
        self.tabs = Tabs(["走访记录", "本月未探访", "补录表"])
        self.tabs.changed.connect(self._turn)
        column.addWidget(self.tabs)
        self._leaves = QStackedWidget()
        self._leaves.addWidget(self.list)
        self._leaves.addWidget(self.unvisited)
        self._leaves.addWidget(self.grid)
        column.addWidget(self._leaves, 1)
        return base

    def _turn(self, number: int) -> None:
        kept = self._leaves.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._leaves.setCurrentIndex(number)
        if kept:  # so that Enter does what the list says
            self._focus_leaf()

    def _focus_leaf(self) -> None:
        (self.list.list, self.unvisited.list, self.grid.table)[self.tabs.current()].setFocus()

    def _open_slips(self) -> None:
        self.band.hide()
        self.tabs.set_current(SLIPS)
        self._focus_leaf()

    def _counted(self, words: str) -> None:
        self.head.set_facts(words)

    def activate(self, target: Any = None) -> None:
        if not self._loaded:
            self._loaded = True
            self._load()
        if isinstance(target, str) and target:
            target = {"visit": target}
        if isinstance(target, dict):
            self._aim(target)
        elif self.stack.over is None:
            self._focus_leaf()

    def _aim(self, target: dict[str, Any]) -> None:
        if "prepare" in target:
            self.show_preparation(target["prepare"])
            return
        if "unvisited" in target:
            self.stack.flush()
            self.stack.take()
            self.tabs.set_current(1)
            self.unvisited.show_village(target["unvisited"])
            self._focus_leaf()
        elif "slips" in target:
            self.stack.flush()
            self.stack.take()
            self._open_slips()
        else:
            self.open_form(target)

    def _load(self) -> None:
        self.grid.load()
        self.list.load()
        self.unvisited.load()

    def open_form(self, target: dict[str, Any]) -> None:
        """A visit on file, or a new one."""
        self.band.hide()
        form = VisitForm(self._desk, target)
        form.saved.connect(lambda saved: self._saved(form, saved))
        form.closed.connect(self.stack.take)
        form.case_wanted.connect(self._case_of)
        form.deleted.connect(self._deleted)
        self.stack.put(form)

    def import_photos(self) -> None:
        """Photos of a telephone, sorted onto visits."""
        page = PhotoImport(self._desk)
        page.closed.connect(self.stack.take)
        page.kept.connect(lambda new: self.said.emit(f"已放入{new}张照片。", None))
        self.stack.put(page)
        page.choose.setFocus()
        page.ask_folder()

    def show_preparation(self, ids: list[str]) -> None:
        """What to take along to some households, as a PDF."""
        desk = self._desk
        view = PaperView(
            "走访准备单",
            f"{len(ids)}户，安全提示在最后另起一页，不带入户",
            f"走访准备单-{desk.today()}.pdf",
            lambda progress: papers_visits.print_preparation(desk, ids, progress),
            lambda: papers_visits.unprintable_visits(desk, ids),
        )
        self._put_paper(view)

    def show_names(self, ids: list[str], phones: bool) -> None:
        """本月未探访名单 of some households, as a PDF."""
        desk = self._desk
        month = desk.today()[:7]
        view = PaperView(
            "本月未探访名单",
            "带电话" if phones else "",  # the paper counts for itself: it may hold fewer than the list
            f"本月未探访名单-{desk.today()}.pdf",
            lambda progress: papers_unvisited.print_unvisited(desk, ids, month, phones, progress),
            lambda: papers_visits.unprintable_visits(desk, ids),
        )
        self._put_paper(view)

    def _put_paper(self, view: PaperView) -> None:
        view.closed.connect(self.stack.take)
        view.said.connect(self.said)
        self.stack.put(view)
        view.take_keyboard()

    def _saved(self, form: VisitForm, saved: Saved) -> None:
        self._load()
        if form.wants_next:
            self._offer_undo(saved_sentence(saved), saved.changes)
            form.next_one()
            return
        case = str(form.form.body.boxes["case"].typed() or "") if form.form else ""
        self._last = saved.id
        self.stack.take()
        self.open_case.setVisible(not case)
        self.band.set_text(saved_sentence(saved))
        self.band.show()
        self.again.setFocus()
        self._offer_undo(SAVED, saved.changes)

    def _offer_undo(self, sentence: str, changes: Changes) -> None:
        offer_undo(self, self._desk, self.said.emit, sentence, changes.edit, self.band.hide)

    def _deleted(self, changes: Changes) -> None:
        self.stack.take()
        self._offer_undo(f"已删除，修改日志里还留着。{CAN_UNDO}", changes)
        self._load()

    def _case_of(self, visit: str) -> None:
        self._last = visit
        self._open_case()

    def _open_case(self) -> None:
        desk, visit = self._desk, self._last
        self.open_case.set_busy("正在新建")

        def failed(problem: BaseException) -> None:
            self.open_case.set_busy("")
            raise problem

        jobs.start(
            self, lambda _task: cases.open_case(desk, visit=visit), done=self._case_opened, failed=failed
        )

    def _case_opened(self, case: str) -> None:
        self.open_case.set_busy("")
        self.band.hide()
        self.stack.flush()
        self.stack.take()
        self.go.emit("cases", case)

    def on_changes(self, changes: Changes) -> None:
        super().on_changes(changes)
        self.grid.on_changes(changes)
        if self._loaded and changes.touches(*SHOWN):
            self._load()

    def subject(self) -> dict[str, str]:
        form = self.stack.over.form if isinstance(self.stack.over, VisitForm) else None
        given = form.form.values if form else {}
        return {name: str(given[name]) for name in ("person", "household", "case") if given.get(name)}

    def flush(self) -> None:
        super().flush()
        self.grid.flush()

    def set_compact(self, width: WidthClass) -> None:
        super().set_compact(width)
        self.grid.set_compact(width)
