"""Photos and scans: kept small with their record, shown from memory, never in the way of a list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sgz_desktop.actions import attachments, cases, forms, people, visits
from sgz_desktop.actions.attachments import MOST_AT_ONCE, MOST_BYTES, Photo, Placed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.errors import AppError, Cancelled
from sgz_desktop.store import blobs
from tests.foreign.photos import EXE, HEIC, bomb, photo
from tests.foreign.test_scan import pdf

DAY = "2026-06-26"


@pytest.fixture
def visit(desk: Desk) -> str:
    made = people.register_household(
        desk, {"village": "上溪村"}, [people.MemberInput("02", {"name": "试验丙"})]
    )
    form = visits.new_visit(desk, household=made.household, person=made.people[0])
    typed = {"date": DAY, "start_time": "09:00", "end_time": "10:00"}
    return forms.save_form(desk, form, typed).id


@pytest.fixture
def phone(tmp_path: Path) -> Path:
    folder = tmp_path / "DCIM"
    folder.mkdir()
    (folder / "b.JPG").write_bytes(photo("2026:06:26 09:41:20"))
    (folder / "a.png").write_bytes(photo("", size=(320, 200), form="PNG"))
    (folder / "c.jpeg").write_bytes(photo("2026:06:20 08:00:00", size=(640, 480)))
    (folder / "program.jpg").write_bytes(EXE)
    (folder / "d.heic").write_bytes(HEIC)
    (folder / "bomb.png").write_bytes(bomb())
    (folder / "notes.txt").write_text("no photo", encoding="utf-8")
    return folder


def test_a_folder_is_read_at_once_and_what_is_no_photo_says_so(desk: Desk, phone: Path) -> None:
    steps: list[tuple[int, int]] = []
    found = attachments.read_photos(desk, phone, lambda *step: steps.append(step))
    assert steps == [(n, 6) for n in range(1, 7)]
    good = {one.name: (one.taken_on, one.taken_time) for one in found if not one.problem}
    assert good == {"a.png": ("", ""), "b.JPG": (DAY, "09:41"), "c.jpeg": ("2026-06-20", "08:00")}
    bad = {one.name: one.problem for one in found if one.problem}
    assert bad == {
        "program.jpg": "这个文件不是照片（JPG、PNG、WEBP）或PDF，没有放入。",
        "d.heic": "这个文件是HEIC格式，请先转成JPG，没有放入。",
        "bomb.png": "这个文件太大，打不开，没有放入。",
    }


def test_the_folders_in_it_are_read_too(desk: Desk, phone: Path) -> None:
    """DCIM itself holds Camera; its thumbnails are not taken for photos."""
    for name in ("Camera", ".thumbnails"):
        (phone / name).mkdir()
        (phone / name / f"{name.strip('.')}.jpg").write_bytes(photo("2026:06:26 10:00:00"))
    names = {one.name for one in attachments.read_photos(desk, phone)}
    assert "Camera.jpg" in names
    assert "thumbnails.jpg" not in names


def test_a_photo_of_200_mb_is_not_even_read(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / "big.jpg").open("wb") as big:
        big.truncate(200 * 1024 * 1024)
    (one,) = attachments.read_photos(desk, tmp_path)
    assert one.problem
    with pytest.raises(AppError):
        attachments.attach_file(desk, "v1", tmp_path / "big.jpg")
    assert MOST_BYTES < 200 * 1024 * 1024


def test_reading_can_be_cancelled(desk: Desk, phone: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        attachments.read_photos(desk, phone, stop)


@pytest.mark.parametrize(
    ("fill", "sentence"),
    [
        (lambda folder: folder.rmdir(), "打不开"),
        (lambda folder: None, "没有照片"),
        (lambda folder: [(folder / f"{n}.jpg").touch() for n in range(MOST_AT_ONCE + 1)], "一次最多300张"),
    ],
    ids=["gone", "empty", "too many"],
)
def test_a_folder_that_cannot_be_used_says_why(
    desk: Desk, tmp_path: Path, fill: Callable[[Path], object], sentence: str
) -> None:
    folder = tmp_path / "DCIM"
    folder.mkdir()
    fill(folder)
    with pytest.raises(AppError, match=sentence):
        attachments.read_photos(desk, folder)


def test_photos_are_kept_with_their_visit_once(desk: Desk, visit: str, phone: Path) -> None:
    found = [one for one in attachments.read_photos(desk, phone) if one.taken_on == DAY]
    (occasion,) = attachments.occasions_of(desk, [DAY])
    assert (occasion.id, occasion.village, occasion.refused) == (visit, "上溪村", False)
    placed = [Placed(one, visit, attachments.caption_of(one, occasion)) for one in found]
    assert attachments.keep_photos(desk, placed) == 1
    assert attachments.keep_photos(desk, placed) == 0  # the same folder again
    (line,) = attachments.list_files(desk, visit)
    assert (line.caption, line.day, line.consent, line.here) == (
        "6月26日·上溪村·走访",
        "6月26日 09:41",
        "未询问",
        True,
    )
    picture, pages = attachments.show_file(desk, line.id)
    assert picture[:2] == b"\xff\xd8"
    assert pages == 1
    assert set(attachments.thumbnails(desk, [line.id, "unknown"])) == {line.id}


def test_what_was_kept_before_a_cancel_stays(desk: Desk, visit: str, phone: Path) -> None:
    good = [one for one in attachments.read_photos(desk, phone) if not one.problem]

    def stop(done: int, total: int) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        attachments.keep_photos(desk, [Placed(one, visit) for one in good], stop)
    assert len(attachments.list_files(desk, visit)) == 2


def test_a_refused_photo_is_told(desk: Desk) -> None:
    made = people.register_household(
        desk, {}, [people.MemberInput("02", {"name": "试验丁", "photo_consent": "refused"})]
    )
    form = visits.new_visit(desk, household=made.household, person=made.people[0])
    forms.save_form(desk, form, {"date": DAY})
    (occasion,) = attachments.occasions_of(desk, [DAY])
    assert occasion.refused


@pytest.mark.parametrize(
    ("first", "last", "refused"), [(None, "refused", True), ("refused", "agreed", False)]
)
def test_what_the_cases_consent_says_last_of_photos_counts(
    desk: Desk, first: str | None, last: str, refused: bool
) -> None:
    made = people.register_household(desk, {}, [people.MemberInput("02", {"name": "试验戊"})])
    case = cases.open_case(desk, person=made.people[0])
    for said, day in ((first, "2026-06-01"), (last, "2026-06-02")):
        if said:
            forms.save_form(desk, cases.new_paper(desk, case, "consent"), {"ok_photo": said, "told_on": day})
    forms.save_form(desk, cases.new_paper(desk, case, "session"), {"date": DAY})
    forms.save_form(desk, visits.new_visit(desk, household=made.household, case=case), {"date": DAY})
    found = {(one.kind, one.refused) for one in attachments.occasions_of(desk, [DAY])}
    assert found == {("session", refused), ("visit", refused)}


def test_the_head_answers_for_a_visit_to_nobody_by_name(desk: Desk) -> None:
    head = people.MemberInput("02", {"name": "试验己", "photo_consent": "withdrawn"})
    made = people.register_household(desk, {}, [head])
    forms.save_form(desk, visits.new_visit(desk, household=made.household), {"date": DAY})
    (occasion,) = attachments.occasions_of(desk, [DAY])
    assert occasion.refused


def test_a_scan_is_kept_whole_and_shown_page_by_page(desk: Desk, visit: str, tmp_path: Path) -> None:
    scan = tmp_path / "试验丙的同意书.pdf"
    scan.write_bytes(pdf(3))
    assert attachments.attach_file(desk, visit, scan)
    assert not attachments.attach_file(desk, visit, scan)
    (line,) = attachments.list_files(desk, visit)
    assert (line.title, line.mime) == ("签字页扫描", "application/pdf")  # never the name it had outside
    assert attachments.show_file(desk, line.id, 2)[1] == 3
    values = forms.form(desk, line.id, "attachment").values
    assert desk.read(lambda session: blobs.get(session, str(values["sha256"]))) == scan.read_bytes()


@pytest.mark.parametrize("data", [EXE, HEIC, b"%PDF-1.7 broken", b""], ids=["exe", "heic", "pdf", "empty"])
def test_what_is_neither_is_refused_and_nothing_is_kept(
    desk: Desk, visit: str, tmp_path: Path, data: bytes
) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(data)
    with pytest.raises(AppError, match="没有放入"):
        attachments.attach_file(desk, visit, path)
    assert attachments.list_files(desk, visit) == []


def test_a_file_that_is_not_here_says_so(desk: Desk, visit: str) -> None:
    form = forms.new_form(desk, "attachment", {"parent": visit})
    made = forms.save_form(desk, form, {"title": "照片", "sha256": "0" * 64}).id
    (line,) = attachments.list_files(desk, visit)
    assert not line.here
    with pytest.raises(AppError, match="不在本机"):
        attachments.show_file(desk, made)
    assert attachments.thumbnails(desk, [made]) == {}


def test_no_list_opens_a_file(desk: Desk, visit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A gigabyte of photos does not slow a list: none of them is touched by one."""
    case = cases.open_case(desk, visit=visit)
    attachments.keep_photos(desk, [Placed(Photo("a", b"\xff\xd8" + bytes(50)), visit)])
    opened: list[object] = []
    monkeypatch.setattr(blobs, "opened", lambda *of: opened.append(of))
    person = str(cases.case_page(desk, case).client)
    people.people_rows(desk, people.list_people(desk))
    people.person_page(desk, person)
    visits.visit_rows(desk, visits.list_visits(desk))
    cases.case_lines(desk)
    attachments.list_files(desk, visit)
    assert opened == []
    (line,) = attachments.list_files(desk, visit)
    with pytest.raises(TypeError):
        attachments.show_file(desk, line.id)
    assert len(opened) == 1
