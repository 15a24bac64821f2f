"""Which cases the list shows: of one stage (纸质档案 among them), of one worker, of one risk."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sgz_desktop.actions.cases import CaseLine
from sgz_desktop.gui.theme import px
from sgz_desktop.gui.widgets.flow import Flow
from sgz_desktop.gui.widgets.inputs import Choice

RISKS = {"high": "高风险", "mid": "中风险", "low": "低风险", "": "没有评过风险"}
ANY = "*"


class CaseFilters(QWidget):
    """`changed` when something else is asked for. Only what some case has is offered."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.stage, self.worker, self.risk = (Choice([(ANY, "")], value=ANY) for _ in range(3))
        row = Flow(self)
        for choice, name in ((self.stage, "阶段"), (self.worker, "主责"), (self.risk, "风险")):
            choice.setAccessibleName(name)
            choice.setMinimumWidth(px(132))
            choice.changed.connect(self.changed)
            row.addWidget(choice)

    def offer(self, lines: Sequence[CaseLine]) -> None:
        """Offer what these cases have; what is gone is asked for no more."""
        stages = sorted({(line.open, line.stage_label) for line in lines}, reverse=True)
        workers = sorted({line.worker for line in lines})
        has = {line.risk for line in lines}
        _offer(self.stage, "全部阶段", [(label, label) for _, label in stages])
        _offer(self.worker, "全部主责", [(name, name or "没有主责") for name in workers])
        _offer(self.risk, "全部风险", [(risk, words) for risk, words in RISKS.items() if risk in has])

    @property
    def narrow(self) -> bool:
        """Is anything asked for?"""
        return any(one.value() not in (ANY, None) for one in (self.stage, self.worker, self.risk))

    def holds(self, line: CaseLine) -> bool:
        """Is this one of the cases asked for?"""
        asked = (
            (self.stage, line.stage_label),
            (self.worker, line.worker),
            (self.risk, line.risk if line.risk in RISKS else ""),
        )
        return all(choice.value() in (ANY, None, has) for choice, has in asked)


def _offer(choice: Choice, everything: str, options: Sequence[tuple[object, str]]) -> None:
    blocked = choice.blockSignals(True)
    choice.set_options([(ANY, everything), *options])
    if choice.value() is None:
        choice.set_value(ANY)
    choice.blockSignals(blocked)
