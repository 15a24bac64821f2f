"""多久走访一次: an interval for each category and risk; the shortest that applies counts."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sgz_desktop.actions import settings
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.settings import StationSettings
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.deadlines import VISIT_EVERY
from sgz_desktop.domain.visit_rhythm import NOT_SET, OLD, OTHER
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.field_grid import FieldGrid
from sgz_desktop.gui.pages.settings_brief import ONLY_KEEPERS
from sgz_desktop.gui.theme import px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.inputs import Choice
from sgz_desktop.gui.widgets.labels import label, paragraph

OFTEN = (
    (7, "每周"),
    (14, "每两周"),
    (30, "每月"),
    (61, "每两个月"),
    (91, "每季度"),
    (122, "每四个月"),
    (182, "每半年"),
    (365, "每年"),
)
NOT_ALONE = (NOT_SET, "不单独定")
RULE = "一户有几类时，按间隔最短的算；到期落在节假日就顺延到工作日。这是本站的安排，不是统一规定。"
GROUPS = (
    ("个案风险", "risk"),
    ("对象类别", "person"),
    ("家庭类别和其他", "household"),
)
LISTS = {"risk": "risk", "person": "person_category", "household": "household_category"}
OTHERS = {OLD: "80岁以上", OTHER: "其他在册家庭", "risk.unknown": "风险没有评"}


class RhythmCard(Card):
    """Saved as a whole."""

    said = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__("多久走访一次")
        self._desk = desk
        self.add(paragraph(RULE, "second", "plain"))
        self.fields = {mark: _choice(mark) for mark in VISIT_EVERY}
        for title, group in GROUPS:
            own = [mark for mark in VISIT_EVERY if _group(mark) == group]
            self.add(label(title, "body_bold"))
            self.add(FieldGrid([(_line(mark, self.fields[mark]), False) for mark in own]))
        self.save_button = button("保存间隔", icon="check", on_click=self.save)
        self.add(self.save_button)
        self.body.setAlignment(self.save_button, Qt.AlignmentFlag.AlignLeft)
        self._shown: dict[str, str] | None = None
        if not allowed(desk.actor, "change_visit_rhythm"):
            self.save_button.hide()
            self.add(paragraph(ONLY_KEEPERS, "second", "plain"))

    def show_settings(self, found: StationSettings) -> None:
        """Show what is kept; what is being edited is left alone."""
        if self._shown not in (None, self._typed()):
            return
        for mark, choice in self.fields.items():
            count = found.visit_every[mark]
            choice.set_options(_options(mark, count))
            choice.set_value(count)
        self._shown = self._typed()

    def _typed(self) -> dict[str, str]:
        return {mark: str(choice.value()) for mark, choice in self.fields.items()}

    def save(self) -> None:
        """Keep all."""
        desk, typed = self._desk, self._typed()
        self.save_button.set_busy("正在保存")
        jobs.start(
            self,
            lambda _task: settings.change_visit_rhythm(desk, typed),
            done=lambda _: self._saved(typed),
            failed=self._failed,
        )

    def _saved(self, typed: dict[str, str]) -> None:
        self.save_button.set_busy("")
        self._shown = typed
        self.said.emit("间隔已保存，未探访名单按新间隔算。", None)

    def _failed(self, problem: BaseException) -> None:
        self.save_button.set_busy("")
        messages.show_problem(problem, self)


def _choice(mark: str) -> Choice:
    made = Choice()
    made.setAccessibleName(f"{_title(mark)}，多久走访一次")
    made.setFixedWidth(px(136))
    return made


def _line(mark: str, choice: Choice) -> QWidget:
    """Category and interval side by side: so many would else not be seen at once."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    words = label(_title(mark))
    words.setFixedWidth(px(140))
    row.addWidget(words)
    row.addWidget(choice)
    row.addStretch(1)
    return whole


def _group(mark: str) -> str:
    group = mark.partition(".")[0]
    return group if group in LISTS else "household"


def _title(mark: str) -> str:
    if mark in OTHERS:
        return OTHERS[mark]
    group, _, code = mark.partition(".")
    words = code_list(LISTS[group]).label(code)
    return f"{words}风险" if group == "risk" else words


def _options(mark: str, count: int) -> list[tuple[int, str]]:
    """The usual intervals, and the one kept where it is another."""
    options = [*OFTEN, *([] if mark == OTHER else [NOT_ALONE])]
    return options if count in dict(options) else [(count, f"每{count}天"), *options]
