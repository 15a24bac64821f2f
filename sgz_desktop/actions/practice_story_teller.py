"""How the stories of the practice station are told: a day, a worker, and the verbs any worker has."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from sgz_desktop.actions import cases, forms, people, visits
from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, RowInput, Typed, checked, numbered
from sgz_desktop.domain import id_number
from sgz_desktop.domain.codes import code_list
from sgz_desktop.store.session import Writing
from sgz_desktop.store.write import Write

Rows = Mapping[str, Sequence[Typed]]
NO_COUNTY = "359999"  # a county that GB/T 2260 does not have


class StoryClock:
    """The time of the story, local; it stands still until it is set."""

    def __init__(self, day: str) -> None:
        self.set(day)

    def set(self, day: str, time: str = "17:30") -> None:
        """Go to a local day and time."""
        self.text = f"{day}T{time}"

    def __call__(self) -> int:
        return int(datetime.fromisoformat(self.text).timestamp() * 1000)


class StoryIds:
    """UUIDv7 made of the story's day and a count: the same in every run and every time zone."""

    def __init__(self, clock: StoryClock) -> None:
        self.clock, self.count = clock, 0

    def __call__(self) -> str:
        self.count += 1
        ms = int(datetime.fromisoformat(self.clock.text).replace(tzinfo=UTC).timestamp() * 1000)
        return str(uuid.UUID(int=(ms << 80) | (0x7 << 76) | (0b10 << 62) | self.count))


@action
def record_together(desk: Desk, forms_filled: Sequence[tuple[Form, Typed, Rows]]) -> None:
    """Save several filled forms as one edit, as a week's slips are entered. Raises FormRefused."""
    writes: list[Write] = []
    for form, typed, rows in forms_filled:
        writes += checked(desk, form, typed, _row_inputs(rows))[1]

    def work(session: Writing) -> None:
        given = [numbered(session, desk, write) for write in writes]
        desk.record(session, "", given)

    desk.write(work)


def _row_inputs(rows: Rows | None) -> dict[str, list[RowInput]]:
    return {name: [RowInput("", typed) for typed in items] for name, items in (rows or {}).items()}


class Teller:
    """Tells a story at a desk. `by` and `on` set who acts and when; every verb is an ordinary action."""

    def __init__(self, desks: Sequence[Desk], clock: StoryClock) -> None:
        self.desks = {desk.user: desk for desk in desks}
        self.desk, self.clock = desks[0], clock

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
        forms.save_form(self.desk, form, typed, _row_inputs(rows))
        return form.id

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
        met = [{"person": one, "mode": "met"} for one in seen]
        forms.save_form(self.desk, form, typed, _row_inputs({"presences": met, **(rows or {})}))
        return form.id

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
        record_together(
            self.desk, [(forms.new_form(self.desk, kind), typed, rows) for kind, typed, rows in filled]
        )


def made_up_id(born: str, order: int, sex: str) -> str:
    """An identity number with a right check digit in a county that does not exist."""
    odd = order * 2 % 1000 + (1 if sex == "男" else 0)
    first17 = f"{NO_COUNTY}{born.replace('-', '')}{odd:03d}"
    return first17 + id_number.check_character(first17)
