"""The dialog 导入名单 in the gallery, at each of its steps. Its people are invented."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

from PySide6.QtWidgets import QWidget

from sgz_desktop.actions.roster_compare import Compared
from sgz_desktop.actions.roster_plan import Difference, Line, Plan
from sgz_desktop.actions.roster_rows import Columns, RosterSheet, State
from sgz_desktop.domain.roster import Kind, Step, Unit
from sgz_desktop.gui.dialogs.roster_columns import COMPARE
from sgz_desktop.gui.dialogs.roster_dialog import RosterDialog

HEADS = (
    "序号",
    "户号",
    "姓名",
    "与户主关系",
    "身份证号",
    "联系电话",
    "村",
    "组",
    "低保类别",
    "月保障金额",
    "备注",
)
KEYS = ("", "row.household", "person.name", "membership.relation_to_head", "person.id_number", "person.phone")
KEYS += ("household.village", "household.village_group", "benefit.category", "benefit.amount", "person.note")
ROW = (1, "1", "梁戊菊", "户主", "110105194803120024", "13900000999", "上溪村", "三组", "低保", 450)
LONG = "独居，院内有狗；说话的人很多，这一句长到放不下，所以要用省略号收尾，全文在打开之后看"
SHEETS = (
    RosterSheet(
        "2026年6月低保",
        False,
        [("青禾镇2026年6月低保名单",), HEADS, (*ROW, LONG)],
        1,
        HEADS,
        Columns("people", KEYS),
    ),
    RosterSheet("旧名单", True, [HEADS, ROW], 0, HEADS, Columns("people", KEYS), True),
)
PLAN = Plan(
    (
        Line(3, "梁戊菊", State.CHANGED, ("电话：保留13900000217", "登记低保对象")),
        Line(4, "覃丁月", State.NEW, (), 1),
        Line(5, "韦辛珍", State.SAME),
        Line(6, "王庚英", State.BAD, ("身份证号：数字太长，表格已丢了后几位，请改成文本重填。",)),
        Line(7, "罗乙根", State.BAD, ("在册有2人都对得上，无法确定是哪一位，请补上身份证号。",)),
    ),
    (
        Difference("person.phone", "电话", 31, [("梁戊菊", "13900000217", "13900000999")]),
        Difference("household.village_group", "村民小组或网格", 2, [("覃丁月", "五组", "第五村民小组")]),
    ),
)
TOLD = Compared(
    (
        Step(Kind.ADDED, "row4", None, Unit("王庚英", 20000)),
        Step(Kind.GONE, "b", Unit("罗乙根", 30000), None),
        Step(
            Kind.CHANGED,
            "c",
            Unit("梁戊菊", 41200, frozenset({"梁戊菊", "韦志成"})),
            Unit("梁戊菊", 45000, frozenset({"梁戊菊", "韦丁香"})),
        ),
    ),
    426,
    428,
    428,
    (Line(9, "韦辛珍", State.BAD, ("在册有2人都对得上，无法确定是哪一位，请补上身份证号。",)),),
    frozenset({"added:row4"}),
)


def _dialog(dress: Callable[[RosterDialog], object]) -> RosterDialog:
    owner, desk = QWidget(), SimpleNamespace(today=lambda: "2026-06-30")
    made = RosterDialog(owner, desk, SHEETS, lambda *_: None)  # type: ignore[arg-type]
    made.kept = owner  # type: ignore[attr-defined]
    dress(made)
    return made


def _compare(made: RosterDialog) -> None:
    made.columns.purpose.set_value(COMPARE)


def at_preview(made: RosterDialog) -> None:
    """The step that shows what an import would do."""
    made.preview.show_plan(PLAN)
    made._go(1)


def at_differences(made: RosterDialog) -> None:
    """The step that compares a month's list with ours."""
    made.differences.show_told(TOLD)
    made._go(2)
    made.differences.answer("accept")


ROSTERS: dict[str, Callable[[], QWidget]] = {
    "roster-columns": lambda: _dialog(lambda made: None),
    "roster-columns-hidden": lambda: _dialog(lambda made: made.columns.which.set_value(1)),
    "roster-columns-compare": lambda: _dialog(_compare),
    "roster-preview": lambda: _dialog(at_preview),
    "roster-compare": lambda: _dialog(at_differences),
}
