"""录入旧档案: a case of which everything is on paper, in one short form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import attachments, paper_cases
from sgz_desktop.actions.desk import Desk
from sgz_desktop.errors import AppError
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.field_grid import FieldGrid
from sgz_desktop.gui.files_card import KINDS
from sgz_desktop.gui.people_search import ask_people
from sgz_desktop.gui.refusals import show_refusal
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import LineEdit, TextArea
from sgz_desktop.gui.widgets.labels import label, paragraph
from sgz_desktop.gui.widgets.person_picker import PersonPicker
from sgz_desktop.gui.widgets.scroll import Scroll

TOLD = "只登记编号、起止和结果，原件仍在纸上。计入历史，不催办、不查缺。"
A_DAY = "例如2019-3，只知年份也可以"
LEFT_FREE = 36  # for the title bar, where the window is low


class PaperCaseDialog(QDialog):
    """`made(case id)` after the commit."""

    def __init__(self, owner: QWidget, desk: Desk, made: Callable[[str], None]) -> None:
        super().__init__(owner.window())
        self._desk, self._made = desk, made
        self._scans: list[Path] = []
        self.setWindowTitle("录入旧档案")
        self.setMinimumSize(px(660), min(px(608), self.parentWidget().height() - px(LEFT_FREE)))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(18))
        column.setSpacing(px(Space.S))
        column.addWidget(label("录入旧档案", "section"))
        column.addWidget(paragraph(TOLD, "body", "plain"))
        scroll = Scroll()
        scroll.body.addWidget(self._make_fields())
        scroll.body.addStretch(1)
        column.addWidget(scroll, 1)
        column.addLayout(self._make_foot())
        self.picker.setFocus()

    def _make_fields(self) -> FieldGrid:
        self.picker = PersonPicker((), ask_people(self, self._desk))
        self.fields = {
            "client": FieldFrame("服务对象", self.picker, required=True),
            "paper_number": FieldFrame("纸质档案编号", LineEdit("封面上的编号")),
            "opened_on": FieldFrame("开案日期", LineEdit(A_DAY)),
            "closed_on": FieldFrame("结案日期", LineEdit(A_DAY), required=True),
            "topic": FieldFrame("主要问题", LineEdit("一句话")),
            "worker": FieldFrame("当时主责社工", LineEdit()),
            "paper_result": FieldFrame("结果", TextArea(lines=3)),
        }
        wide = ("client", "paper_result")
        return FieldGrid([(field, name in wide) for name, field in self.fields.items()])

    def _make_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        self.scan_button = button("附上扫描件", icon="plus", on_click=self._add_scan)
        foot.addWidget(self.scan_button)
        self.scans = label("", "second", "plain")
        foot.addWidget(self.scans)
        foot.addStretch(1)
        foot.addWidget(button("返回", on_click=self.reject))
        self.go = button("保存旧档案", "primary", "check", self.submit, key="Ctrl+S")
        foot.addWidget(self.go)
        return foot

    def _add_scan(self) -> None:
        path = messages.ask_open_path(self, KINDS)
        if path is not None:
            self._scans.append(path)
            self.scans.setText(f"已选{len(self._scans)}件")

    def submit(self) -> None:
        """Check and keep."""
        for field in self.fields.values():
            field.set_error("")
        person = self.picker.value()
        if not person:
            self.fields["client"].refuse("请输入姓名，再从列出的人里选一位。")
            return
        typed = {name: self._typed(name) for name in paper_cases.FIELDS}
        desk, scans = self._desk, list(self._scans)
        self.go.set_busy("正在保存")

        def work(_task: jobs.Task) -> tuple[str, AppError | None]:
            case = paper_cases.enter_paper_case(desk, person, typed)
            try:
                for path in scans:
                    attachments.attach_file(desk, case, path)
            except AppError as unread:  # the case is kept: the scan can be added on its page
                return case, unread
            return case, None

        jobs.start(self, work, done=lambda found: self._kept(*found), failed=self._refused)

    def _typed(self, name: str) -> str:
        control = self.fields[name].control
        assert isinstance(control, LineEdit | TextArea)
        return control.value()

    def _kept(self, case: str, unread: AppError | None) -> None:
        self.accept()
        self._made(case)
        if unread:
            messages.show_problem(unread, self.parentWidget())

    def _refused(self, problem: BaseException) -> None:
        self.go.set_busy("")
        show_refusal(problem, self.fields, self)


def ask_paper_case(owner: QWidget, desk: Desk, made: Callable[[str], None]) -> None:
    """Show the dialog over the window of `owner`."""
    dialog = PaperCaseDialog(owner, desk, made)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
