"""Beside a referral: what goes along with it as it will be printed, its answer, and the address book."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import going_along, organisations
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Saved, new_form, save_form
from sgz_desktop.actions.going_along import NAME, Line, Lines
from sgz_desktop.domain import address_book
from sgz_desktop.domain.fields import split_codes
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.forms import RecordForm
from sgz_desktop.gui.receiver_fills import TOLD
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.labels import label, paragraph
from sgz_desktop.gui.widgets.scroll import SideScroll

ALONG = "随函只给下面这些，别的都不写。"
NOTHING = "还没有选。在“提供的资料”里勾选。"
NO_NAME = "没有选姓名，函上只写姓。"
NOT_IN_BOOK = "“{}”还不在通讯录里。"
IN_BOOK = "{}已存入通讯录。"


class ReferralSide(SideScroll):
    """`watch(form)` follows what is typed. `reply`, `call`, `letter` ask for what is done with one on file;
    `said(sentence, undo)`."""

    reply = Signal()
    call = Signal()
    letter = Signal()
    said = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._form: RecordForm | None = None
        self._lines: Lines = {}
        self._about: tuple[str, str] = ("", "")
        self._known: frozenset[str] = frozenset()
        column = self.body
        column.setSpacing(px(Space.M))
        self.along = Card("随函资料")
        self.along.add(paragraph(ALONG, "second", "muted"))
        self._told = QVBoxLayout()
        self._told.setSpacing(px(Space.XS))
        self.along.add(self._told)
        self.follow = self._make_follow()
        self.book = Card("通讯录")
        self.book_words = paragraph("", "body", "plain")
        self.keep = button("存入通讯录", icon="plus", on_click=self._keep)
        self.book.add(self.book_words)
        self.book.add(self.keep)
        for card in (self.book, self.follow, self.along):
            column.addWidget(card)
            card.setVisible(card is self.along)
        column.addStretch(1)

    def _make_follow(self) -> Card:
        card = Card("回执")
        self.reply_button = button("记回执", "tonal", "check", self.reply.emit)
        self.call_button = button("记电话", icon="phone", on_click=self.call.emit)
        self.letter_button = button("打印转介函", icon="print", on_click=self.letter.emit)
        answers = QHBoxLayout()
        answers.setSpacing(px(Space.S))
        answers.addWidget(self.reply_button)
        answers.addWidget(self.call_button)
        answers.addStretch(1)
        card.add(answers)
        card.add(self.letter_button)
        return card

    def watch(self, form: RecordForm) -> None:
        """Follow a form: it is read anew when the person is another."""
        self._form, self._about = form, ("", "")
        form.edited.connect(self._look)
        values, new = form.form.values, form.form.new
        writes = allowed(self._desk.actor, "enter_reply")
        self.follow.setVisible(not new)
        self.reply_button.setVisible(writes)
        self.call_button.setVisible(writes and not values.get("reply_on"))
        self.letter_button.setVisible(allowed(self._desk.actor, "print_leaving"))
        self._read_book()
        self._look()

    def _read_book(self) -> None:
        desk = self._desk

        def read(found: Sequence[organisations.OrganisationLine]) -> None:
            self._known = frozenset(one.name for one in found)
            self._show_book()

        jobs.start(self, lambda _task: organisations.list_organisations(desk), done=read, key="book")

    def _look(self) -> None:
        self._show_book()
        person, case = str(self._typed("person") or ""), str(self._typed("case") or "")
        if (person, case) == self._about:
            self._show_along()
            return
        self._about, desk = (person, case), self._desk
        if not allowed(desk.actor, "material_values"):
            self.along.hide()
            return

        def read(found: Lines) -> None:
            self._lines = found
            self._show_along()

        jobs.start(
            self,
            lambda _task: going_along.material_values(desk, person, case),
            done=read,
            key="along",
        )

    def _typed(self, name: str) -> object:
        """What stands in a field, or was given beforehand where the page shows none."""
        form = self._form
        if form is None:
            return None
        box = form.body.boxes.get(name)
        return box.typed() if box else form.form.values.get(name)

    def _show_along(self) -> None:
        materials = self._typed("materials")
        while item := self._told.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        lines = going_along.ticked(self._lines, materials)
        codes = split_codes(str(materials or ""))
        if not codes:
            self._told.addWidget(paragraph(NOTHING, "body", "plain"))
        elif lines and NAME not in codes:
            self._told.addWidget(paragraph(NO_NAME, "body", "warn"))
        elif not lines:
            self._told.addWidget(paragraph("不提供资料。", "body", "plain"))
        for line in lines:
            self._told.addWidget(_pair(line))

    def _show_book(self) -> None:
        name = str(self._typed("receiver") or "").strip()
        new = bool(name) and name not in self._known and allowed(self._desk.actor, "save_form")
        self.book.setVisible(new)
        self.book_words.setText(NOT_IN_BOOK.format(name))

    def _keep(self) -> None:
        """The receiver as typed becomes an entry of the address book."""
        desk, typed = self._desk, address_book.entry({name: self._typed(name) for name in TOLD})
        self.keep.set_busy("正在保存")

        def kept(_saved: Saved) -> None:
            self.keep.set_busy("")
            self._read_book()
            self.said.emit(IN_BOOK.format(typed["name"]), None)

        def failed(problem: BaseException) -> None:
            self.keep.set_busy("")
            messages.show_problem(problem, self)

        jobs.start(
            self,
            lambda _task: save_form(desk, new_form(desk, "organisation"), typed),
            done=kept,
            failed=failed,
        )


def _pair(line: Line) -> QWidget:
    """A value under its label."""
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(label(line[0], "second", "muted"))
    column.addWidget(paragraph(line[1], "body_bold"))
    return both
