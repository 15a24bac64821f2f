"""记前后测: two scores of each member of a group, typed down a column."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import forms, groups
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, FormRefused, RowInput, Saved
from sgz_desktop.domain.attendance import Roll
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.typed_dialog import TypedDialog
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.undo import CAN_UNDO, offer_undo
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.labels import Elided, label
from sgz_desktop.gui.widgets.scroll import Scroll
from sgz_desktop.gui.widgets.stepped_line import SteppedLine

Done = Callable[[str, Any], None]
"""(sentence for the toast, undo or None)"""
ROWS = "members"
COLUMNS = (("score_before", "前测分"), ("score_after", "后测分"))
HINT = "Enter或↓到下一位，Tab到右边一格"
MOST_HEIGHT, FRAME = 690, 78  # of the 696 a screen of 768 leaves; what title bar and task bar take
NAME, SCORE = 200, 120  # px at 标准


class ScoresDialog(TypedDialog):
    """`done` is called after the commit. A score above the full marks is said at once, and kept."""

    def __init__(self, owner: QWidget, desk: Desk, form: Form, roll: Roll, done: Done) -> None:
        super().__init__(owner.window())
        self._owner, self._desk, self._form, self._roll, self._told = owner, desk, form, roll, done
        self.lines: dict[tuple[int, str], SteppedLine] = {}
        self.rows = [row for row in form.rows.get(ROWS, ()) if row.id]
        self._names = {seat.id: seat.name for seat in roll.seats}
        self.setWindowTitle("记前后测")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(14))
        column.setSpacing(px(Space.S))
        scale = "，".join(filter(None, (roll.scale, f"满分{roll.most}" if roll.most else "")))
        column.addWidget(label("　".join(filter(None, (roll.name, scale))), "section"))
        self.notice = Band("", "warm", icon="alert")
        self.notice.hide()
        column.addWidget(self.notice)
        column.addLayout(self._heads())
        scroll = Scroll()
        scroll.body.addLayout(self._grid())
        scroll.body.addStretch(1)
        column.addWidget(scroll, 1)
        column.addLayout(self._foot())
        room = self.screen().availableGeometry()
        most = min(MOST_HEIGHT, room.height() - FRAME)
        self.setMaximumHeight(most)
        self.resize(min(px(560), room.width() - 2 * px(Space.M)), min(px(600), most))
        self._begin()

    def _heads(self) -> QHBoxLayout:
        """What the columns are, also while the names scroll."""
        heads = QHBoxLayout()
        heads.setSpacing(px(Space.M))
        heads.addSpacing(px(NAME) + px(Space.M))
        for _, title in COLUMNS:
            head = label(title, "second", "plain")
            head.setFixedWidth(px(SCORE))
            head.setAlignment(Qt.AlignmentFlag.AlignRight)
            heads.addWidget(head)
        heads.addStretch(1)
        return heads

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(Space.M))
        grid.setVerticalSpacing(px(Space.XS))
        grid.setColumnMinimumWidth(0, px(NAME))
        grid.setColumnStretch(len(COLUMNS) + 1, 1)
        for at, row in enumerate(self.rows):
            name = self._names.get(row.id, "")
            grid.addWidget(Elided(name, "body"), at + 1, 0)
            for place, (field, title) in enumerate(COLUMNS, start=1):
                grid.addWidget(
                    self._line(at, field, f"{name}，{title}", row.values.get(field)), at + 1, place
                )
        return grid

    def _line(self, at: int, field: str, title: str, value: Any) -> SteppedLine:
        line = SteppedLine()
        line.setAccessibleName(title)
        line.setFixedWidth(px(SCORE))
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.set_value("" if value is None else str(value))
        line.moved.connect(lambda step: self._step(at + step, field))
        line.left.connect(self._look)
        self.lines[at, field] = line
        return line

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        foot.addWidget(label(HINT, "caption", "muted"), 1)
        foot.addWidget(button("返回", on_click=self.reject))
        self.save = button("保存", "primary", "check", self._save, key="Ctrl+S")
        foot.addWidget(self.save)
        QShortcut("Ctrl+Return", self, self.save.click)
        return foot

    def _begin(self) -> None:
        """In the first cell that is empty, of the first column that has one."""
        open_ones = [cell for field, _ in COLUMNS for cell in self._empty(field)]
        if first := (open_ones or [*self.lines])[:1]:
            self.lines[first[0]].setFocus(Qt.FocusReason.OtherFocusReason)

    def _empty(self, field: str) -> list[tuple[int, str]]:
        return [cell for cell, line in self.lines.items() if cell[1] == field and not line.text()]

    def _step(self, at: int, field: str) -> None:
        if line := self.lines.get((at, field)):
            line.setFocus(Qt.FocusReason.TabFocusReason)
            line.selectAll()
        elif at >= len(self.rows):
            self.save.setFocus(Qt.FocusReason.TabFocusReason)

    def _typed(self, at: int) -> Mapping[str, str]:
        """What was altered of a member."""
        values = self.rows[at].values
        texts = {field: self.lines[at, field].text().strip() for field, _ in COLUMNS}
        stood = {field: "" if values.get(field) is None else str(values[field]) for field, _ in COLUMNS}
        return {field: text for field, text in texts.items() if text != stood[field]}

    def _look(self) -> None:
        """Say which score is above the full marks, or is none."""
        self._warned = ""
        for (at, _), line in self.lines.items():
            text, name = line.text().strip(), self._names.get(self.rows[at].id, "")
            if text and not text.isdecimal():
                self._tell(f"{name}的得分请填整数。")
                return
            if text and self._roll.most is not None and int(text) > self._roll.most:
                self._tell(f"{name}得分{int(text)}高于满分{self._roll.most}，请核对。可以保存，标为待核。")
                return
        self._tell("")

    def _tell(self, sentence: str) -> None:
        self.notice.set_text(sentence)
        self.notice.setVisible(bool(sentence))

    def _save(self) -> None:
        changed = {at: typed for at in range(len(self.rows)) if (typed := self._typed(at))}
        if not changed:
            self.reject()
            return
        desk, form = self._desk, self._form
        rows = {ROWS: [RowInput(self.rows[at].id, typed) for at, typed in changed.items()]}
        self.save.set_busy("正在保存")
        jobs.start(
            self,
            lambda _task: forms.save_form(desk, form, {}, rows, draft_stays=True),
            done=lambda saved: self._saved(saved, len(changed)),
            failed=lambda problem: self._refused(problem, [*changed]),
            key="scores",
        )

    def unsaved(self) -> str:
        """Whose scores were altered, and to what."""
        found = [typed for at in range(len(self.rows)) if (typed := self._typed(at))]
        return f"{len(found)}人的得分" if found else ""

    def warn(self, sentence: str) -> None:
        """Above the table."""
        self._tell(sentence)

    def _refused(self, problem: BaseException, places: Sequence[int]) -> None:
        self.save.set_busy("")
        if not isinstance(problem, FormRefused):
            messages.show_problem(problem, self)
            return
        _, place, field = problem.problems[0].field.split(".", 2)
        at = places[int(place)]
        self.lines[at, field].setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell(f"{self._names.get(self.rows[at].id, '')}：{problem.problems[0].sentence}")

    def _saved(self, saved: Saved, count: int) -> None:
        self.accept()
        doubt = f"，标为待核：{saved.marks[0].sentence}" if saved.marks else f"。{CAN_UNDO}"
        words = f"已记{count}人的得分{doubt}"
        offer_undo(self._owner, self._desk, self._told, words, saved.changes.edit)


def enter_scores(owner: QWidget, desk: Desk, group: str, done: Done) -> None:
    """Open it on the members of a group."""

    def load() -> tuple[Form, Roll]:
        return forms.form(desk, group, "group"), groups.group_roll(desk, group)

    def show(found: tuple[Form, Roll]) -> None:
        dialog = ScoresDialog(owner, desk, *found, done)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    jobs.start(owner, lambda _task: load(), done=show, key="scores-dialog")
