"""The signing loop in the window: a paper is printed to be signed, waits in the list, its scan comes back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from desks import person, register
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from sample_station import at_rest, dialog_of, press

from sgz_desktop.actions import (
    forms,
    papers,
    report_signoff,
    signing,
    signing_file,
    signing_join,
    signing_list,
    signing_reports,
    signing_week,
    visits,
)
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.signing import PaperState
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.errors import AppError
from sgz_desktop.gui import messages, printing
from sgz_desktop.gui.dialogs.join_dialog import JoinDialog
from sgz_desktop.gui.dialogs.paper_dialog import PaperDialog
from sgz_desktop.gui.dialogs.signed_dialog import SignedDialog
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.activity_parts import ActivityPage, show_activity
from sgz_desktop.gui.pages.agenda import AgendaPage
from sgz_desktop.gui.pages.case_page import PAPERS_AT
from sgz_desktop.gui.pages.cases import CasesPage
from sgz_desktop.gui.pages.diary import DiaryPage
from sgz_desktop.gui.pages.unsigned_page import UnsignedPage
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.record_page import RecordPage
from sgz_desktop.gui.widgets.badge import Badge
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.data_table import cell_text
from tests.foreign.photos import photo

pytest_plugins = ["case_fixtures"]
SHOTS = os.environ.get("SHOTS", "")


def shot(window: Any, name: str) -> None:
    """A picture to be looked at, where somebody asks for them."""
    if SHOTS:
        QApplication.processEvents()
        window.grab().save(f"{SHOTS}/{name}.png")


def state(station: OpenStation, case: str, sort: str = "consent") -> PaperState:
    return next(one for one in signing.paper_states(station.desk, case) if one.sort == sort)


def unsign(station: OpenStation, case: str) -> PaperState:
    """The sample's consent, as if nobody had signed it yet."""
    paper = state(station, case)
    form = forms.form(station.desk, paper.id, "consent")
    forms.save_form(station.desk, form, {"signed_on": None, "sign_mode": None})
    return state(station, case)


def freeze(station: OpenStation, case: str, sort: str) -> PaperState:
    paper = state(station, case, sort)
    signing.note_printed(station.desk, signing.paper_to_sign(station.desk, paper.id, sort, case))
    return state(station, case, sort)


def told_in_tab(page: CasesPage, id: str) -> str:
    table = page.case.papers.table
    at = [key[1] for key in table.rows.ids()].index(id)
    return cell_text(table.rows_shown()[at][2])


def at_papers(page: CasesPage, id: str, qtbot: Any) -> None:
    page.case.tabs.set_current(PAPERS_AT)
    page.case._turn(PAPERS_AT)
    at_rest(qtbot)
    page.case.papers.table.set_current(("consent", id))
    at_rest(qtbot)


def entries(page: CasesPage) -> dict[str, Any]:
    return {one.text(): one for one in page.case.papers._sign.findChild(QMenu).actions()}


def view_of(page: CasesPage, qtbot: Any) -> PaperView:
    assert isinstance(page.leaf, PaperView)
    qtbot.waitUntil(page.leaf.print_button.isEnabled, timeout=20_000)
    return page.leaf


def test_a_paper_is_printed_from_its_tab_and_waits(
    case_page: CasesPage, opened: tuple[OpenStation, str], monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    station, case = opened
    paper = unsign(station, case)
    at_papers(case_page, paper.id, qtbot)
    assert told_in_tab(case_page, paper.id) == "未打印"
    shot(case_page.window(), "tab")
    entries(case_page)["打印知情同意书去签（未打印）"].trigger()
    view = view_of(case_page, qtbot)
    assert state(station, case).words == "未打印"  # looked at is not printed
    monkeypatch.setattr(printing, "print_pdf", lambda *_: None)  # and 取消 prints nothing
    press(view.print_button, qtbot)
    at_rest(qtbot)
    assert state(station, case).words == "未打印"
    monkeypatch.setattr(printing, "print_pdf", lambda _data, _window, printed, *_: printed())
    said: list[str] = []
    view.said.connect(lambda sentence, _undo: said.append(sentence))
    press(view.print_button, qtbot)
    qtbot.waitUntil(lambda: len(said) == 2)
    shot(case_page.window(), "view")
    assert said[1] == f"知情同意书已记为待签，编号{paper.number}。"
    view.closed.emit()
    at_rest(qtbot)
    at_papers(case_page, paper.id, qtbot)
    assert told_in_tab(case_page, paper.id) == "待签"
    case_page.open_record("consent", paper.id)
    at_rest(qtbot)
    shot(case_page.window(), "form")
    head = case_page.leaf.head  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: head._badges.count() == 1)
    assert head._badges.itemAt(0).widget().text() == f"待签　{paper.number}"


def test_saved_for_signing_waits_too_and_a_full_disk_says_so(
    case_page: CasesPage,
    opened: tuple[OpenStation, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: Any,
) -> None:
    station, case = opened
    paper = unsign(station, case)
    told: list[BaseException] = []
    monkeypatch.setattr(messages, "ask_save_path", lambda *_: tmp_path / "a.pdf")
    monkeypatch.setattr(messages, "show_problem", lambda problem, _parent=None: told.append(problem))
    kept = signing.note_printed

    def full(*_: object) -> None:
        raise AppError("磁盘已满，没有写入。", "请清理磁盘。")

    monkeypatch.setattr(signing, "note_printed", full)
    case_page.show_to_sign(paper)
    view = view_of(case_page, qtbot)
    press(view.save_button, qtbot)
    qtbot.waitUntil(lambda: bool(told))
    assert "没有记为待签" in str(getattr(told[0], "message", ""))
    assert state(station, case).words == "未打印"
    monkeypatch.setattr(signing, "note_printed", kept)
    press(view.save_button, qtbot)
    qtbot.waitUntil(lambda: state(station, case).words == "待签")
    assert (tmp_path / "a.pdf").read_bytes() == signing.kept_paper(station.desk, paper.id, paper.number)


@pytest.fixture
def listed(window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any) -> UnsignedPage:
    """待签清单 with a consent and a session printed."""
    station, case = opened
    unsign(station, case)
    for sort in ("consent", "session"):
        freeze(station, case, sort)
    page = window.go("cases", {"unsigned": True})
    at_rest(qtbot)
    assert isinstance(page, CasesPage)
    assert isinstance(page.leaf, UnsignedPage)
    return page.leaf


def test_the_list_shows_what_waits_and_narrows(listed: UnsignedPage, qtbot: Any) -> None:
    rows = [[cell_text(cell) for cell in row] for row in listed.table.rows_shown()]
    assert [(row[1], row[3], row[5], row[6]) for row in rows] == [
        ("知情同意书", "服务对象、社工", "0天", "待签"),
        ("过程记录", "社工、督导", "0天", "待签"),
    ]
    shot(listed.window(), "list")
    assert listed.count.text() == "2份待签，0份未打印"
    listed.worker.set_value("甲社工")
    listed.village.set_value("竹林坳村")
    assert listed.table.rows.rowCount() == 2
    opened: list[tuple[str, str, str]] = []
    listed.opened.connect(lambda *key: opened.append(key))
    listed.table.setFocus()
    QTest.keyClick(listed.table, Qt.Key.Key_Return)
    assert opened[0][0] == "consent"


def test_the_list_is_printed_and_comes_back(listed: UnsignedPage, window: MainWindow, qtbot: Any) -> None:
    press(listed.print_button, qtbot)
    page: Any = window.page("cases")
    qtbot.waitUntil(
        lambda: bool(getattr(page.leaf, "save_button", None) and page.leaf.save_button.isEnabled())
    )
    assert page.leaf.pane.data.startswith(b"%PDF-")
    page.leaf.closed.emit()
    at_rest(qtbot)
    assert isinstance(page.leaf, UnsignedPage)


def test_nothing_to_sign_says_so(window: MainWindow, qtbot: Any) -> None:
    page: Any = window.go("cases", {"unsigned": True})
    at_rest(qtbot)
    assert page.leaf.empty.isVisible()
    assert not page.leaf.print_button.isEnabled()


MOST_KEYS = 15  # to join a scan: 20 seconds at less than a key a second


def typed(text: str) -> int:
    """Press keys where the keyboard is; how many."""
    QTest.keyClicks(QApplication.focusWidget(), text)
    return len(text)


def test_a_scan_is_joined_by_the_keyboard(
    listed: UnsignedPage,
    opened: tuple[OpenStation, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: Any,
) -> None:
    station, case = opened
    paths = [tmp_path / f"scan-{n}.jpg" for n in (1, 2)]
    for n, path in enumerate(paths):
        path.write_bytes(photo("", size=(600 + n, 800)))
    monkeypatch.setattr(messages, "ask_open_paths", lambda *_: paths)
    said: list[tuple[str, Any]] = []
    listed.said.connect(lambda *told: said.append(told))
    press(listed.join_button, qtbot)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, JoinDialog)
    at_rest(qtbot)
    shot(dialog, "join")
    number = state(station, case).number
    keys = typed(number[-4:])
    qtbot.waitUntil(lambda: len(dialog.list.rows.ids()) == 1)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    at_rest(qtbot)
    assert QApplication.focusWidget() is dialog.day
    shot(dialog, "joining")
    keys += typed("6-12")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.place.text() == "第2份，共2份")
    at_rest(qtbot)
    keys += 2
    assert keys <= MOST_KEYS
    print(f"keys to join a scan: {keys}")
    after = state(station, case)
    assert (after.words, after.signed_on) == ("已签", "2026-06-12")
    assert forms.form(station.desk, after.id, "consent").values["signed_on"] == "2026-06-12"
    typed("qyy")
    at_rest(qtbot)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    at_rest(qtbot)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: state(station, case, "session").words == "已签")
    at_rest(qtbot)
    assert listed.table.rows.rowCount() == 0
    said[-1][1]()  # 撤销
    qtbot.waitUntil(lambda: state(station, case, "session").words == "待签")


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("2026-B009-04-1", "本站没有个案2026-B009"),
        ("abc", "这不是文件编号"),
        ("2026-A001-03-1", "没有在本机打印过"),
    ],
)
def test_a_number_that_is_not_waiting_is_explained(
    listed: UnsignedPage,
    tmp_path: Path,
    opened: tuple[OpenStation, str],
    number: str,
    sentence: str,
    qtbot: Any,
) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(photo("", size=(300, 400)))
    dialog = JoinDialog(listed, opened[0].desk, [path], lambda *_: None)
    dialog.open()
    at_rest(qtbot)
    typed(number)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sentence in dialog.note.text())
    dialog.reject()


def test_a_saved_pdf_proposes_its_number(
    listed: UnsignedPage, tmp_path: Path, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    station, case = opened
    paper = state(station, case)
    path = tmp_path / "back.pdf"
    path.write_bytes(signing.kept_paper(station.desk, paper.id, paper.number))
    dialog = JoinDialog(listed, station.desk, [path], lambda *_: None)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.found is not None, timeout=20_000)
    assert dialog.number.text() == paper.number
    press(dialog.go, qtbot)
    qtbot.waitUntil(lambda: "上面没有签字" in dialog.note.text())
    dialog.reject()


def test_a_wrong_join_is_taken_apart(
    case_page: CasesPage, opened: tuple[OpenStation, str], tmp_path: Path, qtbot: Any
) -> None:
    station, case = opened
    freeze(station, case, "intake")
    path = tmp_path / "a.jpg"
    path.write_bytes(photo("", size=(600, 800)))
    paper = state(station, case, "intake")
    scan = signing_join.read_scan(station.desk, path)
    signing_join.join_scan(station.desk, paper.id, scan, paper.number, "2026-06-12")
    at_papers(case_page, paper.id, qtbot)
    case_page.case.papers.table.set_current(("intake", paper.id))
    at_rest(qtbot)
    assert told_in_tab(case_page, paper.id) == "已签"
    shot(case_page.window(), "signed-tab")
    next(one for words, one in entries(case_page).items() if "签字页" in words).trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SignedDialog)
    at_rest(qtbot)
    shot(dialog, "signed")
    assert "2026年6月12日签字" in dialog.facts.text()
    assert "录入" in dialog.facts.text()
    press(dialog.apart, qtbot)
    qtbot.waitUntil(lambda: state(station, case, "intake").words == "待签")
    qtbot.waitUntil(lambda: told_in_tab(case_page, paper.id) == "待签")


def test_a_file_that_went_out_offers_to_have_its_papers_wait(
    case_page: CasesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    desk, case = case_page._desk, case_page.case.case
    case_page.show_file()
    view = case_page.leaf
    assert isinstance(view, PaperView)
    qtbot.waitUntil(view.save_button.isEnabled, timeout=20_000)
    (band,) = view.findChildren(Band, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert not band.isVisible()
    before = len(signing_list.list_unsigned(desk))
    count = len(to_wait(desk, case))
    monkeypatch.setattr(messages, "ask_save_path", lambda *_: tmp_path / "档案.pdf")
    view.save_button.click()
    qtbot.waitUntil(band.isVisible)
    shot(view.window(), "file-to-sign")
    assert f"{count}份要签字的文书" in band.text()
    QTest.keyClick(view, Qt.Key.Key_J, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: len(signing_list.list_unsigned(desk)) > before, timeout=10_000)
    assert not band.isVisible()
    assert to_wait(desk, case) == ()


def to_wait(desk: Desk, case: str) -> tuple[str, ...]:
    """The numbers of what is to be signed in the file of a case."""
    waits = list[signing_file.ToKeep]()
    papers.print_case_file(desk, case, wait=waits)
    return waits[0].numbers


def test_the_sheet_of_a_visit_waits_and_its_form_says_so(
    window: MainWindow, station: OpenStation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    home = register(station.desk, person("梁甲菊", "02"))
    form = visits.new_visit(station.desk, household=home.household)
    id = forms.save_form(station.desk, form, {"date": "2026-06-02", "facts": "一切都好"}).id
    window.go("visits", {"visit": id})
    page = window.page("visits")
    qtbot.waitUntil(
        lambda: bool(page.findChildren(RecordPage)) and page.findChildren(RecordPage)[0].form is not None
    )
    record = page.findChildren(RecordPage)[0]
    record.show_sheet()
    dialog = dialog_of(window, PaperDialog, qtbot)
    qtbot.waitUntil(dialog.view.save_button.isEnabled, timeout=20_000)
    monkeypatch.setattr(messages, "ask_save_path", lambda *_: tmp_path / "走访.pdf")
    dialog.view.save_button.click()
    (band,) = dialog.view.findChildren(Band, options=Qt.FindChildOption.FindDirectChildrenOnly)
    qtbot.waitUntil(band.isVisible)
    QTest.keyClick(dialog.view, Qt.Key.Key_J, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: len(signing_list.list_unsigned(station.desk)) == 1, timeout=10_000)
    dialog.reject()
    record.load()
    qtbot.waitUntil(lambda: any("待签" in one.accessibleName() for one in record.head.findChildren(Badge)))
    shot(window, "visit-waits")


def out(view: PaperView, to: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any) -> Band:
    """Save what is seen; the band that offers to have it wait."""
    qtbot.waitUntil(view.save_button.isEnabled, timeout=20_000)
    monkeypatch.setattr(messages, "ask_save_path", lambda *_: to)
    view.save_button.click()
    (band,) = view.findChildren(Band, options=Qt.FindChildOption.FindDirectChildrenOnly)
    qtbot.waitUntil(band.isVisible)
    return band


def waiting(station: OpenStation) -> list[signing_list.Waiting]:
    return signing_list.list_unsigned(station.desk)


def scanned(station: OpenStation, number: str, tmp_path: Path) -> None:
    """The scan of the signed page is joined."""
    path = tmp_path / f"{number}.jpg"
    path.write_bytes(photo("", size=(600, 800)))
    found = signing_join.find_paper(station.desk, number)
    scan = signing_join.read_scan(station.desk, path)
    signing_join.join_scan(station.desk, found.id, scan, number, "2026-06-12")


def test_a_sign_in_list_waits_and_its_scan_opens_from_its_preview(
    window: MainWindow, station: OpenStation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    held = {"name": "老友茶会", "date": "2026-06-03"}
    id = forms.save_form(station.desk, forms.new_form(station.desk, "activity", held), {}).id
    dialog = show_activity(window, station.desk, id, ("blank",))
    band = out(dialog.view, tmp_path / "签到表.pdf", monkeypatch, qtbot)
    assert "1份要签字的文书" in band.text()
    QTest.keyClick(dialog.view, Qt.Key.Key_J, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: "待签" in badges(dialog.view), timeout=10_000)
    dialog.reject()
    (row,) = waiting(station)
    assert (row.title, row.name, row.number[:3]) == ("活动签到表", "老友茶会", "HDQ")
    scanned(station, row.number, tmp_path)
    assert waiting(station) == []
    dialog = show_activity(window, station.desk, id, ("blank",))
    pages = dialog.view.findChildren(QPushButton)
    (button,) = [one for one in pages if one.text().strip() == "签字页"]
    qtbot.waitUntil(button.isVisible, timeout=20_000)
    assert "已签" in badges(dialog.view)
    press(button, qtbot)
    assert isinstance(QApplication.activeModalWidget(), SignedDialog)
    at_rest(qtbot)
    shot(QApplication.activeModalWidget(), "sign-in-pages")
    QApplication.activeModalWidget().reject()
    dialog.reject()
    page: Any = window.go("cases", {"unsigned": True})
    page.leaf.opened.emit("activity", id, "")
    hub: Any = window.page("groups")
    qtbot.waitUntil(lambda: isinstance(hub.stack.currentWidget(), ActivityPage), timeout=10_000)


def badges(view: PaperView) -> str:
    return "".join(one.accessibleName() for one in view.head.findChildren(Badge))


def test_papers_of_a_section_open_from_the_list(
    window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    """A diary, a plan and a report that wait lead to where they are written."""
    station, _ = opened
    month = signing_week.diary_to_sign(station.desk, "2026-06-01", "2026-06-30")
    signing.note_printed(station.desk, month)
    signing.note_printed(station.desk, signing_week.plan_to_sign(station.desk))
    report_signoff.sign_off(station.desk, "monthly", "2026-05", {}, "看过")
    signing_reports.note_report_printed(station.desk, "monthly", "2026-05")
    page: Any = window.go("cases", {"unsigned": True})
    at_rest(qtbot)
    shot(window, "list-of-all")
    rows = {row.title: row for row in waiting(station)}
    assert {"6月工作日志", "5月工作简报"} <= set(rows)
    page.leaf.opened.emit("report", rows["5月工作简报"].id, "")
    qtbot.waitUntil(lambda: window.page("reports").month == "2026-05", timeout=10_000)
    page.leaf.opened.emit("diary", rows["6月工作日志"].id, "")
    home: Any = window.page("home")
    qtbot.waitUntil(lambda: isinstance(home.stack.currentWidget(), DiaryPage), timeout=10_000)
    assert home.stack.currentWidget().day == "2026-06-01"
    plan = next(row for row in rows.values() if row.title.endswith("周计划"))
    page.leaf.opened.emit("diary", plan.id, "")
    qtbot.waitUntil(lambda: isinstance(home.stack.currentWidget(), AgendaPage), timeout=10_000)


def test_a_report_signed_off_waits_once_it_went_out(
    window: MainWindow,
    opened: tuple[OpenStation, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: Any,
) -> None:
    station, _ = opened
    page: Any = window.go("reports", "2026-05")
    qtbot.waitUntil(page.save_button.isEnabled, timeout=20_000)
    monkeypatch.setattr(messages, "ask_save_path", lambda *_: tmp_path / "简报.pdf")
    press(page.save_button, qtbot)
    at_rest(qtbot)
    assert waiting(station) == []  # a draft
    number = report_signoff.sign_off(station.desk, "monthly", "2026-05", {}, "看过").number
    page.show_month("2026-05")
    button = page.signing.button
    qtbot.waitUntil(button.isVisible, timeout=20_000)
    qtbot.waitUntil(page.save_button.isEnabled, timeout=20_000)
    assert button.text().strip() == "归入签字页"
    assert waiting(station) == []
    press(page.save_button, qtbot)
    qtbot.waitUntil(lambda: [row.number for row in waiting(station)] == [number], timeout=10_000)
    qtbot.waitUntil(lambda: any(one.accessibleName() == "待签" for one in page.head.findChildren(Badge)))
    shot(window, "report-waits")
    path = tmp_path / "a.jpg"
    path.write_bytes(photo("", size=(600, 800)))
    monkeypatch.setattr(messages, "ask_open_paths", lambda *_: [path])
    press(button, qtbot)
    dialog = dialog_of(window, JoinDialog, qtbot)
    assert dialog.number.text() == number
    dialog.choose()
    qtbot.waitUntil(dialog.go.isEnabled, timeout=20_000)
    press(dialog.go, qtbot)
    qtbot.waitUntil(lambda: button.text().strip() == "签字页 1", timeout=10_000)
    shot(window, "report-signed")
    press(button, qtbot)
    assert isinstance(QApplication.activeModalWidget(), SignedDialog)
    QApplication.activeModalWidget().reject()
    assert waiting(station) == []
