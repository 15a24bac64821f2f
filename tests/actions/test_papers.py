"""Every declared field of a filled case is found on its papers; papers for the client hold nothing else."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest

from sgz_desktop.actions import papers, papers_words
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.station import create_station
from sgz_desktop.domain.fields import (
    CodeKind,
    DisabilityCardKind,
    IdNumberKind,
    KeyKind,
    Paper,
    PhoneKind,
    RefKind,
    Wire,
    YesNoKind,
    split_codes,
)
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import Question, Record, parent_field, questions
from sgz_desktop.reports.values import CaseFile, Sheet, texts
from tests.actions.conftest import CHEAP, PASSPHRASE
from tests.actions.papers_station import KINDS, full_case, spoken
from tests.conftest import TestClock

Full = tuple[Desk, dict[str, dict[str, Wire]]]
ORDER = {
    ("goal", "place"),
    ("step", "place"),
    ("case_move", "step"),
}  # said by the order of the rows; test_papers_order has them
TEXTUAL = ("text", "long_text", "name", "day", "yuan")


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Full]:
    """A station with one case of which everything is filled; papers only read it."""
    folder = tmp_path_factory.mktemp("papers")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SGZ_STATE", str(folder / "state"))
        made = create_station(
            folder / "store", "青禾镇社工站", "李小禾", PASSPHRASE, params=CHEAP, now=TestClock()
        )
        yield made.desk, full_case(made.desk)
        made.close()


def missing(file: CaseFile, kind: str, values: Mapping[str, Wire]) -> list[str]:
    """Fields of a kind that the case file does not tell."""
    said = list(spoken(file))
    return [
        name
        for name, question in questions(BY_KIND[kind]).items()
        if name != parent_field(BY_KIND[kind]) and (kind, name) not in ORDER
        for words in expected(question, values[name])
        if not any(words in text for text in said)
    ]


def expected(question: Question, value: Wire) -> list[str]:
    """What a paper must say of a value, worked out apart from the papers' own words."""
    kind = question.kind
    if isinstance(kind, KeyKind | RefKind) or value is None:
        return []
    if isinstance(kind, YesNoKind):
        return []  # a ticked 是 or 否 stands by its label; see the test of boxes
    if isinstance(kind, IdNumberKind | DisabilityCardKind):
        return [str(value)[:3] + "***", "***" + str(value)[-4:]]
    if isinstance(kind, PhoneKind):
        return ["****" + str(value)[-4:]]
    if isinstance(kind, CodeKind):
        return [kind.show(code) for code in split_codes(value)]
    return [kind.show(value)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_found_on_paper(full: Full, kind: str) -> None:
    desk, values = full
    file = papers.case_file(desk, str(values["case"]["number"]))
    assert missing(file, kind, values[kind]) == []


@pytest.mark.parametrize("lost", ["rest", "rest_line"])
def test_a_layout_that_drops_fields_is_found_out(
    full: Full, lost: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, values = full
    monkeypatch.setattr(papers_words.Asked, lost, lambda self: () if lost == "rest" else "")
    file = papers.case_file(desk, "case")
    assert any(missing(file, kind, values[kind]) for kind in KINDS)


def test_numbers_of_people_are_masked(full: Full) -> None:
    desk, values = full
    whole = "\n".join(texts(papers.case_file(desk, "case")))
    for kind in KINDS:
        for name, question in questions(BY_KIND[kind]).items():
            if isinstance(question.kind, IdNumberKind | DisabilityCardKind | PhoneKind):
                assert str(values[kind][name]) not in whole, f"{kind}.{name}"


def leaks(sheet: Sheet, values: Mapping[str, Mapping[str, Wire]], circle: Mapping[str, Any]) -> list[str]:
    """INTERNAL values that a sheet tells."""
    said = list(spoken(sheet))
    return [
        f"{kind}.{name}"
        for kind in KINDS
        for name, question in circle[kind].items()
        if question.ask.paper is Paper.INTERNAL and question.kind.name in TEXTUAL
        for words in expected(question, values[kind][name])
        if any(words in text for text in said)
    ]


def client_sheets(file: CaseFile) -> list[Sheet]:
    return [sheet for sheet in file.sheets if sheet.paper == "CLIENT"]


def test_papers_for_the_client_hold_client_fields_only(full: Full) -> None:
    desk, values = full
    sheets = client_sheets(papers.case_file(desk, "case"))
    declared = {kind: questions(BY_KIND[kind]) for kind in KINDS}
    assert [sheet.title for sheet in sheets] == ["知情同意书", "服务计划", "满意度问卷", "结案报告"]
    for sheet in sheets:
        assert leaks(sheet, values, declared) == []
        whole = "".join(spoken(sheet))
        assert not any(word in whole for word in ("风险", "判断", "督导意见", "批注", "反思", "介入策略"))


def test_a_field_let_out_by_mistake_is_found_out(full: Full, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: one field of the plan flipped to CLIENT, and the same look at the sheets goes red."""
    desk, values = full
    declared = {kind: questions(BY_KIND[kind]) for kind in KINDS}
    monkeypatch.setattr(papers_words, "questions", _flipped(questions, "plan", "risk_plan"))
    plan = next(sheet for sheet in client_sheets(papers.case_file(desk, "case")) if sheet.title == "服务计划")
    assert leaks(plan, values, declared) == ["plan.risk_plan"]


def _flipped(ask: Callable[[type[Record]], Any], kind: str, field: str) -> Callable[[type[Record]], Any]:
    def asked(record: type[Record]) -> Any:
        found = dict(ask(record))
        if kind == record.KIND:
            one = found[field]
            found[field] = replace(one, ask=replace(one.ask, paper=Paper.CLIENT))
        return found

    return asked


def test_text_is_printed_as_it_was_typed(full: Full) -> None:
    """Markup, line breaks and formulas stay what they are, in the values and in the file's own text."""
    desk, values = full
    pdf = pypdfium2.PdfDocument(papers.print_case_file(desk, "case"))
    found = "".join(page.get_textpage().get_text_range() for page in pdf)
    flat = "".join(found.split())
    facts = str(values["session"]["facts"])
    assert facts in "".join(spoken(papers.case_file(desk, "case")))
    assert "<b>&amp;" in facts
    assert "".join(facts.split()) in flat
    assert str(values["session"]["place"]) in flat.replace("\u3000", "")


def test_one_file_twice_is_the_same_bytes_and_its_pages_are_told(full: Full) -> None:
    desk, _ = full
    told: list[tuple[int, int]] = []
    first = papers.print_case_file(desk, "case", lambda done, total: told.append((done, total)))
    assert first == papers.print_case_file(desk, "case")
    assert told[-1][0] == told[-1][1] == len(pypdfium2.PdfDocument(io.BytesIO(first)))


def test_fields_answered_yes_or_no_are_ticked_so(full: Full) -> None:
    desk, values = full
    file = papers.case_file(desk, "case")
    shown = {
        field.label: [option.label for option in field.options if option.ticked] or [field.text]
        for sheet in file.sheets
        for block in sheet.blocks
        for field in getattr(block, "fields", ())
    }
    for kind in ("person", "household", "followup", "referral"):
        for name, question in questions(BY_KIND[kind]).items():
            if isinstance(question.kind, YesNoKind):
                wanted = "是" if values[kind][name] else "否"
                assert shown[question.ask.label] == [wanted], f"{kind}.{name}"


def test_sources_stay_out_of_each_other(full: Full) -> None:
    """Another case's sheets are not in the file."""
    desk, _ = full
    other = papers.case_file(desk, "1949-A001")
    assert [sheet.title for sheet in other.sheets][:1] == ["服务对象基本信息"]
    assert "过程记录" not in [sheet.title for sheet in other.sheets]
