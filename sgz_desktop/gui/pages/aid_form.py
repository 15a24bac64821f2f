"""The forms of 救助与转介, with what can be done beside each: an answer, a call, a check, its paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sgz_desktop.actions import papers_leaving, signing_alone
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form
from sgz_desktop.domain.local_words import titled
from sgz_desktop.domain.signing import LETTER_ALONE
from sgz_desktop.gui.dialogs.call_dialog import log_call
from sgz_desktop.gui.dialogs.reply_dialog import ask_reply
from sgz_desktop.gui.forms import RecordForm
from sgz_desktop.gui.pages.application_page import ApplicationPage
from sgz_desktop.gui.pages.referral_side import ReferralSide
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.record_page import RecordPage
from sgz_desktop.gui.sheets_view import sheets_view
from sgz_desktop.gui.wait_offer import SheetSigning
from sgz_desktop.gui.widgets.buttons import Button, button

KINDS = frozenset({"application", "referral", "household_check", "organisation"})
SAVE_FIRST = "先保存，再打印。填的内容还在。"
NAMES = {"referral": "转介函", "household_check": "受委托入户核查", "volunteer": "志愿服务记录证明"}


class AidForm(RecordPage):
    """A referral, a check or an organisation. `paper_wanted(view)` shows a paper in its place."""

    said = Signal(str, object)
    paper_wanted = Signal(object)

    def __init__(self, desk: Desk, kind: str, make: Callable[[], Form], **more: Any) -> None:
        self.beside = ReferralSide(desk) if kind == "referral" else None
        super().__init__(desk, make, title=titled(kind), side=self.beside, **more)
        self.kind = kind
        self.print_button = self._action("打印", "print", self._print, key="Ctrl+P")
        self.ready.connect(self._dress)
        if self.beside:
            self.beside.reply.connect(self._reply)
            self.beside.call.connect(self._call)
            self.beside.letter.connect(self._print)
            self.beside.said.connect(self.said)

    def _action(self, words: str, icon: str, act: Callable[[], None], key: str = "") -> Button:
        made = button(words, icon=icon, on_click=act, key=key)
        row = self.head.layout()
        row.insertWidget(row.indexOf(self.save_button), made)
        made.hide()
        return made

    def _dress(self) -> None:
        """What can be done with the record that is shown."""
        form = self.form
        if form is None:
            return
        on_file, actor = not form.form.new, self.desk.actor
        prints = self.kind == "household_check" and allowed(actor, "print_leaving")
        self.print_button.setVisible(on_file and prints)
        if self.beside:
            self.beside.watch(form)

    def _put_side(self, form: RecordForm, side: QWidget | None) -> None:
        """Where room is short what goes along stands under the section in which it is ticked."""
        super()._put_side(form, side)
        if side is not None and self._width.stacked:
            rows = form.body.body
            ticked = next(part.card for part in form.body.parts if "materials" in part.names)
            rows.removeWidget(side)
            rows.insertWidget(rows.indexOf(ticked) + 1, side)

    @property
    def _id(self) -> str:
        return self.form.form.id if self.form else ""

    def _reply(self) -> None:
        ask_reply(self, self.desk, self._id, self.said.emit)

    def _call(self) -> None:
        log_call(self, self.desk, self._id, self.said.emit)

    def _print(self) -> None:
        if self.form is None or self.form.altered:
            self.said.emit(SAVE_FIRST, None)
            return
        self.paper_wanted.emit(leaving_view(self.desk, self.kind, self._id, self.head.facts.text()))


def aid_form(desk: Desk, kind: str, make: Callable[[], Form], **more: Any) -> AidForm | ApplicationPage:
    """The form of a kind, as a page."""
    if kind == "application":
        return ApplicationPage(desk, make, **more)
    return AidForm(desk, kind, make, **more)


def leaving_view(desk: Desk, kind: str, id: str, facts: str = "") -> PaperView:
    """The letter of a referral, a check or the proof of a volunteer's hours on a page of its own."""
    title = NAMES[kind]
    if kind != "referral":
        return sheets_view(
            desk, title, (kind, id), lambda: papers_leaving.leaving_paper(desk, id, kind), facts
        )
    signing = SheetSigning(
        desk, lambda progress: [signing_alone.alone_to_sign(desk, id, kind, progress, LETTER_ALONE)]
    )
    view = PaperView(
        title,
        facts,
        f"{title}-{desk.today()}.pdf",
        signing.make,
        lambda: papers_leaving.unprintable_leaving(desk, id, kind),
    )
    signing.offer_on(view)
    return view
