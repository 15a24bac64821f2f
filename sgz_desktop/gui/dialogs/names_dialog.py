"""快速签到 and 快速发放: names typed or pasted in a row, those on file found, what is twice said at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import name_rows
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import FormRefused
from sgz_desktop.actions.name_rows import Opened, Written
from sgz_desktop.domain import days
from sgz_desktop.domain.name_list import NameList
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.typed_dialog import TypedDialog
from sgz_desktop.gui.people_search import ask_people
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.undo import CAN_UNDO, offer_undo
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.labels import label
from sgz_desktop.gui.widgets.line_edit import LineEdit
from sgz_desktop.gui.widgets.name_line import NameLine
from sgz_desktop.gui.widgets.record_list import ListRow, RecordList

Here = Sequence[tuple[str, str]]  # people on file of one name: id and village
Done = Callable[[str, Any], None]
"""(sentence for the toast, undo or None)"""
HINT = "Enter加一人，Ctrl+V粘贴名单，Delete去掉一人"
MOST_HEIGHT, FRAME = 690, 78  # of the 696 a screen of 768 leaves; what title bar and task bar take
HEADS = "heads"


@dataclass(frozen=True)
class Field:
    """A small field beside the names: `key` tells it apart, `width` in px; 6.25 and 昨天 will do for a
    `day`."""

    key: str
    label: str
    value: str = ""
    width: int = 110
    day: bool = False


class Job(Protocol):
    """What a list is for."""

    title: str
    asks: str  # stands in the empty field
    listed: str  # said of those on it already

    def fields(self, opened: Opened, today: str) -> tuple[Field, ...]:
        """What is asked beside the names."""

    def state(self, opened: Opened, new: int, typed: dict[str, str]) -> tuple[str, bool]:
        """How it stands in words; True when that is a doubt."""

    def again(self) -> bool:
        """May somebody on the list be added again?"""

    def write(self, desk: Desk, id: str, each: Sequence[tuple[str, str]], typed: dict[str, str]) -> Written:
        """Save; not for the GUI thread."""

    def said(self, written: Written, typed: dict[str, str], measure: str) -> str:
        """What to say then."""


class NamesDialog(TypedDialog):
    """`done` is called after the commit, with what was saved and how to take it back."""

    def __init__(self, owner: QWidget, desk: Desk, opened: Opened, job: Job, done: Done) -> None:
        super().__init__(owner.window())
        self._owner, self._desk, self._told = owner, desk, done
        self.opened, self.job = opened, job
        self.new: dict[tuple[str, str], str] = {}  # (person, name without a file) → facts
        self._names: dict[str, str] = {}  # of those on file, by id
        self.setWindowTitle(job.title)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(14))
        column.setSpacing(px(Space.S))
        self.head = label("　".join(filter(None, (opened.title, opened.place))) or job.title, "section")
        column.addWidget(self.head)
        column.addLayout(self._entry())
        self.notice = Band("", "warm", icon="alert")
        self.notice.hide()
        column.addWidget(self.notice)
        self.list = RecordList("名单")
        column.addWidget(self.list, 1)
        QShortcut("Delete", self.list, self._drop, context=Qt.ShortcutContext.WidgetShortcut)
        column.addLayout(self._foot())
        self._show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        room = self.screen().availableGeometry()
        most = min(MOST_HEIGHT, room.height() - FRAME)
        self.setMaximumHeight(most)
        self.resize(min(px(760), room.width() - 2 * px(Space.M)), min(px(600), most))

    def _entry(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(Space.S))
        self.line = NameLine(ask_people(self, self._desk))
        self.line.setAccessibleName("姓名")
        self.line.given.connect(self._given)
        self.line.picked.connect(self._picked)
        self.line.nobody.connect(self._nobody)
        self.line.setPlaceholderText(self.job.asks)
        row.addWidget(self.line, 1)
        self.boxes: dict[str, LineEdit] = {}
        self._days: set[str] = set()
        for one in self.job.fields(self.opened, self._desk.today()):
            words = label(one.label, "body", "plain")
            box = LineEdit()
            box.setText(one.value)
            box.setAccessibleName(one.label)
            box.setFixedWidth(px(one.width))
            box.changed.connect(self._count)
            words.setBuddy(box)
            row.addWidget(words)
            row.addWidget(box)
            self.boxes[one.key] = box
            self._days |= {one.key} if one.day else set()
        return row

    def _foot(self) -> QVBoxLayout:
        foot = QVBoxLayout()
        self.state = label("", "body", "plain")
        foot.addWidget(self.state)
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(label(HINT, "caption", "muted"), 1)
        row.addWidget(button("粘贴名单", on_click=self._paste))
        row.addWidget(button("返回", on_click=self.reject))
        self.save = button("保存", "primary", "check", self._save, key="Ctrl+S")
        row.addWidget(self.save)
        QShortcut("Ctrl+Return", self, self.save.click)
        foot.addLayout(row)
        return foot

    def typed(self) -> dict[str, str]:
        """The small fields as they stand, days as the day they mean."""
        return {key: self._said(key, box.text().strip()) for key, box in self.boxes.items()}

    def _said(self, key: str, text: str) -> str:
        if text and key in self._days:
            with suppress(ValueError):
                return days.tidy_day(text, self._desk.today())
        return text

    def _paste(self) -> None:
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.paste()

    def _given(self, found: NameList) -> None:
        """Names as typed: those on file are looked for first."""
        if found.heads is not None:
            if HEADS not in self.boxes and not found.names:
                self._tell(["这里只加姓名，没有记数字。"])
                return
            if HEADS in self.boxes:
                self.boxes[HEADS].setText(str(found.heads))
        if not found.names:
            self._tell([f"“{word[:8]}”看不出是姓名，没有加。" for word in found.unread[:1]])
            if not found.unread:
                self.line.start_again()
            return
        desk, names = self._desk, found.names
        jobs.start(
            self,
            lambda _task: name_rows.people_called(desk, names),
            done=lambda here: self._add(found, here),
            key="called",
        )

    def _add(self, found: NameList, here: dict[str, list[tuple[str, str]]]) -> None:
        if len(found.names) == 1 and len(here.get(found.names[0], ())) > 1:
            self._tell([f"有{len(here[found.names[0]])}位同名，用上下键选，再按Enter。"])
            self.line.choose_one()
            return
        said = [self._put(name, here.get(name, [])) for name in found.names]
        said += [f"{name}写了两次，只加一次。" for name in found.twice]
        said += [f"“{word[:8]}”看不出是姓名，没有加。" for word in found.unread]
        self.line.start_again()
        self._show()
        self._tell([one for one in said if one])

    def _put(self, name: str, here: Here) -> str:
        """Add one name; what there is to say of it."""
        if len(here) == 1:
            ((person, village),) = here
            self._names[person] = name
            return self._enter((person, ""), name, f"在册　{village}".rstrip())
        facts = f"在册有{len(here)}位同名，只记姓名" if here else "只记姓名"
        return self._enter(("", name), name, facts)

    def _enter(self, key: tuple[str, str], name: str, facts: str) -> str:
        known = {(one.person, "" if one.person else one.name) for one in self.opened.rows}
        if key in self.new or (key in known and not self.job.again()):
            return f"{name}已在名单里，没有重复加。"
        self.new[key] = facts
        return f"{name}{self.job.listed}过，请核对。" if key in known else ""

    def _picked(self, person: str) -> None:
        name = self.line.text().strip()
        self._names[person] = name
        said = self._enter((person, ""), name, "在册")
        self.line.start_again()
        self._show()
        self._tell([said] if said else [])

    def _nobody(self, text: str) -> None:
        if text.isascii() and text.isalpha():
            self._tell([f"在册的人里没有找到“{text[:8]}”。"])

    def _tell(self, said: Sequence[str]) -> None:
        more = f"另有{len(said) - 2}处。" if len(said) > 2 else ""
        self.notice.set_text("".join(said[:2]) + more)
        self.notice.setVisible(bool(said))

    def _show(self) -> None:
        """The new ones first, the latest at the top."""
        rows = [
            (key, ListRow(self._names.get(key[0]) or key[1], facts, (("新", "brand"),)))
            for key, facts in reversed(self.new.items())
        ]
        rows += [
            (one.id, ListRow(one.name or "（姓名未填）", one.village, second=self._listed(one.quantity)))
            for one in reversed(self.opened.rows)
        ]
        self.list.set_rows([key for key, _ in rows], [row for _, row in rows])
        self._count()

    def _listed(self, quantity: int) -> str:
        return f"{self.job.listed}{f' {quantity}{self.opened.measure}' if quantity else ''}"

    def _drop(self) -> None:
        key = self.list.current_id()
        if key in self.new:
            del self.new[key]
            self._tell([])
            self._show()
        elif key is not None:
            self._tell(["已保存的请在表单里改。"])

    def _count(self) -> None:
        if not hasattr(self, "state"):
            return
        words, doubt = self.job.state(self.opened, len(self.new), self.typed())
        self.state.setText(words)
        self.state.setProperty("tone", "warn" if doubt else "plain")
        self.state.style().polish(self.state)

    def _save(self) -> None:
        if self.line.text().strip() and not self.line.problem():
            self.line.start_again()
        if self.line.text().strip():
            self._tell([f"“{self.line.text().strip()[:8]}”还没有加，按Enter加上。"])
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        desk, job, id, each, typed = self._desk, self.job, self.opened.id, list(self.new), self.typed()
        self.save.set_busy("正在保存")
        jobs.start(
            self,
            lambda _task: job.write(desk, id, each, typed),
            done=lambda written: self._saved(written, typed),
            failed=self._refused,
            key="names",
        )

    def unsaved(self) -> str:
        """Names that were added and the one being typed."""
        typed = self.line.text().strip()
        count = len(self.new) + bool(typed)
        return f"{count}个名字{f'（{typed[:8]}）' if typed else ''}" if count else ""

    def warn(self, sentence: str) -> None:
        """Above the list."""
        self._tell([sentence])

    def _refused(self, problem: BaseException) -> None:
        self.save.set_busy("")
        if isinstance(problem, FormRefused):
            self._tell([one.sentence for one in problem.problems])
        else:
            messages.show_problem(problem, self)

    def _saved(self, written: Written, typed: dict[str, str]) -> None:
        self.accept()
        words = self.job.said(written, typed, self.opened.measure) + CAN_UNDO
        offer_undo(self._owner, self._desk, self._told, words, written.changes.edit)
