"""个案: the list, the page of one case, its papers as forms, and its file as a PDF, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from sgz_desktop.actions import (
    cases,
    forms,
    handover,
    household_checks,
    ratings,
    supervision_remarks,
    visits,
)
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, Saved
from sgz_desktop.actions.signing import PaperState
from sgz_desktop.actions.supervision_remarks import RemarkLine
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.local_words import in_use, nth, titled
from sgz_desktop.domain.policy.places import MEMBERS, Place
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.gui import jobs
from sgz_desktop.gui.dialogs.supervision_dialog import ask_supervision
from sgz_desktop.gui.page import Page
from sgz_desktop.gui.pages.aid_form import KINDS as AID
from sgz_desktop.gui.pages.aid_form import AidForm, aid_form
from sgz_desktop.gui.pages.application_page import ApplicationPage
from sgz_desktop.gui.pages.assessment_side import AssessmentSide
from sgz_desktop.gui.pages.case_list import CaseList
from sgz_desktop.gui.pages.case_page import CaseView
from sgz_desktop.gui.pages.case_views import sheets_view
from sgz_desktop.gui.pages.file_parts import file_view
from sgz_desktop.gui.pages.handover_page import HandoverPage
from sgz_desktop.gui.pages.rating_page import RatingPage
from sgz_desktop.gui.pages.release_page import ReleasePage
from sgz_desktop.gui.pages.remarks_page import RemarksPage
from sgz_desktop.gui.pages.unsigned_page import UnsignedPage
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.paper_signing import show_state, signing_view
from sgz_desktop.gui.record_page import RecordPage, called
from sgz_desktop.gui.supervision_views import copy_view
from sgz_desktop.gui.theme import WidthClass
from sgz_desktop.gui.undo import CAN_UNDO, offer_undo
from sgz_desktop.gui.ways import place_target, record_target

SHOWN = frozenset(BY_KIND) - {"device", "worker", "redaction"}  # kinds a case or the list may show
KEPT = "评估已存为草稿，回来可以继续填。"
CHECK = "household_check"
FORMS = (RecordPage, RatingPage, HandoverPage)
LISTS = (UnsignedPage, RemarksPage)
UNSEEN = {
    "case": frozenset({"stage", "number"}),
    "case_move": frozenset({"case", "from_stage", "to_stage", "step"}),
    "visit": frozenset({"household"}),
    "application": frozenset({"case", "policy_pack", "policy_pack_sha256"}),
    "person": frozenset({"merged_into"}),
}


def cases_page(desk: Desk) -> Page:
    """The section 个案 of a desk."""
    return CasesPage(desk)


class CasesPage(Page):
    """Targets: a case's id; {"case": id, "new": kind}, at a "field"; {"paper": (kind, id)};
    {"print": case id}; {"handover": True}; {"unsigned": True}; {"remarks": number of a copy to type remarks
    of, or ""}; {"remark": id}."""

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
        self._connect()

    def _connect(self) -> None:
        self.list.opened.connect(self.open_case)
        self.list.said.connect(self.said)
        self.list.go.connect(self.go)
        self.list.handover_wanted.connect(self.show_handover)
        self.list.unsigned_wanted.connect(self.show_unsigned)
        self.list.remarks_wanted.connect(self.show_remarks)
        case = self.case
        case.closed.connect(self.show_list)
        case.said.connect(self.said)
        case.go.connect(self._go_on)
        case.record_wanted.connect(self.open_record)
        case.fix_wanted.connect(self.fix)
        case.paper_wanted.connect(lambda kind, focus: self.new_paper(case.case, kind, focus))
        case.visit_wanted.connect(self.new_visit)
        case.file_wanted.connect(self.show_file)
        case.copy_wanted.connect(self.show_copy)
        case.sign_wanted.connect(self.show_to_sign)
        case.policies.fill.connect(self.fill)
        case.policies.go.connect(self.go)

    def activate(self, target: Any = None) -> None:
        if isinstance(target, str):
            self.open_case(target)
        elif isinstance(target, dict):
            self._activate(target)
        else:
            self._refresh()
            if self.leaves.currentWidget() is self.list:
                self.list.take_keyboard()

    def _activate(self, target: dict[str, Any]) -> None:
        if target.get("new"):
            field = str(target.get("field") or "")
            self._in_case(target["case"], lambda: self.new_paper(target["case"], target["new"], field))
        elif "paper" in target:
            self._open_paper(*target["paper"])
        elif "handover" in target:
            self.show_handover()
        elif "unsigned" in target:
            self.show_unsigned()
        elif "remarks" in target:
            self.show_remarks(str(target["remarks"] or ""))
        elif "remark" in target:
            self._open_remark(str(target["remark"]))
        elif "print" in target:
            self._in_case(target["print"], self.show_file)
        elif "case" in target:
            self.open_case(target["case"])

    def _open_paper(self, kind: str, id: str) -> None:
        """Open a record of which only kind and id are known: first find the case it belongs to."""
        desk = self._desk

        def show(found: Form) -> None:
            case = str(found.values.get("case") or "")
            if case:
                self._in_case(case, lambda: self.open_record(kind, id))
            elif kind in AID:
                self.go.emit("aid", (kind, id))
            elif referral := found.values.get("referral"):  # a call after its answer
                self.go.emit(*record_target("referral", str(referral)))
            else:  # a row of a paper, which has no page of its own
                self.open_record(kind, id)

        jobs.start(self, lambda _task: forms.form(desk, id, kind), done=show, key="paper")

    def _in_case(self, case: str, then: Callable[[], None]) -> None:
        self.open_case(case, then)

    def _refresh(self) -> None:
        """Coming back: read again what is in front."""
        shown = self.leaves.currentWidget()
        if shown is self.list:
            self.list.read()
        elif shown is self.case:
            self.case.read()

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

    def _go_on(self, section: str, target: object) -> None:
        if section == "cases" and isinstance(target, str):
            self.open_case(target)
        else:
            self.go.emit(section, target)

    def open_record(self, kind: str, id: str) -> None:
        """A record on file as a form; a handover as its sheet."""
        desk = self._desk
        if kind == "handover":
            self._show_sheets(lambda: handover.handover_sheets(desk, [id]))
            return
        if kind == "rating":
            self._show_rating(lambda: forms.form(desk, id, kind))
            return
        self._show_record(kind, lambda: forms.form(desk, id, kind), titled(kind))

    def new_paper(self, case: str, kind: str, focus: str = "") -> None:
        """The next record of a kind; a paper there is one of is opened again instead."""
        desk, standing, page = self._desk, self.case.standing(kind), self.case.page
        if kind == "rating":
            client = page.client if page else ""
            self._show_rating(lambda: ratings.new_rating(desk, client, case))
            return
        if kind == "case":
            self._show_record(kind, lambda: forms.form(desk, case, kind), "个案资料", focus)
        elif focus and standing:
            self._show_record(kind, lambda: forms.form(desk, standing, kind), titled(kind), focus)
        else:
            title = titled(kind)
            title = nth(self.case.sessions + 1) + title if kind == "session" else title
            self._show_record(kind, lambda: cases.new_paper(desk, case, kind), title, focus)

    def fix(self, kind: str, id: str, focus: str) -> None:
        """Go to where something can be put right."""
        if not id:
            self.new_paper(self.case.case, kind, focus)
            return
        desk = self._desk
        self._show_record(kind, lambda: forms.form(desk, id, kind), titled(kind), focus)

    def fill(self, place: Place) -> None:
        """Go to where a fact that a rule misses is filled in; the case stands here again afterwards."""
        side = self._side
        if place.kind == "assessment" and place.id == self._client:
            if side and isinstance(self.leaf, RecordPage) and self.leaf.form:
                self.leaf.form.focus_field(place.field)
            else:
                self.new_paper(self.case.case, "assessment", place.field)
        elif place.kind in ("person", "household") and place.field != MEMBERS:
            if isinstance(self.leaf, RecordPage) and self.leaf.form and self.leaf.form.dirty:
                self.said.emit(KEPT, None)
            self._show_filed(place.kind, place.id, place.field)
        else:
            self.go.emit(*place_target(place))

    @property
    def _client(self) -> str:
        return self.case.page.client if self.case.page else ""

    def _show_filed(self, kind: str, id: str, focus: str) -> None:
        """A person's or household's record, which may be another's than the client's."""
        desk, title = self._desk, "编辑资料" if kind == "person" else "编辑家庭"
        page = self._show_record(kind, lambda: forms.form(desk, id, kind), title, focus)
        page.head.set_facts("")
        page.ready.connect(lambda: page.head.set_facts(called(page)))

    def _show_rating(self, make: Callable[[], Form]) -> None:
        page = RatingPage(self._desk, make, self.case.facts)
        page.saved.connect(self._saved)
        page.closed.connect(self._back_to_case)
        self._put_leaf(page)

    def show_handover(self, case: str = "") -> None:
        """Hand cases over; `case` is the one to begin with."""
        page = HandoverPage(self._desk, case)
        page.closed.connect(self.show_list)
        page.said.connect(self.said)
        page.handed.connect(lambda make: self._show_sheets(make, self.show_list))
        self._put_leaf(page)

    def _show_sheets(self, make: Callable[[], Any], back: Callable[[], None] | None = None) -> None:
        """Handover sheets as a PDF; `make` reads them, or has them."""
        facts = "" if back else self.case.facts
        self._show_paper(sheets_view(self._desk, make, facts), back or self._back_to_case)

    def new_visit(self) -> None:
        """A visit that is also a session of the case."""
        desk, page = self._desk, self.case.page
        if page:
            home, person = str(page.form.values.get("household") or ""), page.client
            self._show_record(
                "visit",
                lambda: visits.new_visit(desk, home, person, page.form.id),
                f"走访（也是一{in_use().session}）",
            )

    def _show_record(self, kind: str, make: Callable[[], Form], title: str, focus: str = "") -> RecordPage:
        hidden = UNSEEN.get(kind, frozenset({"case"}))
        about: dict[str, Any] = {"facts": self.case.facts, "hidden": hidden, "focus": focus}
        side = AssessmentSide(self._desk) if kind == "assessment" else None
        if kind in AID:
            page: RecordPage = self._aid_form(kind, make, about)
        else:
            page = RecordPage(self._desk, make, title=title, side=side, **about)
        if side:
            page.column.addWidget(side.policies.closing)  # in sight however far the panel is scrolled
            side.policies.closing.setVisible(side.policies.may_read)
            side.policies.fill.connect(self.fill)
            side.policies.go.connect(self.go)
            page.ready.connect(lambda: side.watch(page.form, self.case.case, self._client))
        page.saved.connect(self._saved)
        page.closed.connect(self._back_to_case)
        page.ready.connect(lambda: show_state(page, self.case.case))
        self._put_leaf(page)
        self._side = side
        return page

    def _aid_form(
        self, kind: str, make: Callable[[], Form], about: dict[str, Any]
    ) -> AidForm | ApplicationPage:
        """A form with what can be done beside it; its paper comes in its place and gives it back."""
        page = aid_form(self._desk, kind, make, **about)
        page.said.connect(self.said)
        if isinstance(page, ApplicationPage):
            page.check_wanted.connect(
                lambda id: self._show_record(CHECK, lambda: household_checks.new_check(self._desk, id), "")
            )

        def show(view: PaperView) -> None:
            id = page.form.form.id
            self._show_paper(view, lambda: self.open_record(kind, id))

        page.paper_wanted.connect(show)
        return page

    def _saved(self, saved: Saved) -> None:
        words = f"{titled(saved.kind)}已保存。"
        words += f"有{len(saved.marks)}处待核。" if saved.marks else CAN_UNDO
        offer_undo(self, self._desk, self.said.emit, words, saved.changes.edit)
        if not self.case.case:
            self.show_list()
            return
        self._drop_leaf()
        self.leaves.setCurrentWidget(self.case)
        self.case.read(after=saved.kind)

    def _back_to_case(self) -> None:
        if not self.case.case:
            self.show_list()
            return
        self._drop_leaf()
        self.leaves.setCurrentWidget(self.case)
        self.case.read()

    def show_file(self) -> None:
        """The case file as a PDF."""
        page = self.case.page
        if page:
            view, self.parts_button = file_view(self._desk, page, self.case.facts)
            self._show_paper(view, self._back_to_case)

    def show_copy(self, sort: str) -> None:
        """A copy of the case file for somebody outside."""
        page, facts = self.case.page, self.case.facts
        if page is None:
            return
        if sort == "supervision":
            ask_supervision(
                self,
                self._desk,
                page.form.id,
                lambda start, wish, password: self._show_paper(
                    copy_view(self._desk, start, wish, password, facts), self._back_to_case
                ),
            )
            return
        release = ReleasePage(self._desk, page, facts)
        release.closed.connect(self._back_to_case)
        release.said.connect(self.said)
        release.paper_wanted.connect(lambda view: self._show_paper(view, lambda: self.show_copy(sort)))
        self._put_leaf(release)
        release.take_keyboard()

    def show_to_sign(self, state: PaperState) -> None:
        """One paper of the case in front, to be printed and signed."""
        self._show_paper(signing_view(self._desk, self.case.case, state, self.case.facts), self._back_to_case)

    def show_unsigned(self) -> None:
        """Every paper that waits for a signature."""
        page = UnsignedPage(self._desk)
        page.closed.connect(self.show_list)
        page.said.connect(self.said)
        page.opened.connect(self._open_unsigned)
        page.paper_wanted.connect(lambda view: self._show_paper(view, self.show_unsigned))
        self._put_leaf(page)
        page.take_keyboard()

    def _open_unsigned(self, kind: str, id: str, case: str) -> None:
        if case:
            self._in_case(case, lambda: self.open_record(kind, id))
        else:
            self.go.emit(*record_target(kind, id))

    def show_remarks(self, number: str = "") -> None:
        """What supervisors said of all cases; with the number of a copy or paper, to type remarks in."""
        page = RemarksPage(self._desk)
        page.closed.connect(self.show_list)
        page.said.connect(self.said)
        page.go.connect(self._go_on)
        page.paper_wanted.connect(lambda view: self._show_paper(view, self.show_remarks))
        self._put_leaf(page)
        page.take_keyboard()
        if number:
            page.enter(number)

    def _open_remark(self, id: str) -> None:
        """The record a remark is about."""
        desk = self._desk

        def show(line: RemarkLine | None) -> None:
            if line and line.kind == "case":
                self.open_case(line.case)
            elif line:
                self._in_case(line.case, lambda: self.open_record(line.kind, line.about))

        jobs.start(self, lambda _task: supervision_remarks.find_remark(desk, id), done=show, key="remark")

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
