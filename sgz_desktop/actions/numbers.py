"""Printed numbers: given once, never reused, with the letter of the computer that gave them."""

from __future__ import annotations

from sgz_desktop.actions.desk import Desk
from sgz_desktop.store.counters import next_number
from sgz_desktop.store.session import Writing

TEMPLATES = {
    "case": "{year}-{letter}{number:03d}",
    "household": "户{letter}{number:04d}",
    "person": "人{letter}{number:04d}",
    "group": "XZ-{year}-{letter}{number:02d}",
    "activity": "HD-{year}-{letter}{number:03d}",
    "volunteer": "ZYZ-{letter}{number:04d}",
    "resource": "ZY-{year}-{letter}{number:03d}",
}


def give_number(session: Writing, desk: Desk, kind: str) -> str | None:
    """The next number of a kind; None for kinds that carry none."""
    template = TEMPLATES.get(kind)
    if template is None:
        return None
    year, letter = desk.today()[:4], desk.device.letter
    series = f"{kind}-{letter}" + (f"-{year}" if "{year}" in template else "")
    taken = f"SELECT 1 FROM r_{kind} WHERE number = ?"  # an imported file may hold this letter's numbers
    while True:
        number = template.format(year=year, letter=letter, number=next_number(session, series))
        if session.connection.execute(taken, (number,)).fetchone() is None:
            return number
