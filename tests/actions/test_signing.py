"""The signing loop: printed, waiting, signed; the scan joins its paper by number and comes apart again."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from sgz_desktop import files
from sgz_desktop.actions import (
    cases,
    forms,
    handover,
    papers,
    signing,
    signing_alone,
    signing_file,
    signing_join,
    signing_list,
    undoing,
    workbench,
)
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_case_file import numbered
from sgz_desktop.actions.papers_reading import dossier
from sgz_desktop.actions.signing import PaperState, ToSign
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import questions
from sgz_desktop.domain.signing import ALONE, SORTS, STATES
from sgz_desktop.errors import AppError
from sgz_desktop.reports import values
from sgz_desktop.reports.values import ClientSigning, Signatures
from sgz_desktop.store import papers as frozen
from sgz_desktop.store.write import Write
from tests.actions.papers_station import family, full_case, visit
from tests.foreign.photos import photo

DAY = "2026-06-12"


@pytest.fixture
def case(desk: Desk) -> str:
    """A case with a consent that was told and not signed."""
    case = cases.open_case(desk, visit=visit(desk, family(desk), "2026-06-02"))
    consent = cases.new_paper(desk, case, "consent")
    forms.save_form(desk, consent, {"told_on": "2026-06-10", "service_scope": "每周看望"})
    return case


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "扫描.jpg"
    path.write_bytes(photo("2026:06:26 09:41:20", size=(640, 480)))
    return path


def state(desk: Desk, case: str, sort: str = "consent") -> PaperState:
    return next(one for one in signing.paper_states(desk, case) if one.sort == sort)


def printed(desk: Desk, case: str, sort: str = "consent") -> ToSign:
    made = signing.paper_to_sign(desk, state(desk, case, sort).id, sort, case)
    signing.note_printed(desk, made)
    return made


def joined(desk: Desk, path: Path, number: str, day: str = DAY, fill: bool = True) -> object:
    found = signing_join.find_paper(desk, number)
    return signing_join.join_scan(desk, found.id, signing_join.read_scan(desk, path), number, day, fill)


def altered(desk: Desk, kind: str, id: str, **typed: object) -> None:
    forms.save_form(desk, forms.form(desk, id, kind), typed)


def test_the_papers_that_are_signed_are_those_with_places_to_sign(desk: Desk) -> None:
    full_case(desk)
    drafts = desk.read(lambda session: numbered(dossier(session, desk, "case")))
    signed = {draft.sort for draft, _ in drafts if any(isinstance(b, BOXES) for b in draft.blocks)}
    assert signed == set(SORTS) & {draft.sort for draft, _ in drafts}
    assert {draft.sort for draft, _ in drafts} - signed  # control: some are not signed
    assert set(SORTS) - signed <= {"letter", "report", *ALONE.values()}  # its reply is on file; in no file


BOXES = (Signatures, ClientSigning)


def test_what_a_signing_fills_in_are_fields_of_the_record() -> None:
    for one in SORTS.values():
        assert set(one.fields) <= set(questions(BY_KIND[one.kind]))


def test_printing_freezes_the_bytes_and_waits(desk: Desk, case: str) -> None:
    before = state(desk, case)
    assert (before.words, before.printed) == ("未打印", "")
    made = signing.paper_to_sign(desk, before.id, "consent", case)
    assert state(desk, case).words == "未打印"  # made to be looked at is not printed
    signing.note_printed(desk, made)
    after = state(desk, case)
    assert (after.words, after.printed, after.number) == ("待签", desk.today(), before.number)
    assert signing.kept_paper(desk, after.id, after.number) == made.data
    again = signing.paper_to_sign(desk, before.id, "consent", case)
    assert again.data == made.data
    assert again.again
    signing.note_printed(desk, again)
    assert state(desk, case).number == before.number


def test_a_record_altered_after_printing_has_to_be_printed_again(desk: Desk, case: str) -> None:
    made = printed(desk, case)
    altered(desk, "consent", made.id, signed_on=DAY)  # what a signing fills in is no alteration
    assert not state(desk, case).altered
    altered(desk, "consent", made.id, signed_on=None)
    altered(desk, "consent", made.id, service_scope="每月看望")
    assert state(desk, case).words == "打印后有改动，请重印"
    anew = printed(desk, case)
    assert anew.number == f"{made.number}-2"
    assert anew.data != made.data
    assert state(desk, case).words == "待签"
    assert [one.number for one in signing_list.list_unsigned(desk)] == [anew.number]
    assert signing.kept_paper(desk, made.id, made.number) == made.data


def test_a_scan_makes_it_signed_and_fills_the_day(desk: Desk, case: str, scan: Path) -> None:
    made = printed(desk, case)
    assert [one.title for one in signing_list.list_unsigned(desk)] == ["知情同意书"]
    joined(desk, scan, made.number.lower())
    found = state(desk, case)
    assert (found.words, found.signed_on, found.altered) == ("已签", DAY, False)
    assert "录入" in found.pages[0].entered
    values = forms.form(desk, made.id, "consent").values
    assert (values["signed_on"], values["sign_mode"]) == (DAY, "signature")
    assert signing_list.list_unsigned(desk) == []
    assert workbench.workbench(desk).unsigned == 0
    assert signing.kept_paper(desk, made.id, made.number) == made.data


def test_it_is_taken_back_whole(desk: Desk, case: str, scan: Path) -> None:
    made = printed(desk, case)
    changes = joined(desk, scan, made.number)
    undoing.undo_edit(desk, changes.edit)  # type: ignore[attr-defined]
    assert state(desk, case).words == "待签"
    assert forms.form(desk, made.id, "consent").values.get("signed_on") is None
    assert len(signing_list.list_unsigned(desk)) == 1


def test_nothing_is_filled_where_it_is_not_wanted(desk: Desk, case: str, scan: Path) -> None:
    made = printed(desk, case)
    joined(desk, scan, made.number, fill=False)
    assert state(desk, case).words == "已签"
    assert forms.form(desk, made.id, "consent").values.get("signed_on") is None


def test_a_second_scan_is_kept_too_and_comes_apart(desk: Desk, case: str, scan: Path, tmp_path: Path) -> None:
    made = printed(desk, case, "intake")
    other = tmp_path / "second.jpg"
    other.write_bytes(photo("2026:06:27 09:00:00", size=(320, 240)))
    joined(desk, scan, made.number)
    note = signing_join.find_paper(desk, made.number).note
    assert note.startswith("已有1份签字页（")
    joined(desk, other, made.number, "")
    pages = state(desk, case, "intake").pages
    assert [page.signed_on for page in pages] == [DAY, ""]
    for page in pages:
        signing_join.take_apart(desk, page.id)
    assert state(desk, case, "intake").words == "待签"
    with pytest.raises(AppError, match="没有归入文书"):
        signing_join.take_apart(desk, pages[0].id)
    joined(desk, scan, made.number)  # the same bytes are the same attachment
    assert [page.id for page in state(desk, case, "intake").pages] == [pages[0].id]


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("陈小雨", "这不是文件编号"),
        ("2026-B042-04-1", "本站没有个案2026-B042"),
        ("{case}-04-9", "没有编号"),
        ("{case}-02-1", "没有编号"),
        ("{case}-04-1-7", "没有打印过"),
    ],
)
def test_a_wrong_number_says_what_is_wrong(desk: Desk, case: str, number: str, sentence: str) -> None:
    held = str(forms.form(desk, case, "case").values["number"])
    with pytest.raises(AppError) as refused:
        signing_join.find_paper(desk, number.format(case=held))
    assert sentence in refused.value.message
    assert len(refused.value.message) <= 40
    assert signing_join.find_paper(desk, f"{held}-04-1").title == "知情同意书"  # control


def test_a_saved_pdf_tells_its_number(desk: Desk, case: str, tmp_path: Path) -> None:
    made = printed(desk, case)
    path = tmp_path / "back.pdf"
    path.write_bytes(made.data)
    read = signing_join.read_scan(desk, path)
    assert read.number == made.number
    with pytest.raises(AppError, match="上面没有签字"):
        signing_join.join_scan(desk, made.id, read, made.number, DAY)
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made.data)) as document:  # signed by somebody's own program
        document.docinfo["/Title"] = "signed"
        document.save(out)
    path.write_bytes(out.getvalue())
    joined(desk, path, signing_join.read_scan(desk, path).number)
    assert state(desk, case).words == "已签"


def test_what_is_no_scan_says_so(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "x.jpg"
    path.write_bytes(b"MZ" + b"0" * 300)
    with pytest.raises(AppError, match="不是照片"):
        signing_join.read_scan(desk, path)


def test_the_list_is_found_in_by_initials_and_number(desk: Desk, case: str) -> None:
    made = printed(desk, case)
    for text in ("", "cxy", "陈小", made.number[-4:], made.number):
        assert [one.id for one in signing_list.waiting_like(desk, text)] == [made.id], text
    assert signing_list.waiting_like(desk, "zzz") == []


def test_the_list_to_take_along_names_who_signs(desk: Desk, case: str) -> None:
    made = printed(desk, case)
    (sheet,) = signing_list.unsigned_paper(desk, [made.id]).sheets
    assert made.number in str(sheet.blocks[1].rows)  # type: ignore[union-attr]
    assert "服务对象、社工" in str(sheet.blocks[1].rows)  # type: ignore[union-attr]
    assert signing_list.print_unsigned(desk, [made.id]).startswith(b"%PDF-")


def test_a_consent_never_printed_waits_too(desk: Desk, case: str) -> None:
    (row,) = signing_list.list_unsigned(desk)
    assert (row.words, row.number, row.title) == (STATES["unprinted"], "", "知情同意书")
    assert workbench.workbench(desk).unsigned == 1


def test_a_case_without_a_number_is_not_printed(desk: Desk, case: str) -> None:
    before = state(desk, case)
    altered(desk, "case", case, number=None)
    with pytest.raises(AppError, match="还没有编号"):
        signing.paper_to_sign(desk, before.id, "consent", case)


def test_printed_meanwhile_with_other_words_is_said(desk: Desk, case: str) -> None:
    stale = signing.paper_to_sign(desk, state(desk, case).id, "consent", case)
    altered(desk, "consent", stale.id, service_scope="每月看望")
    printed(desk, case)
    with pytest.raises(AppError, match="刚重新打印过"):
        signing.note_printed(desk, stale)


FULL = AppError("磁盘已满，没有写入。", "请清理磁盘。")


def test_a_full_disk_while_freezing_leaves_the_old_state(
    desk: Desk, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = printed(desk, case)
    altered(desk, "consent", first.id, service_scope="每月看望")
    made = signing.paper_to_sign(desk, first.id, "consent", case)

    def full(*_given: object, **_named: object) -> None:
        raise FULL

    with monkeypatch.context() as patched:
        patched.setattr(files, "write_new", full)
        with pytest.raises(AppError, match="磁盘已满"):
            signing.note_printed(desk, made)
    assert state(desk, case).words == "打印后有改动，请重印"
    assert [one.number for one in signing_list.list_unsigned(desk)] == [first.number]
    signing.note_printed(desk, made)
    assert state(desk, case).words == "待签"


@pytest.mark.parametrize("at", ["set_state", "freeze"])
def test_stopped_between_the_bytes_and_the_state_nothing_is_half_done(
    desk: Desk, case: str, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    first = printed(desk, case)
    altered(desk, "consent", first.id, service_scope="每月看望")
    made = signing.paper_to_sign(desk, first.id, "consent", case)
    real: Callable[..., None] = getattr(frozen, at)

    def stopped(*given: object, **named: object) -> None:
        real(*given, **named)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(frozen, at, stopped)
        with pytest.raises(KeyboardInterrupt):
            signing.note_printed(desk, made)
    found = state(desk, case)
    assert (found.number, found.words) == (first.number, "打印后有改动，请重印")
    signing.note_printed(desk, made)
    assert state(desk, case).number == made.number


def test_erasing_the_record_erases_its_print(desk: Desk, case: str) -> None:
    made = printed(desk, case)
    forms.erase_values(desk, made.id, "consent", ["service_scope"], "本人要求")
    with pytest.raises(AppError):
        signing.kept_paper(desk, made.id, made.number)
    assert state(desk, case).words == "未打印"
    assert printed(desk, case).number == f"{made.number}-2"  # a number is never given twice


def test_the_file_tells_what_is_signed_and_lists_the_scan(desk: Desk, case: str, scan: Path) -> None:
    """Under the same numbers as the papers printed alone."""

    def signed() -> dict[str, str]:
        return {sheet.number: sheet.signed for sheet in papers.case_file(desk, case).sheets}

    made = printed(desk, case, "intake")
    assert signed()[made.number] == "—"
    joined(desk, scan, made.number)
    assert signed()[made.number] == "已签"
    assert signed()[state(desk, case).number] == "待签"
    (listed,) = [one for one in papers.case_file(desk, case).sheets if one.title == "附件目录"]
    assert f"{made.number}，2026年6月12日签字" in "".join(values.texts(listed))


def file_printed(desk: Desk, case: str, *only: str) -> int:
    """The file goes out and its papers are noted; how many of them."""
    return signing_file.note_file_printed(desk, case, to_wait(desk, case, *only))


def to_wait(desk: Desk, case: str, *only: str) -> signing_file.ToKeep:
    """What of the file that goes out is to be signed."""
    waits = list[signing_file.ToKeep]()
    assert papers.print_case_file(desk, case, None, only, waits)
    return waits[0]


def numbered_case(desk: Desk, number: str | None = "2026-A007") -> None:
    """A case with a record of each kind, under a number as the program gives it."""
    full_case(desk)
    desk.write(
        lambda session: desk.doing("save_form").record(
            session, "", [Write("case", "case", {"number": number})]
        )
    )


def test_a_file_printed_whole_keeps_each_paper_with_its_pages(desk: Desk) -> None:
    numbered_case(desk)
    before = {one.number for one in signing.paper_states(desk, "case") if one.state == "unprinted"}
    waits = list[signing_file.ToKeep]()
    whole = pages_of(papers.print_case_file(desk, "case", wait=waits))
    form = waits[0]
    assert set(form.numbers) == before
    assert signing_file.note_file_printed(desk, "case", form) == len(before) > 5
    after = {one.number: one for one in signing.paper_states(desk, "case")}
    assert all(after[number].state == "unsigned" for number in before)
    kept = pages_of(signing.kept_paper(desk, after[form.numbers[1]].id, form.numbers[1]))
    assert kept
    assert set(kept) <= set(whole)  # the very pages, with their numbers in the file
    assert file_printed(desk, "case") == 0  # once


def test_printed_in_the_file_and_joined_by_its_number(desk: Desk, case: str, scan: Path) -> None:
    number = state(desk, case).number
    assert file_printed(desk, case, number) == 1
    assert [one.number for one in signing_list.list_unsigned(desk)] == [number]
    joined(desk, scan, number)
    assert state(desk, case).words == "已签"
    assert file_printed(desk, case, number) == 0  # what is signed does not wait again


def test_only_the_sheets_that_were_printed_wait(desk: Desk) -> None:
    numbered_case(desk)
    chosen = to_wait(desk, "case").numbers[:2]
    assert file_printed(desk, "case", *chosen) == 2
    assert sorted(one.number for one in signing_list.list_unsigned(desk) if one.printed) == sorted(chosen)


def test_altered_between_printing_and_noting_it_does_not_wait(desk: Desk, case: str) -> None:
    form = to_wait(desk, case)
    before = state(desk, case)
    altered(desk, "consent", before.id, service_scope="每月看望")
    assert before.number in form.numbers
    assert signing_file.note_file_printed(desk, case, form) == len(form.numbers) - 1
    assert state(desk, case).words == "未打印"
    assert file_printed(desk, case) == 1  # control: printed as it is now


def test_the_file_prints_the_number_of_the_last_print(desk: Desk, case: str) -> None:
    first = printed(desk, case)
    assert first.number in sheet_numbers(desk, case)
    altered(desk, "consent", first.id, service_scope="每月看望")
    assert f"{first.number}-2" in sheet_numbers(desk, case)
    assert file_printed(desk, case) > 0
    assert state(desk, case).number == f"{first.number}-2"
    assert (state(desk, case).words, f"{first.number}-2" in sheet_numbers(desk, case)) == ("待签", True)


def test_a_case_without_a_number_keeps_none_of_its_papers(desk: Desk) -> None:
    numbered_case(desk, None)
    assert to_wait(desk, "case").numbers == ()


def sheet_numbers(desk: Desk, case: str) -> list[str]:
    return [sheet.number for sheet in papers.case_file(desk, case).sheets]


def pages_of(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def alone(desk: Desk, kind: str = "visit") -> str:
    """A record whose paper stands in no case file."""
    if kind == "visit":
        return visit(desk, family(desk), "2026-06-02")
    if kind == "handover":
        case = cases.open_case(desk, visit=visit(desk, family(desk), "2026-06-02"))
        return handover.hand_over(desk, [case], "周小满", {}, {}).ids[0]
    if kind == "referral":
        known = {"person": family(desk).people[0], "consented": "agreed"}
        return forms.save_form(desk, forms.new_form(desk, kind, known), {}).id
    home = family(desk).household
    given = (
        {"household": home} if kind == "household_check" else {"facts": "说孩子身上有伤", "household": home}
    )
    return forms.save_form(desk, forms.new_form(desk, kind, given), {}).id


@pytest.mark.parametrize("kind", ["handover", "household_check", "mandatory_report", "referral", "visit"])
def test_a_paper_of_no_case_waits_and_is_joined_by_its_number(desk: Desk, kind: str, scan: Path) -> None:
    id = alone(desk, kind)
    assert signing_alone.alone_state(desk, id, kind).words == "未打印"  # type: ignore[union-attr]
    made = signing_alone.alone_to_sign(desk, id, kind)
    assert made.number in pages_of(made.data)[0]
    signing.note_printed(desk, made)
    assert made.number in [one.number for one in signing_list.list_unsigned(desk)]
    found = signing_join.find_paper(desk, made.number.lower())
    assert (found.id, found.kind, found.state) == (id, kind, "unsigned")
    signing_join.join_scan(desk, id, signing_join.read_scan(desk, scan), made.number, DAY)
    state = signing_alone.alone_state(desk, id, kind)
    assert state is not None
    assert (state.words, state.signed_on) == ("已签", DAY)
    assert made.number not in [one.number for one in signing_list.list_unsigned(desk)]


def test_a_paper_of_no_case_altered_gets_the_next_number(desk: Desk, tmp_path: Path) -> None:
    id = alone(desk)
    made = signing_alone.alone_to_sign(desk, id, "visit")
    signing.note_printed(desk, made)
    assert signing_alone.alone_to_sign(desk, id, "visit").data == made.data  # as it was, under its number
    altered(desk, "visit", id, facts="又去看了一次")
    again = signing_alone.alone_to_sign(desk, id, "visit")
    assert again.number == f"{made.number}-2"
    saved = tmp_path / "走访.pdf"
    saved.write_bytes(again.data)
    assert signing_join.read_scan(desk, saved).number == again.number


def test_a_visit_of_a_case_is_signed_with_the_case(desk: Desk) -> None:
    id = alone(desk)
    case = cases.open_case(desk, visit=id)
    altered(desk, "visit", id, case=case)
    assert signing_alone.alone_state(desk, id, "visit") is None
    with pytest.raises(AppError, match="没有找到"):
        signing_alone.alone_to_sign(desk, id, "visit")


def test_a_number_of_no_case_that_is_not_ours_says_so(desk: Desk) -> None:
    with pytest.raises(AppError, match="没有编号ZF-00000000"):
        signing_join.find_paper(desk, "zf-00000000")


def test_erasing_whom_a_paper_names_erases_the_paper(desk: Desk) -> None:
    id = alone(desk)
    made = signing_alone.alone_to_sign(desk, id, "visit")
    signing.note_printed(desk, made)
    assert ("visit", id) in made.sources
    forms.erase_values(desk, id, "visit", ["start_time"], "本人要求")
    with pytest.raises(AppError, match="清除"):
        signing.kept_paper(desk, id, made.number)


def test_a_visit_that_is_a_session_waits_as_the_visit_it_is(desk: Desk, scan: Path) -> None:
    home = family(desk)
    case = cases.open_case(desk, visit=visit(desk, home, "2026-06-02"))
    id = visit(desk, home, "2026-06-09", case)
    own = next(one for one in signing.paper_states(desk, case) if one.id == id)
    assert (own.kind, own.sort) == ("visit", "session")
    made = signing.paper_to_sign(desk, id, "session", case)
    signing.note_printed(desk, made)
    assert made.number in [one.number for one in signing_list.list_unsigned(desk)]
    altered(desk, "visit", id, facts="又谈了一次")
    again = next(one for one in signing.paper_states(desk, case) if one.id == id)
    assert again.altered
    assert joined(desk, scan, made.number)
