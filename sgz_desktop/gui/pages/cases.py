"""个案: the list, the page of one case, and its records as forms, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sgz_desktop.actions import cases, forms, household_checks, ratings, visits
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, Saved
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.domain.local_words import in_use, nth, titled
from sgz_desktop.domain.policy.places import MEMBERS, Place
from sgz_desktop.gui import jobs
from sgz_desktop.gui.page import Page
from sgz_desktop.gui.pages.aid_form import KINDS as AID
from sgz_desktop.gui.pages.aid_form import AidForm, aid_form
from sgz_desktop.gui.pages.application_page import ApplicationPage
from sgz_desktop.gui.pages.assessment_side import AssessmentSide
from sgz_desktop.gui.pages.case_outputs import CaseOutputs
from sgz_desktop.gui.pages.rating_page import RatingPage
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.paper_signing import show_state
from sgz_desktop.gui.record_page import RecordPage, called
from sgz_desktop.gui.undo import CAN_UNDO, offer_undo
from sgz_desktop.gui.ways import place_target, record_target

KEPT = "评估已存为草稿，回来可以继续填。"
CHECK = "household_check"
UNSEEN = {
    "case": frozenset({"stage", "number"}),
    "case_move": frozenset({"case", "from_stage", "to_stage", "step"}),
    "visit": frozenset({"household"}),
    "application": frozenset({"case", "policy_pack", "policy_pack_sha256"}),
    "person": frozenset({"merged_into"}),
}


def cases_page(desk: Desk, station: OpenStation | None = None) -> Page:
    """The section 个案 of a desk; with its `station`, cases go to other stations and come from them."""
    made = CasesPage(desk)
    made.station = station
    return made


class CasesPage(CaseOutputs):
    """Targets: a case's id; {"case": id, "new": kind}, at a "field"; {"paper": (kind, id)};
    {"print": case id}; {"handover": True}; {"unsigned": True}; {"remarks": number of a copy to type remarks
    of, or ""}; {"remark": id}."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
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
        case.transfer_wanted.connect(self.send_away)
        case.again_wanted.connect(self.send_again)
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

    def open_record(self, kind: str, id: str) -> None:
        """A record on file as a form; a handover as its sheet."""
        desk = self._desk
        if kind == "handover":
            self._show_sheets([id])
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
