"""`slots.json`: what is read is exactly what was written, or refused in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vault_people import JIA, PASS, new_vault

from sgz_desktop.errors import AppError
from sgz_desktop.vault.card import make_card
from sgz_desktop.vault.slot_file import (
    SLOTS,
    BadSlots,
    _from_plain,
    _sum,
    canonical,
    dump,
    load,
    read_slots,
    write_first,
)
from sgz_desktop.vault.slot_seal import Tampered, check_fingerprint, fingerprint, sealed

MADE, OPEN = new_vault(make_card().recipient)


def test_written_and_read_back(tmp_path: Path) -> None:
    write_first(tmp_path, MADE)
    assert read_slots(tmp_path) == MADE
    assert (tmp_path / SLOTS).stat().st_mode & 0o777 == 0o600
    with pytest.raises(AppError, match="已经有了"):
        write_first(tmp_path, MADE)


def test_nothing_secret_is_in_the_file() -> None:
    data = dump(MADE)
    for secret in (OPEN.root.reveal().hex(), PASS[JIA], "AGE-SECRET-KEY"):
        assert secret.encode() not in data


def test_canonical_form_is_one_for_one_list() -> None:
    plain = json.loads(dump(MADE))
    shuffled = json.dumps(dict(reversed(plain.items())), indent=7).encode()
    assert canonical(load(shuffled)) == canonical(MADE)
    assert fingerprint(load(shuffled)) == fingerprint(MADE)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b'{"format": "1"}',
        b'{"format": null}',
        b"[" * 100_000,
        dump(MADE)[:-2],
    ],
)
def test_what_is_not_a_list_of_slots(data: bytes) -> None:
    with pytest.raises(BadSlots) as refusal:
        load(data)
    assert "资料没有改动" in str(refusal.value)


def test_a_newer_format_asks_for_a_newer_program() -> None:
    with pytest.raises(AppError, match="更新的版本"):
        load(dump(MADE).replace(b'"format": 1', b'"format": 2'))


def test_a_changed_byte_is_told_as_damage_or_means_the_same() -> None:
    """Never as a wrong passphrase: who reads that looks for the fault in themselves."""
    data, told = dump(MADE), 0
    for place in range(len(data)):
        try:
            found = load(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        except AppError:
            told += 1
        else:
            assert found == MADE
    assert told > len(data) * 0.8


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(AppError, match=r"密码文件不见了.*备份恢复"):
        read_slots(tmp_path)


@pytest.mark.parametrize("bad", ["../../x", "", 7, None, "0F0E0D0C-0000-4000-8000-000000000001", "x" * 36])
def test_ids_become_folder_names_so_only_a_uuid_passes(bad: object) -> None:
    plain = json.loads(dump(MADE))
    with pytest.raises(BadSlots):
        load(json.dumps(plain | {"store_id": bad}).encode())


def _fields(plain: dict[str, Any]) -> list[tuple[int, str]]:
    return [(-1, key) for key in plain] + [(n, key) for n, s in enumerate(plain["slots"]) for key in s]


@pytest.mark.parametrize("place", _fields(json.loads(dump(MADE))))
@pytest.mark.parametrize("value", [None, -1, 1.5, True, "\ud800?", [], {}, [[]], "drop"])
def test_every_field_missing_or_of_another_kind(place: tuple[int, str], value: object) -> None:
    plain = json.loads(dump(MADE))
    part = plain if place[0] < 0 else plain["slots"][place[0]]
    if value == "drop":
        del part[place[1]]
    else:
        part[place[1]] = value
    try:
        found = load(json.dumps(plain).encode())
    except AppError:
        return
    assert found != MADE


def test_too_many_slots_or_too_large_a_file(tmp_path: Path) -> None:
    plain = json.loads(dump(MADE))
    plain["slots"] *= 40
    plain["sum"] = _sum(_from_plain(plain))
    with pytest.raises(BadSlots):
        load(json.dumps(plain).encode())
    (tmp_path / SLOTS).write_bytes(b" " * (1 << 20) + dump(MADE))
    with pytest.raises(AppError, match="太大"):
        read_slots(tmp_path)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_words(data: bytes) -> None:
    with pytest.raises(AppError):
        load(data)


def test_the_fingerprint_finds_an_older_list_put_back() -> None:
    second = sealed(MADE, OPEN.root, MADE)
    third = sealed(MADE, OPEN.root, second)
    assert check_fingerprint(MADE, b"") is True
    assert check_fingerprint(MADE, fingerprint(MADE)) is False
    assert check_fingerprint(second, fingerprint(MADE)) is True
    assert check_fingerprint(third, fingerprint(third)) is False
    for slots, kept in ((MADE, second), (second, third), (third, MADE)):
        with pytest.raises(Tampered):
            check_fingerprint(slots, fingerprint(kept))
    with pytest.raises(Tampered):
        check_fingerprint(second, b"")
