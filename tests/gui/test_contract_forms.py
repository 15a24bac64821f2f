"""Every field of every kind that has a form: shown, read back as shown, saved, found again in the store."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from desks import open_desk, settle

from sgz_desktop.actions import forms
from sgz_desktop.actions.choices import form_choices
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.records import BY_KIND, RECORDS
from sgz_desktop.domain.records.base import Record, Surface, questions, row_fields
from sgz_desktop.gui.controls import Choices, is_asked
from sgz_desktop.gui.field_boxes import FieldBox
from sgz_desktop.gui.form_body import ELSEWHERE
from sgz_desktop.gui.forms import RecordForm
from sgz_desktop.gui.widgets.line_edit import LineEdit

LISTED = ("ref", "key")  # what is chosen from a list of records or figures
WITH_FORM = [kind for kind in RECORDS if Surface.FORM not in kind.LACKS]


def _generate() -> ModuleType:
    path = Path(__file__).resolve().parent.parent / "domain" / "generate.py"
    spec = importlib.util.spec_from_file_location("generated_values", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


generate = _generate()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("station")) as desk:
        yield desk


def test_how_many_kinds_have_a_form() -> None:
    assert (len(RECORDS), len(WITH_FORM)) == (82, 79)


def _form(desk: Desk, form: forms.Form) -> RecordForm:
    made = RecordForm(desk, form, Choices(form_choices(desk, form)))
    made.body.build_all()
    return made


def _typed_in(made: RecordForm, values: dict[str, Wire]) -> None:
    for name, box in made.body.boxes.items():
        box.put_value(values[name])


def lost_in_form(desk: Desk, kind: type[Record]) -> list[str]:
    """Type every value into an empty form, save, open again: the fields that did not come through."""
    values = generate.filled(kind, known_codes=True)
    names = {name for name, q in questions(kind).items() if is_asked(q)}
    made = _form(desk, forms.new_form(desk, kind.KIND, _not_typed(kind, values)))
    lost = [f"{name}: has no control" for name in names - set(made.body.boxes)]
    wanted = {name: value for name, value in values.items() if name in names}
    _offer_refs(made, wanted)
    _typed_in(made, wanted)
    saved = forms.save_form(desk, made.form, made.body.typed(), made.body.row_inputs())
    stored = forms.form(desk, saved.id, kind.KIND)
    lost += [
        f"{name}: {values[name]!r} is stored as {stored.values.get(name)!r}"
        for name in values
        if stored.values.get(name) != values[name]
    ]
    again = _form(desk, stored)
    shown = {name: box.typed() for name, box in again.body.boxes.items()}
    was = {name: box.typed() for name, box in made.body.boxes.items()}
    lost += [
        f"{name}: shown as {shown[name]!r}, typed as {was[name]!r}"
        for name in shown
        if shown[name] != was[name] or shown[name] in (None, "")
    ]
    lost += [f"{name}: is changed by being shown" for name in again.body.typed()]
    return lost


def _not_typed(kind: type[Record], values: dict[str, Wire]) -> dict[str, Wire]:
    return {name: values[name] for name, q in questions(kind).items() if not is_asked(q)}


def _offer_refs(made: RecordForm, values: dict[str, Wire]) -> None:
    """Put the records a reference can name into its list, as `form_choices` does for those on file."""
    for name, box in made.body.boxes.items():
        if box.question.kind.name in LISTED and hasattr(box.control, "set_options"):
            box.control.set_options([(values[name], "某条记录")])


@pytest.mark.parametrize("kind", WITH_FORM, ids=lambda kind: kind.KIND)
def test_every_field_goes_through_the_form(desk: Desk, kind: type[Record]) -> None:
    assert lost_in_form(desk, kind) == []


@pytest.mark.parametrize("kind", WITH_FORM, ids=lambda kind: kind.KIND)
def test_every_control_has_a_name_and_takes_the_keyboard(desk: Desk, kind: type[Record]) -> None:
    made = _form(desk, forms.new_form(desk, kind.KIND))
    for box in made.body.boxes.values():
        assert box.control.accessibleName() == box.question.ask.label
        assert box.control.focusPolicy().value, box.question.name


def test_a_control_that_loses_text_is_found_out(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LineEdit, "value", lambda self: self.text().replace("<b>", ""))
    assert any("is stored as" in lost for lost in lost_in_form(desk, BY_KIND["person"]))


def test_a_control_that_shows_nothing_is_found_out(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = FieldBox.put_value
    monkeypatch.setattr(
        FieldBox, "put_value", lambda self, value: None if _is_phone(self) else shown(self, value)
    )
    assert any(lost.startswith("phone:") for lost in lost_in_form(desk, BY_KIND["person"]))


def _is_phone(box: FieldBox) -> bool:
    return box.question.name == "phone"


PARENTS = [
    (kind, name)
    for kind in WITH_FORM
    for name, rows in row_fields(kind).items()
    if rows.kind.KIND not in ELSEWHERE and rows.kind.KIND != "presence"
]


@pytest.mark.parametrize(("kind", "name"), PARENTS, ids=lambda one: getattr(one, "KIND", one))
def test_every_field_of_every_row_goes_through(desk: Desk, kind: type[Record], name: str) -> None:
    rows = row_fields(kind)[name]
    wanted = generate.filled(rows.kind, known_codes=True)
    if (kind.KIND, name) == ("household", "benefits"):
        wanted["category"] = "monitored"  # a household is in categories of its own
    parent = {
        q.name: f"01970000-0000-7000-8000-{n:012x}"
        for n, q in enumerate(questions(kind).values())
        if q.kind.name == "ref"
    }
    made = _form(desk, forms.new_form(desk, kind.KIND, parent))
    row = made.body.rows[name].add()
    for field, box in row.boxes.items():
        if box.question.kind.name in LISTED and hasattr(box.control, "set_options"):
            box.control.set_options([(wanted[field], "某条记录")])
        box.put_value(wanted[field])
    saved = forms.save_form(desk, made.form, made.body.typed(), made.body.row_inputs())
    found = forms.form(desk, saved.id, kind.KIND).rows[name]
    assert len(found) == 1
    assert found[0].values == {**wanted, rows.parent: saved.id}


def test_who_was_seen_goes_through_as_chips(desk: Desk) -> None:
    from desks import person, register

    from sgz_desktop.actions import visits

    home = register(desk, person("梁甲菊", "02"), person("韦乙成"))
    made = _form(desk, visits.new_visit(desk, household=home.household))
    made.body.rows["presences"].chips.set_value(",".join(home.people))
    saved = forms.save_form(desk, made.form, made.body.typed(), made.body.row_inputs())
    stored = forms.form(desk, saved.id, "visit")
    assert {row.values["person"] for row in stored.rows["presences"]} == set(home.people)
    again = _form(desk, stored)
    assert again.body.row_inputs() == {}
    again.body.rows["presences"].chips.set_value(home.people[0])
    forms.save_form(desk, again.form, {}, again.body.row_inputs())
    left = forms.form(desk, saved.id, "visit").rows["presences"]
    assert [row.values["person"] for row in left] == [home.people[0]]
    settle()
