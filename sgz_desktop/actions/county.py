"""The county's key: it opens a lost station's backup, and papers are sealed to it on purpose.

The county centre's own store (kind "county" of `vault.slots.Kind`) comes later: its verbs belong here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sgz_desktop import files
from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.carried import fingerprint, same_digits
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.station import OpenStation, put_slots
from sgz_desktop.actions.workers import rekey, unlocked_of
from sgz_desktop.errors import AppError
from sgz_desktop.faults import disk_faults
from sgz_desktop.store import settings
from sgz_desktop.sync import age_file
from sgz_desktop.sync.reasons import Reason, Refused
from sgz_desktop.vault import identity_file, members, sealing
from sgz_desktop.vault.slots import Slots

NAME = "county_name"
ENDING = ".age"
NAMELESS = "区县"
NOT_SAME = "指纹对不上，没有登记，资料没有改动。"


@dataclass(frozen=True)
class County:
    """A county: its name, its public key, and the digits that are read aloud."""

    name: str
    recipient: str

    @property
    def fingerprint(self) -> str:
        """Five groups of four digits; they stand for the name as well."""
        return fingerprint(f"sgz-county/1|{self.name}|{self.recipient}".encode())


def read_county(path: Path) -> County:
    """A county's file. AppError when it is none."""
    return County(*identity_file.read_recipient(path))


def make_county(name: str, out: Path, key: Path) -> County:
    """Write a fresh key pair: `out` goes to the stations, `key` stays locked away. AppError where one of the
    files is there already."""
    files.refuse_in_store(out)
    identity = sealing.new_identity()
    made = County(name.strip(), sealing.recipient_of(identity))
    files.write_new(key, identity_file.identity_text(made.name, identity))
    try:
        files.write_new(out, identity_file.recipient_text(made.name, made.recipient), private=False)
        return read_county(out)
    except BaseException:
        files.discard(key)
        raise


@action
def enrolled_county(desk: Desk, station: OpenStation) -> County | None:
    """The county whose key opens this store; None when there is none."""
    slot = station.slots.holder("county")
    if slot is None:
        return None
    name = desk.read(lambda session: settings.get(session, NAME, ""))
    return County(str(name or NAMELESS), slot.recipient)


@action
def enrol_county(desk: Desk, station: OpenStation, path: Path, heard: str) -> County:
    """Let a county's key open this store and its backups from now on; `heard` are the digits the county read
    aloud. AppError when they differ, the file is none, or another county is enrolled."""
    county = read_county(path)
    _refuse(station.slots, county)
    if not same_digits(county.fingerprint, heard):
        raise AppError(NOT_SAME, "请打电话与区县逐位核对，别用文件里写的。")
    desk.store.write(lambda session: settings.put(session, NAME, county.name))
    put_slots(station, members.set_holder(station.slots, unlocked_of(station), "county", county.recipient))
    return county


def _refuse(slots: Slots, county: County) -> None:
    before = slots.holder("county")
    if before is not None and before.recipient != county.recipient:
        raise AppError("已经登记过另一把区县密钥，没有改动。", "请先移除原来的，再登记新的。")


@action
def remove_county(desk: Desk, station: OpenStation) -> None:
    """Take the county's way in: a new root key that it has not. Closes the station, which must be unlocked
    again; backups made before still open with the county's key."""
    slots, renewed = members.drop_holder(station.slots, unlocked_of(station), "county")
    desk.note_access("remove_county", "", "done")
    rekey(station, slots, renewed.root)


@action
def seal_to_county(desk: Desk, station: OpenStation, data: bytes) -> bytes:
    """A paper as an age file that the county alone opens. AppError when none is enrolled."""
    county = enrolled_county(desk, station)
    if county is None:
        raise AppError("还没有登记区县密钥，没有加密。", "请先到设置里登记。")
    return sealing.seal_to(county.recipient, data)


def sealer_of(station: OpenStation) -> Callable[[bytes], bytes] | None:
    """What seals a paper to the county; None where none is enrolled."""
    if station.slots.holder("county") is None:
        return None
    return lambda data: seal_to_county(station.desk, station, data)


def open_sealed(path: Path, identity: str, out: Path) -> int:
    """Open a file sealed to the holder of an identity and write it to `out`; its size in bytes. AppError when
    it is not for them or damaged: then there is no file."""
    size = 0

    def produce(put: files.Put) -> None:
        nonlocal size

        def counted(data: bytes) -> None:
            nonlocal size
            size += len(data)
            put(data)

        with disk_faults(), open(path, "rb") as source:
            age_file.unseal(source, identity, counted)

    try:
        files.write_streamed(out, produce)
    except Refused as refused:
        raise AppError(*_WORDS.get(refused.reason, _WORDS[Reason.DAMAGED])) from refused
    return size


_WORDS = {
    Reason.NOT_OURS: ("这不是加密的文件，没有打开。", "请选以.age结尾的文件。"),
    Reason.NOT_FOR_US: ("这份文件没有加密给这把密钥，打不开。", "请核对是给哪个区县的。"),
    Reason.DAMAGED: ("这份文件不完整或已损坏，没有打开。", "请让社工站重新保存一份。"),
}
