"""Reports to the bureau: texts are kept as written; signed-off bytes and figures stay what they were."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdfium2
import pytest
from PIL import Image

from sgz_desktop.actions import (
    attachments,
    brief_word,
    cases,
    forms,
    papers,
    papers_report,
    report_checks,
    report_edits,
    report_forms,
    report_signoff,
    visits,
)
from sgz_desktop.actions.attachments import Photo, Placed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.figures import Rules
from sgz_desktop.actions.papers_brief_texts import UNNAMED
from sgz_desktop.actions.people import Registered
from sgz_desktop.actions.report_edits import Outline
from sgz_desktop.actions.report_figures import report_figures
from sgz_desktop.actions.report_spans import span_named
from sgz_desktop.actions.report_texts import TextLine
from sgz_desktop.errors import AppError
from sgz_desktop.reports.values import Photos, Table, texts
from sgz_desktop.store import read, settings
from tests.actions.papers_station import family, paper, visit

MAY, JUNE = "2026-05", "2026-06"
SORT = "monthly"


@pytest.fixture
def home(desk: Desk) -> Registered:
    return family(desk)


def outline(desk: Desk, span: str = JUNE, sort: str = SORT) -> Outline:
    return report_edits.report_outline(desk, sort, span)


def lines(desk: Desk, section: str, span: str = JUNE) -> list[TextLine]:
    found = next(one for one in outline(desk, span).sections if one.section.id == section)
    return list(found.lines)


def told(desk: Desk, span: str = JUNE, sort: str = SORT) -> str:
    return "\n".join(texts(papers_report.report_paper(desk, sort, span)))


def edit(desk: Desk, section: str, id: str, **typed: object) -> str:
    form = report_edits.text_form(desk, SORT, JUNE, section, id).form
    return report_edits.save_text(desk, form, typed, SORT, JUNE).id


def test_a_visit_is_offered_as_a_text_of_codes_and_counts(desk: Desk, home: Registered) -> None:
    visit(desk, home, "2026-06-02", purposes="policy", facts="陈小雨说腿疼")
    (line,) = lines(desk, "services")
    assert (line.kept, line.printed, line.said("held_on")) == (False, True, "2026-06-02")
    assert "陈小雨" not in told(desk)
    assert "6月2日，上溪村，参加人员：2人。" in told(desk)


def test_an_edited_text_is_kept_and_never_overwritten(desk: Desk, home: Registered) -> None:
    seen = visit(desk, home, "2026-06-02")
    (line,) = lines(desk, "services")
    assert edit(desk, "services", line.id, text="社工为一户独居老人修好了灯。") == line.id
    (after,) = lines(desk, "services")
    assert (after.kept, after.changed, after.said("text")) == (True, False, "社工为一户独居老人修好了灯。")
    form = forms.form(desk, seen, "visit")
    forms.save_form(desk, form, {"purposes": "policy"})
    (mark,) = lines(desk, "services")
    assert (mark.changed, mark.said("text")) == (True, "社工为一户独居老人修好了灯。")
    assert "修好了灯" in told(desk)
    edit(desk, "services", line.id, text="社工为一户独居老人修好了灯，又讲了政策。")
    assert not lines(desk, "services")[0].changed


def test_moving_a_text_is_no_reading_of_its_record(desk: Desk, home: Registered) -> None:
    first, second = (visit(desk, home, f"2026-06-0{day}") for day in (2, 3))
    report_edits.take_up_texts(desk, SORT, JUNE, "services", [one.id for one in lines(desk, "services")])
    forms.save_form(desk, forms.form(desk, second, "visit"), {"purposes": "policy"})
    before = [(one.said("about"), one.changed) for one in lines(desk, "services")]
    assert before == [(first, False), (second, True)]
    report_edits.move_text(desk, SORT, JUNE, "services", lines(desk, "services")[1].id, -1)
    assert [(one.said("about"), one.changed) for one in lines(desk, "services")] == before[::-1]


def test_a_text_left_out_is_not_printed_and_comes_back(desk: Desk, home: Registered) -> None:
    visit(desk, home, "2026-06-02")
    (line,) = lines(desk, "services")
    report_edits.leave_out_text(desk, SORT, JUNE, "services", line.id)
    assert "社工入户走访" not in told(desk)
    assert lines(desk, "services")[0].left_out
    report_edits.leave_out_text(desk, SORT, JUNE, "services", line.id, out=False)
    assert "社工入户走访" in told(desk)


def test_a_text_without_words_is_refused(desk: Desk, home: Registered) -> None:
    with pytest.raises(forms.FormRefused):
        edit(desk, "publicity", "", where="上溪村")
    id = edit(desk, "publicity", "", title="县融媒体报道社工站", text="6月12日刊出。")
    assert "县融媒体报道社工站：6月12日刊出。" in told(desk)
    assert lines(desk, "publicity")[0].id == id


def opened(desk: Desk, home: Registered, **values: object) -> str:
    case = cases.open_case(desk, visit=visit(desk, home, "2026-06-02"))
    forms.save_form(desk, forms.form(desk, case, "case"), {"natures": "care", **values})
    paper(desk, case, "session", {"date": "2026-06-10", "methods": "counselling"})
    return case


def test_a_typical_case_is_printed_only_after_its_very_words_were_reviewed(
    desk: Desk, home: Registered
) -> None:
    opened(desk, home)
    (line,) = lines(desk, "cases")
    assert (line.printed, line.unread) == (False, True)
    assert UNNAMED not in told(desk)
    edit(desk, "cases", line.id, text="小安（化名）独居。")
    assert "小安（化名）独居" not in told(desk)
    report_edits.review_text(desk, SORT, JUNE, "cases", line.id)
    assert "小安（化名）独居。" in told(desk)
    assert UNNAMED in told(desk)
    edit(desk, "cases", line.id, text="小安（化名）独居，叫陈小雨。")
    assert "陈小雨" not in told(desk)  # altered words are read again
    assert lines(desk, "cases")[0].unread


def test_the_review_finds_the_names_of_the_case_and_its_words_are_printed(
    desk: Desk, home: Registered
) -> None:
    opened(desk, home)
    (line,) = lines(desk, "cases")
    edit(desk, "cases", line.id, text="小安（化名）和父亲陈有田住在甲字47号。")
    review = report_edits.text_review(desk, SORT, JUNE, "cases", line.id)
    assert review.unseen
    for item in review.items:
        item.accept()
    said = review.told()
    assert "陈有田" not in said["text"]
    assert "甲字47号" not in said["text"]
    report_edits.review_text(desk, SORT, JUNE, "cases", line.id, said)
    assert said["text"] in told(desk)
    assert "陈有田" not in told(desk)


def test_a_hidden_case_is_offered_to_nobody_and_its_text_is_printed_for_nobody(
    desk: Desk, home: Registered
) -> None:
    case = opened(desk, home)
    (line,) = lines(desk, "cases")
    edit(desk, "cases", line.id, text="小安（化名）的事。")
    report_edits.review_text(desk, SORT, JUNE, "cases", line.id)
    assert "小安（化名）的事" in told(desk)
    forms.save_form(desk, forms.form(desk, case, "case"), {"guardian_hidden": True})
    assert "小安（化名）的事" not in told(desk)
    assert all(one.apart for one in lines(desk, "cases") if one.kept)
    assert [one for one in lines(desk, "cases") if not one.kept and not one.apart] == []


def test_the_plan_counts_what_is_due_for_a_hidden_case_and_says_not_whose_it_is(
    desk: Desk, home: Registered
) -> None:
    case = opened(desk, home)
    paper(desk, case, "session", {"date": "2026-06-10", "next_on": "2026-07-03"})
    forms.save_form(
        desk, forms.new_form(desk, "task"), {"what": "送药", "due_on": "2026-07-03", "case": case}
    )
    plan = {line.said("title"): line.said("in_charge") for line in lines(desk, "plan")}
    assert plan["个案会谈1项"] == desk.user  # control
    forms.save_form(desk, forms.form(desk, case, "case"), {"guardian_hidden": True})
    for reader in (desk, replace(desk, actor=replace(desk.actor, worker="王守望"))):
        plan = {line.said("title"): line.said("in_charge") for line in lines(reader, "plan")}
        assert plan["个案会谈1项"] in ("", None)


def jpeg(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "JPEG")
    return out.getvalue()


def agreed(desk: Desk, parent: str, consent: str = "agreed", data: bytes = b"") -> str:
    photo = Photo("a.jpg", data or jpeg("navy"), "2026-06-02", "09:00")
    attachments.keep_photos(desk, [Placed(photo, parent, "6月2日·上溪村·走访")])
    found = attachments.list_files(desk, parent)[-1]
    form = forms.form(desk, found.id, "attachment")
    forms.save_form(desk, form, {"consent": consent})
    return found.id


def test_only_photos_with_consent_are_printed_and_others_are_told(desk: Desk, home: Registered) -> None:
    seen = visit(desk, home, "2026-06-02")
    agreed(desk, seen)
    assert [one.caption for one in pictures(desk)] == ["6月2日·上溪村·走访（本人同意刊用）"]
    (line,) = lines(desk, "services")
    assert report_edits.report_notices(desk, SORT, JUNE) == ()
    broken = agreed(desk, seen, data=b"\xff\xd8\xffno photo")
    refused = agreed(desk, seen, "refused", jpeg("red"))
    edit(desk, "services", line.id, photo_first=broken, photo_second=refused)
    assert pictures(desk) == []
    notices = report_edits.report_notices(desk, SORT, JUNE)
    assert sorted(notices) == ["有1张照片没有同意用于宣传，没有印上。", "有1张照片读不出来，没有印上。"]
    assert papers.print_brief(desk, JUNE).startswith(b"%PDF")


def pictures(desk: Desk) -> list[object]:
    brief = papers.monthly_brief(desk, JUNE)
    blocks = [block for section in brief.sections for block in section.blocks]
    return [picture for block in blocks if isinstance(block, Photos) for picture in block.pictures]


def test_photos_stand_on_the_paper_once(desk: Desk, home: Registered) -> None:
    seen = visit(desk, home, "2026-06-02")
    agreed(desk, seen)
    data = papers.print_brief(desk, JUNE)
    assert data == papers.print_brief(desk, JUNE)
    document = pypdfium2.PdfDocument(data)
    kinds = [one.type for page in document for one in page.get_objects()]
    assert kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE) == 1


# Sign-off


def signed(desk: Desk, span: str = MAY, sort: str = SORT) -> str:
    names = {"filled_by": "李小禾", "station_head": "李小禾"}
    return report_signoff.sign_off(desk, sort, span, names, "已逐处看过").number


def test_signed_bytes_stay_whatever_happens_after(desk: Desk, home: Registered) -> None:
    visit(desk, home, "2026-05-20")
    assert signed(desk) == "JB-2026-05"
    frozen, word = papers.print_brief(desk, MAY), brief_word.word_brief(desk, MAY)
    visit(desk, home, "2026-05-21")
    edits = desk.store.write(lambda session: settings.put(session, "brief_send_to", "青禾县民政局"))
    assert edits is None
    assert papers.print_brief(desk, MAY) == frozen
    assert brief_word.word_brief(desk, MAY) == word  # what may be edited starts from what was signed
    assert outline(desk, MAY).signed_on == desk.today()
    said = next(one for one in outline(desk, MAY).figures if one.key == "V01.households")
    assert said.now.value == 1
    with pytest.raises(AppError, match="已定稿"):
        report_edits.text_form(desk, SORT, MAY, "publicity")
    with pytest.raises(AppError, match="已经定稿"):
        signed(desk)


def test_opened_again_it_gets_another_print(desk: Desk, home: Registered) -> None:
    visit(desk, home, "2026-05-20")
    signed(desk)
    frozen = papers.print_brief(desk, MAY)
    with pytest.raises(AppError, match="请写明原因"):
        report_signoff.reopen_report(desk, SORT, MAY, " ")
    report_signoff.reopen_report(desk, SORT, MAY, "漏了一户")
    visit(desk, home, "2026-05-21")
    assert papers.print_brief(desk, MAY) != frozen
    word = brief_word.word_brief(desk, MAY)
    assert signed(desk) == "JB-2026-05-2"
    assert brief_word.word_brief(desk, MAY) != word  # its number is that of the print
    again = papers.print_brief(desk, MAY)
    assert again != frozen
    assert "JB-2026-05-2" in text_of(again)


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "".join(page.get_textpage().get_text_range() for page in document)


def corrections(desk: Desk, span: str = JUNE) -> dict[tuple[str, str], tuple[float, float, float]]:
    return {
        (it.title, it.unit): (it.reported, it.change, it.now)
        for one in report_figures(desk, SORT, span).corrected
        for it in one.figures
    }


def test_what_is_entered_later_is_told_in_the_next_report(desk: Desk, home: Registered) -> None:
    first = visit(desk, home, "2026-05-20")
    signed(desk)
    assert corrections(desk) == {}
    late = visit(desk, home, "2026-05-21")
    forms.delete_record(desk, first, "visit", "重复", forms.form(desk, first, "visit").seen)
    visit(desk, home, "2026-05-22")
    assert corrections(desk)["入户探访", "户次"] == (1, 1, 2)
    found = report_figures(desk, SORT, JUNE).corrected[0]
    (visits,) = [one for one in found.figures if (one.code, one.part) == ("V01", "households")]
    assert (late in visits.added, visits.gone) == (True, (first,))
    brief = papers.monthly_brief(desk, JUNE)
    tables = [block for section in brief.sections for block in section.blocks if isinstance(block, Table)]
    rows = next(one for one in tables if one.caption == "上月补报").rows
    assert ("2026年5月", "入户探访", "户次", "1", "+1", "2") in rows
    year = next(one for one in report_figures(desk, SORT, JUNE).figures if one.key == "V01.households")
    assert year.year == 2  # totals are counted anew


def test_what_was_told_once_is_not_told_again(desk: Desk, home: Registered) -> None:
    visit(desk, home, "2026-04-10")
    signed(desk, "2026-04")
    visit(desk, home, "2026-04-11")
    assert corrections(desk, MAY)["入户探访", "户次"] == (1, 1, 2)
    signed(desk, MAY)
    assert corrections(desk, JUNE) == {}
    visit(desk, home, "2026-04-12")
    assert corrections(desk, JUNE)["入户探访", "户次"] == (2, 1, 3)


def test_a_report_signed_on_another_computer_tells_its_figures_and_not_its_bytes(
    desk: Desk, home: Registered
) -> None:
    visit(desk, home, "2026-05-20")
    signed(desk)
    desk.store.write(lambda session: session.connection.execute("DELETE FROM frozen_paper"))
    visit(desk, home, "2026-05-21")
    with pytest.raises(AppError, match="另一台电脑上定稿"):
        papers.print_brief(desk, MAY)
    assert corrections(desk)["入户探访", "户次"] == (1, 1, 2)
    report_signoff.reopen_report(desk, SORT, MAY, "漏了一户")
    assert signed(desk) == "JB-2026-05-2"  # the number before travels in the record


def test_days_that_are_not_over_are_not_signed_off(desk: Desk, home: Registered) -> None:
    today = desk.today()
    with pytest.raises(AppError, match="还没有结束"):
        signed(desk, f"{today}/{today[:4]}-12-31")


def test_doubts_are_passed_with_a_reason_that_is_kept(desk: Desk, home: Registered) -> None:
    for start, of in (("09:00", home), ("09:20", family(desk))):
        visit(desk, of, "2026-05-20", start_time=start, end_time="10:00", worker="李小禾")
    with pytest.raises(AppError, match="有1处还没有核对"):
        report_signoff.sign_off(desk, SORT, MAY, {})
    signed(desk)
    span = papers_report.named(SORT, MAY, desk)
    report = desk.read(lambda session: papers_report.standing(session, span))
    assert report is not None
    assert report.note == "定稿时未核对的原因：已逐处看过"


def test_nothing_is_kept_when_the_freezing_fails(
    desk: Desk, home: Registered, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit(desk, home, "2026-05-20")
    monkeypatch.setattr("sgz_desktop.store.papers.freeze", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        signed(desk)
    monkeypatch.undo()
    assert outline(desk, MAY).signed_on == ""
    id = outline(desk, MAY).id
    assert desk.read(lambda session: read.exists(session, "report", id)) is False


def test_each_check_finds_its_records_in_the_store(desk: Desk, home: Registered) -> None:
    """One of each, found at its record; before, nothing is."""
    case = opened(desk, home)
    assert report_checks.report_doubts(desk, SORT, JUNE) == []
    goal = {"description": "每天吃药", "measure": "药盒空"}
    paper(desk, case, "plan", {"made_on": "2026-06-11"}, goals=[goal])
    session = paper(desk, case, "session", {"date": "2026-06-12"})
    early = visit(desk, home, "2026-06-01", case, start_time="14:00", end_time="14:30")
    forms.save_form(desk, forms.form(desk, case, "case"), {"closed_on": "2026-06-20"})
    task = forms.save_form(desk, forms.new_form(desk, "task", {"case": case}), {"what": "送药盒"}).id
    day_off = {"date": "2026-06-03", "worker": desk.user, "other": "请假"}
    forms.save_form(desk, forms.new_form(desk, "diary"), day_off)
    away = visit(desk, home, "2026-06-03", worker=desk.user)
    guest = family(desk, name="周望").people[0]
    crowd = visits.new_visit(desk, household=home.household, person=home.people[0])
    everybody = [forms.RowInput("", {"person": one}) for one in (*home.people, guest)]
    crowd_id = forms.save_form(desk, crowd, {"date": "2026-06-15"}, {"presences": everybody}).id
    found = {(one.check, one.id) for one in report_checks.report_doubts(desk, SORT, JUNE)}
    assert found >= {
        ("no_goal", session),
        ("impossible", early),
        ("left_open", task),
        ("against_diary", away),
        ("too_many", crowd_id),
    }
    assert {check for check, _ in found} == {
        "no_goal",
        "impossible",
        "left_open",
        "against_diary",
        "too_many",
    }


# Spans


@pytest.mark.parametrize(
    ("sort", "span", "first", "last"),
    [
        ("midterm", "2025", "2025-09-01", "2026-02-28"),
        ("final", "2025", "2025-09-01", "2026-08-31"),
        ("final", "2025-09-01/2026-01-15", "2025-09-01", "2026-01-15"),
        ("monthly", "2026-05", "2026-04-26", "2026-05-25"),
    ],
)
def test_spans_follow_the_contract(desk: Desk, sort: str, span: str, first: str, last: str) -> None:
    desk.store.write(lambda session: settings.put(session, "contract_from", "2025-09-01"))
    desk.store.write(lambda session: settings.put(session, "brief_from_day", 26))
    now = papers_report.named(sort, span, desk).now
    assert (now.first, now.last) == (first, last)
    assert papers_report.report_paper(desk, sort, span).sections


@pytest.mark.parametrize(("sort", "back"), [("midterm", 1), ("final", 1), ("monthly", 0)])
def test_the_report_that_runs_is_offered_first(desk: Desk, sort: str, back: int) -> None:
    """A contract year that starts on the last day of December is still last year's."""
    today = desk.today()
    start = f"{int(today[:4]) - 1}-12-31"
    desk.store.write(lambda session: settings.put(session, "contract_from", start))
    found = report_forms.current_report(desk, sort)
    assert papers_report.named(sort, found, desk).now.first <= today
    assert found[:4] == str(int(today[:4]) - back) or today[5:7] == "01"


@pytest.mark.parametrize(
    ("sort", "span", "says"),
    [
        ("monthly", "2031-01", "还没有开始"),
        ("final", "2031", "还没有开始"),
        ("monthly", "2024-12", "在它以前"),
        ("midterm", "2020", "在它以前"),
        ("monthly", "去年", "没有看懂"),
        ("final", "明年", "没有看懂"),
        ("final", "2026-05", "没有看懂"),
        ("weekly", "2026-05", "没有这种报告"),
    ],
)
def test_days_that_are_none_are_said_at_once(desk: Desk, sort: str, span: str, says: str) -> None:
    desk.store.write(lambda session: settings.put(session, "contract_from", "2025-01-01"))
    desk.store.write(lambda session: settings.put(session, "brief_first_issue", "2025-01"))
    with pytest.raises(AppError, match=says):
        papers_report.print_report(desk, sort, span)


@pytest.mark.parametrize(("first_issue", "oldest"), [("", "2024"), ("2022-10", "2022")])
def test_last_years_final_report_is_made_when_the_new_contract_runs(first_issue: str, oldest: str) -> None:
    """It is due in the new year, whose first day the settings know by then."""
    own = Rules(first_issue=first_issue, contract_from="2025-09-01")
    span = span_named("final", oldest, own, "2026-06-30")
    assert (span.now.first, span.now.last) == (f"{oldest}-09-01", f"{int(oldest) + 1}-08-31")
    with pytest.raises(AppError, match="第1期是" if first_issue else "早了一年多"):
        span_named("final", str(int(oldest) - 1), own, "2026-06-30")


def test_a_hostile_and_endless_text_is_printed_as_it_is(desk: Desk, home: Registered) -> None:
    endless = "社" * 10_000
    edit(desk, "publicity", "", title="<b>&amp;</b>\u202e反\u202c", text=endless)
    text = "".join(text_of(papers.print_brief(desk, JUNE)).split())
    assert "<b>&amp;</b>反" in text
    assert text.count("社") >= 10_000
