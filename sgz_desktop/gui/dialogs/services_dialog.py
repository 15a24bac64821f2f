"""批量记服务: one service for many volunteers: what it was at the left, who took part at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import forms, volunteers
from sgz_desktop.actions.choices import form_choices
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, FormRefused
from sgz_desktop.actions.volunteers import Entered, Helper
from sgz_desktop.domain import days
from sgz_desktop.domain.fields import Problem
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.controls import Choices
from sgz_desktop.gui.forms import RecordForm
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.undo import CAN_UNDO, offer_undo
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import Choice, LineEdit
from sgz_desktop.gui.widgets.labels import label
from sgz_desktop.gui.widgets.record_list import ListRow
from sgz_desktop.gui.widgets.search_box import SearchBox
from sgz_desktop.gui.widgets.tick_list import TickList

Done = Callable[[str, Any], None]
"""(sentence for the toast, undo or None)"""
TITLE = "批量记服务"
SHARED = ("date", "served", "what", "place", "village", "activity", "proved_by", "on_platform")
HIDDEN = frozenset({"volunteer", "team", "visit", "source_line"})
EVERYONE = ("", "全部服务队")
MOST_HEIGHT, FRAME = 690, 78  # of the 696 a screen of 768 leaves; what title bar and task bar take
HOURS = "这位的时长"
HOW = "不一样的才填；写了就算勾选。"
NOBODY = "还没有勾选志愿者，没有保存。"


class ServicesDialog(QDialog):
    """`done` is called after the commit, with what was saved and how to take it back."""

    def __init__(
        self,
        owner: QWidget,
        desk: Desk,
        form: Form,
        options: Mapping[str, list[tuple[str, str]]],
        helpers: Sequence[Helper],
        done: Done,
    ) -> None:
        super().__init__(owner.window())
        self._desk, self._owner, self._told = desk, owner, done
        self._helpers, self._day = tuple(helpers), str(form.values.get("date") or "")
        self.setWindowTitle(TITLE)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(14))
        column.setSpacing(px(Space.S))
        parts = QHBoxLayout()
        parts.setSpacing(px(Space.M))
        choices = Choices(options, today=desk.today())
        self.form = RecordForm(desk, form, choices, layout=(("服务", SHARED),), hidden=HIDDEN)
        self.form.edited.connect(self._day_may_differ)
        parts.addWidget(self.form, 5)
        parts.addLayout(self._who(), 6)
        column.addLayout(parts, 1)
        column.addLayout(self._foot())
        self._show()
        self.form.focus_field("served")
        room = self.screen().availableGeometry()
        most = min(MOST_HEIGHT, room.height() - FRAME)
        self.setMaximumHeight(most)
        self.resize(min(px(1040), room.width() - 2 * px(Space.M)), min(px(620), most))

    def _who(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(px(Space.S))
        top = QHBoxLayout()
        self.search = SearchBox("找志愿者：姓名或村")
        self.search.asked.connect(lambda _text: self._show())
        teams = sorted({(one.team, one.team_name) for one in self._helpers if one.team_name})
        self.team = Choice([EVERYONE, *teams], value="")
        self.team.setAccessibleName("服务队")
        self.team.setMinimumWidth(px(170))
        self.team.changed.connect(self._show)
        self.team.setVisible(bool(teams))
        top.addWidget(self.search, 1)
        top.addWidget(self.team)
        side.addLayout(top)
        self.list = TickList("参加的志愿者")
        self.list.ticked.connect(self._keep)
        self.list.opened.connect(lambda id: self.list.tick([id], id not in self.list.on))
        side.addWidget(self.list, 1)
        side.addWidget(self._hours())
        self.chosen: dict[str, None] = {}
        self._showing = False
        return side

    def _hours(self) -> FieldFrame:
        """Below the list: hours of the volunteer in front, where they are not those of all."""
        self.own: dict[str, str] = {}
        self._at = ""
        self.hours = LineEdit("与左边相同")
        self.hours_of = FieldFrame(HOURS, self.hours, hint=HOW)
        self.hours.changed.connect(self._keep_hours)
        self.hours.left.connect(self._show)
        self.list.picked.connect(lambda id: self._turn_to(str(id)))
        return self.hours_of

    def _turn_to(self, id: str) -> None:
        name = next((one.name for one in self._helpers if one.id == id), "")
        self._at = ""  # what is put there now is nobody's typing
        self.hours.set_value(self.own.get(id, ""))
        self._at = id
        self.hours_of.title.setText(f"{name}的时长" if name else HOURS)
        self.hours.setAccessibleName(f"{name}的时长")
        self.hours_of.set_error("")

    def _keep_hours(self) -> None:
        """Whoever has hours of their own took part."""
        if not self._at:
            return
        self.own[self._at] = str(self.hours.value() or "").strip()
        if self.own[self._at]:
            self.list.tick([self._at])

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        self.hint = label("空格勾选，Ctrl+A全部勾选", "caption", "muted")
        foot.addWidget(self.hint, 1)
        foot.addWidget(button("返回", on_click=self.reject))
        self.save = button("保存", "primary", "check", self._save, key="Ctrl+S")
        foot.addWidget(self.save)
        QShortcut("Ctrl+Return", self, self.save.click)
        return foot

    def _shown(self) -> list[Helper]:
        text, team = self.search.text().strip(), str(self.team.value() or "")
        return [
            one
            for one in self._helpers
            if (not team or one.team == team) and (text in one.name or text in one.village)
        ]

    def _show(self) -> None:
        """Show those looked for; who is ticked stays so while others are looked for."""
        shown, self._showing = self._shown(), True
        self.list.set_rows([one.id for one in shown], [_row(one, self.own.get(one.id, "")) for one in shown])
        self.list.tick([one.id for one in shown if one.id in self.chosen])
        self._showing = False
        self._count()

    def _keep(self) -> None:
        if self._showing:
            return
        shown = {one.id for one in self._shown()}
        kept = {id: None for id in self.chosen if id not in shown}
        self.chosen = kept | dict.fromkeys(self.list.chosen())
        self._count()

    def _count(self) -> None:
        count = len(self.chosen)
        words = f"记{count}人" if count else "保存"
        self.save.setText(words)
        self.save.setAccessibleName(words)

    def _day_may_differ(self) -> None:
        """What is written down of another day already is read again."""
        try:
            typed = str(self.form.body.boxes["date"].typed() or "")
            day = days.tidy_day(typed, self._desk.today()) if typed else ""
        except ValueError:
            return
        if day == self._day or not days.is_whole(day):
            return
        self._day, desk = day, self._desk
        jobs.start(self, lambda _task: volunteers.helpers_on(desk, day), done=self._take, key="helpers")

    def _take(self, helpers: Sequence[Helper]) -> None:
        self._helpers = tuple(helpers)
        here = {one.id for one in helpers}
        self.chosen = {id: None for id in self.chosen if id in here}
        self._show()

    def _save(self) -> None:
        if not self.chosen:
            messages.tell(self, NOBODY, "请用空格勾选，再保存。")
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        desk, each = self._desk, [(id, self.own.get(id, "")) for id in self.chosen]
        shared = {**self.form.form.values, **self.form.body.typed()}
        self.save.set_busy("正在保存")
        jobs.start(
            self,
            lambda _task: volunteers.enter_services(desk, shared, each),
            done=self._saved,
            failed=self._refused,
            key="services",
        )

    def _refused(self, problem: BaseException) -> None:
        self.save.set_busy("")
        self._count()
        if isinstance(problem, FormRefused):
            self._point_at(problem.problems)
            self.form.show_problems(problem.problems)
        else:
            messages.show_problem(problem, self)

    def _point_at(self, problems: Sequence[Problem]) -> None:
        """Bring the first volunteer something is said of to the front."""
        for one in problems:
            each, _, rest = one.field.partition(".")
            place, _, field = rest.partition(".")
            if each == "each" and place.isdecimal():
                self.list.set_current([*self.chosen][int(place)])
                if field == "served":
                    self.hours_of.set_error(one.sentence)
                return

    def _saved(self, found: Entered) -> None:
        self.form.drop_draft()
        self.accept()
        words = f"已记{found.people}人，共{days.show_minutes(found.minutes)}。{CAN_UNDO}"
        offer_undo(self._owner, self._desk, self._told, words, found.changes.edit)


def _row(one: Helper, own: str) -> ListRow:
    facts = "　".join(filter(None, (one.village, one.team_name)))
    return ListRow(one.name or "（姓名未填）", facts, second=one.done, due=f"本次{own}" if own else "")


def enter_services(owner: QWidget, desk: Desk, done: Done, values: Mapping[str, Any] | None = None) -> None:
    """Open the dialog; `values` are known beforehand (activity, date)."""
    given = {"date": desk.today(), **(values or {})}

    def load() -> tuple[Form, Any, Sequence[Helper]]:
        form = forms.new_form(desk, "volunteer_service", given)
        return form, form_choices(desk, form), volunteers.helpers_on(desk, str(given["date"]))

    def show(found: tuple[Form, Any, Sequence[Helper]]) -> None:
        dialog = ServicesDialog(owner, desk, *found, done)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    jobs.start(owner, lambda _task: load(), done=show, key="services-dialog")
