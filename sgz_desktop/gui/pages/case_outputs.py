"""个案: what comes in front of the cases and is no form: papers and copies, papers to be signed, remarks."""

from __future__ import annotations

from collections.abc import Sequence

from sgz_desktop.actions import supervision_remarks
from sgz_desktop.actions.handover import Handed
from sgz_desktop.actions.signing import PaperState
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.actions.supervision_remarks import RemarkLine
from sgz_desktop.gui import jobs
from sgz_desktop.gui.dialogs.supervision_dialog import ask_supervision
from sgz_desktop.gui.pages.case_stack import CaseStack
from sgz_desktop.gui.pages.case_views import handover_view
from sgz_desktop.gui.pages.file_parts import file_view
from sgz_desktop.gui.pages.handover_page import HandoverPage
from sgz_desktop.gui.pages.release_page import ReleasePage
from sgz_desktop.gui.pages.remarks_page import RemarksPage
from sgz_desktop.gui.pages.unsigned_page import UnsignedPage
from sgz_desktop.gui.paper_signing import signing_view
from sgz_desktop.gui.supervision_views import copy_view
from sgz_desktop.gui.transfer_flow import receive, send_again, send_away, write_card
from sgz_desktop.gui.ways import record_target


class CaseOutputs(CaseStack):
    """Papers of the case in front, and the lists over all cases. `station` is the open one, where cases may
    leave it and come to it."""

    station: OpenStation | None = None

    def _go_on(self, section: str, target: object) -> None:
        if section == "cases" and isinstance(target, str):
            self.open_case(target)
        else:
            self.go.emit(section, target)

    def show_handover(self, case: str = "") -> None:
        """Hand cases over; `case` is the one to begin with."""
        page = HandoverPage(self._desk, case)
        if station := self.station:
            page.offer_others(
                lambda: write_card(self, station, self.said.emit),
                lambda: receive(self, station, self.said.emit, self.open_case),
            )
        page.closed.connect(self.show_list)
        page.said.connect(self.said)
        page.handed.connect(lambda made: self._show_sheets(made.ids, made))
        self._put_leaf(page)

    def send_away(self) -> None:
        """The case in front goes to another station."""
        if self.station:
            send_away(self, self.station, self.case.case, self.said.emit, self.case.read)

    def send_again(self) -> None:
        """The file of the case in front, which went to another station, is written once more."""
        if (station := self.station) and (page := self.case.page):
            number = str(page.form.values.get("number") or "编号未给")
            send_again(self, station, self.case.case, number, self.said.emit)

    def _show_sheets(self, ids: Sequence[str], made: Handed | None = None) -> None:
        """Handover sheets as a PDF: of the case in front, or `made` just now."""
        facts, back = ("", self.show_list) if made else (self.case.facts, self._back_to_case)
        self._show_paper(handover_view(self._desk, ids, facts, made), back)

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

    def open_record(self, kind: str, id: str) -> None:
        """A record on file comes to the front."""
        raise NotImplementedError
