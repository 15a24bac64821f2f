"""A new computer joins by its wizard with everything behind it, and has the station's people in the end."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from joining import FirstRun

from sgz_desktop.actions import exchange, exchange_join
from sgz_desktop.actions.allowed import WORKER
from sgz_desktop.actions.station import LOCK, has_store
from tests.actions import laptops
from tests.actions.laptops import Laptop
from tests.conftest import TestClock
from tests.proofs.faulty_disk import FULL, Case, FaultyDisk


def test_a_computer_joins_by_the_wizard_also_after_a_stick_that_took_no_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    stick, folder, clock = tmp_path / "stick", tmp_path / "second", TestClock()
    stick.mkdir()
    first = laptops.founder(tmp_path / "first")
    with closing(first.station):
        people = [first.write(name=name) for name in ("覃秋菊", "测试乙")]
        shown = exchange_join.invite(first.station.desk, first.station, stick / "a.sgzjoin")
        run = FirstRun(qtbot, monkeypatch, folder, clock)
        assert run.read(stick / "a.sgzjoin") == shown.fingerprint
        run.fill(laptops.WORKERS[1], "2号机")
        said = on_a_full_stick(run, stick)
        assert "磁盘空间不够" in said
        assert "换一个U盘" in said
        assert run.page.request.isVisible()
        assert [path.name for path in folder.rglob("*")] == [LOCK]
        assert not has_store(folder)
        assert run.ask(stick / "r.sgzrequest") == ""
        assert run.page.joined.isVisible()
        asked = exchange_join.read_request(first.station.desk, first.station, stick / "r.sgzrequest")
        assert run.page.joined.fingerprint.digits == asked.fingerprint
        assert (asked.user, asked.roles) == (laptops.WORKERS[1], (WORKER,))
        second = Laptop(run.opened(), folder, laptops.WORKERS[1], clock)
        with closing(second.station):
            assert second.station.desk.actor.roles == {WORKER}  # whoever founded the station is its head
            _first_bundle(first, second, asked, stick)
        second.reopen()
        with closing(second.station):
            assert [second.name_of(one) for one in people] == ["覃秋菊", "测试乙"]
            assert second.says() == first.says()


def on_a_full_stick(run: FirstRun, stick: Path) -> str:
    with FaultyDisk().at_work(stick) as disk, disk.fails(Case(FULL, lasting=True), 1) as met:
        said = run.ask(stick / "r.sgzrequest")
    assert met.refused
    return said


def _first_bundle(first: Laptop, second: Laptop, asked: exchange_join.Request, stick: Path) -> None:
    """Let in, sent to, and taken in."""
    exchange_join.let_in(first.station.desk, first.station, asked)
    exchange.exchange_on(first.station.desk, first.station, stick)
    got = exchange.exchange_on(second.station.desk, second.station, stick)
    assert got.refused == {}
