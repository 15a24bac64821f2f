"""Supervision in the window: a copy goes out, remarks are typed or read, carried out and told again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sample_station import at_rest, dialog_of, press

from sgz_desktop.actions import supervision_copy, supervision_remarks, supervision_return
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.actions.supervision_copy import Copy, CopyWish
from sgz_desktop.gui import messages
from sgz_desktop.gui.dialogs.carry_out_dialog import CarryOutDialog
from sgz_desktop.gui.dialogs.notes_dialog import NotesDialog, PdfPasswordDialog
from sgz_desktop.gui.dialogs.remark_dialog import RemarkDialog
from sgz_desktop.gui.dialogs.supervision_dialog import SupervisionDialog
from sgz_desktop.gui.find_box import FindBox
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.case_page import REMARKS_AT
from sgz_desktop.gui.pages.cases import CasesPage
from sgz_desktop.gui.pages.remarks_page import RemarksPage
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.record_page import RecordPage
from tests.foreign.annotating import annotated, locked, note

pytest_plugins = ["case_fixtures"]
SHOTS = os.environ.get("SHOTS", "")
WHO = "周明远"


def shot(of: Any, name: str) -> None:
    """A picture to be looked at, where somebody asks for them."""
    if SHOTS:
        QTest.qWait(1500)
        of.grab().save(f"{SHOTS}/{name}.png")


def given(station: OpenStation, case: str) -> Copy:
    made = supervision_copy.make_copy(station.desk, case, CopyWish(WHO, "是否同意结案"))
    supervision_copy.note_copy(station.desk, made)
    return made


def back(station: OpenStation, copy: Copy, folder: Path, password: str = "") -> Path:
    """The copy with three notes on it."""
    marks = (copy.marks[2], copy.marks[len(copy.marks) // 2], copy.marks[-1])
    texts = ("安全风险要写清楚", "目标太笼统，请改成看得见的一步。" * 4, "")
    notes = [
        note("Text" if text else "Ink", mark.page, mark.top - 2, text, author=WHO)
        for mark, text in zip(marks, texts, strict=True)
    ]
    data = annotated(copy.data, notes)
    path = folder / "回来的.pdf"
    path.write_bytes(locked(data, password) if password else data)
    return path


def typed(widget: Any, keys: str) -> int:
    """Types into what has the keyboard; how many keys that was."""
    for key in keys:
        QTest.keyClicks(QApplication.focusWidget() or widget, key)
    return len(keys)


def key(widget: Any, which: Qt.Key) -> int:
    QTest.keyClick(QApplication.focusWidget() or widget, which)
    return 1


def test_a_copy_goes_out_and_is_written_down(
    case_page: CasesPage, opened: tuple[OpenStation, str], qtbot: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    station, case = opened
    said: list[str] = []
    case_page.said.connect(lambda sentence, _undo: said.append(sentence))
    case_page.case.tabs.set_current(REMARKS_AT)
    at_rest(qtbot)
    shot(case_page.window(), "remarks-empty")
    press(case_page.case.remarks.copy, qtbot)
    dialog = dialog_of(case_page.window(), SupervisionDialog, qtbot)
    shot(dialog, "copy-dialog")
    dialog.whom.set_value(WHO)
    dialog.question.set_value("是否同意计划\n夜灯列为跟进")
    password = dialog.made.value()
    dialog.submit()
    qtbot.waitUntil(lambda: isinstance(case_page.leaf, PaperView) and bool(case_page.leaf.pane.data))
    shot(case_page.window(), "copy-view")
    monkeypatch.setattr(messages, "ask_save_path", lambda *_: tmp_path / "督导件.pdf")
    case_page.leaf.pane.save("督导件.pdf")
    qtbot.waitUntil(lambda: any(WHO in one for one in said))
    assert supervision_copy.copy_start(station.desk, case).place == 2
    # what was saved is locked, comes back and is known
    found = supervision_return.read_returned(station.desk, tmp_path / "督导件.pdf", password)
    assert found.said == ("没有看到批注。手写的请照批注号录入。",)


def test_one_remark_takes_few_keys(
    window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any, tmp_path: Path
) -> None:
    """Beside its text: the number once and three keys, then two or three a remark. 20 seconds are ample."""
    station, case = opened
    copy = given(station, case)
    dialog = RemarkDialog(window, station.desk, lambda *_: None)
    dialog.open()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.number)
    first = typed(dialog, copy.number.lower()) + key(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.mark)
    marks = [copy.marks[4], copy.marks[-1]]
    counts = []
    for at, mark in enumerate(marks):
        counts.append(typed(dialog, str(mark.number)) + key(dialog, Qt.Key.Key_Return))
        dialog.text.set_value("写得太短，请补上")
        if at == 1:
            shot(dialog, "remark-dialog")
        counts[-1] += key(dialog, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda at=at: dialog.count == at + 1 and QApplication.focusWidget() is dialog.mark)
    assert first == len(copy.number) + 1
    assert max(counts) <= 5
    lines = supervision_remarks.list_remarks(station.desk)
    assert [(one.mark, one.about) for one in sorted(lines, key=lambda one: one.mark)] == [
        (mark.number, mark.id) for mark in marks
    ]
    dialog.reject()


def test_a_decision_is_one_digit_and_errors_stand_at_their_fields(
    window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    station, case = opened
    dialog = RemarkDialog(window, station.desk, lambda *_: None, given(station, case).number)
    dialog.open()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.mark)
    typed(dialog, "999")
    key(dialog, Qt.Key.Key_Return)
    key(dialog, Qt.Key.Key_Tab)
    typed(dialog, "3")
    assert dialog.decision.value() == "close"
    key(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(dialog.fields["mark"].state == "error"))
    shot(dialog, "remark-wrong")
    dialog.mark.set_value("")
    dialog.keep()
    qtbot.waitUntil(lambda: dialog.count == 1)
    assert supervision_remarks.list_remarks(station.desk)[0].text == "同意结案"
    dialog.number.set_value("2026-A999-D1")
    dialog.look_up()
    qtbot.waitUntil(lambda: "本站没有个案2026-A999" in dialog.fields["number"].message())
    dialog.reject()


@pytest.mark.parametrize("password", ["", "青禾2026"])
def test_notes_are_confirmed_with_one_key(
    case_page: CasesPage,
    opened: tuple[OpenStation, str],
    qtbot: Any,
    tmp_path: Path,
    monkeypatch: Any,
    password: str,
) -> None:
    station, case = opened
    path = back(station, given(station, case), tmp_path, password)
    monkeypatch.setattr(messages, "ask_open_path", lambda *_: path)
    case_page.case.tabs.set_current(REMARKS_AT)
    press(case_page.case.remarks.read_button, qtbot)
    if password:
        asked = dialog_of(case_page.window(), PdfPasswordDialog, qtbot)
        asked.password.set_value("错")
        asked.submit()
        at_rest(qtbot)
        asked = dialog_of(case_page.window(), PdfPasswordDialog, qtbot)
        shot(asked, "password")
        asked.password.set_value(password)
        asked.submit()
    dialog = dialog_of(case_page.window(), NotesDialog, qtbot)
    shot(dialog, "notes")
    assert dialog.go.words() == "记为意见 3条"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: case_page.case.remarks.table.rows.rowCount() == 3)
    shot(case_page.window(), "remarks-tab")
    assert all(one.unverified for one in supervision_remarks.list_remarks(station.desk))


def remarked(station: OpenStation, case: str, folder: Path) -> None:
    found = supervision_return.read_returned(station.desk, back(station, given(station, case), folder))
    supervision_return.take_notes(station.desk, found.case, found.id, found.notes, found.due_on)


def test_carried_out_from_the_list_of_all_cases(
    window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any, tmp_path: Path
) -> None:
    station, case = opened
    remarked(station, case, tmp_path)
    window.go("cases", {"remarks": ""})
    page = window.page("cases")
    qtbot.waitUntil(lambda: isinstance(page.leaf, RemarksPage) and page.leaf.table.rows.rowCount() == 3)
    at_rest(qtbot)
    shot(window, "remarks-page")
    listed = page.leaf
    key(listed.table, Qt.Key.Key_Return)
    dialog = dialog_of(window, CarryOutDialog, qtbot)
    shot(dialog, "carry-out")
    press(dialog.go, qtbot)
    assert dialog.fields["done"].message() == "请写怎样落实的，下次给督导看。"
    dialog.done_text.set_value("已改成每周陪同复查一次")
    press(dialog.go, qtbot)
    qtbot.waitUntil(lambda: listed.table.rows.rowCount() == 2)
    done = [one for one in supervision_remarks.list_remarks(station.desk) if one.done_on]
    assert [one.done for one in done] == ["已改成每周陪同复查一次"]


def test_a_remark_opens_what_it_is_about(
    window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any, tmp_path: Path
) -> None:
    station, case = opened
    remarked(station, case, tmp_path)
    line = next(one for one in supervision_remarks.list_remarks(station.desk) if one.kind != "case")
    window.go("cases", {"remark": line.id})
    page = window.page("cases")
    qtbot.waitUntil(lambda: isinstance(page.leaf, RecordPage) and page.leaf.form is not None)
    assert (page.leaf.form.form.kind, page.leaf.form.form.id) == (line.kind, line.about)


def test_the_number_of_a_copy_found_leads_to_typing_remarks(
    window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    station, case = opened
    number = given(station, case).number
    box = window.findChild(FindBox)
    box.show_box()
    box.box.setText(number.lower())
    box.box.send()
    at_rest(qtbot)
    QTest.keyClick(box.box, Qt.Key.Key_Return)
    dialog = dialog_of(window, RemarkDialog, qtbot)
    qtbot.waitUntil(lambda: dialog.place is not None)
    assert dialog.place
    assert dialog.place.number == number
    dialog.reject()


def test_the_monthly_sheet_is_shown(window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any) -> None:
    window.go("cases", {"remarks": ""})
    page = window.page("cases")
    qtbot.waitUntil(lambda: isinstance(page.leaf, RemarksPage))
    at_rest(qtbot)
    press(page.leaf.sheet_button, qtbot)
    qtbot.waitUntil(lambda: isinstance(page.leaf, PaperView) and bool(page.leaf.pane.data), timeout=10_000)
    shot(window, "progress")
