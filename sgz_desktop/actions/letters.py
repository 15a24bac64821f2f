"""The letters of a station's computers, which stand in every printed number, so that none is given twice.

Two computers may come to one letter, as when a backup was restored on both before they met: the one with the
greater id takes another at its next opening. Numbers given until then stay as they are.
"""

from __future__ import annotations

from dataclasses import replace

from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.records.device import Device
from sgz_desktop.store import read, settings
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.write import Write

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # I and O are read as digits
OTHER = "SELECT 1 FROM r_device WHERE letter = ? AND id < ?"


def letter_of(device: str) -> str:
    """The setting that keeps a device's letter."""
    return f"letter:{device}"


def free_letter(session: Writing) -> str:
    """The next letter that no computer known here has, and none is kept for."""
    query = "SELECT letter FROM r_device WHERE letter IS NOT NULL"
    used = {str(row[0]) for row in session.connection.execute(query)}
    used |= set(settings.starting(session, letter_of("")).values())
    every = [*LETTERS, *(first + second for first in LETTERS for second in LETTERS)]
    return next(str(name) for name in every if name not in used)


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
        new = free_letter(session)
        settings.put(session, letter_of(own), new)
        if loaded := read.load(session, Device, own):
            desk.doing("introduce").record(session, "", [Write("device", own, {"letter": new}, loaded.seen)])
        return new

    return replace(desk, device=replace(desk.device, letter=desk.store.write(work)))


def _taken(session: Reading, own: str, letter: str) -> bool:
    return session.connection.execute(OTHER, (letter, own)).fetchone() is not None
