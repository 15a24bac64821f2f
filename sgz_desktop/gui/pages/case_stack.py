"""个案: the list, the page of one case, and one leaf over them, one of which is in front."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.gui.page import Page
from sgz_desktop.gui.pages.assessment_side import AssessmentSide
from sgz_desktop.gui.pages.case_list import CaseList
from sgz_desktop.gui.pages.case_page import CaseView
from sgz_desktop.gui.pages.handover_page import HandoverPage
from sgz_desktop.gui.pages.rating_page import RatingPage
from sgz_desktop.gui.pages.remarks_page import RemarksPage
from sgz_desktop.gui.pages.unsigned_page import UnsignedPage
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.record_page import RecordPage
from sgz_desktop.gui.theme import WidthClass

SHOWN = frozenset(BY_KIND) - {"device", "worker", "redaction"}  # kinds a case or the list may show
FORMS = (RecordPage, RatingPage, HandoverPage)
LISTS = (UnsignedPage, RemarksPage)


class CaseStack(Page):
    """`list`, `case`, and the `leaf` in front of them where there is one: a form, a list or a paper."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._width = WidthClass.WIDE
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.leaves = QStackedWidget()
        column.addWidget(self.leaves)
        self.list = CaseList(desk)
        self.case = CaseView(desk)
        self.leaf: QWidget | None = None
        self._side: AssessmentSide | None = None
        for part in (self.list, self.case):
            self.leaves.addWidget(part)

    def show_list(self) -> None:
        """The list comes to the front."""
        self.case.forget()
        self._drop_leaf()
        self.leaves.setCurrentWidget(self.list)
        self.list.read()
        self.list.take_keyboard()

    def open_case(self, case: str, then: Callable[[], None] | None = None) -> None:
        """The page of a case comes to the front; `then` runs once it is read."""
        self.flush()
        self._drop_leaf()
        self.leaves.setCurrentWidget(self.case)
        self.case.open(case, then)

    def _in_case(self, case: str, then: Callable[[], None]) -> None:
        self.open_case(case, then)

    def _back_to_case(self) -> None:
        if not self.case.case:
            self.show_list()
            return
        self._drop_leaf()
        self.leaves.setCurrentWidget(self.case)
        self.case.read()

    def _refresh(self) -> None:
        """Coming back: read again what is in front."""
        shown = self.leaves.currentWidget()
        if shown is self.list:
            self.list.read()
        elif shown is self.case:
            self.case.read()

    def _show_paper(self, view: PaperView, back: Callable[[], None]) -> None:
        view.closed.connect(back)
        view.said.connect(self.said)
        self._put_leaf(view)
        view.take_keyboard()

    def _put_leaf(self, leaf: QWidget) -> None:
        self._drop_leaf()
        self.leaf = leaf
        self.leaves.addWidget(leaf)
        self.leaves.setCurrentWidget(leaf)
        if isinstance(leaf, (*FORMS, *LISTS)):
            leaf.set_compact(self._width)

    def _drop_leaf(self) -> None:
        if self.leaf is not None:
            if isinstance(self.leaf, FORMS):
                self.leaf.flush()
            elif isinstance(self.leaf, PaperView):
                self.leaf.let_go()
            self.leaves.removeWidget(self.leaf)
            self.leaf.deleteLater()
            self.leaf = self._side = None

    def on_changes(self, changes: Changes) -> None:
        if isinstance(self.leaf, FORMS):
            self.leaf.on_changes(changes)
        elif isinstance(self.leaf, LISTS):
            self.leaf.read()
        if self._side:
            self._side.read_policies()
        if self.isVisible() and changes.touches(*SHOWN):
            self._refresh()

    def flush(self) -> None:
        if isinstance(self.leaf, FORMS):
            self.leaf.flush()

    def set_compact(self, width: WidthClass) -> None:
        self._width = width
        self.list.set_compact(width)
        self.case.set_compact(width)
        if isinstance(self.leaf, (*FORMS, *LISTS)):
            self.leaf.set_compact(width)

    def subject(self) -> dict[str, str]:
        page = self.case.page
        if page is None or self.leaves.currentWidget() is self.list:
            return {}
        about = {"person": page.client, "case": page.form.id}
        about["household"] = str(page.form.values.get("household") or "")
        return {name: id for name, id in about.items() if id}

    def find(self) -> bool:
        if self.leaves.currentWidget() is self.list:
            self.list.find()
            return True
        return False
