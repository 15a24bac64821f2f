"""时间线 of a case: everything that happened, newest first, and of a long story one sort alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sgz_desktop.actions.timeline import Event
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.chips import Chips
from sgz_desktop.gui.widgets.timeline import Entry, Timeline

LONG = 12  # entries, from which on a filter is worth its room
SORTS = (("visit", "走访"), ("session", "会谈"), ("aid", "申请与转介"), ("paper", "文书"))
SORT_OF = {
    "visit": "visit",
    "session": "session",
    "followup": "session",
    "application": "aid",
    "referral": "aid",
}


class StoryTab(QWidget):
    """`timeline` is the list itself."""

    def __init__(self) -> None:
        super().__init__()
        self._events: Sequence[Event] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.S))
        self.sorts = Chips([("", "全部")])
        self.sorts.changed.connect(lambda _value: self._fill())
        self.timeline = Timeline("个案时间线")
        column.addWidget(self.sorts)
        column.addWidget(self.timeline, 1)
        self.sorts.hide()

    def show_events(self, events: Sequence[Event]) -> None:
        """Show a case's events; the sort chosen stays while there is something of it."""
        chosen = self.sorts.value()
        self._events = events
        counts = {sort: sum(_sort(event) == sort for event in events) for sort, _ in SORTS}
        options: list[tuple[object, str]] = [("", f"全部 {len(events)}")]
        options += [(sort, f"{words} {counts[sort]}") for sort, words in SORTS if counts[sort]]
        self.sorts.set_options(options, chosen)
        self.sorts.setVisible(len(events) > LONG)
        self._fill()

    def _fill(self) -> None:
        wanted = self.sorts.value() if len(self._events) > LONG else ""
        shown = [event for event in self._events if wanted in ("", _sort(event))]
        self.timeline.set_rows(
            [(event.kind, event.id) for event in shown],
            [_entry(event, event is self._events[0]) for event in shown],
        )


def _sort(event: Event) -> str:
    return SORT_OF.get(event.kind, "paper")


def _entry(event: Event, newest: bool) -> Entry:
    tag = (event.tag, event.tone) if event.tag else None
    when = event.day_words.partition("（")[0]
    return Entry(event.icon, event.title, when, event.worker, event.text, tag, newest)
