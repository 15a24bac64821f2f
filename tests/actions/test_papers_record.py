"""One record as a paper, some sheets of a file, the files of several cases."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from sgz_desktop.actions import cases, contacts, forms, papers, papers_record, urgent
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_blank import blank_list, print_blanks
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import questions
from sgz_desktop.errors import AppError, Cancelled
from sgz_desktop.reports.values import texts
from tests.actions.papers_station import KINDS, family, full_case, visit

IN_FILE = ("intake", "consent", "assessment", "plan", "session", "visit", "application", "referral")
IN_FILE += ("evaluation", "closure", "followup")


@pytest.fixture
def case(desk: Desk) -> str:
    return cases.open_case(desk, visit=visit(desk, family(desk), "2026-06-02"))


def pages(data: bytes) -> list[str]:
    return ["".join(one.get_textpage().get_text_range().split()) for one in pypdfium2.PdfDocument(data)]


def counted(page: str) -> tuple[int, int]:
    """(x, y) of 第x页共y页."""
    found = re.search(r"第(\d+)页共(\d+)页", page)
    assert found
    return int(found[1]), int(found[2])


@pytest.mark.parametrize("kind", IN_FILE)
def test_a_sheet_alone_is_the_sheet_of_the_file(desk: Desk, kind: str) -> None:
    full_case(desk)
    file = papers.case_file(desk, "case")
    alone = papers_record.record_paper(desk, kind, kind)
    assert alone.sheets
    assert set(alone.sheets) <= set(file.sheets)
    assert pages(papers_record.print_record(desk, kind, kind))


def test_control_a_sheet_of_another_record_is_not_its_own(desk: Desk) -> None:
    full_case(desk)
    one, other = (set(papers_record.record_paper(desk, kind, kind).sheets) for kind in ("plan", "session"))
    assert not one & other


def test_every_filled_field_of_what_stands_in_no_file_is_told(desk: Desk) -> None:
    full_case(desk)
    person = papers_record.record_paper(desk, "person", "person")
    said = "\n".join(texts(person))
    assert "或指印" not in said
    asked = questions(BY_KIND["person"])
    assert [one.ask.label for one in asked.values() if one.ask.label not in said] == []
    assert re.search(r"DA-[0-9A-Z]+", person.sheets[0].number)


def made(desk: Desk) -> dict[str, str]:
    """A record of each kind that stands in no file, by kind."""
    home = family(desk)
    new: dict[str, tuple[Callable[[Any], Any], dict[str, Any]]] = {
        "contact": (contacts.new_contact, {"matter": "来问低保怎么办"}),
        "mandatory_report": (urgent.new_report, {"facts": "邻居说夜里有哭声"}),
        "diary": (
            lambda desk: forms.new_form(desk, "diary", {"date": "2026-06-30"}),
            {"errands": "送文件到民政办"},
        ),
    }
    found = {kind: forms.save_form(desk, make(desk), typed).id for kind, (make, typed) in new.items()}
    return {**found, "visit": visit(desk, home, "2026-06-02")}


def test_what_is_written_beside_the_cases_is_printed_too(desk: Desk) -> None:
    words = {"contact": "来问低保怎么办", "mandatory_report": "邻居说夜里有哭声", "diary": "送文件到民政办"}
    first, second = made(desk), made(desk)
    for kind, id in first.items():
        found = papers_record.record_paper(desk, id, kind)
        (sheet,) = found.sheets
        assert words.get(kind, "") in "".join(texts(sheet))
        assert "或指印" not in "".join(texts(sheet))  # it holds what the family should not read
        assert sheet.number != papers_record.record_paper(desk, second[kind], kind).sheets[0].number
        told = pages(papers_record.print_record(desk, id, kind))
        assert [counted(page) for page in told] == [(n, len(told)) for n in range(1, len(told) + 1)]
        assert not any("练习" in page for page in told)


def test_what_is_not_here_is_said(desk: Desk) -> None:
    for kind in ("visit", "nothing of the sort"):
        with pytest.raises(AppError, match="没有找到"):
            papers_record.record_paper(desk, "x", kind)


def test_parts_of_a_file_keep_numbers_and_pages(desk: Desk) -> None:
    full_case(desk)
    whole = pages(papers.print_case_file(desk, "case"))
    sheets = papers.case_file(desk, "case").sheets
    chosen = [sheets[3].number, sheets[-1].number]
    part = papers.print_case_file(desk, "case", None, chosen)
    told = pages(part)
    assert told == [page for page in whole if any(f"文件编号{number}" in page for number in chosen)]
    assert {counted(page)[1] for page in told} == {len(whole)}
    marks = [mark.get_title() for mark in pypdfium2.PdfDocument(part).get_toc()]
    assert len(marks) == len(chosen)
    opening = pages(papers.print_case_file(desk, "case", None, ["cover", "contents"]))
    assert opening == whole[: len(opening)]
    assert (
        pages(papers.print_case_file(desk, "case", None, [one.number for one in sheets]))
        == whole[len(opening) :]
    )


def test_many_files_are_each_whole_and_can_be_stopped(desk: Desk, case: str) -> None:
    other = cases.open_case(desk, visit=visit(desk, family(desk), "2026-06-03"))
    told: list[tuple[int, int]] = []
    many = papers.print_case_files(desk, [case, other], lambda *step: told.append(step))
    assert pages(many) == [
        *pages(papers.print_case_file(desk, case)),
        *pages(papers.print_case_file(desk, other)),
    ]
    assert told[-1] == (2, 2)
    assert {total for _, total in told} == {2}
    assert [mark.get_title() for mark in pypdfium2.PdfDocument(many).get_toc()] == [
        f"个案档案 {papers.case_file(desk, id).number}" for id in (case, other)
    ]
    assert many == papers.print_case_files(desk, [case, other])

    def stop(done: int, _total: int) -> None:
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        papers.print_case_files(desk, [case, other], stop)
    with pytest.raises(AppError, match="没有选个案"):
        papers.print_case_files(desk, [])
    odd = ["某"]
    papers.print_case_files(desk, [case, other], None, odd)
    assert odd == ["某"]


def test_many_files_are_saved_as_they_are_made_whole_or_not_at_all(
    desk: Desk, case: str, tmp_path: Path
) -> None:
    folder = tmp_path / "给局里"
    folder.mkdir()
    path = folder / "档案.pdf"
    papers.save_case_files(desk, [case, case], path)
    whole = path.read_bytes()
    assert whole == papers.print_case_files(desk, [case, case])
    begun: list[str] = []

    def stop(done: int, _total: int) -> None:
        begun[:] = [one.name for one in folder.iterdir() if one != path and one.stat().st_size]
        if done == 1 and begun:
            raise Cancelled

    with pytest.raises(Cancelled):
        papers.save_case_files(desk, [case] * 3, path, stop)
    assert begun  # the first file was on the disk
    with pytest.raises(AppError, match="没有选个案"):
        papers.save_case_files(desk, [], path)
    assert [*folder.iterdir()] == [path]
    assert path.read_bytes() == whole


def test_a_station_s_blank_forms_bear_its_name_and_nobody_else_s(desk: Desk) -> None:
    full_case(desk)
    told = pages(print_blanks(desk, [kind for kind, _ in blank_list()]))
    assert all(desk.station in page for page in told)
    assert not any("义务人测试" in page or "练习" in page for page in told)
    with pytest.raises(AppError, match="没有选空白表"):
        print_blanks(desk, [])


def test_all_that_is_printed_alone_is_known() -> None:
    assert set(papers_record.PRINTED) <= set(BY_KIND)
    assert set(IN_FILE) <= set(KINDS)
