"""导入名单, first step: which sheet, what to do with it, and what each column means."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions.roster_compare import Listing
from sgz_desktop.actions.roster_rows import Columns, RosterSheet
from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.roster_cells import Unread, text_of
from sgz_desktop.domain.roster_fields import HOURS, PEOPLE, VISITS, body, offered, titled
from sgz_desktop.gui.dialogs.roster_rows import fill
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import Choice, LineEdit
from sgz_desktop.gui.widgets.scroll import Scroll
from sgz_desktop.gui.widgets.segmented import Segmented

COMPARE = "compare"
PURPOSES = ((PEOPLE, "导入人员"), (VISITS, "导入走访"), (COMPARE, "名单比对"), (HOURS, "导入志愿服务"))
BY_COLUMN = ("", "看表里的类别列")
NOT_TAKEN = ("", "不导入")
UNREADABLE = "（读不出）"
SAMPLES = 3
HIDDEN = "这张工作表是隐藏的，请先看清楚是不是要导入它。"
KEPT = "表头与上次相同，已沿用上次的对应。"
GUESSED = "已按表头和内容对应好，请核对；不要的列选“不导入”。"


class ColumnsStep(QWidget):
    """`sheet_wanted` when another sheet or purpose was chosen; it is answered with `show_sheet`."""

    sheet_wanted = Signal(int, str)

    def __init__(self, sheets: Sequence[RosterSheet], today: str) -> None:
        super().__init__()
        self._sheet = sheets[0]
        self._today = today
        self.choices: list[Choice] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.S))
        column.addLayout(self._top(sheets))
        self.band = Band(GUESSED, "tint")
        column.addWidget(self.band)
        self._scroll = Scroll()
        column.addWidget(self._scroll, 1)

    def _top(self, sheets: Sequence[RosterSheet]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(Space.M))
        names = [(place, _sheet_words(one, place)) for place, one in enumerate(sheets)]
        self.which = Choice(names, value=0)
        self.which.changed.connect(self._ask)
        self.purpose = Segmented(PURPOSES, PEOPLE)
        self.purpose.changed.connect(self._ask)
        categories = [(item.code, item.label) for item in code_list("person_category").items]
        self.category = Choice([BY_COLUMN, *categories[:-1]], value="")
        self.month = LineEdit("例如2026-6")
        self.month.set_value(days.show_day(self._today[:7]))
        self.sheet_field = FieldFrame("工作表", self.which)
        self.category_field = FieldFrame("整张表的类别", self.category)
        self.month_field = FieldFrame("哪个月的名单", self.month)
        self.sheet_field.setVisible(len(sheets) > 1)
        purpose = FieldFrame("做什么", self.purpose)
        for field, stretch in (
            (purpose, 0),
            (self.sheet_field, 1),
            (self.category_field, 1),
            (self.month_field, 1),
        ):
            row.addWidget(field, stretch, Qt.AlignmentFlag.AlignTop)
        return row

    def _ask(self) -> None:
        self.sheet_wanted.emit(self.which.value() or 0, self.sort)

    @property
    def sort(self) -> str:
        """The sort of table the purpose needs."""
        chosen = str(self.purpose.value())
        return chosen if chosen in (VISITS, HOURS) else PEOPLE

    @property
    def compares(self) -> bool:
        """Is the list to be compared with ours?"""
        return self.purpose.value() == COMPARE

    def show_sheet(self, sheet: RosterSheet) -> None:
        """Show the columns of a sheet as they are taken."""
        self._sheet = sheet
        if self.sort != sheet.columns.sort:
            blocked = self.purpose.blockSignals(True)
            self.purpose.set_value(sheet.columns.sort)
            self.purpose.blockSignals(blocked)
        self.category_field.setVisible(sheet.columns.sort == PEOPLE)
        self.month_field.setVisible(self.compares)
        code, month = titled([sheet.name, *map(_shown, chain(*sheet.rows[: sheet.head]))])
        if fixed := sheet.columns.fixed.get("benefit.category") or (code if self.compares else ""):
            self.category.set_value(fixed)
        if month:
            self.month.set_value(days.show_day(month))
        told = HIDDEN if sheet.hidden else KEPT if sheet.kept else GUESSED
        self.band.set_text(f"表头在第{sheet.head + 1}行。{told}")
        self._fill()

    def _fill(self) -> None:
        options = [
            NOT_TAKEN,
            *((key, field.label) for key, field in offered(self._sheet.columns.sort).items()),
        ]
        self.choices = [self._choice(place, options) for place in range(len(self._sheet.heads))]
        rows = [
            (head or f"第{place + 1}列", "、".join(samples), self.choices[place])
            for place, head in enumerate(self._sheet.heads)
            if (samples := self._samples(place)) or head
        ]
        fill(self._scroll, rows)

    def _choice(self, place: int, options: Sequence[tuple[str, str]]) -> Choice:
        choice = Choice(options, value=self._sheet.columns.keys[place])
        choice.setAccessibleName(f"第{place + 1}列{self._sheet.heads[place]}对应的项目")
        choice.setFixedWidth(px(250))
        choice.changed.connect(lambda: self._only_once(place))
        return choice

    def _samples(self, place: int) -> list[str]:
        found: list[str] = []
        for _, row in body(self._sheet.rows, self._sheet.head):
            text = _shown(row[place]) if place < len(row) else ""
            found += [text] if text and text not in found else []
            if len(found) == SAMPLES:
                break
        return found

    def _only_once(self, place: int) -> None:
        """A field has one column: the other that had it is not taken any more."""
        key = self.choices[place].value()
        for other, choice in enumerate(self.choices):
            if key and other != place and choice.value() == key:
                choice.set_value("")

    def columns(self) -> Columns:
        """What the columns mean, as chosen."""
        keys = tuple(str(choice.value() or "") for choice in self.choices)
        code = str(self.category.value() or "") if self.sort == PEOPLE and not self.compares else ""
        return Columns(self.sort, keys, {"benefit.category": code} if code else {})

    def listing(self) -> Listing | None:
        """Which list is compared; None, and the field says why, when it is not told."""
        self.category_field.set_error("")
        self.month_field.set_error("")
        code = str(self.category.value() or "")
        try:
            month = days.tidy_month(self.month.value())
        except ValueError as wrong:
            self.month_field.set_error(str(wrong))
            self.month.setFocus()
            return None
        if not code:
            self.category_field.set_error("请选是哪一类的名单。")
            self.category.setFocus()
            return None
        return Listing(code, month)


def _sheet_words(sheet: RosterSheet, place: int) -> str:
    return (sheet.name or f"第{place + 1}张") + ("（隐藏）" if sheet.hidden else "")


def _shown(cell: object) -> str:
    try:
        return text_of(cell)
    except Unread:
        return UNREADABLE
