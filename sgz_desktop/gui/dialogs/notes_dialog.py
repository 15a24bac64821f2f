"""读批注: the notes of a copy that came back, laid before the worker, who keeps them with one key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import supervision_return
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.supervision_pages import NeedsPassword
from sgz_desktop.actions.supervision_remarks import UNVERIFIED
from sgz_desktop.actions.supervision_return import Proposal, ReadCopy
from sgz_desktop.domain import days
from sgz_desktop.domain.edits import Changes
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.frame import foot
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.undo import CAN_UNDO, offer_undo
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import LineEdit, PasswordEdit
from sgz_desktop.gui.widgets.labels import label, paragraph
from sgz_desktop.gui.widgets.record_list import ListRow
from sgz_desktop.gui.widgets.scroll import Scroll
from sgz_desktop.gui.widgets.tick_list import TickList

Told = Callable[[str, Any], None]
"""(sentence for the toast, undo or None)"""
KINDS = "督导发回的PDF (*.pdf)"
HINT = "空格取消不要的，Ctrl+Enter记下勾选的"
LEAST_SHOWN = 2
SHOWN = 60  # characters of a note in its row
NONE_NEW = "没有新的批注可以记。"


class NotesDialog(QDialog):
    """`told(sentence, undo)` after the notes ticked were kept."""

    def __init__(self, owner: QWidget, desk: Desk, found: ReadCopy, told: Told) -> None:
        super().__init__(owner.window())
        self._owner, self._desk, self._found, self._told = owner, desk, found, told
        self._notes = {one.fingerprint: one for one in found.notes if not one.here}
        self.setWindowTitle("读批注")
        self.resize(min(px(860), owner.window().width() - px(40)), owner.window().height() - px(60))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(18), px(24), px(16))
        column.setSpacing(px(Space.S))
        column.addWidget(label(f"督导件{found.number}，给{found.recipient}", "section"))
        if found.said:
            column.addWidget(Band("".join(found.said), "warm"))
        self.list = TickList("批注")
        ids = list(self._notes)
        self.list.set_rows(ids, [_row(one, desk) for one in self._notes.values()])
        self.list.tick([id for id, one in self._notes.items() if not one.gone])
        self.list.grow(LEAST_SHOWN)
        column.addWidget(self.list, 1)
        column.addWidget(self._whole())
        self.due = LineEdit("例如7-9")
        self.due.set_value(days.show_day(found.due_on))
        self.due_field = FieldFrame("最晚日期（这些意见都用）", self.due)
        column.addWidget(self.due_field)
        column.addLayout(self._foot())
        QShortcut("Ctrl+Return", self, self.keep)
        self.list.ticked.connect(self._count)
        self.list.picked.connect(lambda _id: self._show())
        self.list.opened.connect(lambda id: self.list.tick([id], id not in self.list.on))
        if ids:
            self.list.set_current(ids[0], tell=False)
        self._count()
        self._show()
        (self.list if ids else self.due).setFocus(Qt.FocusReason.OtherFocusReason)

    def _whole(self) -> Scroll:
        """The note in front, whole."""
        self.whole = paragraph("", "body")
        self.place = paragraph("", "second", "plain")
        scroll = Scroll()
        for part in (self.place, self.whole):
            scroll.body.addWidget(part)
        scroll.body.addStretch(1)
        scroll.setFixedHeight(px(90))
        return scroll

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        foot.addWidget(paragraph(HINT if self._notes else NONE_NEW, "second", "muted"), 1)
        foot.addWidget(button("返回", on_click=self.reject))
        self.go = button("记为意见", "primary", "check", self.keep, key="Ctrl+S")
        foot.addWidget(self.go)
        return foot

    def _count(self) -> None:
        count = len(self.list.on)
        self.go.setText(f"记为意见 {count}条" if count else "记为意见")
        self.go.setEnabled(bool(count))

    def _show(self) -> None:
        one = self._notes.get(self.list.current_id() or "")
        self.whole.setText(one.text if one else "")
        self.place.setText(place_words(one, self._desk) if one else "")

    def keep(self) -> None:
        """Keep what is ticked, each at its record."""
        chosen = [self._notes[id] for id in self.list.chosen()]
        if not chosen:
            return
        self.due_field.set_error("")
        try:
            due = days.latest(days.tidy_day(self.due.value(), self._desk.today()))
        except ValueError as wrong:
            self.due_field.refuse(str(wrong))
            return
        desk, found = self._desk, self._found
        self.go.set_busy("正在保存")
        jobs.start(
            self,
            lambda _task: supervision_return.take_notes(desk, found.case, found.id, chosen, due),
            done=self._kept,
            failed=self._failed,
        )

    def _kept(self, made: tuple[Changes, int]) -> None:
        changes, count = made
        self.accept()
        offer_undo(self._owner, self._desk, self._told, f"{count}条意见已记下。{CAN_UNDO}", changes.edit)

    def _failed(self, problem: BaseException) -> None:
        self.go.set_busy("")
        messages.show_problem(problem, self)


def _row(one: Proposal, desk: Desk) -> ListRow:
    line = " ".join(one.text.split())
    shown = line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
    day = days.short_day(one.day, desk.today()).partition("（")[0] if days.is_day(one.day) else ""
    return ListRow(shown, "", second=place_words(one, desk), when=day)


def place_words(one: Proposal, _desk: Desk) -> str:
    """批注3·过程记录·第5页·便签·周明远，作者未核实."""
    mark = f"批注{one.mark}" if one.mark else ""
    who = f"{one.author or '没有署名'}，{UNVERIFIED}"
    gone = "记过又删了" if one.gone else ""
    return "·".join(part for part in (mark, one.title, f"第{one.page}页", one.sort, who, gone) if part)


class PdfPasswordDialog(QDialog):
    """Asks for the password of a locked copy; `given(password)` when it was typed."""

    def __init__(self, owner: QWidget, sentence: str, given: Callable[[str], None]) -> None:
        super().__init__(owner.window())
        self._given = given
        self.setWindowTitle("打开督导件的密码")
        self.setMinimumWidth(px(460))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(18))
        column.setSpacing(px(Space.S))
        self.password = PasswordEdit()
        self.field = FieldFrame("密码", self.password, hint="给督导这一份时定的密码")
        column.addWidget(paragraph(sentence, "body"))
        column.addWidget(self.field)
        self.go = button("读批注", "primary", "check", self.submit)
        self.go.setDefault(True)
        column.addLayout(foot(self, self.go))
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Go on with what was typed."""
        if not self.password.value():
            self.field.refuse("请填密码。")
            return
        self.accept()
        self._given(self.password.value())


def read_notes(owner: QWidget, desk: Desk, told: Told) -> None:
    """Ask for a PDF that came back and lay its notes before the worker."""
    path = messages.ask_open_path(owner, KINDS)
    if path:
        read_notes_of(owner, desk, path, told)


def read_notes_of(owner: QWidget, desk: Desk, path: Path, told: Told, password: str = "") -> None:
    """The same of a file; a locked one asks for its password until it opens or is let be."""

    def show(found: ReadCopy) -> None:
        _open(NotesDialog(owner, desk, found, told))

    def failed(problem: BaseException) -> None:
        if isinstance(problem, NeedsPassword):
            sentence = f"{problem.message}{problem.hint or ''}"
            again = partial(read_notes_of, owner, desk, path, told)
            _open(PdfPasswordDialog(owner, sentence, again))
        else:
            messages.show_problem(problem, owner)

    jobs.start(
        owner,
        lambda _task: supervision_return.read_returned(desk, path, password),
        done=show,
        failed=failed,
        key="notes",
    )


def _open(dialog: QDialog) -> None:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
