"""记走访: whom, who was seen, whether anything changed; the rest below for those who want to write more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sgz_desktop.actions import forms, visits
from sgz_desktop.actions.choices import record_words
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form
from sgz_desktop.actions.visits import VisitBeside
from sgz_desktop.domain import days
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.records.occasion import CASEWORK
from sgz_desktop.domain.visit_pages import PAGES, TITLES
from sgz_desktop.gui import jobs
from sgz_desktop.gui.dialogs.delete_dialog import DeleteDialog
from sgz_desktop.gui.forms import RecordForm
from sgz_desktop.gui.people_search import ask_people
from sgz_desktop.gui.record_page import RecordPage
from sgz_desktop.gui.seen_box import SeenBox
from sgz_desktop.gui.theme import Height, Space, WidthClass, px
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.labels import keycap, label, paragraph
from sgz_desktop.gui.widgets.person_picker import PersonPicker

LAYOUT = (
    (
        "这次走访",
        (
            "date",
            "mode",
            "met",
            "not_met_reason",
            "presences",
            "change",
            "companions",
            "changes",
            "facts",
            "purposes",
            "case",
            "next_on",
        ),
    ),
    ("时间和社工", ("start_time", "end_time", "worker", "signature")),
    (
        "看到的情况",
        ("environment", "hazards", "body_state", "mind_state", "needs", "needs_told", "category_notes"),
    ),
    *((TITLES[page], fields) for page, fields in PAGES.items()),
    ("告知与处理", ("policy_told", "benefits_arrived", "outcomes", "handling", "goods", "safety_note")),
    ("个案服务", (*(name for name in CASEWORK if name not in ("facts", "progress")), "progress")),
    ("督导", ("supervisor_remark",)),
)
INJURY = "看到伤痕，请按F8紧急报告。"
HIDDEN = frozenset({"household", "person"})
CARRIED = ("date", "mode", "companions", "purposes", "worker")  # what the slips of one day have in common
NEXT_KEYS = "Ctrl+Return"
KEYS = (("Enter", "选定"), ("空格", "勾选"), ("Tab", "下一项"), ("Ctrl+Enter", "保存并记下一户"))


class VisitForm(RecordPage):
    """A visit, new or on file. After `saved` with `wants_next` set, call `next_one`."""

    case_wanted = Signal(str)
    deleted = Signal(object)

    def __init__(self, desk: Desk, target: Mapping[str, Any]) -> None:
        self.visit = str(target.get("visit") or "")
        self.wants_next = False
        self._carried: dict[str, Wire] = {}
        self.person = str(target.get("person") or "")
        if target.get("mode"):
            self._carried["mode"] = str(target["mode"])
        self.picker = PersonPicker()
        self._whom = FieldFrame("走访谁", self.picker)
        title = "走访记录" if self.visit else "记走访"
        super().__init__(
            desk,
            None,
            title=title,
            hidden=HIDDEN,
            layout=LAYOUT,
            optional=frozenset(TITLES.values()),
            above=None if self.visit else self._top(),
        )
        self.injury = Band(INJURY, "danger")
        self.injury.hide()
        self.column.insertWidget(self.column.count() - 1, self.injury)
        self._facts = self._entered = ""
        self._listen()
        self._start(target)

    def _top(self) -> QWidget:
        card = Card(margin=12)
        row = QHBoxLayout()
        row.setSpacing(px(Space.L))
        row.addWidget(self._whom, 3)
        keys = QHBoxLayout()
        above = self._whom.title.sizeHint().height() + px(4)  # beside the field, not its label
        keys.setContentsMargins(0, above, 0, 0)
        keys.setSpacing(px(6))
        for cap, says in KEYS:
            keys.addWidget(keycap(cap))
            keys.addWidget(label(says, "second", "muted"))
        keys.addStretch(1)
        self._keys = QWidget()
        self._keys.setFixedHeight(above + px(Height.CONTROL))
        self._keys.setLayout(keys)
        row.addWidget(self._keys, 4, Qt.AlignmentFlag.AlignTop)
        card.add(row)
        return card

    def _listen(self) -> None:
        self.picker.set_ask(ask_people(self.picker, self.desk))
        self.picker.picked.connect(self._picked)
        self.picker.nobody.connect(
            lambda text: self._whom.set_warning(f"没有找到“{text}”，可换拼音首字母再找。")
        )
        self.picker.changed.connect(lambda: self._whom.set_warning(""))
        self.ready.connect(self._arrived)

    def _start(self, target: Mapping[str, Any]) -> None:
        if self.visit:
            self._add_actions()
            self.load(lambda: forms.form(self.desk, self.visit, "visit"))
            return
        self.save_next = button("保存并记下一户", on_click=self.save_and_next)
        self.head.layout().insertWidget(self.head.layout().count() - 1, self.save_next)
        key = QShortcut(QKeySequence(NEXT_KEYS), self)
        key.activated.connect(self.save_and_next)
        if target.get("person") or target.get("household"):
            self._open(str(target.get("household") or ""), self.person, str(target.get("case") or ""))
        else:
            self._ask_whom()

    def _add_actions(self) -> None:
        """What can be done with a visit on file."""
        delete = button("删除", "quiet", on_click=self._delete)
        self.case = button("开个案", icon="case", on_click=lambda: self.case_wanted.emit(self.visit))
        self.case.hide()
        place = self.head.layout().count() - 1
        self.head.layout().insertWidget(place, self.case)
        self.head.layout().insertWidget(place, delete)

    def _delete(self) -> None:
        if self.form is None:
            return
        dialog = DeleteDialog(self, self.desk, self.form.form, "走访记录")
        dialog.deleted.connect(self.deleted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_whom(self) -> None:
        hint = "先选好走访了谁，再往下写。"
        self.clear(EmptyState(hint, "visit", "输入姓名、拼音首字母或电话，回车选第一个。"))
        self.save_next.setEnabled(False)
        QTimer.singleShot(0, self.picker, lambda: self.picker.setFocus(Qt.FocusReason.TabFocusReason))

    def _picked(self, id: str) -> None:
        if id == self.person and self.form:
            self._to_seen()
            return
        typed = self._typed_for_another()
        self.person = id
        self._open("", id, "", typed)

    def _typed_for_another(self) -> dict[str, Any] | None:
        """The wrong person was chosen at first: what is typed moves over, who was seen does not."""
        if self.form is None or not self.form.dirty:
            return None
        self.form.drop_draft()
        typed = self.form.body.typed()
        return {"typed": {name: value for name, value in typed.items() if name != "case"}}

    def _open(self, household: str, person: str, case: str, typed: Mapping[str, Any] | None = None) -> None:
        desk, carried = self.desk, dict(self._carried)

        def make() -> Form:
            form = visits.new_visit(desk, household, person, case)
            return replace(form, values=form.values | carried)

        self.load(make, typed, moved=True)

    def _arrived(self) -> None:
        if self.form is None:
            return
        self._name()
        self._look_beside()
        self.form.edited.connect(self._warn_of_injury)
        self._warn_of_injury()
        if self.visit:
            self.case.setVisible(not self.form.form.values.get("case"))
        if not self.visit:
            self.save_next.setEnabled(True)
            self._to_seen()

    def _look_beside(self) -> None:
        """Ask which categories this family is of, and when the visit was entered."""
        assert self.form is not None
        form, desk = self.form, self.desk
        values = form.form.values
        seen = [str(row.values.get("person") or "") for row in form.form.rows.get("presences", ())]
        people = [one for one in (str(values.get("person") or ""), *seen) if one]
        household = str(values.get("household") or "")
        jobs.start(
            self,
            lambda _task: visits.visit_beside(desk, self.visit, household, people),
            done=lambda found: self._show_beside(form, found),
            key="beside",
        )

    def _show_beside(self, form: RecordForm, found: VisitBeside) -> None:
        if form is not self.form:
            return
        form.body.reveal({TITLES[page] for page in found.pages})
        if found.point:
            form.body.bands.addWidget(paragraph(f"服务点：{found.point}", "second", "plain"))
        day = str(form.form.values.get("date") or "")
        if found.entered and day:
            self._entered = (
                f"服务日期{_short(day, found.entered)}，录入于{_short(found.entered, found.entered)}"
            )
            self._tell_facts()

    def _warn_of_injury(self) -> None:
        """A child was hurt: say what to do, whatever else is being written."""
        box = self.form.body.boxes.get("child_injury") if self.form else None
        stored = self.form.form.values.get("child_injury") if self.form else None
        self.injury.setVisible((box.typed() if box else stored) is True)

    def _name(self) -> None:
        """Say whose visit it is, in the picker or the head."""
        assert self.form is not None
        values = self.form.form.values
        refs = [(kind, str(values[kind])) for kind in ("person", "household") if values.get(kind)]
        desk = self.desk
        jobs.start(
            self,
            lambda _task: record_words(desk, refs),
            done=lambda words: self._named(refs, words),
            key="who",
        )

    def _named(self, refs: list[tuple[str, str]], words: Mapping[str, str]) -> None:
        told = {kind: words.get(id, "（资料未到）") for kind, id in refs}
        ids = dict(refs)
        family = told.get("household", "").replace("\u3000", "，户主")
        if self.visit:
            self._facts = "·".join(one for one in (told.get("person", ""), family) if one)
            self._tell_facts()
            return
        if "person" in ids:
            self.picker.set_value(ids["person"], told["person"])
        else:
            self.picker.setText(told.get("household", ""))
        self._whom.set_hint(family or "还没有登记在哪一户，可以先记，以后补。")

    def _tell_facts(self) -> None:
        self.head.set_facts("·".join(one for one in (self._facts, self._entered) if one))

    def _to_seen(self) -> None:
        """The keyboard goes to who was seen, on the person chosen."""
        assert self.form is not None
        seen = self.form.body.rows.get("presences")
        if isinstance(seen, SeenBox):
            seen.chips.point_at(self.person)
        self.form.focus_field("presences")

    def set_compact(self, width: WidthClass) -> None:
        super().set_compact(width)
        if not self.visit:
            self._keys.setVisible(not width.stacked)

    def save(self) -> None:
        self.wants_next = False
        super().save()

    def save_and_next(self) -> None:
        """Save, then an empty form for the next slip of the day."""
        if self.form and not self.visit:
            self.wants_next = True
            super().save()

    def next_one(self) -> None:
        """After a save: the next slip, with the day and the way of the last one."""
        assert self.form is not None
        values: dict[str, Any] = {**self.form.form.values, **self.form.body.typed()}
        asked = self.form.body.boxes
        self._carried = {
            name: asked[name].question.kind.tidy(values[name]) for name in CARRIED if values.get(name)
        }
        self.person = ""
        self.picker.set_value(None)
        self._whom.set_hint("")
        self._ask_whom()


def _short(day: str, beside: str) -> str:
    """6月3日, or with its year where that is not the other day's."""
    words = days.show_day(day)
    return words.removeprefix(f"{beside[:4]}年")
