"""Which ledger or paper of the archive, of what time, village or case, and with which columns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sgz_desktop.actions.ledgers import FORMS, LedgerLine, Wanted
from sgz_desktop.domain import days
from sgz_desktop.gui.theme import px
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.inputs import Choice, Tick
from sgz_desktop.gui.widgets.labels import label, paragraph

INDEX, LABEL = "archive:index", "archive:label"
ARCHIVE = ((INDEX, "卷内目录和备考表"), (LABEL, "档案盒脊签"))
EVERYWHERE = "全部村（社区）"
PDF = "pdf"
PLAIN = "存成Excel、CSV或PDF的文件没有加密，用完请收好。"
PRIVATE = "不勾选就不带电话和证件号；带的会记入查阅记录。"
BOXED = "列出这一年结案的个案。打印后放进档案盒，签字用笔。"
MONTHS_BACK, QUARTERS_BACK, YEARS_BACK = 24, 4, 6


class LedgerChoice(Card):
    """`changed` after any choice that alters what is shown."""

    changed = Signal()

    def __init__(self, ledgers: Sequence[LedgerLine], today: str) -> None:
        super().__init__("选台账")
        self._lines = {line.name: line for line in ledgers}
        self.ledger = self._choice("台账或归档文书", [(one.name, one.title) for one in ledgers])
        for name, words in ARCHIVE:
            self.ledger.addItem(words, name)
        self.period = self._choice("哪段时间", periods(today))
        self.year = self._choice("哪一年结案", years(today))
        self.case = self._choice("哪个个案", [])
        self.village = self._choice("村（社区）", [("", EVERYWHERE)])
        self.numbers = Tick("带电话和证件号")
        self.form = self._choice("存成", [(PDF, "PDF"), *FORMS.items()])
        self.add(self.numbers)
        self.note = paragraph(PLAIN, "second", "muted")
        self.add(self.note)
        self.body.addStretch(1)
        self.ledger.set_value(ledgers[0].name if ledgers else INDEX)
        self.period.set_value(today[:7])
        self.year.set_value(today[:4])
        self.village.set_value("")
        self.form.set_value(PDF)
        self.ledger.changed.connect(self._fit)
        for one in (self.ledger, self.period, self.year, self.case, self.village, self.numbers):
            one.changed.connect(self.changed)
        self._fit()

    def _choice(self, words: str, options: Sequence[tuple[object, str]]) -> Choice:
        """A choice below its name."""
        choice = Choice(options)
        choice.setAccessibleName(words)
        choice.setMinimumWidth(px(240))
        head = label(words, "second", "plain")
        head.setBuddy(choice)
        choice.setProperty("head", head)
        self.add(head)
        self.add(choice)
        return choice

    def _fit(self) -> None:
        """Only what the ledger asks for is there."""
        line, name = self.line(), self.name()
        for widget, shown in (
            (self.period, bool(line and line.by_period)),
            (self.village, bool(line and line.by_village)),
            (self.form, line is not None),
            (self.year, line is None),
            (self.case, name == INDEX),
        ):
            widget.setVisible(shown)
            head: QWidget = widget.property("head")
            head.setVisible(shown)
        self.numbers.setVisible(bool(line and line.has_numbers))
        private = PRIVATE if line and line.has_numbers else ""
        self.note.setText(private + PLAIN if line else BOXED)

    def name(self) -> str:
        """The ledger's name, or `INDEX` or `LABEL`."""
        return str(self.ledger.value() or "")

    def ledger_title(self) -> str:
        """Its title."""
        return self.ledger.currentText()

    def line(self) -> LedgerLine | None:
        """The ledger chosen; None for a paper of the archive."""
        return self._lines.get(self.name())

    def wanted(self) -> Wanted:
        """What was chosen."""
        line = self.line()
        since, until = span(str(self.period.value() or ""))
        village = str(self.village.value() or "") if line and line.by_village else ""
        numbers = bool(line and line.has_numbers and self.numbers.value())
        return Wanted(self.name(), since, until, village, numbers)

    def told(self) -> str:
        """The time of what was chosen, for a file's name: it holds no village's or person's name."""
        line = self.line()
        return str(self.year.value() if line is None else self.period.value() if line.by_period else "")

    def show_villages(self, villages: Sequence[str]) -> None:
        """The villages one may choose from."""
        self.village.set_options([("", EVERYWHERE), *((name, name) for name in villages)])

    def show_cases(self, numbers: Sequence[str]) -> None:
        """The cases of the year; the first is chosen where the one before is not among them."""
        self.case.set_options([(number, number) for number in numbers])
        if self.case.value() is None and numbers:
            blocked = self.case.blockSignals(True)
            self.case.setCurrentIndex(0)
            self.case.blockSignals(blocked)


def periods(today: str) -> list[tuple[object, str]]:
    """This month and the last, quarters and years, then the months before."""
    months = [days.add_months(today[:7], -back) for back in range(MONTHS_BACK)]
    quarters = list(dict.fromkeys(_quarter(month) for month in months))[:QUARTERS_BACK]
    found = [*months[:2], *quarters, *(year for year, _ in years(today)), *months[2:]]
    return [(one, words(str(one))) for one in found]


def years(today: str) -> list[tuple[object, str]]:
    """This year and some before."""
    return [(str(int(today[:4]) - back), f"{int(today[:4]) - back}年") for back in range(YEARS_BACK)]


def _quarter(month: str) -> str:
    return f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}"


def words(period: str) -> str:
    """2026年6月, 2026年第2季度, 2026年."""
    return f"{period[:4]}年第{period[6:]}季度" if "Q" in period else days.show_day(period)


def span(period: str) -> tuple[str, str]:
    """The first and last day of a month, a quarter or a year; empty for nothing chosen."""
    if "Q" in period:
        last = int(period[6:]) * 3
        return days.earliest(f"{period[:4]}-{last - 2:02d}"), days.latest(f"{period[:4]}-{last:02d}")
    return (days.earliest(period), days.latest(period)) if period else ("", "")
