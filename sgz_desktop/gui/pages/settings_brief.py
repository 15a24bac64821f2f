"""What the monthly brief says of the station."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sgz_desktop.actions import report_forms, settings
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.report_forms import Forms
from sgz_desktop.actions.settings import SettingRefused, StationSettings
from sgz_desktop.domain import days
from sgz_desktop.domain.report_form import FINAL, MIDTERM, MONTHLY
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.report_form_dialog import change_form
from sgz_desktop.gui.field_grid import FieldGrid
from sgz_desktop.gui.theme import px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import Choice, LineEdit
from sgz_desktop.gui.widgets.labels import label, paragraph

FIELDS = (
    ("send_to", "报送单位", "例如县民政局", ""),
    ("copy_to", "抄送单位", "例如镇人民政府", ""),
    ("first_issue", "第1期是哪个月", "例如2026-1", "期号从这个月数起"),
    ("from_day", "统计从几号起", "1", "1号是整月；26号是上月26日到本月25日"),
    ("contract_from", "合同年从哪天起", "例如2025-9-1", "站务里有合同的按合同；没有又不填，按自然年"),
)
FORMS = ((MONTHLY, "改月报式样"), (MIDTERM, "改中期式样"), (FINAL, "改末期式样"))
OUR_FONT = "自带宋体"
FONT_HINT = "公文用仿宋；本机装了仿宋可以选它"
TARGETS_KEPT = "年度目标在合同里填，随合同年度换。"
ONLY_KEEPERS = "这些设置由站长或管理员填写。"


class BriefCard(Card):
    """Saved as a whole; what cannot be kept says so under its field."""

    said = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__("工作简报")
        self._desk = desk
        self._found: Forms | None = None
        self.fields = {
            name: FieldFrame(title, LineEdit(example), hint=hint) for name, title, example, hint in FIELDS
        }
        self.add(FieldGrid(_cells(*self.fields.values())))
        self.add(paragraph(TARGETS_KEPT, "second", "plain"))
        self.add(label("式样与字体", "body_bold"))
        self.font = Choice([("", OUR_FONT)])
        self.font_field = FieldFrame("正文字体", self.font, hint=FONT_HINT)
        self.font.changed.connect(self._choose_font)
        self.add(FieldGrid(_cells(self.font_field)))
        self.forms = {
            sort: button(words, on_click=partial(self._change_form, sort), small=True)
            for sort, words in FORMS
        }
        row = QHBoxLayout()
        row.setSpacing(px(10))
        for one in self.forms.values():
            row.addWidget(one)
            one.setEnabled(False)
        row.addStretch(1)
        self.add(row)
        self.save_button = button("保存简报设置", icon="check", on_click=self.save)
        self.add(self.save_button)
        if not allowed(desk.actor, "change_settings"):
            self.save_button.hide()
            self.font.setEnabled(False)
            self.add(paragraph(ONLY_KEEPERS, "second", "plain"))

    def read_forms(self) -> None:
        """Read the forms and fonts again."""
        desk = self._desk
        jobs.start(self, lambda _task: report_forms.report_forms(desk), done=self._show_forms, key="forms")

    def _show_forms(self, found: Forms) -> None:
        self._found = found
        blocked = self.font.blockSignals(True)
        missing = [(found.font, f"{found.font}（本机没有，用自带的）")]
        others = [(name, f"{Path(name).stem}（本机的仿宋）") for name in found.fonts]
        absent = missing if found.font and found.font not in found.fonts else []
        self.font.set_options([("", OUR_FONT), *others, *absent])
        self.font.set_value(found.font)
        self.font.blockSignals(blocked)
        may = allowed(self._desk.actor, "change_report_form")
        for one in self.forms.values():
            one.setEnabled(may)

    def _choose_font(self) -> None:
        desk, font = self._desk, str(self.font.value() or "")
        jobs.start(
            self,
            lambda _task: report_forms.choose_brief_font(desk, font),
            done=lambda _: self.said.emit("字体已换。", None),
            failed=lambda problem: messages.show_problem(problem, self),
        )

    def _change_form(self, sort: str) -> None:
        if self._found:
            change_form(self, self._desk, self._found.forms[sort], self._form_saved)

    def _form_saved(self) -> None:
        self.said.emit("式样已保存，下次生成时用新的。", None)
        self.read_forms()

    def show_settings(self, found: StationSettings) -> None:
        """Show what is kept; a field being edited is left alone."""
        own = found.rules
        shown = {
            "send_to": own.send_to,
            "copy_to": own.copy_to,
            "first_issue": days.show_day(own.first_issue) if own.first_issue else "",
            "from_day": str(own.from_day),
            "contract_from": days.show_day(own.contract_from) if own.contract_from else "",
        }
        if self._edited():
            return
        for name, frame in self.fields.items():
            frame.control.set_value(shown[name])
        self._shown = self._typed()

    def _typed(self) -> dict[str, str]:
        return {name: str(frame.control.value()) for name, frame in self.fields.items()}

    def _edited(self) -> bool:
        return getattr(self, "_shown", None) not in (None, self._typed())

    def save(self) -> None:
        """Check and keep."""
        for frame in self.fields.values():
            frame.set_error("")
        typed = self._typed()
        desk = self._desk
        self.save_button.set_busy("正在保存")
        jobs.start(
            self,
            lambda _task: settings.change_settings(desk, typed),
            done=lambda _: self._saved(typed),
            failed=self._refused,
        )

    def _saved(self, typed: dict[str, str]) -> None:
        self.save_button.set_busy("")
        self._shown = typed
        self.said.emit("设置已保存。", None)

    def _refused(self, problem: BaseException) -> None:
        self.save_button.set_busy("")
        if not isinstance(problem, SettingRefused):
            messages.show_problem(problem, self)
            return
        frame = self.fields[problem.field]
        frame.set_error(problem.message)
        frame.control.setFocus()


def _cells(*frames: QWidget) -> list[tuple[QWidget, bool]]:
    return [(frame, False) for frame in frames]
