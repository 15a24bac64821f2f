"""Computers that do not know each other, as when all were restored from backups: each says on the stick who
it is, and is believed by the key that the computer it goes on from left.

Nobody has to be asked: whom such a key vouches for is in (`domain.enrolment`), and a bundle of theirs would
be taken. Only whom to send to is not known before. What stands in the file is no secret.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sgz_desktop import files
from sgz_desktop.actions import carried
from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.carried import MAX_FILE
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.exchange_devices import Computer, known
from sgz_desktop.actions.exchange_send import FOLDER
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.domain.enrolment import Shown, keys_of
from sgz_desktop.domain.records.device import Device
from sgz_desktop.domain.signed_words import Keys
from sgz_desktop.domain.who_counts import limits, members
from sgz_desktop.errors import AppError
from sgz_desktop.faults import disk_faults
from sgz_desktop.store import enrolment, exchange, read
from sgz_desktop.store.enrolment import Introduction
from sgz_desktop.store.session import Reading

INTRODUCTION, WORDS = "introduction", "电脑的介绍"
ENDING = ".sgzhello"
MARK = b'"what":"introduction"'
MOST = 20  # lives of one computer, restored again and again
MAX_SHOWN = 1_000  # characters of an endorsement
UNKNOWN = "本机不认识它原来那台电脑。请在“设备”里写一份邀请，让它凭邀请重新加入。"
STOPPED = "它或同一备份恢复的电脑已停用。要用它，请在“设备”里写一份邀请，让它凭邀请重新加入。"


@dataclass(frozen=True)
class Stranger:
    """A computer that says of itself who it is, and the lives before that were restored as well, newest
    first. `known`: here it was known before; `refused` says why it is not believed and what to do."""

    path: Path
    lives: tuple[Introduction, ...]
    known: bool = False
    refused: str = ""

    @property
    def id(self) -> str:
        """Which computer it says it is."""
        return self.lives[0].shown.device

    @property
    def letter(self) -> str:
        """The letter it says it has."""
        return self.lives[0].letter

    @property
    def fresh(self) -> bool:
        """Will it be known from now on, and was it not before?"""
        return not self.known and not self.refused


@action
def strangers(desk: Desk, station: OpenStation, folder: Path) -> list[Stranger]:
    """Who says in a folder that they go on from computers of this station; whatever the files are called."""
    found = [one for path in _candidates(folder) if (one := _read(path, station.slots.store_id))]
    others = [one for one in found if one.id != desk.device.id]
    return desk.store.read(lambda session: [_judged(session, one) for one in others])


@action
def read_introduction(desk: Desk, station: OpenStation, path: Path) -> Stranger:
    """Who says in a file that they go on from a computer of this station. AppError when it is no such file,
    or our own."""
    found = _read(path, station.slots.store_id) if path.is_file() else None
    if found is None:
        raise AppError("这不是本站电脑的介绍，或被改动过，没有读入。", "请让对方重新写一份。")
    if found.id == desk.device.id:
        raise AppError("这份介绍是本机写的，不用读入。", "请把它交给别的电脑。")
    return desk.store.read(lambda session: _judged(session, found))


@action
def meet(desk: Desk, station: OpenStation, some: Sequence[Stranger]) -> None:
    """Know from now on those that are new and believed: they are sent to."""
    fresh = [one for one in some if one.fresh]
    lives = [life for one in fresh for life in one.lives]
    if fresh:
        desk.store.write(lambda session: enrolment.introduce(session, lives))
    for one in fresh:
        desk.note_access("meet", one.id, "done", "device")


@action
def write_introduction(desk: Desk, station: OpenStation, out: Path) -> None:
    """Say in a file who this computer is. AppError where it goes on from none: whoever let it in knows it."""
    if not desk.device.endorsement:
        raise AppError("本机不是由备份恢复的，不用写介绍。", "不认识本机的电脑，请凭它的邀请重新加入。")
    lives = desk.store.read(lambda session: _lives(session, desk))
    told = {"what": INTRODUCTION, "store": station.slots.store_id, "lives": lives}
    files.write_atomic(out, carried.signed(told, station.state.key.sign), private=False)


@action
def introduce_to(desk: Desk, station: OpenStation, place: Path) -> Path | None:
    """Say in a folder who this computer is, if it goes on from another and not all others know; else take
    what it said there away. The file, where there is one."""
    path = place / f"sgz-{desk.device.id[-8:]}{ENDING}"
    if desk.store.read(lambda s: unknown_to_others(s, desk, known(s, desk.device.id))):
        write_introduction(desk, station, path)
        return path
    if path.is_file():
        files.discard(path)
    return None


def unknown_to_others(session: Reading, desk: Desk, every: Iterable[Computer]) -> bool:
    """Does this computer go on from another, and have not all the others said that they know?"""
    others = [one for one in every if one.inside and one.stopped is None and not one.this]
    told = [desk.device.id in exchange.peer(session, one.id).have for one in others]
    return bool(desk.device.endorsement) and not (told and all(told))


def _lives(session: Reading, desk: Desk) -> list[list[Any]]:
    """This computer, the one it goes on from if that was restored too, and so on."""
    me, facts, founder = desk.device, enrolment.facts(session), enrolment.founder(session)
    before = {heir: device for device, heir in facts.endorsed}
    lives: list[list[Any]] = [[me.id, me.letter, [me.sign_key, me.box_key], me.endorsement]]
    device = me.endorsed_by
    while len(lives) < MOST and device in before and (keys := keys_of(facts, founder, device)):
        record = read.get(session, Device, device)
        if record is None or not record.endorsement:
            break
        lives.append([device, record.letter or "", list(keys), record.endorsement])
        device = before[device]
    return lives


def _candidates(folder: Path) -> Iterator[Path]:
    with disk_faults():
        for place in (folder, folder / FOLDER):
            for path in sorted(place.iterdir()) if place.is_dir() else ():
                if path.is_file() and path.stat().st_size <= MAX_FILE and _is_json(path):
                    yield path


def _is_json(path: Path) -> bool:
    try:
        with open(path, "rb") as file:
            return file.read(1) == b"{"
    except OSError:
        return False


def _read(path: Path, store_id: str) -> Stranger | None:
    """What a file says, if it is an introduction within this station."""
    with suppress(AppError):
        body = files.read_whole(path, MAX_FILE)
        if MARK in body:
            return carried.opened(
                body, INTRODUCTION, WORDS, lambda told: told["lives"][0][2][0], ("store",),
                lambda told: _stranger(path, told, store_id),
            )  # fmt: skip
    return None


def _stranger(path: Path, told: Mapping[str, Any], store_id: str) -> Stranger | None:
    if told["store"] != store_id:
        return None
    lives = []
    for device, letter, (sign, box), endorsement in told["lives"][:MOST]:
        short = all(carried.is_shown(text) for text in (device, letter, sign, box))
        if not short or not isinstance(endorsement, str) or len(endorsement) > MAX_SHOWN:
            raise ValueError
        lives.append(Introduction(letter, Shown(device, store_id, Keys(sign, box), endorsement)))
    return Stranger(path, tuple(lives))


def _judged(session: Reading, one: Stranger) -> Stranger:
    founder = enrolment.founder(session)
    if one.id in members(enrolment.facts(session), founder):
        return replace(one, known=True)
    every = [life.shown for life in one.lives]
    facts = enrolment.facts(session, shown=every)
    inside = members(facts, founder)
    if not all(it.device in inside and keys_of(facts, founder, it.device) == it.keys for it in every):
        return replace(one, refused=UNKNOWN)
    return replace(one, refused=STOPPED if one.id in limits(facts, founder) else "")
