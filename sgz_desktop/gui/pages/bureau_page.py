"""局发表样: a bureau's form in sight, its cells mapped by clicking, filled in and saved with one press."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from sgz_desktop.actions import bureau
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.bureau import Offer, OpenForm
from sgz_desktop.actions.bureau_values import Source
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain import days
from sgz_desktop.domain.bureau_form import Form
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.pages.bureau_view import BureauView
from sgz_desktop.gui.pages.report_word import told, with_ending
from sgz_desktop.gui.theme import Space, WidthClass, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.data_table import Column
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.inputs import Choice
from sgz_desktop.gui.widgets.page_head import PageHead

KINDS = {"xlsx": "Excel工作簿 (*.xlsx)", "docx": "Word文档 (*.docx)"}
BLANKS = "表样 (*.xlsx *.docx);;所有文件 (*)"
NONE = "还没有局发表样。", "把局里发的空白表拖到这里，点格子选填什么，以后每月一键填好。"
FILLS = (Column("格", 76, tone="plain"), Column("填什么", 0), Column("填入", 180, "body_bold"))
FORM_WIDTH, MONTHS_BACK = 200, 24


class BureauPage(QWidget):
    """`closed` goes back; `said(sentence, undo)` for the toast; `go(section, target)` opens a record."""

    closed = Signal()
    said = Signal(str, object)
    go = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._month = desk, ""
        self._may_map = allowed(desk.actor, "map_bureau_form")
        self.setAcceptDrops(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        column.addWidget(self._make_head())
        self._shown = QStackedWidget()
        self.view = BureauView(desk)
        self.view.said.connect(self.said)
        self.view.go.connect(self.go)
        self.view.stale.connect(self._read_again)
        self._shown.addWidget(self.view)
        self.first = button("放入表样", "primary", "up", self.ask_file)
        self.first.setVisible(self._may_map)
        self._shown.addWidget(EmptyState(NONE[0], "doc", NONE[1], self.first))
        column.addWidget(self._shown, 1)

    def _make_head(self) -> PageHead:
        self.head = PageHead("局发表样", back=self.closed.emit)
        self.form = Choice()
        self.form.setAccessibleName("哪份表样")
        self.form.setFixedWidth(px(FORM_WIDTH))
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

        self.view.keeper.when_kept(
            lambda: jobs.start(
                self, work, done=lambda found: self._show(*found), failed=self._failed, key="form"
            )
        )

    def _read_again(self) -> None:
        self.save_button.set_busy("")
        self.read()

    def _show(self, opened: OpenForm, known: tuple[Source, ...]) -> None:
        if self.view.keeper.busy:  # what was read is older than what is in sight
            self.read()
            return
        form = opened.form
        self.head.set_facts(f"第{form.version}版　{days.short_day(form.put_on, self._desk.today())}放入")
        self.view.show_form(opened, known, self._month)
        self.save_button.setEnabled(True)

    # Files

    def ask_file(self) -> None:
        """Ask for a bureau's form and put it in."""
        path = messages.ask_open_path(self, BLANKS)
        if path is not None:
            self.take(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._may_map and _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
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
        self.view.opened = None
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
            self.view.opened = None
            self._take_forms(forms)
            self.said.emit("表样已移除。", None)

        jobs.start(self, work, done=done, failed=self._failed)

    def save(self) -> None:
        """Ask where to, fill the form in, and write it whole or not at all."""
        opened = self.view.opened
        if opened is None:
            return
        ending = f".{opened.form.sort}"
        practice = "练习-" if self._desk.practice else ""
        suggested = f"{practice}{opened.form.name}-{self._month}{ending}"
        path = messages.ask_save_path(self, suggested, KINDS[opened.form.sort])
        if path is None:
            return
        target, desk, month, id = with_ending(path, ending), self._desk, self._month, opened.form.id
        self.save_button.set_busy("正在填")
        self.view.keeper.when_kept(
            lambda: jobs.start(
                self,
                lambda _task: bureau.save_bureau_form(desk, id, month, target),
                done=lambda count: self._saved(target, count),
                failed=self._failed,
            )
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
            self.view.close_drawer()
            self.read()

    def set_compact(self, width: WidthClass) -> None:
        """There is so much room."""
        self.head.title.setVisible(not width.steps)
        self.head.facts.setVisible(not width.steps)
        self.form.setFixedWidth(px(FORM_WIDTH - 30 * width.steps))
        self.view.set_compact(width)

    def let_go(self) -> None:
        """The page goes away."""
        self.view.close_drawer()


def _dropped(event: QDropEvent) -> Path | None:
    """The one file that is dropped."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None


def _months(today: str) -> list[tuple[object, str]]:
    months = [days.add_months(today[:7], -back) for back in range(MONTHS_BACK)]
    return [(month, f"{month[:4]}年{int(month[5:])}月") for month in months]
