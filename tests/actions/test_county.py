"""The county's key opens a lost station's backup and what was sealed to it; another key opens nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyrage
import pytest

from sgz_desktop.actions import access_log, county, keeping
from sgz_desktop.actions.county import County
from sgz_desktop.actions.forms import new_form, save_form
from sgz_desktop.actions.station import OpenStation, open_station
from sgz_desktop.errors import AppError
from sgz_desktop.store import log
from sgz_desktop.vault import members
from sgz_desktop.vault.identity_file import read_identity
from sgz_desktop.vault.slot_file import read_slots
from sgz_desktop.vault.unlocking import WrongCountyKey, unlock_with_county
from tests.actions.conftest import CHEAP, PASSPHRASE

NEW = "marble orchard thirteen"


@dataclass
class Key:
    """A county: what it gives to stations, and its identity."""

    told: County
    file: Path
    identity: Path


@pytest.fixture
def counties(tmp_path: Path) -> list[Key]:
    """The county and another one."""
    made = []
    for name in ("青山县民政局", "别的县民政局"):
        file, identity = tmp_path / f"{name}.txt", tmp_path / f"{name}.key"
        made.append(Key(county.make_county(name, file, identity), file, identity))
    return made


@pytest.fixture
def enrolled(station: OpenStation, counties: list[Key]) -> Key:
    county.enrol_county(station.desk, station, counties[0].file, counties[0].told.fingerprint)
    return counties[0]


def test_a_key_is_enrolled_only_with_the_digits_read_aloud(station: OpenStation, counties: list[Key]) -> None:
    ours, other = counties
    with pytest.raises(AppError, match="指纹对不上"):
        county.enrol_county(station.desk, station, ours.file, other.told.fingerprint)
    assert county.enrolled_county(station.desk, station) is None
    assert read_slots(station.folder).holder("county") is None
    with pytest.raises(AppError, match="还没有登记"):
        county.seal_to_county(station.desk, station, b"%PDF")
    county.enrol_county(station.desk, station, ours.file, ours.told.fingerprint.replace(" ", ""))
    assert county.enrolled_county(station.desk, station) == ours.told
    with pytest.raises(AppError, match="另一把"):
        county.enrol_county(station.desk, station, other.file, other.told.fingerprint)
    station.desk.store.write(lambda session: None)  # what was put off is written
    lines = [one.action for one in access_log.access_lines(station.desk)]
    assert "enrol_county" in lines


def test_it_opens_the_root_and_another_does_not(
    station: OpenStation, counties: list[Key], enrolled: Key
) -> None:
    slots = read_slots(station.folder)
    assert unlock_with_county(slots, read_identity(enrolled.identity)).root == station.root
    with pytest.raises(WrongCountyKey):
        unlock_with_county(slots, read_identity(counties[1].identity))
    station.close()
    open_station(station.folder, "李小禾", PASSPHRASE).close()  # the workers' own ways in stay


def test_a_lost_stations_backup_opens_with_it(
    station: OpenStation,
    counties: list[Key],
    enrolled: Key,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(members, "reset_passphrase", partial(members.reset_passphrase, params=CHEAP))
    save_form(station.desk, new_form(station.desk, "person"), {"name": "试验甲"})
    backup, again = tmp_path / "b.sgzbak", tmp_path / "again"
    keeping.back_up(station.desk, station, backup)
    digest = station.desk.read(log.digest)
    restore = partial(keeping.restore_with_county, backup, again)
    with pytest.raises(WrongCountyKey):
        restore(read_identity(counties[1].identity), "李小禾", NEW)
    with pytest.raises(AppError, match="没有这个人"):
        restore(read_identity(enrolled.identity), "无此人", NEW)
    with pytest.raises(AppError):
        restore(read_identity(enrolled.identity), "李小禾", "short")
    assert not again.exists()
    restore(read_identity(enrolled.identity), "李小禾", NEW)
    opened = open_station(again, "李小禾", NEW)
    assert opened.desk.read(log.digest) == digest
    assert "restore_with_county" in [one.action for one in access_log.access_lines(opened.desk)]
    assert county.enrolled_county(opened.desk, opened) == enrolled.told
    opened.close()


def test_a_removed_key_opens_no_new_backup_even_with_the_old_root(
    station: OpenStation, enrolled: Key, tmp_path: Path
) -> None:
    before, after = tmp_path / "before.sgzbak", tmp_path / "after.sgzbak"
    keeping.back_up(station.desk, station, before)
    identity = read_identity(enrolled.identity)
    old = unlock_with_county(read_slots(station.folder), identity).root
    county.remove_county(station.desk, station)
    assert station.closed
    opened = open_station(station.folder, "李小禾", PASSPHRASE)
    assert county.enrolled_county(opened.desk, opened) is None
    assert opened.root != old
    assert "remove_county" in [one.action for one in access_log.access_lines(opened.desk)]
    keeping.back_up(opened.desk, opened, after)
    opened.close()
    for backup, opens in ((after, False), (before, True)):  # the control: what was made before still opens
        unlocks = partial(keeping._manifest, backup, partial(unlock_with_county, identity=identity))
        if opens:
            unlocks()
        else:
            with pytest.raises(WrongCountyKey):
                unlocks()


def test_a_sealed_paper_is_a_plain_age_file(
    station: OpenStation, counties: list[Key], enrolled: Key, tmp_path: Path
) -> None:
    paper = b"%PDF-1.7 " + bytes(100_000)
    sealed = tmp_path / "2026-A001.pdf.age"
    sealed.write_bytes(county.seal_to_county(station.desk, station, paper))
    identity = read_identity(enrolled.identity)
    assert pyrage.decrypt(sealed.read_bytes(), [pyrage.x25519.Identity.from_str(identity)]) == paper
    out = tmp_path / "2026-A001.pdf"
    with pytest.raises(AppError, match="没有加密给这把密钥"):
        county.open_sealed(sealed, read_identity(counties[1].identity), out)
    flipped = bytearray(sealed.read_bytes())
    flipped[-1] ^= 1
    broken = tmp_path / "broken.age"
    broken.write_bytes(flipped)
    with pytest.raises(AppError, match="已损坏"):
        county.open_sealed(broken, identity, out)
    assert not out.exists()
    assert county.open_sealed(sealed, identity, out) == len(paper)
    assert out.read_bytes() == paper


@pytest.mark.parametrize("text", ["", "# 县\nage1xyz\n", "# 县\n", "AGE-SECRET-KEY-1ABC\n"])
def test_a_file_that_is_no_key_is_said(tmp_path: Path, text: str) -> None:
    file = tmp_path / "county.txt"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(AppError, match="不是公钥文件"):
        county.read_county(file)
    with pytest.raises(AppError, match="不是密钥文件"):
        read_identity(file)
