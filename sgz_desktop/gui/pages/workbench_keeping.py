"""The last two cards of the first page: the year's goals or the open cases, and 保管."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions.cases import CaseLine
from sgz_desktop.actions.contract_year import ContractYear
from sgz_desktop.actions.figures import Compared, Rules
from sgz_desktop.actions.workbench import Keeping
from sgz_desktop.domain import days
from sgz_desktop.gui.pages.workbench_cards import AGAIN, FAILED, PartCard
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets import bars
from sgz_desktop.gui.widgets.buttons import button, link
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.circle_icon import CircleIcon
from sgz_desktop.gui.widgets.due_rows import Due, DueRows
from sgz_desktop.gui.widgets.labels import Elided, label, rule

MOST_GOALS = MOST_CASES = 5
BACKUP_LATE_DAYS = 7


class GoalsCard(PartCard):
    """年度目标: what is reached and, as a mark, what the calendar asks for by now."""

    def __init__(self) -> None:
        super().__init__("年度目标", bars.BulletBars("年度目标"), "还没有定年度目标，可以在合同里填。")
        self._month = ""
        self._contract = ""
        self._keys: list[str] = []
        self.plot.opened.connect(self._open)

    def _open(self, number: int) -> None:
        if self._contract:
            self.opened.emit("station", {"contract": self._contract, "goal": self._keys[number]})
        else:
            self.opened.emit("reports", self._month)

    def rows_of(self, found: Any, today: str) -> list[bars.Bullet]:
        self._contract = found.year.id if isinstance(found, ContractYear) else ""
        return (
            self._of_contract(found) if isinstance(found, ContractYear) else self._of_settings(found, today)
        )

    def _of_contract(self, found: ContractYear) -> list[bars.Bullet]:
        """The targets of the contract, those furthest behind first."""
        self.facts.setText(f"{days.show_day(found.year.first)}起，竖线是应到进度")
        goals = [one for one in found.goals if one.figure]
        goals.sort(key=lambda one: (not one.pace.behind, (one.pace.done - one.pace.expected) / one.pace.goal))
        self._keys = [one.key for one in goals[:MOST_GOALS]]
        return [
            bars.Bullet(one.title, int(one.pace.done), one.pace.goal, one.pace.expected, one.unit)
            for one in goals[:MOST_GOALS]
        ]

    def _of_settings(self, found: tuple[Rules, list[Compared]], today: str) -> list[bars.Bullet]:
        own, rows = found
        self._month = today[:7]
        span = own.year_so_far(self._month)
        gone = _part_of_year(span.first, today)
        self.facts.setText(f"{days.show_day(span.first)}起，竖线是应到进度")
        return [
            bars.Bullet(row.now.title, int(row.year or 0), goal, goal * gone, row.now.unit)
            for row in rows
            if (goal := row.target) and row.year is not None
        ][:MOST_GOALS]


def _part_of_year(first: str, today: str) -> float:
    start = date.fromisoformat(first)
    return min(((date.fromisoformat(today) - start).days + 1) / 365, 1.0)


class CasesCard(PartCard):
    """个案一览, where no yearly goals are set: high risk first, then the longest without a record."""

    def __init__(self) -> None:
        see = link("全部", lambda: self.opened.emit("cases", None))
        super().__init__(
            "个案一览", DueRows("个案一览"), "还没有个案。走访中发现需要，可从那里开个案。", action=see
        )
        self._shown: list[CaseLine] = []
        self.plot.opened.connect(lambda number: self.opened.emit("cases", self._shown[number].id))

    def rows_of(self, found: Sequence[CaseLine], today: str) -> list[Due]:
        open_now = [row for row in found if row.open]
        high = sum(row.risk == "high" for row in open_now)
        self.facts.setText(f"在办{len(open_now)}个" + (f"，高风险{high}个" if high else ""))
        self._shown = sorted(open_now, key=lambda row: (row.risk != "high", row.last_on or ""))[:MOST_CASES]
        return [
            Due(
                row.stage_label,
                "alert" if row.risk == "high" else "case",
                row.name,
                "高风险" if row.risk == "high" else row.topic,
                f"{row.last_words}有记录" if row.last_on else "还没有记录",
                alarm=row.risk == "high",
            )
            for row in self._shown
        ]


class KeepingRow(QWidget):
    """An icon, a bold line with one under it, and what can be done at the right."""

    def __init__(self, icon: str, words: str, does: str, act: Callable[[], object]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, px(3), 0, px(3))
        row.setSpacing(px(Space.M))
        self.icon = CircleIcon(icon)
        row.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignVCenter)
        text = QVBoxLayout()
        text.setSpacing(0)
        self.title, self.second = Elided(words, "body_bold"), Elided("", "second", "plain")
        for line in (self.title, self.second):  # aligned: else the shorter one narrows the longer
            text.addWidget(line, 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(text, 1)
        row.addStretch(0)
        self.button = button(does, on_click=act, small=True)
        row.addWidget(self.button)

    def say(self, words: str, second: str, *, calm: bool) -> None:
        """Other words; what is not calm has a warm circle."""
        self.title.setText(words)
        self.second.setText(second)
        self.second.setVisible(bool(second))
        self.icon.set_tone("brand" if calm else "warn")
        self.button.setAccessibleName(f"{self.button.words()}：{words}")


class KeepingCard(Card):
    """保管: backup, drafts, papers to be signed, values that differ."""

    backup = Signal()
    drafts = Signal()
    unsigned = Signal()
    conflicts = Signal()
    part = "keeping"

    def __init__(self) -> None:
        super().__init__("保管")
        self.rows = {
            "backup": KeepingRow("disk", "备份", "备份", self.backup.emit),
            "drafts": KeepingRow("edit", "草稿", "接着写", self.drafts.emit),
            "unsigned": KeepingRow("print", "待签文书", "查看", self.unsigned.emit),
            "conflicts": KeepingRow("alert", "两个值", "核对", self.conflicts.emit),
        }
        self.rows["conflicts"].hide()
        for name in ("drafts", "unsigned"):
            self.rows[name].button.hide()  # until there is something to go on with
        self._rules = {name: rule() for name in self.rows}
        for name, row in self.rows.items():
            self.add(self._rules[name])
            self.add(row)
        self._rules["backup"].hide()
        self._rules["conflicts"].hide()
        self.note = label("", "second", "warn", wrap=True)
        self.add(self.note)
        self.note.hide()
        self.body.addStretch(1)

    def show_part(self, found: Keeping, today: str) -> None:
        """Show what was read."""
        self._show_backup(found, today)
        drafts, unsigned = self.rows["drafts"], self.rows["unsigned"]
        words = f"{found.drafts}份草稿没写完" if found.drafts else "草稿都写完了"
        drafts.say(words, "写到一半的内容都在" if found.drafts else "", calm=not found.drafts)
        drafts.button.setVisible(bool(found.drafts))
        words = f"{found.unsigned}份文书待签" if found.unsigned else "没有待签的文书"
        unsigned.say(words, "签好后扫描归入" if found.unsigned else "", calm=not found.unsigned)
        unsigned.button.setVisible(bool(found.unsigned))
        self.rows["conflicts"].say(f"有{found.conflicts}处两个值", "都已保留，请在数据核对单选定", calm=False)
        for one in (self._rules["conflicts"], self.rows["conflicts"]):
            one.setVisible(bool(found.conflicts))
        self.note.hide()

    def _show_backup(self, found: Keeping, today: str) -> None:
        age = found.backup_age
        if age is None:
            self.rows["backup"].say("还没有备份过", "备份一次，电脑坏了资料也在", calm=False)
            return
        words = "今天备份过" if age == 0 else f"{age}天没有备份"
        last = f"上次{days.short_day(found.backup_day, today)}" if age else ""
        self.rows["backup"].say(words, last, calm=age < BACKUP_LATE_DAYS)

    def show_failed(self, _problem: BaseException) -> None:
        """This card alone has nothing to show."""
        for row in self.rows.values():
            row.button.setEnabled(False)
        self.note.setText(FAILED + AGAIN)
        self.note.show()
