"""Every name suggested for a file holds a number or a day, never anybody's name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog
from sample_station import at_rest, press

import sgz_desktop.gui
from sgz_desktop.actions import cases
from sgz_desktop.actions.forms import form, save_form
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.gui.dialogs import backup_flow
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.cases import CasesPage
from sgz_desktop.gui.pages.reports import ReportsPage
from sgz_desktop.gui.paper_pane import PaperView

pytest_plugins = ["case_fixtures"]
NAME = "㒢𠔻阿月"
TAKES_A_NAME = {
    "ask_save_path": 1,
    "ask_save_kind": 1,
    "ask_pdf_path": 1,
    "PaperView": 2,
    "getSaveFileName": 2,
}  # and in which place
EVERY = {
    ("pages/station_contract.py", "f\"服务目录-{('A3' if large else 'A4')}.pdf\""),
    ("dialogs/card_dialog.py", "f'恢复卡{card.number}.pdf'"),
    ("dialogs/backup_flow.py", "f'备份-{station.desk.today()}{ENDING}'"),
    ("list_tools.py", "f'{self._title}-{self._desk.today()}.xlsx'"),
    ("pages/people_tools.py", "f'{TITLE}-{self._desk.today()}.xlsx'"),
    ("dialogs/roster_dialog.py", "f'名单改正-{self._desk.today()}.xlsx'"),
    ("messages.py", "suggested"),
    ("pages/aid_form.py", "f'{title}-{desk.today()}.pdf'"),  # of a kind of paper, never of a person
    ("pages/bureau_page.py", "suggested"),  # the bureau's name of its form and the month
    ("pages/case_views.py", "f'个案交接表-{desk.today()}.pdf'"),
    ("pages/file_parts.py", "f'个案档案-{number}-{desk.today()}.pdf'"),
    ("pages/file_parts.py", "f'个案档案-{len(ids)}卷-{desk.today()}.pdf'"),
    ("sheets_view.py", "f'{title}-{desk.today()}.pdf'"),  # of a kind of paper
    ("record_print.py", "f'{title}-{desk.today()}.pdf'"),  # of a kind of record, never of a person
    ("blank_forms.py", "f'{papers_blank.TITLE}-{desk.today()}.pdf'"),
    ("pages/release_page.py", "f'{told}-{desk.today()}.pdf'"),  # the number of the copy
    ("pages/reports.py", "file_name(self.sort, self.month)"),
    ("pages/ledger_page.py", "f'{title}-{told}.pdf'"),  # a ledger's title and its months or years
    ("pages/ledger_page.py", "f'{title}-{told}{ending}'"),
    ("pages/report_word.py", "with_word(file_name(sort, span))"),
    ("pages/unsigned_page.py", "f'{TITLE}-{desk.today()}.pdf'"),
    ("pages/conflicts_page.py", "f'{TITLE}-{desk.today()}.pdf'"),
    ("dialogs/device_dialogs.py", "'加入申请.sgzrequest'"),
    ("pages/devices_page.py", "f'邀请新电脑-{self._desk.today()}.sgzjoin'"),
    ("pages/check_verbs.py", "f'{title}-{hub.desk.today()}.pdf'"),  # of a kind of paper
    ("pages/survey_verbs.py", "f'{title}-{desk.today()}.pdf'"),
    ("pages/visits.py", "f'走访准备单-{desk.today()}.pdf'"),
    ("pages/visits.py", "f'本月未探访名单-{desk.today()}.pdf'"),
    ("pages/possible_page.py", "f'{papers_possible.TITLE}-{desk.today()}.pdf'"),
    ("pages/workbench.py", "f'周计划-{week_of(desk.today(), week)[0]}.pdf'"),
    ("pages/workbench.py", "f'工作日志-{first}.pdf'"),
    ("paper_pane.py", "safe_name(suggested)"),
    ("paper_pane.py", "suggested"),
    ("paper_signing.py", "f'签字-{base_of(state.number)}.pdf'"),
    ("supervision_views.py", "f'督导件-{start.number}.pdf'"),
    ("supervision_views.py", "f'个案进展一览表-{desk.today()}.pdf'"),
    ("transfer_flow.py", "f'本站名片{transfer_card.ENDING}'"),
    ("transfer_flow.py", "suggested"),  # a case's number and the day
    ("wizard.py", "f'恢复卡{self._number()}.pdf'"),
    ("wizard_join.py", "REQUEST"),
    ("wizard_card_steps.py", "'社工站备份.sgzbackup'"),
}


def suggestions() -> Iterator[tuple[str, str]]:
    """What is suggested anywhere in the window: the file and the expression."""
    top = Path(sgz_desktop.gui.__path__[0])
    for path in sorted(top.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                place = 0 if called.endswith("pane.save") else TAKES_A_NAME.get(called.rpartition(".")[2])
                if place is not None:
                    yield path.relative_to(top).as_posix(), ast.unparse(node.args[place])


def test_every_place_that_suggests_a_name_is_known() -> None:
    assert set(suggestions()) == EVERY  # a new one: let it hold a number or a day, then name it here


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names suggested to the person, who changes their mind."""
    kept: list[str] = []

    def native(_parent: Any, _title: str, suggested: str, _kinds: str) -> tuple[str, str]:
        kept.append(suggested)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", native)
    return kept


def test_whoever_the_papers_are_about(
    asked: list[str], opened: tuple[OpenStation, str], window: MainWindow, case_page: CasesPage, qtbot: Any
) -> None:
    station, case = opened
    client = cases.case_page(station.desk, case).client
    save_form(station.desk, form(station.desk, client, "person"), {"name": NAME})
    at_rest(qtbot)
    case_page.show_file()
    view = case_page.leaf
    assert isinstance(view, PaperView)
    qtbot.waitUntil(view.save_button.isEnabled, timeout=20_000)
    press(view.save_button, qtbot)
    backup_flow.back_up(window, station, lambda *_: None)
    reports = window.go("reports", "2026-06")
    assert isinstance(reports, ReportsPage)
    qtbot.waitUntil(reports.save_button.isEnabled, timeout=20_000)
    at_rest(qtbot)
    press(reports.save_button, qtbot)
    day = r"\d{4}-\d\d-\d\d"
    wanted = (rf"个案档案-2026-A\d+-{day}\.pdf", rf"备份-{day}\.sgzbackup", r"工作简报-2026-06\.pdf")
    assert len(asked) == len(wanted)
    assert [re.fullmatch(*both) is not None for both in zip(wanted, asked, strict=True)] == [True] * 3
