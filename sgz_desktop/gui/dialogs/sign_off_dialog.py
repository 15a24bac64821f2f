"""定稿: what in the records does not agree, who filled the report in, why it is signed off all the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from sgz_desktop.actions import exchange_dealings, report_checks, report_signoff
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.exchange_dealings import DataUntil
from sgz_desktop.domain import days
from sgz_desktop.domain.consistency import Doubt
from sgz_desktop.domain.days import Day
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.frame import begun, foot
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.ways import record_target
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.data_table import Column, DataTable
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import LineEdit, TextArea
from sgz_desktop.gui.widgets.labels import paragraph

FROZEN = "定稿后内容和数字不再变，以后补录的在下一期补报。"
AGREED = "逐项核对过，记录之间没有不一致。"
NAMES = (("filled_by", "填表人"), ("station_head", "站长"), ("agency_head", "机构负责人"))
SHOWN, ROW = 5, 38
Go = Callable[[str, object], None]
Done = Callable[[str], None]


class SignOffDialog(QDialog):
    """`done(number)` after the commit; `go(section, target)` opens a record that does not agree."""

    def __init__(
        self,
        owner: QWidget,
        desk: Desk,
        report: tuple[str, str],
        found: Sequence[Doubt],
        done: Done,
        go: Go,
        others: Sequence[DataUntil] = (),
    ) -> None:
        super().__init__(owner.window())
        self._desk, self._report, self._found = desk, report, tuple(found)
        self._told, self._go = done, go
        column = begun(self, "定稿", 640)
        column.addWidget(paragraph(FROZEN, "body", "plain"))
        column.addWidget(paragraph(self._words(), "body", "warn" if found else "ok"))
        self.others = paragraph(others_words(others, desk.today()), "body", "warn")
        column.addWidget(self.others)
        self.others.setVisible(bool(others))
        self.table = DataTable("不一致的地方", (Column("不一致的地方，回车打开"),))
        self.table.opened.connect(self._open)
        self.reason = TextArea("", lines=2)
        self.reason_field = FieldFrame("仍要定稿的原因", self.reason, hint="核对过、确实没有错时写明")
        if found:
            self.table.set_rows(list(range(len(found))), [(one.words,) for one in found])
            self.table.setMinimumHeight(px(ROW * (min(len(found), SHOWN) + 1) + 6))
            column.addWidget(self.table, 1)
            column.addWidget(self.reason_field)
        self.names = {name: FieldFrame(words, LineEdit("")) for name, words in NAMES}
        self.names["filled_by"].control.set_value(desk.user)
        line = QHBoxLayout()
        line.setSpacing(px(Space.M))
        for frame in self.names.values():
            line.addWidget(frame, 1)
        column.addLayout(line)
        column.addLayout(self._foot())
        (self.table if found else self.names["filled_by"].control).setFocus()

    def _words(self) -> str:
        return f"有{len(self._found)}处不一致，请先核对。" if self._found else AGREED

    def _foot(self) -> QHBoxLayout:
        self.go = button("定稿", "primary", "check", self.submit, key="Ctrl+S")
        return foot(self, self.go)

    def _open(self, number: int) -> None:
        doubt = self._found[number]
        self.reject()
        self._go(*record_target(doubt.kind, doubt.id))

    def submit(self) -> None:
        """Freeze the report."""
        self.reason_field.set_error("")
        reason = self.reason.value().strip()
        if self._found and not reason:
            self.reason_field.refuse("请逐处核对，或写明原因再定稿。")
            return
        names = {name: str(frame.control.value()) for name, frame in self.names.items()}
        desk, (sort, span) = self._desk, self._report
        self.go.set_busy("正在定稿")
        jobs.start(
            self,
            lambda _task: report_signoff.sign_off(desk, sort, span, names, reason),
            done=lambda signed: self._done(signed.number),
            failed=self._failed,
        )

    def _done(self, number: str) -> None:
        self.accept()
        self._told(number)

    def _failed(self, problem: BaseException) -> None:
        self.go.set_busy("")
        messages.show_problem(problem, self)


def others_words(others: Sequence[DataUntil], today: Day) -> str:
    """Up to which day the work of the other computers is counted."""
    told = [
        f"{one.name}数据截至{days.short_day(one.day, today)}" if one.day else f"{one.name}的数据还没有到"
        for one in others
    ]
    return "；".join(told) + "。之后写的没有算进来。" if told else ""


def sign_off(owner: QWidget, desk: Desk, report: tuple[str, str], done: Done, go: Go) -> None:
    """Look through the records of a report's days, then ask. `report`: sort and span."""

    def look(_task: jobs.Task) -> tuple[Sequence[Doubt], Sequence[DataUntil]]:
        return report_checks.report_doubts(desk, *report), exchange_dealings.data_until(desk)

    def show(found: tuple[Sequence[Doubt], Sequence[DataUntil]]) -> None:
        dialog = SignOffDialog(owner, desk, report, found[0], done, go, found[1])
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    jobs.start(
        owner,
        look,
        done=show,
        failed=lambda problem: messages.show_problem(problem, owner),
        key="doubts",
    )
