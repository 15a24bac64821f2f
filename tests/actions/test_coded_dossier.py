"""A coded dossier tells no declared field that identifies, whatever fields there are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from sgz_desktop.actions import coded_fields
from sgz_desktop.actions.coded_dossier import RELEASE, SUPERVISION, around, coded
from sgz_desktop.actions.coded_fields import Level
from sgz_desktop.actions.coded_known import Around
from sgz_desktop.actions.coded_people import STAFF_FIELDS, age_band, cast_of
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_case_file import case_file_values
from sgz_desktop.actions.papers_reading import Dossier, dossier
from sgz_desktop.actions.station import create_station
from sgz_desktop.domain import days
from sgz_desktop.domain.fields import (
    Care,
    DisabilityCardKind,
    IdNumberKind,
    NameKind,
    PhoneKind,
    RefKind,
    Wire,
)
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.base import Question, Record, questions
from sgz_desktop.domain.records.person import Person
from sgz_desktop.reports.values import texts
from tests.actions.conftest import CHEAP, PASSPHRASE
from tests.actions.papers_station import full_case
from tests.conftest import TestClock

Full = tuple[Desk, dict[str, dict[str, Wire]]]
LEVELS = pytest.mark.parametrize("level", [SUPERVISION, RELEASE], ids=lambda one: one.name)
NUMBERS = (IdNumberKind, DisabilityCardKind, PhoneKind)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Full]:
    """A station with one case of which everything is filled."""
    folder = tmp_path_factory.mktemp("coded")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SGZ_STATE", str(folder / "state"))
        made = create_station(
            folder / "store", "青禾镇社工站", "李小禾", PASSPHRASE, params=CHEAP, now=TestClock()
        )
        yield made.desk, full_case(made.desk)
        made.close()


def read(desk: Desk) -> tuple[Dossier, Around]:
    """The case with everything filled, and what is around it."""
    return desk.read(lambda session: (dossier(session, desk, "case"), around(session)))


def told(desk: Desk, level: Level | None) -> str:
    """Everything the case file says, at a level; without one as it is printed for the station."""
    file, near = read(desk)
    return "\n".join(texts(case_file_values(coded(file, level, near) if level else file)))


def identifying(values: dict[str, dict[str, Wire]], level: Level) -> Iterator[tuple[str, str, str]]:
    """(kind, field, words) of everything that must not be told."""
    for kind, given in values.items():
        for name, question in questions(BY_KIND[kind]).items():
            named = isinstance(question.kind, NameKind) and name in STAFF_FIELDS and level.staff
            numbered = isinstance(question.kind, NUMBERS)
            if not (numbered or question.ask.care is Care.IDENTIFIES) or isinstance(question.kind, RefKind):
                continue
            if not named and (kind, name) not in level.kept:
                yield kind, name, question.kind.show(given[name])
                if numbered:
                    yield kind, name, "*" + str(given[name])[-4:]


def leaked(
    desk: Desk, values: dict[str, dict[str, Wire]], level: Level, of: Level | None
) -> set[tuple[str, str]]:
    said = told(desk, of)
    return {(kind, name) for kind, name, words in identifying(values, level) if words in said}


@LEVELS
def test_no_field_that_identifies_is_told(full: Full, level: Level) -> None:
    desk, values = full
    assert leaked(desk, values, level, level) == set()
    assert len(leaked(desk, values, level, None)) > 40, "the station's own file tells them"


@LEVELS
def test_a_field_added_tomorrow_that_identifies_is_not_told(
    full: Full, level: Level, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, values = full
    wanted = str(values["application"]["accepted_by"])
    assert wanted[:6] in told(desk, level), "as declared today it is told"
    as_declared = coded_fields.questions

    def tomorrow(kind: type[Record]) -> dict[str, Question]:
        asked = dict(as_declared(kind))
        if kind.KIND == "application":
            one = asked["accepted_by"]
            asked["accepted_by"] = replace(one, ask=replace(one.ask, care=Care.IDENTIFIES))
        return asked

    monkeypatch.setattr(coded_fields, "questions", tomorrow)
    assert wanted[:6] not in told(desk, level)


def test_a_release_tells_no_day_and_no_colleague(full: Full) -> None:
    desk, values = full
    printed_on = days.show_day(desk.today())
    whole = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日|\d{4}-\d{2}-\d{2}")
    said = told(desk, RELEASE).replace(printed_on, "")
    assert whole.search(said) is None
    assert whole.search(told(desk, SUPERVISION))
    staff = {str(given[name]) for given in values.values() for name in STAFF_FIELDS if name in given}
    assert [name for name in staff if name in said] == []
    assert any(name in told(desk, SUPERVISION) for name in staff)


def test_the_dossier_itself_is_left_as_it_is(full: Full) -> None:
    desk, _values = full
    file, near = read(desk)
    before = list(texts(case_file_values(file)))
    coded(file, RELEASE, near)
    assert list(texts(case_file_values(file))) == before


@pytest.mark.parametrize(
    ("born", "band"),
    [
        ("2024-01-01", "0—6"),
        ("2013", "7—13"),
        ("2010-05", "14—17"),
        ("1962-03-05", "60多"),
        ("1920", "90多"),
        ("x", ""),
    ],
)
def test_an_age_is_told_by_its_band(born: str, band: str) -> None:
    assert age_band(born, "2026-06-30") == band


def test_letters_tell_those_of_one_surname_apart_and_later_ones_come_later(full: Full) -> None:
    desk, _values = full
    file, near = read(desk)
    people = {id: Person(id=id, name=name) for id, name in (("b", "王二"), ("a", "王大"), ("c", "欧阳春"))}
    cast = cast_of(replace(file, people=people, kin=None), near.staff, hide_children=False)
    assert (cast.of("王大"), cast.of("王二"), cast.of("欧阳春")) == ("王某A", "王某B", "欧阳某")
    more = {**people, "d": Person(id="d", name="王三")}
    later = cast_of(replace(file, people=more, kin=None), near.staff, hide_children=False)
    assert (later.of("王大"), later.of("王三")) == ("王某A", "王某C")


def with_attachments(file: Dossier, born: str, *found: Attachment) -> Dossier:
    assert file.client is not None
    client = Person(**{**file.client.model_dump(), "born": born})
    return replace(file, client=client, children={**file.children, ("attachment", "case"): found})


@pytest.mark.parametrize(
    ("born", "consent", "shown"),
    [
        ("1960", "agreed", True),
        ("1960", "not_asked", False),
        ("1960", None, False),
        ("2015", "agreed", False),
    ],
)
def test_a_picture_leaves_with_consent_alone_and_never_of_a_child(
    full: Full, born: str, consent: str | None, shown: bool
) -> None:
    file, near = read(full[0])
    photo = Attachment(
        id="photo", parent="case", sort="photo", consent=consent, identity="AGE-KEY", title="陈家"
    )
    paper = Attachment(id="paper", parent="case", sort="proof", title="陈家")
    one = with_attachments(file, born, photo, paper)
    told = coded(one, RELEASE, near).children["attachment", "case"]
    assert [row.id for row in told] == (["photo", "paper"] if shown else ["paper"])
    assert [row.identity for row in told if isinstance(row, Attachment)] == [None] * len(told)
    assert len(coded(one, SUPERVISION, near).children["attachment", "case"]) == 2


def test_what_is_no_code_and_no_day_of_ours_is_not_told(full: Full) -> None:
    file, near = read(full[0])
    odd = {"education": "老陈的儿子", "categories": "disabled,老陈", "filed_on": "老陈来那天"}
    assert file.client is not None
    client = Person(**{**file.client.model_dump(), **odd})
    told = coded(replace(file, client=client), SUPERVISION, near).client
    assert told is not None
    assert (told.education, told.categories, told.filed_on) == (None, "disabled", None)


def test_a_colleague_who_is_also_in_the_family_is_no_colleague_here(full: Full) -> None:
    file, near = read(full[0])
    both = replace(file, people={"a": Person(id="a", name="李小禾")}, kin=None)
    cast = cast_of(both, [*near.staff, "李小禾"], hide_children=False)
    assert "李小禾" not in cast.staff
    assert cast.of("李小禾").startswith("李某")


def test_others_on_file_and_names_in_pinyin_are_known_too(full: Full) -> None:
    file, near = read(full[0])
    assert file.client is not None
    client = Person(**{**file.client.model_dump(), "name": "陈大山"})
    text = "隔村的苗满仓来过，送去绿水湾敬老院；签名写Chen Da-Shan。李小禾在场。"
    case = type(file.case)(**{**file.case.model_dump(), "note": text})
    one = replace(file, client=client, people={}, kin=None, case=case)
    known = replace(near, people=("苗满仓", "李小禾", "平安"), units=("绿水湾敬老院", "民政办"))
    fields = [
        name
        for name, question in questions(type(case)).items()
        if getattr(case, name) == text and coded_fields.is_free(question)
    ]
    assert fields, "the case has a field anything may be written in"

    def told_of(around: Around) -> str:
        made = coded(one, SUPERVISION, around)
        return str(getattr(made.case, fields[0]))

    assert told_of(known) == "隔村的苗某来过，送去某敬老院；签名写陈某。李小禾在场。"
    assert "苗满仓" in told_of(near), "control: who is not on file is not known"


@pytest.mark.parametrize(
    ("kind", "field", "text", "told"),
    [
        ("visit", "companions", "柳湾村村干部温良玉、志愿者苗青青", "村干部、志愿者"),
        ("visit", "companions", "温良玉", "（隐去）"),
        ("person", "workplace", "云岭县医院康复科", "某医院"),
        ("person", "address", "小学后面第二家", "（隐去）"),
        ("person", "address", "与户籍地址相同", "与户籍地址相同"),
    ],
)
def test_a_field_that_identifies_is_told_as_far_as_it_may_be(
    full: Full, kind: str, field: str, text: str, told: str
) -> None:
    file, near = read(full[0])
    assert file.client is not None
    if kind == "person":
        client = Person(**{**file.client.model_dump(), field: text})
        made = coded(replace(file, client=client), SUPERVISION, near).client
    else:
        (first, *rest) = file.visits or file.papers["visit"]
        visit = type(first)(**{**first.model_dump(), field: text})
        made = coded(replace(file, visits=(visit, *rest)), SUPERVISION, near).visits[0]
    assert getattr(made, field) == told
