"""局发表样: a bureau's form in sight, its cells mapped by clicking, filled in and saved with one press."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from sgz_desktop.actions import bureau
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.bureau import Offer, OpenForm
from sgz_desktop.actions.bureau_values import Source, value_of
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain import days
from sgz_desktop.domain.bureau_form import Form, Mapped, Sheet, labels, spoken
from sgz_desktop.errors import AppError
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.pages.bureau_side import BureauSide
from sgz_desktop.gui.pages.report_drawer import ReportDrawer
from sgz_desktop.gui.pages.report_word import told, with_ending
from sgz_desktop.gui.theme import Space, WidthClass, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.data_table import Cell, Column, DataTable
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.form_grid import FormGrid
from sgz_desktop.gui.widgets.inputs import Choice
from sgz_desktop.gui.widgets.labels import Elided
from sgz_desktop.gui.widgets.page_head import PageHead

KINDS = {"xlsx": "Excel工作簿 (*.xlsx)", "docx": "Word文档 (*.docx)"}
BLANKS = "表样 (*.xlsx *.docx);;所有文件 (*)"
NONE = "还没有局发表样。", "把局里发的空白表放进来，点格子选填什么，以后每月一键填好。"
FILLS = (Column("格", 76, tone="plain"), Column("填什么", 0), Column("填入", 180, "body_bold"))
SIDE_WIDTH, MONTHS_BACK, GRID_SHARE, LIST_SHARE = 356, 24, 3, 2


class BureauPage(QWidget):
    """`closed` goes back; `said(sentence, undo)` for the toast; `go(section, target)` opens a record."""

    closed = Signal()
    said = Signal(str, object)
    go = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._month = desk, ""
        self._may_map = allowed(desk.actor, "map_bureau_form")
        self._open: OpenForm | None = None
        self._forms: tuple[Form, ...] = ()
        self._known: tuple[Source, ...] = ()
        self._keeping, self._again = False, False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        column.addWidget(self._make_head())
        self._shown = QStackedWidget()
        self._shown.addWidget(self._make_body())
        self.first = button("放入表样", "primary", "up", self.ask_file)
        self.first.setVisible(self._may_map)
        self._shown.addWidget(EmptyState(NONE[0], "doc", NONE[1], self.first))
        column.addWidget(self._shown, 1)
        self.set_compact(WidthClass.WIDE)

    def _make_head(self) -> PageHead:
        self.head = PageHead("局发表样", back=self.closed.emit)
        self.form = Choice()
        self.form.setAccessibleName("哪份表样")
        self.form.setFixedWidth(px(200))
        self.form.changed.connect(self.read)
        self.months = Choice(_months(self._desk.today()))
        self.months.setAccessibleName("填哪个月")
        self.months.setFixedWidth(px(132))
        self.months.changed.connect(self._month_chosen)
        self.put_button = button("放入表样", icon="up", on_click=self.ask_file)
        self.drop_button = button("移除", on_click=self._ask_drop)
        self.save_button = button("填好并保存", "primary", "save", self.save, key="Ctrl+S")
        for one in (self.form, self.months, self.put_button, self.drop_button, self.save_button):
            self.head.add_action(one)
        self.put_button.setVisible(self._may_map)
        self.drop_button.setVisible(self._may_map)
        return self.head

    def _make_body(self) -> QWidget:
        body = QWidget()
        self._row = QHBoxLayout(body)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(Space.M))
        self._left = QWidget()
        left = QVBoxLayout(self._left)
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
        self.drawer.closed.connect(self.close_drawer)
        self.drawer.go.connect(self.go)
        self.drawer.said.connect(self.said)
        for part, stretch in ((self._left, 1), (self.side, 0), (self.drawer, 0)):
            self._row.addWidget(part, stretch)
        self.drawer.hide()
        return body

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
        self.grid.chosen.connect(lambda _ref: self.side.take_keyboard())
        card.add(self.grid, 1)
        return card

    # What is in front

    def load(self, month: str = "") -> None:
        """Read which forms there are, for a month."""
        self._month = month or self._month or self._desk.today()[:7]
        blocked = self.months.blockSignals(True)
        self.months.set_value(self._month)
        self.months.blockSignals(blocked)
        desk = self._desk
        jobs.start(self, lambda _task: bureau.bureau_forms(desk), done=self._take_forms, key="forms")

    def _take_forms(self, forms: tuple[Form, ...], wanted: str = "") -> None:
        self._forms = forms
        blocked = self.form.blockSignals(True)
        self.form.set_options([(one.id, one.name) for one in forms])
        if forms and (wanted or self.form.value() is None):
            self.form.set_value(wanted or forms[0].id)
        self.form.blockSignals(blocked)
        self._shown.setCurrentIndex(0 if forms else 1)
        for one in (self.form, self.months, self.drop_button, self.save_button):
            one.setVisible(bool(forms) and (one is not self.drop_button or self._may_map))
        self.put_button.setVisible(bool(forms) and self._may_map)
        if forms:
            self.read()
        else:
            self.head.set_facts("")
            QTimer.singleShot(0, self, self.first.setFocus)

    def read(self) -> None:
        """Read the form in front and the month's values anew."""
        desk, id, month = self._desk, str(self.form.value() or ""), self._month
        if not id:
            return
        self.save_button.setEnabled(False)

        def work(_task: jobs.Task) -> tuple[OpenForm, tuple[Source, ...]]:
            return bureau.open_bureau_form(desk, id), bureau.bureau_sources(desk, month)

        jobs.start(self, work, done=lambda found: self._show(*found), failed=self._failed, key="form")

    def _show(self, opened: OpenForm, known: tuple[Source, ...]) -> None:
        same = self._open is not None and self._open.form.id == opened.form.id
        ref, sheet = (self.grid.current_ref(), str(self.sheets.value() or "")) if same else ("", "")
        self._open, self._known = opened, known
        blocked = self.sheets.blockSignals(True)
        names = [one.name for one in opened.sheets if not one.hidden]
        self.sheets.set_options([(name, name) for name in names])
        self.sheets.set_value(sheet if sheet in names else names[0] if names else None)
        self.sheets.blockSignals(blocked)
        self.sheets.setVisible(len(names) > 1)
        self.side.show_sources(known)
        self._show_sheet()
        self.grid.set_current(ref or self._first_ref())
        self.save_button.setEnabled(True)
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
        return next((one for one in self._open.sheets if one.name == name), None) if self._open else None

    def _cells(self) -> tuple[Mapped, ...]:
        return self._open.form.cells if self._open else ()

    def _show_sheet(self) -> None:
        sheet = self._sheet()
        if sheet is not None and self._open is not None:
            self.grid.show_sheet(sheet, lettered=self._open.form.sort == "xlsx")
            self._show_values()
            self.grid.set_current(self._first_ref())

    def _show_values(self) -> None:
        """The cells with what they get, in the grid and in the list below it."""
        opened, sheet = self._open, self._sheet()
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
                texts[one.ref] = (cell.text if one.after and cell else "") + text
            shown = Cell("找不到这一格了", "danger") if gone else " ".join(text.split()) or "（没有内容）"
            rows.append((_place(one), f"{one.label}：{one.words}", shown))
        self.grid.show_values(texts)
        self.fills.set_rows(list(range(len(rows))), rows)
        self.listed.setVisible(bool(rows))
        lost = f"，{len(opened.lost)}格要重新选" if opened.lost else ""
        self.hint.setText(f"有底色的{len(rows)}格会填{lost}。" if rows else "点要填的格，再在右边选填什么。")
        form = opened.form
        self.head.set_facts(f"第{form.version}版　{days.short_day(form.put_on, self._desk.today())}放入")

    # One cell

    def _pick(self, ref: str) -> None:
        """A cell is in front: say at the side what it is and what it gets."""
        sheet = self._sheet()
        cell = sheet.at(ref) if sheet else None
        if sheet is None or cell is None:
            return
        left, above = labels(sheet, cell)
        mapped = self._mapped(ref)
        known = {one.name: one for one in self._known}
        value = value_of(mapped.source, mapped.words, known) if mapped else None
        beside = spoken(left, above)
        words = f"{ref}　{beside}" if self._open and self._open.form.sort == "xlsx" else beside
        suggested = bureau.suggestion(sheet, ref, self._known) if self._may_map else None
        self.side.show_cell(words or "这一格", cell.text, mapped, value, suggested)

    def _mapped(self, ref: str) -> Mapped | None:
        sheet = self._sheet()
        opened = self._open
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
        gone = self._open.lost if self._open else ()
        same = [one for one in gone if one.source == source.name][:1]  # a lost one found its cell again
        others = [one for one in self._cells() if one not in same and one is not self._mapped(ref)]
        self._keep([*others, made])
        self.grid.setFocus(Qt.FocusReason.TabFocusReason)

    def _clear(self) -> None:
        gone = self._mapped(self.grid.current_ref())
        if gone is not None:
            self._keep([one for one in self._cells() if one is not gone])

    def map_by_labels(self) -> None:
        """Every empty cell whose labels say what goes there; what was chosen already stays."""
        if self._open is None:
            return
        taken = {(one.sheet, one.ref) for one in self._cells()}
        found = bureau.proposed(self._open.sheets, self._known)
        new = [one for one in found if (one.sheet, one.ref) not in taken]
        self._keep([*self._cells(), *new])
        self.said.emit(
            f"按标签选了{len(new)}格，请核对。" if new else "没有认出新的格，请点格子自己选。", None
        )

    def _keep(self, cells: Sequence[Mapped]) -> None:
        """Show other cells at once and keep them, one write after another."""
        if self._open is None or not self._may_map:
            return
        order = {one.name: at for at, one in enumerate(self._open.sheets)}
        places = {
            (sheet.name, cell.ref): (order[sheet.name], cell.row, cell.column)
            for sheet in self._open.sheets
            for cell in sheet.cells
        }
        sorted_cells = sorted(cells, key=lambda one: places.get((one.sheet, one.ref), (99, 0, 0)))
        lost = tuple(one for one in self._open.lost if one in sorted_cells)
        form = replace(self._open.form, cells=tuple(sorted_cells))
        self._open = replace(self._open, form=form, lost=lost)
        self._show_values()
        self._pick(self.grid.current_ref())
        self._write()

    def _write(self) -> None:
        if self._keeping:
            self._again = True
            return
        opened, desk = self._open, self._desk
        if opened is None:
            return
        self._keeping, self._again = True, False
        id, cells = opened.form.id, opened.form.cells
        jobs.start(
            self, lambda _task: bureau.map_bureau_form(desk, id, cells), done=self._kept, failed=self._unkept
        )

    def _kept(self, _form: Form) -> None:
        self._keeping = False
        if self._again:
            self._write()

    def _unkept(self, problem: BaseException) -> None:
        self._keeping = False
        messages.show_problem(problem, self)
        self.read()

    def _to_fill(self, at: int) -> None:
        cells = self._cells()
        if at < len(cells):
            self.sheets.set_value(cells[at].sheet)
            self.grid.set_current(cells[at].ref)

    def _open_fill(self, at: int) -> None:
        self._to_fill(at)
        self.open_figure()

    def open_figure(self) -> None:
        """The rule and the records behind the number of the cell in front."""
        mapped = self._mapped(self.grid.current_ref())
        known = {one.name: one for one in self._known}
        source = known.get(mapped.source) if mapped else None
        if source is None or source.figure is None:
            return
        self.side.hide()
        self.drawer.show()
        self._fit()
        self.drawer.show_figure(source.figure, self._month)

    def close_drawer(self) -> None:
        """Back to the cell."""
        self.drawer.hide()
        self.side.show()
        self._fit()
        self.grid.setFocus(Qt.FocusReason.TabFocusReason)

    # Files

    def ask_file(self) -> None:
        """Ask for a bureau's form and put it in."""
        path = messages.ask_open_path(self, BLANKS)
        if path is not None:
            self.take(path)

    def take(self, path: Path) -> None:
        """Read a form in the child; one of a name that is here is replaced after a question."""
        desk = self._desk
        jobs.start(
            self,
            lambda _task: bureau.offer_bureau_form(desk, path),
            done=self._offered,
            failed=self._failed,
            key="offer",
        )

    def _offered(self, offer: Offer) -> None:
        if offer.replaces is not None:
            lost = f"，{len(offer.lost)}格找不到，要重新选" if offer.lost else ""
            hint = f"{len(offer.carried)}格按标签跟过去{lost}。"
            if not messages.ask(self, "已有同名的表样，换成这一份？", hint, yes="换上", no="不换"):
                return
        desk = self._desk
        jobs.start(
            self,
            lambda _task: (bureau.keep_bureau_form(desk, offer), bureau.bureau_forms(desk)),
            done=lambda found: self._put(*found),
            failed=self._failed,
        )

    def _put(self, form: Form, forms: tuple[Form, ...]) -> None:
        self._open = None
        self._take_forms(forms, form.id)
        self.said.emit("表样已放入，点格子选填什么。" if not form.cells else "表样已换上，请核对。", None)

    def _ask_drop(self) -> None:
        desk, id = self._desk, str(self.form.value() or "")
        name = self.form.currentText()
        if not messages.ask(self, f"移除“{name[:12]}”？", "选过的格也一起移除，记录不受影响。", yes="移除"):
            return

        def work(_task: jobs.Task) -> tuple[Form, ...]:
            bureau.drop_bureau_form(desk, id)
            return bureau.bureau_forms(desk)

        def done(forms: tuple[Form, ...]) -> None:
            self._open = None
            self._take_forms(forms)
            self.said.emit("表样已移除。", None)

        jobs.start(self, work, done=done, failed=self._failed)

    def save(self) -> None:
        """Ask where to, fill the form in, and write it whole or not at all."""
        opened = self._open
        if opened is None:
            return
        ending = f".{opened.form.sort}"
        suggested = f"{opened.form.name}-{self._month}{ending}"
        path = messages.ask_save_path(self, suggested, KINDS[opened.form.sort])
        if path is None:
            return
        target, desk, month, id = with_ending(path, ending), self._desk, self._month, opened.form.id
        self.save_button.set_busy("正在填")
        jobs.start(
            self,
            lambda _task: bureau.save_bureau_form(desk, id, month, target),
            done=lambda count: self._saved(target, count),
            failed=self._failed,
        )

    def _saved(self, path: Path, count: int) -> None:
        self.save_button.set_busy("")
        self.said.emit(f"填了{count}格，{told(path)}", None)

    def _failed(self, problem: BaseException) -> None:
        self.save_button.set_busy("")
        messages.show_problem(problem, self)

    def _month_chosen(self) -> None:
        month = self.months.value()
        if isinstance(month, str) and month != self._month:
            self._month = month
            self.close_drawer()
            self.read()

    def set_compact(self, width: WidthClass) -> None:
        """The side stands beside the form, less wide in a narrow window."""
        self._width = width
        self._fit()

    def _fit(self) -> None:
        width = px(SIDE_WIDTH if not self._width.steps else SIDE_WIDTH - 56)
        for part in (self.side, self.drawer):
            part.setFixedWidth(width)

    def let_go(self) -> None:
        """The page goes away."""
        self.drawer.hide()
        self.side.show()


def _place(cell: Mapped) -> str:
    """B5; 2行3格 and 第2段 in a document."""
    row, point, column = cell.ref.partition(".")
    if point:
        return f"{row}行{column}格"
    return f"第{cell.ref[1:]}段" if cell.ref.startswith("p") else cell.ref


def _months(today: str) -> list[tuple[object, str]]:
    months = [days.add_months(today[:7], -back) for back in range(MONTHS_BACK)]
    return [(month, f"{month[:4]}年{int(month[5:])}月") for month in months]
