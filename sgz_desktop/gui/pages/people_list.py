"""Everybody on file: search on top, categories and village under it, and a list of any length."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from sgz_desktop.actions import find, members, people
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.short_tags import short_tags
from sgz_desktop.gui import jobs
from sgz_desktop.gui.pages.people_row import people_list_rows
from sgz_desktop.gui.pages.people_tools import PeopleTools
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import ListCard
from sgz_desktop.gui.widgets.chips import Chips
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.inputs import Choice
from sgz_desktop.gui.widgets.key_hints import opening_hints
from sgz_desktop.gui.widgets.labels import Elided
from sgz_desktop.gui.widgets.person_picker import MORE
from sgz_desktop.gui.widgets.record_list import RecordList
from sgz_desktop.gui.widgets.search_box import SearchBox

MOST_FOUND = 200
SETTLE_MS = 160  # ↓ held down opens no page on the way
CHIPS = ("tekun", "dibao", "disabled")


class PeopleList(ListCard):
    """`picked(rid)` when the list rests on somebody, `opened(rid)` on Enter, `register(name)` from no hit."""

    picked = Signal(object)
    opened = Signal(object)
    register = Signal(str)
    counted = Signal(int, int)

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._enter_waits = self._reading = False
        self._pointed: int | None = None
        self._text = ""
        self.list = RecordList("服务对象名单", fetch=lambda rids: people_list_rows(desk, rids))
        self._body = QStackedWidget()
        super().__init__(self._body)
        self.search = SearchBox()
        self.chips = Chips([("", "全部")])
        self.more = Choice([("", "更多类别")], value="")
        self.village = Choice([("", "全部村（社区）")], value="")
        self.tools = PeopleTools(desk, self.list)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(SETTLE_MS)
        self._rest.timeout.connect(self._tell)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.village.setAccessibleName("村（社区）")
        self.more.setAccessibleName("更多类别")
        self.top.addWidget(self.search)
        self.top.addWidget(self.chips)
        row = QHBoxLayout()
        row.addWidget(self.village, 1)
        row.addWidget(self.more, 1)
        self.top.addLayout(row)
        self.top.addWidget(self.tools)
        self._offer = button("新建服务对象", "tonal", "plus", lambda: self.register.emit(self._text))
        self.nothing = EmptyState("", "search", action=self._offer)
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.addWidget(self.nothing)
        self._body.addWidget(self.list)
        self._body.addWidget(empty)
        self.count = Elided("", "second", "plain")
        self.foot.addWidget(self.count, 1)
        self.foot.addStretch(0)
        for hint in opening_hints():
            self.foot.addWidget(hint)

    def _connect(self) -> None:
        self.search.asked.connect(self._ask)
        self.search.entered.connect(self._enter)
        self.search.moved.connect(self.list.step)
        self.chips.changed.connect(lambda _value: self._filter(self.more))
        self.more.changed.connect(lambda: self._filter(self.chips))
        self.village.changed.connect(self.reload)
        self.tools.changed.connect(self.reload)
        self.list.picked.connect(lambda _rid: self._rest.start())
        self.list.clicked.connect(lambda _index: self._tell())
        self.list.opened.connect(self.opened)

    def load(self) -> None:
        """Read chips, villages and the list."""
        desk = self._desk
        jobs.start(
            self,
            lambda _task: (members.count_categories(desk), people.list_villages(desk)),
            done=lambda found: self._show_filters(*found),
            key="filters",
        )
        self.reload()

    def _show_filters(self, counts: dict[str, int], villages: Sequence[str]) -> None:
        self.counted.emit(counts.get("", 0), len(villages))
        labels = {code: _category(code) for code in counts if code}
        on = [code for code in CHIPS if counts.get(code)]
        chosen = self.chips.value() or ""
        chips = [
            ("", f"全部 {counts.get('', 0):,}"),
            *((code, f"{labels[code]} {counts[code]:,}") for code in on),
        ]
        self.chips.set_options(chips, chosen)
        rest = sorted((code for code in labels if code not in on), key=lambda code: -counts[code])
        more = [("", "更多类别"), *((code, f"{labels[code]} {counts[code]:,}") for code in rest)]
        self.more.set_options(more)
        self.village.set_options([("", "全部村（社区）"), *((name, name) for name in villages)])

    def _filter(self, other: Chips | Choice) -> None:
        blocked = other.blockSignals(True)
        other.set_value("")
        other.blockSignals(blocked)
        self.reload()

    def category(self) -> str:
        """The category chosen, '' for all."""
        return str(self.more.value() or self.chips.value() or "")

    def reload(self) -> None:
        """Read the list again, found or filtered."""
        desk, text = self._desk, self._text
        category, village = self.category(), str(self.village.value() or "")
        order = str(self.tools.order.value())
        self._reading = True
        if text:
            jobs.start(
                self, lambda _task: _found(desk, text), done=lambda rids: self._show(text, rids), key="list"
            )
        else:
            jobs.start(
                self,
                lambda _task: people.list_people(desk, category, village, order),
                done=lambda rids: self._show("", rids),
                key="list",
            )

    def _ask(self, text: str) -> None:
        self._text = text
        self.reload()

    def _enter(self) -> None:
        if self._reading:
            self._enter_waits = True
        else:
            self._take_first()

    def _show(self, text: str, rids: Sequence[int]) -> None:
        self._reading = False
        more = bool(text) and len(rids) > MOST_FOUND
        rids = rids[:MOST_FOUND] if more else rids
        self.list.set_ids(rids, keep=not text)
        if self._pointed is not None and not text:
            self.list.set_current(self._pointed, tell=False)
        self._body.setCurrentIndex(0 if rids else 1)
        if not rids:
            self._say_nothing(text)
        told = f"找到{len(rids):,}人" if text else f"{len(rids):,}人"
        self.count.setText(f"{told}，{MORE}" if more else told)
        if self._enter_waits:
            self._take_first()

    def _say_nothing(self, text: str) -> None:
        if text:
            self.nothing.set_text(f"没有找到“{text}”，可换拼音首字母再找。")
            name = text if not text.isascii() else ""
            self._offer.setText("\u2009" + (f"新建“{name}”" if name else "新建服务对象"))
        elif self.category() or self.village.value():
            self.nothing.set_text("这个范围里还没有人，可以换一个村或类别。")
        else:
            self.nothing.set_text("还没有登记服务对象，从第一户开始。")
            self._offer.setText("\u2009登记第一户")

    def _take_first(self) -> None:
        self._enter_waits = False
        ids = self.list.rows.ids()
        if ids:
            rid = self.list.current_id()
            rid = ids[0] if rid is None else rid
            self.list.set_current(rid, tell=False)
            self._rest.stop()
            self.opened.emit(rid)

    def _tell(self) -> None:
        self._rest.stop()
        rid = self.list.current_id()
        if rid is not None:
            self.picked.emit(rid)

    def point_at(self, rid: int) -> None:
        """Make somebody the current row, once they are in the list."""
        self._pointed = rid
        self.list.set_current(rid, tell=False)

    def refresh(self) -> None:
        """The same people, their rows read again."""
        self.list.rows.refresh()

    def focus_search(self) -> None:
        """Give the keyboard to the search box."""
        self.search.setFocus()
        self.search.selectAll()


def _category(code: str) -> str:
    own = code_list("person_category")
    words = own.label(code) if code in own else code_list("household_category").label(code)
    return "".join(short_tags([words])) or words


def _found(desk: Desk, text: str) -> list[int]:
    return [hit.rid for hit in find.find_people(desk, text, limit=MOST_FOUND + 1)]
