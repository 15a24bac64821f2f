"""名单比对, second step: who is new on the list, off it, or changed; each accepted, queried or left."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions.roster_compare import Compared, step_key, words_of
from sgz_desktop.domain.roster import Kind, Step
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.chips import Chips
from sgz_desktop.gui.widgets.data_table import Cell, Column, DataTable
from sgz_desktop.gui.widgets.labels import label
from sgz_desktop.gui.widgets.segmented import Segmented

ACCEPT, QUERY, LEAVE = "accept", "query", "leave"
ANSWERS = ((ACCEPT, "接受"), (QUERY, "核对"), (LEAVE, "先不动"))
SHOWN = {
    ACCEPT: Cell("接受", "ok", "check"),
    QUERY: Cell("核对", "warn", "clock"),
    LEAVE: Cell("先不动", "muted"),
}
KINDS = {Kind.ADDED: "新增", Kind.GONE: "退出", Kind.CHANGED: "变更"}
TONES = {Kind.ADDED: "ok", Kind.GONE: "warn", Kind.CHANGED: "brand"}
BAD = "bad"
COLUMNS = (Column("姓名", 140, "body_bold"), Column("变化", 84), Column("说明"), Column("处理", 130))
LEAVES = "接受后登记搬离"
NEW_PERSON = "本机没有这个人，接受后建档"


class DifferencesStep(QWidget):
    """`changed` when another answer was given."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.told: Compared | None = None
        self.answers: dict[str, str] = {}
        self._shown: list[Step] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.S))
        self.summary = label("", "body", "plain", wrap=True)
        column.addWidget(self.summary)
        self.chips = Chips([(None, "全部")])
        self.chips.changed.connect(self._show)
        column.addWidget(self.chips)
        self.table = DataTable("与本机不同的人", COLUMNS)
        self.table.picked.connect(lambda _id: self._follow())
        column.addWidget(self.table, 1)
        column.addLayout(self._foot())
        for number, (answer, _words) in enumerate(ANSWERS, start=1):
            key = QShortcut(QKeySequence(str(number)), self.table)
            key.setContext(Qt.ShortcutContext.WidgetShortcut)
            key.activated.connect(lambda answer=answer: self.answer(answer))

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(Space.M))
        row.addWidget(label("这一位（在表里按1、2、3）", "second", "plain"))
        self.choice = Segmented(ANSWERS, LEAVE)
        self.choice.setAccessibleName("这一位怎么处理")
        self.choice.changed.connect(lambda: self.answer(str(self.choice.value())))
        row.addWidget(self.choice)
        row.addStretch(1)
        self.all = button("列出的全部接受", on_click=self.accept_all, small=True)
        row.addWidget(self.all)
        return row

    def show_told(self, told: Compared) -> None:
        """Show a comparison; nothing is answered yet."""
        self.told = told
        self.answers = {step_key(step): LEAVE for step in told.steps}
        self.summary.setText(
            f"名单{told.listed:,}户（人），本机{told.ours:,}，相同{told.same:,}。"
            "接受的写入类别与待遇，核对的列入待办。"
        )
        kinds = [
            (kind, f"{words} {sum(s.kind is kind for s in told.steps):,}") for kind, words in KINDS.items()
        ]
        bad = [(BAD, f"有问题 {len(told.bad):,}")] if told.bad else []
        self.chips.set_options([(None, f"全部 {len(told.steps):,}"), *kinds, *bad])
        self._show(None)

    def _show(self, kind: object) -> None:
        steps = self.told.steps if self.told else ()
        self._shown = [step for step in steps if kind in (None, step.kind)]
        bad = self.told.bad if self.told and kind == BAD else ()
        rows = [self._row(step) for step in self._shown]
        rows += [(line.name, Cell("有问题", "danger"), line.told, f"第{line.number}行") for line in bad]
        self.table.set_rows(list(range(len(rows))), rows)
        for part in (self.choice, self.all):
            part.setEnabled(bool(self._shown))
        if self._shown:
            self.table.set_current(0)
            self._follow()

    def _row(self, step: Step) -> tuple[object, ...]:
        new = self.told is not None and step_key(step) in self.told.new_people
        parts = (words_of(step), NEW_PERSON if new else "", LEAVES if step.left else "")
        words = "；".join(part for part in parts if part)
        answer = SHOWN[self.answers[step_key(step)]]
        return (step.name, Cell(KINDS[step.kind], TONES[step.kind]), words, answer)

    def _current(self) -> Step | None:
        number = self.table.current_id()
        return self._shown[number] if isinstance(number, int) and number < len(self._shown) else None

    def _follow(self) -> None:
        if step := self._current():
            blocked = self.choice.blockSignals(True)
            self.choice.set_value(self.answers[step_key(step)])
            self.choice.blockSignals(blocked)

    def answer(self, answer: str) -> None:
        """Answer for the row in hand, and go to the next from the table."""
        step = self._current()
        if step is None:
            return
        self.answers[step_key(step)] = answer
        number = self.table.current_id()
        self._again(number + 1 if self.table.hasFocus() and number + 1 < len(self._shown) else number)

    def accept_all(self) -> None:
        """Accept every difference in the list shown."""
        for step in self._shown:
            self.answers[step_key(step)] = ACCEPT
        self._again(self.table.current_id() or 0)

    def _again(self, number: int) -> None:
        rows = [self._row(step) for step in self._shown]
        self.table.set_rows(list(range(len(rows))), rows)
        self.table.set_current(number)
        self._follow()
        self.changed.emit()

    def answered(self, answer: str) -> tuple[str, ...]:
        """The keys of the steps answered so."""
        return tuple(key for key, given in self.answers.items() if given == answer)
