"""The 补录表: people by initials with the village of the slip first, and slips saved as visits.

A slip is saved through `new_visit`, `form` and `save_form` as any visit is, one edit each.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace

from sgz_desktop.actions import forms, visits
from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, RowInput
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.records.visit import Visit
from sgz_desktop.domain.slip_paste import Pasted
from sgz_desktop.domain.visit_slips import (
    CASE_PURPOSE,
    Slip,
    altered_values,
    doubts,
    read_slip,
    seen_as,
    visit_values,
)
from sgz_desktop.errors import AppError
from sgz_desktop.store import facts, queries, rounds, search, slips
from sgz_desktop.store.session import Reading

MOST_LOOKED_AT = 60
UNDONE = "撤销补录"
GONE = "这条走访已被删除，这行没有保存，内容还在。"
Step = Callable[[int, int], None]


@dataclass(frozen=True)
class SlipPerson:
    """Somebody a slip may be about. Values as stored, '' when unknown; `waits` when nobody has reached the
    household in the month."""

    id: str
    name: str
    sex: str
    born: str
    died_on: str
    village: str
    place: str
    via: str
    waits: bool


@dataclass(frozen=True)
class SavedSlip:
    """A visit on file as a slip. `entered` is when it was first written: (day, HH:MM, worker). `twin` is the
    id of another visit to the person that day."""

    form: Form
    slip: Slip
    doubts: tuple[str, ...]
    entered: tuple[str, str, str]
    twin: str = ""


@action
def find_slip_people(desk: Desk, text: str, village: str) -> list[SlipPerson]:
    """People by name, initials, id or phone; those of the village first, else the best known."""
    month = desk.today()[:7]

    def work(session: Reading) -> list[SlipPerson]:
        hits = search.people(session, text, limit=MOST_LOOKED_AT)
        rows = queries.people(session, [hit.rid for hit in hits])
        reached = rounds.reached(session, month, month + "~")
        found = [_person(hit, rows[hit.rid], reached) for hit in hits if hit.rid in rows]
        return sorted(found, key=lambda one: one.village != village) if village else found

    return desk.read(work)


def _person(hit: search.PersonHit, row: queries.PersonRow, reached: Container[str]) -> SlipPerson:
    return SlipPerson(
        id=hit.id,
        name=hit.name,
        sex=hit.sex,
        born=hit.born,
        died_on=row.died_on or "",
        village=row.village or "",
        place=hit.place,
        via=hit.via,
        waits=bool(hit.household) and hit.household not in reached and not row.died_on,
    )


@action
def read_slips(desk: Desk, ids: Sequence[str]) -> dict[str, SavedSlip]:
    """Visits of the table as they stand on file; those deleted or not here are left out."""
    today = desk.today()

    def work(session: Reading) -> dict[str, SavedSlip]:
        forms_found = ((id, forms.load_form(session, Visit, id, today)) for id in ids)
        return {id: _saved(session, form, today) for id, form in forms_found if form and _stands(session, id)}

    return desk.read(work)


def _stands(session: Reading, id: str) -> bool:
    return bool(queries.table(session, f"SELECT 1 FROM r_visit WHERE id = ? AND deleted {queries.HERE}", id))


def _saved(session: Reading, form: Form, today: str) -> SavedSlip:
    values = form.values
    name = slips.text(session, slips.NAME, values.get("person"))
    village = slips.text(session, slips.VILLAGE, values.get("household"))
    slip = read_slip(values, _seen(form), name, village)
    twins = slips.same_day(session, slip.person, slip.day, form.id)
    more = doubts(slip, str(values.get("case") or ""), twins, today)
    found = [*(mark.sentence for mark in form.marks), *more]
    entered = facts.first_written(session, form.kind, form.id) or ("", "", "")
    return SavedSlip(form, slip, tuple(found), entered, twins[0][0] if twins else "")


def _seen(form: Form) -> dict[str, str]:
    rows = form.rows.get("presences", ())
    return {str(row.values.get("person") or ""): str(row.values.get("mode") or "") for row in rows}


@action
def save_slip(desk: Desk, id: str, slip: Slip, on_file: Form | None = None) -> SavedSlip:
    """Save a slip as the visit `id`, or what of it differs from the visit `on_file`. Raises FormRefused;
    AppError when that visit was deleted meanwhile.

    Saved once more after a commit nobody heard of, it is altered and not written twice.
    """
    there = read_slips(desk, [id])
    if on_file is not None and not there:
        raise AppError(GONE, "请换一行重新录入，或先恢复那条走访。")
    if on_file is None and there:
        on_file = there[id].form
    if on_file is None:
        form, typed = _new(desk, id, slip)
        forms.save_form(desk, form, typed, {"presences": _seen_now(slip)})
    else:
        _alter(desk, on_file, slip)
    return read_slips(desk, [id])[id]


def _new(desk: Desk, id: str, slip: Slip) -> tuple[Form, dict[str, Wire]]:
    form = replace(visits.new_visit(desk, person=slip.person), id=id)
    values = {name: value for name, value in form.values.items() if name != "case"}
    typed = visit_values(slip)
    if CASE_PURPOSE in slip.purposes.split(","):
        typed["case"] = form.values.get("case")
    return replace(form, values=values), typed


def _seen_now(slip: Slip) -> list[RowInput]:
    mode = seen_as(slip)
    return [RowInput("", {"person": slip.person, "mode": mode})] if mode else []


def _alter(desk: Desk, form: Form, slip: Slip) -> None:
    before = read_slip(form.values, _seen(form), "", "")
    typed = altered_values(before, slip, form.values)
    if slip.person != before.person:
        known = visits.new_visit(desk, person=slip.person).values
        typed |= {"person": slip.person, "household": known.get("household"), "case": None}
    if CASE_PURPOSE in slip.purposes.split(",") and not (form.values.get("case") or typed.get("case")):
        typed["case"] = visits.new_visit(desk, person=slip.person).values.get("case")
    rows = {"presences": _seen_then(form, before, slip)}
    forms.save_form(desk, form, typed, rows)


def _seen_then(form: Form, before: Slip, after: Slip) -> list[RowInput]:
    """Presences that change with who was met; the others seen on the visit stay, unless nobody was."""
    was, now = (before.person, seen_as(before)), (after.person, seen_as(after))
    if was == now:
        return []
    rows = form.rows.get("presences", ())
    own = [row for row in rows if row.values.get("person") == before.person or now[1] is None]
    return [*(RowInput(row.id, {}, gone=True) for row in own), *_seen_now(after)]


@action
def undo_slip(desk: Desk, form: Form, before: Slip | None) -> SavedSlip | None:
    """Take the last save of a slip back: the visit as it was `before`, or no visit (then None)."""
    if before is None:
        forms.delete_record(desk, form.id, form.kind, UNDONE, form.seen)
        return None
    return save_slip(desk, form.id, before, form)


@dataclass(frozen=True)
class Resolved:
    """A pasted line with the people its name may mean; the slip names one of them when there is only one."""

    pasted: Pasted
    people: tuple[SlipPerson, ...]


@action
def resolve_slips(
    desk: Desk, pasted: Sequence[Pasted], step: Step = lambda done, total: None
) -> list[Resolved]:
    """Find the people of pasted lines by their whole name, those of the line's village alone where there are
    any. `step` is told after each line and may raise to stop."""
    found: list[Resolved] = []
    for number, one in enumerate(pasted, start=1):
        step(number, len(pasted))
        people = find_slip_people(desk, one.slip.name, one.slip.village) if one.slip.name else []
        named = [person for person in people if person.name == one.slip.name]
        there = [person for person in named if person.village == one.slip.village]
        found.append(_resolved(one, there or named))
    return found


def _resolved(one: Pasted, people: Sequence[SlipPerson]) -> Resolved:
    chosen = people[0].id if len(people) == 1 else ""
    return Resolved(replace(one, slip=replace(one.slip, person=chosen)), tuple(people))
