"""归入扫描件: scans of signed pages one after the other, each to its paper by the number at its foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import signing_join, signing_list
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.signing_join import Found, Scan
from sgz_desktop.actions.signing_list import Waiting
from sgz_desktop.domain import days
from sgz_desktop.domain.edits import Changes
from sgz_desktop.errors import AppError
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.file_viewer import Picture
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.undo import CAN_UNDO, offer_undo
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.enter_key import EnterKey
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import LineEdit, Tick
from sgz_desktop.gui.widgets.labels import label, paragraph
from sgz_desktop.gui.widgets.record_list import ListRow, RecordList
from sgz_desktop.gui.widgets.search_box import SearchBox

Told = Callable[[str, Any], None]
"""(sentence for the toast, undo or None)"""
KINDS = "照片和扫描件 (*.jpg *.jpeg *.png *.webp *.pdf)"
HINT = "编号、姓名或拼音首字母"
MOST_SHOWN = 4
READ_FROM = "编号是从文件里读出来的，请核对。"
FIRST = "先找到这是哪一份文书。"
JOINED = "已归入{}的{}。"


class JoinDialog(QDialog):
    """`joined` is called after each commit, and when one was taken back; `text` is what to look for first."""

    def __init__(
        self,
        owner: QWidget,
        desk: Desk,
        paths: Sequence[Path],
        told: Told,
        joined: Callable[[], object] = lambda: None,
        text: str = "",
    ) -> None:
        super().__init__(owner.window())
        self._owner, self._desk, self._told, self._joined = owner, desk, told, joined
        self._paths, self._at, self._first = list(paths), 0, text
        self.scan: Scan | None = None
        self.found: Found | None = None
        self._rows: list[Waiting] = []
        self._listed_for: str | None = None  # the text the list answers
        self._choosing = False
        self.setWindowTitle("归入扫描件")
        self.resize(min(px(1080), owner.window().width() - px(40)), owner.window().height() - px(40))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(16), px(20), px(16))
        row.setSpacing(px(Space.L))
        self.picture = Picture()
        row.addWidget(self.picture, 1)
        row.addLayout(self._side())
        self._begin()

    def _side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(px(Space.S))
        self.place = label("", "section")
        self.facts = paragraph("", "second", "plain")
        self.number = SearchBox(HINT)
        self.list = RecordList("待签的文书")
        self.list.grow(MOST_SHOWN)
        self.list.setMinimumWidth(px(420))
        self.note = paragraph(FIRST, "body", "plain")
        self.day = LineEdit("例如6-12，没写就空着")
        self.fill = Tick("同时填进记录的签署日期")
        self.day_frame = FieldFrame("签字日期（照纸上写的）", self.day)
        self.number_frame = FieldFrame("页脚的文件编号", self.number)
        for part in (self.place, self.facts, self.number_frame, self.list, self.note, self.day_frame):
            side.addWidget(part)
        side.addWidget(self.fill)
        side.addStretch(1)
        side.addLayout(self._foot())
        self.number.asked.connect(self._search)
        self.number.moved.connect(self.list.step)
        self.number.entered.connect(self.choose)
        self.list.opened.connect(lambda _n: self.choose())
        EnterKey(self.day).entered.connect(self.join)
        return side

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        self.skip = button("跳过这份", "quiet", on_click=self.next)
        foot.addWidget(self.skip)
        foot.addStretch(1)
        foot.addWidget(button("返回", on_click=self.reject))
        self.go = button("归入", "primary", "check", self.join, key="Ctrl+S")
        foot.addWidget(self.go)
        return foot

    def _begin(self) -> None:
        """The scan in turn is read."""
        self.scan = self.found = None
        path, left = self._paths[self._at], len(self._paths)
        self.place.setText(f"第{self._at + 1}份，共{left}份" if left > 1 else "归入扫描件")
        self.facts.setText(f"正在读{path.name}")
        self.skip.setVisible(left > 1)
        self.go.setEnabled(False)
        self.day.clear()
        self.fill.hide()
        self._say(FIRST)
        self._choosing = False
        self.number.setText(self._first)
        self.number.setFocus()
        self.number.send()
        self._search(self._first)
        desk = self._desk
        jobs.start(
            self,
            lambda _task: signing_join.read_scan(desk, path),
            done=self._take,
            failed=lambda problem: self._unreadable(path.name, problem),
            key="scan",
        )

    def _unreadable(self, name: str, problem: BaseException) -> None:
        self.facts.setText(name)
        self._unknown(problem)
        self.picture.setText(self.note.text())

    def _take(self, scan: Scan) -> None:
        self.scan = scan
        self.facts.setText(scan.name + (f"，{scan.pages}页" if scan.pages > 1 else ""))
        self.picture.show_bytes(scan.picture)
        if scan.number:
            self.number.setText(scan.number)
            self.number.send()
            self._find(scan.number, READ_FROM)
        elif self.found:
            self.go.setEnabled(True)

    def _search(self, text: str) -> None:
        desk = self._desk
        if self.found and text != self.found.number:
            self.found = None
            self.go.setEnabled(False)
            self._say(FIRST)
        self._listed_for = None
        self.list.show()
        jobs.start(
            self,
            lambda _task: signing_list.waiting_like(desk, text),
            done=lambda rows: self._listed(text, rows),
            key="waiting",
        )

    def _listed(self, text: str, rows: list[Waiting]) -> None:
        self._listed_for = text
        self._rows = [row for row in rows if row.number]
        self.list.set_rows(list(range(len(self._rows))), [_row(row, self._desk) for row in self._rows])
        if self._rows:
            self.list.set_current(0, tell=False)
        if self._choosing:
            self.choose()

    def choose(self) -> None:
        """Enter: the paper marked in the list, once it answers what was typed; else the number as typed."""
        self.number.send()
        self._choosing = self._listed_for != self.number.text().strip()
        if self._choosing:
            return
        at = self.list.current_id()
        typed = self.number.text().strip()
        row = self._rows[at] if at is not None and at < len(self._rows) else None
        self._find(row.number if row else typed)

    def _find(self, number: str, before: str = "") -> None:
        desk = self._desk
        if not number:
            self._say(FIRST, "danger")
            return
        jobs.start(
            self,
            lambda _task: signing_join.find_paper(desk, number),
            done=lambda found: self._know(found, before),
            failed=self._unknown,
            key="find",
        )

    def _know(self, found: Found, before: str) -> None:
        self.found = found
        blocked = self.number.blockSignals(True)  # what is known now need not be looked for
        self.number.setText(found.number)
        self.number.blockSignals(blocked)
        words = f"{found.name or '（姓名未填）'}的{found.title}。{found.note or before}"
        self._say(words, "warn" if found.note else "ok")
        self.list.hide()  # the paper is named below; another text brings the list back
        self.fill.setVisible(found.fills)
        self.fill.set_value(found.fills)
        self.go.setEnabled(self.scan is not None)
        self.day.setFocus()

    def _unknown(self, problem: BaseException) -> None:
        if isinstance(problem, AppError):
            self._say(f"{problem.message}{problem.hint or ''}", "danger")
            self.number.setFocus()
        else:
            messages.show_problem(problem, self)

    def _say(self, words: str, tone: str = "plain") -> None:
        self.note.setText(words)
        self.note.setProperty("tone", tone)
        self.note.style().polish(self.note)

    def join(self) -> None:
        """Keep the scan with its paper, and go on with the next one."""
        scan, found, desk = self.scan, self.found, self._desk
        self.day_frame.set_error("")
        if scan is None:
            return
        if found is None:
            self._say(FIRST, "danger")
            self.number.setFocus()
            return
        try:
            day = days.tidy_day(self.day.value(), desk.today()) if self.day.value().strip() else ""
        except ValueError as wrong:
            self.day_frame.set_error(str(wrong))
            return
        fill = found.fills and self.fill.value()
        self.go.set_busy("正在归入")
        jobs.start(
            self,
            lambda _task: signing_join.join_scan(desk, found.id, scan, found.number, day, fill),
            done=lambda changes: self._kept(found, changes),
            failed=self._failed,
        )

    def _kept(self, found: Found, changes: Changes) -> None:
        self.go.set_busy("")
        self._joined()
        words = JOINED.format(found.name, found.title) + CAN_UNDO
        offer_undo(self._owner, self._desk, self._told, words, changes.edit, self._joined)
        self.next()

    def _failed(self, problem: BaseException) -> None:
        self.go.set_busy("")
        self._unknown(problem)

    def next(self) -> None:
        """The next scan; after the last one the dialog closes."""
        self._at += 1
        self._first = ""
        if self._at < len(self._paths):
            self._begin()
        else:
            self.accept()


def _row(row: Waiting, desk: Desk) -> ListRow:
    day = days.short_day(row.printed, desk.today()).partition("（")[0]
    return ListRow(row.name, f"{row.title}·{row.number}", when=f"{day}打印")


def join_scans(owner: QWidget, desk: Desk, told: Told, joined: Callable[[], None], text: str = "") -> None:
    """Ask for scans and join them; `text` is the number of the paper they are of, where that is known."""
    paths = messages.ask_open_paths(owner, KINDS)
    if paths:
        dialog = JoinDialog(owner, desk, paths, told, joined, text)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
