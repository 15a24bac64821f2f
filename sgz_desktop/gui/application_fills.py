"""While days of an application are written: empty fields take what the rules say follows from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from sgz_desktop.domain import days
from sgz_desktop.domain.policy import filing
from sgz_desktop.domain.policy.choose import Rule
from sgz_desktop.gui.field_boxes import FieldBox

FILLED = "按政策包推算，请核对。"
FOLLOWS = {  # what is filled in → what it follows from
    "decision_due_on": ("accepted_on",),
    "notice_to": ("notice_from",),
    "pays_from": ("result", "result_on", "filed_on"),
    "review_on": ("result", "result_on"),
}
CONFIRMED = "confirmed"


class ApplicationFills(QObject):
    """Watches the days among `boxes`; what it filled and nobody altered follows them on. Days that differ
    from what `stood` were written before the rule was here, and count too."""

    def __init__(self, rule: Rule, boxes: Mapping[str, FieldBox], stood: Mapping[str, object]) -> None:
        super().__init__(next(iter(boxes.values())))
        self._rule, self._boxes = rule, boxes
        self._given: dict[str, object] = {}
        for name in {cause for causes in FOLLOWS.values() for cause in causes}:
            boxes[name].changed.connect(lambda cause=name: self._look(cause))
            if (boxes[name].typed() or None) != (stood.get(name) or None):
                self._look(name)

    def _look(self, cause: str) -> None:
        for name, causes in FOLLOWS.items():
            if cause in causes:
                self._settle(self._boxes[name], name, TOLD[name](self))

    def _settle(self, box: FieldBox, name: str, told: str) -> None:
        ours = name in self._given and box.typed() == self._given[name]
        if told and (not box.filled or ours):
            box.put_value(told)
            self._given[name] = box.typed()
            box.set_ok(FILLED)
        elif ours and not told:
            box.put_value(None)
            box.set_ok("")

    def _day(self, name: str) -> str:
        """A whole day that stands in a field, '' else."""
        typed = str(self._boxes[name].typed() or "")
        return typed if days.is_day(typed) and days.is_whole(typed) else ""

    def due(self) -> str:
        return filing.due_on(self._rule, self._day("accepted_on"))

    def notice(self) -> str:
        return filing.notice_to(self._rule, self._day("notice_from"))

    def _decided(self) -> str:
        return self._day("result_on") if self._boxes["result"].typed() == CONFIRMED else ""

    def month(self) -> str:
        decided = self._decided()
        return filing.pays_from(self._rule.programme, self._day("filed_on"), decided) if decided else ""

    def review(self) -> str:
        return filing.review_on(self._rule.programme, self._decided())


TOLD: Mapping[str, Callable[[ApplicationFills], str]] = {
    "decision_due_on": ApplicationFills.due,
    "notice_to": ApplicationFills.notice,
    "pays_from": ApplicationFills.month,
    "review_on": ApplicationFills.review,
}
