"""Rows of the 补录表: what is typed in each, what is carried down from above, and how far it is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from sgz_desktop.actions.forms import Form
from sgz_desktop.actions.visit_slips import SavedSlip
from sgz_desktop.domain import days, visit_slips
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.visit_slips import CARRIED, CHANGE, MET, NOBODY, Option, Slip, numbered
from sgz_desktop.gui.widgets.data_table import Cell
from sgz_desktop.gui.widgets.windowed_model import RowRole

_Index = QModelIndex | QPersistentModelIndex
DRAFT, SAVING, SAVED, DOUBTED = "draft", "saving", "saved", "doubted"
STATES = {
    DRAFT: Cell("草稿", "text", "edit", "second"),
    SAVING: Cell("正在保存", "text", "", "second"),
    SAVED: Cell("已保存", "ok", "check", "second"),
    DOUBTED: Cell("待核", "warn", "alert", "second"),
}


class GridColumn(NamedTuple):
    """The field of the slip a column shows, its head, its width in px at 标准 (for words the least)."""

    field: str
    head: str
    width: int


COLUMNS = (
    GridColumn("number", "序", 40),
    GridColumn("day", "日期", 84),
    GridColumn("village", "村居", 92),
    GridColumn("person", "服务对象", 104),
    GridColumn("mode", "方式", 64),
    GridColumn("met", "见到1–3", 78),
    GridColumn("change", "变化0–1", 78),
    GridColumn("words", "情况说明", 130),
    GridColumn("companions", "同行人", 78),
    GridColumn("purposes", "目的", 80),
    GridColumn("state", "状态", 98),
)
PLACES = {column.field: place for place, column in enumerate(COLUMNS)}
TYPED = ("day", "village", "person", "words", "companions")
CODED: Mapping[str, tuple[Option, ...]] = {
    "mode": numbered("visit_mode"),
    "met": MET,
    "reason": numbered("not_met_reason"),
    "change": CHANGE,
    "purposes": numbered("visit_purpose"),
}
OTHER_YEAR_WIDTH = 136
EMPTY = Slip()


@dataclass
class GridRow:
    """One row. `typed` are fields the person set, `before` the slip as last saved, `why` what keeps it from
    being saved, `doubts` what makes it 待核. A row `held` back after 撤销 waits for Enter."""

    id: str
    slip: Slip = EMPTY
    typed: frozenset[str] = frozenset()
    state: str = ""
    why: str = ""
    doubts: tuple[str, ...] = ()
    on_file: Form | None = None
    before: Slip | None = None
    entered: tuple[str, str, str] = ("", "", "")
    twin: str = ""
    held: bool = False

    @property
    def touched(self) -> bool:
        """Was anything typed into the row?"""
        return bool(self.typed)

    @property
    def altered(self) -> bool:
        """Does it say something that is not saved?"""
        return self.touched and self.slip != self.before

    def take(self, saved: SavedSlip) -> None:
        """What stands on file."""
        self.on_file, self.before, self.slip = saved.form, saved.slip, saved.slip
        self.doubts, self.entered, self.twin = saved.doubts, saved.entered, saved.twin
        self.state, self.why = DOUBTED if saved.doubts else SAVED, ""

    def drafted(self) -> dict[str, Any]:
        """The row as a draft keeps it."""
        return {"id": self.id, "slip": asdict(self.slip), "typed": sorted(self.typed)}


def drafted_row(kept: Mapping[str, Any]) -> GridRow:
    """A row from a draft; what an older or newer version kept besides is passed over."""
    known = {one.name for one in fields(Slip)}
    slip = Slip(**{name: str(value) for name, value in dict(kept["slip"]).items() if name in known})
    typed = frozenset(map(str, kept.get("typed") or ())) or frozenset({"person"})
    return GridRow(str(kept["id"]), slip, typed, DRAFT)


class SlipModel(QAbstractTableModel):
    """The rows; the last one is always empty and shows what it will carry down."""

    def __init__(self, ids: Callable[[], str], today: Callable[[], str], parent: Any = None) -> None:
        super().__init__(parent)
        self._ids, self._today = ids, today
        self.rows: list[GridRow] = [GridRow(ids())]

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        return len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section].head
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return plain | Qt.ItemFlag.ItemIsEditable if COLUMNS[index.column()].field in TYPED else plain

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == RowRole:
            return self.rows[index.row()]
        cell = self.cell(index.row(), index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"第{index.row() + 1}行，{COLUMNS[index.column()].head}：{cell.text}"
        return cell.text if role == Qt.ItemDataRole.DisplayRole else None

    def slip(self, number: int) -> Slip:
        """What a row says, with what an untouched one would carry down."""
        row = self.rows[number]
        if row.touched:
            return row.slip
        return visit_slips.carried(self.rows[number - 1].slip if number else None, self._today())

    def cell(self, number: int, column: int) -> Cell:
        """One cell in words: dark when typed, grey when carried down."""
        row, name, slip = self.rows[number], COLUMNS[column].field, self.slip(number)
        if name == "number":
            return Cell(str(number + 1), "muted")
        if name == "state":
            return STATES.get(row.state, Cell(""))
        words = self.words(slip, name)
        if name == "person":
            return Cell(words, role="body_bold")
        if (name, slip.met) in (("met", NOBODY), ("change", NOBODY)) or (name, words) == ("change", "有"):
            return Cell(words, "warn" if words != "—" else "muted", role="body_bold" if words != "—" else "")
        own = name in row.typed or name not in CARRIED or (number == 0 and row.touched)
        return Cell(words, "text" if own else "muted")

    def words(self, slip: Slip, name: str) -> str:
        """A field of a slip in words."""
        if name == "day":
            return self._day(slip.day)
        if name == "person":
            return slip.name
        if name == "purposes":
            return "、".join(
                code_list("visit_purpose").label(code) for code in slip.purposes.split(",") if code
            )
        if name == "change" and slip.met == NOBODY:
            return "—"
        value = str(getattr(slip, name))
        return visit_slips.label_of(CODED[name], value) if name in CODED else value

    def _day(self, day: str) -> str:
        if not days.is_whole(day):
            return day
        shown = days.show_day(day)
        return shown if day[:4] != self._today()[:4] else shown[5:]

    def tip(self, number: int, column: int) -> str:
        """What the mouse is told of a cell beyond its words: why it is so, and when it was entered."""
        row, name = self.rows[number], COLUMNS[column].field
        if name == "met" and row.slip.reason:
            return "未遇：" + visit_slips.label_of(CODED["reason"], row.slip.reason)
        if name != "state" or not row.state:
            return ""
        day, clock, worker = row.entered
        entered = f"录入于{days.show_day(day)[5:]}{clock}，{worker}" if day else ""
        return "\n".join(one for one in (row.why, *row.doubts, entered) if one)

    def put(self, number: int, **values: str) -> None:
        """Set fields of a row as typed by the person; an empty row below it appears when there is none."""
        row = self.rows[number]
        self.put_slip(number, replace(self.slip(number), **values), frozenset(values))
        row.held = False
        if row.state != SAVING and row.altered:
            row.state = DRAFT
        self.tell(number)

    def put_slip(self, number: int, slip: Slip, typed: frozenset[str]) -> None:
        """Set all of a row."""
        row = self.rows[number]
        row.slip, row.typed = slip, row.typed | typed
        if number == len(self.rows) - 1:
            self._append()

    def add(self, rows: Sequence[GridRow]) -> int:
        """Put rows before the empty last one; returns the number of the first."""
        first = len(self.rows) - 1
        self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
        self.rows[first:first] = rows
        self.endInsertRows()
        return first

    def insert(self, number: int, row: GridRow) -> None:
        """Put a row back where it was."""
        number = min(number, len(self.rows) - 1)
        self.beginInsertRows(QModelIndex(), number, number)
        self.rows.insert(number, row)
        self.endInsertRows()

    def remove(self, row: GridRow) -> int:
        """Take a row away; returns its number. The rows below keep what they had carried down."""
        number = self.number_of(row)
        self.beginRemoveRows(QModelIndex(), number, number)
        del self.rows[number]
        self.endRemoveRows()
        return number

    def fresh(self) -> GridRow:
        """A new row, not yet in the table."""
        return GridRow(self._ids())

    def _append(self) -> None:
        self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows))
        self.rows.append(self.fresh())
        self.endInsertRows()

    def number_of(self, row: GridRow) -> int:
        """Where a row stands, -1 when it is gone."""
        return next((number for number, one in enumerate(self.rows) if one is row), -1)

    def tell(self, number: int) -> None:
        """A row changed, and with it what the rows below would carry down."""
        if 0 <= number < len(self.rows):
            last = min(number + 1, len(self.rows) - 1)
            self.dataChanged.emit(self.index(number, 0), self.index(last, len(COLUMNS) - 1))

    def told(self) -> list[GridRow]:
        """Rows somebody typed into."""
        return [row for row in self.rows if row.touched]

    def other_years(self) -> bool:
        """Does a day shown need its year?"""
        this = self._today()[:4]
        shown = [row.slip.day for row in self.rows if days.is_whole(row.slip.day)]
        return any(day[:4] != this for day in shown)
