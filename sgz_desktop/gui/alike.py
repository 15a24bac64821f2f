"""Looking for people like the one being typed in: after a rest, off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from sgz_desktop.actions.alike import likely_same
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.people import age_words
from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.gui import jobs
from sgz_desktop.gui.widgets.alike_rows import Alike, AlikeRows

REST_MS = 300
Typed = Callable[[], tuple[Mapping[str, object], str]]


def alike(desk: Desk, typed: Mapping[str, object], village: str = "", person: str = "") -> list[Alike]:
    """People likely the same, as rows; not for the GUI thread."""
    today = desk.today()
    found = []
    for hit in likely_same(desk, typed, village, person):
        sex = code_list("sex").label(hit.sex) if hit.sex else ""
        born = f"{days.show_day(hit.born)}生" if days.is_day(hit.born) else ""
        facts = (sex, age_words(hit.born or None, today), born, hit.place, hit.number)
        found.append(Alike(hit.id, hit.name or "（姓名未填）", "·".join(filter(None, facts)), hit.via))
    return found


class AlikeWatch(QObject):
    """Looks again some time after `look_soon`; `typed` says what stands in the form and the village."""

    def __init__(self, desk: Desk, rows: AlikeRows, owner: QWidget, typed: Typed) -> None:
        super().__init__(owner)
        self._desk, self._rows, self._owner, self._typed = desk, rows, owner, typed
        self._asked: tuple[Mapping[str, object], str] | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.look)

    def look_soon(self) -> None:
        """Something was typed."""
        self._rest.start()

    def look(self) -> None:
        """Look now, unless nothing of it changed."""
        self._rest.stop()
        typed, village = self._typed()
        if (typed, village) == self._asked:
            return
        self._asked = typed, village
        desk = self._desk
        jobs.start(
            self._owner,
            lambda _task: alike(desk, typed, village),
            done=self._rows.show_rows,
            key="alike",
        )
