"""The year's book: entries of the contract year, their names for one another, and free hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sgz_desktop.actions.practice_story_teller import StoryIds
from sgz_desktop.actions.town.book import Book
from sgz_desktop.actions.town.rounds import Agenda, clock
from sgz_desktop.actions.town.seasons import LAST

OWN_IDS = 10**6  # counted apart, so that what is told before keeps the ids it had
DAY_FROM, DAY_UNTIL, STEP = 8 * 60, 21 * 60, 10
HEAD = "李小禾"
WORKERS = (HEAD, "周望川", "秦望舒")
Typed = dict[str, object]


@dataclass
class Diary:
    """A writer of the year's records. `names` are ids by "@key" and "#name of an activity"."""

    book: Book
    agenda: Agenda
    names: dict[str, str] = field(default_factory=dict)
    ids: StoryIds = field(init=False)

    def __post_init__(self) -> None:
        self.ids = StoryIds(self.book.story.clock)
        self.ids.count = OWN_IDS

    def add(
        self,
        kind: str,
        typed: Mapping[str, object],
        day: str,
        worker: str = HEAD,
        *,
        time: str = "",
        name: str = "",
    ) -> str:
        """A new record entered on a day, at the latest on the story's last; its id, kept under `name`."""
        day, time = min(day, LAST), time or "17:40"
        self.book.story.on(day, "08:00")
        id = self.ids()
        given = {field: self.named(value) for field, value in typed.items()}
        self.book.add(worker, day, time, kind, given, id)
        if name:
            self.names[name] = id
        return id

    def change(
        self, kind: str, id: str, typed: Mapping[str, object], day: str, worker: str, time: str = ""
    ) -> None:
        """Alter a record on a day."""
        self.book.change(worker, min(day, LAST), time or "17:50", kind, id, typed)

    def named(self, value: object) -> object:
        """The id a "@key" or "#name" stands for; anything else as it is. KeyError for one not told yet."""
        if isinstance(value, str) and value[:1] in ("@", "#") and len(value) > 1:
            return self.names[value]
        return value

    def times(self, workers: Sequence[str], day: str, at: str, long: int) -> dict[str, str]:
        """Start and end as near to a time as the workers are free; the time itself where nothing is."""
        wished = minutes(at)
        near = sorted(range(DAY_FROM, DAY_UNTIL - long + 1, STEP), key=lambda start: abs(start - wished))
        fits = self.agenda.fits
        free = (at for at in near if all(fits(one, day, at, at + long) for one in workers))
        start = next(free, wished)
        for one in workers:
            self.agenda.take(one, day, start, start + long)
        return {"start_time": clock(start), "end_time": clock(start + long)}


def minutes(time: str) -> int:
    """545 for 9:05."""
    hour, minute = time.split(":")
    return int(hour) * 60 + int(minute)


def pick(told: Mapping[str, object], *fields: str) -> Typed:
    """Some of what was told, by the fields' own names."""
    return {name: told[name] for name in fields if name in told}
