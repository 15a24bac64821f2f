"""按规则选: what a rule would choose, ticked; what has to be named is not; nothing is written before 选定."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from sgz_desktop.actions import conflicts
from sgz_desktop.actions.conflicts import Chosen, Doubled, Key, Preview, Would
from sgz_desktop.domain.settling import Rule, Stays
from sgz_desktop.gui.dialogs.frame import foot
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.inputs import Choice
from sgz_desktop.gui.widgets.labels import label, paragraph
from sgz_desktop.gui.widgets.record_list import ListRow
from sgz_desktop.gui.widgets.segmented import Segmented
from sgz_desktop.gui.widgets.tick_list import TickList

TITLE = "按规则选"
HINT = "打勾的会选定。风险、敏感、证件号和删除的不自动打勾，要用空格逐项点名。"
NAMED = "要点名"
WORDS = 40  # characters of a value in a row
WHY = {
    Stays.NOT_AMONG: "没有这样的值",
    Stays.CLOCKS: "几台电脑的时钟对不上，请逐项看",
    Stays.MACHINE: "由电脑登记决定",
}
Write = Callable[[Sequence[Chosen], str], object]
"""(what was chosen, the reason for the history)"""


class RuleDialog(QDialog):
    """`write(choices, reason)` once 选定 is pressed."""

    def __init__(self, owner: QWidget, rows: Sequence[Doubled], write: Write) -> None:
        super().__init__(owner.window())
        self._rows, self._write = rows, write
        self._preview = Preview(Rule.LATEST, (), ())
        self.setWindowTitle(TITLE)
        window = owner.window()
        self.resize(min(px(760), window.width() - px(40)), min(px(600), window.height() - px(30)))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(14))
        column.setSpacing(px(Space.S))
        column.addWidget(label(TITLE, "section"))
        self.rule = Segmented(list(conflicts.RULES.items()), Rule.LATEST)
        self.rule.setAccessibleName("规则")
        self.rule.changed.connect(self._show)
        self.colleague = Choice(_authors(rows))
        self.colleague.setAccessibleName("哪位同事")
        self.colleague.setCurrentIndex(0)
        self.colleague.changed.connect(self._show)
        column.addWidget(self.rule)
        column.addWidget(self.colleague)
        column.addWidget(paragraph(HINT, "second", "plain"))
        self.list = TickList("会选定的")
        self.list.ticked.connect(self._count)
        self.list.opened.connect(lambda key: self.list.tick([key], key not in self.list.on))
        column.addWidget(self.list, 1)
        self.stays = paragraph("", "second", "warn")
        column.addWidget(self.stays)
        self.go = button("选定", "primary", on_click=self.submit, key="Ctrl+S")
        column.addLayout(foot(self, self.go))
        self._show()
        self.rule.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        """What the rule would choose, were everything named."""
        rule = Rule(str(self.rule.value() or Rule.LATEST))
        self.colleague.setVisible(rule is Rule.COLLEAGUE)
        find = partial(conflicts.by_rule, self._rows, rule, str(self.colleague.value() or ""))
        self._preview = find([pair.key for row in self._rows for pair in row.pairs])
        would = self._preview.chosen
        self.list.set_rows([one.pair.key for one in would], [_row(one) for one in would])
        self.list.tick(self.list.on, on=False)
        self.list.tick([one.pair.key for one in find().chosen])
        left = Counter(WHY[one.why] for one in self._preview.stays)
        told = "；".join(f"{why}{count}项" for why, count in left.items())
        self.stays.setText(f"不动的：{told}。" if told else "")
        self.stays.setVisible(bool(told))
        if would:
            self.list.set_current(would[0].pair.key, tell=False)
        self._count()

    def choices(self) -> list[Chosen]:
        """What is ticked, as it would be written."""
        on: set[Key] = self.list.on
        return [conflicts.choose(one.pair, one.value) for one in self._preview.chosen if one.pair.key in on]

    def _count(self) -> None:
        count = len(self.list.on)
        self.go.setText(f"选定{count}项" if count else "选定")
        self.go.setEnabled(bool(count))

    def submit(self) -> None:
        """Hand on what is ticked."""
        choices, reason = self.choices(), f"数据核对：{conflicts.RULES[self._preview.rule]}"
        self.accept()
        self._write(choices, reason)


def _authors(rows: Sequence[Doubled]) -> list[tuple[object, str]]:
    """Whoever wrote a value, by name."""
    values = [one for row in rows for pair in row.pairs for one in pair.values if len(set(one.workers)) == 1]
    found = {one.workers[0]: one.by for one in values if one.by}
    return sorted(found.items(), key=lambda one: one[1])


def _row(one: Would) -> ListRow:
    value = one.value
    others = "、".join(_short(other.words) for other in one.pair.values if other.choice != value.choice)
    return ListRow(
        f"{one.pair.label}：{_short(value.words)}",
        badges=((NAMED, "warn"),) if one.pair.by_hand else (),
        second=f"{one.title}　{one.about}".strip() + f"；不用的：{others}",
        when=value.by,
    )


def _short(words: str) -> str:
    return words if len(words) <= WORDS else words[:WORDS] + "…"
