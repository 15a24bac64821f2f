"""Photos of a case file: those agreed to, on a sheet of their own."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from sgz_desktop.actions import attachments, cases, papers, signing, signing_file, supervision_copy
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.supervision_copy import CopyWish
from sgz_desktop.reports.values import CaseFile, Note, Photos, Sheet
from sgz_desktop.store import blobs
from tests.actions.papers_station import family, paper, visit
from tests.foreign.photos import photo


@pytest.fixture
def case(desk: Desk, tmp_path: Path) -> str:
    """A case with a visit of which there is one photo."""
    of = family(desk)
    case = cases.open_case(desk, visit=visit(desk, of, "2026-06-02"))
    seen = visit(desk, of, "2026-06-09", case)
    path = tmp_path / "入户.jpg"
    path.write_bytes(photo("2026:06:09 09:20:00", size=(1200, 800)))
    attachments.attach_file(desk, seen, path)
    return case


def sheet(file: CaseFile) -> Sheet | None:
    return next((one for one in file.sheets if one.title == "照片"), None)


def agree(desk: Desk, case: str, answer: str, day: str = "2026-06-02") -> None:
    paper(desk, case, "consent", {"told_on": day, "ok_photo": answer})


def images(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return sum(len(page.get_images()) for page in pdf.pages)


def test_without_consent_no_photo_is_printed(desk: Desk, case: str) -> None:
    assert sheet(papers.case_file(desk, case)) is None
    agree(desk, case, "agreed")
    assert sheet(papers.case_file(desk, case)) is not None  # control
    agree(desk, case, "withdrawn", "2026-06-10")
    assert sheet(papers.case_file(desk, case)) is None
    assert images(papers.print_case_file(desk, case)) == 0


def test_with_consent_they_stand_on_a_sheet_with_their_day(desk: Desk, case: str) -> None:
    agree(desk, case, "agreed")
    found = sheet(papers.case_file(desk, case))
    assert found is not None
    (photos,) = [one for one in found.blocks if isinstance(one, Photos)]
    assert [one.caption for one in photos.pictures] == ["2026年6月9日　照片"]
    assert found.number.endswith("-20-1")
    data = papers.print_case_file(desk, case)
    assert images(data) == 1
    assert data == papers.print_case_file(desk, case)


def test_a_photo_that_cannot_be_read_is_said_and_the_file_is_printed(
    desk: Desk, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(desk, case, "agreed")
    monkeypatch.setattr(blobs, "get", lambda *_: b"\xff\xd8 no photo at all")
    file = papers.case_file(desk, case)
    assert sheet(file) is None
    (listed,) = [one for one in file.sheets if one.title == "附件目录"]
    assert [one.text for one in listed.blocks if isinstance(one, Note)] == ["有1张照片读不出来，没有印上。"]


def test_copies_that_leave_the_station_hold_none(desk: Desk, case: str) -> None:
    agree(desk, case, "agreed")
    assert images(papers.print_case_file(desk, case)) == 1  # control
    made = supervision_copy.make_copy(desk, case, CopyWish("苏督导"))
    assert images(made.data) == 0


def test_papers_kept_from_a_file_with_photos_have_its_page_numbers(desk: Desk, case: str) -> None:
    agree(desk, case, "agreed")
    waits = list[signing_file.ToKeep]()
    whole = papers.print_case_file(desk, case, wait=waits)
    form = waits[0]
    signing_file.note_file_printed(desk, case, form)
    total = f"共{len(pikepdf.open(io.BytesIO(whole)).pages)}页"
    one = next(one for one in signing.paper_states(desk, case) if one.number == form.numbers[0])
    assert total in text(signing.kept_paper(desk, one.id, one.number))


def text(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in pages)
