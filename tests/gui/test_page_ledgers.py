"""台账与归档 by keyboard: previewed, saved in three forms; says what to do when there is nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from sample_station import at_rest, press, visit

from sgz_desktop.actions import forms, ledgers
from sgz_desktop.actions.allowed import CLERK
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.domain.actor import Actor
from sgz_desktop.gui import messages
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.ledger_choice import INDEX, LABEL, LedgerChoice, periods, span, words
from sgz_desktop.gui.pages.ledger_page import LedgerPage
from sgz_desktop.gui.pages.reports import LEDGERS, ReportsPage
from sgz_desktop.gui.theme import WidthClass

KEY = Qt.Key


@pytest.fixture
def page(window: MainWindow, qtbot: Any) -> LedgerPage:
    found = window.go("reports", LEDGERS)
    assert isinstance(found, ReportsPage)
    assert found.ledgers is not None
    at_rest(qtbot)
    return found.ledgers


def choose(page: LedgerPage, name: str, qtbot: Any) -> None:
    page.choice.ledger.set_value(name)
    at_rest(qtbot)


def test_the_key_opens_it_and_alt_left_returns(window: MainWindow, qtbot: Any) -> None:
    reports: Any = window.go("reports", "2026-06")
    at_rest(qtbot)
    assert reports.ledger_button.shortcut().toString() == "F6"
    press(reports.ledger_button, qtbot)
    at_rest(qtbot)
    assert reports.ledgers.isVisible()
    assert window.focusWidget() is reports.ledgers.choice.ledger
    press(reports.ledgers.head.back, qtbot)
    assert not reports.ledgers.isVisible()
    assert reports.outline.isVisible()


def test_what_is_chosen_is_shown_and_counted(page: LedgerPage, qtbot: Any) -> None:
    assert page.choice.name() == "people"
    assert page.head.facts.text() == "共4条"
    assert page.save_button.isEnabled()
    choose(page, "visits", qtbot)
    assert page.head.facts.text() == "共2条"
    assert page.pane.preview.page_count == 1
    page.choice.village.set_value("上溪村")
    at_rest(qtbot)
    assert page.head.facts.text() == "共1条"


def test_only_what_a_ledger_asks_for_is_there(page: LedgerPage, qtbot: Any) -> None:
    choice = page.choice

    def shown() -> tuple[bool, ...]:
        asked = (choice.period, choice.village, choice.numbers, choice.form, choice.year, choice.case)
        return tuple(one.isVisible() for one in asked)

    assert shown() == (False, True, True, True, False, False)
    choose(page, "visits", qtbot)
    assert shown() == (True, True, True, True, False, False)
    choose(page, "sessions", qtbot)
    assert shown() == (True, False, False, True, False, False)
    choose(page, INDEX, qtbot)
    assert shown() == (False, False, False, False, True, True)
    choose(page, LABEL, qtbot)
    assert shown() == (False, False, False, False, True, False)


def test_numbers_come_with_the_tick(page: LedgerPage, qtbot: Any) -> None:
    assert not page.choice.wanted().numbers
    page.choice.numbers.set_value(True)
    at_rest(qtbot)
    assert page.choice.wanted().numbers
    choose(page, "sessions", qtbot)
    assert not page.choice.wanted().numbers  # there are none to ask for


@pytest.mark.parametrize(("form", "ending"), [("xlsx", ".xlsx"), ("csv", ".csv"), ("csv-gb", ".csv")])
def test_it_is_saved_as_a_table(
    page: LedgerPage, form: str, ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        messages, "ask_save_path", lambda _p, suggested, *_: (asked.append(suggested), tmp_path / "x")[1]
    )
    said: list[str] = []
    page.said.connect(lambda sentence, _undo: said.append(sentence))
    choose(page, "visits", qtbot)
    page.choice.form.set_value(form)
    press(page.save_button, qtbot)
    at_rest(qtbot)
    assert asked == [f"走访台账-2026-06{ending}"]
    assert (tmp_path / f"x{ending}").exists()
    assert said == ["已导出2行。这个文件没有加密，用完请收好。"]
    assert page.save_button.isEnabled()


def test_it_is_saved_as_pdf(
    page: LedgerPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    target = tmp_path / "ledger.pdf"
    monkeypatch.setattr(messages, "ask_save_path", lambda *_: target)
    press(page.save_button, qtbot)
    qtbot.waitUntil(target.exists)
    assert target.read_bytes().startswith(b"%PDF")


def test_nothing_to_list_says_what_to_do(page: LedgerPage, qtbot: Any) -> None:
    choose(page, "reports", qtbot)
    assert page.empty.isVisible()
    assert page.empty.accessibleName() == "这里还没有可列的记录。"
    assert not page.save_button.isEnabled()
    assert not page.print_button.isEnabled()
    choose(page, LABEL, qtbot)
    assert page.empty.accessibleName() == "这一年没有结案的个案。"


def test_papers_of_the_archive_for_a_closed_case(
    page: LedgerPage, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    desk, case = opened[0].desk, opened[1]
    forms.save_form(desk, forms.form(desk, case, "case"), {"closed_on": "2026-06-20"})
    choose(page, INDEX, qtbot)
    assert str(page.choice.case.value()).startswith("2026-")
    assert page.pane.preview.page_count == 2
    choose(page, LABEL, qtbot)
    assert page.pane.preview.page_count == 1
    assert page.save_button.isEnabled()


def test_a_visit_written_elsewhere_is_listed_at_once(
    page: LedgerPage, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    choose(page, "visits", qtbot)
    desk = opened[0].desk
    home = ledgers.ledger_sheet(desk, page.choice.wanted())
    assert len(home.rows) == 2
    household = desk.store.read(lambda s: s.connection.execute("SELECT id FROM r_household").fetchone()[0])
    visit(desk, household, "2026-06-29", "再去看了一次。")
    qtbot.waitUntil(lambda: page.head.facts.text() == "共3条", timeout=10_000)
    at_rest(qtbot)


def test_every_control_has_a_name_and_is_reached_by_tab(page: LedgerPage, qtbot: Any) -> None:
    choose(page, "visits", qtbot)
    wanted = {
        page.choice.ledger,
        page.choice.period,
        page.choice.village,
        page.choice.form,
        page.choice.numbers,
    }
    assert all(one.accessibleName() or one.text() for one in wanted)  # type: ignore[attr-defined]
    page.choice.ledger.setFocus()
    reached: list[QWidget | None] = []
    for _ in range(12):
        reached.append(page.window().focusWidget())
        qtbot.keyClick(page.window().focusWidget(), KEY.Key_Tab)
    assert wanted <= set(reached)


def test_in_a_narrow_window_the_choices_stand_above(page: LedgerPage) -> None:
    page.set_compact(WidthClass.STEPS)
    page.layout().activate()
    QApplication.processEvents()
    assert page.choice.geometry().bottom() <= page.pane.parentWidget().geometry().top()
    page.set_compact(WidthClass.WIDE)


def test_who_prints_nothing_is_not_offered_it(opened: tuple[OpenStation, str], qtbot: Any) -> None:
    clerk = replace(opened[0].desk, actor=Actor("w", frozenset({CLERK})))
    page = ReportsPage(clerk)
    qtbot.addWidget(page)
    assert page.ledger_button.isHidden()
    assert not LedgerChoice(ledgers.ledgers_for(clerk.actor), "2026-06-30").line()


def test_periods_are_months_quarters_and_years() -> None:
    found = [str(one) for one, _ in periods("2026-02-10")]
    assert len(found) == len(set(found))
    assert found[:4] == ["2026-02", "2026-01", "2026-Q1", "2025-Q4"]
    assert span("2026-Q1") == ("2026-01-01", "2026-03-31")
    assert span("2024-02") == ("2024-02-01", "2024-02-29")
    assert span("2025") == ("2025-01-01", "2025-12-31")
    assert [words(one) for one in ("2026-Q1", "2026-02", "2025")] == ["2026年第1季度", "2026年2月", "2025年"]
