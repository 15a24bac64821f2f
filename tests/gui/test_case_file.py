"""The case file seen, saved and stopped; what cannot be printed or written is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sample_station import (
    at_rest,
    press,
)

from sgz_desktop import files
from sgz_desktop.actions import cases, papers
from sgz_desktop.actions.forms import form, save_form
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.errors import AppError
from sgz_desktop.gui import messages
from sgz_desktop.gui.pages.cases import CasesPage
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.widgets.buttons import Button

pytest_plugins = ["case_fixtures"]


def test_the_file_is_seen_and_saved_under_a_number_never_a_name(
    case_page: CasesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    asked: list[str] = []

    def where(_parent: object, suggested: str, *_: object) -> Path:
        asked.append(suggested)
        return tmp_path / "out"

    monkeypatch.setattr(messages, "ask_save_path", where)
    press(case_page.case.head.print_button, qtbot)
    view = case_page.leaf
    assert isinstance(view, PaperView)
    qtbot.waitUntil(view.save_button.isEnabled, timeout=20_000)
    qtbot.waitUntil(lambda: view.pane.preview.page_count > 3)
    said: list[str] = []
    view.said.connect(lambda sentence, _undo: said.append(sentence))
    press(view.save_button, qtbot)
    qtbot.waitUntil(lambda: bool(said))
    assert asked == ["个案档案-2026-A001-2026-06-30.pdf"]
    assert (tmp_path / "out.pdf").read_bytes() == view.pane.data
    assert said[0].endswith("out.pdf")


def test_a_folder_that_takes_nothing_is_told_and_the_paper_stays(
    case_page: CasesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    told: list[BaseException] = []
    monkeypatch.setattr(messages, "ask_save_path", lambda *_: tmp_path / "missing" / "a.pdf")
    monkeypatch.setattr(messages, "show_problem", lambda problem, _parent=None: told.append(problem))
    case_page.show_file()
    view = case_page.leaf
    assert isinstance(view, PaperView)
    qtbot.waitUntil(view.save_button.isEnabled, timeout=20_000)
    press(view.save_button, qtbot)
    qtbot.waitUntil(lambda: bool(told))
    assert isinstance(told[0], AppError)
    assert view.save_button.isEnabled()
    monkeypatch.setattr(files, "write_atomic", _full)
    press(view.save_button, qtbot)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert "磁盘空间不够" in str(told[1])


def _full(*_: object, **__: object) -> str:
    raise AppError("磁盘空间不够，没能保存；", "请换一个位置。")


def test_a_character_no_font_has_is_named_before_printing(
    case_page: CasesPage, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    desk, case = opened[0].desk, opened[1]
    client = cases.case_page(desk, case).client
    save_form(desk, form(desk, client, "person"), {"name": "覃\U000f0001月"})
    at_rest(qtbot)
    case_page.show_file()
    view = case_page.leaf
    assert isinstance(view, PaperView)
    qtbot.waitUntil(view.pane.notice.isVisible, timeout=20_000)
    assert view.pane.notice.text().startswith("有1个字当前字体没有：“\U000f0001”")


def test_making_the_file_can_be_stopped_and_started_again(
    case_page: CasesPage, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    import threading

    gate = threading.Event()
    kept = papers.print_case_file

    def slow(desk: Any, id: str, progress: Any, only: Any, wait: Any) -> bytes:
        gate.wait(10)
        progress(1, 9)
        return kept(desk, id, progress, only, wait)

    monkeypatch.setattr(papers, "print_case_file", slow)
    case_page.show_file()
    view = case_page.leaf
    assert isinstance(view, PaperView)
    assert view.pane.progress.isVisible()
    press(view.pane.progress.stop, qtbot)
    assert view.pane.stopped.isVisible()
    assert not view.save_button.isEnabled()
    gate.set()
    at_rest(qtbot)
    assert view.pane.data is None
    (again,) = view.pane.stopped.findChildren(Button)
    press(again, qtbot)
    qtbot.waitUntil(view.save_button.isEnabled, timeout=20_000)
