"""A station whose making was cut short anywhere is made anew; a whole one is never taken for such."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sgz_desktop.actions import forms
from sgz_desktop.actions import station as opening
from sgz_desktop.actions.station import OpenStation, has_store, open_station
from sgz_desktop.errors import AppError
from sgz_desktop.store import store as storing
from sgz_desktop.store.connection import DATABASE
from sgz_desktop.vault import slot_file, unfinished
from sgz_desktop.vault.state import StateFolder
from tests.actions.conftest import PASSPHRASE, Make

USER = "李小禾"


class PowerCut(BaseException):
    """The computer stops."""


def _cut(monkeypatch: pytest.MonkeyPatch, where: Any, name: str, after: bool) -> None:
    real: Callable[..., Any] = getattr(where, name)

    def cut(*args: Any, **options: Any) -> None:
        if after:
            real(*args, **options)
        raise PowerCut

    monkeypatch.setattr(where, name, cut)


STEPS = [
    (opening.files, "write_atomic"),
    (slot_file, "write_first"),
    (StateFolder, "create"),
    (storing, "connect"),
    (storing, "migrate"),
    (storing.settings, "agree"),
    (opening.probe, "keep_fingerprint"),
    (opening, "open_with"),
    (opening, "_finish_making"),
]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step[1])
def test_a_making_cut_short_is_done_anew(
    make_station: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: tuple[Any, str], after: bool
) -> None:
    with monkeypatch.context() as patch:
        _cut(patch, *step, after)
        with pytest.raises(PowerCut):
            make_station()
    folder = tmp_path / "store"
    whole = step[1] == "_finish_making" and after
    assert has_store(folder) is whole
    if whole:
        made = open_station(folder, USER, PASSPHRASE)
    else:
        with pytest.raises(AppError, match="没有社工站"):
            open_station(folder, USER, PASSPHRASE)
        made = make_station(station="又一次取的名字")
    _is_usable(made)


def _is_usable(made: OpenStation) -> None:
    assert made.desk.device.letter == "A"
    assert made.notices == []
    forms.save_form(made.desk, forms.new_form(made.desk, "person", {"name": "测试甲"}), {})
    made.close()
    assert not unfinished.is_unfinished(made.folder)
    again = open_station(made.folder, USER, PASSPHRASE)
    assert (again.notices, again.desk.device.letter) == ([], "A")
    assert again.desk.station == made.slots.station
    again.close()


def test_a_whole_station_is_not_made_over(make_station: Make, tmp_path: Path) -> None:
    made = make_station()
    made.close()
    before = (made.folder / DATABASE).read_bytes()
    with pytest.raises(AppError, match="已经有一个社工站"):
        make_station()
    (made.folder / slot_file.SLOTS).unlink()
    with pytest.raises(AppError, match="已经有一个社工站"):
        make_station()
    assert (made.folder / DATABASE).read_bytes() == before


@pytest.mark.parametrize("size", [None, 0, 1, 100, 4096, 20_000, -4096])
def test_a_database_gone_emptied_or_torn_is_told_and_not_replaced(
    make_station: Make, size: int | None
) -> None:
    made = make_station()
    forms.save_form(made.desk, forms.new_form(made.desk, "person", {"name": "测试甲"}), {})
    made.close()
    path = made.folder / DATABASE
    data = path.read_bytes()
    path.unlink()
    if size is not None:
        path.write_bytes(data[:size])
    with pytest.raises(AppError, match="备份恢复"):
        open_station(made.folder, USER, PASSPHRASE)
    left = path.read_bytes() if path.exists() else None
    assert left == (None if size is None else data[:size])
    path.write_bytes(data)
    opened = open_station(made.folder, USER, PASSPHRASE)
    assert opened.notices == []
    opened.close()
