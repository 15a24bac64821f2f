"""Any declared record as a form: sections, rows, drafts after a second of rest, problems under their fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions.forms import Form, FormRefused, RowInput, Saved, Standing
from sgz_desktop.domain.fields import Problem
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import Rows, questions, row_fields, sections
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.controls import UNTYPED, Choices, is_wide
from sgz_desktop.gui.field_boxes import DOUBT, FieldBox
from sgz_desktop.gui.row_boxes import RowsBox, SeenBox
from sgz_desktop.gui.theme import Space, WidthClass, px
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.labels import label
from sgz_desktop.gui.widgets.outline import Outline
from sgz_desktop.gui.widgets.scroll import Scroll

REST_MS = 1_000
ELSEWHERE = frozenset({"attachment", "case_move"})  # rows that other pages edit


@dataclass(frozen=True)
class FormCalls:
    """What a form asks of the page: all run off the GUI thread."""

    save: Callable[[Form, Mapping[str, object], Mapping[str, Sequence[RowInput]]], Saved]
    keep_draft: Callable[[str, str, dict[str, Any]], None]
    drop_draft: Callable[[str, str], None]


class RecordForm(QWidget):
    """A form in the middle of a page. `hidden` are fields the page shows itself or that are given."""

    saved = Signal(object)
    draft_kept = Signal()

    def __init__(
        self,
        form: Form,
        choices: Choices,
        calls: FormCalls,
        *,
        hidden: frozenset[str] = frozenset(),
        draft: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__()
        self.form, self._choices, self._calls, self._hidden = form, choices, calls, hidden
        self.boxes: dict[str, FieldBox] = {}
        self.rows: dict[str, RowsBox | SeenBox] = {}
        self._dirty = self._saving = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.keep_draft)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(14))
        self.outline = Outline()
        self.scroll = Scroll()
        self.scroll.body.setSpacing(px(Space.M))
        row.addWidget(self.outline)
        row.addWidget(self.scroll, 1)
        self._bands = QVBoxLayout()
        self.scroll.body.addLayout(self._bands)
        self._build()
        self._show_doubts()
        if draft:
            self._offer(draft)

    def _build(self) -> None:
        kind = BY_KIND[self.form.kind]
        for title, names in sections(kind):
            shown = [name for name in names if self._is_shown(name)]
            if shown:
                card = Card(title or kind.TITLE)
                card.add(self._fields(shown))
                self.scroll.body.addWidget(card)
                self.outline.add(title or kind.TITLE, card)
        placed = {name for _, names in sections(kind) for name in names}
        for name, rows in row_fields(kind).items():
            if name not in placed and rows.kind.KIND not in ELSEWHERE and name not in self._hidden:
                card = Card(rows.label)
                card.add(self._rows_box(name, rows))
                self.scroll.body.addWidget(card)
                self.outline.add(rows.label, card)
        self.scroll.body.addStretch(1)
        self.outline.picked.connect(self._go_to)
        self._count()

    def _is_shown(self, name: str) -> bool:
        if name in self._hidden:
            return False
        rows = row_fields(BY_KIND[self.form.kind]).get(name)
        if rows:
            return rows.kind.KIND not in ELSEWHERE
        return questions(BY_KIND[self.form.kind])[name].kind.name not in UNTYPED

    def _fields(self, names: Sequence[str]) -> QWidget:
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(Space.L))
        grid.setVerticalSpacing(px(Space.XS))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        kind, line, column = BY_KIND[self.form.kind], 0, 0
        for name in names:
            rows = row_fields(kind).get(name)
            widget: QWidget = self._rows_box(name, rows) if rows else self._field(name)
            if rows or is_wide(questions(kind)[name]):
                line, column = (line + 1, 0) if column else (line, 0)
                grid.addWidget(widget, line, 0, 1, 2)
                line += 1
            else:
                grid.addWidget(widget, line, column)
                line, column = (line + 1, 0) if column else (line, 1)
        return body

    def _field(self, name: str) -> FieldBox:
        question = questions(BY_KIND[self.form.kind])[name]
        box = FieldBox(question, self._choices, self.form.values.get(name))
        box.changed.connect(self._edited)
        self.boxes[name] = box
        return box

    def _rows_box(self, name: str, rows: Rows[Any]) -> RowsBox | SeenBox:
        make = SeenBox if rows.kind.KIND == "presence" else RowsBox
        box = make(rows, self.form.rows.get(name, ()), self._choices)
        box.changed.connect(self._edited)
        self.rows[name] = box
        return box

    def _show_doubts(self) -> None:
        for mark in self.form.marks:
            if mark.field in self.boxes:
                self.boxes[mark.field].set_warning(mark.sentence.rstrip("。") + "，" + DOUBT)
        for cell, standings in self.form.conflicts.items():
            self._bands.addWidget(Band(_two_values(self.form.kind, cell, standings), icon="alert"))

    def _offer(self, draft: Mapping[str, Any]) -> None:
        restore = button("接着写", small=True)
        drop = button("不要了", "quiet", small=True)
        band = Band("上次没写完的内容还在。", icon="edit", actions=(restore, drop))
        restore.clicked.connect(lambda: (self.restore(draft), band.hide()))
        drop.clicked.connect(lambda: (self._drop_draft(), band.hide()))
        self._bands.addWidget(band)

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Show what a draft kept, on top of what is saved."""
        for name, typed in draft.get("typed", {}).items():
            if name in self.boxes:
                self.boxes[name].put(typed)
        for name, drafted in draft.get("rows", {}).items():
            if name in self.rows:
                self.rows[name].restore(drafted)

    def typed(self) -> dict[str, object]:
        """The fields the person changed, as typed."""
        return {name: box.typed() for name, box in self.boxes.items() if box.touched}

    def _edited(self) -> None:
        self._dirty = True
        self._rest.start()

    @property
    def dirty(self) -> bool:
        """Is there something typed that is not saved?"""
        return self._dirty

    def keep_draft(self) -> None:
        """Put what is typed aside inside the store."""
        self._rest.stop()
        if not self._dirty or self._saving:
            return
        body = {
            "typed": self.typed(),
            "rows": {name: drafted for name, box in self.rows.items() if (drafted := box.drafted())},
            "values": dict(self.form.values) if self.form.new else {},
        }
        key = (self.form.kind, "" if self.form.new else self.form.id)
        jobs.start(self, lambda _task: self._calls.keep_draft(*key, body), done=lambda _: self._draft_done())
        self._count()

    def _draft_done(self) -> None:
        self.draft_kept.emit()

    def _drop_draft(self) -> None:
        key = (self.form.kind, "" if self.form.new else self.form.id)
        jobs.start(self, lambda _task: self._calls.drop_draft(*key))

    def save(self) -> None:
        """Check and save; problems go under their fields and the first gets the keyboard."""
        if self._saving:
            return
        self._rest.stop()
        self._saving = True
        form, typed = self.form, self.typed()
        rows = {name: box.inputs() for name, box in self.rows.items()}
        jobs.start(
            self, lambda _task: self._calls.save(form, typed, rows), done=self._done, failed=self._refused
        )

    def _done(self, saved: Saved) -> None:
        self._saving = self._dirty = False
        self.saved.emit(saved)

    def _refused(self, problem: BaseException) -> None:
        self._saving = False
        if isinstance(problem, FormRefused):
            self.show_problems(problem.problems)
        else:
            messages.show_problem(problem, self)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Put each sentence under its field; `rows.place.field` finds a field of a row."""
        first: FieldBox | None = None
        for problem in problems:
            box = self._box_of(problem.field)
            if box:
                box.set_error(problem.sentence)
                first = first or box
        if first:
            self.scroll.ensureWidgetVisible(first, 0, px(40))
            first.control.setFocus(Qt.FocusReason.OtherFocusReason)
        elif problems:
            messages.tell(self, problems[0].sentence, "已填的内容还在，请改好后再保存。")

    def _box_of(self, path: str) -> FieldBox | None:
        name, _, rest = path.partition(".")
        if not rest:
            return self.boxes.get(name)
        place, _, field = rest.partition(".")
        row = self.rows[name].box_of(int(place)) if name in self.rows else None
        return row.boxes.get(field) if row else None

    def focus_field(self, name: str) -> None:
        """Bring a field into view and give it the keyboard."""
        if name in self.boxes:
            self.scroll.ensureWidgetVisible(self.boxes[name], 0, px(60))
            self.boxes[name].control.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first(self) -> None:
        """Give the keyboard to the first field."""
        if self.boxes:
            next(iter(self.boxes.values())).control.setFocus(Qt.FocusReason.TabFocusReason)

    def set_compact(self, width: WidthClass) -> None:
        """The outline goes first when room is short."""
        self.outline.setVisible(not width.stacked)

    def _go_to(self, card: QWidget) -> None:
        self.scroll.verticalScrollBar().setValue(card.y())

    def _count(self) -> None:
        """Say in the outline how much of each section is filled in."""
        for title, names in sections(BY_KIND[self.form.kind]):
            boxes = [self.boxes[name] for name in names if name in self.boxes]
            filled = sum(box.typed() not in (None, "") for box in boxes)
            self.outline.set_note(
                title or BY_KIND[self.form.kind].TITLE, f"{filled}/{len(boxes)}" if boxes else ""
            )


def _two_values(kind: str, cell: str, standings: Sequence[Standing]) -> str:
    question = questions(BY_KIND[kind]).get(cell)
    words = "；".join(f"{one.worker or '另一台电脑'}填“{one.words or '（空）'}”" for one in standings)
    return (
        f"“{question.ask.label if question else '这一组'}”有两个值，都已保留：{words}。保存这一项即为选定。"
    )
