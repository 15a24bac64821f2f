"""The cards of a form: its sections with their fields and rows, built a few at a time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sgz_desktop.actions.forms import Form, RowInput
from sgz_desktop.actions.numbers import TEMPLATES
from sgz_desktop.domain.fields import Problem
from sgz_desktop.domain.local_words import titled
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import Rows, questions, row_fields, sections
from sgz_desktop.gui.controls import Choices, control_problem, is_asked, is_wide
from sgz_desktop.gui.field_boxes import FieldBox
from sgz_desktop.gui.field_grid import FieldGrid
from sgz_desktop.gui.more_parts import MoreParts
from sgz_desktop.gui.row_boxes import RowsBox
from sgz_desktop.gui.seen_box import SeenBox
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.line_edit import LineEdit
from sgz_desktop.gui.widgets.scroll import Scroll
from sgz_desktop.gui.widgets.tab_order import tab_through

Layout = Sequence[tuple[str, Sequence[str]]]
ELSEWHERE = frozenset(  # rows other pages edit
    {
        "attachment",
        "case_move",
        "report_text",
        "attendance",
        "volunteer_service",
        "spending",
        "room_use",
        "survey_answer",
        "evaluation_item",
    }
)
GIVEN_ONCE = "number"
AT_ONCE = 14  # fields built before the form is first painted
SETTLED_MS = 200  # by then heights have come to rest


@dataclass
class Part:
    """A section: its card stands from the start, its fields come when `built`."""

    title: str
    names: tuple[str, ...]
    card: Card
    built: bool = False
    shown: bool = True


class FormBody(Scroll):
    """Fields by name in `boxes`, rows in `rows`; sections further down are built while nothing else runs."""

    changed = Signal()
    told = Signal()
    revealed = Signal()

    def __init__(
        self,
        form: Form,
        choices: Choices,
        layout: Layout,
        hidden: frozenset[str],
        optional: frozenset[str] = frozenset(),
        home: QWidget | None = None,
    ) -> None:
        """`optional` are titles of sections shown only once asked for, or when something stands in them.
        `home` is what it will stand in: a form that moves house when it is full is styled twice."""
        super().__init__()
        if home is not None:
            self.setParent(home)
        self.form, self._choices = form, choices
        self.kind = BY_KIND[form.kind]
        self.boxes: dict[str, FieldBox] = {}
        self.rows: dict[str, RowsBox | SeenBox] = {}
        self.last: QWidget | None = None  # what stands below the fields, and has the keyboard after them
        self.body.setSpacing(px(Space.M))
        self.bands = QVBoxLayout()
        self.bands.setSpacing(px(Space.S))
        self.body.addLayout(self.bands)
        self.parts = [self._part(title, names) for title, names in _shown(form, layout, hidden)]
        self.more = MoreParts(sorted(optional & {part.title for part in self.parts}, key=self._place))
        self.more.wanted.connect(lambda title: self.reveal({title}, focus=True))
        self._put_aside()
        self.body.addStretch(1)
        self._later = QTimer(self)
        self._later.setInterval(0)
        self._later.timeout.connect(self._build_next)
        self._build_first()

    def _part(self, title: str, names: Sequence[str]) -> Part:
        card = Card(title)
        self.body.addWidget(card)
        return Part(title, tuple(names), card)

    def _place(self, title: str) -> int:
        return next(place for place, part in enumerate(self.parts) if part.title == title)

    def _put_aside(self) -> None:
        """Optional sections in which nothing stands are hidden behind 更多分类."""
        last = None
        for part in self.parts:
            if part.title in self.more.titles:
                last = part
                if any(self._is_filled(name) for name in part.names):
                    self.more.drop(part.title)
                else:
                    part.shown = False
                    part.card.hide()
        if last is not None:
            self.body.insertWidget(self.body.indexOf(last.card) + 1, self.more)

    @property
    def shown(self) -> list[Part]:
        """The sections in sight."""
        return [part for part in self.parts if part.shown]

    def reveal(self, titles: Collection[str], *, focus: bool = False) -> None:
        """Show optional sections; `focus` brings the first of them into sight with the keyboard in it."""
        fresh = [part for part in self.parts if part.title in titles and not part.shown]
        for part in fresh:
            part.shown = True
            part.card.show()
            self.more.drop(part.title)
        if fresh:
            self._make_room()
            self.revealed.emit()
            if focus:
                self.focus_name(fresh[0].names[0])

    def reveal_filled(self) -> None:
        """Show optional sections in which something stands by now, as from a draft."""
        filled = [p.title for p in self.parts if not p.shown and any(self._is_filled(n) for n in p.names)]
        self.reveal(filled)

    def _build_first(self) -> None:
        while len(self.boxes) < AT_ONCE and self._build_next():
            pass
        if not all(part.built for part in self.parts):
            self._later.start()

    def _build_next(self) -> bool:
        part = next((part for part in self.parts if not part.built), None)
        if part is None:
            self._later.stop()
            QTimer.singleShot(SETTLED_MS, self, lambda: self.widget().setMinimumHeight(0))
            return False
        self._build(part)
        return True

    def build_all(self) -> None:
        """Build what is still missing now."""
        while self._build_next():
            pass

    def all_boxes(self) -> dict[str, FieldBox]:
        """Every field by name, built if it was not yet."""
        self.build_all()
        return self.boxes

    def _build(self, part: Part) -> None:
        part.built = True
        rows = row_fields(self.kind)
        cells = []
        for name in part.names:
            if name in rows:
                cells.append((self._rows(name, rows[name], titled=rows[name].label != part.title), True))
            else:
                box = self._field(name)
                cells.append((box, is_wide(box.question)))
        part.card.add(FieldGrid(cells, home=part.card))
        if self.last:
            name = part.names[-1]
            tab_through((self.boxes[name].control if name in self.boxes else self.rows[name].last, self.last))
        self._make_room()

    def _make_room(self) -> None:
        """Grow at once by what was added, else the cards above are squeezed until the layout rests."""
        inner = self.widget()
        layout = inner.layout()
        if layout and inner.isVisible():
            layout.activate()
            inner.setMinimumHeight(max(0, layout.totalHeightForWidth(inner.width())))

    def _field(self, name: str) -> FieldBox:
        box = FieldBox(questions(self.kind)[name], self._choices, self.form.values.get(name))
        mark = next((mark for mark in self.form.marks if mark.field == name), None)
        if mark:
            box.set_mark(mark.sentence)
        given = self.form.kind in TEMPLATES and bool(self.form.values.get(name))
        if name == GIVEN_ONCE and given and isinstance(box.control, LineEdit):
            box.control.setReadOnly(True)
        box.changed.connect(self.changed)
        box.told.connect(self.told)
        self.boxes[name] = box
        return box

    def _rows(self, name: str, rows: Rows, *, titled: bool) -> QWidget:  # type: ignore[type-arg]
        found = self.form.rows.get(name, ())
        made: RowsBox | SeenBox
        if rows.kind.KIND == "presence":
            made = SeenBox(rows, found, self._choices)
        else:
            made = RowsBox(rows, found, self._choices, titled=titled)
            made.set_mark([mark.sentence for mark in self.form.marks if mark.field == name])
            made.opened.connect(self._bring)
        made.changed.connect(self.changed)
        self.rows[name] = made
        return made

    def typed(self) -> dict[str, object]:
        """The fields the person changed, as typed; what is not built yet is not changed."""
        return {name: box.typed() for name, box in self.boxes.items() if box.touched}

    def row_inputs(self) -> dict[str, list[RowInput]]:
        """The rows added, changed or taken out."""
        return {name: found for name, box in self.rows.items() if (found := box.inputs())}

    def unreadable(self) -> list[FieldBox]:
        """Fields where a name was typed and nobody chosen; each says so."""
        boxes = list(self.boxes.values())
        for rows in self.rows.values():
            boxes += [box for row in getattr(rows, "boxes", ()) for box in row.boxes.values()]
        return [box for box in boxes if control_problem(box.control) and not box.check()]

    def show_problems(self, problems: Sequence[Problem]) -> list[str]:
        """Put each sentence under its field; those that have no field here are returned."""
        self.build_all()
        first, homeless = None, []
        for problem in problems:
            box = self.box_of(problem.field)
            if box is None:
                homeless.append(problem.sentence)
                continue
            box.set_error(problem.sentence)
            first = first or box
        if first:
            self.focus(first)
        self.told.emit()
        return homeless

    def box_of(self, path: str) -> FieldBox | None:
        """The box of a field, or of `rows.place.field`."""
        name, _, rest = path.partition(".")
        if not rest:
            return self.boxes.get(name)
        place, _, field = rest.partition(".")
        row = self.rows[name].box_of(int(place)) if name in self.rows else None
        return row.boxes.get(field) if row else None

    def focus_name(self, name: str) -> bool:
        """Bring a field or a table of rows into sight and give it the keyboard."""
        if name not in self.boxes:
            self.build_all()
        if name in self.boxes:
            self.focus(self.boxes[name])
        elif name in self.rows:
            widget = self.rows[name]
            widget.first.setFocus(Qt.FocusReason.TabFocusReason)
            self._to_top(widget)
            QTimer.singleShot(SETTLED_MS, widget, lambda: self._to_top(widget))  # heights moved meanwhile
        else:
            return False
        return True

    def _bring(self, row: QWidget) -> None:
        """A row was opened from a list of many: scroll to it once it has its height."""
        self._make_room()
        self._to_top(row)
        QTimer.singleShot(SETTLED_MS, row, lambda: self._to_top(row))

    def _to_top(self, widget: QWidget) -> None:
        """Scroll a table of rows, which may be taller than the panel, to the top; one that can be seen whole
        in the first view leaves the form at its top."""
        self.show_widget(widget)
        top = widget.mapTo(self.widget(), QPoint(0, 0)).y()
        whole = top + widget.height() <= self.viewport().height()
        self.verticalScrollBar().setValue(0 if whole else top - px(40))

    def focus(self, box: FieldBox) -> None:
        """Bring a field into sight and give it the keyboard."""
        self.reveal([part.title for part in self.parts if box.question.name in part.names])
        self.show_widget(box)
        box.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_widget(self, widget: QWidget) -> None:
        """Scroll so that all of a widget is in sight."""
        inner = self.widget().layout()
        if inner:
            inner.activate()
        self.ensureWidgetVisible(widget, 0, px(40))

    def tell(self, part: Part) -> tuple[int, int, int, int]:
        """How far a section is: fields filled, fields, errors, doubts."""
        filled = sum(self._is_filled(name) for name in part.names)
        boxes = [self.boxes[name] for name in part.names if name in self.boxes]
        for name in part.names:
            for row in getattr(self.rows.get(name), "boxes", ()):
                boxes += row.boxes.values()
        states = [box.state for box in boxes]
        marks = sum(mark.field in part.names for mark in self.form.marks)
        of_rows = sum(mark.field in self.rows and mark.field in part.names for mark in self.form.marks)
        doubts = states.count("warn") + of_rows if part.built else marks
        return filled, len(part.names), states.count("error"), doubts

    def _is_filled(self, name: str) -> bool:
        box = self.boxes.get(name) or self.rows.get(name)
        if box is not None:
            return box.filled
        return name in self.form.values or bool(self.form.rows.get(name))


def _shown(form: Form, layout: Layout, hidden: frozenset[str]) -> list[tuple[str, list[str]]]:
    """The sections to show: of the layout given, else of the kind; tables it does not place come last."""
    kind = BY_KIND[form.kind]
    rows = row_fields(kind)
    wanted: list[tuple[str, Sequence[str]]] = list(layout or sections(kind))
    placed = {name for _, names in wanted for name in names}
    wanted += [(table.label, (name,)) for name, table in rows.items() if name not in placed]
    found = []
    for title, names in wanted:
        shown = [name for name in names if name not in hidden and _has_control(form.kind, name)]
        if shown:
            found.append((title or titled(kind.KIND), shown))
    return found


def _has_control(kind_name: str, name: str) -> bool:
    kind = BY_KIND[kind_name]
    rows = row_fields(kind)
    if name in rows:
        return rows[name].kind.KIND not in ELSEWHERE
    return is_asked(questions(kind)[name])
