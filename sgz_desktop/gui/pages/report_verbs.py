"""What can be done with a text of a report: 编辑, 不印, 上移, 新增, 从记录提出. One row under the outline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from sgz_desktop.actions import report_edits
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain import days
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.report_text_dialog import edit_text
from sgz_desktop.gui.dialogs.tick_dialog import ask_which
from sgz_desktop.gui.pages.report_outline import ReportOutline
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.flow import Flow
from sgz_desktop.gui.widgets.record_list import ListRow


class ReportVerbs(QWidget):
    """Acts on the outline's current row; `done(sentence)` after each commit."""

    done = Signal(str)

    def __init__(self, desk: Desk, outline: ReportOutline) -> None:
        super().__init__()
        self._desk, self._outline = desk, outline
        self._report = ("", "")
        row = Flow(self)
        row.setContentsMargins(10, 2, 10, 10)
        self.edit = button("编辑", on_click=self._edit, small=True)
        self.out = button("不印", on_click=self._turn_out, small=True)
        self.up = button("上移", on_click=lambda: self._move(-1), small=True)
        self.new = button("新增", on_click=lambda: self._open(""), small=True)
        self.offered = button("从记录提出", on_click=self._offer, small=True)
        self.buttons = (self.edit, self.out, self.up, self.new, self.offered)
        for one in self.buttons:
            row.addWidget(one)
        self._may = allowed(desk.actor, "save_text")
        if not self._may:
            self.hide()
        outline.moved.connect(self.refresh)
        outline.text.connect(lambda _section, id: self._open(id))
        for key, act in (
            ("Delete", self._turn_out),
            ("Alt+Up", lambda: self._move(-1)),
            ("Insert", self._new),
        ):
            shortcut = QShortcut(QKeySequence(key), outline.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)

    def add(self, made: QWidget) -> None:
        """One more button behind these."""
        self.layout().addWidget(made)

    def about(self, sort: str, span: str) -> None:
        """The report in front."""
        self._report = (sort, span)

    def refresh(self) -> None:
        """Offer what can be done with the current row."""
        line, told, outline = self._outline.line(), self._outline.section_at(), self._outline.told
        open_now = self._may and outline is not None and not outline.signed_on
        texts = told is not None and bool(told.section.texts)
        for one in (self.edit, self.out, self.up):
            one.setEnabled(open_now and line is not None)
        self.new.setEnabled(open_now and texts)
        some = told is not None and any(not one.kept and not one.apart for one in told.lines)
        self.offered.setEnabled(open_now and texts and some)
        self.out.setText("印上" if line is not None and line.left_out else "不印")

    def _where(self) -> tuple[str, str, str] | None:
        told = self._outline.section_at()
        return (*self._report, told.section.id) if told else None

    def _edit(self) -> None:
        if line := self._outline.line():
            self._open(line.id)

    def _new(self) -> None:
        if self.new.isEnabled():
            self._open("")

    def _open(self, id: str) -> None:
        where = self._where()
        outline = self._outline.told
        if where and self._may and outline is not None and not outline.signed_on:
            edit_text(self, self._desk, where, id, lambda: self.done.emit("文字已保存。"))

    def _turn_out(self) -> None:
        line, where = self._outline.line(), self._where()
        if line and where and self.out.isEnabled():
            desk, out = self._desk, not line.left_out
            words = "这段不印。可以随时印上。" if out else "这段印上了。"
            self._do(lambda: report_edits.leave_out_text(desk, *where, line.id, out), words)

    def _move(self, by: int) -> None:
        line, where = self._outline.line(), self._where()
        if line and where and self.up.isEnabled():
            desk = self._desk
            self._do(lambda: report_edits.move_text(desk, *where, line.id, by), "已移动。")

    def _offer(self) -> None:
        told, where = self._outline.section_at(), self._where()
        if told is None or where is None:
            return
        found = [line for line in told.lines if not line.kept and not line.apart]
        rows = [(line.id, ListRow(line.words, days.show_day(line.said("held_on")))) for line in found]
        desk = self._desk

        def take(ids: list[Any]) -> None:
            self._do(lambda: report_edits.take_up_texts(desk, *where, ids), "已提出，请逐段核对。")

        ask_which(self, f"从记录提出：{told.section.title}", rows, take, does="提出", unit="段")

    def _do(self, work: Callable[[], object], words: str) -> None:
        jobs.start(
            self,
            lambda _task: work(),
            done=lambda _: self.done.emit(words),
            failed=lambda problem: messages.show_problem(problem, self),
        )
