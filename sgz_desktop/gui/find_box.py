"""查找 (Ctrl+K): over the whole window, people first as one types, then records that hold the text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import find
from sgz_desktop.actions.cases import PAPERS
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.find import Found
from sgz_desktop.actions.people import age_words
from sgz_desktop.domain import signing
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.supervising import case_of_copy, tidy_copy
from sgz_desktop.gui import jobs
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.ways import WAYS, record_target
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.labels import keycap, label
from sgz_desktop.gui.widgets.person_picker import MORE
from sgz_desktop.gui.widgets.record_list import ListRow, RecordList
from sgz_desktop.gui.widgets.search_box import SearchBox

WIDTH, TOP = 640, 64
MOST_PEOPLE, MOST_RECORDS, LEAST_FOR_RECORDS = 8, 12, 2
ROWS_SHOWN = 7
AROUND = 140  # px of the panel that are not rows, and what is left free under it
PAGES = frozenset({*WAYS, *PAPERS})
NUMBERED = "paper_number"


class FindBox(QWidget):
    """`show_box()` opens it over `window`; `go(section, target)` says what was chosen."""

    go = Signal(str, object)

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window)
        self._desk = desk
        self._people: Sequence[Any] = ()
        self._records: Sequence[Found] = ()
        self._more = False
        self._answered, self._enter_waits = "", False
        self._before: QWidget | None = None
        self.setAccessibleName("查找")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(Space.XL), px(TOP), px(Space.XL), px(Space.XL))
        self.panel = self._make_panel()
        outer.addWidget(self.panel, 0, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        window.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._keep_keyboard)
        self.hide()

    def _make_panel(self) -> QFrame:
        panel = QFrame()
        panel.setProperty("kind", "card")
        panel.setFixedWidth(px(WIDTH))
        column = QVBoxLayout(panel)
        column.setContentsMargins(px(14), px(14), px(14), px(10))
        column.setSpacing(px(Space.S))
        self.box = SearchBox("姓名、拼音首字母、电话、编号，或记录里的字")
        self.box.asked.connect(self._ask)
        self.box.entered.connect(self._enter)
        self.box.moved.connect(self._step)
        column.addWidget(self.box)
        self.list = RecordList("查找结果")
        self.list.opened.connect(self._choose)
        self.list.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        column.addWidget(self.list)
        self.new = button("新建服务对象", icon="plus", on_click=self._make_new, small=True)
        self.empty = EmptyState("", "search", action=self.new)
        column.addWidget(self.empty)
        column.addLayout(self._make_foot())
        return panel

    def _make_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(px(6))
        self.count = label("", "second", "plain")
        foot.addWidget(self.count, 1)
        for key, says in (("↑", ""), ("↓", "选择"), ("Enter", "打开")):
            foot.addWidget(keycap(key))
            if says:
                foot.addWidget(label(says, "second", "plain"))
        self.escape = label("关闭", "second", "plain")
        foot.addWidget(keycap("Esc"))
        foot.addWidget(self.escape)
        self.box.textChanged.connect(lambda text: self.escape.setText("清空" if text else "关闭"))
        return foot

    def show_box(self) -> None:
        """Open over the window with the keyboard in the box; what was typed last is selected."""
        window = self.parentWidget()
        if not self.isVisible():
            self._before = window.focusWidget()
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()
        self._show()

    def _keep_keyboard(self, _old: QWidget | None, now: QWidget | None) -> None:
        """A page below that is read only now may reach for the keyboard; it gets it when the box closes."""
        here = self.isVisible() and now is not None and now.window() is self.window()
        if here and now is not None and not self.isAncestorOf(now):
            self._before = now
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_box(self) -> None:
        """Close; the keyboard goes back where it was."""
        self._enter_waits = False
        self.hide()
        if self._before is not None and shiboken6.isValid(self._before):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None

    def leave(self) -> None:
        """Another page came to the front and has the keyboard."""
        self._enter_waits, self._before = False, None
        self.hide()

    def _ask(self, text: str) -> None:
        if not text:
            self._people, self._records, self._more, self._answered = (), (), False, ""
            self._show()
            return
        desk = self._desk

        def work(task: jobs.Task) -> tuple[str, list[Any], list[Found]]:
            people = find.find_people(desk, text, limit=MOST_PEOPLE + 1)
            if task.cancelled or len(text) < LEAST_FOR_RECORDS:
                return text, people, []
            found = find.find(desk, text, limit=MOST_RECORDS + MOST_PEOPLE + 1)
            known = {one.id for one in people}
            kept = [one for one in found if one.id not in known and _opens(one)]
            return text, people, [*_number(text), *kept]

        jobs.start(self, work, done=self._take, key="find")

    def _take(self, found: tuple[str, list[Any], list[Found]]) -> None:
        self._answered, people, records = found
        self._more = len(people) > MOST_PEOPLE or len(records) > MOST_RECORDS
        self._people, self._records = people[:MOST_PEOPLE], records[:MOST_RECORDS]
        self._show()
        if self._enter_waits:
            self._enter_waits = False
            self._choose(self.list.current_id())

    def _show(self) -> None:
        ids: list[Any] = [("person", one.id) for one in self._people]
        today = self._desk.today()
        rows = [_person_row(one, today) for one in self._people]
        ids += [_key(one) for one in self._records]
        rows += [_row(one) for one in self._records]
        self.list.rows.set_rows(ids, rows)
        if ids:
            self.list.set_current(ids[0], tell=False)
            self.list.keyed = True
        self.list.setVisible(bool(ids))
        self._fit()
        self.empty.setVisible(bool(self._answered) and not ids)
        self.empty.set_text(f"没有找到“{self._answered}”，可换拼音首字母再找。")
        people, records = len(self._people), len(self._records)
        told = [f"{people}人" if people else "", f"{records}条记录" if records else ""]
        told.append(MORE if self._more else "")
        self.count.setText("，".join(one for one in told if one))
        self.panel.adjustSize()

    def _fit(self) -> None:
        """As many rows as are found and the window has room for."""
        row, count = self.list.verticalHeader().defaultSectionSize(), self.list.rows.rowCount()
        room = (self.height() - px(TOP + AROUND)) // row
        self.list.setFixedHeight(row * max(min(count, ROWS_SHOWN, room), 1) + 4)
        self.panel.adjustSize()

    def _step(self, by: int) -> None:
        self.list.step(by)

    def _enter(self) -> None:
        """Open the current row; while the answer to what was just typed is still coming, wait for it."""
        if self.box.text().strip() != self._answered:
            self._enter_waits = True
        else:
            self._choose(self.list.current_id())

    def _choose(self, key: Any) -> None:
        if key is not None:
            self.close_box()
            self.go.emit(*(record_target(*key) if isinstance(key, tuple) else key))

    def _make_new(self) -> None:
        text = self._answered
        self.close_box()
        self.go.emit("people", {"register": text})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_box()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.close_box()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self.parentWidget().rect())
            self._fit()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        veil = QColor(22, 36, 30, 90)
        painter.fillRect(QRectF(self.rect()), veil)


def _number(text: str) -> list[Found]:
    """The number of a copy or a paper of a case, as it stands at its foot: remarks on it are typed in."""
    number = tidy_copy(text)
    if not (case_of_copy(number) or signing.case_of(number)):
        return []
    return [Found(NUMBERED, number, "", "", "录入督导意见", "", number)]


def _key(found: Found) -> tuple[str, str]:
    """What Enter opens: the record where it has a page, else the person it belongs to."""
    return (found.kind, found.id) if found.kind in (*PAGES, NUMBERED) else ("person", found.person)


def _person_row(hit: Any, today: str) -> ListRow:
    sex = code_list("sex").label(hit.sex) if hit.sex else ""
    facts = "·".join(one for one in (sex, age_words(hit.born or None, today)) if one)
    via = f"{hit.via}相符" if hit.via else ""
    return ListRow(hit.name or "（姓名未填）", facts, second=hit.place or "住址未登记", when=via)


def _opens(found: Found) -> bool:
    return found.kind in (*PAGES, NUMBERED) or bool(found.person)


def _row(found: Found) -> ListRow:
    name = found.name or found.title
    return ListRow(name, found.title if found.name else "", second=found.excerpt, when=found.day)
