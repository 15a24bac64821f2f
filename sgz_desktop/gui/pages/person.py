"""A person's page: all that a call from a villager asks for, in sight at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.people import PersonPage
from sgz_desktop.gui.pages.category_card import CategoriesCard
from sgz_desktop.gui.pages.genogram_card import GenogramCard
from sgz_desktop.gui.pages.kin_cards import KinCard, StaysCard
from sgz_desktop.gui.pages.life_band import LifeBand
from sgz_desktop.gui.pages.person_cards import CasesCard, ContactsCard, FamilyCard, TasksCard
from sgz_desktop.gui.pages.person_head import PersonHead
from sgz_desktop.gui.pages.ratings_panel import RatingsCard
from sgz_desktop.gui.policy_card import PolicyCard
from sgz_desktop.gui.theme import Space, WidthClass, px
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.scroll import Scroll

SIDE = 326


class PersonView(QWidget):
    """`show_page` fills it. `wanted(verb)`, `doubt(kind, field)`, `opened_*` say what was pressed."""

    wanted = Signal(str)
    doubt = Signal(str, str)
    opened_person = Signal(str)
    opened_case = Signal(str)
    opened_event = Signal(object)
    opened_task = Signal(str)
    opened_household = Signal(str)
    stop = Signal(object)
    asked = Signal(object)
    left_open = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._today = desk.today()
        self.page: PersonPage | None = None
        self.head = PersonHead()
        self.ratings = RatingsCard(desk)
        self.benefits, self.family, self.cases = CategoriesCard(desk), FamilyCard(), CasesCard()
        self.genogram, self.kin, self.stays = GenogramCard(desk), KinCard(), StaysCard()
        self.policies = PolicyCard(desk)
        self.contacts, self.tasks = ContactsCard(), TasksCard()
        self._look = button("去核对", small=True, on_click=self._go_to_doubt)
        self.band = Band("", "warm", actions=(self._look,))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        column.addWidget(self.head)
        column.addWidget(self.band)
        self._back = button("回来了", small=True, on_click=lambda: self.wanted.emit("back"))
        self.away = Band("", icon="cal", actions=(self._back,))
        self.away.hide()
        column.addWidget(self.away)
        self.life = LifeBand()
        column.addWidget(self.life)
        self._place = QHBoxLayout()
        self._place.setSpacing(px(Space.M))
        column.addLayout(self._place, 1)
        column.addWidget(self.policies.closing)  # in sight however far the cards are scrolled
        self.policies.closing.setVisible(self.policies.may_read)
        self._stacked: bool | None = None
        self._arrange(False)
        self._connect()

    def _arrange(self, stacked: bool) -> None:
        """Dates at the right of the household; in one column they come first, since they are asked first."""
        if stacked == self._stacked:
            return
        self._stacked = stacked
        dates = (self.tasks, self.contacts)
        family = (self.benefits, self.family, self.policies, self.cases, self.ratings)
        family += (self.genogram, self.kin, self.stays)
        for card in (*dates, *family):
            card.setParent(self)
        while item := self._place.takeAt(0):
            if item.widget():
                item.widget().deleteLater()
        if stacked:
            self._place.addWidget(_column((*dates, *family)), 1)
        else:
            self._place.addWidget(_column(family), 1)
            side = QWidget()
            side.setFixedWidth(px(SIDE))
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(px(Space.M))
            column.addWidget(self.tasks)
            column.addWidget(self.contacts, 1)
            self._place.addWidget(side)
        for card in (*dates, *family):
            card.show()
        if self.genogram.found:
            for card in (self.kin, self.stays):
                card.show_family(self.genogram.found)
        if self.page:
            self.cases.setVisible(bool(self.page.cases))
        self.ratings.setVisible(self.ratings.filled)
        self.policies.setVisible(self.policies.may_read)

    def _connect(self) -> None:
        for part in (self.head, self.benefits, self.family, self.tasks, self.genogram, self.kin, self.stays):
            part.wanted.connect(self.wanted)
        for part in (self.family, self.genogram, self.kin):
            part.opened.connect(self.opened_person)
        for part in (self.kin, self.stays):
            self.genogram.told.connect(part.show_family)
        self.benefits.stop.connect(self.stop)
        self.stays.opened.connect(self.opened_household)
        self.cases.opened.connect(self.opened_case)
        self.contacts.opened.connect(self.opened_event)
        self.tasks.opened.connect(self.opened_task)
        self.ratings.wanted.connect(lambda: self.wanted.emit("rate"))
        for part in (self.tasks.asked, self.life.asked):
            part.connect(self.asked)
        self.life.left_open.connect(self.left_open)

    def show_page(self, page: PersonPage) -> None:
        """Show a person."""
        self.page = page
        self.head.show_page(page)
        self.benefits.read(page.line.id)
        self.family.show_page(page)
        self.policies.read(page.line.id)
        self.genogram.read(page.line.id)
        self.cases.show_page(page, self._today)
        self.contacts.show_page(page)
        self.tasks.show_page(page, self._today)
        self.ratings.read(page.line.id)
        self.away.set_text(page.away)
        self.away.setVisible(bool(page.away))
        self.life.show_page(page)
        count = len(page.marks)
        self.band.setVisible(bool(count))
        if count:
            more = f"另有{count - 1}处待核。" if count > 1 else ""
            self.band.set_text(f"待核：{page.marks[0].sentence}{more}")

    def _go_to_doubt(self) -> None:
        if self.page and self.page.form.marks:
            self.doubt.emit("person", self.page.form.marks[0].field)
        elif self.page and self.page.household and self.page.household.marks:
            self.doubt.emit("household", self.page.household.marks[0].field)

    def set_compact(self, width: WidthClass) -> None:
        """Fold for a width class."""
        self._arrange(width.stacked)
        self.contacts.set_few(width.stacked)


def _column(cards: Sequence[QWidget]) -> Scroll:
    scroll = Scroll()
    scroll.body.setSpacing(px(Space.M))
    for card in cards:
        scroll.body.addWidget(card)
    scroll.body.addStretch(1)
    return scroll
