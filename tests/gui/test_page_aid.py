"""救助与转介: the address book fills a referral, an answer takes few keys, a check is begun."""

from __future__ import annotations

from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from sample_station import at_rest, dialog_of, press, save, write
from test_page_contacts import Pressed

from sgz_desktop.actions import agenda, aid, cases, forms, household_checks, organisations
from sgz_desktop.actions.find import find_people
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.gui.dialogs.call_dialog import CallDialog
from sgz_desktop.gui.dialogs.due_dialog import DueDialog, open_item
from sgz_desktop.gui.dialogs.pick_dialog import draft_target, named_drafts
from sgz_desktop.gui.dialogs.reply_dialog import ReplyDialog
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.aid import AidPage
from sgz_desktop.gui.pages.aid_form import AidForm
from sgz_desktop.gui.pages.application_page import ApplicationPage
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.theme import WidthClass
from sgz_desktop.gui.ways import record_target
from sgz_desktop.gui.widgets.band import Band

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
MOST_KEYS_TO_REPLY = 8
CENTRE = {
    "name": "云岭县社会福利中心",
    "sort": "welfare_home",
    "contact": "钟守拙",
    "phone": "0999-8880101",
    "handles": "失能老人入住",
}
SENT = {
    "receiver": "云岭县社会福利中心",
    "receiver_phone": "0999-8880101",
    "consented": "agreed",
    "sent_on": "2026-06-05",
    "reply_due_on": "2026-06-15",
}


@pytest.fixture
def station(opened: tuple[OpenStation, str]) -> OpenStation:
    return opened[0]


def person(station: OpenStation) -> str:
    return find_people(station.desk, "梁丙菊")[0].id


def page_at(window: MainWindow, qtbot: Any, tab: int) -> AidPage:
    page = window.go("aid")
    assert isinstance(page, AidPage)
    page.tabs.set_current(tab)
    at_rest(qtbot)
    page.activate()
    at_rest(qtbot)
    return page


F = TypeVar("F", AidForm, ApplicationPage)


def form_in(page: AidPage, qtbot: Any, sort: type[F] = AidForm) -> F:  # type: ignore[assignment]
    qtbot.waitUntil(lambda: isinstance(page.stack.over, sort) and page.stack.over.form is not None)
    at_rest(qtbot)
    assert isinstance(page.stack.over, sort)
    return page.stack.over


def boxes(form: AidForm) -> Any:
    assert form.form is not None
    return form.form.body.all_boxes()


def along(form: AidForm) -> list[str]:
    assert form.beside is not None
    return [one.text() for one in form.beside.along.findChildren(QLabel) if one.isVisibleTo(form)]


# The address book


def test_an_empty_book_says_what_to_do_and_takes_an_entry(
    window: MainWindow, station: OpenStation, qtbot: Any
) -> None:
    page = page_at(window, qtbot, 3)
    assert page.book.empty.isVisible()
    qtbot.keyClick(page, KEY.Key_N, CTRL)
    form = form_in(page, qtbot)
    boxes(form)["name"].put("云岭县社会福利中心")
    boxes(form)["phone"].put("0999-8880101")
    form.save()
    at_rest(qtbot)
    assert [one.name for one in organisations.list_organisations(station.desk)] == ["云岭县社会福利中心"]
    assert page.kind == "organisation"
    assert page.book.table.isVisible()
    page.book.take_keyboard()
    QTest.keyClick(page.book.table, KEY.Key_Return)
    assert form_in(page, qtbot).form.form.values["phone"] == "0999-8880101"  # type: ignore[union-attr]


def test_a_receiver_is_chosen_by_typing_and_fills_the_rest(
    window: MainWindow, station: OpenStation, qtbot: Any
) -> None:
    save(station.desk, "organisation", CENTRE)
    window.go("aid", {"new": "referral", "person": person(station)})
    page = window.page("aid")
    form = form_in(page, qtbot)  # type: ignore[arg-type]
    picker = boxes(form)["organisation"].control
    picker.setFocus()
    QTest.keyClicks(picker, "flzx")
    at_rest(qtbot)
    assert not picker.candidates(), "initials from the start of the name"
    picker.clear()
    QTest.keyClicks(picker, "ylx")
    qtbot.waitUntil(lambda: len(picker.candidates()) == 1)
    QTest.keyClick(picker, KEY.Key_Return)
    qtbot.waitUntil(lambda: boxes(form)["receiver"].typed() == "云岭县社会福利中心")
    assert boxes(form)["receiver_phone"].typed() == "0999-8880101"
    assert boxes(form)["receiver_contact"].typed() == "钟守拙"
    form.save()
    at_rest(qtbot)
    (line,) = aid.list_referrals(station.desk)
    stored = forms.form(station.desk, line.id, "referral").values
    assert stored["organisation"] == organisations.list_organisations(station.desk)[0].id


def test_a_receiver_renamed_by_hand_is_no_longer_the_one_of_the_book(
    window: MainWindow, station: OpenStation, qtbot: Any
) -> None:
    entry = save(station.desk, "organisation", CENTRE).id
    id = awaited(station, organisation=entry)
    window.go("aid", ("referral", id))
    form = form_in(window.page("aid"), qtbot)  # type: ignore[arg-type]
    picker, name = boxes(form)["organisation"].control, boxes(form)["receiver"].control
    assert picker.value() == entry
    name.setFocus()
    name.set_value("另一家福利院")
    boxes(form)["receiver_phone"].control.setFocus()
    at_rest(qtbot)
    assert (picker.value(), picker.text(), name.text()) == (None, "", "另一家福利院")


def test_a_name_the_book_lacks_is_kept_as_typed_and_can_be_put_into_it(
    window: MainWindow, station: OpenStation, qtbot: Any
) -> None:
    window.go("aid", {"new": "referral", "person": person(station)})
    form = form_in(window.page("aid"), qtbot)  # type: ignore[arg-type]
    assert form.beside is not None
    picker = boxes(form)["organisation"].control
    picker.setFocus()
    write(picker, "晴川康养中心")
    at_rest(qtbot)
    boxes(form)["receiver_phone"].control.setFocus()
    at_rest(qtbot)
    assert (picker.text(), boxes(form)["receiver"].typed()) == ("", "晴川康养中心")
    assert form.beside.book.isVisibleTo(form)
    boxes(form)["receiver_phone"].put("0999-8880404")
    press(form.beside.keep, qtbot)
    at_rest(qtbot)
    (entry,) = organisations.list_organisations(station.desk)
    assert (entry.name, entry.phone) == ("晴川康养中心", "0999-8880404")
    assert not form.beside.book.isVisibleTo(form)


# What goes along


def test_what_goes_along_is_seen_while_it_is_ticked(
    window: MainWindow, station: OpenStation, qtbot: Any
) -> None:
    window.go("aid", {"new": "referral", "person": person(station)})
    form = form_in(window.page("aid"), qtbot)  # type: ignore[arg-type]
    materials = boxes(form)["materials"]
    assert "梁丙菊" not in along(form)
    materials.put("name")
    at_rest(qtbot)
    told = along(form)
    assert "梁丙菊" in told
    assert "13900000217" in told
    assert not [words for words in told if "上溪村" in words]
    materials.put("household")
    at_rest(qtbot)
    told = along(form)
    assert "上溪村三组" in told
    assert "梁丙菊" not in told
    assert "没有选姓名，函上只写姓。" in told


def test_with_little_room_it_stands_under_what_is_ticked(
    window: MainWindow, station: OpenStation, qtbot: Any
) -> None:
    window.go("aid", {"new": "referral", "person": person(station)})
    form = form_in(window.page("aid"), qtbot)  # type: ignore[arg-type]
    for width in (WidthClass.STACKED, WidthClass.WIDE, WidthClass.STEPS):
        form.set_compact(width)
        at_rest(qtbot)
        assert form.beside is not None
        assert form.beside.isVisibleTo(form)
        if width.stacked:
            assert form.form is not None
            rows = form.form.body.body
            titles = [getattr(rows.itemAt(n).widget(), "accessibleName", str)() for n in range(rows.count())]
            assert titles.index("同意与资料") + 1 == rows.indexOf(form.beside)


# The answer


def awaited(station: OpenStation, **typed: object) -> str:
    return save(station.desk, "referral", {**SENT, "person": person(station), **typed}).id


def test_an_answer_takes_few_keys_from_the_list(window: MainWindow, station: OpenStation, qtbot: Any) -> None:
    id = awaited(station)
    page = page_at(window, qtbot, 1)
    keys = Pressed(window, qtbot)
    qtbot.waitUntil(lambda: page.table.current_id() is not None)
    page.table.setFocus()
    keys.key(KEY.Key_Space)
    dialog_of(window, ReplyDialog, qtbot)
    keys.key(KEY.Key_1)
    keys.key(KEY.Key_Return)
    qtbot.waitUntil(lambda: not aid.list_referrals(station.desk)[0].open)
    at_rest(qtbot)
    assert keys.count <= MOST_KEYS_TO_REPLY
    assert keys.count == 3
    stored = forms.form(station.desk, id, "referral").values
    assert (stored["outcome"], stored["reply_on"]) == ("accepted", "2026-06-30")
    assert not page.reply.isEnabled()


def test_without_an_outcome_nothing_is_saved(window: MainWindow, station: OpenStation, qtbot: Any) -> None:
    awaited(station)
    page = page_at(window, qtbot, 1)
    press(page.reply, qtbot)
    dialog = dialog_of(window, ReplyDialog, qtbot)
    dialog.submit()
    assert dialog.isVisible()
    assert "数字键" in dialog.fields["outcome"].message()
    dialog.outcome.set_value("placed")
    assert dialog.fields["placed_on"].isVisible()
    assert not dialog.fields["job_from"].isVisible()
    dialog.placed.set_value("6.12")
    dialog.on.set_value("2026-12-01")
    dialog.submit()
    qtbot.waitUntil(lambda: "晚于今天" in dialog.fields["reply_on"].message())
    dialog.on.set_value("2026-06-29")
    dialog.submit()
    qtbot.waitUntil(lambda: not aid.list_referrals(station.desk)[0].open)


def test_it_is_written_down_from_the_agenda_and_so_is_a_call(
    window: MainWindow, station: OpenStation, qtbot: Any
) -> None:
    awaited(station)
    window.go("home")
    at_rest(qtbot)
    (item,) = [one for one in agenda.agenda(station.desk).late if one.kind == "referral"]
    assert item.what.startswith("没有回执，可电话询问")
    assert "0999-8880101" in item.what
    said: list[str] = []
    open_item(window, station.desk, item, lambda words, _undo: said.append(words))
    due = dialog_of(window, DueDialog, qtbot)
    press(due.call, qtbot)
    call = dialog_of(window, CallDialog, qtbot)
    call.form.body.boxes["said"].put("床位还没定")
    press(call.save, qtbot)
    qtbot.waitUntil(lambda: bool(said))
    at_rest(qtbot)
    found = agenda.agenda(station.desk, 1)
    (item,) = [one for day in found.days.values() for one in day if one.kind == "referral"]
    assert item.day == "2026-07-07"
    open_item(window, station.desk, item, lambda words, _undo: said.append(words))
    due = dialog_of(window, DueDialog, qtbot)
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    reply = dialog_of(window, ReplyDialog, qtbot)
    QTest.keyClick(reply.outcome, KEY.Key_4)
    reply.submit()
    qtbot.waitUntil(lambda: len(said) == 2)
    at_rest(qtbot)
    assert not [
        one for day in agenda.agenda(station.desk, 1).days.values() for one in day if one.kind == "referral"
    ]


def test_a_call_not_saved_is_gone_on_with(window: MainWindow, station: OpenStation, qtbot: Any) -> None:
    id = awaited(station)
    page = page_at(window, qtbot, 1)
    press(page.call, qtbot)
    call = dialog_of(window, CallDialog, qtbot)
    call.form.body.boxes["said"].put("床位还没定")
    call.form.keep_draft()
    at_rest(qtbot)
    call.reject()
    (draft,) = [one for one, _ in named_drafts(station.desk)]
    assert draft_target(draft) == ("aid", {"call": id})
    window.go(*draft_target(draft))
    call = dialog_of(window, CallDialog, qtbot)
    (band,) = [one for one in call.findChildren(Band) if "没写完" in one.text()]
    press(band.findChildren(QPushButton)[0], qtbot)
    assert call.form.body.boxes["said"].typed() == "床位还没定"
    call.reject()


@pytest.mark.parametrize("kind", ["household_check", "organisation"])
def test_what_was_begun_is_gone_on_with(
    window: MainWindow, station: OpenStation, qtbot: Any, kind: str
) -> None:
    window.go("aid", {"new": kind, "person": person(station) if kind == "household_check" else ""})
    form = form_in(window.page("aid"), qtbot)  # type: ignore[arg-type]
    boxes(form)["note"].put("话没说完")
    form.leave()
    at_rest(qtbot)
    (draft,) = [one for one, _ in named_drafts(station.desk)]
    window.go(*draft_target(draft))
    form = form_in(window.page("aid"), qtbot)  # type: ignore[arg-type]
    assert form.form is not None
    (band,) = [one for one in form.form.findChildren(Band) if "没写完" in one.text()]
    press(band.findChildren(QPushButton)[0], qtbot)
    assert boxes(form)["note"].typed() == "话没说完"


def test_it_is_written_down_from_the_page_of_the_case(
    window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    station, case = opened
    made = cases.new_paper(station.desk, case, "referral")
    id = forms.save_form(station.desk, made, SENT).id
    window.go("cases", case)
    at_rest(qtbot)
    view = window.page("cases").case  # type: ignore[attr-defined]
    view.tabs.set_current(1)
    at_rest(qtbot)
    papers = view.papers
    assert papers.reply.isVisible()
    papers.table.set_current(("referral", id))
    papers.table.setFocus()
    QTest.keyClick(papers.table, KEY.Key_Space)
    dialog = dialog_of(window, ReplyDialog, qtbot)
    QTest.keyClick(dialog.outcome, KEY.Key_2)
    dialog.submit()
    qtbot.waitUntil(lambda: not papers.reply.isVisible())
    assert forms.form(station.desk, id, "referral").values["outcome"] == "placed"


# An entrusted check, and papers


def test_a_check_is_begun_from_an_application_and_printed(
    window: MainWindow, station: OpenStation, qtbot: Any
) -> None:
    (line,) = aid.list_applications(station.desk)
    window.go("aid", ("application", line.id))
    page = window.page("aid")
    assert isinstance(page, AidPage)
    press(form_in(page, qtbot, ApplicationPage).check_button, qtbot)
    qtbot.waitUntil(
        lambda: isinstance(page.stack.over, AidForm) and page.stack.over.kind == "household_check"
    )
    form = form_in(page, qtbot)
    assert boxes(form)["entrusted_by"].typed() == "柳溪镇人民政府"
    assert boxes(form)["application"].typed() == line.id
    form.save()
    at_rest(qtbot)
    (check,) = household_checks.list_checks(station.desk)
    assert check.state == "待核"
    assert page.kind == "household_check"
    page.open_record("household_check", check.id)
    form = form_in(page, qtbot)
    press(form.print_button, qtbot)
    qtbot.waitUntil(
        lambda: isinstance(page.stack.over, PaperView) and page.stack.over.print_button.isEnabled()
    )
    page.stack.over.closed.emit()  # type: ignore[union-attr]
    assert form_in(page, qtbot).kind == "household_check"


def test_a_check_is_begun_from_the_person(window: MainWindow, station: OpenStation, qtbot: Any) -> None:
    who = person(station)
    window.go("people", who)
    at_rest(qtbot)
    window.page("people")._do("check")  # type: ignore[attr-defined]
    form = form_in(window.page("aid"), qtbot)  # type: ignore[arg-type]
    assert form.form is not None
    assert form.form.form.values["person"] == who
    assert form.form.form.values["household"]


@pytest.mark.parametrize("kind", ["organisation", "household_check", "referral_call"])
def test_a_record_found_by_searching_opens_in_its_place(
    window: MainWindow, station: OpenStation, qtbot: Any, kind: str
) -> None:
    typed = {
        "organisation": CENTRE,
        "household_check": {"person": person(station)},
        "referral_call": {"said": "床位还没定"},
    }[kind]
    if kind == "referral_call":
        typed = {**typed, "referral": awaited(station)}
    id = save(station.desk, kind, typed).id
    own = ("aid", (kind, id))  # a unit found by searching opens beside resources, one of this page here
    window.go(*(own if kind == "organisation" else record_target(kind, id)))
    qtbot.waitUntil(lambda: window.current == "aid")
    form = form_in(window.page("aid"), qtbot)  # type: ignore[arg-type]
    assert form.form is not None
    opened = typed["referral"] if kind == "referral_call" else id
    assert form.form.form.id == opened


def test_what_is_typed_is_saved_before_it_is_printed(
    window: MainWindow, station: OpenStation, qtbot: Any
) -> None:
    id = awaited(station)
    window.go("aid", ("referral", id))
    page = window.page("aid")
    assert isinstance(page, AidPage)
    form = form_in(page, qtbot)
    said: list[str] = []
    form.said.connect(lambda words, _undo: said.append(words))
    boxes(form)["reason_note"].put("家里没有人照料")
    assert form.beside is not None
    press(form.beside.letter_button, qtbot)
    assert said == ["先保存，再打印。填的内容还在。"]
    assert page.stack.over is form
