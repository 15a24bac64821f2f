"""工作日志: what the records of a day say a worker did, beside the few lines only a diary holds."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sgz_desktop.actions import diary as actions
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.diary import Day, DayPage
from sgz_desktop.actions.forms import draft_key, find_draft
from sgz_desktop.domain import agenda as rules
from sgz_desktop.domain import days
from sgz_desktop.domain.day_work import Done
from sgz_desktop.domain.edits import Changes
from sgz_desktop.gui import jobs, theme
from sgz_desktop.gui.controls import Choices
from sgz_desktop.gui.forms import RecordForm
from sgz_desktop.gui.list_tools import ListTools
from sgz_desktop.gui.record_page import saved_sentence
from sgz_desktop.gui.theme import Space, WidthClass, px
from sgz_desktop.gui.ways import record_target
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.buttons import button, icon_button, menu_button
from sgz_desktop.gui.widgets.card import framed
from sgz_desktop.gui.widgets.data_table import Cell, CellValue, Column, DataTable
from sgz_desktop.gui.widgets.inputs import Choice
from sgz_desktop.gui.widgets.page_head import PageHead
from sgz_desktop.gui.widgets.reflow import SideBySide
from sgz_desktop.gui.widgets.segmented import Segmented

COLUMNS = (
    Column("时间", 160, tone="plain"),
    Column("工作", 150, "body_bold"),
    Column("服务对象", 96),
    Column("内容", 0, tone="plain"),
)
FORM_WIDTH, FORM_HEIGHT = 372, 380
MOST_ROWS = 10
HOW = Cell("走访、来电和个案记录会自动列在这里", "muted")
TYPED = ("errands", "other", "next_plan")
HIDDEN = frozenset({"date", "worker"})
SHOWN = frozenset(
    {
        *("visit", "session", "followup", "contact", "intake", "consent", "assessment", "plan", "evaluation"),
        *("closure", "application", "referral", "mandatory_report", "case_move", "task", "diary"),
    }
)
LOOK_BACK_DAYS = 120


class DiaryPage(QWidget):
    """`closed()`, `said(sentence, undo)`, `go(section, target)`, `paper(first, last, worker)` to see it on
    paper. What is typed is kept as a draft when another day is turned to."""

    closed = Signal()
    said = Signal(str, object)
    go = Signal(str, object)
    paper = Signal(str, str, str)

    def __init__(self, desk: Desk, day: str = "", worker: str = "") -> None:
        super().__init__()
        self._desk = desk
        self.day, self.worker = day or desk.today(), worker or desk.user
        self.form: RecordForm | None = None
        self._stacked = self._weekly = False
        self._done: dict[str, Done] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        column.addWidget(self._make_head())
        self.band = Band("有两件事时间重叠，请核对时间。", "warm")
        self.band.hide()
        column.addWidget(self.band)
        self.table = DataTable("工作日志", COLUMNS)
        self.table.opened.connect(self._open)
        self._place = QWidget()
        self._form_column = QVBoxLayout(self._place)
        self._form_column.setContentsMargins(0, 0, 0, 0)
        self._two = SideBySide(framed(self.table), self._place, FORM_WIDTH)
        column.addWidget(self._two, 1)
        heads = ("日期", *(head.head for head in COLUMNS))
        tools = ListTools(desk, "工作日志", heads=heads, read=self._read_all)
        tools.said.connect(self.said)
        column.addWidget(tools, 0, Qt.AlignmentFlag.AlignRight)
        self.load()

    def _make_head(self) -> PageHead:
        head = PageHead("工作日志", back=self.leave)
        self.head = head
        self.span = Segmented([("day", "当天"), ("week", "一周")], "day")
        self.span.setAccessibleName("看多久")
        self.span.changed.connect(self.load)
        self.who = Choice([(self.worker, self.worker)], value=self.worker)
        self.who.setAccessibleName("社工")
        self.who.setMinimumWidth(px(104))
        self.who.changed.connect(self._turn_worker)
        before = icon_button("left", "前一天", lambda: self.turn(-1))
        after = icon_button("right", "后一天", lambda: self.turn(1))
        for arrow, key, words in ((before, "Alt+Up", "Alt+↑"), (after, "Alt+Down", "Alt+↓")):
            arrow.setShortcut(key)
            arrow.setToolTip(f"{arrow.accessibleName()}（{words}）")
        prints = menu_button(
            "打印",
            [("这一周", lambda: self._print(week=True)), ("这个月", lambda: self._print(week=False))],
            icon="print",
        )
        self.save_button = button("保存", "primary", "check", self.save, key="Ctrl+S")
        for one in (before, after, self.span, self.who, prints, self.save_button):
            head.add_action(one)
        return head

    def turn(self, step: int) -> None:
        """The day before or after; in the week's view the week. Never after today."""
        by = step * (1 if self.span.value() == "day" else rules.WEEK)
        self._go_to(min(days.add_days(self.day, by), self._desk.today()), self.worker)

    def _turn_worker(self) -> None:
        if name := self.who.value():
            self._go_to(self.day, str(name))

    def _go_to(self, day: str, worker: str) -> None:
        if (day, worker) == (self.day, self.worker):
            return
        self.flush()
        self.day, self.worker = day, worker
        self._drop_form()
        self.load()

    def _drop_form(self) -> None:
        if self.form:
            self._form_column.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    def load(self) -> None:
        """Read the day, or its week, again."""
        self._weekly = self.span.value() == "week"
        desk, day, worker, week = self._desk, self.day, self.worker, self._weekly

        def read() -> tuple[DayPage, tuple[Day, ...], Any]:
            page = actions.diary_day(desk, day, worker)
            told = actions.diary_days(desk, *rules.week_of(day), worker) if week else (page.told,)
            return page, told, find_draft(desk, page.form.kind, draft_key(page.form))

        jobs.start(self, lambda _task: read(), done=lambda found: self._show(*found), key="diary")

    def _read_all(self) -> list[list[str]]:
        """What is shown, a line each, as text; not for the GUI thread."""
        span = rules.week_of(self.day) if self._weekly else (self.day, self.day)
        told = actions.diary_days(self._desk, *span, self.worker)
        return [[day.day, one.clock, one.what, one.name, one.text] for day in told for one in day.done]

    def _show(self, page: DayPage, told: tuple[Day, ...], draft: Any) -> None:
        self.who.blockSignals(True)
        self.who.set_options([(name, name) for name in page.workers])
        self.who.set_value(page.worker)
        self.who.blockSignals(False)
        self._show_rows(told)
        shown = self.form
        if shown is None or not (shown.dirty or shown.form == page.form):
            self._put_form(page, draft)

    def _show_rows(self, told: tuple[Day, ...]) -> None:
        ids, rows = [], []
        self._done = {}
        for day in (one for one in told if one.day <= self._desk.today() or one.done):
            for id, done, row in table_rows(day, dated=len(told) > 1):
                ids.append(id)
                rows.append(row)
                if done:
                    self._done[id] = done
        self.table.set_rows(ids, rows)
        self._fit()
        self.band.setVisible(any(day.clashing for day in told))
        today = self._desk.today()
        done = sum(len(day.done) for day in told)
        first, last = told[0].day, told[-1].day
        span = days.short_day(self.day, today)
        if first != last:
            span = f"{days.show_day(first)[5:]}至{days.show_day(last)[5:]}"
        elif "（" not in span:
            span = f"{span}（{days.weekday(self.day)}）"
        self.head.set_facts(f"{span}·{done}件")

    def _put_form(self, page: DayPage, draft: Any) -> None:
        self._drop_form()
        title = f"{days.show_day(page.told.day)[5:]}另记"
        self.form = RecordForm(
            self._desk,
            page.form,
            Choices({}, None, self._desk.today()),
            hidden=HIDDEN,
            layout=((title, TYPED),),
            draft=draft.body if draft else None,
        )
        self.form.saved.connect(self._saved)
        self.form.saving.connect(lambda saving: self.save_button.set_busy("正在保存" if saving else ""))
        self._form_column.addWidget(self.form)

    def save(self) -> None:
        """Save what was typed; with nothing altered say so by doing nothing."""
        if self.form and self.form.altered:
            self.form.save()

    def _saved(self, saved: Any) -> None:
        self.said.emit(saved_sentence(saved), None)
        self._drop_form()
        self.load()

    def leave(self) -> None:
        """返回: what is typed is kept as a draft."""
        self.flush()
        self.closed.emit()

    def _print(self, *, week: bool) -> None:
        span = rules.week_of(self.day) if week else actions.month_of(self.day)
        self.paper.emit(*span, self.worker)

    def _open(self, id: str) -> None:
        if done := self._done.get(id):
            self.go.emit(*way_to(done))

    def flush(self) -> None:
        """Keep the draft now."""
        if self.form:
            self.form.keep_draft()

    def on_changes(self, changes: Changes) -> None:
        """Records changed somewhere; what is being typed is left alone."""
        if changes.touches(*SHOWN):
            self.load()

    def set_compact(self, width: WidthClass) -> None:
        """Table above form when room is short."""
        self._two.set_compact(width)
        self._stacked = width.stacked
        self._fit()
        self._place.setMinimumHeight(px(FORM_HEIGHT) if width.stacked else 0)

    def _fit(self) -> None:
        """Where table and form scroll as one, the table is as tall as its rows and its head."""
        rows = min(self.table.rows.rowCount(), MOST_ROWS) + 1
        self.table.setMinimumHeight(px(theme.Height.GRID) * rows + px(Space.L) if self._stacked else 0)

    def take_keyboard(self) -> None:
        """The list takes the keyboard."""
        self.table.setFocus(Qt.FocusReason.TabFocusReason)


Row = tuple[str, Done | None, tuple[CellValue, ...]]


def table_rows(day: Day, *, dated: bool) -> list[Row]:
    """(id, what was done or None, cells) of a day; `dated`: among the rows of other days."""
    head = f"{days.show_day(day.day)[5:]}（{days.weekday(day.day)}）"
    rows: list[Row] = []
    if dated:
        count = f"{len(day.done)}件" if day.done else ""
        told = "；".join(text for text in (day.errands, day.other) if text).replace("\n", "；")
        words = f"民政办交办等：{told}" if told else "" if day.done else "没有记录"
        rows.append(
            (
                f"day:{day.day}",
                None,
                (Cell(head, role="body_bold"), Cell(count, "plain"), "", Cell(words, "plain")),
            )
        )
    rows += [(f"{one.kind}:{one.id}", one, _cells(one, one.id in day.clashing)) for one in day.done]
    if not rows:
        rows.append((f"day:{day.day}", None, ("", Cell("还没有记录", "muted", role="body"), "", HOW)))
    return rows


def _cells(one: Done, clashing: bool) -> tuple[CellValue, ...]:
    text = "；".join(part for part in ("时间重叠" if clashing else "", one.text) if part)
    return (
        Cell(one.clock, "warn" if clashing else "", icon="alert" if clashing else ""),
        one.what,
        one.name,
        Cell(text, "warn" if clashing else ""),
    )


def way_to(one: Done) -> tuple[str, object]:
    """What opens the record behind a line."""
    return ("cases", one.case) if one.kind == "case_move" and one.case else record_target(one.kind, one.id)


def day_of(desk: Desk, id: str) -> str:
    """The day whose diary of this worker has an id, looked for some weeks back; today when it is none."""
    today = desk.today()
    near = (days.add_days(today, -back) for back in range(LOOK_BACK_DAYS))
    return next((day for day in near if actions.diary_id(day, desk.user) == id), today)
