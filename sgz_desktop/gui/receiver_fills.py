"""While the receiver of a referral is chosen: the address book fills its name, sort, contact and number."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from sgz_desktop.actions import organisations
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.fields import Wire
from sgz_desktop.gui import jobs
from sgz_desktop.gui.field_boxes import FieldBox
from sgz_desktop.gui.widgets.organisation_picker import OrganisationPicker

FILLED = "由通讯录带出，可以改。"
TOLD = ("receiver", "receiver_sort", "receiver_contact", "receiver_phone")
KEPT = frozenset({"receiver_sort"})  # stays as it was where the book does not tell it


class ReceiverFills(QObject):
    """Watches the picker in `box`; a name typed there that the book lacks becomes the receiver's name, and
    a receiver renamed by hand is no longer the one that was picked."""

    def __init__(self, desk: Desk, box: FieldBox, boxes: Callable[[], Mapping[str, FieldBox]]) -> None:
        super().__init__(box)
        assert isinstance(box.control, OrganisationPicker)
        self._desk, self._picker, self._boxes = desk, box.control, boxes
        self._picker.picked.connect(self._fill)
        self._picker.left.connect(self._take_text)
        self._name: FieldBox | None = None
        self._watch()

    def _watch(self) -> None:
        """Follow the receiver's name, once it is built."""
        if self._name is None and (name := self._boxes().get("receiver")):
            self._name = name
            name.left.connect(self._let_go)

    def _let_go(self) -> None:
        typed = str(self._name.typed() or "").strip() if self._name else ""
        if self._picker.value() and typed and typed != self._picker.text():
            self._picker.set_value(None)

    def _fill(self, id: str) -> None:
        desk = self._desk
        jobs.start(
            self, lambda _task: organisations.receiver_of(desk, id), done=self._put, key="receiver-fills"
        )

    def _put(self, told: Mapping[str, Wire]) -> None:
        boxes = self._boxes()
        for name in TOLD:
            if name in boxes and (name in told or name not in KEPT):
                boxes[name].put_value(told.get(name))
                boxes[name].set_ok(FILLED if told.get(name) else "")

    def _take_text(self) -> None:
        """What was typed and not chosen goes where a name is free text."""
        text = self._picker.text().strip()
        if text and self._picker.value() is None:
            self._picker.set_value(None)
            self._picker.clear()
            self._boxes()["receiver"].put(text)
