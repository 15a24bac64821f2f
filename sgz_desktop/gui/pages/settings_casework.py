"""个案质量与量表: the station's own numbers, and instruments of its own."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from sgz_desktop.actions import casework_rules, ratings
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.settings import SettingRefused
from sgz_desktop.domain.instruments import Instrument
from sgz_desktop.domain.quality import Limits
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.field_grid import FieldGrid
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import LineEdit
from sgz_desktop.gui.widgets.labels import label, paragraph

FIELDS = (
    ("least_sessions", "一个个案至少服务", "节"),
    ("entry_days", "服务后几天内录入", "天"),
    ("oral_days", "口头同意后几天内补签", "天"),
    ("followup_days", "结案后几天内跟进", "天"),
)
ONLY_KEEPERS = "这些数由站长或管理员填写。"
OWN_TABLE = "量表文件 (*.toml)"
Found = tuple[Limits, tuple[Instrument, ...]]


class CaseworkCard(Card):
    """Saved as a whole; what cannot be kept says so under its field."""

    said = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__("个案质量与量表")
        self._desk = desk
        self._shown: dict[str, str] | None = None
        self.fields = {
            name: FieldFrame(title, LineEdit("不填按常用数"), note=unit) for name, title, unit in FIELDS
        }
        self.add(FieldGrid([(frame, False) for frame in self.fields.values()]))
        self.add(label("量表", "body_bold"))
        self.tables = paragraph("", "body", "plain")
        self.add(self.tables)
        row = QHBoxLayout()
        self.save_button = button("保存个案设置", icon="check", on_click=self.save)
        self.import_button = button("导入本站量表", icon="up", on_click=self._import)
        row.addWidget(self.save_button)
        row.addWidget(self.import_button)
        row.addStretch(1)
        self.add(row)
        if not allowed(desk.actor, "change_casework_rules"):
            self.save_button.hide()
            self.import_button.hide()
            self.add(paragraph(ONLY_KEEPERS, "second", "plain"))

    def read(self) -> None:
        """Read what is kept."""
        desk = self._desk

        def work(_task: jobs.Task) -> Found:
            return casework_rules.casework_rules(desk), ratings.instruments_here(desk)

        jobs.start(self, work, done=self._show, key="casework")

    def _show(self, found: Found) -> None:
        limits, tables = found
        self.tables.setText("、".join(one.title for one in tables) + "。其他量表可以只记名称和总分。")
        if self._shown not in (None, self._typed()):
            return  # being edited
        for name, frame in self.fields.items():
            frame.control.set_value(str(getattr(limits, name)))
        self._shown = self._typed()

    def _typed(self) -> dict[str, str]:
        return {name: str(frame.control.value()) for name, frame in self.fields.items()}

    def save(self) -> None:
        """Check and keep."""
        for frame in self.fields.values():
            frame.set_error("")
        desk, typed = self._desk, self._typed()
        self.save_button.set_busy("正在保存")
        jobs.start(
            self,
            lambda _task: casework_rules.change_casework_rules(desk, typed),
            done=lambda _: self._saved(),
            failed=self._refused,
        )

    def _saved(self) -> None:
        self.save_button.set_busy("")
        self._shown = None
        self.said.emit("设置已保存。", None)
        self.read()

    def _refused(self, problem: BaseException) -> None:
        self.save_button.set_busy("")
        if isinstance(problem, SettingRefused) and problem.field in self.fields:
            self.fields[problem.field].set_error(problem.message)
            self.fields[problem.field].control.setFocus()
        else:
            messages.show_problem(problem, self)

    def _import(self) -> None:
        path = messages.ask_open_path(self, OWN_TABLE)
        if path is None:
            return
        desk = self._desk
        jobs.start(
            self,
            lambda _task: ratings.import_instrument(desk, path),
            done=self._imported,
            failed=lambda problem: messages.show_problem(problem, self),
        )

    def _imported(self, title: str) -> None:
        self.said.emit(f"量表“{title}”已导入。", None)
        self.read()
