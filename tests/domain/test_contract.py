"""Every field of every kind, on every surface of the domain; and broken kinds that must be found out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, ClassVar

import pytest

from sgz_desktop.domain.fields import Ask, Care, Code, FieldKind, Line, LineKind, Paper, Ref, Share, Wire
from sgz_desktop.domain.records import BY_KIND, RECORDS, base, kind_of
from sgz_desktop.domain.records.base import (
    Question,
    Record,
    Rows,
    Surface,
    cells,
    gate,
    parent_field,
    questions,
    row_fields,
    sections,
)
from sgz_desktop.domain.records.registry import validate
from tests.domain.contract import SURFACES, kept_by_gate
from tests.domain.generate import TODAY, filled, value_for

KINDS = [pytest.param(kind, id=kind.KIND) for kind in RECORDS]
ANSWERS: dict[str, Any] = {"share": Share.STATION, "paper": Paper.INTERNAL, "care": Care.PLAIN}
NAMING = ("name", "phone", "id_number", "disability_card")
STATE = "_sa_instance_state"
WIRE_NAMES = Path(__file__).with_name("wire_names.txt")


def test_every_kind_is_registered() -> None:
    declared = {kind for kind in _all_kinds(Record) if kind.__module__.startswith("sgz_desktop")}
    assert declared == set(RECORDS)
    assert len(RECORDS) == len(BY_KIND) == 82
    assert all(kind_of(kind.KIND) is kind for kind in RECORDS)
    with pytest.raises(KeyError):
        kind_of("of_a_newer_version")


def _all_kinds(above: type[Record]) -> set[type[Record]]:
    below = above.__subclasses__()
    own = {kind for kind in below if "KIND" in vars(kind)}
    return own.union(*(_all_kinds(kind) for kind in below))


def test_wire_names_stay_for_ever() -> None:
    """Lines are `kind field cell type`. One is added with a new field, none is altered or taken out."""
    now = {
        f"{kind.KIND} {name} {asked.cell} {asked.kind.wire.__name__}"
        for kind in RECORDS
        for name, asked in questions(kind).items()
    }
    kept = set(WIRE_NAMES.read_text(encoding="utf-8").splitlines())
    assert kept - now == set(), "names on the wire are for ever"
    assert now - kept == set(), "add these lines to wire_names.txt"


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_keeps_its_promise_on_every_surface(kind: type[Record]) -> None:
    records = [filled(kind, n) for n in (1, 2)]
    broken = [
        (name, surface, wrong)
        for name, question in questions(kind).items()
        for surface, promise in SURFACES.items()
        for values in records
        if (wrong := promise(question, values[name]))
    ]
    assert broken == []


@pytest.mark.parametrize("kind", KINDS)
def test_record_goes_through_the_gate_whole(kind: type[Record]) -> None:
    for n in (1, 2, 20):
        assert kept_by_gate(kind, filled(kind, n), TODAY) == []
    assert kept_by_gate(kind, filled(kind, 3, known_codes=True), TODAY) == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_gates_records_are_those_sqlmodel_makes(kind: type[Record]) -> None:
    for values in ({}, filled(kind, 3), dict(list(filled(kind, 2).items())[::2])):
        for quick, slow in (
            (base._validated(kind, values), kind.model_validate(values)),
            (base._standing(kind, values), kind(**values)),
        ):
            assert {**vars(quick), STATE: None} == {**vars(slow), STATE: None}
            assert vars(quick)[STATE].class_ is kind
            assert (quick, str(quick)) == (slow, str(slow))


@pytest.mark.parametrize("kind", KINDS)
def test_generated_values_are_distinct(kind: type[Record]) -> None:
    values = {name: value for name, value in filled(kind).items() if not isinstance(value, bool)}
    assert len(set(values.values())) == len(values)
    assert list(filled(kind)) == list(questions(kind))
    other = filled(kind, 2)
    assert [name for name in values if values[name] == other[name]] == []


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_record_is_unknown_everywhere(kind: type[Record]) -> None:
    empty = kind.model_validate({})
    assert {getattr(empty, name) for name in questions(kind)} <= {None}
    blank = kind.model_validate(dict.fromkeys(questions(kind), "  "))
    assert {getattr(blank, name) for name in questions(kind)} <= {None}


@pytest.mark.parametrize("kind", KINDS)
def test_cells_hold_every_field_once(kind: type[Record]) -> None:
    held = [member.name for members in cells(kind).values() for member in members]
    assert sorted(held) == sorted(questions(kind))
    for name, members in cells(kind).items():
        assert len({member.ask.share for member in members}) == 1
        assert members[0].ask.group == name if len(members) > 1 else members[0].name == name


@pytest.mark.parametrize("kind", KINDS)
def test_form_and_paper_place_every_field_once(kind: type[Record]) -> None:
    placed = [name for _, names in sections(kind) for name in names]
    assert sorted(placed) == sorted({*questions(kind), *row_fields(kind)})
    for rows in row_fields(kind).values():
        assert rows.parent in questions(rows.kind)


def test_client_papers_show_no_risk_and_no_judgement() -> None:
    words = ("风险", "判断", "督导", "反思", "身份证", "批注")
    found = [
        f"{kind.KIND}.{name}"
        for kind in RECORDS
        if kind.KIND != "consent"
        for name, asked in questions(kind).items()
        if asked.ask.paper is Paper.CLIENT and any(word in asked.ask.label for word in words)
    ]
    assert found == []


def test_what_tells_of_health_means_or_identity_is_handled_with_care() -> None:
    plain = {
        f"{kind.KIND}.{name}"
        for kind in RECORDS
        for name, asked in questions(kind).items()
        if asked.ask.care is Care.PLAIN and asked.kind.name in NAMING
    }
    assert plain == set()
    for path in ("person.illness", "person.disability_grade", "assessment.risk", "household.monthly_income"):
        kind, name = path.split(".")
        assert questions(kind_of(kind))[name].ask.care is Care.SENSITIVE


def test_only_machine_kinds_lack_surfaces() -> None:
    assert {kind.KIND for kind in RECORDS if kind.LACKS} == {"device", "worker", "redaction"}
    assert all(frozenset(Surface) == kind.LACKS for kind in RECORDS if kind.LACKS)
    assert parent_field(kind_of("membership")) == "household"


# Controls: what is declared wrong fails at import, what is built wrong fails its surface.


@pytest.mark.parametrize("left_out", ["share", "paper", "care"])
def test_a_question_must_say_who_may_see_it(left_out: str) -> None:
    with pytest.raises(TypeError, match=left_out):
        Ask("姓名", **{name: answer for name, answer in ANSWERS.items() if name != left_out})


def test_a_field_without_a_question_fails() -> None:
    class Mute(Record):
        """A kind with a field that asks nothing."""

        KIND = "mute"
        TITLE = "无"
        name: Line = None

    with pytest.raises(TypeError, match=r"mute\.name"):
        validate([Mute])


def test_a_reference_to_nothing_fails() -> None:
    class Lost(Record):
        """A kind that points to a kind that is not there."""

        KIND = "lost"
        TITLE = "无"
        where: Annotated[str | None, Ref("nowhere"), Ask("哪里", **ANSWERS)] = None

    with pytest.raises(TypeError, match=r"lost\.where"):
        validate([Lost])


def test_a_code_list_that_is_not_there_fails() -> None:
    class Coded(Record):
        """A kind with a code list nobody wrote."""

        KIND = "coded"
        TITLE = "无"
        code: Annotated[str | None, Code("no_such_list"), Ask("代码", **ANSWERS)] = None

    with pytest.raises(TypeError, match="no_such_list"):
        validate([Coded])


def test_a_group_of_one_and_a_group_named_like_a_field_fail() -> None:
    class Alone(Record):
        """A kind whose group has one field."""

        KIND = "alone"
        TITLE = "无"
        one: Annotated[Line, Ask("一", **ANSWERS, group="pair")] = None

    class Twice(Record):
        """A kind whose group has the name of a field."""

        KIND = "twice"
        TITLE = "无"
        pair: Annotated[Line, Ask("对", **ANSWERS)] = None
        one: Annotated[Line, Ask("一", **ANSWERS, group="pair")] = None
        two: Annotated[Line, Ask("二", **ANSWERS, group="pair")] = None

    for kind in (Alone, Twice):
        with pytest.raises(TypeError, match="pair"):
            validate([kind])


def test_a_group_shared_two_ways_fails() -> None:
    class Torn(Record):
        """A kind whose group would travel in halves."""

        KIND = "torn"
        TITLE = "无"
        one: Annotated[Line, Ask("一", **ANSWERS, group="pair")] = None
        two: Annotated[Line, Ask("二", **{**ANSWERS, "share": Share.NOBODY}, group="pair")] = None

    with pytest.raises(TypeError, match="shared alike"):
        validate([Torn])


def test_a_form_that_leaves_a_field_out_fails() -> None:
    class Hidden(Record):
        """A kind whose form forgets a field."""

        KIND = "hidden"
        TITLE = "无"
        SECTIONS = (("", ("one",)),)
        one: Annotated[Line, Ask("一", **ANSWERS)] = None
        two: Annotated[Line, Ask("二", **ANSWERS)] = None

    with pytest.raises(TypeError, match="two"):
        validate([Hidden])


def test_rows_that_do_not_point_back_fail() -> None:
    class Above(Record):
        """A kind whose rows know nothing of it."""

        KIND = "above"
        TITLE = "无"
        SECTIONS = (("", ("members",)),)
        members: ClassVar[Rows[Any]] = Rows(kind_of("membership"), "成员", "household")

    with pytest.raises(TypeError, match=r"above\.members"):
        validate([*RECORDS, Above])


def test_two_kinds_of_one_name_fail() -> None:
    with pytest.raises(TypeError, match="one name"):
        validate([*RECORDS, kind_of("person")])


class _Cuts(LineKind):
    """Forgets the end of what is typed."""

    def tidy(self, typed: object) -> Wire:
        return str(super().tidy(typed))[:-1]


class _Blank(LineKind):
    """Shows nothing."""

    def show(self, value: Wire) -> str:
        return ""


class _Strict(LineKind):
    """Takes in numbers in place of text."""

    wire = int


class _Shifts(LineKind):
    """Gives back another text to type again."""

    def edit(self, value: Wire) -> str:
        return self.show(value) + "。"


@pytest.mark.parametrize(
    ("broken", "surface"),
    [(_Cuts(), "typed again"), (_Shifts(), "typed again"), (_Blank(), "shown"), (_Strict(), "accepted")],
    ids=["cuts", "shifts", "blank", "strict"],
)
def test_a_broken_kind_of_field_is_found_out(broken: FieldKind, surface: str) -> None:
    question = Question("field", Ask("项目", **ANSWERS), broken)
    value = value_for(question, 1, 0, set())
    assert SURFACES[surface](question, value) != []
    sound = Question("field", Ask("项目", **ANSWERS), LineKind())
    assert all(check(sound, value) == [] for check in SURFACES.values())


def test_a_value_the_wire_cannot_hold_is_found_out() -> None:
    question = Question("field", Ask("项目", **ANSWERS), LineKind())
    with pytest.raises(TypeError, match="no float"):
        SURFACES["travels"](question, 1.5)  # type: ignore[arg-type]


def test_a_gate_that_loses_a_value_is_found_out() -> None:
    class Loses(Record):
        """A kind with a field that cuts its text."""

        KIND = "loses"
        TITLE = "无"
        text: Annotated[str | None, _Cuts(), Ask("内容", **ANSWERS)] = None

    assert kept_by_gate(Loses, {"text": "完整的内容"}, TODAY) == ["text"]
    assert gate(Loses, {}, TODAY).text is None
    assert kept_by_gate(Loses, {"other": "x"}, TODAY) != []
