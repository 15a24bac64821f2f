"""The papers of a case by kind: what is written, what waits for a signature, what is still to come."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions.cases import PAPERS, CasePage
from sgz_desktop.actions.signing import PaperState
from sgz_desktop.actions.timeline import AWAITED, Event
from sgz_desktop.domain.local_words import titled
from sgz_desktop.domain.signing import ALTERED, STATES, UNSIGNED
from sgz_desktop.gui.paper_signing import paper_of
from sgz_desktop.gui.signing_words import tone_of
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.acting_table import ActingTable
from sgz_desktop.gui.widgets.buttons import button, menu_button
from sgz_desktop.gui.widgets.data_table import DAY, Cell, Column
from sgz_desktop.gui.widgets.labels import label

COLUMNS = (
    Column("文书", 196, "body_bold"),
    Column("情况", 84),
    Column("签字", 84),
    Column("日期", DAY, tone="plain"),
    Column("内容", 0, tone="plain"),
)
TONES = {"warn": "warn", "info": "info", "ok": "ok", "danger": "danger"}
ONCE = ("intake", "closure")
SHORT = {ALTERED: "请重印"}


class PapersTab(QWidget):
    """`opened(kind, id)`; `wanted(kind)` for a new one, as from the row of a kind not written yet;
    `reply_wanted(id)` for the answer to a referral. Of a paper that is signed, a `PaperState`: `sign_wanted`
    to print it, `join_wanted` for its scan, `pages_wanted` to see those that came back."""

    opened = Signal(str, str)
    wanted = Signal(str)
    reply_wanted = Signal(str)
    sign_wanted = Signal(object)
    join_wanted = Signal(object)
    pages_wanted = Signal(object)

    def __init__(self, *, replies: bool = True, signs: bool = True) -> None:
        """May this worker write down the answer to a referral (`replies`), print and join (`signs`)?"""
        super().__init__()
        self._replies, self._signs = replies, signs
        self._page: CasePage | None = None
        self._states: dict[str, list[PaperState]] = {}
        self.count = 0
        self._waiting: frozenset[str] = frozenset()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.S))
        head = QHBoxLayout()
        self.note = label("", "second", "plain")
        head.addWidget(self.note, 1)
        self.reply = button("记回执", icon="check", on_click=self._reply)
        self.reply.setToolTip("选中转介后按空格也可以")
        head.addWidget(self.reply)
        self._head = head
        self._sign = menu_button("签字", [], icon="print")
        self._new = menu_button("新建文书", [], icon="plus")
        for one in (self._sign, self._new):
            head.addWidget(one)
        column.addLayout(head)
        self.table = ActingTable("个案文书", COLUMNS)
        self.table.opened.connect(self._open)
        self.table.acted.connect(lambda key: self._reply() if key[1] in self._waiting else None)
        self.table.picked.connect(lambda _key: self._picked())
        column.addWidget(self.table, 1)

    def show_page(self, page: CasePage) -> None:
        """Show the papers of a case."""
        if self._page is None or self._page.form.id != page.form.id:
            self._states = {}
        self._page = page
        events = {event.id: event for event in page.events}
        ids: list[tuple[str, str]] = []
        rows: list[tuple[str | Cell, ...]] = []
        for kind in PAPERS:
            found = page.papers.get(kind, ())
            for id in sorted(found, key=lambda one: events[one].day if one in events else ""):
                ids.append((kind, id))
                rows.append(_written(kind, events.get(id), self._states.get(id, ())))
            if not found:
                ids.append((kind, ""))
                rows.append(_missing(kind))
        self.count = sum(bool(id) for _, id in ids)
        self.table.set_rows(ids, rows)
        waiting = [id for id in page.papers.get("referral", ()) if _waits(events.get(id))]
        self._waiting = frozenset(waiting if self._replies else ())
        self.reply.setVisible(bool(self._waiting))
        self._picked()
        self._offer(page)

    def show_states(self, states: Sequence[PaperState]) -> None:
        """How far each paper of the case is: printed, waiting, signed."""
        self._states = {}
        for one in states:
            self._states.setdefault(one.id, []).append(one)
        if self._page:
            self.show_page(self._page)

    def _picked(self) -> None:
        self._offer_reply()
        self._offer_signing()

    def _offer_signing(self) -> None:
        """What can be done about the signature of the paper in front."""
        key = self.table.current_id()
        own = self._states.get(str(key[1]), []) if key else []
        at = self._head.indexOf(self._sign)
        self._head.removeWidget(self._sign)
        self._sign.deleteLater()
        self._sign = menu_button("签字", self._signing_entries(own), icon="print")
        self._sign.setEnabled(bool(own))
        self._head.insertWidget(at, self._sign)
        if not self._signs:  # shown before it stands anywhere it were a window
            self._sign.hide()

    def _signing_entries(self, own: Sequence[PaperState]) -> list[tuple[str, Callable[[], None]]]:
        entries: list[tuple[str, Callable[[], None]]] = []
        for one in own:
            entries.append(
                (f"打印{one.title}去签（{one.words}）", lambda one=one: self.sign_wanted.emit(one))
            )
        for one in own:
            entries.append((f"归入{one.title}的扫描件", lambda one=one: self.join_wanted.emit(one)))
            if one.pages:
                words = f"看{one.title}的签字页 {len(one.pages)}"
                entries.append((words, lambda one=one: self.pages_wanted.emit(one)))
        return entries

    def _offer(self, page: CasePage) -> None:
        wanted = [kind for kind in PAPERS if kind not in ONCE or not page.papers.get(kind)]
        self._head.removeWidget(self._new)
        self._new.deleteLater()
        entries = [(titled(kind), lambda kind=kind: self.wanted.emit(kind)) for kind in wanted]
        self._new = menu_button("新建文书", entries, icon="plus")
        self._head.addWidget(self._new)
        unwritten = sum(not page.papers.get(kind) for kind in PAPERS)
        self.note.setText(
            f"已写{self.count}份，还有{unwritten}种没写。" if unwritten else f"已写{self.count}份。"
        )

    def _referral(self) -> str:
        """The referral that waits: the one in front, or the only one."""
        key = self.table.current_id()
        id = str(key[1]) if key else ""
        alone = next(iter(self._waiting)) if len(self._waiting) == 1 else ""
        return id if id in self._waiting else alone

    def _offer_reply(self) -> None:
        self.reply.setEnabled(bool(self._referral()))

    def _reply(self) -> None:
        if id := self._referral():
            self.reply_wanted.emit(id)

    def _open(self, key: tuple[str, str]) -> None:
        kind, id = key
        if id:
            self.opened.emit(kind, id)
        else:
            self.wanted.emit(kind)


def _written(kind: str, event: Event | None, states: Sequence[PaperState]) -> tuple[str | Cell, ...]:
    title = titled(kind)
    shown = paper_of(states)
    sign = Cell(SHORT.get(shown.words, shown.words), tone_of(shown.words)) if shown else ""
    if event is None:
        return title, "", sign, "", ""
    if kind in ("session", "application", "referral"):
        title = event.title
    told = event.tag if event.tag != STATES[UNSIGNED] else ""  # the column beside it says so
    state = Cell(told, TONES.get(event.tone, "")) if told else Cell("已写", "ok")
    return title, state, sign, event.day_words.partition("（")[0], event.text


def _waits(event: Event | None) -> bool:
    return event is not None and event.tag == AWAITED


def _missing(kind: str) -> tuple[str | Cell, ...]:
    return (
        Cell(titled(kind), "plain", role="body"),
        Cell("还没有", "muted"),
        "",
        "",
        Cell("按回车新建", "muted"),
    )
