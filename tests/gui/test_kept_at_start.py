"""What came from a newer program is taken in as the upgraded one opens its window, and said."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from sample_station import at_rest

from sgz_desktop.app import Root
from tests.actions import laptops
from tests.actions.test_exchange_kept import kept, newer_comes, upgraded


def test_it_is_taken_in_and_said_once_the_program_is_newer(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    stick = tmp_path / "stick"
    stick.mkdir()
    first = laptops.founder(tmp_path / "first")
    with closing(first.station):
        second = laptops.joined(first, tmp_path / "second", 1, stick)
        with closing(second.station):
            person, _ = newer_comes(first, second, stick)
            root = Root(qapp, second.folder)
            with upgraded():
                root.enter(second.station)
                assert root.window is not None
                qtbot.addWidget(root.window)
                at_rest(qtbot)
            assert root.window.toast.text() == "以前留着的2包已读入，新到2笔修改。"
            assert second.name_of(person) == "测试乙"
            assert kept(second) == 0
