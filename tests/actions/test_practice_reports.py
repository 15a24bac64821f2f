"""The practice station's reports of its contract years: every indicator, as an independent count finds it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pypdfium2
import pytest

from sgz_desktop.actions import papers_report, report_edits
from sgz_desktop.actions.report_edits import Outline
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.domain.indicators import INDICATORS
from sgz_desktop.store import queries
from tests.recount.count import Rows, recounted

TODAY = "2026-06-30"
Records = dict[str, dict[str, dict[str, Any]]]
# The field's reference, §4: which reports an indicator is in. J02 is monthly too.
IN = {
    **dict.fromkeys(("P01", "P02", "P03", "V01", "V03", "D01", "C01", "C02", "G01", "A01"), "MZE"),
    **dict.fromkeys(("J01", "J02", "J03", "R01", "R02", "W01", "S01", "H01"), "MZE"),
    **dict.fromkeys(("P04", "C03", "F01", "Q01", "Y01"), "ZE"),
    "V02": "M",
    "C04": "MZ",
}
LETTERS = {"monthly": "M", "midterm": "Z", "final": "E"}
EDITED = """SELECT DISTINCT n.kind, n.id, e.at_ms FROM change c JOIN edit e ON e.eid = c.eid
    JOIN entity n ON n.rid = c.rid WHERE n.kind IN ('person', 'household')"""


@pytest.fixture(scope="module")
def rows(records: Records) -> Rows:
    """The exported records as the recount reads them."""
    return {kind: [{"id": id, **values} for id, values in some.items()] for kind, some in records.items()}


def updated(town: OpenStation, records: Records, kind: str, first: str, last: str) -> int:
    """Files put on before a span in which something of them was entered, by the log."""
    found = town.desk.read(lambda session: queries.table(session, EDITED))
    beijing = timedelta(hours=8)
    edited = {
        id
        for of, id, ms in found
        if of == kind and first <= f"{datetime.fromtimestamp(ms / 1000, UTC) + beijing:%Y-%m-%d}" <= last
    }
    return sum(records[kind][id]["filed_on"] < first for id in edited)


@pytest.fixture(scope="module")
def told(town: OpenStation) -> Callable[[str, str], Outline]:
    """A report of a sort and span, made once."""
    return cache(lambda sort, span: report_edits.report_outline(town.desk, sort, span))


def figures(report: Outline) -> dict[tuple[str, str, str], int | float]:
    return {(one.now.code, one.now.part, one.now.unit): one.now.value for one in report.figures}


@pytest.mark.parametrize(("sort", "span"), [("monthly", "2025-03"), ("midterm", "2024"), ("final", "2024")])
def test_a_report_shows_every_indicator_and_equals_the_recount(
    town: OpenStation,
    records: Records,
    rows: Rows,
    told: Callable[[str, str], Outline],
    sort: str,
    span: str,
) -> None:
    assert set(IN) == set(INDICATORS)
    report = told(sort, span)
    shown = figures(report)
    assert {code for code, _, _ in shown} == {
        code for code, letters in IN.items() if LETTERS[sort] in letters
    }
    days = report.span.now.first, report.span.now.last
    counted = recounted(rows, *days, TODAY)
    for kind, unit in (("person", "人"), ("household", "户")):
        counted["P03", f"updated_{kind}", unit] = updated(town, records, kind, *days)
    assert {key: counted.get(key, 0) for key in shown} == shown
    wrong = recounted(rows, *days, TODAY, {"leave"})  # the control
    assert wrong["P02", "", "人次"] > shown["P02", "", "人次"]


def test_the_reports_of_the_years_are_signed_and_tell_of_a_whole_one(
    town: OpenStation, told: Callable[[str, str], Outline]
) -> None:
    report = told("final", "2024")
    assert (report.number, report.signed_on) == ("MQ-2024", "2025-09-10")
    value = figures(report)
    assert value["V01", "households", "户次"] >= 1500
    assert value["A01", "", "场"] >= 60
    assert value["A01", "", "人次"] + value["G01", "people", "人次"] >= 2000
    paper = pypdfium2.PdfDocument(papers_report.print_report(town.desk, "final", "2024"))
    words = "".join(paper[0].get_textpage().get_text_bounded().split())
    assert "小组没有达到年度目标。" in words
    signed = [one for one in report_list(town) if one[1]]
    assert signed == [
        *(("ZQ-2025", "2026-03-10"), ("ZQ-2024", "2025-03-12")),
        *(("MQ-2024", "2025-09-10"), ("JB-2026-05", "2026-06-04")),
    ]


def report_list(town: OpenStation) -> list[tuple[str, str]]:
    query = "SELECT number, signed_off_on FROM r_report ORDER BY number DESC"
    return town.desk.read(lambda session: queries.table(session, query))
