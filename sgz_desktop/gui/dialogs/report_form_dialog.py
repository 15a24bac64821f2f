"""The form of one sort of report: its title, sections in their order, columns, tables, signers, ledgers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QWidget

from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.report_forms import change_report_form
from sgz_desktop.actions.settings import SettingRefused
from sgz_desktop.domain.indicator_words import NAMES
from sgz_desktop.domain.ledgers import LEDGERS
from sgz_desktop.domain.report_form import FormSection, FormTable, ReportForm, choose, shipped
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.frame import begun
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import LineEdit, Tick
from sgz_desktop.gui.widgets.labels import label
from sgz_desktop.gui.widgets.multi_choice import MultiChoice
from sgz_desktop.gui.widgets.scroll import Scroll

SPLIT = "、"


class ReportFormDialog(QDialog):
    """`saved` is called after the commit."""

    def __init__(self, owner: QWidget, desk: Desk, form: ReportForm, saved: Callable[[], None]) -> None:
        super().__init__(owner.window())
        self._desk, self._form, self._saved = desk, form, saved
        usual = shipped()[form.sort]
        column = begun(self, f"{usual.title}的式样", 680)
        scroll = Scroll()
        scroll.body.setSpacing(px(Space.S))
        self.title = self._line(scroll, "标题", form.title)
        scroll.body.addWidget(label("印哪些部分，按什么次序", "body_bold"))
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(px(10))
        self._rows.setVerticalSpacing(px(6))
        scroll.body.addLayout(self._rows)
        self.sections: list[tuple[FormSection, Tick, LineEdit]] = []
        self._show_sections(form.sections)
        self.columns = self._ticks(scroll, "数据表的列", list(usual.columns[1:]), form.columns)
        self.tables = [
            self._ticks(
                scroll, f"表：{table.title}", list(NAMES.items()), [(code, "") for code in table.codes]
            )
            for table in form.tables
        ]
        self.rule = Tick("表下印统计口径")
        self.rule.set_value(form.counting_rule)
        scroll.body.addWidget(self.rule)
        self.signers = self._line(scroll, "签字的（用顿号隔开）", SPLIT.join(form.signers))
        ledgers = [(one.name, one.title) for one in LEDGERS]
        self.ledgers = self._ticks(scroll, "附件台账", ledgers, [(name, "") for name in form.ledgers])
        self.send_to = self._line(scroll, "报送单位", form.send_to, "不填就用设置里的")
        self.copy_to = self._line(scroll, "抄送单位", form.copy_to, "不填就用设置里的")
        scroll.body.addStretch(1)
        scroll.setMinimumHeight(px(430))
        column.addWidget(scroll, 1)
        column.addLayout(self._foot(usual))
        self.title.control.setFocus()

    def _line(self, scroll: Scroll, words: str, value: str, hint: str = "") -> FieldFrame:
        frame = FieldFrame(words, LineEdit(""), hint=hint)
        frame.control.set_value(value)
        scroll.body.addWidget(frame)
        return frame

    def _ticks(
        self, scroll: Scroll, words: str, options: list[tuple[str, str]], chosen: object
    ) -> MultiChoice:
        made = MultiChoice(options)
        codes = [one[0] for one in chosen] if isinstance(chosen, list | tuple) else []
        made.set_value(",".join(code for code in codes if code in dict(options)))
        scroll.body.addWidget(FieldFrame(words, made))
        return made

    def _show_sections(self, sections: tuple[FormSection, ...]) -> None:
        while item := self._rows.takeAt(0):
            item.widget().deleteLater()
        self.sections = []
        for at, section in enumerate(sections):
            tick, name = Tick("印"), LineEdit("")
            tick.set_value(section.on)
            tick.setAccessibleName(f"印第{at + 1}部分")
            name.set_value(section.title)
            name.setAccessibleName(f"第{at + 1}部分的标题")
            up = button("上移", on_click=partial(self._up, at), small=True)
            up.setAccessibleName(f"上移第{at + 1}部分")
            up.setEnabled(at > 0)
            for place, widget in enumerate((tick, name, up)):
                self._rows.addWidget(widget, at, place)
            self.sections.append((section, tick, name))
        self._rows.setColumnStretch(1, 1)

    def _up(self, at: int) -> None:
        rows = list(self._typed_sections())
        rows.insert(at - 1, rows.pop(at))
        self._show_sections(tuple(rows))
        self.sections[at - 1][2].setFocus()

    def _typed_sections(self) -> tuple[FormSection, ...]:
        return tuple(
            replace(section, title=" ".join(str(name.value()).split()), on=tick.value())
            for section, tick, name in self.sections
        )

    def _foot(self, usual: ReportForm) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        foot.addWidget(button("用原来的式样", on_click=lambda: self._keep(usual)))
        foot.addStretch(1)
        foot.addWidget(button("返回", on_click=self.reject))
        self.go = button("保存", "primary", on_click=self.submit, key="Ctrl+S")
        foot.addWidget(self.go)
        return foot

    def typed(self) -> ReportForm:
        """The form as it stands in the dialog."""
        signers = str(self.signers.control.value()).replace("，", SPLIT).split(SPLIT)
        tables = (
            FormTable(table.title, tuple(str(made.value() or "").split(",")))
            for table, made in zip(self._form.tables, self.tables, strict=True)
            if made.value()
        )
        chosen = choose(self._form, columns=str(self.columns.value() or "").split(","))
        return replace(
            chosen,
            title=_tidy(self.title),
            sections=self._typed_sections(),
            counting_rule=self.rule.value(),
            signers=tuple(one.strip() for one in signers if one.strip()),
            tables=tuple(tables) or self._form.tables,
            ledgers=tuple(str(self.ledgers.value()).split(",")) if self.ledgers.value() else (),
            send_to=_tidy(self.send_to),
            copy_to=_tidy(self.copy_to),
        )

    def submit(self) -> None:
        """Check and keep."""
        self._keep(self.typed())

    def _keep(self, form: ReportForm) -> None:
        for frame in (self.title, self.signers):
            frame.set_error("")
        desk = self._desk
        self.go.set_busy("正在保存")
        jobs.start(
            self,
            lambda _task: change_report_form(desk, form),
            done=lambda _: self._done(),
            failed=self._refused,
        )

    def _done(self) -> None:
        self.accept()
        self._saved()

    def _refused(self, problem: BaseException) -> None:
        self.go.set_busy("")
        if not isinstance(problem, SettingRefused):
            messages.show_problem(problem, self)
            return
        (self.signers if problem.field == "signers" else self.title).refuse(problem.message)


def _tidy(frame: FieldFrame) -> str:
    return " ".join(str(frame.control.value()).split())


def change_form(owner: QWidget, desk: Desk, form: ReportForm, saved: Callable[[], None]) -> None:
    """Let the form of a sort of report be changed."""
    dialog = ReportFormDialog(owner, desk, form, saved)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
