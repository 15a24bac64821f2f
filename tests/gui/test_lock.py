"""Locking always ends in a fresh process, whatever goes wrong on the way."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QApplication

from sgz_desktop.app import Root


def _root(folder: Path, monkeypatch: pytest.MonkeyPatch, close: Any, drafts: Any) -> tuple[Root, list[Any]]:
    started: list[Any] = []
    monkeypatch.setenv("SGZ_STATE", str(folder / "state"))
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    root = Root(app, folder, relaunch=started.append)
    root.station = cast(Any, SimpleNamespace(close=close))
    root.window = cast(Any, SimpleNamespace(flush=lambda: None))
    monkeypatch.setattr(root, "_remember_drafts", drafts)
    return root, started


def _fails(*_: object) -> None:
    raise RuntimeError("database disk image is malformed")


def _fine(*_: object) -> None:
    """Nothing goes wrong."""


@pytest.mark.parametrize(("close", "drafts"), [(_fails, _fine), (_fine, _fails)], ids=["close", "drafts"])
def test_a_fault_while_closing_still_leads_to_the_unlock_page(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, close: Any, drafts: Any
) -> None:
    root, started = _root(tmp_path, monkeypatch, close, drafts)
    with pytest.raises(RuntimeError, match="malformed"):
        root.lock()
    assert started == [["--store", str(tmp_path)]]


def test_a_making_cut_short_is_met_by_the_wizard(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, _ = _root(tmp_path, monkeypatch, _fine, _fine)
    shown: list[str] = []
    monkeypatch.setattr(root, "_show_unlock", lambda: shown.append("unlock"))
    monkeypatch.setattr(root, "_show_wizard", lambda: shown.append("wizard"))
    (tmp_path / "slots.json").write_bytes(b"{}")
    root.start()
    (tmp_path / "making").write_bytes(b"")
    root.start()
    assert shown == ["unlock", "wizard"]
