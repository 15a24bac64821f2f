"""What was understood of slips copied from a worksheet, line by line; nothing is written before 确认."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.people import age_words
from sgz_desktop.actions.visit_slips import Resolved, SlipPerson, resolve_slips
from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.slip_paste import Pasted, read_paste
from sgz_desktop.domain.visit_slips import CHANGE, MET, NOBODY, Slip, label_of, lacks
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.frame import foot
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.data_table import Cell, Column, DataTable
from sgz_desktop.gui.widgets.inputs import Choice
from sgz_desktop.gui.widgets.labels import label, paragraph

COLUMNS = (
    Column("行", 48, tone="muted"),
    Column("日期", 84),
    Column("村（社区）", 92),
    Column("服务对象", 84, role="body_bold"),
    Column("见到", 62),
    Column("变化", 56),
    Column("情况说明", 200),
    Column("看懂了吗"),
)
READING = "正在查找姓名。"
NOTHING = "没有看到走访内容，请在Excel里连同表头一起复制。"
TITLE = "从Excel粘贴"
OPEN_ROWS = "没看懂的行也放进补录表，是草稿，可以在那里改。"


class PasteDialog(QDialog):
    """`confirmed([(slip, why it is not understood or '')])` once the person agreed."""

    confirmed = Signal(object)

    def __init__(self, owner: QWidget, desk: Desk, text: str, above: Slip | None) -> None:
        super().__init__(owner.window())
        self._desk, self._today = desk, desk.today()
        self.lines: list[Resolved] = []
        self._people: dict[str, SlipPerson] = {}
        self.setWindowTitle(TITLE)
        room = owner.window().size()
        self.resize(min(px(980), room.width() - px(40)), min(px(600), room.height() - px(60)))
        self._build()
        self.table.setFocus()
        QTimer.singleShot(0, self, lambda: self._read(text, above))

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(Space.S))
        column.addWidget(label(TITLE, "section"))
        self.says = paragraph(READING, "body", "plain")
        column.addWidget(self.says)
        self.table = DataTable("粘贴的走访", COLUMNS)
        self.table.picked.connect(lambda _id: self._show_choice())
        column.addWidget(self.table, 1)
        self.why = paragraph("", "second", "warn")
        column.addWidget(self.why)
        line = QHBoxLayout()
        line.setSpacing(px(10))
        self.which = label("", "body", "text")
        self.people = Choice([("", "请选择")], value="")
        self.people.setAccessibleName("是哪一位")
        self.people.changed.connect(self._choose)
        self.drop = button("去掉这行", small=True, on_click=self._drop)
        line.addWidget(self.which)
        line.addWidget(self.people, 1)
        line.addStretch(0)
        line.addWidget(self.drop)
        self._line = QWidget()
        self._line.setLayout(line)
        line.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._line)
        self.go = button("确认录入", "primary", "check", self.submit, key="Ctrl+S")
        self.go.setEnabled(False)
        column.addLayout(foot(self, self.go))
        self._show_choice()

    def _read(self, text: str, above: Slip | None) -> None:
        desk, today = self._desk, self._today

        def work(task: jobs.Task) -> list[Resolved]:
            return resolve_slips(desk, read_paste(text, today, above), task.step)

        jobs.start(
            self,
            work,
            done=self._show,
            failed=self._failed,
            progress=lambda at, of, _words: self.says.setText(f"{READING}第{at}行，共{of}行。"),
        )

    def _failed(self, problem: BaseException) -> None:
        if isinstance(problem, ValueError):
            self.says.setText(str(problem))
        else:
            self.reject()
            messages.show_problem(problem, self.parentWidget())

    def _show(self, lines: Sequence[Resolved]) -> None:
        self.lines = list(lines)
        self._people = {person.id: person for one in lines for person in one.people}
        self._list()
        first = next((at for at, one in enumerate(self.lines) if self.amiss(one)), 0)
        if self.lines:
            self.table.set_current(first)
        self._show_choice()

    def _list(self) -> None:
        rows = [self._row(one) for one in self.lines]
        self.table.set_rows(list(range(len(rows))), rows)
        ready = sum(not self.amiss(one) for one in self.lines)
        left = len(rows) - ready
        if not rows:
            self.says.setText(NOTHING)
        else:
            self.says.setText(
                f"看懂{ready}行，{left}行要看一下。{OPEN_ROWS}" if left else f"{ready}行都看懂了。"
            )
        self.go.setEnabled(bool(rows))
        self.go.setText("\u2009" + (f"确认录入{ready}行" if ready else "放进补录表"))

    def amiss(self, one: Resolved) -> str:
        """Why a line cannot be saved as it stands; '' when it can."""
        slip = one.pasted.slip
        if slip.name and not slip.person:
            return f"有{len(one.people)}位同名，请选择。" if one.people else "没有找到这个人，请核对姓名。"
        if lacks(slip) or (days.is_whole(slip.day) and slip.day > self._today):
            return (one.pasted.amiss or (lacks(slip),))[0]
        return ""

    def _row(self, one: Resolved) -> list[str | Cell]:
        slip, amiss = one.pasted.slip, self.amiss(one)
        day = days.show_day(slip.day)
        told = amiss or "".join(one.pasted.amiss)
        icon, tone = ("alert", "warn") if amiss else ("check", "ok")
        return [
            str(one.pasted.line),
            day[5:] if days.is_whole(slip.day) and slip.day[:4] == self._today[:4] else day,
            slip.village,
            slip.name,
            Cell(label_of(MET, slip.met), "warn" if slip.met == NOBODY else ""),
            label_of(CHANGE, slip.change),
            slip.words,
            Cell(told or "看懂了", tone, icon, "second"),
        ]

    def _at(self) -> int:
        current = self.table.current_id()
        return int(current) if current is not None and int(current) < len(self.lines) else -1

    def _show_choice(self) -> None:
        at = self._at()
        self._line.setVisible(at >= 0)
        told = "".join(self.lines[at].pasted.amiss) or self.amiss(self.lines[at]) if at >= 0 else ""
        self.why.setText(told)
        self.why.setVisible(bool(told))
        if at < 0:
            return
        one = self.lines[at]
        self.which.setText(f"第{one.pasted.line}行　{one.pasted.slip.name or '（没有姓名）'}")
        options = [(person.id, self._words(person)) for person in one.people]
        blocked = self.people.blockSignals(True)
        self.people.set_options([("", "请选择是哪一位"), *options])
        self.people.set_value(one.pasted.slip.person)
        self.people.blockSignals(blocked)
        self.people.setVisible(bool(options))

    def _words(self, person: SlipPerson) -> str:
        sex = code_list("sex").label(person.sex) if person.sex else ""
        facts = (person.name, sex, age_words(person.born or None, self._today), person.place)
        return "·".join(one for one in facts if one)

    def _choose(self) -> None:
        at = self._at()
        if at >= 0:
            self._put(at, str(self.people.value() or ""))

    def _put(self, at: int, person: str) -> None:
        one = self.lines[at]
        village = self._people[person].village if person else one.pasted.slip.village
        slip = replace(one.pasted.slip, person=person, village=village or one.pasted.slip.village)
        self.lines[at] = replace(one, pasted=Pasted(one.pasted.line, slip, one.pasted.amiss))
        self._list()
        self._show_choice()

    def _drop(self) -> None:
        at = self._at()
        if at >= 0:
            del self.lines[at]
            self._list()
            if self.lines:
                self.table.set_current(min(at, len(self.lines) - 1))
            self._show_choice()

    def submit(self) -> None:
        """Hand over every line, with what is still amiss."""
        if self.lines:
            self.accept()
            self.confirmed.emit([(one.pasted.slip, self.amiss(one)) for one in self.lines])
