"""A bureau's form in sight: its grid, the list of what goes where, and at the side the cell in front."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import bureau
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.bureau import OpenForm
from sgz_desktop.actions.bureau_values import Source, value_of
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.bureau_form import Labels, Mapped, Sheet, before_blanks, spoken
from sgz_desktop.errors import AppError
from sgz_desktop.gui import messages
from sgz_desktop.gui.pages.bureau_keeper import MappingKeeper
from sgz_desktop.gui.pages.bureau_side import BureauSide
from sgz_desktop.gui.pages.report_drawer import ReportDrawer
from sgz_desktop.gui.theme import Space, WidthClass, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.data_table import Cell, Column, DataTable
from sgz_desktop.gui.widgets.form_grid import FormGrid
from sgz_desktop.gui.widgets.inputs import Choice
from sgz_desktop.gui.widgets.labels import Elided

FILLS = (Column("格", 76, tone="plain"), Column("填什么", 0), Column("填入", 180, "body_bold"))
SIDE_WIDTH, GRID_SHARE, LIST_SHARE = 356, 3, 2


class BureauView(QWidget):
    """`said(sentence, None)` for the toast; `go(section, target)` opens a record; `stale` when what is shown
    was not kept."""

    said = Signal(str, object)
    go = Signal(str, object)
    stale = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._month = desk, ""
        self._may_map = allowed(desk.actor, "map_bureau_form")
        self.opened: OpenForm | None = None
        self._known: tuple[Source, ...] = ()
        self._labels: Labels
        self.keeper = MappingKeeper(desk, self)
        self.keeper.failed.connect(self._unkept)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(Space.M))
        self._steps = False
        self._beside = beside = QWidget()
        left = QVBoxLayout(beside)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(px(Space.S))
        left.addWidget(self._make_grid_card(), GRID_SHARE)
        self.fills = DataTable("要填的格", FILLS)
        self.fills.picked.connect(self._to_fill)
        self.fills.opened.connect(self._open_fill)
        self.listed = Card(margin=0)
        self.listed.add(self.fills, 1)
        left.addWidget(self.listed, LIST_SHARE)
        self.side, self.drawer = BureauSide(), ReportDrawer(self._desk)
        self.side.chosen.connect(self._map)
        self.side.cleared.connect(self._clear)
        self.side.figure.connect(self.open_figure)
        self.side.left.connect(lambda: self._turn(self.grid))
        self.drawer.closed.connect(self.close_drawer)
        self.drawer.go.connect(self.go)
        self.drawer.said.connect(self.said)
        for part, stretch in ((beside, 1), (self.side, 0), (self.drawer, 0)):
            row.addWidget(part, stretch)
        self.drawer.hide()
        self.set_compact(WidthClass.WIDE)

    def _make_grid_card(self) -> Card:
        card = Card(margin=8)
        bar = QHBoxLayout()
        bar.setSpacing(px(Space.S))
        self.sheets = Choice()
        self.sheets.setAccessibleName("哪一张")
        self.sheets.setFixedWidth(px(160))
        self.sheets.changed.connect(self._show_sheet)
        self.hint = Elided("", "second", "plain")
        self.auto = button("按标签自动选", icon="check", small=True, on_click=self.map_by_labels)
        self.auto.setVisible(self._may_map)
        bar.addWidget(self.sheets)
        bar.addWidget(self.hint, 1)
        bar.addStretch(0)
        bar.addWidget(self.auto)
        card.add(bar)
        self.grid = FormGrid()
        self.grid.picked.connect(self._pick)
        self.grid.chosen.connect(lambda _ref: self._turn(self.side))
        self.grid.itemClicked.connect(lambda _item: self._turn(self.side) if self._steps else None)
        card.add(self.grid, 1)
        return card

    def show_form(self, opened: OpenForm, known: tuple[Source, ...], month: str) -> None:
        """Show a form with what it gets for a month; the cell in front stays in front."""
        self._month = month
        same = self.opened is not None and self.opened.form.id == opened.form.id
        ref, sheet = (self.grid.current_ref(), str(self.sheets.value() or "")) if same else ("", "")
        self.opened, self._known = opened, known
        blocked = self.sheets.blockSignals(True)
        names = [one.name for one in opened.sheets if not one.hidden]
        self.sheets.set_options([(name, name) for name in names])
        self.sheets.set_value(sheet if sheet in names else names[0] if names else None)
        self.sheets.blockSignals(blocked)
        self.sheets.setVisible(len(names) > 1)
        self.side.show_sources(known)
        self._show_sheet()
        self.grid.set_current(ref or self._first_ref())
        if not same:
            self.grid.setFocus(Qt.FocusReason.TabFocusReason)

    def _first_ref(self) -> str:
        sheet = self._sheet()
        mapped = [one.ref for one in self._cells() if sheet and one.sheet == sheet.name]
        empty = [one.ref for one in sheet.cells if not one.text.strip()] if sheet else []
        every = [one.ref for one in sheet.cells] if sheet else []
        return next(iter((*mapped, *empty, *every)), "")

    def _sheet(self) -> Sheet | None:
        name = self.sheets.value()
        return next((one for one in self.opened.sheets if one.name == name), None) if self.opened else None

    def _cells(self) -> tuple[Mapped, ...]:
        return self.opened.form.cells if self.opened else ()

    def _show_sheet(self) -> None:
        sheet = self._sheet()
        if sheet is not None and self.opened is not None:
            self._labels = Labels(sheet)
            self.grid.show_sheet(sheet, lettered=self.opened.form.sort == "xlsx")
            self._show_values()
            self.grid.set_current(self._first_ref())

    def _show_values(self) -> None:
        """The cells with what they get, in the grid and in the list below it."""
        opened, sheet = self.opened, self._sheet()
        if opened is None or sheet is None:
            return
        known = {one.name: one for one in self._known}
        texts, rows = dict[str, str](), list[tuple[str | Cell, ...]]()
        for one in opened.form.cells:
            value = value_of(one.source, one.words, known)
            text = value.text if value else ""
            gone = one in opened.lost
            if one.sheet == sheet.name and not gone:
                cell = sheet.at(one.ref)
                texts[one.ref] = (before_blanks(cell.text) if one.after and cell else "") + text
            shown = Cell("找不到这一格了", "danger") if gone else " ".join(text.split()) or "（没有内容）"
            rows.append((_place(one), f"{one.label}：{one.words}", shown))
        self.grid.show_values(texts)
        self.fills.set_rows(list(range(len(rows))), rows)
        self.listed.setVisible(bool(rows) and not self._steps)
        lost = f"，{len(opened.lost)}格要重新选" if opened.lost else ""
        self.hint.setText(f"有底色的{len(rows)}格会填{lost}。" if rows else "点要填的格，按回车选填什么。")

    # One cell

    def _pick(self, ref: str) -> None:
        """A cell is in front: say at the side what it is and what it gets."""
        sheet = self._sheet()
        cell = sheet.at(ref) if sheet else None
        if sheet is None or cell is None:
            return
        left, above = beside = self._labels.of(cell)
        mapped = self._mapped(ref)
        known = {one.name: one for one in self._known}
        value = value_of(mapped.source, mapped.words, known) if mapped else None
        words = spoken(left, above)
        lettered = self.opened is not None and self.opened.form.sort == "xlsx"
        place = f"{ref}　{words}" if lettered else words or "这一格"
        suggested = bureau.suggestion(cell, beside, self._known) if self._may_map else None
        self.side.show_cell(place, cell.text, mapped, value, suggested)

    def _mapped(self, ref: str) -> Mapped | None:
        sheet = self._sheet()
        opened = self.opened
        if sheet is None or opened is None:
            return None
        mine = (one for one in opened.form.cells if one not in opened.lost)
        return next((one for one in mine if (one.sheet, one.ref) == (sheet.name, ref)), None)

    def _map(self, source: Source, after: bool) -> None:
        sheet, ref = self._sheet(), self.grid.current_ref()
        if sheet is None or not ref:
            return
        try:
            made = bureau.mapped(sheet, ref, source, after)
        except AppError as refused:
            messages.show_problem(refused, self)
            return
        gone = self.opened.lost if self.opened else ()
        same = [one for one in gone if one.source == source.name][:1]  # a lost one found its cell again
        others = [one for one in self._cells() if one not in same and one is not self._mapped(ref)]
        self._keep([*others, made])
        self._turn(self.grid)

    def _clear(self) -> None:
        gone = self._mapped(self.grid.current_ref())
        if gone is not None:
            self._keep([one for one in self._cells() if one is not gone])

    def map_by_labels(self) -> None:
        """Every empty cell whose labels say what goes there; what was chosen already stays."""
        if self.opened is None:
            return
        taken = {(one.sheet, one.ref) for one in self._cells()}
        found = bureau.proposed(self.opened.sheets, self._known)
        new = [one for one in found if (one.sheet, one.ref) not in taken]
        self._keep([*self._cells(), *new])
        self.said.emit(
            f"按标签选了{len(new)}格，请核对。" if new else "没有认出新的格，请点格子自己选。", None
        )

    def _keep(self, cells: Sequence[Mapped]) -> None:
        """Show other cells at once and keep them, one write after another."""
        if self.opened is None or not self._may_map:
            return
        order = {one.name: at for at, one in enumerate(self.opened.sheets)}
        places = {
            (sheet.name, cell.ref): (order[sheet.name], cell.row, cell.column)
            for sheet in self.opened.sheets
            for cell in sheet.cells
        }
        sorted_cells = sorted(cells, key=lambda one: places.get((one.sheet, one.ref), (99, 0, 0)))
        lost = tuple(one for one in self.opened.lost if one in sorted_cells)
        form = replace(self.opened.form, cells=tuple(sorted_cells))
        self.opened = replace(self.opened, form=form, lost=lost)
        self._show_values()
        self._pick(self.grid.current_ref())
        self.keeper.keep(form.id, form.cells)

    def _unkept(self, problem: BaseException) -> None:
        messages.show_problem(problem, self)
        self.stale.emit()

    def _to_fill(self, at: int) -> None:
        cells = self._cells()
        if at < len(cells):
            self.sheets.set_value(cells[at].sheet)
            self.grid.set_current(cells[at].ref)

    def _open_fill(self, at: int) -> None:
        if self.opened and self._cells()[at] in self.opened.lost:
            self.drop_lost(at)
            return
        self._to_fill(at)
        self.open_figure()

    def drop_lost(self, at: int) -> None:
        """A line of the list that this version has no cell for is asked about, and goes."""
        gone = self._cells()[at]
        if messages.ask(self, f"“{gone.label[:12]}”不再填？", "这一版表样里找不到这一格。", yes="不再填"):
            self._keep([one for one in self._cells() if one is not gone])

    def open_figure(self) -> None:
        """The rule and the records behind the number of the cell in front."""
        mapped = self._mapped(self.grid.current_ref())
        known = {one.name: one for one in self._known}
        source = known.get(mapped.source) if mapped else None
        if source is None or source.figure is None:
            return
        self._turn(self.drawer)
        self.drawer.show_month(source.figure, self._month)

    def close_drawer(self) -> None:
        """Back to the cell."""
        if not self.drawer.isHidden():
            self._turn(self.grid)

    def set_compact(self, width: WidthClass) -> None:
        """The side stands beside the form; in a narrow window the one or the other is seen."""
        self._steps = width.steps
        for part in (self.side, self.drawer):
            part.setMinimumWidth(0 if width.steps else px(SIDE_WIDTH))
            part.setMaximumWidth(16777215 if width.steps else px(SIDE_WIDTH))
        self._turn(self.grid)

    def _turn(self, to: QWidget) -> None:
        """Bring the grid, the side or the drawer to the front; it takes the keyboard."""
        self._beside.setVisible(to is self.grid or not self._steps)
        self.listed.setVisible(not self._steps and bool(self._cells()))
        self.side.setVisible(to is self.side or (to is self.grid and not self._steps))
        self.side.back.setVisible(self._steps)
        self.drawer.setVisible(to is self.drawer)
        if to is self.side:
            self.side.take_keyboard()
        elif to is self.grid and self.isVisible():
            self.grid.setFocus(Qt.FocusReason.TabFocusReason)


def _place(cell: Mapped) -> str:
    """B5; 2行3格 and 第2段 in a document."""
    row, point, column = cell.ref.partition(".")
    if point:
        return f"{row}行{column}格"
    return f"第{cell.ref[1:]}段" if cell.ref.startswith("p") else cell.ref
