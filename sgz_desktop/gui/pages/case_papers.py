"""The papers of a case by kind: what is written, what waits for a signature, what is still to come."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions.cases import PAPERS, CasePage
from sgz_desktop.actions.timeline import Event
from sgz_desktop.domain.local_words import titled
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import menu_button
from sgz_desktop.gui.widgets.data_table import DAY, Cell, Column, DataTable
from sgz_desktop.gui.widgets.labels import label

COLUMNS = (
    Column("文书", 196, "body_bold"),
    Column("情况", 84),
    Column("日期", DAY, tone="plain"),
    Column("内容", 0, tone="plain"),
)
TONES = {"warn": "warn", "info": "info", "ok": "ok", "danger": "danger"}
ONCE = ("intake", "closure")


class PapersTab(QWidget):
    """`opened(kind, id)`; `wanted(kind)` for a new one, as from the row of a kind not written yet."""

    opened = Signal(str, str)
    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.S))
        head = QHBoxLayout()
        self.note = label("", "second", "plain")
        head.addWidget(self.note, 1)
        self._head = head
        self._new = menu_button("新建文书", [], icon="plus")
        head.addWidget(self._new)
        column.addLayout(head)
        self.table = DataTable("个案文书", COLUMNS)
        self.table.opened.connect(self._open)
        column.addWidget(self.table, 1)

    def show_page(self, page: CasePage) -> None:
        """Show the papers of a case."""
        events = {event.id: event for event in page.events}
        ids: list[tuple[str, str]] = []
        rows: list[tuple[str | Cell, ...]] = []
        for kind in PAPERS:
            found = page.papers.get(kind, ())
            for id in sorted(found, key=lambda one: events[one].day if one in events else ""):
                ids.append((kind, id))
                rows.append(_written(kind, events.get(id)))
            if not found:
                ids.append((kind, ""))
                rows.append(_missing(kind))
        self.count = sum(bool(id) for _, id in ids)
        self.table.set_rows(ids, rows)
        self._offer(page)

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

    def _open(self, key: tuple[str, str]) -> None:
        kind, id = key
        if id:
            self.opened.emit(kind, id)
        else:
            self.wanted.emit(kind)


def _written(kind: str, event: Event | None) -> tuple[str | Cell, ...]:
    title = titled(kind)
    if event is None:
        return title, "", "", ""
    if kind in ("session", "application", "referral"):
        title = event.title
    state = Cell(event.tag, TONES.get(event.tone, "")) if event.tag else Cell("已写", "ok")
    return title, state, event.day_words.partition("（")[0], event.text


def _missing(kind: str) -> tuple[str | Cell, ...]:
    return (
        Cell(titled(kind), "plain", role="body"),
        Cell("还没有", "muted"),
        "",
        Cell("按回车新建", "muted"),
    )
