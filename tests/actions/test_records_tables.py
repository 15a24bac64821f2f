"""Records as a workbook or a folder of CSV files: whole or not at all, by whom the table of rights allows."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from sgz_desktop.actions import people, records_file
from sgz_desktop.actions.allowed import CLERK
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.records_tables import Form, export_tables
from sgz_desktop.errors import AppError, Cancelled
from sgz_desktop.store import access, log
from tests.actions.conftest import Make
from tests.exports import reading

FORMS: tuple[Form, ...] = ("xlsx", "csv")


@pytest.fixture
def home(desk: Desk) -> Desk:
    people.register_household(desk, {"village": "上溪村"}, [people.MemberInput("02", {"name": "=测试甲"})])
    return desk


def left(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"store", "state"}


def test_both_forms_hold_what_the_store_holds(home: Desk, tmp_path: Path) -> None:
    held = home.read(lambda session: [(kind, id, values) for kind, id, values in log.shown_values(session)])
    told = export_tables(home, tmp_path / "out.xlsx", "xlsx")
    assert (told.records, told.digest) == (len(held), home.read(log.digest))
    assert reading.workbook_records((tmp_path / "out.xlsx").read_bytes()) == held
    assert export_tables(home, tmp_path / "out", "csv") == told
    files = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert set(files) == {"说明.csv", "家庭.csv", "服务对象.csv", "家庭成员.csv"}
    assert reading.csv_records(files) == held
    assert told.digest in files["说明.csv"].decode()
    assert all(path.stat().st_mode & 0o77 == 0 for path in [tmp_path / "out", *(tmp_path / "out").iterdir()])


def test_a_practice_station_says_so(make_station: Make, tmp_path: Path) -> None:
    desk = make_station("practice", kind="practice").desk
    export_tables(desk, tmp_path / "out", "csv")
    assert "练习站，人物情节均为虚构" in (tmp_path / "out" / "说明.csv").read_text("utf-8")


@pytest.mark.parametrize("form", FORMS)
def test_who_is_cancelled_leaves_nothing_new(
    home: Desk, tmp_path: Path, form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records_file, "TOLD_EVERY", 1)
    place, seen = tmp_path / "out", []

    def stop(done: int, total: int) -> None:
        seen.append((done, total))
        if done == 2:
            raise Cancelled

    if form == "xlsx":
        place.write_bytes(b"the last export")
    with pytest.raises(Cancelled):
        export_tables(home, place, form, stop)
    assert seen == [(0, 3), (1, 3), (2, 3)]
    assert left(tmp_path) == ({"out"} if form == "xlsx" else set())
    assert form == "csv" or place.read_bytes() == b"the last export"
    export_tables(home, place, form)
    assert left(tmp_path) == {"out"}


def test_a_folder_in_use_is_not_touched(home: Desk, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "own notes.txt").write_bytes(b"somebody's")
    with pytest.raises(AppError, match="已经有文件"):
        export_tables(home, tmp_path / "out", "csv")
    assert left(tmp_path / "out") == {"own notes.txt"}


@pytest.mark.parametrize("form", FORMS)
def test_no_record_passes_through_the_temporary_folder(
    home: Desk, tmp_path: Path, form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_given: object, **_named: object) -> object:
        raise AssertionError("a temporary file")

    for name in ("NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "mkstemp", "mkdtemp"):
        monkeypatch.setattr(tempfile, name, refused)
    export_tables(home, tmp_path / "out", form)


def test_who_may_and_that_it_is_logged(home: Desk, tmp_path: Path) -> None:
    clerk = replace(home, actor=replace(home.actor, roles=frozenset({CLERK})))
    with pytest.raises(AppError, match="其他岗位的权限"):
        export_tables(clerk, tmp_path / "out.xlsx", "xlsx")
    assert not (tmp_path / "out.xlsx").exists()
    export_tables(home, tmp_path / "out.xlsx", "xlsx")
    home.write(lambda session: None)
    lines = [(line.action, line.outcome) for line in home.read(access.lines)]
    assert ("export_tables", "denied") in lines
    assert ("export_tables", "done") in lines
