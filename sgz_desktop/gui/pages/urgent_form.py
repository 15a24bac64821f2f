"""One mandatory report: numbers to call, one press to write a call down, and the facts when there is time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form
from sgz_desktop.domain import urgent
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.urgent import ReportNumber
from sgz_desktop.gui.field_boxes import FieldBox
from sgz_desktop.gui.record_page import RecordPage
from sgz_desktop.gui.row_boxes import RowsBox
from sgz_desktop.gui.theme import px
from sgz_desktop.gui.widgets.buttons import Button, button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.flow import Flow
from sgz_desktop.gui.widgets.labels import label

FIRST = "先打电话，再填表。每一项都可以以后补，现在就能保存。"
HINT = "打完按一下号码，时间就记下来了。"


class NumbersCard(Card):
    """Each number is a button that writes the call down."""

    def __init__(self, called: Callable[[ReportNumber], object]) -> None:
        super().__init__(margin=12)
        self._called = called
        self.buttons: list[Button] = []
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(label(FIRST, "body_bold", "danger", wrap=True))
        self.told = label(HINT, "second", "plain", wrap=True)
        words.addWidget(self.told)
        self.add(words)
        self._place = QWidget()
        self._flow = Flow(self._place)
        self.add(self._place)

    def show_numbers(self, numbers: Sequence[ReportNumber]) -> None:
        """110 first; the rest as they were given."""
        while item := self._flow.takeAt(0):
            item.widget().deleteLater()
        self.buttons = []
        for place, number in enumerate(numbers):
            kind = "danger" if place == 0 else "secondary"
            words = f"{number.phone} {number.unit}"
            made = button(words, kind, "phone", partial(self._called, number))
            made.setAccessibleName(f"记下已拨{number.unit}{number.phone}")
            self.buttons.append(made)
            self._flow.addWidget(made)


class UrgentForm(RecordPage):
    """The report as a form; `show_numbers` fills the numbers above it."""

    def __init__(self, desk: Desk, open_form: Callable[[], Form]) -> None:
        self.numbers = NumbersCard(self.called)
        super().__init__(
            desk, open_form, title="紧急报告", focus="calls", above=self.numbers, save_words="保存报告"
        )
        self.ready.connect(self._listen)

    def show_numbers(self, numbers: Sequence[ReportNumber]) -> None:
        """Numbers of the country and of the station."""
        self.numbers.show_numbers(numbers)
        if self.numbers.buttons:
            self.numbers.buttons[0].setFocus()

    def _listen(self) -> None:
        if self.form:
            self.form.edited.connect(self._tell)
            self._tell()
        if self.numbers.buttons:
            self.numbers.buttons[0].setFocus()

    def called(self, number: ReportNumber) -> None:
        """Write down that this number was called just now."""
        calls = self._calls()
        if calls is None:
            return
        box = calls.add()
        now = {"called_on": self.desk.today(), "called_time": self.desk.clock()}
        values = {"unit": number.unit, "unit_sort": number.sort, "phone": number.phone, **now}
        for name, value in values.items():
            if value:
                box.boxes[name].put(value)
        box.boxes["who"].control.setFocus()
        self._tell()

    def _calls(self) -> RowsBox | None:
        rows = self.form.body.rows.get("calls") if self.form else None
        return rows if isinstance(rows, RowsBox) else None

    def _tell(self) -> None:
        """How long it took, as it stands in the form."""
        calls = self._calls()
        if self.form is None or calls is None or not calls.boxes:
            self.numbers.told.setText(HINT)
            return
        fields = self.form.body.all_boxes()
        found = _stored(fields["found_on"]), _stored(fields["found_time"])
        moments = [
            (_stored(row.boxes["called_on"]), _stored(row.boxes["called_time"])) for row in calls.boxes
        ]
        minutes = urgent.elapsed(found, moments)
        self.numbers.told.setText(urgent.elapsed_words(minutes, len(moments)))


def _stored(box: FieldBox) -> Wire:
    """What stands in a field, as it would be stored; None where it cannot be read."""
    try:
        return box.question.kind.tidy(box.typed()) if box.typed() else None
    except ValueError:
        return None
