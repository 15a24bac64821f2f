"""A record on a page of its own: head with 返回 and 保存, the form, its drafts; used by every section.

    page = RecordPage(desk, lambda: cases.new_paper(desk, case_id, "assessment"), title="需求评估",
                      facts="甲某·个案2026-A007", hidden=frozenset({"case"}))
    page.saved.connect(...)    # actions.forms.Saved, after the commit; the page stays until you take it away
    page.closed.connect(...)   # 返回, or 保存 with nothing altered; what was typed is kept as a draft

`open_form` runs off the GUI thread: `forms.form(desk, id, kind)` for a record on file, `forms.new_form`,
`visits.new_visit` or `cases.new_paper` for a new one. Put it into a stack, forward `on_changes`, `flush`
and `set_compact`, and remove it with `deleteLater()` when `saved` or `closed` came (`pages.form_stack`
does all that). `side` is a panel at the right, `above` stands between head and form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.choices import form_choices
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, Saved, draft_key, find_draft
from sgz_desktop.actions.forms import form as load_form
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.local_words import titled
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import row_fields
from sgz_desktop.domain.signing import SIGNED_KINDS
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.controls import Choices
from sgz_desktop.gui.dialogs.history_dialog import show_history
from sgz_desktop.gui.files_card import FilesCard
from sgz_desktop.gui.form_bands import elsewhere_band
from sgz_desktop.gui.form_body import Layout
from sgz_desktop.gui.form_drafts import BEFORE
from sgz_desktop.gui.forms import RecordForm
from sgz_desktop.gui.organisation_search import ask_organisations
from sgz_desktop.gui.people_search import ask_people
from sgz_desktop.gui.record_print import SAVE_FIRST, prints_alone, show_alone_state, show_sheet
from sgz_desktop.gui.sheet_link import SheetLink
from sgz_desktop.gui.theme import WidthClass, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.labels import label
from sgz_desktop.gui.widgets.page_head import PageHead
from sgz_desktop.gui.widgets.scroll import Scroll

Opened = tuple[Form, Mapping[str, Sequence[tuple[str, str]]], Mapping[str, Any] | None]
SIDE_WIDTH = 296


class RecordPage(QWidget):
    """`form` is None until the record is read; `ready` says when it is there."""

    saved = Signal(object)
    closed = Signal()
    ready = Signal()

    def __init__(
        self,
        desk: Desk,
        open_form: Callable[[], Form] | None,
        *,
        title: str = "",
        facts: str = "",
        hidden: frozenset[str] = frozenset(),
        layout: Layout = (),
        optional: frozenset[str] = frozenset(),
        focus: str = "",
        save_words: str = "保存",
        side: QWidget | None = None,
        above: QWidget | None = None,
    ) -> None:
        super().__init__()
        self.desk, self._open_form = desk, open_form
        self._title, self._hidden, self._layout, self._focus = title, hidden, layout, focus
        self._optional = optional
        self._unseen = False
        self.form: RecordForm | None = None
        self._width = WidthClass.WIDE
        self._side, self._beside = side, Scroll()
        self._beside.setParent(self)
        self._beside.hide()
        self.files: FilesCard | None = None
        self.save_button = button(save_words, "primary", "check", self.save, key="Ctrl+S")
        self.save_button.setEnabled(False)
        self._build(title, facts, above)
        if open_form:
            self.load()

    def _build(self, title: str, facts: str, above: QWidget | None) -> None:
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(px(12))
        self.head = PageHead(title, facts, back=self.leave)
        self.draft_note = label("", "second", "plain")
        self.head.add_action(self.draft_note)
        self.sheet_link = SheetLink(self.desk)
        self.head.add_action(self.sheet_link)
        self.history_button = button("历史", "quiet", "clock", self.show_history, key="Alt+H")
        self.history_button.hide()
        self.head.add_action(self.history_button)
        self.sheet_button = button("打印本表", "quiet", "print", self.show_sheet, key="Ctrl+P")
        self.sheet_button.hide()
        self.head.add_action(self.sheet_button)
        self.head.add_action(self.save_button)
        self.column.addWidget(self.head)
        if above:
            self.column.addWidget(above)
        self._place = QHBoxLayout()
        self._place.setSpacing(px(12))
        self.column.addLayout(self._place, 1)

    def load(
        self,
        open_form: Callable[[], Form] | None = None,
        typed: Mapping[str, Any] | None = None,
        *,
        moved: bool = False,
    ) -> None:
        """Read the record again, or another one, and show it with `typed` (a draft's body) on top. `moved`
        words were typed for another record: the draft of this one is offered beside them."""
        self._open_form = open_form = open_form or self._open_form
        desk = self.desk
        assert open_form is not None
        jobs.start(
            self,
            lambda _task: _opened(desk, open_form()),
            done=lambda opened: self._show(opened, typed, moved),
            failed=self._failed,
            key="open",
        )

    def clear(self, instead: QWidget | None = None) -> None:
        """Take the form away and show something else in its place."""
        self._empty()
        self.form = None
        self.draft_note.setText("")
        self.save_button.setEnabled(False)
        self.history_button.hide()
        self.sheet_button.hide()
        self.sheet_link.offer(None)
        if instead:
            self._place.addWidget(instead, 1)

    def _failed(self, problem: BaseException) -> None:
        messages.show_problem(problem, self)
        self.closed.emit()

    def _show(self, opened: Opened, typed: Mapping[str, Any] | None = None, moved: bool = False) -> None:
        form, options, draft = opened
        if typed and not moved:
            draft = typed.get(BEFORE)
        people, organisations = ask_people(self, self.desk), ask_organisations(self, self.desk)
        choices = Choices(options, people, self.desk.today(), organisations)
        made = RecordForm(
            self.desk,
            form,
            choices,
            hidden=self._hidden,
            layout=self._layout,
            optional=self._optional,
            draft=draft,
            home=self,
        )
        made.saving.connect(self._set_saving)
        made.saved.connect(self.saved)
        made.draft_said.connect(self.draft_note.setText)
        made.edited.connect(lambda: self.draft_note.setText(""))
        self._put(made)
        if typed:
            made.restore(typed)
        self.save_button.setEnabled(True)
        self.sheet_link.offer(form)
        self.history_button.setVisible(not form.new and allowed(self.desk.actor, "record_history"))
        self.sheet_button.setVisible(prints_alone(self.desk, made))
        show_alone_state(self.head, made, self.desk)
        self.draft_note.setText("")
        if not self._title:
            self.head.set_title(titled(form.kind), self.head.facts.text())
        self._unseen = not self.isVisible()
        if not self._unseen:
            self._take_keyboard(made)
        self.ready.emit()

    def _take_keyboard(self, form: RecordForm) -> None:
        if not (self._focus and form.focus_field(self._focus)):
            form.focus_first()

    def showEvent(self, event: QShowEvent) -> None:
        """A form that was read behind another page takes the keyboard when it comes to the front."""
        super().showEvent(event)
        if self._unseen and self.form:
            self._unseen = False
            self._take_keyboard(self.form)

    def _empty(self) -> None:
        if self._side is not None:
            self._beside.takeWidget()
            self._side.setParent(self)
            self._side.hide()
            self._beside.hide()
        while item := self._place.takeAt(0):
            old = item.widget()
            if old and old is not self._beside:
                old.hide()
                old.deleteLater()

    def _put(self, made: RecordForm) -> None:
        self._empty()
        self.form = made
        self._place.addWidget(made, 1)
        self._put_files(made)
        self.set_compact(self._width)

    def _put_files(self, made: RecordForm) -> None:
        """Photos and scans of a record on file stand below its fields."""
        kind = made.form.kind
        holds = kind in SIGNED_KINDS or "attachments" in row_fields(BY_KIND[kind])
        if not made.form.new and holds:
            self.files = FilesCard(self.desk, made.form.id)
            made.body.body.insertWidget(made.body.body.count() - 1, self.files)
            made.body.last = self.files.add_button

    def _set_saving(self, saving: bool) -> None:
        self.save_button.set_busy("正在保存" if saving else "")

    def save(self) -> None:
        """Save and emit `saved`; with nothing altered just close."""
        if self.form is None:
            return
        if self.form.altered:
            self.form.save()
        else:
            self.closed.emit()

    def show_history(self) -> None:
        """Who changed what of the record, when and why."""
        if self.form and not self.form.form.new:
            kind = self.form.form.kind
            facts = self.head.facts.text()
            what = "，".join(filter(None, (titled(kind), facts)))
            show_history(self, self.desk, kind, self.form.form.id, what)

    def show_sheet(self) -> None:
        """The record as a paper of its own; what is typed and not saved would be missing on it."""
        if self.form is None:
            return
        if self.form.altered:
            self.draft_note.setText(SAVE_FIRST)
            return
        show_sheet(self, self.desk, self.form.form.kind, self.form.form.id, self.head.facts.text())

    def leave(self) -> None:
        """返回: what is typed is kept as a draft."""
        self.flush()
        self.closed.emit()

    def flush(self) -> None:
        """Keep the draft now."""
        if self.form:
            self.form.keep_draft()

    def on_changes(self, changes: Changes) -> None:
        """Records changed: an untouched form reads again, one being edited only says so."""
        if self.form and self.form.touches(changes):
            self.read_again()

    def read_again(self) -> None:
        """The record, or rows of it, may stand differently by now."""
        form = self.form
        if form is None or form.form.new:
            return
        desk, id, kind = self.desk, form.form.id, form.form.kind
        jobs.start(
            self,
            lambda _task: _opened(desk, load_form(desk, id, kind)),
            done=lambda opened: self._changed(form, opened),
            key="changes",
        )

    def _changed(self, form: RecordForm, opened: Opened) -> None:
        if form is not self.form or _same(form.form, opened[0]):
            return
        if not form.dirty:
            self._show(opened)
            return
        form.show_elsewhere(elsewhere_band(lambda: self._show(opened, form.typed_so_far())))

    def set_compact(self, width: WidthClass) -> None:
        """Fold for a width class."""
        self._width = width
        if self.form:
            self.form.set_compact(width)
            self._put_side(self.form, self._side)

    def _put_side(self, form: RecordForm, side: QWidget | None) -> None:
        """The panel stands at the right and scrolls, or under the last section when room is short."""
        if side is None:
            return
        self._beside.setVisible(not self._width.stacked)
        if self._width.stacked:
            self._beside.takeWidget()
            form.body.body.insertWidget(form.body.body.count() - 1, side)
        else:
            self._beside.setFixedWidth(px(SIDE_WIDTH))
            self._beside.setWidget(side)
            self._place.addWidget(self._beside)
        side.show()


def called(page: RecordPage) -> str:
    """The name of the person, or the number of the household, whose record stands in a form."""
    values = page.form.form.values if page.form else {}
    return str(values.get("name") or values.get("number") or "")


def saved_sentence(saved: Saved) -> str:
    """What to say after a save: that it is kept, what is doubtful, what somebody else changed meanwhile."""
    if saved.changes.conflicts:
        return "已保存。刚有人也改过同一项，两个值都已保留。"
    if saved.marks:
        more = f"等{len(saved.marks)}处" if len(saved.marks) > 1 else ""
        return f"已保存，标为待核：{saved.marks[0].sentence.rstrip('。')}{more}。"
    return "已保存。"


def _opened(desk: Desk, form: Form) -> Opened:
    draft = find_draft(desk, form.kind, draft_key(form))
    return form, form_choices(desk, form), draft.body if draft else None


def _same(one: Form, other: Form) -> bool:
    return (one.values, one.seen, one.rows) == (other.values, other.seen, other.rows)
