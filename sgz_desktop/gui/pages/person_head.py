"""Head of a person's page: who this is, what they receive, and what can be done next."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from sgz_desktop.actions.people import PersonPage
from sgz_desktop.domain import days
from sgz_desktop.domain.short_tags import short_tags
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.avatar import Avatar
from sgz_desktop.gui.widgets.badge import Badge
from sgz_desktop.gui.widgets.buttons import Button, button, link, menu_button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.flow import Flow
from sgz_desktop.gui.widgets.labels import Elided, label

MOST_BADGES = 5
SAME = {"低保": "最低生活保障", "特困": "特困人员"}  # a category and the benefit it comes from


class PersonHead(Card):
    """`wanted(verb)` for visit, call, case, edit, household, members, prepare, move, leave,
    genogram, register, task, rate, check, history, home_history, merge, unmerge."""

    wanted = Signal(str)
    reveal = Signal()

    def __init__(self) -> None:
        super().__init__(margin=14)
        self.phone = ""
        row = QHBoxLayout()
        row.setSpacing(px(14))
        self.avatar = Avatar("", 46, ground="tint")
        row.addWidget(self.avatar)
        row.addLayout(self._words(), 1)
        self.add(row)
        self.add(self._buttons())

    def _words(self) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(px(Space.XS))
        line = QHBoxLayout()
        line.setSpacing(px(Space.M))
        self.name = Elided("", "title")
        self.name.setMinimumWidth(px(60))
        self._badges = QWidget()
        self._flow = Flow(self._badges)
        self._flow.setContentsMargins(0, px(5), 0, 0)
        line.addWidget(self.name, 2)
        line.addWidget(self._badges, 3)
        words.addLayout(line)
        self._second = QWidget()
        second = Flow(self._second, gap=Space.S)
        self.facts = Elided("", "body", "plain")
        self.facts.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.phone_words = label("", "body", "plain")
        self.show_phone = link("显示", self.reveal.emit)
        self.show_phone.setAccessibleName("显示电话")
        phone = QWidget()
        row = QHBoxLayout(phone)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(Space.S))
        row.addWidget(self.phone_words)
        row.addWidget(self.show_phone)
        for part in (self.facts, phone):  # the number goes below rather than cut the facts short
            second.addWidget(part)
        words.addWidget(self._second)
        return words

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(Space.S))
        self.visit = self._button("记走访", "primary", "visit", "visit", "F5")
        self.call = self._button("登记来访", "secondary", "phone", "call")
        self.call.setToolTip("登记来访（F4）")
        self.case = self._button("开个案", "secondary", "case", "case")
        self.edit = self._button("编辑", "secondary", "edit", "edit", "F2")
        for made in (self.visit, self.call, self.case):
            row.addWidget(made)
        row.addStretch(1)
        row.addWidget(self.edit)
        entries = [
            ("编辑家庭", "household"),
            ("添加家庭成员", "members"),
            ("打印走访准备单", "prepare"),
            ("搬到另一户", "move"),
            ("登记搬离", "leave"),
            ("看家系图", "genogram"),
            ("登记新家庭", "register"),
            ("填量表", "rate"),
            ("受委托入户核查", "check"),
            ("修改历史", "history"),
            ("家庭的修改历史", "home_history"),
            ("合并", "merge"),
            ("拆开合并的档案", "unmerge"),
            ("删除登记错的档案", "delete"),
        ]
        self.more = menu_button(
            "", [(words, lambda verb=verb: self.wanted.emit(verb)) for words, verb in entries]
        )
        row.addWidget(self.more)
        return row

    def _button(self, words: str, kind: str, icon: str, verb: str, key: str = "") -> Button:
        return button(words, kind, icon, lambda: self.wanted.emit(verb), key=key)

    def show_page(self, page: PersonPage) -> None:
        """Show another person."""
        line = page.line
        self.avatar.set_name(line.name)
        self.name.setText(line.name + ("（已去世）" if line.dead else ""))
        born = str(page.form.values.get("born") or "")
        where = line.village + line.group or "还没有登记家庭"
        birth = f"{days.show_day(born[:7])}生" if days.is_day(born) else ""
        facts = (line.sex, line.age, where, birth, line.number)
        self.facts.setText("·".join(one for one in facts if one))
        self._show_badges(page)
        self._mask(line.phone)
        open_case = next((case for case in page.cases if case.closed_on is None), None)
        self.case.setText("\u2009" + ("打开个案" if open_case else "开个案"))
        self.case.setAccessibleName(f"打开个案{open_case.number or ''}" if open_case else "开个案")

    def _show_badges(self, page: PersonPage) -> None:
        while item := self._flow.takeAt(0):
            item.widget().deleteLater()
        words = [_benefit(one.programme, one.amount) for one in page.benefits]
        told = "".join(words)
        badges = [(one, "info") for one in words]
        badges += [(tag, "plain") for tag in short_tags(page.line.tags) if SAME.get(tag, tag) not in told]
        for shown, tone in badges[:MOST_BADGES]:
            self._flow.addWidget(Badge(shown, tone))
        if len(badges) > MOST_BADGES:
            self._flow.addWidget(Badge(f"还有{len(badges) - MOST_BADGES}项", "muted"))

    def _mask(self, phone: str) -> None:
        self.phone = ""
        self.show_phone.setVisible(bool(phone))
        hidden = f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 9 else "****"
        self.phone_words.setText(f"电话 {hidden}" if phone else "电话未填")

    def tell_phone(self, phone: str) -> None:
        """Show the number in full, in groups one can read out."""
        self.phone = phone
        self.show_phone.hide()
        plain = phone if len(phone) != 11 else f"{phone[:3]} {phone[3:7]} {phone[7:]}"
        self.phone_words.setText(f"电话 {plain}")


def _benefit(programme: str, amount: str) -> str:
    return f"{programme}，每月{amount}" if amount else programme
