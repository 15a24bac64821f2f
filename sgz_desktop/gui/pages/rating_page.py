"""量表评定 on a page: choose an instrument, one switch an item, the total as it grows and its hint."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sgz_desktop.actions import attachments, forms, ratings
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, Saved, draft_key
from sgz_desktop.domain import instruments
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.instruments import Instrument
from sgz_desktop.errors import AppError
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.field_grid import FieldGrid
from sgz_desktop.gui.files_card import KINDS, FilesCard
from sgz_desktop.gui.form_drafts import DraftKeeper
from sgz_desktop.gui.pages.rating_items import RatingItems
from sgz_desktop.gui.refusals import show_refusal
from sgz_desktop.gui.theme import Space, WidthClass, px
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import Choice, LineEdit, TextArea
from sgz_desktop.gui.widgets.labels import label, paragraph
from sgz_desktop.gui.widgets.page_head import PageHead
from sgz_desktop.gui.widgets.scroll import Scroll
from sgz_desktop.gui.widgets.tab_order import tab_through

OTHER = ""
OTHER_WORDS = "其他量表（只记名称和总分）"
NO_DIAGNOSIS = "分数只作提示，不是诊断。"
AT_ONCE = "“{}”这一项请当面问清。有危险时马上求助，按F8看紧急报告。"
Opened = tuple[Form, tuple[Instrument, ...], Mapping[str, Any] | None]


class RatingPage(QWidget):
    """`saved` after the commit, `closed` on 返回; what is half filled in stays as a draft."""

    saved = Signal(object)
    closed = Signal()

    def __init__(self, desk: Desk, make: Callable[[], Form], facts: str = "") -> None:
        super().__init__()
        self.desk = desk
        self.form: Form | None = None
        self._known: dict[str, Instrument] = {}
        self._keeper: DraftKeeper | None = None
        self._scans: list[Path] = []
        self._clean: dict[str, Any] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        self.head = PageHead("量表评定", facts, back=self.leave)
        self.scan_button = button("附上原件", icon="plus", on_click=self._add_scan)
        self.save_button = button("保存", "primary", "check", self.save, key="Ctrl+S")
        self.save_button.setEnabled(False)
        for one in (self.scan_button, self.save_button):
            self.head.add_action(one)
        column.addWidget(self.head)
        column.addWidget(self._make_card(), 1)
        jobs.start(self, lambda _task: _open(desk, make), done=self._show, failed=self._failed, key="open")

    def _make_card(self) -> Card:
        card = Card()
        self.choice = Choice(placeholder="请选量表")
        self.name, self.total = LineEdit("量表名称"), LineEdit("例如12")
        self.rated_on, self.worker = LineEdit("例如2026-6-30"), LineEdit()
        self.note = TextArea(lines=2)
        self.fields = {
            "instrument": FieldFrame("量表", self.choice, required=True),
            "name": FieldFrame("名称", self.name, required=True),
            "total": FieldFrame("总分", self.total),
            "rated_on": FieldFrame("评定日期", self.rated_on),
            "worker": FieldFrame("评定人", self.worker),
            "note": FieldFrame("说明", self.note),
        }
        self.about = paragraph("", "second", "plain")
        self.items = RatingItems()
        self.items.changed.connect(self._count)
        self.choice.changed.connect(self._turn)
        scroll = Scroll()
        scroll.body.setSpacing(px(Space.M))
        top = [(self.fields[name], False) for name in ("instrument", "rated_on", "worker", "name", "total")]
        for part in (FieldGrid(top, 3), self.about, self.items, self.fields["note"]):
            scroll.body.addWidget(part)
        self.scans = label("", "second", "plain")
        scroll.body.addWidget(self.scans)
        self._column = scroll.body
        scroll.body.addStretch(1)
        card.add(scroll, 1)
        self.result = Band("", "plain", second=NO_DIAGNOSIS)
        self.alarm = Band("", "danger")
        card.add(self.alarm)
        card.add(self.result)
        self.alarm.hide()
        return card

    def _show(self, opened: Opened) -> None:
        form, known, draft = opened
        self.form = form
        self._known = {one.id: one for one in known}
        self._keeper = DraftKeeper(self.desk, (form.kind, draft_key(form)))
        values = dict(draft or form.values)
        named = str(values.get("instrument") or "")
        options = [(one.id, one.title) for one in known]
        self.choice.set_options([*options, (OTHER, OTHER_WORDS)])
        chosen = named if named in self._known else OTHER if named else known[0].id if known else OTHER
        self.choice.set_value(chosen)
        self.name.set_value(named if chosen == OTHER else "")
        for name, control in (
            ("total", self.total),
            ("rated_on", self.rated_on),
            ("worker", self.worker),
            ("note", self.note),
        ):
            control.set_value("" if values.get(name) is None else str(values[name]))
        self._turn()
        self.items.set_answers(instruments.read_answers(values.get("answers")))
        self._clean = self._typed() if not draft else {}
        self._count()
        self.save_button.setEnabled(True)
        if not form.new:
            self.scan_button.hide()  # the card below takes them in
            self._column.insertWidget(self._column.count() - 1, FilesCard(self.desk, form.id))
        self.choice.setFocus()

    def _failed(self, problem: BaseException) -> None:
        messages.show_problem(problem, self)
        self.closed.emit()

    @property
    def instrument(self) -> Instrument | None:
        """The one that is filled in here, None for one whose total alone is kept."""
        return self._known.get(str(self.choice.value() or ""))

    def _turn(self) -> None:
        """Another instrument was chosen."""
        here = self.instrument
        self.items.set_instrument(here)
        before = (self.choice, self.rated_on, self.worker, self.name, self.total)
        tab_through((*before, *self.items.switches.values(), self.note))
        for name in ("name", "total"):
            self.fields[name].setVisible(here is None)
        own = "分值和分级本站可改。" if here and here.editable and "可改" not in here.about else ""
        self.about.setText(f"{here.about}{own}来源：{here.source}。" if here else "只记总分，题目不存。")
        self._count()

    def _count(self) -> None:
        here = self.instrument
        self.result.setVisible(here is not None)
        self.alarm.hide()
        if here is None:
            return
        found = instruments.score(here, self.items.answers())
        if found.open:
            answered = len(here.items) - found.open
            self.result.set_text(
                f"已评{answered}项，现在{found.total}分，还有{found.open}项没评。", NO_DIAGNOSIS
            )
        else:
            self.result.set_text(f"总分{found.total}分。提示：{found.grade}，建议进一步评估。", NO_DIAGNOSIS)
        if found.alarms:
            self.alarm.set_text(AT_ONCE.format("、".join(found.alarms)))
            self.alarm.show()

    def _typed(self) -> dict[str, Any]:
        here = self.instrument
        return {
            "instrument": here.id if here else self.name.value().strip(),
            "answers": instruments.answers_text(self.items.answers()) if here else "",
            "total": "" if here else self.total.value().strip(),
            "rated_on": self.rated_on.value(),
            "worker": self.worker.value(),
            "note": self.note.value(),
        }

    def save(self) -> None:
        """Keep the rating, and then the scans beside it."""
        form, desk, typed = self.form, self.desk, self._typed()
        if form is None or self._keeper is None:
            return
        for frame in self.fields.values():
            frame.set_error("")
        if not typed["instrument"]:
            self.fields["name"].set_error("请写量表名称。")
            self.name.setFocus()
            return
        answers = self.items.answers() if self.instrument else {}
        given = {name: typed[name] or None for name in ("instrument", "rated_on", "worker", "note")}
        if self.instrument is None:
            given |= {"total": typed["total"] or None, "answers": None, "version": None, "grade": None}
        scans, keeper = list(self._scans), self._keeper
        self.save_button.set_busy("正在保存")

        def work(_task: jobs.Task) -> tuple[Saved, AppError | None]:
            saved = keeper.saving(lambda: ratings.save_rating(desk, form, given, answers))
            try:
                for path in scans:
                    attachments.attach_file(desk, saved.id, path, "scale")
            except AppError as unread:  # the rating is kept: the scan can be added below it
                return saved, unread
            return saved, None

        jobs.start(self, work, done=lambda found: self._kept(*found), failed=self._refused)

    def _kept(self, saved: Saved, unread: AppError | None) -> None:
        window = self.window()
        self.saved.emit(saved)
        if unread:
            messages.show_problem(unread, window)

    def _refused(self, problem: BaseException) -> None:
        self.save_button.set_busy("")
        show_refusal(problem, self.fields, self)

    def _add_scan(self) -> None:
        path = messages.ask_open_path(self, KINDS)
        if path is not None:
            self._scans.append(path)
            self.scans.setText(f"已选{len(self._scans)}件，保存时一起放入。")

    def leave(self) -> None:
        """返回: what is typed is kept as a draft."""
        self.flush()
        self.closed.emit()

    def flush(self) -> None:
        """Keep the draft now, where anything was typed."""
        if self.form and self._keeper and self._clean != self._typed():
            values = {**self.form.values, **self._typed()}
            self._keeper.keep({"values": values}, lambda: None, lambda _problem: None)

    def on_changes(self, changes: Changes) -> None:
        """Nothing here shows other records."""

    def set_compact(self, width: WidthClass) -> None:
        """Everything stands in one column that scrolls."""


def _open(desk: Desk, make: Callable[[], Form]) -> Opened:
    form = make()
    draft = forms.find_draft(desk, form.kind, draft_key(form))
    return form, ratings.instruments_here(desk), (draft.body.get("values") if draft else None)
