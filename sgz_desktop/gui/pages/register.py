"""A household and its people put on file on one page; also people who join a household on file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import shiboken6
from PySide6.QtCore import Qt, QTime, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QVBoxLayout, QWidget

from sgz_desktop.actions import members, people
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import NEW, FormRefused, find_draft
from sgz_desktop.actions.people import Registered
from sgz_desktop.domain.edits import Stamp
from sgz_desktop.domain.fields import Problem
from sgz_desktop.domain.records.base import questions
from sgz_desktop.domain.records.household import Household
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.alike import AlikeWatch
from sgz_desktop.gui.controls import Choices
from sgz_desktop.gui.field_boxes import FieldBox
from sgz_desktop.gui.field_grid import FieldGrid
from sgz_desktop.gui.form_drafts import DraftKeeper
from sgz_desktop.gui.forms import REST_MS
from sgz_desktop.gui.pages.member_blocks import MemberBlock, MemberBlocks
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.labels import label, paragraph
from sgz_desktop.gui.widgets.page_head import PageHead
from sgz_desktop.gui.widgets.scroll import Scroll

ADDRESS = ("village", "village_group", "house_number", "way_there")
MORE = ("categories", "visit_hint")
NOBODY = "还没有填姓名，资料没有保存。"


class RegisterPage(QWidget):
    """`saved(people ids)` after the commit, `closed` on 返回; `household` set = people join it. `opened(id)`:
    somebody on file is wanted instead; what is typed is kept as a draft. `edit` is what the save wrote, to
    take it back."""

    saved = Signal(object)
    closed = Signal()
    opened = Signal(str)
    placed = Signal()

    def __init__(
        self, desk: Desk, *, household: str = "", facts: str = "", name: str = "", village: str = ""
    ) -> None:
        super().__init__()
        self._desk, self._household, self._home = desk, household, village
        self._saving = False
        self.edit: Stamp | None = None
        self.boxes: dict[str, FieldBox] = {}
        self._drafts = DraftKeeper(desk, ("household", NEW + household))
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.flush)
        self.save_button = button("保存", "primary", "check", self.save, key="Ctrl+S")
        self._build(facts)
        if name:
            self.members.blocks[0].boxes["name"].put(name)
        self._focus()
        if not household:
            jobs.start(self, lambda _task: people.list_villages(desk), done=self._offer_villages)
        jobs.start(
            self, lambda _task: find_draft(desk, "household", NEW + household), done=self._offer, key="draft"
        )

    def _build(self, facts: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        head = PageHead("添加家庭成员" if self._household else "登记家庭", facts, back=self.leave)
        self.draft_note = label("", "second", "plain")
        head.add_action(self.draft_note)
        head.add_action(self.save_button)
        column.addWidget(head)
        self._scroll = Scroll()
        self._scroll.body.setSpacing(px(Space.M))
        column.addWidget(self._scroll, 1)
        self._bands = QVBoxLayout()
        self._scroll.body.addLayout(self._bands)
        if not self._household:
            self._scroll.body.addWidget(self._address())
        card = Card("家庭成员" if not self._household else "新成员")
        self.members = MemberBlocks(joining=bool(self._household))
        self.members.changed.connect(self._edited)
        self.members.added.connect(self._watch)
        for block in self.members.blocks:
            self._watch(block)
        card.add(self.members)
        self._scroll.body.addWidget(card)
        if not self._household:
            self._scroll.body.addWidget(self._more())
        note = "其他内容可以保存后在“编辑”里补。身份证号填好后，性别和出生日期会带出来。"
        self._scroll.body.addWidget(paragraph(note, "second", "muted"))
        self._scroll.body.addStretch(1)

    def _address(self) -> Card:
        card = Card("家庭和住址")
        card.add(FieldGrid([(self._box(name), False) for name in ADDRESS], 2))
        return card

    def _more(self) -> Card:
        card = Card("类别和提示")
        card.add(FieldGrid([(self._box(name), True) for name in MORE], 2))
        return card

    def _box(self, name: str) -> FieldBox:
        box = FieldBox(questions(Household)[name], Choices())
        box.changed.connect(self._edited)
        if name == "village":
            box.changed.connect(self.placed)
        self.boxes[name] = box
        return box

    def _offer_villages(self, villages: Sequence[str]) -> None:
        completer = QCompleter(list(villages), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.boxes["village"].control.setCompleter(completer)

    def _focus(self) -> None:
        first = self.boxes.get("village") or self.members.blocks[0].boxes["name"]
        QTimer.singleShot(0, first.control, lambda: first.control.setFocus(Qt.FocusReason.TabFocusReason))

    def _edited(self) -> None:
        self.draft_note.setText("")
        self._rest.start()

    def _body(self) -> dict[str, Any]:
        typed = {name: box.typed() for name, box in self.boxes.items() if box.filled}
        values = {"household": self._household} if self._household else {}
        return {"typed": typed, "people": self.members.drafted(), "values": values}

    def flush(self) -> None:
        """Keep what is typed as a draft."""
        self._rest.stop()
        body = self._body()
        if not self._saving and (body["typed"] or body["people"]):
            self._drafts.keep(body, self._kept, self._not_kept)

    def _kept(self) -> None:
        if shiboken6.isValid(self):
            self.draft_note.setText(f"草稿已保存 {QTime.currentTime().toString('HH:mm')}")

    def _not_kept(self, _problem: BaseException) -> None:
        if shiboken6.isValid(self):
            self.draft_note.setText("草稿没能保存，请先不要关闭窗口。")

    def _offer(self, draft: Any) -> None:
        if draft is None:
            return
        go_on, drop = button("接着写", small=True), button("不要了", "quiet", small=True)
        band = Band("上次没写完的登记还在。", icon="edit", actions=(go_on, drop))
        go_on.clicked.connect(lambda _on: (band.hide(), self.restore(draft.body)))
        drop.clicked.connect(lambda _on: (band.hide(), self._drafts.drop()))
        self._bands.addWidget(band)

    def restore(self, body: Mapping[str, Any]) -> None:
        """Show what a draft kept."""
        for name, value in body.get("typed", {}).items():
            if name in self.boxes:
                self.boxes[name].put(value)
        self.members.restore(body.get("people", ()))

    def _watch(self, block: MemberBlock) -> None:
        """Look for people on file like the one of a block."""
        watch = AlikeWatch(self._desk, block.alike, block, lambda: (block.typed(), self._village()))
        block.changed.connect(watch.look_soon)
        block.named.connect(watch.look)
        block.alike.opened.connect(self._open)
        self.placed.connect(watch.look_soon)

    def _village(self) -> str:
        box = self.boxes.get("village")
        return str(box.typed() or "") if box else self._home

    def _open(self, id: str) -> None:
        self.flush()
        self.opened.emit(id)

    def save(self) -> None:
        """Check and save all of it as one; problems go under their fields."""
        blocks = self.members.filled()
        if self._saving or not blocks:
            if not blocks:
                self.members.blocks[0].boxes["name"].set_error(NOBODY)
                self.members.blocks[0].boxes["name"].control.setFocus()
            return
        self._rest.stop()
        self._saving = True
        self.save_button.set_busy("正在保存")
        desk, household, drafts = self._desk, self._household, self._drafts
        typed = {name: box.typed() for name, box in self.boxes.items() if box.filled}
        given = [block.input() for block in blocks]

        def work() -> Registered:
            if household:
                return members.add_members(desk, household, given)
            return people.register_household(desk, typed, given)

        jobs.start(self, lambda _task: drafts.saving_new(work), done=self._done, failed=self._refused)

    def _done(self, registered: Registered) -> None:
        self._saving = False
        self.edit = registered.saved.changes.edit
        self.saved.emit(registered.people)

    def _refused(self, problem: BaseException) -> None:
        self._saving = False
        self.save_button.set_busy("")
        if isinstance(problem, FormRefused):
            self._show_problems(problem.problems)
        else:
            messages.show_problem(problem, self)

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        blocks, first = self.members.filled(), None
        for problem in problems:
            box = self.boxes.get(problem.field)
            if problem.field.startswith("people."):
                _, place, field = problem.field.split(".", 2)
                box = blocks[int(place)].boxes.get(field)
            if box is None:
                messages.tell(self, problem.sentence, "已填的内容还在，请改好后再保存。")
                continue
            box.set_error(problem.sentence)
            first = first or box
        if first:
            self._scroll.ensureWidgetVisible(first, 0, px(40))
            first.control.setFocus()

    def leave(self) -> None:
        """返回: what is typed is kept as a draft."""
        self.flush()
        self.closed.emit()
