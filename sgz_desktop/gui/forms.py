"""Any declared record as a form: sections, rows, drafts after a second of rest, problems under their fields.

Most pages want `record_page.RecordPage`, which adds the head, 返回, 保存 and loading. On its own:

    form = RecordForm(desk, forms.new_form(desk, "task"), Choices(...))
    form.saved.connect(...)      # actions.forms.Saved, after the commit
    form.save()                  # Ctrl+S in RecordPage
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import shiboken6
from PySide6.QtCore import Qt, QTime, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, FormRefused, RowInput, Saved, draft_key, save_form
from sgz_desktop.actions.remarks import REMARK, remark
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.fields import Problem
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.controls import Choices
from sgz_desktop.gui.field_boxes import FieldBox
from sgz_desktop.gui.form_bands import conflict_band, draft_band
from sgz_desktop.gui.form_body import FormBody, Layout
from sgz_desktop.gui.form_drafts import BEFORE, DraftKeeper
from sgz_desktop.gui.id_fills import IdFills
from sgz_desktop.gui.point_fills import PointFills
from sgz_desktop.gui.receiver_fills import ReceiverFills
from sgz_desktop.gui.theme import Space, WidthClass, px
from sgz_desktop.gui.widgets.outline import Outline
from sgz_desktop.gui.widgets.tab_order import stops, tab_through

REST_MS = 1_000
OF_PEOPLE: Mapping[str, Mapping[str, str]] = {"person": {}, "volunteer": {"born_on": "born"}}
"""Kinds with an id number, and what their fields are called where it is not as a person's"""


class RecordForm(QWidget):
    """`hidden` are fields the page shows itself or that are given; `layout` replaces the kind's SECTIONS."""

    saved = Signal(object)
    saving = Signal(bool)
    edited = Signal()
    draft_said = Signal(str)

    def __init__(
        self,
        desk: Desk,
        form: Form,
        choices: Choices,
        *,
        hidden: frozenset[str] = frozenset(),
        layout: Layout = (),
        optional: frozenset[str] = frozenset(),
        draft: Mapping[str, Any] | None = None,
        home: QWidget | None = None,
    ) -> None:
        """`home` is what it will stand in (see FormBody)."""
        super().__init__(home)
        self.desk, self.form = desk, form
        self._dirty = self._saving = self._picking = False
        self._drafts = DraftKeeper(desk, (form.kind, draft_key(form)))
        self._elsewhere: QWidget | None = None
        self.body = FormBody(form, choices, layout, hidden, optional, self)
        if form.kind in OF_PEOPLE and (number := self.body.boxes.get("id_number")):
            IdFills(number, self._told_by_number)
        if form.kind == "referral" and (organisation := self.body.boxes.get("organisation")):
            ReceiverFills(desk, organisation, lambda: self.body.boxes)
        if form.kind in ("activity", "group") and (village := self.body.boxes.get("village")):
            PointFills(village, lambda: self.body.boxes)
        self.outline = Outline()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.keep_draft)
        self._arrange()
        for cell, standings in form.conflicts.items():
            self.body.bands.addWidget(conflict_band(self.body.kind, cell, standings, self.body.all_boxes))
        self._offered: Mapping[str, Any] | None = None
        self._offer(draft)

    def _told_by_number(self) -> Mapping[str, FieldBox]:
        """The fields an id number tells of, as those of a person are called."""
        own = OF_PEOPLE[self.form.kind]
        return {own.get(name, name): box for name, box in self.body.all_boxes().items()}

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(12))
        row.addWidget(self.outline)
        self._above = QVBoxLayout()  # not scrolled away when a field further down has the keyboard
        self._above.setSpacing(px(Space.S))
        self._above.addWidget(self.body, 1)
        row.addLayout(self._above, 1)
        self._title_outline()
        self.body.revealed.connect(self._title_outline)
        self.outline.picked.connect(self.go_to_section)
        self.body.changed.connect(self._edited)
        self.body.told.connect(self.count)
        self.body.verticalScrollBar().valueChanged.connect(lambda _value: self._follow_scroll())
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_focus)
        for keys, by in (("Alt+Down", 1), ("Alt+Up", -1)):
            key = QShortcut(QKeySequence(keys), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(lambda by=by: self.go_to_section(self.outline.current() + by))
        self.count()

    def _title_outline(self) -> None:
        self.outline.set_titles([part.title for part in self.body.shown])
        self.outline.setVisible(len(self.body.shown) > 1)
        self.count()

    @property
    def dirty(self) -> bool:
        """Is there something typed that is not saved?"""
        return self._dirty

    @property
    def altered(self) -> bool:
        """Would a save write anything?"""
        return self.form.new or bool(self.body.typed() or self.body.row_inputs())

    def _edited(self) -> None:
        self._dirty = True
        self._rest.start()
        self.edited.emit()

    def typed_so_far(self) -> dict[str, Any]:
        """What a draft keeps: raw input of fields and rows, and what was given beforehand."""
        return {
            "typed": self.body.typed(),
            "rows": {name: kept for name, box in self.body.rows.items() if (kept := box.drafted())},
            "values": dict(self.form.values) if self.form.new else {},
            **({BEFORE: self._offered} if self._offered else {}),
        }

    def _offer(self, draft: Mapping[str, Any] | None) -> None:
        """Ask about a draft. Until that is answered every newer one carries it along."""
        self._offered = draft
        if draft:
            band = draft_band(self._take_draft, self._forget_draft)
            self._above.insertWidget(0, band)
            self._lead(band)

    def add_band(self, band: QWidget) -> None:
        """One more band above the fields, which scrolls with them."""
        self.body.bands.addWidget(band)
        self._lead(band)

    def _lead(self, band: QWidget) -> None:
        """Tab comes to what a band offers before it comes to the fields."""
        tab_through((self.outline, *stops(band)))

    def _take_draft(self) -> None:
        draft = self._offered or {}
        self._offer(draft.get(BEFORE))
        self.restore(draft)
        self.focus_first()

    def _forget_draft(self) -> None:
        self._offer((self._offered or {}).get(BEFORE))
        if self._dirty:
            self.keep_draft()
        else:
            self.drop_draft()

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Show what a draft kept, on top of what is there."""
        self.body.build_all()
        boxes = self.body.boxes
        for name, value in draft.get("values", {}).items():
            if name in boxes:
                boxes[name].put_value(value)
        for name, typed in draft.get("typed", {}).items():
            if name in boxes:
                boxes[name].put(typed)
        for name, drafted in draft.get("rows", {}).items():
            if name in self.body.rows:
                self.body.rows[name].restore(drafted)
        self.body.reveal_filled()
        self.count()

    def keep_draft(self) -> None:
        """Put what is typed aside inside the store."""
        self._rest.stop()
        self.count()
        if self._dirty and not self._saving:
            self._drafts.keep(self.typed_so_far(), self._draft_kept, self._draft_failed)

    def drop_draft(self) -> None:
        """Forget what was put aside of this form; an older draft that is still offered stays."""
        if self._offered:
            self._drafts.keep(dict(self._offered), lambda: None, self._draft_failed)
        else:
            self._drafts.drop()

    def _draft_kept(self) -> None:
        if shiboken6.isValid(self):
            self.draft_said.emit(f"草稿已保存 {QTime.currentTime().toString('HH:mm')}")

    def _draft_failed(self, _problem: BaseException) -> None:
        if shiboken6.isValid(self):
            self.draft_said.emit("草稿没能保存，请先不要关闭窗口。")

    def save(self) -> None:
        """Check and save; problems go under their fields and the first gets the keyboard."""
        if self._saving:
            return
        if unread := self.body.unreadable():
            self.body.focus(unread[0])
            self.count()
            return
        self._rest.stop()
        self._set_saving(True)
        desk, form = self.desk, self.form
        typed, rows = self.body.typed(), self.body.row_inputs()
        drafts, unanswered = self._drafts, self._offered
        jobs.start(
            self,
            lambda _task: drafts.saving(lambda: _saved(desk, form, typed, rows), unanswered),
            done=self._done,
            failed=self._refused,
        )

    def _set_saving(self, saving: bool) -> None:
        self._saving = saving
        self.saving.emit(saving)

    def _done(self, saved: Saved) -> None:
        self._dirty = False
        self._set_saving(False)
        self.saved.emit(saved)

    def _refused(self, problem: BaseException) -> None:
        self._set_saving(False)
        if self._dirty:
            self._rest.start()
        if isinstance(problem, FormRefused):
            self.show_problems(problem.problems)
        else:
            messages.show_problem(problem, self)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Put each sentence under its field; what has no field here is told in a dialog."""
        homeless = self.body.show_problems(problems)
        self.count()
        if homeless:
            messages.tell(self, homeless[0], "已填的内容还在，请改好后再保存。")

    def focus_field(self, name: str) -> bool:
        """Bring a field into sight and give it the keyboard; False when the form has no such field."""
        return self.body.focus_name(name)

    def focus_first(self) -> None:
        """Give the keyboard to the first field."""
        boxes = self.body.boxes
        open_ones = [name for name, box in boxes.items() if not box.control.property("readOnly")]
        empty = [name for name in open_ones if self.form.new and not boxes[name].filled]
        for name in (empty or open_ones)[:1]:
            self.body.focus_name(name)
        self.body.verticalScrollBar().setValue(0)

    def show_elsewhere(self, band: QWidget) -> None:
        """Say above the form that the record changed elsewhere; a newer band replaces an older one."""
        if self._elsewhere:
            self._elsewhere.hide()
            self._elsewhere.deleteLater()
        self._elsewhere = band
        self.body.bands.insertWidget(0, band)
        self._lead(band)
        self.body.verticalScrollBar().setValue(0)

    def touches(self, changes: Changes) -> bool:
        """Could these changes be about what this form shows?"""
        if self.form.new or self._saving:
            return False
        mine = {self.form.id, *(row.id for rows in self.form.rows.values() for row in rows)}
        return changes.many or any(mine & ids for ids in changes.ids.values())

    def set_compact(self, width: WidthClass) -> None:
        """The outline goes first when room is short."""
        self.outline.setVisible(len(self.body.shown) > 1 and not width.steps)

    def go_to_section(self, number: int) -> None:
        """Bring a section to the top and give its first field the keyboard."""
        if not 0 <= number < len(self.body.shown):
            return
        self.body.build_all()
        part = self.body.shown[number]
        self._picking = True
        self.body.focus_name(part.names[0])
        self.body.widget().layout().activate()
        self.body.verticalScrollBar().setValue(part.card.y())
        self.outline.set_current(number)
        self._picking = False

    def _follow_scroll(self) -> None:
        if not self._picking:
            top = self.body.verticalScrollBar().value() + px(80)
            above = [number for number, part in enumerate(self.body.shown) if part.card.y() <= top]
            self.outline.set_current(above[-1] if above else 0)

    def _follow_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None or self._picking or not self.body.isAncestorOf(now):
            return
        for number, part in enumerate(self.body.shown):
            if part.card.isAncestorOf(now):
                self.outline.set_current(number)

    def count(self) -> None:
        """Say in the outline how much of each section is filled in, and where to look again."""
        for number, part in enumerate(self.body.shown):
            filled, fields, errors, doubts = self.body.tell(part)
            if errors:
                self.outline.set_note(number, f"{errors}处请核对", "danger")
            elif doubts:
                self.outline.set_note(number, f"{doubts}处待核", "warn")
            else:
                self.outline.set_note(number, f"{filled}/{fields}", done=filled == fields)


def _saved(desk: Desk, form: Form, typed: Mapping[str, Any], rows: Mapping[str, Sequence[RowInput]]) -> Saved:
    """A supervisor, who may write nothing else of a record, writes the remark."""
    if set(typed) == {REMARK} and not rows and not allowed(desk.actor, "save_form", kind=form.kind):
        return remark(desk, form, str(typed[REMARK]))
    return save_form(desk, form, typed, rows)
