"""The form of a report is data; a station's changes are laid over it, and nonsense among them is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgz_desktop.domain import indicators
from sgz_desktop.domain.ledgers import BY_NAME
from sgz_desktop.domain.report_form import COLUMNS, SORTS, TEXTS, changed, choose, form_of, shipped

LEAVES = st.sampled_from([None, True, 0, "", "now", "  ", "社" * 99, {"id": "data"}, {"id": 3, "on": 0}])
JSON = LEAVES | st.lists(LEAVES, max_size=3) | st.lists(st.lists(LEAVES, max_size=2), max_size=2)
NAMES = st.sampled_from(["title", "signers", "columns", "sections", "tables", "ledgers", "counting_rule"])


LEFT_OUT = {
    "monthly": {"P04", "C03", "F01", "Q01", "Y01"},
    "midterm": {"V02"},
    "final": {"V02", "C04"},
}
"""What domain.md §4 does not ask of each sort of report."""


@pytest.mark.parametrize("sort", SORTS)
def test_what_is_shipped_names_only_what_there_is(sort: str) -> None:
    form = shipped()[sort]
    assert {what for what, _ in form.columns} <= set(COLUMNS)
    assert {one.texts for one in form.sections} <= {*TEXTS, ""}
    codes = [code for table in form.tables for code in table.codes]
    assert len(set(codes)) == len(codes)
    assert set(indicators.INDICATORS) - set(codes) == LEFT_OUT[sort]
    assert set(form.ledgers) <= set(BY_NAME)
    assert len({one.id for one in form.sections}) == len(form.sections)
    assert changed(form) == {}


def test_changes_come_back_as_they_were_kept() -> None:
    usual = shipped()["monthly"]
    sections = (usual.sections[1], replace(usual.sections[0], title="进度", on=False), *usual.sections[2:])
    form = replace(
        choose(usual, columns=["year"]),
        title="工作月报",
        sections=sections,
        signers=("填表人", "站长"),
        counting_rule=False,
        ledgers=(),
        tables=usual.tables[:1],
        send_to="县民政局",
    )
    assert form_of("monthly", {"monthly": changed(form), "final": {}}) == form
    assert [one.id for one in form.printed][:2] == ["data", "services"]
    assert form_of("final", {"monthly": changed(form)}) == shipped()["final"]


@settings(deadline=None)
@given(st.dictionaries(NAMES, JSON, max_size=4))
def test_no_setting_stands_between_a_station_and_its_report(told: dict[str, object]) -> None:
    form = form_of("monthly", {"monthly": told})
    assert {one.id for one in form.sections} == {one.id for one in shipped()["monthly"].sections}
    assert form.columns[0][0] == "now"
    assert form.signers
    assert form.tables
    assert form.title


@pytest.mark.parametrize("told", [None, "", [], {"monthly": None}, {"monthly": []}, {"weekly": {}}])
def test_what_is_no_change_changes_nothing(told: object) -> None:
    assert form_of("monthly", told) == shipped()["monthly"]
