"""What looks saved is saved, a number is given once, a conflict can be settled, a device stays itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sgz_desktop.actions import forms, own_device, people
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.letters import PAIRS
from sgz_desktop.actions.station import OpenStation, open_station
from sgz_desktop.domain.edits import Draft, Edit, seal
from sgz_desktop.errors import AppError
from sgz_desktop.store import access, log
from sgz_desktop.store.apply import apply
from tests.actions.conftest import PASSPHRASE, Make

USER = "李小禾"


def _person(desk: Desk, name: str = "测试甲") -> str:
    return forms.save_form(desk, forms.new_form(desk, "person", {"name": name}), {}).id


def _edit(desk: Desk, device: str, seq: int, id: str, cell: str, value: str, bases: tuple = ()) -> Edit:
    drafts = [Draft("person", id, desk.store.identity.store_id, cell, value, bases)]
    told = {"epoch": 1, "clock": 1, "at_ms": 5, "who": "w", "action": "a", "why": "", "prev": b"\1" * 32}
    return seal(device=device, seq=seq, drafts=drafts, **told)


def _top(desk: Desk) -> int:
    found = desk.read(lambda session: log.top(session, desk.device.id))
    return found[0].seq if found else 0


def test_a_save_under_a_number_that_a_copied_computer_used_is_not_taken_for_done(
    station: OpenStation,
) -> None:
    desk = station.desk
    id = _person(desk)
    foreign = _edit(desk, desk.device.id, _top(desk) + 1, "p-other", "name", "别处写的")
    desk.store.write(lambda session: apply(session, [foreign]))
    with pytest.raises(AppError, match="没有保存"):
        forms.save_form(desk, forms.form(desk, id, "person"), {"phone": "13800000000"})
    device = desk.device
    station.close()
    again = open_station(station.folder, USER, PASSPHRASE)
    try:
        assert again.desk.device.id != device.id
        forms.save_form(again.desk, forms.form(again.desk, id, "person"), {"phone": "13800000000"})
        assert forms.form(again.desk, id, "person").values["phone"] == "13800000000"
    finally:
        again.close()


def test_a_new_form_saved_once_more_keeps_its_number(desk: Desk) -> None:
    form = forms.new_form(desk, "person", {"name": "测试甲"})
    forms.save_form(desk, form, {})
    number = forms.form(desk, form.id, "person").values["number"]
    forms.save_form(desk, form, {"phone": "13800000000"})
    again = forms.form(desk, form.id, "person")
    assert (again.values["number"], again.conflicts) == (number, {})


@pytest.mark.parametrize("mine", ["东头", None])
def test_a_conflict_is_settled_by_leaving_the_field_empty(desk: Desk, mine: str | None) -> None:
    id = _person(desk)
    forms.save_form(desk, forms.form(desk, id, "person"), {"address": "旧址"})
    seen = forms.form(desk, id, "person").seen["address"]
    forms.save_form(desk, forms.form(desk, id, "person"), {"address": mine})
    other = _edit(desk, "device-other", 1, id, "address", "西头", seen)
    desk.store.write(lambda session: apply(session, [other]))
    form = forms.form(desk, id, "person")
    assert set(form.conflicts) == {"address"}
    forms.save_form(desk, form, {"phone": "13800000000"})  # another field settles nothing
    assert set(forms.form(desk, id, "person").conflicts) == {"address"}
    forms.save_form(desk, forms.form(desk, id, "person"), {"address": ""})
    settled = forms.form(desk, id, "person")
    assert (settled.conflicts, settled.values.get("address")) == ({}, None)


def test_a_new_device_cut_short_before_its_letter_does_not_take_the_first_ones(
    make_station: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make_station()
    _person(first.desk)
    first.close()
    shutil.copytree(first.folder, tmp_path / "copy")

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(own_device, "drawn_letter", cut)
        with pytest.raises(KeyboardInterrupt):
            open_station(tmp_path / "copy", USER, PASSPHRASE)
    copy = open_station(tmp_path / "copy", USER, PASSPHRASE)  # which was let go of, so it opens
    assert copy.desk.device.letter in PAIRS
    copy.close()


def test_a_device_names_the_one_it_goes_on_from_however_late_it_first_writes(
    make_station: Make, tmp_path: Path
) -> None:
    first = make_station()
    _person(first.desk)
    first.close()
    shutil.copytree(first.folder, tmp_path / "old")
    later = open_station(first.folder, USER, PASSPHRASE)
    _person(later.desk, "测试乙")
    later.close()
    shutil.rmtree(first.folder)
    shutil.copytree(tmp_path / "old", first.folder)
    open_station(first.folder, USER, PASSPHRASE).close()  # looks, and writes nothing
    again = open_station(first.folder, USER, PASSPHRASE)
    _person(again.desk, "测试丙")
    record = forms.form(again.desk, again.desk.device.id, "device")
    assert record.values["endorsed_by"] == later.desk.device.id
    again.close()


def test_a_station_that_cannot_sign_is_let_go_of_all_the_same(
    station: OpenStation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def malformed() -> None:
        raise RuntimeError("malformed")

    monkeypatch.setattr(station, "sign_off", malformed)
    with pytest.raises(RuntimeError):
        station.close()
    open_station(station.folder, USER, PASSPHRASE).close()


def test_the_access_log_names_what_was_looked_at_however_it_was_asked_for(desk: Desk) -> None:
    id = _person(desk)
    people.person_page(desk, id=id)
    desk.write(lambda session: None)  # the line is written before this
    assert desk.read(lambda session: access.lines(session, 1))[0].record == id
