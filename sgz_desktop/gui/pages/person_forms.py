"""The forms that take the place of the page of people: one person or household, new ones, a rating."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sgz_desktop.actions import forms
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Saved
from sgz_desktop.actions.people import PersonPage
from sgz_desktop.domain.edits import Stamp
from sgz_desktop.domain.policy.places import MEMBERS, Place
from sgz_desktop.gui.pages.genogram_card import GenogramPage
from sgz_desktop.gui.pages.rating_page import RatingPage
from sgz_desktop.gui.pages.register import RegisterPage
from sgz_desktop.gui.record_page import RecordPage, called, saved_sentence
from sgz_desktop.gui.undo import CAN_UNDO, offer_undo
from sgz_desktop.gui.ways import place_target

if TYPE_CHECKING:
    from sgz_desktop.gui.pages.people import PeoplePage

HIDDEN = frozenset({"merged_into"})  # 合并 writes it, with all that goes over


class PersonForms:
    """Puts forms over the page of people, which shows what came of them."""

    def __init__(self, page: PeoplePage, desk: Desk) -> None:
        self._page, self._desk = page, desk

    def fill(self, place: Place) -> None:
        """Go to where a fact that a rule misses is filled in; afterwards the same person stands here."""
        if place.kind == "household" and place.field == MEMBERS:
            self.register("", place.id)
        elif place.kind in ("person", "household"):
            self.edit_record(place.kind, place.id, place.field)
        elif place.kind == "home":
            self._home(place.id)
        elif place.kind == "assessment":
            self._assess(place)
        else:
            self._page.go.emit(*place_target(place))

    def _home(self, person: str) -> None:
        if person == self._page.person:
            self.register("")
        else:
            self._page.show_person(person)

    def _assess(self, place: Place) -> None:
        """The assessment of their open case; without a case their own record tells how they manage."""
        page = self._page.view.page
        opened = next((case.id for case in page.cases if case.closed_on is None), "") if page else ""
        if opened and page and page.line.id == place.id:
            self._page.go.emit("cases", {"case": opened, "new": "assessment", "field": place.field})
        else:
            self.edit_record("person", place.id, "self_care")

    def rate(self, make: Callable[[], forms.Form], facts: str) -> None:
        """A rating, new or on file; `facts` say whose."""
        form = RatingPage(self._desk, make, facts)
        form.saved.connect(self._edited)
        form.closed.connect(self._closed)
        self._page.stack.put(form)

    def open_score(self, kind: str, id: str) -> None:
        """A rating, or the paper of a case a score stands in."""
        desk, page = self._desk, self._page.view.page
        if kind == "rating":
            self.rate(lambda: forms.form(desk, id, kind), page.line.name if page else "")
        else:
            self._page.go.emit("cases", {"paper": (kind, id)})

    def edit_household(self, field: str) -> None:
        """The household of the person shown; who has none is registered with one."""
        page = self._page.view.page
        if page and page.line.household:
            self.edit_record("household", page.line.household, field)
        elif page:
            self.register("")

    def edit(self, kind: str, field: str) -> None:
        """The form of the person shown, or of their household."""
        if kind == "household":
            self.edit_household(field)
        else:
            self.edit_record("person", self._page.person, field)

    def edit_record(self, kind: str, id: str, field: str) -> None:
        """A person or a household by id, the keyboard in a field."""
        desk, page = self._desk, self._page.view.page
        mine = page is not None and id in (page.line.id, page.line.household)
        facts = page.line.name if page and mine and page.line.id == self._page.person else ""
        title = "编辑资料" if kind == "person" else "编辑家庭"
        form = RecordPage(
            desk, lambda: forms.form(desk, id, kind), title=title, facts=facts, focus=field, hidden=HIDDEN
        )
        if not facts:
            form.ready.connect(lambda: form.head.set_facts(called(form)))
        form.saved.connect(self._edited)
        form.closed.connect(self._closed)
        self._page.stack.put(form)

    def _closed(self) -> None:
        self._page.stack.take()
        self._page.read_again()

    def _edited(self, saved: Saved) -> None:
        self._page.stack.take()
        self._done(saved_sentence(saved), saved)

    def register(self, name: str, household: str = "") -> None:
        """A new household, or people who join one."""
        page = self._page.view.page
        facts = f"加入{page.line.name}一户" if household and page else "先写住在哪里，再写户主和家人"
        village = page.line.village if household and page else ""
        form = RegisterPage(self._desk, household=household, facts=facts, name=name, village=village)
        form.saved.connect(lambda ids: self._registered(ids, form.edit))
        form.opened.connect(self._page.activate)
        form.closed.connect(self._page.stack.take)
        self._page.stack.put(form)

    def _registered(self, ids: tuple[str, ...], edit: Stamp | None) -> None:
        self._page.stack.take()
        offer_undo(self._page, self._desk, self._page.said.emit, f"已保存，共{len(ids)}人。{CAN_UNDO}", edit)
        self._page.list.load()
        self._page.show_person(ids[0])

    def genogram(self, page: PersonPage) -> None:
        """The family drawn large."""
        large = GenogramPage(self._desk, page.line.id, page.line.name)
        large.closed.connect(self._page.stack.take)
        large.opened.connect(lambda id: (self._page.stack.take(), self._page.show_person(id)))
        self._page.stack.put(large)
        large.take_keyboard()

    def _done(self, words: str, saved: Saved) -> None:
        offer_undo(self._page, self._desk, self._page.said.emit, words, saved.changes.edit)
        self._page.read_again()
