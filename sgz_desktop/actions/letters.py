"""The letters of a station's computers, which stand in every printed number, so that none is given twice.

The first computer and those invited have one letter, in turn. One that goes on from a backup or a copy draws
two, as nobody is there to ask: of two restored from one backup, who have not met, each draws its own. Where
two have come to the same, the one with the greater id draws again at its next opening, and numbers given
until then stay as they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.records.device import Device
from sgz_desktop.store import read, settings
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.write import Write

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # I and O are read as digits
PAIRS = tuple(first + second for first in LETTERS for second in LETTERS)
OTHER = "SELECT 1 FROM r_device WHERE letter = ? AND id < ?"


def letter_of(device: str) -> str:
    """The setting that keeps a device's letter."""
    return f"letter:{device}"


def free_letter(session: Reading) -> str:
    """The next letter that no computer known here has, and none is kept for."""
    return _unused(session, [*LETTERS, *PAIRS])


def drawn_letter(session: Reading, device: str) -> str:
    """Two letters that no computer known here has, by the id of the computer that is to have them."""
    start = int(hashlib.sha256(device.encode()).hexdigest(), 16) % len(PAIRS)
    return _unused(session, [*PAIRS[start:], *PAIRS[:start]])


def _unused(session: Reading, names: Sequence[str]) -> str:
    query = "SELECT letter FROM r_device WHERE letter IS NOT NULL"
    used = {str(row[0]) for row in session.connection.execute(query)}
    used |= set(settings.starting(session, letter_of("")).values())
    return next(name for name in names if name not in used)


def reserve(session: Writing) -> str:
    """The next free letter, kept for a computer that is invited."""
    letter = free_letter(session)
    settings.put(session, letter_of(f"invited {letter}"), letter)
    return letter


def giving_way(own: str, desk: Desk) -> Desk:
    """The desk of the device `own` with a letter of its own: another than before where one with a lesser id
    has it."""
    letter = desk.device.letter
    if not letter or not desk.store.read(lambda session: _taken(session, own, letter)):
        return desk

    def work(session: Writing) -> str:
        new = drawn_letter(session, own)
        settings.put(session, letter_of(own), new)
        if loaded := read.load(session, Device, own):
            desk.doing("introduce").record(session, "", [Write("device", own, {"letter": new}, loaded.seen)])
        return new

    return replace(desk, device=replace(desk.device, letter=desk.store.write(work)))


def _taken(session: Reading, own: str, letter: str) -> bool:
    return session.connection.execute(OTHER, (letter, own)).fetchone() is not None
