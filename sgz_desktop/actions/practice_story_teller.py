"""How the stories of the practice station are told: a day, a worker, and the verbs any worker has."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sgz_desktop.actions import cases, forms, people, visits
from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.application_verdict import asked_for, kept_verdict
from sgz_desktop.actions.category_ticks import CATEGORISED
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, RowInput, Typed, checked, load_form, numbered, plain
from sgz_desktop.domain import id_number
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.store import read
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.write import Write

Rows = Mapping[str, Sequence[Typed]]
NO_COUNTY = "359999"  # a county that GB/T 2260 does not have


class StoryClock:
    """The time of the story, local; it stands still until it is set."""

    def __init__(self, day: str) -> None:
        self.set(day)

    def set(self, day: str, time: str = "17:30") -> None:
        """Go to a day and time in Beijing."""
        self.text = f"{day}T{time}"

    def __call__(self) -> int:
        return int(datetime.fromisoformat(f"{self.text}+08:00").timestamp() * 1000)


class StoryIds:
    """UUIDv7 made of the story's day and a count: the same in every run and every time zone."""

    def __init__(self, clock: StoryClock) -> None:
        self.clock, self.count = clock, 0

    def __call__(self) -> str:
        self.count += 1
        ms = int(datetime.fromisoformat(self.clock.text).replace(tzinfo=UTC).timestamp() * 1000)
        return str(uuid.UUID(int=(ms << 80) | (0x7 << 76) | (0b10 << 62) | self.count))


@dataclass(frozen=True)
class Filled:
    """A form filled in: a new record, or one on file that is altered."""

    kind: str
    id: str
    typed: Typed
    rows: Rows | None = None
    new: bool = True


@dataclass(frozen=True)
class Entry:
    """What a worker at a desk entered at one time: one edit."""

    desk: Desk
    day: str
    time: str
    filled: Sequence[Filled]
    reason: str = ""


@action
def record_together(desk: Desk, clock: StoryClock, entries: Sequence[Entry]) -> None:
    """Save what was entered at several times as one edit each, all in one transaction. Raises FormRefused."""

    def work(session: Writing) -> None:
        for entry in entries:
            clock.set(entry.day, entry.time)
            session.now_ms = clock()
            writes = [write for one in entry.filled for write in _writes(session, entry.desk, one)]
            entry.desk.record(session, entry.reason, writes)

    desk.write(work)


def _writes(session: Writing, desk: Desk, one: Filled) -> list[Write]:
    _, writes = checked(desk, _form(session, desk, one), one.typed, _row_inputs(one.rows))
    return [numbered(session, desk, write) if one.new else write for write in writes]


def _form(session: Reading, desk: Desk, one: Filled) -> Form:
    if one.new:
        return Form(one.kind, one.id, {}, new=True)
    kind = BY_KIND[one.kind]
    if one.rows or one.kind in CATEGORISED:  # categories follow the rows of benefits
        form = load_form(session, kind, one.id, desk.today())
    else:
        loaded = read.load(session, kind, one.id)
        form = Form(one.kind, one.id, plain(loaded.record), loaded.seen) if loaded else None
    assert form is not None, f"{one.kind} {one.id} is not told yet"
    return form


def _row_inputs(rows: Rows | None) -> dict[str, list[RowInput]]:
    return {name: [RowInput("", typed) for typed in items] for name, items in (rows or {}).items()}


class Teller:
    """Tells a story at a desk. `by` and `on` set who acts and when; every verb is an ordinary action."""

    def __init__(self, desks: Sequence[Desk], clock: StoryClock) -> None:
        self.desks = {desk.user: desk for desk in desks}
        self.desk, self.clock = desks[0], clock
        self.days: set[tuple[str, str]] = set()  # (worker, day) of every visit and session told

    def by(self, worker: str) -> Teller:
        """Let another worker go on."""
        self.desk = self.desks[worker]
        return self

    def on(self, day: str, time: str = "17:30") -> Teller:
        """Go to a day."""
        self.clock.set(day, time)
        return self

    def family(
        self,
        household: Typed,
        members: Sequence[tuple[str, Typed]],
        living: Mapping[int, Typed] | None = None,
    ) -> people.Registered:
        """Put a household on file. `members` are (relation to the head, person), `living` extra facts of
        the n-th membership."""
        inputs = [
            people.MemberInput(
                code_list("relation").find(relation) or relation,
                typed,
                membership=(living or {}).get(place, {}),
            )
            for place, (relation, typed) in enumerate(members)
        ]
        return people.register_household(self.desk, household, inputs)

    def save(self, kind: str, typed: Typed, rows: Rows | None = None) -> str:
        """A new record; its id."""
        form = forms.new_form(self.desk, kind)
        forms.save_form(self.desk, form, typed, _row_inputs(rows))
        return form.id

    def change(self, kind: str, id: str, typed: Typed, rows: Rows | None = None) -> None:
        """Alter a record and add rows to it."""
        forms.save_form(self.desk, forms.form(self.desk, id, kind), typed, _row_inputs(rows))

    def paper(self, case: str, kind: str, typed: Typed, rows: Rows | None = None) -> str:
        """A paper of a case; its id."""
        form = cases.new_paper(self.desk, case, kind)
        self._at_work()
        forms.save_form(self.desk, form, typed, _row_inputs(rows))
        return form.id

    def compared(self, programme: str, person: str, household: str = "") -> Typed:
        """What the rules of the day say of an application, as it is kept with its pack."""
        desk, code = self.desk, code_list("programme").find(programme) or programme
        found = desk.read(lambda session: asked_for(session, code, person, household, desk.today()))
        assert found.result is not None, f"no rule for {programme}"
        return kept_verdict(found.result)

    def fill_intake(self, case: str, typed: Typed) -> None:
        """Fill in the intake sheet that came with a case."""
        (intake,) = self.papers(case, "intake")
        self.change("intake", intake, typed)

    def papers(self, case: str, kind: str) -> tuple[str, ...]:
        """The ids of a case's papers of a kind, in order."""
        return cases.case_page(self.desk, case).papers[kind]

    def visit(
        self, household: str, person: str, typed: Typed, seen: Sequence[str] = (), rows: Rows | None = None
    ) -> str:
        """A visit and whom it met; its id."""
        form = visits.new_visit(self.desk, household, person)
        self._at_work()
        met = [{"person": one, "mode": "met"} for one in seen]
        forms.save_form(self.desk, form, typed, _row_inputs({"presences": met, **(rows or {})}))
        return form.id

    def _at_work(self) -> None:
        self.days.add((self.desk.user, self.clock.text.partition("T")[0]))

    def open_case(self, visit: str, typed: Typed) -> str:
        """Open a case from a visit; its id."""
        return cases.open_case(self.desk, visit, typed=typed)

    def move(self, case: str, to: str, reason: str = "") -> None:
        """Move a case on, on the day of the story."""
        cases.move_case(self.desk, case, to, reason)

    def rows(self, kind: str, id: str, name: str) -> list[str]:
        """The ids of a record's rows, in order."""
        return [row.id for row in forms.form(self.desk, id, kind).rows[name]]

    def together(self, filled: Sequence[tuple[str, Typed, Rows]]) -> None:
        """Several new records as one edit."""
        forms_filled = [Filled(kind, self.desk.ids(), typed, rows) for kind, typed, rows in filled]
        day, time = self.clock.text.split("T")
        self.record([self.entry(day, time, forms_filled)])

    def entry(
        self, day: str, time: str, filled: Sequence[Filled], worker: str = "", reason: str = ""
    ) -> Entry:
        """What a worker, or the one at the desk, entered at a time."""
        desk = self.desks[worker] if worker else self.desk
        return Entry(desk.doing("record_together"), day, time, filled, reason)

    def record(self, entries: Sequence[Entry]) -> None:
        """Entries, in order of time, in one transaction."""
        record_together(self.desk, self.clock, entries)


def made_up_id(born: str, order: int, sex: str) -> str:
    """An identity number with a right check digit in a county that does not exist."""
    odd = order * 2 % 1000 + (1 if sex == "男" else 0)
    first17 = f"{NO_COUNTY}{born.replace('-', '')}{odd:03d}"
    return first17 + id_number.check_character(first17)
