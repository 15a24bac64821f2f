"""导入名单, second step: what each row would do, and whose value holds where list and file differ."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sgz_desktop.actions.roster_plan import Difference, Plan
from sgz_desktop.actions.roster_rows import STATES, State
from sgz_desktop.gui.dialogs.roster_rows import fill
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.chips import Chips
from sgz_desktop.gui.widgets.data_table import Cell, Column, DataTable
from sgz_desktop.gui.widgets.labels import label
from sgz_desktop.gui.widgets.scroll import Scroll
from sgz_desktop.gui.widgets.segmented import Segmented

COLUMNS = (
    Column("行", 64, right=True),
    Column("姓名", 140, "body_bold"),
    Column("结果", 110),
    Column("说明"),
)
TONES = {State.NEW: "ok", State.CHANGED: "brand", State.SAME: "muted", State.BAD: "danger"}
KEEP, LIST = "keep", "list"
MOST_SHOWN = 3  # differences in sight before they scroll


class PreviewStep(QWidget):
    """`chosen` when a column was given to the list or back: the plan is then made again."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.plan: Plan | None = None
        self.use_list: set[str] = set()
        self.sides: dict[str, Segmented] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.S))
        self.chips = Chips([(None, "全部")])
        self.chips.changed.connect(self._show)
        column.addWidget(self.chips)
        self.unlike = label("", "body_bold", wrap=True)
        column.addWidget(self.unlike)
        self._scroll = Scroll()
        column.addWidget(self._scroll)
        self.table = DataTable("名单的每一行", COLUMNS)
        column.addWidget(self.table, 1)

    def show_plan(self, plan: Plan) -> None:
        """Show what would be done."""
        self.plan = plan
        counts = {state: plan.count(state) for state in State}
        chips = [(state, f"{STATES[state]} {counts[state]:,}") for state in State]
        shown = self.chips.value()
        first = State.BAD if counts[State.BAD] and shown is None else shown
        self.chips.set_options([(None, f"全部 {len(plan.lines):,}"), *chips], first)
        self._show_differences(plan.differences)
        self._show(self.chips.value())

    def _show_differences(self, found: tuple[Difference, ...]) -> None:
        self.unlike.setVisible(bool(found))
        self._scroll.setVisible(bool(found))
        self.unlike.setText(f"有{len(found)}项与本机不同，本机空着的已补上；不同的请选用哪边：")
        if {one.key for one in found} == set(self.sides):
            return
        self.sides = {one.key: self._side(one) for one in found}
        rows = [(f"{one.label}（{one.rows:,}行）", _examples(one), self.sides[one.key]) for one in found]
        self._scroll.setFixedHeight(min(fill(self._scroll, rows), px(44) * MOST_SHOWN))

    def _side(self, one: Difference) -> Segmented:
        side = Segmented([(KEEP, "保留本机"), (LIST, "用名单")], LIST if one.key in self.use_list else KEEP)
        side.setAccessibleName(f"{one.label}不同时")
        side.changed.connect(lambda: self._choose(one.key))
        return side

    def _choose(self, key: str) -> None:
        if self.sides[key].value() == LIST:
            self.use_list.add(key)
        else:
            self.use_list.discard(key)
        self.chosen.emit()

    def _show(self, state: object) -> None:
        lines = [line for line in self.plan.lines if state in (None, line.state)] if self.plan else []
        rows = [
            (
                str(line.number),
                line.name,
                Cell(STATES[line.state], TONES[line.state]),
                line.told or ("待核" if line.doubts else ""),
            )
            for line in lines
        ]
        self.table.set_rows(list(range(len(rows))), rows)


def _examples(one: Difference) -> str:
    return "；".join(f"{name}：{old}→{new}" for name, old, new in one.examples)
