"""What the three workers entered, sorted by the time they did, and written in large transactions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sgz_desktop.actions.practice_story_teller import Filled, Teller

AT_ONCE = 250  # edits in one transaction
Typed = Mapping[str, object]
When = tuple[str, str, str, str]  # day, time, worker, reason


@dataclass
class Book:
    """Entries planned in any order. What one worker enters at one time for one reason is one edit."""

    story: Teller
    entries: dict[When, list[Filled]] = field(default_factory=dict)

    def id(self, day: str, time: str = "08:00") -> str:
        """A fresh id of a day; ids of one day rise as they are given."""
        return self.story.on(day, time).desk.ids()

    def add(
        self, worker: str, day: str, time: str, kind: str, typed: Typed, id: str = "", reason: str = ""
    ) -> str:
        """A new record; its id. None and '' are left out."""
        id = id or self.id(day, time)
        given = {name: value for name, value in typed.items() if value is not None and value != ""}
        self.entries.setdefault((day, time, worker, reason), []).append(Filled(kind, id, given))
        return id

    def change(
        self, worker: str, day: str, time: str, kind: str, id: str, typed: Typed, reason: str = ""
    ) -> None:
        """Alter a record that was added before."""
        told = Filled(kind, id, dict(typed), new=False)
        self.entries.setdefault((day, time, worker, reason), []).append(told)

    def write(self, progress: Callable[[str], None]) -> None:
        """Everything, in order of time; `progress` hears how far it is."""
        ordered = [
            self.story.entry(day, time, filled, worker, reason)
            for (day, time, worker, reason), filled in sorted(self.entries.items(), key=lambda one: one[0])
        ]
        for start in range(0, len(ordered), AT_ONCE):
            part = ordered[start : start + AT_ONCE]
            progress(f"写入{part[0].day[:4]}年{int(part[0].day[5:7])}月起的档案和走访……")
            self.story.record(part)
        self.entries.clear()
