"""While an id number is typed: empty fields take what it tells, others that differ are marked."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from sgz_desktop.domain import id_number
from sgz_desktop.gui.field_boxes import FieldBox

TOLD = ("sex", "born", "hukou_address")
FILLED = "由身份证号带出，请核对。"
COUNTY = "由身份证号前六位带出，户口迁过的请改写。"
DIFFERS = "与身份证号里的不同，请核对。"


class IdFills(QObject):
    """Watches `number`; what it filled among `boxes` and nobody altered follows the number on."""

    def __init__(self, number: FieldBox, boxes: Callable[[], Mapping[str, FieldBox]]) -> None:
        super().__init__(number)
        self._number, self._boxes = number, boxes
        self._given: dict[str, object] = {}
        self._filling = False
        self._watched: set[str] = set()
        number.changed.connect(self.look)

    def look(self) -> None:
        """Fill and mark by the number as it stands."""
        if self._filling:
            return
        told = id_number.told_by(str(self._number.typed() or ""))
        if not told and not self._watched:
            return
        boxes = self._boxes()
        for name in TOLD:
            if (box := boxes.get(name)) is not None:
                self._watch(name, box)
                self._settle(name, box, told.get(name, ""))

    def _watch(self, name: str, box: FieldBox) -> None:
        if name not in self._watched:
            self._watched.add(name)
            box.left.connect(self.look)

    def _settle(self, name: str, box: FieldBox, told: str) -> None:
        ours = name in self._given and box.typed() == self._given[name]
        if told and (not box.filled or ours):
            self._fill(name, box, told)
        elif told and id_number.differs(name, told, str(box.typed() or "")):
            box.set_warning(DIFFERS)
        elif box.message() == DIFFERS:
            box.set_warning("")

    def _fill(self, name: str, box: FieldBox, told: str) -> None:
        self._filling = True
        box.put_value(told)
        self._filling = False
        self._given[name] = box.typed()
        box.set_ok(COUNTY if name == "hukou_address" else FILLED)
