"""Once the village of an activity or a group is written, its 服务点 is chosen, where none is yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from sgz_desktop.gui.field_boxes import FieldBox
from sgz_desktop.gui.widgets.inputs import Choice

POINT, VILLAGE = "service_point", "village"
FILLED = "由村（居）带出，可以改。"


class PointFills(QObject):
    """Watches the village in `box`; a point is its where the name begins with the village and no other's
    does."""

    def __init__(self, box: FieldBox, boxes: Callable[[], Mapping[str, FieldBox]]) -> None:
        super().__init__(box)
        self._village, self._boxes = box, boxes
        box.left.connect(self._fill)

    def _fill(self) -> None:
        point, village = self._boxes().get(POINT), str(self._village.typed() or "").strip()
        if point is None or point.filled or not village or not isinstance(point.control, Choice):
            return
        choice = point.control
        its = [at for at in range(choice.count()) if choice.itemText(at).startswith(village)]
        if len(its) == 1:
            point.put_value(str(choice.itemData(its[0])))
            point.set_ok(FILLED)
