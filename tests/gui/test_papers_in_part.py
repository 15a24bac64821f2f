"""打印本表, 选几份, 打印档案 of several cases and 空白表, by keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from case_helpers import control
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sample_station import at_rest, dialog_of, press, write

from sgz_desktop.actions import cases, papers, papers_blank
from sgz_desktop.actions.allowed import CLERK
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.domain.actor import Actor
from sgz_desktop.gui import messages
from sgz_desktop.gui.dialogs.paper_dialog import PaperDialog
from sgz_desktop.gui.dialogs.tick_dialog import TickDialog
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.case_list import CaseList
from sgz_desktop.gui.pages.cases import CasesPage
from sgz_desktop.gui.pages.settings import SettingsPage
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.record_page import RecordPage
from sgz_desktop.gui.record_print import SAVE_FIRST

pytest_plugins = ["case_fixtures"]


def text_of(view: PaperView, qtbot: Any) -> list[str]:
    """The pages of a paper once it is there."""
    qtbot.waitUntil(view.save_button.isEnabled, timeout=20_000)
    assert view.pane.data is not None
    return [
        "".join(one.get_textpage().get_text_range().split()) for one in pypdfium2.PdfDocument(view.pane.data)
    ]


def key(which: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    where = QApplication.focusWidget()
    assert where is not None
    QTest.keyClick(where, which, modifier)
    QApplication.processEvents()


def ticking(window: MainWindow, qtbot: Any) -> TickDialog:
    """The dialog in front, once its list has the keyboard."""
    dialog = dialog_of(window, TickDialog, qtbot)
    qtbot.waitUntil(dialog.list.hasFocus)
    return dialog


def record(page: CasesPage, kind: str, qtbot: Any) -> RecordPage:
    shown = page.case.page
    assert shown is not None
    page.open_record(kind, shown.papers[kind][0])
    at_rest(qtbot)
    assert isinstance(page.leaf, RecordPage)
    return page.leaf


def test_a_form_is_printed_as_its_sheet_by_ctrl_p(
    case_page: CasesPage, window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    form = record(case_page, "intake", qtbot)
    assert form.sheet_button.isVisible()
    key(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    dialog = dialog_of(window, PaperDialog, qtbot)
    (page, *_) = text_of(dialog.view, qtbot)
    number = papers.case_file(opened[0].desk, opened[1]).sheets[1].number
    assert f"文件编号{number}" in page
    assert "个案接案登记表" in page
    key(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert case_page.leaf is form


def test_what_is_typed_is_saved_first(case_page: CasesPage, window: MainWindow, qtbot: Any) -> None:
    page = record(case_page, "intake", qtbot)
    assert page.form is not None
    write(control(page, "problem_seen"), "再问")
    press(page.sheet_button, qtbot)
    assert page.draft_note.text() == SAVE_FIRST
    assert not [one for one in window.findChildren(PaperDialog) if one.isVisible()]


def test_some_sheets_of_a_file_keep_their_pages(
    case_page: CasesPage, window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    press(case_page.case.head.print_button, qtbot)
    view = case_page.leaf
    assert isinstance(view, PaperView)
    whole = text_of(view, qtbot)
    press(case_page.parts_button, qtbot)
    dialog = ticking(window, qtbot)
    sheets = papers.case_file(opened[0].desk, opened[1]).sheets
    assert dialog.list.chosen() == ["cover", "contents", *(one.number for one in sheets)]
    key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert not dialog.go.isEnabled()
    for _ in range(2):
        key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Space)
    assert dialog.list.chosen() == [sheets[0].number]
    key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    at_rest(qtbot)
    told = text_of(view, qtbot)
    assert told == [page for page in whole if f"文件编号{sheets[0].number}" in page]
    assert f"共{len(whole)}页" in told[0]


def test_the_files_of_the_cases_ticked_in_one_paper(
    page: CasesPage, window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    desk = opened[0].desk
    press(page.list.files, qtbot)
    dialog = ticking(window, qtbot)
    listed = [line.id for line in cases.case_lines(desk) if line.open]
    assert set(dialog.list.rows.ids()) == set(listed)
    assert dialog.list.chosen() == []
    key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert dialog.go.text() == f"预览{len(listed)}卷"
    key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    shown = dialog_of(window, PaperDialog, qtbot)
    told = text_of(shown.view, qtbot)
    assert all(any(papers.case_file(desk, id).number in one for one in told) for id in listed)
    shown.reject()
    at_rest(qtbot)


def test_the_files_of_the_cases_ticked_are_saved_and_wait_for_their_signatures(
    page: CasesPage,
    window: MainWindow,
    opened: tuple[OpenStation, str],
    qtbot: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk, case = opened[0].desk, opened[1]
    asked: list[str] = []
    folder = tmp_path / "给局里"
    folder.mkdir()
    monkeypatch.setattr(messages, "ask_save_path", lambda _parent, name: folder / name.removesuffix(".pdf"))
    monkeypatch.setattr(messages, "ask", lambda _owner, words, *_, **__: bool(asked.append(words)) or True)
    said: list[str] = []
    page.list.said.connect(lambda words, _undo: said.append(words))
    press(page.list.files, qtbot)
    dialog = ticking(window, qtbot)
    assert not any(one.isEnabled() for one in dialog.verbs)
    dialog.list.tick([case], True)
    key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(said) == 2, timeout=20_000)
    (saved,) = folder.iterdir()
    assert saved.read_bytes() == papers.print_case_files(desk, [case])
    assert saved.name == f"个案档案-1卷-{desk.today()}.pdf"
    assert said[0] == f"已保存到给局里：{saved.name}"
    assert "份要签字的文书" in asked[0]
    assert said[1].endswith("已记为待签，在待签清单里。")


def test_a_clerk_prints_no_file(opened: tuple[OpenStation, str], qtbot: Any) -> None:
    desk = opened[0].desk
    clerk = Desk(desk.store, Actor("w", frozenset({CLERK})), "录入甲", desk.device, desk.ids)
    made = CaseList(clerk)
    qtbot.addWidget(made)
    assert made.files.isHidden()


@pytest.mark.parametrize("many", [1, 2])
def test_blank_forms_from_the_settings(
    many: int, window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    page = window.go("settings")
    assert isinstance(page, SettingsPage)
    at_rest(qtbot)
    press(page.blank.start, qtbot)
    dialog = ticking(window, qtbot)
    kinds = [kind for kind, _ in papers_blank.blank_list()]
    assert dialog.list.rows.ids() == kinds
    for _ in range(many):
        key(Qt.Key.Key_Space)
        key(Qt.Key.Key_Down)
    assert dialog.list.chosen() == kinds[:many]
    key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    shown = dialog_of(window, PaperDialog, qtbot)
    told = text_of(shown.view, qtbot)
    titles = dict(papers_blank.blank_list())
    assert all(any(titles[kind] in one for one in told) for kind in kinds[:many])
    assert not any("练习" in one for one in told)
    assert all(opened[0].desk.station in one for one in told)
    shown.reject()
    at_rest(qtbot)
