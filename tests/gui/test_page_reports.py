"""The monthly brief: few clicks, every figure with its records, the paper beside it."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from sample_station import at_rest, dialog_of, press, visit

from sgz_desktop.actions import figures, papers_report, report_edits
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.gui import messages
from sgz_desktop.gui.dialogs.reason_dialog import ReasonDialog
from sgz_desktop.gui.dialogs.report_text_dialog import ReportTextDialog
from sgz_desktop.gui.dialogs.sign_off_dialog import SignOffDialog
from sgz_desktop.gui.dialogs.span_dialog import SpanDialog
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.reports import ReportsPage
from sgz_desktop.gui.theme import WidthClass
from sgz_desktop.gui.widgets.buttons import Button

KEY = Qt.Key


@pytest.fixture
def page(window: MainWindow, qtbot: Any) -> ReportsPage:
    found = window.go("reports", "2026-06")
    assert isinstance(found, ReportsPage)
    drafted(found, qtbot)
    return found


def drafted(page: ReportsPage, qtbot: Any) -> None:
    qtbot.waitUntil(page.save_button.isEnabled, timeout=20_000)
    at_rest(qtbot)


def row_of(page: ReportsPage, title: str, unit: str) -> tuple[str, int]:
    for number, one in enumerate(page.outline._figures):
        if (one.now.title, one.now.unit) == (title, unit):
            return "figure", number
    raise AssertionError(title)


def open_row(page: ReportsPage, key: tuple[str, int], qtbot: Any) -> None:
    page.outline.table.setFocus()
    assert page.outline.table.set_current(key, tell=False)
    qtbot.keyClick(page.outline.table, KEY.Key_Return)
    at_rest(qtbot)


def test_the_brief_is_drafted_and_saved_in_four_clicks(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    target = tmp_path / "brief.pdf"
    asked: list[str] = []

    def where(_parent: object, suggested: str, *_: object) -> Path:
        asked.append(suggested)
        return target

    monkeypatch.setattr(messages, "ask_save_path", where)
    home: Any = window.go("home")
    qtbot.waitUntil(home.band.isVisible)
    clicks = 1
    press(home.draft_brief, qtbot)
    page: Any = window.page("reports")
    drafted(page, qtbot)
    clicks += 1
    press(page.save_button, qtbot)
    qtbot.waitUntil(target.exists)
    at_rest(qtbot)
    clicks += 1  # 保存 in the file dialog
    assert clicks <= 4
    assert asked == ["工作简报-2026-06.pdf"]
    words = text_of(target.read_bytes())
    assert "入户探访2户次" in words.replace(" ", "")


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_a_figure_asked_for_shows_its_records_at_once(page: ReportsPage, qtbot: Any) -> None:
    page.activate({"month": "2026-06", "figure": ("V01.households", "户次")})
    drafted(page, qtbot)
    assert page.drawer.isVisible()
    assert page.drawer.heading.text() == "入户探访：2户次"
    page.activate("2026-06")
    assert not page.drawer.isVisible()


def test_the_outline_holds_sections_and_figures(page: ReportsPage, opened: tuple[OpenStation, str]) -> None:
    table = page.outline.table
    shown = [table.rows.index(row, 0).data() for row in range(table.rows.rowCount())]
    assert shown[:2] == ["一、项目进度", "二、数据表"]
    assert "八、下月计划" in shown
    kept = {(one.now.title, one.now.unit): one for one in figures.compare(opened[0].desk, "2026-06")}
    row = table.rows.row_of(row_of(page, "入户探访", "户次"))
    assert table.rows.index(row, 1).data() == f"{kept['入户探访', '户次'].now.value}户次" == "2户次"
    assert table.rows.index(row, 2).data() == "0"


def test_a_section_turns_the_preview(page: ReportsPage, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: len(page.outline._pages) == 8)
    last = page.outline._pages["下月计划"]
    qtbot.waitUntil(lambda: page.pane.preview.page_count >= last > 1)
    open_row(page, ("section", "plan"), qtbot)
    assert page.pane.preview.page == last


def test_a_figure_opens_its_records_and_a_record_opens(
    page: ReportsPage, window: MainWindow, qtbot: Any
) -> None:
    open_row(page, row_of(page, "入户探访", "户次"), qtbot)
    drawer = page.drawer
    assert drawer.isVisible()
    assert drawer.heading.text() == "入户探访：2户次"
    assert "户次" in drawer.rule.text()
    shown = [drawer.table.rows.index(row, 1).data() for row in range(drawer.table.rows.rowCount())]
    assert shown == ["梁丙菊家", "覃甲田家"]
    asked: list[tuple[str, object]] = []
    drawer.go.connect(lambda section, target: asked.append((section, target)))
    qtbot.keyClick(drawer.table, KEY.Key_Down)
    qtbot.keyClick(drawer.table, KEY.Key_Return)
    ((section, target),) = asked
    assert section == "visits"
    assert target == {"visit": drawer._lines[1].id}


def test_escape_closes_the_drawer_and_returns_to_the_figure(page: ReportsPage, qtbot: Any) -> None:
    key = row_of(page, "入户探访", "户次")
    open_row(page, key, qtbot)
    qtbot.keyClick(page.drawer.table, KEY.Key_Escape)
    assert not page.drawer.isVisible()
    assert page.window().focusWidget() is page.outline.table
    assert page.outline.table.current_id() == key


def test_a_figure_of_nothing_says_so(page: ReportsPage, qtbot: Any) -> None:
    open_row(page, row_of(page, "结案", "个"), qtbot)
    assert page.drawer.empty.isVisible()
    assert not page.drawer.table.isVisible()


def test_another_month_is_chosen_and_a_month_to_come_is_not(page: ReportsPage, qtbot: Any) -> None:
    assert not page._after.isEnabled()
    press(page._before, qtbot)
    drafted(page, qtbot)
    assert page.month == "2026-05"
    assert page.months.value() == "2026-05"
    assert page.head.title.text() == "5月工作简报"
    assert page._after.isEnabled()
    page.months.set_value("2026-03")
    drafted(page, qtbot)
    assert page.month == "2026-03"


def test_without_a_target_the_brief_that_is_due_is_shown(window: MainWindow, qtbot: Any) -> None:
    page: Any = window.go("reports")
    qtbot.waitUntil(lambda: page.month == "2026-06")
    drafted(page, qtbot)


def test_a_visit_written_elsewhere_is_counted_at_once(
    page: ReportsPage, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    desk = opened[0].desk
    before = page.pane.data
    home = next(one for one in page.outline._figures if one.now.part == "open_household").now.ids[0]
    visit(desk, home, "2026-06-29", "再去看了一次。")
    key = row_of(page, "入户探访", "户次")
    qtbot.waitUntil(lambda: page.outline._figures[key[1]].now.value == 3, timeout=10_000)
    drafted(page, qtbot)
    assert page.pane.data != before


def test_drafting_can_be_stopped(page: ReportsPage, monkeypatch: pytest.MonkeyPatch, qtbot: Any) -> None:
    gate = threading.Event()
    monkeypatch.setattr(papers_report, "print_report", lambda *_: (gate.wait(10), b"")[1])
    page.read()
    assert page.pane.progress.isVisible()
    press(page.pane.progress.stop, qtbot)
    assert page.pane.stopped.isVisible()
    assert not page.save_button.isEnabled()
    gate.set()
    at_rest(qtbot)
    assert page.pane.data is None
    assert [one.words() for one in page.pane.stopped.findChildren(Button)] == ["重新生成"]


LARGEST, NARROW = 1.3, 915  # 特大 against 标准; px beside the rail on 1366 at 125 %


def test_panels_give_way_in_narrow_windows(page: ReportsPage, qtbot: Any) -> None:
    open_row(page, row_of(page, "入户探访", "户次"), qtbot)
    page.set_compact(WidthClass.STACKED)
    assert (page.outline.isVisible(), page.drawer.isVisible(), page.pane.isVisible()) == (True, True, False)
    page.set_compact(WidthClass.STEPS)
    assert (page.outline.isVisible(), page.drawer.isVisible(), page.pane.isVisible()) == (False, True, False)
    page.close_drawer()
    assert (page.outline.isVisible(), page.pane.isVisible()) == (True, False)
    press(page.turn, qtbot)
    assert (page.outline.isVisible(), page.pane.isVisible()) == (False, True)
    assert page.head.minimumSizeHint().width() * LARGEST <= NARROW
    page.head.set_narrow(False)  # the control: with all it has in a wide window it would be cut
    assert page.head.minimumSizeHint().width() * LARGEST > NARROW


# Texts and sign-off


def row_of_text(page: ReportsPage, section: str) -> tuple[str, str, str]:
    return next(key for key in page.outline.table.rows.ids() if key[:2] == ("text", section))


def at(page: ReportsPage, key: tuple[Any, ...], qtbot: Any) -> None:
    page.outline.table.setFocus()
    assert page.outline.table.set_current(key)
    at_rest(qtbot)


def test_a_text_that_is_offered_is_edited_by_enter_and_printed(
    page: ReportsPage, window: MainWindow, qtbot: Any
) -> None:
    key = row_of_text(page, "services")
    open_row(page, key, qtbot)
    dialog = dialog_of(window, ReportTextDialog, qtbot)
    dialog.fields["text"].control.set_value("社工为一户独居老人修好了灯。")
    press(dialog.save, qtbot)
    drafted(page, qtbot)
    qtbot.waitUntil(lambda: page.outline.line() is not None and page.outline.line().kept)
    assert page.outline.current() == key
    assert "社工为一户独居老人修好了灯。" in text_of(page.pane.data or b"").replace("\r\n", "")


def test_a_text_is_left_out_and_put_back(page: ReportsPage, qtbot: Any) -> None:
    at(page, row_of_text(page, "services"), qtbot)
    press(page.verbs.out, qtbot)
    qtbot.waitUntil(lambda: page.verbs.out.words() == "印上")
    drafted(page, qtbot)
    press(page.verbs.out, qtbot)
    qtbot.waitUntil(lambda: page.verbs.out.words() == "不印")
    drafted(page, qtbot)


def test_signing_off_freezes_the_report_and_opening_it_again_asks_why(
    page: ReportsPage, window: MainWindow, qtbot: Any
) -> None:
    page.show_month("2026-05")
    drafted(page, qtbot)
    qtbot.waitUntil(page.head.seal.isEnabled)
    press(page.head.seal, qtbot)
    dialog = dialog_of(window, SignOffDialog, qtbot)
    press(dialog.go, qtbot)
    assert dialog.reason_field.message() == "请逐处核对，或写明原因再定稿。"
    dialog.reason.set_value("会谈在定计划的当天")
    press(dialog.go, qtbot)
    qtbot.waitUntil(lambda: page.head.seal.words() == "重新打开")
    drafted(page, qtbot)
    frozen = page.pane.data
    at(page, ("section", "publicity"), qtbot)
    assert not page.verbs.new.isEnabled()
    page.read()
    drafted(page, qtbot)
    assert page.pane.data == frozen
    press(page.head.seal, qtbot)
    asked = dialog_of(window, ReasonDialog, qtbot)
    asked.reason.set_value("漏了一户")
    press(asked.go, qtbot)
    qtbot.waitUntil(lambda: page.head.seal.words() == "定稿")
    drafted(page, qtbot)


def test_mid_term_and_final_and_any_two_days(page: ReportsPage, window: MainWindow, qtbot: Any) -> None:
    page.head.sorts.set_value("midterm")
    drafted(page, qtbot)
    assert (page.sort, page.month, page.head.title.text()) == ("midterm", "2026", "中期报告")
    assert [one.head for one in page.outline.table.columns] == ["报告内容", "本期", "上年"]
    page.head.spans.set_value("other")
    dialog = dialog_of(window, SpanDialog, qtbot)
    dialog.first.set_value("2026-2-1")
    dialog.last.set_value("2026-6-15")
    press(dialog.go, qtbot)
    drafted(page, qtbot)
    assert page.month == "2026-02-01/2026-06-15"
    assert page.head.spans.value() == page.month


def test_other_columns_of_a_figure_open_their_records(page: ReportsPage, qtbot: Any) -> None:
    open_row(page, row_of(page, "入户探访", "户次"), qtbot)
    drawer = page.drawer
    assert [drawer.column.itemData(at) for at in range(drawer.column.count())] == [
        "now",
        "before",
        "year_ago",
        "year",
    ]
    drawer.column.set_value("before")
    at_rest(qtbot)
    assert drawer.empty.isVisible()
    drawer.column.set_value("year")
    at_rest(qtbot)
    assert drawer.table.isVisible()


def test_what_the_paper_leaves_out_is_said_under_the_outline(
    page: ReportsPage, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    left_out = "有1张照片没有同意用于宣传，没有印上。"
    monkeypatch.setattr(report_edits, "report_notices", lambda *_: (left_out,))
    page.read()
    drafted(page, qtbot)
    qtbot.waitUntil(lambda: page.outline.note.text() == left_out)
